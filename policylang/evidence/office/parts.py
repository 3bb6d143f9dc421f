"""The parts of an office file, of which few are changed and all others are kept byte for byte.

A library that reads a workbook and writes it again loses what it does not know (charts, drawings, macros, settings).
Here only the parts that must change are written anew; the rest is copied as it is.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any

from policylang.findings.problem import Problem, problem

Node = Any
"""An element of lxml, which comes with python-docx and says nothing of its types."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Parts:
    """The parts of one file. ``file`` is its name for messages, ``data`` its bytes as they were. The file has been
    checked before (:mod:`policylang.casebook.archive`, :mod:`policylang.documents.package`)."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file, self.data = file, data
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._infos = {info.filename: info for info in self._archive.infolist()}
        self._new: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._new or name in self._infos

    @property
    def names(self) -> list[str]:
        """Every part's name, the new ones last."""
        return [*self._infos, *(name for name in self._new if name not in self._infos)]

    def read(self, name: str) -> bytes:
        """The bytes of a part as it now is. Raises :class:`Problem` where it is missing or cannot be unpacked."""
        if name in self._new:
            return self._new[name]
        try:
            return self._archive.read(name)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
            raise self._damaged(name) from None

    def size(self, name: str) -> int:
        """How many bytes a part has, unpacked."""
        return len(self._new[name]) if name in self._new else self._infos[name].file_size

    def xml(self, name: str) -> Node:
        """A part as a tree. Raises :class:`Problem` where it is no XML or declares entities."""
        from lxml import etree  # type: ignore[import-untyped]

        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_blank_text=False)
        try:
            root = etree.fromstring(self.read(name), parser)
        except etree.XMLSyntaxError:
            raise self._damaged(name) from None
        if root.getroottree().docinfo.doctype:
            raise self._damaged(name)
        return root

    def _damaged(self, name: str) -> Problem:
        message = f"The part {name} of {self.file} cannot be read, so the file was not changed."
        hint = "Open it in Excel or Word, save a new copy, and give that."
        return problem("template-not-readable", "PL-W01", message, hint, file=self.file)

    def put(self, name: str, content: bytes | Node) -> None:
        """A part in place of the old one, or a new one: bytes, or a tree."""
        if not isinstance(content, bytes):
            from lxml import etree

            content = etree.tostring(content, xml_declaration=True, encoding="UTF-8", standalone=True)
        self._new[name] = content

    def whole(self) -> bytes:
        """The file. What was not put anew has the bytes, the place and the time stamp that it had."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name in self.names:
                old = self._infos.get(name)
                info = zipfile.ZipInfo(name, old.date_time if old else _EPOCH)
                info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
                info.external_attr = old.external_attr if old else 0
                archive.writestr(info, self.read(name), zipfile.ZIP_DEFLATED, 6)
        return out.getvalue()

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The relations of a part: id to kind (the last word of its type) and the name of the part it leads to."""
        name = relations_of(part)
        if name not in self:
            return {}
        found = {}
        for one in self.xml(name):
            target = str(one.get("Target", ""))
            inside = target[1:] if target.startswith("/") else posixpath.normpath(f"{posixpath.dirname(part)}/{target}")
            found[str(one.get("Id"))] = (str(one.get("Type", "")).rpartition("/")[2], inside)
        return found

    def sheets(self) -> dict[str, str]:
        """The worksheets of a workbook: name to part, in their order."""
        leads, book = self.relations("xl/workbook.xml"), self.xml("xl/workbook.xml")
        if "purl.oclc.org" in str(book.tag):
            message = f"{self.file} is saved as “Strict Open XML”, which few programs read."
            hint = "In Excel, choose Save As, “Excel Workbook (*.xlsx)”, and give that copy."
            raise problem("template-not-readable", "PL-W01", message, hint, file=self.file)
        found = {}
        for sheet in book.iter(f"{{{MAIN}}}sheet"):
            kind, part = leads.get(str(sheet.get(f"{{{REL}}}id")), ("", ""))
            if kind == "worksheet" and part in self:
                found[str(sheet.get("name"))] = part
        return found


def relations_of(part: str) -> str:
    """Where the relations of a part stand."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
