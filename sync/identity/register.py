"""Numbers in public registers: unique per court only, and typed in many ways. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sync.identity.spelling import one_digit_apart
from sync.normalise import text_key

_NUMBER = re.compile(r"\b(vr|hrb|hra|gnr|pr|gsr)? ?(?:nr )?0*(\d{1,7})\b")
_NO_COURT = {"vr", "hrb", "hra", "gnr", "pr", "gsr", "nr", "ag", "amtsgericht", "registergericht", "vereinsregister",
             "handelsregister", "register", "beim", "des", "am", "bei", "registernummer", "d", "in", "ev"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RegisterNumber:
    """Kind of register (``vr``, ``hrb``, ...; empty if not told), number without zeros, court (empty if not told)."""

    kind: str = ""
    number: str = ""
    court: str = ""

    def agrees(self, other: RegisterNumber) -> bool:
        """Say whether two numbers may be one: same digits, no other kind, no other court."""
        return (
            bool(self.number)
            and self.number == other.number
            and (not self.kind or not other.kind or self.kind == other.kind)
            and (not self.court or not other.court or self.court == other.court)
        )

    def differs(self, other: RegisterNumber) -> bool:
        """Say whether two numbers are surely two: more than a slip apart, or of other courts."""
        if not self.number or not other.number or self.agrees(other):
            return False
        return self.number == other.number or not one_digit_apart(self.number, other.number)


def read_register_number(told: str) -> RegisterNumber:
    """Read a register number.

    >>> read_register_number("VR 00123 (AG Stendal)") == read_register_number("Amtsgericht Stendal, VR123")
    True
    """
    key = re.sub(r"(?<=[a-z])(?=\d)", " ", text_key(told))
    key = re.sub(r"(?<=\d) (?=\d{3}\b)", "", key)
    found = _NUMBER.search(key)
    if found is None:
        return RegisterNumber(number=key.replace(" ", ""))
    kind = found[1] or ("vr" if "vereinsregister" in key else "hrb" if "handelsregister" in key else "")
    court = " ".join(w for w in key.split() if w.isalpha() and w not in _NO_COURT)
    return RegisterNumber(kind, found[2], court)
