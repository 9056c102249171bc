"""German words of the tab *Verleihung*."""

from __future__ import annotations

from automations.certification.papers import Lack

EMPTY_TITLE = "Noch wartet niemand auf die Verleihung"
EMPTY_TEXT = (
    "Hier stehen alle Einrichtungen, für die das Netzwerk „Siegel wird verliehen“ beschlossen hat. Dann vergeben Sie "
    "Nummern, drucken Urkunden und Türschilder und verleihen am Tag der Messe mit einem Klick."
)
NOT_AWARDED = "Was der Reihe nach fehlt, zeigt die Tafel dieser Runde."
TO_BOARD = "Zur Tafel"

FIGURES = ("auf der Bühne", "mit Nummer", "verliehen")
HINDERED = "{count} warten, können aber noch kein Siegel bekommen"
HINDERED_ONE = "Eine Einrichtung wartet, kann aber noch kein Siegel bekommen"
HINDERED_COLUMNS = ("Einrichtung", "Was im Weg steht")
TWICE = "Diese Nummern stehen auf mehr als einem Siegel: {numbers}. Bitte ändern Sie eine davon in NocoDB."

OTHER_DAY = (
    "Die Messe ist am {day}, diese Siegel wurden aber im Voraus für einen anderen Tag eingetragen und werden dann "
    "öffentlich: {names}. Ändern Sie in NocoDB „Verliehen am“, und drucken Sie die Urkunden mit dem neuen Tag."
)

ORDER = "Reihenfolge der Auftritte"
ORDER_TEXT = (
    "Tippen Sie in „Auftritt“ 1, 2, 3 …; wer dort nichts stehen hat, kommt danach, nach Namen. Urkunden und Liste "
    "folgen dieser Reihenfolge."
)
PLACE, NAME, RECEIVES, NUMBER, STATE = "Auftritt", "Einrichtung", "Nimmt entgegen", "Siegelnummer", "Stand"
WAITS, HAS = "wartet", "verliehen am {day}"
SAVE_ORDER = "Reihenfolge speichern"
ORDER_SAVED = "Die Reihenfolge ist gespeichert."
ORDER_BUSY = "Bei {count} war jemand schneller; diese stehen, wie sie dort eingetragen wurden."

NUMBERS = "Nummern vergeben ({count})"
NUMBERS_HELP = (
    "Jede wartende Einrichtung bekommt die nächste freie Nummer des Jahres {year}, in der Reihenfolge der Auftritte. "
    "Verliehen ist damit noch nichts; die Urkunden können aber gedruckt und unterschrieben werden."
)
NUMBERED = "{count} Nummern vergeben: {numbers}."
NUMBERED_ONE = "Nummer {numbers} vergeben."
NUMBERED_NONE = "Es war keine Nummer zu vergeben."
NUMBERS_RUN = "Nummern werden vergeben …"
NO_YEAR = "Die Runde hat kein Siegeljahr. Tragen Sie es oben unter „Bearbeiten“ ein, dann geht es hier weiter."

PAPERS = "Urkunden und Türschilder"
DAY = "Tag der Verleihung"
LACKS = "Vor dem Druck fehlt noch etwas"
LOOKS = "Für Aussehen und Prüfung"
LACK = {
    Lack.DAY: "**Der Tag.** Verbinden Sie die Runde oben unter „Bearbeiten“ mit der Messe, oder wählen Sie hier einen "
    "Tag.",
    Lack.OFFICE: "**Die Unterschrift.** Wählen Sie oben unter „Bearbeiten“ das Amt, das die Urkunden unterschreibt.",
    Lack.HOLDER: "**Wer das Amt am {day} innehat.** Tragen Sie in NocoDB unter „Funktionen“ die Person mit diesem Amt "
    "ein; sonst bleibt über „{office}“ nur die Linie.",
    Lack.CITY: "**Der Name der Stadt.** Tragen Sie ihn in der Datei .env bei CITY_NAME ein und starten Sie die "
    "Übersicht neu.",
    Lack.BROKEN_LOGO: "**Ein Logo, das sich drucken lässt.** {broken} Bis dahin steht dort der Name. Speichern Sie das "
    "Bild neu im Vorlagenordner „{folder}“.",
    Lack.CITY_LOGO: "Das Logo der Stadt: Legen Sie es als stadtlogo.svg oder stadtlogo.png in den Vorlagenordner "
    "„{folder}“. Bis dahin steht dort ihr Name.",
    Lack.LOGO: "Das Logo des Netzwerks: Legen Sie es als logo.svg oder logo.png in denselben Ordner. Bis dahin steht "
    "dort sein Name.",
}
GRAVE = (Lack.DAY, Lack.OFFICE, Lack.HOLDER, Lack.CITY, Lack.BROKEN_LOGO)
NO_CODE = (
    "Urkunden und Türschilder hängen Jahre, deshalb tragen sie jetzt keinen QR-Code. Drucken Sie besser erst, wenn die "
    "Adresse steht."
)
OFFLINE = "Trotzdem mit Code, der nur ohne Netz zu prüfen ist"
OFFLINE_HELP = (
    "Der Code trägt dann den unterschriebenen Text selbst. Ein Telefon zeigt nur Buchstaben; prüfen lässt er sich mit "
    "„kontaktnetz seal check“ und der Prüfdatei."
)
PREVIEW = "Vorschau"
PREVIEW_OF = "Einrichtung"
PREVIEW_ALT = "{kind} für {name}, so wie sie gedruckt wird"
KINDS = {"urkunde": "Urkunde", "schild": "Türschild"}
PREVIEW_VOID = "Diese Einrichtung hat noch keine Nummer; der Code auf dem Bild gilt nicht."
MAKE = "Urkunden und Schilder setzen ({count})"
MAKE_BARE = "Urkunden und Schilder ohne QR-Code setzen ({count})"
TOO_LONG = (
    "Für einen lesbaren QR-Code ist der Name zu lang: {names}. Diese Urkunden werden ohne Code gesetzt; kürzen Sie den "
    "Namen des Falls in NocoDB."
)
MAKE_HELP = "Ein PDF mit einer Seite je Einrichtung, in der Reihenfolge der Auftritte; wer keine Nummer hat, fehlt."
MAKE_RUN = "{count} Urkunden und {count} Türschilder werden gesetzt, das dauert etwa {seconds} Sekunden …"
NO_NUMBERS = "Zum Drucken braucht es Nummern. Vergeben Sie sie oben."
CERTIFICATES = "Urkunden (PDF)"
PLATES = "Türschilder (PDF)"
LIST = "Übergabeliste (PDF)"
EXCEL = "Übergabeliste (Excel)"
LIST_TITLE = "Übergabe der Gütesiegel {year}"

AWARD = "Verleihen"
AWARD_TEXT = (
    "Am Tag der Messe: Wer hier angehakt ist, trägt danach das Gütesiegel {year}, verliehen am {day}. Was im letzten "
    "Abschnitt noch offen ist (etwa „Urkunde und Unterschrift“), wird dabei als erledigt eingetragen."
)
AWARD_EARLY = "Die Verleihung ist erst am {day}. Drucken können Sie vorher; verleihen Sie am besten an diesem Tag."
AWARD_EARLY_SURE = "Ja, schon jetzt eintragen; öffentlich wird es am {day}"
AWARDED_EARLY = "Öffentlich steht das vom {day} an."
AWARD_WHOM = "Wer bekommt das Siegel"
AWARD_WHOM_HINT = "Alle, die so weit sind"
AWARD_DO = "Siegel verleihen ({count})"
AWARD_RUN = "{done} von {count} …"
AWARDED = "{count} Einrichtungen tragen jetzt das Gütesiegel {year}."
AWARDED_ONE = "{name} trägt jetzt das Gütesiegel {year}."
REFUSED = "Nicht verliehen: {names}."
NOBODY_READY = "Zum Verleihen ist niemand so weit."
ALL_DONE = "Alle Siegel dieser Runde sind verliehen."
TO_SEALS = "Wer welches Siegel trägt, zeigt der Teil „Siegel“ der Zertifizierung."
VIEWER = "Zum Vergeben, Ordnen und Verleihen brauchen Sie in NocoDB die Rolle Editor."
