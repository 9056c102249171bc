"""Last names: German ones by frequency, rare composed ones, and those of other origins."""

from __future__ import annotations

from bench.doubles.chance import Chance, Weighted, weighted, zipf

# The commonest first. With the exponent and the shares below, Müller comes to about one row in a hundred.
_GERMAN = """
Müller Schmidt Schneider Schulz Fischer Meyer Weber Schulze Wagner Becker Hoffmann Lehmann Krause Richter Koch Krüger
Bauer Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Hofmann Hartmann Lange Schmitt Werner Schmitz Meier Köhler
Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich
Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus
Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas Schreiber Graf Dietrich Ziegler
Kuhn Kühn Pohl Engel Horn Busch Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer Ernst Lindner Hübner Kramer Franz
Beyer Wenzel Jahn Barth Thiele Thiel Hesse Heinze Böttcher Nowak Noack Schütze Fiedler Ulrich Kunze Jansen Kern
Hermann Paul Seifert Ebert Reuter Förster Kirchner Zander Wegner Ritter Schenk Stephan Behrens Rudolph Bachmann
Brückner Döring Götze Henning Heise Siebert Mertens Naumann Röder Steinke Burger Gebhardt Schade Hempel Rose
Bauermeister Probst Bock Gärtner Lutz Grimm Geyer Gerlach Hein Urban Kunz Eckert Bayer Schlegel Stahl Eichler Pietsch
Grunwald Reimann Rohde Kluge Wiese Stolze Schlüter Rieger Hauser Unger Wendt Ahrens Nagel Blume Jacob Heller Sievers
Nitschke Linke Nickel Opitz Bartels Kolbe Knoll Kaufmann Hammer Scheffler Rother Kühne Maier Ehlers Marx Freitag
Gottschalk Wilke Dittrich Bischoff Zeller Schön Krebs Baier Wagenknecht Pauli Lüders Thomsen Hansen Petersen
Schuhmacher Lohse Kurz Metzger Hinz Dreyer Ehrhardt Schultze Schultz Brinkmann Körner Herzog Wegener Schaller Rösler
Bernhardt Strauß Witte Köster Michel Busse Fritsche Giese Heinemann Benecke Bormann Ackermann Reinhardt Hildebrandt
Fricke Fröhlich Held Trautmann Lucas Schramm Stark Hellmann Menzel Moser Dietz Schiller Riedel Reichelt Rupp Conrad
Bertram Adam Pape Heuer Kranz Kessler Fleischer Harms Fritz Wiesner Ernst Preuß Kiesewetter Lampe Wernicke Weise
Wilhelm Uhlig Zimmer Großmann Schirmer Rademacher Schrader Bode Gille Meinecke Matthies Bethge Bierstedt Randel Placke
Strube Lüddecke Osterburg Könnecke Wesche Wille Oelze Dannenberg Alvensleben Salzmann Buchholz Schaper Kersten Niemann
Stegemann Hagemann Tiedge Nebelung Zacharias Gericke Hoppe Thieme Kühnel Pätzold Büttner Heidenreich Klingner
Säuberlich Görlitz Mühlbach Köppe Töpfer Löffler Märtens Brösel Süß Höhne Grünewald Jänicke Kötz Lübke Wölfer Zöllner
Mönch Böhme Hänsel Rößler Preußner Kloß Hauff Kamieth Loeper Bremer Schröter Dreßler Tietz Arndt Stock Anders Jakob
Teichmann Rauch Oswald Kröger Rausch Steffen Bruns Block Hentschel Ebeling Sander Wichmann Behnke Gläser Zink Pfeifer
Brandes Wunderlich Schäfer Kröning Schrödter Schulte Gabriel Rath Lau Henke Brand Merten Heine Kraft Haase Adler
Kretschmer Wetzel Langer Lemke Mohr Jost Rabe Winkelmann Geisler Geißler Philipp Wittig Hübsch Rehbein Krieger Nölte
Eggert Kopp Wahl Ihle Thormann Krug Bluhm Ortmann Schlicht Kupfer Kube Zabel Paschke Ziemann Radtke Gehrke Kamin
Lüdtke Manthey Dahms Raddatz Kaminski Schimanski Sobotta Kowalski Jeschke Lieske Mielke Ruschke Dubrau Handrick
Schorlemmer Kallenbach Ahlert Wallstab Dörfler Nahrstedt Eisenschmidt Bindernagel Lichtenfeld Assmann Aßmann Domke
Hartung Klaus Kaiser Liebscher Mai May Mey Schmid Seyfarth Seiffert Siegert Thoms Tomaschewski Voigtländer Weidemann
Weiss Wirth Wulf Wolter Wolters Zschoche
"""
# Real names that are seldom, all about equally.
_SELDOM = """
Abendroth Abicht Agthe Altmann Amme Arendt Aust Backhaus Bahrs Balzer Bandelow Banse Barthel Bassin Baudisch Beese
Begrich Behne Beinert Belling Benndorf Berndt Besecke Beutel Biedermann Biewald Birkholz Blauert Bleis Blohm Bohne
Boldt Bolle Bonk Borchardt Borstel Bothe Brämer Bredow Breitschuh Brennecke Bresch Briese Brosch Brumme Bucher
Buchheister Bülow Burchardt Buße Caspari Christoph Cierpinski Clausnitzer Cramer Czarnecki Czok Dähne Dankert Degener
Deike Delius Demuth Diesing Dippe Dobberkau Dohrmann Domeyer Drebenstedt Drescher Drewes Drosihn Dumke Ebbecke
Eggeling Ehlert Ehrenberg Eitner Elze Emmerich Engelke Erxleben Euling Faatz Fabian Falke Fehse Felgentreu Fesser
Fettback Finger Flegel Flügge Foth Frenzel Friese Froböse Funke Fügner Gabler Galle Ganzer Garz Gaube Gehlhaar
Geisendorf Gent Germer Gerstenberger Glasewald Glöckner Gnade Godau Goebel Gose Gottwald Gräbner Gräfe Greulich Gropp
Grothe Grützmacher Gumpert Gutsche Haberland Hackel Hädicke Halupka Handke Hantke Harnisch Haseloff Haubold Heerhold
Heidler Heinke Helbig Hellwig Hennig Herbst Heyne Hilliger Hirte Hitzeroth Hohmann Holste Homann Honig Huth Illing
Isensee Jaap Jablonski Jakobs Janke Jarosch Jentsch Jerke Joppich Juhnke Jungnickel Kabelitz Kaczmarek Kalkofen Kaps
Karius Kassuhn Kaulitz Kegel Kettner Kiel Kinne Kirsch Kittel Klamroth Klatte Klemme Klepel Klimpel Klinke Klose Knabe
Knauer Knochenmuß Kobelt Kochanski Kohlrausch Konietzko Kopatz Korb Koslowski Kothe Kräuter Krajewski Krautz
Kretzschmann Kriebel Kropf Kubiak Kuckuck Kulpe Kupsch Kurzweg Kutz Laabs Laue Lederer Lehnert Leitloff Leue Liebau
Liebetrau Lindau Lippert Litsche Löbe Lohmann Looke Losert Lotze Luckau Lüderitz Luthe Maaß Mahnkopf Malchow Maluche
Maschke Matz Mewes Miehe Mittag Mollenhauer Mrozek Mußmann Nätebus Nehring Neubauer Neuhäuser Nitzschke Obst Oehlke
Oelschläger Ohst Olbrich Orlowski Paasch Pallas Panzer Patzelt Pätz Peine Pfannschmidt Piechotta Pilz Plettner Pluntke
Polte Pomplun Prinz Prüfer Pusch Quandt Quednau Raabe Rakow Rasehorn Rathmann Rauschenbach Redemann Regener Rehfeld
Reinecke Renz Riecke Rimpler Ristau Rockmann Roloff Ronneberger Rosinski Rothmann Ruhland Rusch Saalfeld Sachse
Samtleben Sasse Schaffranke Schätz Scherf Schied Schikora Schindler Schliephake Schlösser Schmolke Schnabel Schnock
Schoof Schottstedt Schrell Schünemann Schwabe Schwerin Seeger Selent Semrau Sens Siegmund Sikorski Sonnenberg
Spangenberg Specht Spengler Sperling Sporleder Stackelitz Staufenbiel Steinhäuser Stelzer Stiebitz Stolle Stottmeister
Streich Strohbach Stübig Sturm Suhr Szymanski Täger Tappenbeck Telge Tessmann Theuerkauf Thurau Timpe Torka Trittel
Trosin Tuchel Uhde Ulbricht Umlauf Valentin Vieweg Vorhölter Wachsmuth Wadewitz Wagener Waldau Walkenhorst Warnecke
Wasmuth Weferling Wehrmann Weichert Weinrich Wendland Wenske Werth Westphal Wichert Wiedemann Wiegand Wienecke Wilde
Willamowski Windolph Wischeropp Wolfram Wrede Wunsch Wüstemann Zahn Zander Zeidler Zepernick Ziems Zierau Zimdahl
Zober Zschiesche Zufall Zwanzig
"""
_STEMS = """
Ahl Alten Ander Apfel Bähr Berg Bern Bier Birken Blanken Blumen Boden Born Brand Breiten Brück Buch Burg Busch Dahl
Damm Deich Diet Dorn Dreis Eber Eich Eisen Ellen Elster Erlen Eschen Falken Feld Fichten Flach Frei Fried Fuhr Gers
Glas Gold Graben Grau Grün Hag Hain Halber Hammer Hart Hasel Hassel Heid Heim Helm Herren Hirsch Hoch Hohen Holl Holz
Horn Hunde Jeß Kalten Kamp Karl Kies Kirch Klap Klee Klingen Knob Korn Krähen Kreuz Kron Kuhl Lang Lauten Leh Lich
Lilien Linden Loh Lücken Mark Mahl Mehl Messer Mitten Moor Mühl Neuen Nieder Nord Nuß Ober Ochsen Ohl Oster Pfannen
Quer Raben Rahm Reich Rhein Ried Rosen Roten Rüben Saal Sand Schaf Schalk Schell Schön Schwaben Schwan See Seiden
Silber Sonnen Spiel Stahl Stein Stern Stock Storm Stein Strauch Tannen Teich Thal Trauten Uhlen Vogel Wald Wall Walken
Wasser Weiden Weißen Wend Wester Wiesen Wild Wind Winter Wolfen Wulf Zell Ziegel Zucker
"""
_ENDINGS = """
mann 9 bach 6 berg 8 feld 6 hagen 4 horst 3 hof 3 kamp 3 meier 5 meyer 5 müller 3 rode 4 roth 2 stedt 4 stein 4 thal 4
wald 3 born 3 brink 2 burg 4 dorf 4 haus 3 hauer 1 holz 3 kötter 1 land 2 lieb 1 ow 2 reuter 1 schläger 1 schmidt 3
siek 1 straß 1 wig 1 winkel 2 bauer 3 bäcker 1 brecher 1 büttel 1 dick 1 garten 2 heim 3 lage 1 loh 1 nagel 1
"""
_FOREIGN: dict[str, str] = {
    "turkish": """Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara
        Koç Kurt Özkan Şimşek Polat Özcan Korkmaz Güneş Aksoy Bulut Erdoğan Acar Taş Işık""",
    "polish": """Nowak Kowalska Wiśniewski Wójcik Kowalczyk Kamińska Lewandowski Zielińska Szymański Woźniak Dąbrowska
        Kozłowski Jankowska Mazur Krawczyk Piotrowska Grabowski Pawłowska Michalski Król Wieczorek Jabłońska Wróbel
        Majewska Olszewski Stępień Malinowska Jaworski Górska Sikora""",
    "russian": """Iwanow Iwanowa Petrow Petrowa Smirnow Smirnowa Kusnezow Kusnezowa Popow Popowa Wolkow Wolkowa Sokolow
        Sokolowa Schewtschenko Kowalenko Bondarenko Melnyk Kravchenko Schneider Weber Schmidt Morosow Morosowa Wagner
        Nikolajew Nikolajewa Tkachenko Pavlenko Romanow Romanowa Lysenko Savchenko Miller Becker""",
    "vietnamese": """Nguyen Nguyen_Thi Tran Tran_Thi Le Le_Thi Pham Pham_Thi Hoang Vu Vo Dang Bui Do Ho Ngo Duong Ly
        Phan Dinh""",
    "arabic": """Al-Ahmad Hassan Ahmad Mohammad Ali Ibrahim Khalil Hussein Al-Hussein Mahmoud Haddad Abdullah Saleh
        Al-Masri Darwish Khoury Hamdan Youssef Osman Al-Khatib Nasser Suleiman Kassem Najjar Said Mustafa Omar Al-Ali
        Shahin Jaber Sheikho Barakat""",
    "persian": """Ahmadi Hosseini Mohammadi Rezaei Karimi Rahimi Haidari Sharifi Noori Amiri Jafari Akbari Qaderi Nazari
        Yousefi Azizi Alizada Rasooli""",
    "southern": """Popescu Ionescu Radu Dumitru Stoica Rossi Russo Esposito Ferrari García Fernández López Silva Santos
        Pereira Papadopoulos Nikolaidis Horvat Jovanović Petrović Kovačević Hodžić Krasniqi Berisha Dimitrov Ivanova""",
    "african": """Diallo Traoré Camara Mensah Okafor Bah Keita Tesfay Abebe Haile Mohamed Abdi Hassan Kone Ndiaye Banda
        Smith Johnson Brown Williams""",
}

COMMON = zipf(list(dict.fromkeys(_GERMAN.split())), 0.62)
SELDOM = tuple(dict.fromkeys(_SELDOM.split()))
STEMS = zipf(sorted(set(_STEMS.split())), 0.25)
ENDINGS = weighted(_ENDINGS)
FOREIGN = {origin: zipf([n.replace("_", " ") for n in text.split()], 0.35) for origin, text in _FOREIGN.items()}
ORIGINS = Weighted(
    ["german", "russian", "polish", "turkish", "arabic", "vietnamese", "southern", "persian", "african"],
    [88.0, 3.0, 1.8, 1.4, 2.2, 1.2, 1.0, 0.8, 0.6],
)
_KIND = weighted("common 34 seldom 18 composed 40 double 5 noble 1 spaced 2")


def composed(chance: Chance) -> str:
    """Return a rare German name put together from two parts ("Ellenkamp")."""
    stem, ending = chance.pick(STEMS), chance.pick(ENDINGS)
    if stem.lower().startswith(ending) or stem.lower().endswith(ending):
        ending = "ner"
    return stem + ending


def _single(chance: Chance) -> str:
    return chance.pick(COMMON) if chance.happens(0.6) else composed(chance)


def last_name(chance: Chance, origin: str) -> str:
    """Return a last name of this origin; German ones may be double ("Krause-Winter") or noble ("von Alten")."""
    if origin != "german":
        return chance.pick(FOREIGN[origin])
    kind = chance.pick(_KIND)
    if kind == "common":
        return chance.pick(COMMON)
    if kind == "seldom":
        return chance.one_of(SELDOM)
    if kind == "composed":
        return composed(chance)
    if kind == "noble":
        return chance.one_of(("von", "von", "von der", "zu", "van")) + " " + composed(chance)
    return double(chance, _single(chance), _single(chance), " " if kind == "spaced" else "-")


def double(chance: Chance, first: str, second: str, between: str = "-") -> str:
    """Return both names joined; with the same name twice, another second one is drawn."""
    while second == first:
        second = chance.pick(COMMON)
    return f"{first}{between}{second}"


def is_rare(name: str) -> bool:
    """Say whether a last name is so rare that the same one in one town gives a person away."""
    return name not in _EVERYDAY


_EVERYDAY = frozenset(COMMON.values) | frozenset(name for names in FOREIGN.values() for name in names.values)
