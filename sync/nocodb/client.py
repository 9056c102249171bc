"""HTTP with one NocoDB server: sign-in, retries, timeouts, and errors that a person can read.

It never repeats a POST, never follows a redirect, and never speaks to another host than the one it was given.
Facts on status codes and error bodies: NocoDB 0.301.3 (v2 mixes ``{"msg"}`` and ``{"error", "message"}``).
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.response import BaseHTTPResponse
from urllib3.util.retry import Retry

from schemas.errors import ConfigError, Conflict, Forbidden, NocoDBError, NotFound, RateLimited, Unavailable

log = logging.getLogger(__name__)

CONNECT_TIMEOUT = 3.05
"""Seconds until a connection must stand."""

READ_TIMEOUT = 60.0
"""Seconds the server may be silent; a page of 1000 rows or a bulk of 100 takes a few at worst."""

RETRIES = 4
"""How often a GET, PATCH or DELETE is repeated (about 5 seconds in all), enough for a server that restarts."""

LONGEST_WAIT = 30.0
"""Seconds we are willing to wait when the server names a time in ``Retry-After``."""

POOL_SIZE = 16
"""Connections at the same moment; more threads than this wait for a free one."""

RETRY_STATUS = (429, 502, 503, 504)
_CONFLICT_CODES = {
    "FIELD_UNIQUE_CONSTRAINT_VIOLATION",
    "ERR_DUPLICATE_IN_ALIAS",
    "ERR_BASE_COLLABORATION",
    "ERR_INVALID_VALUE_FOR_FIELD",
}


class _PatientRetry(Retry):
    """Retry that caps ``Retry-After``, so that a server cannot put us to sleep for an hour."""

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        wait = super().get_retry_after(response)
        return None if wait is None else min(wait, LONGEST_WAIT)


class Client:
    """One server, one credential. Safe to use from several threads.

    ``url`` is the address people use, with or without a path prefix; ``token`` an API token, or with ``user_jwt`` the
    session token of a person.
    """

    def __init__(
        self,
        url: str,
        token: str,
        *,
        user_jwt: bool = False,
        timeout: float = READ_TIMEOUT,
        retries: int = RETRIES,
        connections: int = POOL_SIZE,
    ) -> None:
        self.url = _checked_url(url)
        self._timeout = (CONNECT_TIMEOUT, timeout)
        header = {"xc-auth" if user_jwt else "xc-token": token} if token else {}
        again = _PatientRetry(
            total=retries,
            allowed_methods=frozenset({"GET", "PATCH", "DELETE"}),
            status_forcelist=RETRY_STATUS,
            backoff_factor=0.3,
            backoff_jitter=0.3,
            backoff_max=10,
            raise_on_status=False,
        )
        self._patient = _session(self.url, header, again, connections)
        # A busy Node may end a connection that rested for 5 s though the next request has arrived on it
        # (https://github.com/nodejs/node/issues/43456); what is never repeated goes over a connection of its own.
        self._once = _session(self.url, {**header, "Connection": "close"}, Retry(0, read=False), connections)

    @classmethod
    def sign_in(cls, url: str, email: str, password: str, *, timeout: float = READ_TIMEOUT) -> Self:
        """Return a client that acts as this person for up to ten hours.

        Raises:
            Forbidden: wrong address or password.
            Unavailable: the server does not answer.
        """
        stranger = cls(url, "", timeout=timeout)
        try:
            answer = stranger.request("POST", "/api/v2/auth/user/signin", json={"email": email, "password": password})
        except (Conflict, NotFound, Unavailable):
            raise
        except NocoDBError as problem:
            raise Forbidden(
                "E-Mail-Adresse oder Kennwort stimmt nicht.",
                hint="Bitte prüfen Sie beides noch einmal.",
                **problem.facts,
            ) from problem
        return cls(url, str(answer["token"]), user_jwt=True, timeout=timeout)

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str | int] | None = None,
        json: object = None,
        retry: bool = True,
    ) -> Any:
        """Send one request and return the decoded JSON body.

        GET, PATCH and DELETE are repeated on a lost connection and on 429, 502, 503, 504 unless ``retry`` is False;
        POST never is, because the server may have written the rows without having answered.

        Raises:
            NotFound, Conflict, Forbidden, RateLimited, Unavailable, NocoDBError: see ``schemas.errors``;
                facts carry ``method``, ``path``, ``status`` and ``code``.
        """
        session = self._patient if retry and method != "POST" else self._once
        facts: dict[str, object] = {"method": method, "path": path}
        try:
            response = session.request(
                method, self.url + path, params=params, json=json, timeout=self._timeout, allow_redirects=False
            )
        except requests.RequestException as problem:
            log.info("no answer method=%s path=%s problem=%s", method, path, type(problem).__name__)
            raise Unavailable(
                f"NocoDB unter {self.url} ist nicht erreichbar.",
                hint="Bitte prüfen Sie, ob NocoDB läuft (`kontaktnetz nocodb status`) und die Adresse in .env stimmt. "
                "Ein neuer Start macht dort weiter, wo es nötig ist.",
                **facts,
                problem=type(problem).__name__,
            ) from problem
        if response.status_code >= 300:
            raise _error(response, self.url, facts)
        return _body(response, self.url, facts)


def _checked_url(url: str) -> str:
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise ConfigError(
            f"„{url}“ ist keine Adresse eines NocoDB.",
            hint="Bitte tragen Sie bei NOCODB_URL eine Adresse wie http://127.0.0.1:8080 ein.",
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/")


def _session(url: str, header: Mapping[str, str], retry: Retry, connections: int) -> requests.Session:
    session = requests.Session()
    session.headers.update(header)
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.auth = _keep_request  # else requests would add a login from ~/.netrc
    session.trust_env = not _is_loopback(url)  # a proxy of the house must not get to see our own machine
    adapter = HTTPAdapter(max_retries=retry, pool_connections=1, pool_maxsize=connections, pool_block=True)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def _keep_request(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _body(response: requests.Response, url: str, facts: Mapping[str, object]) -> Any:
    if not response.content:
        return None
    try:
        return response.json()
    except ValueError as problem:
        raise Unavailable(  # the page of a proxy whose NocoDB is away, or an answer cut short: both may pass
            f"Unter {url} antwortet etwas anderes als NocoDB.",
            hint="Steht ein Proxy davor, ist NocoDB dahinter vielleicht gerade weg; dann in ein paar Minuten noch "
            "einmal. Bleibt es dabei, prüfen Sie bitte die Adresse bei NOCODB_URL in der Datei .env.",
            **facts,
            status=response.status_code,
        ) from problem


def _error(response: requests.Response, url: str, facts: Mapping[str, object]) -> NocoDBError:
    """Turn an answer that is no success into the error that says what to do."""
    status = response.status_code
    try:
        data = response.json()
    except ValueError:
        data = {}
    data = data if isinstance(data, dict) else {}
    code = str(data.get("error") or "")
    answer = str(data.get("message") or data.get("msg") or "")[:200]
    kind = _kind(status, code, answer)
    message, hint = _WORDS[kind]
    if status == 401:
        message, hint = _UNKNOWN_CREDENTIAL
    elif status < 400:
        message, hint = _REDIRECT
    told: dict[str, object] = {**facts, "status": status, "code": code}
    if kind is not Conflict:  # there the server's words may quote a value
        told["answer"] = answer
    return kind(message.format(url=url, status=status), hint=hint, **told)


def _kind(status: int, code: str, answer: str) -> type[NocoDBError]:
    if status in _KINDS:
        return _KINDS[status]
    if status >= 500:
        return Unavailable
    if code.endswith("_NOT_FOUND"):
        return NotFound
    if code in _CONFLICT_CODES or answer.startswith("Validation failed"):
        return Conflict
    return NocoDBError


_KINDS: Mapping[int, type[NocoDBError]] = {
    401: Forbidden,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    429: RateLimited,
}

_WORDS: Mapping[type[NocoDBError], tuple[str, str]] = {
    Forbidden: (
        "Das Konto darf das in NocoDB nicht.",
        "Bitte geben Sie dem Konto in NocoDB (Base, Mitglieder) die Rolle Editor, für die Einrichtung Creator.",
    ),
    NotFound: (
        "In NocoDB fehlt etwas, das es eben noch gab (Base, Tabelle, Spalte oder Zeile).",
        "Vielleicht hat es jemand gelöscht. `kontaktnetz doctor` zeigt, was fehlt.",
    ),
    Conflict: (
        "NocoDB hat einen Wert abgelehnt: Es gibt ihn schon, oder er verletzt eine Regel der Spalte.",
        "Bitte prüfen Sie die genannte Tabelle in NocoDB.",
    ),
    RateLimited: ("NocoDB bittet um eine Pause: zu viele Anfragen.", "Bitte in einer Minute noch einmal."),
    Unavailable: (
        "NocoDB unter {url} meldet eine Störung (Fehler {status}).",
        "Bitte in ein paar Minuten noch einmal; bleibt es dabei, hilft ein Blick in das Protokoll von NocoDB.",
    ),
    NocoDBError: (
        "NocoDB hat eine Anfrage abgelehnt (Fehler {status}).",
        "`kontaktnetz doctor` prüft, ob Base und Version zusammenpassen.",
    ),
}

_UNKNOWN_CREDENTIAL = (
    "NocoDB kennt den Zugang nicht (mehr).",
    "Bitte erzeugen Sie in NocoDB ein neues API-Token und tragen Sie es bei NOCODB_TOKEN in .env ein.",
)

_REDIRECT = (
    "Die Adresse {url} leitet an eine andere weiter.",
    "Bitte tragen Sie bei NOCODB_URL die Adresse ein, die am Ende im Browser steht.",
)
