"""The plan of a fair's stands and the list of exhibitors, as tagged PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from automations.documents.pdf import sheets_as_pdf, typeset
from automations.documents.sheet import Section, Sheet
from schemas.events.rules.stands import Area, by_number, plan, takes_part
from schemas.events.tables import Stand


@dataclass(frozen=True, slots=True)
class Exhibitor:
    """Who is behind a stand: the name of the organisation, and whom to call."""

    name: str
    contact: str = ""
    phone: str = ""


Who = Callable[[Stand], Exhibitor]


def stand_plan_pdf(title: str, about: str, stands: Sequence[Stand], who: Who, own: Path | None = None) -> bytes:
    """Return the plan, a page for each area; ``about`` says when and where.

    Raises:
        DocumentError: the template of the agency's own is broken.
    """
    areas = plan(stands)
    data = {"title": f"Standplan: {title}", "about": about, "areas": [_area(area, who) for area in areas]}
    return typeset("stand_plan.typ", data, own)


def exhibitor_list(title: str, about: str, stands: Sequence[Stand], who: Who) -> bytes:
    """Return the list of those who take part, by number, for the desk and for whoever carries the tables.

    Raises:
        DocumentError: our template is broken.
    """
    there = sorted(filter(takes_part, stands), key=by_number)
    rows = tuple(_line(stand, who(stand)) for stand in there)
    listed = Section(
        "Aussteller nach Standnummer", ("Nr.", "Aussteller", "Bereich", "Braucht", "Ansprechperson", "Wünsche"),
        (8, 30, 16, 24, 26, 26), rows, "Noch niemand.",
    )  # fmt: skip
    facts = tuple((label, value) for label, value in (("Wann und wo", about), ("Insgesamt", _total(there))) if value)
    sheet = Sheet("Ausstellerliste", title, facts, (listed,))
    return sheets_as_pdf([sheet], title=f"Ausstellerliste: {title}", footer=title)


def needs(stand: Stand) -> str:
    """Return what a stand needs, in words.

    >>> needs(Stand(tables=2, chairs=1, power=True))
    '2 Tische, 1 Stuhl, Strom'
    """
    parts = [
        f"{count} {one if count == 1 else many}"
        for count, one, many in (
            (stand.tables or 0, "Tisch", "Tische"), (stand.chairs or 0, "Stuhl", "Stühle"),
            (stand.parking or 0, "Parkplatz", "Parkplätze"),
        )
        if count
    ]  # fmt: skip
    return ", ".join([*parts, "Strom"] if stand.power else parts)


def _total(stands: Sequence[Stand]) -> str:
    """Return what all stands need together."""

    def summed(code: str) -> int:
        return sum(getattr(stand, code) or 0 for stand in stands)

    whole = needs(Stand(tables=summed("tables"), chairs=summed("chairs"), parking=summed("parking")))
    power = sum(stand.power for stand in stands)
    count = f"{len(stands)} {'Stand' if len(stands) == 1 else 'Stände'}"
    return ", ".join(part for part in (count, whole, f"{power} mit Strom" if power else "") if part)


def _area(area: Area, who: Who) -> dict[str, object]:
    return {
        "name": area.name or "Ohne Bereich", "total": _total(area.stands),
        "columns": max((len(row) for row in area.rows), default=1),
        "rows": [
            [
                {"number": one.number or "–", "name": who(one).name, "needs": needs(one),
                 "open": one.state == "angefragt"} if one else None
                for one in row
            ]
            for row in area.rows
        ],
    }  # fmt: skip


def _line(stand: Stand, exhibitor: Exhibitor) -> tuple[str, ...]:
    contact = ", ".join(part for part in (exhibitor.contact, exhibitor.phone) if part)
    return (stand.number or "–", exhibitor.name, stand.area or "", needs(stand), contact, stand.wish or "")
