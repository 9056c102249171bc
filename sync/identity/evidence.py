"""What speaks for and against two rows being the same, and the comparable forms of what rows hold. Pure."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from schemas.model import Value
from sync.normalise import clean, comparable, text_key
from sync.phone_numbers import phone_key

Cells = Mapping[str, Value]
"""Values by column code; links as row ids."""

SURE = 90
"""From here on (of 100) hardly anybody would hesitate; with anything against it a pair stays below."""

SHOW = 60
"""From here on people are asked."""

NEVER_SHOWN = 0.5
"""Fewer bits than this are below ``SHOW``."""

SAME = 97
"""From here on, with proof and nothing against it, rows are one without asking anybody."""

OTHER_NAMES = "andere Namen"
"""Why two rows may well be two, though something asks whether they are one."""

ONE_NUMBER = "in einer Liste nacheinander unter derselben Kennung"
"""Why people are asked about two rows whatever their names are."""

_STRENGTHS = ((8.0, "sehr stark"), (4.0, "stark"), (1.5, "mittel"), (0.0, "schwach"))
"""Words for the weight of a reason, from so many bits on."""


@dataclass(slots=True)
class Evidence:
    """A sum of bits with the reasons (German).

    ``against``: something forbids to call it sure; ``contrary``: it does so by disagreeing. ``proof``: something agrees
    that would convince a careful person. ``asked``: people are asked whatever else is the case.
    """

    bits: float = 0.0
    reasons: list[str] = field(default_factory=list)
    against: bool = False
    proof: bool = False
    asked: bool = False
    contrary: bool = False

    def add(self, bits: float, reason: str, *, proof: bool = False) -> None:
        """Count what speaks for it."""
        self.bits += bits
        self.reasons.append(_told(reason, bits))
        self.proof = self.proof or proof

    def contradict(self, bits: float, reason: str, *, forbids: bool = True) -> None:
        """Count what speaks against it; ``forbids`` that anybody calls the pair sure."""
        self.bits -= bits
        self.reasons.append(f"aber: {_told(reason, bits)}")
        self.against = self.against or forbids
        self.contrary = self.contrary or forbids

    def always_ask(self, reason: str) -> None:
        """Have people asked whatever else speaks against it."""
        self.asked = True
        if reason:
            self.reasons.append(reason)

    @property
    def confidence(self) -> int:
        """Return how likely the two are one, from 0 to 100."""
        likely = int(100 / (1 + 2 ** -max(-60.0, min(60.0, self.bits))))
        if self.asked:
            likely = max(SHOW + 5, likely)
        return min(SURE - 1, likely) if self.against else likely

    @property
    def same(self) -> bool:
        """Say whether nobody needs to be asked."""
        return self.proof and not self.against and self.confidence >= SAME


def _told(reason: str, bits: float) -> str:
    return f"{reason} ({next(word for least, word in _STRENGTHS if abs(bits) >= least)})"


def word_set(*lines: str) -> frozenset[str]:
    """Return the words of some lines."""
    return frozenset(word for line in lines for word in line.split())


_SHARED_HOSTS = word_set(
    "facebook.com instagram.com youtube.com twitter.com x.com linkedin.com google.com sites.google.com jimdo.com",
    "wordpress.com wixsite.com blogspot.com blogspot.de t-online.de beepworld.de linktr.ee jimdofree.com",
)


_LONGEST = 400
"""Characters of a cell that are compared: some comparisons take all pairs of words."""


def text(values: Cells, column: str) -> str:
    """Return a cell as one line, empty if there is nothing."""
    value = values.get(column)
    return repair(clean(value))[:_LONGEST] if isinstance(value, str) else ""


_OF_A_MAC = re.compile(r"[b-df-hj-np-tv-z][ŠŸš](?=[b-df-hj-np-tv-z])", re.IGNORECASE)
"""Where umlauts of a Mac stand when they were read as Windows-1252: between consonants, where a vowel belongs."""

_LETTERS_OF_A_MAC = str.maketrans("ŠšŸ§", "äöüß")


def repair(told: str) -> str:
    """Return a text as it was before a page's markup was copied or its letters misread, for comparing only.

    Misread are UTF-8 and a Mac's letters as Windows-1252.

    >>> repair("BÃ¼rgerhaus"), repair("São Paulo"), repair("M&uuml;ller"), repair("JŠgerchor"), repair("Tomáš Škoda")
    ('Bürgerhaus', 'São Paulo', 'Müller', 'Jägerchor', 'Tomáš Škoda')
    """
    if "&" in told and ";" in told:
        told = html.unescape(told)
    if _OF_A_MAC.search(told):
        return told.translate(_LETTERS_OF_A_MAC)
    if "Ã" not in told and "Â" not in told:
        return told
    try:
        return told.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return told


def is_misread(told: str) -> bool:
    """Say whether letters of a text were read in another encoding than they were written in.

    >>> [is_misread(told) for told in ("BÃ¼rgerhaus", "JŠgerchor", "B\ufffdrgerhaus", "Bürgerhaus", "São Paulo")]
    [True, True, True, False, False]
    """
    plain = told.replace("&", "")
    return "\ufffd" in told or repair(plain) != plain


_TOWN_WORDS = word_set("stadt hansestadt lutherstadt landeshauptstadt kreisstadt gemeinde hauptstadt ot ortsteil")


def town(values: Cells) -> str:
    """Return the town of a row, comparable: without its title, and without a postcode in the wrong cell.

    >>> town({"city": "Lutherstadt Wittenberg"}), town({"city": "06385 Aken"}), town({"city": "Stadt"})
    ('wittenberg', 'aken', 'stadt')
    """
    words = text_key(text(values, "city")).split()
    return " ".join(w for w in words if w not in _TOWN_WORDS and not w.isdigit()) or " ".join(words)


def union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    """Return what is in any of the sets."""
    return frozenset().union(*sets)


def keys(values: Cells, *columns: str) -> frozenset[str]:
    """Return what cells hold, comparable (mails, postcodes)."""
    return frozenset(str(comparable(c, told)) for c in columns if (told := text(values, c)))


def phones(values: Cells, *columns: str) -> frozenset[str]:
    """Return the phone numbers of cells, comparable; what is no number of one's own is left out.

    That is what is too short, or only fills a form ("0170 0000000").
    """
    found = {_digits(one) for c in columns if (told := text(values, c)) for one in _split_numbers(told)}
    return frozenset(number for number in found if len(number) >= 6 and len(set(number[-6:])) > 1)


def _split_numbers(told: str) -> list[str]:
    """Return the numbers of a cell; an area code before a slash is no number of its own."""
    parts = _TWO_NUMBERS.split(told)
    return parts if all(sum(map(str.isdigit, part)) >= 6 for part in parts) else [told]


_TWO_NUMBERS = re.compile(r"(?<=\d{3})\s*(?:[;,|]|/(?= ?[0+(])|\bund\b|\boder\b)\s*(?=[0+(])")
"""What stands between two numbers in one cell."""

_PLAIN_NUMBER = re.compile(r"\(?0[1-9](?:(?:[ ()-]|/(?! ?[0+(-]))*[0-9]){4,11}")
"""One German number as it is usually written: nothing but digits and separators, neither a
second number nor an extension ("/-12") behind a slash."""

_NO_SEPARATORS = str.maketrans("", "", " ()/-")


@functools.lru_cache(maxsize=65_536)
def _digits(told: str) -> str:
    """Return a German number without 0 or +49, one of another country with +, one without area code as it is.

    >>> _digits("0391 / 5 55 01 01"), _digits("+49 391 5550101"), _digits("0151/670 9605")
    ('3915550101', '3915550101', '1516709605')
    """
    if _PLAIN_NUMBER.fullmatch(told):  # its digits are what the library returns, which takes half a millisecond
        return told.translate(_NO_SEPARATORS)[1:]
    key = phone_key(told)
    if not key.startswith("+"):
        key = re.sub(r"[^\d+]", "", told)
        key = re.sub(r"^00", "+", key)
    return re.sub(r"\D", "", key.removeprefix("+49")) if key.startswith("+49") else re.sub(r"^0", "", key)


def trunk_of(told: str) -> str:
    """Return the number of a house without the extension that it tells; empty if it tells none.

    >>> trunk_of("0391 5550101-12") == trunk_of("0391/55 50 101 - 0"), trunk_of("0391 5550101")
    (True, '')
    """
    found = re.fullmatch(r"(.*[0-9].*[0-9])\s*[-–]\s*[0-9]{1,4}", told)
    trunk = _digits(found[1]) if found else ""
    return trunk if len(trunk) > 7 else ""


def agreeing(ours: frozenset[str], theirs: frozenset[str]) -> frozenset[str]:
    """Return the numbers that both rows hold, also where one of them leaves the area code out.

    >>> sorted(agreeing(frozenset({"3915550101"}), frozenset({"5550101"})))
    ['3915550101']
    """
    same = ours & theirs
    if same or not ours or not theirs:
        return same
    return frozenset(
        max(one, other, key=len)
        for one in ours
        for other in theirs
        if (one.endswith(other) or other.endswith(one)) and 2 <= abs(len(one) - len(other)) <= 5 and one[-1:] != "+"
    )


def is_mobile(number: str) -> bool:
    """Say whether a comparable number is a mobile one, which belongs to one person; a landline belongs to a house."""
    return number.startswith(("15", "16", "17")) and len(number) >= 9


_PAGES = ("index", "start", "home", "kontakt", "impressum", "ueber", "about", "aktuell", "de", "willkommen", "news")


def hosts(web: str) -> frozenset[str]:
    """Return the host of a web address with the first part of its path, none for a house where many live.

    >>> sorted(hosts("https://www.traeger.example/kita-nord/start"))
    ['traeger.example/kita-nord']
    """
    if not web:
        return frozenset()
    try:
        parts = urlsplit(web if "//" in web else f"//{web}")
        host = parts.hostname or ""
    except ValueError:
        return frozenset()
    host = host.removeprefix("www.")
    if "." not in host or host in _SHARED_HOSTS:
        return frozenset()
    first = next((p for p in parts.path.casefold().split("/") if p and not p.startswith(_PAGES)), "")
    return frozenset({f"{host}/{first}" if first else host})


def domain(host: str) -> str:
    """Return the host alone of what ``hosts`` returns."""
    return host.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Street:
    """A street taken apart: its name as a key, and the house number with its letter; either may be empty."""

    name: str = ""
    house: str = ""
    until: str = ""

    def is_house_of(self, other: Street) -> bool:
        """Say whether the house numbers agree; "17/18" agrees with both."""
        mine, theirs = {self.house, self.until} - {""}, {other.house, other.until} - {""}
        return bool(mine & theirs) or (not mine and not theirs)

    def is_at(self, other: Street) -> bool:
        """Say whether both are one street and house, both told."""
        return bool(self.name and self.house) and self.name == other.name and self.is_house_of(other)

    @property
    def whole(self) -> str:
        """Return both as one key; empty without a number, because then it says too little."""
        return f"{self.name} {self.house}" if self.name and self.house else ""


_WITHIN = re.compile(
    r"(?i)[,/\s]+(?:\d+\.?\s*(?:og|ug|dg|stock|etage|obergeschoss)\b|erdgeschoss\b|eg\b|hinterhaus\b|hh\b).*$"
)
_HOST = re.compile(r"(?i)^\s*(?:c/o|bei)\s[^,]*,\s*")

_RANGE = re.compile(r"(\d+)\s?[a-zA-Z]?\s*(?:-|–|/|\bbis\b|\bu\.|\bund\b)\s*(\d+)\s*[a-zA-Z]?\s*$")
_POSTBOX = re.compile(r"(?i)\s*postfach\b")
_SQUARE = re.compile(r"pl\b")
_STREET_WORDS = re.compile(r"(str|strasse|avenue|ave|street|st|road|rd|blvd|boulevard)\b")
_HOUSE = re.compile(r"(?<![^\W\d_])(\d{1,5})\s?([a-z])?(?![^\W_])")


def read_street(street: str) -> Street:
    """Take a street apart; the last number is the house.

    >>> read_street("Breite Str. 12 a") == read_street("Breite Straße 12A")
    True
    >>> read_street("Breite Straße 12-14").house
    '12'
    """
    if _POSTBOX.match(street):
        return Street()
    street = _WITHIN.sub("", _HOST.sub("", street)) or street
    told = _RANGE.search(street)
    until = told[2] if told else ""
    key = text_key(street[: told.start(1) + len(told[1])] if told else street)
    found = list(_HOUSE.finditer(key))
    house = f"{found[-1][1].lstrip('0')}{found[-1][2] or ''}" if found else ""
    name = key[: found[-1].start()] + key[found[-1].end() :] if found else key
    name = _STREET_WORDS.sub("", _SQUARE.sub("platz", name))
    return Street("".join(name.split()) or key.replace(" ", ""), house, until)


def is_apart(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Say whether both rows hold something and nothing of it agrees."""
    return bool(ours and theirs) and not ours & theirs


def lists_of(values: Cells, *, gone: bool = False) -> Mapping[str, frozenset[str]]:
    """Return by source the idents that a row carries; a list that no longer names the row only with ``gone``."""
    told = values.get("ident")
    if not isinstance(told, str) or (values.get("vanished_since") and not gone):
        return {}
    found: dict[str, set[str]] = {}
    for line in told.split("\n"):
        source, separator, ident = line.partition(":")
        if separator and source != "wieder":
            found.setdefault(source, set()).add(ident)
    return {source: frozenset(idents) for source, idents in found.items()}
