"""What the page Übergabe says when one of theirs leaves."""

SIDE = "Wer geht?"
SIDES = {"uns": "Jemand von uns", "ihnen": "Jemand von ihnen"}
LEAVES = "Geht: Nachfolge regeln"

ADVICE = (
    "Geht jemand in einer Organisation, bleibt die Stelle und bekommt eine Nachfolge. Was war, behält seinen Namen: "
    "Funktionen und Sitze enden mit einem Datum, frühere Kontakte bleiben, wo sie sind. Was offen ist, geht weiter."
)
SEARCH = "Wer geht dort?"
SEARCH_HINT = "Name oder Organisation, ab zwei Buchstaben"
NOBODY_FOUND = "Niemand gefunden. Versuchen Sie einen Teil des Namens."
START = "Suchen Sie oben die Person. Sie können auch auf ihrer Seite oder in der Liste „Gegangen“ beginnen."
OTHER = "Andere Person"
NOTHING = (
    "An {name} hängt nichts Offenes mehr: keine Funktion, keine Beziehung, kein Schritt, keine Aufgabe, kein Sitz, "
    "keine Einladung, kein Stand, keine Zertifizierung."
)
LAST_DAY = "Letzter Tag"
LAST_DAY_HELP = (
    "Mit diesem Tag enden Funktionen und Sitze, am Tag danach beginnt die Nachfolge. Alles andere geht sofort über. "
    "Einladungen bis zu diesem Tag bleiben, wenn Sie nichts anderes wählen."
)
ALL_TO = "Es folgt nach (einzelne Zeilen können Sie unten ändern)"
CHOOSE = "Bitte wählen"
NOBODY = "Niemand (die Organisation behält es)"
COLUMNS = ["Was", "Worum es geht", "Es folgt nach", "Bei wem", "Fällig oder endet"]
WHO = "Es folgt nach"
KINDS = {
    "function": "Funktion", "relationship": "Beziehung", "interaction": "Nächster Schritt", "task": "Aufgabe",
    "seat": "Sitz", "deputy": "Stellvertretung", "invitation": "Einladung", "stand": "Stand",
    "certification": "Zertifizierung (Koordination)", "reviewer": "Zertifizierung (Gutachten)",
}  # fmt: skip
COUNT = "**{count}** Einträge hängen noch an dieser Person."
COUNT_ONE = "**Ein** Eintrag hängt noch an dieser Person."
ELSE = "Jemand anderes folgt nach"
ELSE_SEARCH = "Person suchen"
POST = "Post an die alte Adresse ({mails}) gehört jetzt zur Nachfolge"
POST_HELP = (
    "Für Adressen, die zur Stelle gehören. E-Mails dorthin stehen dann im Kontaktverlauf der Nachfolge. Bei der alten "
    "Person wird die Adresse ausgetragen. Nehmen Sie den Haken weg, wenn die Adresse einem Menschen gehört."
)
RESETS = "Nähe und Du gelten dem Menschen: Bei Beziehungen, die übergehen, werden sie geleert."
INVITES = (
    "Wer eine Einladung übernimmt, steht neu als „vorgemerkt“ auf der Gästeliste und bekommt eine eigene Einladung. "
    "Die alte ist damit zurückgenommen, ihr Link gilt nicht mehr; wer sie hatte, erfährt das nicht von selbst. Wer ein "
    "anderes Amt behält, bleibt dafür auf der Gästeliste."
)
DO = "{count} Einträge übergeben"
DO_ONE = "Einen Eintrag übergeben"
STAYS = "{count} Einträge bleiben bei {name}, weil niemand gewählt ist."
NOBODY_SHORT = "niemand"
