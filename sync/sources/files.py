"""Look at a file before reading it: what it really is, whatever its ending says, and in which encoding it is written.

Nothing here reads more than it must: a file that is one endless line is refused after its first megabyte.
"""

from __future__ import annotations

import codecs
import re
import zipfile
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path

from schemas.errors import SourceError
from sync.long_cells import quoted
from sync.sources.eight_bit import WINDOWS, Guess, Words

MAX_LINE_BYTES = 1_000_000
"""Longest line of a text list. The longest cell of the base holds 100,000 characters."""
END_OF_DOS_FILE = b"\x1a\r\n"
"""Ctrl-Z, with which programs of DOS end a file."""

MAX_BYTES = 100_000_000
"""Of a file of any kind; a list of 40,000 people has a tenth of it."""

_BLOCK = 1 << 18
_HEAD = 4096

_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "excel"),
    (b"%PDF", "PDF-Dokument"),
    (b"\x89PNG", "Bild"),
    (b"\xff\xd8\xff", "Bild"),
    (b"GIF8", "Bild"),
    (b"{\\rtf", "Textdokument (RTF)"),
    (b"\x1f\x8b", "gepackte Datei"),
    (b"7z\xbc\xaf", "gepackte Datei"),
    (b"Rar!", "gepackte Datei"),
    (b"SQLite format 3", "Datenbank"),
    (b"BEGIN:VCALENDAR", "Kalenderdatei"),
)


def _mend(error: UnicodeError) -> tuple[str, int]:
    """Read one byte that is not UTF-8 as Windows-1252: a single damaged letter must not spoil a whole list."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    return byte.decode("cp1252", errors="replace"), error.start + 1


codecs.register_error("kontaktnetz-mend", _mend)


@dataclass(frozen=True, slots=True)
class TextForm:
    """How a text file is written: a Python codec name, its name for people, the bytes that are not valid in it.

    ``doubt`` says in German what to look at where only the letters tell the encoding; empty where nothing is in doubt.
    """

    codec: str
    title: str
    damaged: int = 0
    doubt: str = ""


def file_kind(path: Path) -> str:
    """Return ``csv``, ``excel``, ``xml``, ``json`` or ``vcard`` by the content of the file.

    Raises:
        SourceError: the file is missing, empty, not readable, or something else (German name in the message).
    """
    head = _head(path)
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            if kind == "excel":
                return kind
            raise _unfit(path, f"ist eine andere Art von Datei ({kind})")
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(path)
    text = _decoded(head).lstrip("\ufeff \t\r\n")
    if text[:11].upper() == "BEGIN:VCARD":
        return "vcard"
    if re.match(r"<(?:!doctype )?html", text, re.IGNORECASE):
        raise _unfit(path, "ist eine Internetseite (HTML)")
    if text.startswith("<"):
        return "xml"
    if re.match(r"[\[{]\s*[\"{\[\]}]", text):
        return "json"
    return "csv"


def files_of(folder: Path) -> list[Path]:
    """Return the files of a folder that a person put there, the newest first.

    Raises:
        SourceError: there is none, or the folder cannot be read.
    """
    try:
        found = [p for p in folder.iterdir() if p.is_file() and not p.name.startswith((".", "~"))]
        newest_first = sorted(found, key=lambda p: (-p.stat().st_mtime_ns, p.name))
    except OSError as error:
        raise SourceError(
            f"Der Ordner {folder.name} lässt sich nicht lesen.",
            hint=f"Prüfen Sie, ob es {folder} gibt und Sie darin lesen dürfen.",
            file=folder.name,
        ) from error
    if not newest_first:
        raise SourceError(
            f"Im Ordner {folder.name} liegt keine Datei.", hint=f"Legen Sie die Liste in {folder} ab.", file=folder.name
        )
    return newest_first


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head, size = file.read(_HEAD), path.stat().st_size
    except FileNotFoundError as error:
        raise SourceError(
            f"Die Datei {path.name} gibt es nicht.", hint=f"Prüfen Sie den Ort: {path}", file=path.name
        ) from error
    except OSError as error:
        raise SourceError(
            f"Die Datei {path.name} lässt sich nicht öffnen.",
            hint="Ist sie noch in einem anderen Programm geöffnet, oder fehlt das Leserecht?",
            file=path.name,
        ) from error
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise SourceError(
            f"Die Datei {path.name} ist leer.", hint="Bitte exportieren Sie die Liste noch einmal.", file=path.name
        )
    if size > MAX_BYTES:
        raise SourceError(
            f"Die Datei {path.name} ist größer als {MAX_BYTES // 1_000_000} MB; so groß ist keine Liste.",
            hint="Bitte exportieren Sie nur die Liste, eine sehr lange in mehreren Dateien.",
            file=path.name,
        )
    return head


def _decoded(head: bytes) -> str:
    for bom, codec in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(bom):
            return head[: len(head) // 2 * 2].decode(codec, errors="replace")
    return head.decode("utf-8-sig", errors="replace")


def _kind_of_zip(path: Path) -> str:
    """Look for the names of a workbook's parts, which are never packed; to list all would take what the file asks."""
    if not zipfile.is_zipfile(path):
        raise _unfit(path, "ist beschädigt oder unvollständig")
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        excel = any(content.find(name) >= 0 for name in (b"xl/workbook.xml", b"xl/workbook.bin"))
        if excel or all(content.find(name) >= 0 for name in (b"content.xml", b"mimetype")):
            return "excel"
    raise _unfit(path, "ist ein anderes Office-Dokument oder eine gepackte Datei")


def _unfit(path: Path, what: str) -> SourceError:
    return SourceError(
        f"Die Datei {path.name} {what} und lässt sich nicht als Liste lesen.",
        hint="Bitte exportieren Sie die Liste als CSV oder Excel.",
        file=path.name,
    )


def binary_error(path: Path) -> SourceError:
    """Return the error for a file that is no text."""
    return _unfit(path, "enthält keine lesbaren Zeichen (Binärdatei)")


def text_form(path: Path) -> TextForm:
    """Read through a text file once and tell its encoding: UTF-8, UTF-16, or one of eight bits (see ``eight_bit``).

    Raises:
        SourceError: binary content, or a line longer than ``MAX_LINE_BYTES``.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(path, TextForm("utf-16", "UTF-16"))
    pairs = len(head) // 2
    if pairs and head[1::2].count(0) > 0.7 * pairs and head[0::2].count(0) == 0:
        return _checked(path, TextForm("utf-16-le", "UTF-16"))
    return _checked(path, None)


def _checked(path: Path, wide: TextForm | None) -> TextForm:
    """Scan block by block for control bytes and endless lines, and count what is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
    line, since, damaged, foreign, bom = 1, 0, 0, 0, b""
    words = Words()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            bom = bom or block[:3]
            for number, piece in enumerate(re.split(rb"\r\n|\r|\n", block)):
                line, since = (line + 1, 0) if number else (line, since)
                since += len(piece)
                if since > MAX_LINE_BYTES:
                    raise _endless(path, line)
            if wide is None:
                if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", block.rstrip(END_OF_DOS_FILE)):
                    raise binary_error(path)
                text = decoder.decode(block)
                damaged += len(re.findall("[\udc80-\udcff]", text))
                foreign += len(re.findall("[^\x00-\x7f]", text))
                words.add(block)
    if wide is not None:
        return wide
    if damaged == 0:
        return TextForm("utf-8-sig", "UTF-8 mit BOM" if bom == codecs.BOM_UTF8 else "UTF-8")
    if foreign - damaged > damaged:
        return TextForm("utf-8-sig", "UTF-8", damaged)
    return _eight_bit_form(words.guess())


def _eight_bit_form(guess: Guess) -> TextForm:
    told = guess.encoding
    doubt = ""
    if told != WINDOWS:
        doubt = f"Die Datei ist im Zeichensatz {told.title} geschrieben; bitte sehen Sie ein paar Umlaute nach."
    if guess.senseless:
        doubt = f"In welchem Zeichensatz die Datei geschrieben ist, zeigt sie nicht ({quoted(guess.read)})."
    if guess.rival:
        doubt = (
            f"Der Zeichensatz der Datei ist nicht sicher: In {told.title} heißt es {quoted(guess.read)}, "
            f"in {guess.rival.title} {quoted(guess.instead)}."
        )
    cure = " Stimmen die Buchstaben nicht, speichern Sie die Liste bitte als „CSV UTF-8“." if doubt else ""
    return TextForm(told.codec, told.title, doubt=doubt + cure)


def _endless(path: Path, line: int) -> SourceError:
    return SourceError(
        f"In der Datei {path.name} ist Zeile {line} länger als {MAX_LINE_BYTES // 1_000_000} MB; "
        "so eine Zeile hat keine Liste.",
        hint="Vermutlich ist die Datei beschädigt oder keine Liste. Bitte exportieren Sie sie noch einmal.",
        file=path.name,
        row=line,
    )
