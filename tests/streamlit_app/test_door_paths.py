"""Which paths are open without a sign-in: those of public pages, and nothing else below them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from guest_pages import ask, run
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from streamlit_app.door.guard import Guard
from streamlit_app.door.revoked import Revoked

NOW = dt.datetime(2026, 6, 15, 12, 0, tzinfo=dt.UTC)
SECRET = "a secret of this test"
GUESTS = "/a/17.AbCd_-12.0123456789abcdefghij-_"
FORM = "/e/17.AbCd_-12.0123456789abcdefghij-_"


@pytest.mark.parametrize(
    ("method", "path", "passes"),
    [
        ("GET", GUESTS, True),
        ("HEAD", GUESTS, True),
        ("POST", GUESTS, True),
        ("GET", f"{GUESTS}/termin.ics", True),
        ("POST", f"{GUESTS}/termin.ics", False),
        ("PUT", GUESTS, False),
        ("OPTIONS", GUESTS, False),
        ("GET", "/a", False),
        ("GET", "/a/", False),
        ("GET", "/a/..", False),
        ("GET", "/a/../daten", False),
        ("GET", "/a/%2e%2e/daten", False),
        ("GET", f"{GUESTS}/daten", False),
        ("GET", f"{GUESTS}/../../daten", False),
        ("GET", "/a/../termin.ics", False),
        ("GET", "/a//termin.ics", False),
        ("GET", f"{GUESTS}\n", False),
        ("GET", f"/a/{'x' * 121}", False),
        ("GET", "/abmelden/a/x", False),
        ("GET", "/A/x", False),
        ("GET", FORM, True),
        ("POST", FORM, False),
        ("POST", f"{FORM}/12", True),
        ("POST", f"{FORM}/abschluss", True),
        ("GET", f"{FORM}/0", False),
        ("GET", f"{FORM}/1/daten", False),
        ("GET", "/e/../1", False),
        ("GET", "/e/%2e%2e/abschluss", False),
        ("GET", "/s/S1.abc-_.def", True),
        ("POST", "/s/S1.abc-_.def", False),
        ("GET", "/s/..", False),
        ("GET", f"/s/{'x' * 2001}", False),
        ("GET", "/siegel", True),
        ("HEAD", "/siegel.csv", True),
        ("GET", "/siegel/daten", False),
        ("GET", "/siegelxcsv", False),
    ],
)
def test_public_pages_are_open_and_nothing_else_below_their_paths(
    tmp_path: Path, method: str, path: str, passes: bool
) -> None:
    reached: list[str] = []

    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(scope["path"])
        await PlainTextResponse("Namen und Nummern")(scope, receive, send)

    revoked = Revoked(tmp_path / "abgemeldet.json")
    guard = Guard(inside, secret=SECRET, revoked=revoked, clock=lambda: NOW, mirror_dir=tmp_path)
    answer = run(ask(guard, method, path))

    assert bool(reached) is passes
    assert (answer.status == 200) is passes
