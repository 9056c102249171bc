"""Columns that several tables have, each declared once."""

from __future__ import annotations

from schemas.model import Date, LongText, Text


def source() -> Text:
    """Return the column that names the list a row came from."""
    return Text(
        title="Quelle", description="Liste, aus der die Zeile kam. Wird automatisch gepflegt.", hidden=True, system=True
    )


def ident() -> LongText:
    """Return the column of a row's idents in its sources."""
    return LongText(
        title="Kennung",
        description="Kennungen der Zeile in den Quellen, eine je Zeile. Bitte nicht ändern.",
        hidden=True,
        system=True,
    )


def vanished() -> Date:
    """Return the column that says since when a source no longer names a row."""
    return Date(
        title="Nicht mehr in der Quelle seit",
        description="Die Liste, aus der die Zeile kam, nennt sie nicht mehr. Gelöscht wird deshalb nichts.",
        hidden=True,
        system=True,
    )


def aliases() -> LongText:
    """Return the column of former names, addresses and numbers."""
    return LongText(
        title="Früher auch",
        description="Frühere Namen, Adressen und Nummern, damit man die Zeile auch darunter findet. "
        "Wird automatisch ergänzt; Sie dürfen auch selbst Zeilen dazuschreiben.",
        hidden=True,
    )


def mail_problem() -> LongText:
    """Return the column that says which address mail came back from."""
    return LongText(
        title="E-Mail kam zurück",
        description="Adresse, Tag und Grund, wenn eine E-Mail nicht zugestellt werden konnte. "
        "Wird automatisch ergänzt; leeren Sie das Feld, wenn die Adresse doch stimmt.",
        hidden=True,
    )


_COMPUTED = "Wird berechnet: Von Hand Geändertes stellt der nächste Lauf zurück."


def last_contact() -> Date:
    """Return the derived column with the day of the last contact."""
    return Date(
        title="Letzter Kontakt am",
        description=f"{_COMPUTED} Aus dem Kontaktverlauf, mit allen Beteiligten.",
        system=True,
        derived=True,
    )


def last_contact_by() -> Text:
    """Return the derived column that says who of us it was, and how."""
    return Text(
        title="Letzter Kontakt durch",
        description=f"{_COMPUTED} Wer von uns, und wie.",
        system=True,
        derived=True,
    )


def next_due() -> Date:
    """Return the derived column with the day by which the next contact should be."""
    return Date(
        title="Nächster Kontakt fällig",
        description=f"{_COMPUTED} Letzter Kontakt plus Rhythmus, auf einen Werktag.",
        system=True,
        derived=True,
    )


def token() -> Text:
    """Return the column that proves an automatic write."""
    return Text(
        title="Schreibmarke",
        description="Beweis eines automatischen Schreibvorgangs. Bitte nicht ändern.",
        hidden=True,
        system=True,
    )
