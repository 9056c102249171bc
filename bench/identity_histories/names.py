"""One human under another name: married, spelled rightly at last, with a title elsewhere, in two lists."""

from __future__ import annotations

from identity_histories.model import Adds, Entry, History, Listing, Types, care, day, listing, mobile, phone

MARRIED = "marriage"
SPELLED = "corrected name"


def _who(first: str, last: str, **more: str) -> Entry:
    return Entry(who="sie", first=first, last=last, **more)


def _changes(
    name: str, kind: str, says: str, profile: str, entry: Entry, *, note: str, ask: bool = False, **new: str
) -> History:
    """Return a list of one human whose cells change overnight, beside somebody who stays."""
    labels = frozenset({"sie"}) if ask else frozenset()
    return History(
        name=name,
        kind=kind,
        says=says,
        may_ask=labels,
        days=(day(listing(profile, entry), staff=care("sie", note)), day(listing(profile, entry.but(**new)))),
    )


def _married() -> list[History]:
    club = {"body": "verein", "job": "Kassenwartin"}
    return [
        _changes(
            "marriage_personen",
            MARRIED,
            "new last name at the same personal mail and mobile, same body: the same row",
            "personen",
            _who(
                "Berenike",
                "Kupferschmied",
                mail="berenike@familie-k.example.org",
                mobile=mobile(401),
                org="Sängerbund Waldhorn",
                **club,
            ),
            note="heiratet im Mai",
            last="Lindenblatt",
        ),
        _changes(
            "marriage_vcard",
            MARRIED,
            "a card without UID gets a new last name; mail and mobile stay: the same row",
            "vcard",
            _who("Cosima", "Mandelkern", mail="cosima@nussbaum.example.org", mobile=mobile(402)),
            note="zieht nach Burg",
            last="Nussbaumer",
        ),
        _changes(
            "marriage_freinet",
            MARRIED,
            "a contact person marries; her own mail and phone stay: the same row",
            "freinet_csv",
            _who(
                "Dorothea",
                "Pfefferkorn",
                salutation="Frau",
                mail="d.p@hospizverein-kerze.example.org",
                phone=phone(403),
                ident="7101",
                org="Hospizverein Kerze",
                org_street="Eibenweg 5",
                org_postcode="39110",
                org_city="Magdeburg",
                body="verein",
                job="Koordination",
            ),
            note="leitet den Kurs im Herbst",
            last="Quittenbaum",
        ),
        _changes(
            "marriage_changed_mail",
            MARRIED,
            "last name and mail change, mobile and post stay: met or asked about",
            "outlook_de",
            _who(
                "Elfriede",
                "Rosenzweig",
                mail="e.rosenzweig@stadtteilbad.example.org",
                mobile=mobile(404),
                org="Stadtteilbad Diesdorf",
                body="verein",
                job="Schwimmmeisterin",
            ),
            note="schwimmt vor Dienstbeginn",
            ask=True,
            last="Sauerampfer",
            mail="e.sauerampfer@stadtteilbad.example.org",
        ),
        _changes(
            "marriage_under_ident",
            MARRIED,
            "same Kennung, first name and mobile; last name and mail new: the same row",
            "personen",
            _who("Friederike", "Thymian", ident="P-88", mail="f.thymian@post.example.org", mobile=mobile(405)),
            note="hat Zwillinge",
            last="Ulmenhain",
            mail="f.ulmenhain@post.example.org",
        ),
        _changes(
            "marriage_double_name",
            MARRIED,
            "a second last name is hung on the first: the same row",
            "google",
            _who("Gundula", "Veilchen", mail="gundula@veilchen.example.org", mobile=mobile(406)),
            note="Patin für Lesen",
            last="Veilchen-Wacholder",
        ),
        _changes(
            "marriage_only_mail",
            MARRIED,
            "only a personal mail and the first name stay: met or asked about",
            "thunderbird_de",
            _who("Hedwig", "Zimtstern", mail="hedwig1961@post.example.org"),
            note="backt für das Sommerfest",
            ask=True,
            last="Anisplatz",
        ),
        _typed_first(),
    ]


def _typed_first() -> History:
    """Return a marriage that staff knew of before the list did."""
    entry = _who("Isolde", "Bärlauch", mail="isolde@garten-b.example.org", mobile=mobile(407))
    return History(
        name="marriage_staff_typed_first",
        kind=MARRIED,
        says="staff typed the new last name; then the list brings it: nothing new, nothing twice",
        days=(
            day(listing("personen", entry), staff=(*care("sie", "hat auf dem Standesamt angerufen"),)),
            day(staff=(Types("sie", {"last_name": "Cichorie"}),)),
            day(listing("personen", entry.but(last="Cichorie"))),
        ),
    )


def _spelled() -> list[History]:
    return [
        _changes(
            "corrected_last_name_freinet",
            SPELLED,
            "one letter of the last name changes, mail and phone stay: the same row",
            "freinet_csv",
            _who(
                "Jakob",
                "Steinmätz",
                salutation="Herr",
                mail="jakob@repaircafe-nord.example.org",
                phone=phone(411),
                ident="7111",
                org="Repaircafé Schraube",
                org_street="Fichtenweg 8",
                org_postcode="39126",
                org_city="Magdeburg",
                body="verein",
                job="Ansprechperson",
            ),
            note="repariert Radios",
            last="Steinmetz",
        ),
        _changes(
            "corrected_first_name",
            SPELLED,
            "the first name is spelled otherwise, only the mail is the same: the same row",
            "thunderbird_de",
            _who("Kristof", "Dillkraut", mail="dillkraut@post.example.org"),
            note="bringt den Beamer mit",
            first="Christoph",
        ),
        _changes(
            "corrected_last_name_no_mail",
            SPELLED,
            "without mail; the mobile stays while the spelling changes: the same row",
            "personen",
            _who("Ludmilla", "Estragonn", mobile=mobile(412), org="Tanzkreis Polka", body="verein", job="Leitung"),
            note="tanzt jeden Dienstag",
            last="Estragon",
        ),
        _changes(
            "corrected_last_name_only_body",
            SPELLED,
            "nothing but body and post stay while the spelling changes: met or asked",
            "personen",
            _who("Magdalena", "Fenchell", org="Imkerverein Wabe", body="verein", job="Schriftführung"),
            note="hat zwölf Völker",
            ask=True,
            last="Fenchel",
        ),
        _changes(
            "swapped_names_fixed",
            SPELLED,
            "first and last name stood in each other's column until today: the same row",
            "personen",
            _who("Gundermann", "Norbert", mail="norbert.g@post.example.org"),
            note="mag seinen Nachnamen nicht",
            first="Norbert",
            last="Gundermann",
        ),
        _changes(
            "swapped_names_fixed_no_mail",
            SPELLED,
            "the same without mail; the mobile stays: the same row",
            "outlook_de",
            _who("Hopfenzitz", "Ottilie", mobile=mobile(413), org="Hebammenhaus Wiege", body="verein", job="Hebamme"),
            note="nur mittwochs zu sprechen",
            first="Ottilie",
            last="Hopfenzitz",
        ),
        _changes(
            "title_moves_into_name",
            SPELLED,
            "the title moves from its column to the first name: the same row",
            "personen",
            _who("Xaver", "Immergrün", title="Dr.", mail="xaver@immergruen.example.org"),
            note="war Schularzt",
            title="",
            first="Dr. Xaver",
        ),
        _changes(
            "mail_in_other_case",
            SPELLED,
            "the mail is written in small letters now: the same row",
            "outlook_de",
            _who("Yvonne", "Jasminov", mail="Yvonne.Jasminov@Frauenhaus-Aster.Example.ORG", phone=phone(414)),
            note="Adresse nie weitergeben",
            mail="yvonne.jasminov@frauenhaus-aster.example.org",
            phone=phone(415),
        ),
        _changes(
            "umlaut_spelled_out",
            SPELLED,
            "oe becomes ö; nothing else is known but the body: the same row",
            "thunderbird_de",
            _who("Raimund", "Schoenhaar", org="Modellbahnclub Spur", body="verein", job="Beisitz"),
            note="baut die Brücken",
            last="Schönhaar",
        ),
        _changes(
            "second_first_name",
            SPELLED,
            "a second first name appears at the same mail: the same row",
            "vcard",
            _who("Hans", "Kamillenthal", mail="h.kamillenthal@post.example.org"),
            note="hieß in der Schule Peter",
            first="Hans Peter",
        ),
        _changes(
            "initial_written_out",
            SPELLED,
            "an initial becomes a first name at the same mail: the same row",
            "google",
            _who(
                "H.",
                "Liebstöckel",
                mail="liebstoeckel@kantorei.example.org",
                org="Kantorei Lobgesang",
                body="verein",
                job="Kantorat",
            ),
            note="spielt die kleine Orgel",
            first="Helga",
        ),
        *_two_lists(),
    ]


def _pair(name: str, says: str, first: Listing, second: Listing, *, ask: bool = False) -> History:
    return History(
        name=name,
        kind=SPELLED,
        says=says,
        may_ask=frozenset({"sie"} if ask else ()),
        days=(day(first, staff=care("sie", f"kommt aus {name}")), day(second)),
    )


def _two_lists() -> list[History]:
    kate = _who("Katharina", "Majoran", mail="k.majoran@post.example.org", mobile=mobile(421))
    same = _who("Leopold", "Nelkenwurz", mail="leo@nelkenwurz.example.org", mobile=mobile(422))
    upper = _who("Mechthild", "Odermennig", mail="mechthild@odermennig.example.org", phone=phone(423))
    typed = _who("Notburga", "Petersilius", mail="nb@petersilius.example.org", mobile=mobile(424))
    return [
        _pair(
            "two_lists_nickname",
            "Katharina in one list, Käthe at the same mail in the other: met or asked about",
            listing("personen", kate, source="stadt"),
            listing("google", kate.but(first="Käthe"), source="handy"),
            ask=True,
        ),
        _pair(
            "two_lists_same_name_and_mail",
            "same name and mail in two lists: one row, as the handbook says",
            listing("outlook_de", same, source="outlook"),
            listing("personen", same, source="stadt"),
        ),
        _pair(
            "two_lists_capitals",
            "the second list writes names in capitals: one row, as same name and mail are",
            listing("vcard", upper, source="handy"),
            listing("personen", upper.but(first="MECHTHILD", last="ODERMENNIG"), source="stadt"),
        ),
        History(
            name="staff_row_met_by_list",
            kind=SPELLED,
            says="staff entered her themselves; a list names her with the same name and mail: one row",
            days=(
                day(
                    staff=(
                        Adds(
                            "sie",
                            "person",
                            {
                                "first_name": "Notburga",
                                "last_name": "Petersilius",
                                "mail": "nb@petersilius.example.org",
                                "city": "Barleben",
                            },
                        ),
                        *care("sie", "kam über die Freiwilligenbörse"),
                    )
                ),
                day(listing("personen", typed)),
                day(listing("personen", typed.but(mail="nb.neu@petersilius.example.org"))),
            ),
        ),
    ]


HISTORIES = [*_married(), *_spelled()]
