"""Every sentence about seals, in German and plain English; names stay as they stand on the certificate."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from streamlit_app.public.words import PublicWords


@dataclass(frozen=True, slots=True)
class Words(PublicWords):
    """One language. Names in braces are filled in by the pages."""

    title: str
    genuine: str
    genuine_how: str
    ahead: str
    ahead_how: str
    other_holder: str
    other_holder_how: str
    revoked: str
    revoked_on: str
    revoked_how: str
    forged: str
    forged_how: str
    unreadable: str
    unreadable_how: str
    holder: str
    seal: str
    number: str
    awarded: str
    awards: str
    ended: str
    until: str
    newer: str
    not_listed: str
    checked: str
    unchecked: str
    no_keys: str
    no_keys_how: str
    list_title: str
    list_intro: str
    list_count: str
    list_one: str
    list_none: str
    list_away: str
    list_away_how: str
    list_link: str
    list_scroll: str
    to_table: str
    columns: tuple[str, ...]
    year_hint: str

    def date(self, day: dt.date) -> str:
        """Return a day in figures."""
        return f"{day:%d.%m.%Y}"


GERMAN = Words(
    code="de",
    locale="de_DE",
    clock="{time} Uhr",
    other="English",
    other_code="en",
    switch="Sprache",
    title="Gütesiegel prüfen",
    genuine="Dieses Gütesiegel ist echt.",
    genuine_how="Die Urkunde wurde so ausgestellt, wie sie hier steht. Bitte vergleichen Sie Name, Jahr und Nummer "
    "mit der Urkunde vor Ihnen.",
    ahead="Dieses Gütesiegel wird erst noch verliehen.",
    ahead_how="Die Urkunde ist von uns. Das Siegel gilt ab dem Tag der Verleihung.",
    other_holder="Diese Urkunde gilt nicht.",
    other_holder_how="Wir haben sie einmal unterschrieben, aber unter dieser Nummer führen wir keine Einrichtung "
    "dieses Namens (mehr). Bitte fragen Sie im Zweifel bei uns nach.",
    revoked="Dieses Gütesiegel gilt nicht mehr.",
    revoked_on="Widerrufen am {day}.",
    revoked_how="Die Urkunde wurde einmal ausgestellt, das Siegel wurde aber zurückgenommen.",
    forged="Dieses Gütesiegel ist nicht echt.",
    forged_how="Diesen Code haben wir nicht ausgestellt, oder er wurde verändert. Wenn Sie ihn auf einer Urkunde "
    "gefunden haben, sagen Sie uns bitte Bescheid.",
    unreadable="Dieser Code ist nicht lesbar.",
    unreadable_how="Ein Teil fehlt, oder es ist kein Code eines Gütesiegels. Bitte fotografieren Sie den Code noch "
    "einmal, gerade, nah und ohne Schatten.",
    holder="Einrichtung",
    seal="Gütesiegel",
    number="Nummer",
    awarded="Verliehen am",
    awards="Wird verliehen am",
    ended="Die Laufzeit dieses Siegels endete am {day}.",
    until="Dieses Siegel gilt bis {day}.",
    newer="Die Einrichtung trägt inzwischen ein neueres Siegel.",
    not_listed="Dieses Siegel steht noch nicht in unserer Liste. Eingetragen wird es mit der Verleihung.",
    checked="Widerrufe geprüft mit dem Stand vom {day}.",
    unchecked="Ob das Siegel inzwischen widerrufen wurde, lässt sich hier gerade nicht prüfen. Bitte fragen Sie im "
    "Zweifel bei uns nach.",
    no_keys="Hier lässt sich gerade kein Siegel prüfen",
    no_keys_how="Die Schlüssel zum Prüfen fehlen auf diesem Rechner. Über Ihre Urkunde sagt das nichts. Bitte "
    "versuchen Sie es später noch einmal oder fragen Sie bei uns nach.",
    list_title="Einrichtungen mit Gütesiegel",
    list_intro="Diese Einrichtungen tragen das Gütesiegel „{seal}“: Sie begleiten Freiwillige gut, mit einer festen "
    "Ansprechperson, klaren Aufgaben, Einarbeitung und Anerkennung.",
    list_count="{count} Einrichtungen, Stand {day}",
    list_one="1 Einrichtung, Stand {day}",
    list_none="Noch trägt keine Einrichtung das Gütesiegel (Stand {day}).",
    list_away="Die Liste ist gerade nicht da",
    list_away_how="Bitte laden Sie die Seite in ein paar Minuten noch einmal.",
    list_link="Alle Einrichtungen mit Gütesiegel",
    list_scroll="Liste der Einrichtungen, seitlich verschiebbar",
    to_table="Liste als Tabelle herunterladen (CSV)",
    columns=("Einrichtung", "Träger", "Stadtteil", "Engagementfelder", "Siegeljahr", "Nummer"),
    year_hint="Jedes Siegel trägt das Jahr, in dem es verliehen wurde.",
    unknown="Diese Seite gibt es nicht",
    unknown_how="Bitte prüfen Sie die Adresse.",
    slow="Bitte warten Sie einen Moment",
    slow_how="Von Ihrem Anschluss kamen sehr viele Anfragen. Bitte laden Sie die Seite in {seconds} Sekunden noch "
    "einmal.",
    too_big="Das war zu viel Text",
    too_big_how="Bitte prüfen Sie die Adresse.",
    away="Diese Seite ist gerade nicht erreichbar",
    away_how="Bitte laden Sie die Seite in ein paar Minuten noch einmal.",
    questions="Fragen? So erreichen Sie uns:",
    phone="Telefon",
    mail="E-Mail",
    privacy="Beim Prüfen wird nichts gespeichert.",
)

ENGLISH = Words(
    code="en",
    locale="en_GB",
    clock="{time}",
    other="Deutsch",
    other_code="de",
    switch="Language",
    title="Check a seal",
    genuine="This seal is genuine.",
    genuine_how="The certificate was issued as it is shown here. Please compare name, year and number with the "
    "certificate before you.",
    ahead="This seal has yet to be awarded.",
    ahead_how="The certificate is ours. The seal is valid from the day of the award on.",
    other_holder="This certificate is not valid.",
    other_holder_how="We once signed it, but under this number we do not (or no longer) list a placement of this name. "
    "Please ask us if in doubt.",
    revoked="This seal is no longer valid.",
    revoked_on="Revoked on {day}.",
    revoked_how="The certificate was once issued, but the seal has been withdrawn.",
    forged="This seal is not genuine.",
    forged_how="We did not issue this code, or it has been changed. If you found it on a certificate, please tell us.",
    unreadable="This code cannot be read.",
    unreadable_how="A part is missing, or it is not the code of a seal. Please take the picture of the code again, "
    "straight, close and without shadows.",
    holder="Placement",
    seal="Seal",
    number="Number",
    awarded="Awarded on",
    awards="Will be awarded on",
    ended="The term of this seal ended on {day}.",
    until="This seal is valid until {day}.",
    newer="The placement holds a newer seal by now.",
    not_listed="This seal is not on our list yet. It is entered on the day of the award.",
    checked="Checked for revocation as of {day}.",
    unchecked="Whether the seal has been revoked since cannot be checked here at the moment. Please ask us if in "
    "doubt.",
    no_keys="No seal can be checked here at the moment",
    no_keys_how="The keys for checking are missing on this machine. This says nothing about your certificate. Please "
    "try again later or ask us.",
    list_title="Placements that hold the seal",
    list_intro="These placements hold the seal “{seal}”: they look after volunteers well, with a contact person, clear "
    "tasks, training and recognition.",
    list_count="{count} placements, as of {day}",
    list_one="1 placement, as of {day}",
    list_none="No placement holds the seal yet (as of {day}).",
    list_away="The list is not there at the moment",
    list_away_how="Please load the page again in a few minutes.",
    list_link="All placements that hold the seal",
    list_scroll="List of placements, can be scrolled sideways",
    to_table="Download the list as a table (CSV)",
    columns=("Placement", "Organisation above", "District", "Fields of engagement", "Year", "Number"),
    year_hint="Each seal carries the year in which it was awarded.",
    unknown="This page does not exist",
    unknown_how="Please check the address.",
    slow="Please wait a moment",
    slow_how="There were very many requests from your connection. Please load the page again in {seconds} seconds.",
    too_big="That was too much text",
    too_big_how="Please check the address.",
    away="This page cannot be reached at the moment",
    away_how="Please load the page again in a few minutes.",
    questions="Questions? This is how you reach us:",
    phone="Phone",
    mail="E-mail",
    privacy="Nothing is stored when you check.",
)


def words_of(code: str | None) -> Words:
    """Return the language that the address asks for; German unless it is English."""
    return ENGLISH if code == ENGLISH.code else GERMAN
