"""Mails about a running round from a real base: to whom they belong, once in a week, never to who is not written to."""

from __future__ import annotations

import datetime as dt

import pytest

from automations.jobs import certification
from automations.runner import JOBS
from schemas.certification.choices import Phase, RecordOutcome, RoundState
from schemas.certification.rules.procedure import DEFAULT
from schemas.certification.tables import Certification, CertificationRound, StepRecord
from schemas.contacts.tables import Function, Organisation, Person, TeamMember
from schemas.events.choices import Answer, EventState, InvitationState
from schemas.events.tables import Event, Invitation
from schemas.operations.choices import PostKind, PostState
from schemas.operations.tables import Post
from sync.nocodb.store import TableStore
from sync.settings import Settings

pytestmark = [pytest.mark.server, pytest.mark.slow]

MONDAY = dt.datetime(2026, 3, 2, 6, 30, tzinfo=dt.UTC)
DAY = MONDAY.date()


class Killed(Exception):
    """Stands for kill -9 at this very moment."""


@pytest.fixture
def settings(client, live_server, empty_base, tmp_path):
    token = client.request("POST", "/api/v1/tokens", json={"description": "Zertifizierung"})["token"]
    return Settings(
        nocodb_url=live_server.url, nocodb_token=token, nocodb_base=empty_base.id, KONTAKTNETZ_DATA=tmp_path,
        smtp_host="127.0.0.1", mail_from="kontakt@example.org", dashboard_url="https://uebersicht.example",
    )  # fmt: skip


@pytest.fixture
def outbox(client, empty_base):
    """A running round with a case in every situation that a mail could be about."""

    def make(*rows):
        return TableStore(client, empty_base, type(rows[0])).create(list(rows))

    make(
        TeamMember(name="Rita Redlich", place="agentur", mail="rita@example.org"),
        TeamMember(name="Kai Stadt", place="koordination", mail="kai@example.org"),
        TeamMember(name="Ehemalige", place="agentur", mail="frueher@example.org", active_to=dt.date(2025, 1, 1)),
        TeamMember(name="Netz", place="netzwerk", mail="netz@example.org"),
    )
    (house,) = make(Organisation(name="Hort", ident="t:o"))
    ada, silent, gone, reviewer = make(
        Person(first_name="Ada", last_name="Muster", mail="ada@example.org", ident="t:p1"),
        Person(first_name="Nie", last_name="Schreiben", mail="nie@example.org", do_not_contact=True, ident="t:p2"),
        Person(first_name="Weg", last_name="Gegangen", mail="weg@example.org", ident="t:p3"),
        Person(first_name="Gerd", last_name="Gut", mail="gerd@example.org", ident="t:p4"),
    )
    make(Function(name="Koordination", person=gone, organisation=house, valid_to=dt.date(2026, 1, 1), ident="t:f"))
    seminar, fair = make(
        Event(name="Seminar", state=EventState.OPEN, capacity=18, venue="Fährgasse", ident="t:e1",
              starts_at=dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)),
        Event(name="Messe", starts_at=dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC), ident="t:e2"),
    )  # fmt: skip
    make(Invitation(name="Ada", event=seminar, person=ada, state=InvitationState.INVITED, answer=Answer.OPEN,
                    ident="t:i1"),
         Invitation(name="Gerd", event=seminar, person=reviewer, state=InvitationState.INVITED, answer=Answer.YES,
                    ident="t:i2"))  # fmt: skip
    running, other = make(
        CertificationRound(name="Runde 2026", state=RoundState.RUNNING, procedure=DEFAULT.as_text(), seminar=seminar,
                           award_event=fair, begins_on=dt.date(2025, 6, 1), ident="t:r1"),
        CertificationRound(name="Vorbei", state=RoundState.CLOSED, procedure=DEFAULT.as_text(), ident="t:r2"),
    )  # fmt: skip
    ago = {"today": 0, "team": 63, "long": 259}
    cases = [
        ("Seminar offen", Phase.SEMINAR, ("anmeldung",), 49, {"coordinator": ada}),
        ("Gerade begonnen", Phase.TEAM, ("anmeldung", "seminar"), ago["today"], {"coordinator": ada}),
        ("Fragebogen fällig", Phase.TEAM, ("anmeldung", "seminar"), ago["team"], {"mail": "hort@example.org"}),
        ("Nicht anschreiben", Phase.TEAM, ("anmeldung", "seminar"), ago["team"], {"coordinator": silent}),
        ("Auch nicht so", Phase.TEAM, ("anmeldung", "seminar"), ago["team"], {"mail": "NIE@example.org"}),
        ("Liegt", Phase.REVIEW, ("anmeldung", "seminar", "team"), ago["long"],
         {"reviewer": reviewer, "coordinator": gone, "site": house}),
        ("Beim Netzwerk", Phase.DECISION, ("anmeldung", "seminar", "team", "besuch", "gutachten"), 5, {}),
        ("Pause", Phase.PAUSED, ("anmeldung", "seminar"), ago["team"], {"mail": "pause@example.org"}),
        ("Vorbei", Phase.TEAM, ("anmeldung", "seminar"), ago["team"], {"mail": "vorbei@example.org", "round": other}),
    ]  # fmt: skip
    rows = make(*[
        Certification(name=name, phase=phase, phase_since=DAY - dt.timedelta(days=days), ident=f"t:{name}",
                      **{"round": running, **more})
        for name, phase, _, days, more in cases
    ])  # fmt: skip
    make(*[
        StepRecord(name=code, certification=row, step_code=code, outcome=RecordOutcome.DONE,
                   done_on=DAY - dt.timedelta(days=days), proof="Liegt vor" if code != "seminar" else None,
                   ident=f"t:{row}:{code}")
        for row, (_, _, codes, days, _) in zip(rows, cases, strict=True) for code in codes
    ])  # fmt: skip
    return TableStore(client, empty_base, Post)


def test_each_is_reminded_of_their_step_once_a_week_and_we_hear_where_everything_stands(settings, outbox, monkeypatch):
    enqueue = certification.enqueue

    def dying(store, letters, now):
        enqueue(store, letters[:1], now)
        raise Killed

    monkeypatch.setattr(certification, "enqueue", dying)
    with pytest.raises(Killed):
        certification.run(settings, MONDAY)
    monkeypatch.undo()
    assert certification.run(settings, MONDAY) == "2 Erinnerungen und 2 Wochenberichte in den Postausgang gelegt"
    for days in (0, 1, 4):
        assert certification.run(settings, MONDAY + dt.timedelta(days=days)) == "", "once in a week"

    posts = {post.recipient: post for post in outbox.pull()}
    assert outbox.count() == len(posts)
    assert set(posts) == {"ada@example.org", "hort@example.org", "gerd@example.org", "rita@example.org",
                          "kai@example.org"}  # fmt: skip
    ada, hort = posts["ada@example.org"].text, posts["hort@example.org"].text
    assert "Guten Tag Ada Muster," in ada
    assert "„Seminar offen“ ist auf dem Weg zum Gütesiegel" in ada
    assert "Das nächste Seminar ist am 20.03.2026 (Fährgasse). Ihr Platz: noch keine Zusage." in ada
    assert "das wäre bis 09.03.2026" in ada
    assert hort.startswith("Guten Tag,\n")
    assert "Damit es bis dahin reicht" in hort
    assert "Außerdem fehlt uns noch:\n- Unterlagen" in hort
    assert "sie waren am 28.07.2025 um. Das ist keine Mahnung" in posts["gerd@example.org"].text
    assert "als Gutachter:in eingetragen" in posts["gerd@example.org"].text
    assert {posts[to].kind for to in ("ada@example.org", "hort@example.org")} == {PostKind.REMINDER}
    assert posts["ada@example.org"].reply_to == "rita@example.org"

    told = posts["kai@example.org"].text
    figures = "8 Einrichtungen: 7 unterwegs, 1 in Pause"
    for line in (
        figures, "Seminar am 20.03.2026: 1 von 18 Plätzen zugesagt", "Liegt lange (1)\n- Liegt: Besuch und Gespräche",
        "Beim Netzwerk (1)\n- Beim Netzwerk: Entscheidung im Netzwerk, seit 5 Tagen", "Ohne Platz im Seminar (1)",
        "Koordination nicht mehr da (1)\n- Liegt", "Bitte anrufen: keine E-Mail, oder nicht anschreiben (2)",
        "Nachweise fehlen", "https://uebersicht.example/zertifizierung?fall=",
    ):  # fmt: skip
        assert line in told
    assert posts["kai@example.org"].name == "Zertifizierung: 7 unterwegs, 1 liegen lange"

    outbox.swap(posts["hort@example.org"].id, {}, {"state": PostState.WITHDRAWN})
    week = certification.run(settings, MONDAY + dt.timedelta(days=7))
    assert week == "2 Wochenberichte in den Postausgang gelegt", "a step is asked about every four weeks"
    month = certification.run(settings, MONDAY + dt.timedelta(days=28))
    assert month == "3 Erinnerungen und 2 Wochenberichte in den Postausgang gelegt"
    assert certification.run(settings, MONDAY - dt.timedelta(days=1)) == "", "nobody is reminded on a Sunday"
    quiet = settings.model_copy(update={"smtp_host": ""})
    assert certification.run(quiet, MONDAY + dt.timedelta(days=56)) == "", "without a mail server nothing is queued"
    assert any(job.code == "certification" and job.run is certification.run for job in JOBS)
