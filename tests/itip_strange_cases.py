"""Answers in forms and from addresses that no rule foresees, as programs and people send them all the same."""

from __future__ import annotations

from collections.abc import Iterator

from itip_parts import (
    ADA,
    BOB,
    COUNTS,
    EVA,
    IGNORED,
    NO,
    PERSON,
    REPRESENTED,
    RITA,
    UID,
    YES,
    Case,
    calendar,
    mail,
    with_addresses,
)


def cases() -> Iterator[Case]:
    """Yield every case."""
    yield from _pluses()
    yield from _passed_on()
    yield from _sent_as_invitation()
    yield from _strange_forms()


def _pluses() -> Iterator[Case]:
    """Addresses with something behind a plus, which is the same mailbox unless others are known to share it."""
    plus = "ada+fest@verein.example"
    yield Case("Adresse mit Plus", mail(calendar(who=plus), plus), COUNTS, YES)
    yield Case("Adresse mit Plus, gesendet ohne", mail(calendar(who=plus)), COUNTS, YES)
    yield Case("ohne Plus, gesendet mit", mail(calendar(), plus), COUNTS, YES)
    yield Case("Plus eines Fremden", mail(calendar(who="eva+ada@verein.example"), "eva+ada@verein.example"), PERSON,
               YES, "Geantwortet hat")  # fmt: skip
    taken = with_addresses({"ada@verein.example"}, {plus})
    yield Case("Adresse mit Plus, die einem anderen Gast gehört", mail(calendar(who=plus), plus), PERSON, YES,
               "Geantwortet hat", known=taken)  # fmt: skip
    shared = with_addresses({"info+ada@verein.example", "info@verein.example"}, {BOB})
    yield Case("ein anderes Plus desselben Postfachs", mail(calendar(who="info+bob@verein.example"),
               "info+bob@verein.example"), PERSON, YES, "Geantwortet hat", known=shared)  # fmt: skip


def _passed_on() -> Iterator[Case]:
    """An invitation that somebody else has got too: each is for one guest."""
    other = (f"ATTENDEE;PARTSTAT=ACCEPTED;CN=Eva Muster:mailto:{EVA}",)
    reads = f"Im Kalender steht auch: Eva Muster ({EVA}), zugesagt."
    yield Case("noch offen, aber eine andere sagt zu", mail(calendar("NEEDS-ACTION", more=other)), PERSON,
               says="noch nicht entschieden", reads=reads)  # fmt: skip
    yield Case("zugesagt, eine andere auch", mail(calendar(more=other)), COUNTS, YES, reads=reads)
    yield Case("abgesagt, eine andere sagt zu", mail(calendar("DECLINED", more=other)), PERSON, NO, "Bitte lesen",
               reads=reads)  # fmt: skip
    ours = (f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{RITA}", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:einladung@netz.example")
    yield Case("zugesagt, wir selbst stehen dabei", mail(calendar(more=ours)), COUNTS, YES, reads="")
    to = calendar("DELEGATED", params=f';DELEGATED-TO="mailto:{EVA}"', more=other)
    yield Case("Vertretung benannt, die schon zusagt", mail(to), COUNTS, REPRESENTED, reads="",
               stand_in=f"Eva Muster ({EVA})")  # fmt: skip
    yield Case("noch offen, mit Worten", mail(calendar("NEEDS-ACTION"), text="Ich brauche eine Rampe."), PERSON,
               says="noch nicht entschieden", reads="Rampe")  # fmt: skip


def _sent_as_invitation() -> Iterator[Case]:
    """Calendars that take our invitation for a date of their own holder."""
    for method in ("REQUEST", "PUBLISH"):
        for status, answer in (("ACCEPTED", YES), ("DECLINED", NO)):
            raw = mail(calendar(status, method=method), kind=f"text/calendar; method={method}")
            yield Case(f"{status} als {method}", raw, PERSON, answer, "nicht als Antwort")
    own = calendar("NEEDS-ACTION", "einladung@netz.example", method="REQUEST").replace(
        "ORGANIZER:mailto:einladung@netz.example", f"ORGANIZER:mailto:{ADA}")  # fmt: skip
    yield Case("lädt uns zum selben Termin ein", mail(own, kind="text/calendar; method=REQUEST"), PERSON, None,
               "nicht als Antwort")  # fmt: skip
    off = mail(calendar("NEEDS-ACTION", method="CANCEL"), kind="text/calendar; method=CANCEL")
    yield Case("sagt den Termin im eigenen Kalender ab", off, PERSON, NO, "im eigenen Kalender abgesagt")
    yield Case("eine von uns schickt unsere Einladung herum", mail(calendar(method="REQUEST"), RITA,
               kind="text/calendar; method=REQUEST"), IGNORED)  # fmt: skip


def _strange_forms() -> Iterator[Case]:
    """UIDs, addresses and numbers as some programs write them."""
    exchange = "040000008200E00074C5B7101A82E008" + "00" * 20 + "7643616C2D55696401000000" + UID.encode().hex() + "00"
    for name, uid in (
        ("in der Kennung von Exchange", exchange), ("in Klammern", f"{{{UID}}}"),
        ("mit %40", UID.replace("@", "%40")),
    ):  # fmt: skip
        yield Case(f"UID {name}", mail(calendar(uid=uid)), COUNTS, YES)
        yield Case(f"UID {name}, von Fremden", mail(calendar(uid=uid, who="x@y.example"), "x@y.example"), PERSON, YES,
                   "eingeladen ist Ada Beispiel")  # fmt: skip
    spoilt = UID.replace("@", "_R20261008T150000@")
    yield Case("UID mit Anhang, von Fremden", mail(calendar(uid=spoilt, who="x@y.example"), "x@y.example"), PERSON, YES,
               "welcher, ist nicht mehr zu erkennen")  # fmt: skip
    at_google = with_addresses({"ada.beispiel@gmail.com"}, {BOB})
    for who in ("ada.beispiel@googlemail.com", "adabeispiel@gmail.com", "ada.beispiel+x@googlemail.com"):
        yield Case(f"bei Google: {who}", mail(calendar(who=who), "ada.beispiel@googlemail.com"), COUNTS, YES,
                   known=at_google)  # fmt: skip
    for value in ("mailto:ada%40verein.example", 'mailto:"Ada" <ada@verein.example>', "ada@verein.example"):
        yield Case(f"Adresse als {value}", mail(calendar(attendee=f"ATTENDEE;PARTSTAT=ACCEPTED:{value}")), COUNTS, YES)
    for value in ("invalid:nomail", "urn:uuid:1234"):
        nobody = calendar(attendee=f"ATTENDEE;PARTSTAT=ACCEPTED;CN=Ada Beispiel:{value}")
        yield Case(f"ohne Adresse: {value}", mail(nobody), PERSON, None, "nicht, wer antwortet",
                   reads="Im Kalender steht auch: Ada Beispiel, zugesagt.")  # fmt: skip
    yield Case("Google: unmögliche Zahl dabei", mail(calendar(params=";X-NUM-GUESTS=999999999")), PERSON, YES,
               "Möchte 999 Personen")  # fmt: skip
    yield Case("Google: negative Zahl dabei", mail(calendar(params=";X-NUM-GUESTS=-1")), COUNTS, YES)
