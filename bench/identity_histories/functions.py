"""What people do where: functions that are dated or titled otherwise, offices that change hands, people who move on."""

from __future__ import annotations

from identity_histories.model import Entry, History, Listing, care, day, listing, mobile, phone

KIND = "functions"


def _played(name: str, says: str, *lists: Listing, label: str = "sie", ask: tuple[str, ...] = ()) -> History:
    return History(
        name=name,
        kind=KIND,
        says=says,
        may_ask=frozenset(ask),
        days=(day(lists[0], staff=care(label, f"Funktion {name}")), *(day(one) for one in lists[1:])),
    )


def _one_post() -> list[History]:
    since = Entry(
        who="sie",
        body="verein",
        first="Dietlinde",
        last="Dornröschen",
        mail="dd@zinnober.example.org",
        mobile=mobile(901),
        org="Kunsthalle Zinnober",
        job="Vorsitz",
        since="01.03.2024",
    )
    bare = Entry(
        who="sie",
        body="verein",
        first="Eleonore",
        last="Frauenmantel",
        org="Kinoclub Projektor",
        job="Vorsitz",
        since="01.05.2023",
    )
    title = Entry(
        who="sie",
        body="verein",
        first="Felicitas",
        last="Gänseblum",
        mail="fg@karussell.example.org",
        mobile=mobile(902),
        org="Schaustellerbund Karussell",
        job="Leitung",
    )
    card = Entry(
        who="sie",
        body="verein",
        first="Gerlinde",
        last="Hahnenfuß",
        mail="gh@luftpost.example.org",
        org="Ballonclub Luftpost",
        job="Pilotin",
    )
    two = [
        Entry(
            who="sie",
            body="verein",
            first="Hiltrud",
            last="Jungfernreb",
            mail="hj@stempel.example.org",
            mobile=mobile(903),
            org="Philatelieverein Stempel",
            job=job,
        )
        for job in ("Vorsitz", "Kasse")
    ]
    return [
        _played(
            "since_moves_by_a_month",
            "Von of a post is corrected by a month: one function, not marked",
            listing("personen", since),
            listing("personen", since.but(since="01.04.2024")),
        ),
        _played(
            "since_moves_without_mail",
            "the same for somebody with neither mail nor phone: one function, not marked",
            listing("personen", bare),
            listing("personen", bare.but(since="01.06.2023")),
        ),
        _played(
            "since_appears",
            "Von is filled in for the first time: one function, not marked",
            listing(
                "personen",
                since.but(
                    who="sie",
                    last="Efeuranke",
                    mail="de@zinnwald.example.org",
                    mobile=mobile(904),
                    org="Malkreis Zinnwald",
                    since="",
                ),
            ),
            listing(
                "personen",
                since.but(
                    who="sie",
                    last="Efeuranke",
                    mail="de@zinnwald.example.org",
                    mobile=mobile(904),
                    org="Malkreis Zinnwald",
                ),
            ),
        ),
        _played(
            "post_gets_other_title",
            "Leitung becomes Geschäftsführung: the same human, one or two functions",
            listing("personen", title),
            listing("personen", title.but(job="Geschäftsführung")),
        ),
        _played(
            "post_gets_other_title_on_card",
            "the same on a card: the same human, one or two functions",
            listing("vcard", card),
            listing("vcard", card.but(job="Flugleiterin")),
        ),
        _played(
            "one_of_two_posts_ends",
            "of two posts of one human in one body one is no longer named: the other is not marked",
            listing("personen", *two),
            listing("personen", two[0].but(phone=phone(903))),
        ),
    ]


def _offices() -> list[History]:
    office = {
        "body": "amt",
        "org": "Dezernat Soziale Angelegenheiten Börde",
        "office": "Sozialdezernat Börde",
        "job": "Beigeordnete Person",
    }
    ada = Entry(
        who="ada", first="Irmgard", last="Löwenmaul", mail="loewenmaul@boerde.example.org", phone=phone(911), **office
    )
    bernd = Entry(
        who="bernd",
        first="Jochen",
        last="Klatschmohn",
        mail="klatschmohn@boerde.example.org",
        phone=phone(912),
        **office,
    )
    own = History(
        name="office_changes_hands",
        kind=KIND,
        says="an office gets another holder with own mail and phone: one office, two humans, two functions",
        days=(
            day(listing("personen", ada), staff=care("ada", "hielt die Rede zum Ehrenamt")),
            day(listing("personen", bernd), staff=care("bernd", "noch nicht vorgestellt", ticked=False)),
            day(listing("personen", bernd.but(phone=phone(913)))),
        ),
        may_ask=frozenset({"bernd"}),
    )
    office = {
        "body": "amt",
        "org": "Kulturamt Altmark",
        "office": "Kulturbüro Altmark",
        "job": "Amtsleitung",
        "mail": "kulturbuero@altmark.example.org",
    }
    ada = Entry(who="ada", first="Kreszenz", last="Mauerpfeffer", phone=phone(914), **office)
    bernd = Entry(who="bernd", first="Lambert", last="Nelkenbusch", phone=phone(915), **office)
    shared = History(
        name="office_changes_hands_and_back",
        kind=KIND,
        says="an office with a common mailbox gets another holder, and the first one again: one office, two humans",
        days=(
            day(listing("personen", ada), staff=care("ada", "hat das Fest erfunden")),
            day(listing("personen", bernd)),
            day(listing("personen", ada)),
        ),
        may_ask=frozenset({"bernd"}),
    )
    return [own, shared]


def _moves_on() -> list[History]:
    old, new = {"body": "alt", "org": "Denkmalbund Säule"}, {"body": "neu", "org": "Parkverein Rotunde"}
    mail = Entry(
        who="sie",
        first="Marlies",
        last="Orchideental",
        mail="marlies@orchidee.example.org",
        mobile=mobile(921),
        job="Leitung",
        **old,
    )
    both = [
        Entry(
            who="sie",
            first="Nanette",
            last="Pusteblum",
            mail="nanette@pusteblum.example.org",
            mobile=mobile(922),
            job="Beirat",
            body=body,
            org=org,
        )
        for body, org in (("eins", "Tierheim Pfote"), ("zwei", "Reitstall Hufeisen"))
    ]
    no_mail = Entry(
        who="sie",
        first="Ortrud",
        last="Rittersporn",
        mobile=mobile(923),
        job="Redaktion",
        body="alt",
        org="Stadtteilzeitung Lupe",
    )
    only_name = Entry(
        who="sie", first="Petronella", last="Seidelbast", job="Archiv", body="alt", org="Geschichtswerkstatt Pergament"
    )
    return [
        _played(
            "human_moves_on",
            "she leaves one body of the list and joins another; mail and mobile stay: the same human",
            listing("personen", mail),
            listing("personen", mail.but(**new)),
        ),
        _played(
            "human_moves_on_without_mail",
            "the same with nothing but a mobile: the same human",
            listing("outlook_de", no_mail),
            listing("outlook_de", no_mail.but(body="neu", org="Verlagshaus Tintenfass")),
        ),
        _played(
            "human_moves_on_only_name",
            "the same with nothing but a name: met or asked about",
            listing("personen", only_name),
            listing("personen", only_name.but(body="neu", org="Stadtarchiv Wachssiegel")),
            ask=("sie",),
        ),
        _played(
            "human_leaves_one_of_two",
            "she stands with two bodies and leaves one: the same human, the other post not marked",
            listing("personen", *both),
            listing("personen", both[1].but(phone=phone(922))),
        ),
        _played(
            "human_gets_a_first_body",
            "she was listed without a body; now she has one; mobile stays: the same human",
            listing("outlook_de", no_mail.but(last="Schwertlilie", mobile=mobile(924), org="", body="", job="")),
            listing(
                "outlook_de", no_mail.but(last="Schwertlilie", mobile=mobile(924), org="Filmbüro Klappe", body="neu")
            ),
        ),
    ]


HISTORIES = [*_one_post(), *_offices(), *_moves_on()]
