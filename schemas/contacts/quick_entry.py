"""Understand a contact typed in one line, such as "gestern Telefonat mit Frau Beispiel wegen der Messe". Pure.

Nothing of a line is lost: what is no day, no kind of contact, no name and no promise becomes the subject. What is not
said stays open, and the caller asks.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.contacts.choices import InteractionKind
from schemas.contacts.told_days import ToldDay, find_day_ahead, find_day_behind, find_deadline
from schemas.contacts.told_kinds import find_kind_within, find_kinds
from schemas.contacts.told_names import Knows, Name, find_names, read_names
from schemas.contacts.told_words import either_umlaut, ends_no_sentence, part

LONGEST = 500
"""Characters of a line that are read."""

_BETWEEN = re.compile(
    r"\s*[;,()]\s*|:\s+|:$|\s[-–—]\s|\s?(?:[-=]>|→)\s?|(?<=\w{3})[.!?](?=\s+[A-ZÄÖÜ])|(?<=\w{3})[.!?]+$"
)
"""Between two clauses; a full stop only behind three letters and before a capital ("Dr. Beispiel" is no end)."""

_DATE_AT_BEGINNING = re.compile(r"(?:den\s)?\d{1,2}\.", re.I)

_LAST_FIRST = re.compile(r"(?<![\w-])([A-ZÄÖÜ][\w-]{1,40}),\s([A-ZÄÖÜ][\w-]{1,40})(?![\w-])(?!\s[A-ZÄÖÜ])")
_SALUTATION_AT_END = re.compile(r"(?:^|[^\w\s]|\b[a-zäöüß]+|\b(?:Frau|Herrn?|[FH]r)\.?)\s*\Z")
"""Not behind a first name: "Ada Beispiel, Bernd" are two."""


_SUBJECT = re.compile(
    either_umlaut(
        r"(?<!\w)(?:wegen|wg\.?|über|ü\.|betreffend|betreffs|bezüglich|bzgl\.?|betr\.|hinsichtlich|in\ssachen|i\.\s?s\.|"
        r"zum\sthema|thema|zum|zur|zu)\s"
    ),
    re.I,
)
_EMPTY_WORDS = frozenset({
    "ich", "wir", "uns", "mich", "mir", "hab", "hat", "habe", "haben", "hatte", "hatten", "war", "ein", "eine",
    "einen", "einem", "einer", "kurz", "kurzes", "kurze", "kurzer", "kurzen",
})  # fmt: skip
_FINITE = frozenset({
    "ist", "sind", "war", "waren", "hat", "habe", "haben", "hatte", "hatten", "will", "wollen", "wollte", "kann",
    "können", "soll", "sollen", "sollte", "wird", "werden", "wurde", "möchte", "möchten", "kommt", "kommen", "sagt",
    "bittet", "braucht",
})  # fmt: skip
_NO_INFINITIVE = frozenset({
    "morgen", "gegen", "neben", "wegen", "oben", "unten", "haben", "waren", "werden", "wollen", "sollen", "können",
    "wurden",
})  # fmt: skip
_NO_PARTICIPLE = frozenset({"genehmigen", "gestalten", "gewinnen", "gewähren", "gefallen", "gelten"})
_LABELS = frozenset({
    "nächster schritt", "nächste schritte", "todo", "to do", "to-do", "aufgabe", "offen", "frist", "wv",
    "wiedervorlage",
})  # fmt: skip
"""What is said behind one of these is still to be done."""

_LABEL_BEFORE = re.compile(r"(?:to-?\s?do|aufgabe)\s+", re.I)
_ONCE_MORE = frozenset({"nochmal", "nochmals", "wieder", "erneut"})
_TO_CALL_BACK = frozenset({"rr", "rückruf", "nachfrage", "nachfassen", "wiedervorlage", "wv", "erinnerung"})
_PARTICIPLES = frozenset({
    "besprochen", "erhalten", "bekommen", "verstanden", "entschieden", "hinterlassen", "übernommen", "vergessen",
    "verloren", "beschlossen", "versprochen", "verschoben", "begonnen",
})  # fmt: skip
_INFINITIVE = re.compile(r"[a-zäöüß]+(?:en|ern|eln)")
_PARTICIPLE = re.compile(r"(?:[a-zäöüß]{2,6})?ge[a-zäöüß]{3,}en")
"""Not "geben" and "gehen"."""

_LEADING = re.compile(r"^(?:(?:und|dann|also|bitte)\s+)+", re.I)
_TRAILING = re.compile(r"(?:\s+(?:und|dann|sowie))+$", re.I)
_LASTING = re.compile(
    r"\b(?:krank|urlaub|geschlossen|geöffnet|offen|verreist|abwesend|kur|gehört|gemeldet|sprechzeit\w*|"
    r"öffnungszeit\w*|nichts)\b",
    re.I,
)
"""Beside "bis" and a day: this tells how long something lasts."""

_DAY_AT_END = re.compile(
    r"(?:\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so)\.?|\d\.)\s*$",
    re.I,
)
"""Before "bis": from one day to another."""

_NOT_BEFORE_DUE = re.compile(
    r"(?:\b(?:vo[mn]|für|zum?|zur|nach|seit|ab|jede[nrms]?|dem|den|der|in\sder\swoche)|bis)\s*$", re.IGNORECASE
)
_SINCE = re.compile(r"\b(?:ab|bis|seit|nach|für)\s*$", re.I)
_STILL_AHEAD = frozenset({
    "vereinbart", "geplant", "verabredet", "verschoben", "ausgemacht", "kommt", "kommen", "ruft", "rufen", "meldet",
    "bringt", "schickt", "trifft",
})  # fmt: skip
"""With one of these a weekday or a date may as well lie ahead: it stays in the text."""

_RECENT = dt.timedelta(days=60)
"""A date behind a contact is its day only if it is as recent: "15.1." told in November is the next one."""

_AGO = re.compile(r"gestern|vorgestern|vor\s", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line says; None or empty where it says nothing. ``who`` are the names as typed, the first one first."""

    day: dt.date | None = None
    kind: InteractionKind | None = None
    who: tuple[Name, ...] = ()
    about: str = ""
    step: str = ""
    step_due: dt.date | None = None


def read_line(line: str, today: dt.date, knows: Knows | None = None) -> Reading:
    """Return what a line says about one contact; ``knows`` tells whether some contact bears a name.

    >>> read_line("gestern Telefonat mit Frau Beispiel wegen der Messe", dt.date(2026, 11, 24))
    Reading(day=datetime.date(2026, 11, 23), kind=<InteractionKind.CALL: 'anruf'>, \
who=(Name(text='Beispiel', salutation=<Salutation.MS: 'frau'>),), about='der Messe', step='', step_due=None)
    """
    read = _Line(today, knows)
    line = part(" ".join(line[: 2 * LONGEST].split())[:LONGEST])
    for clause in _clauses(_first_name_first(line, knows) if knows else line):
        read.take(clause)
    return read.told()


def _first_name_first(line: str, knows: Knows) -> str:
    """Return a line with the known names of persons that are told as "Beispiel, Ada" as "Ada Beispiel"."""

    def turned(told: re.Match[str]) -> str:
        last, first = told[1], told[2]
        whole = _SALUTATION_AT_END.search(line[max(0, told.start() - 40) : told.start()]) is not None
        known = whole and knows(f"{first} {last}") and not knows(last) and not knows(first)
        return f"{first} {last}" if known else told[0]

    return _LAST_FIRST.sub(turned, line)


def _clauses(line: str) -> Iterator[str]:
    """Yield the clauses of a line; a comma within "12,50" or "Freitag, 4.12." parts nothing."""
    begin = 0
    for sign in _BETWEEN.finditer(line):
        before, behind = line[: sign.start()], line[sign.end() :]
        within = sign[0] == "," and before[-1:].isdigit() and behind[:1].isdigit()
        shortened = sign[0].startswith(".") and ends_no_sentence(before)
        if (
            within
            or shortened
            or (sign[0].strip() == "," and _DAY_AT_END.search(before) and _DATE_AT_BEGINNING.match(behind))
        ):
            continue
        if clause := line[begin : sign.start()].strip():
            yield clause
        begin = sign.end()
    if clause := line[begin:].strip():
        yield clause


class _Line:
    """What the clauses taken so far say."""

    def __init__(self, today: dt.date, knows: Knows | None) -> None:
        self._today = today
        self._knows = knows
        self._day: dt.date | None = None
        self._kind: InteractionKind | None = None
        self._who: list[Name] = []
        self._about: list[str] = []
        self._step = ""
        self._due: dt.date | None = None
        self._label = ""
        self._to_be_done: tuple[str, ...] = ()

    def told(self) -> Reading:
        if not self._who and self._about:
            names, rest = find_names(self._about[0], self._knows)
            if names and not rest:
                self._who = names
                del self._about[0]
        for piece in self._to_be_done:
            self._who = self._who or find_names(piece, self._knows)[0]
        about = ", ".join(self._about)
        return Reading(self._day, self._kind, tuple(dict.fromkeys(self._who)), about, self._step, self._due)

    def take(self, clause: str) -> None:
        if label := _LABEL_BEFORE.match(clause):
            self._label, clause = label[0], clause[label.end() :]
        if clause.lower() in _LABELS:
            self._label = clause
        elif self._label and not self._step:
            due = find_deadline(clause, self._today) or find_day_ahead(clause, self._today)
            self._to_do(clause, due)
            self._step = self._step or self._label
        else:
            self._take(clause)

    def _to_do(self, clause: str, due: ToldDay | None) -> None:
        """Keep what is still to be done, without its day."""
        begin, end = (due.start, due.end) if due else (len(clause), len(clause))
        before, after = _LEADING.sub("", clause[:begin] + " ").strip(), clause[end:].strip()
        self._due = due.day if due else None
        self._to_be_done = (before, after)
        self._step = f"{before} {after}".strip()

    def _take(self, clause: str) -> None:
        due = find_deadline(clause, self._today) if self._due is None else None
        if due and not _LASTING.search(clause) and not _DAY_AT_END.search(clause[: due.start]):
            self._promise(clause, due)
        elif self._due is None and (due := self._planned(clause)):
            self._to_do(clause, due)
        else:
            self._contact(clause)

    def _promise(self, clause: str, due: ToldDay) -> None:
        """Read a clause that says until when something is done."""
        before, after = _LEADING.sub("", clause[: due.start] + " ").strip(), clause[due.end :].strip()
        if self._who or not before or is_infinitive(before):
            self._to_do(clause, due)
            return
        self._to_do(after, None)
        self._due = due.day
        self._contact(_TRAILING.sub("", before))

    def _planned(self, clause: str) -> ToldDay | None:
        """Return the day of what is still to be done: a clause that ends with an infinitive and says a day ahead."""
        words = clause.lower().split()
        once_more = self._who and (words[-1] in _ONCE_MORE or words[0] in _TO_CALL_BACK)
        if not (is_infinitive(clause) or once_more) or _FINITE.intersection(words):
            return None
        found = find_day_ahead(clause, self._today)
        told_of = (
            found is None or _NOT_BEFORE_DUE.search(clause[: found.start]) or clause[found.start :].startswith("vom")
        )
        return None if told_of else found

    def _contact(self, clause: str) -> None:
        """Read a clause about the contact itself, or keep it as part of the subject."""
        if self._who:
            self._more(clause)
            return
        subject = _SUBJECT.search(clause)
        head, about = (clause[: subject.start()], clause[subject.end() :]) if subject else (clause, "")
        if self._kind is None:
            head, about = self._take_kind(head, about)
        head = self._take_day(head, about)
        head = _without_beginning(head)
        names, rest = find_names(head, self._knows, guess=self._kind not in (None, InteractionKind.EVENT))
        if not names and about:
            names, about = find_names(about, self._knows, only_sure=True)
        self._who += names
        self._keep("" if _EMPTY_WORDS.issuperset(rest.split()) else rest, about)

    def _more(self, clause: str) -> None:
        """Read a clause behind the one that said with whom: a further name, the day, or part of the subject."""
        told = None if self._day else find_day_behind(clause, self._today)
        if told is not None and told.end - told.start == len(clause) and self._today - told.day <= _RECENT:
            self._day = told.day
            return
        subject = _SUBJECT.search(clause)
        head, about = (clause[: subject.start()], clause[subject.end() :]) if subject else (clause, "")
        if self._kind is None:
            head, about = self._take_kind(head, about)
        if names := read_names(head, self._knows):
            self._who += names
            self._keep(about)
        elif head.strip():
            self._keep(clause if " ".join(clause.split()).startswith(head.strip()) else f"{head} {about}")
        else:
            self._keep(about)

    def _take_day(self, head: str, about: str) -> str:
        """Return the head of a clause without its day; behind "wegen" a day counts that cannot be anything else."""
        if self._day is not None:
            return head
        ahead = find_day_ahead(head, self._today, clearly=True) if self._kind else None
        told = ahead if ahead and ahead.exact else find_day_behind(head, self._today)
        if told and _SINCE.search(head[: told.start]):
            return head
        if told and not ahead and _STILL_AHEAD.intersection(head.lower().split()) and not _AGO.match(head, told.start):
            return head
        if told is None:
            behind = find_day_behind(about, self._today)
            self._day = behind.day if behind and _AGO.match(about, behind.start) else None
            return head
        self._day = told.day
        return _without(head, told.start, told.end)

    def _take_kind(self, head: str, about: str) -> tuple[str, str]:
        """Return head and subject without the word that says how the contact took place."""
        if found := next(find_kinds(head), None) or find_kind_within(head):
            self._kind = found.kind
            if found.keep:
                self._keep(head[found.start : found.end])
            return _without(head, found.start, found.end), about
        for verb in find_kinds(about):
            if verb.end == len(about) and about[verb.start].islower() and verb.kind is not InteractionKind.EVENT:
                # what a contact was about may be a fair; only its last word may be a verb
                self._kind = verb.kind
                return head, _without(about, verb.start, verb.end)
        return head, about

    def _keep(self, *rest: str) -> None:
        self._about += filter(None, [_LEADING.sub("", one.strip(" ,-–—")) for one in rest])


def _without_beginning(head: str) -> str:
    """Return a clause without "Wir haben", "Kurzes" and the like at its beginning ("Herr Kurz" is none)."""
    words = head.split()
    while words and words[0].lower() in _EMPTY_WORDS:
        del words[0]
    return " ".join(words)


def is_infinitive(clause: str) -> bool:
    """Say whether a clause ends as what is to be done does: "Flyer schicken"."""
    last = clause.rsplit(maxsplit=1)[-1].strip(".,!?") if clause.strip() else ""
    if last in _NO_INFINITIVE | _PARTICIPLES or (_PARTICIPLE.fullmatch(last) and last not in _NO_PARTICIPLE):
        return False
    return _INFINITIVE.fullmatch(last) is not None


def _without(text: str, start: int, end: int) -> str:
    return " ".join(f"{text[:start]} {text[end:]}".split())
