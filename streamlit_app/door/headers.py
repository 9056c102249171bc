"""Security headers on every answer, and the language of Streamlit's own page.

Streamlit 1.67 needs inline styles (emotion) and, for Vega charts, ``unsafe-eval``; all else stays closed: nothing
from outside, no framing, no plugins. Its one inline script is allowed by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.util import find_spec
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)

COMMON = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}


def page_policy() -> str:
    """Return the Content-Security-Policy of the dashboard pages."""
    hashes = " ".join(f"'sha256-{_sha256(body)}'" for body in _INLINE.findall(_index_html()))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'unsafe-eval' {hashes}".strip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def own_page_policy(nonce: str) -> str:
    """Return the policy of our own small pages: one style element with a nonce, a form to ourselves, nothing else."""
    return (
        f"default-src 'none'; style-src 'nonce-{nonce}'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


class SecurityHeaders:
    """Add the headers to every answer and say in Streamlit's page that it is German."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._policy = page_policy()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, dressing the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(send, self._policy)
        await self.app(scope, receive, answer)


class _Answer:
    """Send an answer with our headers; a page of Streamlit's is held back until it can be sent as German."""

    def __init__(self, send: Send, policy: str) -> None:
        self._send = send
        self._policy = policy
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in COMMON.items():
                headers.setdefault(name, value)
            headers.setdefault("Content-Security-Policy", self._policy)
            if headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers:
                self._start = message
                return
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            body = self._body.replace(b'<html lang="en">', b'<html lang="de">').replace(
                b"<title>Streamlit</title>", b"<title>Kontaktnetz</title>"
            )
            MutableHeaders(scope=self._start)["content-length"] = str(len(body))
            start, self._start = self._start, None
            await self._send(start)
            message = {"type": "http.response.body", "body": body}
        await self._send(message)


def _index_html() -> str:
    """Return Streamlit's page, found without importing Streamlit: the answer pages for guests run without it."""
    found = find_spec("streamlit")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("streamlit")
    return (Path(found.origin).parent / "static" / "index.html").read_text(encoding="utf-8")


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
