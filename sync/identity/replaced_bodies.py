"""Does one organisation stand where a list named another before: at its address, under its numbers? Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sync.identity.evidence import agreeing, is_apart

if TYPE_CHECKING:
    from sync.identity.organisations import Body

_ENOUGH = 2
"""Ways that agree, none being another, so that people are asked whether the one is the other under a new name."""


def count_ways(ours: Body, theirs: Body) -> tuple[int, int]:
    """Return how many of house, phone, mail, web and register agree, and how many of them and the postcode differ."""
    pairs = (
        (bool(agreeing(ours.phones, theirs.phones)), is_apart(ours.phones, theirs.phones)),
        (bool(ours.mails & theirs.mails), is_apart(ours.mails, theirs.mails)),
        (bool(ours.hosts & theirs.hosts), is_apart(ours.hosts, theirs.hosts)),
        (ours.street.is_at(theirs.street), bool(ours.street.whole and theirs.street.whole)),
        (ours.register.agrees(theirs.register), ours.register.differs(theirs.register)),
    )
    agrees = sum(same for same, _ in pairs)
    differs = sum(apart and not same for same, apart in pairs)
    return agrees, differs + bool(ours.postcode and theirs.postcode and ours.postcode != theirs.postcode)


def is_replaced(ours: Body, theirs: Body) -> bool:
    """Say whether a list dropped one of two bodies and names the other, which is reached in the same ways."""
    if not (_dropped_for(ours, theirs) or _dropped_for(theirs, ours)):
        return False
    agrees, differs = count_ways(ours, theirs)
    return agrees >= _ENOUGH and not differs


def _dropped_for(gone: Body, there: Body) -> bool:
    return not gone.idents and not gone.ever.keys().isdisjoint(there.idents)
