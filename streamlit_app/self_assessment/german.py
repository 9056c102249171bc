"""The questionnaire in German."""

from __future__ import annotations

from schemas.certification.choices import RATINGS, Rating
from streamlit_app.self_assessment.form import Flaw
from streamlit_app.self_assessment.words import Words

GERMAN = Words(
    code="de",
    locale="de_DE",
    clock="{time} Uhr",
    other="English",
    other_code="en",
    switch="Sprache",
    title="Selbsteinschätzung",
    for_whom="Einrichtung",
    intro="Bitte schätzen Sie im Team ein, wie weit jedes Kriterium bei Ihnen erfüllt ist. Es gibt kein Richtig oder "
    "Falsch: Wir sprechen mit Ihnen darüber. Sie müssen nicht alles auf einmal ausfüllen. Nach jeder Seite wird "
    "gespeichert.",
    together="Mehrere Personen können mitmachen: Geben Sie diesen Link in Ihrem Team weiter. Wer den Link hat, kann "
    "lesen und ausfüllen. Bitte veröffentlichen Sie ihn nicht.",
    start="Mit dem Ausfüllen beginnen",
    go_on="Weiter ausfüllen",
    to_end="Prüfen und abschließen",
    overview="Zur Übersicht",
    areas="Bereiche",
    area="Kriterien",
    page_of="Seite {number} von {count}",
    answered="{done} von {total} Kriterien beantwortet",
    page_answered="{done} von {total} beantwortet",
    complete="vollständig",
    who_filled="Bisher ausgefüllt von",
    filled_many="{name} ({count})",
    your_name="Ihr Name",
    name_hint="Vorname und Nachname. Im Team ist dann zu sehen, wer was ausgefüllt hat.",
    name_kept="Ihr Browser merkt sich den Namen 30 Tage lang, damit Sie ihn nur einmal eintippen.",
    filling_as="Sie füllen aus als {name}.",
    other_name="Anderer Name",
    must="unverzichtbar",
    must_hint="„Unverzichtbar“ heißt: Ohne dieses Kriterium gibt es kein Siegel. Bitte beantworten Sie diese auf jeden "
    "Fall.",
    indicators="Woran man es erkennt",
    example="Beispiel",
    choose="Wie weit ist das bei Ihnen erfüllt?",
    ratings={Rating(choice.code): choice.label for choice in RATINGS},
    later="später beantworten",
    proof="Beleg",
    proof_hint="Woran sieht man das bei Ihnen? Zum Beispiel ein Aushang, eine Vereinbarung, ein fester Termin.",
    comment="Anmerkung",
    optional="freiwillig",
    last_by="Zuletzt ausgefüllt von {name}, {when}",
    save_next="Speichern und weiter",
    save_end="Speichern und abschließen",
    save_pause="Speichern und später weitermachen",
    saved="Gespeichert.",
    saved_title="Gespeichert",
    back_link="Sie können die Seite schließen und mit demselben Link jederzeit weitermachen.",
    end_title="Prüfen und abschließen",
    end_intro="So steht es im Fragebogen. Stimmt alles?",
    open_mark="noch nicht beantwortet",
    change="Ändern: {area}",
    missing_title="Das fehlt noch",
    missing_how="Diese Kriterien sind unverzichtbar. Bitte beantworten Sie sie, dann können Sie den Fragebogen als "
    "fertig melden.",
    may_stay_open="Noch offen, aber nicht unverzichtbar: {names}. Sie können das ergänzen oder offen lassen.",
    finish_title="Fertig?",
    finish_how="Wenn Sie fertig sind, sagen Sie uns hier Bescheid. Ändern können Sie noch, bis die Begutachtung "
    "beginnt; oft ist das sofort danach. Haben Sie später etwas vergessen, melden Sie sich: Wir geben Ihnen den "
    "Fragebogen zurück.",
    finish="Fragebogen ist fertig",
    finished="Als fertig gemeldet am {day}{by}.",
    finished_by=" von {name}",
    finished_title="Fertig",
    finished_thanks="Vielen Dank! Ihre Selbsteinschätzung ist bei uns. Wir melden uns für den nächsten Schritt.",
    finished_open="Bis die Begutachtung beginnt, können Sie noch etwas ändern. Noch einmal fertig melden müssen Sie "
    "dann nicht.",
    read_only="Die Selbsteinschätzung ist abgeschlossen.",
    read_only_how="Die Begutachtung hat begonnen, deshalb lässt sich hier nichts mehr ändern. Haben Sie etwas "
    "vergessen? Bitte melden Sie sich bei uns, dann geben wir Ihnen den Fragebogen zurück.",
    rests="Das Verfahren ruht zurzeit.",
    rests_how="Was Sie ausgefüllt haben, bleibt erhalten. Ändern können Sie es wieder, wenn es weitergeht. Fragen? "
    "Bitte melden Sie sich bei uns.",
    over="Dieses Verfahren ist beendet",
    over_how="Dieser Fragebogen wird nicht mehr gebraucht. Wenn Sie eine Frage dazu haben, melden Sie sich bitte bei "
    "uns.",
    no_criteria="Dieser Fragebogen ist noch leer",
    no_criteria_how="Für diese Runde sind noch keine Kriterien hinterlegt. Bitte melden Sie sich bei uns.",
    check="Bitte prüfen",
    flaws_title="Bitte prüfen Sie Ihre Eingaben. Gespeichert ist noch nichts.",
    flaws={
        Flaw.NAMELESS: "Bitte tragen Sie Ihren Namen ein.",
        Flaw.NAME_TOO_LONG: "Der Name darf höchstens {room} Zeichen haben.",
        Flaw.PROOF_TOO_LONG: "Der Beleg darf höchstens {room} Zeichen haben. Bitte kürzen Sie ihn.",
        Flaw.COMMENT_TOO_LONG: "Die Anmerkung darf höchstens {room} Zeichen haben. Bitte kürzen Sie sie.",
    },
    meanwhile_title="Jemand anderes hat hier inzwischen etwas eingetragen.",
    meanwhile_how="Ihr Text dazu ist noch nicht gespeichert, er steht unten im Formular. Bitte gleichen Sie beides ab "
    "und speichern Sie noch einmal: Dann gilt, was im Formular steht. Alles andere auf dieser Seite ist gespeichert.",
    meanwhile="Inzwischen eingetragen von {name}, {when}:",
    meanwhile_nobody="Inzwischen eingetragen:",
    meanwhile_keep="Meine Eingaben verwerfen und diesen Stand behalten",
    meanwhile_rating="Einschätzung",
    nothing_said="(leer)",
    stale="Die Seite war sehr lange offen. Bitte prüfen Sie Ihre Eingaben und speichern Sie noch einmal. Gespeichert "
    "ist noch nichts.",
    often="Mit diesem Link wurde sehr oft gespeichert. Bitte versuchen Sie es in {minutes} Minuten noch einmal. Was "
    "Sie tippten, steht noch im Formular.",
    moved="Der Stand hat sich eben geändert. Bitte sehen Sie ihn noch einmal an.",
    not_saved="Ihre Eingaben konnten nicht gespeichert werden.",
    not_saved_how="Wir erreichen unsere Liste gerade nicht. Was Sie tippten, steht noch im Formular: Bitte speichern "
    "Sie in ein paar Minuten noch einmal und lassen Sie die Seite so lange offen.",
    not_saved_read_only="Ihre letzten Eingaben sind nicht mehr gespeichert worden.",
    not_saved_yours="Das hatten Sie getippt. Bitte kopieren Sie es und schicken Sie es uns, wenn es wichtig ist.",
    finish_failed="Das hat gerade nicht geklappt.",
    finish_failed_how="Ihre Antworten sind gespeichert. Bitte melden Sie den Fragebogen in ein paar Minuten noch "
    "einmal als fertig.",
    unknown="Diese Seite gibt es nicht",
    unknown_how="Bitte prüfen Sie, ob der Link vollständig ist, oder öffnen Sie ihn aus unserer letzten E-Mail. "
    "Vielleicht haben wir Ihnen einen neuen Link geschickt. Sonst melden Sie sich bitte bei uns.",
    slow="Bitte warten Sie einen Moment",
    slow_how="Von Ihrem Anschluss kamen sehr viele Anfragen. Bitte laden Sie die Seite in {seconds} Sekunden noch "
    "einmal.",
    too_big="Das war zu viel Text",
    too_big_how="Gespeichert ist noch nichts. Bitte gehen Sie zurück und kürzen Sie Ihre Texte.",
    away="Diese Seite ist gerade nicht erreichbar",
    away_how="Was gespeichert war, ist sicher. Bitte laden Sie die Seite in ein paar Minuten noch einmal.",
    questions="Fragen? So erreichen Sie uns:",
    phone="Telefon",
    mail="E-Mail",
    privacy="Was Sie hier schreiben, sehen Ihr Team und die Menschen, die das Verfahren begleiten.",
)
