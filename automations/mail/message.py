"""From a row of the outbox to a message: text, HTML and, for invitations, the calendar (RFC 2046, 5322, 6047)."""

from __future__ import annotations

import datetime as dt
import hashlib
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, getaddresses

from automations.mail.address import UnusableAddress, addresses_in, on_the_wire, one_address, one_line, split_sender
from schemas.operations.choices import PostKind
from schemas.operations.tables import Post

DOMAIN = "kontaktnetz.invalid"
CALENDAR_FILE = "einladung.ics"
LINE_ROOM = 75

AUTOMATIC = frozenset({PostKind.DIGEST, PostKind.REMINDER})
"""What jobs put into the outbox by themselves. Only these say so (RFC 3834, 5): on an invitation that a person sent
somebody's out-of-office reply is what we want to hear, because then the phone is the way to reach them in time; by the
day of a reminder we have heard it. Our own readers know our mails by their Message-ID, not by this header."""

CIRCULAR = frozenset({PostKind.SAVE_THE_DATE, PostKind.THANKS, PostKind.MISSED, PostKind.REFRESH})
"""What one may want no more of: these carry a way to unsubscribe (RFC 2369). An invitation, a reminder, a change or a
call-off asks one person something or tells a guest what they have to know; beside its answers a button *Abbestellen*
would be taken for a no."""

_POLICY = policy.SMTP.clone(cte_type="7bit")  # no server has to be able to do more


def message_id(key: str) -> str:
    """Return the Message-ID of the message with this key: should one ever arrive twice, mail programs can tell."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{DOMAIN}>"


def compose(post: Post, sender: str, moment: dt.datetime) -> EmailMessage:
    """Return the message of a row; ``sender`` is our address, with or without a name.

    Raises:
        UnusableAddress: the recipient is not exactly one address; a second reader would get a personal link.
        ValueError: a header that cannot be.
    """
    message = EmailMessage(policy=_POLICY)
    name, address = split_sender(sender)
    address, to, reply_to = on_the_wire(address), one_address(post.recipient or ""), one_line(post.reply_to or "")
    if post.recipient and not to:
        raise UnusableAddress(post.recipient)
    message["From"] = formataddr((one_line(post.sender_name or name), address), charset="utf-8")
    message["To"], message["Subject"] = on_the_wire(to), one_line(post.name or "")
    if reply_to:
        message["Reply-To"] = _wired(reply_to)
    message["Date"] = format_datetime(moment)
    message["Message-ID"] = message_id(post.ident or "")
    if post.kind in AUTOMATIC:
        message["Auto-Submitted"] = "auto-generated"
    if post.kind in CIRCULAR:
        message["List-Unsubscribe"] = (
            f"<mailto:{on_the_wire(one_address(reply_to)) or address}?subject=Bitte%20keine%20Rundmails%20mehr>"
        )
    message.set_content(post.text or "")
    if post.html:
        message.add_alternative(post.html, subtype="html")
    if post.calendar:
        _add_calendar(message, post.calendar)
    return message


def _wired(header: str) -> str:
    """Return the addresses of a header as they go over the wire, also those that no comma stands between."""
    told, found = getaddresses([header]), addresses_in(header)
    if [one for _, one in told] != found:
        told = [("", one) for one in found]
    return ", ".join(formataddr((name, on_the_wire(one)), charset="utf-8") for name, one in told) or header


def _add_calendar(message: EmailMessage, calendar: str) -> None:
    """Put the calendar in twice: as the alternative that gives buttons, and as the file for programs without them.

    Outlook wants the method in the type of the part as well as in the calendar itself (RFC 6047, 2.4).
    """
    found = next((line[7:] for line in calendar.splitlines() if line.startswith("METHOD:")), "REQUEST")
    wired = "".join(f"{_folded(line)}\r\n" for line in calendar.splitlines())
    message.add_alternative(wired, subtype="calendar", params={"method": found}, cte="base64")
    message.add_attachment(wired.encode(), maintype="application", subtype="ics", filename=CALENDAR_FILE)


def _folded(line: str) -> str:
    """Return a line of a calendar in parts of at most 75 bytes, no sign torn apart (RFC 5545, 3.1)."""
    parts, used = [""], 0
    for sign in line:
        size = len(sign.encode())
        if used + size > LINE_ROOM:
            parts.append(" ")
            used = 1
        parts[-1] += sign
        used += size
    return "\r\n".join(parts)
