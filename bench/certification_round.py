"""Play a whole round on a real NocoDB, and recount every figure of the pages straight from its tables on five days.

25 placements: taken in, seminar, self-assessments (by link, two people each), reviews with reports,
decisions in the network's meeting, the fair with numbers and seals. Three leave, two become one, one coordinator
leaves, one rests and goes on, one is given back, one is dragged ahead on NocoDB's board, one is refused. After every
chapter the mirror is refreshed, and the rows behind each figure of ``streamlit_app/frames/certification.py`` are
compared with the recount (``certification_recount.py``). Ends with one JSON line: ``placements``, ``recount_equal``,
``figures`` (compared; ``filled`` of them were not
empty), ``unequal`` (which ones stands on stderr).
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "bench")]

from certification_recount import Recount, answered, seals_now
from form_pages import CODES, PARTS, FormHouse
from guest_pages import SECRET
from servers import throwaway_server

from automations.certification.awarding import Awarding, Handing
from automations.certification.cases import Entry, NotLegal, begin_round, carry_out
from automations.certification.form_links import PATH, FormLinks, FormSigner
from automations.certification.merging import follow_sites
from automations.certification.placing import Newcomer, take_in
from automations.certification.procedure_rows import put_defaults
from automations.certification.ratings import Review, Typed, save_review
from automations.certification.report_writing import save_texts, sign_off
from automations.certification.underway import running_rounds
from schemas.base import BASE
from schemas.certification.choices import ACTORS, PHASES, Decision, Phase, Rating, RoundState
from schemas.certification.rules.calendar import Chance
from schemas.certification.rules.funnel import Stage
from schemas.certification.rules.procedure import read_procedure
from schemas.certification.rules.progress import Move
from schemas.certification.tables import Certification, CertificationRound
from schemas.contacts.tables import Function, Organisation, Person
from schemas.events.choices import Answer, InvitationState
from schemas.events.tables import Event, Invitation
from schemas.model import Record
from schemas.network.tables import Body
from streamlit_app.frames.certification import LISTS, Around, day_of, read_round
from streamlit_app.frames.certification_rounds import read_rounds
from streamlit_app.frames.records import as_records
from streamlit_app.frames.seals import read_seals
from sync.connection import Connection
from sync.desk import open_desk
from sync.merging import Merger
from sync.mirror import load_table, read_manifest, refresh_mirror
from sync.nocodb import records
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema

PLACES = 25
BEGUN = dt.date(2025, 9, 1)
SEMINAR, FAIR = dt.date(2025, 10, 16), dt.date(2026, 11, 19)
SCALE = (Rating.FULLY, Rating.MOSTLY, Rating.PARTLY, Rating.MOSTLY, Rating.FULLY)
REPORT = {"description": "Ein offenes Haus.", "strengths": "Einarbeitung.", "recommendations": "Vertretung benennen.",
          "conclusion": "Wir empfehlen das Siegel."}  # fmt: skip
NAMES = ("alle", *LISTS, *(f"phase-{c.code}" for c in PHASES), *(f"dran-{c.code}" for c in ACTORS),
         *(f"stufe-{s}" for s in Stage), *(f"aussicht-{c}" for c in Chance))  # fmt: skip


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(11), dt.UTC)


class Round:
    """The round as it is played; cases by the number of their placement, from 0."""

    def __init__(self, opened: Connection, folder: Path) -> None:
        self.opened, self.mirror = opened, folder / "mirror"
        stores = {code: TableStore(opened.client, opened.base, BASE.record(code)) for code in CODES}
        self.forms = FormHouse(stores, opened)
        self.links = FormLinks(stores["certification"], FormSigner(SECRET, opened.base.id))
        self.figures, self.filled, self.unequal = 0, 0, []
        self.keys = 0
        put_defaults(opened, now)
        (self.body,) = self.make([Body(name="Netzwerk", ident="b:n")])
        self.houses = self.make([Organisation(name=f"Haus {i:02}", kind="einrichtung", sphere="zivilgesellschaft",
                                              ident=f"b:o{i}") for i in range(PLACES)])  # fmt: skip
        self.people = self.make([Person(first_name="Ada", last_name=f"Muster{i:02}", ident=f"b:p{i}")
                                 for i in range(PLACES)])  # fmt: skip
        self.functions = self.make([
            Function(name="Koordination", person=who, organisation=house, valid_from=dt.date(2020, 1, 1),
                     ident=f"b:f{who}")
            for who, house in zip(self.people, self.houses, strict=True)
        ])  # fmt: skip
        seminar, fair = self.make([Event(name="Seminar", kind="seminar", starts_at=noon(SEMINAR), ident="b:e1"),
                                   Event(name="Messe", kind="messe", starts_at=noon(FAIR), ident="b:e2")])  # fmt: skip
        (self.row,) = self.make([
            CertificationRound(name="Runde 2026", year=2026, state=RoundState.PREPARED, begins_on=BEGUN, body=self.body,
                               seminar=seminar, award_event=fair, ident="b:r")
        ])  # fmt: skip
        self.procedure = begin_round(opened, self.row, now).procedure
        newcomers = [Newcomer(house, f"Haus {i:02}", who) for i, (house, who) in
                     enumerate(zip(self.houses, self.people, strict=True))]  # fmt: skip
        taken = {case.site: case.id or 0 for case in take_in(opened, self.row, newcomers, now, BEGUN).made}
        self.cases = [taken[house] for house in self.houses]
        self.make([
            Invitation(name=f"Ada {i}", event=seminar, person=who, state=InvitationState.INVITED, answer=Answer.YES,
                       checked_in_at=noon(SEMINAR), checked_in=1, ident=f"b:i{i}")
            for i, who in enumerate(self.people)
        ])  # fmt: skip

    def make(self, rows: list[Record]) -> list[int]:
        return TableStore(self.opened.client, self.opened.base, type(rows[0])).create(rows)

    def play(self, number: int, move: Move, on: dt.date, **told: object) -> None:
        self.keys += 1
        entry = Entry(f"b:{self.keys}", on, by="Rita", **told)  # type: ignore[arg-type]
        carry_out(self.opened, self.cases[number], move, entry, now)

    def record(self, numbers, code: str, on: dt.date) -> None:
        for number in numbers:
            self.play(number, Move.RECORD, on + dt.timedelta(days=number % 9), step=code, proof="Liegt vor")

    def assess(self, number: int, *, halves: int = 2) -> None:
        """Fill in the form behind the link as two people at the placement do, each a part of the criteria."""
        path = f"{PATH}{self.links.token(self.cases[number])}"
        codes = [c.code for c in self.procedure.criteria]
        for half in range(halves):
            mine = {code: (SCALE[(number + at) % 5], "Steht in der Vereinbarung", "")
                    for at, code in enumerate(codes) if at % 2 == half}  # fmt: skip
            for page, asked in PARTS.items():
                told = {code: mine[code] for code in asked if code in mine}
                if told and self.forms.fill(f"{path}/{page}", by=f"Person {half}", **told).status != 303:
                    raise RuntimeError(f"page {page} of case {number} was not saved")
            self.forms.later(hours=2)  # the limits are those of one team, not of 25

    def review(self, number: int) -> None:
        typed = [Typed(c.code, Review(SCALE[(number + at * 2) % 5], "Gesehen"), Review())
                 for at, c in enumerate(self.procedure.criteria)]  # fmt: skip
        save_review(self.opened, self.cases[number], self.procedure, typed, by="Gerd", now=now)

    def sign(self, number: int, on: dt.date) -> None:
        save_texts(self.opened, self.cases[number], REPORT, {}, now)
        sign_off(self.opened, self.cases[number], REPORT, by="Gerd", on=on, now=now)

    def decide(self, number: int, decision: Decision, on: dt.date) -> None:
        recused = "Haus 05: gehört zum eigenen Träger" if number == 5 else ""
        self.play(number, Move.DECIDE, on, decision=decision, decided_by=self.body, recused=recused,
                  decision_text="Beschluss des Netzwerks")  # fmt: skip

    def type_in(self, table: str, row: int, column: str, value: object) -> None:
        """Change a cell as staff do in the spreadsheet."""
        real = self.opened.base.tables[table]
        records.update_rows(self.opened.client, real.id, {row: {real.fields[column].data_id: value}}, key=real.key)

    # --- the figures -------------------------------------------------------------------------------------------------

    def check(self, today: dt.date) -> None:
        """Compare every figure as the pages show it on a day with the recount from the tables."""
        tables = {code: list(TableStore(self.opened.client, self.opened.base, BASE.record(code)).pull_raw())
                  for code in ("certification_round", "certification", "step_record", "event", "function",
                               "assessment")}  # fmt: skip
        refresh_mirror(self.opened.client, self.opened.base, self.mirror, now())
        manifest = read_manifest(self.mirror)
        frames = {code: load_table(self.mirror, manifest, code) for code in BASE.tables}
        (round_,) = as_records(frames["certification_round"], CertificationRound)
        rows = as_records(frames["certification"], Certification)
        around = Around(round_, read_procedure(round_.procedure), day_of(frames["event"], round_.award_event), today)
        book = read_round(around, rows, frames["step_record"], frames["function"], {})
        told = Recount(tables, self.row, today)
        for name in dict.fromkeys(NAMES):
            self.same(today, name, {one.id for one in book.named(name)}, told.lists.get(name, set()))
        self.same(today, "days", {one.id: one.days for one in book.cases}, told.days)
        self.same(today, "next", {one.id: one.step.code if one.step else None for one in book.cases}, told.next)
        (line,) = read_rounds([round_], frames["certification"], frames["step_record"], frames["event"],
                              lambda _: around.procedure)  # fmt: skip
        counts = {stage: len(told.lists[f"stufe-{stage}"]) for stage in line.funnel}
        self.same(today, "funnel", {str(k): v for k, v in line.funnel.items()}, {str(k): v for k, v in counts.items()})
        self.same(today, "list", (line.cases, line.waiting, line.resting, line.out),
                  tuple(len(told.lists.get(name, ())) for name in ("alle", "wartet", "ruht", "aus")))  # fmt: skip
        seals = read_seals(frames, today)
        self.same(today, "seals", {one.row for one in seals.lists["tragen"]}, seals_now(tables))
        gone = {one.row for one in seals.lists["gefahr"]}
        self.same(today, "seals at risk", gone, {c for c in seals_now(tables) if c in self.lost})
        (mail,) = running_rounds(self.opened, today)
        self.same(today, "mail: stale", {one.id for one in mail.cases if one.stale}, told.lists.get("liegt", set()))
        self.ratings = answered(tables, [one.id for one in book.cases])

    def same(self, today: dt.date, name: str, shown: object, counted: object) -> None:
        self.figures += 1
        self.filled += bool(counted)
        if shown != counted:
            self.unequal.append(f"{today:%d.%m.%Y} {name}: {shown} != {counted}")

    lost: frozenset[int] = frozenset()
    """Cases whose trained coordinator left."""


def whole_round(played: Round) -> dict[str, object]:
    """Play it from the seminar to the fair; the figures are compared after every chapter."""
    everybody = range(PLACES)
    played.record(everybody, "anmeldung", dt.date(2025, 9, 8))
    played.record(range(1, PLACES), "seminar", SEMINAR)
    played.check(dt.date(2025, 10, 30))
    played.play(1, Move.WITHDRAW, dt.date(2025, 11, 20))
    played.play(2, Move.PAUSE, dt.date(2025, 11, 21), paused_until=dt.date(2026, 2, 1), pause_reason="Umbau")
    for number in range(3, PLACES):
        played.assess(number, halves=1 if number == 24 else 2)
    played.record(range(4, 23), "team", dt.date(2026, 1, 5))
    played.play(4, Move.RETURN, dt.date(2026, 1, 20), step="team", note="Bitte ergänzen")
    played.type_in("certification", played.cases[23], "phase", "Begutachtung")
    played.check(dt.date(2026, 1, 28))
    played.play(2, Move.RESUME, dt.date(2026, 2, 2))
    played.assess(2)
    played.record((2, 4), "team", dt.date(2026, 2, 5))
    played.play(6, Move.WITHDRAW, dt.date(2026, 2, 10))
    played.record((*range(2, 6), *range(7, 22)), "besuch", dt.date(2026, 3, 2))
    merge(played, 22, 24)
    for number in (2, 4, 5, *range(7, 22)):
        played.review(number)
        played.sign(number, dt.date(2026, 4, 20))
    played.record((2, 4, 5, *range(7, 22)), "gutachten", dt.date(2026, 4, 20))
    played.type_in("function", played.functions[9], "valid_to", "2026-05-01")
    played.lost = frozenset({played.cases[9]})
    played.check(dt.date(2026, 5, 20))
    for number in (2, 4, 5, *range(8, 22)):
        played.decide(number, Decision.YES, dt.date(2026, 6, 10))
    played.decide(7, Decision.NO, dt.date(2026, 6, 10))
    played.play(21, Move.WITHDRAW, dt.date(2026, 7, 1))
    refused = told_no(played, 3)
    played.check(dt.date(2026, 9, 30))
    waiting = [2, 4, 5, *range(8, 21)]
    (round_,) = TableStore(played.opened.client, played.opened.base, CertificationRound).pull()
    awarded = Awarding(played.opened, round_, Handing(2026, FAIR, "Rita"), now).award(
        [played.cases[number] for number in (*waiting, 3)]
    )
    played.check(dt.date(2026, 11, 23))
    return {"seals": len(awarded.rows), "refused": refused + len(awarded.refused)}


def merge(played: Round, stays: int, goes: int) -> None:
    """Make one of two houses, as staff decide about look-alikes; the cases follow."""
    opened = played.opened
    with open_desk(opened.client, opened.base, "Dubletten", now) as desk:
        merger = Merger(opened.client, opened.base, desk.stores, desk.journal, desk.lease.ensure)
        merger.merge("organisation", played.houses[stays], played.houses[goes])
    assert len(follow_sites(opened, now).joined) == 1


def told_no(played: Round, number: int) -> int:
    """Try what is not legal: to decide without a report, and to award without a decision."""
    refused = 0
    for move, more in ((Move.DECIDE, {"decision": Decision.YES}), (Move.AWARD, {})):
        try:
            played.play(number, move, dt.date(2026, 6, 10), **more)
        except NotLegal:
            refused += 1
    return refused


def measure() -> dict[str, object]:
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="kn-round-"))
    with throwaway_server() as nocodb:
        client = Client.sign_in(nocodb.url, nocodb.email, nocodb.password)
        made = apply_schema(client, BASE, "Kontaktnetz").base
        opened = Connection(client, resolve(client, BASE, made.id))
        played = Round(opened, folder)
        told = whole_round(played)
        cases = list(TableStore(client, opened.base, Certification).pull())
        for line in played.unequal:
            print(line, file=sys.stderr)
        return {
            "placements": PLACES, "recount_equal": not played.unequal, "figures": played.figures,
            "filled": played.filled, **told,
            "left": sum(case.phase == Phase.WITHDRAWN for case in cases), "merged": PLACES - len(cases),
            "declined": sum(case.phase == Phase.DECLINED for case in cases), "ratings": played.ratings,
            "unequal": len(played.unequal), "seconds": round(time.monotonic() - began),
        }  # fmt: skip


def main() -> int:
    told = measure()
    print(json.dumps(told, ensure_ascii=False))
    fine = told["recount_equal"] and (told["left"], told["merged"]) == (3, 1) and told["seals"] == 16
    return 0 if fine else 1


if __name__ == "__main__":
    raise SystemExit(main())
