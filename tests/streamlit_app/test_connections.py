"""Connections that send nothing, too slowly, or without end are closed; all others are served as before."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from streamlit_app.public import connections
from streamlit_app.public.connections import LONGEST_HEAD, TOO_SLOW, TimedProtocol, TimelyBodies

SECONDS = 0.5
HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n"


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(connections, "HEAD_SECONDS", SECONDS)

    async def answer(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"gelesen {len(await request.body())}")

    app = Starlette(
        routes=[Route("/", answer, methods=["GET", "POST"])], middleware=[Middleware(TimelyBodies, seconds=SECONDS)]
    )
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=0,
        lifespan="off",
        log_level="error",
        http=TimedProtocol,
        timeout_keep_alive=1,
    )
    listening, server = config.bind_socket(), uvicorn.Server(config)
    listening.listen(64)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(10)


def heard(line: socket.socket) -> tuple[str, float]:
    """Return all that comes until the other side closes, and the seconds until then."""
    began, said = time.monotonic(), b""
    line.settimeout(10)
    try:
        while piece := line.recv(65_536):
            said += piece
    except ConnectionResetError:
        pass
    return said.decode(), time.monotonic() - began


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", ""),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", ""),
        (HEAD + b"ab", TOO_SLOW),
        (HEAD + b"abc", "gelesen 3"),
        (HEAD + b"abc" + b"GET / HTT", "gelesen 3"),
    ],
    ids=["nothing", "half a head", "half a body", "whole", "whole and half of another"],
)
def test_a_connection_that_goes_silent_is_closed(port: int, sent: bytes, said: str) -> None:
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(sent)
        answer, seconds = heard(line)
    assert answer.endswith(said)
    assert bool(answer) is bool(said)
    assert seconds < 5


def pour(line: socket.socket, piece: bytes, pause: float) -> None:
    """Send the piece again and again; raises OSError when the other side has closed, else ends after eight seconds."""
    began = time.monotonic()
    while time.monotonic() - began < 8:
        line.sendall(piece)
        time.sleep(pause)


@pytest.mark.parametrize(
    ("piece", "pause"), [(b"a", 0.1), (b"a" * LONGEST_HEAD, 0.0)], ids=["drips", "fills the memory"]
)
def test_a_head_without_end_is_closed(port: int, piece: bytes, pause: float) -> None:
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: ")
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            pour(line, piece, pause)


def test_one_address_holds_so_many_connections_and_another_is_served(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_LOOPBACK", ("::1",))
    monkeypatch.setattr(connections, "MOST_OF_ONE", 5)
    lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(5)]
    with socket.create_connection(("127.0.0.1", port)) as refused:
        assert heard(refused)[0] == ""
    with socket.create_connection(("127.0.0.1", port), source_address=("127.0.0.2", 0)) as other:
        other.sendall(HEAD + b"abc")
        other.settimeout(5)
        assert b"200 OK" in other.recv(1000)
    for line in lines:
        line.close()
