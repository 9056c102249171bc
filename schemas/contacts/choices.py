"""The closed lists of the contact tables. Staff may rename labels and add their own; the code knows the codes."""

from __future__ import annotations

from enum import StrEnum

from schemas.model import Choice


class Sphere(StrEnum):
    """The part of society an organisation belongs to."""

    CIVIL = "zivilgesellschaft"
    ADMINISTRATION = "verwaltung"
    POLITICS = "politik"
    BUSINESS = "wirtschaft"


class Salutation(StrEnum):
    """How a person is greeted; never guessed from a first name."""

    MS = "frau"
    MR = "herr"
    NEUTRAL = "neutral"
    UNKNOWN = "unbekannt"


class InteractionKind(StrEnum):
    """How a contact took place."""

    CALL = "anruf"
    MAIL = "mail"
    MEETING = "treffen"
    VISIT = "besuch"
    LETTER = "brief"
    EVENT = "veranstaltung"
    OTHER = "sonstiges"


class InteractionOrigin(StrEnum):
    """By which way a contact came into the base."""

    TABLE = "tabelle"
    DASHBOARD = "uebersicht"
    LIST = "liste"
    MAIL = "postfach"
    CALENDAR = "kalender"
    EVENT = "veranstaltung"


SPHERES = (
    Choice(Sphere.CIVIL, "Zivilgesellschaft", "#cfdffe"),
    Choice(Sphere.ADMINISTRATION, "Verwaltung", "#d0f1fd"),
    Choice(Sphere.POLITICS, "Politik", "#ede2fe"),
    Choice(Sphere.BUSINESS, "Wirtschaft", "#ffeab6"),
)

ORGANISATION_KINDS = (
    Choice("verein", "Verein", "#cfdffe"),
    Choice("wohlfahrtsverband", "Wohlfahrtsverband", "#d1f7c4"),
    Choice("stiftung", "Stiftung", "#ffeab6"),
    Choice("gesellschaft", "Gemeinnützige Gesellschaft", "#fee2d5"),
    Choice("kirche", "Kirche oder Religionsgemeinschaft", "#ede2fe"),
    Choice("initiative", "Initiative", "#ffdaf6"),
    Choice("einrichtung", "Einrichtung", "#c2f5e9"),
    Choice("dezernat", "Dezernat", "#d0f1fd"),
    Choice("fachbereich", "Fachbereich oder Amt", "#d0f1fd"),
    Choice("stabsstelle", "Stabsstelle oder Beauftragte", "#d0f1fd"),
    Choice("staedtisches-unternehmen", "Städtisches Unternehmen", "#d0f1fd"),
    Choice("ausschuss", "Ausschuss oder Beirat", "#ede2fe"),
    Choice("fraktion", "Fraktion oder Ratsgruppe", "#ede2fe"),
    Choice("unternehmen", "Unternehmen", "#ffeab6"),
    Choice("sonstige", "Sonstige", "#e7e7e9"),
)

ENGAGEMENT_FIELDS = (
    Choice("sport", "Sport und Bewegung", "#cfdffe"),
    Choice("kultur", "Kultur und Musik", "#ede2fe"),
    Choice("freizeit", "Freizeit und Geselligkeit", "#ffdaf6"),
    Choice("soziales", "Soziales", "#fee2d5"),
    Choice("gesundheit", "Gesundheit", "#ffdce5"),
    Choice("kinder-jugend", "Kinder und Jugend", "#ffeab6"),
    Choice("bildung", "Schule und Bildung", "#ffeab6"),
    Choice("aeltere", "Ältere Menschen", "#fee2d5"),
    Choice("integration", "Flucht und Integration", "#c2f5e9"),
    Choice("inklusion", "Menschen mit Behinderung", "#c2f5e9"),
    Choice("umwelt", "Umwelt und Tierschutz", "#d1f7c4"),
    Choice("politik", "Politik und Demokratie", "#ede2fe"),
    Choice("kirche", "Kirche und Religion", "#ede2fe"),
    Choice("rettung", "Rettung und Katastrophenschutz", "#ffdce5"),
    Choice("quartier", "Stadtteil und Nachbarschaft", "#d0f1fd"),
    Choice("digitales", "Medien und Digitales", "#d0f1fd"),
    Choice("engagement", "Engagementförderung", "#d1f7c4"),
    Choice("sonstiges", "Sonstiges", "#e7e7e9"),
)

SALUTATIONS = (
    Choice(Salutation.MS, "Frau", "#cfdffe"),
    Choice(Salutation.MR, "Herr", "#d0f1fd"),
    Choice(Salutation.NEUTRAL, "Neutral (Guten Tag Vorname Nachname)", "#ede2fe"),
    Choice(Salutation.UNKNOWN, "Unbekannt", "#e7e7e9"),
)

CHANNELS = (
    Choice("mail", "E-Mail", "#cfdffe"),
    Choice("telefon", "Telefon", "#d1f7c4"),
    Choice("brief", "Brief", "#ffeab6"),
)

LEGAL_BASES = (
    Choice("oeffentliche-aufgabe", "Öffentliche Aufgabe (Art. 6 Abs. 1 e)", "#d0f1fd"),
    Choice("berechtigtes-interesse", "Berechtigtes Interesse (Art. 6 Abs. 1 f)", "#cfdffe"),
    Choice("einwilligung", "Einwilligung (Art. 6 Abs. 1 a)", "#d1f7c4"),
    Choice("ungeklaert", "Noch zu klären", "#ffeab6"),
)

FUNCTION_KINDS = (
    Choice("ansprechperson", "Ansprechperson", "#cfdffe"),
    Choice("leitung", "Leitung", "#ffeab6"),
    Choice("vorstand", "Vorstand", "#fee2d5"),
    Choice("freiwilligenkoordination", "Freiwilligenkoordination", "#d1f7c4"),
    Choice("mitarbeit", "Mitarbeit", "#e7e7e9"),
    Choice("mandat", "Mandat", "#ede2fe"),
    Choice("ehrenamt", "Ehrenamt", "#c2f5e9"),
    Choice("sonstige", "Sonstige", "#e7e7e9"),
)

OFFICE_KINDS = (
    Choice("leitung", "Leitung", "#ffeab6"),
    Choice("mandat", "Mandat", "#ede2fe"),
    Choice("vorsitz", "Vorsitz", "#fee2d5"),
    Choice("absender", "Absender", "#cfdffe"),
    Choice("unterschrift", "Unterschrift", "#d0f1fd"),
    Choice("jury", "Jurysitz", "#d1f7c4"),
    Choice("sonstiges", "Sonstiges", "#e7e7e9"),
)

TEAM_PLACES = (
    Choice("agentur", "Freiwilligenagentur", "#d1f7c4"),
    Choice("koordination", "Koordination (Stadt)", "#d0f1fd"),
    Choice("netzwerk", "Netzwerk", "#ede2fe"),
)

INTERACTION_KINDS = (
    Choice(InteractionKind.CALL, "Anruf", "#d1f7c4"),
    Choice(InteractionKind.MAIL, "E-Mail", "#cfdffe"),
    Choice(InteractionKind.MEETING, "Treffen", "#ffeab6"),
    Choice(InteractionKind.VISIT, "Besuch", "#fee2d5"),
    Choice(InteractionKind.LETTER, "Brief", "#ede2fe"),
    Choice(InteractionKind.EVENT, "Veranstaltung", "#ffdaf6"),
    Choice(InteractionKind.OTHER, "Sonstiges", "#e7e7e9"),
)

INTERACTION_ORIGINS = (
    Choice(InteractionOrigin.TABLE, "Tabelle oder Formular", "#e7e7e9"),
    Choice(InteractionOrigin.DASHBOARD, "Schnelleingabe", "#cfdffe"),
    Choice(InteractionOrigin.LIST, "Liste von außen", "#ffeab6"),
    Choice(InteractionOrigin.MAIL, "Postfach", "#d0f1fd"),
    Choice(InteractionOrigin.CALENDAR, "Kalender", "#d1f7c4"),
    Choice(InteractionOrigin.EVENT, "Veranstaltung", "#ffdaf6"),
)

CLOSENESS = (
    Choice("1", "1 – vertraut", "#93e088"),
    Choice("2", "2 – gut bekannt", "#d1f7c4"),
    Choice("3", "3 – bekannt", "#ffeab6"),
    Choice("4", "4 – flüchtig", "#fee2d5"),
)

FORMS_OF_ADDRESS = (
    Choice("sie", "Sie", "#cfdffe"),
    Choice("du", "Du", "#d1f7c4"),
)

RELATIONSHIP_KINDS = (
    Choice("betreuung", "Betreuung durch uns", "#d1f7c4"),
    Choice("zuwendung", "Zuwendung", "#ffeab6"),
    Choice("zusammenarbeit", "Zusammenarbeit", "#cfdffe"),
    Choice("aufsicht", "Aufsicht oder Zuständigkeit", "#d0f1fd"),
    Choice("sonstige", "Sonstige", "#e7e7e9"),
)
