"""Where a body is, as far as a list tells it: what keeps two of one name apart within one list. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from sync.identity.evidence import Cells, is_apart, keys, phones, read_street, text
from sync.identity.spelling import one_digit_apart
from sync.normalise import text_key

PLACE = {"street", "postcode", "city", "phone", "mail"}
"""Columns that tell two bodies of one name apart within one list."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body is: comparable postcode, town, street with house, phones and mails; each may be unknown."""

    postcode: str = ""
    city: str = ""
    street: str = ""
    phones: frozenset[str] = frozenset()
    mails: frozenset[str] = frozenset()

    @property
    def told(self) -> str:
        """Return it as it goes into an ident."""
        return " ".join(t for t in (self.postcode, self.city if not self.postcode else "", self.street) if t)

    def is_elsewhere(self, other: Place) -> bool:
        """Say whether two rows surely speak of two bodies: other postcode or town, or other house, phone and mail."""
        if self.postcode and other.postcode:
            apart = self.postcode != other.postcode and not one_digit_apart(self.postcode, other.postcode)
        else:
            apart = bool(self.city and other.city) and self.city != other.city
        reached = is_apart(self.phones, other.phones) or is_apart(self.mails, other.mails)
        shared = bool(self.phones & other.phones or self.mails & other.mails)
        other_house = bool(self.street and other.street) and self.street != other.street
        return (apart and not shared) or (other_house and reached and not shared)


def read_place(values: Cells) -> Place:
    """Return the place that cells tell."""
    return Place(
        next(iter(keys(values, "postcode")), ""),
        text_key(text(values, "city")),
        read_street(text(values, "street")).whole,
        phones(values, "phone"),
        keys(values, "mail"),
    )
