"""Cells of a workbook that hold something and yet are read as empty: errors, and formulas whose value was not saved.

Only for xlsx and xlsm, whose sheets are text; in any other workbook nothing is found.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

_HOLE = re.compile(
    rb'<c\b(?P<error>[^<>]{0,200}\bt="e"[^<>]{0,200})>'
    rb"|<c\b(?P<formula>[^<>]{0,300})>\s{0,9}<f\b(?:[^<>]{0,300}/>|[^<>]{0,300}>[^<]{0,9000}</f>)"
    rb"\s{0,9}(?:<v\s{0,9}/>|<v>\s{0,9}</v>|(?=</c>))"
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_BLOCK, _LONGEST = 1 << 20, 20_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Hole:
    """Where it is (column from 0, row from 1), and whether it is an error or a formula without a value."""

    column: int
    row: int
    error: bool


def find_holes(path: Path, sheet: str) -> list[Hole]:
    """Return the cells of a sheet that are read as empty and are not."""
    if not zipfile.is_zipfile(path):
        return []
    try:
        with zipfile.ZipFile(path) as archive:
            part = _part_of(archive, sheet)
            return _scan(archive, part) if part in archive.namelist() else []
    except (KeyError, ParseError, DefusedXmlException, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return []  # what is wrong with the file is told when it is read


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the name under which the archive holds a sheet."""
    book = fromstring(archive.read("xl/workbook.xml"))
    wanted = next((s.get(_REL) for s in book.iter(f"{_MAIN}sheet") if s.get("name") == sheet), None)
    for relation in fromstring(archive.read("xl/_rels/workbook.xml.rels")).iter(_PACKAGE):
        if wanted is not None and relation.get("Id") == wanted:
            return posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
    return ""


def _scan(archive: zipfile.ZipFile, part: str) -> list[Hole]:
    found = []
    rest = b""
    with archive.open(part) as file:
        while block := file.read(_BLOCK):
            text = rest + block
            keep = max(text.rfind(b"<c "), len(text) - _LONGEST, 0)
            for match in _HOLE.finditer(text, 0, keep):
                found += _hole(match)
            rest = text[keep:]
    return [*found, *(hole for match in _HOLE.finditer(rest) for hole in _hole(match))]


def _hole(match: re.Match[bytes]) -> list[Hole]:
    attributes = match["error"] or match["formula"] or b""
    place = _PLACE.search(attributes)
    if place is None or (match["formula"] is not None and b't="str"' in attributes):
        return []  # a formula that gave an empty text
    column = 0
    for letter in place[1]:
        column = column * 26 + letter - 64
    return [Hole(column - 1, int(place[2]), match["error"] is not None)]
