"""What people type into public forms, made clean. Pure; nothing is cut off."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def clean(text: str, *, lines: bool) -> str:
    """Take out what no keyboard makes, and spaces around; a text of one line becomes one."""
    told = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return told if lines else " ".join(told.split())
