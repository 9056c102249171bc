"""Who is let in at the door. Pure.

Several devices write their tries down while the line is cut and send them later, late, twice, in any order. So a guest
keeps a short log of what had an effect (``Guest.log``): a try that stands there is never applied again, one that was
taken back before it arrived stays void. Whoever is inside is inside, whatever was answered: a refusal names the nearest
rule, and a person at the door may let in all the same. What a device decided without a line (``Try.decided``) is a fact
when it arrives: who went in is in, with a remark of what changed meanwhile; who was sent away is not.
``streamlit_app/entrance/files/rules.js`` says the same for a tablet without a line; a test holds both to it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import quote, unquote

from schemas.events.choices import Admission, Answer, InvitationState, Place
from schemas.events.rules.answers import COMING, Cause, is_expected, move
from schemas.time_zone import BERLIN

MOST_AT_ONCE = 50
"""People that one try may let in; a larger number is a slip of the finger."""


class Kind(StrEnum):
    """What a device asks for."""

    ENTER = "einlassen"
    LATER = "nachgekommen"
    BACK = "zuruecknehmen"


class Reason(StrEnum):
    """The rule that decided."""

    EXPECTED = "angemeldet"
    SILENT = "ohne-antwort"
    NOTED = "vorgemerkt"
    WALK_IN = "ohne-einladung"
    FORCED = "trotzdem"
    ALONE = "ohne-verbindung"
    ADDED = "hinzugezaehlt"
    TURNED_AWAY = "vor-ort-abgewiesen"
    LATER = "nachgekommen"
    DONE = "uebertragen"
    ALREADY = "schon-da"
    CALLED_OFF = "ausgeladen"
    DROPPED = "gestrichen"
    SAID_NO = "abgesagt"
    WAITING = "warteliste"
    TOO_MANY = "zu-viele"
    ALL_IN = "alle-da"
    WRONG_MARK = "falscher-code"
    UNKNOWN = "unbekannt"
    BACK = "zurueckgenommen"
    BACK_AGAIN = "schon-zurueckgenommen"
    BACK_EARLY = "zurueckgenommen-zuvor"
    VOID = "hinfaellig"


EXPLAINED: Mapping[Reason, str] = {
    Reason.EXPECTED: "Angemeldet.",
    Reason.SILENT: "Eingeladen, ohne feste Zusage.",
    Reason.NOTED: "Stand auf der Gästeliste, war aber noch nicht eingeladen.",
    Reason.WALK_IN: "Ohne Einladung gekommen.",
    Reason.FORCED: "Trotzdem eingelassen. {rule}",
    Reason.ALONE: "Ohne Verbindung eingelassen. {rule}",
    Reason.ADDED: "Ohne Verbindung eingelassen. War um {since} schon da ({where}), jetzt {inside} da.",
    Reason.TURNED_AWAY: "Ohne Verbindung abgewiesen, nach der Liste auf dem Gerät.",
    Reason.LATER: "{count} nachgekommen, jetzt {inside} da.",
    Reason.DONE: "Eingelassen.",
    Reason.ALREADY: "War um {since} schon da ({where}).",
    Reason.CALLED_OFF: "Wurde ausgeladen.",
    Reason.DROPPED: "Wurde von der Gästeliste gestrichen.",
    Reason.SAID_NO: "Hat abgesagt.",
    Reason.WAITING: "Steht auf der Warteliste, es wurde noch kein Platz frei.",
    Reason.TOO_MANY: "Angemeldet: {expected}, gekommen: {count}.",
    Reason.ALL_IN: "Angemeldet: {expected}, davon schon da: {inside}.",
    Reason.WRONG_MARK: "Dieser Code gilt nicht mehr, für diesen Gast wurde ein neuer ausgestellt. Bitte nach dem Namen suchen.",  # noqa: E501 - one sentence
    Reason.UNKNOWN: "Steht nicht auf der Gästeliste dieser Veranstaltung.",
    Reason.BACK: "Einlass zurückgenommen.",
    Reason.BACK_AGAIN: "War schon nicht mehr eingelassen.",
    Reason.BACK_EARLY: "Zurückgenommen, bevor der Einlass übertragen war; er gilt nicht mehr.",
    Reason.VOID: "Wurde schon zurückgenommen, bevor es übertragen war.",
}
"""What the log and the screen say about each rule."""

MEANWHILE: Mapping[Reason, str] = {
    Reason.CALLED_OFF: "War inzwischen ausgeladen.",
    Reason.DROPPED: "War inzwischen von der Gästeliste gestrichen.",
    Reason.SAID_NO: "Hatte inzwischen abgesagt.",
    Reason.WAITING: "Stand inzwischen auf der Warteliste.",
    Reason.TOO_MANY: "Angemeldet war inzwischen nur noch: {expected}, gekommen: {count}.",
    Reason.ALL_IN: "Angemeldet war inzwischen nur noch: {expected}, jetzt da: {inside}.",
    Reason.WRONG_MARK: "Für diesen Gast war inzwischen ein neuer Code ausgestellt.",
    Reason.UNKNOWN: "Stand inzwischen nicht mehr auf der Gästeliste dieser Veranstaltung.",
}
"""What is remarked of somebody whom a device without a line let in although the rule spoke against it by then."""

BY_HAND = "in NocoDB eingetragen"
IN_PLACE_OF = " In Vertretung: {name}."
PERSON, PEOPLE = "1 Person", "{count} Personen"


@dataclass(frozen=True, slots=True)
class Guest:
    """An invitation as far as the door is concerned; ``since`` (aware UTC) is empty for who is not inside."""

    row: int
    state: InvitationState = InvitationState.INVITED
    answer: Answer = Answer.OPEN
    place: Place | None = None
    companions: int = 0
    mark: str = ""
    since: dt.datetime | None = None
    inside: int = 0
    represented_by: str = ""
    walk_in: bool = False
    log: str = ""

    @property
    def party(self) -> int:
        """Return how many people may come on this invitation."""
        return 1 + max(self.companions, 0)


@dataclass(frozen=True, slots=True)
class Try:
    """One try at the door, known by its nonce; ``mark`` is what a scanned code says (None: found by name).

    ``decided`` is what the device did without a line, None where it waits for the answer.
    """

    nonce: str
    at: dt.datetime
    kind: Kind = Kind.ENTER
    count: int = 1
    device: str = ""
    forced: bool = False
    representative: str = ""
    mark: str | None = None
    takes_back: str = ""
    decided: Admission | None = None

    @property
    def stands(self) -> bool:
        """Say whether people went in already, so that no rule can keep them out any more."""
        return self.forced or self.decided == Admission.ADMITTED


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a try, and why."""

    result: Admission
    reason: Reason
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def why(self) -> str:
        """Return the explanation in German."""
        told = EXPLAINED[self.reason].format(**self.facts)
        name = self.facts.get("representative")
        return told + IN_PLACE_OF.format(name=name) if name else told


_ENTRY = re.compile(r"([A-Za-z0-9_-]{1,40}):([0-9]{1,3}):([a-z]*):([^\s:]*)")
_BACK = re.compile(r"([A-Za-z0-9_-]{1,40}):-([A-Za-z0-9_-]{1,40})")
_STAY = "|"
_FROM = {"v": InvitationState.NOTED, "g": InvitationState.DROPPED, "a": InvitationState.CALLED_OFF}
_REPRESENTED = "r"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one try did: so many people, with flags of what to put back when it is taken back."""

    nonce: str
    count: int
    flags: str
    device: str


@dataclass(frozen=True, slots=True)
class Log:
    """A guest's log as read: what counts for being inside now, every nonce that had an effect, and what is void."""

    active: Mapping[str, Entry]
    entered: frozenset[str]
    backs: frozenset[str]
    void: frozenset[str]


def read_log(text: str) -> Log:
    """Read a log; words that we do not know are left alone.

    >>> log = read_log("| a1:2::Tablet%202 b7:-a1")
    >>> log.active, sorted(log.entered), sorted(log.void)
    ({}, ['a1'], ['a1'])
    """
    stay: dict[str, Entry] = {}
    entered: set[str] = set()
    backs: dict[str, str] = {}
    for word in text.split():
        if word == _STAY:
            stay = {}
        elif found := _ENTRY.fullmatch(word):
            entered.add(found[1])
            stay[found[1]] = Entry(found[1], int(found[2]), found[3], unquote(found[4]))
        elif found := _BACK.fullmatch(word):
            backs[found[1]] = found[2]
    void = frozenset(backs.values())
    active = {nonce: entry for nonce, entry in stay.items() if nonce not in void}
    return Log(active, frozenset(entered), frozenset(backs), void)


def decide(guest: Guest, attempt: Try) -> tuple[Verdict, Guest]:
    """Return what comes of a try, and the guest after it (the same one where it changes nothing).

    >>> noon = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
    >>> told, inside = decide(Guest(1, answer=Answer.YES), Try("a1", noon, device="Tablet 2"))
    >>> decide(inside, Try("b2", noon))[0].why
    'War um 13:00 schon da (Tablet 2).'
    """
    log = read_log(guest.log)
    if attempt.nonce in log.backs:
        return Verdict(Admission.TAKEN_BACK, Reason.BACK), guest
    if attempt.nonce in log.entered:
        return Verdict(Admission.ADMITTED, Reason.DONE), guest
    if attempt.kind == Kind.BACK:
        return _take_back(guest, attempt, log)
    if attempt.nonce in log.void:
        return Verdict(Admission.TAKEN_BACK, Reason.VOID), guest
    verdict, after = _let_in(guest, attempt, log)
    if attempt.decided == Admission.REFUSED and verdict.result == Admission.ADMITTED:
        return Verdict(Admission.REFUSED, Reason.TURNED_AWAY), guest
    return verdict, after


def people(count: int) -> str:
    """Return a number of people in words.

    >>> people(1), people(3)
    ('1 Person', '3 Personen')
    """
    return PERSON if count == 1 else PEOPLE.format(count=count)


@dataclass(frozen=True, slots=True)
class Tally:
    """People: how many are there, how many are still expected, how many chairs are left (None: no limit)."""

    there: int
    expected: int
    free: int | None


def tally(guests: Iterable[Guest], capacity: int | None) -> Tally:
    """Count people at the door; a party that came is counted as it came."""
    there = expected = 0
    for guest in guests:
        if guest.since is not None:
            there += max(guest.inside, 1)
        elif is_expected(guest.state, guest.answer, guest.place):
            expected += guest.party
    return Tally(there, expected, None if capacity is None else capacity - there - expected)


def _let_in(guest: Guest, attempt: Try, log: Log) -> tuple[Verdict, Guest]:
    wrong = attempt.mark is not None and attempt.mark != guest.mark
    if wrong and attempt.decided != Admission.ADMITTED:
        return Verdict(Admission.REFUSED, Reason.WRONG_MARK), guest
    if guest.since is None:
        return _enter(guest, attempt, Verdict(Admission.REFUSED, Reason.WRONG_MARK) if wrong else None)
    if attempt.kind == Kind.LATER:
        return _later(guest, attempt)
    if attempt.decided == Admission.ADMITTED and attempt.count > max(guest.inside, 1):
        return _add(guest, attempt, log)
    return Verdict(Admission.ALREADY, Reason.ALREADY, _since(guest, attempt.at, log)), guest


def _enter(guest: Guest, attempt: Try, wrong: Verdict | None) -> tuple[Verdict, Guest]:
    obstacle = _obstacle(guest, attempt.count) or wrong
    if obstacle and not attempt.stands:
        return obstacle, guest
    state = move(guest.state, Cause.CAME) or guest.state
    flags = next((flag for flag, before in _FROM.items() if before == guest.state and state != before), "")
    name = attempt.representative.strip()
    if name and not guest.represented_by:
        flags += _REPRESENTED
    word = _word(attempt, flags)
    after = replace(
        guest, since=attempt.at, inside=attempt.count, state=state, represented_by=name or guest.represented_by,
        log=f"{guest.log} {_STAY} {word}".strip(),
    )  # fmt: skip
    facts = {"representative": name} if name else {}
    if obstacle:
        return _all_the_same(attempt, obstacle, facts), after
    return Verdict(Admission.ADMITTED, _welcome(guest), facts), after


def _all_the_same(attempt: Try, obstacle: Verdict, facts: Mapping[str, str]) -> Verdict:
    """Say that somebody is in against a rule: on a person's word, or because the rule came too late."""
    if attempt.forced:
        return Verdict(Admission.ADMITTED, Reason.FORCED, {**facts, "rule": obstacle.why})
    rule = MEANWHILE[obstacle.reason].format(**obstacle.facts)
    return Verdict(Admission.ADMITTED, Reason.ALONE, {**facts, "rule": rule})


def _welcome(guest: Guest) -> Reason:
    if guest.walk_in:
        return Reason.WALK_IN
    if guest.state == InvitationState.NOTED:
        return Reason.NOTED
    return Reason.EXPECTED if guest.answer in COMING else Reason.SILENT


def _obstacle(guest: Guest, count: int) -> Verdict | None:
    """Return the nearest rule that speaks against letting somebody in."""
    if guest.state == InvitationState.CALLED_OFF:
        return Verdict(Admission.REFUSED, Reason.CALLED_OFF)
    if guest.state == InvitationState.DROPPED:
        return Verdict(Admission.REFUSED, Reason.DROPPED)
    if guest.answer == Answer.NO:
        return Verdict(Admission.REFUSED, Reason.SAID_NO)
    if guest.place == Place.WAITING and guest.answer in COMING:
        return Verdict(Admission.REFUSED, Reason.WAITING)
    if count > guest.party and not guest.walk_in:
        told = {"expected": people(guest.party), "count": people(count)}
        return Verdict(Admission.REFUSED, Reason.TOO_MANY, told)
    return None


def _later(guest: Guest, attempt: Try) -> tuple[Verdict, Guest]:
    """Let in more people of a party that is there; beyond those announced only on an explicit word."""
    inside = max(guest.inside, 1)
    facts = {"count": people(attempt.count), "inside": people(inside + attempt.count)}
    crowded = inside + attempt.count > guest.party
    if crowded and not attempt.stands:
        told = {"expected": people(guest.party), "inside": people(inside)}
        return Verdict(Admission.REFUSED, Reason.ALL_IN, told), guest
    after = replace(guest, inside=inside + attempt.count, log=f"{guest.log} {_word(attempt, '')}".strip())
    if crowded and not attempt.forced:
        told = {"expected": people(guest.party), "inside": facts["inside"]}
        return _all_the_same(attempt, Verdict(Admission.REFUSED, Reason.ALL_IN, told), {}), after
    return Verdict(Admission.ADMITTED, Reason.LATER, facts), after


def _add(guest: Guest, attempt: Try, log: Log) -> tuple[Verdict, Guest]:
    """Count the people of a larger party that a device without a line let in beside those who were there by then.

    At least as many are inside as one device let in at once; who of them another device saw before nobody knows.
    """
    more = replace(attempt, count=attempt.count - max(guest.inside, 1))
    after = replace(guest, inside=attempt.count, log=f"{guest.log} {_word(more, '')}".strip())
    told = {**_since(guest, attempt.at, log), "inside": people(attempt.count)}
    return Verdict(Admission.ADMITTED, Reason.ADDED, told), after


def _take_back(guest: Guest, attempt: Try, log: Log) -> tuple[Verdict, Guest]:
    """Undo one try; one that has not arrived yet is void when it does."""
    undone = attempt.takes_back
    entry = log.active.get(undone)
    if undone in log.void or (entry is None and undone in log.entered):
        return Verdict(Admission.TAKEN_BACK, Reason.BACK_AGAIN), guest
    noted = replace(guest, log=f"{guest.log} {attempt.nonce}:-{undone}".strip())
    if entry is None:
        return Verdict(Admission.TAKEN_BACK, Reason.BACK_EARLY), noted
    told = Verdict(Admission.TAKEN_BACK, Reason.BACK)
    if guest.since is not None and len(log.active) > 1:
        return told, replace(noted, inside=max(guest.inside - entry.count, 1))
    before = next((state for flag, state in _FROM.items() if flag in entry.flags), guest.state)
    return told, replace(
        noted, since=None, inside=0, state=InvitationState.DROPPED if guest.walk_in else before,
        represented_by="" if _REPRESENTED in entry.flags else guest.represented_by,
    )  # fmt: skip


def _since(guest: Guest, at: dt.datetime, log: Log) -> dict[str, str]:
    """Say since when somebody is there, and which device let them in."""
    since = (guest.since or at).astimezone(BERLIN)
    same = since.date() == at.astimezone(BERLIN).date()
    device = next((entry.device for entry in log.active.values()), "")
    return {"since": since.strftime("%H:%M" if same else "%d.%m.%Y, %H:%M"), "where": device or BY_HAND}


def _word(attempt: Try, flags: str) -> str:
    device = quote(attempt.device.strip(), safe="!'()*")  # as encodeURIComponent of a browser does
    return f"{attempt.nonce}:{attempt.count}:{flags}:{device}"
