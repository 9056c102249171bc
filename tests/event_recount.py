"""The figures of an event counted anew from its raw rows, by the definitions that the handbook publishes.

Nothing here calls the product: cells are compared as they stand in the base. ``event_places`` reads what pages show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

OFF = ("gestrichen", "ausgeladen")


@dataclass(frozen=True)
class Counted:
    """Rows of invitations behind each figure, and people where the handbook counts people."""

    listed: list[int]
    invited: list[int]
    answered: list[int]
    delivered: list[int]
    coming: list[int]
    waiting: list[int]
    silent: list[int]
    noted: list[int]
    there: list[int]
    walk_ins: list[int]
    no_shows: list[int]
    maybe: list[int]
    declined: list[int]
    returned: list[int]
    gone: list[int]
    to_tell: list[int]
    people: Mapping[str, int]


def recount(rows: Iterable[Any], capacity: int | None = None) -> Counted:
    """Count invitations of one event; ``rows`` hold cells by name."""
    there = [r for r in rows if r.checked_in_at is not None]
    came = {r.id for r in there}
    walk_ins = [r for r in there if r.walk_in]
    on = [r for r in rows if (r.state not in OFF and not r.walk_in) or r.id in came]
    asked = [r for r in on if not r.walk_in]
    answer = {r.id: r.answer or "offen" for r in rows}
    yes = [r for r in rows if answer[r.id] in ("zugesagt", "vertretung") and r.state not in OFF]
    coming = [r for r in yes if r.place != "warteliste"]
    waiting = [r for r in yes if r.place == "warteliste" and r.id not in came]
    sent = {r.id for r in asked if r.state == "eingeladen" or (r.invited_at and not r.delivery)}
    replied = {r.id for r in asked if answer[r.id] != "offen"}
    silent = [r for r in asked if r.state == "eingeladen" and answer[r.id] == "offen" and not r.correction
              and r.id not in came]  # fmt: skip
    missing = [r for r in coming if r.id not in came and r.state == "eingeladen"]
    expected = [r for r in coming if r.id not in came]
    chairs = coming + [r for r in there if r not in coming]

    def size(those: Iterable[Any]) -> int:
        return sum(1 + max(r.companions or 0, 0) for r in those)

    inside = sum(max(r.checked_in or 1, 1) for r in there)
    people = {
        "coming": size(coming), "waiting": size(waiting), "there": inside, "expected": size(expected),
        "chairs": size(chairs), "maybe": size(r for r in rows if answer[r.id] == "vorlaeufig" and r.state not in OFF),
    }  # fmt: skip
    if capacity is not None:
        people |= {"free": capacity - size(chairs), "free at the door": capacity - inside - size(expected)}

    def ids(those: Iterable[Any]) -> list[int]:
        return sorted(r.id for r in those)

    return Counted(
        listed=ids(on),
        invited=ids(r for r in asked if r.id in sent | replied | came),
        answered=ids(r for r in asked if r.id in replied | came),
        delivered=ids(r for r in asked if r.invited_at and not r.delivery),
        coming=ids(coming),
        waiting=ids(waiting),
        silent=ids(silent),
        noted=ids(r for r in asked if r.state == "vorgemerkt" and r.id not in sent | replied | came),
        there=ids(there),
        walk_ins=ids(walk_ins),
        no_shows=ids(missing),
        maybe=ids(r for r in rows if answer[r.id] == "vorlaeufig" and r.state not in OFF),
        declined=ids(r for r in rows if answer[r.id] == "abgesagt" and r.state not in OFF),
        returned=ids(r for r in rows if r.delivery and r.state not in OFF),
        gone=ids(r for r in rows if r.state in OFF and r.id not in came),
        to_tell=ids(r for r in coming if r.moved_up_at is not None and r.id not in came),
        people=people,
    )
