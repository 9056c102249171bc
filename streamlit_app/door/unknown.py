"""Addresses that lead nowhere: told in German, where Streamlit would say it in English over the first page."""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Scope

from streamlit_app.door.pages import unknown_page

PAGES = frozenset(file.stem for file in (Path(__file__).parents[1] / "app_pages").glob("*.py")) - {"uebersicht"}
"""Addresses of the dashboards; the first page has none of its own."""

_STREAMLIT = ("_", "static", "media", "component", "app")
"""How the first part of an address begins below which Streamlit keeps its own files and frames."""


class UnknownPage(Route):
    """Answer a browser that goes to an address of no page; it stands behind all other routes of ours."""

    def __init__(self) -> None:
        super().__init__("/{path:path}", _say_unknown, methods=["GET"])

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match what a browser shows as a page and nobody else answers."""
        return super().matches(scope) if _leads_nowhere(scope) else (Match.NONE, {})


def _leads_nowhere(scope: Scope) -> bool:
    if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
        return False
    path = scope["path"].strip("/")
    first = path.split("/")[0]
    is_file = "." in path.rsplit("/", 1)[-1] or first.startswith("_") or first in _STREAMLIT
    return bool(path) and path not in PAGES and not is_file


async def _say_unknown(request: Request) -> Response:
    return unknown_page()
