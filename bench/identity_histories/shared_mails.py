"""Mail addresses that several humans share: families, couples, colleagues."""

from __future__ import annotations

from identity_histories.model import Entry, History, care, day, listing, mobile, phone

SHARED = "shared mail"


def _family(mail: str, last: str, number: int, *firsts: str) -> list[Entry]:
    """Return members of one family at one address, each with a mobile."""
    return [
        Entry(who=first.casefold(), first=first, last=last, mail=mail, mobile=mobile(number + i))
        for i, first in enumerate(firsts)
    ]


def _shared() -> list[History]:
    anna, ben = _family("fam@holunder.example.org", "Holunderbusch", 521, "Annegret", "Benedikt")
    second = History(
        name="family_second_comes_and_goes",
        kind=SHARED,
        says="the first member stays the same row when a second one appears at the mail and disappears again",
        days=(
            day(listing("personen", anna), staff=care("annegret", "organisiert den Flohmarkt")),
            day(listing("personen", anna, ben)),
            day(listing("personen", anna.but(phone=phone(521)))),
        ),
    )
    trio = _family("alle@ingwer.example.org", "Ingwerstock", 531, "Carola", "Dietmar", "Emmeline")
    third = History(
        name="family_third_comes",
        kind=SHARED,
        says="a second and a third member appear at one mail, day by day: three rows, none twice",
        days=(
            day(listing("google", trio[0]), staff=care("carola", "kocht für vierzig")),
            day(listing("google", *trio[:2]), staff=care("dietmar", "fährt den Anhänger", ticked=False)),
            day(listing("google", *trio)),
        ),
    )
    anna, ben = _family("haus@johannis.example.org", "Johannisbeer", 541, "Frauke", "Gerold")
    leaves = History(
        name="family_first_leaves",
        kind=SHARED,
        says="of two at one mail the first leaves: the second stays the same row and is not marked",
        days=(
            day(
                listing("outlook_de", anna, ben),
                staff=(*care("frauke", "singt Alt"), *care("gerold", "singt Bass", ticked=False)),
            ),
            day(listing("outlook_de", ben)),
        ),
    )
    anna, ben = _family("wir@knoblauch.example.org", "Knoblauchsland", 551, "Hilke", "Ivo")
    couple = History(
        name="couple_from_day_one",
        kind=SHARED,
        says="a couple shares a mail from the first day; order and a mobile change: two rows",
        days=(
            day(listing("outlook_de", anna, ben), staff=care("hilke", "möchte keine Post", ticked=True)),
            day(listing("outlook_de", ben.but(mobile=mobile(553)), anna)),
        ),
    )
    anna, ben = _family("zwei@lavendel.example.org", "Lavendelfeld", 561, "Juliane", "Kilian")
    cards = History(
        name="couple_on_cards",
        kind=SHARED,
        says="the same on two cards without UID; then one of the two gets an address of his own: two rows",
        days=(
            day(listing("vcard", anna, ben), staff=care("kilian", "ist der Ruhigere")),
            day(listing("vcard", anna, ben.but(mail="kilian@lavendel.example.org"))),
        ),
    )
    return [second, third, leaves, couple, cards, *_colleagues()]


def _colleagues() -> list[History]:
    office = {"mail": "kontakt@umsonstladen.example.org", "org": "Umsonstladen Kiste", "body": "laden", "job": "Team"}
    names = [
        ("lia", "Liane", "Minzenhof"),
        ("mio", "Mirko", "Nachtkerze"),
        ("nea", "Neele", "Ochsenzung"),
        ("ole", "Olaf", "Passionsblum"),
    ]
    team = [
        Entry(who=who, first=first, last=last, phone=phone(571 + i), **office)
        for i, (who, first, last) in enumerate(names)
    ]
    replaced = History(
        name="three_colleagues_one_replaced",
        kind=SHARED,
        says="three colleagues at one mailbox; a new one comes for one of them: four rows, each its own",
        days=(
            day(
                listing("personen", *team[:3]),
                staff=(*care("mio", "hat den Ladenschlüssel"), *care("nea", "macht die Kasse", ticked=False)),
            ),
            day(listing("personen", team[0], team[2], team[3])),
        ),
        may_ask=frozenset({"ole"}),
    )
    office = {"mail": "post@nachttelefon.example.org", "org": "Nachttelefon Lotse", "body": "telefon", "job": "Dienst"}
    names = [("pia", "Pia", "Quendelberg"), ("rolf", "Rolf", "Ringelblum"), ("suse", "Suse", "Sonnenhut")]
    team = [
        Entry(who=who, first=first, last=last, mobile=mobile(581 + i), **office)
        for i, (who, first, last) in enumerate(names)
    ]
    away = History(
        name="three_colleagues_one_on_leave",
        kind=SHARED,
        says="of three at one mailbox only two are named for a day, then all again: three rows, none marked",
        days=(
            day(
                listing("thunderbird_de", *team),
                staff=(*care("pia", "nur nachts"), *care("suse", "nur tags", ticked=False)),
            ),
            day(listing("thunderbird_de", *team[1:])),
            day(listing("thunderbird_de", *team[::-1])),
        ),
    )
    places = [
        {
            "ident": "7301",
            "org": "Kita Purzelbaum",
            "body": "eins",
            "org_street": "Weidenweg 1",
            "org_postcode": "39118",
            "org_city": "Magdeburg",
        },
        {
            "ident": "7302",
            "org": "Hort Kletterbaum",
            "body": "zwei",
            "org_street": "Weidenring 7",
            "org_postcode": "39120",
            "org_city": "Magdeburg",
        },
    ]
    common = {"mail": "verwaltung@baumkitas.example.org", "job": "Verwaltung"}
    both = [
        Entry(who="tilda", salutation="Frau", first="Tilda", last="Thujahecke", phone=phone(591), **common, **p)
        for p in places
    ]
    new = Entry(who="ulf", salutation="Herr", first="Ulf", last="Unkrautz", phone=phone(592), **common, **places[1])
    two_places = History(
        name="one_contact_of_two_places",
        kind=SHARED,
        says="one contact speaks for two places; a colleague takes over one of them at the same mail: two humans",
        days=(
            day(listing("freinet_csv", *both), staff=care("tilda", "kennt alle Kitas")),
            day(listing("freinet_csv", both[0], new)),
        ),
        may_ask=frozenset({"ulf"}),
    )
    anna, ben = _family("heim@vanille.example.org", "Vanillestange", 595, "Viola", "Wenzel")
    lists = History(
        name="couple_in_two_lists",
        kind=SHARED,
        says="one list names her, another one him, at the mail of both: two humans",
        days=(
            day(listing("personen", anna, source="stadt"), staff=care("viola", "Stadtführerin")),
            day(listing("google", ben, source="handy")),
        ),
    )
    return [replaced, away, two_places, lists]


HISTORIES = _shared()
