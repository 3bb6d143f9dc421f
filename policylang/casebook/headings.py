"""Finding the row of headings: under title rows and blank rows, over one row or two, with merged group headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from policylang.casebook import limits
from policylang.casebook.grid import FilledRow, Kind, Row, Sheet, letters
from policylang.casebook.record import REQUIRED, Match, diary_headings, facts, heading_key, match, match_listed

_TOP = limits.HEADING_SEARCH_ROWS + limits.SAMPLE_ROWS
_STAGE_GROUP = re.compile(r"stage [12]\b")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's heading: the column (from 0), the text as printed, and its key (see ``heading_key``).

    Where a group heading such as "Stage 2" stands over several columns, ``text`` begins with it; ``own`` never does.
    ``meant`` is the key by which it is understood where that is another: on a sheet called "Stage 2", "Responded" is
    the response at stage 2.
    """

    column: int
    text: str
    key: str
    own: str
    meant: str = ""

    @property
    def letter(self) -> str:
        """The column's letters."""
        return letters(self.column)

    @property
    def matches(self) -> tuple[Match, ...]:
        """What the heading may stand for."""
        return match(self.meant or self.key)


@dataclass(frozen=True, slots=True)
class Header:
    """The row of headings of a sheet."""

    row: int
    headings: tuple[Heading, ...]

    @property
    def known(self) -> set[str]:
        """The facts that the headings may stand for."""
        return {found.fact for heading in self.headings for found in heading.matches}

    @property
    def complete(self) -> bool:
        """Whether a log's two necessary columns can be among these."""
        return self.known >= set(REQUIRED)

    @property
    def plausible(self) -> bool:
        """Whether this looks like a log's headings at all."""
        return self.complete or len(self.known) >= 3 or self.diary

    @property
    def diary(self) -> bool:
        """Whether these are the headings of a log with one row an event: a reference, what happened, and when."""
        keys = {heading.key for heading in self.headings}
        return all(keys & known for known in diary_headings().values()) and any(
            one.fact == "reference" for key in keys for one in match_listed(key)
        )


def top_rows(sheet: Sheet) -> list[Row]:
    """The first rows of a sheet, among which the headings are and after which come some cases; read once.

    Raises ``Problem``.
    """
    if sheet.top is None:
        sheet.top = list(islice(sheet.rows(), _TOP))
    return sheet.top


def sample_rows(sheet: Sheet, header: Header) -> list[Row]:
    """The first rows under the headings: what is looked at before anything is proposed. Raises ``Problem``."""
    below = [row for row in top_rows(sheet) if row.number > header.row][: limits.SAMPLE_ROWS]
    return [FilledRow(row.number, row.cells, row.hidden) for row in below]


def all_rows(sheet: Sheet) -> Iterator[Row]:
    """Every row of a sheet; a short one is not read a second time. Raises ``Problem``."""
    top = top_rows(sheet)
    return iter(top) if len(top) < _TOP else sheet.rows()


def find_header(sheet: Sheet, *, row: int | None = None, wanted: Iterable[str] = ()) -> Header | None:
    """The row of headings: the given row; or the one with most of the wanted keys; or the one that most looks like one.

    Raises ``Problem`` if the sheet cannot be read.
    """
    rows = top_rows(sheet)[: limits.HEADING_SEARCH_ROWS]
    sheet.scan()
    pairs = list(zip([None, *rows], rows, strict=False))
    headers = [_header(sheet, this, above) for above, this in pairs if row is None or this.number == row]
    if row is not None:
        return headers[0] if headers else None
    keys = set(wanted)
    if keys:
        return _best([(sum(h.key in keys for h in header.headings), header) for header in headers])
    texts = [sum(cell.kind is Kind.TEXT for cell in this.cells.values()) for this in rows]
    wordy = [header for header, number in zip(headers, texts, strict=True) if number >= 2]
    # Near matches take time, and a row of headings that are all misspelt is rare: they are looked for last.
    best = _best([(_score(header, match_listed), header) for header in wordy])
    best = best or _best([(_score(header, match), header) for header in wordy])
    return best if best and best.plausible else None


def first_header(sheet: Sheet) -> Header | None:
    """The row of headings, or the first row of several texts with cells under it, whatever they say.

    Raises ``Problem`` if the sheet cannot be read.
    """
    found = find_header(sheet)
    if found is not None:
        return found
    rows = top_rows(sheet)[: limits.HEADING_SEARCH_ROWS]
    for above, this, below in zip([None, *rows], rows, rows[1:], strict=False):
        if len(this.cells) >= 2 and all(cell.kind is Kind.TEXT for cell in this.cells.values()) and below.cells:
            return _header(sheet, this, above)
    return None


_OF_STAGE_2 = re.compile(r"stage 2\b|escalat(?:ion|ions|ed)\b")


def at_its_stage(header: Header, sheet: str) -> Header:
    """The headings as they are meant on a sheet whose name says that it is about stage 2."""
    name = heading_key(sheet)
    if not _OF_STAGE_2.search(name) or "stage 1" in name or " and " in name:
        return header

    def meant(heading: Heading) -> str:
        if heading.key.startswith("stage "):
            return ""
        together = heading_key(f"stage 2 {heading.key}")
        alone = match(heading.key)
        # The reference and the closing are the case's, on whatever sheet they stand.
        return together if match(together) or not alone or facts()[alone[0].fact].stage == 1 else ""

    return Header(header.row, tuple(replace(heading, meant=meant(heading)) for heading in header.headings))


def _best(scored: list[tuple[float, Header]]) -> Header | None:
    # The first of those that score highest: headings can be repeated further down.
    score, header = max(scored, key=lambda pair: pair[0], default=(0, None))
    return header if score else None


def _score(header: Header, matches: Callable[[str], tuple[Match, ...]]) -> float:
    found = [one for heading in header.headings for one in matches(heading.key)]
    sure = {one.fact for one in found if one.sure}
    return len(sure) + len({one.fact for one in found} - sure) / 2 + 2 * header.diary


def _header(sheet: Sheet, row: Row, above: Row | None) -> Header:
    groups = _groups(sheet, row, above)
    headings = []
    columns = sorted(set(row.cells) | set(_from_above(sheet, row, above)))
    for column in columns:
        cell = row.cells.get(column)
        text = " ".join((cell.text if cell else _from_above(sheet, row, above)[column]).split())
        own, key = text, heading_key(text)
        group = groups.get(column)
        if group and cell and not key.startswith("stage "):
            together = heading_key(f"{group} {text}")
            alone = match(key)
            # "Reference" or "Closed" under a "Stage 2" that reaches too far is still the reference, or the closing.
            if match(together) or not (alone and alone[0].sure and facts()[alone[0].fact].stage != 1):
                text, key = f"{group} {text}", together
        if key:
            headings.append(Heading(column, text, key, own))
    return Header(row.number, tuple(headings))


def _from_above(sheet: Sheet, row: Row, above: Row | None) -> dict[int, str]:
    # Columns whose heading stands one row higher: merged downwards, or with nothing beneath it.
    if above is None or row.number - above.number > 1:
        return {}
    return {
        column: cell.text
        for column, cell in above.cells.items()
        if column not in row.cells
        and (
            any(m.top == above.number and m.bottom >= row.number and m.left == column for m in sheet.merges)
            or (match_listed(heading_key(cell.text)) and len(above.cells) > 1)
        )
    }


def _groups(sheet: Sheet, row: Row, above: Row | None) -> dict[int, str]:
    # The "Stage 1" or "Stage 2" that stands over each column in the row above. Where the sheet merges cells in that
    # row, a group reaches as far as it is merged; where it does not (as in CSV), as far as the next one.
    if above is None or row.number - above.number > 1:
        return {}
    merged = [m for m in sheet.merges if m.top <= above.number <= m.bottom and m.right > m.left]
    found: dict[int, str] = {}
    starts = sorted(column for column, cell in above.cells.items() if cell.kind is Kind.TEXT)
    for n, start in enumerate(starts):
        text = " ".join(above.cells[start].text.split())
        if not _STAGE_GROUP.match(heading_key(text)):
            continue
        end = starts[n + 1] - 1 if n + 1 < len(starts) else max(row.cells, default=start)
        if merged:
            end = next((m.right for m in merged if m.left == start), start)
        found.update(dict.fromkeys(range(start, end + 1), text))
    return found
