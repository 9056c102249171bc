"""Choices of the network's own tables."""

from __future__ import annotations

from enum import StrEnum

from schemas.model import Choice


class Direction(StrEnum):
    """Which way a contribution went."""

    GIVEN = "gegeben"
    RECEIVED = "bekommen"


DIRECTIONS = (
    Choice(Direction.GIVEN, "Gegeben (von der Organisation)", "#d1f7c4"),
    Choice(Direction.RECEIVED, "Bekommen (von uns oder dem Netzwerk)", "#cfdffe"),
)

CONTRIBUTION_KINDS = (
    Choice("raum", "Raum", "#d0f1fd"),
    Choice("stand", "Stand bei der Messe", "#ffeab6"),
    Choice("jury", "Juryarbeit", "#ede2fe"),
    Choice("vorschlag", "Vorschlag für eine Auszeichnung", "#ffdaf6"),
    Choice("gutschein", "Gutscheine oder Sachen", "#fee2d5"),
    Choice("stunden", "Arbeitsstunden", "#d1f7c4"),
    Choice("vortrag", "Vortrag oder Workshop", "#c2f5e9"),
    Choice("vermittlung", "Vermittlung von Freiwilligen", "#d1f7c4"),
    Choice("auszeichnung", "Auszeichnung oder Siegel", "#ffdaf6"),
    Choice("einladung", "Einladung", "#cfdffe"),
    Choice("sonstiges", "Sonstiges", "#e7e7e9"),
)

BODY_KINDS = (
    Choice("netzwerk", "Netzwerk", "#d1f7c4"),
    Choice("jury", "Jury", "#ffdaf6"),
    Choice("arbeitsgruppe", "Arbeitsgruppe", "#cfdffe"),
    Choice("beirat", "Beirat", "#ede2fe"),
    Choice("ausschuss", "Ausschuss", "#d0f1fd"),
    Choice("vorstand", "Vorstand", "#fee2d5"),
    Choice("sonstige", "Sonstige", "#e7e7e9"),
)
