"""Numbers of a list that change their form, come and go, are given anew, swapped or rotated."""

from __future__ import annotations

from collections.abc import Sequence

from identity_histories.model import Entry, History, care, day, listing, mobile, phone

FORM = "ident changes form"
ANEW = "ident given anew"


def place(body: str, org: str, number: int, **more: str) -> Entry:
    """Return an organisation with an address, a phone and a mail of its own."""
    word = (
        org.rsplit(maxsplit=1)[-1]
        .casefold()
        .replace("ü", "ue")
        .replace("ä", "ae")
        .replace("ö", "oe")
        .replace("ß", "ss")
    )
    told = {
        "org_street": f"{org.rsplit(maxsplit=1)[-1]}weg {number % 90 + 1}",
        "org_postcode": "39104",
        "org_city": "Magdeburg",
        "org_phone": phone(number),
        "org_mail": f"buero@{word}-{number}.example.org",
    }
    return Entry(body=body, org=org, **(told | more))


def human(who: str, name: str, number: int, **more: str) -> Entry:
    """Return somebody with a mail and a mobile of their own."""
    first, last = name.split(" ", 1)
    told = {"mail": f"person{number}@eigen.example.org", "mobile": mobile(number)}
    return Entry(who=who, first=first, last=last, **(told | more))


def _numbered(entries: Sequence[Entry], idents: str) -> list[Entry]:
    return [entry.but(ident=ident) for entry, ident in zip(entries, idents.split(), strict=True)]


def _form() -> list[History]:
    """Return lists whose numbers change while the bodies stay."""
    found = []
    bodies = [place("eins", "Turnkreis Aprikose", 701), place("zwei", "Chorkreis Banane", 702)]
    people = [human("eins", "Wiebke Nieswurz", 711), human("zwei", "Xenia Osterluzei", 712)]
    for name, profile, entries, table in (
        ("organisations", "organisationen", bodies, "organisation"),
        ("persons", "personen", people, "person"),
    ):
        found.append(
            History(
                name=f"ident_loses_zeros_{name}",
                kind=FORM,
                says="Excel makes 7 of 007 and 8 of 008: the same rows",
                days=(
                    day(
                        listing(profile, *_numbered(entries, "007 008")),
                        staff=care("eins", f"null null {name}", table=table),
                    ),
                    day(listing(profile, *_numbered(entries, "7 8"))),
                ),
            )
        )
    bodies = [place("eins", "Skatrunde Cranberry", 703), place("zwei", "Leserunde Dattel", 704)]
    people = [human("eins", "Yannick Primelbeet", 713), human("zwei", "Zacharias Rosmarinus", 714)]
    for name, profile, entries, table in (
        ("organisations", "organisationen", bodies, "organisation"),
        ("persons", "personen", people, "person"),
    ):
        changed = [
            entry.but(**({"org_phone": phone(723 + i)} if entry.org else {"phone": phone(733 + i)}))
            for i, entry in enumerate(entries)
        ]
        found.append(
            History(
                name=f"ident_comes_and_goes_{name}",
                kind=FORM,
                says="a list without Kennung gets one and loses it again: the same rows all the time",
                days=(
                    day(
                        listing(profile, *entries, without=("ident",)),
                        staff=care("zwei", f"kommt und geht {name}", table=table),
                    ),
                    day(listing(profile, *_numbered(entries, "A1 A2"))),
                    day(listing(profile, *changed, without=("ident",))),
                ),
            )
        )
    bodies = [
        place(f"b{i}", f"{kind} {word}", 741 + i)
        for i, (kind, word) in enumerate(
            [("Malschule", "Erdbeere"), ("Tonstudio", "Feige"), ("Töpferei", "Granatapfel"), ("Nähcafé", "Heidelbeere")]
        )
    ]
    people = [
        human(f"p{i}", name, 751 + i)
        for i, name in enumerate(["Aaron Safranek", "Bea Trollblum", "Cem Ulmenrain", "Dana Vogelmiere"])
    ]
    for name, profile, entries, label, table in (
        ("organisations", "organisationen", bodies, "b1", "organisation"),
        ("persons", "personen", people, "p1", "person"),
    ):
        found.append(
            History(
                name=f"idents_all_new_{name}",
                kind=FORM,
                says="new software numbers all rows anew; names, addresses and mails stay: the same rows",
                days=(
                    day(
                        listing(profile, *_numbered(entries, "11 12 13 14")),
                        staff=care(label, f"neu gezählt {name}", table=table),
                    ),
                    day(listing(profile, *_numbered(entries, "9011 9012 9013 9014"))),
                ),
            )
        )
    return found


def _swap(
    name: str,
    says: str,
    profile: str,
    before: Sequence[Entry],
    after: Sequence[Entry],
    *,
    accept: bool = False,
    ask: Sequence[str] = (),
) -> History:
    """Return a list whose numbers name others the next day; to refuse it is right, too, unless staff insist."""
    table = "person" if before[0].who else "organisation"
    labels = [entry.who or entry.body for entry in before]
    second = listing(profile, *after, may_refuse=not accept, accept=("kennungen",) if accept else ())
    return History(
        name=name,
        kind=ANEW,
        says=says,
        may_ask=frozenset(ask),
        days=(
            day(
                listing(profile, *before),
                staff=tuple(
                    a
                    for label in labels
                    for a in care(label, f"{name} {label}", table=table, ticked=label == labels[0])
                ),
            ),
            day(second),
        ),
    )


def _anew() -> list[History]:
    two = [place("alpha", "Turnverein Ingwerkeks", 761), place("omega", "Chor Johannisbrot", 762)]
    people = [human("alpha", "Emil Weidenrös", 771), human("omega", "Fanny Xeranthem", 772)]
    three = [
        place(f"b{i}", f"{kind} {word}", 763 + i)
        for i, (kind, word) in enumerate(
            [("Rudergilde", "Kiwano"), ("Schützengilde", "Limette"), ("Narrengilde", "Mirabelle")]
        )
    ]
    again = [
        place(f"b{i}", f"{kind} {word}", 781 + i)
        for i, (kind, word) in enumerate(
            [("Kegelbrüder", "Nektarine"), ("Skatbrüder", "Orangette"), ("Sangesbrüder", "Papaya")]
        )
    ]
    trio = [
        human(f"p{i}", name, 773 + i) for i, name in enumerate(["Gerrit Ylangblüt", "Hella Zichorien", "Ida Akelei"])
    ]
    kept = [place("sechs", "Seglergilde Quitte", 784), place("sieben", "Angelgilde Rhabarber", 785)]
    old = place("alt", "Jugendhaus Sanddorn", 786)
    new = place("neu", "Frauentreff Tamarinde", 787, org_postcode="39130")
    moved = place("alt", "Brauchtumsbund Umeboshi", 788)
    taken = place("neu", "Computerclub Vogelbeere", 789, org_postcode="39128")
    human_old = human("alt", "Jost Blausternchen", 791, ident="55")
    human_new = human("neu", "Kerstin Christrose", 792, ident="55")
    rotated = "organisations rotate: nobody turns into anybody, or the list is refused"
    return [
        _swap(
            "idents_swapped_organisations",
            "two numbers are swapped: both bodies keep what is theirs, or the list is refused",
            "organisationen",
            _numbered(two, "G1 G2"),
            _numbered(two, "G2 G1"),
        ),
        _swap(
            "idents_swapped_persons",
            "two numbers are swapped: both humans keep what is theirs, or the list is refused",
            "personen",
            _numbered(people, "M1 M2"),
            _numbered(people, "M2 M1"),
        ),
        _swap(
            "idents_rotated_organisations",
            f"the numbers of three {rotated}",
            "organisationen",
            _numbered(three, "R1 R2 R3"),
            _numbered(three, "R2 R3 R1"),
        ),
        _swap(
            "idents_rotated_accepted",
            "the same three, and staff insist (--accept kennungen): each keeps what is theirs",
            "organisationen",
            _numbered(again, "Q1 Q2 Q3"),
            _numbered(again, "Q2 Q3 Q1"),
            accept=True,
        ),
        _swap(
            "idents_rotated_persons",
            "the numbers of three humans rotate: nobody turns into anybody, or the list is refused",
            "personen",
            _numbered(trio, "T1 T2 T3"),
            _numbered(trio, "T2 T3 T1"),
        ),
        _swap(
            "ident_given_to_other_body",
            "a number names another body at another address: the old one stays what it is",
            "organisationen",
            [*_numbered(kept, "S6 S7"), old.but(ident="S8")],
            [*_numbered(kept, "S6 S7"), new.but(ident="S8")],
            ask=["neu"],
        ),
        _swap(
            "ident_taken_while_old_moves_on",
            "a body gets a new number, its old number goes to a new body: two bodies",
            "organisationen",
            [moved.but(ident="V1")],
            [moved.but(ident="V9"), taken.but(ident="V1")],
            ask=["neu"],
        ),
        _swap(
            "ident_given_to_other_human",
            "a number names another human with other mail and mobile: two humans",
            "personen",
            [human_old],
            [human_new],
            ask=["neu"],
        ),
    ]


HISTORIES = [*_form(), *_anew()]
