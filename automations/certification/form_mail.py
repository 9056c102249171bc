"""The mail that brings a placement its questionnaire, through the outbox.

What is stored bears a stand-in for the link, because everybody who may read the base reads the outbox; the link that is
good at that moment goes in when the mail is sent.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from automations.certification.certificates import SEAL
from automations.certification.form_links import FormLinks, form_url, open_form_links
from automations.mail.address import one_address
from automations.mail.framed import framed
from automations.outbox import Letter, enqueue
from schemas.certification.rules.self_assessment import Access, access
from schemas.certification.tables import Certification, CertificationRound
from schemas.contacts.tables import Person
from schemas.errors import KontaktnetzError, NotFound, RowGone, Terminal
from schemas.events.rules.address import Addressee, closing, greeting
from schemas.events.tables import Event
from schemas.operations.choices import PostKind, PostState
from schemas.operations.tables import Post
from sync.connection import Connection
from sync.nocodb.store import TableStore
from sync.outgoing import to_public
from sync.settings import Settings

STAND_IN = "https://fragebogen-link.invalid/"
"""Stands in stored texts where the link will be; this domain exists nowhere (RFC 2606)."""

GONE = "Diesen Fall gibt es nicht mehr."
NOT_WANTED = "Der Fragebogen wird nicht mehr gebraucht: Die Begutachtung hat begonnen, oder das Verfahren läuft nicht."

NO_LINK = "Der Link zum Fragebogen führte ins Leere: Es fehlt eine Adresse, die Einrichtungen öffnen können."
NO_LINK_HINT = "Ihre IT trägt bei ANSWER_URL die öffentliche Adresse ein (siehe Handbuch); schicken Sie ihn dann."

UNDERWAY = (PostState.QUEUED, PostState.SENDING)

_ABOUT = re.compile(r"certification:([1-9][0-9]*)")

Now = Callable[[], dt.datetime]


class FormNotSent(KontaktnetzError, Terminal):
    """The questionnaire cannot be sent; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Whom:
    """Who gets a questionnaire: an address, and the person behind it if it is theirs."""

    mail: str
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What the mail says; see ``automations.mail.framed``."""

    subject: str
    host: str
    greeting: str
    paragraphs: tuple[str, ...]
    closing: str
    answer_link: str
    contact: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def signatory(self) -> tuple[str, ...]:
        """Return who signs."""
        return (self.host,)

    @property
    def sender(self) -> tuple[str, ...]:
        """Return the lines of the letterhead."""
        return (self.host,)


def about(case: int) -> str:
    """Return what a post about this case bears."""
    return f"certification:{case}"


def case_of(post: Post) -> int | None:
    """Return the case that a post is about."""
    found = _ABOUT.fullmatch(post.about or "")
    return int(found[1]) if found else None


def whom(case: Certification, coordinator: Person | None) -> Whom | None:
    """Return who gets the questionnaire: the address in the case, else its coordinator's; None when nobody can.

    A cell that is not exactly one address is nobody's, and what stands in the case decides.
    """
    own, theirs = (case.mail or "").strip(), ((coordinator.mail if coordinator else None) or "").strip()
    if own and not one_address(own):
        return None
    own, theirs = one_address(own), one_address(theirs)
    if own and own.casefold() != theirs.casefold():
        return Whom(own)
    if coordinator is not None and theirs and not (coordinator.do_not_contact and not own):
        return Whom(theirs, coordinator)
    return Whom(own) if own else None


def word(case: Certification, round_name: str, to: Whom, *, network: str, reply_to: str = "") -> Said:
    """Return what the mail says."""
    person = to.person
    addressee = Addressee(
        salutation=person.salutation or "", title=person.title or "", first_name=person.first_name or "",
        last_name=person.last_name or "", own_greeting=person.own_greeting or "",
    ) if person else Addressee()  # fmt: skip
    name = case.name or "Ihre Einrichtung"
    in_round = f" ({round_name})" if round_name else ""
    return Said(
        subject=f"Selbsteinschätzung für das Gütesiegel: {name}", host=network, greeting=greeting(addressee),
        paragraphs=(
            f"auf dem Weg zum Gütesiegel „{SEAL}“{in_round} steht für {name} die Selbsteinschätzung an. Bitte gehen "
            "Sie in Ihrem Team die Kriterien durch und halten Sie fest, wie weit sie bei Ihnen erfüllt sind. Es gibt "
            "kein Richtig oder Falsch: Wir sprechen mit Ihnen darüber.",
            "Der Fragebogen wird Seite für Seite gespeichert. Sie können jederzeit unterbrechen und mit demselben Link "
            "weitermachen. Mehrere Personen können mitmachen: Geben Sie den Link in Ihrem Team weiter, aber "
            "veröffentlichen Sie ihn bitte nicht. Auf der Seite gibt es auch eine englische Fassung.",
            "Wenn alles beantwortet ist, melden Sie den Fragebogen dort als fertig. Dann melden wir uns bei Ihnen.",
        ),
        closing=closing(), answer_link=STAND_IN, contact=(("E-Mail", reply_to),) if reply_to else (),
    )  # fmt: skip


def letter(said: Said, to: Whom, case: int, *, key: str, reply_to: str = "") -> Letter:
    """Return the mail for the outbox."""
    text, html = framed(
        said, button="Fragebogen öffnen", hint="Am Rechner oder am Telefon. Sie brauchen dafür kein Konto.",
        ask="Hier ist Ihr Fragebogen, ohne Konto:",
    )  # fmt: skip
    return Letter(
        key=key, kind=PostKind.QUESTIONNAIRE, recipient=to.mail, subject=said.subject, text=text, html=html,
        sender_name=said.host, reply_to=reply_to, about=about(case), batch=f"certification:{case}:fragebogen",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class QueuedForm:
    """A questionnaire in the outbox: its row there, and the address it goes to."""

    row: int
    mail: str


def queue_form(settings: Settings, opened: Connection, case_row: int, now: Now) -> QueuedForm:
    """Put the questionnaire of a case into the outbox.

    Raises:
        FormNotSent: nobody can get it or open its link, it is on its way already, or it is not wanted any more.
        NotFound: the case is gone.
        NocoDBError: the server refused or did not answer; do it again.
    """
    if not to_public(settings).address:
        raise FormNotSent(NO_LINK, hint=NO_LINK_HINT)
    case = TableStore(opened.client, opened.base, Certification).get(case_row)
    if case is None:
        raise NotFound(GONE, hint="Bitte laden Sie die Seite neu.", row=case_row)
    if access(case.phase) != Access.OPEN:
        raise FormNotSent(NOT_WANTED, hint="Geben Sie den Schritt zurück, wenn doch etwas zu ändern ist.")
    coordinator = TableStore(opened.client, opened.base, Person).get(case.coordinator) if case.coordinator else None
    to = whom(case, coordinator)
    if to is None:
        raise FormNotSent(
            "Für diesen Fragebogen fehlt eine E-Mail-Adresse.",
            hint="Tragen Sie beim Fall „E-Mail (für den Fragebogen)“ ein, oder bei der Koordination eine E-Mail.",
        )
    outbox = TableStore(opened.client, opened.base, Post)
    before = [post for post in outbox.pull(where=outbox.condition("about", about(case_row)))
              if post.kind == PostKind.QUESTIONNAIRE]  # fmt: skip
    if any(post.state in UNDERWAY for post in before):
        raise FormNotSent("Der Fragebogen liegt schon im Postausgang.", hint="Er geht in den nächsten Minuten hinaus.")
    open_form_links(settings, opened).token(case_row)
    round_, reply_to = _round(opened, case)
    said = word(case, round_, to, network=settings.network_name, reply_to=reply_to)
    key = f"fragebogen:{case_row}:{len(before) + 1}"
    enqueue(outbox, [letter(said, to, case_row, key=key, reply_to=reply_to)], now)
    return QueuedForm(outbox.find_idents([key])[key], to.mail)


def withdraw_form(opened: Connection, row: int) -> bool:
    """Take a questionnaire (row of the outbox) back while it waits; False when it is on its way already."""
    outbox = TableStore(opened.client, opened.base, Post)
    return outbox.swap(row, {"state": PostState.QUEUED}, {"state": PostState.WITHDRAWN}).applied


def _round(opened: Connection, case: Certification) -> tuple[str, str]:
    """Return the name of the round of a case, and where answers to its mails go: as its seminar says."""
    round_ = TableStore(opened.client, opened.base, CertificationRound).get(case.round) if case.round else None
    if round_ is None:
        return "", ""
    seminar = TableStore(opened.client, opened.base, Event).get(round_.seminar) if round_.seminar else None
    return round_.name or "", (seminar.reply_to if seminar else None) or ""


@dataclass(frozen=True, slots=True)
class FormConcerns:
    """The cases that mails are about; mails about nothing, and those without a link, pass as they are."""

    settings: Settings
    links: FormLinks

    def ready(self, posts: Sequence[Post]) -> tuple[list[Post], dict[int, str]]:
        """Fill in each placement's own link; hold back a questionnaire that is not wanted any more."""
        found: list[Post] = []
        withheld: dict[int, str] = {}
        for post in posts:
            case = case_of(post)
            if case is None or STAND_IN not in f"{post.text}{post.html}":
                found.append(post)
                continue
            row: Certification | None = self.links.store.get(case)
            if row is None or access(row.phase) != Access.OPEN:
                withheld[post.id or 0] = GONE if row is None else NOT_WANTED
                continue
            try:
                link = form_url(self.settings, self.links.token(case))
            except RowGone:
                withheld[post.id or 0] = GONE
                continue
            if not link:
                withheld[post.id or 0] = NO_LINK
                continue
            text, html = (post.text or "").replace(STAND_IN, link), (post.html or "").replace(STAND_IN, link)
            found.append(replace(post, text=text, html=html or None))
        return found, withheld

    def note_sent(self, posts: Sequence[Post], moment: dt.datetime) -> None:
        """Do nothing: that a questionnaire went out stands in the outbox."""
