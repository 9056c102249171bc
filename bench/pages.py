# ruff: noqa: PLC0415 - the pages read their settings when imported
"""How fast a rerun of each page is on a big base, and how many bytes it sends to the browser.

``python bench/pages.py [--contacts 10000] [--interactions 100000] [--runs 7]``; the last line is one JSON object.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--contacts", type=int, default=10_000)
    parser.add_argument("--interactions", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KONTAKTNETZ_DATA"] = folder
        os.environ["DASHBOARD_SECRET"] = "key of this measurement, 9f27c1ab40"
        report = measure(Path(folder), options.contacts, options.interactions, options.runs)
    print(json.dumps(report))


def measure(folder: Path, contacts: int, interactions: int, runs: int) -> dict[str, object]:
    import made_up
    import made_up_rounds
    from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

    now = dt.datetime.now(dt.UTC)
    began = time.perf_counter()
    organisations, persons = contacts * 4 // 10, contacts * 6 // 10
    tables = made_up.contacts(organisations, persons, interactions, now.date())
    tables |= made_up.cases(organisations, contacts // 20) | made_up.book(contacts // 2, contacts * 2, now)
    tables |= made_up.events(now.date(), 1000, persons, organisations)
    made_up_rounds.join(tables, made_up_rounds.rounds(now.date(), 11, 200, persons, organisations))
    tables["relationship"] = [*tables["relationship"], *departments(organisations, len(tables["relationship"]))]
    made_up.write(folder / "mirror", tables, now)
    print(f"mirror of {contacts} contacts and {interactions} interactions in {time.perf_counter() - began:.1f} s")
    sign_in_as_editor(now)
    sent = [0]
    enqueue = ScriptRunContext.enqueue

    def counting(self: ScriptRunContext, msg: object) -> None:
        sent[0] += msg.ByteSize()  # type: ignore[attr-defined]
        enqueue(self, msg)  # type: ignore[arg-type]

    ScriptRunContext.enqueue = counting  # type: ignore[method-assign, assignment]
    pages = {name: case(name, runs, sent) for name in CASES}
    for name, figures in pages.items():
        print(f"{name:34} first {figures['first_ms']:7.0f} ms, rerun {figures['ms']:6.1f} ms, {figures['kb']:6.1f} kB")
    return {
        "max_ms": max(p["ms"] for p in pages.values()),
        "max_kb": max(p["kb"] for p in pages.values()),
        "contacts": contacts,
        "interactions": interactions,
        "pages": pages,
    }


CASES: dict[str, tuple[str, dict[str, str]]] = {
    "uebersicht": ("", {}),
    "uebersicht_zeilen": ("", {"zeilen": "kontakte-90"}),
    "kontakte": ("app_pages/kontakte.py", {}),
    "kontakte_suche": ("app_pages/kontakte.py", {"suche": "mu"}),
    "kontakte_liste_nie": ("app_pages/kontakte.py", {"liste": "nie"}),
    "kontakte_detail": ("app_pages/kontakte.py", {"eintrag": "o1"}),
    "kontakte_person": ("app_pages/kontakte.py", {"eintrag": "p1"}),
    "kontakte_tabelle": ("app_pages/kontakte.py", {"ansicht": "tabelle"}),
    "beziehungen": ("app_pages/beziehungen.py", {"wer": "alle"}),
    "beziehungen_schritte": ("app_pages/beziehungen.py", {"wer": "alle", "liste": "schritte"}),
    "schluessel_unsere": ("app_pages/schluesselpersonen.py", {}),
    "schluessel_ihre": ("app_pages/schluesselpersonen.py", {"liste": "eine-von-ihnen"}),
    "netz_leer": ("app_pages/netzwerkkarte.py", {}),
    "netz_organisation": ("app_pages/netzwerkkarte.py", {"um": "o5"}),
    "netz_feld": ("app_pages/netzwerkkarte.py", {"um": "fsport"}),
    "netz_matrix": ("app_pages/netzwerkkarte.py", {"ansicht": "matrix"}),
    "uebergabe_unsere": ("app_pages/uebergabe.py", {"wer": "1"}),
    "uebergabe_ihre": ("app_pages/uebergabe.py", {"person": "5"}),
    "qualitaet_abweichungen": ("app_pages/datenqualitaet.py", {"liste": "abweichungen"}),
    "qualitaet_dubletten": ("app_pages/datenqualitaet.py", {"liste": "dubletten"}),
    "veranstaltungen": ("app_pages/veranstaltungen.py", {}),
    "veranstaltung_gaeste": ("app_pages/veranstaltungen.py", {"v": "2", "teil": "gaeste"}),
    "veranstaltung_ueberblick": ("app_pages/veranstaltungen.py", {"v": "2"}),
    "veranstaltung_schweigen": ("app_pages/veranstaltungen.py", {"v": "2", "zeilen": "schweigen"}),
    "veranstaltung_organisationen": ("app_pages/veranstaltungen.py", {"v": "2", "nach": "organisationen"}),
    "veranstaltung_antworten": ("app_pages/veranstaltungen.py", {"v": "2", "teil": "antworten"}),
    "veranstaltung_antwort": ("app_pages/veranstaltungen.py", {"v": "2", "teil": "antworten", "gast": "10"}),
    "veranstaltung_auswahl": (
        "app_pages/veranstaltungen.py",
        {"v": "3", "teil": "gaeste", "vereine": "verein"},
    ),
    "veranstaltung_neu": ("app_pages/veranstaltungen.py", {"form": "neu"}),
    "zertifizierung": ("app_pages/zertifizierung.py", {}),
    "zertifizierung_tafel": ("app_pages/zertifizierung.py", {"runde": "10"}),
    "zertifizierung_zeilen": ("app_pages/zertifizierung.py", {"runde": "10", "zeilen": "laufende"}),
    "zertifizierung_tabelle": ("app_pages/zertifizierung.py", {"runde": "10", "zert_ansicht": "tabelle"}),
    "zertifizierung_kalender": ("app_pages/zertifizierung.py", {"runde": "10", "teil": "kalender"}),
    "zertifizierung_verleihung": ("app_pages/zertifizierung.py", {"runde": "10", "teil": "verleihung"}),
    "zertifizierung_siegel": ("app_pages/zertifizierung.py", {"teil": "siegel"}),
    "zertifizierung_auffrischen": ("app_pages/zertifizierung.py", {"teil": "siegel", "zeilen": "anbieten"}),
    "zertifizierung_fall": ("app_pages/zertifizierung.py", {"fall": "1805"}),
    "zertifizierung_verfahren": ("app_pages/zertifizierung.py", {"teil": "verfahren"}),
    "laufbuch": ("app_pages/laufbuch.py", {}),
    "qualitaet_veraltet": ("app_pages/datenqualitaet.py", {"liste": "veraltet"}),
}


def departments(organisations: int, known: int) -> list[dict[str, object]]:
    """Return two departments of 39 for every organisation, as many as Berlin's list has, for the matrix."""
    return [
        {"id": known + 1 + at, "kind": "Zuwendung", "organisation": 40 + at // 2, "department": 1 + at * 7 % 39,
         "last_year": 2020 + at % 6}
        for at in range(2 * (organisations - 39))
    ]  # fmt: skip


TYPED = ("suche", "gast", "nach", "vereine", "zert_ansicht")
"""What of a case is put into a control, not into the address."""

SHOWS = {
    "netz_matrix": "Fachbereich", "uebergabe_unsere": "Einträge liegen noch", "uebergabe_ihre": "noch an dieser Person",
    "zertifizierung_tafel": "Wie weit sie sind", "zertifizierung_kalender": "muss alles erledigt sein",
    "zertifizierung_fall": "Dran ist", "zertifizierung_siegel": "Prüfdatei",
}  # fmt: skip
"""What must stand on a page that could otherwise be measured while it is blank."""


def case(name: str, runs: int, sent: list[int]) -> dict[str, float]:
    from streamlit.testing.v1 import AppTest

    page, query = CASES[name]
    at = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    began = time.perf_counter()
    at.run()
    if page:
        at.switch_page(page)
    typed = {
        key: value
        for key, value in query.items()
        if key in TYPED or (page.endswith("kontakte.py") and key != "eintrag")
    }
    for key in query.keys() - typed.keys():
        at.query_params[key] = query[key]  # before the page runs: its controls read the address only once
    at.run()
    for key, value in typed.items():
        if key == "suche":
            at.text_input(key=key).set_value(value)
        elif key == "liste":
            at.selectbox(key=key).set_value(value)
        elif key in ("ansicht", "zert_ansicht"):
            at.session_state[key] = value
        elif key == "gast":
            at.session_state["antw_gast"], at.session_state["antw_getippt"] = (2, int(value)), "gast"
        elif key == "nach":
            at.session_state["ueb_nach"] = value
        elif key == "vereine":
            at.run().multiselect(key="va_wahl_3_0_ja_art").set_value([value, "einrichtung"])
    at.run()
    first = (time.perf_counter() - began) * 1000
    if at.exception:
        raise SystemExit(f"{name}: {at.exception[0].message}\n{''.join(at.exception[0].stack_trace)}")
    if not any(SHOWS.get(name, "") in str(told.value) for told in at.markdown):
        raise SystemExit(f"{name}: the page does not show „{SHOWS[name]}“, so nothing of use would be measured")
    times, sizes = [], []
    for _ in range(runs):
        sent[0] = 0
        began = time.perf_counter()
        at.run()
        times.append((time.perf_counter() - began) * 1000)
        sizes.append(sent[0] / 1000)
    return {"first_ms": round(first, 1), "ms": round(statistics.median(times), 1), "kb": round(max(sizes), 1)}


def sign_in_as_editor(now: dt.datetime) -> None:
    from streamlit_app import identity
    from streamlit_app.door.cookie import Session
    from sync.nocodb.accounts import Role

    session = Session("bench", "token", "editor@example.org", "Rita Redlich", Role.EDITOR, now + dt.timedelta(hours=1))
    identity.current = lambda: session  # type: ignore[assignment]


if __name__ == "__main__":
    main()
