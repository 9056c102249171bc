"""The histories that `bench/identity.py` plays, by what they are about, and what plays and judges them."""

from __future__ import annotations

from identity_histories import (
    cards,
    decisions,
    exports,
    functions,
    idents,
    mails,
    names,
    organisations,
    shared_mails,
    successors,
)
from identity_histories.model import History
from identity_histories.own import require_own

_MODULES = (successors, names, mails, shared_mails, cards, idents, organisations, functions, exports, decisions)

HISTORIES: tuple[History, ...] = tuple(history for module in _MODULES for history in module.HISTORIES)

require_own(HISTORIES)
