"""Taking answers down from a page: straight into NocoDB with the person's own token, by the one way answers count.

An answer is a row with a key of its own, so that a second try after a lost reply never makes two. What then stands in
the base (the invitation, its answers, and who moved up from the waiting list) is laid over the mirror and shows at
once. Nothing that somebody else wrote meanwhile is overwritten.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from automations.events.links import Links
from automations.events.replies import NewReply, let_count, settle_places, take_down
from automations.events.tokens import open_signer
from schemas.base import BASE
from schemas.errors import NotFound, RowGone
from schemas.events.choices import Answer, ReplyState
from schemas.events.tables import Invitation, Reply
from schemas.model import Value
from streamlit_app.frames import cells
from streamlit_app.signed import refresh
from streamlit_app.writing import TIMEOUT
from sync.mirror import Manifest, load_table, patch_mirror
from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve_tables
from sync.nocodb.store import TableStore
from sync.settings import Settings

TABLES = ("event", "invitation", "reply")

MOST_PATCHES = 40
"""So many rows are laid over the mirror one by one."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one reply that can be taken back: what stood before and what stands now, by column code."""

    reply: int
    before: Mapping[str, Value]
    after: Mapping[str, Value]

    @property
    def back(self) -> Change:
        """Return the change that undoes this one."""
        return Change(self.reply, self.after, self.before)

    def concerned(self, known: int | None) -> list[int]:
        """Return the invitations whose answer may change; ``known`` is the one of the reply."""
        rows = (self.before.get("invitation", known), self.after.get("invitation", known))
        return list(dict.fromkeys(row for row in rows if isinstance(row, int)))


@dataclass(frozen=True, slots=True)
class Taken:
    """What stands after an answer was taken down: the invitation, all its answers, and the one we wrote."""

    invitation: Invitation | None
    replies: tuple[Reply, ...]
    own: Reply | None


@dataclass(frozen=True, slots=True)
class Scribe:
    """Writes answers as one person, named ``by`` in what is written."""

    settings: Settings
    manifest: Manifest
    token: str
    by: str

    def take(self, reply: NewReply, now: dt.datetime) -> Taken:
        """Write one answer of a guest down, and return what then stands.

        Raises:
            Forbidden: the sign-in is void, or the person may not write.
            Busy: the answer is written down and counts a little later.
            Unavailable: NocoDB did not answer; call again with the same reply, it is never written twice.
        """
        stores = self._open()
        found = self._count(stores, take_down(stores, [reply]), now)
        return Taken(*found, own=next((r for r in found[1] if r.ident == reply.key), None))

    def change(self, change: Change, invitation: int | None, now: dt.datetime) -> bool:
        """Change a reply if it still stands as expected; False when somebody was quicker.

        Raises:
            NotFound: the reply is gone. Else what ``take`` raises.
        """
        stores = self._open()
        try:
            done = stores["reply"].swap(change.reply, change.before, change.after).applied
            stands = stores["reply"].get(change.reply)
        except RowGone:
            done, stands = False, None
        self._patch("reply", [stands] if stands else [], now, gone=[] if stands else [change.reply])
        if stands is None:
            raise NotFound("Diese Rückmeldung gibt es nicht mehr.", hint="Bitte laden Sie die Seite neu.")
        self._count(stores, change.concerned(invitation) if done else [stands.invitation or 0], now)
        return done

    def correct(self, row: int, before: Answer | None, after: Answer | None, now: dt.datetime) -> bool:
        """Set a correction of staff, or clear it (None); False when somebody was quicker. Raises what ``take`` does."""
        stores = self._open()
        try:
            done = stores["invitation"].swap(row, {"correction": before}, {"correction": after}).applied
        except RowGone as gone:
            self._patch("invitation", [], now, gone=[row])
            raise NotFound("Diese Einladung gibt es nicht mehr.", hint="Bitte laden Sie die Seite neu.") from gone
        self._count(stores, [row], now)
        return done

    def renew_link(self, row: int, *, void: bool, now: dt.datetime) -> None:
        """Give an invitation its answer link; with ``void`` a new one, and no link from before is good any more.

        Raises:
            LinkBusy: others kept changing it; the old link may still hold. Else what ``take`` raises.
        """
        store = self._open()["invitation"]
        links = Links(store, open_signer(self.settings, self.manifest.base_id))
        if void:
            links.revoke(row)
        else:
            links.token(row)
        self._patch("invitation", store.get_many([row]).values(), now)

    def _count(
        self, stores: Mapping[str, TableStore[Any]], invitations: Iterable[int], now: dt.datetime
    ) -> tuple[Invitation | None, tuple[Reply, ...]]:
        """Let answers count, give the seats anew, and lay what stands then over the mirror; return the last of it."""
        rows = [row for row in invitations if row]
        moved = {event: settle_places(stores, event) for event in let_count(stores, rows, by=self.by, now=lambda: now)}
        told: tuple[Reply, ...] = ()
        for row in rows:
            told = tuple(stores["reply"].pull(where=stores["reply"].condition("invitation", row)))
            self._patch("reply", told, now)
        stands = stores["invitation"].get_many(rows)
        self._patch("invitation", stands.values(), now)
        for event, count in moved.items():
            if count:
                self._patch_moved(stores["invitation"], event, now)
        return stands.get(rows[-1]) if rows else None, told

    def _patch_moved(self, store: TableStore[Invitation], event: int, now: dt.datetime) -> None:
        """Show whose place moved; where many did, a fresh picture is quicker."""
        frame = load_table(self.settings.mirror_dir, self.manifest, "invitation")
        shown = {int(row): cells.text(place) for row, place in zip(frame["id"], frame["place"], strict=True)}
        rows = store.pull(where=store.condition("event", event))
        others = [row for row in rows if shown.get(row.id or 0, "") != (row.place or "")]
        if len(others) > MOST_PATCHES:
            refresh()
            return
        self._patch("invitation", others, now)

    def _patch(self, table: str, rows: Iterable[Any], now: dt.datetime, gone: Iterable[int] = ()) -> None:
        for row in rows:
            patch_mirror(self.settings.mirror_dir, table, row.id, row.encode(), now)
        for row in gone:
            patch_mirror(self.settings.mirror_dir, table, row, None, now)

    def _open(self) -> dict[str, TableStore[Any]]:
        """Read the columns of the three tables anew: between two refreshes staff may have renamed one."""
        client = Client(self.settings.nocodb_url, self.token, user_jwt=True, timeout=TIMEOUT, retries=1)
        real = [meta.read_table(client, self.manifest.tables[code].table_id) for code in TABLES]
        resolved = resolve_tables(BASE, meta.BaseMeta(self.manifest.base_id, BASE.title), real)
        return {code: TableStore(client, resolved, BASE.record(code)) for code in TABLES}


def reading(reply: Reply) -> Change:
    """Return the change by which words beside an answer are read; the answer counts as before."""
    return Change(reply.id or 0, {"state": reply.state}, {"state": ReplyState.COUNTS})


def discarding(reply: Reply) -> Change:
    """Return the change by which an answer does not count any more."""
    return Change(reply.id or 0, {"state": reply.state}, {"state": ReplyState.DISCARDED})


def deciding(reply: Reply, invitation: int, event: int, told: Mapping[str, Value], by: str) -> Change:
    """Return the change by which an answer that a person had to read counts for a guest; ``told`` is what it says."""
    after: dict[str, Value] = {
        "state": ReplyState.COUNTS, "invitation": invitation, "event": event, "recorded_by": by, **told
    }  # fmt: skip
    return Change(reply.id or 0, {code: reply.value(code) for code in after}, after)
