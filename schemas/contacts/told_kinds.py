"""How a contact took place, as people tell it: "Tel.", "rief an", "per Mail", "Erstgespräch", "Telfonat". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.contacts.choices import InteractionKind
from schemas.contacts.told_words import either_umlaut

_KINDS: tuple[tuple[InteractionKind, str], ...] = (
    (
        InteractionKind.CALL,
        r"tel\.?-?(?:termin|konferenz|gespräch)|tel\.?|telef\.|am\s(?:telefon|apparat)"
        r"|telefon(?:at|ate?s|ate|iert|isch|gespräch|termin|konferenz)?"
        r"|angerufen|anrufe?s?|zurückgerufen|rückrufe?|rief(?:en)?\s(?:an|zurück)"
        r"|(?:auf\s)?(?:den\s)?(?:(?-i:AB)|anrufbeantworter|mailbox)(?:\s(?:be|ge)sprochen)?",
    ),
    (InteractionKind.MAIL, "e-?mails?|gemailt|angemailt|zurückgemailt|mails?|mailwechsel|mailverkehr|angeschrieben"),
    (InteractionKind.VISIT, r"besuch(?:t|e|s)?|vor\sort|vor-ort-termin|ortstermin|hausbesuch"),
    (
        InteractionKind.MEETING,
        r"treffen|getroffen|gespräche?|gesprochen|besprechung|bespr\.|besprochen|termin|sitzung|kaffee"
        r"|jour\sfixe|meeting|(?:video|telefon)?call|zoom|(?:video|teams|zoom|webex|online|skype)-?"
        r"(?:konferenz|call|meeting|termin|treffen|gespräch|besprechung|sitzung|runde)",
    ),
    (InteractionKind.LETTER, "briefe?|schreiben|post|postkarte"),
    (InteractionKind.EVENT, "veranstaltung|messe|workshop|seminar|fest|empfang|fachtag"),
)
_WORDS = tuple(
    (kind, re.compile(rf"(?<![\w-])(?:(?:per|via)\s)?(?:{either_umlaut(words)})(?![\w-])", re.I))
    for kind, words in _KINDS
)
_COMPOUND = re.compile(
    either_umlaut(
        r"(?<![\w-])[\w-]{1,40}?(?:treffen|gespräch|sitzung|besprechung|konferenz|termin|(?P<mail>mail))(?![\w-])"
    ),
    re.I,
)
"""Says more than how: it stays as part of the subject."""

_MISTYPED = {
    "telefonat": InteractionKind.CALL, "telefoniert": InteractionKind.CALL, "angerufen": InteractionKind.CALL,
    "gesprochen": InteractionKind.MEETING, "gespräch": InteractionKind.MEETING, "besprechung": InteractionKind.MEETING,
}  # fmt: skip
"""Long words that no other German word is but one slip away from ("betroffen" is from "getroffen")."""


@dataclass(frozen=True, slots=True)
class ToldKind:
    """How a contact took place, and where of a text that was told (in characters); ``keep`` if the word says more."""

    kind: InteractionKind
    start: int
    end: int
    keep: bool = False


def find_kinds(text: str) -> Iterator[ToldKind]:
    """Yield how a contact may have taken place: a call before a mail, and so on."""
    for kind, words in _WORDS:
        if found := words.search(text):
            yield ToldKind(kind, found.start(), found.end())


def find_kind_within(text: str) -> ToldKind | None:
    """Return how a contact took place where no word says just that: "Netzwerktreffen", "Telfonat"."""
    if found := _COMPOUND.search(text):
        kind = InteractionKind.MAIL if found["mail"] else InteractionKind.MEETING
        return ToldKind(kind, found.start(), found.end(), keep=True)
    for word in re.finditer(r"[^\W\d_]{7,14}", text):
        for meant, kind in _MISTYPED.items():
            if is_one_slip(word[0].lower(), meant):
                return ToldKind(kind, word.start(), word.end())
    return None


def is_one_slip(typed: str, meant: str) -> bool:
    """Say whether two words differ by one letter more, less or other, or by two that are swapped.

    >>> is_one_slip("telfonat", "telefonat"), is_one_slip("gesprohcen", "gesprochen"), is_one_slip("gesang", "gespräch")
    (True, True, False)
    """
    begin = 0
    while begin < min(len(typed), len(meant)) and typed[begin] == meant[begin]:
        begin += 1
    end = 0
    while end < min(len(typed), len(meant)) - begin and typed[-1 - end] == meant[-1 - end]:
        end += 1
    one, other = typed[begin : len(typed) - end], meant[begin : len(meant) - end]
    return (len(one) <= 1 and len(other) <= 1) or (len(one) == 2 and one == other[::-1])
