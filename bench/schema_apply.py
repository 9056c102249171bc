"""How long schema apply takes on an empty and on a finished base, beside the bare calls that it consists of.

The calls of the first run are recorded and sent again, bare, to a second base on the same server (ids put in place as
the answers tell them); only the changing ones count, reading is our own overhead. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from servers import throwaway_server

from schemas.base import BASE
from sync.nocodb.client import Client
from sync.provision.apply import apply_schema


class Recorder(Client):
    """A client that notes every call with its answer."""

    def __init__(self, inner: Client) -> None:
        self.__dict__.update(inner.__dict__)
        self.calls: list[tuple[str, str, Any, Any, Any]] = []

    def request(self, method: str, path: str, **more: Any) -> Any:
        answer = super().request(method, path, **more)
        self.calls.append((method, path, more.get("params"), more.get("json"), answer))
        return answer


def replay(url: str, token: str, calls: list[tuple[str, str, Any, Any, Any]], titles: tuple[str, str]) -> float:
    """Send the recorded calls again for another base and return the seconds that the changing ones took."""
    session = requests.Session()
    session.headers["xc-auth"] = token
    ids = {titles[0]: titles[1]}
    spent = 0.0
    for method, *recorded_request, recorded in calls:
        path, params, body = json.loads(_renamed(json.dumps(recorded_request), ids))
        began = time.perf_counter()
        answer = session.request(method, url + path, params=params, json=body, timeout=60)
        answer.raise_for_status()
        if method != "GET":
            spent += time.perf_counter() - began
        _learn(recorded, answer.json(), ids)
    return spent


def _renamed(text: str, ids: dict[str, str]) -> str:
    for old, new in ids.items():
        text = text.replace(old, new)
    return text


def _learn(old: Any, new: Any, ids: dict[str, str]) -> None:
    """Find the ids of the second base where the first base's stood in the recorded answer."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old.keys() & new.keys():
            is_id = key == "id" or key.endswith("_id")
            if is_id and isinstance(old[key], str) and len(old[key]) > 12 and old[key] != new[key]:
                ids.setdefault(old[key], str(new[key]))
            else:
                _learn(old[key], new[key], ids)
    elif isinstance(old, list) and isinstance(new, list):
        for one, other in zip(old, new, strict=False):
            _learn(one, other, ids)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--backend", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    ours, bare, noop = [], [], []
    with throwaway_server(given.backend) as server:
        client = Client.sign_in(server.url, server.email, server.password)
        token = client.request(
            "POST", "/api/v2/auth/user/signin", json={"email": server.email, "password": server.password}
        )["token"]
        apply_schema(client, BASE, "Warmlaufen")
        for run in range(given.runs):
            recorder = Recorder(client)
            began = time.perf_counter()
            apply_schema(recorder, BASE, f"Messung {run}")
            ours.append(time.perf_counter() - began)
            # the look for the base answers with all bases, whose order differs
            calls = [c for c in recorder.calls if c[:2] != ("GET", "/api/v2/meta/bases")]
            bare.append(replay(server.url, token, calls, (f"Messung {run}", f"Bare {run}")))
            began = time.perf_counter()
            report = apply_schema(client, BASE, f"Messung {run}")
            noop.append(time.perf_counter() - began)
            if not report.plan.empty:
                raise SystemExit(f"not finished: {report.plan.describe()}")
            print(f"run {run}: apply {ours[-1]:.2f} s, bare {bare[-1]:.2f} s, again {noop[-1]:.2f} s")
    result = {
        "ratio_empty": round(min(ours) / min(bare), 2),
        "seconds_noop": round(max(noop), 2),
        "seconds_empty": round(min(ours), 2),
        "seconds_bare": round(min(bare), 2),
        "calls": len(calls),
        "writes": sum(method != "GET" for method, *_ in calls),
        "backend": given.backend,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
