"""What a mail server may say or do at each step of a message, and what becomes of the rows: none lost, none twice."""

from __future__ import annotations

import datetime as dt
import re
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import pytest
from guest_pages import MemoryStore
from servers import free_port

from automations.delivery import Sending
from automations.mail.handed import HandedOver
from automations.mail.smtp import open_transport
from automations.mail.trouble import NAME, keep_trouble, standing_trouble
from automations.outbox import Letter, enqueue, queued
from schemas.errors import KontaktnetzError
from schemas.operations.tables import Post
from sync.settings import Settings

NOW = dt.datetime(2026, 12, 1, 7, tzinfo=dt.UTC)
DROP = "drop"
"""The connection breaks without an answer; behind an answer it breaks after it."""


@dataclass
class Script:
    """A mail server that says at each step what it is told to: ``says`` by step, and by step and recipient."""

    port: int
    says: dict[tuple[str, ...], str] = field(default_factory=dict)
    arrived: list[str] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)

    def talk(self, talker: socket.socket) -> None:
        with talker, talker.makefile("rwb") as line, suppress(OSError, _Dropped):
            to = ""
            self._say(line, "220 hello", ("connect",))
            while told := line.readline().decode("latin-1").strip():
                verb = told.partition(" ")[0].casefold()
                if verb == "ehlo":
                    self._say(line, "250 scripted", ("ehlo",))
                elif verb == "mail":
                    self._say(line, "250 ok", ("mail",))
                elif verb == "rcpt":
                    (to,) = re.findall(r"<(.*)>", told)
                    self.asked[to] += 1
                    self._say(line, "250 ok", ("rcpt", to), ("rcpt",))
                elif verb == "data":
                    if self._say(line, "354 go", ("data", to), ("data",)).startswith("354"):
                        self._content(line)
                        if self._say(line, "250 taken", ("dot", to), ("dot",)).startswith("250"):
                            self.arrived.append(to)
                else:
                    self._say(line, "221 bye" if verb == "quit" else "250 ok", (verb,))

    def _content(self, line) -> None:
        while line.readline() not in (b".\r\n", b""):
            pass

    def _say(self, line, usual: str, *steps: tuple[str, ...]) -> str:
        said = next((self.says[step] for step in steps if step in self.says), usual)
        words = said.removesuffix(DROP)
        if words.startswith("250") and "dot" in steps[0] and words != said:
            self.arrived.append(steps[0][1])
        if words:
            line.write(f"{words.strip()}\r\n".encode())
            line.flush()
        if words != said:
            raise _Dropped
        return words


class _Dropped(Exception):
    pass


@contextmanager
def scripted(**says: str) -> Iterator[Script]:
    found = Script(free_port(), {tuple(step.split("_")): said for step, said in says.items()})
    with socket.create_server(("127.0.0.1", found.port)) as door:
        door.settimeout(0.05)
        stop = threading.Event()

        def answer() -> None:
            while not stop.is_set():
                with suppress(TimeoutError, OSError):
                    talker, _ = door.accept()
                    talker.settimeout(5)
                    found.talk(talker)

        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield found
        finally:
            stop.set()
            thread.join()


class Rows(MemoryStore):
    """An outbox in memory."""

    def __init__(self) -> None:
        super().__init__(Post)

    def swap_many(self, rows, expected, changes, *, mark: str = ""):
        return super().swap_many(rows, expected, changes | ({"token": mark} if mark else {}))

    def get_many(self, rows):
        return {row: found for row in rows if (found := self.get(row)) is not None}


class Place:
    def __init__(self, folder, server, count=3):
        self.rows, self.server, self.now = Rows(), server, NOW
        self.settings = Settings(smtp_host="127.0.0.1", smtp_port=server.port, mail_from="k@x.example")
        self.memory = HandedOver(folder / "versand.sqlite", "boot")
        enqueue(self.rows, [
            Letter(f"k:{n}", "einladung", f"g{n}@x.example", f"Brief {n}", "Text", "<p>Text</p>") for n in range(count)
        ], lambda: self.now)  # fmt: skip

    def turn(self, minutes=1):
        """Send what waits like one turn of the job; return what a person is told when it is refused altogether."""
        self.now += dt.timedelta(minutes=minutes)
        rows = self.memory.due(queued(self.rows), self.now)
        if not rows:
            return ""
        try:
            with open_transport(self.settings) as transport:
                Sending(self.rows, transport, self.memory, "k@x.example", lambda: self.now).deliver(rows)
        except KontaktnetzError as problem:
            return str(problem)
        return ""

    def states(self):
        return [post.state for post in self.rows.pull()]

    def problems(self):
        return [post.problem or "" for post in self.rows.pull()]


@pytest.fixture
def place(tmp_path):
    with scripted() as server:
        made = Place(tmp_path, server)
        yield made
        made.memory._file.close()


WAITS, SENT, FAILED, HELD = "wartet", "gesendet", "fehlgeschlagen", "angehalten"
OTHERS = ["g1@x.example", "g2@x.example"]


@pytest.mark.parametrize("step", ["rcpt", "data", "dot"])
@pytest.mark.parametrize(
    ("said", "state", "words"),
    [("421 later", WAITS, "421: later"), ("450 later", WAITS, "450: later"), ("451 later", WAITS, "451: later"),
     ("452 full", WAITS, "452: full"), ("550 no", FAILED, "550: no"), ("552 full", FAILED, "552: full"),
     ("554 no", FAILED, "554: no"), ("421 later drop", WAITS, "421: later"), ("451 later drop", WAITS, "451: later"),
     ("550 no drop", FAILED, "550: no"), ("554 no drop", FAILED, "554: no")],
)  # fmt: skip
def test_what_a_server_says_to_one_message_keeps_no_other_one_waiting(place, step, said, state, words):
    place.server.says[step, "g0@x.example"] = said
    assert [place.turn(), place.turn()] == ["", ""]
    assert (place.states(), sorted(place.server.arrived)) == ([state, SENT, SENT], OTHERS)
    first, *others = place.problems()
    assert (words in first, others) == (True, ["", ""])


@pytest.mark.parametrize(
    ("step", "said", "state", "arrived"),
    [("rcpt", "drop", WAITS, OTHERS), ("rcpt", "250 ok drop", WAITS, OTHERS), ("data", "drop", WAITS, OTHERS),
     ("data", "354 go drop", HELD, OTHERS), ("dot", "drop", HELD, OTHERS),
     ("dot", "250 ok drop", SENT, ["g0@x.example", *OTHERS])],
)  # fmt: skip
def test_a_connection_that_breaks_over_one_message_keeps_no_other_one_waiting(place, step, said, state, arrived):
    place.server.says[step, "g0@x.example"] = said
    for _ in range(2):
        place.turn()
    assert (place.states(), sorted(place.server.arrived)) == ([state, SENT, SENT], arrived)
    assert ("Verbindung zum Mailserver brach" in place.problems()[0]) == (state != SENT)


@pytest.mark.parametrize(
    ("said", "told"),
    [("550 5.7.1 not yours", "Der Mailserver nimmt von k@x.example keine E-Mails an (550: 5.7.1 not yours)."),
     ("530 5.7.0 sign in first drop", "Der Mailserver nimmt von k@x.example keine E-Mails an (530: 5.7.0 sign in"),
     ("554 5.4.5 daily limit", "Die E-Mails warten."), ("421 too many", "Der Mailserver nimmt es jetzt nicht an (421"),
     ("drop", "Die Verbindung zum Mailserver brach ab.")],
)  # fmt: skip
def test_what_a_server_says_to_our_address_is_told_once_and_every_message_waits_unblamed(place, said, told):
    place.server.says["mail",] = said
    assert told in place.turn()
    assert told in place.turn()
    assert (place.states(), place.problems()) == ([WAITS] * 3, [""] * 3)
    assert {post.attempts for post in place.rows.pull()} == {None}
    del place.server.says["mail",]
    assert place.turn() == ""
    assert sorted(place.server.arrived) == ["g0@x.example", *OTHERS]


def test_a_server_that_puts_off_everything_for_a_day_gets_it_all_in_the_end(place):
    place.server.says["rcpt",] = "450 4.7.1 too many mails today"
    for _ in range(23 * 60 // 5):
        place.turn(minutes=5)
    assert place.states() == [WAITS] * 3
    assert place.server.asked.most_common(1)[0][1] < 8
    del place.server.says["rcpt",]
    for _ in range(5):
        place.turn(minutes=60)
    assert (place.states(), sorted(place.server.arrived)) == ([SENT] * 3, ["g0@x.example", *OTHERS])


def test_after_a_day_of_being_put_off_it_is_a_persons_turn_and_the_pause_is_no_later_ones(place):
    place.server.says["rcpt", "g0@x.example"] = "450 later"
    for _ in range(26 * 4):
        place.turn(minutes=15)
    assert (place.states(), place.server.asked["g0@x.example"]) == ([FAILED, SENT, SENT], 8)
    place.server.says.clear()
    place.rows.swap(1, {"state": FAILED}, {"state": WAITS, "attempts": None, "problem": None})
    place.turn()
    assert place.states() == [SENT] * 3


@pytest.mark.parametrize(
    ("answer", "hint"),
    [("550 5.1.1 unknown", "prüfen Sie die Adresse"), ("552 5.2.2 full", "Das Postfach ist voll"),
     ("554 5.7.1 blocked", "An der Adresse liegt es wohl nicht"), ("550 unknown", "prüfen Sie die Adresse")],
)  # fmt: skip
def test_the_hint_follows_the_code_of_the_refusal(place, answer, hint):
    place.server.says["rcpt", "g0@x.example"] = answer
    place.turn()
    assert hint in place.problems()[0]


def test_a_pause_written_down_by_a_clock_that_was_ahead_holds_nobody_back(place):
    place.memory.put_off(1, 1, NOW + dt.timedelta(days=365))
    assert place.memory.due([1, 2], NOW) == [1, 2]
    place.memory.put_off(1, 1, NOW)
    assert place.memory.due([1, 2], NOW + dt.timedelta(minutes=1)) == [2]
    assert place.memory.due([1, 2], NOW + dt.timedelta(minutes=2)) == [1, 2]


@pytest.mark.parametrize("more", [{"text": "a\ud83db"}, {"reply_to": "ümit@x.example"}, {"name": "a\ud83db"}])
def test_a_message_that_no_mail_can_carry_fails_in_german_and_alone(place, more):
    place.rows.create([Post(recipient="g9@x.example", name="T", text="x", html="x", state=WAITS, ident="k:9")])
    row = place.rows._rows[4]
    row |= more
    place.turn()
    assert place.states() == [SENT, SENT, SENT, FAILED]
    assert "ein Zeichen, das E-Mails nicht tragen können" in place.problems()[3]


def test_what_keeps_mails_from_going_out_counts_for_half_an_hour_and_never_from_the_future(tmp_path):
    said = "Der Mailserver ist nicht erreichbar."
    assert standing_trouble(tmp_path, NOW) == ""
    keep_trouble(tmp_path, said, NOW)
    at = [NOW, NOW + dt.timedelta(minutes=29), NOW + dt.timedelta(minutes=31), NOW - dt.timedelta(days=1)]
    assert [standing_trouble(tmp_path, one) for one in at] == [said, said, "", ""]
    keep_trouble(tmp_path, "", NOW)
    keep_trouble(tmp_path, "", NOW)
    assert standing_trouble(tmp_path, NOW) == ""
    keep_trouble(tmp_path / "not there", said, NOW)
    for broken in ("", "[]", '{"said": 1, "at": "x"}', '{"said": 1, "at": "2026-12-01T07:00:00+00:00"}'):
        (tmp_path / NAME).write_text(broken, encoding="utf-8")
        assert standing_trouble(tmp_path, NOW) == ""
