"""What programs that others wrote say of our files: LibreOffice, qpdf, poppler, libical, ical.js, a verifier of badges.

None of them is needed to run the product, so each is used where the machine has it and named in ``missing`` where not:
Debian's ``libreoffice-calc libreoffice-writer qpdf poppler-utils libical3``, npm's ``ical.js`` (in a folder that
NODE_PATH names), PyPI's ``openbadgeslib``.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import docx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pypdf import PageObject, PdfReader
from python_calamine import CalamineWorkbook

ROOT = Path(__file__).resolve().parents[1]
A4 = (595, 842)
"""Points of the short and the long side."""

Refusal = tuple[Path, str]
"""A file and what a reader has against it."""

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
QPDF = shutil.which("qpdf")
PDFTOTEXT = shutil.which("pdftotext")
NODE = shutil.which("node")
_TABLE_OF_TEXT = "Text - txt - csv (StarCalc):59,34,76,1"
"""Semicolon, quotation mark, UTF-8, from the first line: how our lists are written."""


def missing() -> list[str]:
    """Return which of the readers this machine does not have."""
    there = {
        "LibreOffice": SOFFICE, "qpdf": QPDF, "pdftotext": PDFTOTEXT, "libical": _libical(),
        "ical.js": NODE and _ical_js(), "openbadgeslib": has_verifier(),
    }  # fmt: skip
    return [name for name, found in there.items() if not found]


def has_verifier() -> bool:
    """Say whether badges can be checked by a library that is not ours."""
    return importlib.util.find_spec("openbadgeslib") is not None


def verify_badge(badge: str, public: Ed25519PublicKey) -> None:
    """Check an Open Badge 3.0 as a foreign verifier does: its form, its days and its signature.

    Raises:
        openbadgeslib.ob3.verifier.OB3VerificationError: what is wrong with it.
    """
    verifier: Any = importlib.import_module("openbadgeslib.ob3.verifier")
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    verifier.OB3Verifier(pem).verify(badge)


def refusals(files: Sequence[Path]) -> Iterator[Refusal]:
    """Let each file be read by everybody who can, many at once; no two of a folder may have the same stem."""
    for folder in sorted({file.parent for file in files}):
        here = [file for file in files if file.parent == folder]
        yield from _printed([file for file in here if file.suffix in (".docx", ".xlsx")])
        yield from _printed([file for file in here if file.suffix == ".csv"], f"--infilter={_TABLE_OF_TEXT}")
    yield from _whole([file for file in files if file.suffix == ".pdf"])
    calendars = [file for file in files if file.suffix == ".ics"]
    yield from _by_libical(calendars)
    yield from _by_ical_js(calendars)


def _whole(files: Sequence[Path]) -> Iterator[Refusal]:
    for file in files if QPDF else ():
        done = subprocess.run([str(QPDF), "--check", str(file)], capture_output=True, text=True, check=False)
        if done.returncode:
            yield file, f"qpdf: {(done.stderr or done.stdout).strip()}"
    for file in files:
        yield from ((file, f"pdftotext: {said}") for said in _overlaps(file))


# --- paper

_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">')
_WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)</word>')
_PART = 0.3
"""Lines of one text touch each other with their boxes; more of a word than this is under another one."""


def _overlaps(file: Path) -> Iterator[str]:
    """Say which words stand over others or over the edge of the page; the first of each page."""
    if not PDFTOTEXT:
        return
    told = subprocess.run([PDFTOTEXT, "-bbox", str(file), "-"], capture_output=True, text=True, check=False).stdout
    for number, page in enumerate(told.split("<page ")[1:], start=1):
        if (size := _PAGE.search(f"<page {page}")) is None:
            continue
        words = sorted((float(top), float(left), float(right), float(bottom), text)
                       for left, top, right, bottom, text in _WORD.findall(page))  # fmt: skip
        if beside := next((word for word in words if word[1] < 0 or word[2] > float(size[1]) + 1), None):
            yield f"page {number}: „{beside[4]}“ stands over the edge"
        if pair := next(_pairs(words), None):
            yield f"page {number}: „{pair[0]}“ and „{pair[1]}“ stand over each other"


def _pairs(words: Sequence[tuple[float, float, float, float, str]]) -> Iterator[tuple[str, str]]:
    """Yield words that cover each other; ``words`` as top, left, right, bottom, text, from the top."""
    for at, (top, left, right, bottom, text) in enumerate(words):
        for other_top, other_left, other_right, other_bottom, other in words[at + 1 :]:
            if other_top >= bottom:
                break
            tall = min(bottom, other_bottom) - other_top
            wide = min(right, other_right) - max(left, other_left)
            if tall > _PART * min(bottom - top, other_bottom - other_top) and wide > _PART * min(
                right - left, other_right - other_left
            ):
                yield text, other


def _printed(files: Sequence[Path], *options: str) -> Iterator[Refusal]:
    """Print office files with LibreOffice and look at the pages: A4, no column lost, heads come again."""
    if not (SOFFICE and files):
        return
    out = files[0].parent / "print"
    profile = f"-env:UserInstallation={(out / 'profile').absolute().as_uri()}"
    command = [SOFFICE, profile, "--headless", *options, "--convert-to", "pdf", "--outdir", out, *files]
    subprocess.run(command, capture_output=True, timeout=900, check=False)
    for file in files:
        paper = out / f"{file.stem}.pdf"
        if not paper.is_file():
            yield file, "LibreOffice prints nothing"
            continue
        pages = PdfReader(paper).pages
        for said in dict.fromkeys(
            (*_sizes(pages, file), *_overlaps(paper), *_LOOK[file.suffix](file, [_shown(one) for one in pages]))
        ):
            yield file, f"LibreOffice: {said}"


def _sizes(pages: Iterable[PageObject], file: Path) -> Iterator[str]:
    """A list of text (CSV) has no paper of its own."""
    for number, page in enumerate(pages, start=1):
        sides = tuple(sorted(round(float(side)) for side in (page.mediabox.width, page.mediabox.height)))
        if file.suffix != ".csv" and sides != A4:
            yield f"page {number} is no A4: {sides}"


def _shown(page: PageObject) -> str:
    """Return the text that stands on the paper; what begins beside its edge is lost."""
    found: list[str] = []

    def keep(text: str, _: object, place: Sequence[float], *__: object) -> None:
        if 0 <= place[4] <= page.mediabox.width:
            found.append(text)

    page.extract_text(visitor_text=keep)
    return _bare("".join(found))


def _bare(text: str) -> str:
    """Return letters and figures that stand on paper as they do in the file: other scripts are shaped and turned."""
    return re.sub(r"[^0-9A-Za-zÄÖÜäöüß]+", "", text)


def _look_at_sheet(file: Path, pages: Sequence[str]) -> Iterator[str]:
    """Each head stands on as many pages as lie below each other: with ``n`` pages across, on every n-th."""
    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    with zipfile.ZipFile(file) as parts:
        fit = re.search(r'fitToWidth="(\d+)"', parts.read("xl/worksheets/sheet1.xml").decode())
    across = int(fit[1]) if fit else 1
    for head in map(str, rows[0]):
        times = sum(_bare(head) in page for page in pages)
        if times == 0:
            yield f"the column „{head}“ is not on the paper"
        elif times < len(pages) // across:
            yield f"the head „{head}“ stands on {times} of {len(pages)} pages"
    last = [_bare(cell) for cell in rows[-1] if isinstance(cell, str)]
    if not any(all(cell in page for cell in last) for page in pages) and across == 1:
        yield "the last row is not on the paper"


def _look_at_list(file: Path, pages: Sequence[str]) -> Iterator[str]:
    for head in file.read_text(encoding="utf-8-sig").split("\n")[0].strip().split(";"):
        if not any(_bare(head.strip('"')) in page for page in pages):
            yield f"the column „{head}“ is not on the paper"


def _look_at_text(file: Path, pages: Sequence[str]) -> Iterator[str]:
    """Every page that holds a row of a table holds the heads of that table, too."""
    for table in docx.Document(str(file)).tables:
        heads, *rows = [[_bare(cell.text) for cell in row.cells] for row in table.rows]
        for row in map("".join, rows):
            on = [page for page in pages if row in page]
            if not on:
                yield f"the row „{row[:60]}“ is not on the paper"
            elif not any(all(head in page for head in heads) for page in on):
                yield f"a page has the row „{row[:60]}“, but not the heads of its table"


_LOOK: dict[str, Callable[[Path, Sequence[str]], Iterator[str]]] = {
    ".xlsx": _look_at_sheet, ".csv": _look_at_list, ".docx": _look_at_text,
}  # fmt: skip


# --- calendars


@cache
def _libical() -> ctypes.CDLL | None:
    name = ctypes.util.find_library("ical")
    if name is None:
        return None
    library = ctypes.CDLL(name)
    library.icalparser_parse_string.restype = ctypes.c_void_p
    library.icalparser_parse_string.argtypes = [ctypes.c_char_p]
    library.icalcomponent_as_ical_string.restype = ctypes.c_char_p
    for called in (library.icalcomponent_as_ical_string, library.icalrestriction_check, library.icalcomponent_free):
        called.argtypes = [ctypes.c_void_p]
    return library


def _by_libical(files: Iterable[Path]) -> Iterator[Refusal]:
    """Hold calendars against the restrictions of RFC 5546 as libical knows them; it writes what is wrong into them."""
    library = _libical()
    if library is None:
        return
    for file in files:
        read = library.icalparser_parse_string(file.read_bytes())
        if not read:
            yield file, "libical reads nothing"
            continue
        kept = library.icalrestriction_check(read)
        text = library.icalcomponent_as_ical_string(read).decode()
        library.icalcomponent_free(read)
        if not kept or "X-LIC-ERROR" in text:
            wrong = re.findall(r"X-LIC-ERROR.*(?:\r?\n .*)*", text)
            yield file, f"libical: {'; '.join(re.sub(chr(13) + '?' + chr(10) + ' ', '', one) for one in wrong)}"


_READ_BY_ICAL_JS = """
import fs from "node:fs";
const {default: ICAL} = await import(process.argv[1]);
for (const file of fs.readFileSync(0, "utf8").split("\\n")) {
  try {
    const all = new ICAL.Component(ICAL.parse(fs.readFileSync(file, "utf8"))).getAllSubcomponents("vevent");
    const one = new ICAL.Event(all[0]);
    if (all.length !== 1 || !one.uid || !one.startDate || !one.summary || isNaN(one.startDate.toJSDate()))
      throw new Error("not one event with name and day");
  } catch (error) { console.log(JSON.stringify([file, String(error)])); }
}
"""


@cache
def _ical_js() -> Path | None:
    folders = [Path(one) for one in os.environ.get("NODE_PATH", "").split(os.pathsep) if one]
    folders += [ROOT / ".kontaktnetz" / "node" / "node_modules", ROOT / "node_modules"]
    found = (folder / "ical.js" / "dist" / "ical.js" for folder in folders)
    return next((file for file in found if file.is_file()), None)


def _by_ical_js(files: Sequence[Path]) -> Iterator[Refusal]:
    library = _ical_js()
    if not (NODE and library and files):
        return
    command = [NODE, "--input-type=module", "-e", _READ_BY_ICAL_JS, library.absolute().as_uri()]
    given = "\n".join(str(file.absolute()) for file in files)
    done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        yield files[0], f"ical.js: {done.stderr.strip()}"
    for file, said in map(json.loads, done.stdout.splitlines()):
        yield Path(file), f"ical.js: {said}"
