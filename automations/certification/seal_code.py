"""The text behind the QR code of a certificate: who holds which seal of which year, signed, to be checked without us.

``S1.<payload>.<signature>``: the payload is compact JSON in UTF-8, both parts are base64url without padding (RFC 4648),
the signature is Ed25519 (RFC 8032) over ``S1.<payload>``. What is needed to check it (public keys, and the numbers of
void seals and who holds the others, as of a day) fits into a small file; no network is needed, and none is used.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from automations.signing import Key, is_genuine
from schemas.certification.rules.seals import plain_number
from schemas.time_zone import BERLIN

VERSION = "S1"
PATH = "/s/"
"""The page that checks a seal lives below this path; it is printed on certificates, so it stays."""

LONGEST = 2000
"""Characters; nothing longer was ever printed by us."""

_TEXT = re.compile(r"""(?<![A-Za-z0-9_.-])S1\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?=[.,;:!?)\]>"'“«»]?(?:\s|$))""")
"""A code with nothing glued to it: what is longer or shorter than what we signed is none of ours."""


@dataclass(frozen=True, slots=True)
class SealClaim:
    """What a certificate says: number, year, the placement's name as printed, and the day of the award."""

    number: str
    year: int
    holder: str
    awarded_on: dt.date


class Check(StrEnum):
    """What the check of a code found."""

    GENUINE = "echt"
    AHEAD = "noch-nicht"
    OTHER = "anders"
    REVOKED = "widerrufen"
    FORGED = "nicht-echt"
    UNREADABLE = "unlesbar"


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome, what the code claims (only when we signed it), and the name of its key."""

    outcome: Check
    claim: SealClaim | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Trust:
    """What a check needs: public keys by name, void numbers, and the day on which both were true.

    ``holders`` tells by number the fingerprint of the name that may claim it, None where nobody told: a number that is
    not in it belongs to nobody.
    """

    keys: Mapping[str, str]
    revoked: frozenset[str]
    as_of: dt.date
    holders: Mapping[str, str] | None = None

    def as_text(self) -> str:
        """Return it as the file to give away; it holds nothing secret."""
        data: dict[str, object] = {
            "schluessel": dict(self.keys), "widerrufen": sorted(self.revoked), "stand": self.as_of.isoformat(),
        }  # fmt: skip
        if self.holders is not None:
            data["inhaber"] = dict(sorted(self.holders.items()))
        return json.dumps(data, ensure_ascii=False, indent=1)


def read_trust(text: str) -> Trust:
    """Return what ``Trust.as_text`` wrote. Raises ValueError when it is something else."""
    try:
        data = json.loads(text)
        keys = {str(name): str(key) for name, key in data["schluessel"].items()}
        told = data.get("inhaber")
        holders = None if told is None else {str(number): str(name) for number, name in told.items()}
        return Trust(keys, frozenset(map(str, data["widerrufen"])), dt.date.fromisoformat(data["stand"]), holders)
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError("no file of keys") from problem


def make_code(claim: SealClaim, key: Key) -> str:
    """Return the code of a seal."""
    told = {
        "n": claim.number, "y": claim.year, "h": claim.holder, "d": claim.awarded_on.isoformat(), "k": key.name,
    }  # fmt: skip
    signed = f"{VERSION}.{_pack(told)}"
    return f"{signed}.{key.sign(signed.encode())}"


def code_in(text: str) -> str:
    """Return the code that a text or an address holds, the text itself when it holds none."""
    found = _TEXT.search(text)
    return found[0] if found else text.strip()


def check_code(text: str, trust: Trust, today: dt.date) -> Checked:
    """Check a code, or an address that ends with one, as of today."""
    code = code_in(text)
    parts = code.split(".")
    if len(code) > LONGEST or len(parts) != 3 or parts[0] != VERSION:
        return Checked(Check.UNREADABLE)
    try:
        told = json.loads(_unpack(parts[1]))
        claim = SealClaim(str(told["n"]), int(told["y"]), str(told["h"]), dt.date.fromisoformat(told["d"]))
        name = str(told["k"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return Checked(Check.UNREADABLE)
    public = trust.keys.get(name)
    if public is None or not is_genuine(f"{parts[0]}.{parts[1]}".encode(), parts[2], public):
        return Checked(Check.FORGED)
    return Checked(_standing(claim, trust, today), claim, name)


def fingerprint(number: str, holder: str) -> str:
    """Return by what a number and a name are known to belong together, without telling the name.

    Names of those who still wait for their seal stay in the house. Signs that nobody sees on paper make no other name.
    """
    seen = "".join(sign for sign in holder if unicodedata.category(sign) != "Cf")
    name = " ".join(unicodedata.normalize("NFC", seen).casefold().split())
    return hashlib.sha256(f"{number}\n{name}".encode()).hexdigest()[:32]


def fingerprints(names: Mapping[str, str]) -> dict[str, str]:
    """Return the fingerprints of the names (by number) that may claim a number."""
    return {number: fingerprint(number, name) for number, name in names.items()}


def _standing(claim: SealClaim, trust: Trust, today: dt.date) -> Check:
    number = plain_number(claim.number)
    if number in trust.revoked:
        return Check.REVOKED
    if trust.holders is not None and trust.holders.get(number) != fingerprint(number, claim.holder):
        return Check.OTHER
    return Check.AHEAD if claim.awarded_on > today else Check.GENUINE


def open_badge(
    claim: SealClaim, key: Key, *, issuer: str, issuer_url: str, seal: str, criteria: str, until: dt.date | None = None
) -> str:
    """Return the seal as an Open Badge 3.0 (1EdTech): an AchievementCredential as a compact JWS (RFC 7515, EdDSA).

    The public key travels in the header (``jwk``, RFC 8037); who checks it compares it with the keys that we publish.
    ``until`` is its last day where its model has one. Days begin and end where the network is (Europe/Berlin), as on
    the certificate.
    """
    header = {"alg": "EdDSA", "typ": "JWT", "jwk": {"kty": "OKP", "crv": "Ed25519", "x": key.public}}
    since = dt.datetime.combine(claim.awarded_on, dt.time.min, BERLIN)
    ident = f"urn:kontaktnetz:siegel:{claim.number}"
    credential = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": ident, "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": f"{seal} {claim.year}",
        "issuer": {"id": issuer_url or "urn:kontaktnetz:aussteller", "type": ["Profile"], "name": issuer},
        "validFrom": since.isoformat(),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "identityHash": claim.holder, "identityType": "name", "hashed": False}
            ],
            "achievement": {
                "id": f"urn:kontaktnetz:guetesiegel:{claim.year}", "type": ["Achievement"], "name": seal,
                "description": f"{seal}: {claim.holder}, {claim.year}", "criteria": {"narrative": criteria},
            },
        },
    }  # fmt: skip
    payload = {
        **credential, "iss": credential["issuer"]["id"], "jti": ident,  # type: ignore[index]
        "nbf": int(since.timestamp()),
    }  # fmt: skip
    if until is not None:
        end = dt.datetime.combine(until, dt.time(23, 59, 59), BERLIN)
        payload |= {"validUntil": end.isoformat(), "exp": int(end.timestamp())}
    signed = f"{_pack(header)}.{_pack(payload)}"
    return f"{signed}.{key.sign(signed.encode())}"


def trust_of(
    keys: Mapping[str, str], revoked: Iterable[str], today: dt.date, names: Mapping[str, str] | None = None
) -> Trust:
    """Return what is given away today so that others can check seals; ``names`` say by number who may claim it."""
    return Trust(dict(keys), frozenset(revoked), today, None if names is None else fingerprints(names))


def _pack(told: Mapping[str, object]) -> str:
    raw = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def _unpack(part: str) -> str:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()
