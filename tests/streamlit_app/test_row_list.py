"""Tables of rows: nothing turns into a formula, every row keeps its link; records from frames are what was written."""

from __future__ import annotations

import datetime as dt
import io

import made_up
from made_up import NOW
from python_calamine import CalamineWorkbook

from schemas.contacts.tables import Interaction, Organisation
from schemas.operations.tables import JobRun
from streamlit_app.frames.records import as_records
from streamlit_app.ui.row_list import Row, RowList, workbook
from sync.mirror import load_table, read_manifest


def test_the_excel_file_holds_every_row_and_no_formula():
    rows = [Row(("=1+1", 3, dt.date(2026, 3, 1)), url="http://127.0.0.1/x"), Row(("Chor", None, None))]

    made = workbook(RowList("gaeste", "Gäste: alle/viele", ("A", "B", "C"), rows))
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))

    (name,) = book.sheet_names
    told = book.get_sheet_by_name(name).to_python()
    assert name == "Gäste alleviele"
    assert told[0][:3] == ["A", "B", "C"]
    assert told[1][:3] == ["'=1+1", 3.0, dt.date(2026, 3, 1)]
    assert told[2][0] == "Chor"


def test_a_frame_of_the_mirror_gives_the_records_that_were_written(tmp_path):
    moment = NOW.replace(microsecond=0)
    tables = {
        "organisation": [
            {"id": 7, "name": "Chor", "engagement_fields": "Kultur und Musik", "active_from": "2020-01-31"}
        ],
        "interaction": [{"id": 3, "summary": "Anruf", "organisation": 7, "next_step_done": True}, {"id": 4}],
        "job_run": [{"id": 1, "name": "Lauf", "started_at": moment.isoformat()}],
    }
    made_up.write(tmp_path, tables, NOW)
    manifest = read_manifest(tmp_path)

    def read(code, record):
        return as_records(load_table(tmp_path, manifest, code), record)

    assert read("organisation", Organisation) == [
        Organisation(id=7, name="Chor", engagement_fields=("kultur",), active_from=dt.date(2020, 1, 31))
    ]
    assert read("interaction", Interaction) == [
        Interaction(id=3, summary="Anruf", organisation=7, next_step_done=True), Interaction(id=4)
    ]  # fmt: skip
    assert read("job_run", JobRun) == [JobRun(id=1, name="Lauf", started_at=moment)]
