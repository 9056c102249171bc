"""The words of the demo events; everything is invented."""

from __future__ import annotations

NETWORK = "Netzwerk bürgerschaftliches Engagement"
JURY = "Jury FreiwilligenPass"
SENDER = "Beigeordnete:r für Soziales, Jugend und Gesundheit"
SENDER_PLACE = "Dezernat Soziales, Jugend und Gesundheit"
SIGNATORY = "Leitung Dezernat Soziales, Jugend und Gesundheit"

CEREMONY = "FreiwilligenPass"
FAIR = "Engagementmesse"
SEMINAR = "Seminar „Freiwillige gewinnen und begleiten“"

HALL = ("Festsaal am Kieselufer", "Am Kieselufer 1", "39104", "Magdeburg")
RATHAUS = ("Alte Börse, Diele", "Marktgasse 6", "39104", "Magdeburg")
OFFICE = ("Seminarraum der Freiwilligenagentur", "Fährgasse 12", "39104", "Magdeburg")

CEREMONY_TEXT = (
    "Menschen, die sich ein Jahr und länger für andere einsetzen, verdienen mehr als ein Dankeschön im Vorbeigehen. "
    "Das Netzwerk verleiht ihnen den FreiwilligenPass und lädt Sie herzlich zur feierlichen Übergabe ein.\n\n"
    "Im Anschluss stoßen wir gemeinsam an. Bitte sagen Sie uns, ob Sie kommen und ob Sie jemand begleitet."
)
FAIR_TEXT = (
    "an einem Nachmittag zeigen Vereine, Einrichtungen und Initiativen, wo Engagement gebraucht wird und wie es "
    "gelingt. Wir laden Sie herzlich ein, die Engagementmesse mit uns zu eröffnen.\n\n"
    "Zur Eröffnung werden Gütesiegel an Einrichtungen überreicht, die Freiwillige vorbildlich begleiten."
)
SEMINAR_TEXT = (
    "wie gewinnt und begleitet man Freiwillige gut? An einem Tag erarbeiten wir die Grundlagen, mit Beispielen aus "
    "Einrichtungen der Stadt. Die Teilnahme ist kostenlos, die Plätze sind begrenzt."
)
PROGRAMME = "14:30 Einlass\n15:00 Begrüßung\n15:20 Übergabe der Gütesiegel\n16:00 Rundgang und Gespräche\n18:00 Ende"

NOMINATION = "Vorschlag für den FreiwilligenPass"
AWARD = "Gütesiegel „Freiwillige willkommen“"

NEEDS = ("vegetarisch", "Platz für einen Rollstuhl", "glutenfrei", "Gebärdensprache wäre hilfreich")
COMPANIONS = ("Ehemann", "Ehefrau", "Tochter", "Kollegin")
DEPUTIES = ("Frau Ambach (Referat)", "Herr Tolle, Stellvertretung", "Frau Wiesel, Büroleitung")
FREE_MAIL = (
    "vielen Dank für die Einladung. Ich bin an dem Tag bis 16 Uhr in einer Sitzung, würde aber gern noch dazustoßen, "
    "wenn das geht? Sonst käme Frau Wiesel für mich.\n\nMit freundlichen Grüßen"
)
WISHES = ("Platz an der Wand für ein Roll-up", "möglichst nahe am Eingang", "Bitte neben dem Jugendamt", "")
