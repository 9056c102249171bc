"""The standard words to guests: short, warm, in Sie and in Du. After the greeting the text goes on in small letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from automations.events.facts import EventFacts, GuestFacts, WordingError
from schemas.events.choices import Answer, Place
from schemas.events.rules.address import Form
from schemas.operations.choices import PostKind

WHAT, WHEN, WHERE, ANSWER_BY = "Was", "Wann", "Wo", "Antwort bis"
PHONE, MAIL = "Telefon", "E-Mail"
PROGRAMME = "Programm"
TEST = "[Probe]"

_TO = {
    "ehrung": "zur Ehrung", "messe": "zur Engagementmesse", "workshop": "zum Workshop", "seminar": "zum Seminar",
    "forum": "zum Forum", "sitzung": "zur Sitzung", "empfang": "zum Empfang",
}  # fmt: skip
_TIME_AND_PLACE = (WHEN, WHERE)


@dataclass(frozen=True, slots=True)
class Said:
    """A subject, paragraphs, and the labels of the facts that stand below the first."""

    subject: str
    paragraphs: tuple[str, ...]
    facts: tuple[str, ...] = _TIME_AND_PLACE


def said(occasion: PostKind, event: EventFacts, guest: GuestFacts, by_link: bool) -> Said:
    """Return the standard text of an occasion; ``by_link`` says that the guest can answer by a link.

    Raises:
        WordingError: there are no words for this occasion.
    """
    if occasion not in _TEXTS:
        raise WordingError(f"Für „{occasion}“ gibt es keinen Brief an Gäste.", occasion=str(occasion))
    made = _TEXTS[occasion](event, guest, by_link)
    return Said(made.subject, tuple(filter(None, made.paragraphs)), made.facts)


def _save_the_date(event: EventFacts, guest: GuestFacts, by_link: bool) -> Said:
    s = _says(guest)
    return Said(
        f"Bitte vormerken: {event.name}",
        (
            s(f"bitte merken Sie sich diesen Termin vor. Wir möchten Sie {_to(event)} einladen.",
              f"bitte merk Dir diesen Termin vor. Wir möchten Dich {_to(event)} einladen."),
            "Die Einladung mit allen Einzelheiten folgt. "
            + s("Antworten müssen Sie jetzt noch nicht.", "Antworten musst Du jetzt noch nicht."),
        ),
    )  # fmt: skip


def _invitation(event: EventFacts, guest: GuestFacts, by_link: bool) -> Said:
    s = _says(guest)
    return Said(
        f"Einladung: {event.name}",
        (
            s(f"wir laden Sie herzlich {_to(event)} ein.", f"wir laden Dich herzlich {_to(event)} ein."),
            _companions(event, s), _please_answer(event, s, by_link),
            s("Wir freuen uns auf Sie.", "Wir freuen uns auf Dich."),
        ),
        (WHEN, WHERE, ANSWER_BY),
    )  # fmt: skip


def _reminder(event: EventFacts, guest: GuestFacts, by_link: bool) -> Said:
    s = _says(guest)
    return Said(
        f"Kommen Sie? {event.name}" if guest.form == Form.SIE else f"Kommst Du? {event.name}",
        (
            s(f"vor einiger Zeit haben wir Sie {_to(event)} eingeladen. Noch wissen wir nicht, ob wir mit Ihnen "
              "rechnen dürfen.",
              f"vor einiger Zeit haben wir Dich {_to(event)} eingeladen. Noch wissen wir nicht, ob Du kommst."),
            _please_answer(event, s, by_link),
            s("Auch eine Absage hilft uns. Hat sich Ihre Antwort mit dieser Nachricht gekreuzt: danke dafür.",
              "Auch eine Absage hilft uns. Hat sich Deine Antwort mit dieser Nachricht gekreuzt: danke dafür."),
        ),
        (WHEN, WHERE, ANSWER_BY),
    )  # fmt: skip


def _change(event: EventFacts, guest: GuestFacts, by_link: bool) -> Said:
    s = _says(guest)
    answered = guest.answer in (Answer.YES, Answer.MAYBE, Answer.REPRESENTED)
    return Said(
        f"Geändert: {event.name}",
        (
            s(f"bei unserer Einladung {_to(event)} hat sich etwas geändert. Bitte notieren Sie, was jetzt gilt:",
              f"bei unserer Einladung {_to(event)} hat sich etwas geändert. Bitte notier Dir, was jetzt gilt:"),
            (s("Ihre Zusage bleibt bestehen. Passt es Ihnen so nicht mehr, geben Sie uns bitte Bescheid.",
               "Deine Zusage bleibt bestehen. Passt es Dir so nicht mehr, gib uns bitte Bescheid.")
             if answered else _please_answer(event, s, by_link)),
        ),
        (WHEN, WHERE) if answered else (WHEN, WHERE, ANSWER_BY),
    )  # fmt: skip


def _cancellation(event: EventFacts, guest: GuestFacts, by_link: bool) -> Said:
    s = _says(guest)
    return Said(
        f"Abgesagt: {event.name}",
        (
            f"leider müssen wir die Veranstaltung „{event.name}“ absagen.",
            s("Bitte streichen Sie den Termin. Wir bedauern das sehr und danken Ihnen für Ihr Verständnis.",
              "Bitte streich den Termin. Wir bedauern das sehr und danken Dir für Dein Verständnis."),
        ),
    )  # fmt: skip


def _place(event: EventFacts, guest: GuestFacts, by_link: bool) -> Said:
    s = _says(guest)
    if guest.place == Place.WAITING:
        return Said(
            f"Warteliste: {event.name}",
            (
                s(f"vielen Dank für Ihre Zusage {_to(event)}. Im Moment sind alle Plätze vergeben; Sie stehen auf der "
                  "Warteliste.",
                  f"vielen Dank für Deine Zusage {_to(event)}. Im Moment sind alle Plätze vergeben; Du stehst auf der "
                  "Warteliste."),
                s("Wird ein Platz frei, bekommen Sie sofort Nachricht. Sie müssen nichts weiter tun.",
                  "Wird ein Platz frei, bekommst Du sofort Nachricht. Du musst nichts weiter tun."),
            ),
        )  # fmt: skip
    return Said(
        f"Ihr Platz: {event.name}" if guest.form == Form.SIE else f"Dein Platz: {event.name}",
        (
            s(f"wir haben einen Platz für Sie und freuen uns, Sie {_to(event)} zu sehen.",
              f"wir haben einen Platz für Dich und freuen uns, Dich {_to(event)} zu sehen."),
            s("Können Sie doch nicht kommen, geben Sie uns bitte Bescheid; dann freut sich jemand anderes.",
              "Kannst Du doch nicht kommen, gib uns bitte Bescheid; dann freut sich jemand anderes."),
        ),
    )  # fmt: skip


def _thanks(event: EventFacts, guest: GuestFacts, by_link: bool) -> Said:
    s = _says(guest)
    if guest.represented_by:
        first = s(f"vielen Dank, dass Sie sich bei „{event.name}“ haben vertreten lassen.",
                  f"vielen Dank, dass Du Dich bei „{event.name}“ hast vertreten lassen.")  # fmt: skip
    else:
        first = s(f"vielen Dank, dass Sie bei „{event.name}“ dabei waren.",
                  f"vielen Dank, dass Du bei „{event.name}“ dabei warst.")  # fmt: skip
    return Said(
        f"Danke: {event.name}",
        (
            first,
            s("Ihr Interesse am Engagement in unserer Stadt bedeutet uns viel. Wir freuen uns auf ein Wiedersehen.",
              "Dein Interesse am Engagement in unserer Stadt bedeutet uns viel. Wir freuen uns auf ein Wiedersehen."),
        ),
        (),
    )  # fmt: skip


def _missed(event: EventFacts, guest: GuestFacts, by_link: bool) -> Said:
    s = _says(guest)
    return Said(
        f"Schade: {event.name}",
        (
            s(f"schade, dass Sie bei „{event.name}“ nicht dabei sein konnten.",
              f"schade, dass Du bei „{event.name}“ nicht dabei sein konntest."),
            s("Wir würden uns freuen, Sie beim nächsten Mal zu begrüßen, und melden uns rechtzeitig.",
              "Wir würden uns freuen, wenn es beim nächsten Mal klappt, und melden uns rechtzeitig."),
        ),
        (),
    )  # fmt: skip


def answer_title(form: Form, ways: Sequence[tuple[str, str]]) -> str:
    """Return what stands above the ways (label, value) by which a guest without a link answers.

    >>> answer_title(Form.SIE, ((PHONE, "0391 1"), (MAIL, "a@b.example")))
    'Ihre Antwort per E-Mail oder Telefon'
    """
    own = "Deine Antwort" if form == Form.DU else "Ihre Antwort"
    by = " oder ".join(sorted(label for label, _ in ways))
    return f"{own} per {by}" if by else own


Say = Callable[[str, str], str]


def _says(guest: GuestFacts) -> Say:
    """Return what picks between a sentence in Sie and one in Du."""
    return lambda sie, du: du if guest.form == Form.DU else sie


def _to(event: EventFacts) -> str:
    """Return to what a guest is invited; a title that begins with the word for its kind says it already."""
    begin, kind = _TO.get(event.kind, "zur Veranstaltung").split(maxsplit=1)
    named = event.name.casefold().startswith(kind.casefold())
    return f"{begin} „{event.name}“" if named else f"{begin} {kind} „{event.name}“"


def _companions(event: EventFacts, s: Say) -> str:
    if not event.companions_max:
        return ""
    who = "eine Begleitperson" if event.companions_max == 1 else f"bis zu {event.companions_max} Begleitpersonen"
    return s(f"Gern können Sie {who} mitbringen.", f"Gern kannst Du {who} mitbringen.")


def _please_answer(event: EventFacts, s: Say, by_link: bool) -> str:
    until = f"bis zum {event.answer_by:%d.%m.%Y}" if event.answer_by else "bald"
    asked = s(f"Bitte geben Sie uns {until} Bescheid, ob Sie kommen.", f"Bitte gib uns {until} Bescheid, ob Du kommst.")
    if not by_link:
        return asked
    return asked + s(
        " Am einfachsten geht das über Ihren persönlichen Link. Dort können Sie auch eine Vertretung nennen und uns "
        "sagen, worauf wir beim Essen oder beim Zugang achten sollen.",
        " Am einfachsten geht das über Deinen persönlichen Link. Dort kannst Du auch eine Vertretung nennen und uns "
        "sagen, worauf wir beim Essen oder beim Zugang achten sollen.",
    )


_TEXTS: dict[PostKind, Callable[[EventFacts, GuestFacts, bool], Said]] = {
    PostKind.SAVE_THE_DATE: _save_the_date, PostKind.INVITATION: _invitation, PostKind.TEST: _invitation,
    PostKind.REMINDER: _reminder, PostKind.CHANGE: _change, PostKind.CANCELLATION: _cancellation,
    PostKind.PLACE: _place, PostKind.THANKS: _thanks, PostKind.MISSED: _missed,
}  # fmt: skip
