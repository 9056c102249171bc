"""The tables of the network's own work."""

from __future__ import annotations

import datetime as dt

from schemas import shared
from schemas.model import Date, Link, LongText, Record, SingleSelect, Text, column, declare
from schemas.network import choices, views


@declare(
    code="contribution",
    title="Beiträge",
    description="Was eine Organisation dem Netzwerk gab oder von ihm bekam: Räume, Stände, Juryarbeit, Auszeichnungen.",
    views=views.CONTRIBUTION,
)
class Contribution(Record):
    """Something an organisation gave or received on a day, and when thanks went out."""

    name: str | None = column(Text(title="Worum es ging"))
    organisation: int | None = column(Link(title="Organisation", target="organisation", reverse="Beiträge"))
    direction: str | None = column(SingleSelect(title="Gegeben oder bekommen", choices=choices.DIRECTIONS))
    kind: str | None = column(SingleSelect(title="Art", choices=choices.CONTRIBUTION_KINDS))
    day: dt.date | None = column(Date(title="Datum"))
    amount: str | None = column(Text(title="Umfang", description="Zum Beispiel 3 Stunden oder 20 Gutscheine"))
    thanked_on: dt.date | None = column(Date(title="Bedankt am"))
    note: str | None = column(LongText(title="Notiz", hidden=True))
    source: str | None = column(shared.source())
    vanished_since: dt.date | None = column(shared.vanished())
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())
