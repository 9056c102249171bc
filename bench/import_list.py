"""How long a list takes to come in, and to come in again unchanged, beside the bare calls for the same rows.

``python bench/import_list.py [FILE --profile NAME] [--backend sqlite|postgres]``. The sync runs as a process of its
own, as it does every night, and reads the file itself; bare are plain requests: the same rows in batches of 100 into a
twin base, and a full read of the same tables. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from servers import throwaway_server

from schemas.base import BASE
from schemas.model import Formula
from sync.arrival import bring
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase, resolve
from sync.provision.apply import apply_schema
from sync.settings import Settings
from sync.sources.registry import spec_for_file
from sync.status import Status

BERLIN = ROOT.parent / "shared" / "data" / "berlin_zuwendungsempfaenger.csv"
BATCH, PAGE = 100, 1000


def sync_once(url: str, token: str, base_id: str, file: str, profile: str, status: str) -> dict[str, Any]:
    """Bring the list in and say how long that took; runs in a process of its own."""
    began = time.perf_counter()
    settings = Settings(nocodb_url=url, nocodb_token=token, nocodb_base=base_id)
    with Status(status) as known:
        spec = spec_for_file(Path(file), profile)
        report = bring(spec, settings, known, now=lambda: dt.datetime.now(dt.UTC))
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**report.as_json(), "seconds": seconds, "peak_mb": peak}


def run_child(*arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, __file__, "--child", *arguments], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


class Bare:
    """Plain requests, nothing else."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._session = requests.Session()
        self._session.headers["xc-token"] = token

    def read(self, table_id: str, fields: list[str]) -> tuple[list[dict[str, Any]], float]:
        """Read a whole table; return rows and seconds."""
        rows: list[dict[str, Any]] = []
        params: dict[str, Any] = {"fields": ",".join(fields), "limit": PAGE, "sort": "Id"}
        began = time.perf_counter()
        while True:
            answer = self._session.get(
                f"{self._url}/api/v2/tables/{table_id}/records", params={**params, "offset": len(rows)}, timeout=120
            ).json()
            rows += answer["list"]
            if answer["pageInfo"]["isLastPage"]:
                return rows, time.perf_counter() - began

    def insert(self, table_id: str, rows: list[dict[str, Any]]) -> float:
        """Insert rows in batches; return seconds."""
        began = time.perf_counter()
        for start in range(0, len(rows), BATCH):
            self._session.post(
                f"{self._url}/api/v2/tables/{table_id}/records", json=rows[start : start + BATCH], timeout=120
            ).raise_for_status()
        return time.perf_counter() - began


def plain_fields(base: ResolvedBase, code: str) -> dict[str, str]:
    """Return the title of every writable plain column and foreign key by field id in this base, without the token."""
    columns = BASE.tables[code].columns
    return {
        f.data_id: f.data_title
        for c, f in base.tables[code].fields.items()
        if not isinstance(columns[c], Formula) and c != "token"
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", default=str(BERLIN))
    parser.add_argument("--profile", default="berlin_zuwendungen")
    parser.add_argument("--backend", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--child", nargs=6)
    given = parser.parse_args()
    if given.child:
        print(json.dumps(sync_once(*given.child)))
        return
    if not Path(given.file).exists():
        raise SystemExit(f"{given.file} is not there; name a file and its --profile")
    with throwaway_server(given.backend) as server, tempfile.TemporaryDirectory() as folder:
        client = Client.sign_in(server.url, server.email, server.password)
        token = client.request("POST", "/api/v1/tokens", json={"description": "bench"})["token"]
        ours = resolve(client, BASE, apply_schema(client, BASE, "Messung").base.id)
        twin = resolve(client, BASE, apply_schema(client, BASE, "Zwilling").base.id)
        arguments = (server.url, token, ours.id, given.file, given.profile, str(Path(folder) / "status.sqlite"))
        first = run_child(*arguments)
        print(f"import: {first['seconds']:.1f} s, {first['writes']} rows", flush=True)
        bare = Bare(server.url, token)
        inserted = read = 0.0
        for code in BASE.tables:
            fields = plain_fields(ours, code)
            rows, _ = bare.read(ours.tables[code].id, list(fields))
            if code == "job_run" or not rows:
                continue
            there = dict(zip(fields.values(), plain_fields(twin, code), strict=True))
            payload = [{there[t]: v for t, v in row.items() if t in there and v is not None} for row in rows]
            inserted += bare.insert(twin.tables[code].id, payload)
            print(f"bare insert of {len(rows)} rows in {code}: {inserted:.1f} s so far", flush=True)
        reruns, peaks, writes = [], [], 0
        reads = []
        for _ in range(3):
            again = run_child(*arguments)
            reruns.append(again["seconds"])
            peaks.append(again["peak_mb"])
            writes += again["writes"]
            if again["unchanged"] != first["created"]:
                raise SystemExit(f"the second run saw {again['unchanged']} rows, not {first['created']}")
            read = 0.0
            for code in BASE.tables:
                if code != "job_run":
                    read += bare.read(ours.tables[code].id, list(plain_fields(ours, code)))[1]
            reads.append(read)
    result = {
        "ratio_import": round(first["seconds"] / inserted, 2),
        "ratio_rerun": round(min(reruns) / min(reads), 2),
        "rerun_writes": writes,
        "peak_mb": round(max(first["peak_mb"], *peaks)),
        "rows": first["writes"],
        "seconds_import": round(first["seconds"], 1),
        "seconds_bare_import": round(inserted, 1),
        "seconds_rerun": round(min(reruns), 2),
        "seconds_bare_read": round(min(reads), 2),
        "backend": given.backend,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
