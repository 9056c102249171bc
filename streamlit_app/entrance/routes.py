"""The routes below ``/einlass/``: the page, its files, the list as JSON, what tablets send, pictures to decode.

They stand behind the door like every page. A GET changes nothing; a POST must come from our own page.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import anyio.to_thread
import numpy as np
import zxingcpp
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from schemas.errors import KontaktnetzError
from streamlit_app import context, short_numbers
from streamlit_app.context import Context
from streamlit_app.door import cookie
from streamlit_app.door.cookie import Session
from streamlit_app.door.standing import still_allowed
from streamlit_app.entrance import pages
from streamlit_app.entrance.desk import Desk
from streamlit_app.entrance.tries import Sent, read_tries
from sync.time_limit import at_most

log = logging.getLogger(__name__)

HEADER = "x-einlass"
"""Another site cannot send a header of its own without asking, so its presence tells our page."""

LONGEST_QUEUE = 200_000
LARGEST_FRAME = 1_500_000
WIDEST = 1600
FRAMES_AT_ONCE = 2
"""Pictures decoded at the same time; a camera sends the next one anyway."""
TABLETS_AT_ONCE = 24
"""Requests that wait for NocoDB at the same moment, in threads of their own: signing in needs its own."""
LONGEST_ANSWER = 20.0
"""Seconds; a tablet decides by itself after ten."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """What the routes need; ``desk`` reads and writes the base."""

    here: Context
    desk: Desk
    decoding: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(FRAMES_AT_ONCE))
    asking: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(TABLETS_AT_ONCE))

    def routes(self) -> list[BaseRoute]:
        """Return the routes to give to ``st.App``."""
        short_numbers.register()
        return [
            Route("/einlass/worker.js", self.show_worker, methods=["GET"]),
            Route("/einlass/datei/{version}/{name}", self.show_file, methods=["GET"]),
            Route("/einlass/bild", self.read_frame, methods=["POST"]),
            Route("/einlass/{event:number}", self.show_page, methods=["GET"]),
            Route("/einlass/{event:number}/gaeste", self.show_guests, methods=["GET"]),
            Route("/einlass/{event:number}/versuche", self.take_tries, methods=["POST"]),
        ]

    async def show_page(self, request: Request) -> Response:
        """Show the page; which event it is the script reads from the address."""
        return pages.page()

    async def show_worker(self, request: Request) -> Response:
        """Return the service worker; its place makes its scope."""
        return pages.worker()

    async def show_file(self, request: Request) -> Response:
        """Return a script or the style."""
        found = pages.file(request.path_params["name"])
        return found or PlainTextResponse("Diese Datei gibt es nicht.", status_code=404)

    async def show_guests(self, request: Request) -> Response:
        """Return what changed in the guest list since ``?ab=<version>``."""
        session = self._session(request)
        if session is None:
            return _said("Bitte melden Sie sich an.", 401)
        asked = request.query_params.get("ab", "")
        version = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else 0
        event = request.path_params["event"]
        return await self._answer(lambda: self.desk.guests(session, event, version))

    async def take_tries(self, request: Request) -> Response:
        """Carry out a part of a tablet's queue and answer what came of each."""
        session = self._session(request)
        if session is None:
            return _said("Bitte melden Sie sich an.", 401)
        if not _is_ours(request):
            return _said("Diese Anfrage kam nicht von der Einlass-Seite.", 403)
        if not session.role.may_write:
            return _said("Sie dürfen in NocoDB nur lesen. Zum Einlassen braucht es das Recht „Editor“.", 403)
        body = await _body(request, LONGEST_QUEUE)
        try:
            sent = Sent.model_validate(json.loads(body or b""))
        except (ValidationError, ValueError, RecursionError):
            return _said("Diese Anfrage ist nicht lesbar.", 400)
        event = request.path_params["event"]
        tries, broken = read_tries(sent, session.name or session.email, context.now())
        return await self._answer(lambda: {**self.desk.take(session, event, tries), "broken": broken})

    async def read_frame(self, request: Request) -> Response:
        """Decode a picture of a camera: grey values, ``?b=<width>&h=<height>``; answers the texts in it."""
        if self._session(request) is None:
            return _said("Bitte melden Sie sich an.", 401)
        if not _is_ours(request):
            return _said("Diese Anfrage kam nicht von der Einlass-Seite.", 403)
        sides = [request.query_params.get(name, "") for name in ("b", "h")]
        width, height = (int(side) if side.isascii() and side.isdigit() and len(side) < 5 else 0 for side in sides)
        body = await _body(request, LARGEST_FRAME)
        if body is None or not (0 < width <= WIDEST and 0 < height <= WIDEST) or len(body) != width * height:
            return _said("Dieses Bild ist nicht lesbar.", 400)
        texts = await anyio.to_thread.run_sync(_decode, body, width, height, limiter=self.decoding)
        return JSONResponse({"texts": texts}, headers={"Cache-Control": "no-store"})

    async def _answer(self, work: Callable[[], dict[str, object]]) -> Response:
        """Run work that talks to NocoDB in a thread; what it cannot do now the tablet sends again later."""
        try:
            with at_most(LONGEST_ANSWER):
                told = await anyio.to_thread.run_sync(work, limiter=self.asking)
        except TimeoutError:
            return _said("NocoDB antwortet gerade nicht. Es wird gleich noch einmal versucht.", 503)
        except KontaktnetzError as problem:
            log.info("door not served problem=%s", type(problem).__name__)
            return _said(str(problem), 503)
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    def _session(self, request: Request) -> Session | None:
        session = cookie.read(self.here.secret, request.cookies.get(cookie.NAME), context.now())
        if session is None or session.id in self.here.revoked:
            return None
        return still_allowed(session, self.here.settings.mirror_dir)


def entrance_routes(here: Context) -> list[BaseRoute]:
    """Return the routes of the check-in page for an installation."""
    return Entrance(here, Desk(here.settings, time.monotonic)).routes()


def _is_ours(request: Request) -> bool:
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        return False
    return request.headers.get(HEADER) == "1"


async def _body(request: Request, most: int) -> bytes | None:
    """Return the body, None when it is larger than allowed."""
    read = bytearray()
    async for part in request.stream():
        read += part
        if len(read) > most:
            return None
    return bytes(read)


def _said(problem: str, status: int) -> Response:
    return JSONResponse({"problem": problem}, status_code=status, headers={"Cache-Control": "no-store"})


def _decode(body: bytes, width: int, height: int) -> list[str]:
    grey = np.frombuffer(body, dtype=np.uint8).reshape(height, width)
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    return [code.text for code in found][:4]
