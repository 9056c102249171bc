"""What speaks for and against two rows being the same, and how rows of both kinds are compared. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from schemas.model import Value
from sync.normalise import clean, comparable, text_key
from sync.phone_numbers import phone_key


@dataclass(slots=True)
class Evidence:
    """A sum of points with the reasons (German); ``against`` says that something forbids to call it sure."""

    total: int = 0
    reasons: list[str] = field(default_factory=list)
    against: bool = False

    def add(self, points: int, reason: str) -> None:
        """Count what speaks for it."""
        self.total += points
        self.reasons.append(reason)

    def contradict(self, points: int, reason: str) -> None:
        """Count what speaks against it."""
        self.total -= points
        self.reasons.append(f"aber: {reason}")
        self.against = True


def word_set(*lines: str) -> frozenset[str]:
    """Return the words of some lines."""
    return frozenset(word for line in lines for word in line.split())


_SHARED_HOSTS = word_set(
    "facebook.com instagram.com youtube.com twitter.com x.com linkedin.com google.com sites.google.com jimdo.com",
    "wordpress.com wixsite.com blogspot.com blogspot.de t-online.de beepworld.de linktr.ee",
)


def text(values: Mapping[str, Value], column: str) -> str:
    """Return a cell as one line, empty if there is nothing."""
    value = values.get(column)
    return clean(value) if isinstance(value, str) else ""


def union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    """Return what is in any of the sets."""
    return frozenset().union(*sets)


def keys(values: Mapping[str, Value], *columns: str) -> frozenset[str]:
    """Return what cells hold, comparable (mails, postcodes)."""
    return frozenset(str(comparable(c, told)) for c in columns if (told := text(values, c)))


def phones(values: Mapping[str, Value], *columns: str) -> frozenset[str]:
    """Return the phone numbers of cells, comparable; what is too short to be a number of one's own is left out."""
    found = {phone_key(told) for c in columns if (told := text(values, c))}
    return frozenset(number for number in found if len(re.sub(r"\D", "", number)) >= 6)


def mobiles(values: Mapping[str, Value], *columns: str) -> frozenset[str]:
    """Return the mobile numbers of cells, which belong to one person; a landline belongs to a house."""
    return frozenset(number for number in phones(values, *columns) if number.startswith(("+4915", "+4916", "+4917")))


def hosts(web: str) -> frozenset[str]:
    """Return the host of a web address, none for a house where many live."""
    if not web:
        return frozenset()
    try:
        host = urlsplit(web if "//" in web else f"//{web}").hostname or ""
    except ValueError:
        return frozenset()
    host = host.removeprefix("www.")
    return frozenset() if "." not in host or host in _SHARED_HOSTS else frozenset({host})


def street_key(street: str) -> str:
    """Return a key for a street with its house number; without a number it says too little and is empty.

    >>> street_key("Breite Str. 12 a") == street_key("Breite Straße 12A")
    True
    >>> street_key("Breite Straße")
    ''
    """
    key = re.sub(r"(str|strasse)\b", "strasse", text_key(street))
    return key.replace(" ", "") if re.search(r"\d", key) else ""


def lists_of(values: Mapping[str, Value]) -> frozenset[str]:
    """Return the sources whose idents a row carries."""
    told = values.get("ident")
    lines = told.split("\n") if isinstance(told, str) else []
    return frozenset(line.partition(":")[0] for line in lines if ":" in line)


def same_list(evidence: Evidence, ours: frozenset[str], theirs: frozenset[str], points: int) -> None:
    """Count it against a pair that one list names both: two idents there are mostly two bodies."""
    if ours & theirs:
        evidence.contradict(points, "dieselbe Liste führt beide getrennt")
