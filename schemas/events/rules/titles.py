"""Titles as people type them: what stands before the name, what behind it, and what is spoken. Pure.

DIN 5008 (as cited in sekada.de „Titel und Diplome in der Anschrift“ and experto.de „Adressen nach DIN 5008 korrekt
schreiben“): doctor, professor and diplomas before the name in its line; B.A. and M.A. behind it, not spoken. Of several
titles only the highest is spoken. „Freiherr“ and „Graf“ are part of the last name (Art. 109 of the
constitution of 1919, still law), so they stand right before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DEGREE = (
    r"[BM]\. ?A\.|BA|MA|[BM]\. ?Sc\.|[BM]Sc|[BM]\. ?Eng\.|[BM]Eng|[BM]\. ?Ed\.|[BM]Ed|LL\. ?[BM]\.?|MBA|MPA|MPH|MAS"
    r"|M\. ?P\. ?A\.|Ph\. ?D\.?|PhD|MdB|MdL|MdEP|Bachelor(?: of [A-Z]\w+)?|Master(?: of [A-Z]\w+)?"
)
_BEHIND = re.compile(rf"(?<![\w.])(?:{_DEGREE})(?![\w.])")
_OF = r"(?:von|v\.|zu|vom|zum|zur|van|de)(?: und zu)?(?: der| dem| den| d\.)?"
_NOBLE = re.compile(
    r"(?<![\w.])(?:(?:Reichsfreiherr|Reichsfreiin|Reichsgraf|Reichsgräfin|Freiherr|Freifrau|Freiin|Graf|Gräfin|Baron|Baronin|Baronesse|Fürst|Fürstin|Ritter|Edler"
    rf"|Edle)|Prinz|Prinzessin|Frhr\.?|Frfr\.?)(?: {_OF})?(?!\w)|(?<![\w.])(?:{_OF})$"
)
_SPELT = {"Frhr.": "Freiherr", "Frhr": "Freiherr", "Frfr.": "Freifrau", "Frfr": "Freifrau", "v.": "von"}
_CALLED = re.compile(r"(?:Frau|Herrn|Herr|Hrn(?=\.)|Hr(?=\.)|Fr(?=\.))(?!\w)\.?\s?", re.IGNORECASE)
_AND = re.compile(r"\s(?:und|u\.|sowie)\s|[&+/]", re.IGNORECASE)
_OF_AND = re.compile(r"\b(?:von|auf) und zu\b", re.IGNORECASE)
_SPOKEN_NOBLE = {
    "herr": ("Graf", "Freiherr", "Baron", "Fürst"), "frau": ("Gräfin", "Freifrau", "Freiin", "Baronin", "Fürstin"),
}  # fmt: skip
_PROFESSOR = re.compile(r"\bprof(?:\.|\b|essor(?:in)?\b)", re.IGNORECASE)
_DOCTOR = re.compile(r"\bd?dr(?:\.|\b)|\bdoktor(?:in)?\b", re.IGNORECASE)


_MALE_OFFICES = (
    "Pfarrer", "Bischof", "Landesbischof", "Regionalbischof", "Weihbischof", "Erzbischof", "Superintendent", "Dekan",
    "Propst", "Kaplan", "Diakon", "Rabbiner", "Landesrabbiner", "Oberbürgermeister", "Bürgermeister", "Landrat",
    "Bezirksbürgermeister", "Ortsbürgermeister", "Minister", "Ministerpräsident", "Staatssekretär", "Senator",
    "Botschafter", "Konsul", "Generalkonsul", "Präsident", "Landtagspräsident", "Regierungspräsident", "Dezernent",
)  # fmt: skip
_OTHER_FEMALE = {
    "Bischof": "Bischöfin", "Landesbischof": "Landesbischöfin", "Regionalbischof": "Regionalbischöfin",
    "Propst": "Pröpstin", "Landrat": "Landrätin",
}  # fmt: skip
_FEMALE_OFFICES = tuple(_OTHER_FEMALE.get(office, f"{office}in") for office in _MALE_OFFICES)
_OFFICES = {
    "herr": {"Pfr.": "Pfarrer", "OB": "Oberbürgermeister", **{office: office for office in _MALE_OFFICES}},
    "frau": {
        "Pfr.": "Pfarrerin", "Pfrn.": "Pfarrerin", "Pfr.in": "Pfarrerin", "OB": "Oberbürgermeisterin",
        **{office: office for office in _FEMALE_OFFICES},
    },
}  # fmt: skip
_ORDERS = {
    "herr": {"Pater": "Pater", "P.": "Pater", "Bruder": "Bruder", "Br.": "Bruder", "Frater": "Frater"},
    "frau": {"Schwester": "Schwester", "Sr.": "Schwester", "Äbtissin": "Äbtissin"},
}  # fmt: skip
_DESKS = frozenset({
    "anfrage", "anfragen", "buero", "büro", "email", "empfang", "geschaeftsstelle", "geschäftsstelle", "hallo", "info",
    "infos", "information", "kontakt", "mail", "mailbox", "n.n.", "nn", "noreply", "office", "post", "postfach",
    "poststelle", "presse", "redaktion", "sekretariat", "service", "team", "unbekannt", "verwaltung", "vorstand",
    "vorzimmer", "webmaster", "zentrale",
})  # fmt: skip
"""What stands before the @ of an address that nobody has alone; lists make a first name of it."""


def spoken_office(before: str, salutation: str) -> str:
    """Return the office among the titles that is spoken after „Herr“ or „Frau“, empty without one in their form.

    Offices as in the addresses that the Federal Ministry of the Interior recommends (Ratgeber für Anschriften und
    Anreden); who has left one („a. D.“) is greeted without it.

    >>> spoken_office("Pfr.", "frau"), spoken_office("Bischof Dr.", "herr"), spoken_office("Landrat a. D.", "herr")
    ('Pfarrerin', 'Bischof', '')
    """
    words = before.split()
    left = re.search(r"\ba\. ?D\.", before) is not None
    return "" if left or not words else _OFFICES.get(salutation, {}).get(words[0], "")


def spoken_order(before: str, salutation: str) -> str:
    """Return what members of an order are called instead of „Frau“ or „Herr“.

    >>> spoken_order("Sr.", "frau"), spoken_order("Pater Dr.", "herr"), spoken_order("Sr.", "herr")
    ('Schwester', 'Pater', '')
    """
    words = before.split()
    return _ORDERS.get(salutation, {}).get(words[0], "") if words else ""


def is_desk(first_name: str, last_name: str) -> bool:
    """Say whether a name is none, but the word of an address: „info“ is nobody to be greeted.

    >>> is_desk("info", ""), is_desk("", "Sekretariat"), is_desk("Info", "Muster"), is_desk("Post", "Emil")
    (True, True, False, False)
    """
    only = [one.strip().casefold() for one in (first_name, last_name) if one.strip()]
    return len(only) == 1 and only[0] in _DESKS


@dataclass(frozen=True, slots=True)
class Titles:
    """What stands ``before`` and ``behind`` a name, what begins the last name, and what is spoken: "Prof.", "Dr."."""

    before: str = ""
    behind: str = ""
    noble: str = ""
    spoken: str = ""


def read_titles(text: str) -> Titles:
    """Sort what stands in the column of titles.

    >>> read_titles("Prof. Dr. med.")
    Titles(before='Prof. Dr. med.', behind='', noble='', spoken='Prof.')
    >>> read_titles("Dr., M.A."), read_titles("Dr. Freiherr von").noble, read_titles("Dipl.-Ing. (FH)").spoken
    (Titles(before='Dr.', behind='M.A.', noble='', spoken='Dr.'), 'Freiherr von', '')
    """
    plain = _CALLED.sub("", " ".join(text.split()), count=1) if _CALLED.match(text.strip()) else " ".join(text.split())
    behind = " ".join(found.group(0) for found in _BEHIND.finditer(plain))
    noble = " ".join(found.group(0) for found in _NOBLE.finditer(plain))
    before = re.sub(r"\s*,(?=\s*(?:,|$))", "", _NOBLE.sub("", _BEHIND.sub("", plain)))
    before = " ".join(before.split()).strip(" ,")
    spoken = "Prof." if _PROFESSOR.search(before) else "Dr." if _DOCTOR.search(before) else ""
    return Titles(before, behind, noble, spoken)


def is_noble(last_name: str, salutation: str) -> bool:
    """Say whether a last name begins with a title of nobility that takes the place of „Herr“ or „Frau“ when spoken.

    >>> is_noble("Graf von Moltke", "herr"), is_noble("Graf", "frau"), is_noble("Gräfin Dohna", "herr")
    (True, False, False)
    """
    words = last_name.split()
    return len(words) > 1 and words[0] in _SPOKEN_NOBLE.get(salutation, ())


def spelt_out(last_name: str) -> str:
    """Return a last name as it is spoken: degrees behind it are not, and nobility is not abbreviated.

    >>> spelt_out("Frhr. v. Muster"), spelt_out("Muster, M.A."), spelt_out("Muster, geb. Probe")
    ('Freiherr von Muster', 'Muster', 'Muster, geb. Probe')
    """
    name, comma, rest = last_name.partition(",")
    if comma and rest.strip() and not _BEHIND.sub("", rest).strip(" ,"):
        last_name = name
    *before, end = last_name.split() or [""]
    return " ".join([*(_SPELT.get(word, word) for word in before), end]).strip()


def without_called(first_name: str) -> str:
    """Return a first name without „Frau“ or „Herr“ that somebody typed before it.

    >>> without_called("Herr Olaf"), without_called("Herrmann")
    ('Olaf', 'Herrmann')
    """
    return _CALLED.sub("", first_name, count=1).strip() if _CALLED.match(first_name) else first_name


SEVERAL = frozenset({"Familie", "Eheleute", "Ehepaar", "Geschwister"})
"""Titles that stand for more than one person; they are greeted without „Frau“ and „Herr“."""


def names_several(first_name: str, last_name: str) -> bool:
    """Say whether the names are those of more than one person: then one salutation would leave the other one out.

    >>> names_several("Olaf und Anna", "Muster"), names_several("Karl", "von und zu Muster")
    (True, False)
    """
    return first_name.partition(" ")[0] in SEVERAL or any(
        _AND.search(_OF_AND.sub("", one)) for one in (first_name, last_name)
    )
