"""How the client retries, refuses and explains, against a small local HTTP server."""

from __future__ import annotations

import contextlib
import socket
import threading

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from schemas.errors import (
    ConfigError,
    Conflict,
    Forbidden,
    KontaktnetzError,
    NocoDBError,
    NotFound,
    RateLimited,
    Unavailable,
)
from sync.nocodb import client as client_module
from sync.nocodb.client import Client

PATH = "/api/v2/things"


@pytest.fixture
def client(httpserver: HTTPServer) -> Client:
    return Client(httpserver.url_for("/"), "geheim", timeout=5)


def answers(httpserver: HTTPServer, *responses: Response) -> list[Request]:
    """Answer with these one after the other, the last one for ever; return what was asked."""
    asked: list[Request] = []

    def handle(request: Request) -> Response:
        asked.append(request)
        return responses[min(len(asked), len(responses)) - 1]

    httpserver.expect_request(PATH).respond_with_handler(handle)
    return asked


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_passing_failure_is_tried_again(httpserver, client, method, status):
    asked = answers(httpserver, Response(status=status), Response('{"ok": 1}'))
    assert client.request(method, PATH) == {"ok": 1}
    assert len(asked) == 2


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_post_is_sent_once_whatever_happens(httpserver, client, status):
    asked = answers(httpserver, Response(status=status), Response('{"ok": 1}'))
    with pytest.raises((Unavailable, RateLimited)):
        client.request("POST", PATH, json=[])
    assert len(asked) == 1


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE", "POST"])
def test_a_server_that_ends_a_connection_while_the_next_request_is_on_its_way_answers_it_all_the_same(method):
    answer = (
        b'HTTP/1.1 200 OK\r\nConnection: %s\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"ok": 1}'
    )

    def serve_one_request_of_each(listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listening.accept()
                with connection:
                    wish = b"close" if b"Connection: close" in connection.recv(65536) else b"keep-alive"
                    connection.sendall(answer % wish)
                    connection.recv(65536)  # what comes now is not answered

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve_one_request_of_each, args=(listening,), daemon=True).start()
        client = Client(f"http://127.0.0.1:{listening.getsockname()[1]}", "geheim", timeout=5)
        assert [client.request(method, PATH) for _ in range(3)] == [{"ok": 1}] * 3


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_nothing_is_tried_again_when_the_caller_says_so(httpserver, client, method):
    asked = answers(httpserver, Response(status=503), Response('{"ok": 1}'))
    with pytest.raises(Unavailable):
        client.request(method, PATH, retry=False)
    assert len(asked) == 1


def test_an_error_of_the_server_itself_is_not_repeated(httpserver, client):
    asked = answers(httpserver, Response('{"msg": "this.knex.applyCte is not a function"}', status=500))
    with pytest.raises(Unavailable, match="Fehler 500"):
        client.request("GET", PATH)
    assert len(asked) == 1


def test_a_server_cannot_put_us_to_sleep_for_an_hour(httpserver, client, monkeypatch):
    monkeypatch.setattr(client_module, "LONGEST_WAIT", 0.01)
    answers(httpserver, Response(status=429, headers={"Retry-After": "3600"}), Response("[]"))
    assert client.request("GET", PATH) == []


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, '{"error":"ERR_AUTHENTICATION_REQUIRED","message":"Authentication required"}', Forbidden),
        (403, '{"error":"ERR_FORBIDDEN","message":"Forbidden"}', Forbidden),
        (404, '{"error":"ERR_RECORD_NOT_FOUND","message":"Record 7 not found"}', NotFound),
        (404, '{"msg":"Cannot GET"}', NotFound),
        (422, '{"error":"ERR_TABLE_NOT_FOUND","message":"Table not found"}', NotFound),
        (422, '{"error":"ERR_DUPLICATE_IN_ALIAS","message":"taken"}', Conflict),
        (400, '{"error":"FIELD_UNIQUE_CONSTRAINT_VIOLATION","fieldName":"K","value":"Meier"}', Conflict),
        (400, '{"msg":"Validation failed : isEmail"}', Conflict),
        (409, "{}", Conflict),
        (429, "{}", RateLimited),
        (400, '{"msg":"something"}', NocoDBError),
        (431, "", NocoDBError),
        (500, "<html>", Unavailable),
        (502, "Bad Gateway", Unavailable),
    ],
)
def test_every_refusal_becomes_a_german_error_with_a_way_on(httpserver, status, body, kind):
    client = Client(httpserver.url_for("/"), "geheim", retries=0)
    answers(httpserver, Response(body, status=status))
    with pytest.raises(NocoDBError) as caught:
        client.request("GET", PATH)
    assert type(caught.value) is kind
    assert caught.value.hint
    assert caught.value.facts["status"] == status
    assert caught.value.facts["path"] == PATH
    assert "geheim" not in str(caught.value) + repr(caught.value.facts)
    assert "Meier" not in str(caught.value) + repr(caught.value.facts)


def test_a_silent_server_is_unavailable():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unavailable, match="nicht erreichbar") as caught:
        Client(f"http://127.0.0.1:{port}", "t", retries=0).request("GET", PATH)
    assert caught.value.facts["problem"] == "ConnectionError"


def test_a_slow_server_is_unavailable_and_told_apart(httpserver):
    with socket.socket() as mute:  # accepts, never answers
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        client = Client(f"http://127.0.0.1:{mute.getsockname()[1]}", "t", timeout=0.2, retries=0)
        with pytest.raises(Unavailable) as caught:
            client.request("POST", PATH)
    assert caught.value.facts["problem"] == "Timeout"
    assert "antwortet aber nicht" in caught.value.message


@pytest.mark.parametrize("target", ["https://anderswo.example/", "/woanders"])
def test_redirects_are_not_followed(httpserver, client, target):
    httpserver.expect_request("/woanders").respond_with_data("[]")
    answers(httpserver, Response(status=302, headers={"Location": target}))
    with pytest.raises(NocoDBError, match="leitet an eine andere weiter"):
        client.request("GET", PATH)


@pytest.mark.parametrize(
    "url", ["", "127.0.0.1:8080", "ftp://127.0.0.1", "file:///etc/passwd", "http://", "http://a:b@c"]
)
def test_only_web_addresses_are_taken(url):
    with pytest.raises(ConfigError, match="keine Adresse"):
        Client(url, "t")


def test_another_service_at_the_address_is_named(httpserver, client):
    answers(httpserver, Response("<html>Willkommen</html>"))
    with pytest.raises(Unavailable, match="etwas anderes als NocoDB"):
        client.request("GET", PATH)


def test_an_empty_answer_is_none(httpserver, client):
    answers(httpserver, Response(""))
    assert client.request("DELETE", PATH) is None


def test_the_credential_goes_into_its_own_header(httpserver, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login jemand password wort\nmachine localhost login jemand password wort\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    asked = answers(httpserver, Response("[]", headers={"Set-Cookie": "a=b"}))
    for user_jwt, header in ((False, "xc-token"), (True, "xc-auth")):
        client = Client(httpserver.url_for("/"), "geheim", user_jwt=user_jwt)
        client.request("GET", PATH)
        client.request("GET", PATH)
        assert asked[-1].headers[header] == "geheim"
        assert "Authorization" not in asked[-1].headers
        assert "Cookie" not in asked[-1].headers


def test_our_own_machine_is_not_reached_through_a_proxy(httpserver, client, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    answers(httpserver, Response("[]"))
    assert client.request("GET", PATH) == []


def test_an_address_with_a_path_keeps_it(httpserver):
    httpserver.expect_request("/haus/api").respond_with_data("[]")
    assert Client(httpserver.url_for("/haus/"), "t").request("GET", "/api") == []


def test_sign_in_acts_as_the_person(httpserver):
    httpserver.expect_request("/api/v2/auth/user/signin", method="POST").respond_with_json({"token": "jwt"})
    asked = answers(httpserver, Response("[]"))
    Client.sign_in(httpserver.url_for("/"), "a@example.org", "wort").request("GET", PATH)
    assert asked[0].headers["xc-auth"] == "jwt"


def test_a_wrong_password_says_so(httpserver):
    httpserver.expect_request("/api/v2/auth/user/signin").respond_with_json({"msg": "Invalid credentials"}, status=400)
    with pytest.raises(Forbidden, match="Kennwort stimmt nicht"):
        Client.sign_in(httpserver.url_for("/"), "a@example.org", "wort")


def test_every_error_is_one_of_ours():
    assert all(issubclass(k, KontaktnetzError) for k in client_module._KINDS.values())
    assert set(client_module._KINDS.values()) <= set(client_module._WORDS)
