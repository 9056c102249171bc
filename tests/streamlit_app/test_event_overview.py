"""The tab *Überblick*: what is still needed, figures with the rows behind them, in every state of an event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import made_up
import pandas as pd
import pytest
from made_up import NOW
from streamlit.testing.v1 import AppTest

from automations.events.reminding import Plan
from schemas.events.choices import Answer, EventState, InvitationState, ReplyState
from schemas.events.rules.answers import Step
from schemas.events.rules.seats import Count, count
from schemas.events.tables import Event, Invitation, Reply
from streamlit_app import data, event_data
from streamlit_app.door.cookie import Session
from streamlit_app.frames.checklist import Need, checklist, holder_on, out_of_office
from streamlit_app.frames.events import LISTS, Answers, Guest, funnel, over_time
from streamlit_app.ui.events import coming, invited_texts
from streamlit_app.ui.events import overview_texts as words
from sync.mirror import patch_mirror
from sync.nocodb.accounts import Role

SignIn = Callable[[Role], Session]
OpenPage = Callable[..., AppTest]


@pytest.fixture
def fair(data_dir: Path) -> Path:
    tables = made_up.contacts(40, 60, 50, NOW.date()) | made_up.events(NOW.date(), 50, 50, 40)
    made_up.write(data_dir / "mirror", tables, NOW)
    return data_dir / "mirror"


def found(row: int = 2) -> Answers:
    answers = event_data.answers(data.picture(), row)
    assert answers is not None
    return answers


def text_of(at: AppTest) -> str:
    kinds = ("markdown", "caption", "info", "success", "warning", "html", "header")
    return "\n".join(str(e.value) for kind in kinds for e in at.get(kind))


def keys(at: AppTest) -> set[str]:
    return {b.key for b in at.button if b.key}


def test_every_figure_opens_the_rows_behind_it(fair: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.VIEWER)
    at = open_page("veranstaltungen", v="2")
    shown = {m.label: m.value for m in at.metric}
    for name in ("gaeste", "eingeladen", "geantwortet", "schweigen"):
        at.button(key=f"ueb_oeffne_{name}").click().run()
        assert not at.exception
        assert at.query_params["zeilen"] == name
        rows = at.dataframe[0].value
        assert len(rows) == int(shown[words.KPI[name]]) > 0
        assert rows["NocoDB"].iloc[0].startswith("http://127.0.0.1:1/dashboard/#/nc/pBase/minvitation?rowId=")
        assert rows["Ansehen"].iloc[0].startswith("/kontakte?eintrag=p")
    at.button(key="ueb_schliessen").click().run()
    assert "zeilen" not in at.query_params


def test_the_funnel_and_the_lists_say_the_same(fair: Path) -> None:
    answers = found()
    reached = funnel(answers.guests)
    assert [len(answers.named(name)) for name in list(LISTS)[:6]] == [reached[step] for step in Step]
    assert reached[Step.ANSWERED] + len(answers.named("schweigen")) == reached[Step.INVITED]


def test_answers_over_time_add_up_to_all_answers(fair: Path) -> None:
    answers = found()
    days = over_time(answers.guests)
    assert days["count"].sum() == len(answers.named("geantwortet"))
    assert days.groupby("answer")["total"].max().sum() == days["count"].sum()


def test_groups_and_organisations_lead_to_their_guests(fair: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    at = open_page("veranstaltungen", v="2", zeilen="gruppe-3")
    assert words.GROUP_LIST.format(name="Ehrengäste") in text_of(at)
    assert set(at.dataframe[0].value["Gruppe"]) == {"Ehrengäste"}
    for nonsense in ("gruppe-x", "unfug", "gruppe-²", "organisation-99999999"):
        assert not open_page("veranstaltungen", v="2", zeilen=nonsense).exception
    for which in words.BREAKDOWNS:
        at.session_state["ueb_nach"] = which
        at.run()
        assert not at.exception


def test_what_is_missing_leads_to_the_next_step(fair: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    at = open_page("veranstaltungen", v="3")
    told = text_of(at)
    assert words.DRAFT in told
    for need in (Need.DAY, Need.PLACE, Need.HOST, Need.SENDER, Need.SIGNATORY, Need.DEADLINES, Need.GUESTS):
        assert words.OPEN[need][0] in told
    assert not at.metric
    at.button(key="ueb_weg_gaeste").click().run()
    assert at.query_params["teil"] == "gaeste"
    at = open_page("veranstaltungen", v="2")
    at.button(key="ueb_weg_versand").click().run()
    assert (at.query_params["teil"], at.query_params["anlass"]) == ("versand", "einladung")


def test_who_is_silent_when_the_day_has_come_is_one_click_from_a_reminder(
    fair: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    event = event_data.record(data.picture(), 2)
    assert event is not None
    assert "ueb_weg_erinnern" not in keys(open_page("veranstaltungen", v="2")), "nobody before its day"
    cells = event.encode() | {"remind_on": "2026-01-02", "answer_by": (NOW.date() + dt.timedelta(days=20)).isoformat()}
    patch_mirror(fair, "event", 2, cells, NOW)
    invitations = data.picture().table("invitation")
    for row in invitations[invitations["event"] == 2].to_dict("records"):
        if row["answer"] == Answer.OPEN and row["state"] == "eingeladen":
            early = (NOW - dt.timedelta(days=30)).isoformat()
            patch_mirror(fair, "invitation", row["id"], {**_raw(row), "invited_at": early}, NOW)
    at = open_page("veranstaltungen", v="2")
    silent = len(found().named("schweigen"))
    assert words.OPEN[Need.REMINDED][0].format(count=silent) in text_of(at)
    at.button(key="ueb_weg_erinnern").click().run()
    assert at.query_params["anlass"] == "erinnerung"


def test_who_moved_up_is_named_until_they_were_told(fair: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    assert "ueb_weg_nachgerueckt" not in keys(open_page("veranstaltungen", v="2"))
    guest = next(g for g in found().guests if g.comes and g.row.checked_in_at is None)
    row = next(r for r in data.picture().table("invitation").to_dict("records") if r["id"] == guest.id)
    patch_mirror(fair, "invitation", guest.id, {**_raw(row), "moved_up_at": NOW.isoformat()}, NOW)

    at = open_page("veranstaltungen", v="2")

    assert words.OPEN[Need.MOVED_UP][0].format(count=1) in text_of(at)
    assert [g.id for g in found().named("nachgerueckt")] == [guest.id]
    at.button(key="ueb_weg_nachgerueckt").click().run()
    assert at.query_params["anlass"] == "platz"


def _raw(row: dict[str, object]) -> dict[str, object]:
    return {code: None if value != value else value for code, value in row.items() if not hasattr(value, "isoformat")}


def test_an_event_that_is_over_or_called_off_asks_for_nothing_more(
    fair: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("veranstaltungen", v="1")
    assert words.OVER in text_of(at)
    assert words.NEXT not in text_of(at)
    event = event_data.record(data.picture(), 2)
    assert event is not None
    patch_mirror(fair, "event", 2, event.encode() | {"state": EventState.CALLED_OFF}, NOW)
    at = open_page("veranstaltungen", v="2")
    assert words.CALLED_OFF in text_of(at)
    at.button(key="ueb_absage").click().run()
    assert at.query_params["anlass"] == "absage"


def test_full_house_shows_who_waits_in_turn(fair: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    event = event_data.record(data.picture(), 2)
    assert event is not None
    patch_mirror(fair, "event", 2, event.encode() | {"capacity": 2}, NOW)
    for guest in found().guests:
        patch_mirror(fair, "invitation", guest.id, guest.row.encode() | {"place": None}, NOW)
    waiting = found().named("warteliste")
    times = [g.row.answered_at for g in waiting if g.row.answered_at is not None]
    assert len(times) == len(waiting) > 1
    assert times == sorted(times)
    at = open_page("veranstaltungen", v="2")
    at.session_state["ueb_nach"] = "warten"
    at.run()
    assert list(at.dataframe[0].value["Gast"]) == [g.row.name for g in waiting]


def test_the_office_is_held_by_whoever_holds_it_that_day(fair: Path) -> None:
    functions = pd.DataFrame({
        "office": [7, 7], "person": [1, 2], "valid_from": [pd.NaT, pd.Timestamp("2026-04-01")],
        "valid_to": [pd.Timestamp("2026-03-31"), pd.NaT],
    })  # fmt: skip
    assert holder_on(functions, 7, dt.date(2026, 3, 31)) == 1
    assert holder_on(functions, 7, dt.date(2026, 4, 1)) == 2
    assert holder_on(functions, 8, dt.date(2026, 4, 1)) is None


OTHERS = (7, None, None, 2)
"""Person 2 holds office 7."""


@pytest.mark.parametrize(("held", "as_what", "told"), [
    ([(7, None, None)], {"office": 7}, ""),
    ([(7, None, -1)], {"office": 7}, "Vera Beispiel"),
    ([(7, None, 2)], {"office": 7}, "Vera Beispiel"),  # the last day comes before the event
    ([(7, 2, None)], {"office": 7}, ""),  # begins before the event
    ([(7, None, -9), (7, -8, None)], {"office": 7}, ""),
    ([(8, None, None)], {"office": 7}, ""),  # nobody told us that she ever was: staff typed it
    ([(7, None, -1)], {"office": 7, "state": InvitationState.DROPPED}, ""),
    ([(7, None, -1)], {"office": 7, "checked_in_at": NOW}, ""),
    ([(7, None, -1)], {"organisation": 3}, "Vera Beispiel"),  # invited for where she worked
    ([(7, None, -1)], {}, ""),  # invited as the human
    ([OTHERS], {"office": 7, "ident": "einladung:9:p1"}, "Vera Beispiel"),  # her function was deleted, not ended
    ([OTHERS], {"office": 7}, ""),  # staff invite somebody else in the place of its holder
    ([OTHERS, (7, None, None)], {"office": 7, "ident": "einladung:9:p1"}, ""),  # two hold it
    ([], {"office": 7, "ident": "einladung:9:p1"}, ""),  # nobody knows anything
])  # fmt: skip
def test_guests_who_are_not_what_they_are_invited_as_any_more_are_named(held, as_what, told) -> None:  # type: ignore[no-untyped-def]
    def on(days: int | None) -> object:
        return pd.NaT if days is None else pd.Timestamp(NOW.date() + dt.timedelta(days=days))

    functions = pd.DataFrame([
        {"person": whom[0] if whom else 1, "office": office, "organisation": 3, "valid_from": on(begun),
         "valid_to": on(ended)}
        for office, begun, ended, *whom in held
    ], columns=["person", "office", "organisation", "valid_from", "valid_to"])  # fmt: skip
    row = Invitation(id=4, name="Vera Beispiel", event=9, person=1, **{"state": InvitationState.INVITED, **as_what})
    event = Event(id=9, name="x", starts_at=NOW + dt.timedelta(days=5))
    one = Answers(event, (Guest(row, frozenset(), None, "", "", "", ""),), found_nothing(), {}, ())

    outdated = out_of_office(one, functions, NOW.date())
    items = checklist(one, Plan(event), None, NOW.date(), lambda day: False, outdated=outdated)

    assert [i.told for i in items if i.need == Need.OFFICES] == ([told] if told else [])


def found_nothing() -> Count:
    return count([], {}, None)


def test_deadlines_that_contradict_each_other_are_told(fair: Path) -> None:
    event = Event(id=9, name="x", starts_at=NOW + dt.timedelta(days=5), answer_by=NOW.date() + dt.timedelta(days=9))
    empty = Answers(event, (), found().seats, {}, ())
    items = checklist(empty, Plan(event), None, NOW.date(), lambda day: False)
    (deadlines,) = [item for item in items if item.need == Need.DEADLINES]
    assert not deadlines.done
    assert "nach der Veranstaltung" in deadlines.told


def test_the_start_page_shows_the_next_events_and_what_waits(fair: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.VIEWER)
    waiting = Reply(name="x@example.org", event=2, channel="mail", text="?", state=ReplyState.TO_DECIDE)
    patch_mirror(fair, "reply", 999, waiting.encode(), NOW)
    told = text_of(open_page())
    reached = funnel(found().guests)
    assert invited_texts.COMING in told
    assert f"{reached[Step.ANSWERED]} von {reached[Step.INVITED]} haben geantwortet" in told
    picture = data.picture()
    assert [line.row for line in coming.next_events(picture)] == [2]
    patch_mirror(fair, "event", 2, None, NOW)
    assert invited_texts.COMING not in text_of(open_page())


def test_answers_to_decide_are_on_the_start_page_whatever_event_they_are_about(
    fair: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.VIEWER)
    for row, days in ((11, 60), (12, 70), (13, 80), (14, 90), (15, 100), (16, -20), (17, 95)):
        event = Event(name=f"Abend {row}", starts_at=NOW + dt.timedelta(days=days), state=None)
        patch_mirror(fair, "event", row, event.encode(), NOW)
    guest = Invitation(name="Vera Beispiel", event=15, state=InvitationState.INVITED)
    patch_mirror(fair, "invitation", 990, guest.encode(), NOW)
    for row, cells in ((1, {"event": 14}), (2, {"invitation": 990}), (3, {"event": 16}), (4, {})):
        waiting = Reply(name="?", state=ReplyState.TO_DECIDE, channel="mail", text="?", **cells)  # type: ignore[arg-type]
        patch_mirror(fair, "reply", 990 + row, waiting.encode(), NOW)

    picture = data.picture()
    assert [line.row for line in coming.next_events(picture)] == [2, 11, 12, 16, 14, 15]
    shown = [link.label for link in open_page().get("page_link")]
    assert "**Abend 15**" in shown
    assert "**Abend 13**" not in shown, "nothing waits there"


@pytest.mark.parametrize(("over", "title"), [(1, "1 Platz zu viel zugesagt"), (2, "2 Plätze zu viel zugesagt")])
def test_one_seat_too_many_is_told_as_one(
    fair: Path, open_page: OpenPage, sign_in: SignIn, over: int, title: str
) -> None:
    sign_in(Role.VIEWER)
    event = replace(found().event, capacity=found().seats.taken - over)
    invitations = data.picture().table("invitation")
    for row in invitations[invitations["event"] == 2]["id"]:
        guest = found().guest(int(row))
        assert guest is not None
        if guest.answer == Answer.YES:
            patch_mirror(fair, "invitation", int(row), replace(guest.row, place="platz").encode(), NOW)
    patch_mirror(fair, "event", 2, event.encode(), NOW)
    assert title in text_of(open_page("veranstaltungen", v="2"))


def test_a_contact_shows_what_they_were_invited_to_and_what_came_of_it(
    fair: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.VIEWER)
    told = text_of(open_page("kontakte", eintrag="p1"))
    assert "Ehrung im Vorjahr" in told
    assert "/veranstaltungen?v=2" in told
    assert "Mal eingeladen" in told
    events = event_data.invited(data.picture(), "person", 1)
    assert [one.event.id for one in events] == [2, 1], "the latest first"
    assert invited_texts.NONE in text_of(open_page("kontakte", eintrag="p60"))
    organisation = next(i.organisation for i in event_data.invitations(data.picture(), 2))
    assert "Engagementmesse" in text_of(open_page("kontakte", eintrag=f"o{organisation}"))
