"""What the subject of a mail says when a program wrote it: that somebody is away, that mail came back. Pure.

Programs put their words in front of the subject they answer or say a whole sentence; a person goes on with words of
their own. Whoever replied to such a mail (``AW:`` in front) is a person.
"""

from __future__ import annotations

import re

_AWAY = r"abwesend|abwesenheit|nicht im (?:büro|haus)|nicht am (?:arbeits)?platz|au(?:ß|ss)er haus"
_LEAVE = r"(?:im |in |auf )?urlaub|on (?:annual )?(?:leave|vacation|holiday)|(?:annual )?(?:leave|vacation)"
_OFFICE = r"out[ -]of[ -](?:the[ -])?office"
_REPLY = r"(?:re|aw|antw|antwort|betreff|subject)\s*:"
_UNTIL = (
    r"(?:\s|[\d.,/–-]|\b(?:vom|von|ab|bis|seit|zum|einschließlich|einschl|inkl|from|until|till|through|to)\b){1,60}"
)

_ABROAD = (
    r"réponse automatique|risposta automatica|respuesta automática|resposta automática|odpowiedź automatyczna|"
    r"автоответ|автоматический ответ|автоматична відповідь|otomatik (?:yanıt|cevap)|automatisch antwoord|"
    r"automatisk svar|automatisch bericht|automatická odpověď|automatikus válasz|răspuns automat"
)
"""What Exchange puts in front in other tongues."""

_OFFICE_ALONE = (
    rf"{_OFFICE}(?=\s*$|\s*[:(),.–-]|\s+(?:auto[a-z]*|reply|response|message|notification|nachricht|re|aw|until|till|from|to|bis|vom|"
    r"ab|am|on|for|fwd)\b|\s+\S{0,12}\d)"
)
"""An office party is nothing that a program writes of."""

_PROGRAM = re.compile(
    r"[\[(]?(?:automatisch(?:e|er|es)? (?:(?:generierte|versendete) )?(?:rück|abwesenheits|eingangs|empfangs)?"
    r"(?:antwort|meldung|nachricht|notiz|bestätigung)|automatic (?:reply|response)|"
    r"(?:abwesenheits|urlaubs)(?:notiz|assistent|meldung|benachrichtigung|nachricht|info)|urlaubsabwesenheit|"
    rf"vacation (?:reply|response|message)|auto[ -]?antwort|{_ABROAD}|"
    rf"auto[ -]?(?:matic[ -]?)?(?:reply|responder|response)|{_OFFICE_ALONE})(?P<rest>.*)$"
)
"""Words that only programs put in front; people may ask something about them, or say on which day."""

_ASKED = re.compile(r"[^:]*\?|\s*(?:am|on)\s+\S{0,12}\d|[^:]*\b(?:einrichten|einstellen|abstellen)\b")
_PLAIN = re.compile(
    rf"(?:ich bin )?(?:(?:{_AWAY})(?:\s*:|\s*{_REPLY}|\s*[-–]\s*{_REPLY}|(?:{_UNTIL})?[.!]?$)|"
    rf"(?:{_LEAVE})(?:\s*:?\s*{_REPLY}|\s*[-–]\s*{_REPLY}|(?:{_UNTIL})?[.!]?$))"
)
"""Words that people use, too: alone, before the subject that is answered, or with no more than from when to when."""

_SOMEBODY = re.compile(
    rf"\S.{{0,80}}? (?:ist|bin|is|am) (?:[\w.]+ ){{0,5}}?(?:{_AWAY}|{_OFFICE}|on (?:leave|vacation))"
    rf"(?:{_UNTIL})?\.?(?:\s*\([^()]{{0,80}}\))?\.?$"
)
"""A whole sentence, as Notes writes it: „Ada Muster ist außer Haus. (Rückkehr am 05.12.2026)“."""

_FAILED = re.compile(
    r"undeliver(?:ed|able)|unzustellbar|nicht zugestellt|nicht zustellbar|zustellung fehlgeschlagen|"
    r"zustellfehler|failure notice|delivery (?:has )?fail|delivery status notification \(fail|"
    r"übermittlungsstatus[^()]{0,20}\(fehl|(?:zustellung|übermittlung)[^.!?\n]{0,120} fehlgeschlagen|"
    r"n(?:o|')t able to deliver|permanent (?:fatal )?error|konnte[^.!?\n]{0,120} nicht (?:zugestellt|übermittelt)|"
    r"returned (?:mail|to sender)|message you sent (?:could not|was not)|rückläufer|non[ -]?delivery|"
    r"(?:could|can) ?not be delivered|mail system error"
)
_DELAYED = re.compile(r"delay|verzöger|warning|warnung|still being retried|noch nicht")
_ROOM = 300
"""Letters of a subject that are looked at."""


def says_away(subject: str) -> bool:
    """Say whether a subject is that of a program which answers for somebody who is not there.

    >>> says_away("Ada Muster ist außer Haus."), says_away("Abwesend am 3.12., Terminvorschlag")
    (True, False)
    """
    said = " ".join(subject.casefold().split())[:_ROOM]
    if (program := _PROGRAM.match(said)) is not None:
        return _ASKED.match(program["rest"]) is None
    return _PLAIN.match(said) is not None or _SOMEBODY.match(said) is not None


def says_undeliverable(subject: str) -> bool:
    """Say whether a subject, or a text, is that of a mail server that could not deliver a mail, and gave up.

    >>> says_undeliverable("Undelivered Mail Returned to Sender"), says_undeliverable("Warning: delivery failed so far")
    (True, False)
    """
    said = " ".join(subject.casefold().split())
    return _FAILED.search(said) is not None and _DELAYED.search(said) is None
