"""Whatever stands in a mail, the time to read it grows with its length: one mail must not stop everything else."""

from __future__ import annotations

import time
from email import message_from_bytes
from email.message import EmailMessage, Message

import pytest

from automations.events.incoming.own_words import answer_in_subject, comment_in, own_words, without_links, words_in
from automations.incoming import mails
from automations.incoming.bounces import read_bounces
from automations.incoming.subjects import says_away, says_undeliverable

LONGEST = 2.0
"""Seconds that a text may take at most, on a busy machine, too."""

SHAPES = (
    "\n", " \n", "\r\n", "a", "ä", "1", "/a/1.aaaa.", "https://x.example/a/1.aaaa.b", ">", "> ", "von: x\n", "von:\n",
    "*von*: a@b\n", "am 1 ", "am 1\n", "am 1 schrieb ", "am 1 schrieb\n", "-", "-- ", "--- \n", "_", "*", "~", "a@",
    "a.", "@", "a@b.", "a@b.c ", ";A=", '"', "'", "\t", "\xa0", "re:", "aw: ", ":\n", "=?", "=?u?q?",
    "%", "%25", "%2Fa%2F", "urldefense.x/v2/url?u=-2D",
)  # fmt: skip

SERVERS = (
    "zustellung ", "zustellung\n", "<a@b.de>:\n", "a@b.de\n", "-- copy", "konnte ", "message-id:", "\\x{FC}",
    "Final-Recipient: a@b.de\nAction: failed\n\n",
)  # fmt: skip

TAGS = (
    "<br>", "<", "<a ", "<a b=\"", "<a b='>", "</", "</a>", "<!--", "<!-- >", "<![CDATA[>", "<?", "<script>", "<title>",
    "&", "&amp;", "&#", "<blockquote>",
)  # fmt: skip


def plain(text: str, kind: str = "text/plain") -> Message:
    """Return a mail as it comes from a server: the making of one is not what is measured."""
    head = f"Subject: Messe\nContent-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    return message_from_bytes((head + text).encode("utf-8"))


def plain_bounce(text: str) -> Message:
    head = f"From: MAILER-DAEMON@x.example\nSubject: failure notice\nContent-Type: text/plain; charset=utf-8\n\n{text}"
    return message_from_bytes(head.encode("utf-8"))


def page(text: str) -> Message:
    return plain(text, "text/html")


def headed(text: str) -> EmailMessage:
    message = EmailMessage()
    for name in ("Subject", "From", "To", "Date"):
        message._headers.append((name, text))  # type: ignore[attr-defined]  # as it comes, without a check of ours
    return message


READERS = {
    "own words": (own_words, SHAPES, str),
    "links": (without_links, SHAPES, str),
    "comment": (lambda text: comment_in(text, "Messe"), SHAPES, str),
    "subject": (answer_in_subject, SHAPES, str),
    "plain mail": (words_in, SHAPES, plain),
    "page": (lambda message: own_words(words_in(message)), (*SHAPES, *TAGS), page),
    "forwarded": (mails.forwarded_names, SHAPES, plain),
    "absence": (says_away, SHAPES, str),
    "failure": (says_undeliverable, (*SHAPES, *SERVERS), str),
    "ident": (mails.ident_of, SHAPES, plain),
    "returned": (read_bounces, (*SHAPES, *SERVERS), plain_bounce),
    "kind": (mails.kind_of, SERVERS, plain_bounce),
}


def repeated(shape: str, size: int) -> str:
    return (shape * (size // len(shape) + 1))[:size]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("size", [10_000, 300_000])
def test_no_text_takes_long(reader, size):
    read, shapes, made = READERS[reader]
    slow = {}
    for shape in shapes:
        given = made(repeated(shape, size))
        begun = time.process_time()
        read(given)
        if (took := time.process_time() - begun) > LONGEST:
            slow[shape] = took
    assert slow == {}


@pytest.mark.parametrize("size", [10_000, 300_000])
def test_no_header_takes_long(size):
    slow = {}
    for shape in SHAPES:
        message = headed(repeated(shape.replace("\n", " ").replace("\r", " "), size))
        begun = time.process_time()
        mails.kind_of(message)
        mails.named_senders(message)
        mails.subject_of(message)
        if (took := time.process_time() - begun) > LONGEST:
            slow[shape] = took
    assert slow == {}


def test_what_is_read_of_a_long_mail_is_its_beginning():
    assert own_words("Ich komme.\n" + "\n" * 500_000 + "Am 1.1.2026 schrieb Netz:\n> Kommen Sie?") == "Ich komme."


@pytest.mark.parametrize("made", [plain, page])
def test_a_long_mail_that_is_cut_within_a_letter_keeps_its_umlauts(made):
    for shift in range(2):
        told = words_in(made("x" * shift + "Grüße " + "ü" * 600_000))
        assert told[shift:].startswith("Grüße üü")
        assert "Ã" not in told


@pytest.mark.parametrize("dashes", [2, 5, 12, 60])
def test_what_is_quoted_is_nobodys_own_word_however_long_the_line_before_it(dashes):
    line = "-" * dashes
    assert own_words(f"Ich komme.\n\n{line} Ursprüngliche Nachricht {line}\nKommen Sie?") == "Ich komme."


def test_the_words_of_a_page_are_found_behind_its_styles():
    styles = f"<style>{'p {color: red} ' * 20_000}</style>"
    assert words_in(page(f"<html><head>{styles}</head><body><p>Ich komme gern.</p></body></html>")) == "Ich komme gern."
