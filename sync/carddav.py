"""One address book on a CardDAV server (RFC 6352): read all its cards, write or delete one.

A password is only ever sent to the very address that was set: over TLS, or to a machine of one's own network, and no
redirect is followed.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError

import requests
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from schemas.errors import SourceError, Transient
from sync.time_limit import at_most
from sync.timed_http import timed_session

MAX_BYTES = 60_000_000
"""Most that an answer of the server may hold."""

TIMEOUT = (10.0, 60.0)
"""Seconds to wait for the connection, and for each piece of an answer."""

LONGEST = 300.0
"""Seconds that one question may take, however slowly the server sends its cards."""

_DAV, _CARD = "{DAV:}", "{urn:ietf:params:xml:ns:carddav}"
_QUERY = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<C:addressbook-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav">'
    "<D:prop><D:getetag/><C:address-data/></D:prop><C:filter/></C:addressbook-query>"
)
_KIND = (
    '<?xml version="1.0" encoding="utf-8"?><D:propfind xmlns:D="DAV:"><D:prop><D:resourcetype/></D:prop></D:propfind>'
)


class AddressBookError(SourceError):
    """The address book is not there, refuses us, or answers what cannot be understood."""


class AddressBookAway(SourceError, Transient):
    """The server of the address book does not answer, or answers with an error of its own."""


class CardChanged(AddressBookError, Transient):
    """Somebody changed or deleted the card since it was read; nothing was written."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card as the server holds it: name within the book, mark of its version (etag), and its text."""

    name: str
    version: str
    text: str


@dataclass(frozen=True, slots=True)
class BookReading:
    """What one reading of a book brought, by name: ``withheld`` are the answers for cards that it did not give.

    ``cut_off`` is the answer with which the server broke off before all cards were named, or 0.
    """

    cards: tuple[Card, ...]
    withheld: Mapping[str, int]
    cut_off: int = 0


class AddressBook:
    """One address book, by the address of its collection; ``user`` may be empty for one without sign-in.

    ``ca_file`` holds the certificates to be trusted in place of those that the system trusts.
    """

    def __init__(self, url: str, user: str = "", password: str = "", ca_file: Path | None = None) -> None:
        """Take the address; nothing is sent yet.

        Raises:
            AddressBookError: the password would go in the open, or there is no such file of certificates.
        """
        self.url = url.rstrip("/") + "/"
        parts = urlsplit(self.url)
        if parts.username is not None:
            raise AddressBookError(
                "In der Adresse des Adressbuchs stehen Name und Kennwort (vor dem @).",
                hint="Bitte lassen Sie sie dort weg; beide haben eigene Angaben.",
            )
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise AddressBookError(
                f"„{url}“ ist keine Adresse eines Adressbuchs.",
                hint="Sie beginnt mit https:// und steht in den Einstellungen Ihres Adressbuchs unter CardDAV.",
            )
        self.host = parts.hostname
        if parts.scheme == "http" and not _is_near(self.host):
            raise AddressBookError(
                f"Zu {self.host} ginge das Kennwort unverschlüsselt durchs Netz.",
                hint="Bitte geben Sie die Adresse mit https:// an.",
            )
        if ca_file is not None and not ca_file.is_file():
            raise AddressBookError(
                f"Die Datei {ca_file} mit dem Zertifikat für {self.host} gibt es nicht.",
                hint="Bitte prüfen Sie den Ort, oder lassen Sie die Angabe weg.",
            )
        self._session = timed_session()
        self._session.verify = str(ca_file) if ca_file else True
        self._session.trust_env = False  # no password from a .netrc, no detour over a proxy
        if user:
            # requests writes these as Latin-1; servers expect UTF-8 (RFC 7617)
            self._session.auth = (user.encode().decode("latin-1"), password.encode().decode("latin-1"))

    def cards(self) -> list[Card]:
        """Return every card that the book gives, by name. Raises what ``read`` raises."""
        return list(self.read().cards)

    def read(self) -> BookReading:
        """Read the whole book, and say which cards the server did not give.

        Raises:
            AddressBookError: there is no such book, we may not read it, or it is too large.
            AddressBookAway: the server does not answer.
        """
        self._require_book()
        answer = self._ask("REPORT", self.url, _QUERY, {"Depth": "1"}, expected=(207,))
        cards: dict[str, Card] = {}
        withheld: dict[str, int] = {}
        cut_off = 0
        for response in self._responses(answer):
            status = _status(response)
            names = [self._name(href.text or "") for href in response.findall(f"{_DAV}href")]
            for name in names or [""]:
                card = self._card(name, response) if name and status < 300 else None
                if card is not None:
                    cards[name] = card
                elif name:
                    withheld[name] = status if status >= 300 else _status(response, f"{_CARD}address-data")
                elif status >= 300 or not names:
                    cut_off = (
                        status if status >= 300 else 207
                    )  # what is said of the book itself holds for all its cards
        found = tuple(sorted(cards.values(), key=lambda card: card.name))
        return BookReading(found, {n: s for n, s in sorted(withheld.items()) if n not in cards}, cut_off)

    def put(self, name: str, text: str, version: str | None = None) -> None:
        """Write a card: a new one, or with ``version`` the one that still is as it was read.

        Raises:
            CardChanged: it is there already, or changed since.
            AddressBookError, AddressBookAway: the server refused or did not answer.
        """
        guard = {"If-Match": version} if version else {"If-None-Match": "*"}
        headers = {"Content-Type": "text/vcard; charset=utf-8", **guard}
        self._ask("PUT", self._place(name), text, headers, expected=(200, 201, 204))

    def delete(self, name: str, version: str) -> None:
        """Delete a card that still is as it was read; one that is gone already is as good.

        Raises:
            CardChanged: it changed since.
            AddressBookError, AddressBookAway: the server refused or did not answer.
        """
        self._ask("DELETE", self._place(name), "", {"If-Match": version}, expected=(200, 204, 404, 410))

    def _require_book(self) -> None:
        answer = self._ask("PROPFIND", self.url, _KIND, {"Depth": "0"}, expected=(207,))
        if not any(r.find(f".//{_CARD}addressbook") is not None for r in self._responses(answer)):
            raise AddressBookError(
                f"Unter {self.url} liegt kein Adressbuch.",
                hint="Gemeint ist die Adresse des Adressbuchs selbst, nicht die des Servers oder eines Kalenders.",
            )

    def _place(self, name: str) -> str:
        return self.url + quote(name, safe="")

    def _name(self, href: str) -> str:
        """Return the name of a card within the book; empty for the book itself and for books inside it."""
        path = unquote(urlsplit(urljoin(self.url, href.strip())).path)
        if path.rstrip("/") == unquote(urlsplit(self.url).path).rstrip("/"):
            return ""
        return path.rsplit("/", 1)[-1]

    def _card(self, name: str, response: Element) -> Card | None:
        """Return the card when the server gave its text."""
        given = [p for p in response.findall(f"{_DAV}propstat") if _status(p) < 300]
        text = next((t for p in given if (t := p.findtext(f".//{_CARD}address-data"))), "")
        version = next((t for p in given if (t := p.findtext(f".//{_DAV}getetag"))), "")
        return Card(name, version, text) if text.strip() else None

    def _responses(self, answer: bytes) -> Iterator[Element]:
        try:
            root: Element = fromstring(answer)
        except (ParseError, DefusedXmlException) as problem:
            raise AddressBookError(
                f"Der Server {self.host} antwortet nicht wie ein Adressbuch.",
                hint="Bitte prüfen Sie die Adresse: Oft ist es die einer Anmeldeseite.",
            ) from problem
        return root.iter(f"{_DAV}response")

    def _ask(self, method: str, url: str, body: str, headers: Mapping[str, str], *, expected: tuple[int, ...]) -> bytes:
        sent = {"Content-Type": "application/xml; charset=utf-8", **headers}
        try:
            with (
                at_most(LONGEST),
                self._session.request(
                    method, url, data=body.encode(), headers=sent, timeout=TIMEOUT, allow_redirects=False, stream=True
                ) as response,
            ):
                if response.status_code not in expected:
                    raise self._refusal(response)
                return self._read(response)
        except requests.exceptions.SSLError as problem:
            if "CERTIFICATE" not in str(problem).upper():
                raise self._away(problem) from problem
            raise AddressBookError(
                f"Dem Zertifikat von {self.host} ist nicht zu trauen: {_distrust(str(problem))}.",
                hint="Bitte erneuern Sie es auf dem Server. Ist es Ihr eigenes, nennen Sie die Datei (PEM) mit dem "
                "Zertifikat, das es beglaubigt: ca_file in sources.toml, ADDRESS_BOOK_CA in .env.",
                host=self.host,
            ) from problem
        except (requests.RequestException, TimeoutError) as problem:
            raise self._away(problem) from problem

    def _away(self, problem: Exception) -> AddressBookAway:
        return AddressBookAway(
            f"Das Adressbuch auf {self.host} antwortet nicht.",
            hint="Bitte prüfen Sie die Verbindung; der nächste Lauf versucht es wieder.",
            problem=type(problem).__name__,
        )

    def _read(self, response: requests.Response) -> bytes:
        parts = bytearray()
        for piece in response.iter_content(1 << 16):
            parts += piece
            if len(parts) > MAX_BYTES:
                raise AddressBookError(
                    f"Das Adressbuch auf {self.host} ist größer als {MAX_BYTES // 1_000_000} MB.",
                    hint="Bitte legen Sie ein eigenes Adressbuch für diese Kontakte an, ohne Bilder.",
                )
        return bytes(parts)

    def _refusal(self, response: requests.Response) -> SourceError:
        status = response.status_code
        facts: dict[str, Any] = {"host": self.host, "status": status}
        if status in (401, 403):
            return AddressBookError(
                f"Das Adressbuch auf {self.host} weist uns ab: "
                + ("Anmeldename oder Kennwort stimmen nicht." if status == 401 else "Das Konto darf das nicht."),
                hint="Viele Anbieter verlangen ein eigenes App-Kennwort; es steht in .env."
                if status == 401
                else "Bitte geben Sie dem Konto in den Einstellungen des Adressbuchs das Recht dazu.",
                **facts,
            )
        if 300 <= status < 400:
            target = urljoin(response.url, response.headers.get("Location", ""))
            return AddressBookError(
                f"Das Adressbuch ist umgezogen: {self.url} verweist auf {target}.",
                hint="Wenn Sie diesem Ziel vertrauen, tragen Sie es als neue Adresse ein.",
                **facts,
            )
        if status == 412:
            return CardChanged(
                "Eine Karte wurde gleichzeitig anderswo geändert.", hint="Der nächste Lauf gleicht sie ab.", **facts
            )
        if status == 404:
            return AddressBookError(
                f"Unter {self.url} gibt es kein Adressbuch.", hint="Bitte prüfen Sie die Adresse.", **facts
            )
        if status == 429 or status >= 500:
            return AddressBookAway(
                f"Das Adressbuch auf {self.host} ist gestört (Antwort {status}).",
                hint="Der nächste Lauf versucht es wieder.",
                **facts,
            )
        return AddressBookError(
            f"Das Adressbuch auf {self.host} nimmt das nicht an (Antwort {status}).",
            hint="Bitte prüfen Sie, ob das Konto dort lesen und schreiben darf.",
            **facts,
        )


def _status(element: Element, of: str = "") -> int:
    """Return the status that an answer gives for an element, 200 when it gives none; ``of`` names a property in it."""
    if of:
        told = [_status(p) for p in element.findall(f"{_DAV}propstat") if p.find(f".//{of}") is not None]
        return next((status for status in told if status >= 300), 404)
    match = re.search(r"\b(\d{3})\b", element.findtext(f"{_DAV}status") or "")
    return int(match.group(1)) if match else 200


_DISTRUST = {
    "self-signed": "es ist selbst ausgestellt",
    "self signed": "es ist selbst ausgestellt",
    "expired": "es ist abgelaufen",
    "not yet valid": "es gilt noch nicht",
    "mismatch": "es gilt für einen anderen Namen",
    "doesn't match": "es gilt für einen anderen Namen",
}


def _distrust(problem: str) -> str:
    """Return in German why a certificate is not trusted."""
    return next((told for word, told in _DISTRUST.items() if word in problem), "seine Aussteller sind unbekannt")


def _is_near(host: str) -> bool:
    """Say whether a host is this machine or one of the own network."""
    try:
        found = {ipaddress.ip_address(str(info[4][0]).split("%")[0]) for info in socket.getaddrinfo(host, None)}
    except (OSError, ValueError):
        return False
    return all(address.is_private or address.is_loopback for address in found)
