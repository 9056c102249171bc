"""Two hundred guests answer one event at the same moment, while guests of another event open their pages.

The real process before a real NocoDB. Ends with one JSON line: ``answers`` that were taken (303), ``lost`` (taken but
not standing in the base, or standing twice), ``overbooked`` chairs, ``seconds_all`` until the last was answered,
``other_ratio`` (a page of the other event meanwhile, median, to the same page alone), ``other_slowest`` (seconds) and
``requests_per_answer`` (to NocoDB, the answer's own and its share of what is done for many).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import statistics
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import requests
from servers import free_port, throwaway_server

from automations.events.tokens import new_mark, open_signer
from bench.rsvp_attack import answer_process
from schemas.base import BASE
from schemas.events.choices import Answer, EventState, InvitationState, Place
from schemas.events.tables import Event, Invitation
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema
from sync.settings import Settings

GUESTS, CHAIRS, OTHERS = 200, 150, 20

# Counts the requests of the process into a file, which a stopped process leaves behind.
COUNTING = """
import os, threading, sync.settings as s, sync.nocodb.client as c
from streamlit_app.public.process import run_answers
real, lock, seen = c.Client.request, threading.Lock(), [0]
out = os.open("requests.txt", os.O_CREAT | os.O_RDWR)
def counted(self, *given, **more):
    with lock:
        seen[0] += 1
        os.pwrite(out, b"%9d" % seen[0], 0)
    return real(self, *given, **more)
c.Client.request = counted
run_answers(s.Settings())
"""


def asked(settings: Settings) -> int:
    """Return how many requests the process sent to NocoDB so far."""
    return int((settings.data_dir / "requests.txt").read_text() or 0)


def timed(url: str, token: str, number: int) -> float:
    """Open a guest's page and return the seconds it took."""
    began = time.monotonic()
    page = requests.get(f"{url}/a/{token}", headers={"X-Forwarded-For": f"203.0.113.{number % 200}"}, timeout=120)
    page.raise_for_status()
    return time.monotonic() - began


def main() -> None:
    """Let the crowd answer, print, and exit 1 where the bars are not held."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory() as folder, throwaway_server() as server:
        admin = Client.sign_in(server.url, server.email, server.password)
        base = resolve(admin, BASE, apply_schema(admin, BASE, "Kontaktnetz").base.id)
        token = admin.request("POST", "/api/v1/tokens", json={"description": "bench"})["token"]
        settings = Settings(
            _env_file=None, nocodb_url=server.url, nocodb_token=token, nocodb_base=base.id, KONTAKTNETZ_DATA=folder,
            answer_port=free_port(), answer_behind_proxy=True,
        )  # fmt: skip
        stores = {code: TableStore(admin, base, BASE.record(code)) for code in ("event", "invitation", "reply")}
        signer = open_signer(settings, base.id)
        starts = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=30)
        events = stores["event"].create([
            Event(name=name, venue="Saal", state=EventState.OPEN, starts_at=starts, companions_max=2, capacity=chairs,
                  ident=f"b:{name}")
            for name, chairs in (("Ehrung", CHAIRS), ("Messe", 500))
        ])  # fmt: skip

        def guests(event: int, count: int) -> list[str]:
            new = [
                Invitation(name=f"Gast {n}", event=event, state=InvitationState.INVITED, answer=Answer.OPEN,
                           mark=new_mark(), ident=f"b:{event}:{n}")
                for n in range(count)
            ]  # fmt: skip
            return [signer.token(r, str(i.mark)) for r, i in zip(stores["invitation"].create(new), new, strict=True)]

        crowd, others = guests(events[0], GUESTS), guests(events[1], OTHERS)
        with answer_process(settings, COUNTING) as url, ThreadPoolExecutor(GUESTS) as pool:
            for one in others:
                timed(url, one, 0)
            alone = statistics.median(timed(url, one, n) for n, one in enumerate(others))

            def ticket(number: int) -> str:
                page = requests.get(
                    f"{url}/a/{crowd[number]}", headers={"X-Forwarded-For": f"198.51.100.{number}"}, timeout=60
                )
                return page.text.partition('name="formular" value="')[2].partition('"')[0]

            tickets = [ticket(number) for number in range(GUESTS)]
            gate, over, meanwhile = threading.Barrier(GUESTS + 1), threading.Event(), list[float]()

            def answer(number: int) -> tuple[int, float]:
                gate.wait()
                began = time.monotonic()
                form = {"formular": tickets[number], "antwort": "zugesagt", "begleitung": str(number % 2)}
                sent = requests.post(
                    f"{url}/a/{crowd[number]}", data=form, headers={"X-Forwarded-For": f"198.51.100.{number}"},
                    timeout=600, allow_redirects=False,
                )  # fmt: skip
                return sent.status_code, time.monotonic() - began

            def watch() -> None:
                while not over.is_set():
                    meanwhile.append(timed(url, others[len(meanwhile) % OTHERS], len(meanwhile)))
                    time.sleep(0.2)

            told = [pool.submit(answer, number) for number in range(GUESTS)]
            before = asked(settings)
            gate.wait()
            watcher = threading.Thread(target=watch)
            watcher.start()
            answered = [one.result() for one in told]
            over.set()
            watcher.join()
            spent = asked(settings) - before - 2 * len(meanwhile)
        taken = [status == 303 for status, _ in answered]
        rows = list(stores["invitation"].pull(where=stores["invitation"].condition("event", events[0])))
        replies = list(stores["reply"].pull(where=stores["reply"].condition("event", events[0])))
        stand = sum(row.answer == Answer.YES and row.companions is not None for row in rows)
        chairs = sum(1 + (row.companions or 0) for row in rows if row.place == Place.SURE)
    result = {
        "answers": sum(taken), "lost": abs(sum(taken) - stand) + abs(sum(taken) - len(replies)),
        "overbooked": max(0, chairs - CHAIRS), "free": max(0, CHAIRS - chairs),
        "seconds_all": round(max(seconds for _, seconds in answered), 1),
        "other_ratio": round(statistics.median(meanwhile) / alone, 1), "other_slowest": round(max(meanwhile), 2),
        "requests_per_answer": round(spent / GUESTS, 1),
    }  # fmt: skip
    print(json.dumps(result))
    held = result["answers"] == GUESTS and not result["lost"] and not result["overbooked"]
    quick = result["seconds_all"] <= 30 and result["other_ratio"] <= 3 and result["requests_per_answer"] <= 8
    sys.exit(0 if held and quick else 1)


if __name__ == "__main__":
    main()
