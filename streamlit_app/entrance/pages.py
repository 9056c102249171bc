"""The page and its files, served by us alone: one HTML page, modules of script, a style, a worker, a manifest.

The page holds no name and is the same for every event, so that a tablet can keep it. Its files stand below a path with
the digest of them all: what a tablet kept never mixes with what is new.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from functools import cache
from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse, Response

from streamlit_app.entrance.words import TITLE, for_script

FILES = Path(__file__).parent / "files"
ICON = Path(__file__).parents[1] / "assets" / "icon.png"
SCOPE = "/einlass/"
CAMERA_HERE = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"

_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}
_PAGE, _WORKER = "page.html", "worker.js"
_SERVED = ("page.js", "rules.js", "keeping.js", "sending.js", "drawing.js", "folding.js", "camera.js", "page.css")


@cache
def version() -> str:
    """Return a name for the content of everything that is served."""
    digest = hashlib.sha256(json.dumps(for_script(), sort_keys=True).encode())
    for name in (*_SERVED, _PAGE, _WORKER):
        digest.update((FILES / name).read_bytes())
    return digest.hexdigest()[:12]


def page() -> Response:
    """Return the page, the same for every event; it holds words, no data."""
    nonce = secrets.token_urlsafe(12)
    words = json.dumps(for_script(), ensure_ascii=False).replace("<", "\\u003c")
    html = (FILES / _PAGE).read_text(encoding="utf-8")
    for name, value in (("nonce", nonce), ("version", version()), ("title", escape(TITLE)), ("words", words)):
        html = html.replace("{{" + name + "}}", value)
    return HTMLResponse(html, headers={**_private(), "Content-Security-Policy": policy(nonce)})


def policy(nonce: str) -> str:
    """Return the policy of the page: its own scripts and style by nonce, talking to this server only."""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self' data:; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; media-src blob:; form-action 'none'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def file(name: str) -> Response | None:
    """Return one of the files below the versioned path, None when there is no such file."""
    if name == "icon.png":
        return Response(ICON.read_bytes(), media_type=_TYPES[".png"], headers=_kept())
    if name == "app.webmanifest":
        return Response(_manifest(), media_type=_TYPES[".webmanifest"], headers=_kept())
    if name not in _SERVED:
        return None
    path = FILES / name
    return Response(path.read_bytes(), media_type=_TYPES[path.suffix], headers=_kept())


def worker() -> Response:
    """Return the service worker, which keeps page and files for the time without a line."""
    files = [f"{SCOPE}datei/{version()}/{name}" for name in (*_SERVED, "icon.png", "app.webmanifest")]
    script = (FILES / _WORKER).read_text(encoding="utf-8")
    script = script.replace("{{version}}", version()).replace("{{files}}", json.dumps(files))
    return Response(
        script,
        media_type=_TYPES[".js"],
        headers={**_private(), "Content-Security-Policy": "default-src 'none'; connect-src 'self'"},
    )


def _manifest() -> str:
    icon = {"src": f"{SCOPE}datei/{version()}/icon.png", "sizes": "64x64", "type": "image/png"}
    return json.dumps({
        "name": "Kontaktnetz Einlass", "short_name": TITLE, "lang": "de", "display": "standalone", "scope": SCOPE,
        "background_color": "#f6f8f8", "theme_color": "#1d5c55", "icons": [icon],
    })  # fmt: skip


def _private() -> dict[str, str]:
    return {"Cache-Control": "no-cache, private", "Permissions-Policy": CAMERA_HERE}


def _kept() -> dict[str, str]:
    return {"Cache-Control": "private, max-age=86400, immutable"}
