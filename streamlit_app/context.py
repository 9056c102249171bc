"""What the server process hands to the pages: settings, key, refresher. In a test the environment stands in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from streamlit_app.door.recheck import Recheck
from streamlit_app.door.revoked import Revoked
from streamlit_app.refresher import Refresher
from sync.kept_secret import kept_secret, require_long
from sync.settings import Settings, load_settings

SECRET_FILE = "dashboard.secret"  # noqa: S105 - a file name


@dataclass(frozen=True, slots=True)
class Context:
    """One per process."""

    settings: Settings
    secret: str
    revoked: Revoked
    refresher: Refresher | None = None
    recheck: Recheck | None = None


_current: list[Context] = []


def make(settings: Settings) -> Context:
    """Return a context without a refresher.

    Raises:
        ConfigError: the key that signs sign-ins is too short.
    """
    told = settings.dashboard_secret.get_secret_value()
    hint = "Tragen Sie dort mindestens 32 zufällige Zeichen ein, oder lassen Sie die Zeile leer."
    secret = (
        require_long(told, of="DASHBOARD_SECRET in .env", hint=hint)
        if told
        else kept_secret(settings.data_dir / SECRET_FILE)
    )
    return Context(settings, secret, Revoked(settings.data_dir / "abgemeldet.json"))


def install(context: Context) -> None:
    """Make this the context of the process."""
    _current[:] = [context]


def get() -> Context:
    """Return the context of the process."""
    if not _current:
        install(make(load_settings()))
    return _current[0]


def now() -> dt.datetime:
    """Return the present moment, aware UTC; the one clock of the dashboards."""
    return dt.datetime.now(dt.UTC)
