"""What a calendar message is: an answer, or what only whoever invites sends, and the words beside it. Pure."""

from __future__ import annotations

from automations.events.incoming.carried import Carried
from automations.events.incoming.invited import Book, Invited, shown
from automations.events.incoming.itip import CalendarAnswer, Method
from automations.events.incoming.own_words import comment_in, without_links
from schemas.events.choices import Answer, EventState, InvitationState

ROOM = 5_000
"""Characters of a comment that are kept."""

ANSWERS = {"ACCEPTED": Answer.YES, "TENTATIVE": Answer.MAYBE, "DECLINED": Answer.NO, "DELEGATED": Answer.REPRESENTED}
OURS = {Method.REQUEST, Method.CANCEL, Method.PUBLISH, Method.ADD, Method.DECLINE_COUNTER}
"""What only whoever invites sends; coming back to us it is our own."""


def says_nothing(answer: CalendarAnswer) -> bool:
    """Say whether a calendar is no message and holds no answer: the invitation itself, saved and sent along."""
    return answer.method in (Method.NONE, Method.UNCLEAR) and not any(a.status in ANSWERS for a in answer.attendees)


def speaks(answer: CalendarAnswer, mail: Carried, book: Book, invited: Invited | None) -> bool:
    """Say whether a guest says something by what only whoever invites should send, instead of an answer.

    Some calendars take an invitation for a date of their holder: they send a change with the answer in it, a date with
    themselves as organiser, or a cancellation. What just comes back from a guest is as we sent it.
    """
    if invited is None or not mail.sender or book.is_ours(mail.sender) or answer.method == Method.DECLINE_COUNTER:
        return False
    if answer.method == Method.CANCEL:
        off = invited.event.state == EventState.CALLED_OFF
        return not off and invited.invitation.state not in (InvitationState.CALLED_OFF, InvitationState.DROPPED)
    foreign = bool(answer.organizer) and not book.is_ours(answer.organizer)
    return foreign or any(one.status in ANSWERS and not book.is_ours(one.address) for one in answer.attendees)


def hands_over(answer: CalendarAnswer) -> bool:
    """Say whether a guest sends a copy of the invitation that was passed on to somebody (RFC 5546, 3.2.2.3)."""
    return answer.method == Method.REQUEST and any(one.status == "DELEGATED" for one in answer.attendees)


def comment_of(answer: CalendarAnswer, mail: Carried) -> str:
    """Return what a guest wrote beside an answer: in the calendar, in Google's way, or in the mail around it."""
    told = [answer.comment, *(one.comment for one in answer.attendees), comment_in(mail.text, answer.summary)]
    return "\n".join(dict.fromkeys(filter(None, told)))


def told_beside(answer: CalendarAnswer, mail: Carried) -> str:
    """Return what a person reads beside an answer: the comment, and another time that was proposed."""
    told = [comment_of(answer, mail)]
    if answer.method == Method.COUNTER and answer.start is not None:
        told.append(f"Vorgeschlagen: {shown(answer.start)}" + (f" bis {shown(answer.end)}" if answer.end else ""))
    return without_links("\n".join(filter(None, told)))[:ROOM]
