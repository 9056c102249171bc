"""Take names of persons apart. Pure; the salutation comes only from a written Frau or Herr, never from a first name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.contacts.choices import Salutation
from sync.normalise import clean

_SALUTATIONS = {
    "frau": Salutation.MS, "fr": Salutation.MS, "ms": Salutation.MS, "mrs": Salutation.MS, "miss": Salutation.MS,
    "frl": Salutation.MS, "herr": Salutation.MR, "herrn": Salutation.MR, "hr": Salutation.MR, "hrn": Salutation.MR,
    "mr": Salutation.MR, "divers": Salutation.NEUTRAL, "neutral": Salutation.NEUTRAL, "guten tag": Salutation.NEUTRAL,
    "mx": Salutation.NEUTRAL, "unbekannt": Salutation.UNKNOWN, "keine angabe": Salutation.UNKNOWN,
}  # fmt: skip
_TITLE = re.compile(
    r"(?:(?:Prof|Dr|PD|Priv\.-Doz|Dipl\.?-\s?\w+|Ing|med|phil|rer|nat|pol|oec|jur|theol|h\.?\s?c|habil|mult|Mag|M\.\s?A|B\.\s?A)\.|"
    r"Professor(?:in)?\b|Doktor\b|Prof\b|Dr\b|PD\b|Pfarrer(?:in)?\b|Dipl\.?-\s?[^\W\d_]+\.?)\s*",
)  # fmt: skip
_PARTICLES = frozenset({"von", "vom", "van", "de", "der", "zu", "zum", "zur", "da", "di", "del", "la", "al", "ter"})


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a name; empty text where a part is not written."""

    salutation: str = ""
    title: str = ""
    first_name: str = ""
    last_name: str = ""


def split_salutation(text: str) -> tuple[str, str]:
    """Return the code of the salutation and what else stood there, usually a title.

    >>> split_salutation("Frau Dr.")
    ('frau', 'Dr.')
    """
    text = clean(text)
    whole = text.casefold().rstrip(".")
    if whole in _SALUTATIONS:
        return str(_SALUTATIONS[whole]), ""
    word, _, rest = text.partition(" ")
    code = _SALUTATIONS.get(word.casefold().rstrip("."))
    return (str(code), clean(rest)) if code else ("", text)


def split_title(text: str) -> tuple[str, str]:
    """Return the leading academic titles and the rest.

    >>> split_title("Prof. Dr. med. Ada Beispiel")
    ('Prof. Dr. med.', 'Ada Beispiel')
    """
    text, title = clean(text), ""
    while match := _TITLE.match(text):
        title, text = f"{title} {match[0].strip()}", text[match.end() :]
    return title.strip(), text.strip()


def split_person_name(text: str) -> PersonName:
    """Take "Frau Dr. Ada von Beispiel" or "Beispiel, Ada" apart; a single word is a surname."""
    salutation, rest = split_salutation(text)
    title, rest = split_title(rest)
    if not rest:
        return PersonName(salutation, "", "", clean(text)) if not salutation else PersonName(salutation, title)
    if rest.count(",") == 1:
        last, first = (part.strip() for part in rest.split(","))
        if last and first:
            more, first = split_title(first)
            return PersonName(salutation, title or more, first, last)
    words = rest.split()
    cut = next((i for i, word in enumerate(words[:-1]) if i > 0 and word in _PARTICLES), len(words) - 1)
    return PersonName(salutation, title, " ".join(words[:cut]), " ".join(words[cut:]))
