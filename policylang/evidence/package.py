"""Office files with the same bytes every time: fixed times inside the archive and in the document's properties."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Protocol

_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
_DIMENSION = re.compile(rb'(<dimension ref=")[^"]*"')
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip archive can hold


class Rows(Protocol):
    """Rows that a sheet is to have after those that it has (:class:`policylang.evidence.sheets.many_rows.ManyRows`)."""

    @property
    def blocks(self) -> Callable[[], Iterator[bytes]]:
        """Gives their XML, from the start each time it is called."""

    def dimension(self) -> bytes:
        """The area that all its cells then take."""


def settled(data: bytes, as_at: date, rows: Mapping[str, Rows] | None = None) -> bytes:
    """The same office file without the time and the machine it was made on; its dates become ``as_at``. ``rows`` are
    put into the sheets whose parts are named."""
    out = io.BytesIO()
    stamp = f"{as_at.isoformat()}T00:00:00Z".encode()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>" + stamp + rb"\g<3>", content)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            if rows and name in rows:
                _with_rows(new, info, content, rows[name])
            else:
                new.writestr(info, content, zipfile.ZIP_DEFLATED, 6)
    return out.getvalue()


def _with_rows(archive: zipfile.ZipFile, info: zipfile.ZipInfo, content: bytes, rows: Rows) -> None:
    head, end, tail = content.rpartition(b"</sheetData>")
    with archive.open(info, "w") as part:
        part.write(_DIMENSION.sub(rb"\g<1>" + rows.dimension() + rb'"', head, count=1))
        for block in rows.blocks():
            part.write(block)
        part.write(end + tail)
