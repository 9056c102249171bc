"""The time zone of the network: what people read and type is time in Berlin, what is kept is UTC."""

from __future__ import annotations

from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
