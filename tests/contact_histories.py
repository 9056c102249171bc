"""Histories of contacts, entry by entry: what the rules over columns (``rules/columns.py``) are held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from schemas.contacts.rules.history import Entry, Subject, subjects


def with_participants(entries: Sequence[Entry], further: Iterable[tuple[int, int | None, int | None]]) -> list[Entry]:
    """Return the contacts and, for each further participant (entry, organisation, person), one more of the same id.

    A participant whom the entry itself or an earlier one names already is left out, so that everybody counts once.

    >>> with_participants([Entry(1, 5, "treffen", 7, 8, 9)], [(1, 7, 6), (1, None, 8)])[1:]
    [Entry(id=1, day=5, kind='treffen', organisation=None, person=6, team_member=9)]
    """
    more: list[Entry] = []
    extra = list(further)
    wanted = {row for row, _, _ in extra}
    known = {entry.id: entry for entry in entries if entry.id in wanted}
    named = {(i, subject) for i, entry in known.items() for subject in subjects(entry)}
    for row, organisation, person in extra:
        entry = known.get(row)
        if entry is None:
            continue
        where = organisation if (row, ("organisation", organisation)) not in named else None
        who = person if (row, ("person", person)) not in named else None
        if where is not None or who is not None:
            more.append(entry._replace(organisation=where, person=who))
            named |= {(row, subject) for subject in subjects(more[-1])}
    return [*entries, *more]


def by_subject(entries: Iterable[Entry]) -> dict[Subject, list[Entry]]:
    """Return the contacts of every subject, in the order given."""
    found: dict[Subject, list[Entry]] = {}
    for entry in entries:
        for subject in subjects(entry):
            found.setdefault(subject, []).append(entry)
    return found


def united(
    histories: Mapping[Subject, Sequence[Entry]], stays: Subject, goes: Subject
) -> dict[Subject, Sequence[Entry]]:
    """Return the histories after two subjects were found to be one: no contact is lost, none counts twice."""
    both = {entry.id: entry for subject in (stays, goes) for entry in histories.get(subject, ())}
    return {**{s: h for s, h in histories.items() if s != goes}, stays: list(both.values())}
