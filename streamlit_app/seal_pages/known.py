"""What is known about seals on this machine: public keys, and who holds which seal as the mirror of the base tells.

A machine that must not have the private keys gets the file of ``kontaktnetz seal trust`` instead, in the folder of the
data. Nothing here asks NocoDB.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from automations.certification.holders import Holder, read_holders
from automations.certification.numbers import names_by_number, void_numbers
from automations.certification.seal_code import Trust, fingerprints, read_trust
from automations.signing import public_keys
from schemas.base import BASE
from schemas.certification.rules.seals import plain_number
from schemas.certification.tables import Certification, CertificationRound
from schemas.contacts.tables import Organisation
from schemas.model import MultiSelect, Record
from schemas.time_zone import BERLIN
from streamlit_app.frames.records import as_records
from streamlit_app.public.base import Kept
from sync.mirror import Manifest, load_table, read_manifest

log = logging.getLogger(__name__)

TRUST_FILE = "siegel-pruefdatei.json"
"""In the folder of the data: what ``kontaktnetz seal trust`` wrote elsewhere."""

KEEP = 60.0
"""Seconds that files are not read anew."""

Now = Callable[[], dt.datetime]

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Known:
    """Keys by name (none: nothing can be checked), void numbers, who holds a seal, and as of when that was true.

    ``as_of`` is None where nobody told which numbers are void, ``claims`` where nobody told who may claim which
    (fingerprints by number).
    """

    keys: Mapping[str, str] = field(default_factory=dict)
    revoked: frozenset[str] = frozenset()
    holders: tuple[Holder, ...] = ()
    as_of: dt.date | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[str, str] | None = None

    @property
    def trust(self) -> Trust:
        """Return what a check of a code needs."""
        return Trust(self.keys, self.revoked, self.as_of or dt.date.min, self.claims)

    def holder(self, number: str) -> Holder | None:
        """Return who holds a seal by its number, None when the base does not know it."""
        plain = plain_number(number)
        return next((one for one in self.holders if plain_number(one.number) == plain), None)


class Seals:
    """Reads what is known now and then; thread-safe. ``clock`` returns seconds and only ever grows."""

    def __init__(self, data_dir: Path, mirror_dir: Path, clock: Callable[[], float], now: Now) -> None:
        self._data_dir = data_dir
        self._mirror_dir = mirror_dir
        self._now = now
        self._kept: Kept[Known] = Kept(clock, 1, KEEP)
        self._reading = threading.Lock()

    def known(self) -> Known:
        """Return what is known at most a minute ago.

        Raises:
            ConfigError: a key is no key, or others may read it.
        """
        with self._reading:
            found = self._kept.get("")
            if found is None:
                found = self._read()
                self._kept.put("", found)
            return found

    def _read(self) -> Known:
        given = self._given()
        keys = {**(given.keys if given else {}), **public_keys(self._data_dir)}
        manifest = read_manifest(self._mirror_dir)
        if manifest is None or "certification" not in manifest.tables:
            if given is None:
                return Known(keys)
            return Known(keys, given.revoked, as_of=given.as_of, claims=given.holders)

        def rows(record: type[R]) -> list[R]:
            return as_records(load_table(self._mirror_dir, manifest, record.table().code), record)

        cases, rounds, houses = rows(Certification), rows(CertificationRound), rows(Organisation)
        holders = read_holders(cases, rounds, houses, today=self._now().astimezone(BERLIN).date())
        revoked = frozenset(void_numbers(cases)) | (given.revoked if given else frozenset())
        as_of = manifest.taken_at.astimezone(BERLIN).date()
        claims = fingerprints(names_by_number(cases))
        return Known(keys, revoked, tuple(holders), as_of, _labels(manifest), claims)

    def _given(self) -> Trust | None:
        try:
            return read_trust((self._data_dir / TRUST_FILE).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            log.warning("file of trust cannot be read")
            return None


def _labels(manifest: Manifest) -> dict[str, str]:
    """Return the words of staff for fields of engagement."""
    kind = BASE.tables["organisation"].columns["engagement_fields"]
    words = {c.code: c.label for c in kind.choices} if isinstance(kind, MultiSelect) else {}
    entry = manifest.tables.get("organisation")
    return {code: entry.label("engagement_fields", code) if entry else word for code, word in words.items()}
