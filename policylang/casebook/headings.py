"""Finding the row of headings: under title rows and blank rows, over one row or two, with merged group headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from policylang.casebook import limits
from policylang.casebook.contents import is_date
from policylang.casebook.grid import FilledRow, Kind, Row, Sheet, letters
from policylang.casebook.record import REQUIRED, Match, diary_headings, facts, heading_key, match, match_listed

_TOP = limits.HEADING_SEARCH_ROWS + limits.SAMPLE_ROWS
_LONGEST = 40  # characters of a heading under a heading
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
    above = zip([None, None, *rows], [None, *rows], rows, strict=False)
    headers = [_header(sheet, this, one, top) for top, one, this in above if row is None or this.number == row]
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
    for top, one, this, header in zip([None, *rows], rows, rows[1:], headers[1:], strict=False):
        whole = _with_merged(sheet, one, top)
        if best and whole and one.number == best.row and is_under(whole, this):
            best = header
            break
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


def speaks_of_stage_2(sheet: str) -> bool:
    """Whether the name of a sheet says that it is about stage 2, and about nothing else."""
    name = heading_key(sheet)
    return bool(_OF_STAGE_2.search(name)) and "stage 1" not in name and " and " not in name


def at_its_stage(header: Header, sheet: str) -> Header:
    """The headings as they are meant on a sheet whose name says that it is about stage 2."""
    if not speaks_of_stage_2(sheet):
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


def _header(sheet: Sheet, row: Row, above: Row | None, top: Row | None = None) -> Header:
    above = _with_merged(sheet, above, top)
    under = above is not None and is_under(above, row)
    groups = _groups(sheet, row, above, steps=under)
    if under and above is not None:
        # “Stage 1” over “Acknowledgement” over “Due” and “Sent”.
        stages = _groups(sheet, above, top)
        for column, text in groups.items():
            staged = heading_key(text).startswith("stage ")
            stages[column] = text if staged or column not in stages else f"{stages[column]} {text}"
        groups = stages
    from_above = _from_above(sheet, row, above, every=under)
    headings = []
    columns = sorted(set(row.cells) | set(from_above))
    for column in columns:
        cell = row.cells.get(column)
        text = " ".join((cell.text if cell else from_above[column]).split())
        own, key = text, heading_key(text)
        group = groups.get(column)
        if group and (cell or under) and not key.startswith("stage "):
            together = heading_key(f"{group} {text}")
            alone = match(key)
            # "Reference" or "Closed" under a "Stage 2" that reaches too far is still the reference, or the closing. But
            # "Due" or "Received" under a step is always that step's.
            step = bool(cell) and not _STAGE_GROUP.fullmatch(heading_key(group))
            if step or match(together) or not (alone and alone[0].sure and facts()[alone[0].fact].stage != 1):
                text, key = f"{group} {text}", together
        if key:
            headings.append(Heading(column, text, key, own))
    return Header(row.number, tuple(headings))


def _with_merged(sheet: Sheet, row: Row | None, above: Row | None) -> Row | None:
    # The row with what reaches down into it from the row above: "Reference", merged over three rows of headings.
    if row is None or above is None or row.number - above.number != 1:
        return row
    reach = {m.left for m in sheet.merges if m.top <= above.number and m.bottom > row.number}
    more = {column: above.cells[column] for column in reach & above.cells.keys() - row.cells.keys()}
    return FilledRow(row.number, {**row.cells, **more}, row.hidden) if more else row


def is_under(above: Row, row: Row) -> bool:
    """Whether a row says more of the headings in the row above it: "Due" and "Sent" under "Acknowledged".

    It has only words, none under the reference, and at least one where the row above is blank or merged.
    """
    said = list(row.cells.values())
    if row.number - above.number != 1 or len(said) < 2 or set(row.cells) <= set(above.cells):
        return False
    if any(cell.kind is not Kind.TEXT or len(cell.text) > _LONGEST or is_date(cell) for cell in said):
        return False
    known = {
        column: found
        for column, cell in above.cells.items()
        if cell.kind is Kind.TEXT and (found := match_listed(heading_key(cell.text)))
    }
    named = [column for column, found in known.items() if any(one.fact == "reference" for one in found)]
    return len(known) >= 2 and bool(named) and not any(column in row.cells for column in named)


def _from_above(sheet: Sheet, row: Row, above: Row | None, *, every: bool) -> dict[int, str]:
    # Columns whose heading stands one row higher: merged downwards, or with nothing beneath it.
    if above is None or row.number - above.number > 1:
        return {}
    return {
        column: cell.text
        for column, cell in above.cells.items()
        if column not in row.cells
        and (
            every
            or any(m.top == above.number and m.bottom >= row.number and m.left == column for m in sheet.merges)
            or (match_listed(heading_key(cell.text)) and len(above.cells) > 1)
        )
    }


def _groups(sheet: Sheet, row: Row, above: Row | None, *, steps: bool = False) -> dict[int, str]:
    # The "Stage 1" or "Stage 2" that stands over each column in the row above. Where the sheet merges cells in that
    # row, a group reaches as far as it is merged; where it does not (as in CSV), as far as the next one. With `steps`
    # everything that stands there over more than its own column is a group.
    if above is None or row.number - above.number > 1:
        return {}
    merged = [m for m in sheet.merges if m.top <= above.number <= m.bottom and m.right > m.left]
    found: dict[int, str] = {}
    starts = sorted(column for column, cell in above.cells.items() if cell.kind is Kind.TEXT)
    for n, start in enumerate(starts):
        text = " ".join(above.cells[start].text.split())
        stage = bool(_STAGE_GROUP.match(heading_key(text)))
        if not stage and not steps:
            continue
        end = starts[n + 1] - 1 if n + 1 < len(starts) else max(row.cells, default=start)
        if merged:
            end = next((m.right for m in merged if m.left == start), start)
        if stage or start in row.cells:
            found.update(dict.fromkeys(range(start, end + 1), text))
    return found
