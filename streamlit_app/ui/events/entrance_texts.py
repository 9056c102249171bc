"""German words of the tab *Einlass*."""

from __future__ import annotations

THERE = "da"
EXPECTED = "noch erwartet"
FREE = "frei"
NO_LIMIT = "unbegrenzt"

PREPARE = "Einlass-Seite öffnen"
OPEN = "Einlass auf diesem Gerät öffnen"
QR = "QR-Code mit der Adresse der Einlass-Seite"
ADDRESS = "Adresse für Tablets: {url}"
STEPS = (
    "1. **Vor dem Öffnen der Türen** jedes Tablet einmal mit Verbindung öffnen: QR-Code scannen, anmelden.\n"
    "2. Warten, bis oben „Verbunden, alles übertragen“ steht. Unter „Gerät“ dem Tablet einen Namen geben; dort steht "
    "auch, ob es vorbereitet ist.\n"
    "3. Fällt die Verbindung aus, einfach weiter einlassen. Was wartet, steht oben und wird von selbst übertragen.\n"
    "4. **Am Ende** unter „Gerät“ auf „Beenden und löschen“: die Gästeliste verschwindet vom Tablet (sonst nach "
    "24 Stunden von selbst)."
)
SCANNER = (
    "Ein Handscanner, der wie eine Tastatur tippt, geht auch: Stellen Sie ihn auf deutsche Tastatur ein und lassen Sie "
    "ihn jeden Code mit der Eingabetaste abschließen. Erkannt werden Namensschilder und die QR-Codes der Einladungen."
)
NO_TABLETS = "Tablets erreichen die Einlass-Seite deshalb nicht; auf diesem Rechner geht sie."
WAY_OUT = (
    "Ihre IT stellt einen Proxy mit HTTPS davor und trägt seine Adresse bei DASHBOARD_URL in der Datei .env ein; "
    "starten Sie Kontaktnetz danach neu."
)
NOT_SAFE = (
    "Die Adresse ist nicht gesichert (kein https). Tablets können dann ohne Verbindung nicht neu laden und die Kamera "
    "nicht benutzen."
)
VIEWER = "Sie dürfen in NocoDB nur lesen; einlassen können Personen mit dem Recht „Editor“."

LISTS = "Zeigen"
MISSING, PRESENT, TURNED_AWAY, LOG = "fehlen", "da", "nicht", "alles"
NAMES = {
    MISSING: "Wer fehlt noch", PRESENT: "Wer ist da", TURNED_AWAY: "Nicht eingelassen", LOG: "Protokoll",
}  # fmt: skip
GUEST_COLUMNS = ("Gast", "Organisation", "Gästegruppe", "Personen", "Seit", "Vertretung")
LOG_COLUMNS = ("Zeit", "Gast", "Ergebnis", "Erklärung", "Personen", "Gerät", "Wer am Einlass", "Übertragen um")
NONE = {
    MISSING: "Alle, die zugesagt haben, sind da. (Oder es hat noch niemand zugesagt.)",
    PRESENT: "Noch niemand ist da. Öffnen Sie oben die Einlass-Seite und lassen Sie die ersten Gäste ein.",
    TURNED_AWAY: "Niemand musste an der Tür bleiben.",
    LOG: "An der Tür wurde noch nichts versucht.",
}
STAND = "Stand {when}. Die Tablets sehen den Einlass sofort, diese Seite beim nächsten Aktualisieren (oben rechts)."
