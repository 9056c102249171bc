"""The public pages: mounted beside the dashboards of a small office, or as a process of their own without them.

A process of their own is what a public address should lead to: it knows guests' answers, questionnaires and seals and
nothing else of the base. Neither writes an access log, because the path of a request is somebody's key.
"""

from __future__ import annotations

import math
import re
import time

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from automations.row_links import SECRET_FILE
from streamlit_app.door.guard import HEALTH
from streamlit_app.public.connections import TimedProtocol, TimelyBodies
from streamlit_app.public.limits import Limits, Quota, caller_of
from streamlit_app.public.sheets import HEADERS, LANGUAGE
from streamlit_app.rsvp import pages
from streamlit_app.rsvp.base import Base, open_stores
from streamlit_app.rsvp.routes import AnswerPages
from streamlit_app.seal_pages.known import Seals
from streamlit_app.seal_pages.routes import SealPages
from streamlit_app.self_assessment.base import FormBase, open_forms
from streamlit_app.self_assessment.routes import READS_PER_MINUTE, SAVES_PER_HOUR, SelfAssessment
from sync.clock import utc_now
from sync.kept_secret import kept_secret
from sync.outgoing import is_on_https
from sync.reached import PATH as REACHED
from sync.reached import QUESTION, proof
from sync.settings import Settings

LOOPBACK = "127.0.0.1"
MOST_REQUESTS = 800
"""Requests at the same moment; more are refused with 503."""
SHUTDOWN_SECONDS = 60
"""Whoever sent an answer right before the end still hears what came of it; nobody holds the process up for longer."""
ASKS_PER_MINUTE = 60
"""Self-tests that one address may ask for; our own needs one in five minutes."""


def public_routes(settings: Settings) -> list[BaseRoute]:
    """Return the routes of all public pages of this installation."""
    secret = kept_secret(settings.data_dir / SECRET_FILE)
    limits = Limits(time.monotonic)
    answers = AnswerPages(
        Base(lambda: open_stores(settings), time.monotonic, settings.network_name), secret=secret, clock=utc_now,
        limits=limits, behind_proxy=settings.answer_behind_proxy,
    )  # fmt: skip
    forms = SelfAssessment(
        FormBase(lambda: open_forms(settings), time.monotonic, settings.network_name), secret=secret, clock=utc_now,
        limits=limits.beside(answers_per_hour=SAVES_PER_HOUR, reads_per_minute=READS_PER_MINUTE),
        behind_proxy=settings.answer_behind_proxy, secure=is_on_https(settings),
    )  # fmt: skip
    seals = SealPages(
        Seals(settings.data_dir, settings.mirror_dir, time.monotonic, utc_now),
        network=settings.network_name, now=utc_now, clock=time.monotonic, behind_proxy=settings.answer_behind_proxy,
    )  # fmt: skip

    asked = Quota(time.monotonic, ASKS_PER_MINUTE, 60.0)

    async def reached(request: Request) -> Response:
        question = request.path_params["question"]
        if not re.fullmatch(QUESTION, question):
            return PlainTextResponse("", 404, headers=HEADERS)
        caller = caller_of(request, behind_proxy=settings.answer_behind_proxy)
        # where all look alike nobody is refused: a stranger would make us believe that we cannot be reached
        wait = 0.0 if caller.shared else asked.take(caller.name)
        if wait > 0:
            return PlainTextResponse("", 429, headers={**HEADERS, "Retry-After": str(math.ceil(wait))})
        return PlainTextResponse(proof(secret, question), headers=HEADERS)

    here = Route(f"{REACHED}{{question}}", reached, methods=["GET"])
    return [here, *answers.routes(), *forms.routes(), *seals.routes()]


def make_app(settings: Settings) -> Starlette:
    """Return the public pages alone: whatever else is asked for does not exist."""
    routes = [Route(HEALTH, _health, methods=["GET"]), Route("/robots.txt", _robots, methods=["GET"])]
    errors = {404: _unknown, 405: _unknown}
    slow = [Middleware(TimelyBodies)]
    app = Starlette(routes=[*routes, *public_routes(settings)], exception_handlers=errors, middleware=slow)
    # with a slash too many Starlette would send on to an address made of the Host header, without HTTPS behind a proxy
    app.router.redirect_slashes = False
    return app


def run_answers(settings: Settings, *, address: str = LOOPBACK) -> None:
    """Serve the public pages until the process is told to stop; blocks.

    Raises:
        ConfigError: address or token of NocoDB is missing.
    """
    settings.require_server()
    uvicorn.run(
        make_app(settings), host=address, port=settings.answer_port, access_log=False, log_level="warning",
        proxy_headers=False, server_header=False, limit_concurrency=MOST_REQUESTS, timeout_keep_alive=10,
        http=TimedProtocol, timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )  # fmt: skip


async def _health(request: Request) -> Response:
    return JSONResponse({"status": "ok"}, headers=HEADERS)


async def _robots(request: Request) -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /\n", headers=HEADERS)


async def _unknown(request: Request, problem: Exception) -> Response:
    return pages.SHEETS.note(pages.words_of(request.query_params.get(LANGUAGE)), "unknown", 404)
