"""What sending a mail means for the invitation it is about: its answer link goes in, and it counts as invited.

The stored text holds a stand-in for the link, because everybody who may read the base reads the outbox. What follows
from a sent mail is written before the mail counts as sent, by conditions that hold once: a run that is killed between
the two comes here again and changes nothing more.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from automations.events.calendar import escaped, sequence_of
from automations.events.links import Links, open_links
from automations.events.reminding import is_silent
from automations.events.replies import undecided_invitations
from automations.events.tokens import answer_url
from automations.outbox import batches
from schemas.errors import RowGone
from schemas.events.choices import InvitationState, Place
from schemas.events.rules.answers import Cause, move
from schemas.events.rules.outcome import state_of
from schemas.events.tables import Invitation, Reply
from schemas.model import Value
from schemas.operations.choices import PostKind
from schemas.operations.tables import Post
from sync.connection import Connection
from sync.nocodb.store import TableStore
from sync.outgoing import to_public
from sync.settings import Settings

log = logging.getLogger(__name__)

STAND_IN = "https://antwort-link.invalid/"
"""Stands in stored texts where the guest's own link will be; this domain exists nowhere (RFC 2606)."""

GONE = "Die Einladung gibt es nicht mehr."
NO_LINK = "Der Antwort-Link führte ins Leere: Es fehlt eine Adresse, die Gäste öffnen können. Bitte neu senden."
OFF_THE_LIST = "Der Gast wurde inzwischen von der Liste genommen."
NOT_SILENT = "Der Gast hat inzwischen geantwortet."
OTHER_PLACE = "Der Platz des Gastes ist inzwischen ein anderer."
UNDECIDED = "Eine Rückmeldung des Gastes ist noch zu entscheiden."

CALENDARS = frozenset({PostKind.INVITATION, PostKind.REMINDER, PostKind.CHANGE, PostKind.CANCELLATION})
"""What comes with a calendar."""

OFF = (InvitationState.DROPPED, InvitationState.CALLED_OFF)
TRIES = 4
"""So often invitations are looked at anew when somebody else writes into them at the same moment."""

_ABOUT = re.compile(r"invitation:([1-9][0-9]*)")


def stand_in(settings: Settings) -> str:
    """Return what stored texts hold for the guest's own link, empty where no link may go out."""
    return STAND_IN if to_public(settings).address else ""


def about(invitation: int) -> str:
    """Return what a post about this invitation bears."""
    return f"invitation:{invitation}"


def invitation_of(post: Post) -> int | None:
    """Return the invitation that a post is about."""
    found = _ABOUT.fullmatch(post.about or "")
    return int(found[1]) if found else None


def place_told(post: Post) -> Place | None:
    """Return which place a mail about somebody's place tells, by its key (``sending_plan.key_of``)."""
    words = (post.ident or "").split(":")[-2:]  # the second such mail to somebody has a number behind the place
    return next((Place(word) for word in words if word in tuple(Place)), None)


def open_concerns(settings: Settings, opened: Connection) -> InvitationConcerns:
    """Return what mails of this base are about."""
    return InvitationConcerns(
        settings, TableStore(opened.client, opened.base, Invitation), open_links(settings, opened),
        TableStore(opened.client, opened.base, Reply),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class InvitationConcerns:
    """The invitations that mails are about; mails about nothing pass as they are."""

    settings: Settings
    store: TableStore[Invitation]
    links: Links
    replies: TableStore[Reply]
    _seen: dict[int, Invitation] = field(default_factory=dict, repr=False)

    def ready(self, posts: Sequence[Post]) -> tuple[list[Post], dict[int, str]]:
        """Fill in each guest's own link; hold back what is about somebody who is off the list meanwhile."""
        self._seen.update(self.store.get_many([row for post in posts if (row := invitation_of(post)) is not None]))
        reminds = any(post.kind == PostKind.REMINDER for post in posts)
        undecided = undecided_invitations(self.replies) if reminds else frozenset()
        found: list[Post] = []
        withheld: dict[int, str] = {}
        for post in posts:
            row = invitation_of(post)
            try:
                found.append(post if row is None else self._filled(post, row, undecided))
            except _OffTheList as why:
                withheld[post.id or 0] = str(why)
            except RowGone:
                withheld[post.id or 0] = GONE
        return found, withheld

    def note_sent(self, posts: Sequence[Post], moment: dt.datetime) -> None:
        """Let invitations know what their guests have got."""
        kinds: dict[tuple[PostKind, int | None], list[int]] = defaultdict(list)
        for post in posts:
            row = invitation_of(post)
            if place_told(post) == Place.WAITING and post.kind == PostKind.PLACE:
                continue  # nothing in an invitation says that its guest knows to wait
            if row is not None and post.kind in tuple(PostKind):
                kinds[PostKind(post.kind), sequence_of(post.calendar or "")].append(row)
        for (kind, sequence), rows in kinds.items():
            seen = {row: self._seen.pop(row) for row in rows if row in self._seen}
            note_told(self.store, rows, kind, moment, sequence=sequence, seen=seen)

    def _filled(self, post: Post, row: int, undecided: Collection[int]) -> Post:
        invitation = self._seen.get(row)
        if invitation is None:
            raise _OffTheList(GONE)
        if invitation.state in OFF and post.kind not in (PostKind.CANCELLATION, PostKind.TEST):
            raise _OffTheList(OFF_THE_LIST)
        if post.kind == PostKind.REMINDER and not is_silent(invitation):
            raise _OffTheList(NOT_SILENT)
        if post.kind == PostKind.REMINDER and row in undecided:
            raise _OffTheList(UNDECIDED)
        if post.kind == PostKind.PLACE and place_told(post) not in (None, invitation.place):
            raise _OffTheList(OTHER_PLACE)
        texts = (post.text or "", post.html or "", post.calendar or "")
        if not any(STAND_IN in text for text in texts):
            return post
        mark = invitation.mark
        link = answer_url(self.settings, self.links.signer.token(row, mark) if mark else self.links.token(row))
        if not link:
            raise _OffTheList(NO_LINK)
        text, html, calendar = texts
        return replace(
            post, text=text.replace(STAND_IN, link), html=html.replace(STAND_IN, link) or None,
            calendar=calendar.replace(STAND_IN, escaped(link)) or None,
        )  # fmt: skip


class _OffTheList(Exception):
    """A guest gets no mail (of this kind) any more, or not as it is."""


def note_told(
    store: TableStore[Invitation],
    rows: Sequence[int],
    kind: PostKind,
    moment: dt.datetime,
    *,
    sequence: int | None = None,
    seen: Mapping[int, Invitation] | None = None,
) -> None:
    """Write into invitations that their guests were told something; again, it changes nothing more.

    ``seen`` spares the first look: where it is out of date nothing is written, and the row is looked at anew.
    """
    for part in batches(rows):
        left = list(part)
        there = {row: seen[row] for row in left if row in seen} if seen else {}
        for _ in range(TRIES):
            there |= store.get_many([row for row in left if row not in there])
            left = _note(store, [there[row] for row in left if row in there], kind, moment, sequence)
            if not left:
                break
            there = {}
        if left:
            log.warning("invitations kept changing rows=%s kind=%s", left, kind)


def told(invitation: Invitation, kind: PostKind, moment: dt.datetime, sequence: int | None = None) -> dict[str, Value]:
    """Return what an invitation shows when its guest has been told: only what is not there already."""
    state = state_of(invitation)
    changes: dict[str, Value] = {}
    if kind == PostKind.INVITATION:
        changes = {"state": move(state, Cause.SENT), "invited_at": moment}
    elif kind == PostKind.CANCELLATION:
        changes = {"state": move(state, Cause.CALLED_OFF)}
    elif kind == PostKind.REMINDER:
        changes = {"reminded_at": moment}
    elif kind in (PostKind.THANKS, PostKind.MISSED):
        changes = {"thanked_at": moment}
    if sequence is not None and (invitation.sequence is None or invitation.sequence < sequence):
        changes["sequence"] = sequence
    known: dict[str, Value] = {}
    if kind == PostKind.PLACE and invitation.moved_up_at is not None and invitation.moved_up_at <= moment:
        known = {"moved_up_at": None}  # who moved up later has not heard of it
    return known | {
        code: value for code, value in changes.items()
        if value is not None and value != invitation.value(code)
        and (not code.endswith("_at") or invitation.value(code) is None)
    }  # fmt: skip


def is_outdated(kind: PostKind, then: Invitation, now: Invitation) -> bool:
    """Say whether what a letter or call tells is true no more: the place is another, or was lost and given again."""
    if kind != PostKind.PLACE:
        return False
    other_turn = now.moved_up_at is not None and now.moved_up_at != then.moved_up_at
    return now.place != then.place or other_turn


def _note(
    store: TableStore[Invitation], rows: Sequence[Invitation], kind: PostKind, moment: dt.datetime, sequence: int | None
) -> list[int]:
    """Write what is to be written into rows that look alike with one update each, and return those that got away."""
    alike: dict[tuple[tuple[str, Value, Value], ...], list[int]] = defaultdict(list)
    for row in rows:
        changes = told(row, kind, moment, sequence)
        if changes and row.id is not None:
            alike[tuple((code, row.value(code), value) for code, value in changes.items())].append(row.id)
    left: list[int] = []
    for cells, those in alike.items():
        before = {code: old for code, old, _ in cells}
        done = set(store.swap_many(those, before, {code: new for code, _, new in cells}))
        left += [row for row in those if row not in done]
    return left
