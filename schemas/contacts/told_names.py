"""Names within a line of German: "mit Frau Dr. Beispiel vom Jugendamt und Herrn Kurz". Pure.

Where a name ends cannot be read off the words alone ("Haus der Jugend in Burg"), so who asks tells which names there
are. Unknown names end where a careful reader would end them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schemas.contacts.choices import Salutation

Knows = Callable[[str], bool]
"""Says whether some organisation or person bears a name."""

_SALUTATIONS = {
    "frau": Salutation.MS, "fr.": Salutation.MS, "fr": Salutation.MS, "herr": Salutation.MR, "herrn": Salutation.MR,
    "hr.": Salutation.MR, "hr": Salutation.MR, "hrn.": Salutation.MR, "hrn": Salutation.MR,
}  # fmt: skip
_BEFORE = frozenset({
    "der", "d.", "die", "das", "dem", "den", "unsere", "unserer", "unserem", "dr.", "dr", "prof.", "prof", "med.",
    "jur.", "phil.", "dipl.-ing.", "pfarrer", "pfarrerin", "pfr.",
})  # fmt: skip
_WITHIN_PERSONS = frozenset({"von", "v.", "van", "de", "der", "zu", "di", "la", "del", "al", "el", "bin"})
_AND = frozenset({"und", "u.", "sowie", "&", "/", "+", "plus"})
_WITH = frozenset({"mit", "m.", "bei", "b.", "beim", "an", "von", "v.", "vom", "durch"})
_WHERE = frozenset({"im", "in", "am", "zur", "zum", "aus"})
"""Before who is meant, if there is such a name: "im Haus der Jugend", but "im Sommer"."""

_ENDS_A_BODY = frozenset({"in", "im", "am", "an", "auf", "zu", "zur", "zum", "von", "v.", "vom", "bei", "mit"})
_WITHIN_BODIES = _ENDS_A_BODY | {"der", "des", "die", "das", "den", "dem", "für", "und", "&", "u.", "gegen", "ohne"}
_FAMILIES = frozenset({"familie", "fam.", "ehepaar"})
_MOST = 12
"""Words of a name at most."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as typed, without Frau and Herr; ``salutation`` is frau, herr or empty."""

    text: str
    salutation: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    name: Name
    end: int
    sure: bool


def find_names(
    text: str, knows: Knows | None = None, *, only_sure: bool = False, guess: bool = True
) -> tuple[list[Name], str]:
    """Return the names in a text, those behind "mit", "bei", "von" first, and the text without them.

    ``only_sure`` leaves alone what is neither known nor has Frau or Herr before it. With ``guess`` a text may begin
    with an unknown name; without it such a one needs a word like "mit" before it.
    """
    words = _parted(text)
    start = _start(words, knows, guess=guess)
    first = _name_at(words, start, knows)
    if first is None or (only_sure and not first.sure):
        return [], text
    names = [first.name]
    used = {*range(start, first.end)}
    if start and words[start - 1].lower() in _WITH | _WHERE:
        used.add(start - 1)
    at = first.end
    while at < len(words):
        joined = words[at].lower() in _AND | _WITH | _WHERE
        further = _name_at(words, at + joined, knows)
        unsure = words[at].lower() in _AND and not first.sure
        if further is None or not (further.sure or unsure or (joined and knows is None)):
            break
        names.append(further.name)
        used.update(range(at, further.end))
        at = further.end
    return names, " ".join(word for i, word in enumerate(words) if i not in used)


def _start(words: Sequence[str], knows: Knows | None, *, guess: bool) -> int:
    """Return at which word the first name begins; behind the last word if there is none."""
    found = {at: name for at in range(len(words)) if (name := _name_at(words, at, knows)) is not None}
    behind = [at for at in found if at and words[at - 1].lower() in _WITH | _WHERE]
    sure = [at for at, name in found.items() if name.sure]
    told = [at for at in behind if words[at - 1].lower() in _WITH]
    in_order = [
        sure if 0 in sure else (),
        [at for at in behind if at in sure],
        sure,
        told,
        [0] if guess and 0 in found else (),
    ]
    return next((min(some) for some in in_order if some), len(words))


def read_names(clause: str, knows: Knows | None = None) -> list[Name]:
    """Return the names if a clause is nothing else, and the first is known or has Frau or Herr before it."""
    words = _parted(clause)
    at = 1 if words and words[0].lower() in (_AND | _WITH) else 0
    names: list[Name] = []
    while at < len(words):
        found = _name_at(words, at, knows)
        if found is None or not found.sure:
            return []
        names.append(found.name)
        at = found.end
        if at < len(words):
            if words[at].lower() not in _AND | _WITH:
                return []
            at += 1
    return names


def _parted(text: str) -> list[str]:
    """Return the words of a text; "Weber/Kurz" and "Weber+Kurz" are three."""
    return text.replace("/", " / ").replace("+", " + ").split()


def _name_at(words: Sequence[str], start: int, knows: Knows | None) -> _Found | None:
    """Return the name that begins at a word."""
    at, salutation = start, ""
    both = [word.lower() for word in words[start : start + 3]]
    couple = len(both) == 3 and both[1] in _AND and both[0] in _SALUTATIONS and both[2] in _SALUTATIONS
    if couple:
        at += 3  # "Herr und Frau Beispiel": whoever bears the name
    while at < len(words) and (words[at].lower() in _SALUTATIONS or words[at].lower() in _BEFORE):
        salutation = salutation or _SALUTATIONS.get(words[at].lower(), "")
        at += 1
    if salutation and words[at - 1].lower() not in _WITHIN_PERSONS:
        begin = at
        while at < len(words) and words[at].lower() in _WITHIN_PERSONS:
            at += 1
    else:
        begin = at
    ends = _ends(words, at, _WITHIN_PERSONS if salutation else _WITHIN_BODIES)
    at = begin
    if not ends:
        return None
    known = next((end for end in reversed(ends) if knows is not None and knows(_told(words[at:end]))), None)
    end = known or (_end_before_body(words, at, ends) if salutation else _careful_end(words, at, ends))
    end = next((later for later in ends if _is_legal_form(words[end:later])), end)
    family = words[begin].lower() in _FAMILIES and end > begin + 1
    return _Found(
        Name(_told(words[at:end]), salutation), end, known is not None or bool(salutation) or couple or family
    )


def _is_amount(words: Sequence[str], at: int) -> bool:
    """Say whether a number is a time or tells how many: "14 Uhr", "20 Leute", but "Kita 7"."""
    return words[at][0].isdigit() and at + 1 < len(words)


def _is_legal_form(words: Sequence[str]) -> bool:
    return "".join(words).lower() == "e.v."


def _ends(words: Sequence[str], start: int, within: frozenset[str]) -> list[int]:
    """Return behind which words a name may end that begins at a word."""
    ends: list[int] = []
    at = start
    follows = start and start < len(words) and words[start - 1].lower() in _SALUTATIONS
    if (
        follows
        and words[start].isalpha()
        and words[start].lower() not in _ENDS_A_BODY | _AND
        and not any(map(_is_capital, words))
    ):
        at += 1  # "frau weber" is a name where nobody wrote a capital
        ends.append(at)
    while at < min(len(words), start + _MOST):
        word = words[at]
        if ends and (word.lower() in _SALUTATIONS or _is_amount(words, at)):
            break
        if _is_capital(word) and not (at == start and word[0].isdigit()):
            at += 1
            ends.append(at)
        elif ends and word.lower().replace(" ", "") in ("e.v.", "e."):
            at += 1 + (word.lower() == "e." and at + 1 < len(words))
            ends.append(at)
        elif ends and word.lower() in within:
            at += 1
        else:
            break
    return ends


def _careful_end(words: Sequence[str], start: int, ends: Sequence[int]) -> int:
    """Return where an unknown name ends: before a place, and before "und" unless that stands within "für A und B"."""
    for at in range(start, ends[-1]):
        word = words[at].lower()
        if word in _ENDS_A_BODY or (word in _AND and "für" not in words[start:at]):
            return max((end for end in ends if end <= at), default=ends[0])
    return ends[-1]


def _end_before_body(words: Sequence[str], start: int, ends: Sequence[int]) -> int:
    """Return where an unknown person's name ends: before where they are from ("Neumann von der Lebenshilfe")."""
    for at in range(start + 1, ends[-1]):
        if words[at].lower() in _ENDS_A_BODY and words[at - 1].lower() not in _WITHIN_PERSONS:
            return max((end for end in ends if end <= at), default=ends[-1])
    return ends[-1]


def _is_capital(word: str) -> bool:
    bare = word.lstrip("\"'„»(“")
    return bool(bare) and (bare[0].isupper() or bare[0].isdigit())


def _told(words: Sequence[str]) -> str:
    return " ".join(words).strip(" .,!?\"'„“»«") if words and not words[-1].endswith(".") else " ".join(words)
