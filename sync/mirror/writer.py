"""Writing the mirror's files so that no reader ever sees half of one: by hash, then the manifest, cleaning up later."""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.errors import KontaktnetzError, Transient
from sync.mirror.columns import TableShape
from sync.mirror.manifest import NAME, Manifest
from sync.text_files import replace_text

KEEP_SECONDS = 600
"""How long a file that the manifest no longer names stays, for readers that read the manifest just before."""


class MirrorBusy(KontaktnetzError, Transient):
    """Another process refreshes the same mirror."""


@dataclass(frozen=True, slots=True)
class Written:
    """One table as it lies on disk; ``changed`` is false when the very same content lay there before."""

    file: str
    digest: str
    rows: int
    changed: bool


@contextlib.contextmanager
def mirror_lock(mirror_dir: Path, name: str = "refresh", *, wait: bool = False) -> Iterator[None]:
    """Hold the one right to write; MirrorBusy when another process has it. Freed by the system if we are killed."""
    mirror_dir.mkdir(parents=True, exist_ok=True)
    with (mirror_dir / f".{name}.lock").open("w", encoding="ascii") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise MirrorBusy(
                "Der Spiegel wird gerade schon aufgefrischt.", hint="Bitte einen Augenblick warten."
            ) from None
        yield


def write_table(mirror_dir: Path, shape: TableShape, pages: Iterable[Sequence[Mapping[str, object]]]) -> Written:
    """Write raw rows page by page, holding one page in memory; keep the old file when nothing changed."""
    temporary = mirror_dir / f".{shape.code}.{os.getpid()}.tmp"
    digest = hashlib.sha256(str(shape.schema).encode())
    rows = 0
    try:
        with pq.ParquetWriter(temporary, shape.schema, compression="zstd") as writer:
            for page in pages:
                batch = shape.batch(page)
                for line in batch.to_pylist():
                    digest.update(json.dumps(line, default=str, ensure_ascii=False).encode())
                writer.write_batch(batch)
                rows += batch.num_rows
        name = digest.hexdigest()[:32]
        file = f"{shape.code}-{name}.parquet"
        changed = not _readable(mirror_dir / file)
        if changed:
            os.replace(temporary, mirror_dir / file)
        return Written(file, name, rows, changed)
    finally:
        temporary.unlink(missing_ok=True)


def write_manifest(mirror_dir: Path, manifest: Manifest) -> None:
    """Replace the manifest in one step."""
    replace_text(mirror_dir / NAME, manifest.dump())


def remove_old_files(mirror_dir: Path, manifest: Manifest, now: dt.datetime) -> int:
    """Delete table files that the manifest does not name and nobody can still be reading; return how many."""
    named = {t.file for t in manifest.tables.values()}
    removed = 0
    for path in mirror_dir.glob("*.parquet"):
        if path.name not in named and now.timestamp() - path.stat().st_mtime > KEEP_SECONDS:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _readable(path: Path) -> bool:
    try:
        pq.read_metadata(path)
    except (OSError, pa.ArrowException):
        return False
    os.utime(path)
    return True
