"""The views that staff find first. Link columns stay out of grids that grow: each costs the server a query per row."""

from __future__ import annotations

from schemas.model import Filter, Sort, View, ViewKind

ORGANISATION = (
    View(
        code="by_kind",
        title="Nach Art",
        columns=("name", "short_name", "kind", "sphere", "district", "phone", "mail", "web"),
        group_by="kind",
        sorts=(Sort("name"),),
        description="Alle Organisationen, gruppiert nach ihrer Art",
    ),
    View(
        code="administration",
        title="Verwaltung als Baum",
        columns=("name", "short_name", "kind", "phone", "mail"),
        filters=(Filter("sphere", "eq", "verwaltung"),),
        group_by="parent",
        sorts=(Sort("name"),),
        description="Fachbereiche und Stellen unter ihrem Dezernat",
    ),
    View(
        code="by_sphere",
        title="Tafel nach Bereich",
        kind=ViewKind.KANBAN,
        columns=("name", "kind", "district", "phone"),
        stack_by="sphere",
    ),
    View(
        code="unreachable",
        title="Ohne Telefon und E-Mail",
        columns=("name", "kind", "street", "postcode", "city", "web"),
        filters=(Filter("phone", "blank"), Filter("mail", "blank")),
        sorts=(Sort("name"),),
    ),
    View(
        code="vanished",
        title="Nicht mehr in der Quelle",
        columns=("name", "kind", "vanished_since", "source", "phone", "mail"),
        filters=(Filter("vanished_since", "notblank"),),
        sorts=(Sort("vanished_since", descending=True),),
        description="Was eine Liste nicht mehr nennt. Gibt es die Organisation noch?",
    ),
)

PERSON = (
    View(
        code="by_name",
        title="Nach Nachname",
        columns=(
            "name",
            "salutation",
            "title",
            "first_name",
            "last_name",
            "mail",
            "phone",
            "mobile",
            "preferred_channel",
        ),
        sorts=(Sort("last_name"), Sort("first_name")),
    ),
    View(
        code="without_function",
        title="Personen ohne Funktion",
        columns=("name", "mail", "phone", "mobile"),
        filters=(Filter("reverse:function.person", "eq", "0"),),
        sorts=(Sort("last_name"),),
        description="Wem fehlt noch eine Organisation?",
    ),
    View(
        code="salutation_unknown",
        title="Anrede klären",
        columns=("name", "salutation", "first_name", "last_name", "mail"),
        filters=(Filter("salutation", "blank"),),
        sorts=(Sort("last_name"),),
    ),
    View(
        code="vanished",
        title="Nicht mehr in der Quelle",
        columns=("name", "vanished_since", "source", "mail", "phone", "mobile"),
        filters=(Filter("vanished_since", "notblank"),),
        sorts=(Sort("vanished_since", descending=True),),
        description="Wen eine Liste nicht mehr nennt. Arbeitet die Person noch dort?",
    ),
)

TEAM_MEMBER = (View(code="active", title="Aktiv", filters=(Filter("active_to", "blank"),), sorts=(Sort("name"),)),)

OFFICE = (
    View(
        code="by_kind",
        title="Nach Art",
        columns=("name", "kind", "active_from", "active_to"),
        group_by="kind",
        sorts=(Sort("name"),),
    ),
)

FUNCTION = (
    View(
        code="current",
        title="Aktuelle Funktionen",
        columns=("name", "kind", "main_contact", "mail", "phone", "valid_from"),
        filters=(Filter("valid_to", "blank"),),
        sorts=(Sort("name"),),
    ),
    View(
        code="ended",
        title="Beendete Funktionen",
        columns=("name", "kind", "valid_from", "valid_to"),
        filters=(Filter("valid_to", "notblank"),),
        sorts=(Sort("valid_to", descending=True),),
    ),
    View(
        code="who_where",
        title="Wer wo (lädt langsamer)",
        columns=("name", "person", "organisation", "office", "kind", "valid_from"),
        filters=(Filter("valid_to", "blank"),),
        sorts=(Sort("name"),),
        description="Aktuelle Funktionen mit Person, Organisation und Amt",
    ),
)

INTERACTION = (
    View(
        code="newest",
        title="Neueste zuerst",
        columns=("day", "kind", "summary", "next_step", "next_step_due", "next_step_done"),
        sorts=(Sort("day", descending=True),),
        description="Kontaktverlauf neueste zuerst",
    ),
    View(
        code="log_form",
        title="Kontakt eintragen",
        kind=ViewKind.FORM,
        columns=(
            "day",
            "kind",
            "summary",
            "organisation",
            "person",
            "team_member",
            "next_step",
            "next_step_due",
            "note",
        ),
        description="Formular für einen neuen Eintrag im Kontaktverlauf",
    ),
    View(
        code="open_steps",
        title="Offene nächste Schritte",
        columns=("next_step", "next_step_due", "summary", "day", "kind"),
        filters=(Filter("next_step", "notblank"), Filter("next_step_done", "notchecked")),
        sorts=(Sort("next_step_due"),),
    ),
    View(code="calendar", title="Kalender", kind=ViewKind.CALENDAR, date="day"),
    View(
        code="with_whom",
        title="Neueste mit Beteiligten (lädt langsamer)",
        columns=("day", "kind", "person", "organisation", "team_member", "summary", "next_step"),
        sorts=(Sort("day", descending=True),),
        description="Kontaktverlauf neueste zuerst, mit Person, Organisation und wer von uns",
    ),
)

INTERACTION_PARTICIPANT = ()

RELATIONSHIP = (
    View(
        code="due",
        title="Fällige Kontakte",
        columns=("name", "next_due", "last_contact", "last_contact_by", "cadence_days", "paused_until", "pause_reason"),
        filters=(Filter("next_due", "notblank"),),
        sorts=(Sort("next_due"),),
        description="Bei wem wir uns als Nächstes melden, das Dringendste zuerst",
    ),
    View(
        code="ours",
        title="Unsere Beziehungen",
        columns=(
            "name",
            "owner",
            "closeness",
            "ideal_days",
            "cadence_days",
            "last_contact",
            "last_contact_by",
            "next_due",
        ),
        filters=(Filter("kind", "eq", "betreuung"),),
        sorts=(Sort("name"),),
    ),
    View(
        code="by_kind",
        title="Nach Art",
        columns=("name", "kind", "since", "last_year"),
        group_by="kind",
        sorts=(Sort("name"),),
    ),
    View(
        code="who_with_whom",
        title="Wer mit wem (lädt langsamer)",
        columns=("name", "organisation", "person", "team_member", "department", "kind"),
        sorts=(Sort("name"),),
        description="Beziehungen mit allen Beteiligten",
    ),
)
