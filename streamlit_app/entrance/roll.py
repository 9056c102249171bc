"""The guest list as tablets see it: little of each guest, and of a list that they have only what changed since.

All tablets of an event share one reading of NocoDB every few seconds; while it is away the mirror answers.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from automations.events.check_in import as_guest
from schemas.events.choices import InvitationState
from schemas.events.rules.deputies import deputy_at_door, without_contact
from schemas.events.tables import Invitation
from sync.time_limit import held

FRESH = 2.5
"""Seconds that a reading of the base serves everybody."""

COLUMNS = (
    "name", "event", "organisation", "guest_group", "state", "answer", "place", "companions", "companion_names",
    "represented_by", "checked_in_at", "checked_in", "walk_in", "door_log", "mark", "ident",
)  # fmt: skip
"""What is read of an invitation: no address, no note, nothing about food."""

Seen = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Names:
    """Names by row id of what an invitation points at."""

    organisations: Mapping[int, str]
    groups: Mapping[int, str]


def seen(row: Invitation, names: Names) -> Seen:
    """Return a guest as a tablet keeps it; times as seconds since 1970."""
    guest = as_guest(row)
    return {
        "id": guest.row, "name": row.name or "", "org": names.organisations.get(row.organisation or 0, ""),
        "group": names.groups.get(row.guest_group or 0, ""), "state": guest.state, "answer": guest.answer,
        "place": guest.place or "", "companions": guest.companions, "mark": guest.mark,
        "since": int(guest.since.timestamp()) if guest.since else None, "inside": guest.inside,
        "represented_by": deputy_at_door(guest.represented_by), "with": without_contact(row.companion_names or ""),
        "walk_in": guest.walk_in, "log": guest.log,
        "of": (row.ident or "").rpartition(":einlass:")[2] if guest.walk_in else "",
    }  # fmt: skip


@dataclass
class Roll:
    """One event's list with a number for every change; ``read`` may raise, then the last list stays."""

    begun: int
    version: int
    rows: dict[int, tuple[int, Seen]] = field(default_factory=dict)
    gone: dict[int, int] = field(default_factory=dict)
    read_at: float = -1e9
    live: bool = True
    lock: threading.Lock = field(default_factory=threading.Lock)
    reading: threading.Lock = field(default_factory=threading.Lock)
    sending: threading.Lock = field(default_factory=threading.Lock)

    def bring_up(self, read: Callable[[], tuple[Iterable[Seen], bool]], clock: Callable[[], float]) -> None:
        """Read anew when the last reading is older than ``FRESH``; who comes meanwhile waits for it, but nobody who
        sends does. Raises TimeoutError when it took too long.
        """
        with held(self.reading):
            if clock() - self.read_at < FRESH:
                return
            rows, live = read()
            with self.lock:
                self.live, self.read_at = live, clock()
                self._take(rows)

    def note(self, rows: Iterable[Seen]) -> None:
        """Take in rows that we have just written."""
        with self.lock:
            for row in rows:
                self._put(row)

    def since(self, version: int) -> tuple[list[Seen], list[int]]:
        """Return the rows that changed after a version, and those that are gone; all rows for a version not ours."""
        with self.lock:
            changed = [row for number, row in self.rows.values() if number > version]
            return changed, [row for row, number in self.gone.items() if number > version]

    def _take(self, rows: Iterable[Seen]) -> None:
        here = {int(str(row["id"])): row for row in rows}
        for row in here.values():
            self._put(row)
        for row_id in [row_id for row_id in self.rows if row_id not in here]:
            del self.rows[row_id]
            self.version += 1
            self.gone[row_id] = self.version

    def _put(self, row: Seen) -> None:
        row_id = int(str(row["id"]))
        known = self.rows.get(row_id)
        if known is None or known[1] != row:
            self.version += 1
            self.rows[row_id] = self.version, row
            self.gone.pop(row_id, None)


class Rolls:
    """The lists of all events of this process. Versions begin with the time, so that a restart never repeats one."""

    def __init__(self) -> None:
        self._rolls: dict[int, Roll] = {}
        self._lock = threading.Lock()

    def of(self, event: int) -> Roll:
        """Return the list of an event."""
        with self._lock:
            if event not in self._rolls:
                begun = int(time.time() * 1000)
                self._rolls[event] = Roll(begun, begun)
            return self._rolls[event]


def on_list(row: Invitation) -> bool:
    """Say whether a tablet needs to know somebody; a walk-in that was taken back is nobody."""
    return not (row.walk_in and row.state == InvitationState.DROPPED and row.checked_in_at is None)
