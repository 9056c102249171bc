"""The event tables. An invitation keeps the latest answer; every answer stays as a row of its own."""

from __future__ import annotations

import datetime as dt

from schemas import shared
from schemas.events import choices, views
from schemas.model import (
    Checkbox,
    Date,
    DateTime,
    Email,
    Integer,
    Link,
    LongText,
    Record,
    SingleSelect,
    Text,
    column,
    declare,
)


@declare(
    code="event",
    title="Veranstaltungen",
    description="Ehrungen, Messen, Workshops, Seminare, Sitzungen: was, wann, wo, wer lädt ein und bis wann.",
    views=views.EVENT,
)
class Event(Record):
    """An event: the network hosts, an office sends, an office signs, one of us does the work."""

    name: str | None = column(Text(title="Titel"))
    kind: str | None = column(SingleSelect(title="Art", choices=choices.EVENT_KINDS))
    series: str | None = column(
        Text(title="Reihe", description="Gleicher Name = dieselbe Reihe, zum Beispiel FreiwilligenPass")
    )
    state: str | None = column(SingleSelect(title="Stand", choices=choices.EVENT_STATES))
    starts_at: dt.datetime | None = column(DateTime(title="Beginn"))
    ends_at: dt.datetime | None = column(DateTime(title="Ende"))
    doors_at: dt.datetime | None = column(DateTime(title="Einlass ab"))
    venue: str | None = column(Text(title="Ort (Haus, Raum)"))
    street: str | None = column(Text(title="Straße"))
    postcode: str | None = column(Text(title="PLZ"))
    city: str | None = column(Text(title="Ort"))
    capacity: int | None = column(
        Integer(title="Plätze", description="Mit Begleitung gezählt; leer = ohne Grenze. Ist alles voll, rückt die "
                "Warteliste von selbst nach.")
    )  # fmt: skip
    companions_max: int | None = column(
        Integer(title="Begleitpersonen je Gast", description="Leer = niemand", hidden=True)
    )
    host: int | None = column(
        Link(title="Gastgeber", target="body", reverse="Veranstaltungen", description="Das Netzwerk oder ein Gremium")
    )
    sender: int | None = column(
        Link(title="Absender", target="office", reverse="Versendet", description="Amt, das im Briefkopf steht")
    )
    signatory: int | None = column(
        Link(title="Unterschrift", target="office", reverse="Unterschreibt",
             description="Amt; es unterschreibt, wer es am Tag des Briefes innehat")
    )  # fmt: skip
    team_member: int | None = column(
        Link(title="Bearbeitet von", target="team_member", reverse="Veranstaltungen",
             description="Nur intern, steht auf keinem Brief")
    )  # fmt: skip
    reply_to: str | None = column(
        Email(title="Antwort an", description="Dorthin gehen Antworten auf E-Mails", hidden=True)
    )
    address_form: str | None = column(SingleSelect(title="Anrede in Briefen", choices=choices.ADDRESS_FORMS))
    save_the_date_on: dt.date | None = column(Date(title="Termin vormerken am"))
    invite_on: dt.date | None = column(Date(title="Einladen am"))
    answer_by: dt.date | None = column(Date(title="Antwort bis"))
    remind_on: dt.date | None = column(
        Date(title="Erinnern am", description="Leer = fünf Arbeitstage vor „Antwort bis“")
    )
    invitation_subject: str | None = column(Text(title="Betreff der Einladung", hidden=True))
    invitation_text: str | None = column(
        LongText(title="Text der Einladung", hidden=True, description="Ohne Anrede und Gruß; Absätze durch Leerzeilen")
    )
    programme: str | None = column(LongText(title="Programm", hidden=True))
    note: str | None = column(LongText(title="Notiz (intern)", hidden=True))
    sequence: int | None = column(
        Integer(title="Kalender-Stand", description="Wird bei jeder Änderung von Zeit oder Ort erhöht",
                hidden=True, system=True)
    )  # fmt: skip
    calendar_state: str | None = column(
        Text(title="Kalender-Inhalt", description="Was zuletzt in Kalendern steht", hidden=True, system=True)
    )
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="guest_group",
    title="Gästegruppen",
    description="Wer zu einer Veranstaltung eingeladen wird, und nach welcher Auswahl die Gruppe entstand.",
    views=views.GUEST_GROUP,
)
class GuestGroup(Record):
    """A group of guests of one event, with the segment it was made from (``rule``, JSON; empty: picked by hand)."""

    name: str | None = column(Text(title="Name"))
    event: int | None = column(Link(title="Veranstaltung", target="event", reverse="Gästegruppen"))
    order: int | None = column(Integer(title="Reihenfolge"))
    channel: str | None = column(SingleSelect(title="Weg", choices=choices.CHANNELS))
    described: str | None = column(LongText(title="Auswahl", description="In Worten; ändern Sie sie auf der Seite"))
    rule: str | None = column(LongText(title="Auswahl (für Programme)", hidden=True, system=True))
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="invitation",
    title="Einladungen",
    description="Ein Gast einer Veranstaltung: als wer, auf welchem Weg, was zuletzt geantwortet wurde, ob er kam. "
    "Wenn Sie es besser wissen als jede Rückmeldung: „Korrektur“ ausfüllen, sie gilt vor allem anderen.",
    views=views.INVITATION,
)
class Invitation(Record):
    """A person invited for an organisation or office; ``ident`` is ``einladung:<event>:<person or organisation>``."""

    name: str | None = column(Text(title="Gast"))
    event: int | None = column(Link(title="Veranstaltung", target="event", reverse="Einladungen"))
    person: int | None = column(Link(title="Person", target="person", reverse="Einladungen"))
    organisation: int | None = column(Link(title="Für Organisation", target="organisation", reverse="Einladungen"))
    office: int | None = column(Link(title="Als Amt", target="office", reverse="Einladungen"))
    guest_group: int | None = column(Link(title="Gästegruppe", target="guest_group", reverse="Einladungen"))
    channel: str | None = column(SingleSelect(title="Weg", choices=choices.CHANNELS))
    mail: str | None = column(Email(title="E-Mail (dieser Einladung)", hidden=True))
    state: str | None = column(SingleSelect(title="Stand", choices=choices.INVITATION_STATES))
    answer: str | None = column(SingleSelect(title="Antwort", choices=choices.ANSWERS))
    correction: str | None = column(
        SingleSelect(title="Korrektur", choices=choices.ANSWERS, description="Gilt vor jeder Rückmeldung")
    )
    place: str | None = column(SingleSelect(title="Platz", choices=choices.PLACES))
    companions: int | None = column(Integer(title="Begleitung"))
    companion_names: str | None = column(Text(title="Wer kommt mit", hidden=True))
    represented_by: str | None = column(Text(title="Vertreten durch"))
    needs: str | None = column(LongText(title="Essen und Zugang", hidden=True))
    invited_at: dt.datetime | None = column(DateTime(title="Eingeladen am", hidden=True))
    delivery: str | None = column(
        Text(title="Zustellung", description="Zum Beispiel: kam zurück am 03.04.2026", hidden=True)
    )
    reminded_at: dt.datetime | None = column(DateTime(title="Erinnert am", hidden=True))
    answered_at: dt.datetime | None = column(DateTime(title="Geantwortet am"))
    answered_by: str | None = column(SingleSelect(title="Geantwortet per", choices=choices.REPLY_CHANNELS, hidden=True))
    coming_since: dt.datetime | None = column(
        DateTime(title="Zugesagt seit", description="Erste Zusage, die nicht zurückgenommen wurde; danach geht die "
                 "Warteliste", hidden=True)
    )  # fmt: skip
    moved_up_at: dt.datetime | None = column(
        DateTime(
            title="Nachgerückt am", description="Von der Warteliste; leer, sobald der Gast davon weiß", hidden=True
        )
    )
    checked_in_at: dt.datetime | None = column(DateTime(title="Eingelassen um"))
    checked_in: int | None = column(Integer(title="Personen eingelassen", hidden=True))
    walk_in: bool = column(Checkbox(title="Ohne Einladung gekommen", hidden=True))
    door_log: str | None = column(
        LongText(title="Einlass-Verlauf", description="Welche Versuche an der Tür wirkten; nur für Programme",
                 hidden=True, system=True)
    )  # fmt: skip
    thanked_at: dt.datetime | None = column(DateTime(title="Nachbereitet am", hidden=True))
    note: str | None = column(LongText(title="Notiz", hidden=True))
    mark: str | None = column(
        Text(title="Antwort-Marke", description="Leeren oder ändern macht den Antwort-Link ungültig",
             hidden=True, system=True)
    )  # fmt: skip
    sequence: int | None = column(
        Integer(title="Kalender-Stand", description="Zuletzt verschickt", hidden=True, system=True)
    )
    answer_written: str | None = column(
        Text(title="Zuletzt eingetragene Antwort", description="Daran ist zu erkennen, ob jemand selbst etwas eintrug",
             hidden=True, system=True)
    )  # fmt: skip
    details_written: str | None = column(
        LongText(title="Zuletzt eingetragene Angaben", description="Begleitung, Bedarf und Vertretung; daran ist zu "
                 "erkennen, was jemand selbst eintrug", hidden=True, system=True)
    )  # fmt: skip
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="reply",
    title="Rückmeldungen",
    description="Jede Antwort eine Zeile, gleich auf welchem Weg; keine ersetzt eine andere. Die letzte gilt, "
    "vor ihr nur die „Korrektur“ in der Einladung.",
    views=views.REPLY,
)
class Reply(Record):
    """One answer of one guest; without an invitation or an answer a person has to decide."""

    name: str | None = column(Text(title="Von wem"))
    invitation: int | None = column(Link(title="Einladung", target="invitation", reverse="Rückmeldungen"))
    event: int | None = column(Link(title="Veranstaltung", target="event", reverse="Rückmeldungen"))
    answer: str | None = column(SingleSelect(title="Antwort", choices=choices.ANSWERS))
    channel: str | None = column(SingleSelect(title="Weg", choices=choices.REPLY_CHANNELS))
    at: dt.datetime | None = column(DateTime(title="Zeit"))
    companions: int | None = column(Integer(title="Begleitung"))
    companion_names: str | None = column(Text(title="Wer kommt mit"))
    represented_by: str | None = column(Text(title="Vertreten durch"))
    needs: str | None = column(LongText(title="Essen und Zugang"))
    text: str | None = column(LongText(title="Wortlaut"))
    state: str | None = column(SingleSelect(title="Stand", choices=choices.REPLY_STATES))
    why: str | None = column(Text(title="Warum zu entscheiden"))
    recorded_by: str | None = column(Text(title="Aufgenommen von"))
    sequence: int | None = column(Integer(title="Kalender-Stand", hidden=True, system=True))
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="check_in",
    title="Einlass",
    description="Jeder Versuch an der Tür, mit Uhrzeit, Gerät und Ergebnis. Nur zum Lesen.",
    views=views.CHECK_IN,
)
class CheckIn(Record):
    """One try at the door, known by the nonce of the device (``ident``), so that it counts once."""

    name: str | None = column(Text(title="Gast"))
    event: int | None = column(Link(title="Veranstaltung", target="event", reverse="Einlass"))
    invitation: int | None = column(Link(title="Einladung", target="invitation", reverse="Einlass"))
    at: dt.datetime | None = column(DateTime(title="Zeit"))
    count: int | None = column(Integer(title="Personen"))
    result: str | None = column(SingleSelect(title="Ergebnis", choices=choices.ADMISSIONS))
    why: str | None = column(Text(title="Erklärung"))
    device: str | None = column(Text(title="Gerät"))
    by: str | None = column(Text(title="Wer am Einlass"))
    arrived_at: dt.datetime | None = column(DateTime(title="Übertragen um", hidden=True))
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="stand",
    title="Stände",
    description="Wer bei einer Messe wo steht und was gebraucht wird.",
    views=views.STAND,
)
class Stand(Record):
    """A stand of an exhibitor at a fair; ``row`` and ``spot`` are its place on the plan, counted from 1."""

    name: str | None = column(Text(title="Bezeichnung"))
    event: int | None = column(Link(title="Veranstaltung", target="event", reverse="Stände"))
    organisation: int | None = column(Link(title="Aussteller", target="organisation", reverse="Stände"))
    person: int | None = column(Link(title="Ansprechperson", target="person", reverse="Stände"))
    number: str | None = column(Text(title="Standnummer"))
    area: str | None = column(Text(title="Bereich", description="Zum Beispiel Foyer oder Saal"))
    row: int | None = column(Integer(title="Reihe auf dem Plan"))
    spot: int | None = column(Integer(title="Platz in der Reihe"))
    tables: int | None = column(Integer(title="Tische"))
    chairs: int | None = column(Integer(title="Stühle"))
    power: bool = column(Checkbox(title="Strom"))
    parking: int | None = column(Integer(title="Parkplätze"))
    wish: str | None = column(LongText(title="Wünsche"))
    state: str | None = column(SingleSelect(title="Stand der Dinge", choices=choices.STAND_STATES))
    note: str | None = column(LongText(title="Notiz", hidden=True))
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="draw",
    title="Auslosungen",
    description="Jede Auslosung mit Liste, Startwert und Ergebnis, damit sie jeder nachrechnen kann. Nur zum Lesen.",
    views=views.DRAW,
)
class Draw(Record):
    """A draw by lot among those present: the list, the seed and the result that follow from each other."""

    name: str | None = column(Text(title="Wofür"))
    event: int | None = column(Link(title="Veranstaltung", target="event", reverse="Auslosungen"))
    at: dt.datetime | None = column(DateTime(title="Zeit"))
    seed: str | None = column(Text(title="Startwert"))
    entries: str | None = column(LongText(title="Liste"))
    winners: str | None = column(LongText(title="Gezogen"))
    digest: str | None = column(Text(title="Prüfsumme der Liste"))
    by: str | None = column(Text(title="Gezogen von"))
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())
