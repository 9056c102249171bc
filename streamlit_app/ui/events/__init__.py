"""The parts of the page about events, one module per tab; each tab is ``show(picture, session, event_row)``."""
