"""Answers to one made-up invitation as calendars really send them, each with what has to come of it.

The guest is Ada Beispiel (ada@verein.example, second address, former address, an office address), invited to
"Ehrung 2026"; their calendar has stand 1. Bob is another guest, Rita one of us. Nobody here exists.
"""

from __future__ import annotations

import base64
import datetime as dt
import quopri
from collections.abc import Iterator

import itip_strange_cases
from itip_parts import (
    ADA,
    ADA2,
    BASE,
    BOB,
    CLUB,
    COUNTS,
    EVA,
    FORMER,
    IGNORED,
    INVITED,
    MAYBE,
    NO,
    NOW,
    PERSON,
    REPRESENTED,
    RITA,
    STAMP,
    UID,
    WORK,
    YES,
    Case,
    book,
    calendar,
    mail,
    passed_on,
    told,
)

from automations.events.calendar_uid import uid_of
from schemas.events.choices import EventState, InvitationState, ReplyChannel


def cases() -> Iterator[Case]:
    """Yield every case."""
    yield from _forms()
    yield from _letters()
    yield from _answers()
    yield from _words_beside()
    yield from _people()
    yield from _time_and_stand()
    yield from _kinds()
    yield from _strangers()
    yield from itip_strange_cases.cases()


def _forms() -> Iterator[Case]:
    """How the calendar lies in the mail."""
    good = calendar()
    yield Case("Thunderbird: zugesagt", mail(good), COUNTS, YES, at=STAMP)
    yield Case("Datei .ics ohne E-Mail", good.encode(), COUNTS, YES, at=STAMP)
    yield Case("Outlook ohne Dateinamen, base64", mail(good, kind="text/calendar; method=REPLY"), COUNTS, YES)
    yield Case("quoted-printable", mail(good, cte="quoted-printable"), COUNTS, YES)
    yield Case("7bit", mail(good, cte="7bit"), COUNTS, YES)
    yield Case("application/ics", mail(good, kind="application/ics", name="invite.ics"), COUNTS, YES)
    yield Case("octet-stream mit Namen auf .ics", mail(good, kind="application/octet-stream", name="Antwort.ICS"),
               COUNTS, YES)  # fmt: skip
    yield Case("ohne METHOD im Kalender, aber im Content-Type", mail(calendar(method="")), COUNTS, YES)
    yield Case("METHOD im Kalender, nicht im Content-Type", mail(good, kind="text/calendar"), COUNTS, YES)
    yield Case("METHOD klein geschrieben", mail(good.replace("METHOD:REPLY", "method:reply")), COUNTS, YES)
    yield Case("METHOD widerspricht dem Content-Type", mail(good, kind="text/calendar; method=REQUEST"), PERSON, YES,
               "ob sie eine Antwort ist")  # fmt: skip
    yield Case("METHOD nirgends", mail(calendar(method=""), kind="text/calendar"), PERSON, YES,
               "ob sie eine Antwort ist")  # fmt: skip
    file = b'--grenze\r\nContent-Type: application/ics\r\nContent-Disposition: attachment; filename="a.ics"\r\n\r\n'
    twice = mail(good).replace(b"--grenze--", file + calendar(method="").encode() + b"\r\n--grenze--")
    yield Case("zweimal in derselben E-Mail, das zweite Mal ohne METHOD", twice, COUNTS, YES)
    yield Case("base64 ohne dass es dasteht", mail(base64.encodebytes(good.encode()), cte="7bit"), COUNTS, YES)
    yield Case("quoted-printable zweimal", mail(quopri.encodestring(good.encode()), cte="quoted-printable"), COUNTS,
               YES)  # fmt: skip
    yield Case("weitergeleitet als Anhang von einer von uns", passed_on(mail(good), RITA), COUNTS, YES, at=STAMP)
    yield Case(
        "weitergeleitet als Datei .eml von einer von uns", passed_on(mail(good), RITA, as_file=True), COUNTS, YES
    )
    yield Case("weitergeleitet vom Gast selbst", passed_on(mail(good), ADA2), COUNTS, YES)
    yield Case("weitergeleitet von Fremden", passed_on(mail(good), "wer@fremd.example"), PERSON, YES, "fremden Adresse")


def _letters() -> Iterator[Case]:
    """How the lines are written."""
    good = calendar()
    yield Case("Text nach END:VCALENDAR", mail(good + "X-COMMENT:Cached\r\n\r\nDiese Nachricht ist vertraulich.\r\n"),
               COUNTS, YES)  # fmt: skip
    yield Case("Text vor BEGIN:VCALENDAR", mail("Achtung: extern\r\n\r\n" + good), COUNTS, YES)
    yield Case("nur LF", mail(good.replace("\r\n", "\n")), COUNTS, YES)
    yield Case("nur CR", mail(good.replace("\r\n", "\r")), COUNTS, YES)
    folded = good.replace(f"mailto:{ADA}", "mail\r\n to:ada@ver\r\n\tein.example")
    yield Case("gefaltet", mail(folded), COUNTS, YES)
    broken = good.replace(f"mailto:{ADA}", "MAIL\r\nTO:ada@verein\r\n.example")
    yield Case("Zeilen vom Gateway zerschnitten, ohne Einrückung", mail(broken), COUNTS, YES)
    yield Case("mitten in PARTSTAT zerschnitten", mail(good.replace("PARTSTAT=ACC", "PARTST\r\nAT=ACC")), COUNTS, YES)
    yield Case("MAILTO in gemischter Schreibung", mail(good.replace(f"mailto:{ADA}", "MAILTO:Ada@Verein.Example")),
               COUNTS, YES)  # fmt: skip
    yield Case("UID in Großbuchstaben", mail(calendar(uid=UID.upper())), COUNTS, YES)
    name = calendar(params=';CN="Beispiel, Ada: Vorsitz; Verein"')
    yield Case("Name mit Komma, Doppelpunkt und Semikolon", mail(name), COUNTS, YES)
    umlaut = calendar(params=";CN=Jürgen Gäßler", more=("SUMMARY:Ehrung für Engagierte",))
    yield Case("Latin-1, als UTF-8 ausgegeben", mail(umlaut.encode("latin-1")), COUNTS, YES)
    yield Case("Latin-1, so bezeichnet", mail(umlaut.encode("latin-1"),
               kind="text/calendar; charset=iso-8859-1; method=REPLY"), COUNTS, YES)  # fmt: skip
    yield Case("UTF-8 mit BOM", mail(b"\xef\xbb\xbf" + umlaut.encode()), COUNTS, YES)
    yield Case("UTF-16", mail(umlaut.encode("utf-16"), kind="text/calendar; charset=utf-16; method=REPLY"), COUNTS, YES)
    zone = ("DTSTART;TZID=W. Europe Standard Time:20261008T170000",)
    yield Case("Exchange-Zeitzone", mail(calendar(more=zone)), COUNTS, YES)
    odd = ('DTSTART;TZID="GMT +0100 (Standard) / GMT +0200 (Daylight)":20261008T170000',)
    yield Case("Exchange-Zeitzone mit Doppelpunkt und Schrägstrich", mail(calendar(more=odd)), COUNTS, YES)
    yield Case("abgeschnitten mitten im Termin", mail(good.partition("ATTENDEE")[0]), PERSON, None, "wer antwortet")
    yield Case(
        "abgeschnitten nach der Antwort", mail(good.partition("END:VEVENT")[0]), PERSON, YES, "bricht mittendrin"
    )
    yield Case("PARTSTAT abgeschnitten", mail(calendar("ACC")), PERSON, None, "Unbekannte Antwort")
    yield Case("Anführungszeichen nicht geschlossen", mail(calendar(params=';CN="Ada')), PERSON, None, "wer antwortet")


def _answers() -> Iterator[Case]:
    """What was answered."""
    yield Case("abgesagt", mail(calendar("DECLINED")), COUNTS, NO)
    yield Case("mit Vorbehalt", mail(calendar("TENTATIVE")), COUNTS, MAYBE)
    yield Case("noch nicht entschieden", mail(calendar("NEEDS-ACTION")), IGNORED, says="noch nicht entschieden")
    yield Case("unbekannte Antwort", mail(calendar("X-VIELLEICHT")), PERSON, says="Unbekannte Antwort")
    none = calendar(attendee=f"ATTENDEE;CN=Ada:mailto:{ADA}")
    yield Case("keine Antwort darin", mail(none), PERSON, says="nennt keine Antwort")
    yield Case("zugesagt mit Bemerkung", mail(calendar(more=("COMMENT:Ich freue mich!",))), COUNTS, YES)
    yield Case("zugesagt, aber die Bemerkung sagt ab",
               mail(calendar(more=("COMMENT:Ich kann leider doch nicht kommen",))), PERSON, YES,
               "Bitte lesen")  # fmt: skip
    yield Case("zugesagt, im Text mit Begleitung", mail(calendar(), text="Ich bringe meine Frau mit."), PERSON, YES,
               "Bitte lesen")  # fmt: skip
    yield Case("abgesagt, dafür kommt jemand", mail(calendar("DECLINED", more=("COMMENT:Eva Muster kommt für mich",))),
               PERSON, NO, "Bitte lesen")  # fmt: skip
    google = "Ada Beispiel hat diese Einladung angenommen.\r\n\r\nEhrung 2026\r\nBegleitung bitte angeben, nicht später"
    yield Case("Google schreibt von selbst dazu", mail(calendar(), text=google), COUNTS, YES)
    to = f';DELEGATED-TO="mailto:{EVA}"'
    yield Case("Vertretung benannt", mail(calendar("DELEGATED", params=to)), COUNTS, REPRESENTED,
               stand_in=f"Eva Muster ({EVA})")  # fmt: skip
    bare = f";DELEGATED-TO=mailto:{EVA}"
    yield Case("Vertretung ohne Anführungszeichen", mail(calendar("DELEGATED", params=bare)), COUNTS, REPRESENTED)
    yield Case("Vertretung, aber niemand benannt", mail(calendar("DELEGATED")), PERSON, REPRESENTED, "nicht eindeutig")
    two = f';DELEGATED-TO="mailto:{EVA}","mailto:{BOB}"'
    yield Case("zwei Vertretungen", mail(calendar("DELEGATED", params=two)), PERSON, REPRESENTED, "nicht eindeutig")
    deputy = calendar("ACCEPTED", EVA, params=f';DELEGATED-FROM="mailto:{ADA}"')
    named = book(answer=REPRESENTED, represented_by=f"Eva Muster ({EVA})")
    yield Case("die benannte Vertretung sagt zu", mail(deputy, EVA), COUNTS, REPRESENTED, known=named,
               stand_in=f"Eva Muster ({EVA})")  # fmt: skip
    off = calendar("DECLINED", EVA, params=f';DELEGATED-FROM="mailto:{ADA}"')
    yield Case("die benannte Vertretung sagt ab", mail(off, EVA), PERSON, NO, "Geantwortet hat Eva Muster", known=named)
    yield Case("eine Vertretung, die niemand benannt hat", mail(deputy, EVA), PERSON, YES, "Geantwortet hat Eva Muster")


def _words_beside() -> Iterator[Case]:
    """What a guest says beside the answer: it always reaches a person, in whatever way it is told."""
    for words in (
        "Komme mit meiner Frau.", "+1", "Wir sind 3", "Frau Meier übernimmt den Termin.", "Mein Kollege nimmt teil.",
        "Ich sitze im Rollstuhl und brauche eine Rampe.", "Bin vegan und habe eine Nussallergie",
        "Kann nur bis 18 Uhr bleiben",
        "Wir haben Ihre Einladung erhalten und brauchen eine Rampe.", "Ich freue mich auf die Ehrung 2026!",
        "Steht jetzt im Google Kalender, ich brauche eine Rampe.", "Meine Frau hat die Einladung angenommen.",
    ):  # fmt: skip
        titled = ("SUMMARY:Ehrung 2026",)
        yield Case(f"Zusage, im Text: {words}", mail(calendar(more=titled), text=words), COUNTS, YES, reads=words)
        remark = mail(calendar(more=(f"COMMENT:{words}",)))
        yield Case(f"Zusage, als COMMENT: {words}", remark, COUNTS, YES, reads=words)
        google = calendar(params=f';X-NUM-GUESTS=0;X-RESPONSE-COMMENT="{words}"')
        yield Case(f"Zusage, wie Google es sagt: {words}", mail(google), COUNTS, YES, reads=words)
    yield Case("Absage mit Namen", mail(calendar("DECLINED"), text="Herr Kunz geht hin"), COUNTS, NO, reads="Kunz")
    both = mail(calendar(more=("COMMENT:Danke",)), text="Meine Frau kommt nach.")
    yield Case("Bemerkungen in Kalender und Text", both, COUNTS, YES, reads="Danke\nMeine Frau kommt nach.")
    other = b"--grenze\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n" + calendar("DECLINED").encode()
    twice = mail(calendar(), text="Ich brauche eine Rampe").replace(b"--grenze--", other + b"\r\n--grenze--")
    yield Case("Zusage und Absage mit Bemerkung", twice, PERSON, says="widersprechen", count=2, reads="Rampe")
    sorry = ';X-RESPONSE-COMMENT="Leider verhindert, es kommt Frau Schulz"'
    yield Case("Google: zugesagt, aber verhindert", mail(calendar(params=sorry)), PERSON, YES, reads="Frau Schulz")
    for number, says in ((1, "1 Person"), (3, "3 Personen")):
        more = calendar(params=f";X-NUM-GUESTS={number}")
        yield Case(f"Google: {number} dabei", mail(more), PERSON, YES, f"Möchte {says} mitbringen")
    known = book(answer=YES, companions=2)
    yield Case("Google: so viele wie schon gesagt", mail(calendar(params=";X-NUM-GUESTS=2")), COUNTS, YES, known=known)
    yield Case("Google: abgesagt mit Gästen", mail(calendar("DECLINED", params=";X-NUM-GUESTS=2")), COUNTS, NO)
    html = mail(calendar(), text="").replace(b"text/plain", b"text/html").replace(
        b"\r\n\r\n\r\n--grenze", b"\r\n\r\n<p>Ich brauche eine Rampe.</p>\r\n--grenze", 1)  # fmt: skip
    yield Case("Bemerkung nur im HTML-Teil", html, COUNTS, YES, reads="Rampe")
    for quoted in (
        "-----Ursprünglicher Termin-----\nVon: Netz\nBetreff: Einladung: Ehrung 2026",
        "Von: Netz <einladung@netz.example>\nGesendet: Freitag\nAn: Ada\nBetreff: Ehrung 2026",
        "Am 01.03.2026 um 10:00 schrieb Netz:\n> Ehrung 2026\n> in Ihren Google Kalender",
    ):
        raw = mail(calendar(more=("SUMMARY:Ehrung 2026",)), text=f"Ich brauche eine Rampe.\n\n{quoted}")
        yield Case(f"Bemerkung über der Einladung: {quoted[:20]}", raw, COUNTS, YES, reads="Ich brauche eine Rampe.")
    program = "Bitte eine Rampe.\n\nAda Beispiel hat diese Einladung angenommen.\nhttps://calendar.google.com/x"
    yield Case("Bemerkung über dem, was Google schrieb", mail(calendar(), text=program), COUNTS, YES,
               reads="Bitte eine Rampe.")  # fmt: skip
    for program in (
        "Ada Beispiel has accepted this invitation.\nFriday", "Einladung von Google Kalender\nFreitag",
        "Ada Beispiel hat Ihre Einladung mit Vorbehalt angenommen", "Ada has tentatively accepted your invitation.",
    ):  # fmt: skip
        raw = mail(calendar(), text=program)
        yield Case(f"Satz eines Programms: {program[:40]}", raw, COUNTS, YES, reads="")
    yield Case("nichts dabei", mail(calendar()), COUNTS, YES, reads="")
    yield Case("nur eine Signatur", mail(calendar(), text="\n-- \nAda Beispiel, Vorsitz"), COUNTS, YES, reads="")
    program = "Zugesagt: Ehrung 2026\nWann: Freitag"
    yield Case("nur was das Programm schrieb", mail(calendar(more=("SUMMARY:Ehrung 2026",)), text=program), COUNTS, YES,
               reads="")  # fmt: skip
    stands_in = book(answer=REPRESENTED, represented_by="Frau Muster, Kassenwartin")
    yield Case("sagt nach einer Vertretung selbst zu", mail(calendar()), PERSON, YES, "als Vertretung ist Frau Muster",
               known=stands_in)  # fmt: skip
    yield Case("sagt nach einer Vertretung ganz ab", mail(calendar("DECLINED")), COUNTS, NO, known=stands_in)


def _people() -> Iterator[Case]:
    """Who answers."""
    yield Case("zweite Adresse", mail(calendar(who=ADA2), ADA2), COUNTS, YES)
    yield Case("frühere Adresse", mail(calendar(who=FORMER), FORMER), COUNTS, YES)
    yield Case("dienstliche Adresse der Funktion", mail(calendar(who=WORK), WORK), COUNTS, YES)
    yield Case("eingeladene Adresse, gesendet von der zweiten", mail(calendar(), ADA2), COUNTS, YES)
    assistant = "vorzimmer@verein.example"
    by = f';SENT-BY="MAILTO:{assistant}"'
    yield Case("Vorzimmer mit SENT-BY", mail(calendar(params=by), assistant), COUNTS, YES)
    yield Case("Vorzimmer mit SENT-BY ohne Anführungszeichen",
               mail(calendar(params=f";SENT-BY=mailto:{assistant}"), assistant), COUNTS, YES)  # fmt: skip
    yield Case("Vorzimmer ohne SENT-BY", mail(calendar(), assistant), PERSON, YES, "fremden Adresse")
    yield Case("vom Sammelpostfach des Vereins", mail(calendar(), CLUB), COUNTS, YES)
    yield Case("das Sammelpostfach selbst antwortet", mail(calendar(who=CLUB), CLUB), PERSON, YES, "Geantwortet hat")
    yield Case("unbekannte Adresse", mail(calendar(who="a.b@neu.example"), "a.b@neu.example"), PERSON, YES,
               "eingeladen ist Ada Beispiel")  # fmt: skip
    yield Case("ein anderer Gast antwortet auf diese Einladung", mail(calendar(who=BOB), BOB), PERSON, YES,
               "Geantwortet hat Bob Muster")  # fmt: skip
    yield Case(
        "ein Fremder gibt sich als Ada aus", mail(calendar(), "wer@fremd.example"), PERSON, YES, "fremden Adresse"
    )
    several = calendar(more=(f"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:{BOB}",))
    yield Case("mehrere Teilnehmer, eine davon der Gast", mail(several), COUNTS, YES)
    strangers = calendar(who=EVA, more=(f"ATTENDEE;PARTSTAT=DECLINED:mailto:{BOB}",))
    yield Case("mehrere Teilnehmer, keiner der Gast", mail(strangers, EVA), PERSON, None, "mehrere Personen")
    both = calendar(more=(f"ATTENDEE;PARTSTAT=DECLINED:mailto:{ADA2}",))
    yield Case("der Gast zweimal, mit verschiedener Antwort", mail(both), PERSON, None, "mehrere Personen")
    x500 = calendar(attendee=f"ATTENDEE;PARTSTAT=ACCEPTED;EMAIL={ADA}:invalid:nomail")
    yield Case("Adresse nur im Parameter EMAIL", mail(x500), COUNTS, YES)


def _time_and_stand() -> Iterator[Case]:
    """When, and to which stand of the invitation."""
    yield Case("älterer Stand der Einladung", mail(calendar(sequence="0")), PERSON, YES, "älteren Stand")
    yield Case(
        "ohne SEQUENCE, obwohl sich etwas geändert hat", mail(calendar(sequence="")), PERSON, YES, "älteren Stand"
    )
    yield Case("ohne SEQUENCE, nichts hat sich geändert", mail(calendar(sequence="")), COUNTS, YES,
               known=book(sequence=0))  # fmt: skip
    yield Case("neuerer Stand, der gerade hinausging", mail(calendar(sequence="2")), COUNTS, YES)
    yield Case("Stand, den es nie gab", mail(calendar(sequence="7")), PERSON, YES, "nie verschickt")
    later = book(given=(told(NO, STAMP + dt.timedelta(days=1)),), answer=NO)
    yield Case("älter als eine spätere Antwort: Reihenfolge nach der Zeit", mail(calendar()), COUNTS, YES, known=later,
               at=STAMP)  # fmt: skip
    between = mail(calendar(), sent=STAMP + dt.timedelta(days=2))
    yield Case("Kalender und E-Mail nennen Zeiten um eine andere Antwort herum", between, PERSON, YES,
               "Ob vor oder nach",
               known=later)  # fmt: skip
    same = book(given=(told(YES, STAMP, channel=ReplyChannel.CALENDAR),), answer=YES)
    yield Case(
        "zweite Antwort mit derselben Zeit", mail(calendar("DECLINED")), PERSON, NO, "Ob vor oder nach", known=same
    )
    dated = [STAMP + dt.timedelta(hours=hour) for hour in range(3)]
    stamps = {"unserer Einladung": ("20260301T085000Z", dated[0]), "der ersten Antwort": ("20260304T100000Z", STAMP)}
    for name, (stamp, first) in stamps.items():
        once = book(given=(told(YES, first, channel=ReplyChannel.CALENDAR),), answer=YES)
        taken_back = mail(calendar("DECLINED", stamp=stamp), sent=dated[1])
        yield Case(f"Absage mit dem Stempel {name}", taken_back, COUNTS, NO, known=once, at=dated[1])
        by_calendar = {"channel": ReplyChannel.CALENDAR}
        twice = book(given=(told(YES, first, **by_calendar), told(NO, dated[1], 2, **by_calendar)), answer=NO)
        again = mail(calendar(stamp=stamp), sent=dated[2])
        yield Case(f"wieder zugesagt mit dem Stempel {name}", again, COUNTS, YES, known=twice, at=dated[2])
    other = book(given=(told(YES, STAMP, channel=ReplyChannel.CALENDAR), told(NO, dated[1], 2)), answer=NO)
    yield Case("dieselbe Zusage noch einmal geschickt, dazwischen am Telefon abgesagt", mail(calendar(), sent=dated[2]),
               PERSON, YES, "Ob vor oder nach", known=other)  # fmt: skip
    once = book(given=(told(YES, STAMP, channel=ReplyChannel.CALENDAR),), answer=YES)
    forwarded = mail(calendar(), RITA, sent=dated[1])
    yield Case("von uns weitergeleitet, was schon zählt", forwarded, COUNTS, YES, known=once, at=STAMP)
    copied = calendar(stamp="20260301T085000Z")
    yield Case("Zeitstempel aus unserer Einladung kopiert", mail(copied), COUNTS, YES, at=STAMP)
    yield Case("Uhr ein Jahr voraus", mail(calendar(stamp="20270304T100000Z")), COUNTS, YES, at=STAMP)
    yield Case("ohne DTSTAMP", mail(calendar(stamp="")), COUNTS, YES, at=STAMP)
    yield Case("DTSTAMP ohne Zeitzone", mail(calendar(stamp="20260304T120000")), COUNTS, YES, at=STAMP)
    unknown = mail(calendar(stamp=""), sent=None)
    yield Case("ohne jede Zeit, schon geantwortet", unknown, PERSON, YES, "Wann geantwortet", known=later)
    yield Case("ohne jede Zeit, erste Antwort", unknown, COUNTS, YES, at=NOW)
    past = book(event={"answer_by": dt.date(2026, 3, 3)})
    yield Case("Zusage nach dem letzten Tag", mail(calendar()), PERSON, YES, "nach dem letzten Tag", known=past)
    yield Case("Absage nach dem letzten Tag", mail(calendar("DECLINED")), COUNTS, NO, known=past)
    over = book(event={"starts_at": INVITED + dt.timedelta(days=1), "answer_by": None})
    yield Case("nach der Veranstaltung", mail(calendar()), PERSON, YES, "schon vorbei", known=over)
    off = book(event={"state": EventState.CALLED_OFF})
    yield Case("Veranstaltung abgesagt", mail(calendar("DECLINED")), PERSON, NO, "ist abgesagt", known=off)
    gone = book(state=InvitationState.CALLED_OFF)
    yield Case("Gast ausgeladen", mail(calendar()), PERSON, YES, "ausgeladen", known=gone)
    dropped = book(state=InvitationState.DROPPED)
    yield Case("Gast gestrichen", mail(calendar()), PERSON, YES, "nicht mehr auf der Liste", known=dropped)


def _kinds() -> Iterator[Case]:
    """What kind of message it is."""
    wish = ("DTSTART;TZID=W. Europe Standard Time:20261009T180000", "COMMENT:Freitag passt besser")
    counter = calendar("TENTATIVE", method="COUNTER", more=wish)
    yield Case("anderer Termin vorgeschlagen", mail(counter, kind="text/calendar; method=COUNTER"), PERSON, MAYBE,
               "andere Zeit vor: 09.10.2026, 18:00 Uhr")  # fmt: skip
    yield Case("bittet um die Einladung", mail(calendar(method="REFRESH"), kind="text/calendar; method=REFRESH"),
               PERSON,
               says="noch einmal zu schicken")  # fmt: skip
    ours = calendar("NEEDS-ACTION", method="REQUEST")
    yield Case("unsere eigene Einladung kommt zurück", mail(ours, kind="text/calendar; method=REQUEST"), IGNORED)
    back = mail(calendar("NEEDS-ACTION", method="CANCEL"), kind="text/calendar")
    yield Case("unsere eigene Absage kommt zurück", back, IGNORED, known=book(event={"state": EventState.CALLED_OFF}))
    yield Case("unsere Ausladung kommt zurück", back, IGNORED, known=book(state=InvitationState.CALLED_OFF))
    yield Case("unsere Einladung gespeichert und mitgeschickt", mail(calendar("NEEDS-ACTION", method="PUBLISH"),
               kind="application/ics", name="Ehrung.ics"), IGNORED)  # fmt: skip
    yield Case("DECLINECOUNTER", mail(calendar(method="DECLINECOUNTER"), kind="text/calendar"), IGNORED)
    handed = calendar("DELEGATED", method="REQUEST", params=f';DELEGATED-TO="mailto:{EVA}"',
                      more=(f'ATTENDEE;RSVP=TRUE;DELEGATED-FROM="mailto:{ADA}":mailto:{EVA}',))  # fmt: skip
    yield Case("Einladung weitergereicht, Kopie an uns", mail(handed, kind="text/calendar; method=REQUEST"), PERSON,
               REPRESENTED, "weitergegeben")  # fmt: skip
    yield Case("einzelner Termin einer Reihe", mail(calendar(more=("RECURRENCE-ID:20261008T150000Z",))), PERSON, YES,
               "einzelnen Termin")  # fmt: skip
    event = calendar("DECLINED").partition("BEGIN:VEVENT")[2].partition("END:VCALENDAR")[0]
    contrary = calendar().replace("END:VCALENDAR", f"BEGIN:VEVENT{event}END:VCALENDAR")
    yield Case("zwei Termine mit widersprechenden Antworten", mail(contrary), PERSON, says="widersprechen", count=2)
    todo = calendar().replace("VEVENT", "VTODO")
    yield Case("Aufgabe statt Termin", mail(todo), IGNORED, count=0)
    yield Case("kein Kalender, nur so benannt", mail("Bitte anmelden", name="a.ics"), IGNORED, count=0)
    yield Case("leerer Kalenderteil", mail(""), IGNORED, count=0)


def _strangers() -> Iterator[Case]:
    """Answers to what is not ours, or not here."""
    foreign = "040000008200E00074C5B7101A82E00800000000@exchange.example"
    hers = ("SUMMARY:Jour fixe", "DTSTART:20260320T090000Z")
    yield Case("Antwort auf ein Treffen, das eine von uns anlegte", mail(calendar(uid=foreign, more=hers)), IGNORED)
    same = ("SUMMARY:Zugesagt: Ehrung 2026", "DTSTART:20261008T150000Z")
    yield Case("fremde UID, aber unsere Veranstaltung", mail(calendar(uid=foreign, more=same)), PERSON, YES,
               "wohl aber der Gast")  # fmt: skip
    yield Case(
        "fremde UID, sonst nichts, bekannter Gast", mail(calendar(uid=foreign)), PERSON, YES, "wohl aber der Gast"
    )
    yield Case("fremde UID, unbekannte Person", mail(calendar(uid=foreign, who="x@y.example"), "x@y.example"), IGNORED)
    yield Case("unter ihrer Adresse ein anderer Name, unsere UID beweist es", mail(calendar(params=";CN=Bernd Neu"),
               "Bernd Neu <ada@verein.example>"), COUNTS, YES)  # fmt: skip
    yield Case("unter ihrer Adresse ein anderer Name, fremde UID", mail(calendar(uid=foreign, params=";CN=Bernd Neu")),
               PERSON, YES, "Geantwortet hat Bernd Neu, eingeladen ist Ada Beispiel")  # fmt: skip
    yield Case("Absender mit anderem Namen, fremde UID", mail(calendar(uid=foreign), "Bernd Neu <ada@verein.example>"),
               PERSON, YES, "Geantwortet hat Bernd Neu, eingeladen ist Ada Beispiel")  # fmt: skip
    yield Case("ihr früherer Name, fremde UID", mail(calendar(uid=foreign, params=";CN=Ada Vorher")), PERSON, YES,
               "wohl aber der Gast")  # fmt: skip
    elsewhere = uid_of(5, 17, "andere-base")
    yield Case("Einladung einer anderen Base, bekannter Gast", mail(calendar(uid=elsewhere)), PERSON, YES,
               "wohl aber der Gast")  # fmt: skip
    yield Case("Einladung einer anderen Base, unbekannt", mail(calendar(uid=elsewhere, who="x@y.example"),
               "x@y.example"),
               IGNORED)  # fmt: skip
    gone = uid_of(5, 99, BASE)
    yield Case("Einladung, die gelöscht wurde", mail(calendar(uid=gone, who="x@y.example"), "x@y.example"), PERSON, YES,
               "nicht (mehr) gibt")  # fmt: skip
    yield Case("Einladung, die gelöscht wurde, der Gast steht noch einmal da", mail(calendar(uid=gone)), PERSON, YES,
               "gibt es nicht mehr; Ada Beispiel steht auf der Liste")  # fmt: skip
    moved = uid_of(6, 17, BASE)
    yield Case("Einladung, die zu einer anderen Veranstaltung gehört", mail(calendar(uid=moved)), PERSON, YES)
    yield Case("ohne UID", mail(calendar(uid="", who="x@y.example"), "x@y.example"), IGNORED)
