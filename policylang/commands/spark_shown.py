"""What a run on Spark came to, in the forms in which ``policylang audit --engine spark`` prints and writes it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policylang.auditor.spark.report import as_csv, as_text, open_csv, record

if TYPE_CHECKING:
    from policylang.auditor.by_column import Division
    from policylang.auditor.columns.compile import CompiledAudit
    from policylang.auditor.spark.files import FilesJudged
    from policylang.model.document import Document


class SparkShown:
    """A run, and what of it was asked for: ``by`` columns, the open cases, ``only`` these outcomes; ``folder`` is where
    the outcomes of the cases are."""

    def __init__(
        self,
        compiled: CompiledAudit,
        judged: FilesJudged,
        documents: Sequence[Document],
        folder: Path | None,
        by: Sequence[str],
        *,
        opened: bool,
        only: Sequence[str],
    ) -> None:
        self._compiled, self._judged, self._documents, self._folder = compiled, judged, documents, folder
        self._by, self._opened, self._only = by, opened, only

    @cached_property
    def divisions(self) -> list[Division]:
        """The figures by each of the columns."""
        from policylang.auditor.spark.figures import division

        held = frozenset[str]().union(*self._judged.columns.values())
        return [
            division(self._judged.figures, name, recorded=name == "month" or name in held)
            for name in dict.fromkeys(self._by)
        ]

    @cached_property
    def record(self) -> dict[str, Any]:
        """The run as plain data."""
        return record(
            self._compiled, self._judged, self._folder, by=self.divisions, opened=self._opened, only=self._only
        )

    def printed(self, form: str, across: int) -> str:
        """The run as text, JSON or CSV; as CSV, the figures by columns or of the open cases alone, where asked for."""
        if form == "json":
            return self._json()
        if form == "csv":
            return self._csv().decode("utf-8-sig").replace("\r\n", "\n")
        return "\n".join([as_text(self.record).rstrip("\n"), *self._divisions_in_text(across)]) + "\n"

    def names(self) -> set[str]:
        """What is in the folder of this run: the outcomes of each file, and the files beside them."""
        outcomes = {str(file["outcomes"]) for file in self.record["files"]}
        return outcomes | {name for name, _ in self.files()}

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The files beside the outcomes: the name and the bytes of each."""
        totals = as_csv(self._judged.totals)
        yield "totals.csv", totals.encode("utf-8-sig")
        yield "totals.json", (self._json() + "\n").encode("utf-8")
        if self.divisions:
            yield "by.csv", self._divisions_csv()
        if self._opened:
            yield "open.csv", open_csv(self.record).encode("utf-8-sig")

    def _json(self) -> str:
        return json.dumps(self.record, ensure_ascii=False, indent=2)

    def _csv(self) -> bytes:
        if self.divisions:
            return self._divisions_csv()
        return (open_csv(self.record) if self._opened else as_csv(self._judged.totals, self._only)).encode("utf-8-sig")

    def _divisions_csv(self) -> bytes:
        from policylang.evidence.audit_tables import division_csv

        return division_csv(self.divisions)

    def _divisions_in_text(self, across: int) -> Iterator[str]:
        from policylang.auditor.audit import AuditResult
        from policylang.auditor.outcomes import Made
        from policylang.auditor.tables_as_text import division_text

        # The text names documents as they are cited, and looks nothing else up.
        cited = AuditResult(self._compiled.as_at, Made(), [], {}, {}, [], {d.id: d for d in self._documents}, {})
        for division in self.divisions:
            yield ""
            yield from division_text(cited, division, across)
