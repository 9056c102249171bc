"""Whether the public address really leads to our own pages: asked now and then beside everything, kept in a small file.

Our pages answer a question with what only this installation's key can make of it; somebody else's server, a parked
domain and the error page of a proxy cannot. What was found counts for a quarter of an hour.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import logging
import secrets

import requests
from urllib3.exceptions import HTTPError

from schemas.moments import is_from_future
from sync.clock import utc_now
from sync.kept_secret import ANSWER_SECRET_FILE, kept_secret
from sync.settings import Settings
from sync.text_files import replace_text
from sync.time_limit import at_most
from sync.timed_http import timed_session

log = logging.getLogger(__name__)

PATH = "/a/erreichbar/"
"""Below the path of the answer pages, which every proxy before them lets through."""

QUESTION = r"[A-Za-z0-9_-]{16,64}"
NAME = "erreichbar.json"
TIMEOUT = (3.0, 3.0)
LONGEST = 8.0
"""Seconds for all of it, redirects included."""
AGAIN = dt.timedelta(minutes=5)
COUNTS = dt.timedelta(minutes=15)
MOST_BYTES = 200


def proof(secret: str, question: str) -> str:
    """Return what our pages answer."""
    made = hmac.new(secret.encode(), f"kontaktnetz erreichbar 1\n{question}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def keep_checked(settings: Settings, address: str) -> None:
    """Ask the address anew if the last answer is some minutes old; takes a few seconds at most and never raises."""
    try:
        if _last(settings, address, AGAIN) is None:
            found = {"address": address, "at": utc_now().isoformat(), "reached": _ask(settings, address)}
            settings.data_dir.mkdir(parents=True, exist_ok=True)
            replace_text(settings.data_dir / NAME, json.dumps(found))
    except OSError as problem:
        log.warning("public address not checked problem=%s", type(problem).__name__)


def is_unreached(settings: Settings, address: str) -> bool:
    """Say whether the address was asked lately and did not answer as ours; looks into a file only."""
    return _last(settings, address, COUNTS) is False


def _ask(settings: Settings, address: str) -> bool:
    secret, question = kept_secret(settings.data_dir / ANSWER_SECRET_FILE), secrets.token_urlsafe(18)
    try:
        with at_most(LONGEST), timed_session() as browser:
            browser.max_redirects = 3
            browser.headers["Accept-Encoding"] = "identity"  # a proxy may pack it all the same
            with browser.get(f"{address}{PATH}{question}", timeout=TIMEOUT, stream=True) as answer:
                said = answer.raw.read(MOST_BYTES, decode_content=True) if answer.ok else b""
    except (requests.RequestException, HTTPError, OSError, ValueError) as problem:
        log.info("public address does not answer problem=%s", type(problem).__name__)
        return False
    return hmac.compare_digest(said.strip(), proof(secret, question).encode())


def _last(settings: Settings, address: str, within: dt.timedelta) -> bool | None:
    """Return what was found within this time about this very address, None if nothing was."""
    try:
        raw = json.loads((settings.data_dir / NAME).read_text(encoding="utf-8"))
        at, now = dt.datetime.fromisoformat(raw["at"]), utc_now()
        fresh = now - at < within and not is_from_future(at, now)
        return bool(raw["reached"]) if fresh and raw["address"] == address else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
