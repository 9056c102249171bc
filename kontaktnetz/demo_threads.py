"""The stories behind the demo Kontaktverlauf: what one contact led to, as data. No dates, no names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One contact of a story: days after the one before, kind, what it was about; what follows, and after how long."""

    gap: int
    kind: str
    summary: str
    next_step: str = ""
    due: int = 0
    note: str = ""


FIRST_CONTACT = (
    Step(0, "Anruf", "Erster Kontakt: sucht Freiwillige für {work}", "Infoblatt und Formular schicken", 3),
    Step(2, "E-Mail", "Infoblatt und Formular für Angebote geschickt"),
    Step(
        16,
        "Besuch",
        "Kennenlernen vor Ort, Aufgaben und Versicherung besprochen",
        "Angebot aufnehmen",
        7,
        "Nettes Team, kleine Küche. {person} führt gern herum.",
    ),
    Step(5, "E-Mail", "Angebot „{work}“ ist online", "Nachfragen, ob sich jemand gemeldet hat", 28),
    Step(30, "Anruf", "{number} Interessierte haben sich gemeldet, eine Person bleibt"),
)

FAIR = (
    Step(0, "E-Mail", "Einladung zur Engagementmesse im Rathaus", "Rückmeldung abwarten, sonst anrufen", 21),
    Step(
        15, "Anruf", "Kommt mit Stand zur Engagementmesse, braucht Strom und zwei Stellwände", "Standplan schicken", 20
    ),
    Step(24, "E-Mail", "Standplan und Ablauf der Messe geschickt", note="Aufbau ab 13 Uhr, Eingang über den Hof."),
    Step(19, "Veranstaltung", "Engagementmesse: Stand gut besucht, {number} Gespräche", "Dank mit Fotos schicken", 10),
    Step(9, "Brief", "Dankschreiben und zwei Fotos vom Messestand geschickt"),
)

PASS = (
    Step(0, "E-Mail", "Aufruf zum FreiwilligenPass geschickt", "An die Frist für Vorschläge erinnern", 25),
    Step(
        24,
        "Anruf",
        "An die Frist für den FreiwilligenPass erinnert, will jemanden vorschlagen",
        "Auf Vorschlag achten",
        9,
    ),
    Step(6, "E-Mail", "Vorschlag für den FreiwilligenPass ist vollständig da"),
    Step(42, "Brief", "Einladung zur Übergabe des FreiwilligenPasses", "Zusage eintragen", 20),
    Step(36, "Veranstaltung", "Übergabe des FreiwilligenPasses, {person} war dabei", note="Große Freude, viele Fotos."),
)

ROOM = (
    Step(0, "Anruf", "Raum für unseren Einführungsabend angefragt", "Schriftliche Zusage einholen", 7),
    Step(5, "E-Mail", "Raum zugesagt, kostenfrei, Schlüssel beim Hausdienst"),
    Step(17, "Veranstaltung", "Einführungsabend im geliehenen Raum, {number} Gäste", "Für den Raum danken", 5),
)

ROOM_THANKED = (
    *ROOM,
    Step(33, "Anruf", "Dank für den Raum nachgeholt, das war untergegangen", note="{person} nimmt es mit Humor."),
)

SEAL = (
    Step(
        0, "E-Mail", "Fragt nach dem Gütesiegel „Freiwillige willkommen !!!“", "Termin des Herbstseminars schicken", 14
    ),
    Step(4, "E-Mail", "Termine und Leitfaden zum Gütesiegel geschickt"),
    Step(31, "Veranstaltung", "{person} beim Herbstseminar Freiwilligenmanagement", "Besuch im Team vereinbaren", 60),
    Step(
        68,
        "Besuch",
        "Selbsteinschätzung durchgesehen, Regelung zu Auslagen fehlt noch",
        "Regelung nachreichen lassen",
        30,
    ),
    Step(35, "E-Mail", "Regelung zu Auslagen ist da, Unterlagen für das Gütesiegel vollständig"),
)

ACTION_DAY = (
    Step(0, "E-Mail", "Einladung zum Freiwilligentag", "Aktion anmelden lassen", 30),
    Step(21, "Anruf", "Plant {action} zum Freiwilligentag, sucht {number} Helfende"),
    Step(44, "Besuch", "Vorbesprechung Freiwilligentag: Werkzeug, Getränke, Versicherung"),
    Step(18, "Veranstaltung", "Freiwilligentag: {action}, {number} Helfende", "Fotos für den Bericht erbitten", 14),
    Step(13, "E-Mail", "Fotos und Zahlen vom Freiwilligentag erhalten"),
)

NEW_FACE = (
    Step(0, "E-Mail", "{person} ist jetzt für das Ehrenamt zuständig", "Kennenlernen vereinbaren", 21),
    Step(17, "Treffen", "Kennenlernen bei Kaffee, laufende Angebote durchgegangen"),
)

TROUBLE = (
    Step(0, "Anruf", "Freiwillige kam nicht zum vereinbarten Termin, Ärger", "Mit der Freiwilligen sprechen", 4),
    Step(
        3, "Anruf", "Missverständnis geklärt, in unserer Mail stand das falsche Datum", note="Haben uns entschuldigt."
    ),
)

INSURANCE = (
    Step(0, "E-Mail", "Frage zum Versicherungsschutz im Ehrenamt", "Merkblatt heraussuchen", 4),
    Step(1, "E-Mail", "Merkblatt Versicherungsschutz geschickt"),
)

CHECK_BACK = (
    Step(0, "Anruf", "Nachgefragt, wie es mit den Freiwilligen läuft: gut", "In drei Monaten wieder anrufen", 90),
)

PLANNING = (
    Step(0, "Treffen", "Jahresplanung abgestimmt: Messe, FreiwilligenPass, Bericht", "Protokoll schicken", 7),
    Step(5, "E-Mail", "Protokoll geschickt, zwei Änderungswünsche kamen zurück"),
)

HALL = (
    Step(0, "Anruf", "Nach dem Rathaussaal für die Engagementmesse gefragt", "Antrag auf Raumnutzung stellen", 10),
    Step(8, "Brief", "Antrag auf Raumnutzung gestellt", "Auf den Bescheid achten", 30),
    Step(27, "E-Mail", "Saal ist bestätigt, Technik muss extra bestellt werden", "Technik bestellen", 40),
    Step(20, "Anruf", "Technik für die Messe bestellt"),
)

FIGURES = (
    Step(0, "E-Mail", "Zahlen für den Engagementbericht erbeten", "Zahlen nachfassen", 21),
    Step(25, "Anruf", "Zahlen angemahnt, kommen nächste Woche", "Zahlen noch einmal nachfassen", 8),
    Step(9, "E-Mail", "Zahlen für den Engagementbericht erhalten, gleich eingearbeitet"),
)

GRANT = (
    Step(0, "Anruf", "Frage zur Abrechnung der Fördermittel", "Belegliste schicken", 10),
    Step(7, "E-Mail", "Belegliste geschickt"),
    Step(23, "E-Mail", "Verwendungsnachweis ist ohne Beanstandung geprüft"),
)

COUNCIL = (
    Step(0, "Brief", "Engagementbericht geschickt", "Gespräch anbieten", 14),
    Step(20, "Treffen", "Gespräch über den Engagementbericht und die Ehrenamtskarte", "Zahlen nachreichen", 10),
    Step(8, "E-Mail", "Zahlen nachgereicht, Dank kam umgehend"),
)

COMMITTEE = (
    Step(0, "E-Mail", "Bitte um einen Bericht im Ausschuss", "Folien abstimmen", 12),
    Step(20, "Veranstaltung", "Im Ausschuss über Ehrenamt im Stadtteil berichtet, {number} Nachfragen"),
)

GREETING = (
    Step(0, "Brief", "Um ein Grußwort für die Engagementmesse gebeten", "Wegen des Grußworts nachfragen", 21),
    Step(19, "Anruf", "Grußwort zugesagt, drei Minuten", "Ablauf schicken", 14),
    Step(9, "E-Mail", "Ablauf der Messe und Stichworte für das Grußwort geschickt"),
)

COMPANY_DAY = (
    Step(
        0, "Anruf", "Belegschaft möchte einen Tag lang helfen, {number} Personen", "Passende Aktionen vorschlagen", 10
    ),
    Step(6, "E-Mail", "Drei Aktionen vorgeschlagen"),
    Step(13, "Anruf", "Entscheidung gefallen: {action}"),
    Step(29, "Veranstaltung", "Aktionstag der Belegschaft: {action}, alle kamen", "Danken und Presse anfragen", 7),
    Step(6, "Brief", "Dank an die Belegschaft, Bild für die Zeitung freigegeben"),
)

VOUCHERS = (
    Step(0, "E-Mail", "Um Gutscheine für den FreiwilligenPass gebeten", "Nachfragen", 14),
    Step(15, "Anruf", "Gibt {number} Gutscheine für den FreiwilligenPass", "Gutscheine abholen", 10),
    Step(9, "Besuch", "Gutscheine abgeholt, neue Ansprechperson im Empfang"),
)

THREADS: dict[str, tuple[tuple[Step, ...], ...]] = {
    "Zivilgesellschaft": (
        FIRST_CONTACT, FAIR, PASS, ROOM, ROOM_THANKED, SEAL, ACTION_DAY, NEW_FACE, TROUBLE, INSURANCE, CHECK_BACK,
    ),
    "Verwaltung": (PLANNING, HALL, FIGURES, GRANT, FAIR, NEW_FACE, CHECK_BACK),
    "Politik": (COUNCIL, COMMITTEE, GREETING),
    "Wirtschaft": (COMPANY_DAY, VOUCHERS, CHECK_BACK),
}  # fmt: skip
"""Stories by the sphere of the organisation."""

SMALL_TALK = (
    Step(0, "Anruf", "Kurz telefoniert, es gibt nichts Neues"),
    Step(0, "E-Mail", "Rundbrief weitergeleitet, Dank zurück"),
    Step(0, "Veranstaltung", "Beim Sommerfest getroffen, {person} lässt grüßen"),
    Step(0, "Brief", "Glückwunsch zum Jubiläum geschickt"),
    Step(0, "Sonstiges", "Auf dem Markt begegnet, kurz über {work} gesprochen"),
    Step(0, "Besuch", "Plakate vorbeigebracht, hängen jetzt im Eingang"),
    Step(0, "Treffen", "Am Rand der Netzwerksitzung gesprochen", "Adresse einer Übungsleiterin weitergeben", 10),
)

WORK = {
    "Kinder und Jugend": "Hausaufgabenhilfe am Nachmittag",
    "Schule und Bildung": "Lesepaten in der Grundschule",
    "Ältere Menschen": "Spaziergänge mit Bewohnerinnen und Bewohnern",
    "Soziales": "Begleitung zu Ämtern",
    "Sport und Bewegung": "Helfende beim Sportfest",
    "Kultur und Musik": "Einlass und Garderobe",
    "Umwelt und Tierschutz": "Pflege der Streuobstwiese",
    "Gesundheit": "Sitzwachen am Wochenende",
    "Menschen mit Behinderung": "Tandems für Ausflüge",
    "Flucht und Integration": "Sprachtandems am Abend",
    "Stadtteil und Nachbarschaft": "das Nachbarschaftsfest",
    "Medien und Digitales": "die Handysprechstunde",
    "Rettung und Katastrophenschutz": "die Jugendfeuerwehr",
}
"""What volunteers are wanted for, by field of engagement."""

ACTIONS = ("Zaun streichen", "Hochbeete bauen", "Müll am Elbufer sammeln", "den Bewegungsraum malern", "ein Erzählcafé",
           "Bänke abschleifen", "einen Kuchenbasar")  # fmt: skip

CLOSENESS = ("1 – vertraut", "2 – gut bekannt", "3 – bekannt", "4 – flüchtig")

DEPARTMENT_TIES = (
    ("Jugendamt", "Offene Jugendarbeit gGmbH Elbaue", "Zuwendung"),
    ("Jugendamt", "Kindertagesstätte Elbkiesel", "Aufsicht oder Zuständigkeit"),
    ("Jugendamt", "Großeltern auf Zeit", "Zusammenarbeit"),
    ("Sozial- und Wohnungsamt", "Wohlfahrtsverband Mittelelbe e. V.", "Zuwendung"),
    ("Sozial- und Wohnungsamt", "Ausgabestelle Brotkorb", "Zuwendung"),
    ("Sozial- und Wohnungsamt", "Beratungsstelle Ankerplatz", "Zuwendung"),
    ("Fachbereich Schule und Sport", "Turn- und Sportverein Elbaue 1899 e. V.", "Zuwendung"),
    ("Fachbereich Schule und Sport", "Ruderklub Strombrücke e. V.", "Zuwendung"),
    ("Fachbereich Kunst und Kultur", "Chorgemeinschaft Elbklang e. V.", "Zuwendung"),
    ("Fachbereich Kunst und Kultur", "Theaterwerkstatt Kulisse e. V.", "Zuwendung"),
    ("Stadtbibliothek", "Lesefreude Magdeburg e. V.", "Zusammenarbeit"),
    ("Gesundheitsamt", "Hospizverein Abendlicht e. V.", "Zusammenarbeit"),
    ("Umweltamt", "Naturfreundekreis Auwald e. V.", "Zuwendung"),
    ("Stabsstelle Integration und Zuwanderung", "Verein Brücken bauen e. V.", "Zusammenarbeit"),
    ("Fachbereich Bürgerservice und Ordnung", "Förderverein Feuerwehr Ottersleben-Süd e. V.", "Zusammenarbeit"),
)
"""Which department works with which organisation, and how."""
