"""Which mail of ours an answer or a bounce speaks of: by Message-ID, or by the answer link that it quotes. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Any
from urllib.parse import unquote

from automations.events.tokens import PATH, Signer
from automations.incoming import mails
from automations.mail.message import DOMAIN, message_id

OUR_DOMAIN = f"@{DOMAIN}"
"""Every mail of ours has a Message-ID that ends like this."""

_ABOUT = re.compile(r"invitation:([1-9][0-9]*)")
_IDENT = re.compile(r"<[^<>\s]+>")
_OURS = re.compile(rf"<[0-9a-f]{{40}}@{re.escape(DOMAIN)}>")
"""A Message-ID of ours in the copy that a server puts into its words."""

_TOKEN = re.compile(re.escape(PATH) + r"([0-9]{1,10}\.[A-Za-z0-9_-]{4,16}\.[A-Za-z0-9_-]{22})")

_WRAPPED = 3
"""So many programs may have wrapped a link, one after the other."""

_PROOFPOINT = re.compile(r"urldefense\.[a-z.]{1,40}/v2/url\?u=([\w.-]{1,2000})")
_AS_PERCENT = str.maketrans("-_", "%/")
"""How Proofpoint writes a link within its own."""


@dataclass(frozen=True, slots=True)
class SentPosts:
    """The invitations by the Message-ID of every mail that was sent about them."""

    invitations: Mapping[str, int]
    signer: Signer

    @classmethod
    def of(cls, outbox: Any, signer: Signer) -> SentPosts:
        """Return what a frame of the outbox tells."""
        found = {}
        for ident, about in zip(outbox["ident"], outbox["about"], strict=True):
            said = _ABOUT.fullmatch(about) if isinstance(about, str) else None
            if said is not None and isinstance(ident, str):
                found[message_id(ident)] = int(said[1])
        return cls(found, signer)

    def answered(self, message: Message) -> int | None:
        """Return the invitation that a mail answers, by what it refers to or by the link in what it quotes."""
        named = (found for one in references(message) if (found := self.invitations.get(one)) is not None)
        return next(named, None) or self._quoted(message)

    def returned(self, message: Message) -> int | None:
        """Return the invitation that a message which came back holds."""
        for one in (*_inner_idents(message), *references(message)):
            if one in self.invitations:
                return self.invitations[one]
        return None

    def _quoted(self, message: Message) -> int | None:
        """Return the one invitation whose genuine link stands in a mail; several mean nothing."""
        tokens = {token for text in _texts(message) for each in links_in(text) for token in _TOKEN.findall(each)}
        found = {named.row for token in tokens if (named := self.signer.read(token)) is not None}
        return next(iter(found)) if len(found) == 1 else None


def links_in(text: str) -> list[str]:
    """Return a text as it stands and as it was before programs wrapped its links into their own (SafeLinks and such).

    >>> links_in("https://eur01.safelinks.example/?url=https%3A%2F%2Fnetz.example%2Fa%2F17.x&data=1")[1]
    'https://eur01.safelinks.example/?url=https://netz.example/a/17.x&data=1'
    """
    found = [text]
    for _ in range(_WRAPPED):
        if "%" not in found[-1] or (bare := unquote(found[-1])) == found[-1]:
            break
        found.append(bare)
    wrapped = " ".join(_PROOFPOINT.findall(text))
    return [*found, unquote(wrapped.translate(_AS_PERCENT))] if wrapped else found


def references(message: Message) -> list[str]:
    """Return the Message-IDs that a mail refers to, what it answers first."""
    told = " ".join(str(message.get("In-Reply-To", "")).split()), " ".join(str(message.get("References", "")).split())
    return list(dict.fromkeys([*_IDENT.findall(told[0]), *reversed(_IDENT.findall(told[1]))]))


def is_ours(message: Message) -> bool:
    """Say whether a mail is one that we sent ourselves (a copy, or one that was moved)."""
    return " ".join(str(message.get("Message-ID", "")).split()).rstrip(">").endswith(OUR_DOMAIN)


def refers_to_us(message: Message) -> bool:
    """Say whether a mail refers to one of ours, whichever."""
    return any(one.rstrip(">").endswith(OUR_DOMAIN) for one in references(message))


def _inner_idents(message: Message) -> Iterator[str]:
    for part in message.walk():
        if part is not message and part.get("Message-ID"):
            yield " ".join(str(part["Message-ID"]).split())
        if part.get_content_type() == "text/rfc822-headers":
            raw = part.get_payload(decode=True)
            if isinstance(raw, bytes):
                yield " ".join(str(message_from_bytes(raw).get("Message-ID", "")).split())
    for text in _texts(message):
        yield from _OURS.findall(text)


def _texts(message: Message) -> Iterator[str]:
    for part in message.walk():
        if part.get_content_type() in ("text/plain", "text/html"):
            raw = part.get_payload(decode=True)
            if isinstance(raw, bytes):
                yield mails.guessed(raw, str(part.get_content_charset() or "utf-8"))
