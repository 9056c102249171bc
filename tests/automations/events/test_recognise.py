"""What a mail has to do with an invitation: free words wait for a person, absences and bounces are noted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.utils import formataddr
from urllib.parse import quote

import itip_parts
import pytest
from itip_parts import ADA, BOB, NOW, RITA, US
from made_up_mails import bounce

from automations.events.incoming.decide import Outcome
from automations.events.incoming.own_words import answer_in_subject, own_words
from automations.events.incoming.recognise import judge
from automations.events.incoming.sent_posts import SentPosts
from automations.events.tokens import Signer
from automations.incoming.mails import former_ident, plain_ident_of
from automations.mail.message import message_id
from schemas.events.choices import Answer, ReplyChannel

KEY = "einladung:5:person-3"
SIGNER = Signer("geheim", "pbase")
POSTS = SentPosts({message_id(KEY): 17}, SIGNER)
OURS = message_id(KEY)


def mail(text="Ich komme gern.", sender=ADA, subject="AW: Einladung zur Ehrung", *, html="", **headers):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, US, subject
    message["Date"] = "Wed, 04 Mar 2026 11:00:00 +0100"
    message["Message-ID"] = "<antwort@verein.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if html:
        message.set_content(html, subtype="html")
    else:
        message.set_content(text)
    return message_from_bytes(bytes(message))


def judged(message, known=None):
    return judge(message, known or itip_parts.book(), POSTS, NOW)


def test_an_answer_in_free_words_to_our_mail_waits_for_a_person_with_what_was_written():
    text = (
        "Guten Tag,\nich komme zu zweit.\n\nAm 01.03.2026 um 10:00 schrieb Netzwerk <einladung@netz.example>:\n> Liebe"
    )
    found = judged(mail(text, In_Reply_To=OURS))

    (verdict,) = found.verdicts
    reply = verdict.reply
    assert found.certain
    assert (verdict.outcome, reply.invitation, reply.event, reply.channel) == (Outcome.PERSON, 17, 5, ReplyChannel.MAIL)
    assert reply.answer is None
    assert reply.text == "AW: Einladung zur Ehrung\n\nGuten Tag,\nich komme zu zweit."
    assert reply.why == "Antwort in freien Worten: bitte lesen."
    assert reply.at == dt.datetime(2026, 3, 4, 10, tzinfo=dt.UTC)
    assert judged(mail(text, In_Reply_To=OURS)).replies[0].key == reply.key


def test_the_invitation_is_found_by_references_and_by_the_link_in_the_quoted_mail():
    assert judged(mail(References=f"<a@b.example> {OURS}")).verdicts[0].invited.row == 17
    link = f"https://netz.example/a/{SIGNER.token(17, 'marke1')}"
    assert judged(mail(f"Ja\n> Antworten: {link}")).certain
    assert (
        judged(mail(html=f'<p>Ja, gern</p><blockquote><a href="{link}">hier</a></blockquote>'))
        .replies[0]
        .text.endswith("\n\nJa, gern")
    )
    forged = link[:-1] + ("A" if link[-1] != "A" else "B")
    assert not judged(mail(f"Ja\n> Antworten: {forged}")).certain


@pytest.mark.parametrize(
    "wrapped",
    ["https://eur01.safelinks.protection.outlook.com/?url={once}&data=05%7C02", "https://a.example/?u={twice}",
     "https://urldefense.proofpoint.com/v2/url?u={proofpoint}&d=DwIFaQ", "https://urldefense.com/v3/__{plain}__;!!x"],
)  # fmt: skip
def test_a_link_that_a_program_wrapped_into_its_own_is_found_and_never_stored(wrapped):
    token = SIGNER.token(17, "mar-k_1e")
    link = f"https://netz.example/a/{token}"
    once = quote(link, safe="")
    proofpoint = link.replace("-", "-2D").replace("_", "-5F").replace(":", "-3A").replace("/", "_")
    shown = wrapped.format(once=once, twice=quote(once, safe=""), proofpoint=proofpoint, plain=link)
    found = judged(mail(f"Ja, gern\n{shown}"))
    assert found.verdicts[0].invited.row == 17
    assert found.replies[0].text.endswith("Ja, gern\n…")


def test_the_same_message_id_with_other_words_is_another_answer():
    first, second = (judged(mail(text, In_Reply_To=OURS)).replies[0] for text in ("Ich komme.", "Jetzt doch nicht"))
    assert first.key != second.key
    assert former_ident(first.key) == former_ident(second.key) == f"antwort:{plain_ident_of(mail())}"


def test_somebody_else_who_answers_is_named():
    (reply,) = judged(mail(sender="eva@verein.example", In_Reply_To=OURS)).replies
    assert reply.invitation == 17
    assert reply.why == "Geschrieben hat eva@verein.example, eingeladen ist Ada Beispiel: bitte lesen."


@pytest.mark.parametrize(
    ("named", "other"),
    [
        ("Bernd Neu", "Bernd Neu"),
        ("Neu, Bernd", "Neu, Bernd"),
        ("Ada Beispiel", ""),
        ("Beispiel, Ada", ""),
        ("Ada Vorher", ""),
        ("Info", ""),
        ("Familie Neu", ""),
        ("Verein Musterstadt e.V.", ""),
        ("", ""),
    ],
)
def test_another_human_who_writes_under_the_guests_address_is_named(named, other):
    """The name beside an address is told by nobody but the sender: it is a reason to read, never a proof."""
    (reply,) = judged(mail(sender=formataddr((named, ADA)), In_Reply_To=OURS)).replies
    assert reply.invitation == 17
    assert reply.why == (
        f"Geschrieben hat {other} ({ADA}), eingeladen ist Ada Beispiel: bitte lesen."
        if other
        else "Antwort in freien Worten: bitte lesen."
    )


@pytest.mark.parametrize(
    ("message", "taken"),
    [
        (mail("Zur Ehrung 2026 komme ich gern", subject="Zusage"), True),
        (mail("Zur Einladung am 8.10.: gern", subject="Ihr Brief"), True),
        (mail("ich komme am 8. Oktober sehr gern", subject="Empfang"), True),
        (mail("ich komme am 08.10.2026 sehr gern", subject="Empfang"), True),
        (mail("am 8.10. 18 Uhr passt es", subject="Empfang"), True),
        (mail("ich komme am 8. Oktober 2027", subject="Empfang"), False),
        (mail("am 18.10. und um 8.10 Uhr", subject="Räume"), False),
        (mail("Danke!\n\nAm 08.10.2026 um 9:00 schrieb Netz <a@b.example>:\n> Hallo", subject="Räume"), False),
        (mail("ich komme am 8. Oktober", sender="wer@fremd.example", subject="Empfang"), False),
        (mail("Zur Ehrung 2026: gern", subject="Zusage", X_Auto_Response_Suppress="DR, OOF, AutoReply"), True),
        (mail("Zur Ehrung 2026: gern", sender="ada+netz@verein.example", subject="Zusage"), True),
        (mail("Zur Ehrung 2026: gern", sender="Ada via Liste <l@l.example>", subject="Zusage", Reply_To=ADA), True),
        (mail("Können wir telefonieren?", subject="Räume"), False),
        (mail("Zur Ehrung 2026 komme ich gern", sender="wer@fremd.example"), False),
    ],
)
def test_a_guest_who_mentions_the_event_is_put_up_but_the_mail_stays_a_contact_too(message, taken):
    found = judged(message)
    assert bool(found.replies) == taken
    assert not found.certain


def test_a_guest_who_is_invited_twice_is_asked_about():
    known = itip_parts.book()
    known.bob = replace(known.bob, own=frozenset({BOB, ADA}))
    (reply,) = judged(mail("Zur Ehrung 2026: ja"), known).replies
    assert (reply.invitation, reply.event) == (None, 5)
    assert "mehrfach eingeladen" in reply.why


def test_what_one_of_us_passes_on_is_read_as_the_guests():
    link = f"https://netz.example/a/{SIGNER.token(17, 'marke1')}"
    passed_on = f"-----Ursprüngliche Nachricht-----\nVon: Ada <ada@verein.example>\n\nNein, leider\n> {link}"
    text = f"Zur Ehrung 2026, bitte eintragen\n\n{passed_on}"
    (reply,) = judged(mail(text, sender=RITA, subject="WG: Ehrung 2026")).replies
    assert (reply.invitation, reply.name) == (17, "Ada Beispiel")
    assert reply.text.endswith("Nein, leider\n> …"), "nobody who reads the base can answer with the guest's link"
    assert judged(mail("Ehrung 2026 ist gut vorbereitet", sender=RITA, subject="Stand")).replies == []


def test_outlooks_own_words_before_the_subject_are_proposed_and_a_person_decides():
    message = mail("", subject="Abgelehnt: Ehrung 2026", In_Reply_To=OURS)
    (verdict,) = judged(message).verdicts
    assert (verdict.outcome, verdict.reply.answer) == (Outcome.PERSON, Answer.NO)
    assert answer_in_subject("Zugesagt: Ehrung") == Answer.YES
    assert answer_in_subject("Mit Vorbehalt: Ehrung") == Answer.MAYBE
    assert answer_in_subject("AW: zugesagt") is None


def test_an_absence_is_noted_and_is_no_answer():
    away = mail(
        "Ich bin bis 20.03. nicht im Haus.", subject="Abwesenheitsnotiz: Ehrung 2026", Auto_Submitted="auto-replied",
        In_Reply_To=OURS,
    )  # fmt: skip
    found = judged(away)
    assert found.replies == []
    (remark,) = found.remarks
    assert (remark.column, remark.line) == (
        "note", "Abwesenheitsnotiz vom 04.03.2026: Ich bin bis 20.03. nicht im Haus.",
    )  # fmt: skip
    assert judged(mail(subject="Automatische Antwort: Ehrung 2026", Auto_Submitted="auto-replied")).remarks
    assert judged(mail(subject="Automatische Antwort: Rechnung", Auto_Submitted="auto-replied")).remarks == ()


def test_an_invitation_that_came_back_is_told_at_the_invitation_and_a_delay_is_not():
    ours = bounce(ADA, 1).replace(b"Subject: Einladung", f"Message-ID: {OURS}\r\nSubject: Einladung".encode())
    (remark,) = judged(message_from_bytes(ours)).remarks
    assert remark.column == "delivery"
    assert remark.line.startswith("kam zurück am 05.01.2026: 550 5.1.1")
    assert judged(message_from_bytes(ours.replace(b"Action: failed", b"Action: delayed"))).remarks == ()
    assert judged(message_from_bytes(bounce(ADA, 1))).remarks == (), "somebody else's mail"


@pytest.mark.parametrize(
    ("headers", "text", "reason"),
    [({"sender": "MAILER-DAEMON@mx.example", "subject": "failure notice"},
      f"I'm afraid I wasn't able to deliver it.\n\n<{ADA}>:\nNo mailbox here.\n\n--- Below this line is a copy of it.\n"
      f"\nMessage-ID: {OURS}\n\nGuten Tag", "No mailbox here."),
     ({"sender": "postmaster@verein.example", "subject": "Unzustellbar: Einladung", "In_Reply_To": OURS,
       "References": OURS, "Auto_Submitted": "auto-replied"}, f"An {ADA} nicht zugestellt: voll.",
      f"An {ADA} nicht zugestellt: voll."),
     ({"sender": "postmaster@verein.example", "subject": "Unzustellbar: Einladung", "In_Reply_To": OURS},
      "Postfach voll", "nicht zustellbar")],
)  # fmt: skip
def test_an_invitation_that_came_back_in_plain_words_came_back_and_nobody_is_away(headers, text, reason):
    (remark,) = judged(mail(text, **headers)).remarks
    assert (remark.column, remark.invited.row) == ("delivery", 17)
    assert remark.line == f"kam zurück am 04.03.2026: {reason}"


@pytest.mark.parametrize(
    "subject", ["Ada Beispiel ist ausser Haus.", "Out of the office", "Urlaub Re: Einladung", "Abwesend bis 5.12."]
)
def test_an_absence_without_headers_that_answers_us_is_noted(subject):
    (remark,) = judged(mail("Ich bin ab 1.12. wieder da.", subject=subject, In_Reply_To=OURS)).remarks
    assert (remark.column, remark.line) == ("note", "Abwesenheitsnotiz vom 04.03.2026: Ich bin ab 1.12. wieder da.")


def test_our_own_mails_and_what_strangers_write_are_left_alone():
    copy = mail("Sie sind eingeladen zur Ehrung 2026", sender=US, subject="Einladung")
    del copy["Message-ID"]
    copy["Message-ID"] = OURS
    assert judged(copy).verdicts == ()
    assert judged(mail("Angebot", sender="wer@fremd.example", subject="Ehrung 2026")).verdicts == ()
    assert judged(mail("Ehrung 2026", List_Id="<rund.example>")).verdicts == ()


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Ja\n\n-----Ursprüngliche Nachricht-----\nVon: x\nBitte", "Ja"),
        ("Ja\n\nVon: Netz <a@b.de>\nGesendet: Montag\nAn: Ada\n\nBitte", "Ja"),
        ("Ja\n________________________________\nVon: x", "Ja"),
        ("Ja\n\nAm Mo., 2. März 2026 um 10:00 Uhr schrieb Netz\n<a@b.de>:\n\n> Bitte\n", "Ja"),
        ("On Mon, 2 Mar 2026 at 10:00, Netz <a@b.de> wrote:\n> Kommen Sie?\nJa, gern\n> Gruß", "Ja, gern"),
        ("Ja\n-- \nAda Beispiel\nVerein", "Ja"),
        ("Ja\n\nVon meinem iPhone gesendet", "Ja"),
        ("Am Donnerstag kann ich nicht.\nGruß", "Am Donnerstag kann ich nicht.\nGruß"),
        ("", ""),
    ],
)
def test_only_what_the_sender_wrote_is_kept(text, own):
    assert own_words(text) == own
