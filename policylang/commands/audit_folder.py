"""An audit of several logs: the outcomes of each in a file of its own, and a record by which a stopped run goes on."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from policylang.casebook.across import Ruling, Standing, rulings
from policylang.commands.exits import Exit
from policylang.commands.output import emit, write_whole
from policylang.findings.problem import Problem, problem
from policylang.findings.words import count

RECORD = "audit-run.json"
"""The file of a folder that says which of its logs are complete, and from what they were made."""
ENDINGS = {
    "text": "txt", "narrated": "txt", "github": "txt", "csv": "csv", "parquet": "parquet", "json": "json",
    "sarif": "sarif", "junit": "xml", "markdown": "md", "html": "html",
}  # fmt: skip
_FLAGGED = "; something is flagged that is no breach (audit this log by itself to see it)"
"""Why the exit code is 1 although the figures show no breach."""
_SAID = ("met", "breached", "pending", "cannot-tell", "not-applicable")

_KEPT = {"sha256", "made_from", "output_sha256", "totals", "exit", "standing", "aside"}

Judge = Callable[[Path, Ruling], tuple[bytes, dict[str, Any], Exit]]
"""Judges one log without the cases that are set aside in it: what is to be written of it, its control totals, and the
exit code that it comes to."""
Survey = Callable[[Path], list[Standing]]
"""Reads one log and says where each of its cases stands."""


def audit_folder(
    cases: Sequence[Path],
    folder: Path,
    survey: Survey,
    judge: Judge,
    made_from: dict[str, Any],
    form: str,
    *,
    resume: bool,
    overwrite: bool,
) -> Exit:
    """Judge each log and write what it came to into ``folder``, whole or not at all.

    The record is written after each log. With ``resume`` a log is left out whose record has the same digest, the same
    ``made_from`` (everything else that its outcomes hang on) and the digest of the file that is still there. A log that
    cannot be read is named and the others are judged all the same. A case that several logs have is judged once, or not
    at all, and that is said (:mod:`policylang.casebook.across`). Raises :class:`Problem` for a folder that holds
    something else, or that nothing can be written to.
    """
    names = _names(cases, ENDINGS[form])
    record = _begun(folder, resume=resume, overwrite=overwrite)
    settled = _digest(json.dumps(made_from, sort_keys=True, ensure_ascii=False).encode())
    done, exits, lines = Counter[str](), [Exit.CLEAN], []
    wide = max(len(path.name) for path in cases)
    marks = [{"case_file": path.name, "sha256": _digest(path.read_bytes()), "made_from": settled} for path in cases]
    standing = _standing(cases, names, marks, record, survey)
    ruled = rulings({name: standing[name] for name in names}, {n: str(p) for n, p in zip(names, cases, strict=True)})
    for path, name, mark in zip(cases, names, marks, strict=True):
        kept, ruling = record.get(name), ruled[name]
        mark["aside"] = _digest(json.dumps(ruling.aside, sort_keys=True, ensure_ascii=False).encode())
        if ruling.findings:
            from policylang.commands.boundary import say

            say(ruling.findings)
        if resume and kept is not None and _complete(folder / name, kept, mark):
            totals, code, how = kept["totals"], Exit(kept["exit"]), "complete already"
        else:
            try:
                data, totals, code = judge(path, ruling)
            except Problem as fault:
                from policylang.commands.boundary import say

                say(fault.findings)
                exits.append(Exit.MISUSE)
                lines.append(f"  {path.name.ljust(wide)}  not judged: see above")
                done["failed"] += 1
                continue
            write_whole(folder / name, data, overwrite=True)
            cases_here = [list(case) for case in standing[name]]
            record[name] = {
                **mark, "output_sha256": _digest(data), "totals": totals, "exit": int(code), "standing": cases_here,
            }  # fmt: skip
            _keep(folder, record)
            how = f"written to {name}"
        exits.append(code)
        flagged = _FLAGGED if code is Exit.FINDINGS and not totals["outcomes"]["breached"] else ""
        lines.append(f"  {path.name.ljust(wide)}  {_said(totals)}{flagged}; {how}")
        done.update(_counted(totals))
        done["files"] += 1
        done["skipped"] += how == "complete already"
    emit("\n".join([f"Audit of {count(len(cases), 'log')} into {folder}", *lines, *_sum(done, len(cases))]))
    return _worst(exits)


def _standing(
    cases: Sequence[Path],
    names: Sequence[str],
    marks: Sequence[dict[str, str]],
    record: dict[str, Any],
    survey: Survey,
) -> dict[str, list[Standing]]:
    """Where the cases of each log stand: as the record has it where the log is the same, read otherwise."""
    found: dict[str, list[Standing]] = {}
    for path, name, mark in zip(cases, names, marks, strict=True):
        kept = record.get(name)
        if kept is not None and all(kept.get(key) == mark[key] for key in ("sha256", "made_from")):
            found[name] = [Standing(*case) for case in kept["standing"]]
            continue
        try:
            found[name] = survey(path)
        except Problem:
            found[name] = []  # said when its turn comes
    return found


def digest_of(path: Path | None) -> str | None:
    """The SHA-256 of a file, None where there is none."""
    return None if path is None else _digest(path.read_bytes())


def digest_of_text(text: str) -> str:
    """The SHA-256 of a text as UTF-8."""
    return _digest(text.encode("utf-8", "replace"))


def _begun(folder: Path, *, resume: bool, overwrite: bool) -> dict[str, Any]:
    """The record of the folder, empty where there is none yet; the folder is made, and the record in it."""
    if folder.exists() and not folder.is_dir():
        raise problem(
            "file-exists", "PL-F10", f"{folder} is a file; several logs need a folder.", "Name a folder with --out."
        )
    known = _read(folder / RECORD)
    if folder.is_dir() and any(folder.iterdir()) and not (overwrite or (resume and known is not None)):
        hint = "Give another folder, or add --overwrite."
        if known is not None:
            hint = "Add --resume to go on where the last run stopped, or --overwrite to begin again."
        raise problem("folder-not-empty", "PL-F11", f"The folder {folder} is not empty.", hint, file=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    record = (known or {}) if resume else {}
    _keep(folder, record)
    return record


def _read(path: Path) -> dict[str, Any] | None:
    """The logs that a record names; None where it is no record of ours."""
    try:
        logs = json.loads(path.read_text(encoding="utf-8"))["logs"]
    except (OSError, ValueError, TypeError, KeyError):
        return None
    if not isinstance(logs, dict):
        return None
    return {name: log for name, log in logs.items() if isinstance(log, dict) and log.keys() >= _KEPT}


def _keep(folder: Path, record: dict[str, Any]) -> None:
    about = "Logs that policylang audit has judged in full. Needed by --resume; delete it with the outcomes."
    text = json.dumps({"about": about, "logs": record}, ensure_ascii=False, indent=2, sort_keys=True)
    write_whole(folder / RECORD, text + "\n", overwrite=True)


def _complete(output: Path, kept: dict[str, Any], mark: dict[str, Any]) -> bool:
    same = all(kept.get(name) == mark[name] for name in ("sha256", "made_from", "aside"))
    return same and output.is_file() and _digest(output.read_bytes()) == kept.get("output_sha256")


def _names(cases: Sequence[Path], ending: str) -> list[str]:
    """A name for each log's outcomes: its own, with a number where two logs of different folders share it."""
    seen: Counter[str] = Counter()
    names = []
    for path in cases:
        seen[path.name.casefold()] += 1
        number = seen[path.name.casefold()]
        names.append(f"{path.name}{f'-{number}' if number > 1 else ''}.outcomes.{ending}")
    return names


def _counted(totals: dict[str, Any]) -> dict[str, int]:
    return {"rows": totals["rows_read"], "judged": totals["judged"], "aside": totals["set_aside"], **totals["outcomes"]}


def _said(totals: dict[str, Any]) -> str:
    outcomes = ", ".join(f"{totals['outcomes'][name]:,} {name.replace('-', ' ')}" for name in _SAID)
    rows, judged = count(totals["rows_read"], "row"), count(totals["judged"], "case")
    return f"{rows} = {judged} + {totals['set_aside']:,} set aside; {outcomes}"


def _sum(done: Counter[str], logs: int) -> list[str]:
    whole = {"rows_read": done["rows"], "judged": done["judged"], "set_aside": done["aside"], "outcomes": done}
    lines = [f"  In all {count(done['files'], 'log')}: {_said(whole)}"] if logs > 1 else []
    if done["skipped"]:
        lines.append(f"  {count(done['skipped'], 'log was', 'logs were')} complete already and left as they were.")
    if done["failed"]:
        lines.append(f"  {count(done['failed'], 'log')} could not be judged; the figures are without it.")
    return lines


def _worst(exits: Sequence[Exit]) -> Exit:
    """A log that could not be read first, then what was found, then what could not be decided."""
    return next((code for code in (Exit.MISUSE, Exit.FINDINGS, Exit.UNDECIDED) if code in exits), Exit.CLEAN)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
