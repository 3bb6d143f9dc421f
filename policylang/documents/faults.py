"""Why a document cannot be read, each as a finding that says what to do; and the limits behind some of them."""

from __future__ import annotations

from policylang.findings.problem import Problem, problem

MB = 1_000_000
FILE_BYTES = 50 * MB  # as it lies on disk
INFLATED_BYTES = 500 * MB  # all parts of a Word document, unpacked
PART_BYTES = 100 * MB  # the part that holds the text
RATIO = 200  # unpacked to packed, from RATIO_FROM_BYTES on
RATIO_FROM_BYTES = 1 * MB
PARTS = 10_000  # files inside a Word document
NESTING = 64  # elements within elements; text boxes and tables in tables need some thirty
PARAGRAPHS = 100_000
PAGES = 2_000

_SAVE = "Open it in Word, save a new copy as .docx, and give that."


def other_kind(file: str) -> Problem:
    """A file of a kind that is not read."""
    return problem(
        "source-not-text", "PL-F06", f"“{file}” is not a document that can be read here.",
        "Give a Word document (.docx), a PDF, plain text (.txt) or Markdown (.md); Save As makes one in most programs.",
        file=file,
    )  # fmt: skip


def without_numbers(file: str) -> Problem:
    """A document without one clause number."""
    return problem(
        "source-without-numbers", "PL-F07", f"No numbered clauses were found in “{file}”.",
        "Paragraphs should begin with their clause numbers, such as 3.2. In a PDF the numbers may have been lost: "
        "give the Word document it was made from.", file=file,
    )  # fmt: skip


def too_large(file: str, how: str) -> Problem:
    """``how`` completes "The document is too large to be read: "."""
    return problem(
        "document-too-large", "PL-F20", f"The document is too large to be read: {how}.",
        "Check that it is the right file. Pictures make most large documents large: save a copy without them.",
        file=file,
    )  # fmt: skip


def damaged(file: str, how: str) -> Problem:
    """``how`` completes "The document is damaged: "."""
    return problem(
        "document-damaged", "PL-F21", f"The document is damaged: {how}.",
        "Open it in the program it was made with and save a new copy; or fetch it again from where it came from.",
        file=file,
    )  # fmt: skip


def needs_password(file: str) -> Problem:
    """An encrypted document."""
    return problem(
        "document-needs-password", "PL-F22", "The document is protected by a password.",
        "Open it with the password, save a copy without one, and give the copy.", file=file,
    )  # fmt: skip


def old_format(file: str) -> Problem:
    """A Word document of before 2007, whatever its name ends in."""
    return problem(
        "document-old-format", "PL-F23", "The document is in Word's format of before 2007 (.doc), whatever its name.",
        _SAVE, file=file,
    )  # fmt: skip


def empty(file: str) -> Problem:
    """A document without text."""
    return problem(
        "document-empty", "PL-F24", "The document has no text in it.",
        "Check that it is the right file, and that what was written in it was saved.", file=file,
    )  # fmt: skip


def scanned(file: str, pages: int) -> Problem:
    """A PDF that holds pictures of pages."""
    return problem(
        "document-is-scanned", "PL-F25",
        f"The PDF has {pages} page{'' if pages == 1 else 's'} and no text: it holds pictures of pages, as a scanner "
        "makes.",
        "Give the document it was printed from; or have the text recognised (OCR) and give that.", file=file,
    )  # fmt: skip


def no_pdf_reader(file: str) -> Problem:
    """pypdf is not installed."""
    return problem(
        "pdf-reader-missing", "PL-F26", "Reading PDF needs a library that is not installed.",
        "Install it with: pip install \"policylang[pdf]\". Or give the Word or text version of the document.",
        file=file,
    )  # fmt: skip


def unsafe(file: str, how: str) -> Problem:
    """``how`` completes "The document was not read, because "."""
    return problem(
        "document-unsafe", "PL-F27", f"The document was not read, because {how}; no word processor writes that.",
        f"Ask who sent it where it comes from. If you trust it: {_SAVE[0].lower()}{_SAVE[1:]}", file=file,
    )  # fmt: skip


def macros(file: str) -> Problem:
    """A document with programs in it."""
    return problem(
        "document-unsafe", "PL-F27", "The document holds macros (small programs), so it was not read.",
        "In Word, choose Save As, “Word Document (*.docx)”, which leaves the macros out, and give that copy.",
        file=file,
    )  # fmt: skip


def unreadable(file: str, why: str) -> Problem:
    """The file system does not let it be read."""
    return problem(
        "file-not-readable", "PL-F03", f"“{file}” cannot be read: {why}.",
        "Close it in other programs, or copy it to a folder of this computer and give the copy.", file=file,
    )  # fmt: skip
