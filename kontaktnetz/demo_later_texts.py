"""What later lists of the demo say, what staff edited meanwhile, and what is to be done; everything is invented."""

from __future__ import annotations

EDITS = (
    ("person", "demo:id:P015", "phone", "030 23125-699"),
    ("organisation", "demo:id:O39", "mail", "stiftung@offenetueren.example"),
    ("organisation", "demo:id:O43", "street", "Werftplatz 12"),
    ("organisation", "demo:id:O46", "phone2", "nur über die Vereinsgaststätte"),
)
"""Table, ident, column, and what staff typed there; the last one nobody can dial."""

LATER = (
    ("personen", "P015", "Telefon", "030 23125-655"),
    ("organisationen", "O39", "E-Mail", "kontakt@offenetueren.example"),
    ("organisationen", "O43", "Straße", "Werftplatz 21"),
)
"""List, number, column and cell of the second delivery of the demo lists: where staff edited they differ."""

DROPPED = ("P115", "P116")
"""Numbers of persons whom the second delivery has no more."""

LEFT = (("P014", 25), ("P069", 40))
"""Numbers of persons whose function ended, and how many days ago: the head of an office, and one of two in another."""

PORTRAITS = {
    "O28": "Das Nachbarschaftszentrum ist das Wohnzimmer von Sudenburg: Kleiderkammer, Reparaturtreff, Mittagstisch. "
    "Rund dreißig Freiwillige halten es an sechs Tagen in der Woche offen.",
    "O32": "Im Seniorenstift besuchen Freiwillige Menschen, die sonst wenig Besuch haben. Sie werden in zwei Abenden "
    "vorbereitet und treffen sich alle sechs Wochen.",
    "O37": "Die Ausgabestelle verteilt gerettete Lebensmittel an zweihundert Haushalte. Fahren, sortieren, ausgeben: "
    "Jede Schicht hat eine Ansprechperson.",
    "O41": "Lesepatinnen und Lesepaten gehen einmal in der Woche in Grundschulen. Der Verein vermittelt, schult und "
    "feiert im Sommer ein Lesefest.",
}
"""What the second delivery tells about certified houses and their neighbours, by number."""

SOURCES = """\
[rathaus]
title = "Verteiler des Rathauses"
files = [
    { path = "rathaus/organisationen.csv", profile = "organisationen" },
    { path = "rathaus/personen.csv", profile = "personen" },
]
"""

TOWN_ORGANISATIONS = """\
Kennung;Organisation;Kurzname;Art;Bereich;Straße;PLZ;Ort;Telefon;E-Mail
R01;Büro der Oberbürgermeisterin;OB;Dezernat;Verwaltung;Am Kieselufer 1;39104;Magdeburg;030 23125-005;ob@stadt.example
R02;{jugendamt}
R03;Turn- und Sportverein Elbaue e. V.;;Verein;Zivilgesellschaft;;;Magdeburg;;vorstand@tsv-elbaue.example
R04;Turn- u. Sportverein Elbaue von 1899;;Verein;Zivilgesellschaft;Uferweg 3;39114;Magdeburg;;
R05;Seniorenstift am Birnbaumweg;;Einrichtung;Zivilgesellschaft;Birnbaumweg 5;39130;Magdeburg;;
R06;TSV Elbaue;;Verein;Zivilgesellschaft;;39114;Magdeburg;;
"""
"""A mailing list of the town hall: some of it is known here under other names."""

TOWN_PERSONS = """\
Kennung;Anrede;Vorname;Nachname;Telefon;E-Mail;Rechtsgrundlage;Organisation;Funktion;Art der Funktion;Amt;Hauptansprechperson;E-Mail (dienstlich);Von
R101;Frau;Henriette;Sonnwald;;;Öffentliche Aufgabe (Art. 6 Abs. 1 e);Büro der Oberbürgermeisterin;Oberbürgermeisterin;Leitung;Oberbürgermeister:in;ja;ob@stadt.example;01.07.2022
R102;Herr;Malte;Brinkhorst;;;Öffentliche Aufgabe (Art. 6 Abs. 1 e);Büro der Oberbürgermeisterin;Büroleitung;Mitarbeit;;;malte.brinkhorst@stadt.example;01.03.2023
R103;Frau;Hannelore;Wittekind;;;Öffentliche Aufgabe (Art. 6 Abs. 1 e);Jugendamt;Leitung;Leitung;Leitung Jugendamt;ja;hannelore.wittekind@stadt.example;{begun}
R104;Herr;Florian;Langhof;;f.langhof@post.example;;Seniorenstift am Birnbaumweg;Hausleitung;Leitung;;;;
R105;Frau;Nadja;Nguyen;030 23125-836;;;;;;;;;
"""  # noqa: E501

TASKS = (
    ("Protokoll der Netzwerksitzung verschicken", "Ruth Wallbaum", -9, False),
    ("Schlüssel für den Seminarraum übergeben", "Ruth Wallbaum", 12, False),
    ("Angebote für den Messedruck vergleichen", "Marlene Tannhoff", -3, False),
    ("Grußwort mit dem Büro der Oberbürgermeisterin abstimmen", "Ines Fuchsberger", 0, False),
    ("Standplan an den Hausdienst geben", "Jasper Quellmann", 6, False),
    ("Bericht für den Ausschuss vorbereiten", "Holger Breitscheidt", 30, False),
    ("Einladungsliste der Messe durchsehen", "Sevgi Aydemir", -15, True),
)
"""What, who of us, due in so many days, and whether it is done. One of them left us."""

PAUSE = "Elternzeit, im Frühjahr wieder"
RETURNED_WHY = "Postfach gibt es nicht"
RETURNED = ("valentina.zschiesche@post.example", "kim.oelssner@oje.example")
"""Addresses that mail came back from."""
