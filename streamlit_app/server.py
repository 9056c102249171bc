"""The dashboards' server: Streamlit inside an ASGI app of ours, with the door before it and the refresher beside it.

It binds to loopback; to offer it in a network, put a proxy with HTTPS before it.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from uvicorn.config import HTTP_PROTOCOLS

from schemas.errors import Forbidden, Unavailable
from streamlit_app import context
from streamlit_app.appearance import CONFIG
from streamlit_app.context import Context
from streamlit_app.door.guard import Guard
from streamlit_app.door.headers import SecurityHeaders
from streamlit_app.door.recheck import LONGEST, Recheck
from streamlit_app.door.routes import Door
from streamlit_app.door.throttle import Throttle
from streamlit_app.door.unknown import UnknownPage
from streamlit_app.entrance.routes import entrance_routes
from streamlit_app.public.connections import TimedProtocol, TimelyBodies
from streamlit_app.public.process import public_routes
from streamlit_app.refresher import Refresher
from streamlit_app.ui import texts
from sync.connection import refresh_now
from sync.mirror import read_manifest
from sync.mirror.members import note_member
from sync.mirror.status import read_status
from sync.nocodb.accounts import TIMEOUT, Role, SignedIn, is_up, look_up, sign_in, sign_out
from sync.nocodb.client import Client
from sync.nocodb.meta import find_base
from sync.outgoing import https_host, keep_public_checked
from sync.settings import Settings

log = logging.getLogger(__name__)

ENTRY = Path(__file__).parent / "main.py"
LOOPBACK = "127.0.0.1"
TRUSTED = "FORWARDED_ALLOW_IPS"
"""By this uvicorn, which Streamlit starts, learns whose X-Forwarded-For and -Proto it believes; unset, any program's on
this machine, and a proxy hands on what strangers wrote."""


def run_dashboard(settings: Settings, *, address: str = LOOPBACK, refresh_seconds: float | None = None) -> None:
    """Serve the dashboards until the process is told to stop; blocks.

    Raises:
        ConfigError: address or token of NocoDB is missing.
    """
    settings.require_server()
    here = context.make(settings)
    options = {"refresh_seconds": refresh_seconds} if refresh_seconds else {}
    here = replace(here, refresher=make_refresher(settings, **options), recheck=make_recheck(here))
    context.install(here)
    server = {
        "server.address": address,
        "server.port": settings.dashboard_port,
        "browser.serverAddress": address,
        "browser.serverPort": settings.dashboard_port,
    }
    os.environ[TRUSTED] = trusted_proxies(settings)
    HTTP_PROTOCOLS["auto"] = f"{TimedProtocol.__module__}:{TimedProtocol.__name__}"  # Streamlit hands on none
    make_app(here).run(config={**CONFIG, **server})


def trusted_proxies(settings: Settings) -> str:
    """Return whose headers about the caller are believed: a proxy's on this machine if one is set, else nobody's."""
    return f"{LOOPBACK},::1" if settings.dashboard_behind_proxy else ""


def make_app(here: Context) -> st.App:
    """Return the ASGI app: door outside, Streamlit inside."""
    door = Door(
        secret=here.secret,
        sign_in=lambda email, password: sign_person_in(here.settings, email, password),
        throttle=Throttle(time.monotonic),
        revoked=here.revoked,
        clock=context.now,
        health=lambda: health(here),
        https_host=https_host(here.settings),
        sign_out=lambda token: sign_out(here.settings.nocodb_url.rstrip("/"), token),
    )
    return st.App(
        ENTRY,
        lifespan=_lifespan(here),
        routes=[*door.routes(), *public_routes(here.settings), *entrance_routes(here), UnknownPage()],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(TimelyBodies),
            Middleware(
                Guard,
                secret=here.secret,
                revoked=here.revoked,
                clock=context.now,
                mirror_dir=here.settings.mirror_dir,
                recheck=here.recheck,
            ),
        ],
        on_script_error=_say_sorry,
    )


def make_refresher(settings: Settings, **options: float) -> Refresher:
    """Return the background refresher for a mirror of this installation, not started yet."""
    return Refresher(
        settings.mirror_dir,
        refresh=lambda: _refresh(settings),
        probe=lambda: is_up(settings.nocodb_url),
        clock=context.now,
        **options,
    )


def _refresh(settings: Settings) -> None:
    keep_public_checked(settings)
    refresh_now(settings, context.now())


def make_recheck(here: Context) -> Recheck:
    """Return what asks NocoDB whether sign-ins still hold, not started yet."""
    folder, url = here.settings.mirror_dir, here.settings.nocodb_url.rstrip("/")

    def ask(token: str) -> SignedIn:
        manifest = read_manifest(folder)
        if manifest is None or read_status(folder).down_since is not None:
            raise Unavailable("NocoDB ist gerade nicht erreichbar.")
        return look_up(url, token, manifest.base_id, timeout=LONGEST, retries=0)

    return Recheck(ask, here.revoked, folder, now=context.now)


def sign_person_in(settings: Settings, email: str, password: str) -> SignedIn:
    """Return who signed in and their role in our base; a person who may not see it has ``Role.NONE``.

    Raises:
        Forbidden: wrong address or password.
        Unavailable: NocoDB does not answer.
    """
    url = settings.nocodb_url.rstrip("/")
    token = sign_in(url, email, password)
    try:
        base = find_base(Client(url, token, user_jwt=True, timeout=TIMEOUT, retries=1), settings.nocodb_base)
        person = look_up(url, token, base.id) if base else SignedIn(token, email, email, Role.NONE)
        note_member(settings.mirror_dir, person.email, person.role)  # the refresher may not have seen them yet
        return person
    except Forbidden:
        return SignedIn(token, email, email, Role.NONE)


def health(here: Context) -> dict[str, object]:
    """Return what a watchdog wants to know: alive, age of the picture, whether NocoDB answers."""
    manifest = read_manifest(here.settings.mirror_dir)
    status = read_status(here.settings.mirror_dir)
    return {
        "status": "ok",
        "stand": manifest.taken_at.isoformat() if manifest else None,
        "nocodb": "erreichbar" if status.down_since is None else "nicht erreichbar",
    }


def _lifespan(here: Context) -> Callable[[st.App], Any]:
    @asynccontextmanager
    async def run(app: st.App) -> AsyncIterator[None]:
        beside = [one for one in (here.refresher, here.recheck) if one is not None]
        for one in beside:
            one.start()
        try:
            yield
        finally:
            for one in beside:
                one.stop()

    return run


def _say_sorry(problem: Exception) -> bool:
    log.error("page failed problem=%s", type(problem).__name__, exc_info=problem)
    st.error(texts.SCRIPT_ERROR, icon=":material/error:")
    return True
