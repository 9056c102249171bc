"""Which address links that go out begin with, or why none may: decided here for everything that leaves the house.

Mails, letters, badges, certificates and door plates all ask here. An address that whoever gets the link cannot open is
worse than none: it goes out once, to fifty offices.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from schemas.reach import Reach, reach_of
from sync.reached import is_unreached, keep_checked
from sync.settings import Settings


class Barred(StrEnum):
    """Why no link may go out."""

    UNSET = "fehlt"
    MACHINE = "rechner"
    HOUSE = "haus"
    UNREACHED = "antwortet nicht"


_SAID = {
    Barred.UNSET: "Es ist keine Adresse eingestellt, die andere öffnen können.",
    Barred.MACHINE: "Die Adresse {named} gilt nur auf diesem Rechner.",
    Barred.HOUSE: "Die Adresse {named} gilt nur im Netz dieses Hauses.",
    Barred.UNREACHED: "Unter der Adresse {named} antworten unsere Antwortseiten zurzeit nicht.",
}
WAY_OUT = (
    "Ihre IT stellt die Antwortseiten ins Netz und trägt ihre Adresse bei ANSWER_URL in der Datei .env ein (Handbuch, "
    "„Antwortseiten für Gäste“). Starten Sie Kontaktnetz danach neu."
)
"""What to do about it."""
START_PAGES = (
    "Ihre IT sieht nach, ob `kontaktnetz answers` und der Proxy davor laufen; alle fünf Minuten wird neu geprüft. "
    "Erreicht nur dieser Rechner die Adresse nicht, ein Telefon ohne WLAN aber schon, setzen Sie ANSWER_CHECK=false in "
    "der Datei .env."
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """``address`` is what links begin with, without a slash at its end, and empty where none may go out.

    ``named`` is the address as it is set, or the one on this machine. In a demo links lead to this machine, so that
    they can be tried there; nothing leaves it.
    """

    address: str
    named: str
    barred: Barred | None
    demo: bool = False

    @property
    def problem(self) -> str:
        """Say in German why no link may go out; empty where it may."""
        return _SAID[self.barred].format(named=self.named) if self.barred else ""

    @property
    def way_out(self) -> str:
        """Say in German what to do about it."""
        return START_PAGES if self.barred is Barred.UNREACHED else WAY_OUT


def to_public(settings: Settings) -> Outgoing:
    """Return what stands before links to guests, placements and visitors, who are anywhere."""
    found = _outgoing(settings, settings.answer_url or settings.dashboard_url, (Reach.WORLD,))
    if found.barred is None and settings.answer_check and is_unreached(settings, found.named):
        return Outgoing("", found.named, Barred.UNREACHED)
    return found


def keep_public_checked(settings: Settings) -> None:
    """See to it that ``to_public`` knows whether the address answers; takes a few seconds at most and never raises."""
    found = _outgoing(settings, settings.answer_url or settings.dashboard_url, (Reach.WORLD,))
    if found.barred is None and settings.answer_check:
        keep_checked(settings, found.named)


def to_staff(settings: Settings) -> Outgoing:
    """Return what stands before links to ourselves: an address that holds in this house only does, too."""
    return _outgoing(settings, settings.dashboard_url, (Reach.WORLD, Reach.HOUSE))


def is_on_https(settings: Settings) -> bool:
    """Say whether the public pages are offered over HTTPS, so that their cookies may ask for it."""
    return to_public(settings).named.startswith("https:")


def https_host(settings: Settings) -> str:
    """Return the host (with its port) under which the dashboard is offered over HTTPS, empty where it is not."""
    parts = urlsplit(to_staff(settings).named)
    return parts.netloc.casefold() if parts.scheme == "https" else ""


_WHY = {Reach.NOBODY: Barred.UNSET, Reach.MACHINE: Barred.MACHINE, Reach.HOUSE: Barred.HOUSE}


def _outgoing(settings: Settings, told: str, enough: tuple[Reach, ...]) -> Outgoing:
    here = f"http://127.0.0.1:{settings.dashboard_port}"
    named = (told.strip() or here).rstrip("/")
    reach = reach_of(told)
    if reach in enough:
        return Outgoing(named, named, None)
    return Outgoing(named if settings.demo else "", named, _WHY[reach], settings.demo)
