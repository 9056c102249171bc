"""What a finished PDF must keep of PDF/UA-1 (ISO 14289-1), read from the file itself and not from what it claims.

Clauses are those of ISO 14289-1:2014; numbers like 15-003 are checkpoints of the Matterhorn Protocol 1.1, which says
for each clause how a machine finds it broken. Only rules that a document of ours can break are here.
"""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject

HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")
PAINTS = frozenset((b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"EI",
                    b"INLINE IMAGE"))  # fmt: skip
"""Operators that leave something on the page; ``Do`` is looked at on its own."""


def broken_rules(content: bytes) -> list[str]:
    """Return what the file breaks, a line each, without repetition."""
    read = PdfReader(io.BytesIO(content))
    root = read.trailer["/Root"]
    tree = [*_elements(root.get("/StructTreeRoot"), ())]
    found = [*_claims(root, read), *_pages(read), *_fonts(read), *_headings(tree), *_tables(tree), *_figures(tree),
             *_lists(tree), *_links(read, tree), *_tagged(read, tree)]  # fmt: skip
    return [f"{said} ({times}x)" if times > 1 else said for said, times in Counter(found).items()]


def _claims(root: Any, read: PdfReader) -> Iterator[str]:
    meta = root["/Metadata"].get_data().decode() if "/Metadata" in root else ""
    if not re.search(r"<pdfuaid:part>1</pdfuaid:part>|pdfuaid:part=\"1\"", meta):
        yield "06-001 the metadata do not say PDF/UA-1"
    if not re.search(r"<dc:title>.*?<rdf:li[^>]*>\s*\S", meta, re.DOTALL):
        yield "06-003 no dc:title"
    if not (read.metadata and (read.metadata.title or "").strip()):
        yield "no title in the document information"
    if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True and not _true(
        root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")
    ):
        yield "07-001 the window would show the name of the file instead of the title"
    if not str(root.get("/Lang", "")).startswith("de"):
        yield "11-006 the language is not German"
    if not _true(root.get("/MarkInfo", {}).get("/Marked")):
        yield "06 not marked as tagged"
    if _true(root.get("/MarkInfo", {}).get("/Suspects")):
        yield "02-001 marked as suspect"
    if "/StructTreeRoot" not in root:
        yield "09 no structure tree"
    if "/AcroForm" in root and "/XFA" in root["/AcroForm"]:
        yield "25-001 a dynamic form"
    if read.is_encrypted:
        yield "26 encrypted"


def _true(value: object) -> bool:
    return value is not None and str(value).casefold() == "true"


def _pages(read: PdfReader) -> Iterator[str]:
    for page in read.pages:
        if page.get("/Annots") and page.get("/Tabs") != "/S":
            yield "28-008 tab order does not follow the structure"
        if "/StructParents" not in page and page.get_contents() and b"/MCID" in page.get_contents().get_data():
            yield "the content of a page leads nowhere in the structure"


def _fonts(read: PdfReader) -> Iterator[str]:
    seen: set[int] = set()
    for page in read.pages:
        for resources in _resources(page.get("/Resources"), set()):
            for font in (one.get_object() for one in (resources.get("/Font") or {}).values()):
                if id(font) in seen:
                    continue
                seen.add(id(font))
                if "/ToUnicode" not in font:
                    yield f"31-027 {font.get('/BaseFont')} has no map to Unicode"
                inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
                described = inner.get("/FontDescriptor", {})
                if font.get("/Subtype") != "/Type3" and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(described):
                    yield f"31-009 {font.get('/BaseFont')} is not embedded"


def _resources(given: Any, seen: set[int]) -> Iterator[Any]:
    resources = given.get_object() if given is not None else {}
    if id(resources) in seen:
        return
    seen.add(id(resources))
    yield resources
    for form in (resources.get("/XObject") or {}).values():
        if "/Resources" in form.get_object():
            yield from _resources(form.get_object()["/Resources"], seen)


Element = tuple[DictionaryObject, str, tuple[str, ...]]
"""An element of the structure tree, its role, and the roles above it."""


def _elements(given: Any, above: tuple[str, ...]) -> Iterator[Element]:
    node = given.get_object() if given is not None else None
    if not isinstance(node, DictionaryObject):
        return
    role = str(node.get("/S", ""))
    if role:
        yield node, role, above
    for kid in _kids(node):
        if isinstance(kid, DictionaryObject) and kid.get("/Type") not in ("/MCR", "/OBJR"):
            yield from _elements(kid, (*above, role) if role else above)


def _kids(node: DictionaryObject) -> list[Any]:
    kids = node.get("/K")
    kids = kids.get_object() if isinstance(kids, IndirectObject) else kids
    if kids is None:
        return []
    return [kid.get_object() for kid in kids] if isinstance(kids, ArrayObject) else [kids]


def _headings(tree: list[Element]) -> Iterator[str]:
    levels = [HEADINGS.index(role) + 1 for _, role, _ in tree if role in HEADINGS]
    if levels and levels[0] != 1:
        yield f"14-002 the first heading is of level {levels[0]}"
    for before, level in itertools.pairwise(levels):
        if level > before + 1:
            yield f"14-003 a heading of level {level} follows one of level {before}"
    if any(role == "/H" for _, role, _ in tree) and levels:
        yield "14-006 headings with and without level"


def _tables(tree: list[Element]) -> Iterator[str]:
    for table, role, _ in tree:
        if role != "/Table":
            continue
        inside = [*_elements(table, ())]
        heads = [cell for cell, name, _ in inside if name == "/TH"]
        if not heads:
            yield "15-003 a table without a head"
        for head in heads:
            if _attribute(head, "/Scope") not in ("/Row", "/Column", "/Both"):
                yield "15-003 a head of a table without scope"
        widths = {
            sum(int(_attribute(cell, "/ColSpan") or 1) for cell in _kids(row))
            for row, name, _ in inside
            if name == "/TR"
        }
        if len(widths) > 1:
            yield "15 rows of a table with different numbers of cells"
    for _, role, above in tree:
        parent = above[-1] if above else ""
        if role == "/TR" and parent not in ("/Table", "/THead", "/TBody", "/TFoot"):
            yield "09-004 a row outside a table"
        if role in ("/TH", "/TD") and parent != "/TR":
            yield "09-004 a cell outside a row"


def _attribute(node: DictionaryObject, name: str) -> Any:
    given = node.get("/A")
    given = given.get_object() if given is not None else None
    for one in given if isinstance(given, ArrayObject) else [given]:
        one = one.get_object() if one is not None else None  # noqa: PLW2901
        if isinstance(one, DictionaryObject) and name in one:
            return one[name]
    return None


def _figures(tree: list[Element]) -> Iterator[str]:
    for node, role, _ in tree:
        if role in ("/Figure", "/Formula") and not str(node.get("/Alt", "")).strip():
            yield f"13-004 a {role[1:].lower()} without words for who does not see it"


def _lists(tree: list[Element]) -> Iterator[str]:
    for node, role, above in tree:
        if role == "/L" and not {str(kid.get("/S")) for kid in _kids(node)} <= {"/LI", "/L", "/Caption"}:
            yield "09-005 something else than an item in a list"
        if role == "/LI" and (not above or above[-1] != "/L"):
            yield "09-005 an item outside a list"


def _links(read: PdfReader, tree: list[Element]) -> Iterator[str]:
    held = {
        id(kid["/Obj"].get_object()): role for node, role, _ in tree for kid in _kids(node)
        if isinstance(kid, DictionaryObject) and kid.get("/Type") == "/OBJR"
    }  # fmt: skip
    for page in read.pages:
        for one in (note.get_object() for note in page.get("/Annots") or ()):
            if one.get("/Subtype") != "/Link":
                yield f"28 an annotation {one.get('/Subtype')}"
                continue
            if not str(one.get("/Contents", "")).strip():
                yield "28-012 a link without words"
            if held.get(id(one)) != "/Link":
                yield "28-011 a link that is not tagged as one"


def _tagged(read: PdfReader, tree: list[Element]) -> Iterator[str]:
    """Everything painted is in the structure or said to be an artifact, and what is marked is in the tree."""
    known: set[tuple[int, int]] = set()
    for node, _, _ in tree:
        page = id(node["/Pg"].get_object()) if "/Pg" in node else 0
        for kid in _kids(node):
            if isinstance(kid, int):
                known.add((page, int(kid)))
            elif isinstance(kid, DictionaryObject) and kid.get("/Type") == "/MCR":
                known.add((id(kid["/Pg"].get_object()) if "/Pg" in kid else page, int(kid["/MCID"])))
    for page in read.pages:
        if (body := page.get_contents()) is None:
            continue
        marked: list[str] = []
        place = id(page.indirect_reference.get_object()) if page.indirect_reference else 0
        for operands, operator in ContentStream(body, read).operations:
            if operator in (b"BDC", b"BMC"):
                number = operands[1].get("/MCID") if operator == b"BDC" and isinstance(operands[1], dict) else None
                marked.append("artifact" if operands[0] == "/Artifact" else "content" if number is not None else "")
                if operands[0] == "/Artifact" and "content" in marked[:-1]:
                    yield "01-001 an artifact inside content"
                if number is not None and "artifact" in marked[:-1]:
                    yield "01-002 content inside an artifact"
                if number is not None and known and (place, int(number)) not in known:
                    yield "01-005 marked content that the structure does not hold"
            elif operator == b"EMC":
                marked.pop()
            elif operator == b"Tj" and _has_no_glyph(operands[0]):
                yield "31-030 a character without glyph stands on the page"
            elif (operator in PAINTS or operator == b"Do") and not any(marked):
                yield "01-005 something is neither content nor artifact"


def _has_no_glyph(shown: object) -> bool:
    """Say whether glyph 0 (.notdef) is shown; glyphs are numbered by two bytes (ISO 32000-1, 9.7.5.2, Identity-H)."""
    raw = getattr(shown, "original_bytes", shown)
    return isinstance(raw, bytes) and any(raw[at : at + 2] == b"\0\0" for at in range(0, len(raw), 2))
