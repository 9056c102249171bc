"""Whoever goes to an address of no page is told so in German; pages and files of the dashboards pass."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from guest_pages import ask, run
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from streamlit_app.door import unknown
from streamlit_app.ui import texts

BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [("/", BROWSER, 200), ("/kontakte", BROWSER, 200), ("/kontakte?eintrag=o1", BROWSER, 200),
     ("/anmelden", BROWSER, 200), ("/_stcore/host-config", BROWSER, 200), ("/component/x/index.html", BROWSER, 200),
     ("/static/js/a.js", "*/*", 200), ("/gibtesnicht", "*/*", 200),
     ("/gibtesnicht", BROWSER, 404), ("/uebersicht", BROWSER, 404), ("/kontakte/alle", BROWSER, 404)],
)  # fmt: skip
def test_an_address_of_no_page_is_named_and_leads_back(path: str, accept: str, status: int) -> None:
    async def passed(request):
        return PlainTextResponse("the dashboards")

    app = Starlette(routes=[Route("/anmelden", passed), unknown.UnknownPage(), Route("/{path:path}", passed)])

    answer = run(ask(app, "GET", path, accept=accept))
    assert answer.status == status
    assert (texts.UNKNOWN_PAGE in answer.text, 'href="/"' in answer.text) == (status == 404, status == 404)
    assert (answer.text == "the dashboards") == (status == 200)


def test_every_page_of_the_menu_has_an_address_that_is_known() -> None:
    menu = Path(unknown.__file__).parents[1] / "main.py"
    assert set(re.findall(r'url_path="(.*?)"', menu.read_text(encoding="utf-8"))) == unknown.PAGES
