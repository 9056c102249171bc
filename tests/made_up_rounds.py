"""Invented certification rounds for mirrors, the same for the same seed. Also used by ``bench/pages.py``."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence

from schemas.certification.choices import DECISIONS, PHASES
from schemas.certification.choices import Decision as D
from schemas.certification.choices import Phase as P
from schemas.certification.rules.procedure import DEFAULT

Rows = list[dict[str, object]]

CODES = [step.code for step in DEFAULT.steps]
FAIR, SEMINAR = 900, 901
"""Rows of fair and seminar are these and ten times the number of the round."""
GUESTS = 500_000
"""Rows of invitations come after this one, clear of those of other events."""


def label(code: str, choices: Sequence[object]) -> str:
    """Return the word that stands in a raw cell."""
    return next(c.label for c in choices if c.code == code)  # type: ignore[attr-defined]


def rounds(
    today: dt.date, count: int = 3, cases: int = 25, persons: int = 60, organisations: int = 40, seed: int = 11
) -> dict[str, Rows]:
    """Return so many rounds with so many cases each: the newest is prepared, the one before it runs, others are over.

    Only tables of the certification and events; lay them over ``made_up.contacts`` of at least these sizes.
    """
    dice = random.Random(seed)
    made: dict[str, Rows] = {
        code: [] for code in ("certification_round", "certification", "step_record", "event", "invitation")
    }
    for number in range(1, count + 1):
        _round(made, dice, today, number, count)
        if number < count or count == 1:
            for at in range(cases):
                _case(made, dice, today, number, count, at, persons, organisations)
    _guests(made, dice, cases, organisations)
    return made


def join(tables: dict[str, Sequence[Mapping[str, object]]], more: Mapping[str, Rows]) -> None:
    """Lay the rounds beside tables that hold events already."""
    for code, rows in more.items():
        tables[code] = [*tables.get(code, ()), *rows]


def _round(made: Mapping[str, Rows], dice: random.Random, today: dt.date, number: int, count: int) -> None:
    back = count - 1 - number if count > 1 else 0  # 0 runs, -1 is prepared
    fair = today + dt.timedelta(days=200 - 730 * back)
    year = fair.year
    made["event"] += [
        {"id": FAIR + 10 * number, "name": f"Engagementmesse {year}", "kind": "Engagementmesse", "state": "Läuft",
         "starts_at": f"{fair} 13:00:00+00:00", "venue": "Ratsdiele"},
        {"id": SEMINAR + 10 * number, "name": f"Seminar {year - 1}", "kind": "Seminar", "state": "Läuft",
         "starts_at": f"{fair - dt.timedelta(days=420)} 07:00:00+00:00", "capacity": 30},
    ]  # fmt: skip
    state = "vorbereitet" if back < 0 else "läuft" if back == 0 else "abgeschlossen"
    made["certification_round"].append({
        "id": number, "name": f"Runde {year}", "year": year, "state": state, "seminar": SEMINAR + 10 * number,
        "award_event": FAIR + 10 * number, "validity": "Siegel mit Jahr – ohne Ende", "validity_years": 5,
        "begins_on": str(fair - dt.timedelta(days=440)), "ident": f"runde:{number}",
        "procedure": DEFAULT.as_text() if back >= 0 else None,
    })  # fmt: skip


def _case(
    made: Mapping[str, Rows], dice: random.Random, today: dt.date, number: int, count: int, at: int, persons: int,
    organisations: int,
) -> None:  # fmt: skip
    row, closed = len(made["certification"]) + 1, number < count - 1
    site, person = 1 + at % organisations, 1 + at % persons
    begun = today - dt.timedelta(days=240 + 730 * max(count - 1 - number, 0))
    done = len(CODES) if closed and dice.random() < 0.85 else dice.randint(0, len(CODES))
    dragged = not closed and at % 12 == 7  # further than its records
    done = min(done, 2) if dragged else done
    phase = P.WAITING if done == len(CODES) else DEFAULT.steps[done].phase
    decided = D.YES if done >= CODES.index("entscheidung") + 1 else None
    if closed:
        phase = P.AWARDED if done == len(CODES) else dice.choice([P.WITHDRAWN, P.DECLINED])
    elif at % 12 == 5 and phase not in (P.WAITING,):
        phase = dice.choice([P.PAUSED, P.WITHDRAWN])
    elif dragged:
        phase = P.REVIEW
    days = sorted(dice.randint(0, 200) for _ in range(done))
    for code, days_on in zip(CODES, days, strict=False):
        made["step_record"].append({
            "id": len(made["step_record"]) + 1, "name": DEFAULT.step(code).name, "certification": row,  # type: ignore[union-attr]
            "step_code": code, "outcome": "erledigt", "done_on": str(begun + dt.timedelta(days=days_on)),
            "done_by": "Rita Redlich", "proof": "liegt im Ordner", "ident": f"schritt:{row}:{code}",
        })  # fmt: skip
    awarded = phase == P.AWARDED
    year = today.year
    made["certification"].append({
        "id": row, "name": f"Einrichtung {at + 1}" if at % 9 else f"Kindertagesstätte am Großen Werder {at + 1}",
        "site": site, "coordinator": person if at % 10 else None, "round": number, "phase": label(phase, PHASES),
        "phase_since": str(begun + dt.timedelta(days=days[-1] if days else 0)),
        "paused_until": str(today + dt.timedelta(days=30)) if phase == P.PAUSED else None,
        "pause_reason": "Umbau" if phase == P.PAUSED else None,
        "decision": label(decided, DECISIONS) if decided else None,
        "signed_off_on": str(today) if done > CODES.index("gutachten") else None,
        "seal_year": year - 2 * (count - number) if awarded else None,
        "seal_number": f"{year - 2 * (count - number)}-{row:03d}" if awarded else None,
        "awarded_on": str(today - dt.timedelta(days=500)) if awarded else None,
        "seal_state": "gilt" if awarded else None, "ident": f"fall:{row}",
    })  # fmt: skip


def _guests(made: Mapping[str, Rows], dice: random.Random, cases: int, organisations: int) -> None:
    """Put the coordinators of the running round and some others on the list of its seminar."""
    running = next((r for r in made["certification_round"] if r["state"] == "läuft"), None)
    if running is None:
        return
    mine = [c for c in made["certification"] if c["round"] == running["id"] and c["coordinator"]]
    guests = [(c["coordinator"], c["site"]) for c in mine[: len(mine) * 3 // 4]]
    guests += [(50 + n, organisations - n) for n in range(3)]
    for at, (person, site) in enumerate(guests, start=1):
        answer = "abgesagt" if at % 7 == 0 else "zugesagt"
        made["invitation"].append({
            "id": GUESTS + at, "name": f"Gast {person}", "event": running["seminar"], "person": person,
            "organisation": site, "state": "eingeladen", "answer": answer,
            "place": "Platz" if answer == "zugesagt" else None, "mail": f"person{person}@example.org",
            "checked_in_at": "2026-01-01 07:00:00+00:00" if at % 5 else None, "ident": f"e:{at}",
        })  # fmt: skip
