"""HTTP with one NocoDB server: sign-in, retries, timeouts, and errors that a person can read.

It never repeats a POST, never follows a redirect, and never speaks to another host than the one it was given. A request
has one time for all its tries, its waiting for a free connection and the reading of its answer.
Facts on status codes and error bodies: NocoDB 0.301.3 (v2 mixes ``{"msg"}`` and ``{"error", "message"}``).
"""

from __future__ import annotations

import ipaddress
import json as json_format
import logging
import threading
import time
from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from urllib3.response import BaseHTTPResponse
from urllib3.util.retry import Retry

from schemas.errors import ConfigError, Conflict, Forbidden, NocoDBError, NotFound, RateLimited, Unavailable
from sync.time_limit import TimeLimit, at_most, current_limit
from sync.timed_http import TimedAdapter

log = logging.getLogger(__name__)

CONNECT_TIMEOUT = 3.05
"""Seconds until a connection must stand."""

LONGEST_REQUEST = 60.0
"""Seconds a request may take with all its tries; a page of 1000 rows or a bulk of 100 takes a few at worst."""

LARGEST_ANSWER = 256_000_000
"""Bytes; a page of 1000 rows has some hundred thousand. What sends without end is no NocoDB."""

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
    """Retry that caps ``Retry-After``, so that a server cannot put us to sleep for an hour, and ends with the time."""

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        wait = super().get_retry_after(response)
        return None if wait is None else min(wait, LONGEST_WAIT, _left())

    def get_backoff_time(self) -> float:
        return min(super().get_backoff_time(), _left())

    def increment(self, *args: Any, **more: Any) -> Self:
        return super(_PatientRetry, self if _left() > 0 else self.new(total=0)).increment(*args, **more)


def _left() -> float:
    limit = current_limit()
    return limit.left if limit is not None else LONGEST_WAIT


class Client:
    """One server, one credential. Safe to use from several threads.

    ``url`` is the address people use, with or without a path prefix; ``token`` an API token, or with ``user_jwt`` the
    session token of a person. ``timeout`` is the seconds that a request may take in all; a block of ``at_most`` around
    it may allow less.
    """

    def __init__(
        self,
        url: str,
        token: str,
        *,
        user_jwt: bool = False,
        timeout: float = LONGEST_REQUEST,
        retries: int = RETRIES,
        connections: int = POOL_SIZE,
    ) -> None:
        self.url = _checked_url(url)
        self._seconds = timeout
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
        self._patient = _Line(_session(self.url, header, again, connections), connections)
        # A busy Node may end a connection that rested for 5 s though the next request has arrived on it
        # (https://github.com/nodejs/node/issues/43456); what is never repeated goes over a connection of its own.
        once = _session(self.url, {**header, "Connection": "close"}, Retry(0, read=False), connections)
        self._once = _Line(once, connections)

    @classmethod
    def sign_in(cls, url: str, email: str, password: str, *, timeout: float = LONGEST_REQUEST) -> Self:
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
        line = self._patient if retry and method != "POST" else self._once
        facts: dict[str, object] = {"method": method, "path": path}
        begun = time.monotonic()
        with at_most(self._seconds) as limit:
            try:
                response, body = line.ask(limit, method, self.url + path, params=params, json=json)
            except (requests.RequestException, OSError) as problem:
                late = limit.is_over or isinstance(problem, requests.ReadTimeout)
                kind = "Timeout" if late else type(problem).__name__
                log.info("no answer method=%s path=%s problem=%s", method, path, kind)
                raise self._no_answer(time.monotonic() - begun, **facts, problem=kind) from problem
        if response.status_code >= 300:
            raise _error(response, body, self.url, facts)
        return _read(response, body, self.url, facts)

    def _no_answer(self, waited: float, **facts: object) -> Unavailable:
        if facts["problem"] == "Timeout":
            return Unavailable(
                f"NocoDB unter {self.url} nimmt Anfragen an, antwortet aber nicht (gewartet: {waited:.0f} Sekunden).",
                hint="Vielleicht ist es überlastet oder hängt. Bitte in ein paar Minuten noch einmal; bleibt es dabei, "
                "starten Sie NocoDB neu. Ein neuer Lauf macht dort weiter, wo es nötig ist.",
                **facts,
            )
        return Unavailable(
            f"NocoDB unter {self.url} ist nicht erreichbar.",
            hint="Bitte prüfen Sie, ob NocoDB läuft (`kontaktnetz nocodb status`) und die Adresse in .env stimmt. "
            "Ein neuer Start macht dort weiter, wo es nötig ist.",
            **facts,
        )


class _Line:
    """A session with so many connections; who finds none free waits for one as long as their time allows."""

    def __init__(self, session: requests.Session, connections: int) -> None:
        self._session = session
        self._free = threading.BoundedSemaphore(connections)

    def ask(self, limit: TimeLimit, method: str, url: str, **more: Any) -> tuple[requests.Response, bytes]:
        """Return the answer and its body, of which one byte more is read than any may have.

        Raises:
            requests.RequestException, OSError: there was none, or not to its end, or not in time.
        """
        if not self._free.acquire(timeout=limit.left):
            raise TimeoutError("no free connection")
        try:
            timeout = (min(CONNECT_TIMEOUT, limit.left) or 0.001, limit.left or 0.001)
            with self._session.request(
                method, url, timeout=timeout, allow_redirects=False, stream=True, **more
            ) as response:
                body = bytearray()
                for piece in response.iter_content(1 << 16):
                    body += piece
                    if len(body) > LARGEST_ANSWER:
                        break
                if limit.is_over or _ends_by_closing(response):
                    raise TimeoutError("cut short")  # a line that is shut in the middle looks like an end
                return response, bytes(body)
        finally:
            self._free.release()


def _ends_by_closing(response: requests.Response) -> bool:
    """Say whether only the end of the connection ended an answer: NocoDB tells the length, or sends in chunks."""
    told = response.headers
    return response.status_code not in (204, 304) and "content-length" not in told and "transfer-encoding" not in told


def _checked_url(url: str) -> str:
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        told = f"„{url}“" if parts.username is None and "@" not in url else "Der Wert von NOCODB_URL (mit einem @)"
        raise ConfigError(  # before an @ stands a password
            f"{told} ist keine Adresse eines NocoDB.",
            hint="Bitte tragen Sie bei NOCODB_URL eine Adresse wie http://127.0.0.1:8080 ein, ohne Namen und Kennwort.",
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/")


def _session(url: str, header: Mapping[str, str], retry: Retry, connections: int) -> requests.Session:
    session = requests.Session()
    session.headers.update(header)
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.auth = _keep_request  # else requests would add a login from ~/.netrc
    session.trust_env = not _is_loopback(url)  # a proxy of the house must not get to see our own machine
    adapter = TimedAdapter(max_retries=retry, pool_connections=1, pool_maxsize=connections, pool_block=True)
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


def _read(response: requests.Response, body: bytes, url: str, facts: Mapping[str, object]) -> Any:
    if not body:
        return None
    try:
        if len(body) > LARGEST_ANSWER:
            raise ValueError("an answer without end")
        return json_format.loads(body)
    except (ValueError, RecursionError) as problem:
        raise Unavailable(  # the page of a proxy whose NocoDB is away, or an answer cut short: both may pass
            f"Unter {url} antwortet etwas anderes als NocoDB.",
            hint="Steht ein Proxy davor, ist NocoDB dahinter vielleicht gerade weg; dann in ein paar Minuten noch "
            "einmal. Bleibt es dabei, prüfen Sie bitte die Adresse bei NOCODB_URL in der Datei .env.",
            **facts,
            status=response.status_code,
        ) from problem


def _error(response: requests.Response, body: bytes, url: str, facts: Mapping[str, object]) -> NocoDBError:
    """Turn an answer that is no success into the error that says what to do."""
    status = response.status_code
    try:
        data = json_format.loads(body)
    except (ValueError, RecursionError):
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
