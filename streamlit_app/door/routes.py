"""The routes beside Streamlit: sign in, sign out, health. A GET changes nothing; each POST carries its own token.

Streamlit's XSRF handling does not cover routes of ``st.App``, so the form token is signed and bound to a cookie here.
"""

from __future__ import annotations

import datetime as dt
import hmac
import logging
import math
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import anyio.to_thread
from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from schemas.errors import Forbidden, KontaktnetzError
from streamlit_app.door import cookie, pages
from streamlit_app.door.guard import HEALTH, SIGN_IN, SIGN_OUT
from streamlit_app.door.revoked import Revoked
from streamlit_app.door.throttle import ACCOUNT, ADDRESS, Throttle
from streamlit_app.ui import texts
from sync.nocodb.accounts import SignedIn

log = logging.getLogger(__name__)

CSRF_COOKIE = "kontaktnetz_formular"
CSRF_SECONDS = 3600
_CSRF_SALT = "kontaktnetz formular 1"
KNOWN_COOKIE = "kontaktnetz_browser"
"""Names a browser with which an account signed in: strangers who fail at that account do not slow it down."""
KNOWN_SECONDS = 180 * 86_400
_KNOWN_SALT = "kontaktnetz browser 1"
LONGEST_FIELD = 1000
REFUSAL_STEP = 2.0
"""Seconds: a refusal is answered on a full step. NocoDB hashes a password only where there is such an account, and
whoever measures would learn who has one (CWE-208)."""
REFUSALS = 50
"""So many of the last refusals tell how long one takes at the moment."""


@dataclass(frozen=True, slots=True)
class Door:
    """What the routes need: the key, who signs people in (e-mail, password), the memory of failures and sign-outs.

    ``sign_out`` voids a token in NocoDB, so that a copy of the cookie opens nothing there either.
    ``https_host`` is the host under which a proxy offers us over HTTPS; cookies set there never go out without it.
    """

    secret: str
    sign_in: Callable[[str, str], SignedIn]
    throttle: Throttle
    revoked: Revoked
    clock: Callable[[], dt.datetime]
    health: Callable[[], dict[str, object]]
    https_host: str = ""
    sign_out: Callable[[str], None] = lambda token: None
    refusal_step: float = REFUSAL_STEP
    refusals: deque[float] = field(default_factory=lambda: deque(maxlen=REFUSALS))

    def routes(self) -> list[BaseRoute]:
        """Return the routes to give to ``st.App``."""
        return [
            Route(SIGN_IN, self.show_sign_in, methods=["GET"]),
            Route(SIGN_IN, self.do_sign_in, methods=["POST"]),
            Route(SIGN_OUT, self.show_sign_out, methods=["GET"]),
            Route(SIGN_OUT, self.do_sign_out, methods=["POST"]),
            Route(HEALTH, self.show_health, methods=["GET"]),
        ]

    async def show_health(self, request: Request) -> Response:
        """Answer that the process lives, and how old its picture is; no names, no figures about people."""
        return JSONResponse(self.health(), headers={"Cache-Control": "no-store"})

    async def show_sign_in(self, request: Request) -> Response:
        """Show the form, or go on if somebody is signed in already."""
        target = safe_target(request.query_params.get("weiter"))
        if self._session(request):
            return RedirectResponse(target, status_code=303)
        note = texts.SIGNED_OUT if "abgemeldet" in request.query_params else ""
        return self._form(request, target=target, note=note)

    async def do_sign_in(self, request: Request) -> Response:
        """Check the password with NocoDB and set the cookie."""
        form = await request.form(max_files=0, max_fields=10)
        email, password, target = (str(form.get(k) or "")[:LONGEST_FIELD] for k in ("email", "kennwort", "weiter"))
        email, target = email.strip(), safe_target(target)
        if not self._form_is_ours(request, str(form.get("csrf") or "")):
            return self._form(request, target=target, email=email, problem=texts.FORM_TOO_OLD, status=403)
        keys = self._keys(request, email.casefold())
        wait = self.throttle.begin(keys)
        if wait > 0:
            problem = texts.SIGN_IN_WAIT.format(seconds=math.ceil(wait))
            return self._form(request, target=target, email=email, problem=problem, status=429)
        begun = time.monotonic()
        try:
            person = await anyio.to_thread.run_sync(self.sign_in, email, password)
        except Forbidden as refused:
            await self._refuse_slowly(time.monotonic() - begun)
            return self._form(request, target=target, email=email, problem=str(refused), status=401)
        except KontaktnetzError as failed:
            self.throttle.succeeded(keys)
            return self._form(request, target=target, email=email, problem=str(failed), status=503)
        self.throttle.succeeded(keys)
        if not person.role.may_read:
            return self._form(request, target=target, email=email, problem=texts.NO_ROLE, status=403)
        response = RedirectResponse(target, status_code=303, headers={"Cache-Control": "no-store"})
        self._set(response, request, cookie.NAME, cookie.issue(self.secret, person, self.clock()),
                  int(cookie.LIFETIME.total_seconds()))  # fmt: skip
        known = self._known(request, email.casefold()) or secrets.token_urlsafe(12)
        self._set(response, request, KNOWN_COOKIE, self._browsers().dumps([email.casefold(), known]), KNOWN_SECONDS)
        response.delete_cookie(CSRF_COOKIE)
        return response

    async def _refuse_slowly(self, took: float) -> None:
        """Wait for the step on which the slowest of the last refusals would come, so that this one looks like it."""
        self.refusals.append(took)
        await anyio.sleep(math.ceil(max(self.refusals) / self.refusal_step) * self.refusal_step - took)

    async def show_sign_out(self, request: Request) -> Response:
        """Ask whether to sign out."""
        session = self._session(request)
        if session is None:
            return RedirectResponse(SIGN_IN, status_code=303)
        mark = request.cookies.get(CSRF_COOKIE) or secrets.token_urlsafe(16)
        response = pages.sign_out_page(csrf=self._csrf(mark), email=session.email)
        self._set(response, request, CSRF_COOKIE, mark, CSRF_SECONDS)
        return response

    async def do_sign_out(self, request: Request) -> Response:
        """End the session here and in every other tab of this browser."""
        form = await request.form(max_files=0, max_fields=10)
        if not self._form_is_ours(request, str(form.get("csrf") or "")):
            return RedirectResponse(SIGN_OUT, status_code=303)
        session = self._session(request)
        if session:
            self.revoked.add(session.id, session.expires, self.clock())
            try:
                await anyio.to_thread.run_sync(self.sign_out, session.token)
            except KontaktnetzError as problem:
                log.warning("token not voided in NocoDB problem=%s", type(problem).__name__)
        response = RedirectResponse(f"{SIGN_IN}?abgemeldet=1", status_code=303, headers={"Cache-Control": "no-store"})
        response.delete_cookie(cookie.NAME, httponly=True, samesite="lax")
        response.delete_cookie(CSRF_COOKIE, httponly=True, samesite="lax")
        return response

    def _session(self, request: Request) -> cookie.Session | None:
        session = cookie.read(self.secret, request.cookies.get(cookie.NAME), self.clock())
        return session if session and session.id not in self.revoked else None

    def _form(
        self, request: Request, *, target: str, email: str = "", problem: str = "", note: str = "", status: int = 200
    ) -> Response:
        mark = request.cookies.get(CSRF_COOKIE) or secrets.token_urlsafe(16)
        response = pages.sign_in_page(
            csrf=self._csrf(mark), target=target, email=email, problem=problem, note=note, status=status
        )
        self._set(response, request, CSRF_COOKIE, mark, CSRF_SECONDS)
        return response

    def _keys(self, request: Request, account: str) -> tuple[str, ...]:
        """Return by what a try is slowed down; a browser with which this account once signed in waits for itself."""
        if known := self._known(request, account):
            return (f"browser:{known}",)
        host = request.client.host if request.client else ""
        return (f"at:{host}:{account}", f"{ADDRESS}{host}", f"{ACCOUNT}{account}")

    def _known(self, request: Request, account: str) -> str:
        """Return the name of this browser, empty when this account never signed in with it."""
        try:
            of, name = self._browsers().loads(request.cookies.get(KNOWN_COOKIE, ""), max_age=KNOWN_SECONDS)
        except (BadData, ValueError, TypeError):
            return ""
        return str(name) if of == account else ""

    def _browsers(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.secret, salt=_KNOWN_SALT)

    def _csrf(self, mark: str) -> str:
        return str(URLSafeTimedSerializer(self.secret, salt=_CSRF_SALT).dumps(mark))

    def _form_is_ours(self, request: Request, token: str) -> bool:
        origin = request.headers.get("origin")
        if origin and urlsplit(origin).netloc != request.headers.get("host"):
            return False
        try:
            mark = URLSafeTimedSerializer(self.secret, salt=_CSRF_SALT).loads(token, max_age=CSRF_SECONDS)
        except BadData:
            return False
        return hmac.compare_digest(str(mark).encode(), request.cookies.get(CSRF_COOKIE, "").encode())

    def _set(self, response: Response, request: Request, name: str, value: str, seconds: int) -> None:
        host = request.headers.get("host", "").casefold()
        secure = request.url.scheme == "https" or (bool(self.https_host) and host == self.https_host)
        response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax", secure=secure)


def safe_target(wanted: str | None) -> str:
    """Return a path on this server to go on to; anything that could lead elsewhere becomes the start page.

    >>> safe_target("/kontakte?suche=a"), safe_target("//example.org"), safe_target("https://example.org")
    ('/kontakte?suche=a', '/', '/')
    """
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return "/"
    if any(ord(c) < 32 for c in wanted) or "\\" in wanted or wanted.startswith((SIGN_IN, SIGN_OUT)):
        return "/"
    return wanted
