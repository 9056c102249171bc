"""Bodies that are spelled otherwise, move, are renamed, or bear a name that others bear, too."""

from __future__ import annotations

from identity_histories.idents import place
from identity_histories.model import Entry, History, Listing, care, day, listing, mobile, phone

SPELLED = "organisation's name"
SAME_NAME = "same name"


def _one(
    name: str,
    says: str,
    first: Listing,
    *others: Listing,
    ask: tuple[str, ...] = (),
    label: str = "verein",
    kind: str = SPELLED,
) -> History:
    table = "person" if label == "sie" else "organisation"
    return History(
        name=name,
        kind=kind,
        says=says,
        may_ask=frozenset(ask),
        days=(day(first, staff=care(label, f"gehört zu {name}", table=table)), *(day(other) for other in others)),
    )


def _spelled() -> list[History]:
    wrong = place("verein", "Bürgerforum Kranichh", 801)
    town = place("verein", "Verein Orgelpfeife", 802)
    form = place("verein", "Chorgemeinschaft Harmonium", 803)
    short = place("verein", "Kinderschutz Regenschirm", 804, ident="N4")
    renamed = place("verein", "Altenhilfe Morgenstern", 805, ident="N5")
    without = place("verein", "Gesprächskreis Laterne", 806, org_web="https://www.laterne-806.example.org")
    small = Entry(who="sie", body="verein", first="Almut", last="Bergahorn", org="Verein Posaune", job="Kasse")
    known = small.but(
        first="Bettina",
        last="Feldahorn",
        org="Verein Querflöte",
        mail="bettina@querfloete.example.org",
        phone=phone(807),
    )
    both = place("verein", "Heimatstube Trommel", 808)
    return [
        _one(
            "body_corrected",
            "one letter of the name changes; address, phone and mail stay: the same row",
            listing("organisationen", wrong),
            listing("organisationen", wrong.but(org="Bürgerforum Kranich")),
        ),
        _one(
            "body_gets_town",
            "the town is added to the name; address and phone stay: the same row",
            listing("organisationen", town),
            listing("organisationen", town.but(org="Verein Orgelpfeife Magdeburg")),
        ),
        _one(
            "body_gets_legal_form",
            "e. V. is added to the name: the same row",
            listing("freinet_csv", form),
            listing("freinet_csv", form.but(org="Chorgemeinschaft Harmonium e. V.", org_phone=phone(813))),
        ),
        _one(
            "body_shortened_under_id",
            "under its number the name gets shorter, the address stays: the same row",
            listing("freinet_csv", short),
            listing("freinet_csv", short.but(org="Regenschirm")),
        ),
        _one(
            "body_renamed_under_id",
            "under its number, at its address, it bears a wholly new name: the same row, renamed",
            listing("freinet_csv", renamed),
            listing("freinet_csv", renamed.but(org="Zuhause im Kiez")),
        ),
        _one(
            "body_renamed_without_id",
            "without number a wholly new name at the same address, phone, mail, web: met or asked",
            listing("organisationen", without),
            listing("organisationen", without.but(org="Nachtcafé Zuversicht")),
            ask=("verein",),
        ),
        _one(
            "body_gets_town_in_list_of_persons",
            "a list of persons adds the town; who works there has mail and phone: she "
            "is the same row, the body is met or asked about",
            listing("personen", known),
            listing("personen", known.but(org="Verein Querflöte Magdeburg")),
            ask=("verein",),
            label="sie",
        ),
        _one(
            "body_gets_town_in_bare_list_of_persons",
            "the same with nothing but a name and a post: met or asked about",
            listing("personen", small),
            listing("personen", small.but(org="Verein Posaune Magdeburg")),
            ask=("verein", "sie"),
            label="sie",
        ),
        _one(
            "body_corrected_in_one_of_two_lists",
            "two lists know it; one corrects the name, the other keeps on: one row",
            listing("organisationen", both, source="stadt"),
            listing("freinet_csv", both.but(ident="N8"), source="freinet"),
            listing("freinet_csv", both.but(ident="N8", org="Heimatstube Trommelwirbel"), source="freinet"),
        ),
    ]


def _moved() -> list[History]:
    here = place("verein", "Frauenzentrum Tulpenzwiebel", 821, org_web="https://tulpenzwiebel.example.org")
    new = {"org_street": "Am Alten Hafen 12", "org_postcode": "39126"}
    other = place("verein", "Männerkreis Uhrwerk", 822, org_web="https://uhrwerk-822.example.org")
    numbered = place("verein", "Werkstatt Violine", 823, ident="U3")
    return [
        _one(
            "body_moves",
            "other street and postcode, same name, phone and web: the same row",
            listing("organisationen", here),
            listing("organisationen", here.but(**new)),
        ),
        _one(
            "body_moves_in_other_list",
            "another list has the new address, same name, phone and web: met or asked about",
            listing("organisationen", other, source="stadt"),
            listing(
                "freinet_csv",
                other.but(ident="U2", org_street="Am Neuen Hafen 13", org_postcode="39128"),
                source="freinet",
            ),
            ask=("verein",),
        ),
        _one(
            "body_moves_and_renames_under_id",
            "under its number it moves and one word of the name changes; phone and mail stay: the same row",
            listing("organisationen", numbered),
            listing(
                "organisationen",
                numbered.but(org="Werkstätten Violine", org_street="Am Kleinen Hafen 14", org_postcode="39130"),
            ),
        ),
    ]


def _kita(body: str, name: str, number: int, **more: str) -> Entry:
    return Entry(
        body=body,
        org=name,
        org_phone=phone(number),
        org_mail=f"kita{number}@traeger.example.org",
        org_city="Magdeburg",
        **more,
    )


def _two(
    name: str, says: str, *days: Listing, ask: bool = False, labels: tuple[str, str] = ("nord", "sued")
) -> History:
    staff = care(labels[0], f"Haus {name}", table="organisation")
    return History(
        name=name,
        kind=SAME_NAME,
        says=says,
        may_ask=frozenset(labels if ask else ()),
        days=(day(days[0], staff=staff), *(day(one) for one in days[1:])),
    )


def _same_name() -> list[History]:
    def pair(word: str, number: int) -> tuple[Entry, Entry]:
        name = f"Kita {word}"
        return (
            _kita("nord", name, number, org_street=f"{word}weg 1", org_postcode="39104"),
            _kita("sued", name, number + 1, org_street=f"{word}weg 99", org_postcode="39126"),
        )

    one, two = pair("Wolkenschiff", 831)
    later, second = pair("Xylophon", 833)
    leaving, staying = pair("Zaubernuss", 835)
    stadt, land = pair("Apfelbäckchen", 837)
    street = [
        _kita("nord", "Seniorenwohnpark Birnenhof", 841, org_street="Birnenallee 2", org_postcode="39106"),
        _kita("sued", "Seniorenwohnpark Birnenhof", 842, org_street="Birnenallee 40", org_postcode="39106"),
    ]
    parts = [
        _kita("nord", "Bürgerverein Cidre (Nord)", 843, org_street="Cidreweg 3", org_postcode="39104"),
        _kita("sued", "Bürgerverein Cidre (Süd)", 844, org_street="Cidreweg 88", org_postcode="39104"),
    ]
    numbered = [entry.but(ident=ident) for entry, ident in zip(pair("Erbsenkönig", 845), ("E1", "E2"), strict=True)]
    known = place("verein", "Theaterkiste Flaschenpost", 847, ident="F7")
    person = Entry(
        who="sie",
        body="verein",
        first="Clothilde",
        last="Spitzahorn",
        org="Theaterkiste Flaschenpost",
        mail="clothilde@flaschenpost.example.org",
        job="Regie",
    )
    same = place("verein", "Musikzug Glockenspiel", 848)
    return [
        _two(
            "two_sites_in_one_list",
            "two sites of one name with other address, phone and mail: two rows; one phone changes",
            listing("organisationen", one, two),
            listing("organisationen", one, two.but(org_phone=phone(851))),
        ),
        _two(
            "two_sites_with_ids",
            "the same with numbers, in the other order the next day: two rows",
            listing("freinet_csv", *numbered),
            listing("freinet_csv", *numbered[::-1]),
        ),
        _two(
            "two_sites_same_postcode",
            "two sites of one name with one postcode, streets and phones differ: two rows, or asked",
            listing("organisationen", *street),
            listing("organisationen", *street[::-1]),
            ask=True,
        ),
        _two(
            "second_site_comes_later",
            "a second site of the name appears: the first stays the same row",
            listing("organisationen", later),
            listing("organisationen", later, second),
        ),
        _two(
            "one_of_two_sites_leaves",
            "of two sites the first leaves the list: the second is not marked and stays itself",
            listing("organisationen", leaving, staying),
            listing("organisationen", staying),
        ),
        _two(
            "two_bodies_in_two_lists",
            "two lists know a body of that name at different addresses: two rows; a question is right",
            listing("organisationen", stadt, source="stadt"),
            listing("freinet_csv", land.but(ident="L1"), source="freinet"),
            ask=True,
        ),
        _two(
            "north_and_south",
            "(Nord) and (Süd) in one list, order changes: two rows",
            listing("organisationen", *parts),
            listing("organisationen", parts[1], parts[0].but(org_phone=phone(853))),
        ),
        _one(
            "body_met_by_name_and_postcode",
            "two lists know it with the same name and postcode: one row, as the handbook says",
            listing("organisationen", same, source="stadt"),
            listing("freinet_csv", same.but(ident="G8"), source="freinet"),
            kind=SAME_NAME,
        ),
        _one(
            "body_named_by_list_of_persons",
            "a list of persons names a body that another list brought: met or asked about",
            listing("organisationen", known, source="stadt"),
            listing("personen", person, source="leute"),
            listing("personen", person.but(mobile=mobile(855)), source="leute"),
            ask=("verein",),
            kind=SAME_NAME,
        ),
    ]


HISTORIES = [*_spelled(), *_moved(), *_same_name()]
