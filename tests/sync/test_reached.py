"""Whether the public address leads to our own pages: real requests to real pages, and whatever else may answer."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from automations.events.tokens import answer_url
from automations.jobs import outbox
from streamlit_app.public.process import make_app
from sync import outgoing, reached
from sync.outgoing import Barred, keep_public_checked, to_public
from sync.reached import AGAIN, COUNTS, NAME, is_unreached, keep_checked
from sync.settings import Settings

Serve = Callable[[object], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def served(app: object) -> str:
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off")  # type: ignore[arg-type]
        server, listening = uvicorn.Server(config), config.bind_socket()
        listening.listen(16)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{listening.getsockname()[1]}"

    yield served
    for server, thread in running:
        server.should_exit = True
        thread.join(10)


def settings_in(folder: Path, **more: object) -> Settings:
    return Settings(
        _env_file=None, KONTAKTNETZ_DATA=folder, nocodb_url="http://127.0.0.1:9", nocodb_token="x",
        answer_url="https://antwort.example.org", **more,
    )  # fmt: skip


def page(answer: Callable[[Request], Response]) -> Starlette:
    async def all_of_it(request: Request) -> Response:
        return answer(request)

    return Starlette(routes=[Route("/{rest:path}", all_of_it)])


STRANGERS = {
    "a parked domain": lambda request: PlainTextResponse("Diese Domain ist zu verkaufen"),
    "an echo": lambda request: PlainTextResponse(request.url.path.rpartition("/")[2]),
    "an error": lambda request: PlainTextResponse("bad gateway", 502),
    "a circle": lambda request: RedirectResponse(request.url),
    "what is no packed text": lambda request: Response(b"xxx", headers={"Content-Encoding": "gzip"}),
    "the page of a hotel's WLAN": lambda request: PlainTextResponse("<html>Bitte anmelden</html>", 200),
    "much too much": lambda request: PlainTextResponse("x" * 1_000_000),
}


def test_our_own_pages_are_recognised_and_those_of_another_installation_are_not(tmp_path: Path, serve: Serve) -> None:
    ours = settings_in(tmp_path / "a")
    address = serve(make_app(ours))

    keep_checked(ours, address)
    assert json.loads((tmp_path / "a" / NAME).read_text(encoding="utf-8"))["reached"] is True
    assert not is_unreached(ours, address)

    other = settings_in(tmp_path / "b")
    keep_checked(other, address)
    assert is_unreached(other, address)


class Packed:
    """A proxy that packs what our pages answer, whatever it was asked for (as Debian's Apache does with plain text)."""

    def __init__(self, app: object, coding: str) -> None:
        self.app, self.coding = app, coding

    async def __call__(self, scope, receive, send) -> None:
        told: dict = {}

        async def packed(message) -> None:
            if message["type"] == "http.response.start":
                told.update(message)
                return
            raw = gzip.compress(message["body"]) if self.coding == "gzip" else zlib.compress(message["body"])
            headers = [(name, value) for name, value in told["headers"] if name != b"content-length"]
            await send(told | {"headers": [*headers, (b"content-encoding", self.coding.encode())]})
            await send(message | {"body": raw})

        await self.app(scope, receive, packed)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_proxy_that_packs_our_answer_keeps_no_link_back(tmp_path: Path, serve: Serve, coding: str) -> None:
    ours = settings_in(tmp_path)
    address = serve(Packed(make_app(ours), coding))

    keep_checked(ours, address)

    assert not is_unreached(ours, address)
    assert json.loads((tmp_path / NAME).read_text(encoding="utf-8"))["reached"] is True


def under(prefix: str, app: object) -> Starlette:
    return Starlette(routes=[Mount(prefix, app)])


@pytest.mark.parametrize("prefix", ["/antwort", "/stadt/ehrenamt"])
def test_pages_below_a_path_are_reached(tmp_path: Path, serve: Serve, prefix: str) -> None:
    ours = settings_in(tmp_path)
    address = serve(under(prefix, make_app(ours))) + prefix

    keep_checked(ours, address)

    assert json.loads((tmp_path / NAME).read_text(encoding="utf-8"))["reached"] is True
    keep_checked(ours, address.removesuffix(prefix))
    assert is_unreached(ours, address.removesuffix(prefix))


@pytest.mark.parametrize(
    "address",
    ["https://a b.example.org", "https://antwort.example.org:99999", f"https://{'a' * 70}.org", "https://[::1",
     "https://antwort..org", "http://\x00a.org", "http://127.0.0.1:9/?x=1", "http://127.0.0.1:9/#x", "https://"],
)  # fmt: skip
def test_an_address_that_is_none_is_not_reached_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(reached, "TIMEOUT", (0.3, 0.3))
    here = settings_in(tmp_path)
    keep_checked(here, address)
    assert is_unreached(here, address)


@pytest.mark.parametrize("answer", STRANGERS.values(), ids=STRANGERS)
def test_whatever_else_answers_there_is_not_us(tmp_path: Path, serve: Serve, answer) -> None:
    here, address = settings_in(tmp_path), serve(page(answer))

    keep_checked(here, address)

    assert is_unreached(here, address)


def test_an_address_where_nobody_listens_costs_a_few_seconds_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reached, "TIMEOUT", (0.3, 0.3))
    here = settings_in(tmp_path)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(1)
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        begun = time.monotonic()
        keep_checked(here, address)
        assert time.monotonic() - begun < 3
    assert is_unreached(here, address)


def test_what_was_found_counts_for_a_while_for_this_address_alone_and_never_from_the_future(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, asked = settings_in(tmp_path), []
    monkeypatch.setattr(reached, "_ask", lambda settings, address: bool(asked.append(address)))
    moment = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    monkeypatch.setattr(reached, "utc_now", lambda: moment)
    keep_checked(here, "https://a.example.org")
    keep_checked(here, "https://a.example.org")
    assert asked == ["https://a.example.org"]
    assert not is_unreached(here, "https://b.example.org"), "another address was not asked"
    moment += AGAIN
    assert is_unreached(here, "https://a.example.org")
    keep_checked(here, "https://a.example.org")
    assert len(asked) == 2
    moment += COUNTS
    assert not is_unreached(here, "https://a.example.org"), "too old to count"
    moment -= dt.timedelta(days=1)
    assert not is_unreached(here, "https://a.example.org"), "a clock that was ahead proves nothing"
    (tmp_path / NAME).write_text("[]", encoding="utf-8")
    assert not is_unreached(here, "https://a.example.org")


def test_while_our_pages_do_not_answer_no_link_goes_out_unless_the_check_is_switched_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reached, "_ask", lambda settings, address: False)
    here = settings_in(tmp_path)
    assert answer_url(here, "t"), "not asked yet"
    keep_public_checked(here)
    assert answer_url(here, "t") == ""
    assert to_public(here).barred is Barred.UNREACHED
    assert "ANSWER_CHECK=false" in to_public(here).way_out
    assert answer_url(settings_in(tmp_path, answer_check=False), "t") == "https://antwort.example.org/a/t"


@pytest.mark.parametrize("more", [{"answer_url": ""}, {"answer_url": "http://192.168.1.2"}, {"answer_check": False}])
def test_what_needs_no_check_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: dict) -> None:
    monkeypatch.setattr(outgoing, "keep_checked", lambda settings, address: pytest.fail("asked"))
    keep_public_checked(settings_in(tmp_path).model_copy(update=more))


def test_mails_with_a_link_wait_in_the_outbox_while_our_pages_do_not_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {1: f"Antwort: {outbox.ANSWER_LINK}", 2: "Danke", 3: f"Fragebogen: {outbox.FORM_LINK}"}

    class Store:
        def get_many(self, rows):
            return {row: outbox.Post(id=row, text=texts[row]) for row in rows}

    monkeypatch.setattr(reached, "_ask", lambda settings, address: False)
    here = settings_in(tmp_path)
    assert outbox._those_that_may_go(here, Store(), [1, 2, 3]) == ([1, 2, 3], set())  # type: ignore[arg-type]
    keep_public_checked(here)
    assert outbox._those_that_may_go(here, Store(), [1, 2, 3]) == ([2], {1, 3})  # type: ignore[arg-type]
