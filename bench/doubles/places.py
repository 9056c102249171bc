"""Where people and bodies are: Magdeburg by postcode with its streets, and the towns and villages around it."""

from __future__ import annotations

import dataclasses

from bench.doubles.chance import Chance, Weighted

# Postcode; weight; quarters; streets that lie there.
_MAGDEBURG = """
39104|9|Altstadt, Altstadt|Breiter Weg, Otto-von-Guericke-Straße, Ernst-Reuter-Allee, Hegelstraße, Leiterstraße, \
Jakobstraße, Sternstraße, Haeckelstraße, Keplerstraße, Julius-Bremer-Straße, Große Münzstraße, Regierungsstraße, \
Domplatz, Danzstraße, Hasselbachplatz, Weinarkade, Schleinufer, Bärstraße, Keplerstraße, Planckstraße, \
Einsteinstraße, Liebigstraße, Bölschestraße
39106|5|Alte Neustadt, Nordfront|Lüneburger Straße, Universitätsplatz, Rogätzer Straße, Sandtorstraße, \
Agnetenstraße, Hohepfortestraße, Ottenbergstraße, Moldenstraße, Listemannstraße, Insleber Straße, Nachtweide, \
Theodor-Kozlowski-Straße
39108|11|Stadtfeld Ost, Stadtfeld|Große Diesdorfer Straße, Olvenstedter Straße, Maxim-Gorki-Straße, Goethestraße, \
Schillerstraße, Ebendorfer Straße, Wilhelm-Külz-Straße, Gerhart-Hauptmann-Straße, Immermannstraße, Arndtstraße, \
Annastraße, Lessingplatz, Steinigstraße, Editharing, Adelheidring, Freiherr-vom-Stein-Straße, Herderstraße, \
Hans-Löscher-Straße, Spielhagenstraße
39110|7|Stadtfeld West, Diesdorf|Beimsstraße, Harsdorfer Straße, Schmeilstraße, Seehäuser Straße, \
Hermann-Hesse-Straße, Belforter Straße, Weizengrund, Am Stadtrand, Dorothea-Erxleben-Straße, Flechtinger Straße, \
Niederndodeleber Straße, Zollstraße, Am Hirschsprung
39112|9|Sudenburg, Sudenburg|Halberstädter Straße, Braunschweiger Straße, Heidestraße, Helmstedter Straße, \
St.-Michael-Straße, Hellestraße, Wolfenbütteler Straße, Südring, Otto-Richter-Straße, Langer Weg, Salzmannstraße, \
Fröbelstraße, Jordanstraße, Kroatenwuhne, Rottersdorfer Straße, Bergstraße, Ambrosiusplatz, Lutherstraße, \
Schöninger Straße, Klausenerstraße
39114|6|Cracau, Brückfeld|Berliner Chaussee, Cracauer Straße, Potsdamer Straße, Brandenburger Straße, \
Genthiner Straße, Friedrich-Ebert-Straße, Pechauer Platz, Gübser Weg, Am Cracauer Anger, Tessenowstraße, \
Herrenkrugstraße, Zuckerbusch, Mittelstraße, Thomas-Müntzer-Platz
39116|6|Ottersleben, Lemsdorf|Königstraße, Wanzleber Chaussee, Frankefelde, Am Birnengarten, Niendorfer Straße, \
Ottersleber Chaussee, Richard-Dembny-Straße, Kirschweg, Am Diebesgrund, Lüttgen-Ottersleber-Straße, \
Harzburger Straße, Blankenburger Straße
39118|6|Leipziger Straße, Hopfengarten|Leipziger Straße, Hasselbacher Weg, Brenneckestraße, Raiffeisenstraße, \
Semmelweisstraße, Am Hopfengarten, Fermersleber Weg, Kirschberg, Marienstraße, Ackerstraße, Birnbaumweg, \
Werner-von-Siemens-Ring, Schilfbreite
39120|6|Reform, Bördegärten|Otto-Baer-Straße, Apollostraße, Juri-Gagarin-Straße, Neptunweg, Merkurweg, \
Hermann-Hesse-Ring, Kosmonautenweg, Fallersleber Weg, Bunter Weg, Fliederweg, Heckenweg, Asternweg, Quittenweg, \
Reformer Anger, Jupiterweg
39122|5|Salbke, Westerhüsen|Alt Salbke, Alt Fermersleben, Alt Westerhüsen, Schönebecker Straße, Faulmannstraße, \
Thüringer Straße, Zackmünder Straße, Unterhorstweg, Kroppenstedter Straße, Kieler Straße, Gröninger Straße, \
Wolfsfelder Straße, Welsleber Straße
39124|7|Neue Neustadt, Neustadt|Lübecker Straße, Umfassungsstraße, Morgenstraße, Nicolaiplatz, Moritzplatz, \
Haldensleber Straße, Wedringer Straße, Mittagstraße, Abendstraße, Hundisburger Straße, Kastanienstraße, Curiestraße, \
Hamburger Straße, Grünstraße, Sieverstorstraße
39126|5|Neustädter See, Rothensee|Salvador-Allende-Straße, Pablo-Neruda-Straße, Lumumbastraße, Victor-Jara-Straße, \
Barleber Straße, Windmühlenstraße, August-Bebel-Damm, Ziolkowskistraße, Krähenstieg, Pettenkoferstraße, Turmstraße, \
Oebisfelder Straße, Dr.-Grosz-Straße
39128|7|Kannenstieg, Neustädter Feld|Johannes-R.-Becher-Straße, Neuer Renneweg, Mechthildstraße, Milchweg, \
Kannenstieg, Danziger Dorf, Helene-Weigel-Straße, Othrichstraße, Lerchenwuhne, Nordstraße, Hugo-Junkers-Allee, \
Ebendorfer Chaussee, Pfahlberg, Kritzmannstraße
39130|7|Neu Olvenstedt, Nordwest|Olvenstedter Scheid, Bruno-Taut-Ring, St.-Josef-Straße, Hans-Grade-Straße, \
Scharnhorstring, Rennebogen, Sternbogen, Johannes-Göderitz-Straße, Düppler Mühlenstraße, Bruno-Beye-Ring, \
Hohe Straße, Klosterwuhne, Weidenweg, Am Seeufer
"""
# Names with which each postcode is filled up to about forty; each street lies in one postcode only.
_MORE = """
Ahornweg Akazienweg Am_Anger Am_Brunnen Am_Deich Am_Fuchsberg Am_Hang Am_Kiefernhain Am_Mühlgraben Am_Neuber Am_Park
Am_Polderdeich Am_Sportplatz Am_Stern Am_Teich Am_Vogelherd Am_Wall Amselweg An_der_Elbe An_der_Klinke An_der_Sülze
Annenstraße Apfelweg Arminiusstraße Augustastraße Bachstraße Badeteichstraße Bahnikstraße Basedowstraße
Beethovenstraße Behringstraße Benediktinerstraße Berthold-Brecht-Straße Biberweg Birkenweg Bleckenburgstraße Blumenweg
Bodestraße Brahmsstraße Braunlager_Straße Brauereistraße Brunnerstraße Buchenweg Buckauer_Straße Budenbergstraße
Calbische_Straße Carl-Miller-Straße Clara-Zetkin-Straße Coquistraße Cochstedter_Straße Dahlienweg Damaschkeplatz
Desdemonastraße Dessauer_Straße Dodendorfer_Straße Dohlenweg Dornenweg Dreibrückenstraße Drosselsteig Ebereschenweg
Eichenweg Eichendorffstraße Eisnerstraße Elbeblick Elbstraße Elsterweg Emanuel-Larisch-Weg Erich-Weinert-Straße
Eschenröder_Straße Eulegraben Fasanenweg Feldstraße Fichtestraße Finkenweg Fischerufer Försterstraße Freie_Straße
Freudenbergstraße Friedensweg Friesenstraße Gagernstraße Gareisstraße Gartenstraße Gellertstraße Georg-Heidler-Straße
Germerstraße Gerikestraße Geschwister-Scholl-Straße Gneisenauring Goldschmiedebrücke Grenzstraße Großer_Werder
Grusonstraße Gustav-Adolf-Straße Gutenbergstraße Gröperstraße Hafenstraße Hainbuchenweg Händelstraße
Hannoversche_Straße Harnackstraße Harzweg Haselnußweg Havelstraße Haydnplatz Hegewiesenweg Heinrich-Heine-Weg
Heinrich-Mundlos-Ring Hesekielstraße Holsteiner_Straße Holzweg Hospitalstraße Humboldtstraße Ihleburger_Straße
Ilsenburger_Straße Innsbrucker_Straße Irxleber_Straße Jägerweg Jerichower_Straße Jenaer_Straße Jean-Burger-Straße
Johannes-Kirsch-Straße Kämeritzstraße Kantstraße Karl-Liebknecht-Straße Karl-Schmidt-Straße Kapellenstraße Kiefernweg
Klewitzstraße Klopstockstraße Klosterkamp Kloster-Berge-Straße Koburger_Straße Köthener_Straße Korbwerder Körnerplatz
Krugstraße Krummer_Ellenbogen Kurt-Mühlenhaupt-Straße Lärchenweg Leibnizstraße Leinestraße Leuschnerstraße Lignestraße
Liliencronstraße Lindenweg Lingnerstraße Loitscher_Weg Lorenzweg Luisenthaler_Straße Magdalenenweg Maikäferweg
Malzmühlenweg Martin-Gallus-Straße Max-Otten-Straße Meißner_Straße Memlebener_Straße Menzer_Straße Mittelwuhne
Mozartstraße Mühlenweg Müllnerstraße Münchenhofstraße Nelkenweg Neustädter_Straße Neinstedter_Straße Nussbaumweg
Oderstraße Oststraße Ottostraße Oschersleber_Straße Pappelallee Pestalozzistraße Peter-Paul-Straße Pfälzer_Straße
Pfeifferstraße Poststraße Prälatenstraße Pralfstraße Quedlinburger_Straße Quellenweg Rathenaustraße Rathmannstraße
Rehweg Reichelstraße Rosenweg Rostocker_Straße Röntgenstraße Rothenseer_Straße Rötgerstraße Saalestraße Salbker_Straße
Sachsenring Schäfferstraße Schanzenweg Schellheimerplatz Schenkendorfstraße Schlehenweg Schlachthofstraße
Schleiermacherstraße Schmidtstraße Schneiderstraße Schöppensteg Schrotebogen Schrotdorfer_Straße Schwalbenweg
Schweriner_Straße Seilerweg Sieboldstraße Silberbergweg Sohlener_Straße Sonnenanger Spechtweg Spielplatzstraße
Staßfurter_Straße Stendaler_Straße Stieglitzweg Stolzestraße Stormstraße Stresemannstraße Sülzeweg Tangermünder_Straße
Tannenweg Taubenstraße Thiemstraße Tismarstraße Triftweg Tulpenweg Uhlandstraße Ulmenweg Ulnerstraße Unterer_Weg
Virchowstraße Vogelbreite Vogelsang Waldweg Walbecker_Straße Walmbergsweg Walther-Rathenau-Straße Warschauer_Straße
Wasserkunststraße Wasserstraße Weberstraße Weidenstraße Weitlingstraße Werderstraße Westring Wielandstraße Wiesengrund
Wilhelm-Kobelt-Straße Wilhelm-Raabe-Straße Wischenstraße Wolmirstedter_Straße Wörmlitzer_Straße Zeisigweg
Zerbster_Straße Ziegeleiweg Zincksstraße Zschokkestraße Zum_Handelshof Zur_Siedlung Zwergsteig Zwickauer_Straße
Adolfstraße Alexander-Puschkin-Straße Bebertaler_Straße Bertolt-Brecht-Platz Charlottenstraße Crucigerstraße
Dequeder_Straße Elbinger_Straße Flurstraße Gartenweg Groperstraße Gottschedstraße Henningstraße Insterburger_Straße
Jahnring Kannenweg Lindwurmstraße Leipziger_Chaussee Mansfelder_Straße Neuhaldensleber_Straße Pasewalker_Straße
Ravensberger_Straße Rübeländer_Straße Sandbreite Schopenhauerstraße Sommerlindenweg Stadtweg Steubenallee
Thälmannstraße Tuchmacherweg
"""
# Town; postcode; area code; weight.
_TOWNS = """
Schönebeck (Elbe)|39218|03928|60;Burg|39288|03921|50;Haldensleben|39340|03904|40;Wolmirstedt|39326|039201|34
Barleben|39179|039203|24;Wanzleben|39164|039209|20;Oschersleben (Bode)|39387|03949|26;Gommern|39245|039200|22
Biederitz|39175|039292|20;Möser|39291|039222|16;Staßfurt|39418|03925|26;Calbe (Saale)|39240|039291|16
Zerbst/Anhalt|39261|03923|20;Halberstadt|38820|03941|26;Stendal|39576|03931|30;Genthin|39307|03933|18
Egeln|39435|039268|10;Niederndodeleben|39167|039204|14;Halle (Saale)|06108|0345|22;Dessau-Roßlau|06844|0340|18
Bernburg (Saale)|06406|03471|16;Quedlinburg|06484|03946|12;Gardelegen|39638|03907|14;Tangermünde|39590|039322|10
Wernigerode|38855|03943|14;Aschersleben|06449|03473|12;Köthen (Anhalt)|06366|03496|10;Salzwedel|29410|03901|10
Barby|39249|039298|10;Bördeland|39221|039297|8;Sülzetal|39171|039205|12;Colbitz|39326|039207|6;Zielitz|39326|039208|5
Loitsche|39326|039208|4;Rogätz|39326|039208|5;Angern|39326|039363|4;Jerichow|39319|039343|5;Tangerhütte|39517|03935|6
Osterburg|39606|03937|6;Havelberg|39539|039387|5;Bismark|39629|039089|4;Seehausen|39615|039386|5;Klötze|38486|03909|4
Oebisfelde|39646|039002|5;Eilsleben|39365|039409|4;Ummendorf|39365|039409|3;Hötensleben|39393|039405|3
Völpke|39393|039402|3;Gröningen|39397|039403|4;Kroppenstedt|39397|039264|3;Hadmersleben|39398|039408|3
Schwanebeck|39397|039424|3;Osterwieck|38835|039421|4;Blankenburg|38889|03944|6;Thale|06502|03947|6
Ballenstedt|06493|039483|4;Hecklingen|39444|03925|4;Nienburg (Saale)|06429|034721|4;Könnern|06420|034691|3
Güsten|39439|039262|3;Alsleben|06425|034692|3;Loburg|39279|039245|4;Möckern|39291|039221|6;Leitzkau|39279|039241|3
Theeßen|39291|039223|2;Parey|39317|039349|3;Güsen|39317|039344|3;Elbe-Parey|39317|039349|3;Gerwisch|39175|039292|4
Lostau|39291|039222|4;Hohenwarthe|39291|039222|3;Ebendorf|39179|039203|4;Dahlenwarsleben|39326|039202|3
Groß Ammensleben|39326|039202|3;Irxleben|39167|039204|5;Hohendodeleben|39164|039204|3;Langenweddingen|39171|039205|3
Osterweddingen|39171|039205|4;Dodendorf|39171|0391|3;Welsleben|39221|039296|3;Biere|39221|039297|3
Eickendorf|39221|039297|2;Plötzky|39217|039200|3;Pretzien|39217|039200|3;Erxleben|39343|039052|3
Bebertal|39343|039062|3;Flechtingen|39345|039054|3;Calvörde|39359|039051|3;Bülstringen|39345|039058|2
Süplingen|39343|039053|2;Hundisburg|39343|03904|2;Dreileben|39365|039293|2;Seehausen (Börde)|39365|039407|2
Klein Wanzleben|39164|039209|3;Domersleben|39164|039209|2;Berlin|10119|030|14;Leipzig|04109|0341|8
Braunschweig|38100|0531|8;Hannover|30159|0511|6;Wolfsburg|38440|05361|5;Potsdam|14467|0331|5;Brandenburg|14770|03381|4
"""
_VILLAGE_STREETS = """
Hauptstraße,Bahnhofstraße,Gartenstraße,Schulstraße,Lindenstraße,Bergstraße,Dorfstraße,Magdeburger Straße,
Breite Straße,Kirchstraße,Friedensstraße,Feldstraße,Mühlenstraße,Ringstraße,Karl-Marx-Straße,Ernst-Thälmann-Straße,
August-Bebel-Straße,Goethestraße,Schillerstraße,Am Markt,Markt,Lange Straße,Poststraße,Mittelstraße,Neue Straße,
Wilhelm-Pieck-Straße,Am Bahnhof,Straße der Jugend,Straße des Friedens,Bauernstraße,Burgstraße,Waldstraße,Rosenweg,
Birkenweg,Am Sportplatz,Calbesche Straße,Berliner Straße,Leipziger Straße,Marktstraße,Steinstraße,Turmstraße,
Wasserstraße,Nordstraße,Südstraße,Am Anger,Thomas-Müntzer-Straße,Puschkinstraße,Jahnstraße,Kleine Straße,Salzstraße,
Domplatz,Holzmarkt,Rathausplatz,Schloßstraße,Zum Park,Parkstraße,Geschwister-Scholl-Straße,Straße der Einheit,
Anhalter Straße,
"""

MAGDEBURG = "Magdeburg"


@dataclasses.dataclass(frozen=True)
class Place:
    """A town or a postcode of Magdeburg; ``quarters`` is empty elsewhere, ``area_code`` is that of the telephone."""

    city: str
    postcode: str
    area_code: str
    streets: tuple[str, ...]
    quarters: tuple[str, ...] = ()


def _magdeburg() -> list[tuple[Place, float]]:
    lines = [line.split("|") for line in _MAGDEBURG.strip().splitlines()]
    taken = {street.strip() for line in lines for street in line[3].split(",")}
    more = [name for name in dict.fromkeys(_MORE.replace("_", "\0").split()) if name.replace("\0", " ") not in taken]
    found = []
    for i, (postcode, weight, quarters, streets) in enumerate(lines):
        own = [street.strip() for street in streets.split(",")] + [
            name.replace("\0", " ") for name in more[i :: len(lines)]
        ]
        place = Place(
            MAGDEBURG, postcode, "0391", tuple(dict.fromkeys(own)), tuple(q.strip() for q in quarters.split(","))
        )
        found.append((place, float(weight)))
    return found


def _around() -> list[tuple[Place, float]]:
    streets = [street.strip() for street in _VILLAGE_STREETS.replace("\n", "").split(",") if street.strip()]
    found = []
    for i, entry in enumerate(_TOWNS.strip().replace("\n", ";").split(";")):
        city, postcode, area_code, weight = entry.split("|")
        own = tuple(streets[:12]) + tuple(streets[12 + (i * 7 + k * 3) % (len(streets) - 12)] for k in range(14))
        found.append((Place(city, postcode, area_code, tuple(dict.fromkeys(own))), float(weight)))
    return found


def _weighted(found: list[tuple[Place, float]]) -> Weighted[Place]:
    return Weighted([place for place, _ in found], [weight for _, weight in found])


IN_MAGDEBURG = _weighted(_magdeburg())
AROUND = _weighted(_around())


def place(chance: Chance, in_magdeburg: float = 0.68) -> Place:
    """Return a place, in this share of all cases a postcode of Magdeburg."""
    return chance.pick(IN_MAGDEBURG if chance.happens(in_magdeburg) else AROUND)


def house(chance: Chance) -> str:
    """Return a house number ("17", "4a", seldom "12-14")."""
    number = chance.between(1, 30) if chance.happens(0.6) else chance.between(1, 180)
    if chance.happens(0.1):
        return f"{number}{chance.one_of('abcd')}"
    return f"{number}-{number + 2}" if chance.happens(0.02) else str(number)


def plain_city(city: str) -> str:
    """Return the name of a town without what stands in brackets or behind a stroke ("Schönebeck (Elbe)")."""
    return city.split(" (", maxsplit=1)[0].split("/", maxsplit=1)[0]
