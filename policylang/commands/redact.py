"""``policylang redact``: a copy of a complaints log that can be shared, with other dates and the same outcomes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policylang.commands.documents import codes_named, policy_at
from policylang.commands.frame import (
    DAY,
    INPUT_FILE,
    Exit,
    Progress,
    emit,
    overwrite_option,
    problem,
    spare,
    whole_folder,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policylang.auditor.outcome import Outcome
    from policylang.casebook.cases import CaseBook
    from policylang.evidence.redact import Redacted

_COPY, _MAPPING = "cases.csv", "cases.mapping.yaml"


@click.command(short_help="Make a shareable copy of a log: other dates, the same outcomes.")
@click.argument("policy", type=INPUT_FILE)
@click.argument("cases", type=INPUT_FILE)
@click.option("--as-at", type=DAY, required=True, help="The day on which every case is judged as it stood.")
@click.option("--key", type=INPUT_FILE, required=True, metavar="KEYFILE", help="A file with a long secret text.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder for the copy and its mapping.")
@click.option("--map", "mapping", type=INPUT_FILE, help="The mapping: which column of CASES holds what.")
@click.option("--sheet", help="The sheet of CASES to read, where there are several.")
@overwrite_option()
def redact(
    policy: Path,
    cases: Path,
    as_at: date,
    key: Path,
    out: Path,
    mapping: Path | None,
    sheet: str | None,
    overwrite: bool,
) -> Exit:
    """Copy CASES with dates moved by whole weeks and references and names replaced, so that outcomes stay the same.

    Only mapped columns are copied, free text never. A case whose outcomes no shift preserves is left out and counted.
    The copy is read back and judged before it is written: it has to come to the same outcomes.

    \b
    policylang redact my.policy log.xlsx --as-at 2026-10-31 --key key.txt --out shareable
    policylang audit my.policy shareable/cases.csv --map shareable/cases.mapping.yaml --as-at 2026-10-31

    Exit codes: 0 every case is in the copy; 1 some are left out; 2 a file that cannot be read.
    """
    from policylang.auditor.audit import audit
    from policylang.casebook.load import load_cases
    from policylang.casebook.pseudonyms import read_key
    from policylang.casebook.rows import READ_INTO
    from policylang.evidence.redact import as_csv, as_mapping, faithful
    from policylang.evidence.redact import redact as copy
    from policylang.evidence.words import count

    spare((policy, cases, key, mapping), *(out / name for name in (_COPY, _MAPPING)))
    with whole_folder(out, overwrite=overwrite) as folder:
        document, codes, secret = policy_at(policy), codes_named(()), read_key(key)
        read, _ = load_cases(cases, mapping, sheet)
        with Progress("Moving cases", total=len(read.casebook.cases)) as step:
            copied = copy(read.casebook, document, codes, as_at, secret, progress=step)
        if not copied.cases:
            raise problem(
                "copy-not-faithful",
                "PL-F17",
                "No case of the log can be moved without changing an outcome, so nothing was written.",
                _why(copied)[0] if copied.left_out else "Check that the log holds cases, and that --map fits it.",
                file=str(cases),
            )
        (folder / _COPY).write_bytes(as_csv(copied))
        (folder / _MAPPING).write_text(as_mapping(copied), encoding="utf-8", newline="\n")
        again, _ = load_cases(folder / _COPY, folder / _MAPPING)

        def judged(book: CaseBook) -> Sequence[Outcome]:
            return list(audit(document, codes, book, as_at).outcomes)

        if not faithful(copied, read.casebook, again.casebook, judged, secret):
            raise problem(
                "copy-not-faithful",
                "PL-F17",
                "The copy, read back, does not come to the same outcomes as the log, so it was not written.",
                "Check that the mapping says of every column what an empty cell means, and try again.",
                file=str(cases),
            )
    lines = [f"{len(copied.cases):,} of {copied.read:,} cases copied to {out}; the outcomes are the same."]
    lines += [f"  left out: {line}" for line in _why(copied)]
    known = {case.reference for case in read.casebook.cases}
    if stray := sum(row.why != READ_INTO and row.reference not in known for row in read.casebook.set_aside):
        lines.append(f"  belong to no case, and are not in the copy: {count(stray, 'row')} of the log.")
    files = f"{out / _COPY} --map {out / _MAPPING}"
    lines.append(f"Read it with: policylang audit {policy} {files} --as-at {as_at}")
    emit("\n".join(lines))
    return Exit.FINDINGS if copied.left_out else Exit.CLEAN


def _why(copied: Redacted) -> list[str]:
    counted = Counter(left.why for left in copied.left_out).most_common()
    return [f"{number:,}. {why}" for why, number in counted]
