"""The aggregations agree with the rules, row by row, and count what a person would count."""

from __future__ import annotations

import datetime as dt

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from schemas.contacts import rules
from streamlit_app.frames import detail, figures
from streamlit_app.frames.build import build_contacts
from streamlit_app.frames.contacts import LastContacts, Query, count_listed, last_contacts, select

TODAY = dt.date(2026, 6, 15)
DAYS = st.one_of(st.none(), st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)))


def days(values: list[dt.date | None]) -> pd.Series:
    return pd.Series(pd.to_datetime(pd.Series(values, dtype="object"))).astype("datetime64[ms]")


def interactions(rows: list[dict[str, object]]) -> pd.DataFrame:
    names = ("id", "summary", "kind", "organisation", "person", "team_member", "next_step", "next_step_done", "note")
    frame = pd.DataFrame({n: [r.get(n) for r in rows] for n in names})
    for link in ("organisation", "person", "team_member"):
        frame[link] = frame[link].astype("Int64")
    frame["day"] = days([r.get("day") for r in rows])  # type: ignore[misc]
    frame["next_step_due"] = days([r.get("next_step_due") for r in rows])  # type: ignore[misc]
    return frame


NO_PARTICIPANTS = pd.DataFrame({n: pd.Series(dtype="Int64") for n in ("interaction", "person", "organisation")})


@given(
    st.lists(st.tuples(st.sampled_from(["", "Rückruf", None]), DAYS, st.sampled_from([True, False, None])), max_size=20)
)
def test_overdue_steps_are_those_that_the_rule_calls_overdue(
    rows: list[tuple[str | None, dt.date | None, bool | None]],
) -> None:
    frame = interactions(
        [{"id": i, "next_step": s, "next_step_due": d, "next_step_done": b} for i, (s, d, b) in enumerate(rows)]
    )
    expected = [rules.step_is_overdue(s, d, bool(b), TODAY) for s, d, b in rows]
    assert list(figures.overdue_steps(frame, TODAY)) == expected


@given(st.lists(DAYS, max_size=30), st.integers(1, 400))
def test_recent_contacts_are_those_that_the_rule_calls_recent(rows: list[dt.date | None], span: int) -> None:
    frame = interactions([{"id": i, "day": d} for i, d in enumerate(rows)])
    assert list(figures.recent_interactions(frame, TODAY, span)) == [rules.is_within(d, TODAY, span) for d in rows]


@given(st.lists(st.tuples(DAYS, DAYS), max_size=30))
def test_current_functions_are_those_that_the_rule_calls_current(
    spans: list[tuple[dt.date | None, dt.date | None]],
) -> None:
    frame = pd.DataFrame({"valid_from": days([a for a, _ in spans]), "valid_to": days([b for _, b in spans])})
    assert list(figures.current_functions(frame, TODAY)) == [rules.is_current(a, b, TODAY) for a, b in spans]


@given(st.lists(st.tuples(st.integers(1, 4), DAYS), max_size=30))
def test_last_contact_is_the_latest_day_that_is_not_in_the_future(rows: list[tuple[int, dt.date | None]]) -> None:
    frame = interactions([{"id": i, "organisation": o, "day": d} for i, (o, d) in enumerate(rows)])
    found = last_contacts(frame, NO_PARTICIPANTS, TODAY).organisation
    for o in {o for o, _ in rows}:
        past = [d for p, d in rows if p == o and d is not None and d <= TODAY]
        assert found.get(o) == (max(past) if past else None)


def test_a_further_participant_counts_as_contacted() -> None:
    frame = interactions([{"id": 1, "organisation": 1, "day": dt.date(2026, 6, 1)}])
    more = pd.DataFrame({"interaction": [1], "person": [7], "organisation": [None]}).astype("Int64")
    assert last_contacts(frame, more, TODAY).person == {7: dt.date(2026, 6, 1)}


def tables() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    organisations = pd.DataFrame({
        "id": [1, 2, 3], "name": ["Müllers Verein", "Amt für Sport", None], "short_name": ["MV", None, None],
        "kind": ["verein", "fachbereich", None], "sphere": ["zivilgesellschaft", "verwaltung", None],
        "engagement_fields": [["sport"], None, None], "district": ["Altstadt", None, None],
        "phone": ["0391 1234", None, None], "phone2": [None] * 3, "mail": [None, "amt@example.org", None],
        "aliases": [None, None, "Name: Windkraft"],
    })  # fmt: skip
    persons = pd.DataFrame({
        "id": [1, 2], "name": ["Anna Müller", None], "title": [None, "Dr."], "first_name": ["Anna", "Olaf"],
        "last_name": ["Müller", "Groß"], "mail": [None, "olaf@example.org"], "mail2": [None, None],
        "phone": [None, None], "mobile": ["0170 555", None], "phone_other": [None, None],
        "salutation": ["frau", "unbekannt"], "aliases": [None, "Nachname: Klein"],
    })  # fmt: skip
    functions = pd.DataFrame({
        "id": [1], "name": ["Vorsitz"], "person": [1], "organisation": [2],
        "valid_from": days([None]), "valid_to": days([None]),
    }).astype({"person": "Int64", "organisation": "Int64"})  # fmt: skip
    return organisations, persons, functions


def test_search_puts_names_that_begin_so_before_those_who_are_only_tied() -> None:
    contacts = build_contacts(*tables(), lambda t, c, v: v, TODAY)
    last = last_contacts(interactions([]), NO_PARTICIPANTS, TODAY)
    found = select(contacts, Query("mue"), last, TODAY)
    assert list(found["name"]) == ["Müllers Verein", "Anna Müller", "Amt für Sport"]
    assert list(select(contacts, Query("müller sport"), last, TODAY)["name"]) == ["Amt für Sport", "Anna Müller"]


def test_who_was_called_otherwise_is_found_under_the_former_name() -> None:
    contacts = build_contacts(*tables(), lambda t, c, v: v, TODAY)

    found = {words: list(select(contacts, Query(words=words), LastContacts(), TODAY)["id"]) for words in (
        "windkraft", "klein"
    )}  # fmt: skip

    assert found == {"windkraft": [3], "klein": [2]}


def test_what_is_spelled_just_so_comes_before_what_only_sounds_so() -> None:
    organisations, persons, functions = tables()
    organisations["name"] = ["Haus Muster", "Haus Müller", "Mulde"]
    contacts = build_contacts(organisations, persons, functions, lambda t, c, v: v, TODAY)
    last = last_contacts(interactions([]), NO_PARTICIPANTS, TODAY)
    assert list(select(contacts, Query("mü", show="organisation"), last, TODAY)["name"]) == [
        "Mulde", "Haus Müller", "Haus Muster",
    ]  # fmt: skip


def test_filters_and_lists_leave_what_was_asked_for() -> None:
    contacts = build_contacts(*tables(), lambda t, c, v: v, TODAY)
    last = last_contacts(
        interactions([{"id": 1, "organisation": 1, "day": dt.date(2024, 1, 1)}]), NO_PARTICIPANTS, TODAY
    )

    def names(query: Query) -> list[str]:
        return list(select(contacts, query, last, TODAY)["name"])

    assert names(Query(sphere="verwaltung", show="organisation")) == ["Amt für Sport"]
    assert names(Query(sphere="verwaltung")) == ["Amt für Sport", "Anna Müller"]
    assert names(Query(engagement="sport")) == ["Müllers Verein"]
    assert names(Query(district="Altstadt")) == ["Müllers Verein"]
    assert names(Query(listing="ohne-funktion")) == ["Dr. Olaf Groß"]
    assert names(Query(listing="unerreichbar")) == ["(ohne Namen)"]
    assert names(Query(listing="kalt")) == ["Müllers Verein"]
    assert names(Query(listing="nie")) == ["(ohne Namen)", "Amt für Sport"]
    assert names(Query(listing="anrede")) == ["Dr. Olaf Groß"]
    assert count_listed(contacts, last, TODAY) == {
        "ohne-funktion": 1,
        "unerreichbar": 1,
        "kalt": 1,
        "nie": 2,
        "anrede": 1,
    }


def test_a_tree_that_bites_its_own_tail_ends() -> None:
    organisations = pd.DataFrame({"id": [1, 2, 3], "name": ["A", "B", "C"], "parent": [2, 3, 1]}).astype(
        {"parent": "Int64"}
    )
    assert detail.ancestors(organisations, 1) == [(3, "C"), (2, "B")]
    assert detail.children(organisations, 1) == [(3, "C")]


def test_contacts_per_month_count_only_the_last_thirteen_months() -> None:
    frame = interactions([
        {"id": 1, "kind": "anruf", "day": dt.date(2026, 6, 1)}, {"id": 2, "kind": "anruf", "day": dt.date(2026, 6, 15)},
        {"id": 3, "kind": None, "day": dt.date(2025, 6, 1)}, {"id": 4, "kind": "mail", "day": dt.date(2025, 5, 31)},
        {"id": 5, "kind": "mail", "day": dt.date(2026, 6, 16)}, {"id": 6, "kind": "mail", "day": None},
    ])  # fmt: skip
    found = figures.contacts_per_month(frame, TODAY)
    assert [(m.date(), k, c) for m, k, c in found.itertuples(index=False, name=None)] == [
        (dt.date(2025, 6, 1), "", 1), (dt.date(2026, 6, 1), "anruf", 2),
    ]  # fmt: skip


def test_the_timeline_of_an_organisation_holds_its_people_while_they_were_there() -> None:
    rows = [
        {"id": 1, "organisation": 1, "person": None, "day": dt.date(2026, 1, 1)},
        {"id": 2, "organisation": None, "person": 7, "day": dt.date(2026, 2, 1)},
        {"id": 3, "organisation": None, "person": 7, "day": dt.date(2026, 6, 1)},
        {"id": 4, "organisation": 2, "person": 7, "day": dt.date(2026, 2, 2)},
        {"id": 5, "organisation": None, "person": 8, "day": dt.date(2026, 2, 3)},
    ]
    frame = pd.DataFrame(rows).astype({"organisation": "Int64", "person": "Int64"})
    frame["day"] = pd.to_datetime(frame["day"])
    functions = pd.DataFrame({"organisation": [1, 3], "person": [7, 8]}).astype("Int64")
    functions["valid_from"] = pd.to_datetime([None, None])
    functions["valid_to"] = pd.to_datetime([dt.date(2026, 3, 1), None])
    assert list(detail.timeline_across(frame, NO_PARTICIPANTS, functions, 1)["id"]) == [2, 1]
    assert list(detail.timeline_across(frame, NO_PARTICIPANTS, functions, 4)["id"]) == []
