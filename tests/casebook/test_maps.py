"""The pages in ``maps``: a log, the mapping proposed for it, what is asked, and what is read once it is answered."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from policylang.casebook.mapping_file import load_mapping
from policylang.casebook.mapping_text import mapping_text
from policylang.casebook.reader import propose_mapping, read_cases
from tests.casebook import told
from tests.casebook.messy import LOGS, workbook
from tests.documents import Example, check, examples, steady


@examples(Path(__file__).with_name("maps"))
def test_a_mapping_is_proposed_as_its_page_says(example: Example, tmp_path: Path) -> None:
    log = _log(example, tmp_path)
    proposal, found = propose_mapping(log)
    check(example, "asked", steady("\n".join(told.findings(found)), folders=[tmp_path]))
    if proposal is None:
        assert not example.get("proposed")
        return
    text = mapping_text(proposal)
    # The words of explanation at the top and the list of events without a column are the same in all mappings.
    start, end = text.index("mapping: 1"), text.find("# No column was found")
    check(example, "proposed", text[start : end if end > 0 else None])
    for line in example.get("answers").splitlines():
        assert f"# {line}\n" in text, line
        text = text.replace(f"# {line}\n", f"{line}\n")
    (tmp_path / "mapping.yaml").write_text(text, encoding="utf-8")
    mapping, wrong = load_mapping(tmp_path / "mapping.yaml")
    lines = told.findings(wrong)
    if mapping is not None:
        result = read_cases(log, mapping)
        assert result.casebook.reconciles
        lines.append(told.told(result))
    check(example, "read", steady("\n".join(lines), folders=[tmp_path]))
    if example.get("answers"):
        assert mapping is not None
        assert not result.stopped


def _log(example: Example, folder: Path) -> Path:
    if example.get("messy"):
        name = example.block("messy").strip()
        return LOGS[name](folder / name)
    if example.get("log"):
        (folder / "log.csv").write_bytes(example.block("log").encode("utf-8"))
        return folder / "log.csv"
    sheets = {
        name.split("name=")[1]: list(csv.reader(io.StringIO(example.block(name)))) for name in example.names("sheet")
    }
    return workbook(folder / "log.xlsx", sheets)
