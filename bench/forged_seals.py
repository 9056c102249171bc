"""1,000 forged seals and 200 right ones, checked without any network: none of the first may pass, all of the second do.

Ten ways to forge, a hundred each: a bit flipped in the payload or in the signature; another name, year or number under
the old signature; a foreign key, under its own name and under ours; a signature cut or extended; the same bytes spelt
in another way (base64 with stray last bits, padding, something glued on); the same signature in its other mathematical
form (S + L); payloads of two seals swapped; a signature of ours over something else. What passes must also say exactly
what it was made of. Any attempt to open a socket ends the run. Ends with one JSON line.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import random
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT)]

from automations.certification.seal_code import Check, SealClaim, check_code, make_code, read_trust, trust_of
from automations.signing import Key, new_key, open_key, public_keys

DAY = dt.date(2027, 5, 6)
NOW = dt.datetime(2027, 5, 1, tzinfo=dt.UTC)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
ORDER = 2**252 + 27742317777372353535851937790883648493
"""The order of the group of Ed25519 (RFC 8032, 5.1)."""

RIGHT, EACH = 200, 100


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def raw(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def flipped(part: str, dice: random.Random) -> str:
    """Return the same bytes with one bit turned over, in the one form that an encoder writes."""
    data = bytearray(raw(part))
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return text(bytes(data))


def stray(part: str, dice: random.Random) -> str:
    """Return another spelling of the same bytes: the last character carries bits that nobody reads."""
    loose = {2: 4, 3: 2}.get(len(part) % 4)
    if loose is None:
        return f"{part}="
    at = ALPHABET.index(part[-1])
    low = dice.randrange(1, 2**loose)
    return part[:-1] + ALPHABET[at ^ low]


def other_form(part: str) -> str:
    """Return R and S + L: the same equation holds, and a careless library would take it."""
    data = raw(part)
    return text(data[:32] + (int.from_bytes(data[32:], "little") + ORDER).to_bytes(32, "little"))


class Forger:
    """Makes forgeries of right codes."""

    def __init__(self, codes: list[str], foreign: Key, ours: str, key: Key) -> None:
        self.codes = codes
        self.foreign = foreign
        self.ours = ours
        self.key = key
        self.dice = random.Random(1000)

    def parts(self) -> tuple[str, str]:
        _, payload, signature = self.dice.choice(self.codes).split(".")
        return payload, signature

    def told(self, changes: Callable[[dict[str, object]], dict[str, object]]) -> str:
        payload, signature = self.parts()
        told = json.loads(raw(payload))
        told |= changes(told)
        return f"S1.{text(json.dumps(told, ensure_ascii=False, separators=(',', ':')).encode())}.{signature}"

    def bit(self) -> str:
        payload, signature = self.parts()
        if self.dice.random() < 0.5:
            return f"S1.{flipped(payload, self.dice)}.{signature}"
        return f"S1.{payload}.{flipped(signature, self.dice)}"

    def name(self) -> str:
        return self.told(lambda t: {"h": f"{t['h']} {self.dice.choice('äöüß!')}"})

    def year(self) -> str:
        return self.told(lambda t: self.dice.choice([
            {"y": t["y"] + self.dice.randint(1, 9)}, {"d": f"20{self.dice.randint(28, 60)}-05-06"},
        ]))  # fmt: skip

    def number(self) -> str:
        return self.told(lambda t: {"n": f"2027-{self.dice.randint(500, 999)}"})

    def stranger(self) -> str:
        """Sign with a key of one's own, under its own name and under ours."""
        claim = SealClaim(f"2027-{self.dice.randint(1, 200):03d}", 2027, "Erfundenes Haus", DAY)
        made = make_code(claim, self.foreign)
        if self.dice.random() < 0.5:
            return made
        told = json.loads(raw(made.split(".")[1])) | {"k": self.ours}
        signed = f"S1.{text(json.dumps(told, ensure_ascii=False).encode())}"
        return f"{signed}.{self.foreign.sign(signed.encode())}"

    def length(self) -> str:
        payload, signature = self.parts()
        cut = self.dice.randint(1, 85)
        added = "".join(self.dice.choice(ALPHABET) for _ in range(self.dice.randint(1, 8)))
        return f"S1.{payload}.{self.dice.choice([signature[:-cut], signature + added, text(raw(signature) + b'0')])}"

    def spelling(self) -> str:
        """Write the same bytes in another way: stray bits, padding, the other alphabet, blanks, line ends."""
        payload, signature = self.parts()
        way = self.dice.randrange(4)
        if way == 0:
            return f"S1.{payload}.{stray(signature, self.dice)}"
        if way == 1 and len(payload) % 4:
            return f"S1.{stray(payload, self.dice)}.{signature}"
        if way == 2:
            return f"S1.{payload}.{signature}{self.dice.choice(['=', '==', '.', '..', '.AA', '%3D'])}A"
        at = self.dice.randrange(1, len(signature))
        return f"S1.{payload}.{signature[:at]}{self.dice.choice(['=', '+', '/', ' ', chr(10), '.'])}{signature[at:]}"

    def mirrored(self) -> str:
        payload, signature = self.parts()
        return f"S1.{payload}.{other_form(signature)}"

    def swapped(self) -> str:
        one, two = self.dice.sample(self.codes, 2)
        return f"S1.{one.split('.')[1]}.{two.split('.')[2]}"

    def borrowed(self) -> str:
        """Use a genuine signature of ours over something that is no seal, or over the payload without its version."""
        payload, _ = self.parts()
        signed = self.dice.choice([payload, f"S2.{payload}", f"s1.{payload}", f"S1.{payload}.", "", f"S1.{payload}\n"])
        version = self.dice.choice(["S1", "S1", "S2", "s1"])
        return f"{version}.{payload}.{self.key.sign(signed.encode())}"

    def all(self) -> Iterator[str]:
        ways = (self.bit, self.name, self.year, self.number, self.stranger, self.length, self.spelling, self.mirrored,
                self.swapped, self.borrowed)  # fmt: skip
        right = set(self.codes)
        for way in ways:
            made: set[str] = set()
            while len(made) < EACH:
                code = way()
                if code not in right:
                    made.add(code)
            yield from sorted(made)


def refuse(*_: object, **__: object) -> None:
    raise AssertionError("a check must not open a socket")


def main() -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        old = open_key(Path(one), NOW - dt.timedelta(days=700))
        key = new_key(Path(one), NOW)
        foreign = open_key(Path(other), NOW)
        claims = [
            SealClaim(f"2027-{at:03d}", 2027, f"Haus {at} – „Größe“ & Übung {'ß' * (at % 60)}", DAY)
            for at in range(1, RIGHT + 1)
        ]
        codes = [make_code(claim, old if at % 4 == 0 else key) for at, claim in enumerate(claims)]
        trust = read_trust(trust_of(public_keys(Path(one)), ["2026-001"], DAY).as_text())
    socket.socket = refuse  # type: ignore[misc, assignment]
    forged = list(Forger(codes, foreign, key.name, key).all())
    passed = [code for code in forged if check_code(code, trust, DAY).outcome in (Check.GENUINE, Check.REVOKED)]
    addresses = (f"https://antworten.example.org/s/{code}" if at % 2 else code for at, code in enumerate(codes))
    found = [check_code(code, trust, DAY) for code in addresses]
    verified = sum(
        one.outcome == Check.GENUINE and one.claim == claim for one, claim in zip(found, claims, strict=True)
    )
    for code in passed[:5]:
        print(f"accepted: {code}")
    print(json.dumps({"forged": len(forged), "accepted": len(passed), "right": len(codes), "verified": verified}))


if __name__ == "__main__":
    main()
