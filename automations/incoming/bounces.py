"""Read what mail servers send back: to whom a mail could not be delivered, and why. Pure.

Most say it in a part for programs (RFC 3464, with umlauts RFC 6533), others in a header or in plain words.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_string
from email.message import Message
from itertools import islice

from automations.incoming import mails
from automations.incoming.subjects import says_undeliverable
from automations.mail.address import readable
from automations.mail.parsing import MOST_GROUPS

UNKNOWN = "nicht zustellbar"
"""The reason where none is told."""

_SIGN = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")
_COMMENT = re.compile(r"\([^()]{0,200}\)")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_COPY = re.compile(
    r"^(?:-{2,60}[^\n]{0,80}(?:copy|kopie|original|unsent|nachricht|message)|(?:return-path|received|message-id):)",
    re.I | re.M,
)
"""Where the copy of what came back begins."""

_LISTED = re.compile(r"^[^\S\n]{0,8}<?(?P<address>[^\s<>@]{1,64}@[^\s<>@:]{1,255})>?:?[^\S\n]*$", re.M)
"""An address in a line of its own, as qmail, Exim and Sendmail list those that failed."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """An address to which mail cannot be delivered, with the reason that the mail server gave."""

    address: str
    reason: str


def read_bounces(message: Message) -> list[Bounce]:
    """Return the addresses that a message which came back names as undeliverable for good (a delay is none)."""
    found = {}
    for block in (block for part in message.walk() if mails.is_delivery_status(part) for block in _blocks(part)):
        named = next(filter(_is_mail, (block.get("Original-Recipient"), block.get("Final-Recipient"))), None)
        if named and _COMMENT.sub("", str(block.get("Action", ""))).strip().casefold() == "failed":
            address = _address(str(named))
            found[address] = Bounce(address, _reason(block))
    for address in (a.strip() for a in str(message.get("X-Failed-Recipients", "")).split(",")):
        if address:
            found.setdefault(address, Bounce(address, _why(mails.text_of(message), address)))
    if not found and says_so_in_words(message):
        return _told(message)
    return list(found.values())


def says_so_in_words(message: Message) -> bool:
    """Say whether a message which came back has no part for programs, and its words say that it is for good."""
    if any(mails.is_delivery_status(part) for part in message.walk()):
        return False
    return says_undeliverable(mails.subject_of(message)) or mails.tells_undeliverable(message)


def _told(message: Message) -> list[Bounce]:
    """Return the address that the words of a server name: those in lines of their own, else the only one there is."""
    text = mails.text_of(message)
    copy = _COPY.search(text)
    words = text[: copy.start()] if copy else text
    ours = {one.casefold() for one in (*mails.senders(message), *mails.recipients(message))}
    every = dict.fromkeys(one for one in mails.addresses_of(words) if one.casefold() not in ours)
    listed = {one: None for one in _LISTED.findall(words) if one in every}
    failed = list(listed or every)
    if not listed and len(failed) > 1:
        return []
    return [Bounce(readable(address), _why(words, address)) for address in failed]


def _why(words: str, address: str) -> str:
    """Return the paragraph that names an address, without the address where it only heads it."""
    for paragraph in _BLANK_LINE.split(words):
        if address in paragraph:
            told = " ".join(paragraph.split())
            headed = told.lstrip("<").startswith(address)
            return (told.partition(address)[2].lstrip(">: ") if headed else told)[:200] or UNKNOWN
    return UNKNOWN


def _blocks(part: Message) -> Iterator[Message]:
    """Yield the groups of fields in a part for programs; the parser knows only the older kind."""
    inside = part.get_payload()
    blocks = [one for one in inside if isinstance(one, Message)] if isinstance(inside, list) else []
    encoded = str(part.get("Content-Transfer-Encoding", "")).strip().casefold() == "base64"
    if not encoded and part.get_content_type() == "message/delivery-status":
        yield from blocks
        return
    text = "\n\n".join(
        "".join(f"{name}: {value}\n" for name, value in one.items()) + f"\n{_body(one)}" for one in blocks
    )
    if encoded:
        text = _decoded(text)
    groups = (group for group in _BLANK_LINE.split(text.replace("\r\n", "\n")) if group.strip())
    yield from (message_from_string(group.lstrip("\r\n")) for group in islice(groups, MOST_GROUPS))


def _body(one: Message) -> str:
    content = one.get_payload()
    return content if isinstance(content, str) else ""


def _decoded(text: str) -> str:
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return text


def _is_mail(named: object) -> bool:
    """Say whether a field names a mail address; Exchange puts X.400 and other kinds into it, too (RFC 3464, 2.1.2)."""
    kind, typed, _ = str(named or "").partition(";")
    return bool(named) and (not typed or kind.strip().casefold() in ("rfc822", "utf-8", "unknown"))


def _address(named: str) -> str:
    """Return the address of a field like ``utf-8; \\x{FC}mit@x.example``."""
    told = _SIGN.sub(_sign, named.rsplit(";", maxsplit=1)[-1]).strip().strip("<>")
    return readable(told)


def _sign(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return chr(code) if code <= 0x10FFFF else found[0]


def _reason(block: Message) -> str:
    said = str(block.get("Diagnostic-Code", "")).split(";", 1)[-1]
    return " ".join((said or f"Status {block.get('Status', '')}").split())[:200]
