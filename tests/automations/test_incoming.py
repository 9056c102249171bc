"""What a mail and a calendar tell, and whose address is whose: read alone, without any server."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes, message_from_string

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_mails import US, broken, mail

from automations.events.incoming.guest_book import GuestBook
from automations.incoming.bounces import read_bounces
from automations.incoming.known import Known, Party
from automations.incoming.mails import (
    MailKind,
    former_ident,
    forwarded_addresses,
    forwarded_names,
    ident_of,
    kind_of,
    plain_ident_of,
    read_mail,
)
from automations.mail.message import message_id

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("Subject: Messe", MailKind.PERSONAL),
        ("Subject: Messe\nAuto-Submitted: no", MailKind.PERSONAL),
        ("Subject: Messe\nAuto-Submitted: no (von Hand)", MailKind.PERSONAL),
        ("Subject: Messe\nAuto-Submitted: auto-replied (vacation)", MailKind.AUTOMATIC),
        ("Subject: Re: Messe\nX-AutoReply-From: a@b.de", MailKind.AUTOMATIC),
        ("Subject: Re: Messe\nX-Mail-Autoreply: 1", MailKind.AUTOMATIC),
        ("Subject: Re: Messe\nX-POST-MessageClass: 9; Autoresponder", MailKind.AUTOMATIC),
        ("Subject: Re: Messe\nX-Precedence: auto_reply", MailKind.AUTOMATIC),
        ("Subject: Re: Messe\nDelivered-To: Autoresponder", MailKind.AUTOMATIC),
        ("Subject: Re: Messe\nDelivered-To: autoresponder@b.de", MailKind.PERSONAL),
        ("Subject: Messe\nAuto-Submitted: auto-generated; owner-email=\"a@b.de\"", MailKind.AUTOMATIC),
        ("Subject: Abwesenheitsnotiz: Messe", MailKind.AUTOMATIC),
        ("Subject: =?utf-8?q?Automatische_Antwort=3A_Gr=C3=BC=C3=9Fe?=", MailKind.AUTOMATIC),
        ("Subject: Messe\nPrecedence: auto_reply", MailKind.AUTOMATIC),
        ("Subject: Messe\nX-Auto-Response-Suppress: All", MailKind.PERSONAL),
        ("Subject: Automatische Antwort: Messe\nX-Auto-Response-Suppress: All", MailKind.AUTOMATIC),
        ("Subject: Messe\nReturn-Path: <>", MailKind.AUTOMATIC),
        ("Subject: Zugesagt\nContent-Type: text/calendar; method=REPLY", MailKind.AUTOMATIC),
        ("Subject: Gelesen\nContent-Type: multipart/report; report-type=disposition-notification", MailKind.AUTOMATIC),
        ("Subject: Angebot\nList-Unsubscribe: <https://a.example>", MailKind.PERSONAL),
        ("Subject: Rundbrief\nList-Unsubscribe: <a>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click", MailKind.LIST),
        ("Subject: Rundbrief\nList-Unsubscribe: <a>\nX-CSA-Complaints: b@c.example", MailKind.LIST),
        ("Subject: Rundbrief\nList-Id: <rund.a.example>", MailKind.LIST),
        (f"Subject: Danke\nList-Unsubscribe: <a>\nMessage-ID: {message_id('k')}", MailKind.LIST),
        ("Subject: Rundbrief\nPrecedence: bulk", MailKind.LIST),
        ("Subject: Failure\nX-Failed-Recipients: a@b.de\nAuto-Submitted: auto-replied", MailKind.BOUNCE),
    ],
)  # fmt: skip
def test_only_what_a_person_wrote_to_a_person_is_personal(headers, kind):
    assert kind_of(message_from_string(f"{headers}\n\n")) is kind


RETURNED = """

--b
Content-Type: text/plain

Kennst du das?
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.x.example

Final-Recipient: rfc822; a@b.example
Action: failed
Status: 5.4.4
Diagnostic-Code: DNS; Host not found
--b--
"""


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("From: Ada <ada@verein.example>\nContent-Type: multipart/mixed; boundary=b", MailKind.PERSONAL),
        ("From: status@x.example\nContent-Type: multipart/report; boundary=b", MailKind.BOUNCE),
        ("From: MAILER-DAEMON@x.example\nContent-Type: multipart/mixed; boundary=b", MailKind.BOUNCE),
        ("From: b@x.example\nReturn-Path: <>\nContent-Type: multipart/mixed; boundary=b", MailKind.BOUNCE),
    ],
)  # fmt: skip
def test_a_report_that_a_person_passes_on_is_a_mail_of_that_person_and_no_bounce(headers, kind):
    assert kind_of(message_from_string(headers + RETURNED)) is kind


@pytest.mark.parametrize(
    "subject",
    ["Abwesenheitsnotiz", "Abwesenheitsnotiz: Messe", "Abwesend", "Abwesend: Re: Messe", "Abwesend bis 5.12.2026",
     "Abwesend vom 1.12. bis 5.12.", "Nicht im Büro", "Nicht im Büro: Messe", "Automatische Antwort: Kommen Sie?",
     "Ada Muster ist außer Haus.", "Ada Muster ist ausser Haus.", "Ada/AMT/DE ist außer Haus. (Rückkehr am 05.12.2026)",
     "Ada Muster ist ab 01.12.2026 nicht im Büro.", "Ada Muster is out of the office (returning 01.12.2026)",
     "Out of the office", "Out of the office Re: Messe", "Out of Office AutoReply: Messe", "Urlaub Re: Messe",
     "Urlaub: AW: Messe", "Ich bin im Urlaub", "AutoReply: Messe", "On vacation Re: Messe"],
)  # fmt: skip
def test_an_absence_is_known_by_its_subject_without_any_header(subject):
    assert kind_of(mail(subject, "ada@verein.de", US)) is MailKind.AUTOMATIC


@pytest.mark.parametrize(
    "subject",
    ["Abwesend am 3.12., Terminvorschlag", "Nicht im Büro? Treffen wir uns im Café", "Abwesend bis 5.12., danach?",
     "Out of office? Let's meet", "Urlaub: wer vertritt Dich?", "Urlaubsplanung 2027", "Urlaub vom Ehrenamt",
     "Frau Meier ist außer Haus – wer vertritt sie?", "Außer Haus essen?", "Abwesenheitsnotiz einrichten?",
     "AW: Automatische Antwort: Messe", "Nicht im Haus der Jugend, sondern im Rathaus", "Unzustellbar? Neue Adresse"],
)  # fmt: skip
def test_a_person_who_writes_about_an_absence_is_a_person(subject):
    assert kind_of(mail(subject, "ada@verein.de", US)) is MailKind.PERSONAL


@pytest.mark.parametrize(
    ("headers", "expected"),
    [("From: Ada über Verteiler <liste@l.example>\nReply-To: ada@verein.de", {"ada@verein.de": "Ada"}),
     ("From: 'Ada' via Team <liste@l.example>\nReply-To: Ada A <ada@verein.de>", {"ada@verein.de": "Ada A"}),
     ('From: "Ada (via Team)" <liste@l.example>\nReply-To: ada@verein.de', {"ada@verein.de": "Ada"}),
     ("From: Ada via Team <liste@l.example>\nReply-To: liste@l.example", {"liste@l.example": ""}),
     ("From: Team <liste@l.example>\nX-Original-From: Ada <ada@verein.de>", {"ada@verein.de": "Ada"}),
     ("From: Bob <bob@verein.de>\nReply-To: ada@verein.de", {"bob@verein.de": "Bob"}),
     ("From: Hilfe über Grenzen <bob@verein.de>", {"bob@verein.de": "Hilfe über Grenzen"})],
)  # fmt: skip
def test_behind_an_address_that_a_list_put_in_front_stands_who_wrote(headers, expected):
    read = read_mail(message_from_string(f"{headers}\nTo: {US}\n\n"), NOW)
    [(address, name)] = expected.items()
    assert read.addresses[0] == address
    assert read.addresses[-1] == US
    assert not name or read.names[address] == name


@pytest.mark.parametrize("number", range(12))
def test_broken_letters_and_dates_lose_a_letter_but_never_the_mail(number):
    raw, survives = broken(number, "a@b.de")
    read = read_mail(message_from_bytes(raw), NOW)
    assert survives in read.subject
    assert read.addresses == ("a@b.de", US)
    assert read.day == dt.date(2026, 1, 5)
    if number % 4 in (0, 1):
        assert read.subject == f"Grüße {number}"


def test_an_address_behind_a_name_with_a_comma_is_found():
    read = read_mail(message_from_string('From: "Müller, Jürgen" <j@m.de>\nTo: =?utf-8?q?A=2C_B?= <a@b.de>\n\n'), NOW)
    assert read.addresses == ("j@m.de", "a@b.de")


def test_the_day_of_a_mail_is_the_one_in_berlin_and_never_absurd():
    late = message_from_string("Date: Mon, 05 Jan 2026 23:30:00 +0000\n\n")
    assert read_mail(late, NOW).day == dt.date(2026, 1, 6)
    for absurd in ("Thu, 01 Jan 1970 00:00:00 +0000", "Mon, 05 Jan 2099 23:30:00 +0000", "gestern", ""):
        assert read_mail(message_from_string(f"Date: {absurd}\n\n"), NOW).day == TODAY


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_no_bytes_whatever_stop_the_reading(headers, body):
    message = message_from_bytes(b"From: " + headers + b"\r\nSubject: " + body + b"\r\n\r\n" + body)
    read = read_mail(message, NOW)
    assert read.ident.startswith("mail:")
    assert all("@" in address for address in read.addresses)
    assert all("@" in bounce.address for bounce in read_bounces(message))
    assert all("@" in address for address in forwarded_addresses(message))


def test_the_same_mail_has_the_same_ident_and_another_one_has_not():
    one, two = mail("a", "x@y.de", US, number=1), mail("a", "x@y.de", US, number=2)
    assert read_mail(one, NOW).ident == read_mail(message_from_bytes(bytes(one)), NOW).ident
    assert read_mail(one, NOW).ident != read_mail(two, NOW).ident
    del one["Message-ID"], two["Message-ID"]
    assert read_mail(one, NOW).ident != read_mail(two, NOW).ident


@pytest.mark.parametrize("named", [True, False])
def test_other_words_make_another_mail_whatever_its_message_id_and_copies_do_not(named):
    first, second = (mail("AW: Messe", "x@y.de", US, text=text) for text in ("Ich komme.", "Jetzt doch nicht"))
    again = mail("AW: Messe", "x@y.de", US, text="Ich  komme.\n\n")
    page = mail("AW: Messe", "x@y.de", US)
    page.set_content("<p>Ich komme gern</p>", subtype="html")
    for one in (first, second, again, page):
        if not named:
            del one["Message-ID"]
    idents = [ident_of(message_from_bytes(bytes(one))) for one in (first, second, again, page)]
    assert len(set(idents)) == 3
    assert idents[0] == idents[2]
    assert {former_ident(one) for one in idents} == {plain_ident_of(first)}


def test_another_subject_or_day_makes_another_mail_with_the_same_message_id_and_words():
    first, second = mail("Erste", "x@y.de", US), mail("Zweite", "x@y.de", US)
    later = mail("Erste", "x@y.de", US)
    later.replace_header("Date", "Fri, 3 Jul 2026 10:00:00 +0200")
    assert len({ident_of(one) for one in (first, second, later)}) == 3
    assert len({plain_ident_of(one) for one in (first, second, later)}) == 1


def test_who_wrote_what_is_passed_on_is_found_in_the_text_and_in_an_attached_mail():
    text = "Liebe Rita\n\n> *Von:* Ada <ada@verein.de>\n> Gesendet: heute\n"
    assert forwarded_addresses(mail("WG", "rita@a.de", US, text=text)) == ["ada@verein.de"]
    outer = mail("WG", "rita@a.de", US)
    outer.add_attachment(mail("Frage", "Bob <bob@verein.de>", "rita@a.de", number=3))
    assert forwarded_addresses(message_from_bytes(bytes(outer))) == ["bob@verein.de"]


def frame(**columns):
    return pd.DataFrame(columns)


def tables(**more):
    nobody = {
        "team_member": frame(id=[1], mail=["Rita@Agentur.de"]),
        "organisation": frame(id=[1, 2], name=["Verein", "Amt"], mail=["info@verein.de", None], aliases=[None, None]),
        "person": frame(
            id=[1, 2, 3], title=[None] * 3, first_name=["Ada", "Bob", "Cem"], last_name=["A", "B", "C"],
            mail=["ada@verein.de", "buero@amt.de", "buero@amt.de"], mail2=["ada@zuhause.de", None, None],
            aliases=["E-Mail: ada@frueher.de", None, None],
        ),
        "function": frame(
            id=[1, 2, 3, 4], person=[1, 2, 3, 1], organisation=[1, 2, 2, 2], main_contact=[True, False, False, False],
            mail=[None, None, None, "vorgang@amt.de"],
            valid_to=[None, None, None, dt.date(2025, 1, 1)],
        ),
    }  # fmt: skip
    return nobody | more


def test_an_address_means_a_person_an_organisation_or_nobody():
    known = Known(tables(), TODAY)
    assert known.who(["Ada+Liste@verein.de"]).parties == known.who(["ada@verein.de"]).parties
    assert known.who(["rita+messe@agentur.de"]).member == 1
    ada, office = Party(1, 1, "Ada A"), Party(None, 2, "Amt")
    for address in ("ADA@verein.de", "ada@zuhause.de", "ada@frueher.de"):
        assert known.who([address]).parties == (ada,)
    assert known.who(["info@verein.de"]).parties == (Party(None, 1, "Verein"),)
    assert known.who(["buero@amt.de"]).parties == (office,), "two people share it: it means their office"
    assert known.who(["vorgang@amt.de"]).parties == (office,), "who had it has left: the address is the office's"
    found = known.who(["rita@agentur.de", "fremd@x.de", "ada@verein.de", "ada@zuhause.de", "buero@amt.de"])
    assert (found.member, found.parties) == (1, (ada, office))


SHARED = tables(
    person=frame(
        id=[1, 2, 3], title=[None] * 3, first_name=["Ada", "Bob", "Cem"], last_name=["Alt", "Muster", "Can"],
        mail=["ada@verein.de", None, "cem@zuhause.de"], mail2=["info@verein.de", None, None],
        aliases=["Nachname: Sommer", "E-Mail: bob@frueher.de", None],
    ),
    function=frame(
        id=[1, 2], person=[1, 2], organisation=[1, 2], main_contact=[True, True], mail=[None, "vorsitz@amt.de"],
        valid_to=[None, None],
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("address", "named", "party"),
    [
        ("info@verein.de", "Ada Alt", Party(1, 1, "Ada Alt")),
        ("info@verein.de", "", Party(1, 1, "Ada Alt")),
        ("info@verein.de", "Ada Sommer", Party(1, 1, "Ada Alt")),
        ("info@verein.de", "Info", Party(1, 1, "Ada Alt")),
        ("info@verein.de", "Verein", Party(1, 1, "Ada Alt")),
        ("info@verein.de", "Familie Neu", Party(1, 1, "Ada Alt")),
        ("Info@Verein.de", "info@verein.de", Party(1, 1, "Ada Alt")),
        ("info@verein.de", "Bernd Neu", Party(None, 1, "Verein")),
        ("INFO@verein.de", "Neu, Bernd", Party(None, 1, "Verein")),
        ("vorsitz@amt.de", "Bob Muster", Party(2, 2, "Bob Muster")),
        ("vorsitz@amt.de", "Carla Neu", Party(None, 2, "Amt")),
        ("bob@frueher.de", "Carla Neu", Party(None, 2, "Amt")),
        ("cem@zuhause.de", "Cem", Party(3, None, "Cem Can")),
        ("cem@zuhause.de", "Dora Can", None),
    ],
)
def test_a_mail_of_another_human_is_not_taken_for_the_holders_but_for_the_organisations(address, named, party):
    found = Known(SHARED, TODAY).who([address], {address: named})
    assert found.parties == (() if party is None else (party,))


def test_one_of_us_stays_one_of_us_whatever_name_is_beside_the_address():
    assert Known(tables(), TODAY).who(["rita@agentur.de"], {"rita@agentur.de": "Bernd Neu"}).member == 1


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("From: Bernd Neu <info@verein.de>", {"info@verein.de": "Bernd Neu"}),
        ('From: "Neu, Bernd" <info@verein.de>', {"info@verein.de": "Neu, Bernd"}),
        ("From: =?utf-8?q?J=C3=B6rg_Neu?= <info@verein.de>", {"info@verein.de": "Jörg Neu"}),
        ("From: info@verein.de (Bernd Neu)", {"info@verein.de": "Bernd Neu"}),
        ("From: info@verein.de", {}),
        ("From: Bernd Neu <info@verein.de>\nTo: info@verein.de, Ada <ada@verein.de>",
         {"info@verein.de": "Bernd Neu", "ada@verein.de": "Ada"}),
        ("From: Bernd Neu <info@verein.de", {"info@verein.de": "Bernd Neu"}),
    ],
)  # fmt: skip
def test_the_names_beside_the_addresses_of_a_mail_are_read(header, names):
    assert read_mail(message_from_string(f"{header}\n\n"), NOW).names == names


def test_who_wrote_what_is_passed_on_is_named_as_far_as_it_is_told():
    text = "> *Von:* Bernd Neu <info@verein.de>\nVon: Ada [mailto:ada@verein.de]\nFrom: x@y.de\n"
    assert forwarded_names(mail("WG", "rita@a.de", US, text=text)) == {
        "info@verein.de": "Bernd Neu", "ada@verein.de": "Ada", "x@y.de": "",
    }  # fmt: skip


def test_an_address_follows_its_office_to_who_holds_it_on_the_day():
    handed = tables(
        person=frame(
            id=[1, 2], title=[None] * 2, first_name=["Ada", "Bob"], last_name=["A", "B"], mail=[None, "bob@amt.de"],
            mail2=[None] * 2, aliases=[None, "E-Mail: buero@amt.de"],
        ),
        function=frame(
            id=[1, 2], person=[1, 2], organisation=[2, 2], main_contact=[False, True], mail=["Buero@amt.de", None],
            valid_to=[TODAY, None],
        ),
    )  # fmt: skip
    assert Known(handed, TODAY).who(["buero@amt.de"]).parties == (Party(1, 2, "Ada A"),), "her last day"
    then = Known(handed, TODAY + dt.timedelta(days=1))
    assert then.who(["buero@amt.de"]).parties == (Party(2, 2, "Bob B"),)


def test_where_an_address_stands_is_not_where_it_stood_formerly():
    known = Known(tables(), TODAY)
    assert list(known.standing("Buero@amt.de")) == [("person", 2, "mail"), ("person", 3, "mail")]
    assert list(known.standing("ada@frueher.de")) == []


def test_cells_of_several_addresses_or_with_a_name_and_umlaut_domains_are_known():
    people = tables()["person"].assign(mail=["Ada <ada@verein.de>", "b@amt.de; bob@amt.de", "cem@bürger.de"])
    known = Known(tables(person=people), TODAY)
    for address, person in (("ada@verein.de", 1), ("bob@amt.de", 2), ("cem@xn--brger-kva.de", 3), ("cem@bürger.de", 3)):
        assert [party.person for party in known.who([address]).parties] == [person]


@pytest.mark.parametrize(
    ("cell", "writer", "known"),
    [("ada@x.example", "Ada+Verein@x.example", True), ("ada+netz@x.example", "ada@x.example", True),
     ("Ada <ada@x.example>", "ada@x.example", True), ("a@x.example; ada@x.example", "ada@x.example", True),
     ("ada@bürger.example", "ada@xn--brger-kva.example", True), ("ada@x.example", "bob+ada@x.example", False)],
)  # fmt: skip
def test_a_guest_is_known_by_any_address_of_the_cell_however_it_is_written(cell, writer, known):
    happening = frame(id=[5], starts_at=[pd.Timestamp(NOW)], state=["einladen"], reply_to=[None])
    invited = frame(id=[17], event=[5], state=["eingeladen"], person=[None], organisation=[None], office=[None],
                    mail=[cell])  # fmt: skip
    every = tables(event=happening, invitation=invited)
    every["function"] = every["function"].assign(office=None)
    book = GuestBook({}, every, Known(every, TODAY), base="pbase", ours=[], now=NOW)
    assert book.is_guest(writer) == known
