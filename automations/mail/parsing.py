"""Bytes of a mail as a message, in a time that grows with their number."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

MOST_GROUPS = 500
"""Empty lines up to which Python's own splitting of a report is quick; a real report has one group per recipient."""

_STATUS = re.compile(rb"^(content-type:[ \t\r\n]{0,8}message/)(?=delivery-status)", re.IGNORECASE | re.MULTILINE)


def parse_mail(raw: bytes) -> Message:
    """Return the message that these bytes are (RFC 5322).

    Python makes a message of its own of every group of fields in a report about delivery (RFC 3464): a megabyte of
    empty lines takes twenty seconds. Where there are so many, the report is parsed as one of RFC 6533, whose groups
    are told apart by whoever reads them.
    """
    if raw.count(b"\n\n") + raw.count(b"\n\r\n") > MOST_GROUPS:
        raw = _STATUS.sub(rb"\1global-", raw)
    return message_from_bytes(raw)
