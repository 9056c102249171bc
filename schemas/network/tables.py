"""The tables of the network's own work."""

from __future__ import annotations

import datetime as dt

from schemas import shared
from schemas.model import Date, Link, LongText, Record, SingleSelect, Text, column, declare
from schemas.network import choices, views


@declare(
    code="body",
    title="Gremien",
    description="Das Netzwerk selbst, seine Jury und Arbeitsgruppen, Beiräte und Ausschüsse. Wer dort sitzt, "
    "steht unter Sitze.",
    views=views.BODY,
)
class Body(Record):
    """A body that meets, hosts or decides; it stays when its members change."""

    name: str | None = column(Text(title="Name"))
    kind: str | None = column(SingleSelect(title="Art", choices=choices.BODY_KINDS))
    organisation: int | None = column(
        Link(title="Gehört zu", target="organisation", reverse="Gremien", description="Leer = zum Netzwerk")
    )
    active_from: dt.date | None = column(Date(title="Besteht seit"))
    active_to: dt.date | None = column(Date(title="Besteht bis"))
    note: str | None = column(LongText(title="Notiz", hidden=True))
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="seat",
    title="Sitze",
    description="Wer in einem Gremium sitzt: die Organisation, wer sie vertritt und wer einspringt, von wann bis wann.",
    views=views.SEAT,
)
class Seat(Record):
    """A seat of an organisation (or of a person alone) in a body; ending one never deletes it."""

    name: str | None = column(Text(title="Bezeichnung"))
    body: int | None = column(Link(title="Gremium", target="body", reverse="Sitze"))
    organisation: int | None = column(Link(title="Organisation", target="organisation", reverse="Sitze"))
    person: int | None = column(
        Link(title="Delegiert", target="person", reverse="Sitze", description="Wer die Organisation dort vertritt")
    )
    deputy: int | None = column(Link(title="Stellvertretung", target="person", reverse="Sitze als Stellvertretung"))
    valid_from: dt.date | None = column(Date(title="Von"))
    valid_to: dt.date | None = column(Date(title="Bis"))
    note: str | None = column(LongText(title="Notiz", hidden=True))
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="task",
    title="Aufgaben",
    description="Wer macht was bis wann, auch aus Sitzungen des Netzwerks.",
    views=views.TASK,
)
class Task(Record):
    """Something that one of us or somebody of the network promised to do."""

    name: str | None = column(Text(title="Was"))
    team_member: int | None = column(Link(title="Wer von uns", target="team_member", reverse="Aufgaben"))
    person: int | None = column(Link(title="Wer sonst", target="person", reverse="Aufgaben"))
    organisation: int | None = column(Link(title="Für Organisation", target="organisation", reverse="Aufgaben"))
    body: int | None = column(Link(title="Aus Gremium", target="body", reverse="Aufgaben"))
    due: dt.date | None = column(Date(title="Bis wann"))
    done_on: dt.date | None = column(Date(title="Erledigt am"))
    note: str | None = column(LongText(title="Notiz", hidden=True))
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


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
