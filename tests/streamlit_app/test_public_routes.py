"""Whatever is asked of the public pages: no error of ours, our headers on each answer, nothing of the request in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from guest_pages import ask, run
from starlette.applications import Starlette

from streamlit_app.public.process import ASKS_PER_MINUTE, make_app
from sync.settings import Settings

TOKEN = "17.AbCd_-12.0123456789abcdefghij-_"
PAGES = [
    f"/a/{TOKEN}", f"/a/{TOKEN}/termin.ics", f"/e/{TOKEN}", f"/e/{TOKEN}/1", f"/e/{TOKEN}/abschluss", "/s/S1.abc-_.def",
    "/siegel", "/siegel.csv", "/gesundheit", "/robots.txt", f"/a/erreichbar/{'q' * 20}",
]  # fmt: skip
SELF_TEST = PAGES[-1]
MORE = ["/", "//", "\0", "/../x", "\r\nX-Evil: 1", ";x", "?sprache=zz", "?sprache=%00", f"?{'a' * 5000}", "/9/9/9/9"]
STRANGE = [
    f"/a/{'9' * 40}.AbCd_-12.0123456789abcdefghij-_", f"/e/{TOKEN}/{'9' * 40}", f"/e/{TOKEN}/{'9' * 5000}",
    f"/e/{TOKEN}/-1", f"/e/{TOKEN}/٣", f"/s/{'x' * 60_000}", f"/s/S1.{'A' * 1900}.AA", "/a/", "/a", "/e/", "/", "//x",
    "/a/erreichbar/", f"/a/erreichbar/{'q' * 65}", "/a/erreichbar/" + "q" * 20 + "\n", "/.env", "/einlass/1",
    "/anmelden",
]  # fmt: skip
METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"]
BODIES = [
    b"", b"a=1&" * 5000, b"[" * 60_000, b"formular=%00&antwort=%ff", b"x" * 70_000, b"\xff" * 99,
    b"begleitung=" + b"9" * 6000, b"formular=" + b"A." * 20_000,
]  # fmt: skip
ALWAYS = {
    "cache-control": "no-store", "referrer-policy": "no-referrer", "x-content-type-options": "nosniff",
    "x-frame-options": "DENY", "x-robots-tag": "noindex, nofollow",
}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, nocodb_url="http://127.0.0.1:9", nocodb_token="t" * 40, KONTAKTNETZ_DATA=tmp_path)


@pytest.fixture
def app(settings: Settings, impatient: None) -> Starlette:
    return make_app(settings)


def check(app: Starlette, method: str, path: str, body: bytes = b"", **headers: str) -> int:
    told = run(ask(app, method, path, body=body, **{"host": "evil.example", **headers}))
    where = f"{method} {path[:90]!r}"
    assert told.status in {200, 404, 413, 429, 503}, where
    for name, value in ALWAYS.items():
        assert told.headers.get(name) == value, f"{where}: {name}"
    if told.headers.get("content-type", "").startswith("text/html"):
        assert "default-src 'none'" in told.headers["content-security-policy"], where
    assert not {"location", "set-cookie", "x-evil"} & set(told.headers), where
    assert "evil.example" not in told.text + str(told.headers), where
    assert "Traceback" not in told.text, where
    return told.status


@pytest.mark.parametrize("page", PAGES)
def test_no_method_and_no_addition_to_an_address_breaks_or_leads_elsewhere(app: Starlette, page: str) -> None:
    statuses = {method: check(app, method, page) for method in METHODS}
    assert {statuses[m] for m in METHODS if m not in ("GET", "HEAD", "POST")} == {404}
    for more in MORE:
        status = check(app, "GET", page + more)
        if not more.startswith("?"):
            assert status != 200


@pytest.mark.parametrize("path", STRANGE, ids=range(len(STRANGE)))
def test_an_address_that_nobody_was_given_is_no_page(app: Starlette, path: str) -> None:
    assert check(app, "GET", path) in {404, 503}
    assert check(app, "POST", path, b"a=b") in {404, 503}


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
@pytest.mark.parametrize("page", [p for p in PAGES if p.startswith(("/a/17", "/e/17"))])
def test_no_form_breaks_a_page(app: Starlette, page: str, body: bytes) -> None:
    check(app, "POST", page, body)


@pytest.mark.parametrize(
    "cookie", ["a=b; $bad=x", "kontaktnetz_name=%ff%00", "kontaktnetz_name=" + "x" * 8000, "=;=;;", "ä=1"]
)
def test_no_cookie_breaks_a_page(app: Starlette, cookie: str) -> None:
    check(app, "GET", f"/e/{TOKEN}/1", cookie=cookie)


@pytest.mark.parametrize(
    ("peer", "behind_proxy", "forwarded", "bounded"),
    [
        ("203.0.113.5", False, "", True),
        ("203.0.113.5", False, "198.51.100.{n}", True),  # what a stranger says of himself counts for nothing
        ("127.0.0.1", True, "198.51.100.7", True),
        ("127.0.0.1", False, "", False),  # all alike behind a proxy: a stranger must not make us think us unreachable
    ],
)
def test_the_self_test_answers_one_address_so_often(
    settings: Settings, impatient: None, peer: str, behind_proxy: bool, forwarded: str, bounded: bool
) -> None:
    app = make_app(settings.model_copy(update={"answer_behind_proxy": behind_proxy}))
    told = [
        run(ask(app, "GET", SELF_TEST, peer=peer, x_forwarded_for=forwarded.format(n=n)))
        for n in range(ASKS_PER_MINUTE + 5)
    ]
    assert [t.status for t in told[:ASKS_PER_MINUTE]] == [200] * ASKS_PER_MINUTE
    assert {t.status for t in told[ASKS_PER_MINUTE:]} == {429 if bounded else 200}
    if bounded:
        assert int(told[-1].headers["retry-after"]) > 0
        assert run(ask(app, "GET", SELF_TEST, peer="192.0.2.9")).status == 200
