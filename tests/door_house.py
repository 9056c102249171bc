"""What tests of the door share: a browser of few words, and a small server behind the door with clocks of its own."""

from __future__ import annotations

import datetime as dt
import re
import threading
from dataclasses import dataclass, field

import requests
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from websockets.sync.client import connect

from schemas.errors import Forbidden, Unavailable
from streamlit_app.door.guard import Guard
from streamlit_app.door.headers import SecurityHeaders
from streamlit_app.door.recheck import Recheck
from streamlit_app.door.revoked import Revoked
from streamlit_app.door.routes import Door
from streamlit_app.door.throttle import (
    Throttle,
)
from sync.nocodb.accounts import Role, SignedIn

NOW = dt.datetime(2026, 6, 15, 12, 0, tzinfo=dt.UTC)
SECRET = "a secret of this test"
PERSON = SignedIn("jwt", "anna@example.org", "Anna", Role.EDITOR)


class Client:
    """A browser of few words: keeps cookies, follows no redirect, can open the websocket."""

    def __init__(self, app: Starlette) -> None:
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off")
        self._server = uvicorn.Server(config)
        self._socket = config.bind_socket()
        self._socket.listen(64)  # whoever connects before the server runs is served then
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)
        self._session = requests.Session()
        self._session.headers["accept"] = "text/html"
        self.cookies = self._session.cookies

    def __enter__(self) -> Client:
        self._thread.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)

    def get(self, path: str, **options: object) -> requests.Response:
        return self._session.get(f"http://{self.address}{path}", allow_redirects=False, timeout=20, **options)  # type: ignore[arg-type]

    def post(self, path: str, **options: object) -> requests.Response:
        return self._session.post(f"http://{self.address}{path}", allow_redirects=False, timeout=20, **options)  # type: ignore[arg-type]

    def stream(self) -> str:
        cookies = "; ".join(f"{c.name}={c.value}" for c in self.cookies)
        headers = {"Cookie": cookies} if cookies else {}
        with connect(f"ws://{self.address}/_stcore/stream", additional_headers=headers, proxy=None) as socket:
            return str(socket.recv(timeout=20))


@dataclass
class House:
    """A small server behind the door, with clocks that tests turn."""

    revoked: Revoked
    now: dt.datetime = NOW
    seconds: float = 0.0
    role: Role = Role.EDITOR
    down: bool = False
    asked: list[str] = field(default_factory=list)
    https_host: str = ""
    void: bool = False
    looks: int = 0
    voided: list[str] = field(default_factory=list)
    refusal_step: float = 0.001
    """Seconds; tests that do not measure it wait for nothing."""

    def __post_init__(self) -> None:
        self.throttle = Throttle(lambda: self.seconds)
        self.recheck = Recheck(
            self.look_up, self.revoked, self.revoked._path.parent, now=lambda: self.now, clock=lambda: self.seconds
        )

    def sign_in(self, email: str, password: str) -> SignedIn:
        self.asked.append(email)
        if self.down:
            raise Unavailable("NocoDB ist gerade nicht erreichbar.", hint="Bitte später.")
        if password != "richtig":
            raise Forbidden("E-Mail-Adresse oder Kennwort stimmt nicht.", hint="Bitte prüfen Sie beides noch einmal.")
        return SignedIn("jwt", email, email, self.role)

    def sign_out(self, token: str) -> None:
        """Void a token as NocoDB does."""
        if self.down:
            raise Unavailable("NocoDB ist gerade nicht erreichbar.")
        self.voided.append(token)

    def look_up(self, token: str) -> SignedIn:
        """Answer as NocoDB does about a token."""
        if self.down:
            raise Unavailable("NocoDB ist gerade nicht erreichbar.")
        if self.void:
            raise Forbidden("Die Anmeldung gilt nicht mehr.")
        self.looks += 1
        return SignedIn(token, "anna@example.org", "Anna", self.role)

    def app(self) -> Starlette:
        door = Door(
            SECRET,
            self.sign_in,
            self.throttle,
            self.revoked,
            lambda: self.now,
            lambda: {"status": "ok"},
            self.https_host,
            self.sign_out,
            self.refusal_step,
        )

        async def data(request: object) -> PlainTextResponse:
            return PlainTextResponse("Namen und Nummern")

        async def page(request: object) -> HTMLResponse:
            return HTMLResponse('<html lang="en"><title>Streamlit</title></html>')

        async def stream(socket: WebSocket) -> None:
            await socket.accept()
            await socket.send_text("Namen und Nummern")
            await socket.close()

        return Starlette(
            routes=[*door.routes(), Route("/", page), Route("/daten", data), WebSocketRoute("/_stcore/stream", stream)],
            middleware=[
                Middleware(SecurityHeaders),
                Middleware(
                    Guard,
                    secret=SECRET,
                    revoked=self.revoked,
                    clock=lambda: self.now,
                    mirror_dir=self.revoked._path.parent,
                    recheck=self.recheck,
                ),
            ],
        )

    def client(self) -> Client:
        return Client(self.app())

    def enter(self, client: Client, password: str = "richtig", **changed: str) -> requests.Response:
        form = client.get("/anmelden").text
        token = re.search(r'name="csrf" value="([^"]+)"', form)
        assert token
        data = {"csrf": token[1], "weiter": "/", "email": "anna@example.org", "kennwort": password, **changed}
        return client.post("/anmelden", data=data)
