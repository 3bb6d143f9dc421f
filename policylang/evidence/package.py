"""Office files with the same bytes every time: fixed times inside the archive and in the document's properties."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip archive can hold


def settled(data: bytes, as_at: date) -> bytes:
    """The same office file without the time and the machine it was made on; its dates become ``as_at``."""
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
            new.writestr(info, content, zipfile.ZIP_DEFLATED, 6)
    return out.getvalue()
