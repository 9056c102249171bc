"""What a caller writes about where it comes from counts only when a setting says that a proxy wrote it."""

from __future__ import annotations

import threading

import pytest
import requests
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from streamlit_app import server
from sync.settings import Settings

TOLD = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}


@pytest.mark.parametrize(
    ("behind_proxy", "set_outside", "seen"),
    [
        (False, None, "127.0.0.1 http"),
        (False, "*", "127.0.0.1 http"),
        (True, None, "203.0.113.7 https"),
    ],
)
def test_forwarded_headers_count_on_the_port_of_the_dashboard_only_behind_a_proxy_of_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path, behind_proxy: bool, set_outside: str | None, seen: str
) -> None:
    async def caller(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"{request.client.host if request.client else ''} {request.url.scheme}")

    answers: list[str] = []

    class App:
        """Runs as Streamlit runs its own: uvicorn without a word about proxies."""

        def run(self, config: object) -> None:
            made = uvicorn.Config(Starlette(routes=[Route("/", caller)]), host="127.0.0.1", port=0, lifespan="off")
            socket, running = made.bind_socket(), uvicorn.Server(made)
            socket.listen(8)
            thread = threading.Thread(target=running.run, kwargs={"sockets": [socket]}, daemon=True)
            thread.start()
            address = f"http://127.0.0.1:{socket.getsockname()[1]}/"
            answers.append(requests.get(address, headers=TOLD, timeout=20).text)
            running.should_exit = True
            thread.join(10)

    monkeypatch.setenv(server.TRUSTED, set_outside or "127.0.0.1")
    monkeypatch.setattr(server, "make_app", lambda here: App())
    monkeypatch.setattr(server, "make_refresher", lambda settings: None)
    monkeypatch.setattr(server.context, "install", lambda here: None)
    settings = Settings(
        _env_file=None, KONTAKTNETZ_DATA=tmp_path, nocodb_url="http://127.0.0.1:9", nocodb_token="x",
        dashboard_behind_proxy=behind_proxy,
    )  # fmt: skip
    server.run_dashboard(settings)

    assert answers == [seen]
