"""`kontaktnetz answers`: serve the answer pages for guests alone, without the dashboards."""

from __future__ import annotations

from typing import Annotated

import typer

from kontaktnetz.embedded.ports import find_listener, is_free
from kontaktnetz.progress import say
from schemas.errors import ConfigError
from streamlit_app.public.process import LOOPBACK, run_answers
from sync.outgoing import WAY_OUT, to_public
from sync.settings import load_settings


def answers(
    address: Annotated[
        str, typer.Option("--address", help="Netzwerkadresse; nur hinter einem Proxy mit HTTPS ändern.")
    ] = LOOPBACK,
) -> None:
    """Nur die öffentlichen Seiten anbieten (Antworten, Fragebögen, Siegel), ohne die Übersicht, bis Strg-C kommt."""
    settings = load_settings()
    settings.require_server()
    require_answer_port(settings.answer_port)
    say(f"Antwortseiten: http://{address}:{settings.answer_port} (Beenden mit Strg-C)")
    found = to_public(settings)
    say(
        f"In Einladungen steht kein Link. {found.problem} {WAY_OUT}"
        if found.barred
        else f"In Einladungen steht: {found.named}"
    )
    run_answers(settings, address=address)


def require_answer_port(port: int) -> None:
    """Raise ConfigError when another program listens on the port of the answer pages."""
    if is_free(port):
        return
    listener = find_listener(port)
    who = f"vom Programm {listener.name} (Prozess {listener.pid})" if listener.name else "von einem anderen Programm"
    raise ConfigError(
        f"Der Port {port} für die Antwortseiten ist schon belegt, {who}.",
        hint="Laufen die Antwortseiten schon? Sonst tragen Sie bei ANSWER_PORT in der Datei .env einen anderen ein.",
        port=port,
    )
