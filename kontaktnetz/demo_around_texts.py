"""The words of the demo events of these days; everything is invented."""

from __future__ import annotations

from schemas.events.choices import Answer, ReplyChannel

EVENTS = {"heute": ("Forum Ehrenamt", "forum"), "fuehrung": ("Führung durch die Alte Börse", "workshop")}
"""Name and kind by the last part of the ident."""
TEXTS = {
    "heute": "wie geht es dem Ehrenamt in der Stadt? Wir laden Sie herzlich zum Forum ein: drei kurze Berichte, dann "
    "Gespräche an runden Tischen.",
    "fuehrung": "vor der Engagementmesse zeigen wir Ihnen die Räume. Die Plätze sind knapp; wer zuerst zusagt, ist "
    "dabei, alle anderen stehen auf der Warteliste.",
}

WALK_INS = ("Traudel Hinrichsen", "Ole Sandmann")
WALKED_IN = "Kam mit, war nicht eingeladen"

DOUBTS = (
    (ReplyChannel.CALENDAR, Answer.YES,
     "Ich sage zu, kann aber erst gegen 17 Uhr da sein und müsste um 17.30 Uhr wieder los. Lohnt sich das?",
     "Bitte lesen: zur Antwort steht noch etwas dabei."),
    (ReplyChannel.MAIL, Answer.NO,
     "Leider muss ich absagen. Falls Sie schon eine Zusage von mir haben: Die kam aus Versehen aus dem Kalender.",
     "Ob vor oder nach einer anderen Antwort geantwortet wurde, ist nicht zu erkennen."),
    (ReplyChannel.MAIL, None, "Gern! Oder ist das derselbe Termin wie die Messe? Dann lieber nur dort.",
     "Freier Text: bitte lesen und entscheiden"),
)  # fmt: skip
"""Channel, answer, own words, and why a person must decide."""

STRANGER_NAME = "R. Behnke (r.behnke@post.example)"
STRANGER = (
    ReplyChannel.MAIL,
    "Unser Vorstand hat mir Ihre Einladung weitergegeben. Ich komme gern anstelle von Frau Unruh.",
    "Geantwortet hat R. Behnke (r.behnke@post.example); die Adresse gehört zu keinem Gast.",
)
"""Channel, own words, and why a person must decide, of somebody who was not invited."""

RETURNED_WHY = "Empfänger unbekannt"
