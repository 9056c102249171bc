"""Take names of persons apart. Pure; the salutation comes only from a written Frau or Herr, never from a first name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.contacts.choices import Salutation
from sync.long_cells import is_too_long, quoted, too_long
from sync.normalise import clean

_SALUTATIONS = {
    "frau": Salutation.MS, "fr": Salutation.MS, "ms": Salutation.MS, "mrs": Salutation.MS, "miss": Salutation.MS,
    "frl": Salutation.MS, "herr": Salutation.MR, "herrn": Salutation.MR, "hr": Salutation.MR, "hrn": Salutation.MR,
    "mr": Salutation.MR, "divers": Salutation.NEUTRAL, "neutral": Salutation.NEUTRAL, "guten tag": Salutation.NEUTRAL,
    "mx": Salutation.NEUTRAL, "unbekannt": Salutation.UNKNOWN, "keine angabe": Salutation.UNKNOWN,
}  # fmt: skip
_TITLE = re.compile(
    r"(?:Dr\.-\s?\w+\.|(?:Prof|Dr)\.(?:in\b|ⁱⁿ)|"
    r"(?:Prof|Dr|PD|Priv\.-Doz|Dipl\.?-\s?\w+|Ing|med|phil|rer|nat|pol|oec|jur|theol|h\.?\s?c|habil|mult|Mag|M\.\s?A|B\.\s?A)\.|"
    r"Professor(?:in)?\b|Doktor\b|Prof\b|Dr\b|PD\b|Pfarrer(?:in)?\b|Dipl\.?-\s?[^\W\d_]+\.?)(?:\s*\((?:FH|BA|TU|Univ\.?)\))?\s*",
)  # fmt: skip
_BEHIND_NAME = re.compile(
    r"(?:(?:Dr|Prof)\.(?:in\b)?(?:\s?[a-z]{1,5}\.(?:in\b)?)*|[MB]\.?\s?(?:A|Sc|Ed|Eng)\.?|MBA|LL\.?\s?M\.?|Ph\.?\s?D\.?|Dipl\.?-.+|Md[LB]|MdEP)",
    re.IGNORECASE,
)
"""Titles that stand behind a name."""

_ROLE = re.compile(
    r"\d\.|\b(?:stellv|stv)|vorsitz|vorstand|leit(?:er|ung)|geschäftsführ|schatzmeister|kassier|kassenwart|schriftführ|"
    r"beisitz|sprecher|koordinat|referent|präsident|mitglied|ansprechp|beauftragt",
    re.IGNORECASE,
)
_MOST_ENDS = 4
"""Titles, roles and remarks behind one name at most."""

_SEVERAL = re.compile(
    r"^(?:eheleute|ehepaar|familie|fam\.|geschwister)\s|"
    r"\b(?:herrn?|frau|hr\.|fr\.)\s.*\b(?:herrn?|frau|hr\.|fr\.)\s+\S|"
    r"(?<!von)\s(?:und|oder|bzw\.?|&|\+)\s(?!zu\b)|\su\.\s?(?=\S)|;\s*\S|[^\W\d_.]\s*/\s*[^\W\d_]",
    re.IGNORECASE,
)
"""Two people, or a family, in one name."""

_GREETING = re.compile(r"(?:herrn?|frau|hr\.|fr\.)(?:\s+|$)", re.IGNORECASE)
SEVERAL = "{text} nennt mehrere Menschen; bitte legen Sie für jeden eine Zeile an."

_BORN = re.compile(r"[\s,]*\(?\b(geb\.|geborene[rn]?)\s*([^()]+?)\)?$", re.IGNORECASE)
_GENERATION = re.compile(r"\s(?:(?:jun|sen|jr|sr)\.?|d\.\s?[JÄ]\.|I{1,3}|IV)$", re.IGNORECASE)
_REMARK = re.compile(r"\s*(?:\((?P<bracket>[^()]*)\)|\s[-–]\s(?P<dash>[^,]+)|(?P<sign>[†✝*].*))$")
"""What stands behind a name and is none: "(verstorben)", "- Vorsitzende", "†"."""

_TITLE_BEHIND = re.compile(
    r"\s(M\.\s?A\.?|B\.\s?A\.?|M\.?\s?Sc\.?|B\.?\s?Sc\.?|MBA|LL\.\s?M\.|Ph\.?\s?D\.?|Md[LB]|MdEP)$"
)
_CAPITALS_FIRST = re.compile(r"([A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þß'’-]{2,39})\s(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ])")
"""A surname in capitals in front of a first name that is not: "MÜLLER Hans"."""

_PARTICLES = frozenset({"von", "vom", "van", "de", "der", "zu", "zum", "zur", "da", "di", "del", "la", "al", "ter"})


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a name; empty text where a part is not written.

    ``rest`` stood there too and is no part of a name (a role, a birth name); ``note`` is for people (German).
    """

    salutation: str = ""
    title: str = ""
    first_name: str = ""
    last_name: str = ""
    rest: str = ""
    note: str = ""


def names_several(text: str) -> bool:
    """Say whether a name, or a part of one, is that of two people or of a family."""
    told = clean(text)
    return not is_too_long(told) and _SEVERAL.search(f"{told} ") is not None


def stands_behind_name(text: str) -> bool:
    """Say whether a text is a title or role that stands behind a name, no name of its own.

    >>> stands_behind_name("M.A."), stands_behind_name("Kassenwartin"), stands_behind_name("Eva Muster")
    (True, True, False)
    """
    return _BEHIND_NAME.fullmatch(text) is not None or _ROLE.search(text) is not None


def split_salutation(text: str) -> tuple[str, str]:
    """Return the code of the salutation and what else stood there, usually a title.

    >>> split_salutation("Frau Dr.")
    ('frau', 'Dr.')
    """
    text = clean(text)
    whole = text.casefold().rstrip(".")
    if whole in _SALUTATIONS:
        return str(_SALUTATIONS[whole]), ""
    if names_several(text):
        return "", text
    word, _, rest = text.partition(" ")
    code = _SALUTATIONS.get(word.casefold().rstrip("."))
    return (str(code), clean(rest)) if code else ("", text)


def split_title(text: str) -> tuple[str, str]:
    """Return the leading academic titles and the rest.

    >>> split_title("Prof. Dr. med. Ada Beispiel")
    ('Prof. Dr. med.', 'Ada Beispiel')
    """
    text, title = clean(text), ""
    if is_too_long(text):
        return "", text
    while match := _TITLE.match(text):
        title, text = f"{title} {match[0].strip()}", text[match.end() :]
    return title.strip(), text.strip()


def split_person_name(text: str) -> PersonName:
    """Take "Frau Dr. Ada von Beispiel" or "Beispiel, Ada" apart; a single word is a surname.

    Two people in one name stay together, with a note: which words belong to whom nobody can read off them.
    """
    text = clean(text)
    if is_too_long(text):
        return PersonName(last_name=text, note=too_long(text))
    if names_several(text):
        return PersonName(last_name=text, note=SEVERAL.format(text=quoted(text)))
    salutation, told = split_salutation(text)
    born = _BORN.search(told)
    told = told[: born.start()] if born else told
    title, told = split_title(told)
    told, behind, role = _without_end(told)
    rest = ", ".join(filter(None, [role, f"{born[1]} {born[2]}" if born else ""]))
    title = " ".join(filter(None, [title, behind]))
    if not told:
        return PersonName(salutation, "", "", text) if not salutation else PersonName(salutation, title, rest=rest)
    surname = _CAPITALS_FIRST.match(told) if "," not in told else None
    if surname:
        told = f"{surname[1]}, {told[surname.end() :]}"
    first, last, between = _first_and_last(told)
    greeted, between = split_salutation(between) if between else ("", "")
    note = ""
    if surname or (first and " " in last and "," in told and last.split()[0] not in _PARTICLES and not salutation):
        note = f"{quoted(text)} wurde als Nachname, Vorname gelesen; bitte prüfen Sie es."
    return PersonName(salutation or greeted, title or between, first, last, rest, note)


def _without_end(told: str) -> tuple[str, str, str]:
    """Return a name without what stands behind it, and that: a title, and what is no part of a name."""
    titles: list[str] = []
    others: list[str] = []
    for _ in range(_MOST_ENDS):
        name, comma, end = (part.strip() for part in told.rpartition(","))
        if (found := _REMARK.search(told)) and told[: found.start()].strip():
            others.insert(0, (found["bracket"] or found["dash"] or found["sign"] or "").strip())
            told = told[: found.start()].strip()
        elif (found := _TITLE_BEHIND.search(told)) and " " in told[: found.start()].strip(" ,"):
            titles.insert(0, found[1])
            told = told[: found.start()].rstrip(" ,")
        elif comma and name and _BEHIND_NAME.fullmatch(end):
            titles.insert(0, end)
            told = name
        elif comma and name and _ROLE.search(end):
            others.insert(0, end)
            told = name
        else:
            break
    return told, " ".join(titles), ", ".join(filter(None, others))


def _first_and_last(told: str) -> tuple[str, str, str]:
    """Return first name, last name, and a title between them, of "Ada von Beispiel" or "Beispiel, Dr. Ada von"."""
    if told.count(",") == 1:
        last, first = (part.strip() for part in told.split(","))
        if last and first:
            greeting = _GREETING.match(first)
            title, first = split_title(first[greeting.end() :] if greeting else first)
            title = f"{greeting[0].strip()} {title}".strip() if greeting else title
            words = first.split()
            while len(words) > 1 and words[-1] in _PARTICLES:
                last = f"{words.pop()} {last}"
            return " ".join(words), last, title
    generation = _GENERATION.search(told)
    words = told[: generation.start()].split() if generation else told.split()
    cut = next((i for i, word in enumerate(words[:-1]) if word in _PARTICLES), len(words) - 1)
    return " ".join(words[:cut]), " ".join(words[cut:]) + (generation[0] if generation else ""), ""
