"""After an event, on a real NocoDB: contacts once, and a draw that stands before it is seen and can be recomputed."""

from __future__ import annotations

import datetime as dt

import pytest
from pypdf import PdfReader

from automations.events.after import (
    NothingToDraw,
    draw_lot,
    invitations_of,
    note_attendance,
    sign_draw,
    signed_text,
    who_may_win,
)
from automations.events.lot_sheet import lot_sheet_pdf
from automations.signing import is_genuine, open_key
from schemas.base import BASE
from schemas.contacts.tables import Interaction, Organisation, Person, TeamMember
from schemas.events.choices import Answer, InvitationState
from schemas.events.rules.draw import close_list, draw
from schemas.events.tables import Draw, Event, Invitation
from schemas.network.tables import Contribution
from sync.nocodb.store import TableStore
from sync.undo import undo

pytestmark = pytest.mark.server

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 2)


def now():
    return dt.datetime.now(dt.UTC)


@pytest.fixture
def make(client, empty_base):
    def made(*rows):
        return TableStore(client, empty_base, type(rows[0])).create(rows)

    return made


def invited(event, name, *, came=True, **more):
    return Invitation(
        name=name, event=event, state=InvitationState.INVITED, answer=Answer.YES, ident=f"t:{name}",
        checked_in_at=NOON if came else None, **more,
    )  # fmt: skip


@pytest.fixture
def ceremony(opened, make):
    (rita,) = make(TeamMember(name="Rita"))
    chor, tafel, hospiz = make(*(Organisation(name=name) for name in ("Chor", "Tafel", "Hospiz")))
    vera, olaf = make(Person(last_name="Beispiel"), Person(last_name="Muster"))
    (event,) = make(Event(name="FreiwilligenPass", starts_at=NOON, team_member=rita, ident="t:e"))
    make(
        invited(event, "Vera", person=vera, organisation=chor, checked_in=2),
        invited(event, "Olaf", person=olaf, organisation=tafel, represented_by="Kim Vertretung", checked_in=1),
        invited(event, "Hospiz", came=False, organisation=hospiz),
        invited(event, "Zufallsgast", walk_in=True),
    )
    make(*(
        Contribution(kind="vorschlag", direction="gegeben", day=day, organisation=row, ident=f"t:{row}:{day}")
        for row, day in (
            (chor, DAY), (tafel, DAY), (tafel, dt.date(2026, 1, 9)), (hospiz, DAY), (chor, dt.date(2025, 3, 1))
        )
    ))  # fmt: skip
    return TableStore(opened.client, opened.base, Event).get(event)


def test_who_came_stands_once_in_the_kontaktverlauf_and_a_run_can_be_taken_back(opened, ceremony):
    store = TableStore(opened.client, opened.base, Interaction)

    first = note_attendance(opened, ceremony, invitations_of(opened, ceremony.id), now)
    again = note_attendance(opened, ceremony, invitations_of(opened, ceremony.id), now)

    assert (first.new, first.strangers, again.new, again.there) == (2, 1, 0, 2)
    vera, olaf = sorted(store.pull(), key=lambda row: row.organisation)
    assert (vera.summary, vera.day, vera.kind, vera.note) == (
        "FreiwilligenPass",
        DAY,
        "veranstaltung",
        "Mit Begleitung: 1",
    )
    assert (vera.person is None, vera.team_member) == (False, ceremony.team_member)
    assert (olaf.person, olaf.note) == (None, "In Vertretung: Kim Vertretung"), "who was represented was not there"

    (run,) = {e.run for e in TableStore(opened.client, opened.base, BASE.record("journal")).pull() if e.run}
    undo(opened.client, opened.base, run=run, now=now)
    assert list(store.pull()) == []
    assert note_attendance(opened, ceremony, invitations_of(opened, ceremony.id), now).taken_back == 2


def test_a_draw_stands_before_its_result_is_seen_and_follows_from_list_and_seed(opened, make, ceremony, tmp_path):
    there = who_may_win(opened, invitations_of(opened, ceremony.id), 2026)
    listed = close_list(there.eligible)
    assert listed.text == "1;Chor\n2;Tafel"
    assert [entry.name for entry in there.absent] == ["Hospiz"]

    drawn = draw_lot(opened, ceremony, listed, seed=" 471 ", winners=1, by="Rita", now=now)
    second = draw_lot(opened, ceremony, listed, seed="8", winners=2, by="Rita", now=now)

    rows = list(TableStore(opened.client, opened.base, Draw).pull())
    assert [drawn.number, second.number] == [1, 2], "none can be drawn until it pleases"
    assert [row.name for row in rows] == ["1. Auslosung: FreiwilligenPass", "2. Auslosung: FreiwilligenPass"]
    (winner,) = draw(listed, "471")
    assert rows[0].winners == f"1. {winner.line.split(';')[1]}"
    assert (rows[0].entries, rows[0].digest, rows[0].seed) == (listed.text, listed.digest, "471")

    key = open_key(tmp_path, NOON)
    assert is_genuine(signed_text(rows[0]), sign_draw(rows[0], key), key.public)
    path = tmp_path / "blatt.pdf"
    path.write_bytes(lot_sheet_pdf(rows[0], ceremony, key, host="Netzwerk"))
    page = PdfReader(path).pages[0].extract_text()
    assert "1;Chor" in page
    assert listed.digest in page.replace("\n", "")


def test_a_draw_is_refused_when_somebody_came_after_the_list_was_shown(opened, make, ceremony):
    listed = close_list(who_may_win(opened, invitations_of(opened, ceremony.id), 2026).eligible)
    hospiz = next(row for row in invitations_of(opened, ceremony.id) if row.name == "Hospiz")
    TableStore(opened.client, opened.base, Invitation).swap(hospiz.id, {"checked_in_at": None}, {"checked_in_at": NOON})

    with pytest.raises(NothingToDraw, match="eben geändert"):
        draw_lot(opened, ceremony, listed, seed="471", winners=1, by="Rita", now=now)

    assert TableStore(opened.client, opened.base, Draw).count() == 0
