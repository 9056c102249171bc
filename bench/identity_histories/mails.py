"""Mail addresses that change, come and go."""

from __future__ import annotations

from identity_histories.model import Entry, History, Types, care, day, listing, mobile, phone

CHANGED = "changed mail"


def _new_mail(name: str, says: str, profile: str, entry: Entry, *, ask: bool = False, **new: str) -> History:
    return History(
        name=name,
        kind=CHANGED,
        says=says,
        may_ask=frozenset({entry.who} if ask else ()),
        days=(
            day(listing(profile, entry), staff=care(entry.who, f"merkt sich {name} nie")),
            day(listing(profile, entry.but(**new))),
        ),
    )


def _changed() -> list[History]:
    same = "mail changes, name stays"
    club = {"body": "verein", "job": "Vorsitz"}
    return [
        _new_mail(
            "changed_mail_personen",
            f"{same}, so do phone, body and post: the same row",
            "personen",
            Entry(
                who="ada",
                first="Albrecht",
                last="Rapunzel",
                mail="albrecht@alt-r.example.org",
                phone=phone(501),
                org="Gartenfreunde Distel",
                **club,
            ),
            mail="a.rapunzel@neu-r.example.org",
        ),
        _new_mail(
            "changed_mail_vcard",
            f"{same}, so does the mobile: the same row",
            "vcard",
            Entry(who="ada", first="Brunhild", last="Salbeier", mail="brunhild@alt-s.example.org", mobile=mobile(502)),
            mail="b.salbeier@neu-s.example.org",
        ),
        _new_mail(
            "changed_mail_outlook",
            f"{same}, so do phone and body: the same row",
            "outlook_de",
            Entry(
                who="ada",
                first="Clemens",
                last="Tausendschön",
                mail="clemens@alt-t.example.org",
                phone=phone(503),
                org="Drachenbootclub Welle",
                **club,
            ),
            mail="vorstand@neu-t.example.org",
        ),
        _new_mail(
            "changed_mail_freinet",
            f"{same} with the same body under its id: the same row",
            "freinet_csv",
            Entry(
                who="ada",
                salutation="Frau",
                first="Delphine",
                last="Vergissmein",
                mail="delphine@alt-v.example.org",
                phone=phone(504),
                ident="7201",
                org="Kinderladen Murmel",
                org_street="Kastanienweg 2",
                org_postcode="39114",
                org_city="Magdeburg",
                body="verein",
                job="Leitung",
            ),
            mail="leitung@murmel.example.org",
        ),
        _new_mail(
            "changed_mail_nothing_else",
            f"{same}; nothing but body and post is known besides: the same row",
            "personen",
            Entry(
                who="ada",
                first="Engelbert",
                last="Waldmeister",
                mail="engelbert@alt-w.example.org",
                org="Wanderverein Kompass",
                **club,
            ),
            mail="wandern@kompass.example.org",
        ),
        _new_mail(
            "changed_mail_and_phone",
            "mail and phone change at once; name, body and post stay: met or asked",
            "personen",
            Entry(
                who="ada",
                first="Flora",
                last="Zitronenmelisse",
                mail="flora@alt-z.example.org",
                phone=phone(505),
                org="Boxring Faust",
                **club,
            ),
            ask=True,
            mail="boxen@faust.example.org",
            phone=phone(506),
        ),
        _new_mail(
            "mail_appears_freinet",
            "a contact person gets a mail address for the first time: the same row",
            "freinet_csv",
            Entry(
                who="ada",
                salutation="Herr",
                first="Gisbert",
                last="Ackerwinde",
                phone=phone(507),
                ident="7202",
                org="Werkhof Span",
                org_street="Rotdornweg 4",
                org_postcode="39116",
                org_city="Magdeburg",
                body="verein",
                job="Meister",
            ),
            mail="gisbert@span.example.org",
        ),
        _new_mail(
            "mail_appears_personen",
            "somebody known by name and mobile gets a mail address: the same row",
            "personen",
            Entry(who="ada", first="Hannelore", last="Beinwell", mobile=mobile(508)),
            mail="hanne@beinwell.example.org",
        ),
        *_comes_and_goes(),
    ]


def _comes_and_goes() -> list[History]:
    entry = Entry(who="ada", first="Ingbert", last="Cardamom", mail="ingbert@cardamom.example.org", mobile=mobile(511))
    away = History(
        name="mail_goes_and_returns",
        kind=CHANGED,
        says="the mail is missing for a day; name and mobile stay: the same row all the time",
        days=(
            day(listing("google", entry), staff=care("ada", "leert sein Postfach selten")),
            day(listing("google", entry.but(mail=""))),
            day(listing("google", entry.but(phone=phone(511)))),
        ),
    )
    one = Entry(
        who="eins",
        first="Peter",
        last="Distelfink",
        mail="peter@bogen.example.org",
        phone=phone(512),
        body="bogen",
        org="Bogenschützen Pfeil",
        job="Vorsitz",
    )
    two = Entry(
        who="zwei",
        first="Peter",
        last="Distelfink",
        mail="peter@kegel.example.org",
        phone=phone(513),
        body="kegel",
        org="Kegelbahn Alle Neune",
        job="Vorsitz",
    )
    namesake = History(
        name="changed_mail_of_a_namesake",
        kind=CHANGED,
        says="of two namesakes in one list one gets a new mail; body and phone tell which: the same rows",
        days=(
            day(
                listing("personen", one, two),
                staff=(*care("eins", "schießt links"), *care("zwei", "wirft rechts", ticked=False)),
            ),
            day(listing("personen", one, two.but(mail="distelfink@kegel.example.org"))),
        ),
    )
    one = one.but(
        last="Erdrauch",
        mail="paul@ruder.example.org",
        phone=phone(514),
        body="ruder",
        org="Ruderclub Skull",
        first="Paul",
    )
    two = two.but(
        last="Erdrauch",
        mail="paul@segel.example.org",
        phone=phone(515),
        body="segel",
        org="Segelclub Jolle",
        first="Paul",
    )
    both = History(
        name="changed_mail_of_both_namesakes",
        kind=CHANGED,
        says="both namesakes get a new mail on one day; phones and bodies stay: met rightly or asked, never crossed",
        days=(
            day(
                listing("personen", one, two),
                staff=(*care("eins", "rudert im Achter"), *care("zwei", "segelt allein", ticked=False)),
            ),
            day(
                listing("personen", two.but(mail="segeln@jolle.example.org"), one.but(mail="rudern@skull.example.org"))
            ),
        ),
        may_ask=frozenset({"eins", "zwei"}),
    )
    entry = Entry(who="ada", first="Kunigunde", last="Fliedertal", mail="kuni@alt-f.example.org", mobile=mobile(516))
    other = History(
        name="changed_mail_in_other_source",
        kind=CHANGED,
        says="another list knows her by the same name and mobile but another mail: met or asked about",
        days=(
            day(listing("outlook_de", entry, source="outlook"), staff=care("ada", "hat drei Adressen")),
            day(listing("google", entry.but(mail="kuni@neu-f.example.org"), source="handy")),
        ),
        may_ask=frozenset({"ada"}),
    )
    entry = Entry(who="ada", first="Lorenz", last="Goldregen", mail="lorenz@alt-g.example.org", mobile=mobile(517))
    typed = History(
        name="changed_mail_staff_typed_first",
        kind=CHANGED,
        says="staff typed the new mail before the list brought it: one row, no question needed",
        days=(
            day(listing("thunderbird_de", entry), staff=care("ada", "zieht zu einem anderen Anbieter")),
            day(staff=(Types("ada", {"mail": "lorenz@neu-g.example.org"}),)),
            day(listing("thunderbird_de", entry.but(mail="lorenz@neu-g.example.org"))),
        ),
    )
    return [away, namesake, both, other, typed]


HISTORIES = _changed()
