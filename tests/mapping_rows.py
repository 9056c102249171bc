"""Rows of a made-up list, and the items that a profile makes of them."""

from __future__ import annotations

from sync.items import Origin
from sync.mapping import deliver
from sync.sources.profile_files import parse_profile
from sync.sources.rows import Row


class Rows:
    """A source made of dicts; the header is what the first row has."""

    form, notes, gaps = "Test", (), ()

    def __init__(self, *cells, name="test.csv"):
        self.name = name
        self.cells = cells
        self.header = tuple(cells[0]) if cells else ("Name",)

    def rows(self):
        for number, cells in enumerate(self.cells, start=2):
            yield Row(Origin(self.name, number), {k: v for k, v in cells.items() if v})


ORGANISATION = """
title = "Test"
include = "gemeinsam"
keep_rest = true
[[records]]
handle = "o"
table = "organisation"
ident = ["{ID}", "name:{Name|key}"]
required = ["name"]
[records.columns]
name = "Name"
postcode = "PLZ"
street = "Straße"
city = "Ort"
phone = { from = ["Telefon", "Tel."], second = "phone2" }
mail = "E-Mail"
engagement_fields = { from = "Kategorien", map = "engagement" }
active_from = "Seit"
"""


def mapped(profile, *cells):
    return deliver(parse_profile(profile, "test"), "test", Rows(*cells))
