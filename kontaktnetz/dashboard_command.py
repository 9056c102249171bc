"""`kontaktnetz dashboard`: serve the dashboards."""

from __future__ import annotations

from typing import Annotated

import typer

from kontaktnetz.embedded.ports import find_listener, is_free
from kontaktnetz.progress import say
from schemas.errors import ConfigError
from streamlit_app.server import run_dashboard
from sync.settings import Settings, load_settings


def dashboard(
    address: Annotated[
        str, typer.Option("--address", help="Netzwerkadresse; nur hinter einem Proxy mit HTTPS ändern.")
    ] = "127.0.0.1",
) -> None:
    """Die Übersicht im Browser anbieten, bis Strg-C gedrückt wird."""
    settings = load_settings()
    settings.require_server()
    require_dashboard_port(settings)
    say(f"Übersicht: http://{address}:{settings.dashboard_port} (Beenden mit Strg-C)")
    run_dashboard(settings, address=address)


def require_dashboard_port(settings: Settings) -> None:
    """Raise ConfigError when another program listens on the port of the dashboards."""
    port = settings.dashboard_port
    if is_free(port):
        return
    listener = find_listener(port)
    who = f"vom Programm {listener.name} (Prozess {listener.pid})" if listener.name else "von einem anderen Programm"
    raise ConfigError(
        f"Der Port {port} für die Übersicht ist schon belegt, {who}.",
        hint="Läuft die Übersicht schon? Sonst tragen Sie bei DASHBOARD_PORT in der Datei .env einen anderen ein.",
        port=port,
    )
