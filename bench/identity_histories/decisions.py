"""What staff decide, correct, delete and take back, and what the list says of it the next day."""

from __future__ import annotations

from identity_histories.idents import human, place
from identity_histories.model import (
    Adds,
    Decides,
    Deletes,
    Entry,
    History,
    Note,
    Parts,
    Replaces,
    Types,
    Undoes,
    care,
    day,
    listing,
    mobile,
    phone,
)

MERGED = "merged"
UNDONE = "taken back"
TYPED = "staff"


def _merged() -> list[History]:
    twice = [
        place("chor", "Kantatenchor Abendglut", 1101, ident="X1"),
        place("chor", "Kantatenchor Abendglut e. V.", 1101, ident="X2"),
    ]
    other = place("andere", "Posaunenchor Morgenrot", 1102, ident="X3")
    same = human("sie", "Ehrentraud Nachtschatten", 1103)
    first = same.but(mail="ehrentraud@eins.example.org")
    second = same.but(first="Traudel", mail="ehrentraud@zwei.example.org", mobile="")
    pair = [human("vater", "Friedemann Ochsenherz", 1105), human("sohn", "Friedemann Ochsenherz", 1106)]
    apart = [
        human("tante", "Gerhild Pimpernuss", 1107, phone=phone(1107)),
        human("nichte", "Gerhild Pimpernuss", 1108, phone=phone(1107)),
    ]
    third = human("dritte", "Hadwig Rauschebeer", 1109)
    return [
        History(
            name="merged_rows_list_drops_double",
            kind=MERGED,
            says="staff merge two rows of one list; then the list drops its own double: the row is not marked",
            days=(
                day(listing("organisationen", *twice, other), staff=(Note("andere", "bläst am Turm"), Decides("chor"))),
                day(staff=care("chor", "probt montags", table="organisation")),
                day(listing("organisationen", twice[1], other)),
            ),
        ),
        History(
            name="merged_rows_of_two_lists",
            kind=MERGED,
            says="staff merge rows of two lists; then one has a new mail, the other none of her: met or asked about",
            days=(
                day(
                    listing("outlook_de", first, third, source="outlook"),
                    listing("google", second, source="handy"),
                    staff=(*care("dritte", "steht nur dabei"), Decides("sie")),
                ),
                day(listing("google", second.but(mail="ehrentraud@drei.example.org"), source="handy")),
                day(listing("outlook_de", first.but(phone=phone(1103)), third, source="outlook")),
            ),
            may_ask=frozenset({"sie"}),
        ),
        History(
            name="merge_taken_back",
            kind=UNDONE,
            says="staff merge father and son by mistake, take it back, and the list comes again: two rows again",
            days=(
                day(
                    listing("personen", *pair),
                    staff=(
                        *care("vater", "der Ältere"),
                        *care("sohn", "der Jüngere", ticked=False),
                        Decides("vater", "sohn"),
                    ),
                ),
                day(staff=(Parts("vater"),)),
                day(listing("personen", pair[0].but(phone=phone(1105)), pair[1])),
            ),
        ),
        History(
            name="told_apart_stays_apart",
            kind=MERGED,
            says="staff call aunt and niece of one name and phone different; then a mail changes: still two rows",
            days=(
                day(
                    listing("personen", *apart),
                    staff=(*care("tante", "backt Brot"), Decides("tante", "nichte", "verschieden")),
                ),
                day(listing("personen", apart[0], apart[1].but(mail="nichte@pimpernuss.example.org"))),
            ),
        ),
    ]


def _undone() -> list[History]:
    bodies = [
        place("eins", "Bürgerverein Süßkirsche", 1111, ident="U1"),
        place("zwei", "Mütterzentrum Königskerze", 1112, ident="U2"),
    ]
    people = [human("eins", "Isabella Sauerklee", 1113), human("zwei", "Jeremias Teufelskrall", 1114)]
    wrong = [one.but(mobile=mobile(1115 + i), phone=phone(1115 + i)) for i, one in enumerate(people)]
    named = [human("eins", "Konstanze Trauerweid", 1117), human("zwei", "Leberecht Uferseggen", 1118)]
    shifted = [
        named[0].but(mail=named[1].mail, mobile=named[1].mobile),
        named[1].but(mail=named[0].mail, mobile=named[0].mobile),
    ]
    alone = human("sie", "Mirabella Vogelbeerbaum", 1119)
    return [
        History(
            name="undone_garbled_list_comes_right",
            kind=UNDONE,
            says="staff take a garbled list back and bring the right one in: all its rows are there",
            days=(
                day(
                    listing("organisationen", *bodies, encoding="twice", accept=("zeichensatz",)),
                    staff=(Undoes("liste"),),
                ),
                day(listing("organisationen", *bodies)),
                day(listing("organisationen", bodies[0].but(org_phone=phone(1121)), bodies[1])),
            ),
        ),
        History(
            name="undone_wrong_numbers_come_right",
            kind=UNDONE,
            says="a list brings wrong numbers, staff take that run back, the next list brings others: those stand",
            days=(
                day(listing("personen", *people), staff=care("eins", "ruft selbst zurück")),
                day(listing("personen", *wrong), staff=(Undoes("liste"),)),
                day(listing("personen", *(one.but(phone=phone(1123 + i)) for i, one in enumerate(people)))),
            ),
        ),
        History(
            name="undone_shifted_list_comes_right",
            kind=UNDONE,
            says="mails and mobiles slipped by a row; staff take it back and bring the right list in: both as they are",
            days=(day(listing("personen", *shifted), staff=(Undoes("liste"),)), day(listing("personen", *named))),
        ),
        History(
            name="undone_and_same_list_again",
            kind=UNDONE,
            says="staff take a list back and bring the very same one in again: she is there",
            days=(day(listing("vcard", alone), staff=(Undoes("liste"),)), day(listing("vcard", alone))),
        ),
    ]


def _typed() -> list[History]:
    renamed = human("sie", "Notger Wolfsmilchh", 1131)
    deleted = human("sie", "Ortwin Zypergras", 1132)
    stays = human("andere", "Philomena Ackerhell", 1133)
    box = {
        "mail": "vorstand@kletterwand.example.org",
        "org": "Alpinverein Kletterwand",
        "body": "verein",
        "job": "Vorstand",
    }
    ada = Entry(who="ada", first="Quintus", last="Bitterling", phone=phone(1134), **box)
    bernd = Entry(who="bernd", first="Roswitha", last="Chrysanth", phone=phone(1135), **box)
    box = {"mail": "leitung@stromhaus.example.org", "org": "Energieladen Stromhaus", "body": "verein", "job": "Leitung"}
    old = Entry(who="alt", first="Sigmund", last="Diptam", phone=phone(1136), **box)
    new = Entry(who="neu", first="Tusnelda", last="Eisenhut", phone=phone(1137), **box)
    body = place("verein", "Literaturkreis Eselsohr", 1138)
    met = place("verein", "Druckwerkstatt Bleisatz", 1139)
    return [
        History(
            name="staff_correct_the_name_in_place",
            kind=TYPED,
            says="staff correct the spelling, the list keeps the old one and brings a new phone: one row",
            days=(
                day(listing("personen", renamed), staff=care("sie", "mit einem h")),
                day(staff=(Types("sie", {"last_name": "Wolfsmilch"}),)),
                day(listing("personen", renamed.but(phone=phone(1131)))),
            ),
        ),
        History(
            name="staff_correct_the_name_list_follows",
            kind=TYPED,
            says="staff correct the name of a body, then the list does the same: one row",
            days=(
                day(listing("organisationen", body), staff=care("verein", "liest im Garten", table="organisation")),
                day(staff=(Types("verein", {"name": "Literaturkreis Lesezeichen"}),)),
                day(listing("organisationen", body.but(org="Literaturkreis Lesezeichen"))),
            ),
        ),
        History(
            name="deleted_stays_away",
            kind=TYPED,
            says="staff delete a row; the list names it again with a new phone: it stays away",
            days=(
                day(listing("personen", deleted, stays), staff=(Note("andere", "bleibt stehen"), Deletes("sie"))),
                day(listing("personen", deleted.but(phone=phone(1132)), stays)),
            ),
        ),
        History(
            name="deleted_and_followed",
            kind=TYPED,
            says="staff delete one human; the list names the successor at the same mailbox: the successor gets a row",
            days=(day(listing("personen", ada), staff=(Deletes("ada"),)), day(listing("personen", bernd))),
        ),
        History(
            name="staff_type_the_successor_over",
            kind=TYPED,
            says="staff type the successor over the row; then the list names the successor: one row, one human",
            days=(
                day(listing("personen", old)),
                day(staff=(Replaces("alt", "neu", {"first_name": "Tusnelda", "last_name": "Eisenhut"}),)),
                day(listing("personen", new)),
            ),
        ),
        History(
            name="staff_body_met_by_list",
            kind=TYPED,
            says="staff entered a body themselves; a list names it with the same name and postcode: one row",
            days=(
                day(
                    staff=(
                        Adds(
                            "verein",
                            "organisation",
                            {"name": "Druckwerkstatt Bleisatz", "postcode": "39104", "short_name": "DWB"},
                        ),
                        *care("verein", "druckt die Plakate", table="organisation"),
                    )
                ),
                day(listing("organisationen", met)),
                day(listing("freinet_csv", met.but(ident="1139"), source="freinet")),
            ),
        ),
    ]


HISTORIES = [*_merged(), *_undone(), *_typed()]
