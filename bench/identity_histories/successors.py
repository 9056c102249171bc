"""Another human at the same mailbox, under the same ident or on the same card: nobody turns into anybody."""

from __future__ import annotations

from identity_histories.model import Entry, History, care, day, listing, mobile, phone

KIND = "successor"
_NOTE = "kennt die Oberbürgermeisterin seit {year} und mag keine Anrufe vor zehn"


def _contact(who: str, name: str, org: str, number: int, **more: str) -> Entry:
    """Return somebody who speaks for a body at its common mailbox."""
    first, last = name.split(" ", 1)
    told = {"body": "verein", "org": org, "phone": phone(number), "job": "Ansprechperson"} | more
    return Entry(who=who, first=first, last=last, **told)


def _at_info(profile: str, org: str, old: str, new: str, number: int, **place: str) -> History:
    """Return the plain case: the common mailbox names somebody else the next day."""
    mail = f"info@{profile.replace('_', '-')}-haus.example.org"
    ada = _contact("ada", old, org, number, mail=mail, salutation="Frau", **place)
    bernd = _contact("bernd", new, org, number + 1, mail=mail, salutation="Herr", **place)
    return History(
        name=f"successor_{profile}",
        kind=KIND,
        says="another human at the same common mailbox is another human; what hangs on the first one stays there",
        days=(day(listing(profile, ada), staff=care("ada", _NOTE.format(year=1998))), day(listing(profile, bernd))),
        may_ask=frozenset({"bernd"}),
    )


def _plain() -> list[History]:
    place = {"org_street": "Ahornweg 11", "org_postcode": "39104", "org_city": "Magdeburg"}
    return [
        _at_info("personen", "Kulturkreis Lohmühle", "Ada Amselfeld", "Bernd Zwickauer", 101),
        _at_info("freinet_csv", "Tafelrunde Westend", "Irma Brombeer", "Gustav Quandt", 111, ident="4811", **place),
        _at_info("vcard", "Radlertreff Elbaue", "Nora Dachsberger", "Oskar Wittig", 121),
        _at_info("outlook_de", "Seniorenclub Harfe", "Paula Eichholz", "Konrad Vetterlein", 131),
        _at_info("google", "Kleiderkammer Salbke", "Rosa Fichtelberg", "Stefan Ufermann", 141),
        _at_info("thunderbird_de", "Lesepaten Rothensee", "Thea Ginsterbusch", "Uwe Tramnitz", 151),
    ]


def _in_time() -> list[History]:
    """Return successors that come, go and return."""
    org, mail = "Bürgerbühne Sudenburg", "kontakt@buergerbuehne.example.org"
    place = {"ident": "4821", "org_street": "Birkenweg 3", "org_postcode": "39112", "org_city": "Magdeburg"}
    ada = _contact("ada", "Ada Haselhorst", org, 201, mail=mail, salutation="Frau", **place)
    bernd = _contact("bernd", "Bernd Schlehbusch", org, 202, mail=mail, salutation="Herr", **place)
    back = History(
        name="successor_and_back",
        kind=KIND,
        says="Ada, then Bernd, then Ada again: two rows, each with its own, and Ada is not marked as gone",
        days=(
            day(listing("freinet_csv", ada), staff=care("ada", "vertritt sich gern selbst")),
            day(listing("freinet_csv", bernd), staff=care("bernd", "nur für ein halbes Jahr da", ticked=False)),
            day(listing("freinet_csv", ada.but(phone=phone(203)))),
        ),
        may_ask=frozenset({"bernd"}),
    )
    org, mail = "Werkstatt Immermut", "mail@immermut.example.org"
    three = [
        _contact(who, name, org, 211 + i, mail=mail, job="Leitung")
        for i, (who, name) in enumerate(
            [("eva", "Eva Iltisbach"), ("finn", "Finn Jägerndorf"), ("gesa", "Gesa Kiebitz")]
        )
    ]
    two = History(
        name="successor_two_in_a_row",
        kind=KIND,
        says="three humans at one mailbox, one after the other: three rows, each with its own",
        days=(
            day(listing("personen", three[0]), staff=care("eva", "hat die Werkstatt gegründet")),
            day(listing("personen", three[1]), staff=care("finn", "fragt nach Räumen", ticked=False)),
            day(listing("personen", three[2])),
        ),
        may_ask=frozenset({"finn", "gesa"}),
    )
    return [back, two]


def _by_chance() -> list[History]:
    """Return successors who share a part of their name."""
    org, mail = "Bahnhofsmission Buckau", "info@bahnhofsmission-buckau.example.org"
    anna = _contact("anna_l", "Anna Lerchenau", org, 221, mail=mail, salutation="Frau")
    other = _contact("anna_m", "Anna Marderwald", org, 222, mail=mail, salutation="Frau")
    first = History(
        name="successor_same_first_name",
        kind=KIND,
        says="another last name at a common mailbox, other phone: married or somebody else, so ask; never just become",
        days=(
            day(listing("outlook_de", anna), staff=care("anna_l", "singt im Kirchenchor")),
            day(listing("outlook_de", other)),
        ),
        may_ask=frozenset({"anna_l", "anna_m"}),
    )
    org, mail = "Schachfreunde Neustadt", "verein@schachfreunde-neustadt.example.org"
    father = _contact("vater", "Bodo Nachtigaller", org, 231, mail=mail, salutation="Herr", job="Vorsitz")
    daughter = _contact("tochter", "Clara Nachtigaller", org, 232, mail=mail, salutation="Frau", job="Vorsitz")
    last = History(
        name="successor_same_last_name",
        kind=KIND,
        says="the daughter follows the father at the mailbox of the club: another human, or a question",
        days=(
            day(listing("personen", father), staff=care("vater", "spielt seit 1970")),
            day(listing("personen", daughter)),
        ),
        may_ask=frozenset({"vater", "tochter"}),
    )
    mail = "familie.otterstedt@post.example.org"
    anton = Entry(who="anton", first="Anton", last="Otterstedt", mail=mail, mobile=mobile(241))
    berta = Entry(who="berta", first="Berta", last="Otterstedt", mail=mail, mobile=mobile(242))
    partner = History(
        name="successor_partner_same_mail",
        kind=KIND,
        says="the next export names the wife at the mail of the couple: the husband's record stays his",
        days=(day(listing("google", anton), staff=care("anton", "fährt den Bücherbus")), day(listing("google", berta))),
        may_ask=frozenset({"anton", "berta"}),
    )
    return [first, last, partner]


def _other_ways() -> list[History]:
    """Return successors under a personal mail, a number, a card, in another source, in a folder."""
    org = "Mieterbeirat Olvenstedt"
    ada = _contact("ada", "Alma Pirolbach", org, 251, mail="alma.pirolbach@mieterbeirat.example.org", job="Sprecherin")
    bernd = _contact(
        "bernd", "Bruno Querfurth", org, 252, mail="alma.pirolbach@mieterbeirat.example.org", job="Sprecher"
    )
    personal = History(
        name="successor_at_personal_mail",
        kind=KIND,
        says="the office forgot to change the mail address of the one who left: still another human",
        days=(
            day(listing("personen", ada), staff=care("ada", "war zwanzig Jahre Sprecherin")),
            day(listing("personen", bernd)),
        ),
        may_ask=frozenset({"bernd"}),
    )
    org, mail = "Spielmobil Cracau", "post@spielmobil-cracau.example.org"
    ada = _contact("ada", "Cora Rebhahn", org, 261, mail=mail)
    bernd = _contact("bernd", "Detlef Sandmann", org, 262, mail=mail)
    elsewhere = History(
        name="successor_in_other_source",
        kind=KIND,
        says="another list already names the successor at the mailbox: two humans, as each list says",
        days=(
            day(listing("outlook_de", ada, source="outlook"), staff=care("ada", "bringt immer Kuchen mit")),
            day(listing("personen", bernd, source="stadt")),
        ),
        may_ask=frozenset({"bernd", "verein"}),
    )
    org = "Ortsteilrat Beyendorf"
    ada = _contact(
        "ada", "Doris Tannhäuser", org, 271, ident="S4", mail="tannhaeuser@beyendorf.example.org", mobile=mobile(271)
    )
    bernd = _contact(
        "bernd", "Egon Uhlenhorst", org, 272, ident="S4", mail="uhlenhorst@beyendorf.example.org", mobile=mobile(272)
    )
    seat = History(
        name="successor_under_same_ident",
        kind=KIND,
        says="the number is that of the seat: other name, mail, phone and mobile under it are another human",
        days=(
            day(listing("personen", ada), staff=care("ada", "ruft sonntags zurück")),
            day(listing("personen", bernd, may_refuse=True)),
        ),
        may_ask=frozenset({"bernd"}),
    )
    ada = Entry(
        who="ada", uid="handy-17", first="Erna", last="Voglsam", mail="erna@voglsam.example.org", mobile=mobile(281)
    )
    bernd = Entry(
        who="bernd",
        uid="handy-17",
        first="Falk",
        last="Wendehals",
        mail="falk@wendehals.example.org",
        mobile=mobile(282),
    )
    card = History(
        name="successor_on_same_card",
        kind=KIND,
        says="somebody typed another human over a card of the phone; the UID stayed: another human all the same",
        days=(
            day(listing("vcard", ada), staff=care("ada", "gibt Nachhilfe in Latein")),
            day(listing("vcard", bernd, may_refuse=True)),
        ),
        may_ask=frozenset({"bernd"}),
    )
    org, mail = "Stadtgarten Fermersleben", "garten@fermersleben.example.org"
    place = {"ident": "4831", "org_street": "Eschenweg 9", "org_postcode": "39122", "org_city": "Magdeburg"}
    ada = _contact("ada", "Greta Xylander", org, 291, mail=mail, salutation="Frau", **place)
    bernd = _contact("bernd", "Henrik Yorckhoff", org, 292, mail=mail, salutation="Herr", **place)
    folder = History(
        name="successor_in_folder",
        kind=KIND,
        says="the newest file of a folder names the successor: as with a single file",
        days=(
            day(listing("freinet_csv", ada, folder=True), staff=care("ada", "hat den Schlüssel zum Garten")),
            day(listing("freinet_csv", bernd, folder=True)),
        ),
        may_ask=frozenset({"bernd"}),
    )
    return [personal, elsewhere, seat, card, folder]


def _many() -> list[History]:
    """Return lists in which several humans change at once, beside others who stay."""
    stay = [
        _contact(
            f"bleibt{i}",
            name,
            f"Haus der Vereine {word}",
            301 + i,
            body=f"haus{i}",
            mail=f"{word.casefold()}@hdv.example.org",
            ident=f"49{i}",
            org_street=f"Lindenallee {i + 1}",
            org_postcode="39106",
            org_city="Magdeburg",
        )
        for i, (name, word) in enumerate(
            [("Ilse Zaunkönig", "Opal"), ("Jens Abendroth", "Rubin"), ("Karla Bachstelz", "Saphir")]
        )
    ]
    old = [
        _contact(
            f"alt{i}",
            name,
            f"Vereinsheim {word}",
            311 + i,
            body=f"heim{i}",
            mail=f"info@{word.casefold()}-heim.example.org",
            ident=f"50{i}",
            org_street=f"Ulmenring {i + 1}",
            org_postcode="39108",
            org_city="Magdeburg",
        )
        for i, (name, word) in enumerate(
            [
                ("Lotte Christmann", "Topas"),
                ("Mats Dompfaff", "Granat"),
                ("Nils Elsterberg", "Achat"),
                ("Olga Feldhamster", "Jade"),
            ]
        )
    ]
    names = ["Piet Grünspecht", "Quirin Heidschnuck", "Romy Igelmund", "Sven Jungferlein"]
    new = [
        one.but(who=f"neu{i}", first=name.split()[0], last=name.split()[1], phone=phone(321 + i))
        for i, (one, name) in enumerate(zip(old, names, strict=True))
    ]
    two = History(
        name="successors_two_of_seven",
        kind=KIND,
        says="two of seven contacts change at their mailboxes, five stay as they are",
        days=(
            day(listing("freinet_csv", *stay, *old), staff=(*care("alt0", "mag Topase"), *care("alt1", "mag Granate"))),
            day(listing("freinet_csv", *stay, *new[:2], *old[2:])),
        ),
        may_ask=frozenset({"neu0", "neu1"}),
    )
    renamed = [one.but(**_moved(one, number)) for number, one in enumerate((*stay, *old, *new))]
    stay, old, new = renamed[:3], renamed[3:7], renamed[7:]
    four = History(
        name="successors_four_accepted",
        kind=KIND,
        says="four of seven change at once and staff insist (--accept kennungen): nobody turns into anybody",
        days=(
            day(listing("freinet_csv", *stay, *old), staff=care("alt3", "sammelt Briefmarken")),
            day(listing("freinet_csv", *stay, *new, accept=("kennungen",))),
        ),
        may_ask=frozenset({"neu0", "neu1", "neu2", "neu3"}),
    )
    return [two, four]


_OTHER_NAMES = (
    ["Kolbe", "Trapp", "Ullmer", "Veith", "Wolke", "Zander", "Brösel", "Dorn", "Eberling", "Forstner", "Ginzel"],
    ["Turmalin", "Beryll", "Onyx", "Karneol", "Zirkon", "Malachit", "Lapis", "Karneol", "Zirkon", "Malachit", "Lapis"],
)


def _moved(entry: Entry, number: int) -> dict[str, str]:
    """Return the same contact under other names, numbers and addresses, for a second history."""
    last, word = f"{_OTHER_NAMES[0][number]}stein", _OTHER_NAMES[1][number]
    return {
        "last": last,
        "org": f"Treffpunkt {word}",
        "mail": f"treff@{word.casefold()}.example.org",
        "phone": phone(341 + number),
        "ident": f"6{number if number < 7 else number - 4}",
        "org_street": f"Platanenhof {entry.body[-1]}",
    }


HISTORIES = [*_plain(), *_in_time(), *_by_chance(), *_other_ways(), *_many()]
