"""The names and codes of everything that reading a complaints log can have to say; each has a page of its name.

Severities: an ``ERROR`` stopped the reading (nothing of the log was judged), or set cases aside that ought to have been
judged; a ``WARNING`` is a fault in the data that may leave a verdict open; a ``NOTE`` says what was done.
"""

from __future__ import annotations

from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.problem import Problem

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

RULES: dict[str, tuple[str, Severity]] = {
    # The file
    "log-not-found": ("DQ001", _E),
    "log-is-a-folder": ("DQ002", _E),
    "log-cannot-be-opened": ("DQ003", _E),
    "log-empty": ("DQ004", _E),
    "log-too-large": ("DQ005", _E),
    "workbook-needs-password": ("DQ006", _E),
    "workbook-old-format": ("DQ007", _E),
    "workbook-damaged": ("DQ008", _E),
    "log-format-not-read": ("DQ009", _E),
    "workbook-has-macros": ("DQ010", _E),
    "workbook-unsafe-part": ("DQ011", _E),
    "workbook-inflates-too-far": ("DQ012", _E),
    "workbook-shared-text-too-large": ("DQ013", _E),
    "workbook-declares-entities": ("DQ014", _E),
    "workbook-nested-too-deep": ("DQ015", _E),
    "too-many-rows": ("DQ016", _E),
    "too-many-columns": ("DQ017", _E),
    "cell-too-long": ("DQ018", _E),
    "text-encoding-assumed": ("DQ019", _N),
    "text-encodings-mixed": ("DQ020", _W),
    "text-not-readable": ("DQ021", _E),
    "quote-never-closed": ("DQ022", _E),
    # The sheet and its rows
    "no-heading-row": ("DQ030", _E),
    "no-cases": ("DQ031", _E),
    "several-sheets": ("DQ032", _E),
    "sheet-not-found": ("DQ033", _E),
    "hidden-rows-read": ("DQ034", _N),
    "hidden-columns-read": ("DQ035", _N),
    "hidden-sheet": ("DQ036", _N),
    "other-sheets-not-read": ("DQ037", _N),
    "rows-not-cases": ("DQ038", _N),
    "reference-missing": ("DQ039", _E),
    "row-wider-than-headings": ("DQ040", _E),
    "duplicate-reference": ("DQ041", _E),
    "row-repeated": ("DQ042", _W),
    "row-of-no-case": ("DQ043", _E),
    "event-word-unknown": ("DQ044", _E),
    "event-not-named": ("DQ045", _W),
    "event-repeated": ("DQ046", _W),
    "rows-disagree": ("DQ047", _W),
    "case-in-several-logs": ("DQ048", _E),
    "case-repeated-in-logs": ("DQ049", _N),
    "reference-in-several-logs": ("DQ066", _W),
    "reference-alone": ("DQ067", _W),
    # The mapping
    "mapping-cannot-be-read": ("DQ050", _E),
    "mapping-uses-alias": ("DQ051", _E),
    "mapping-key-unknown": ("DQ052", _E),
    "mapping-key-repeated": ("DQ053", _E),
    "mapping-value-not-understood": ("DQ054", _E),
    "mapping-fact-unknown": ("DQ055", _E),
    "mapping-column-missing": ("DQ056", _E),
    "mapping-column-used-twice": ("DQ057", _E),
    "required-column-missing": ("DQ058", _E),
    "column-ambiguous": ("DQ059", _E),
    "mapping-unconfirmed": ("DQ060", _E),
    "columns-not-read": ("DQ061", _N),
    "event-word-used-twice": ("DQ062", _E),
    "layout-unclear": ("DQ063", _E),
    "sheet-to-be-joined": ("DQ064", _E),
    # The values
    "date-order-unproved": ("DQ070", _E),
    "date-order-contradicted": ("DQ071", _E),
    "dates-swapped-on-import": ("DQ072", _E),
    "date-not-readable": ("DQ073", _W),
    "date-absurd": ("DQ074", _W),
    "date-vague": ("DQ075", _N),
    "date-is-bare-number": ("DQ076", _W),
    "answer-not-readable": ("DQ077", _W),
    "entry-stands-for-nothing": ("DQ078", _N),
    "cell-holds-error": ("DQ079", _W),
    "formula-not-calculated": ("DQ080", _W),
    # The cases
    "response-before-complaint": ("DQ090", _W),
    "impossible-order": ("DQ091", _W),
    "date-in-future": ("DQ092", _W),
    "reference-gap": ("DQ093", _W),
}


def finding(
    rule: str,
    message: str,
    help: str | None = None,
    *,
    place: Place | None = None,
    expected: str | None = None,
    found: str | None = None,
    out_by: str | None = None,
    related: tuple[Place, ...] = (),
    severity: Severity | None = None,
) -> Finding:
    """A finding of a data-quality rule, with the code and severity of its table entry unless another is given."""
    code, usual = RULES[rule]
    return Finding(
        rule=rule,
        code=code,
        severity=severity or usual,
        message=message,
        place=place,
        expected=expected,
        found=found,
        out_by=out_by,
        help=help,
        page=rule,
        related=related,
    )


def stop(rule: str, message: str, help: str | None = None, *, place: Place | None = None) -> Problem:
    """A :class:`Problem` to raise where reading cannot go on; ``read_cases`` turns it into its findings."""
    return Problem(finding(rule, message, help, place=place))
