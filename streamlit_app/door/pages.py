"""The few pages that are not Streamlit's: signing in and out. Plain HTML, no script, styles with a nonce."""

from __future__ import annotations

import secrets
from html import escape

from starlette.responses import HTMLResponse

from streamlit_app.door.headers import own_page_policy
from streamlit_app.ui import texts

_STYLE = """
:root{color-scheme:light;font-family:"Segoe UI",system-ui,-apple-system,Roboto,"Noto Sans",Ubuntu,Arial,sans-serif}
*{box-sizing:border-box}
body{margin:0;overflow-wrap:anywhere;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:#f3f5f2;color:#1c2825}
main{width:100%;max-width:25rem;background:#fff;border:1px solid #d9e0dc;border-radius:14px;padding:2.25rem 2rem;
box-shadow:0 1px 2px rgba(28,40,37,.05),0 12px 32px rgba(28,40,37,.07)}
.mark{display:flex;align-items:center;gap:.6rem;font-weight:600;color:#1d5c55;margin-bottom:1.5rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .4rem}
p{margin:0 0 1.25rem;line-height:1.5;color:#4a5854}
label{display:block;font-weight:600;margin:0 0 .35rem}
input{width:100%;font:inherit;padding:.7rem .8rem;border:1px solid #84918c;border-radius:8px;margin-bottom:1.1rem;
background:#fff;color:inherit}
input:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid #1d5c55;outline-offset:2px}
button{width:100%;font:inherit;font-weight:600;padding:.8rem;border:0;border-radius:8px;background:#1d5c55;color:#fff;
cursor:pointer;margin-top:.3rem}
button:hover{background:#164842}
.note{border-radius:8px;padding:.8rem .9rem;margin:0 0 1.25rem;line-height:1.45;color:#1c2825;background:#e6f0ee}
.bad{background:#fdeceA;color:#7c1d12}
.small{font-size:.9rem;margin:1.4rem 0 0}
a{color:#1d5c55}
"""

_MARK = (
    '<svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" '
    'fill="#1d5c55"/><path d="M10 11 22 9M10 11 13 22M22 9 13 22M22 9 24 20M13 22 24 20" stroke="#a9d3cb" '
    'stroke-width="1.6"/><g fill="#fff"><circle cx="10" cy="11" r="3"/><circle cx="22" cy="9" r="3"/>'
    '<circle cx="13" cy="22" r="3"/><circle cx="24" cy="20" r="2.4"/></g></svg>'
)


def sign_in_page(
    *, csrf: str, target: str, email: str = "", problem: str = "", note: str = "", status: int = 200
) -> HTMLResponse:
    """Return the sign-in form; ``problem`` says what went wrong, ``note`` something friendly."""
    said = f'<p class="note bad" role="alert">{escape(problem)}</p>' if problem else ""
    said += f'<p class="note" role="status">{escape(note)}</p>' if note else ""
    focus = ("", " autofocus") if email else (" autofocus", "")
    body = f"""<h1>{escape(texts.SIGN_IN_TITLE)}</h1><p>{escape(texts.SIGN_IN_INTRO)}</p>{said}
<form method="post" action="/anmelden"><input type="hidden" name="csrf" value="{escape(csrf)}">
<input type="hidden" name="weiter" value="{escape(target)}">
<label for="email">{escape(texts.SIGN_IN_EMAIL)}</label>
<input id="email" name="email" type="email" autocomplete="username" required value="{escape(email)}"{focus[0]}>
<label for="kennwort">{escape(texts.SIGN_IN_PASSWORD)}</label>
<input id="kennwort" name="kennwort" type="password" autocomplete="current-password" required{focus[1]}>
<button type="submit">{escape(texts.SIGN_IN_BUTTON)}</button></form>
<p class="small">{escape(texts.SIGN_IN_HELP)}</p>"""
    return _page(texts.SIGN_IN_TITLE, body, status)


def sign_out_page(*, csrf: str, email: str) -> HTMLResponse:
    """Return the question whether to sign out; only its button does it, a link never changes anything."""
    body = f"""<h1>{escape(texts.SIGN_OUT_TITLE)}</h1><p>{escape(texts.SIGN_OUT_INTRO.format(email=email))}</p>
<form method="post" action="/abmelden"><input type="hidden" name="csrf" value="{escape(csrf)}">
<button type="submit">{escape(texts.SIGN_OUT_BUTTON)}</button></form>
<p class="small"><a href="/">{escape(texts.SIGN_OUT_BACK)}</a></p>"""
    return _page(texts.SIGN_OUT_TITLE, body, 200)


def unknown_page() -> HTMLResponse:
    """Return what is said to somebody who goes to an address of no page."""
    body = f"""<h1>{escape(texts.UNKNOWN_PAGE)}</h1><p>{escape(texts.UNKNOWN_PAGE_HINT)}</p>
<p class="small"><a href="/">{escape(texts.UNKNOWN_PAGE_BACK)}</a></p>"""
    return _page(texts.UNKNOWN_PAGE, body, 404)


def _page(title: str, body: str, status: int) -> HTMLResponse:
    nonce = secrets.token_urlsafe(12)
    html = f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)} · Kontaktnetz</title>
<link rel="icon" href="data:,"><style nonce="{nonce}">{_STYLE}</style></head>
<body><main><div class="mark">{_MARK}<span>Kontaktnetz</span></div>{body}</main></body></html>"""
    headers = {"Content-Security-Policy": own_page_policy(nonce), "Cache-Control": "no-store"}
    return HTMLResponse(html, status_code=status, headers=headers)
