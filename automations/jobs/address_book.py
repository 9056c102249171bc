"""Every hour: bring the address book for the phones of the team up to date, if one is set."""

from __future__ import annotations

import datetime as dt

from schemas.time_zone import BERLIN
from sync.address_book import push
from sync.connection import open_base
from sync.settings import Settings

NAME = "Adressbuch des Teams"
EVERY_MINUTES = 60


def run(settings: Settings, now: dt.datetime) -> str:
    """Bring the book up to date and say in German what came of it; nothing while no book is set.

    Raises:
        ConfigError: a setting is missing.
        SourceError: the book is not there, refuses us or does not answer.
        NocoDBError: the server refused or did not answer.
        PlanRefused: the base has nothing, the book has cards.
    """
    if not settings.address_book_url:
        return ""
    return push(settings, open_base(settings), now.astimezone(BERLIN).date()).describe()
