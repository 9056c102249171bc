"""What the tabs of one case know: its ratings, the placement in words, and who of the deciding body is interested."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from automations.certification.ratings import by_criterion
from automations.certification.report import House, Told, told_of
from schemas.certification.rules.recusal import Interest, Placement, Seated, interested
from schemas.certification.tables import Assessment, Certification
from schemas.contacts.rules import is_current
from schemas.network.tables import Seat
from streamlit_app import certification_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames import detail
from streamlit_app.frames.cells import day, number, row_id, text
from streamlit_app.frames.records import as_records

NAMELESS = "(ohne Namen)"


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat of the deciding body: its row, whose it is and who takes it in words, and why it is interested."""

    row: int
    name: str
    interest: Interest | None


def rows(picture: Picture, case: Certification) -> dict[str, Assessment]:
    """Return the row of each criterion (code) that has one."""
    procedure = certification_data.procedure(picture, case.round)
    return by_criterion(procedure, case.id or 0, certification_data.assessments_of(picture, case.id or 0))


def told(picture: Picture, case: Certification) -> list[Told]:
    """Return what was said about each criterion, in the order of the round."""
    procedure = certification_data.procedure(picture, case.round)
    return told_of(procedure, case.id or 0, certification_data.assessments_of(picture, case.id or 0))


def house(picture: Picture, case: Certification) -> House:
    """Return what is known about the placement of a case."""
    name = case.name or NAMELESS
    coordinator = picture.names("person").get(case.coordinator or 0, "")
    found = detail.row_of(picture.table("organisation"), case.site) if case.site else None
    if found is None:
        return House(name, coordinator=coordinator)
    kind = text(found["kind"])
    return House(
        name, picture.label("organisation", "kind", kind) if kind else "",
        text(found["district"]) or text(found["city"]), _parent(picture, case.site or 0), coordinator,
        text(found["portrait"]),
    )  # fmt: skip


def facts(picture: Picture, case: Certification) -> list[tuple[str, str]]:
    """Return what stands above the texts of a report, label and value; a value may be empty."""
    people, known = picture.names("person"), house(picture, case)
    round_ = certification_data.round_record(picture, case.round)
    signed = f"{case.signed_off_on:%d.%m.%Y}, {case.signed_off_by or ''}".strip(", ") if case.signed_off_on else ""
    return [
        ("Art", known.kind), ("Träger", known.parent), ("Anschrift", _address(picture, case)),
        ("Koordination", known.coordinator), ("Runde", (round_.name or "") if round_ else ""),
        ("Begutachtet von", people.get(case.reviewer or 0, "")), ("Bericht freigegeben", signed),
    ]  # fmt: skip


def seats(picture: Picture, case: Certification, body: int | None, on: dt.date) -> list[SeatLine]:
    """Return the seats of a body that stand on a day, interested ones first, then by name."""
    if body is None:
        return []
    table = picture.table("seat")
    there = as_records(table[(table["body"] == body).fillna(False)], Seat)
    current = [seat for seat in there if seat.id and is_current(seat.valid_from, seat.valid_to, on)]
    why = interested(_placement(picture, case), map(_seated, current), _works(picture, current, on))
    lines = [SeatLine(seat.id or 0, _seat_name(picture, seat), why.get(seat.id or 0)) for seat in current]
    return sorted(lines, key=lambda line: (line.interest is None, line.name.casefold()))


def name_of(picture: Picture, session: Session) -> str:
    """Return the name of who is signed in as the team knows it, else as NocoDB does."""
    team = picture.table("team_member")
    mine = team[team["mail"].fillna("").str.casefold() == session.email.casefold()]
    return next((text(name) for name in mine["name"] if text(name)), "") or session.name


def _placement(picture: Picture, case: Certification) -> Placement:
    above = detail.ancestors(picture.table("organisation"), case.site) if case.site else []
    involved = {row for row in (case.coordinator, case.reviewer) if row is not None}
    return Placement(case.site, frozenset(row for row, _ in above), frozenset(involved))


def _seated(seat: Seat) -> Seated:
    return Seated(seat.id or 0, seat.organisation, seat.person, seat.deputy)


def _works(picture: Picture, seats_: list[Seat], on: dt.date) -> dict[int, set[int]]:
    """Return where the people on these seats work on a day."""
    people = {row for seat in seats_ for row in (seat.person, seat.deputy) if row is not None}
    functions = picture.table("function")
    found: dict[int, set[int]] = {}
    for one in functions[functions["person"].isin(people)].itertuples():
        organisation = number(one.organisation)
        if organisation is not None and is_current(day(one.valid_from), day(one.valid_to), on):
            found.setdefault(row_id(one.person), set()).add(organisation)
    return found


def _seat_name(picture: Picture, seat: Seat) -> str:
    organisation = picture.names("organisation").get(seat.organisation or 0, "")
    person = picture.names("person").get(seat.person or 0, "")
    name = organisation or seat.name or person or NAMELESS
    return f"{name} ({person})" if person and person != name else name


def _parent(picture: Picture, site: int) -> str:
    above = detail.ancestors(picture.table("organisation"), site)
    return above[-1][1] if above else ""


def _address(picture: Picture, case: Certification) -> str:
    found = detail.row_of(picture.table("organisation"), case.site) if case.site else None
    if found is None:
        return ""
    place = " ".join(part for part in (text(found["postcode"]), text(found["city"])) if part)
    return ", ".join(part for part in (text(found["street"]), place) if part)
