"""Notes (what Excel called comments for twenty years) put on cells of a sheet, at the level of the file's parts."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from policylang.evidence.office.cells import number_of
from policylang.evidence.office.parts import MAIN, PACKAGE_REL, REL, TYPES, Node, Parts, relations_of
from policylang.evidence.safe_text import for_cell

AUTHOR = "policylang"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
# What may follow the mark of a drawing in a worksheet; the order is fixed.
_AFTER = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
_EMPTY_COMMENTS = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode()
_EMPTY_VML = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    b'</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    b'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" '
    b'o:connecttype="rect"/></v:shapetype></xml>'
)
_V, _O, _X = (
    "{urn:schemas-microsoft-com:vml}",
    "{urn:schemas-microsoft-com:office:office}",
    "{urn:schemas-microsoft-com:office:excel}",
)


def add_notes(parts: Parts, sheet: str, notes: Mapping[str, str], number: int) -> list[str]:
    """Put a note on each of these cells of the part ``sheet``; ``number`` makes the new parts' names its own.

    A cell that has a note keeps it: gives the addresses of those, which have no note of ours.
    """
    leads = parts.relations(sheet)
    comments = next((part for kind, part in leads.values() if kind == "comments"), "")
    # A sheet may have a drawing for the pictures of its header too: only the sheet says which is for notes.
    legacy = parts.xml(sheet).find(f"{{{MAIN}}}legacyDrawing")
    told = None if legacy is None else legacy.get(f"{{{REL}}}id")
    drawing = leads.get(str(told), ("", ""))[1]
    if not comments:
        comments = f"xl/commentsPolicylang{number}.xml"
        parts.put(comments, _EMPTY_COMMENTS)
        relate(parts, sheet, "comments", comments)
        declare(parts, comments, _COMMENTS_TYPE)
    tree = parts.xml(comments)
    taken = {str(one.get("ref")) for one in tree.iter(f"{{{MAIN}}}comment")}
    ours = {address: text for address, text in notes.items() if address not in taken}
    if not ours:
        return sorted(notes)
    if not drawing:
        drawing = f"xl/drawings/vmlDrawingPolicylang{number}.vml"
        parts.put(drawing, _EMPTY_VML)
        _default(parts, "vml", _VML_TYPE)
        _draw(parts, sheet, relate(parts, sheet, "vmlDrawing", drawing))
    _write(tree, ours)
    parts.put(comments, tree)
    shapes = parts.xml(drawing)
    for n, address in enumerate(ours):
        shapes.append(_shape(shapes, address, 70000 + n))
    parts.put(drawing, shapes)
    return sorted(set(notes) - set(ours))


def _write(tree: Node, notes: Mapping[str, str]) -> None:
    authors, where = (_child(tree, name, place) for place, name in enumerate(("authors", "commentList")))
    names = [author.text for author in authors]
    if AUTHOR not in names:
        author = tree.makeelement(f"{{{MAIN}}}author", {}, None)
        author.text = AUTHOR
        authors.append(author)
        names.append(AUTHOR)
    for address, text in notes.items():
        comment = tree.makeelement(f"{{{MAIN}}}comment", {"ref": address, "authorId": str(names.index(AUTHOR))}, None)
        holder = tree.makeelement(f"{{{MAIN}}}text", {}, None)
        words = tree.makeelement(f"{{{MAIN}}}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}, None)
        words.text = for_cell(text)
        holder.append(words)
        comment.append(holder)
        where.append(comment)


def _child(tree: Node, name: str, place: int) -> Node:
    """The element of that name, made where there is none."""
    found = tree.find(f"{{{MAIN}}}{name}")
    if found is None:
        found = tree.makeelement(f"{{{MAIN}}}{name}", {}, None)
        tree.insert(place, found)
    return found


def _shape(root: Node, address: str, number: int) -> Node:
    """The box of a note, hidden until the pointer rests on its cell."""
    style = "position:absolute;width:260pt;height:110pt;visibility:hidden"
    shape = root.makeelement(
        f"{_V}shape",
        {"id": f"_x0000_s{number}", "type": "#_x0000_t202", "style": style, "fillcolor": "#ffffe1",
         f"{_O}insetmode": "auto"},
        None,
    )  # fmt: skip
    shape.append(shape.makeelement(f"{_V}fill", {"color2": "#ffffe1"}, None))
    shape.append(shape.makeelement(f"{_V}textbox", {"style": "mso-direction-alt:auto"}, None))
    client = shape.makeelement(f"{_X}ClientData", {"ObjectType": "Note"}, None)
    column, row = number_of(address) - 1, int("".join(c for c in address if c.isdigit())) - 1
    anchor = f"{column + 1}, 15, {max(row - 1, 0)}, 10, {column + 5}, 15, {row + 7}, 4"
    for tag, text in (("MoveWithCells", ""), ("SizeWithCells", ""), ("Anchor", anchor), ("AutoFill", "False"),
                      ("Row", str(row)), ("Column", str(column))):  # fmt: skip
        inner = client.makeelement(f"{_X}{tag}", {}, None)
        inner.text = text or None
        client.append(inner)
    shape.append(client)
    return shape


def relate(parts: Parts, sheet: str, kind: str, target: str) -> str:
    """Make ``sheet`` lead to ``target``; gives the relation's id."""
    name = relations_of(sheet)
    if name not in parts:
        parts.put(name, f'<Relationships xmlns="{PACKAGE_REL}"/>'.encode())
    tree = parts.xml(name)
    used = {str(one.get("Id")) for one in tree}
    own = next(f"rIdPolicylang{n}" for n in range(1, 1000) if f"rIdPolicylang{n}" not in used)
    path = posixpath.relpath(target, posixpath.dirname(sheet))
    tree.append(
        tree.makeelement(f"{{{PACKAGE_REL}}}Relationship", {"Id": own, "Type": f"{_KIND}/{kind}", "Target": path}, None)
    )
    parts.put(name, tree)
    return own


def declare(parts: Parts, part: str, content_type: str) -> None:
    """Say what a new part holds."""
    tree = parts.xml("[Content_Types].xml")
    one = tree.makeelement(f"{{{TYPES}}}Override", {"PartName": f"/{part}", "ContentType": content_type}, None)
    tree.append(one)
    parts.put("[Content_Types].xml", tree)


def _default(parts: Parts, ending: str, content_type: str) -> None:
    tree = parts.xml("[Content_Types].xml")
    if any(str(one.get("Extension", "")).casefold() == ending for one in tree):
        return
    tree.insert(0, tree.makeelement(f"{{{TYPES}}}Default", {"Extension": ending, "ContentType": content_type}, None))
    parts.put("[Content_Types].xml", tree)


def _draw(parts: Parts, sheet: str, relation: str) -> None:
    tree = parts.xml(sheet)
    for old in tree.findall(f"{{{MAIN}}}legacyDrawing"):  # one that leads nowhere
        tree.remove(old)
    mark = tree.makeelement(f"{{{MAIN}}}legacyDrawing", {f"{{{REL}}}id": relation}, None)
    later = {f"{{{MAIN}}}{name}" for name in _AFTER}
    at = next((n for n, child in enumerate(tree) if child.tag in later), len(tree))
    tree.insert(at, mark)
    parts.put(sheet, tree)
