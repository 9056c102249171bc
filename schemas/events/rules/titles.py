"""Academic titles as people type them: what stands before the name, what behind it, and what is spoken. Pure.

DIN 5008 (as cited in sekada.de „Anrede und Anschriften“): doctor and professor before the name, B.A. and M.A. behind
it and not spoken; of several titles only the highest is spoken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BEHIND = re.compile(
    r"(?<![\w.])(?:B\.? ?A\.?|M\.? ?A\.?|B\. ?Sc\.?|M\. ?Sc\.?|BSc|MSc|B\. ?Eng\.?|M\. ?Eng\.?|B\. ?Ed\.?|M\. ?Ed\.?"
    r"|LL\. ?[BM]\.?|MBA|MPA|MPH|M\. ?P\. ?A\.?|Ph\. ?D\.?|PhD|Md[BLE][BP]?|Bachelor[\w .]*|Master[\w .]*"
    r"|\([^()]+\)|i\. ?R\.|a\. ?D\.)(?!\w)"
)
_PROFESSOR = re.compile(r"\b(?:Prof\.?|Professor(?:in)?)(?![\w])", re.IGNORECASE)
_DOCTOR = re.compile(r"\b(?:Dr\.?|Doktor(?:in)?|DDr\.?)(?![\w])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Titles:
    """What stands ``before`` and ``behind`` a name in the address, and the one that is ``spoken`` ("Prof.", "Dr.")."""

    before: str
    behind: str
    spoken: str


def read_titles(text: str) -> Titles:
    """Sort what stands in the column of titles.

    >>> read_titles("Prof. Dr. med.")
    Titles(before='Prof. Dr. med.', behind='', spoken='Prof.')
    >>> read_titles("Dr., M.A."), read_titles("Dipl.-Ing.").spoken
    (Titles(before='Dr.', behind='M.A.', spoken='Dr.'), '')
    """
    plain = " ".join(text.split())
    behind = [found.group(0).strip() for found in _BEHIND.finditer(plain)]
    before = re.sub(r"\s*,\s*(?=,|$)|^\s*,\s*", "", _BEHIND.sub("", plain))
    before = " ".join(before.replace(" ,", ",").split()).strip(", ")
    spoken = "Prof." if _PROFESSOR.search(before) else "Dr." if _DOCTOR.search(before) else ""
    return Titles(before, ", ".join(behind), spoken)
