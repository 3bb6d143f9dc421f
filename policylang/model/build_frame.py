"""Sentences about the document itself: title, dates, calendar, links, closures, accepted deviations."""

from __future__ import annotations

import re
from datetime import date

from policylang.language import tree as t
from policylang.model.build_norms import unit_of
from policylang.model.document import (
    Closure,
    DatedRole,
    Deviation,
    Document,
    LooseDate,
    Reference,
    Remark,
    VersionRow,
)
from policylang.model.norms import Standing
from policylang.model.words import Lookup


class FrameBuilder:
    """Fills a document from its frame sentences."""

    def __init__(self, lookup: Lookup, document: Document) -> None:
        self.lookup, self.document = lookup, document

    def loose(self, node: t.DateNode, bound: bool = False) -> LooseDate | None:
        """The date as precisely as it was written, or None with a finding where there is no such day."""
        found = LooseDate(node.text, bound)
        try:
            first, _ = found.earliest, found.latest
        except ValueError:
            first = date.min
        if not 1900 <= first.year <= 2199:
            self.lookup.report(
                "no-such-date", "PL-M03", f"There is no date {node.text} that a policy could mean.", node.span,
                "Write a year, a month or a day: 2024, 2024-04 or 2024-04-01.",
            )  # fmt: skip
            return None
        return found

    def add(self, node: t.Frame, section: str, standing: Standing | None) -> None:
        d = self.document
        clauses = node.clauses.labels if node.clauses else ()
        text = node.texts[0] if node.texts else ""
        match node.kind:
            case "policy_title":
                d.kind, d.title = "policy", text
            case "code_title":
                d.kind, d.title = "code", text
                d.edition = node.texts[1] if len(node.texts) > 1 else ""
            case "known_as" if node.word:
                d.id, d.cited_as = node.word.text, text
            case "organisation":
                d.organisation = text
            case "issuer":
                d.issuer = text
            case "version":
                self.version(node)
            case "calendar" if node.word:
                self.calendar(node.word)
            case "in_force" | "date_role":
                self.dated(node, clauses)
            case "bare_days" if node.unit:
                d.bare_days = unit_of(node.unit)
            case "clause_labels":
                d.clause_labels += clauses
            case "document_is" if node.word:
                d.document_type, d.parent = node.word.text, text or None
                self.lookup.word(node.word, ("items",))
            case "governed_by":
                d.governed_by, d.governed_by_clauses = node.texts, clauses
            case "linked" | "refers" if node.terms:
                items = self.lookup.items(node.terms, ("references", "bodies", "items"))
                d.references.append(Reference(items.texts, items.words, clauses, node.span, node.kind == "linked"))
            case "closed_from":
                self.closure(node, text)
            case "deviation":
                self.deviation(node)
            case "note":
                d.remarks.append(Remark(text, clauses, section, node.span, standing))
            case "requirement" | "shown_by":
                self.lookup.report(
                    "sentence-out-of-place", "PL-M04", "This sentence belongs under a provision of a code.", node.span,
                    'Put it below a heading such as: provision 6.2 "Acknowledge":',
                )  # fmt: skip

    def calendar(self, word: t.Term) -> None:
        from policylang.model.data import checks_dir

        known = sorted(path.stem for path in (checks_dir() / "calendars").glob("*.yaml"))
        if word.text not in known:
            self.lookup.report(
                "unknown-calendar", "PL-M05", f"There is no calendar called “{word.text}”.", word.span,
                f"The calendars are: {', '.join(known)}.",
            )  # fmt: skip
        else:
            self.document.calendar = word.text

    def version(self, node: t.Frame) -> None:
        when = self.loose(node.dates[0]) if node.dates else None
        row = VersionRow(node.texts[0], when, node.texts[1] if len(node.texts) > 1 else None)
        if when is None and row.summary is None:
            self.document.version = row.label
        else:
            self.document.history.append(row)

    def dated(self, node: t.Frame, clauses: tuple[str, ...]) -> None:
        found = [self.loose(d, node.bound) for d in node.dates]
        if not found or found[0] is None:
            return
        until = found[1] if len(found) > 1 else None
        role = "in force" if node.kind == "in_force" else (node.role or "")
        by = tuple(x.text for x in node.terms.items) if node.terms else ()
        self.document.dates.append(DatedRole(role, found[0], until, by, clauses, node.span))

    def closure(self, node: t.Frame, name: str) -> None:
        first, last = (self.loose(d) for d in node.dates[:2])
        if first and last:
            self.document.closures.append(Closure(first.earliest, last.latest, name or "Closed"))

    def deviation(self, node: t.Frame) -> None:
        first, last = (self.loose(d) for d in node.dates[:2])
        if first and last and len(node.texts) >= 3:
            named = re.match(r"(?:([A-Z]+[0-9]*)-)?(.*)", node.label or "", re.IGNORECASE | re.DOTALL)
            prefix, provision = (named[1] or "", named[2]) if named else ("", "")
            self.document.deviations.append(
                Deviation(
                    provision, node.texts[0], node.texts[1], first.earliest, last.latest, node.texts[2], node.span,
                    prefix.upper(),
                )
            )  # fmt: skip
