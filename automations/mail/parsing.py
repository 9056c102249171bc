"""Bytes of a mail as a message, in a time that grows with their number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email import message_from_bytes
from email.message import Message
from email.policy import Compat32

MOST_GROUPS = 500
"""Empty lines up to which Python's own splitting of a report is quick; a real report has one group per recipient."""

LONGEST_FIELD = 50_000
LONGEST_PARAMETERS = 5_000
"""Characters of a field of the head, and of one about content, that are read; Python needs the square of their number
for parameters, and a microsecond for each sign of a list of addresses. A mail to a thousand people has 40,000."""

_STATUS = re.compile(rb"^(content-type:[ \t\r\n]{0,8}message/)(?=delivery-status)", re.IGNORECASE | re.MULTILINE)

_LONG_GAP = re.compile(rb"(?<!\s)(?:[ \t]*\r?\n){200,}")
_GAP = b"\n" * 200


class _Limited(Compat32):
    """Python's own way of parsing, but for fields of the head that are longer than any."""

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(list(sourcelines))
        return name, value[: LONGEST_PARAMETERS if name.casefold().startswith("content-") else LONGEST_FIELD]


_POLICY = _Limited()


def parse_mail(raw: bytes) -> Message:
    """Return the message that these bytes are (RFC 5322).

    Python makes a message of its own of every group of fields in a report about delivery (RFC 3464): a megabyte of
    empty lines takes twenty seconds. Where there are so many, the report is parsed as one of RFC 6533, whose groups
    are told apart by whoever reads them. Of its more than 200 empty lines in a row 200 are left. Endless
    fields of a head are cut off.
    """
    if sum(map(raw.count, (b"\n\n", b"\n\r\n", b"\n \n"))) > MOST_GROUPS:
        raw, reports = _STATUS.subn(rb"\1global-", raw)
        raw = _LONG_GAP.sub(_GAP, raw) if reports else raw
    return message_from_bytes(raw, policy=_POLICY)
