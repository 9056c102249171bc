"""Mail addresses as they stand in cells, as they go over the wire, and as people read them. Pure."""

from __future__ import annotations

import re
from email.utils import parseaddr
from functools import lru_cache

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from schemas.errors import DeliveryError
from sync.long_cells import is_too_long
from sync.normalise import read_mails

_PLAIN = re.compile(r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
"""The usual cell, which nobody has to look at closely; our own server may know a house that nobody else does."""


class UnusableAddress(DeliveryError):
    """A cell does not name exactly one address that mail can go to."""

    def __init__(self, cell: str) -> None:
        super().__init__(
            f"„{one_line(cell)}“ ist nicht genau eine gültige E-Mail-Adresse.", hint="Bitte tragen Sie genau eine ein."
        )


def one_line(text: str) -> str:
    r"""Return a text in one line, as a header of a mail has to be.

    >>> one_line("Ehrung\u2028der Engagierten\r\n2026 ")
    'Ehrung der Engagierten 2026'
    """
    return " ".join(text.split())


def addresses_in(cell: str) -> list[str]:
    """Return every address that a cell names, as it is written there; none of a text too long to be taken apart.

    >>> addresses_in("Ada <ada@x.example>"), addresses_in("a@x.example; b@x.example")
    (['ada@x.example'], ['a@x.example', 'b@x.example'])
    """
    plain = cell.strip()
    if is_too_long(plain):
        return []
    if _PLAIN.fullmatch(plain):
        return [plain]
    read = read_mails(plain)
    told = [one for one in (str(read.value or ""), *read.more) if "@" in one]
    return list({one.casefold(): one for one in reversed(told)}.values())[::-1]


def one_address(cell: str) -> str:
    """Return the address of a cell that names exactly one that mail can go to, else nothing: of two nobody knows which.

    >>> one_address("Ada <ada@x.example>"), one_address("a@x.example, b@x.example"), one_address("Ada")
    ('ada@x.example', '', '')
    """
    found = addresses_in(cell)
    usable = len(found) == 1 and (_PLAIN.fullmatch(found[0]) or _read(found[0]) is not None)
    return found[0] if usable else ""


def split_sender(told: str) -> tuple[str, str]:
    """Return name and address of a sender as people write it: what stands in the last angle brackets is the address.

    >>> split_sender("Müller, Netzwerk: Nord <us@x.example>"), split_sender("us@x.example")
    (('Müller, Netzwerk: Nord', 'us@x.example'), ('', 'us@x.example'))
    """
    line = one_line(told)
    if is_too_long(line):
        return "", ""
    name, opened, rest = line.rpartition("<")
    if not (opened and rest.endswith(">")):
        try:
            return parseaddr(line)
        except RecursionError:  # brackets within brackets
            return "", ""
    name = name.strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1].replace('\\"', '"')
    return name, rest[:-1].strip()


def on_the_wire(address: str) -> str:
    """Return an address as every mail server takes it: the domain as IDNA. An umlaut before the @ stays (RFC 6531).

    >>> on_the_wire("info@bürgerhaus.example"), on_the_wire("ümit@straße.example")
    ('info@xn--brgerhaus-q9a.example', 'ümit@xn--strae-oqa.example')
    """
    if address.isascii():
        return address
    read = _read(address)
    return f"{address.rpartition('@')[0]}@{read.ascii_domain}" if read is not None else address


def readable(address: str) -> str:
    """Return an address as people write it, whichever way its domain went over the wire.

    >>> readable("info@xn--brgerhaus-q9a.example")
    'info@bürgerhaus.example'
    """
    if "xn--" not in address.casefold():
        return address
    read = _read(address)
    return f"{address.rpartition('@')[0]}@{read.domain}" if read is not None else address


def bare(address: str) -> str:
    """Return an address without what its holder puts behind a plus to sort mail (RFC 5233).

    >>> bare("ada+verein@x.example"), bare("+49@x.example")
    ('ada@x.example', '+49@x.example')
    """
    local, at, house = address.rpartition("@")
    return f"{local.partition('+')[0] or local}{at}{house}"


def mailbox(address: str) -> str:
    """Return the mailbox that an address leads to: without a plus, and at Google without dots and under one name.

    >>> mailbox("ada.b+verein@googlemail.com"), mailbox("ada.b@x.example")
    ('adab@gmail.com', 'ada.b@x.example')
    """
    local, at, house = bare(address).rpartition("@")
    return f"{local.replace('.', '')}@gmail.com" if house in ("gmail.com", "googlemail.com") else f"{local}{at}{house}"


@lru_cache(maxsize=65_536)
def _read(address: str) -> ValidatedEmail | None:
    """Return an address taken apart, None if it is none."""
    try:
        return validate_email(address, check_deliverability=False, test_environment=True)
    except (EmailNotValidError, ValueError):
        return None
