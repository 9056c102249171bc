"""What a printed sheet says about an organisation or person: from the frames of the mirror to plain German text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from automations.documents.sheet import Section, Sheet
from schemas.contacts.rules import step_is_open
from schemas.contacts.rules.warmth import Scale
from streamlit_app.data import Picture
from streamlit_app.frames import bond, detail
from streamlit_app.frames.cells import day, number, row_id, text, yes
from streamlit_app.frames.contacts import NAMELESS, ORGANISATION, PERSON
from streamlit_app.ui import sheet_texts as words

ROOM = 80
"""Characters of a text in a table of a sheet; more belongs on the screen."""

FEW = 4
"""Rows of a section on a sheet that has to fit on one page."""

MANY = 40
"""Contacts on a sheet that may be longer; what was promised stands on it to the last."""


def profile(picture: Picture, table: str, row: int) -> Sheet:
    """Return the Steckbrief of an organisation or person, which fits on one page."""
    known = _known(picture, table, row)
    return Sheet(
        words.PROFILE.format(day=_day(picture.today)),
        _cut(picture.names(table).get(row) or NAMELESS),
        _facts(picture, table, row),
        (
            _people(picture, table, row, FEW),
            known,
            *_contacts(picture, table, row, FEW, FEW),
            *_gifts(picture, table, row),
        ),
    )


def handed(picture: Picture, table: str, row: int, *, left: str, follows: str) -> Sheet:
    """Return the sheet with which one of us hands somebody over to another: history and open promises foremost."""
    kind = words.HANDED.format(left=left, follows=follows or words.NOBODY_YET, day=_day(picture.today))
    return Sheet(
        kind,
        _cut(picture.names(table).get(row) or NAMELESS),
        _facts(picture, table, row),
        (
            *_contacts(picture, table, row, None, MANY),
            _people(picture, table, row, None),
            _known(picture, table, row),
            *_gifts(picture, table, row),
        ),
    )


def texts_about(picture: Picture, subjects: Iterable[tuple[str, int]]) -> Iterator[str]:
    """Yield what sheets about these organisations and persons, as ``(table, row)``, may show of free text.

    It is a little more than they do show, since it is asked for on every run of a page: no sheet is made for it.
    """
    held = picture.table("function")
    rows: dict[str, set[int]] = {ORGANISATION: set(), PERSON: set()}
    for table, row in subjects:
        rows[table].add(row)
    of = {side: held[held[side].isin(found)] for side, found in rows.items()}
    linked = {PERSON: of[ORGANISATION][PERSON], ORGANISATION: of[PERSON][ORGANISATION]}
    contacts = picture.table("interaction")
    there = contacts[contacts[ORGANISATION].isin(rows[ORGANISATION])
                     | contacts[PERSON].isin(rows[PERSON] | set(linked[PERSON].dropna()))]  # fmt: skip
    yield from _texts(pd.concat(of.values()), words.FUNCTION_TEXTS)
    yield from _texts(there, words.CONTACT_TEXTS)
    for table, found in rows.items():
        everybody = picture.table(table)
        yield from _texts(everybody[everybody["id"].isin(found)], words.FACTS)
        names = picture.names(table)
        for row in found.union(linked[table].dropna(), there[table].dropna()):
            yield _cut(names.get(int(row), ""))


def _texts(rows: pd.DataFrame, columns: Iterable[str]) -> Iterator[str]:
    for column in columns:
        if column in rows:
            yield from (_cut(cell, 2 * ROOM) for cell in rows[column].dropna() if isinstance(cell, str))


def _facts(picture: Picture, table: str, row: int) -> tuple[tuple[str, str], ...]:
    found = detail.row_of(picture.table(table), row)
    if found is None:
        return ()
    cell = {code: text(found[code]) for code in words.FACTS if code in found}
    if table == ORGANISATION:
        cell["kind"] = picture.label("organisation", "kind", cell["kind"]) if cell["kind"] else ""
        fields = found["engagement_fields"]
        cell["fields"] = ", ".join(
            picture.label("organisation", "engagement_fields", code) for code in (fields if fields is not None else ())
        )
        above = detail.ancestors(picture.table("organisation"), row)
        cell["parent"] = above[-1][1] if above else ""
    else:
        cell["do_not_contact"] = words.YES if yes(found["do_not_contact"]) else ""
    place = " ".join(part for part in (text(found["postcode"]), text(found["city"])) if part)
    cell["street"] = ", ".join(part for part in (text(found["street"]), place) if part)
    last = picture.last_contacts()
    seen = (last.organisation if table == ORGANISATION else last.person).get(row)
    cell["last"] = _day(seen) if seen else words.NEVER
    rhythm = [
        words.RHYTHM.format(
            days=number(r.cadence_days), member=picture.names("team_member").get(int(r.team_member), "")
        )
        for r in _relations(picture, table, row)
        if number(r.cadence_days) and number(r.team_member)
    ]
    cell["rhythm"] = "; ".join(dict.fromkeys(rhythm))
    return tuple((label, _cut(cell[code], 2 * ROOM)) for code, label in words.FACTS.items() if cell.get(code))


def _relations(picture: Picture, table: str, row: int) -> list[Any]:
    side = "organisation" if table == ORGANISATION else "person"
    relations = picture.table("relationship")
    return list(relations[(relations[side] == row).fillna(False)].itertuples())


def _bond(picture: Picture, table: str, row: int) -> bond.Bond:
    gifts = picture.table("contribution")
    gifts = bond.gifts_of(gifts, row) if table == ORGANISATION else gifts.iloc[:0]
    return bond.bond(picture.timeline(table, row), gifts, picture.today, Scale())


def _people(picture: Picture, table: str, row: int, most: int | None) -> Section:
    side, across = ("organisation", "person") if table == ORGANISATION else ("person", "organisation")
    held = detail.ties(picture.table("function"), side, row, picture.names(across), picture.today)
    reach = _reach(picture.table("person")) if table == ORGANISATION else {}
    rows = []
    for tie in (tie for tie in held if tie.current):
        phone, mail = reach.get(tie.other or 0, ("", ""))
        rows.append((_cut(tie.other_name, 60), _cut(tie.what, 40), tie.phone or phone, _cut(tie.mail or mail, 60)))
    heading = words.PEOPLE if table == ORGANISATION else words.PLACES
    return _section(heading, words.PEOPLE_COLUMNS, words.PEOPLE_WIDTHS, rows, empty=words.NO_PEOPLE, most=most)


def _reach(persons: pd.DataFrame) -> Mapping[int, tuple[str, str]]:
    return {row_id(p.id): (text(p.phone) or text(p.mobile), text(p.mail)) for p in persons.itertuples()}


def _known(picture: Picture, table: str, row: int) -> Section:
    team = picture.names("team_member")
    rows = [(team.get(one.member, ""), _day(one.last), str(one.times)) for one in _bond(picture, table, row).known]
    return _section(words.KNOWN, words.KNOWN_COLUMNS, words.KNOWN_WIDTHS, rows, empty=words.NO_KNOWN, most=FEW)


def _contacts(picture: Picture, table: str, row: int, promised: int | None, most: int) -> list[Section]:
    """Return what was promised and is open, the next first, and the contacts, the last one first."""
    across = table == ORGANISATION
    timeline = picture.timeline_across(row) if across else picture.timeline(table, row)
    team, people = picture.names("team_member"), picture.names("person")
    steps, contacts = [], []
    for one in timeline.itertuples():
        on, member = day(one.day), team.get(number(one.team_member) or 0, "")
        if step_is_open(text(one.next_step), yes(one.next_step_done)):
            due = day(one.next_step_due)
            steps.append((due or dt.date.max, (_day(due), _cut(text(one.next_step)), member)))
        if on is not None and on <= picture.today:  # a promise without a day is no contact yet
            kind = picture.label("interaction", "kind", text(one.kind)) if text(one.kind) else ""
            other = people.get(number(one.person) or 0, "") if across else ""
            who = " / ".join(name for name in (other, member) if name)
            contacts.append((_day(on), kind, _cut(who, 45), _cut(text(one.summary))))
    ordered = [row for _, row in sorted(steps)]
    return [
        _section(words.STEPS, words.STEP_COLUMNS, words.STEP_WIDTHS, ordered, empty=words.NO_STEPS, most=promised),
        _section(
            words.CONTACTS, words.CONTACT_COLUMNS, words.CONTACT_WIDTHS, contacts, empty=words.NO_CONTACTS, most=most
        ),
    ]


def _gifts(picture: Picture, table: str, row: int) -> list[Section]:
    years = _bond(picture, table, row).years
    rows = [(str(y.year), str(y.given), str(y.received)) for y in years]
    return [_section(words.GIFTS, words.GIFT_COLUMNS, words.GIFT_WIDTHS, rows, empty="", most=3)] if rows else []


def _section(
    heading: str,
    columns: tuple[str, ...],
    widths: tuple[int, ...],
    rows: Sequence[tuple[str, ...]],
    *,
    empty: str,
    most: int | None,
) -> Section:
    """Return a section with its first rows, and say so in its heading if there are more."""
    shown = tuple(rows[:most])
    if len(shown) < len(rows):
        heading = words.SOME.format(heading=heading, shown=len(shown), total=len(rows))
    return Section(heading, columns, widths, shown, empty)


def _cut(value: str, room: int = ROOM) -> str:
    shown = " ".join(value.split())
    return shown if len(shown) <= room else f"{shown[: room - 1].rstrip()}…"


def _day(value: dt.date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else ""
