"""Of what the names of bodies are made: Kitas, schools, clubs, associations, parishes, gardens, offices, firms."""

from __future__ import annotations

from bench.doubles.chance import weighted, zipf


def _list(text: str) -> list[str]:
    return [word.strip() for word in text.replace("\n", " ").split(",")]


KITA_NAMES = zipf(
    _list("""
    Regenbogen, Sonnenschein, Zwergenland, Pusteblume, Kinderland, Spatzennest, Villa Kunterbunt, Bummi, Märchenland,
    Löwenzahn, Pfiffikus, Wirbelwind, Schwalbennest, Kinderinsel, Rappelkiste, Buratino, Sonnenblume, Kunterbunt,
    Käferwiese, Mäuseburg, Schmetterling, Storchennest, Waldwichtel, Kleine Strolche, Bienenkorb, Elbspatzen,
    Kleeblatt, Wasserflöhe, Sternschnuppe, Purzelbaum, Kleine Entdecker, Max und Moritz, Schlumpfhausen, Traumland,
    Spielkiste, Fuchsbau, Zwergenburg, Nesthäkchen, Hummelnest, Krümelkiste, Arche Noah, St. Martin, Wolkenschäfchen,
    Am Wäldchen, Weidenkätzchen, Abenteuerland, Klusweg, Lindenzwerge, Froschkönig, Rasselbande, Tausendfüßler,
    Mauseloch, Flohkiste, Bördespatzen, Heideknirpse, Sandmännchen, Kinderwelt, Die kleinen Weltentdecker,
    Grashüpfer, Eichhörnchen, Moosmutzel, Sausewind, Teddybär, Igelnest, Kastanienhof, Pünktchen, Glückskäfer,
    Knirpsenland
"""),
    0.5,
)
KITA_KINDS = weighted("Kita 46 Kindertagesstätte 26 Kindergarten 8 Krippe 4 Hort 9 Kinderhaus 4 KiTa 3")
CARRIERS = _list(
    "AWO, DRK, Caritas, Diakonie, Johanniter, Volkssolidarität, ASB, Internationaler Bund, Lebenshilfe, KJW"
)
SCHOOL_KINDS = weighted(
    "Grundschule 46 Sekundarschule 14 Gemeinschaftsschule 12 Gymnasium 14 Förderschule 8 Schulzentrum 6"
)
SCHOOL_NAMES = zipf(
    _list("""
    Johann Wolfgang von Goethe, Geschwister Scholl, Albert Einstein, Thomas Mann, Thomas Müntzer, Heinrich Heine,
    Otto von Guericke, Wilhelm Weitling, Lindenhof, Am Westring, Am Elbdamm, Am Kannenstieg, Am Glacis, Buckau,
    Am Brückfeld, Am Pechauer Platz, Friedrich Schiller, Gerhart Hauptmann, Käthe Kollwitz, Salzmann, Weitlingstraße,
    Hegel, Norbertus, Editha, Ernst Wille, Oskar Linke, Johannes Gutenberg, Carl Loewe, Leibniz, Hans Schellheimer,
    Kurt Tucholsky, Adolph Diesterweg, Pestalozzi, Wilhelm Raabe, Werner von Siemens, Regine Hildebrandt,
    Hugo Kükelhaus, Erich Kästner, Astrid Lindgren, Maria Montessori, Sally Bein, Am Fliederhof, An der Elbe,
    Am Park, Dr. Tolberg, Ludwig Uhland, Karl Liebknecht, Anne Frank, Janusz Korczak, Comenius,
    Alexander von Humboldt, Gutsmuths, Novalis, Am Umfassungsweg, Theodor Fontane
"""),
    0.4,
)
SPORT_FORMS = weighted(
    "SV 30 TSV 14 FC 8 SG 10 BSV 5 VfB 4 VfL 4 ESV 4 HSV 2 SSV 5 TuS 5 PSV 1 MSV 3 SC 4 Turnverein 3"
)
SPORT_NAMES = zipf(
    _list("""
    Blau-Weiß, Rot-Weiß, Grün-Weiß, Eintracht, Fortuna, Germania, Lok, Lokomotive, Einheit, Concordia, Union,
    Traktor, Aufbau, Medizin, Turbine, Post, Preußen, Arminia, Borussia, Viktoria, Chemie, Motor, Stahl, Empor,
    Börde, Elbe, Askania, Roland, Otto, Handwerk, Aktivist, Victoria, Wacker, Schwarz-Gelb, Blau-Gelb, Olympia,
    Frisch Auf, Jahn
"""),
    0.4,
)
SPORTS = _list("""
    Fußball, Handball, Judo, Volleyball, Turnen, Tischtennis, Kegeln, Leichtathletik, Schwimmen, Gymnastik,
    Basketball, Rudern, Kanu, Schach, Boxen, Ringen, Radsport, Bogenschießen, Tanzen, Karate, Tennis, Badminton,
    Reha-Sport
""")
# Short form and long form of associations that have branches everywhere.
ASSOCIATIONS = _list("""
    DRK|Deutsches Rotes Kreuz, AWO|Arbeiterwohlfahrt, ASB|Arbeiter-Samariter-Bund, Caritas|Caritasverband,
    Diakonie|Diakonisches Werk, VS|Volkssolidarität, DLRG|Deutsche Lebens-Rettungs-Gesellschaft,
    NABU|Naturschutzbund, VdK|Sozialverband VdK, DKSB|Deutscher Kinderschutzbund, KSB|Kreissportbund,
    JUH|Johanniter-Unfall-Hilfe, MHD|Malteser Hilfsdienst, BUND|Bund für Umwelt und Naturschutz, LH|Lebenshilfe,
    DGB|Deutscher Gewerkschaftsbund, THW|Technisches Hilfswerk, DPWV|Paritätischer Wohlfahrtsverband,
    SkF|Sozialdienst katholischer Frauen, BSVSA|Blinden- und Sehbehinderten-Verband, DMB|Deutscher Mieterbund,
    ADFC|Allgemeiner Deutscher Fahrrad-Club, CVJM|Christlicher Verein Junger Menschen, BdV|Bund der Vertriebenen,
    DFB|Demokratischer Frauenbund, KFV|Kreisfeuerwehrverband, DRV|Deutsche Rheuma-Liga,
    VdGN|Verband der Gartenfreunde, IB|Internationaler Bund
""")
WITH_FACILITIES = ("DRK", "AWO", "ASB", "Caritas", "Diakonie", "VS", "JUH", "MHD", "LH", "DPWV", "SkF", "IB", "DKSB")
LEVELS = weighted("Kreisverband 44 Ortsverein 22 Ortsverband 10 Ortsgruppe 10 Regionalverband 8 Landesverband 6")
FACILITIES = _list("""
    Begegnungsstätte, Beratungsstelle, Tagespflege, Sozialstation, Seniorenheim, Kleiderkammer, Möbellager,
    Familienzentrum, Schuldnerberatung, Jugendclub, Mehrgenerationenhaus, Wohnheim, Erziehungsberatung,
    Freiwilligenzentrum, Fahrdienst, Suchtberatung, Betreutes Wohnen, Migrationsberatung, Frauenhaus, Tafel,
    Hospizdienst, Rettungswache, Jugendwerk
""")
SAINTS = _list("""
    St. Johannis, St. Petri, St. Nikolai, St. Marien, St. Ambrosius, St. Gertrauden, St. Stephanus, St. Laurentius,
    St. Sebastian, St. Norbert, St. Agnes, St. Mechthild, St. Andreas, St. Josef, St. Adalbert, Heilig Geist, Martin,
    Luther, Hoffnung, Trinitatis, Paulus, Pauli, Wallonerkirche, Kreuzkirche, Christus, St. Jakobi, St. Katharinen,
    St. Ulrich
""")
PARISHES = _list("""
    Evangelische Kirchengemeinde, Ev. Kirchengemeinde, Katholische Pfarrei, Kath. Pfarrgemeinde,
    Evangelische Gemeinde, Ev.-luth. Gemeinde, Kirchspiel, Evangelisches Pfarramt
""")
GARDENS = zipf(
    _list("""
    Abendfrieden, Morgensonne, Frohsinn, Erholung, Sonnenschein, Heimaterde, Waldfrieden, Am Birkenweg, Glück auf,
    Eintracht, Flora, Grüne Aue, Rosengarten, Neuland, Einigkeit, Feierabend, Zukunft, Ostelbien, Am Schroteanger,
    Elbtal, Kornblume, Goldene Aue, Gute Hoffnung, Naturfreunde, Am Sülzeberg, Edelweiß, Lindenblüte, Reform,
    Harmonie, Heideröslein, Schreberheim, Bergfrieden, Am Vogelgesang, Westend, Neues Leben, Asternweg, Fliederbusch,
    Kiefernhain
"""),
    0.3,
)
GARDEN_FORMS = ("Kleingartenverein", "KGV", "Kleingartenanlage", "Gartenverein", "Kleingärtnerverein", "Gartensparte")
CULTURE_KINDS = _list("""
    Heimatverein, Kulturverein, Karnevalsverein, Männerchor, Frauenchor, Gemischter Chor, Theatergruppe, Kunstverein,
    Schützenverein, Bürgerverein, Geschichtsverein, Musikverein, Volkschor, Trachtenverein, Angelverein, Filmclub,
    Literaturkreis, Modellbahnclub, Kaninchenzuchtverein, Rassegeflügelzuchtverein, Hundesportverein, Spielmannszug,
    Schalmeienkapelle, Jugendkapelle, Oldtimerclub, Imkerverein, Traditionsverein, Landfrauenverein, Mühlenverein
""")
CULTURE_NAMES = zipf(
    _list("""
    Harmonie, Concordia, Liederkranz, Brücke, Alte Schule, Feuerwache, Kaleidoskop, Spiegelbild, Elbklang, Rot-Gold,
    Blau-Gelb, Rolandstadt, Einigkeit, Sangeslust, Otto der Große, Zeitlos, Offene Tür, Wendepunkt, Lichtblick,
    Im Dialog, Kranich, Weitblick, Mittendrin, Miteinander, Horizont, Kompass, Lebenswert, Aufbruch, Sprungbrett,
    Ankerplatz, Rückenwind, Moritzhof, Seitenwechsel, Zeitsprung, Volksbad, Grünstreifen, Kiezküche, Leuchtturm,
    Schlüsselbund, Fährhaus, Windrose
"""),
    0.3,
)
SELF_HELP = _list("""
    Diabetes, Parkinson, Multiple Sklerose, Schlaganfall, Depression, Angst und Panik, Osteoporose, Rheuma, Krebs,
    Morbus Crohn, Anonyme Alkoholiker, Pflegende Angehörige, Verwaiste Eltern, Tinnitus, Epilepsie, Fibromyalgie,
    ADHS, Autismus, Borderline, Demenz, Long Covid, Schlafapnoe, Herzkranke, Nierenkranke, Essstörungen, Spielsucht,
    Messies, Zöliakie
""")
NATIONS = _list("""
    Deutsch-Syrischer, Deutsch-Vietnamesischer, Deutsch-Russischer, Deutsch-Polnischer, Deutsch-Türkischer,
    Ukrainischer, Afghanischer, Afrikanischer, Arabischer, Kurdischer, Iranischer, Deutsch-Kubanischer,
    Lateinamerikanischer, Eritreischer
""")
NATION_KINDS = ("Kulturverein", "Freundschaftsverein", "Frauenverein", "Sprachclub", "Elternverein", "Jugendverein")
DEPARTMENTS = _list("""
    Amt für Soziales|Sozialamt, Jugendamt|Amt für Jugend und Familie, Amt für Bildung und Sport|Schul- und Sportamt,
    Ordnungsamt|Fachbereich Ordnung und Sicherheit, Bürgerbüro|Bürgerservice,
    Standesamt|Standesamt und Urkundenstelle, Kulturamt|Fachbereich Kultur, Bauamt|Fachbereich Bauen und Wohnen,
    Kämmerei|Fachbereich Finanzen, Gleichstellungsbeauftragte|Stabsstelle Gleichstellung,
    Stadtbibliothek|Bibliothek und Medienzentrum, Seniorenbeirat|Seniorenvertretung,
    Pressestelle|Presse- und Öffentlichkeitsarbeit, Gesundheitsamt|Fachdienst Gesundheit,
    Ausländerbehörde|Fachdienst Migration, Hauptamt|Zentrale Dienste, Tourist-Information|Stadtmarketing
""")
TRADES = _list("""
    Bäckerei, Autohaus, Apotheke, Tischlerei, Malerbetrieb, Elektro, Gartenbau, Steuerberatung, Rechtsanwälte,
    Fahrschule, Buchhandlung, Druckerei, Reisebüro, Dachdeckerei, Pflegedienst, Physiotherapie, Optik, Metallbau,
    Haustechnik, Fleischerei, Hausverwaltung, Versicherungsbüro, Werbeagentur, Ingenieurbüro, Cateringservice,
    Gebäudereinigung, Zahnarztpraxis
""")
SENIORS = (
    "Alten- und Service-Zentrum",
    "Seniorenclub",
    "Nachbarschaftshilfe",
    "Seniorentreff",
    "Bürgerhaus",
    "Bürgertreff",
)
PARTIES = ("CDU", "SPD", "Die Linke", "FDP", "Bündnis 90/Die Grünen", "Freie Wähler", "Tierschutzpartei")
SPONSORED = _list("""
    Kulturhistorisches Museum, Zoo, Puppentheater, Schwimmhalle, Tierheim,
    Domschatz, Heimatmuseum, Freibad, Elbauenpark, Musikschule, Orgel, Stadtpark,
    Botanischer Garten, Frauenhaus
""")
LEGAL = ("e.V.", "e.V.", "e.V.", "e. V.", "e. V.", "eV", "e.V", "e.V.", "e. V.")
