"""Address cards: UIDs that come, go and change, cards of a mail alone, cards that cannot be read."""

from __future__ import annotations

from identity_histories.model import Entry, History, care, day, listing, mobile, phone

KIND = "cards"


def _card(name: str, says: str, entry: Entry, *news: Entry) -> History:
    """Return one card that changes day by day, beside another one that stays."""
    first = day(listing("vcard", entry), staff=care(entry.who, f"steht im Telefon, {name}"))
    return History(name=name, kind=KIND, says=says, days=(first, *(day(listing("vcard", new)) for new in news)))


def _uids() -> list[History]:
    gets = Entry(who="sie", first="Adelgunde", last="Wermutz", mail="a@wermutz.example.org", mobile=mobile(601))
    loses = Entry(
        who="er", uid="w-602", first="Balduin", last="Ysopstrauch", mail="b@ysop.example.org", mobile=mobile(602)
    )
    married = Entry(
        who="sie", uid="w-603", first="Cäcilie", last="Zaunwinde", mail="c@zaunwinde.example.org", mobile=mobile(603)
    )
    named = Entry(who="sie", mail="d.alraune@post.example.org")
    told = Entry(who="er", uid="w-605", mail="e.baldrian@post.example.org", mobile=mobile(605))
    no_mail = Entry(who="er", first="Fridolin", last="Chinarinde", mobile=mobile(606))
    trio = [
        Entry(
            who=f"k{i}",
            uid=f"alt-{i}",
            first=first,
            last=last,
            mail=f"{first.casefold()}@drei.example.org",
            mobile=mobile(607 + i),
        )
        for i, (first, last) in enumerate([("Genoveva", "Dostbach"), ("Hugo", "Enzianer"), ("Irmela", "Färberdistel")])
    ]
    new_phone = History(
        name="cards_get_new_uids",
        kind=KIND,
        says="the book moved to another phone, which gave every card a new UID: the same three rows",
        days=(
            day(listing("vcard", *trio), staff=(*care("k0", "erste Karte"), *care("k2", "dritte Karte", ticked=False))),
            day(listing("vcard", *(one.but(uid=f"neu-{i}") for i, one in enumerate(trio)))),
        ),
    )
    return [
        _card("card_gets_uid", "a card without UID gets one: the same row", gets, gets.but(uid="w-601")),
        _card(
            "card_gets_uid_without_mail",
            "the same for a card that has a mobile only: the same row",
            no_mail,
            no_mail.but(uid="w-606"),
        ),
        _card(
            "card_loses_uid",
            "a card loses its UID, then has another one: the same row all the time",
            loses,
            loses.but(uid=""),
            loses.but(uid="w-902"),
        ),
        _card(
            "card_renamed_under_uid",
            "she marries: last name and mail change under the UID, the mobile stays: the same row",
            married,
            married.but(last="Giersch", mail="c@giersch.example.org"),
        ),
        _card(
            "card_of_a_mail_gets_name",
            "a card of nothing but a mail gets a name: the same row",
            named,
            named.but(first="Dagmar", last="Alraune"),
        ),
        _card(
            "card_of_a_mail_gets_name_under_uid",
            "the same under a UID that never changes: the same row",
            told,
            told.but(first="Edgar", last="Baldriantal"),
        ),
        new_phone,
    ]


def _unreadable() -> list[History]:
    """Return cards that cannot be read for a day; they are still there."""
    found = []
    names = [("photo", "Gottlieb", "Hirtentäschel"), ("end", "Hermine", "Irisbeet"), ("qp", "Isidor", "Kerbelrot")]
    says = {
        "photo": "the picture of a card is broken for a day: nobody is marked as gone",
        "end": "the last card of a file is cut off: nobody is marked as gone",
        "qp": "one value of a card is encoded wrongly: nobody is marked as gone",
    }
    for i, (how, first, last) in enumerate(names):
        entry = Entry(who="opfer", first=first, last=last, mail=f"{how}@karte.example.org", mobile=mobile(621 + i))
        entry = entry.but(uid=f"u-{how}") if how != "end" else entry
        other = Entry(
            who="andere", first="Julius", last=f"{last}wald", mail=f"{how}2@karte.example.org", mobile=mobile(631 + i)
        )
        found.append(
            History(
                name=f"card_unreadable_{how}",
                kind=KIND,
                says=says[how],
                days=(
                    day(listing("vcard", other, entry), staff=care("opfer", f"Karte {how}")),
                    day(listing("vcard", other.but(phone=phone(621 + i)), entry.but(broken=how))),
                ),
            )
        )
    entry = Entry(
        who="opfer", first="Kasimir", last="Lungenkraut", mail="kasimir@lunge.example.org", mobile=mobile(641)
    )
    other = Entry(who="andere", first="Lydia", last="Mohnblum", mail="lydia@mohn.example.org", mobile=mobile(642))
    found.append(
        History(
            name="card_unreadable_then_whole",
            kind=KIND,
            says="a card is broken for a day and comes back with a new mail: the same row, not marked",
            days=(
                day(listing("vcard", entry, other), staff=care("opfer", "Karte mit Pause")),
                day(listing("vcard", entry.but(broken="photo"), other)),
                day(listing("vcard", entry.but(mail="kasimir@neu-l.example.org"), other)),
            ),
        )
    )
    return found


def _folder() -> list[History]:
    entry = Entry(who="sie", first="Mathilde", last="Natternkopf", mail="m@natter.example.org", mobile=mobile(651))
    newer = History(
        name="cards_folder_newer_copy",
        kind=KIND,
        says="a folder gets a newer copy of a card beside the old one: one row with what the newer says",
        days=(
            day(listing("vcard", entry, folder=True), staff=care("sie", "Karte im Ordner")),
            day(listing("vcard", entry.but(phone=phone(651)), folder=True)),
        ),
    )
    return [newer]


HISTORIES = [*_uids(), *_unreadable(), *_folder()]
