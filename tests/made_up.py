"""Mirrors of invented contacts, the same for the same seed. Also used by ``bench/pages.py``."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from schemas.base import BASE
from schemas.contacts import choices
from schemas.model import MultiSelect, SingleSelect
from sync.mirror.columns import shape_of
from sync.mirror.manifest import FieldEntry
from sync.mirror.refresh import MirrorReport, TableSource, refresh_from

Rows = Sequence[Mapping[str, object]]

NOW = dt.datetime.now(ZoneInfo("Europe/Berlin")).replace(microsecond=0)
"""Now as the office reads its clock: its day is the one that pages call today."""

FIRST = ("Anna", "Jürgen", "Fatma", "Olaf", "Zoë", "Mehmet", "Käthe", "René", "Ines", "Bartosz", "Grete", "Tim")
LAST = ("Müller", "Groß", "Yıldız", "Özdemir", "Schäfer", "von der Heide", "Nowak", "Böhm", "Lange", "Krüger", "Weiß")
PLACES = ("Altstadt", "Buckau", "Cracau", "Diesdorf", "Nordpark", "Sudenburg", "Neue Neustadt", "Ottersleben")
WHAT = (
    "Nachbarschaft",
    "Tafel",
    "Lesepaten",
    "Sportverein",
    "Tierhilfe",
    "Chor",
    "Stadtgarten",
    "Repaircafé",
    "Hospiz",
)
TALK = ("Raum für Treffen angefragt", "Über die Messe gesprochen", "Freiwillige vermittelt", "Glückwunsch geschickt")


def write(folder: Path, tables: Mapping[str, Rows], now: dt.datetime, url: str = "http://127.0.0.1:1") -> MirrorReport:
    """Write a mirror of these rows (raw cells by column code; tables that are left out are empty)."""
    sources = [source(code, tables.get(code, ())) for code in BASE.tables]
    return refresh_from(sources, mirror_dir=folder, base_id="pBase", nocodb_url=url, now=now)


def source(code: str, rows: Rows, labels: Mapping[str, Mapping[str, str]] | None = None) -> TableSource:
    """Return one table to mirror; ``labels`` renames choices, per column."""
    table = BASE.tables[code]
    fields = []
    for column, kind in table.columns.items():
        words = {c.code: c.label for c in kind.choices} if isinstance(kind, SingleSelect | MultiSelect) else {}
        words |= (labels or {}).get(column, {})
        fields.append(FieldEntry(column, kind.title, f"c{code}_{column}", kind.uidt, words))
    codes = {f.code: {label: c for c, label in f.labels.items()} for f in fields if f.labels}
    return TableSource(shape_of(table, codes), table.title, f"m{code}", tuple(fields), {}, lambda: pages(rows))


def pages(rows: Rows) -> Iterator[Rows]:
    """Return rows in pages as the server gives them."""
    for start in range(0, len(rows), 1000):
        yield rows[start : start + 1000]


def contacts(
    organisations: int, persons: int, interactions: int, today: dt.date, seed: int = 7
) -> dict[str, list[dict[str, object]]]:
    """Return invented tables of these sizes; one person in twelve has no function."""
    dice = random.Random(seed)
    made: dict[str, list[dict[str, object]]] = {}
    made |= {code: [] for code in ("organisation", "person", "function", "interaction")}
    kinds = [c.label for c in choices.ORGANISATION_KINDS]
    areas = [c.label for c in choices.ENGAGEMENT_FIELDS]
    for i in range(1, organisations + 1):
        name = f"{dice.choice(WHAT)} {dice.choice(PLACES)} {i}"
        made["organisation"].append({
            "id": i, "name": name, "short_name": f"N{i}", "kind": dice.choice(kinds),
            "sphere": dice.choices([c.label for c in choices.SPHERES], (60, 20, 10, 10))[0],
            "parent": dice.randint(1, i - 1) if i > 10 and dice.random() < 0.3 else None,
            "engagement_fields": ",".join(dice.sample(areas, 2)), "district": dice.choice(PLACES),
            "street": f"Weg {i}", "postcode": "01067", "city": "Musterstadt",
            "phone": f"0391 {100000 + i}" if dice.random() < 0.9 else None,
            "mail": f"post{i}@example.org" if dice.random() < 0.8 else None, "web": f"https://verein{i}.example.org",
            "portrait": "Wir bringen Menschen zusammen.", "created_at": "2026-01-01 08:00:00+00:00",
        })  # fmt: skip
    for i in range(1, persons + 1):
        first, last = dice.choice(FIRST), dice.choice(LAST)
        made["person"].append({
            "id": i, "name": f"{first} {last}", "first_name": first, "last_name": last,
            "salutation": dice.choice(["Frau", "Herr", None, "Unbekannt"]), "mail": f"person{i}@example.org",
            "phone": f"0391 {200000 + i}", "mobile": None,
        })  # fmt: skip
        if organisations and dice.random() < 0.92:
            ended = dice.random() < 0.1
            made["function"].append({
                "id": len(made["function"]) + 1, "name": dice.choice(["Vorsitz", "Koordination", "Ansprechperson"]),
                "kind": dice.choice([c.label for c in choices.FUNCTION_KINDS]), "person": i,
                "organisation": dice.randint(1, organisations), "main_contact": int(dice.random() < 0.3),
                "valid_from": "2020-01-01", "valid_to": "2024-12-31" if ended else None,
            })  # fmt: skip
    talk = [c.label for c in choices.INTERACTION_KINDS]
    for i in range(1, interactions + 1):
        day = today - dt.timedelta(days=dice.randint(0, 1100))
        step = dice.random() < 0.15
        made["interaction"].append({
            "id": i, "summary": dice.choice(TALK), "day": day.isoformat(), "kind": dice.choice(talk),
            "organisation": dice.randint(1, max(1, organisations * 4 // 5)), "person": dice.randint(1, max(1, persons)),
            "team_member": dice.randint(1, 3), "next_step": "Zurückrufen" if step else None,
            "next_step_due": (day + dt.timedelta(days=14)).isoformat() if step else None,
            "next_step_done": int(dice.random() < 0.9), "note": None,
        })  # fmt: skip
    made["team_member"] = [
        {"id": 1, "name": "Rita Redlich", "mail": "editor@example.org"},
        {"id": 2, "name": "Paul Probe", "mail": "paul@example.org"},
        {"id": 3, "name": "Vera Viel", "mail": "viewer@example.org"},
    ]
    made["relationship"] = [
        {"id": i, "kind": "Betreuung durch uns", "organisation": dice.randint(1, organisations), "team_member": 1,
         "owner": 1, "cadence_days": 180, "closeness": "2 – gut bekannt"}
        for i in range(1, organisations // 3)
    ]  # fmt: skip
    return made


def cases(organisations: int, count: int) -> dict[str, list[dict[str, object]]]:
    """Return so many open conflicts and pairs of look-alikes among these organisations."""
    rows = [1 + i * 7 % organisations for i in range(count)]
    return {
        "conflict": [
            {"id": i, "name": f"Verein {row}", "field": "Telefon", "ours": "0391 1", "theirs": f"0391 {i}",
             "source": "Liste", "state": "offen", "found_at": "2026-10-01 08:00:00+00:00", "link": "http://127.0.0.1:1/x"}
            for i, row in enumerate(rows, start=1)
        ],
        "duplicate": [
            {"id": i, "name": f"Verein {row} / Verein {row} e.V.", "reasons": "gleicher Name; gleiche PLZ",
             "confidence": 60 + i % 40, "first": f"Name: Verein {row}", "second": f"Name: Verein {row} e.V.",
             "state": "offen"}
            for i, row in enumerate(rows, start=1)
        ],
    }  # fmt: skip


def book(runs: int, writes: int, now: dt.datetime) -> dict[str, list[dict[str, object]]]:
    """Return the run book and the journal of an installation that has run for long."""
    rows: list[dict[str, object]] = []
    for number in range(runs):
        began = (now - dt.timedelta(minutes=10 * number)).isoformat()
        rows += [
            {"id": 2 * number + 1, "name": "Kontakte aus dem Postfach", "state": "fertig", "started_at": began,
             "finished_at": began, "report": f"Lauf r{number}\n3 Kontakte", "ident": f"run:r{number}"},
            {"id": 2 * number + 2, "name": "Kontakte aus dem Postfach", "state": "fertig", "started_at": began,
             "finished_at": began, "report": "3 Kontakte", "ident": f"slot:mailbox:{began}"},
        ]  # fmt: skip
    return {"job_run": rows, "journal": [{"id": n, "run": f"r{n % runs}", "undone": False} for n in range(1, writes)]}


def events(today: dt.date, guests: int, persons: int, organisations: int, seed: int = 3) -> dict[str, Rows]:
    """Return three events (1 past ceremony, 2 coming fair with so many guests, 3 a draft), with all around them."""
    dice = random.Random(seed)

    def at(days: int, hour: int = 15) -> str:
        return f"{today + dt.timedelta(days=days)} {hour:02d}:00:00+00:00"

    def on(days: int) -> str:
        return (today + dt.timedelta(days=days)).isoformat()

    made: dict[str, list[dict[str, object]]] = {}
    made["body"] = [{"id": 1, "name": "Netzwerk", "kind": "Netzwerk"}, {"id": 2, "name": "Jury", "kind": "Jury"}]
    made["office"] = [{"id": 1, "name": "Büro für Soziales", "kind": "Absender", "organisation": 1}]
    made["seat"] = [
        {"id": i, "name": f"Sitz {i}", "body": 1 + i % 2, "organisation": i, "person": i, "deputy": i + 1}
        for i in range(1, min(9, organisations, persons - 1))
    ]
    made["event"] = [
        {"id": 1, "name": "Ehrung im Vorjahr", "kind": "Ehrung", "series": "FreiwilligenPass", "state": "Abgeschlossen",
         "starts_at": at(-330), "ends_at": at(-330, 18), "venue": "Gesellschaftshaus", "capacity": 120, "host": 1,
         "sender": 1, "signatory": 1, "team_member": 1, "address_form": "Immer Sie", "ident": "demo:e1"},
        {"id": 2, "name": "Engagementmesse", "kind": "Engagementmesse", "series": "Engagementmesse", "state": "Läuft",
         "starts_at": at(40), "ends_at": at(40, 18), "doors_at": at(40, 14), "venue": "Ratsdiele",
         "street": "Alter Markt 6", "postcode": "39104", "city": "Musterstadt", "capacity": max(2, guests // 4),
         "companions_max": 1, "host": 1, "sender": 1, "signatory": 1, "team_member": 1,
         "reply_to": "messe@example.org", "address_form": "Immer Sie", "save_the_date_on": on(-44),
         "invite_on": on(-3), "answer_by": on(26), "remind_on": on(19), "invitation_subject": "Engagementmesse",
         "invitation_text": "wir laden Sie herzlich ein.\n\nKommen Sie vorbei.", "ident": "demo:e2"},
        {"id": 3, "name": "Seminar in Planung", "kind": "Seminar", "state": "Entwurf", "ident": "demo:e3"},
    ]  # fmt: skip
    made["guest_group"] = [
        {"id": 1, "name": "Geehrte", "event": 1, "order": 1, "channel": "Brief", "described": "von Hand"},
        {"id": 2, "name": "Vereine", "event": 2, "order": 1, "channel": "E-Mail", "described": "Vereine"},
        {"id": 3, "name": "Ehrengäste", "event": 2, "order": 2, "channel": "Brief", "described": "von Hand"},
    ]
    made["invitation"] = [_invited(dice, i, 2, persons, organisations, at) for i in range(1, guests + 1)]
    made["invitation"] += [
        _invited(dice, guests + i, 1, persons, organisations, at) for i in range(1, min(10, persons) + 1)
    ]
    made["reply"] = [
        {"id": n, "name": i["name"], "invitation": i["id"], "event": i["event"], "answer": i["answer"],
         "channel": i["answered_by"], "at": i["answered_at"], "companions": i["companions"], "state": "gilt",
         "ident": f"t:reply:{n}"}
        for n, i in enumerate((i for i in made["invitation"] if i["answered_at"]), start=1)
    ]  # fmt: skip
    made["stand"] = [
        {"id": i, "name": f"Stand {i}", "event": 2, "organisation": i, "person": i, "number": str(i), "area": "Foyer",
         "row": 1 + i % 3, "spot": 1 + i // 3, "tables": 1 + i % 2, "chairs": 2, "power": i % 2, "state": "bestätigt"}
        for i in range(1, min(16, organisations, persons))
    ]  # fmt: skip
    return dict(made)


def _invited(
    dice: random.Random, row: int, event: int, persons: int, organisations: int, at: Callable[[int, int], str]
) -> dict[str, object]:
    """Return an invitation; of four guests of the coming event one is silent, one is only noted, two have answered."""
    person = 1 + (row - 1) % persons
    past = event == 1
    answer = dice.choice(["zugesagt", "abgesagt", "zugesagt", "Vertretung", "vorläufig"]) if past or row % 4 > 1 else ""
    came = past and answer == "zugesagt" and row % 3 > 0
    return {
        "id": row, "name": f"Gast {row}", "event": event, "person": person,
        "organisation": dice.randint(1, organisations), "guest_group": 1 if past else 2 + row % 10 // 9,
        "channel": dice.choice(["E-Mail", "E-Mail", "Brief", "Telefon"]), "mail": f"person{person}@example.org",
        "state": "eingeladen" if past or row % 4 else "vorgemerkt", "answer": answer or "offen",
        "place": "Platz" if answer in ("zugesagt", "Vertretung") else None,
        "companions": 1 if answer == "zugesagt" and row % 5 == 0 else None,
        "represented_by": "Frau Beispiel" if answer == "Vertretung" else None,
        "invited_at": at(-360 if past else -3, 8) if past or row % 4 else None,
        "answered_at": at(-350 if past else -dice.randint(0, 2), 9) if answer else None,
        "answered_by": dice.choice(["Link oder QR", "Telefon", "E-Mail", "Brief"]) if answer else None,
        "checked_in_at": at(-330, 15) if came else None, "checked_in": 1 if came else None, "walk_in": 0,
        "mark": f"marke{row}", "ident": f"einladung:{event}:p{person}",
    }  # fmt: skip
