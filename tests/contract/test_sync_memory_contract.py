"""What the sync remembers belongs to the tables it wrote to, and only to what really stands there."""

from __future__ import annotations

import datetime as dt

import pytest
from trial_list import LISTS

from schemas.base import BASE
from schemas.contacts.tables import Organisation, Relationship
from schemas.errors import SourceError
from sync.arrival import bring
from sync.items import Delivery, Item, LinkRef, Origin
from sync.nocodb import meta
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema
from sync.run import apply_source, plan_source
from sync.settings import Settings
from sync.sources.registry import spec_for_file
from sync.status import Status

pytestmark = [pytest.mark.server, pytest.mark.slow]

TOO_LONG = "x" * 100_001


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def make_base(client, title: str):
    return resolve(client, BASE, apply_schema(client, LISTS, meta.create_base(client, title).id).base.id)


@pytest.fixture(scope="module")
def base(client):
    return make_base(client, "Gedächtnis")


def grant(note: str) -> Delivery:
    """A place with this note, and a grant that points at it."""
    origin = Origin("liste.csv", 2)
    place = Item("organisation", "a", {"name": "Ort", "note": note}, {}, origin)
    link = {"organisation": LinkRef("organisation", "a")}
    return Delivery("probe", 2, (place, Item("relationship", "r", {"kind": "zuwendung"}, link, origin)))


def test_in_a_new_base_a_list_that_was_brought_in_elsewhere_arrives_as_new(client, base, tmp_path):
    file = tmp_path / "orte.csv"
    file.write_text("Name;PLZ\nTafel Nord;39104\nTafel Süd;39120\n", encoding="utf-8")
    spec = spec_for_file(file, "organisationen")
    token = client.request("POST", "/api/v1/tokens", json={"description": "Gedächtnis"})["token"]
    other = make_base(client, "Neu angefangen")

    def told(here, status):
        counts = bring(spec, Settings(nocodb_url=client.url, nocodb_token=token, nocodb_base=here.id), status, now=now)
        return counts.counts.created, counts.counts.unchanged, counts.counts.deleted_by_staff

    with Status(tmp_path / "status.sqlite") as status:
        assert told(base, status) == (2, 0, 0)
        assert told(base, status) == (0, 2, 0)

        assert told(other, status) == (2, 0, 0)

        assert told(other, status) == (0, 2, 0)
        assert told(base, status) == (0, 2, 0)
        with pytest.raises(SourceError, match="kam bisher aus"):
            spec_for_file(tmp_path / "anderswo" / "orte.csv", "organisationen", known=status.places())
    for here in (base, other):
        names = sorted(o.name for o in TableStore(client, here, Organisation).pull() if o.source == spec.title)
        assert names == ["Tafel Nord", "Tafel Süd"]


def test_a_link_to_a_row_that_was_refused_is_set_once_the_row_is_mended(client, base, tmp_path):
    places, grants = (TableStore(client, base, record) for record in (Organisation, Relationship))
    with Status(tmp_path / "status.sqlite") as status:
        first = apply_source(client, base, grant(TOO_LONG), status, now=now)
        again = apply_source(client, base, grant(TOO_LONG), status, now=now)
        [alone] = grants.pull()
        assert (first.counts.created, len(first.rejected)) == (1, 1)
        assert (again.writes, len(again.rejected)) == (0, 1)
        assert alone.organisation is None

        mended = apply_source(client, base, grant("kurz"), status, now=now)

        [place] = (o for o in places.pull() if o.ident == "probe:a")
        assert (mended.counts.created, mended.counts.filled, mended.rejected) == (1, 1, ())
        assert [(g.id, g.organisation) for g in grants.pull()] == [(alone.id, place.id)]
        assert plan_source(client, base, grant("kurz"), status).writes == 0
