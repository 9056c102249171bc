"""The check-in page beside Streamlit: its files, who may send what, the list that only tells what changed, the tab."""

from __future__ import annotations

import dataclasses
import io
import itertools
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import made_up
import numpy as np
import pytest
import segno
from made_up import NOW
from PIL import Image
from silent_server import serve
from starlette.applications import Starlette
from starlette.middleware import Middleware
from test_door import Client

from schemas.errors import Unavailable
from schemas.events.choices import Admission, Answer, InvitationState
from schemas.events.tables import Invitation
from streamlit_app import context
from streamlit_app.door import cookie
from streamlit_app.door.cookie import Session
from streamlit_app.door.guard import Guard
from streamlit_app.door.headers import SecurityHeaders
from streamlit_app.entrance import pages, routes
from streamlit_app.entrance.desk import Desk
from streamlit_app.entrance.roll import COLUMNS, Names, Roll, on_list, seen
from streamlit_app.entrance.routes import Entrance
from streamlit_app.ui.events import entrance_texts as words
from sync.mirror.status import MirrorStatus, write_status
from sync.nocodb.accounts import Role, SignedIn
from sync.settings import Settings

OURS = {"x-einlass": "1"}


@pytest.fixture
def with_events(data_dir: Path) -> Path:
    tables = made_up.contacts(40, 60, 100, NOW.date()) | made_up.events(NOW.date(), 40, 60, 40)
    made_up.write(data_dir / "mirror", tables, NOW)
    return data_dir / "mirror"


@pytest.fixture
def client(with_events: Path) -> Iterator[Client]:
    """A browser before the door; NocoDB is away (its address answers nobody)."""
    with browser(context.get().settings, with_events) as opened:
        yield opened


def browser(settings: Settings, mirror: Path) -> Client:
    here = context.get()
    app = Starlette(
        routes=Entrance(here, Desk(settings, map(float, itertools.count(0, 10)).__next__)).routes(),
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(Guard, secret=here.secret, revoked=here.revoked, clock=context.now, mirror_dir=mirror),
        ],
    )
    return Client(app)


def sign_in(client: Client, role: Role) -> None:
    person = SignedIn("jwt", f"{role}@example.org", "Rita Redlich", role)
    client.cookies.set(cookie.NAME, cookie.issue(context.get().secret, person, context.now()))


def sent(*tries: object) -> str:
    return json.dumps({"sent_at": NOW.isoformat(), "tries": list(tries)})


def test_nothing_of_it_is_there_without_a_sign_in(client: Client) -> None:
    assert client.get("/einlass/2").headers["location"] == "/anmelden?weiter=%2Feinlass%2F2"
    for path in ("/einlass/2/gaeste", "/einlass/worker.js", f"/einlass/datei/{pages.version()}/page.js"):
        assert client.get(path, headers={"accept": "*/*"}).status_code == 401
    assert client.post("/einlass/2/versuche", data=sent(), headers=OURS).status_code == 401


def test_the_page_holds_no_names_runs_only_our_scripts_and_alone_may_use_the_camera(client: Client) -> None:
    sign_in(client, Role.EDITOR)
    shown = client.get("/einlass/2")

    nonce = re.search(r'type="module" src="[^"]+" nonce="([^"]+)"', shown.text)
    policy = shown.headers["content-security-policy"]
    assert nonce
    assert f"script-src 'nonce-{nonce[1]}';" in policy
    assert "default-src 'none'" in policy
    assert "camera=(self)" in shown.headers["permissions-policy"]
    assert "camera=()" in client.get("/einlass/2/gaeste").headers["permissions-policy"]
    assert "Gast 1" not in shown.text
    other = client.get("/einlass/3").text
    assert re.sub(r'nonce="[^"]+"', "", other) == re.sub(r'nonce="[^"]+"', "", shown.text), "the same for every event"
    names = re.findall(r"/einlass/datei/\w+/([\w.]+)", shown.text)
    assert {client.get(f"/einlass/datei/{pages.version()}/{name}").status_code for name in names} == {200}
    assert client.get(f"/einlass/datei/{pages.version()}/..%2Fwords.py").status_code == 404
    assert pages.version() in client.get("/einlass/worker.js").text


def test_while_nocodb_is_away_the_list_comes_from_the_mirror_and_holds_only_what_the_door_needs(client: Client) -> None:
    sign_in(client, Role.EDITOR)
    told = client.get("/einlass/2/gaeste").json()

    assert (told["live"], told["whole"], told["may_write"]) == (False, True, True)
    assert len(told["guests"]) == 40
    assert set(told["guests"][0]) == {
        "id", "name", "org", "group", "state", "answer", "place", "companions", "mark", "since", "inside",
        "represented_by", "with", "walk_in", "log", "of",
    }  # fmt: skip
    assert "example.org" not in json.dumps(told["guests"])
    again = client.get(f"/einlass/2/gaeste?ab={told['version']}").json()
    assert (again["guests"], again["gone"], again["whole"]) == ([], [], False)
    assert client.get("/einlass/999/gaeste").status_code == 503


def test_a_nocodb_that_hangs_holds_no_tablet_and_is_not_asked_once_that_is_known(
    with_events: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "LONGEST_ANSWER", 0.5)
    with serve() as (url, served), browser(Settings(_env_file=None, nocodb_url=url), with_events) as client:
        sign_in(client, Role.EDITOR)
        begun = time.monotonic()
        told = client.post("/einlass/2/versuche", data=sent(), headers=OURS)
        assert (told.status_code, "problem" in told.json()) == (503, True)
        assert client.get("/einlass/2/gaeste").json()["live"] is False
        assert time.monotonic() - begun < 5
        asked = len(served)
        assert asked == 2
        write_status(with_events, MirrorStatus(down_since=NOW))
        assert client.get("/einlass/2/gaeste").json()["live"] is False
        assert len(served) == asked


@pytest.mark.parametrize("event", ["0", "9" * 40, "9" * 400])
def test_an_event_that_cannot_be_is_told_so(client: Client, event: str) -> None:
    sign_in(client, Role.EDITOR)
    assert client.get(f"/einlass/{event}").status_code in (200, 404)
    for told in (
        client.get(f"/einlass/{event}/gaeste"),
        client.post(f"/einlass/{event}/versuche", data=sent(), headers=OURS),
    ):
        assert told.status_code in (404, 503)
        assert len(told.text) < 300


@pytest.mark.parametrize(
    "body",
    ["", "[" * 100_000, "null", "[]", "1", '{"sent_at": ' + "9" * 5000 + "}", '{"sent_at": NaN, "tries": [[]]}',
     "\0"],
    ids=range(8),
)  # fmt: skip
def test_what_no_tablet_sends_is_refused_in_a_sentence(client: Client, body: str) -> None:
    sign_in(client, Role.EDITOR)
    told = client.post("/einlass/2/versuche", data=body, headers=OURS)
    assert (told.status_code, told.json()["problem"]) == (400, "Diese Anfrage ist nicht lesbar.")


def test_a_try_within_tries_is_refused_or_broken_alone(client: Client) -> None:
    deep = '{"nonce":' * 3000 + "1" + "}" * 3000
    sign_in(client, Role.EDITOR)
    told = client.post(
        "/einlass/2/versuche", data=f'{{"sent_at": "{NOW.isoformat()}", "tries": [{deep}]}}', headers=OURS
    )
    problem = "Diese Anfrage ist nicht lesbar." if told.status_code == 400 else "ist nicht erreichbar"
    assert told.status_code in (400, 503), "Python 3.13 reads it; the try is broken then, and the base was asked"
    assert problem in told.json()["problem"]


def test_who_may_only_read_and_other_sites_let_nobody_in(client: Client) -> None:
    body = sent({"nonce": "a" * 16, "invitation": 1, "at": NOW.isoformat()})
    sign_in(client, Role.VIEWER)
    assert "Editor" in client.post("/einlass/2/versuche", data=body, headers=OURS).json()["problem"]
    sign_in(client, Role.EDITOR)
    assert client.post("/einlass/2/versuche", data=body).status_code == 403
    foreign = {**OURS, "origin": "https://example.org"}
    assert client.post("/einlass/2/versuche", data=body, headers=foreign).status_code == 403
    assert client.post("/einlass/2/versuche", data="{", headers=OURS).status_code == 400
    assert client.post("/einlass/2/versuche", data="x" * 300_000, headers=OURS).status_code == 400
    away = client.post("/einlass/2/versuche", data=body, headers=OURS)
    assert (away.status_code, "nicht erreichbar" in away.json()["problem"]) == (503, True), "the tablet keeps it"


def test_a_picture_of_a_code_is_read_and_anything_else_is_not(client: Client) -> None:
    sign_in(client, Role.EDITOR)
    out = io.BytesIO()
    segno.make("KN:17.abcd-_12", error="m").save(out, kind="png", scale=6, border=4)
    image = Image.open(io.BytesIO(out.getvalue())).convert("L")
    grey = np.asarray(image)
    height, width = grey.shape

    found = client.post(f"/einlass/bild?b={width}&h={height}", data=grey.tobytes(), headers=OURS)
    assert found.json() == {"texts": ["KN:17.abcd-_12"]}
    empty = client.post("/einlass/bild?b=64&h=64", data=bytes(64 * 64), headers=OURS)
    assert empty.json() == {"texts": []}
    for query in ("b=64&h=63", "b=0&h=0", "b=9999&h=1", "", "b=-1&h=2"):
        assert client.post(f"/einlass/bild?{query}", data=bytes(64 * 64), headers=OURS).status_code == 400


def row(number: int, **cells: object) -> Invitation:
    made = Invitation(name=f"Gast {number}", state=InvitationState.INVITED, answer=Answer.YES, walk_in=False, id=number)
    return dataclasses.replace(made, **cells)  # type: ignore[arg-type]


def test_a_list_tells_only_what_changed_and_who_is_gone() -> None:
    names, time = Names({}, {}), [0.0]
    rows = [row(1), row(2), row(3)]
    roll = Roll(1000, 1000)

    def read() -> None:
        roll.bring_up(lambda: ([seen(r, names) for r in rows if on_list(r)], True), lambda: time[0])

    read()
    first = roll.version
    rows[1] = row(2, checked_in_at=NOW, checked_in=1)
    del rows[2]
    read()
    assert roll.since(first) == ([], []), "read a moment ago"
    time[0] = 60
    read()

    changed, gone = roll.since(first)
    assert [one["id"] for one in changed] == [2]
    assert gone == [3]
    roll.note([seen(row(1, companions=2), names)])
    assert [one["id"] for one in roll.since(first)[0]] == [1, 2]
    assert not on_list(row(4, walk_in=True, state=InvitationState.DROPPED))
    assert not {"mail", "note", "needs", "person"} & set(COLUMNS)


def test_a_reading_that_fails_leaves_the_last_list() -> None:
    roll = Roll(1000, 1000)
    roll.bring_up(lambda: ([seen(row(1), Names({}, {}))], True), lambda: 0.0)

    def fails() -> tuple[list[dict[str, object]], bool]:
        raise Unavailable("weg")

    with pytest.raises(Unavailable):
        roll.bring_up(fails, lambda: 60.0)
    assert [one["id"] for one in roll.since(0)[0]] == [1]


def said(at) -> str:  # type: ignore[no-untyped-def]
    kinds = ("markdown", "caption", "info", "success", "warning", "error")
    return "\n".join(str(e.value) for kind in kinds for e in getattr(at, kind))


def test_the_tab_counts_lists_who_is_missing_and_explains_refusals(
    data_dir: Path, open_page: Callable[..., object], sign_in: Callable[[Role], Session]
) -> None:
    tables = made_up.contacts(40, 60, 100, NOW.date()) | made_up.events(NOW.date(), 40, 60, 40)
    tables["check_in"] = [
        {"id": number, "name": "Gast 3", "event": 2, "invitation": 3, "at": NOW.isoformat(), "count": 1,
         "result": "abgewiesen", "why": "Hat abgesagt.", "device": "Tablet 2", "ident": ident}
        for number, ident in enumerate(("a1", "a1", "a2"), start=1)
    ]  # fmt: skip
    made_up.write(data_dir / "mirror", tables, NOW)
    sign_in(Role.VIEWER)
    at = open_page("veranstaltungen", v="2", teil="einlass")

    rows = [r for r in tables["invitation"] if r["event"] == 2]
    coming = [r for r in rows if r["answer"] in ("zugesagt", "Vertretung") and r["place"] == "Platz"]
    told = {m.label: m.value for m in at.metric}
    assert told[words.THERE] == "0"
    assert told[words.EXPECTED] == str(sum(1 + (r["companions"] or 0) for r in coming))
    assert list(at.dataframe[0].value["Erklärung"]) == ["Hat abgesagt."] * 2, "one row for each try"
    at.segmented_control(key="einlass_liste_2").set_value(words.MISSING).run()
    assert len(at.dataframe[0].value) == len(coming)
    assert words.VIEWER in said(at)
    assert words.NO_TABLETS in said(at)


def test_the_tab_of_an_event_without_guests_says_what_comes_next(
    with_events: Path, open_page: Callable[..., object], sign_in: Callable[[Role], Session]
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("veranstaltungen", v="3", teil="einlass")

    assert words.NONE[words.MISSING] in said(at)
    assert Admission.REFUSED not in said(at)
