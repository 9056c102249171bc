"""What exports do to a list: rows without a name, lost columns, other order, other letters, rows away for a day."""

from __future__ import annotations

from identity_histories.idents import human, place
from identity_histories.model import Entry, History, care, day, listing, mobile, phone

KIND = "exports"
LETTERS = "letters"


def _lost() -> list[History]:
    """Return lists that lost something for a day."""
    people = [
        human("eins", "Reinhold Türkenbund", 1001, ident="Z1"),
        human("zwei", "Sieglinde Usambara", 1002, ident="Z2"),
        human("drei", "Traugott Vogelwicke", 1003, ident="Z3"),
    ]
    bodies = [
        place("eins", "Kajakfreunde Paddel", 1004, ident="Y1"),
        place("zwei", "Höhlenforscher Stalaktit", 1005, ident="Y2"),
    ]
    mails = [
        human("eins", "Ursel Wiesenknopf", 1011),
        human("zwei", "Volkmar Zaunrüb", 1012),
        human("drei", "Walburga Adlerfarn", 1013),
    ]
    numbers = [
        place("eins", "Sternfreunde Teleskop", 1014),
        place("zwei", "Vogelwarte Fernglas", 1015),
        place("drei", "Wetterwarte Barometer", 1016),
    ]
    numbered = [entry.but(ident=f"W{i}") for i, entry in enumerate(numbers)]
    phones = [
        human("eins", "Xenophon Bärenklau", 1021, phone=phone(1021)),
        human("zwei", "Yasmina Drachenwurz", 1022, phone=phone(1022)),
    ]
    return [
        History(
            name="row_loses_its_name_persons",
            kind=KIND,
            says="a row with number and mail has no name for a day: nobody is marked as gone",
            days=(
                day(listing("personen", *people), staff=care("zwei", "heute ohne Namen")),
                day(listing("personen", people[0], people[1].but(broken="name"), people[2].but(phone=phone(1001)))),
            ),
        ),
        History(
            name="row_loses_its_name_organisations",
            kind=KIND,
            says="a row with a number has no name for a day: the body is not marked as gone",
            days=(
                day(listing("organisationen", *bodies), staff=care("zwei", "Höhle ohne Namen", table="organisation")),
                day(listing("organisationen", bodies[0].but(org_phone=phone(1006)), bodies[1].but(broken="name"))),
            ),
        ),
        History(
            name="column_of_mails_is_lost",
            kind=KIND,
            says="the column of mails is missing for a day; names and mobiles stay: the same rows, the mails kept",
            days=(
                day(listing("personen", *mails), staff=care("eins", "hat immer noch eine Adresse")),
                day(listing("personen", *(one.but(mail="") for one in mails), without=("mail",))),
                day(listing("personen", *mails)),
            ),
        ),
        History(
            name="column_of_numbers_is_lost",
            kind=KIND,
            says="the column of numbers is missing for a day; all else stays: the same rows",
            days=(
                day(listing("organisationen", *numbered), staff=care("drei", "misst den Druck", table="organisation")),
                day(listing("organisationen", *numbers, without=("ident",))),
                day(listing("organisationen", *numbered)),
            ),
        ),
        History(
            name="column_of_phones_is_lost",
            kind=KIND,
            says="the column of phones is missing: the same rows, the phones kept",
            days=(
                day(listing("personen", *phones), staff=care("eins", "geht nie ans Telefon")),
                day(
                    listing("personen", *(one.but(phone="", mobile="") for one in phones), without=("phone", "mobile"))
                ),
            ),
        ),
    ]


def _sorted() -> list[History]:
    family = [
        Entry(who=who, first=first, last="Ehrenpreis", mail="ehrenpreis@post.example.org", mobile=mobile(1031 + i))
        for i, (who, first) in enumerate([("vater", "Adalbert"), ("mutter", "Bernadette"), ("kind", "Carlotta")])
    ]
    same = [
        Entry(
            who=f"n{i}", body=f"o{i}", first="Maria", last="Frauenschuh", phone=phone(1034 + i), org=org, job="Mitglied"
        )
        for i, org in enumerate(["Blaskapelle Tuba", "Streichquartett Bratsche"])
    ]
    rows = [*family, *same]
    order = History(
        name="list_sorted_otherwise",
        kind=KIND,
        says="family at one mail and namesakes in two bodies, sorted otherwise with one new mobile: the same five rows",
        days=(
            day(
                listing("personen", *rows),
                staff=(*care("mutter", "liest gern vor"), *care("n1", "spielt tief", ticked=False)),
            ),
            day(listing("personen", *rows[::-1][:4], rows[0].but(mobile=mobile(1039)))),
        ),
    )
    twins = [
        Entry(who=f"z{i}", first=first, last="Geißbart", mail="zwillinge@geissbart.example.org", mobile=mobile(1041))
        for i, first in enumerate(["Maximilian", "Maximiliane"])
    ]
    alike = History(
        name="twins_with_all_in_common",
        kind=KIND,
        says="twins share mail and mobile, their names are nearly one; the order changes: two rows",
        days=(day(listing("google", *twins), staff=care("z1", "die Ältere")), day(listing("google", *twins[::-1]))),
    )
    return [order, alike, _namesakes()]


def _namesakes() -> History:
    first, second = (
        Entry(who=f"anna{i}", first="Anna", last="Wegwarte", street=street, postcode=code, city="Magdeburg", note=note)
        for i, (street, code, note) in enumerate(
            [("Lindenpfad 3", "39104", "backt Brot"), ("Bahnhofsgang 9", "39108", "fährt Rad")]
        )
    )
    return History(
        name="namesake_without_mail",
        kind=KIND,
        says="a namesake comes at a near postcode, neither with mail or phone; the order changes: two rows",
        days=(
            day(listing("personen", first), staff=care("anna0", "kennt das Haus")),
            day(listing("personen", second, first), staff=care("anna1", "ist neu", ticked=False)),
            day(listing("personen", first, second)),
        ),
    )


def _file_names() -> list[History]:
    mill = [place(f"m{i}", org, 1051 + i) for i, org in enumerate(["Mühlenverein Mahlwerk", "Müllerzunft Sackwaage"])]
    gull = [place(f"g{i}", org, 1053 + i) for i, org in enumerate(["Möwenschutz Nistplatz", "Küstenwache Leuchtfeuer"])]
    east = [human("ost", "Zita Himmelschlüssel", 1055)]
    west = [human("west", "Adele Immenblatt", 1056)]
    return [
        History(
            name="files_of_similar_names",
            kind=KIND,
            says="Mühle.csv and Möhle.csv are two lists: neither marks the rows of the other",
            days=tuple(
                day(
                    listing("organisationen", *mill, file="Mühle.csv"),
                    listing("organisationen", *gull, file="Möhle.csv"),
                    staff=care("m0", "mahlt sonntags", table="organisation") if not i else (),
                )
                for i in range(2)
            ),
        ),
        History(
            name="files_of_one_name_in_two_folders",
            kind=KIND,
            says="two files of one name lie in two folders: refused, or neither marks the rows of the other",
            days=tuple(
                day(
                    listing("personen", *(e.but(phone=phone(1057 + i)) for e in east), file="ost/Personenliste.csv"),
                    listing("personen", *west, file="west/Personenliste.csv", may_refuse=True),
                    staff=care("ost", "wohnt im Osten") if not i else (),
                )
                for i in range(2)
            ),
        ),
    ]


def _letters() -> list[History]:
    """Return lists in other encodings; one of garbled letters may be refused, but must make no other people."""
    sound = [place("eins", "Bürgerstube Käfigblüte", 1061), place("zwei", "Förderkreis Hörspäße", 1062)]
    numbered = [
        place("eins", "Mädchentreff Grünspan", 1063, ident="B1"),
        place("zwei", "Männerchor Höhenflug", 1064, ident="B2"),
    ]
    people = [
        Entry(who="eins", first="Jürgen", last="Küchenschellmüller", mobile=mobile(1065)),
        Entry(who="zwei", first="Käthe", last="Löwenzähnig", mobile=mobile(1066)),
    ]
    mac = [place("eins", "Trödelmarkt Plüschbär", 1067), place("zwei", "Jägerchor Fährtenhörn", 1068)]
    garbled = "letters are garbled for a day: refused, or at least nobody new and nobody twice"
    people_counts = ("wrong_person", "doubled")
    return [
        History(
            name="encoding_1252_and_utf8",
            kind=LETTERS,
            says="the same list in Windows-1252, UTF-8 and UTF-16: the same rows",
            days=(
                day(
                    listing("organisationen", *sound, encoding="cp1252"),
                    staff=care("eins", "blüht spät", table="organisation"),
                ),
                day(listing("organisationen", sound[0].but(org_phone=phone(1069)), sound[1], encoding="utf-8-sig")),
                day(listing("organisationen", *sound, encoding="utf-16")),
            ),
        ),
        History(
            name="garbled_with_numbers",
            kind=LETTERS,
            says=f"in a list with numbers {garbled}",
            counts=people_counts,
            days=(
                day(listing("organisationen", *numbered), staff=care("eins", "offen ab drei", table="organisation")),
                day(listing("organisationen", *numbered, encoding="twice", may_refuse=True)),
                day(listing("organisationen", numbered[0].but(org_phone=phone(1070)), numbered[1])),
            ),
        ),
        History(
            name="garbled_without_numbers",
            kind=LETTERS,
            says=f"in a list without numbers {garbled}",
            counts=people_counts,
            days=(
                day(listing("personen", *people), staff=care("zwei", "zwei Mal umgezogen")),
                day(listing("personen", *people, encoding="twice", may_refuse=True)),
                day(listing("personen", people[0].but(phone=phone(1071)), people[1])),
            ),
        ),
        History(
            name="garbled_by_a_mac",
            kind=LETTERS,
            says=f"saved by Excel for Mac {garbled}",
            counts=people_counts,
            days=(
                day(listing("organisationen", *mac), staff=care("eins", "nur samstags", table="organisation")),
                day(listing("organisationen", *mac, encoding="mac_roman", may_refuse=True)),
                day(listing("organisationen", mac[0].but(org_phone=phone(1072)), mac[1])),
            ),
        ),
    ]


def _away() -> list[History]:
    """Return rows that are missing for a day."""
    stays = human("bleibt", "Balthasar Judassilber", 1081)
    goes = human("geht", "Christiane Knabenkraut", 1082)
    other = human("geht", "Dankwart Leinkraut", 1083)
    stays2 = human("bleibt", "Ernestine Mannstreu", 1084)
    bodies = [place("bleibt", "Kurrende Silberton", 1085), place("geht", "Kirchbauhütte Spitzbogen", 1086)]
    return [
        History(
            name="human_missing_for_a_day",
            kind=KIND,
            says="a row is missing for a day and returns: the same row, no longer marked",
            days=(
                day(listing("personen", stays, goes), staff=care("geht", "war im Urlaub")),
                day(listing("personen", stays)),
                day(listing("personen", stays, goes.but(phone=phone(1082)))),
            ),
        ),
        History(
            name="human_returns_with_new_mail",
            kind=KIND,
            says="a row is missing for a day and returns with a new mail: met or asked",
            days=(
                day(listing("personen", stays2, other), staff=care("geht", "kommt mit neuer Adresse zurück")),
                day(listing("personen", stays2)),
                day(listing("personen", stays2, other.but(mail="dankwart@zurueck.example.org"))),
            ),
            may_ask=frozenset({"geht"}),
        ),
        History(
            name="body_missing_for_a_day",
            kind=KIND,
            says="a body is missing for a day and returns: the same row, no longer marked",
            days=(
                day(listing("organisationen", *bodies), staff=care("geht", "baut im Sommer", table="organisation")),
                day(listing("organisationen", bodies[0])),
                day(listing("organisationen", *bodies[::-1])),
            ),
        ),
    ]


HISTORIES = [*_lost(), *_sorted(), *_file_names(), *_letters(), *_away()]
