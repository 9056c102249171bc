"""Take a file of address cards apart: into cards, and a card into its lines (vCard 2.1, 3.0, 4.0). Pure and total.

Programs write cards that keep to no version: ends are missing, quotes stay open, lines are broken without indentation.
Whatever still tells its name and its value is read; the lines that do not are handed back as they stand.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

BINARY = frozenset({"PHOTO", "LOGO", "KEY", "SOUND"})
"""Parts of a card that are no text."""

_END_AND_BEGIN = re.compile(r"^[ \t]*(END:VCARD)[ \t]*(BEGIN:VCARD)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_PROPERTY = re.compile(r"(?:(?P<group>[\w-]+)\.)?(?P<name>[A-Za-z][\w-]*)(?P<rest>[;:].*)", re.DOTALL)
_PARAMS = re.compile(r'(?:;[\w-]*(?:=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)?)*')
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}\s*")
_TELLING = re.compile(r"^(?:[\w-]+\.)?(?:FN|N|UID|TEL|EMAIL|ORG|ADR)[;:]", re.IGNORECASE | re.MULTILINE)
_WORDS = frozenset(
    {"HOME", "WORK", "CELL", "VOICE", "FAX", "PREF", "PAGER", "INTERNET", "MSG", "VIDEO", "DOM", "POSTAL"}
)
_LONGEST_HEAD = 1_000
_MAY_LACK_COLON = frozenset({"TEL", "EMAIL"})


@dataclass(frozen=True, slots=True)
class CardText:
    """One card as it stands in a file: the line it begins on (from 1), and whether its end is there.

    ``cut``: the text breaks off in it, so that more may have followed. ``inner`` counts cards inside it, left out.
    """

    row: int
    text: str
    closed: bool = True
    cut: bool = False
    inner: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One property of a card; ``value`` is decoded, its escapes are still there. ``data``: it is no text."""

    name: str
    value: str
    group: str = ""
    types: frozenset[str] = field(default=frozenset())
    data: bool = False


def split_cards(text: str) -> Iterator[CardText]:
    """Yield the cards of a text with ``\\n`` at its line ends; one inside another (AGENT) is left out.

    A card without its end goes up to the next one; what stands outside of cards is one if it tells a name or address.
    A last line that has no end either is left out: half a number is worse than none.
    """
    current: list[str] = []
    begun = depth = inner = 0
    for number, line in enumerate(_END_AND_BEGIN.sub("\\1\n\\2", text).split("\n"), start=1):
        edge = line.strip().upper()
        if edge == "BEGIN:VCARD" and begun and current and current[-1].strip().upper() == "AGENT:":
            depth, inner = depth + 1, inner + 1
        elif edge == "END:VCARD" and depth:
            depth -= 1
        elif edge in ("BEGIN:VCARD", "END:VCARD"):
            block = "\n".join(current)
            if begun or _TELLING.search(block):
                yield CardText(begun or max(1, number - len(current)), block, edge == "END:VCARD", inner=inner)
            begun, current, depth, inner = (number if edge == "BEGIN:VCARD" else 0), [], 0, 0
        elif not depth:
            current.append(line)
    block = "\n".join(current[:-1])
    if begun or _TELLING.search(block):
        yield CardText(begun or 1, block, closed=False, cut=True, inner=inner)


def read_lines(text: str) -> tuple[list[Line], list[str]]:
    """Return the lines of a card that can be read, and the others as they stand."""
    lines: list[Line] = []
    broken: list[str] = []
    for raw in _unfolded(text):
        line = _line(raw)
        if line is not None:
            lines.append(line)
        elif not (lines and lines[-1].data and _BASE64.fullmatch(raw)):
            broken.append(raw)
    return [line for line in lines if line.name not in ("BEGIN", "END")], broken


def _unfolded(text: str) -> Iterator[str]:
    parts: list[str] = []
    head = ""  # tells the encoding, however often the line is folded
    for raw in text.replace("\r\n", "\n").split("\n"):
        if not raw.strip():
            if parts:
                yield "".join(parts)
            parts = []
        elif parts and parts[-1].rstrip().endswith("=") and "QUOTED-PRINTABLE" in head.upper():
            parts[-1] = parts[-1].rstrip() + "\n"
            parts.append(raw)
        elif parts and raw[0] in " \t":
            parts.append(raw[1:])
            head += raw[1 : 1 + _LONGEST_HEAD - len(head)] if len(head) < _LONGEST_HEAD else ""
        else:
            if parts:
                yield "".join(parts)
            parts, head = [raw], raw[:_LONGEST_HEAD]  # with the space at its end: a line may be folded behind it
    if parts:
        yield "".join(parts)


def _line(raw: str) -> Line | None:
    match = _PROPERTY.fullmatch(raw.strip())
    if match is None:
        return None
    name = match["name"].upper()
    parts = _apart(match["rest"]) or (_without_colon(match["rest"]) if name in _MAY_LACK_COLON else None)
    if parts is None:
        return None
    head, value = parts
    named: dict[str, str] = {}
    types: set[str] = set()
    for part in head.replace('"', "").split(";"):
        key, equals, said = part.partition("=")
        if not equals:
            types.add(key.strip().upper())
        elif key.strip().upper() == "TYPE":
            types |= {t.strip().upper() for t in said.split(",")}
        else:
            named[key.strip().upper()] = said.strip()
    types.discard("")
    coded = {named.get("ENCODING", "").upper(), *types}
    text: str | None = value
    if name in BINARY or value.lower().startswith("data:"):
        text = None
    elif "QUOTED-PRINTABLE" in coded:
        text = _quoted(value, named.get("CHARSET", ""))
    elif coded & {"B", "BASE64"}:
        text = _from_base64(value)
    group = (match["group"] or "").casefold()
    return Line(name, text or "", group, frozenset(types), data=text is None)


def _apart(rest: str) -> tuple[str, str] | None:
    """Return parameters and value; where a quote is not closed, the first colon parts them."""
    quoted = False
    for place, sign in enumerate(rest):
        if sign == '"':
            quoted = not quoted
        elif sign == ":" and not quoted:
            if _PARAMS.fullmatch(rest[:place]):
                return rest[:place], rest[place + 1 :]
            break
    head, colon, value = rest.partition(":")
    return (head, value) if colon else None


def _without_colon(rest: str) -> tuple[str, str] | None:
    """Return parameters and value of a line whose colon became a semicolon."""
    head, _, value = rest.rpartition(";")
    is_value = head and value.strip() and "=" not in value and value.strip().upper() not in _WORDS
    return (head, value) if is_value else None


def _quoted(value: str, charset: str) -> str:
    """Decode quoted-printable; without a (usable) charset it is UTF-8, or else Windows-1252."""
    raw = quopri.decodestring(value.encode("utf-8"))
    for codec in (charset, "utf-8"):
        try:
            return raw.decode(codec)
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("cp1252", errors="replace")


def _from_base64(value: str) -> str | None:
    try:
        text = base64.b64decode("".join(value.split()), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    return text if text.replace("\n", "").replace("\r", "").isprintable() else None


def split_unescaped(value: str, sign: str) -> list[str]:
    """Split a value where the sign is not escaped.

    >>> split_unescaped(r"Müller\\;Co;Verkauf", ";")
    ['Müller\\\\;Co', 'Verkauf']
    """
    parts, start, place = [], 0, 0
    while place < len(value):
        if value[place] == "\\":
            place += 1
        elif value[place] == sign:
            parts.append(value[start:place])
            start = place + 1
        place += 1
    return [*parts, value[start:]]


def unescape(value: str) -> str:
    r"""Return a value as it is meant.

    >>> unescape(r"eins\, zwei\nund \\ drei")
    'eins, zwei\nund \\ drei'
    """
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value, flags=re.DOTALL)
