"""The contact tables, each declared once: column titles as staff see them, records as the code uses them."""

from __future__ import annotations

import datetime as dt

from schemas import shared
from schemas.contacts import choices, views
from schemas.model import (
    Checkbox,
    Date,
    Email,
    Formula,
    Integer,
    Link,
    LongText,
    MultiSelect,
    Phone,
    Record,
    SingleSelect,
    Text,
    Url,
    column,
    declare,
)


@declare(
    code="organisation",
    title="Organisationen",
    description="Vereine, Verbände, Einrichtungen, Fachbereiche, Fraktionen, Unternehmen. "
    "Übergeordnet = Träger oder Dezernat.",
    views=views.ORGANISATION,
)
class Organisation(Record):
    """A body of civil society, administration, politics or business; a site or department is one with a parent."""

    name: str | None = column(Text(title="Name"))
    short_name: str | None = column(Text(title="Kurzname"))
    kind: str | None = column(SingleSelect(title="Art", choices=choices.ORGANISATION_KINDS))
    sphere: str | None = column(SingleSelect(title="Bereich", choices=choices.SPHERES))
    parent: int | None = column(
        Link(
            title="Übergeordnet",
            target="organisation",
            reverse="Untergeordnete",
            description="Träger, Verband oder Dezernat",
        )
    )
    successor: int | None = column(
        Link(
            title="Heute",
            target="organisation",
            reverse="Hieß früher",
            description="Wenn es diese Stelle unter diesem Namen nicht mehr gibt: was aus ihr wurde. Ihre Kontakte "
            "zählen dann dort mit.",
        )
    )
    engagement_fields: tuple[str, ...] = column(
        MultiSelect(title="Engagementfelder", choices=choices.ENGAGEMENT_FIELDS)
    )
    keywords: str | None = column(
        LongText(title="Schlagworte", description="Frei, auch was eine Liste an Kategorien mitbrachte", hidden=True)
    )
    street: str | None = column(Text(title="Straße"))
    postcode: str | None = column(Text(title="PLZ", description="Als Text, damit führende Nullen bleiben"))
    city: str | None = column(Text(title="Ort"))
    district: str | None = column(Text(title="Stadtteil"))
    phone: str | None = column(Phone(title="Telefon"))
    phone2: str | None = column(Phone(title="Telefon 2", hidden=True))
    mail: str | None = column(Email(title="E-Mail"))
    web: str | None = column(Url(title="Webseite"))
    register_number: str | None = column(Text(title="Registernummer", hidden=True))
    portrait: str | None = column(LongText(title="Porträt", hidden=True))
    active_from: dt.date | None = column(Date(title="Besteht seit", hidden=True))
    active_to: dt.date | None = column(Date(title="Besteht bis", hidden=True))
    last_contact: dt.date | None = column(shared.last_contact())
    last_contact_by: str | None = column(shared.last_contact_by())
    next_due: dt.date | None = column(shared.next_due())
    mail_problem: str | None = column(shared.mail_problem())
    note: str | None = column(LongText(title="Notiz", hidden=True))
    aliases: str | None = column(shared.aliases())
    source: str | None = column(shared.source())
    vanished_since: dt.date | None = column(shared.vanished())
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="person",
    title="Personen",
    description="Menschen, die wir kennen. Was sie wo tun, steht unter Funktionen.",
    views=views.PERSON,
)
class Person(Record):
    """A human being; the salutation may be unknown and is never guessed."""

    name: str | None = column(
        Formula(
            title="Name",
            expression='TRIM(REPLACE(CONCAT({title}, " ", {first_name}, " ", {last_name}), "  ", " "))',
        )
    )
    salutation: str | None = column(SingleSelect(title="Anrede", choices=choices.SALUTATIONS))
    title: str | None = column(Text(title="Titel", description="Zum Beispiel Dr. oder Prof. Dr."))
    first_name: str | None = column(Text(title="Vorname"))
    last_name: str | None = column(Text(title="Nachname"))
    own_greeting: str | None = column(
        Text(
            title="Briefanrede",
            hidden=True,
            description="Nur wenn Briefe anders beginnen sollen als nach Anrede, Titel und Name, zum Beispiel: "
            "Sehr geehrte Frau Oberbürgermeisterin. Gilt, wo mit Sie geschrieben wird.",
        )
    )
    mail: str | None = column(Email(title="E-Mail"))
    mail2: str | None = column(Email(title="E-Mail 2", hidden=True))
    phone: str | None = column(Phone(title="Telefon"))
    mobile: str | None = column(Phone(title="Mobil"))
    phone_other: str | None = column(Phone(title="Telefon (weiteres)", hidden=True))
    preferred_channel: str | None = column(SingleSelect(title="Am liebsten per", choices=choices.CHANNELS))
    do_not_contact: bool = column(Checkbox(title="Nicht anschreiben", when_in_doubt=True))
    do_not_share: bool = column(Checkbox(title="Nicht weitergeben", hidden=True, when_in_doubt=True))
    legal_basis: str | None = column(SingleSelect(title="Rechtsgrundlage", choices=choices.LEGAL_BASES, hidden=True))
    street: str | None = column(Text(title="Straße", hidden=True))
    postcode: str | None = column(Text(title="PLZ", hidden=True))
    city: str | None = column(Text(title="Ort", hidden=True))
    last_contact: dt.date | None = column(shared.last_contact())
    last_contact_by: str | None = column(shared.last_contact_by())
    next_due: dt.date | None = column(shared.next_due())
    mail_problem: str | None = column(shared.mail_problem())
    note: str | None = column(
        LongText(
            title="Notiz",
            hidden=True,
            description="Die Person kann Auskunft über diese Notiz verlangen (Art. 15 DSGVO).",
        )
    )
    aliases: str | None = column(shared.aliases())
    source: str | None = column(shared.source())
    vanished_since: dt.date | None = column(shared.vanished())
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="team_member",
    title="Team",
    description="Unsere eigenen Leute in Freiwilligenagentur und Koordination.",
    views=views.TEAM_MEMBER,
)
class TeamMember(Record):
    """One of our own people; the mail is the one they sign in to NocoDB with."""

    name: str | None = column(Text(title="Name"))
    place: str | None = column(SingleSelect(title="Stelle", choices=choices.TEAM_PLACES))
    mail: str | None = column(Email(title="E-Mail", description="Dieselbe Adresse wie bei der Anmeldung"))
    phone: str | None = column(Phone(title="Telefon"))
    active_from: dt.date | None = column(Date(title="Dabei seit"))
    active_to: dt.date | None = column(Date(title="Dabei bis"))
    note: str | None = column(LongText(title="Notiz", hidden=True))
    source: str | None = column(shared.source())
    vanished_since: dt.date | None = column(shared.vanished())
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="office",
    title="Ämter",
    description="Stellen, die bleiben, wenn die Person wechselt. Wer sie innehat, steht unter Funktionen.",
    views=views.OFFICE,
)
class Office(Record):
    """A post that outlives its holder: deputy mayor, chair, council mandate."""

    name: str | None = column(Text(title="Bezeichnung"))
    kind: str | None = column(SingleSelect(title="Art", choices=choices.OFFICE_KINDS))
    organisation: int | None = column(Link(title="Organisation", target="organisation", reverse="Ämter"))
    active_from: dt.date | None = column(Date(title="Besteht seit"))
    active_to: dt.date | None = column(Date(title="Besteht bis"))
    note: str | None = column(LongText(title="Notiz", hidden=True))
    source: str | None = column(shared.source())
    vanished_since: dt.date | None = column(shared.vanished())
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="function",
    title="Funktionen",
    description="Wer was wo tut, von wann bis wann. "
    "Endet eine Funktion, bitte nur das Enddatum eintragen, nicht löschen.",
    views=views.FUNCTION,
)
class Function(Record):
    """What a person does in an organisation, from-to; with an office it makes the person its holder."""

    name: str | None = column(Text(title="Bezeichnung"))
    kind: str | None = column(SingleSelect(title="Art", choices=choices.FUNCTION_KINDS))
    person: int | None = column(Link(title="Person", target="person", reverse="Funktionen"))
    organisation: int | None = column(Link(title="Organisation", target="organisation", reverse="Funktionen"))
    office: int | None = column(Link(title="Amt", target="office", reverse="Amtsinhaber:innen"))
    main_contact: bool = column(Checkbox(title="Hauptansprechperson"))
    mail: str | None = column(Email(title="E-Mail (dienstlich)"))
    phone: str | None = column(Phone(title="Telefon (dienstlich)"))
    valid_from: dt.date | None = column(Date(title="Von"))
    valid_to: dt.date | None = column(Date(title="Bis"))
    mail_problem: str | None = column(shared.mail_problem())
    note: str | None = column(LongText(title="Notiz", hidden=True))
    source: str | None = column(shared.source())
    vanished_since: dt.date | None = column(shared.vanished())
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="interaction",
    title="Kontaktverlauf",
    description="Jeder Kontakt ein Eintrag: Anruf, E-Mail, Treffen, Besuch, Brief, Veranstaltung.",
    views=views.INTERACTION,
)
class Interaction(Record):
    """One dated contact of one of us with a person or organisation."""

    summary: str | None = column(Text(title="Worum ging es"))
    day: dt.date | None = column(Date(title="Datum"))
    kind: str | None = column(SingleSelect(title="Art", choices=choices.INTERACTION_KINDS))
    organisation: int | None = column(Link(title="Organisation", target="organisation", reverse="Kontakte"))
    person: int | None = column(Link(title="Person", target="person", reverse="Kontakte"))
    team_member: int | None = column(Link(title="Von uns", target="team_member", reverse="Kontakte"))
    next_step: str | None = column(Text(title="Nächster Schritt"))
    next_step_due: dt.date | None = column(Date(title="Bis wann"))
    next_step_done: bool = column(Checkbox(title="Erledigt"))
    note: str | None = column(LongText(title="Notiz"))
    origin: str | None = column(
        SingleSelect(title="Eingetragen über", choices=choices.INTERACTION_ORIGINS, hidden=True)
    )
    source: str | None = column(shared.source())
    vanished_since: dt.date | None = column(shared.vanished())
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="interaction_participant",
    title="Weitere Beteiligte",
    description="Wer außer der Hauptperson bei einem Kontakt dabei war.",
    views=views.INTERACTION_PARTICIPANT,
)
class InteractionParticipant(Record):
    """A further person or organisation of an interaction."""

    name: str | None = column(Text(title="Bezeichnung"))
    interaction: int | None = column(Link(title="Kontakt", target="interaction", reverse="Weitere Beteiligte"))
    person: int | None = column(Link(title="Person", target="person", reverse="Weitere Kontakte"))
    organisation: int | None = column(Link(title="Organisation", target="organisation", reverse="Weitere Kontakte"))
    source: str | None = column(shared.source())
    vanished_since: dt.date | None = column(shared.vanished())
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="relationship",
    title="Beziehungen",
    description="Wer von uns oder welcher Fachbereich mit wem in Verbindung steht, wie eng und in welchem Rhythmus.",
    views=views.RELATIONSHIP,
)
class Relationship(Record):
    """An organisation or person on one side, one of us or a department on the other."""

    name: str | None = column(Text(title="Bezeichnung"))
    kind: str | None = column(SingleSelect(title="Art", choices=choices.RELATIONSHIP_KINDS))
    organisation: int | None = column(Link(title="Organisation", target="organisation", reverse="Beziehungen"))
    person: int | None = column(Link(title="Person", target="person", reverse="Beziehungen"))
    team_member: int | None = column(Link(title="Von uns", target="team_member", reverse="Beziehungen"))
    department: int | None = column(
        Link(title="Fachbereich", target="organisation", reverse="Verbindungen als Fachbereich")
    )
    owner: bool = column(Checkbox(title="Federführend"))
    ideal_days: int | None = column(
        Integer(title="Rhythmus ideal (Tage)", description="Nach so vielen Tagen wäre ein Kontakt gut")
    )
    cadence_days: int | None = column(
        Integer(title="Rhythmus (Tage)", description="Spätestens nach so vielen Tagen melden wir uns wieder")
    )
    paused_until: dt.date | None = column(
        Date(title="Pause bis", description="So lange wird nichts fällig, zum Beispiel Sommerpause oder Elternzeit")
    )
    pause_reason: str | None = column(Text(title="Grund der Pause"))
    last_contact: dt.date | None = column(shared.last_contact())
    last_contact_by: str | None = column(shared.last_contact_by())
    next_due: dt.date | None = column(shared.next_due())
    closeness: str | None = column(SingleSelect(title="Nähe", choices=choices.CLOSENESS))
    address_form: str | None = column(
        SingleSelect(title="Sie oder Du", choices=choices.FORMS_OF_ADDRESS, description="Leer = Sie")
    )
    since: dt.date | None = column(Date(title="Seit"))
    last_year: int | None = column(
        Integer(title="Zuletzt belegt (Jahr)", description="Laut Quelle, wenn es nur ein Jahr nennt")
    )
    opened_by: str | None = column(Text(title="Vermittelt durch"))
    note: str | None = column(LongText(title="Notiz", hidden=True))
    source: str | None = column(shared.source())
    vanished_since: dt.date | None = column(shared.vanished())
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())
