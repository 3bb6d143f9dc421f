"""The assessment as a whole: every file of the evidence folder, made from one input, the same every time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from policylang.evidence.join import ProvisionEvidence, join
from policylang.evidence.manifest import manifest
from policylang.evidence.page import page
from policylang.evidence.paper.board_paper import board_paper
from policylang.evidence.paper.form_paper import form_paper
from policylang.evidence.paper.to_docx import as_docx
from policylang.evidence.paper.to_html import page_of
from policylang.evidence.person import with_person
from policylang.evidence.person_file import to_complete
from policylang.evidence.records import outcomes_csv, verdicts_json
from policylang.evidence.run import AssessInput
from policylang.evidence.totals import ControlTotals, control_totals
from policylang.evidence.workbook import workbook
from policylang.evidence.worst import Worst, worst_things
from policylang.findings.finding import Finding

WORKBOOK, FORM, BOARD, BOARD_PAGE, PAGE, OUTCOMES, VERDICTS, TO_COMPLETE, MANIFEST = (
    "self-assessment.xlsx", "self-assessment.docx", "board-paper.docx", "board-paper.html", "report.html",
    "outcomes.csv", "verdicts.json", "to-complete.yaml", "manifest.json",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AssessResult:
    """What an assessment came to: the rows of the form, the control totals, the worst things, and the finished files.

    ``files`` holds the bytes by file name; nothing has been written anywhere yet.
    """

    rows: tuple[ProvisionEvidence, ...]
    totals: ControlTotals
    worst: tuple[Worst, ...]
    files: Mapping[str, bytes]
    notes: tuple[Finding, ...] = ()  # on what people said: what is stale, what goes against the evidence

    def write_into(self, folder: Path) -> tuple[Path, ...]:
        """Write the files into a folder that is there; gives their paths. Raises ``OSError`` as writing does.

        This writes one file after another. To have all or nothing, write into a folder of your own and move it, as
        the command does.
        """
        written = []
        for name, data in self.files.items():
            path = folder / name
            path.write_bytes(data)
            written.append(path)
        return tuple(written)


def assess(run: AssessInput) -> AssessResult:
    """Join policy and practice and make every file of the evidence. Pure: the same input gives the same bytes."""
    joined = join(run.form, run.verdicts, run.outcomes, run.comply_rule)
    rows, notes = with_person(joined, run.person, run, run.person_file[0])
    totals = control_totals(run.casebook, run.outcomes)
    worst = worst_things(run, rows, totals)
    board = board_paper(run, rows, totals)
    files = {
        WORKBOOK: workbook(run, rows, totals, worst),
        FORM: as_docx(form_paper(run, rows, totals), run.as_at),
        BOARD: as_docx(board, run.as_at),
        BOARD_PAGE: page_of(board).encode("utf-8"),
        PAGE: page(run, rows, totals, worst).encode("utf-8"),
        OUTCOMES: outcomes_csv(run.outcomes),
        VERDICTS: verdicts_json(run),
        TO_COMPLETE: to_complete(rows, run).encode("utf-8"),
    }
    files[MANIFEST] = manifest(run, rows, totals, files)
    return AssessResult(rows, totals, worst, files, notes)
