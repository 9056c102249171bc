"""The friendly offer to refresh a seal: who is due, whom it goes to, what it says. Through the outbox, once a seal.

Nobody has to refresh a seal, and none runs out in the model of the house; the words must not say otherwise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from automations.certification.certificates import SEAL
from automations.certification.holders import Holder, standing
from automations.events.book import Book
from automations.mail.address import one_address
from automations.mail.framed import framed
from automations.outbox import Letter
from schemas.certification.rules.seals import age, last_day, offer_refresh
from schemas.events.rules.address import Addressee, closing, greeting
from schemas.operations.choices import PostKind

_KEY = "siegel-auffrischen:"


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer that is due: where it goes (empty: nobody has an address) and how the letter begins."""

    holder: Holder
    mail: str
    greeting: str
    to: str = ""

    @property
    def key(self) -> str:
        """Return the key of its mail: one seal, one offer."""
        return offer_key(self.holder.row)


@dataclass(frozen=True, slots=True)
class Around:
    """What all offers share: who offers and signs, the next seminar if one is planned, the writer's own words."""

    network: str
    signatory: str = ""
    reply_to: str = ""
    seminar_on: dt.date | None = None
    own_words: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the mail says; see ``automations.mail.framed``."""

    subject: str
    host: str
    greeting: str
    paragraphs: tuple[str, ...]
    closing: str
    signatory: tuple[str, ...]
    contact: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    answer_link: str = ""

    @property
    def sender(self) -> tuple[str, ...]:
        """Return the lines of the letterhead."""
        return (self.host,)


def offer_key(row: int) -> str:
    """Return the key of the mail about the seal of this case."""
    return f"{_KEY}{row}"


def due(holders: Iterable[Holder], under_way: Collection[int], today: dt.date) -> list[Holder]:
    """Return whose seal may be offered a refresh: old enough, and the placement is not on its way again already."""
    return [one for one in standing(holders, today) if offer_refresh(one.seal, today) and one.site not in under_way]


def offers(holders: Iterable[Holder], book: Book, barred: Collection[int]) -> list[Offer]:
    """Return the offers to these; the coordinator who is still there is asked first, then the placement itself.

    ``barred`` are persons who do not want to be written to.
    """
    return [_offer(one, book, barred) for one in holders]


def word(offer: Offer, around: Around, today: dt.date) -> Said:
    """Return what the mail says."""
    one = offer.holder
    last, years = last_day(one.seal), age(one.seal, today)
    since = f"in diesem Jahr ({one.year})" if years == 0 else f"im Jahr {one.year}"
    stays = (
        "Ihr Siegel behält seinen Wert, niemand muss es erneuern. Wenn Sie mögen, gehen Sie aber mit Ihrem Team den "
        "Leitfaden noch einmal durch: Oft zeigt sich dabei, was gewachsen ist und was neue Ideen braucht. Auf der "
        "nächsten Engagementmesse bekommen Sie dann ein Siegel mit dem neuen Jahr."
        if last is None
        else f"Es gilt bis zum {last:%d.%m.%Y}. Wenn Sie es weiter tragen möchten, gehen Sie mit Ihrem Team den "
        "Leitfaden noch einmal durch; wir begleiten Sie dabei gern."
    )
    seminar = (
        f"Das nächste Seminar dazu ist am {around.seminar_on:%d.%m.%Y}; auch neue Kolleginnen und Kollegen sind "
        "willkommen."
        if around.seminar_on is not None
        else ""
    )
    paragraphs = (
        f"{since} wurde „{one.name}“ mit dem Gütesiegel „{SEAL}“ ausgezeichnet. Danke, dass Sie Freiwillige so gut "
        "begleiten!",
        stays, seminar, around.own_words.strip(),
        "Antworten Sie einfach auf diese E-Mail, dann besprechen wir alles Weitere. Passt es gerade nicht, ist das "
        "auch in Ordnung: Wir fragen dazu nicht noch einmal.",
    )  # fmt: skip
    return Said(
        subject=f"Ihr Gütesiegel von {one.year}: Möchten Sie es auffrischen?", host=around.network,
        greeting=offer.greeting, paragraphs=tuple(text for text in paragraphs if text), closing=closing(),
        signatory=tuple(line for line in (around.signatory, around.network) if line),
        contact=(("E-Mail", around.reply_to),) if around.reply_to else (),
    )  # fmt: skip


def letters(chosen: Sequence[Offer], around: Around, today: dt.date) -> list[Letter]:
    """Return the mails for the outbox; who has no address gets none."""
    made = []
    for offer in chosen:
        if not offer.mail:
            continue
        said = word(offer, around, today)
        text, html = framed(said, button="", hint="", ask="")
        made.append(
            Letter(
                key=offer.key, kind=PostKind.REFRESH, recipient=offer.mail, subject=said.subject, text=text, html=html,
                sender_name=around.network, reply_to=around.reply_to, about=f"siegel:{offer.holder.row}",
                batch=f"siegel:auffrischen:{today.isoformat()}",
            )
        )  # fmt: skip
    return made


def _offer(one: Holder, book: Book, barred: Collection[int]) -> Offer:
    human = book.people.get(one.coordinator or 0)
    if human is not None and one.seal.trained is not False and one.coordinator not in barred:
        here = [held for held in book.by_person.get(one.coordinator or 0, ()) if held.organisation == one.site]
        mail = next((held.mail for held in here if held.mail), "") or human.mail
        if mail:
            named = Addressee(human.salutation, human.title, human.first_name, human.last_name,
                              own_greeting=human.own_greeting)  # fmt: skip
            return Offer(one, one_address(mail), greeting(named), f"{human.first_name} {human.last_name}".strip())
    house = book.houses.get(one.site or 0)
    return Offer(one, one_address(house.mail) if house else "", greeting(Addressee()))
