"""Write the demo lists: invented organisations, people and three years of contacts, as CSV files and a sources.toml.

``python -m kontaktnetz.demo_lists --today JJJJ-MM-TT --into ORDNER`` writes them for any day: the people stay the same,
the contacts end on that day, so that "overdue" and "last contact" say something. A few rows are broken on purpose: the
report of a sync should have something to show.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

from kontaktnetz import demo_texts as texts
from kontaktnetz.demo_contacts import Cast, Person, Post, make_cast
from kontaktnetz.demo_history import make_history, make_ties

SEED = "Kontaktnetz"
FOLDER = "demo"
"""The lists lie in this folder beside sources.toml."""
SOURCES = """\
# Das Verzeichnis der Quellen: welche Liste mit welchem Profil gelesen wird. Dateien sind relativ zu diesem Ordner.
# Der Name in [Klammern] bleibt für immer: Er ist Teil jeder Kennung.

[demo]
title = "Beispieldaten"
files = [
    { path = "demo/team.csv", profile = "team" },
    { path = "demo/organisationen.csv", profile = "organisationen" },
    { path = "demo/personen.csv", profile = "personen" },
    { path = "demo/beziehungen.csv", profile = "beziehungen" },
    { path = "demo/kontakte.csv", profile = "kontakte" },
]
"""

Row = dict[str, str]


def write_demo_lists(folder: Path, today: dt.date) -> Path:
    """Write the lists into ``folder/demo`` and the directory of sources beside; return the path of the latter.

    The directory is written last: where it stands, the lists are complete.
    """
    cast = make_cast(_dice("people"))
    lists = {
        "team": _team(cast, today),
        "organisationen": _organisations(cast),
        "personen": _persons(_dice("reach"), cast, today),
        "kontakte": _contacts(_dice("contacts"), cast, today),
        "beziehungen": _ties(_dice("ties"), cast, today),
    }
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    for name, rows in lists.items():
        _write(target / f"{name}.csv", list(rows))
    sources = folder / "sources.toml"
    sources.write_text(SOURCES, encoding="utf-8")
    return sources


def _dice(what: str) -> random.Random:
    """Return dice of their own for each part, so that a change in one leaves the others as they were."""
    return random.Random(f"{SEED} {what}")  # noqa: S311 - invented people are no secret, but must stay the same


def _write(path: Path, rows: list[Row]) -> None:
    titles = list(dict.fromkeys(title for row in rows for title in row))
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # with a mark, so that Excel shows the umlauts
        writer = csv.DictWriter(file, titles, delimiter=";", lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)


def _team(cast: Cast, today: dt.date) -> Iterator[Row]:
    for number, member in enumerate(cast.team, start=1):
        yield {
            "Name": member.name,
            "Stelle": member.place,
            "E-Mail": f"{member.mailbox}@freiwilligenagentur.example",
            "Telefon": f"030 23125-9{number}0",
            "Dabei seit": _date(today, member.began),
            "Dabei bis": _date(today, member.ended),
        }


def _organisations(cast: Cast) -> Iterator[Row]:
    for one in cast.organisations:
        silent = one.number in texts.WITHOUT_PHONE_AND_MAIL
        yield {
            "Kennung": f"O{one.number:02d}",
            "Organisation": one.name,
            "Kurzname": one.short_name,
            "Art": one.kind,
            "Bereich": one.sphere,
            "Übergeordnet": one.parent,
            "Straße": f"{texts.STREETS[one.number % len(texts.STREETS)]} {3 + one.number * 7 % 88}",
            "PLZ": texts.DISTRICTS[one.district],
            "Ort": "Magdeburg",
            "Stadtteil": one.district,
            "Telefon": "" if silent else one.phone,
            "E-Mail": "" if silent else f"info@{one.host}.example",
            "Webseite": f"https://www.{one.host}.example",
            "Engagementfelder": ", ".join(one.fields),
        }


def _persons(rng: random.Random, cast: Cast, today: dt.date) -> Iterator[Row]:
    told: set[int] = set()
    for post in cast.posts:
        person = post.person
        first = person.number not in told
        told.add(person.number)
        yield (_about(rng, person) | _basis(post) if first else _name(person)) | _post(post, today)
    for person in cast.persons:
        if person.number not in told:
            yield _about(rng, person) | {"Rechtsgrundlage": "Noch zu klären"}
    yield _name(cast.persons[-1]) | {"Kennung": "P900", "Nachname": "", "Notiz": "Absichtlich ohne Nachname"}
    yield {"Kennung": "P901", "Nachname": "Ohnefehl", "Vorname": "Mara", "E-Mail": "mara.ohnefehl.post.example",
           "Notiz": "Absichtlich mit kaputter E-Mail-Adresse"}  # fmt: skip


def _name(person: Person) -> Row:
    return {
        "Kennung": f"P{person.number:03d}",
        "Anrede": person.salutation,
        "Titel": person.title,
        "Vorname": person.first_name,
        "Nachname": person.last_name,
    }


def _about(rng: random.Random, person: Person) -> Row:
    """Return name and ways to reach a person; some have none, some want no letters."""
    reachable = person.number % 20 != 7
    mobile = f"0171 39200{person.number:02d}" if rng.random() < 0.3 and person.number < 100 else ""
    mail = f"{person.mailbox}@post.example" if rng.random() < 0.6 else ""
    phone = f"030 23125-{610 + person.number * 2}" if rng.random() < 0.4 else ""
    note = rng.choice(texts.PERSON_NOTES) if rng.random() < 0.15 else ""
    channel = rng.choice(("E-Mail", "Telefon", "Brief")) if rng.random() < 0.25 else ""
    silent = person.number in texts.DO_NOT_CONTACT
    return _name(person) | {
        "E-Mail": mail if reachable else "",
        "Telefon": phone if reachable else "",
        "Mobil": mobile if reachable else "",
        "Am liebsten per": channel if reachable else "",
        "Nicht anschreiben": "ja" if silent else "",
        "Notiz": "Möchte keine Post mehr von uns." if silent else note,
    }


def _post(post: Post, today: dt.date) -> Row:
    reachable = post.person.number % 20 != 7 and post.ended is None
    return {
        "Organisation": post.organisation.name,
        "Funktion": post.name,
        "Art der Funktion": post.kind,
        "Amt": post.office,
        "Hauptansprechperson": "ja" if post.main and post.ended is None else "",
        "E-Mail (dienstlich)": f"{post.person.mailbox}@{post.organisation.host}.example" if reachable else "",
        "Telefon (dienstlich)": f"{post.organisation.phone[:-1]}{1 + post.person.number % 9}" if reachable else "",
        "Von": _date(today, post.began),
        "Bis": _date(today, post.ended),
    }


def _basis(post: Post) -> Row:
    official = post.organisation.sphere in {"Verwaltung", "Politik"}
    interest = "Berechtigtes Interesse (Art. 6 Abs. 1 f)"
    return {"Rechtsgrundlage": "Öffentliche Aufgabe (Art. 6 Abs. 1 e)" if official else interest}


def _contacts(rng: random.Random, cast: Cast, today: dt.date) -> Iterator[Row]:
    for contact in make_history(rng, cast):
        day = _open_day(today - dt.timedelta(contact.ago), contact.step.kind)
        yield {
            "Kennung": contact.ident,
            "Datum": f"{day:%d.%m.%Y}",
            "Art": contact.step.kind,
            "Organisation": contact.organisation.name,
            "Person": contact.person.name if contact.person else "",
            "Von uns": contact.member.name,
            "Worum ging es": contact.summary,
            "Nächster Schritt": contact.step.next_step,
            "Bis wann": _date(today, contact.due_ago),
            "Erledigt": "ja" if contact.done else "",
            "Notiz": contact.note,
        }
    broken = {"Art": "Anruf", "Von uns": cast.team[0].name}
    yield broken | {"Kennung": "X001", "Datum": "irgendwann im Mai", "Worum ging es": "Absichtlich ohne rechtes Datum",
                    "Organisation": cast.organisations[40].name}  # fmt: skip
    yield broken | {"Kennung": "X002", "Datum": _date(today, 12), "Worum ging es": "",
                    "Organisation": cast.organisations[41].name,
                    "Notiz": "Absichtlich ohne Angabe, worum es ging"}  # fmt: skip


def _open_day(day: dt.date, kind: str) -> dt.date:
    """Return the nearest day before on which somebody was at work: no weekend, no turn of the year, no late July."""
    while (
        (day.weekday() > 4 and kind != "Veranstaltung")
        or (day.month, day.day) >= (12, 23)
        or (day.month, day.day) <= (1, 2)
        or (7, 18) <= (day.month, day.day) <= (8, 6)
    ):
        day -= dt.timedelta(1)
    return day


def _ties(rng: random.Random, cast: Cast, today: dt.date) -> Iterator[Row]:
    for tie in make_ties(rng, cast):
        yield {
            "Organisation": tie.organisation.name,
            "Person": tie.person.name if tie.person else "",
            "Von uns": tie.member.name if tie.member else "",
            "Fachbereich": tie.department,
            "Art": tie.kind,
            "Federführend": "ja" if tie.cadence else "",
            "Rhythmus (Tage)": str(tie.cadence) if tie.cadence else "",
            "Nähe": tie.closeness,
            "Seit": _date(today, tie.since),
            "Zuletzt belegt (Jahr)": str(today.year - tie.years_ago) if tie.years_ago is not None else "",
            "Vermittelt durch": tie.opened_by,
        }


def _date(today: dt.date, ago: int | None) -> str:
    return f"{today - dt.timedelta(ago):%d.%m.%Y}" if ago is not None else ""


def main() -> None:
    """Read the command line and write the lists."""
    parser = argparse.ArgumentParser(
        prog="python -m kontaktnetz.demo_lists", description="Schreibt die Beispiellisten."
    )
    parser.add_argument(
        "--today",
        type=dt.date.fromisoformat,
        required=True,
        metavar="JJJJ-MM-TT",
        help="der Tag, an dem die Listen enden",
    )
    parser.add_argument("--into", type=Path, required=True, metavar="ORDNER", help="wohin sie geschrieben werden")
    arguments = parser.parse_args()
    print(write_demo_lists(arguments.into, arguments.today))


if __name__ == "__main__":
    main()
