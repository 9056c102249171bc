"""The demo lists: the same invented people whatever the day, readable by the shipped profiles, and nobody real."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest

from kontaktnetz.demo_lists import write_demo_lists
from schemas.contacts.choices import ORGANISATION_KINDS
from schemas.contacts.rules import is_cold, step_is_overdue
from sync.items import Delivery, Item
from sync.sources.check import check_source
from sync.sources.registry import load_sources, open_delivery

EXAMPLES = Path(__file__).parents[2] / "examples"
COMMITTED_FOR = dt.date(2026, 11, 23)
DAYS = [COMMITTED_FOR, dt.date(2027, 1, 3), dt.date(2028, 2, 29), dt.date(2027, 7, 30)]
LISTS = ("team", "organisationen", "personen", "kontakte", "beziehungen")
BROKEN = {"P900", "P901", "X001", "X002"}
GERMAN_DATE = re.compile(r"\d\d\.\d\d\.\d{4}")


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "demo" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def cells(folder: Path) -> list[str]:
    return [cell for name in LISTS for row in rows(folder, name) for cell in row.values() if cell]


def delivered(folder: Path) -> Delivery:
    return open_delivery(load_sources(folder / "sources.toml")["demo"])


def of(delivery: Delivery, table: str) -> list[Item]:
    return [item for item in delivery.items if item.table == table]


@pytest.fixture(scope="module", params=DAYS, ids=str)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dt.date]:
    folder = tmp_path_factory.mktemp("lists")
    write_demo_lists(folder, request.param)
    return folder, request.param


def test_committed_lists_are_what_the_generator_writes(tmp_path: Path) -> None:
    sources = write_demo_lists(tmp_path, COMMITTED_FOR)
    assert sources == tmp_path / "sources.toml"
    made = sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file())
    committed = {p.relative_to(EXAMPLES) for p in EXAMPLES.rglob("*") if p.is_file()} - {Path("README.md")}
    assert set(made) == committed
    for path in made:
        assert (tmp_path / path).read_bytes() == (EXAMPLES / path).read_bytes(), path


def test_only_dates_and_years_depend_on_the_day(written: tuple[Path, dt.date]) -> None:
    folder, today = written

    def timeless(root: Path) -> list[list[str]]:
        found = []
        for name in LISTS:
            for row in rows(root, name):
                year = row.pop("Zuletzt belegt (Jahr)", "")
                found.append([name, bool(year), *(GERMAN_DATE.sub("TT.MM.JJJJ", cell) for cell in row.values())])
        return found

    assert timeless(folder) == timeless(EXAMPLES)
    if today != COMMITTED_FOR:
        assert cells(folder) != cells(EXAMPLES)


def test_lists_bring_sixty_organisations_and_three_years_of_contacts(written: tuple[Path, dt.date]) -> None:
    counted = Counter(item.table for item in delivered(written[0]).items)
    assert {t: counted[t] for t in ("organisation", "person", "team_member", "interaction")} == {
        "organisation": 60,
        "person": 120,
        "team_member": 6,
        "interaction": 400,
    }
    assert counted["function"] > 100
    assert counted["office"] >= 15
    assert counted["relationship"] > 60


def test_only_the_rows_broken_on_purpose_are_reported(written: tuple[Path, dt.date]) -> None:
    delivery = delivered(written[0])
    broken_rows = {
        (f"{name}.csv", number)
        for name in ("personen", "kontakte")
        for number, row in enumerate(rows(written[0], name), start=2)
        if row["Kennung"] in BROKEN
    }
    assert len(broken_rows) == len(BROKEN)
    assert {(r.origin.file, r.origin.row, r.column) for r in delivery.rejected} == {
        ("personen.csv", 136, "Nachname"),
        ("kontakte.csv", 402, "Datum"),
        ("kontakte.csv", 403, "Worum ging es"),
    }
    assert [(n.origin.file, n.origin.row, n.column) for n in delivery.notes] == [("personen.csv", 137, "E-Mail")]
    assert {(o.file, o.row) for o in [x.origin for x in (*delivery.rejected, *delivery.notes)]} == broken_rows


@pytest.mark.parametrize("name", LISTS)
def test_every_column_of_a_list_is_known_to_its_profile(name: str) -> None:
    report = check_source(EXAMPLES / "demo" / f"{name}.csv", name)
    assert not report.problem
    assert [title for title, known in report.columns if known is None] == []
    assert report.ignored == ()


def test_kinds_arrive_as_they_are_written() -> None:
    labels = {str(choice.code): choice.label for choice in ORGANISATION_KINDS}
    arrived = {o.values["name"]: labels[str(o.values["kind"])] for o in of(delivered(EXAMPLES), "organisation")}
    assert arrived == {row["Organisation"]: row["Art"] for row in rows(EXAMPLES, "organisationen")}
    assert set(arrived.values()) >= {"Wohlfahrtsverband", "Verein", "Dezernat", "Stiftung", "Unternehmen"}


def test_nobody_can_be_reached_by_accident(written: tuple[Path, dt.date]) -> None:
    texts = cells(written[0])
    addresses = [text for text in texts if "@" in text or text.startswith("http")]
    phones = [text for text in texts if re.fullmatch(r"0[\d -]{6,}", text)]
    assert len(addresses) > 200
    assert all(text.endswith(".example") for text in addresses)
    assert len(phones) > 150
    assert [p for p in phones if not re.fullmatch(r"030 23125-\d{3}|0171 39200\d\d", p)] == []


def test_no_two_share_a_phone_number(written: tuple[Path, dt.date]) -> None:
    folder = written[0]
    numbers = [row["Telefon"] for name in ("team", "organisationen", "personen") for row in rows(folder, name)]
    numbers += [row["Mobil"] for row in rows(folder, "personen")]
    assert [number for number, count in Counter(filter(None, numbers)).items() if count > 1] == []


def test_contacts_fall_on_days_when_somebody_works(written: tuple[Path, dt.date]) -> None:
    folder, today = written
    entries = of(delivered(folder), "interaction")
    days = [(entry.values["day"], entry.values["kind"]) for entry in entries]
    assert max(day for day, _ in days) <= today
    assert today - dt.timedelta(3 * 366) <= min(day for day, _ in days) < today - dt.timedelta(1000)
    assert {day.weekday() for day, kind in days if kind != "veranstaltung"} <= {0, 1, 2, 3, 4}
    assert [day for day, _ in days if (day.month, day.day) >= (12, 23) or (day.month, day.day) <= (1, 2)] == []


def test_every_screen_has_something_to_say(written: tuple[Path, dt.date]) -> None:
    folder, today = written
    delivery = delivered(folder)
    steps = [e.values for e in of(delivery, "interaction") if e.values.get("next_step")]
    late = [
        s
        for s in steps
        if step_is_overdue(s["next_step"], s.get("next_step_due"), bool(s.get("next_step_done")), today)
    ]
    ahead = [s for s in steps if s.get("next_step_due") and s["next_step_due"] >= today and not s.get("next_step_done")]
    assert len(late) >= 5
    assert len(ahead) >= 5

    last: dict[str, dt.date] = {}
    for entry in of(delivery, "interaction"):
        ident = entry.links["organisation"].ident
        last[ident] = max(entry.values["day"], last.get(ident, dt.date.min))
    assert 60 - len(last) == 5
    assert 3 <= sum(is_cold(day, today) for day in last.values()) <= 10

    persons = {p.ident: p for p in of(delivery, "person")}
    placed = {f.links["person"].ident for f in of(delivery, "function")}
    assert 5 <= len(persons.keys() - placed) <= 12
    assert {p.values.get("salutation") for p in persons.values()} == {"frau", "herr", "neutral", "unbekannt", None}
    assert sum(bool(p.values.get("do_not_contact")) for p in persons.values()) == 3
    assert sum("valid_to" in f.values for f in of(delivery, "function")) == 6
    assert Counter(f.links["person"].ident for f in of(delivery, "function")).most_common(1)[0][1] >= 2
