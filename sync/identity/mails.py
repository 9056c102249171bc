"""Mail addresses of a row: which there are, whose mailbox they lead to, and who may have one in a house. Pure."""

from __future__ import annotations

import re

from sync.identity.evidence import Cells, keys, word_set

_SHARED_MAILBOXES = word_set(
    "info kontakt contact post mail office buero verwaltung sekretariat vorstand leitung team zentrale empfang",
    "service hallo anfrage presse geschaeftsstelle gs praesident vorsitz vorsitzende vorsitzender fraktion amt",
    "poststelle rathaus ob buergermeister schule kita hort pfarramt gemeinde kirche verein ehrenamt freiwillige",
    "freiwilligenagentur engagement projekt koordination beratung familie fam redaktion",
    "einrichtungsleitung beauftragte rezeption buchhaltung jugend soziales stadtverwaltung",
    "gemeindeverwaltung kreisverwaltung stadt landkreis",
)

_NO_MAILBOXES = word_set(
    "keine keinemail keine.email keine.mail kein ohne fehlt nichtvorhanden nichtbekannt unbekannt unknown noreply",
    "no-reply donotreply nomail noemail no none null nobody test dummy example muster k.a. ka abc 123 xxx xx",
)


def is_placeholder(mail: str) -> bool:
    """Say whether somebody typed an address only because a form wanted one.

    >>> is_placeholder("keine@mail.example"), is_placeholder("ada@verein.example")
    (True, False)
    """
    return mail.partition("@")[0].casefold() in _NO_MAILBOXES


_GMAIL = ("gmail.com", "googlemail.com")
"""Houses that deliver an address with dots, or with something behind a plus, into the same mailbox."""


def read_mails(values: Cells, *columns: str) -> frozenset[str]:
    """Return the mail addresses of cells, comparable; what only fills a form is none.

    >>> sorted(read_mails({"mail": "mailto:A.Muster+net@gmail.com; ada@verein.example"}, "mail"))
    ['ada@verein.example', 'amuster@gmail.com']
    """
    told = (
        part.removeprefix("mailto:")
        for each in keys(values, *columns)
        for part in _ADDRESS.findall(each)
        if "@" in part
    )
    return frozenset(_mailbox(mail) for mail in told if not is_placeholder(mail))


_ADDRESS = re.compile(r"[^\s,;<>\"'()|]+")
"""One address of a cell that may hold several."""


def _mailbox(mail: str) -> str:
    """Return an address as its house reads it."""
    local, _, house = mail.partition("@")
    if house not in _GMAIL:
        return mail
    return f"{local.partition('+')[0].replace('.', '')}@{_GMAIL[0]}"


def is_shared_mailbox(mail: str) -> bool:
    """Say whether a mail address is by its name one that a whole office or family reads.

    >>> is_shared_mailbox("info@verein.example"), is_shared_mailbox("ada.muster@verein.example")
    (True, False)
    """
    local = mail.partition("@")[0].casefold()
    return not _SHARED_MAILBOXES.isdisjoint(re.split(r"[._\-+0-9]+", local))


_PUBLIC_HOUSES = word_set(
    "aol arcor bluewin email freenet gmail gmx googlemail hotmail icloud kabelmail list live mail mailbox me msn",
    "online outlook posteo proton protonmail t-online ukr unitybox vodafone vodafonemail web wp yahoo yandex ymail",
)


def is_public_house(mail: str) -> bool:
    """Say whether anybody may have an address in this house.

    >>> is_public_house("ada@gmx.de"), is_public_house("ada@verein.example")
    (True, False)
    """
    return mail.rpartition("@")[2].split(".")[0] in _PUBLIC_HOUSES
