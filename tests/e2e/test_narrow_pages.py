"""Public pages at 320 px, as at 400 % of 1280: nothing scrolls sideways, however long words are (WCAG 2.2, 1.4.10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import made_up
import pytest
from form_pages import FormHouse, open_in_memory
from form_pages import memory as form_memory
from guest_pages import House, memory
from playwright.sync_api import Browser, Page
from served import served
from starlette.responses import Response

from automations.certification.seal_code import SealClaim, make_code
from automations.signing import open_key
from schemas.events.choices import Answer
from streamlit_app.door.pages import sign_in_page, sign_out_page
from streamlit_app.public.process import make_app
from sync.settings import Settings

pytestmark = pytest.mark.browser

NARROW = 320
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaften"
MAIL = "netzwerk-buergerschaftliches-engagement@freiwilligenagentur.example"
SPACED = "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
"""What a reader may set without losing anything (WCAG 2.2, 1.4.12)."""

FILES = Path(__file__).parents[2] / "streamlit_app" / "entrance" / "files"


def widths_of(page: Page) -> list[int]:
    """Return how wide a page is, as it comes and with the spacing of letters and lines that readers may set."""
    widths = []
    for style in ("/**/", SPACED):
        page.add_style_tag(content=style)
        widths.append(page.evaluate("document.documentElement.scrollWidth"))
    return widths


def too_wide(browser: Browser, address: str, paths: list[str]) -> dict[str, int]:
    """Return the pages that scroll sideways, with their width in px, as they come and with wider spaces."""
    found = {}
    context = browser.new_context(viewport={"width": NARROW, "height": 800}, bypass_csp=True)
    page = context.new_page()
    for path in paths:
        page.goto(address + path)
        for spaced in (False, True):
            if spaced:
                page.add_style_tag(content=SPACED)
            if (width := page.evaluate("document.documentElement.scrollWidth")) > NARROW:
                found[f"{path[:40]}{' spaced' if spaced else ''}"] = width
    context.close()
    return found


def test_no_page_of_a_guest_scrolls_sideways(browser: Browser) -> None:
    house = House(memory())
    event = house.event(name=f"Ehrung {WORD}", venue=WORD, street=WORD, reply_to=MAIL, programme=f"18 Uhr {WORD}")
    full = house.event(capacity=1, reply_to=MAIL)
    answered = house.guest(event, WORD)
    house.answer(house.link(answered), Answer.YES, begleitung="2", namen=WORD, bemerkung=WORD * 2)
    house.answer(house.link(house.guest(full)), Answer.YES)
    late = house.guest(house.event(answer_by=dt.date(2026, 1, 1), reply_to=MAIL), WORD)
    links = [house.link(one) for one in (answered, house.guest(event, WORD), house.guest(full, WORD), late)]

    with served(house.app) as address:
        told = too_wide(browser, address, [*links, *(f"{one}?sprache=en" for one in links),
                                           f"{links[0]}?notiert=1", "/a/x"])  # fmt: skip

    assert told == {}


def test_no_page_of_a_questionnaire_scrolls_sideways(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    stores = form_memory()
    open_in_memory(monkeypatch, stores)
    house = FormHouse(stores)
    case = house.case(name=f"Kita {WORD}")
    house.fill(f"{house.link(case)}/1", by=WORD, ansprechperson=("3", WORD))
    link = house.link(case)

    with served(house.app) as address:
        told = too_wide(browser, address, [link, *(f"{link}/{part}" for part in (1, 2, 3)), f"{link}/pruefen"])

    assert told == {}


def test_no_page_of_a_seal_scrolls_sideways(browser: Browser, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, KONTAKTNETZ_DATA=tmp_path, nocodb_url="http://127.0.0.1:9", nocodb_token="x",
                        network_name=f"Netzwerk {WORD}")  # fmt: skip
    day = dt.date(2026, 5, 9)
    made_up.write(
        settings.mirror_dir,
        {"certification": [{"id": 1, "name": WORD, "site": 1, "phase": "verliehen", "seal_year": 2026,
                            "seal_number": "2026-001", "awarded_on": day.isoformat(), "seal_state": "gilt"}],
         "organisation": [{"id": 1, "name": WORD, "district": WORD}]},
        made_up.NOW,
    )  # fmt: skip
    code = make_code(SealClaim("2026-001", 2026, WORD, day), open_key(tmp_path, made_up.NOW))

    with served(make_app(settings)) as address:
        told = too_wide(
            browser, address, ["/siegel", f"/s/{code}", "/s/x", "/siegel?sprache=en", f"/s/{code}?sprache=en"]
        )

    assert told == {}


def test_the_check_in_page_does_not_scroll_sideways(browser: Browser) -> None:
    html = FILES.joinpath("page.html").read_text(encoding="utf-8").replace("{{title}}", WORD)
    style = FILES.joinpath("page.css").read_text(encoding="utf-8")
    context = browser.new_context(viewport={"width": NARROW, "height": 800})
    page = context.new_page()
    page.route("**/*", lambda route: route.abort())
    page.set_content(html, wait_until="domcontentloaded")
    page.add_style_tag(content=style)
    page.evaluate(
        """word => {
          for (const id of ['when', 'line', 'banner', 'result', 'conflicts', 'list-note', 'label-there',
            'label-expected', 'label-free']) {
            const found = document.getElementById(id); if (found) { found.hidden = false; found.textContent = word } }
          document.getElementById('list').innerHTML =
            `<li><div class=row><div class=who><b>${word}</b><span class=tag>${word}</span></div>
             <div class=acts><button>${word}</button></div></div></li>` }""",
        WORD,
    )
    widths = widths_of(page)
    context.close()

    assert widths == [NARROW, NARROW]


@pytest.mark.parametrize(
    "made",
    [lambda: sign_in_page(csrf="x", target="/", email=MAIL, problem=WORD, note=WORD),
     lambda: sign_out_page(csrf="x", email=MAIL * 2)],
    ids=["sign in", "sign out"],
)  # fmt: skip
def test_the_door_does_not_scroll_sideways(browser: Browser, made: Callable[[], Response]) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.set_content(bytes(made().body).decode(), wait_until="domcontentloaded")
    widths = widths_of(page)
    context.close()

    assert widths == [NARROW, NARROW]
