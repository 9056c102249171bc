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
    monkeypatch.setenv("DASHBOARD_SECRET", "a secret of this test, long enough")
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
