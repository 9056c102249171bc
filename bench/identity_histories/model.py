"""What a history is made of: the lists of each day, what staff do between them, and who is meant by each entry.

A label ("ada", "chor") stands for one human being or one body through all days, whatever a list calls it. All that is
judged follows from the labels: which names are right for a row, and whose every value is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

COUNTED = ("wrong_person", "doubled", "gone_wrongly", "lost_values")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row or card of a list, in words that no profile decides. Empty: the list says nothing there.

    ``who`` and ``body`` are labels. ``post`` is the label of the function; empty, it is what ``job`` says. ``broken``
    says how the entry was spoiled so that it cannot be read: ``photo``, ``end`` or ``qp`` (cards), ``name`` (rows).
    """

    who: str = ""
    body: str = ""
    post: str = ""
    broken: str = ""
    ident: str = ""
    uid: str = ""
    salutation: str = ""
    title: str = ""
    first: str = ""
    last: str = ""
    mail: str = ""
    phone: str = ""
    mobile: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    org: str = ""
    org_street: str = ""
    org_postcode: str = ""
    org_city: str = ""
    org_phone: str = ""
    org_mail: str = ""
    org_web: str = ""
    job: str = ""
    since: str = ""
    office: str = ""
    note: str = ""

    def but(self, **changes: str) -> Entry:
        """Return the entry with some of its cells changed."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list as it arrives on one day.

    ``source`` names it within its history (the same name on another day is the same source); ``file`` instead is the
    path of a single file, as given on the command line, whose source the product names. ``folder``: the source is a
    folder into which this file is laid. ``without`` are cells (as in ``Entry``) whose column is missing in the file.
    ``encoding`` is a codec, or ``twice`` for UTF-8 that was taken for Windows-1252 and encoded once more.
    ``may_refuse``: not to bring it in is a right answer too, then nothing may change.
    """

    profile: str
    entries: tuple[Entry, ...]
    source: str = "liste"
    file: str = ""
    folder: bool = False
    without: tuple[str, ...] = ()
    encoding: str = "utf-8"
    accept: tuple[str, ...] = ()
    may_refuse: bool = False

    @property
    def garbled(self) -> bool:
        """Say whether its letters are wrong, so that none of its values is to be kept."""
        return self.encoding in {"twice", "mac_roman"}


def listing(profile: str, *entries: Entry, **more: object) -> Listing:
    """Return a list of these entries in this order."""
    return Listing(profile=profile, entries=entries, **more)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Action:
    """Something staff do; ``label`` says with whom."""

    label: str


@dataclass(frozen=True, slots=True)
class Note(Action):
    """Write something into the note."""

    text: str


@dataclass(frozen=True, slots=True)
class Tick(Action):
    """Tick "Nicht anschreiben"."""


@dataclass(frozen=True, slots=True)
class Hang(Action):
    """Enter a contact, an invitation and a seat."""


@dataclass(frozen=True, slots=True)
class Types(Action):
    """Correct cells in place (column codes of the base)."""

    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Adds(Action):
    """Enter a row by hand (column codes of the base)."""

    table: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Deletes(Action):
    """Delete every row of the label."""


@dataclass(frozen=True, slots=True)
class Replaces(Action):
    """Turn the row into ``other`` knowingly: one human went, the other is typed over."""

    other: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Decides(Action):
    """Decide in Dubletten about the two rows of a label, or the rows of ``label`` and ``other``; the night does it."""

    other: str = ""
    decision: str = "dieselbe"


@dataclass(frozen=True, slots=True)
class Parts(Action):
    """Take back (``sync undo --write``) the merge by which the row of the label took another one in."""


@dataclass(frozen=True, slots=True)
class Undoes(Action):
    """Take back (``sync undo``) the newest run of the source named ``label``."""


@dataclass(frozen=True, slots=True)
class Day:
    """The lists of a day in their order, and what staff do after them; the search for look-alikes runs in between."""

    lists: tuple[Listing, ...]
    staff: tuple[Action, ...] = ()


def day(*lists: Listing, staff: tuple[Action, ...] = ()) -> Day:
    """Return a day."""
    return Day(lists, staff)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Some days in the life of a list, and what is true of them.

    ``says`` tells in a sentence what happens and what is right. ``may_ask`` are labels for which a second row, or none
    yet, is right as long as staff are really asked about it; all others have to stand in exactly one row at the end.
    ``counts`` are the judgements that mean something here.
    """

    name: str
    kind: str
    says: str
    days: tuple[Day, ...]
    may_ask: frozenset[str] = frozenset()
    counts: tuple[str, ...] = COUNTED

    @property
    def lists(self) -> list[Listing]:
        """Return every list of every day."""
        return [one for part in self.days for one in part.lists]

    @property
    def actions(self) -> list[Action]:
        """Return all that staff do."""
        return [action for part in self.days for action in part.staff]


def care(label: str, text: str, *, ticked: bool = True, table: str = "person") -> tuple[Action, ...]:
    """Return what staff usually leave with somebody: a note, a contact, an invitation, a seat, "Nicht anschreiben"."""
    tick = (Tick(label),) if ticked and table == "person" else ()
    return (Note(label, text), *tick, Hang(label))


def phone(number: int) -> str:
    """Return a landline number as a list writes it; each number belongs to one history."""
    return f"0391 56{number:05}"


def mobile(number: int) -> str:
    """Return a mobile number as a list writes it."""
    return f"0172 47{number:05}"
