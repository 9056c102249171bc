"""Fixtures for the dashboards: a mirror of their own, somebody signed in, no cache from another test."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import made_up
import pytest
import streamlit as st
from made_up import NOW
from streamlit.testing.v1 import AppTest

from streamlit_app import context, identity
from streamlit_app.door.cookie import Session
from sync.nocodb.accounts import Role

ENTRY = Path(__file__).parents[2] / "streamlit_app" / "main.py"

OpenPage = Callable[..., AppTest]


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, impatient: None) -> Iterator[Path]:
    for name in ("NOCODB_URL", "NOCODB_TOKEN", "NOCODB_BASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KONTAKTNETZ_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("DASHBOARD_SECRET", "key of these tests, 9f27c1 and long enough")
    monkeypatch.setenv("NOCODB_URL", "http://127.0.0.1:9")
    context._current.clear()
    st.cache_resource.clear()
    yield tmp_path / "data"
    context._current.clear()
    st.cache_resource.clear()


@pytest.fixture(autouse=True)
def begins_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages' clock begin each test at ``NOW``; half an hour into the suite the picture would be an old one."""
    begun = time.monotonic()
    clock = lambda: NOW.astimezone(dt.UTC) + dt.timedelta(seconds=time.monotonic() - begun)  # noqa: E731
    monkeypatch.setattr(context, "now", clock)


@pytest.fixture
def small_mirror(data_dir: Path) -> Path:
    made_up.write(data_dir / "mirror", made_up.contacts(40, 60, 200, NOW.date()), NOW)
    return data_dir / "mirror"


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[Role], Session]:
    def signed_in(role: Role) -> Session:
        mail = f"{role.value}@example.org"
        session = Session("s1", "jwt", mail, mail, role, NOW + dt.timedelta(hours=1))
        monkeypatch.setattr(identity, "current", lambda: session)
        return session

    return signed_in


@pytest.fixture
def open_page(data_dir: Path) -> OpenPage:
    def opened(page: str = "", **query: str) -> AppTest:
        at = AppTest.from_file(str(ENTRY), default_timeout=60)
        if page:
            at.run().switch_page(f"app_pages/{page}.py")
        for key, value in query.items():
            at.query_params[key] = value
        at.run()
        assert not at.exception, at.exception[0].message
        return at

    return opened


def ago(days: int) -> str:
    return (NOW.date() - dt.timedelta(days=days)).isoformat()


@pytest.fixture
def related(data_dir: Path) -> Path:
    """A small network: organisation 1 is overdue, 2 in pause, 3 has nobody; Ada left the chair to Bo."""
    made_up.write(
        data_dir / "mirror",
        {
            "organisation": [
                {"id": 1, "name": "Sportbund", "engagement_fields": "Sport und Bewegung"},
                {"id": 2, "name": "Tafel", "parent": 1, "engagement_fields": "Sport und Bewegung"},
                {"id": 3, "name": "Amt für Sport", "sphere": "Verwaltung"},
            ],
            "person": [{"id": 1, "last_name": "Ada"}, {"id": 2, "last_name": "Bo"}, {"id": 3, "last_name": "Cem"}],
            "team_member": [
                {"id": 1, "name": "Rita Redlich", "mail": "editor@example.org"},
                {"id": 2, "name": "Paul Probe", "mail": "paul@example.org"},
            ],
            "office": [{"id": 1, "name": "Vorsitz", "organisation": 1}],
            "function": [
                {"id": 1, "name": "Vorsitz", "person": 1, "organisation": 1, "office": 1, "valid_to": ago(10)},
                {"id": 2, "name": "Vorsitz", "person": 2, "organisation": 1, "office": 1, "valid_from": ago(9)},
                {"id": 3, "name": "Leitung", "person": 3, "organisation": 2, "valid_from": ago(900)},
                {"id": 4, "name": "Kasse", "person": 3, "organisation": 1, "valid_from": ago(900)},
            ],
            "interaction": [
                {"id": 1, "summary": "Anruf", "day": ago(100), "kind": "Anruf", "organisation": 1, "team_member": 1,
                 "next_step": "Unterlagen schicken", "next_step_due": ago(3)},
                {"id": 2, "summary": "Treffen", "day": ago(20), "kind": "Treffen", "person": 3, "team_member": 2},
            ],
            "relationship": [
                {"id": 1, "organisation": 1, "team_member": 1, "cadence_days": 30, "kind": "Betreuung durch uns"},
                {"id": 2, "organisation": 2, "team_member": 2, "cadence_days": 30, "paused_until": ago(-40),
                 "pause_reason": "Umbau", "since": ago(400)},
                {"id": 3, "organisation": 1, "department": 3, "kind": "Zuwendung", "last_year": 2024},
                {"id": 4, "organisation": 2, "department": 3, "kind": "Zuwendung", "last_year": 2019},
            ],
            "contribution": [
                {"id": 1, "organisation": 2, "direction": "gegeben", "day": ago(300)},
                {"id": 2, "organisation": 2, "direction": "gegeben", "day": ago(20)},
            ],
        },
        NOW,
    )  # fmt: skip
    return data_dir / "mirror"
