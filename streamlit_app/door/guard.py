"""Nothing passes without a valid sign-in: not a page, not a file, not the websocket that carries the data."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import anyio.to_thread
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from automations.certification.form_links import PATH as FORMS
from automations.certification.seal_code import LONGEST
from automations.certification.seal_code import PATH as SEALS
from automations.events.tokens import CALENDAR
from automations.events.tokens import PATH as ANSWERS
from streamlit_app.door import cookie
from streamlit_app.door.recheck import Recheck
from streamlit_app.door.revoked import Revoked
from streamlit_app.door.standing import still_allowed
from sync.reached import PATH as REACHED
from sync.reached import QUESTION

SIGN_IN = "/anmelden"
SIGN_OUT = "/abmelden"
HEALTH = "/gesundheit"
OPEN = frozenset({SIGN_IN, SIGN_OUT, HEALTH})

_READING = ("GET", "HEAD")
_KEY = r"[A-Za-z0-9._~-]{1,120}"
_PUBLIC = (
    (re.compile(rf"{ANSWERS}({_KEY})"), (*_READING, "POST")),
    (re.compile(rf"{ANSWERS}({_KEY})/{re.escape(CALENDAR)}"), _READING),
    (re.compile(rf"{REACHED}({QUESTION})"), _READING),
    (re.compile(rf"{FORMS}({_KEY})"), _READING),
    (re.compile(rf"{FORMS}({_KEY})/(?:[1-9][0-9]{{0,2}}|abschluss)"), (*_READING, "POST")),
    (re.compile(rf"{SEALS}([A-Za-z0-9._~-]{{1,{LONGEST}}})"), _READING),
    (re.compile(r"(/siegel)(?:\.csv)?"), _READING),
)
"""Pages that have keys of their own or are for everybody, with the methods that are routed to them."""


class Guard:
    """Let open paths and signed-in people through, send everybody else to the sign-in page."""

    def __init__(
        self, app: ASGIApp, *, secret: str, revoked: Revoked, clock: Callable[[], dt.datetime], mirror_dir: Path,
        recheck: Recheck | None = None,
    ) -> None:  # fmt: skip
        self.app = app
        self._recheck = recheck
        self._mirror_dir = mirror_dir
        self._secret = secret
        self._revoked = revoked
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Decide by the cookie of the request; for a websocket by the cookie of its handshake."""
        if scope["type"] not in ("http", "websocket") or await self._passes(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "Anmeldung fehlt"})
        else:
            await _refusal(HTTPConnection(scope))(scope, receive, send)

    async def _passes(self, scope: Scope) -> bool:
        if scope["type"] == "http" and (scope["path"] in OPEN or _is_public(scope)):
            return True
        session = cookie.read(self._secret, HTTPConnection(scope).cookies.get(cookie.NAME), self._clock())
        if session is None or not self._holds(session):
            return False
        if self._recheck is not None and self._recheck.note_use(session):
            await anyio.to_thread.run_sync(self._recheck.look, session)
            return self._holds(session)
        return True

    def _holds(self, session: cookie.Session) -> bool:
        return session.id not in self._revoked and still_allowed(session, self._mirror_dir) is not None


def _is_public(scope: Scope) -> bool:
    """Say whether this is a public page: exactly the paths and methods that are routed to them, so that nothing else of
    the dashboards can be reached below those prefixes. Two dots alone are a way upwards.
    """
    for path, methods in _PUBLIC:
        if found := path.fullmatch(scope["path"]):
            return scope["method"] in methods and found[1] not in (".", "..")
    return False


def _refusal(request: HTTPConnection) -> Response:
    if "text/html" not in request.headers.get("accept", "") or request.scope["method"] != "GET":
        return PlainTextResponse("Bitte melden Sie sich an.", status_code=401)
    path = request.url.path
    if request.url.query:
        path += f"?{request.url.query}"
    where = SIGN_IN if path == "/" else f"{SIGN_IN}?{urlencode({'weiter': path})}"
    return RedirectResponse(where, status_code=303, headers={"Cache-Control": "no-store"})
