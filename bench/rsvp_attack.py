"""Try to get into the answer pages: 2,000 links that must not open, forms sent again, and scanners that open links.

A real server process before a real NocoDB. First as strangers would, from many addresses, so that the slowing down is
seen; then once more without any limit in the way, so that each of the links is really looked at. Ends with one JSON
line: ``tried`` links, ``in`` (0: none opened), ``changed`` (0: rows that differ afterwards), ``limited`` (refused
unread, 429), ``looked_at`` without limits, ``guests`` who were served while the attack went on.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests")]

import requests
from guest_pages import ask
from servers import ThrowawayServer, free_port, stop, throwaway_server
from starlette.applications import Starlette

from automations.events.links import Links
from automations.events.tokens import SECRET_FILE, Signer, new_mark, open_signer
from schemas.base import BASE
from schemas.events.choices import Answer, EventState, InvitationState
from schemas.events.tables import Event, Invitation
from schemas.model import Record
from streamlit_app.public import limits
from streamlit_app.rsvp.base import Base, open_stores
from streamlit_app.rsvp.routes import AnswerPages
from sync.kept_secret import kept_secret
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema
from sync.settings import Settings

TRIES = {"random": 600, "one_sign": 600, "base": 200, "key": 200, "expired": 200, "revoked": 200}
GUESTS = 40
REPLAYS = 200
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SECRETS_OF_GUESTS = ("Verleihung", "Geheimgast", "Gartensaal")
ROOT = Path(__file__).parents[1]
RUN = "import sync.settings as s; from streamlit_app.public.process import run_answers as r; r(s.Settings())"
"""What the process runs."""


@dataclass
class Trial:
    """A base with guests, and the links that must not open."""

    settings: Settings
    stores: dict[str, TableStore[Record]]
    signer: Signer
    genuine: list[str]
    wrong: list[str]

    def rows(self) -> dict[str, list[Record]]:
        return {code: list(store.pull()) for code, store in self.stores.items()}


def prepare(server: ThrowawayServer, folder: Path) -> Trial:
    """Make the base, its guests, and every kind of wrong link."""
    admin = Client.sign_in(server.url, server.email, server.password)
    base = resolve(admin, BASE, apply_schema(admin, BASE, "Kontaktnetz").base.id)
    token = admin.request("POST", "/api/v1/tokens", json={"description": "bench"})["token"]
    settings = Settings(
        _env_file=None, nocodb_url=server.url, nocodb_token=token, nocodb_base=base.id, KONTAKTNETZ_DATA=folder,
        answer_port=free_port(), answer_behind_proxy=True,
    )  # fmt: skip
    stores = {code: TableStore(admin, base, BASE.record(code)) for code in ("event", "invitation", "reply")}
    signer = open_signer(settings, base.id)
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    open_event, over = stores["event"].create([
        Event(name="Verleihung", venue="Gartensaal", state=EventState.OPEN, starts_at=now + dt.timedelta(days=30),
              companions_max=2, capacity=500, ident="b:1"),
        Event(name="Verleihung im Vorjahr", venue="Gartensaal", state=EventState.OPEN,
              starts_at=now - dt.timedelta(days=365), ident="b:2"),
    ])  # fmt: skip

    def guests(event: int, count: int, kind: str) -> list[str]:
        new = [
            Invitation(name=f"Geheimgast {kind} {n}", event=event, state=InvitationState.INVITED, answer=Answer.OPEN,
                       mark=new_mark(), ident=f"b:{kind}:{n}")
            for n in range(count)
        ]  # fmt: skip
        return [signer.token(r, str(i.mark)) for r, i in zip(stores["invitation"].create(new), new, strict=True)]

    genuine = guests(open_event, GUESTS, "gut")
    revoked = guests(open_event, TRIES["revoked"] // 4, "widerrufen")
    links = Links(stores["invitation"], signer)
    for old in revoked:
        links.revoke(int(old.split(".")[0]))
    expired = guests(over, TRIES["expired"] // 4, "vorbei")
    return Trial(settings, stores, signer, genuine, list(wrong_links(signer, genuine, expired * 4 + revoked * 4)))


def wrong_links(signer: Signer, genuine: Sequence[str], stale: Sequence[str]) -> Iterator[str]:
    """Yield every link that must not open; ``stale`` ones are signed by us, but over or void."""
    dice = random.Random(17)
    for _ in range(TRIES["random"]):
        row, mark, signature = dice.randint(1, 500), *("".join(dice.choices(SIGNS, k=n)) for n in (8, 22))
        yield f"{row}.{mark}.{signature}"
    made = 0
    while made < TRIES["one_sign"]:
        token = dice.choice(genuine)
        at = dice.randrange(len(token))
        changed = token[:at] + dice.choice(SIGNS + ".") + token[at + 1 :]
        if changed not in genuine:
            made += 1
            yield changed
    for stranger, count in ((Signer(signer.secret, "another"), "base"), (Signer(new_mark() * 5, signer.base), "key")):
        for n in range(TRIES[count]):
            row, mark, _ = genuine[n % GUESTS].split(".")
            yield stranger.token(int(row), mark)
    yield from stale


@contextmanager
def answer_process(settings: Settings, code: str = RUN) -> Iterator[str]:
    """Run the pages as `kontaktnetz answers` does; yield their address and hold what they wrote to the log."""
    env = {
        **os.environ, "PYTHONPATH": str(ROOT), "NOCODB_URL": settings.nocodb_url,
        "NOCODB_TOKEN": settings.nocodb_token.get_secret_value(), "NOCODB_BASE": settings.nocodb_base,
        "KONTAKTNETZ_DATA": str(settings.data_dir), "ANSWER_PORT": str(settings.answer_port),
        "ANSWER_BEHIND_PROXY": "true",
    }  # fmt: skip
    with (settings.data_dir / "answers.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-c", code], cwd=settings.data_dir, env=env, stdout=log, stderr=log)
        url = f"http://127.0.0.1:{settings.answer_port}"
        try:
            for _ in range(240):
                try:
                    requests.get(f"{url}/gesundheit", timeout=1)
                    break
                except requests.ConnectionError:
                    time.sleep(0.25)
            yield url
        finally:
            stop(process)


def opened(status: int, text: str) -> bool:
    """Say whether somebody got in: anything but a refusal, or a page that tells of event or guest."""
    return status not in (404, 429) or any(told in text for told in SECRETS_OF_GUESTS)


def attack(trial: Trial, url: str, seen: Counter[str]) -> None:
    """Try all links from a hundred addresses, reading and answering, while guests open theirs."""
    session = requests.Session()
    for n, token in enumerate(trial.wrong):
        heads = {"X-Forwarded-For": f"192.0.2.7, 198.51.100.{n % 100}"}
        page = session.get(f"{url}/a/{token}", headers=heads, timeout=60)
        sent = session.post(
            f"{url}/a/{token}", data={"formular": "x", "antwort": "zugesagt"}, headers=heads, timeout=60
        )
        for answer in (page, sent):
            seen["in"] += opened(answer.status_code, answer.text)
            seen["limited"] += answer.status_code == 429
        if n % 100 == 0:
            guest = trial.genuine[n // 100 % GUESTS]
            served = session.get(f"{url}/a/{guest}", headers={"X-Forwarded-For": f"203.0.113.{n // 100}"}, timeout=60)
            seen["guests"] += served.status_code == 200 and "Geheimgast gut" in served.text
    for token in trial.genuine:  # a mail scanner opens and measures every link it sees, also those on the page
        for path in (token, f"{token}?sprache=en", f"{token}?notiert=1", f"{token}/termin.ics"):
            for method in ("GET", "HEAD"):
                answer = session.request(
                    method, f"{url}/a/{path}", headers={"X-Forwarded-For": "203.0.113.99"}, timeout=60
                )
                seen["scanned"] += answer.status_code == 200


def look_at_each(trial: Trial, seen: Counter[str]) -> None:
    """Try all links once more with no limit in the way."""
    free = limits.Limits(time.monotonic)
    free.slowing.wait = lambda name: 0.0  # type: ignore[method-assign]
    for quota in (free.wrong, free.reads, free.answers):
        quota.take = lambda name: 0.0  # type: ignore[method-assign]
    pages = AnswerPages(
        Base(lambda: open_stores(trial.settings), time.monotonic, "Netzwerk"),
        secret=kept_secret(trial.settings.data_dir / SECRET_FILE), clock=lambda: dt.datetime.now(dt.UTC), limits=free,
    )  # fmt: skip
    app = Starlette(routes=pages.routes())

    async def try_all() -> None:
        for token in trial.wrong:
            for method in ("GET", "POST"):
                answer = await ask(app, method, f"/a/{token}", body=b"antwort=zugesagt" if method == "POST" else b"")
                seen["in"] += opened(answer.status, answer.text)
                seen["looked_at"] += answer.status == 404

    asyncio.run(try_all())


def replay(trial: Trial, url: str, seen: Counter[str]) -> dict[str, list[Record]]:
    """Answer with every genuine link, then send the used forms again, changed or not; return the rows between."""
    forms: list[tuple[str, dict[str, str]]] = []
    for token in trial.genuine:
        page = requests.get(f"{url}/a/{token}", timeout=60, headers={"X-Forwarded-For": "203.0.113.50"})
        ticket = page.text.partition('name="formular" value="')[2].partition('"')[0]
        form = {"formular": ticket, "antwort": "zugesagt", "begleitung": "1"}
        sent = requests.post(f"{url}/a/{token}", data=form, timeout=60, allow_redirects=False)
        seen["answered"] += sent.status_code == 303
        forms.append((token, form))
    before = trial.rows()
    for n in range(REPLAYS):
        token, form = forms[n % len(forms)]
        other = trial.genuine[(n + 1) % len(forms)]
        kinds = ((token, form), (token, {**form, "antwort": "abgesagt"}), (other, {**form, "antwort": "abgesagt"}))
        target, data = kinds[n % 3]
        answer = requests.post(f"{url}/a/{target}", data=data, timeout=60, allow_redirects=False)
        seen["replayed"] += 1
        seen["replay_taken"] += answer.status_code == 303 and data != form
    return before


def differing(before: dict[str, list[Record]], after: dict[str, list[Record]]) -> int:
    """Return how many rows are new, gone or different."""
    return sum(
        len({r.id: r for r in before[c]}.items() ^ {r.id: r for r in after[c]}.items()) for c in before
    )  # fmt: skip


def main() -> None:
    """Attack, print, and exit 1 unless nobody got in and nothing changed."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    seen: Counter[str] = Counter()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, throwaway_server() as server:
        trial = prepare(server, Path(folder))
        before = trial.rows()
        with answer_process(trial.settings) as url:
            attack(trial, url, seen)
            look_at_each(trial, seen)
            changed = differing(before, trial.rows())
            between = replay(trial, url, seen)
            changed += differing(between, trial.rows())
            log = (Path(folder) / "answers.log").read_text(encoding="utf-8", errors="replace")
        leaked = sum(token in log for token in [*trial.genuine, *trial.wrong])
    result = {
        "tried": len(trial.wrong), "in": seen["in"] + seen["replay_taken"], "changed": changed,
        "limited": seen["limited"], "looked_at": seen["looked_at"], "guests": seen["guests"],
        "scanned": seen["scanned"], "answered": seen["answered"], "replayed": seen["replayed"], "in_log": leaked,
        "seconds": round(time.monotonic() - began, 1),
    }  # fmt: skip
    print(json.dumps(result))
    sys.exit(0 if not (result["in"] or result["changed"] or leaked) and seen["answered"] == GUESTS else 1)


if __name__ == "__main__":
    main()
