"""Does the sync always know who is who? Histories of some days each, played through the real server, judged by truth.

``python bench/identity.py [--only NAME ...] [--list] [--check] [--postgres]``. A history says day by day what its lists
bring and what staff do in between (``identity_histories/``), and who is meant; nothing in it knows how lists are met.
After the last day the base is read through the API: is everything at whom it was written for (``wrong_person``), does
anybody stand twice (``doubled``), is anybody marked as gone whom the list names (``gone_wrongly``), is a value nowhere
any more (``lost_values``)? Where a question to staff is right, too, it has to stand (``asked``). Every wrong thing is
one line. All play in one base, whose shape is read only once: that takes longer than all the rest of a short list.
``--check`` judges without a server what should stand in the base: there nothing may be wrong.
The last line is one JSON object; the exit code is 1 unless the four are 0 and nothing staff should do was left out
(``unplayed``).
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from identity_histories import HISTORIES
from identity_histories.ideal import play_ideally
from identity_histories.judge import Verdict, judge, remember
from identity_histories.model import COUNTED, Adds, Decides, History, Parts
from identity_histories.questions import touching
from identity_histories.stage import Played, Stage
from servers import throwaway_server

from schemas.base import BASE
from sync import arrival
from sync.connection import open_base
from sync.nocodb.client import Client
from sync.provision.apply import apply_schema
from sync.settings import load_settings
from sync.status import Status


def play(stage: Stage, histories: list[History]) -> list[Played]:
    """Play every history, all of them day by day: lists, look-alikes by night, staff."""
    every = [Played(history) for history in histories]
    for number in range(max(len(history.days) for history in histories)):
        stage.begin_day(number)
        today = [(one, one.history.days[number]) for one in every if number < len(one.history.days)]
        print(f"day {number + 1}: {sum(len(day.lists) for _, day in today)} lists", flush=True)
        for played, day in today:
            for listing in day.lists:
                stage.bring_in(played, listing)
        stage.night()
        picture = stage.picture()
        for played, _ in today:
            remember(played, picture)
        for played, day in today:
            for action in day.staff:
                stage.act(played, action, picture)
                if isinstance(action, Adds):
                    picture = stage.picture()
        if any(isinstance(action, Decides) for _, day in today for action in day.staff):
            stage.night()
        if any(day.staff for _, day in today):
            picture = stage.picture()
            for played, day in today:
                if not any(isinstance(action, Parts | Decides) for action in day.staff):
                    remember(played, picture)
    stage.night()
    return every


def tell(played: Played, verdict: Verdict, *, detailed: bool) -> None:
    """Print what is wrong with a history and what staff are asked; ``detailed`` also what else is worth knowing."""
    name = played.history.name
    for one in verdict.findings:
        print(f"WRONG {one.count:12} {name}: {one.label or '-'} {one.what}" + (f" [{one.where}]" if one.where else ""))
    for question in verdict.questions:
        print(f"ASKED {name}: {question.text}")
    for text in verdict.not_marked:
        print(f"not_marked {name}: {text}")
    for text in played.skipped:
        print(f"skipped {name}: {text}")
    if detailed:
        for text in played.refusals:
            print(f"refused {name}: {text}")


def chosen(names: list[str]) -> list[History]:
    """Return the histories of these names or kinds, all of them when there are no names."""
    found = [history for history in HISTORIES if not names or history.name in names or history.kind in names]
    if unknown := set(names) - {history.name for history in found} - {history.kind for history in found}:
        raise SystemExit(f"no such history or kind: {', '.join(sorted(unknown))} (see --list)")
    return found


def show_list() -> None:
    """Print every history by kind, and what is right in it."""
    for kind in dict.fromkeys(history.kind for history in HISTORIES):
        ours = [history for history in HISTORIES if history.kind == kind]
        print(f"{kind} ({len(ours)})")
        for history in ours:
            print(f"  {history.name}: {history.says}")


def check(histories: list[History]) -> bool:
    """Judge what should stand in the base; print what is wrong even there, and say whether nothing is."""
    sound = True
    for history in histories:
        played, picture = play_ideally(history)
        remember(played, picture)
        verdict = judge(played, picture)
        sound = sound and not (verdict.findings or verdict.questions or verdict.not_marked)
        tell(played, verdict, detailed=False)
    print(f"{len(histories)} histories: {'their' if sound else 'not all'} expectations can be met")
    return sound


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="a history or a kind")
    parser.add_argument("--list", action="store_true", help="print the histories and end")
    parser.add_argument("--check", action="store_true", help="judge an ideal base instead, without a server, and end")
    parser.add_argument("--postgres", action="store_true", help="let NocoDB keep its data in PostgreSQL")
    given = parser.parse_args()
    if given.list:
        show_list()
        return
    histories = chosen(given.only)
    if given.check:
        sys.exit(0 if check(histories) else 1)
    logging.disable(logging.CRITICAL)
    began = time.monotonic()
    with throwaway_server("postgres" if given.postgres else "sqlite") as server, tempfile.TemporaryDirectory() as name:
        client = Client.sign_in(server.url, server.email, server.password)
        token = client.request("POST", "/api/v1/tokens", json={"description": "bench"})["token"]
        base_id = apply_schema(client, BASE, "Wer ist wer").base.id
        os.environ |= {
            "NOCODB_URL": server.url, "NOCODB_TOKEN": token, "NOCODB_BASE": base_id, "KONTAKTNETZ_DATA": name,
        }  # fmt: skip
        settings = load_settings()
        opened = open_base(settings)
        with Status(settings.status_file) as status, patch.object(arrival, "open_base", lambda _: opened):
            stage = Stage(client, opened.base, settings, status, Path(name) / "listen")
            every = play(stage, histories)
            picture = stage.picture()
    verdicts = [(played, judge(played, picture)) for played in every]
    counts: Counter[str] = Counter(one.count for _, verdict in verdicts for one in verdict.findings)
    for played, verdict in verdicts:
        tell(played, verdict, detailed=bool(given.only))
    for text in touching(picture, {played.history.name: played.placed(picture) for played in every}):
        print(f"two histories touch: {text}")
    unplayed = sum(len(played.skipped) for played in every)
    wrong = [played.history.name for played, verdict in verdicts if verdict.findings or played.skipped]
    print(f"{len(histories) - len(wrong)} of {len(histories)} histories are right; wrong: {', '.join(wrong) or 'none'}")
    result = {
        "histories": len(histories),
        **{count: counts[count] for count in COUNTED},
        "asked": sum(len(verdict.questions) for _, verdict in verdicts),
        "unplayed": unplayed,
        "seconds": round(time.monotonic() - began, 1),
    }
    print(json.dumps(result))
    sys.exit(1 if unplayed or any(counts[count] for count in COUNTED) else 0)


if __name__ == "__main__":
    main()
