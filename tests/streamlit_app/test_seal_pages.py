"""The page behind the QR code of a certificate, and the list of holders: from files alone, with no NocoDB anywhere."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import re
import string
from pathlib import Path

import made_up
import pytest
from guest_pages import NOW, Answered, ask, run

from automations.certification.seal_code import SealClaim, make_code, trust_of
from automations.signing import new_key, open_key, public_keys
from streamlit_app.public.process import make_app
from streamlit_app.seal_pages.known import TRUST_FILE
from streamlit_app.seal_pages.routes import CHECKS_PER_MINUTE
from streamlit_app.seal_pages.words import GERMAN
from sync.settings import Settings

DAY = dt.date(2026, 5, 9)
KITA = "Kita „Groß & Klein“"


def certification(row: int, name: str, number: str, state: str = "gilt", **cells: object) -> dict[str, object]:
    return {"id": row, "name": name, "site": row, "phase": "verliehen", "seal_year": 2026, "seal_number": number,
            "awarded_on": DAY.isoformat(), "seal_state": state, **cells}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, KONTAKTNETZ_DATA=tmp_path / "data", nocodb_url="http://127.0.0.1:9",
                    nocodb_token="x", network_name="Netzwerk Beispielstadt")  # fmt: skip


@pytest.fixture
def mirror(settings: Settings) -> Path:
    sites = [{"id": n, "name": f"Haus {n}", "district": "Altstadt"} for n in (1, 2, 3)]
    cases = [
        certification(1, KITA, "2026-001"),
        certification(2, "Chor Nordpark", "2026-002", "widerrufen", revoked_on="2026-08-01", revoked_why="Geheim"),
        certification(3, "=Formel", "2026-003"),
        {"id": 5, "name": "Vor der Messe", "phase": "wartet", "decision": "ja", "seal_number": "2026-004"},
        {"id": 4, "name": "Noch unterwegs", "phase": "einschaetzung"},
    ]
    made_up.write(settings.mirror_dir, {"certification": cases, "organisation": sites}, NOW)
    return settings.mirror_dir


def get(settings: Settings, path: str, **options: str) -> Answered:
    return run(ask(make_app(settings), "GET", path, **options))


def code(settings: Settings, number: str = "2026-001", name: str = KITA) -> str:
    return make_code(SealClaim(number, 2026, name, DAY), open_key(settings.data_dir, NOW))


def test_a_seal_is_called_genuine_revoked_or_not_genuine_in_words_and_by_a_sign(settings: Settings, mirror: Path):
    good = code(settings)
    genuine, english = get(settings, f"/s/{good}"), get(settings, f"/s/{good}?sprache=en")
    revoked = get(settings, f"/s/{code(settings, '2026-002', 'Chor Nordpark')}")
    forged = get(settings, f"/s/{good[:-9]}{'B' if good[-9] == 'A' else 'A'}{good[-8:]}")
    unreadable = [get(settings, f"/s/{x}") for x in ("x", good[:40], "S1.AAAA.AAAA", "A" * 2001)]
    early = get(settings, f"/s/{code(settings, '2026-004', 'Vor der Messe')}")

    assert genuine.status == 200
    for told in ("Dieses Gütesiegel ist echt.", "✓", "Kita „Groß &amp; Klein“", "Freiwillige willkommen !!! 2026",
                 "2026-001", "09.05.2026", f"Stand vom {NOW:%d.%m.%Y}"):  # fmt: skip
        assert told in genuine.text
    assert "<title>Dieses Gütesiegel ist echt." in genuine.text, "a screen reader says it first"
    assert "This seal is genuine." in english.text
    assert "abgelaufen" not in genuine.text
    for told in ("Dieses Gütesiegel gilt nicht mehr.", "✕", "Widerrufen am 01.08.2026", "Chor Nordpark"):
        assert told in revoked.text
    assert "Geheim" not in revoked.text, "why is nobody else's business"
    assert (forged.status, "nicht echt" in forged.text, "Klein" in forged.text) == (404, True, False)
    assert {(p.status, "nicht lesbar" in p.text) for p in unreadable} == {(404, True)}
    assert "steht noch nicht in unserer Liste" in early.text


@pytest.mark.parametrize(
    ("number", "name", "expected"),
    [
        ("2026-001", KITA, GERMAN.genuine), ("2026-001", "Haus E", GERMAN.other_holder),
        ("2026-098", "Haus E", GERMAN.other_holder), ("2026-003", KITA, GERMAN.other_holder),
        ("2026-004", "Vor der Messe", GERMAN.genuine), ("2026-004", "Haus E", GERMAN.other_holder),
        ("2026-006", "Doppelt 1", GERMAN.other_holder), ("2026-006", "Doppelt 2", GERMAN.other_holder),
        ("2026-007", "Neu zu entscheiden", GERMAN.revoked), ("2026-002", "Chor Nordpark", GERMAN.revoked),
    ],
)  # fmt: skip
def test_a_certificate_is_genuine_only_for_who_holds_its_number(settings, mirror, number, name, expected):
    cases = [
        certification(1, KITA, "2026-001"), certification(2, "Chor Nordpark", "2026-002", "widerrufen"),
        certification(3, "=Formel", "2026-003"), certification(6, "Doppelt 1", "2026-006"),
        certification(7, "Doppelt 2", "2026-006"),
        {"id": 5, "name": "Vor der Messe", "phase": "wartet", "decision": "ja", "seal_number": "2026-004"},
        {"id": 8, "name": "Neu zu entscheiden", "phase": "begutachtung", "decision": "zurueckgestellt",
         "seal_number": "2026-007"},
    ]  # fmt: skip
    made_up.write(settings.mirror_dir, {"certification": cases}, NOW)

    page = get(settings, f"/s/{code(settings, number, name)}")

    told = {one for one in (GERMAN.genuine, GERMAN.other_holder, GERMAN.revoked, GERMAN.ahead) if one in page.text}
    assert (told, "✓" in page.text) == ({expected}, expected == GERMAN.genuine)


def test_before_its_day_an_award_is_announced_and_nobody_is_on_the_list(settings: Settings, mirror: Path) -> None:
    fair = dt.date(2090, 1, 28)
    early = certification(1, KITA, "2026-001", awarded_on=fair.isoformat())
    made_up.write(settings.mirror_dir, {"certification": [early]}, NOW)
    claim = SealClaim("2026-001", 2026, KITA, fair)

    page = get(settings, f"/s/{make_code(claim, open_key(settings.data_dir, NOW))}")

    for told in (GERMAN.ahead, GERMAN.awards, f"{fair:%d.%m.%Y}"):
        assert told in page.text
    assert GERMAN.genuine not in page.text
    assert "✓" not in page.text
    assert "Klein" not in get(settings, "/siegel").text + get(settings, "/siegel.csv").text


def test_of_two_hundred_changed_codes_none_is_called_genuine(settings: Settings, mirror: Path) -> None:
    good, dice, app = code(settings), random.Random(6), make_app(settings)
    signs = string.ascii_letters + string.digits + "-_"
    wrong = set()
    while len(wrong) < 200:
        at = dice.randrange(3, len(good))
        wrong |= {good[:at] + dice.choice(signs) + good[at + 1 :]} - {good}
    pages = [run(ask(app, "GET", f"/s/{one}", peer=f"10.0.{n}.1")) for n, one in enumerate(sorted(wrong))]
    assert {p.status for p in pages} == {404}
    assert not any(GERMAN.genuine in p.text or GERMAN.revoked in p.text for p in pages)


def test_an_older_key_stays_good_and_what_is_not_known_is_said(settings: Settings, mirror: Path) -> None:
    old = code(settings)
    new_key(settings.data_dir, NOW + dt.timedelta(days=1))
    assert GERMAN.genuine in get(settings, f"/s/{old}").text
    (mirror / "manifest.json").unlink()

    page = get(settings, f"/s/{old}")

    assert GERMAN.genuine in page.text
    assert GERMAN.unchecked in page.text, "nobody told which seals were revoked"
    assert get(settings, "/siegel").status == 503


def test_a_machine_without_private_keys_checks_by_the_file_of_trust_or_says_that_it_cannot(settings, tmp_path) -> None:
    bad = code(settings, "2026-002")
    away = Settings(_env_file=None, KONTAKTNETZ_DATA=tmp_path / "draussen", nocodb_url="http://127.0.0.1:9",
                    nocodb_token="x")  # fmt: skip
    assert (get(away, f"/s/{bad}").status, GERMAN.no_keys in get(away, f"/s/{bad}").text) == (503, True)
    away.data_dir.mkdir(exist_ok=True)
    trust = trust_of(public_keys(settings.data_dir), {"2026-002"}, DAY)
    (away.data_dir / TRUST_FILE).write_text(trust.as_text(), encoding="utf-8")

    assert GERMAN.genuine in get(away, f"/s/{code(settings)}").text
    page = get(away, f"/s/{bad}")
    assert GERMAN.revoked in page.text
    assert "09.05.2026" in page.text


def test_the_list_names_who_holds_the_seal_and_nobody_else(settings: Settings, mirror: Path) -> None:
    page, table = get(settings, "/siegel"), get(settings, "/siegel.csv")
    rows = list(csv.reader(io.StringIO(table.text.removeprefix("\ufeff")), delimiter=";"))

    assert page.status == table.status == 200
    assert "2 Einrichtungen" in page.text
    assert '<th scope="row">Kita „Groß &amp; Klein“</th>' in page.text
    for hidden in ("Chor Nordpark", "Noch unterwegs", "Geheim"):
        assert hidden not in page.text + table.text
    assert [row[0] for row in rows[1:]] == ["'=Formel", KITA]
    assert "attachment" in table.headers["content-disposition"]
    for one in (page, get(settings, f"/s/{code(settings)}")):
        assert re.findall(r"""(?:src|href|action)=["']?(?:https?:)?//""", one.text) == []
        assert "<script" not in one.text
        assert "set-cookie" not in one.headers


def test_one_address_may_ask_so_often(settings: Settings, mirror: Path) -> None:
    code(settings)
    app = make_app(settings)
    seen = [run(ask(app, "GET", "/s/x")).status for _ in range(CHECKS_PER_MINUTE + 1)]
    assert seen == [404] * CHECKS_PER_MINUTE + [429]
    assert run(ask(app, "GET", "/s/x", peer="203.0.113.77")).status == 404
