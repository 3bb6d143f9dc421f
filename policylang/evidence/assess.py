"""The assessment as a whole: every file of the evidence folder, made from one input, the same every time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from policylang.evidence.join import ProvisionEvidence, join
from policylang.evidence.manifest import manifest
from policylang.evidence.outcomes_csv import blocks
from policylang.evidence.outputs import Outputs
from policylang.evidence.page import page
from policylang.evidence.paper.board_paper import board_paper
from policylang.evidence.paper.form_paper import form_paper
from policylang.evidence.paper.to_docx import as_docx
from policylang.evidence.paper.to_html import page_of
from policylang.evidence.person import with_person
from policylang.evidence.person_file import to_complete
from policylang.evidence.records import verdicts_json
from policylang.evidence.run import AssessInput
from policylang.evidence.totals import ControlTotals, control_totals
from policylang.evidence.workbook import workbook
from policylang.evidence.worst import Worst, worst_things
from policylang.findings.collector import without_collector
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
    files: Outputs
    notes: tuple[Finding, ...] = ()  # on the policy, its deviations and its document; on what people said

    def write_into(self, folder: Path) -> tuple[Path, ...]:
        """Write the files into a folder that is there; gives their paths. Raises ``OSError`` as writing does.

        This writes one file after another. To have all or nothing, write into a folder of your own and move it, as
        the command does.
        """
        written = []
        for name in self.files:
            path = folder / name
            self.files.write(name, path)
            written.append(path)
        return tuple(written)


def assess(run: AssessInput) -> AssessResult:
    """Join policy and practice and make every file of the evidence. Pure: the same input gives the same bytes."""
    with without_collector():
        return _assess(run)


def _assess(run: AssessInput) -> AssessResult:
    joined = join(run.form, run.verdicts, run.outcomes, run.comply_rule)
    rows, notes = with_person(joined, run.person, run, run.person_file[0])
    totals = control_totals(run.casebook, run.outcomes)
    worst = worst_things(run, rows, totals)
    board = board_paper(run, rows, totals)
    files = Outputs()
    files.put(WORKBOOK, workbook(run, rows, totals, worst))
    files.put(FORM, as_docx(form_paper(run, rows, totals), run.as_at))
    files.put(BOARD, as_docx(board, run.as_at))
    files.put(BOARD_PAGE, page_of(board).encode("utf-8"))
    files.put(PAGE, page(run, rows, totals, worst).encode("utf-8"))
    files.put_blocks(OUTCOMES, blocks(run.outcomes))
    files.put(VERDICTS, verdicts_json(run))
    files.put(TO_COMPLETE, to_complete(rows, run).encode("utf-8"))
    files.put(MANIFEST, manifest(run, rows, totals, files.digests))
    return AssessResult(rows, totals, worst, files, (*run.policy_findings, *notes))
