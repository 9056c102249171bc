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
_NOBLE = re.compile(
    r"(?<!\w)(?:Freiherr|Freifrau|Freiin|Graf|Gräfin|Baron|Baronin|Baronesse|Fürst|Fürstin|Prinz|Prinzessin|Ritter"
    r"|Edler|Edle)(?: (?:von|zu|vom|zum|zur)(?: und zu)?(?: der| dem| den)?)?(?!\w)"
)
_SPOKEN_NOBLE = {
    "herr": ("Graf", "Freiherr", "Baron", "Fürst"), "frau": ("Gräfin", "Freifrau", "Freiin", "Baronin", "Fürstin"),
}  # fmt: skip
_PROFESSOR = re.compile(r"\bprof(?:\.|\b|essor(?:in)?\b)", re.IGNORECASE)
_DOCTOR = re.compile(r"\bd?dr(?:\.|\b)|\bdoktor(?:in)?\b", re.IGNORECASE)


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
    plain = " ".join(text.split())
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
    known = {
        "herr": ("Graf", "Freiherr", "Baron", "Fürst"),
        "frau": ("Gräfin", "Freifrau", "Freiin", "Baronin", "Fürstin"),
    }
    return len(words) > 1 and words[0] in known.get(salutation, ())
