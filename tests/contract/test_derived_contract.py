"""The derived columns on a real NocoDB: right, quiet while nothing changes, and put back when somebody typed there."""

from __future__ import annotations

import datetime as dt

import pytest

from automations.certification.numbers import remembered_numbers
from automations.jobs import derived
from schemas.certification.tables import Certification
from schemas.contacts.tables import Interaction, InteractionParticipant, Organisation, Person, Relationship, TeamMember
from schemas.operations.tables import JournalEntry
from sync.connection import Connection, refresh_now
from sync.mirror.manifest import read_manifest
from sync.mirror.reader import load_table
from sync.nocodb import records
from sync.nocodb.store import TableStore
from sync.settings import Settings

pytestmark = [pytest.mark.server, pytest.mark.slow]

NOW = dt.datetime.now(dt.UTC)
TODAY = NOW.date()


def test_derived_columns_are_kept_true_and_an_edit_by_hand_is_put_back_with_a_note(
    client, live_server, empty_base, tmp_path
):
    def stands(record):
        rows = TableStore(client, empty_base, record).pull()
        return [(r.last_contact, r.last_contact_by, r.next_due) for r in rows]

    def make(*rows):
        return TableStore(client, empty_base, type(rows[0])).create(rows)

    house, other = make(Organisation(name="Haus"), Organisation(name="Andere"))
    ada, bo = make(Person(last_name="Ada"), Person(last_name="Bo"))
    (rita,) = make(TeamMember(name="Rita Redlich"))
    monday = dt.date(2026, 3, 2)
    call, _, _ = make(
        Interaction(summary="a", day=monday, kind="anruf", organisation=house, person=ada, team_member=rita),
        Interaction(summary="b", day=dt.date(2025, 3, 2), kind="besuch", organisation=house),
        Interaction(summary="c", day=TODAY + dt.timedelta(days=30), kind="treffen", organisation=other),
    )
    make(InteractionParticipant(interaction=call, person=bo))
    make(Relationship(kind="betreuung", organisation=house, team_member=rita, cadence_days=33))
    token = client.request("POST", "/api/v1/tokens", json={"description": "berechnet"})["token"]
    settings = Settings(
        nocodb_url=live_server.url, nocodb_token=token, nocodb_base=empty_base.id, KONTAKTNETZ_DATA=tmp_path
    )

    assert derived.run(settings, NOW) == "4 Zeilen berichtigt"
    told = (monday, "Rita Redlich, Anruf")
    due = dt.date(2026, 4, 7)  # 33 days later is Easter Saturday, then come Easter Sunday and Monday
    assert stands(Organisation) == [(*told, due), (None, None, None)]
    assert stands(Person) == [(*told, None), (*told, None)]
    assert stands(Relationship) == [(*told, due)]
    assert derived.run(settings, NOW) == ""
    assert not list(TableStore(client, empty_base, JournalEntry).pull())
    refresh_now(settings, NOW)
    organisations = load_table(settings.mirror_dir, read_manifest(settings.mirror_dir), "organisation")
    assert organisations["updated_at"].isna().all()  # nobody but we has touched a row

    table = empty_base.tables["organisation"]
    typed = {house: {table.fields["last_contact_by"].id: "ich selbst"}}
    records.update_rows(client, table.id, typed, key=table.key)
    assert derived.run(settings, NOW) == "1 Zeilen berichtigt, davon 1 von Hand geändert (siehe Journal)"
    assert stands(Organisation)[0] == (*told, due)
    (note,) = TableStore(client, empty_base, JournalEntry).pull()
    assert note.before == "Letzter Kontakt durch: ich selbst"
    assert note.after == "Letzter Kontakt durch: Rita Redlich, Anruf"

    (sealed,) = make(Certification(name="Haus", seal_number="2027–007"))
    assert derived.run(settings, NOW) == "Siegelnummern gemerkt: 2027-007"
    assert derived.run(settings, NOW) == ""
    numbers = empty_base.tables["certification"]
    records.delete_rows(client, numbers.id, [sealed], key=numbers.key)
    assert remembered_numbers(Connection(client, empty_base)) == {"2027-007": "Haus"}
