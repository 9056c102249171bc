"""A server that takes connections and then does nothing, little, or too much holds nobody longer than allowed."""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from silent_server import serve

from schemas.errors import LeaseHeld, Unavailable
from sync.nocodb import client as client_module
from sync.nocodb.client import Client
from sync.nocodb.lease import Lease
from sync.time_limit import at_most, current_limit, held

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
LIMIT = 0.6
LATE = 2.5
"""Seconds; a busy machine may need some of them to see that the time is up."""

DRIPPING = {
    "nothing at all": (b"", b""),
    "a head without end": (HEAD, b"X-More: 1\r\n"),
    "a head byte by byte": (b"", b"H"),
    "a body byte by byte": (HEAD + b"Content-Length: 100000\r\n\r\n", b" "),
    "the last body of a connection": (HEAD + b"Connection: close\r\nContent-Length: 100000\r\n\r\n", b" "),
    "a body that ends by closing": (HEAD + b"\r\n", b" "),
    "a body in pieces": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
}


def seconds_of(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    with pytest.raises(Unavailable, match="antwortet aber nicht"):
        work()
    return time.monotonic() - begun


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
@pytest.mark.parametrize("how", list(DRIPPING))
def test_a_request_ends_when_its_time_is_up_however_the_server_drips(how: str, method: str) -> None:
    with serve(*DRIPPING[how]) as (url, served):
        client = Client(url, "t", timeout=LIMIT)
        assert seconds_of(lambda: client.request(method, "/x")) < LATE
        assert len(served) == 1, "the time of a request is that of all its tries"


def test_a_busy_server_is_asked_again_only_while_there_is_time() -> None:
    with serve(b"HTTP/1.1 503 Busy\r\nRetry-After: 20\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", b"") as (
        url,
        _,
    ):
        begun = time.monotonic()
        with pytest.raises(Unavailable):
            Client(url, "t", timeout=LIMIT).request("GET", "/x")
        assert time.monotonic() - begun < LATE


def test_who_waits_for_a_free_connection_waits_no_longer_than_allowed() -> None:
    with serve(b"", b"") as (url, served):
        client = Client(url, "t", timeout=LIMIT, connections=1)
        took: list[float] = []
        people = [
            threading.Thread(target=lambda: took.append(seconds_of(lambda: client.request("GET", "/x"))))
            for _ in range(4)
        ]
        for one in people:
            one.start()
        for one in people:
            one.join()
        assert len(took) == 4
        assert max(took) < LATE
        assert len(served) <= 3


def test_a_block_around_it_may_allow_less_and_giving_back_is_tried_all_the_same() -> None:
    with serve(b"", b"") as (url, served):
        client = Client(url, "t", timeout=60)
        with at_most(LIMIT):
            assert seconds_of(lambda: client.request("GET", "/x")) < LATE
            with pytest.raises(Unavailable):
                client.request("GET", "/x")
            assert len(served) == 1, "no time was left for the second"
            with at_most(LIMIT, apart=True):
                assert seconds_of(lambda: client.request("GET", "/x")) < LATE
            assert len(served) == 2
        assert current_limit() is None


def test_the_next_request_is_not_ended_by_the_time_of_the_one_before() -> None:
    answer = HEAD + b"Connection: close\r\nContent-Length: 2\r\n\r\n[]"
    with serve(answer, b"") as (url, _):
        client = Client(url, "t", timeout=LIMIT)
        assert client.request("POST", "/x") == []
        time.sleep(LIMIT * 1.5)
        assert client.request("POST", "/x") == []


@pytest.mark.parametrize("body", [b"[" * 200_000, b"[" + b"9" * 10_000 + b"]", b'{"a": "\xff"}'])
@pytest.mark.parametrize("status", [b"200 OK", b"400 Bad"])
def test_an_answer_that_no_reader_bears_is_told_and_nothing_breaks(body: bytes, status: bytes) -> None:
    head = b"HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % (status, len(body))
    with serve(head + body, b"") as (url, _):
        with pytest.raises(client_module.NocoDBError) as caught:
            Client(url, "t", timeout=10).request("GET", "/x")
        assert ("etwas anderes als NocoDB" if status == b"200 OK" else "abgelehnt") in caught.value.message


def test_an_answer_without_end_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "LARGEST_ANSWER", 1_000_000)
    with serve(HEAD + b"Content-Length: 9999999999\r\n\r\n", b" " * 100_000, pause=0) as (url, _):
        begun = time.monotonic()
        with pytest.raises(Unavailable, match="etwas anderes als NocoDB"):
            Client(url, "t", timeout=30).request("GET", "/x")
        assert time.monotonic() - begun < 15


def test_an_answer_that_is_cut_in_its_head_is_no_empty_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def cut() -> None:
            with contextlib.suppress(OSError):
                line, _ = listening.accept()
                with line:
                    line.recv(65536)
                    line.sendall(HEAD)

        threading.Thread(target=cut, daemon=True).start()
        with pytest.raises(Unavailable):
            Client(f"http://127.0.0.1:{listening.getsockname()[1]}", "t", retries=0).request("GET", "/x")


def test_nobody_waits_longer_for_a_lock_than_their_time_allows() -> None:
    lock = threading.Lock()
    with held(lock):
        assert lock.locked()
        with at_most(0.1), pytest.raises(TimeoutError), held(lock):
            pytest.fail("the lock is held by another")
    assert not lock.locked()


class _Silent:
    """A table on a server that does not answer."""

    def __init__(self, url: str) -> None:
        self.client = Client(url, "t")
        self.asked = 0

    def swap(self, *args: Any) -> Any:
        self.asked += 1
        return self.client.request("PATCH", "/x")


def test_a_lease_that_cannot_be_renewed_is_tried_again_in_time_and_then_ends_with_its_own_sentence() -> None:
    with serve(b"", b"") as (url, _):
        table = _Silent(url)
        lease = Lease(table, 1, "wir", dt.timedelta(seconds=2), lambda: dt.datetime.now(dt.UTC))  # type: ignore[arg-type]
        stop = threading.Event()
        heart = threading.Thread(target=lease.beat, args=(stop,), daemon=True)
        heart.start()
        lease.ensure()
        time.sleep(2.6)
        with pytest.raises(LeaseHeld, match="NocoDB hat zu lange nicht geantwortet"):
            lease.ensure()
        stop.set()
        heart.join(5)
        assert not heart.is_alive()
        assert table.asked >= 2, "the first try that hung was the last"


def test_a_lease_is_given_back_though_the_time_of_its_holder_is_up() -> None:
    with serve(b"", b"") as (url, served):
        table = _Silent(url)
        lease = Lease(table, 1, "wir", dt.timedelta(seconds=2), lambda: dt.datetime.now(dt.UTC))  # type: ignore[arg-type]
        with at_most(0.05):
            time.sleep(0.1)
            with pytest.raises(Unavailable):
                lease.release()
        assert len(served) == 1
