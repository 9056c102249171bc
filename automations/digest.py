"""The weekly digest: for each of us a letter with what is due among their contacts, as text and as HTML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from automations.outbox import Letter
from automations.relations import Tables, as_day
from automations.todo import Line, standing, todo
from schemas.contacts.rules import is_current, person_name

KIND = "wochenpost"
MOST = 12
"""So many lines of a list are in the letter; the rest is on the page."""

TITLES = {
    "ueberfaellig": "Rhythmus überschritten", "schritte": "Versprochene Schritte", "aufgaben": "Offene Aufgaben",
    "bald": "Bald wieder melden", "neu": "Neu im Amt", "gegangen": "Gegangen",
}  # fmt: skip
"""The lists in the order of the letter; who is in pause is no news."""

_FOR_ALL = ("neu", "gegangen")


@dataclass(frozen=True, slots=True)
class _Shown:
    name: str
    what: str
    when: str
    url: str


def letters(tables: Tables, today: dt.date, url: str) -> list[Letter]:
    """Return a letter for each of us who has a mail address and something to hear; ``url`` is that of the dashboard,
    empty for letters without links.

    The key names the week and the row of the team member, so that a week's letter is never made twice.
    """
    lines = todo(tables, standing(tables, today), today)
    names = _names(tables)
    year, week, _ = today.isocalendar()
    found = []
    for member in tables["team_member"].to_dict("records"):
        mail, name = _text(member["mail"]), _text(member["name"])
        row = int(member["id"])
        mine = [line for line in lines if line.member == row or (line.list in _FOR_ALL and line.member is None)]
        lists = {code: [line for line in mine if line.list == code] for code in TITLES}
        here = is_current(as_day(member["active_from"]), as_day(member["active_to"]), today)
        if not mail or not here or not any(lists.values()):
            continue
        page = f"{url}/beziehungen?wer={row}" if url else ""
        told = {
            "name": name, "page": page, "day": today,
            "lists": [
                {
                    "title": TITLES[code], "count": len(own), "more": max(len(own) - MOST, 0),
                    "url": f"{page}&liste={code}" if page else "",
                    "lines": [_shown(line, names, today, url) for line in own[:MOST]],
                }
                for code, own in lists.items() if own
            ],
        }  # fmt: skip
        found.append(
            Letter(
                f"wochenpost:{year}-{week:02}:{row}", KIND, mail, _subject(lists),
                _template("digest.txt").render(told), _template("digest.html").render(told),
            )
        )  # fmt: skip
    return found


def _subject(lists: Mapping[str, list[Line]]) -> str:
    # fmt: off
    counts = [
        f"{len(lists[code])} {word}"
        for code, word in (
            ("ueberfaellig", "überfällig"), ("schritte", "Schritte"), ("aufgaben", "Aufgaben"), ("bald", "bald wieder"),
        )
        if lists[code]
    ]
    # fmt: on
    return "Ihre Woche: " + (", ".join(counts) or "Neues unter Ihren Kontakten")


def _shown(line: Line, names: Mapping[tuple[str, int], str], today: dt.date, url: str) -> _Shown:
    name = names.get(line.subject, "") if line.subject else ""
    when = ""
    if line.due is not None:
        late = (today - line.due).days
        said = {"neu": "seit", "gegangen": "bis", "bald": "gut ab"}.get(line.list, "fällig am")
        when = f"{said} {line.due:%d.%m.%Y}" + (f", {late} Tage überfällig" if line.days > 1 and late > 1 else "")
    way = f"{url}/kontakte?eintrag={line.subject[0][0]}{line.subject[1]}" if url and line.subject else url
    if line.list == "aufgaben" and not name:
        return _Shown(line.what, "", when, way)
    return _Shown(name or "(ohne Namen)", line.what, when, way)


def _names(tables: Tables) -> dict[tuple[str, int], str]:
    found = {("organisation", int(row["id"])): _text(row["name"]) for row in tables["organisation"].to_dict("records")}
    for row in tables["person"].to_dict("records"):
        parts = (_text(row[c]) for c in ("title", "first_name", "last_name"))
        found["person", int(row["id"])] = person_name(*parts)
    return found


@cache
def _environment() -> Environment:
    folder = Path(__file__).parent / "templates"
    return Environment(
        loader=FileSystemLoader(folder), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        autoescape=select_autoescape(("html",)),
    )  # fmt: skip


def _template(name: str):  # type: ignore[no-untyped-def]
    return _environment().get_template(name)


def _text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else ""
