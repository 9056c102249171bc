"""The raw material of the demo lists: invented names, organisations, functions. Kinds are real, nobody in here is."""

from __future__ import annotations

DISTRICTS = {
    "Altstadt": "39104", "Alte Neustadt": "39106", "Neue Neustadt": "39124", "Stadtfeld Ost": "39108",
    "Stadtfeld West": "39110", "Sudenburg": "39112", "Leipziger Straße": "39120", "Buckau": "39104",
    "Cracau": "39114", "Werder": "39114", "Ottersleben": "39116", "Reform": "39118", "Olvenstedt": "39130",
    "Rothensee": "39126", "Diesdorf": "39110", "Salbke": "39122", "Fermersleben": "39122", "Prester": "39114",
}  # fmt: skip
"""Postcode by district."""

STREETS = (
    "Lindenhain", "Fährgasse", "Am Kieselufer", "Birnbaumweg", "Amselstieg", "Mühlenzeile", "Werftplatz",
    "Hopfengarten", "Zum Alten Deich", "Kranichweg", "Ziegelhof", "Schleusenstieg", "An der Pappelallee",
    "Bleicherwinkel",
)  # fmt: skip

# Name | Kurzname | Art | Bereich | Übergeordnet | Stadtteil | Engagementfelder | Internetname
ORGANISATIONS = """\
Dezernat Zentrale Dienste und Finanzen|Dez. I|Dezernat|Verwaltung||Altstadt||stadt
Dezernat Kultur, Schule und Sport|Dez. IV|Dezernat|Verwaltung||Altstadt|Kultur und Musik, Schule und Bildung|stadt
Dezernat Soziales, Jugend und Gesundheit|Dez. V|Dezernat|Verwaltung||Altstadt|Soziales, Gesundheit|stadt
Dezernat Umwelt und Stadtentwicklung|Dez. VI|Dezernat|Verwaltung||Altstadt|Umwelt und Tierschutz|stadt
Stabsstelle Bürgerschaftliches Engagement|SBE|Stabsstelle oder Beauftragte|Verwaltung|Dezernat Soziales, Jugend und Gesundheit|Altstadt|Engagementförderung|stadt
Stabsstelle Jugendhilfe- und Sozialplanung||Stabsstelle oder Beauftragte|Verwaltung|Dezernat Soziales, Jugend und Gesundheit|Altstadt|Soziales|stadt
Amt für Gleichstellungsfragen||Stabsstelle oder Beauftragte|Verwaltung|Dezernat Zentrale Dienste und Finanzen|Altstadt||stadt
Stabsstelle Integration und Zuwanderung||Stabsstelle oder Beauftragte|Verwaltung|Dezernat Soziales, Jugend und Gesundheit|Altstadt|Flucht und Integration|stadt
Fachbereich Personal und Organisation|FB 01|Fachbereich oder Amt|Verwaltung|Dezernat Zentrale Dienste und Finanzen|Altstadt||stadt
Fachbereich Bürgerservice und Ordnung|FB 32|Fachbereich oder Amt|Verwaltung|Dezernat Zentrale Dienste und Finanzen|Altstadt|Rettung und Katastrophenschutz|stadt
Fachbereich Schule und Sport|FB 40|Fachbereich oder Amt|Verwaltung|Dezernat Kultur, Schule und Sport|Leipziger Straße|Schule und Bildung, Sport und Bewegung|stadt
Fachbereich Kunst und Kultur|FB 41|Fachbereich oder Amt|Verwaltung|Dezernat Kultur, Schule und Sport|Altstadt|Kultur und Musik|stadt
Stadtbibliothek|FB 42|Fachbereich oder Amt|Verwaltung|Dezernat Kultur, Schule und Sport|Altstadt|Schule und Bildung, Medien und Digitales|stadt
Sozial- und Wohnungsamt|Amt 50|Fachbereich oder Amt|Verwaltung|Dezernat Soziales, Jugend und Gesundheit|Alte Neustadt|Soziales|stadt
Jugendamt|Amt 51|Fachbereich oder Amt|Verwaltung|Dezernat Soziales, Jugend und Gesundheit|Alte Neustadt|Kinder und Jugend|stadt
Gesundheitsamt|Amt 53|Fachbereich oder Amt|Verwaltung|Dezernat Soziales, Jugend und Gesundheit|Leipziger Straße|Gesundheit|stadt
Umweltamt|Amt 31|Fachbereich oder Amt|Verwaltung|Dezernat Umwelt und Stadtentwicklung|Altstadt|Umwelt und Tierschutz|stadt
Stadtplanungsamt|Amt 61|Fachbereich oder Amt|Verwaltung|Dezernat Umwelt und Stadtentwicklung|Altstadt|Stadtteil und Nachbarschaft|stadt
Eigenbetrieb Grünanlagen||Städtisches Unternehmen|Verwaltung|Dezernat Umwelt und Stadtentwicklung|Werder|Umwelt und Tierschutz|gruenanlagen
Ratsfraktion Bürgerliste Elbbogen||Fraktion oder Ratsgruppe|Politik||Altstadt|Politik und Demokratie|rat
Ratsfraktion Soziale Stadt||Fraktion oder Ratsgruppe|Politik||Altstadt|Politik und Demokratie|rat
Ratsfraktion Stadt und Umland||Fraktion oder Ratsgruppe|Politik||Altstadt|Politik und Demokratie|rat
Ratsgruppe Junge Stimmen||Fraktion oder Ratsgruppe|Politik||Altstadt|Politik und Demokratie|rat
Gesundheits- und Sozialausschuss|GeSo|Ausschuss oder Beirat|Politik||Altstadt|Soziales, Gesundheit|rat
Ausschuss für Bildung, Schule und Sport|BSS|Ausschuss oder Beirat|Politik||Altstadt|Schule und Bildung, Sport und Bewegung|rat
Beirat der Seniorinnen und Senioren||Ausschuss oder Beirat|Politik||Altstadt|Ältere Menschen|rat
Wohlfahrtsverband Mittelelbe e. V.|WVM|Wohlfahrtsverband|Zivilgesellschaft||Sudenburg|Soziales, Ältere Menschen|wvm
Nachbarschaftszentrum Ziegelhof|NBZ|Einrichtung|Zivilgesellschaft|Wohlfahrtsverband Mittelelbe e. V.|Sudenburg|Stadtteil und Nachbarschaft|ziegelhof
Kindertagesstätte Elbkiesel||Einrichtung|Zivilgesellschaft|Wohlfahrtsverband Mittelelbe e. V.|Buckau|Kinder und Jugend|elbkiesel
Beratungsstelle Ankerplatz||Einrichtung|Zivilgesellschaft|Wohlfahrtsverband Mittelelbe e. V.|Neue Neustadt|Soziales|ankerplatz
Hilfswerk Börde-Elbe e. V.|HBE|Wohlfahrtsverband|Zivilgesellschaft||Olvenstedt|Soziales, Menschen mit Behinderung|hbe
Seniorenstift Birnbaumweg||Einrichtung|Zivilgesellschaft|Hilfswerk Börde-Elbe e. V.|Olvenstedt|Ältere Menschen|birnbaumweg
Werkstatt Handgriff||Einrichtung|Zivilgesellschaft|Hilfswerk Börde-Elbe e. V.|Rothensee|Menschen mit Behinderung|handgriff
Offene Jugendarbeit gGmbH Elbaue|OJE|Gemeinnützige Gesellschaft|Zivilgesellschaft||Reform|Kinder und Jugend|oje
Jugendklub Schleuse||Einrichtung|Zivilgesellschaft|Offene Jugendarbeit gGmbH Elbaue|Reform|Kinder und Jugend|schleuse
Kirchengemeinde Sankt Aurelia||Kirche oder Religionsgemeinschaft|Zivilgesellschaft||Stadtfeld Ost|Kirche und Religion, Soziales|aurelia
Ausgabestelle Brotkorb||Einrichtung|Zivilgesellschaft|Kirchengemeinde Sankt Aurelia|Stadtfeld Ost|Soziales|brotkorb
Stiftung Elbbogen||Stiftung|Zivilgesellschaft||Altstadt|Kultur und Musik, Schule und Bildung|elbbogen
Bürgerstiftung Offene Türen||Stiftung|Zivilgesellschaft||Stadtfeld West|Engagementförderung|offenetueren
Hospizverein Abendlicht e. V.||Verein|Zivilgesellschaft||Cracau|Gesundheit, Ältere Menschen|abendlicht
Lesefreude Magdeburg e. V.||Verein|Zivilgesellschaft||Stadtfeld Ost|Schule und Bildung|lesefreude
Turn- und Sportverein Elbaue 1899 e. V.|TSV Elbaue|Verein|Zivilgesellschaft||Cracau|Sport und Bewegung, Kinder und Jugend|tsv-elbaue
Ruderklub Strombrücke e. V.||Verein|Zivilgesellschaft||Werder|Sport und Bewegung|strombruecke
Kleingartenverein Hopfengrund e. V.||Verein|Zivilgesellschaft||Diesdorf|Umwelt und Tierschutz, Freizeit und Geselligkeit|hopfengrund
Tierschutzverein Pfotenhof e. V.||Verein|Zivilgesellschaft||Rothensee|Umwelt und Tierschutz|pfotenhof
Naturfreundekreis Auwald e. V.||Verein|Zivilgesellschaft||Prester|Umwelt und Tierschutz|auwald
Chorgemeinschaft Elbklang e. V.||Verein|Zivilgesellschaft||Buckau|Kultur und Musik|elbklang
Theaterwerkstatt Kulisse e. V.||Verein|Zivilgesellschaft||Buckau|Kultur und Musik, Kinder und Jugend|kulisse
Förderverein Heimatmuseum Salbke e. V.||Verein|Zivilgesellschaft||Salbke|Kultur und Musik|museum-salbke
Förderverein Feuerwehr Ottersleben-Süd e. V.||Verein|Zivilgesellschaft||Ottersleben|Rettung und Katastrophenschutz|feuerwehr-sued
Verein Brücken bauen e. V.||Verein|Zivilgesellschaft||Neue Neustadt|Flucht und Integration|bruecken-bauen
Selbsthilfe Barrierefrei e. V.||Verein|Zivilgesellschaft||Leipziger Straße|Menschen mit Behinderung|barrierefrei
Rechnerwerkstatt Zweites Leben e. V.||Verein|Zivilgesellschaft||Alte Neustadt|Medien und Digitales, Umwelt und Tierschutz|zweites-leben
Großeltern auf Zeit||Initiative|Zivilgesellschaft||Stadtfeld West|Kinder und Jugend, Ältere Menschen|grosseltern
Reparaturcafé Fermersleben||Initiative|Zivilgesellschaft||Fermersleben|Stadtteil und Nachbarschaft, Umwelt und Tierschutz|repaircafe
Stadtteilgruppe Neue Neustadt||Initiative|Zivilgesellschaft||Neue Neustadt|Stadtteil und Nachbarschaft|neustadt
Elbwerk Maschinenbau GmbH||Unternehmen|Wirtschaft||Rothensee||elbwerk
Druckerei Bleicherwinkel||Unternehmen|Wirtschaft||Sudenburg||druckerei
Wohnungsgenossenschaft Lindenhain eG||Unternehmen|Wirtschaft||Reform|Stadtteil und Nachbarschaft|lindenhain
Sparhaus Elbe||Unternehmen|Wirtschaft||Altstadt||sparhaus
"""  # noqa: E501

WITHOUT_PHONE_AND_MAIL = frozenset({7, 37, 54, 56})
"""Places in the list above (from 1) of organisations that nobody can reach."""

DO_NOT_CONTACT = frozenset({31, 64, 97})
"""Numbers of persons who want no letters."""

FIRST_NAMES = {
    "Frau": (
        "Annegret", "Birte", "Carola", "Dörte", "Elvira", "Friederike", "Gesine", "Hannelore", "Ilka", "Jördis",
        "Kerstin", "Leonie", "Maren", "Nadja", "Ortrud", "Petra", "Ricarda", "Svenja", "Tabea", "Ulrike",
        "Valentina", "Wiebke", "Yasemin", "Zofia", "Amira",
    ),
    "Herr": (
        "Arvid", "Bastian", "Cornelius", "Detlef", "Eckhard", "Florian", "Gernot", "Henning", "Ivo", "Joachim",
        "Karsten", "Lennart", "Matthis", "Norbert", "Ottmar", "Pascal", "Reiner", "Steffen", "Torben", "Uwe",
        "Volkmar", "Wenzel", "Yusuf", "Zoran", "Amadou",
    ),
    "neutral": ("Kim", "Robin", "Sascha", "Toni", "Mika", "Luca", "Jona", "Noa"),
}  # fmt: skip
"""First names by the salutation the person asked for; nobody's is guessed from it."""

LAST_NAMES = (
    "Ahlgrimm", "Bartelheim", "Czerny", "Dachsel", "Ebelshäuser", "Finkenrath", "Grünwedel", "Heidemarck",
    "Ihlefeld", "Jarosch", "Kesselhut", "Lüdeking", "Mehringer", "Nonnewitz", "Oelßner", "Pfefferkorn", "Quandel",
    "Rosenhagen", "Sandvoß", "Tiedtke", "Uhlemann", "Vogelsang", "Wackerbart", "Yildirim", "Zschiesche",
    "Ackersdorf", "Bollmohr", "Dombrowe", "Eschenburg", "Fährmann", "Gotthardt", "Hollerbusch", "Immekus", "Jesper",
    "Kranichfeld", "Langhoff", "Morgenroth", "Neddermann", "Osterwald", "Plötzke", "Rautenberg", "Seidenspinner",
    "Trautwein", "Unruh", "Veltheim", "Wiesengrund", "Zeisig", "Al-Haddad", "Nguyen-Lindt", "Kowalczyk", "O’Reilly",
    "von der Aue", "Stein-Becker",
)  # fmt: skip

TITLES = ("Dr.", "Prof. Dr.", "Dr. med.", "Dipl.-Ing.")

# Function | its kind, in the order in which an organisation fills them.
ROLES = {
    "Dezernat": (("Beigeordnete:r", "Leitung"), ("Vorzimmer", "Mitarbeit"), ("Referat", "Mitarbeit")),
    "Stabsstelle oder Beauftragte": (("Leitung", "Leitung"), ("Sachbearbeitung", "Mitarbeit")),
    "Fachbereich oder Amt": (
        ("Leitung", "Leitung"),
        ("Vereine und Ehrenamt", "Ansprechperson"),
        ("Stellvertretung", "Leitung"),
    ),
    "Städtisches Unternehmen": (("Betriebsleitung", "Leitung"), ("Öffentlichkeitsarbeit", "Mitarbeit")),
    "Fraktion oder Ratsgruppe": (
        ("Fraktionsvorsitz", "Mandat"),
        ("Geschäftsstelle", "Mitarbeit"),
        ("Mitglied", "Mandat"),
    ),
    "Ausschuss oder Beirat": (("Vorsitz", "Mandat"), ("Schriftführung", "Mitarbeit")),
    "Wohlfahrtsverband": (
        ("Geschäftsführung", "Leitung"),
        ("Fachstelle Ehrenamt", "Freiwilligenkoordination"),
        ("Vorstand", "Vorstand"),
    ),
    "Einrichtung": (("Leitung", "Leitung"), ("Freiwilligenkoordination", "Freiwilligenkoordination")),
    "Gemeinnützige Gesellschaft": (
        ("Geschäftsführung", "Leitung"),
        ("Freiwilligendienste", "Freiwilligenkoordination"),
    ),
    "Kirche oder Religionsgemeinschaft": (("Gemeindebüro", "Ansprechperson"), ("Besuchsdienst", "Ehrenamt")),
    "Stiftung": (("Vorstand", "Vorstand"), ("Projekte", "Mitarbeit")),
    "Verein": (("Vorsitz", "Vorstand"), ("Ehrenamtskoordination", "Freiwilligenkoordination"), ("Kasse", "Ehrenamt")),
    "Initiative": (("Ansprechperson", "Ansprechperson"), ("Helfende Hand", "Ehrenamt")),
    "Unternehmen": (("Personal und Kultur", "Ansprechperson"), ("Geschäftsführung", "Leitung")),
}

OFFICES = {
    "Dezernat": "Leitung {name}",
    "Fachbereich oder Amt": "Leitung {name}",
    "Fraktion oder Ratsgruppe": "Vorsitz {name}",
    "Ausschuss oder Beirat": "Vorsitz {name}",
}
"""The post that stays when its holder changes, by the kind of organisation; the first function there holds it."""

PERSON_NOTES = (
    "Am besten vormittags anrufen.",
    "Dienstags und donnerstags im Büro.",
    "Hat den ersten Freiwilligentag mit aufgebaut.",
    "Kennt fast alle im Stadtteil.",
    "Bitte keine Anhänge über 5 MB schicken.",
    "Moderiert gern, hat schon zweimal geholfen.",
    "Ruft zuverlässig zurück, liest E-Mails eher selten.",
    "War früher beim Jugendklub Schleuse.",
)

# Name | Stelle | Adresse vor dem @ | Tage seit Beginn | Tage seit Ende
TEAM = """\
Marlene Tannhoff|Agentur|tannhoff|2900|
Jasper Quellmann|Agentur|quellmann|1500|
Sevgi Aydemir|Agentur|aydemir|420|
Ruth Wallbaum|Agentur|wallbaum|3600|430
Holger Breitscheidt|Koordination|breitscheidt|2100|
Ines Fuchsberger|Netzwerk|fuchsberger|800|
"""
