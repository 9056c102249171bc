"""What somebody wrote themselves in a mail: without what they quote, their signature and what programs add. Pure."""

from __future__ import annotations

import re
from email.message import Message
from html.parser import HTMLParser

from automations.certification.form_links import PATH as FORMS
from automations.events.incoming.sent_posts import links_in
from automations.events.tokens import PATH as ANSWERS
from automations.incoming import mails
from schemas.events.choices import Answer

ROOM = 5_000
"""Characters that are kept."""

READ_PAGE = 500_000
"""Characters of an HTML mail that are read: programs put styles of a hundred thousand before the first word."""

# Blanks at the start of a line are [^\S\n]*, never \s*, which from each of many empty lines would read to their end:
# a mail of 20 kB took minutes, and everything else stood still meanwhile.
_QUOTE = re.compile(r"^\s*>")
_WROTE = re.compile(
    r"^[^\S\n]*(?:am|on|le)\b(?=[^\n]*\d)[^\n]{4,200}?(?:\n[^\n]{0,120}?)?(?:schrieb|wrote|hat geschrieben|a écrit)\b"
    r"[^\n]{0,160}(?:\n[^\n]{0,120})?:[^\S\n]*$",
    re.I | re.M,
)
_HISTORY = re.compile(
    r"^[^\S\n]*(?:-{2,}[^\S\n]*"
    r"(?:urspr(?:ü|ue)ngliche nachricht|original message|weitergeleitete nachricht|forwarded message|"
    r"original appointment|ursprünglicher termin)\b.*|_{20,}|(?:[*~]){8,}|\*?(?:von|from)\*?:.+\n\s{0,9}\*?(?:gesendet|"
    r"sent|datum|date|an|to)\*?:.+)$",
    re.I | re.M,
)
_SIGNATURE = re.compile(
    r"^(?:-- ?|—|(?:von meinem|gesendet (?:mit|von)|sent from|get outlook|holen sie sich outlook|diese nachricht wurde "
    r"von meinem)\b.*)$",
    re.I | re.M,
)
_LINK = re.compile(rf"(?:{ANSWERS}|{FORMS})[0-9]{{1,10}}\.[A-Za-z0-9_-]{{4,16}}\.[A-Za-z0-9_-]")
_OPEN_TAG = re.compile(r"<(?=[^<>]*(?:<|\Z))")
"""The start of a tag that does not end: for each of many the parser would look through all the rest."""

_WORD = re.compile(r"\S+")
_PROGRAM = re.compile(
    r"^[^\S\n]*(?!(?:meine?|unsere?|ich|wir|my|our|i|we)\b)[^\n]{1,200}?\b(?:hat|haben|has|have) "
    r"(?:diese |die |ihre |deine |your |this |the )?(?:"
    r"einladung (?:mit vorbehalt |vorläufig )?(?:angenommen|akzeptiert|abgelehnt)|"
    r"(?:tentatively )?(?:accepted|declined) (?:your |this |the )?invitation)[^\S\n]*[.!]?[^\S\n]*$|"
    r"^[^\S\n]*(?:einladung|antwort|invitation|reply|rsvp) (?:von|aus|über|from|via) google[ -](?:kalender|calendar)\b|"
    r"calendar\.google\.com/",
    re.I | re.M,
)
"""What a calendar writes itself; a guest may speak of a calendar, or say who else has accepted."""

_SUBJECT = re.compile(
    r"^\s*(?:(?P<yes>zugesagt|angenommen|accepted)|(?P<no>abgelehnt|abgesagt|declined)|(?P<maybe>mit vorbehalt|"
    r"mit vorbehalt angenommen|vorläufig|tentative(?:ly accepted)?|vielleicht))\s*:",
    re.I,
)


def own_words(text: str) -> str:
    """Return what the sender of a mail wrote, also between quoted lines.

    >>> own_words("Ich komme gern.\\n\\nAm 03.04.2026 um 10:00 schrieb Netzwerk:\\n> Kommen Sie?\\n> [Ja]")
    'Ich komme gern.'
    """
    text = text[: mails.READ].replace("\r\n", "\n").replace("\xa0", " ")
    cut = _HISTORY.search(text)
    text = text[: cut.start()] if cut else text
    wrote = _WROTE.search(text)
    if wrote is not None:
        after = text[wrote.end() :]
        quoted = any(_QUOTE.match(line) for line in after.split("\n"))
        text = text[: wrote.start()] + ("\n" + after if quoted else "")
    kept = "\n".join(line.rstrip() for line in text.split("\n") if not _QUOTE.match(line))
    signed = _SIGNATURE.search(kept)
    kept = kept[: signed.start()] if signed else kept
    return without_links(re.sub(r"\n{3,}", "\n\n", kept).strip())[:ROOM]


def without_links(text: str) -> str:
    """Return a text without answer links: whoever may read the base could answer for the guest with one.

    >>> without_links("Hier: https://netz.example/a/17.aBcD1234.0123456789012345678901 danke")
    'Hier: … danke'
    """
    return _WORD.sub(lambda word: "…" if any(map(_LINK.search, links_in(word[0]))) else word[0], text)


def words_in(message: Message) -> str:
    """Return the text of a mail, from its HTML if there is no other."""
    return mails.text_of(message) or _from_html(message)


def comment_in(text: str, title: str) -> str:
    """Return what a guest wrote beside an answer of the calendar; what a program wrote about it is no comment.

    A program writes to the end: what stands above it is the guest's.

    >>> comment_in("Steht im Google Kalender, brauche eine Rampe.", "Ehrung")
    'Steht im Google Kalender, brauche eine Rampe.'
    """
    told = own_words(text)  # what is quoted below is no sign of a program: it is our own invitation
    program = _PROGRAM.search(told)
    told = told[: told.rfind("\n", 0, program.start()) + 1].strip() if program else told
    return "" if any(_is_heading(line, title) for line in told.split("\n")) else told


_BESIDE_TITLE = 4
"""Words up to which a line with the title of the event is one that a program wrote ("Zugesagt: Engagementmesse")."""


def _is_heading(line: str, title: str) -> bool:
    """Say whether a line tells the title of the event and hardly anything else."""
    wanted = title.strip().casefold()
    if not wanted or wanted not in line.casefold():
        return False
    return len(line.casefold().replace(wanted, " ").split()) <= _BESIDE_TITLE


def answer_in_subject(subject: str) -> Answer | None:
    """Return what a calendar program writes before the subject of an answer.

    >>> answer_in_subject("Abgelehnt: Engagementmesse")
    <Answer.NO: 'abgesagt'>
    """
    found = _SUBJECT.match(subject)
    if found is None:
        return None
    return {"yes": Answer.YES, "no": Answer.NO, "maybe": Answer.MAYBE}[str(found.lastgroup)]


def _from_html(message: Message) -> str:
    for part in message.walk():
        if part.get_content_type() == "text/html" and part.get_content_disposition() != "attachment":
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                reader = _Reader()
                told = mails.guessed(body, str(part.get_content_charset() or "utf-8"))[:READ_PAGE]
                reader.feed(_OPEN_TAG.sub("&lt;", told.replace("<![CDATA[", "")))
                reader.close()
                return "".join(reader.told).strip()
    return ""


class _Reader(HTMLParser):
    """Collect the words of a page; quoted blocks become quoted lines."""

    _BREAKS = frozenset({"p", "div", "br", "li", "tr", "blockquote", "h1", "h2", "h3", "hr"})
    _SILENT = frozenset({"style", "script", "head", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.told: list[str] = []
        self._silent = 0
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in self._SILENT
        self._quoted += tag == "blockquote"
        if tag in self._BREAKS:
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in self._SILENT))
        self._quoted = max(0, self._quoted - (tag == "blockquote"))
        if tag in self._BREAKS:
            self._end_line()

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.told.append(" ".join(data.split()) + " ")

    def _end_line(self) -> None:
        self.told.append("\n" + ("> " if self._quoted else ""))
