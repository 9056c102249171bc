"""The figures of the certification pages recounted straight from the tables, with none of the code that makes them.

Only the list of holidays is shared. Cells come as NocoDB holds them, choices as codes.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from automations.workdays import is_free

ORDER = ["seminar", "einschaetzung", "begutachtung", "entscheidung", "wartet"]
PAPER_DAYS, STALE = 10, 8
Row = Mapping[str, object]
Tables = Mapping[str, list[Row]]


def day(cell: object) -> dt.date | None:
    return dt.date.fromisoformat(str(cell)[:10]) if cell else None


class Recount:
    """One round, recounted: the rows behind every figure by the name of its list."""

    def __init__(self, tables: Tables, round_row: int, today: dt.date) -> None:
        self.tables, self.today = tables, today
        self.round = next(r for r in tables["certification_round"] if r["id"] == round_row)
        self.steps = json.loads(str(self.round["procedure"]))["steps"]
        award = next((e for e in tables["event"] if e["id"] == self.round["award_event"]), None)
        self.award = day(award["starts_at"]) if award else None
        self.cases = [c for c in tables["certification"] if c["round"] == round_row]
        self.lists: dict[str, set[int]] = defaultdict(set)
        self.days: dict[int, int | None] = {}
        self.next: dict[int, str | None] = {}
        for case in self.cases:
            self._count(case)

    def _count(self, case: Row) -> None:
        row = int(str(case["id"]))
        last, touched = self._last(row)
        done = {code for code, outcome in last.items() if outcome != "zurueckgegeben"}
        left = [step for step in self.steps if step["code"] not in done]
        must = [step for step in left if step["required"]]
        phase, yes = case["phase"], case["decision"] == "ja"
        running = phase in ORDER
        step = self._next(left, str(phase), yes) if running else None
        self.next[row] = step["code"] if step else None
        days = self._days(case, last, touched) if step else None
        self.days[row] = days
        put = self._put(row)
        put(True, "alle")
        put(running, "laufende")
        put(phase == "wartet", "wartet")
        put(phase == "ruht", "ruht")
        put(phase in ("zurueckgezogen", "abgelehnt"), "aus")
        put(True, f"phase-{phase}")
        stale = step is not None and step["phase"] != "wartet" and (days or 0) > 7 * (step["weeks"] + STALE)
        put(stale, "liegt")
        before = len(ORDER) if phase == "verliehen" else ORDER.index(str(phase)) if running else 0
        put(any(ORDER.index(s["phase"]) < before for s in must), "fehlt")
        put(self._belongs(case, must, yes) not in (None, phase), "karte")
        if running:
            put(True, f"dran-{step['actor'] if step else 'stadt' if yes else 'netzwerk'}")
        ended = phase in ("verliehen", "zurueckgezogen", "abgelehnt")
        put(not ended and self._tie(case) in ("weg", "niemand"), "koordination")
        put(True, f"aussicht-{self._chance(case, must, step, days)}")
        for stage in self._stages(case, must, yes):
            put(True, f"stufe-{stage}")

    def _put(self, row: int):
        def put(fits: bool, name: str) -> None:
            if fits:
                self.lists[name].add(row)

        return put

    def _last(self, case: int) -> tuple[dict[str, str], list[tuple[str, str, dt.date]]]:
        told = [r for r in self.tables["step_record"] if r["certification"] == case]
        told.sort(key=lambda r: (day(r["done_on"]) or dt.date.min, int(str(r["id"]))))
        touched = [(str(r["step_code"]), str(r["outcome"]), day(r["done_on"]) or dt.date.min) for r in told]
        return {code: outcome for code, outcome, _ in touched}, touched

    def _next(self, left: Iterable[Mapping[str, object]], phase: str, yes: bool):
        free = [s for s in left if yes or s["phase"] != "wartet"]
        here = [s for s in free if ORDER.index(str(s["phase"])) >= ORDER.index(phase)]
        for pool in ([s for s in here if s["required"]], [s for s in free if s["required"]], here):
            if pool:
                return pool[0]
        return None

    def _days(self, case: Row, last: Mapping[str, str], touched: list[tuple[str, str, dt.date]]) -> int | None:
        moments = [day(self.round["begins_on"]), day(case["phase_since"])]
        latest = {code: at for at, (code, _, _) in enumerate(touched)}
        for at, (code, outcome, on) in enumerate(touched):
            if outcome == "zurueckgegeben" or (latest[code] == at and last[code] != "zurueckgegeben"):
                moments.append(on)
        past = [moment for moment in moments if moment is not None and moment <= self.today]
        return (self.today - max(past)).days if past else None

    def _belongs(self, case: Row, must: list, yes: bool) -> str | None:
        phase = str(case["phase"])
        if case["seal_year"]:
            return "verliehen"
        if phase not in (*ORDER, "verliehen"):
            return None
        if case["decision"] == "nein":
            return "abgelehnt"
        if not must:
            return "wartet" if yes else "entscheidung"
        first = str(must[0]["phase"])
        return "entscheidung" if first == "wartet" and not yes else first

    def _tie(self, case: Row) -> str:
        if not case["coordinator"]:
            return "niemand"
        here = [f for f in self.tables["function"]
                if f["person"] == case["coordinator"] and f["organisation"] == case["site"]]  # fmt: skip
        if not here:
            return "unbekannt"
        ends = [day(f["valid_to"]) for f in here]
        return "da" if any(end is None or end >= self.today for end in ends) else "weg"

    def _chance(self, case: Row, must: list, step, days: int | None) -> str:
        phase = case["phase"]
        if phase not in ORDER and phase != "ruht":
            return "fertig" if phase == "verliehen" else "offen"
        if self.award is None:
            return "offen"
        if not must:
            return "fertig" if self.today <= self.award else "zu-spaet"
        left = 7 * sum(s["weeks"] for s in must) - (min(days or 0, 7 * step["weeks"]) if step else 0)
        begin = max(self.today, day(case["paused_until"]) or self.today) if phase == "ruht" else self.today
        end = begin + dt.timedelta(days=left)
        while is_free(end):
            end += dt.timedelta(days=1)
        latest, back = self.award, PAPER_DAYS
        while back:
            latest -= dt.timedelta(days=1)
            back -= not is_free(latest)
        if end > latest:
            return "zu-spaet"
        return "knapp" if (latest - end).days * 4 < (latest - begin).days else "gut"

    def _stages(self, case: Row, must: list, yes: bool) -> list[str]:
        open_phases = {s["phase"] for s in must}
        asked = {s["phase"] for s in self.steps if s["required"]}
        stages = [("dabei", True)]
        names = {"seminar": "seminar", "einschaetzung": "selbsteinschaetzung", "begutachtung": "begutachtung"}
        upto: set[str] = set()
        for phase, name in names.items():
            upto.add(phase)
            if phase in asked:
                stages.append((name, not open_phases & upto))
        stages += [("entschieden", yes), ("verliehen", case["phase"] == "verliehen")]
        furthest = max(at for at, (_, there) in enumerate(stages) if there)
        return [name for name, _ in stages[: furthest + 1]]


def seals_now(tables: Tables) -> set[int]:
    """Return the rows of seals that stand."""
    return {int(str(c["id"])) for c in tables["certification"] if c["seal_year"] and c["seal_state"] != "widerrufen"}


def answered(tables: Tables, cases: Iterable[int]) -> int:
    """Return how many ratings placements and reviewers gave in these cases."""
    wanted = set(cases)
    return sum(
        bool(row[side]) for row in tables["assessment"] if row["certification"] in wanted and row["criterion_code"]
        for side in ("self_rating", "review_rating")
    )  # fmt: skip
