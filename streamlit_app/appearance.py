"""Streamlit's configuration, passed as flags so that no folder or file of the user's can change it.

Colours pass WCAG AA on their surfaces (text 4.5:1); fonts are those of the computer, nothing is loaded from outside.
"""

from __future__ import annotations

FONT = "Segoe UI, system-ui, Roboto, Noto Sans, Ubuntu, Arial, sans-serif"

GREEN = "#1d5c55"
INK = "#1c2825"
MUTED = "#56645f"
LINE = "#d5dedb"
SURFACE = "#ffffff"
PAGE = "#f5f8f6"

KIND_COLORS = {
    "anruf": "#2a7d72", "mail": "#4a77b4", "treffen": "#c98a1b", "besuch": "#b4593a",
    "brief": "#7d63a8", "veranstaltung": "#b0567f", "sonstiges": "#84918c",
}  # fmt: skip
"""One colour per kind of contact, told apart by lightness too; a kind of staff's own gets the grey of "other"."""

CONFIG: dict[str, object] = {
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.enableStaticServing": False,
    "server.maxUploadSize": 1,
    "server.maxMessageSize": 20,
    "runner.magicEnabled": False,
    "logger.level": "warning",
    "logger.hideWelcomeMessage": True,
    "theme.base": "light",
    "theme.primaryColor": GREEN,
    "theme.backgroundColor": PAGE,
    "theme.secondaryBackgroundColor": SURFACE,
    "theme.textColor": INK,
    "theme.yellowTextColor": "#664700",
    "theme.linkColor": GREEN,
    "theme.borderColor": LINE,
    "theme.font": FONT,
    "theme.headingFont": FONT,
    "theme.headingFontSizes": ["1.75rem", "1.25rem", "1.1rem", "1rem", "1rem", "1rem"],
    "theme.headingFontWeights": [650, 600, 600, 600, 600, 600],
    "theme.metricValueFontSize": "2rem",
    "theme.metricValueFontWeight": 600,
    "theme.baseRadius": "10px",
    "theme.buttonRadius": "8px",
    "theme.dataframeBorderColor": LINE,
    "theme.dataframeHeaderBackgroundColor": "#eaf1ee",
    "theme.dataframeHeaderTextColor": INK,
    "theme.paddingTop": "1.25rem",
    "theme.paddingBottom": "3rem",
    "theme.chartCategoricalColors": list(KIND_COLORS.values()),
}
