"""Who of a guest list gets what on an occasion, by which way, and who does not and why. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from automations.events.calendar import next_sequence
from automations.events.facts import EventFacts, GuestFacts
from automations.events.reminding import is_silent
from automations.mail.address import addresses_in, one_address
from schemas.events.choices import Answer, Channel, EventState, InvitationState
from schemas.events.choices import Place as Seat
from schemas.events.rules.answers import COMING
from schemas.events.rules.outcome import answer_of, came, could_not_come
from schemas.events.tables import Event, Invitation
from schemas.operations.choices import PostKind, PostState

OCCASIONS = (
    PostKind.SAVE_THE_DATE, PostKind.INVITATION, PostKind.REMINDER, PostKind.CHANGE, PostKind.PLACE,
    PostKind.CANCELLATION, PostKind.THANKS, PostKind.MISSED,
)  # fmt: skip

BY_HAND_ENDS = frozenset({
    PostKind.INVITATION, PostKind.REMINDER, PostKind.CHANGE, PostKind.PLACE, PostKind.CANCELLATION, PostKind.THANKS,
    PostKind.MISSED,
})  # fmt: skip
"""Occasions that an invitation remembers, so that letters and calls can be ticked off."""


SETTLED = ("schon-bekommen", "im-postausgang", "hat-geantwortet")
"""Reasons that are none for worry."""


class Why(StrEnum):
    """Why somebody gets nothing on an occasion."""

    BARRED = "nicht-anschreiben"
    NO_MAIL = "ohne-mail"
    BAD_MAIL = "mail-unbrauchbar"
    CAME_BACK = "kam-zurueck"
    NO_STREET = "ohne-anschrift"
    NO_PHONE = "ohne-telefon"
    NO_WAY = "ohne-weg"
    ALREADY = "schon-bekommen"
    ON_ITS_WAY = "im-postausgang"
    STUCK = "haengt-fest"
    ANSWERED = "hat-geantwortet"
    UNDECIDED = "erst-entscheiden"


@dataclass(frozen=True, slots=True)
class Guest:
    """A guest as a sending looks at them: ``mail_known`` says that there is an address, good or not.

    ``undecided``: an answer waits for a person to decide it.
    """

    invitation: Invitation
    facts: GuestFacts
    barred: bool = False
    mail_known: bool = False
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """A guest who gets something, and the key of their mail in the outbox."""

    guest: Guest
    key: str

    @property
    def row(self) -> int:
        """Return the row of the invitation."""
        return self.guest.invitation.id or 0


@dataclass(frozen=True, slots=True)
class Left:
    """A guest who gets nothing, and why."""

    guest: Guest
    why: Why


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes out on an occasion; everybody whom it concerns is in exactly one of the lists."""

    occasion: PostKind
    sequence: int
    mail: tuple[Reached, ...]
    letter: tuple[Reached, ...]
    phone: tuple[Reached, ...]
    left: tuple[Left, ...]

    @property
    def by_channel(self) -> dict[Channel, tuple[Reached, ...]]:
        """Return who gets it by which way."""
        return {Channel.MAIL: self.mail, Channel.LETTER: self.letter, Channel.PHONE: self.phone}

    @property
    def settled(self) -> int:
        """Return how many need nothing (more)."""
        return sum(one.why in SETTLED for one in self.left)

    @property
    def reasons(self) -> dict[Why, int]:
        """Return how many get nothing for which reason."""
        found = Counter(one.why for one in self.left)
        return {why: found[why] for why in Why if found[why]}


def plan(
    occasion: PostKind, event: Event, facts: EventFacts, guests: Iterable[Guest], posts: Mapping[str, PostState]
) -> Plan:
    """Return who gets what; ``posts`` are the mails of the outbox by key. Whom it does not concern is not in it."""
    sequence = next_sequence(event)
    ways: dict[Channel, list[Reached]] = {channel: [] for channel in Channel}
    left: list[Left] = []
    for guest in guests:
        key = key_of(occasion, guest.invitation, sequence)
        heard = place_heard(key, posts) if occasion == PostKind.PLACE else ""
        if not concerns(occasion, event, guest.invitation, sequence, heard):
            continue
        one = Reached(guest, told_last(key, posts) if occasion == PostKind.PLACE else key)
        channel = guest.invitation.channel
        why = _why_not(occasion, facts, guest, posts.get(one.key))
        if why is None and channel in tuple(Channel):
            ways[Channel(channel)].append(one)
        else:
            left.append(Left(guest, why or Why.NO_WAY))
    mail, letter, phone = (tuple(ways[channel]) for channel in (Channel.MAIL, Channel.LETTER, Channel.PHONE))
    return Plan(occasion, sequence, mail, letter, phone, tuple(left))


def missing(occasion: PostKind, event: Event) -> list[str]:
    """Return in German what has to be in the event before anything of this kind can go out."""
    found = []
    if not (event.name or "").strip():
        found.append("der Titel")
    if event.starts_at is None and occasion not in (PostKind.THANKS, PostKind.MISSED):
        found.append("der Beginn")
    if not event.venue and not event.street and occasion in (PostKind.INVITATION, PostKind.REMINDER, PostKind.CHANGE):
        found.append("der Ort")
    reply_to = (event.reply_to or "").strip()
    if reply_to and not all(map(one_address, addresses_in(reply_to) or [reply_to])):
        found.append("eine gültige E-Mail-Adresse bei „Antwort an“")
    return found


def fits(occasion: PostKind, event: Event) -> bool:
    """Say whether this kind of message suits where the event stands: nobody is invited to what is called off."""
    off = event.state == EventState.CALLED_OFF
    return off == (occasion == PostKind.CANCELLATION)


def key_of(occasion: PostKind, invitation: Invitation, sequence: int) -> str:
    """Return the key of a guest's mail: one for ever, of changes one for each, of places one for each that was told.

    It is made of whom the invitation is for, not of its row: somebody deleted and put on the list again has got the
    mail already, and a row id may come back for somebody else.
    """
    who = (invitation.ident or "").removeprefix("einladung:") or f"{invitation.event}:zeile-{invitation.id}"
    more = ""
    if occasion in (PostKind.CHANGE, PostKind.CANCELLATION):
        more = f":{sequence}"
    elif occasion == PostKind.PLACE:
        more = f":{invitation.place}"
    return f"{occasion}:{who}{more}"


def told_last(key: str, posts: Mapping[str, PostState]) -> str:
    """Return the key of a mail about somebody's place: a new one where the last such mail told the other place.

    ``key`` names whom and which place; the second mail to somebody and those after it bear their number, too.

    >>> told = {"platz:1:platz": PostState.SENT, "platz:1:warteliste:2": PostState.SENT}
    >>> told_last("platz:1:platz", told), told_last("platz:1:warteliste", told)
    ('platz:1:platz:3', 'platz:1:warteliste:2')
    """
    place = key.rpartition(":")[2]
    told = _told(key, posts)
    if not told:
        return key
    newest = max(told)
    heard = max((one for one in told if posts[one[2]] != PostState.WITHDRAWN), default=newest)
    for _, which, known in (heard, newest):
        if which == place:
            return known
    return f"{key}:{newest[0] + 1}"


def place_heard(key: str, posts: Mapping[str, PostState]) -> str:
    """Return which place the last mail about it told somebody, empty if there was none.

    >>> place_heard("platz:1:platz", {"platz:1:platz": PostState.SENT, "platz:1:warteliste:2": PostState.SENT})
    'warteliste'
    """
    told = (one for one in _told(key, posts) if posts[one[2]] != PostState.WITHDRAWN)
    return max(told, default=(0, "", ""))[1]


def _told(key: str, posts: Mapping[str, PostState]) -> list[tuple[int, str, str]]:
    """Return the mails about somebody's place: their number, which place they tell, and their key."""
    whom = key.rpartition(":")[0] + ":"
    found = []
    for one in posts:
        if one.startswith(whom):
            place, _, number = one.removeprefix(whom).partition(":")
            found.append((int(number or 1), place, one))
    return found


def concerns(  # noqa: PLR0911 - one line each
    occasion: PostKind, event: Event, row: Invitation, sequence: int, heard: str = ""
) -> bool:
    """Say whether an occasion concerns somebody on the list at all; ``heard`` is the place that they were told last."""
    invited, answer = row.state == InvitationState.INVITED, answer_of(row.answer)
    match occasion:
        case PostKind.SAVE_THE_DATE:
            return row.state == InvitationState.NOTED
        case PostKind.INVITATION:
            return row.state in (InvitationState.NOTED, InvitationState.INVITED)
        case PostKind.REMINDER:
            return is_silent(row)
        case PostKind.CHANGE:
            return invited and not came(row) and answer != Answer.NO and (row.sequence or 0) < sequence
        case PostKind.CANCELLATION:
            return row.invited_at is not None and row.state in (InvitationState.INVITED, InvitationState.CALLED_OFF)
        case PostKind.PLACE:
            other = row.moved_up_at is not None or heard not in ("", Seat.SURE)
            to_tell = row.place == Seat.WAITING or (row.place == Seat.SURE and other)
            return invited and event.capacity is not None and answer in COMING and to_tell
        case PostKind.THANKS:
            return came(row)
        case PostKind.MISSED:
            return could_not_come(row)
    return False


def _why_not(occasion: PostKind, facts: EventFacts, guest: Guest, post: PostState | None) -> Why | None:
    row, told = guest.invitation, guest.facts
    if guest.barred and occasion != PostKind.CANCELLATION:  # who was invited must not stand before a locked door
        return Why.BARRED
    if post is not None and post != PostState.WITHDRAWN:
        return _IN_THE_OUTBOX.get(post, Why.ON_ITS_WAY)
    if _got_it(occasion, row):
        return Why.ALREADY
    if heard := _heard(occasion, guest):
        return heard
    if row.channel == Channel.MAIL:
        if not told.mail:
            return Why.BAD_MAIL if told.unusable_mail else Why.CAME_BACK if guest.mail_known else Why.NO_MAIL
        return Why.CAME_BACK if row.delivery and occasion != PostKind.SAVE_THE_DATE else None
    if row.channel == Channel.LETTER:
        return None if told.addressee.street and told.addressee.city else Why.NO_STREET
    return None if told.phone or row.channel != Channel.PHONE else Why.NO_PHONE


def _heard(occasion: PostKind, guest: Guest) -> Why | None:
    """Return why a guest of whom we have heard is not asked (again)."""
    if occasion == PostKind.INVITATION and answer_of(guest.invitation.answer) != Answer.OPEN:
        return Why.ANSWERED
    return Why.UNDECIDED if occasion == PostKind.REMINDER and guest.undecided else None


_IN_THE_OUTBOX = {PostState.SENT: Why.ALREADY, PostState.FAILED: Why.STUCK}


def _got_it(occasion: PostKind, row: Invitation) -> bool:
    """Say whether the invitation itself tells that this has been done, by mail or by hand."""
    done = {
        PostKind.INVITATION: row.invited_at, PostKind.REMINDER: row.reminded_at, PostKind.THANKS: row.thanked_at,
        PostKind.MISSED: row.thanked_at,
    }  # fmt: skip
    by_hand = row.channel != Channel.MAIL
    if occasion == PostKind.PLACE:  # who answered by phone or letter heard of it then
        return by_hand and row.moved_up_at is None
    return done.get(occasion) is not None or (
        occasion == PostKind.CANCELLATION and by_hand and row.state == InvitationState.CALLED_OFF
    )
