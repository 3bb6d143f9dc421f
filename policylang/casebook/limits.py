"""How much is read before reading stops with a message: each limit is there against a file made to do harm.

They are far above any real complaints log. A CSV file has no limit on its size or rows, only on one cell.
"""

from __future__ import annotations

MB = 1_000_000

FILE_BYTES = 50 * MB  # a workbook as it lies on disk
INFLATED_BYTES = 500 * MB  # all its parts, unpacked
RATIO = 200  # unpacked to packed, for the whole and for each part of at least RATIO_FROM_BYTES
RATIO_FROM_BYTES = 1 * MB
PARTS = 10_000  # files inside a workbook
SHARED_TEXT_BYTES = 100 * MB  # the table of texts that a workbook's cells share
SHARED_TEXTS = 2_000_000
STYLES_BYTES = 50 * MB
SMALL_PART_BYTES = 20 * MB  # the list of sheets, and what points from part to part
NESTING = 64  # elements within elements
ROWS = 1_000_000  # of a workbook's sheet, rows with something in them
COLUMNS = 500
CELL_CHARACTERS = 1 * MB
MAPPING_BYTES = 200_000
HEADING_SEARCH_ROWS = 60  # rows with something in them, from the top, among which the heading row is looked for
SAMPLE_ROWS = 200  # rows under the headings whose cells are looked at before a column is proposed
CHILD_BYTES = 400 * MB  # memory of a process that reads with a library that a file could bring down
CHILD_SECONDS = 60  # how long such a process may be silent
