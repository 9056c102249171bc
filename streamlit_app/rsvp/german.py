"""The answer pages in German."""

from __future__ import annotations

from schemas.events.choices import Answer
from streamlit_app.rsvp.form import Flaw
from streamlit_app.rsvp.words import Words

GERMAN = Words(
    code="de",
    locale="de_DE",
    clock="{time} Uhr",
    other="English",
    other_code="en",
    switch="Sprache",
    event="Veranstaltung",
    flawed_title="Bitte prüfen",
    when="Wann",
    doors="Einlass ab",
    where="Wo",
    guest="Eingeladen",
    answer_by="Bitte antworten Sie bis {day}.",
    answer_by_start="Bitte antworten Sie, bevor die Veranstaltung beginnt.",
    programme="Programm",
    until="bis",
    so_far="Ihre Antwort bisher",
    nothing_yet="Sie haben noch nicht geantwortet.",
    by_staff="Das haben wir für Sie eingetragen.",
    your_answer="Ihre Antwort",
    answer="Antwort",
    on_list="So ist es bei uns eingetragen",
    choose="Kommen Sie?",
    offers={
        Answer.YES: "Ich komme",
        Answer.NO: "Ich komme nicht",
        Answer.MAYBE: "Ich weiß es noch nicht (vorläufig)",
        Answer.REPRESENTED: "Ich lasse mich vertreten",
    },
    said={
        Answer.OPEN: "noch offen",
        Answer.YES: "Sie kommen",
        Answer.NO: "Sie kommen nicht",
        Answer.MAYBE: "noch nicht sicher (vorläufig)",
        Answer.REPRESENTED: "Sie lassen sich vertreten",
    },
    said_by="Sie lassen sich vertreten durch {name}",
    deputy="Wer kommt für Sie?",
    deputy_hint="Vorname und Nachname, gern mit Funktion",
    companions="Wie viele Personen bringen Sie mit?",
    companions_hint="Höchstens {most}",
    nobody="niemanden",
    names="Namen Ihrer Begleitung",
    needs="Essen und Zugang",
    needs_hint="Zum Beispiel: vegetarisch, Allergie, Platz für einen Rollstuhl, Gebärdensprache.",
    remark="Bemerkung",
    optional="freiwillig",
    send="Antwort absenden",
    change="Antwort ändern oder zurückziehen",
    change_until="Sie können Ihre Antwort bis {day} über diesen Link ändern oder zurückziehen.",
    change_until_start="Bis die Veranstaltung beginnt, können Sie Ihre Antwort über diesen Link ändern oder "
    "zurückziehen.",
    change_intro="Hat sich etwas geändert? Füllen Sie das Formular noch einmal aus; die letzte Antwort gilt.",
    change_staff="Stimmt das nicht? Teilen Sie es uns hier mit; wir melden uns bei Ihnen.",
    full="Alle Plätze sind vergeben. Wenn Sie zusagen, kommen Sie auf die Warteliste und rücken nach, sobald genug "
    "Plätze frei werden.",
    waiting="Sie stehen auf der Warteliste. Werden genug Plätze frei, rücken Sie nach. Wie es steht, sehen Sie "
    "jederzeit auf dieser Seite.",
    seated="Ihr Platz ist reserviert.",
    thanks="Vielen Dank",
    noted_title="Antwort notiert",
    noted="Ihre Antwort ist notiert.",
    noted_differs="Ihre Antwort „{said}“ ist notiert; bei uns ist „{shown}“ eingetragen. Wir melden uns bei Ihnen.",
    noted_later="Ihre Antwort ist angekommen. Sie wird in Kürze eingetragen; Sie müssen nichts weiter tun.",
    comes_along="Begleitung",
    to_calendar="Termin in den Kalender übernehmen (.ics)",
    flaws_title="Bitte prüfen Sie Ihre Angaben. Es wurde noch nichts notiert.",
    flaws={
        ("antwort", Flaw.MISSING): "Bitte wählen Sie aus, ob Sie kommen.",
        ("vertretung", Flaw.MISSING): "Bitte nennen Sie, wer für Sie kommt.",
        ("begleitung", Flaw.TOO_MANY): "Mitbringen können Sie höchstens: {most}.",
        ("begleitung", Flaw.NO_NUMBER): "Bitte geben Sie die Zahl der Personen, die Sie mitbringen, als Ziffer ein.",
        ("begleitung", Flaw.FULL): "Für mehr Begleitung ist kein Platz mehr frei. Ihr eigener Platz bleibt Ihnen; "
        "für weitere rufen Sie uns bitte an.",
    },
    too_long="Das Feld „{field}“ fasst {room} Zeichen. Bitte kürzen Sie den Text.",
    stale="Diese Seite war sehr lange offen. Bitte prüfen Sie Ihre Angaben und senden Sie noch einmal. Es wurde noch "
    "nichts notiert.",
    used="Dieses Formular haben Sie schon einmal abgeschickt. Möchten Sie Ihre Antwort ändern, prüfen Sie bitte die "
    "Angaben und senden Sie noch einmal. Es wurde noch nichts geändert.",
    often="Sie haben Ihre Antwort sehr oft geändert. Diese Änderung wurde nicht notiert; bitte versuchen Sie es in "
    "{minutes} Minuten noch einmal oder rufen Sie uns an.",
    not_saved="Ihre Antwort konnte nicht notiert werden.",
    not_saved_how="Unser Verzeichnis ist gerade nicht erreichbar. Ihre Angaben stehen noch im Formular: Bitte senden "
    "Sie es in ein paar Minuten noch einmal.",
    not_saved_call="Eilt es, antworten Sie bitte per Telefon oder E-Mail; beides steht in Ihrer Einladung.",
    not_saved_below="Eilt es, antworten Sie bitte per Telefon oder E-Mail; wie, steht unten auf dieser Seite.",
    away="Diese Seite ist gerade nicht erreichbar",
    away_how="Bitte laden Sie die Seite in ein paar Minuten noch einmal. Eilt es, antworten Sie bitte per Telefon oder "
    "E-Mail; beides steht in Ihrer Einladung.",
    late="Die Frist für Antworten ist vorbei.",
    late_how="Über diese Seite können Sie Ihre Antwort nicht mehr ändern. Kommen Sie doch, oder kommen Sie nicht? "
    "Bitte rufen Sie uns an oder schreiben Sie uns.",
    late_refuse="Können Sie nicht kommen, sagen Sie bitte hier ab. "
    "Alles andere sagen Sie uns bitte per Telefon oder E-Mail.",
    over="Diese Veranstaltung ist vorbei.",
    over_how="Antworten werden nicht mehr entgegengenommen. Bei Fragen sind wir gern für Sie da.",
    called_off="Diese Veranstaltung fällt aus.",
    called_off_how="Sie müssen nichts weiter tun. Bei Fragen sind wir gern für Sie da.",
    uninvited="Diese Einladung gilt nicht mehr.",
    uninvited_how="Bitte rufen Sie uns an oder schreiben Sie uns, wenn Sie dazu eine Frage haben.",
    unknown="Diese Seite gibt es nicht",
    unknown_how="Bitte prüfen Sie, ob der Link vollständig ist, oder öffnen Sie ihn aus der letzten E-Mail, die Sie "
    "von uns haben. Sie können auch per Telefon oder E-Mail antworten; beides steht in Ihrer Einladung.",
    slow="Bitte warten Sie einen Moment",
    slow_how="Von Ihrem Anschluss kamen sehr viele Anfragen. Bitte laden Sie die Seite in {seconds} Sekunden noch "
    "einmal.",
    too_big="Das war zu viel Text",
    too_big_how="Ihre Antwort wurde nicht notiert. Bitte gehen Sie zurück und kürzen Sie Ihre Angaben.",
    questions="Fragen? Sie erreichen uns so:",
    phone="Telefon",
    mail="E-Mail",
    privacy="Ihre Angaben sehen nur die Personen, die diese Veranstaltung vorbereiten.",
)
