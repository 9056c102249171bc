"""The mirror: whole, unmixed, cheap when nothing changed, and readable whatever happens to it."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parents[1] / "streamlit_app"))

import made_up

from schemas.base import BASE
from schemas.errors import Unavailable
from schemas.model import Text
from sync.mirror import (
    MirrorBusy,
    MirrorColumn,
    Overlay,
    load_table,
    patch_mirror,
    read_manifest,
    read_overlay,
    table_version,
)
from sync.mirror.columns import shape_of
from sync.mirror.manifest import FieldEntry, Manifest, parse_manifest
from sync.mirror.refresh import TableSource, refresh_from
from sync.mirror.writer import KEEP_SECONDS, mirror_lock

NOW = dt.datetime(2026, 6, 15, 12, 0, tzinfo=dt.UTC)
ROW = {
    "id": 7, "name": "Müllers Verein", "kind": "Verein", "sphere": "Selbst ausgedacht",
    "engagement_fields": "Soziales,Eigenes", "parent": 3, "active_from": "2001-02-03",
    "created_at": "2026-01-02 09:00:00+00:00", "postcode": "01067",
}  # fmt: skip


def files(folder: Path) -> dict[str, int]:
    return {p.name: p.stat().st_ino for p in folder.glob("*.parquet")}


def test_values_arrive_as_they_stood_in_the_base(tmp_path: Path) -> None:
    made_up.write(tmp_path, {"organisation": [ROW]}, NOW)
    row = load_table(tmp_path, read_manifest(tmp_path), "organisation").iloc[0]
    assert row["id"] == 7
    assert row["kind"] == "verein"
    assert row["sphere"] == "Selbst ausgedacht"
    assert list(row["engagement_fields"]) == ["soziales", "Eigenes"]
    assert row["parent"] == 3
    assert row["active_from"] == pd.Timestamp(2001, 2, 3)
    assert row["created_at"] == pd.Timestamp("2026-01-02T09:00Z")
    assert row["postcode"] == "01067"
    assert pd.isna(row["mail"])


def test_a_missing_mirror_reads_as_empty_tables_with_all_columns(tmp_path: Path) -> None:
    for code, table in BASE.tables.items():
        frame = load_table(tmp_path / "nowhere", None, code)
        assert frame.empty
        assert {"id", "created_at", "updated_at", *table.columns} <= set(frame.columns)


def test_nothing_changed_means_no_file_is_written_and_the_version_stays(tmp_path: Path) -> None:
    tables = made_up.contacts(20, 20, 50, NOW.date())
    first = made_up.write(tmp_path, tables, NOW)
    before = files(tmp_path)
    second = made_up.write(tmp_path, tables, NOW + dt.timedelta(minutes=5))
    assert set(first.changed) == set(BASE.tables)
    assert second.changed == ()
    assert files(tmp_path) == before
    assert second.manifest.version == first.manifest.version
    assert second.manifest.taken_at == NOW + dt.timedelta(minutes=5)


def test_one_changed_cell_changes_one_table_only(tmp_path: Path) -> None:
    tables = made_up.contacts(20, 20, 50, NOW.date())
    first = made_up.write(tmp_path, tables, NOW)
    tables["person"][3]["note"] = "neu"
    second = made_up.write(tmp_path, tables, NOW)
    assert second.changed == ("person",)
    assert second.manifest.version != first.manifest.version
    same = set(BASE.tables) - {"person"}
    assert {c: second.manifest.tables[c].file for c in same} == {c: first.manifest.tables[c].file for c in same}


def test_the_order_of_pages_does_not_matter_but_the_order_of_rows_does(tmp_path: Path) -> None:
    rows = [{"id": i, "name": f"N{i}"} for i in range(1, 2501)]
    big = made_up.write(tmp_path / "a", {"organisation": rows}, NOW)
    source = made_up.source("organisation", rows)
    small_pages = TableSource(
        source.shape, source.title, source.table_id, source.fields, source.views,
        lambda: (rows[i : i + 7] for i in range(0, len(rows), 7)),
    )  # fmt: skip
    small = refresh_from([small_pages], mirror_dir=tmp_path / "b", base_id="b", nocodb_url="u", now=NOW)
    assert small.manifest.tables["organisation"].digest == big.manifest.tables["organisation"].digest


def test_a_reader_with_the_old_manifest_still_reads_the_old_picture(tmp_path: Path) -> None:
    made_up.write(tmp_path, {"organisation": [ROW]}, NOW)
    old = read_manifest(tmp_path)
    made_up.write(tmp_path, {"organisation": [ROW | {"name": "Neuer Name"}]}, NOW)
    assert load_table(tmp_path, old, "organisation")["name"].tolist() == ["Müllers Verein"]
    assert load_table(tmp_path, read_manifest(tmp_path), "organisation")["name"].tolist() == ["Neuer Name"]


def test_old_files_go_when_nobody_can_be_reading_them_any_more(tmp_path: Path) -> None:
    made_up.write(tmp_path, {"organisation": [ROW]}, NOW)
    old = read_manifest(tmp_path)
    assert old is not None
    late = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=KEEP_SECONDS + 5)
    made_up.write(tmp_path, {"organisation": [ROW | {"name": "Neuer Name"}]}, late)
    assert not (tmp_path / old.tables["organisation"].file).exists()
    assert load_table(tmp_path, old, "organisation")["name"].tolist() == ["Neuer Name"], "it goes on to the new one"


def test_a_refresh_that_fails_half_way_leaves_the_old_picture(tmp_path: Path) -> None:
    made_up.write(tmp_path, {"organisation": [ROW]}, NOW)
    before, there = (tmp_path / "manifest.json").read_text(), files(tmp_path)

    def broken() -> object:
        yield [ROW | {"name": "halb"}]
        raise Unavailable("weg")

    good = made_up.source("person", [{"id": 1, "last_name": "Neu"}])
    bad = made_up.source("organisation", [])
    bad = TableSource(bad.shape, bad.title, bad.table_id, bad.fields, bad.views, broken)  # type: ignore[arg-type]
    with pytest.raises(Unavailable):
        refresh_from([good, bad], mirror_dir=tmp_path, base_id="pBase", nocodb_url="http://127.0.0.1:1", now=NOW)
    assert (tmp_path / "manifest.json").read_text() == before
    assert load_table(tmp_path, read_manifest(tmp_path), "organisation")["name"].tolist() == ["Müllers Verein"]
    assert there.items() <= files(tmp_path).items()
    assert not list(tmp_path.glob(".*.tmp"))


def test_a_partial_refresh_keeps_the_other_tables(tmp_path: Path) -> None:
    made_up.write(tmp_path, {"organisation": [ROW]}, NOW)
    source = made_up.source("person", [{"id": 1, "last_name": "Neu"}])
    report = refresh_from([source], mirror_dir=tmp_path, base_id="pBase", nocodb_url="http://127.0.0.1:1", now=NOW)
    assert report.rows == {"person": 1}
    assert len(load_table(tmp_path, report.manifest, "organisation")) == 1


def test_another_base_starts_from_nothing(tmp_path: Path) -> None:
    made_up.write(tmp_path, {"organisation": [ROW]}, NOW)
    source = made_up.source("person", [])
    report = refresh_from([source], mirror_dir=tmp_path, base_id="pOther", nocodb_url="http://127.0.0.1:1", now=NOW)
    assert set(report.manifest.tables) == {"person"}


def _hold(folder: str, held: object, release: object) -> None:
    with mirror_lock(Path(folder)):
        held.set()  # type: ignore[attr-defined]
        release.wait(30)  # type: ignore[attr-defined]


def test_a_second_writer_is_refused_in_german_and_free_again_after_a_kill(tmp_path: Path) -> None:
    ways = multiprocessing.get_context("spawn")
    held, release = ways.Event(), ways.Event()
    other = ways.Process(target=_hold, args=(str(tmp_path), held, release))
    other.start()
    assert held.wait(30)
    with pytest.raises(MirrorBusy, match="schon aufgefrischt"):
        made_up.write(tmp_path, {}, NOW)
    other.kill()
    other.join()
    made_up.write(tmp_path, {}, NOW)


def test_own_writes_lie_over_the_mirror_until_a_refresh_has_seen_them(tmp_path: Path) -> None:
    made_up.write(tmp_path, {"interaction": [{"id": 1, "summary": "alt"}, {"id": 2, "summary": "weg"}]}, NOW)
    manifest = read_manifest(tmp_path)
    version = table_version(manifest, read_overlay(tmp_path), "interaction")
    patch_mirror(tmp_path, "interaction", 3, {"summary": "neu", "day": "2026-06-15"}, NOW + dt.timedelta(seconds=1))
    patch_mirror(tmp_path, "interaction", 2, None, NOW + dt.timedelta(seconds=2))
    frame = load_table(tmp_path, manifest, "interaction")
    assert dict(zip(frame["id"], frame["summary"], strict=True)) == {1: "alt", 3: "neu"}
    assert frame.set_index("id").loc[3, "day"] == pd.Timestamp(2026, 6, 15)
    assert table_version(manifest, read_overlay(tmp_path), "interaction") != version
    assert table_version(manifest, read_overlay(tmp_path), "person") == table_version(manifest, Overlay(), "person")

    made_up.write(tmp_path, {"interaction": [{"id": 1, "summary": "alt"}]}, NOW)  # began before the writes
    assert 3 in set(load_table(tmp_path, read_manifest(tmp_path), "interaction")["id"])
    made_up.write(tmp_path, {"interaction": [{"id": 1, "summary": "alt"}]}, NOW + dt.timedelta(minutes=1))
    assert read_overlay(tmp_path) == Overlay()
    assert set(load_table(tmp_path, read_manifest(tmp_path), "interaction")["id"]) == {1}


def test_an_overlay_works_without_any_mirror(tmp_path: Path) -> None:
    patch_mirror(tmp_path, "interaction", 1, {"summary": "erste"}, NOW)
    assert load_table(tmp_path, None, "interaction")["summary"].tolist() == ["erste"]


@pytest.mark.parametrize("text", ["", "{", '{"format": 99}', "[]", "null"])
def test_a_broken_manifest_or_overlay_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    (tmp_path / "overlay.json").write_text(text)
    assert read_manifest(tmp_path) is None
    assert read_overlay(tmp_path) == Overlay()


def test_labels_and_columns_of_staff_are_in_the_manifest(tmp_path: Path) -> None:
    source = made_up.source("organisation", [], {"sphere": {"politik": "Rat und Parteien"}})
    extra = MirrorColumn("extra:cX", Text(title="Schlüssel"))
    rows = [{"id": 1, "sphere": "Rat und Parteien", "extra:cX": "A7"}]
    codes = {f.code: {label: c for c, label in f.labels.items()} for f in source.fields if f.labels}
    shape = shape_of(BASE.tables["organisation"], codes, [extra])
    fields = (*source.fields, FieldEntry("extra:cX", "Schlüssel", "cX", "SingleLineText"))
    mine = TableSource(shape, source.title, "m1", fields, {"by_kind": "vw1"}, lambda: [rows])
    manifest = refresh_from([mine], mirror_dir=tmp_path, base_id="p", nocodb_url="http://n", now=NOW).manifest
    row = load_table(tmp_path, manifest, "organisation").iloc[0]
    assert row["sphere"] == "politik"
    assert row["extra:cX"] == "A7"
    assert manifest.tables["organisation"].label("sphere", "politik") == "Rat und Parteien"
    assert manifest.tables["organisation"].label("sphere", "Eigenes") == "Eigenes"
    assert manifest.row_url("organisation", 7) == "http://n/dashboard/#/nc/p/m1?rowId=7"
    assert manifest.table_url("organisation", "by_kind") == "http://n/dashboard/#/nc/p/m1/vw1"
    assert manifest.row_url("person", 1) is None


@given(st.lists(st.tuples(st.integers(1, 6), st.one_of(st.none(), st.text(max_size=5))), max_size=12))
def test_the_newest_patch_of_a_row_wins(patches: list[tuple[int, str | None]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for row, summary in patches:
            patch_mirror(Path(folder), "interaction", row, None if summary is None else {"summary": summary}, NOW)
        frame = load_table(Path(folder), None, "interaction")
        expected = {row: summary for row, summary in patches}
        found = {i: None if pd.isna(s) else s for i, s in zip(frame["id"], frame["summary"], strict=True)}
        assert found == {row: summary or None for row, summary in expected.items() if summary is not None}


def test_a_manifest_survives_writing_and_reading() -> None:
    manifest = Manifest(NOW, "p", "http://n", {})
    assert parse_manifest(manifest.dump()) == manifest
