"""The closed lists of the event tables. Staff may rename labels; the code knows the codes."""

from __future__ import annotations

from enum import StrEnum

from schemas.model import Choice


class EventState(StrEnum):
    """Where an event stands; whether it is over follows from its day."""

    DRAFT = "entwurf"
    OPEN = "laeuft"
    CALLED_OFF = "abgesagt"
    CLOSED = "abgeschlossen"


class AddressForm(StrEnum):
    """How the letters of an event speak to people."""

    FORMAL = "sie"
    RELATION = "beziehung"
    INFORMAL = "du"


class Channel(StrEnum):
    """By which way a guest is invited."""

    MAIL = "mail"
    LETTER = "brief"
    PHONE = "telefon"


class InvitationState(StrEnum):
    """How far the inviting is; what the guest says stands in the answer."""

    NOTED = "vorgemerkt"
    INVITED = "eingeladen"
    DROPPED = "gestrichen"
    CALLED_OFF = "ausgeladen"


class Answer(StrEnum):
    """What a guest answered."""

    OPEN = "offen"
    YES = "zugesagt"
    MAYBE = "vorlaeufig"
    NO = "abgesagt"
    REPRESENTED = "vertretung"


class ReplyChannel(StrEnum):
    """By which way an answer came."""

    LINK = "link"
    FORM = "formular"
    MAIL = "mail"
    CALENDAR = "kalender"
    PHONE = "telefon"
    LETTER = "brief"
    TALK = "gespraech"
    STAFF = "korrektur"


class ReplyState(StrEnum):
    """Whether an answer counts; one that a person must decide does not yet. ``UNREAD`` counts, with words beside it."""

    COUNTS = "gilt"
    UNREAD = "gilt-bitte-lesen"
    TO_DECIDE = "zu-entscheiden"
    DISCARDED = "verworfen"


class Place(StrEnum):
    """Whether there is room for a guest who said yes; derived from answers and capacity."""

    SURE = "platz"
    WAITING = "warteliste"


class Admission(StrEnum):
    """What came of a try at the door."""

    ADMITTED = "eingelassen"
    ALREADY = "schon-da"
    REFUSED = "abgewiesen"
    TAKEN_BACK = "zurueckgenommen"


class StandState(StrEnum):
    """Where an exhibitor's stand stands."""

    ASKED = "angefragt"
    CONFIRMED = "bestaetigt"
    WAITING = "warteliste"
    CALLED_OFF = "abgesagt"


EVENT_KINDS = (
    Choice("ehrung", "Ehrung", "#ffdaf6"),
    Choice("messe", "Engagementmesse", "#ffeab6"),
    Choice("workshop", "Workshop", "#d1f7c4"),
    Choice("seminar", "Seminar", "#c2f5e9"),
    Choice("forum", "Forum", "#cfdffe"),
    Choice("sitzung", "Sitzung", "#d0f1fd"),
    Choice("empfang", "Empfang", "#ede2fe"),
    Choice("sonstige", "Sonstige", "#e7e7e9"),
)

EVENT_STATES = (
    Choice(EventState.DRAFT, "Entwurf", "#e7e7e9"),
    Choice(EventState.OPEN, "Läuft", "#d1f7c4"),
    Choice(EventState.CALLED_OFF, "Abgesagt", "#ffdce5"),
    Choice(EventState.CLOSED, "Abgeschlossen", "#cfdffe"),
)

ADDRESS_FORMS = (
    Choice(AddressForm.FORMAL, "Immer Sie", "#cfdffe"),
    Choice(AddressForm.RELATION, "Wie in der Beziehung", "#ffeab6"),
    Choice(AddressForm.INFORMAL, "Immer Du", "#d1f7c4"),
)

CHANNELS = (
    Choice(Channel.MAIL, "E-Mail", "#cfdffe"),
    Choice(Channel.LETTER, "Brief", "#ffeab6"),
    Choice(Channel.PHONE, "Telefon", "#d1f7c4"),
)

INVITATION_STATES = (
    Choice(InvitationState.NOTED, "vorgemerkt", "#e7e7e9"),
    Choice(InvitationState.INVITED, "eingeladen", "#cfdffe"),
    Choice(InvitationState.DROPPED, "gestrichen", "#fee2d5"),
    Choice(InvitationState.CALLED_OFF, "ausgeladen", "#ffdce5"),
)

ANSWERS = (
    Choice(Answer.OPEN, "offen", "#e7e7e9"),
    Choice(Answer.YES, "zugesagt", "#d1f7c4"),
    Choice(Answer.MAYBE, "vorläufig", "#ffeab6"),
    Choice(Answer.NO, "abgesagt", "#ffdce5"),
    Choice(Answer.REPRESENTED, "Vertretung", "#c2f5e9"),
)
ANSWER_LABELS = {choice.code: choice.label for choice in ANSWERS}

REPLY_CHANNELS = (
    Choice(ReplyChannel.LINK, "Link oder QR", "#cfdffe"),
    Choice(ReplyChannel.FORM, "Formular", "#d0f1fd"),
    Choice(ReplyChannel.MAIL, "E-Mail", "#ede2fe"),
    Choice(ReplyChannel.CALENDAR, "Kalender", "#c2f5e9"),
    Choice(ReplyChannel.PHONE, "Telefon", "#d1f7c4"),
    Choice(ReplyChannel.LETTER, "Brief", "#ffeab6"),
    Choice(ReplyChannel.TALK, "Gespräch", "#fee2d5"),
    Choice(ReplyChannel.STAFF, "Korrektur", "#ffdaf6"),
)

REPLY_STATES = (
    Choice(ReplyState.COUNTS, "gilt", "#d1f7c4"),
    Choice(ReplyState.UNREAD, "gilt (bitte lesen)", "#fee2d5"),
    Choice(ReplyState.TO_DECIDE, "zu entscheiden", "#ffeab6"),
    Choice(ReplyState.DISCARDED, "verworfen", "#e7e7e9"),
)

PLACES = (
    Choice(Place.SURE, "Platz", "#d1f7c4"),
    Choice(Place.WAITING, "Warteliste", "#ffeab6"),
)

ADMISSIONS = (
    Choice(Admission.ADMITTED, "eingelassen", "#d1f7c4"),
    Choice(Admission.ALREADY, "war schon da", "#ffeab6"),
    Choice(Admission.REFUSED, "abgewiesen", "#ffdce5"),
    Choice(Admission.TAKEN_BACK, "zurückgenommen", "#e7e7e9"),
)

STAND_STATES = (
    Choice(StandState.ASKED, "angefragt", "#ffeab6"),
    Choice(StandState.CONFIRMED, "bestätigt", "#d1f7c4"),
    Choice(StandState.WAITING, "Warteliste", "#fee2d5"),
    Choice(StandState.CALLED_OFF, "abgesagt", "#ffdce5"),
)
