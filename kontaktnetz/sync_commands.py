"""`kontaktnetz sync`: bring lists from outside into the base, check and draft profiles, refresh the mirror."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from automations.certification.merging import follow_sites
from kontaktnetz.progress import Steps, say
from schemas.errors import SourceError
from schemas.time_zone import BERLIN
from sync.arrival import bring, plan_arrival, read_arrival
from sync.connection import open_base, refresh_now
from sync.duplicates import find_duplicates
from sync.rebuild import rebuild
from sync.report import describe_plan, plan_as_json
from sync.settings import Settings, load_settings
from sync.sources.check import check_source
from sync.sources.draft import draft_profile
from sync.sources.profile_files import shipped_profiles
from sync.sources.registry import SourceSpec, load_sources, spec_for_file
from sync.status import Status
from sync.undo import list_runs, undo

app = typer.Typer(help="Listen von außen einlesen, ohne Ihre Einträge zu überschreiben.", no_args_is_help=True)

Source = Annotated[str, typer.Argument(metavar="QUELLE", help="Name aus sources.toml, oder eine Datei mit --profile.")]
Profile = Annotated[
    str | None, typer.Option("--profile", metavar="PROFIL", help="Profil, mit dem die Datei gelesen wird.")
]
Named = Annotated[
    str | None,
    typer.Option(
        "--source", metavar="NAME", help="Name der Quelle, wenn die Datei umgezogen ist oder heißt wie eine andere."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Das Ergebnis als ein JSON-Objekt ausgeben.")]
Accept = Annotated[
    list[str] | None,
    typer.Option(
        "--accept", metavar="WORT", help="Gelten lassen, was sonst abgelehnt wird; das Wort nennt die Meldung."
    ),
]
File = Annotated[Path, typer.Argument(metavar="DATEI", help="Die Liste.")]


@app.command("plan")
def plan(
    source: Source, profile: Profile = None, named: Named = None, as_json: AsJson = False, accept: Accept = None
) -> None:
    """Zeigen, was geschehen würde; ändert nichts."""
    settings = load_settings()
    with _status(settings) as status:
        spec = _find(settings, status, source, profile, named)
        planned = plan_arrival(read_arrival(spec, settings, status), status, accept or ())
    print(json.dumps(plan_as_json(planned), ensure_ascii=False) if as_json else describe_plan(planned, spec.title))


@app.command("apply")
def apply(
    source: Source, profile: Profile = None, named: Named = None, as_json: AsJson = False, accept: Accept = None
) -> None:
    """Einlesen: Neues anlegen, Leeres füllen, Geändertes übernehmen, wo niemand von Ihnen etwas geändert hat."""
    settings = load_settings()
    with _status(settings) as status, Steps() as steps:
        spec = _find(settings, status, source, profile, named)
        say(f"Lese {spec.title} …")
        report = bring(
            spec,
            settings,
            status,
            now=lambda: dt.datetime.now(dt.UTC),
            accept=accept or (),
            on_progress=lambda what, done, total: steps(done, total, what),
        )
    print(json.dumps(report.as_json(), ensure_ascii=False) if as_json else report.describe())


@app.command("undo")
def take_back(
    run: Annotated[str | None, typer.Argument(metavar="LAUF", help="Kennung des Laufs (siehe `sync runs`).")] = None,
    since: Annotated[
        dt.datetime | None, typer.Option("--since", metavar="ZEIT", help="Alles seit diesem Zeitpunkt (JJJJ-MM-TT).")
    ] = None,
    write: Annotated[
        int | None, typer.Option("--write", metavar="ZEILE", help="Nur dieser Eintrag im Journal (seine Zeilennummer).")
    ] = None,
) -> None:
    """Automatische Änderungen zurücknehmen; was Sie seither geändert haben, bleibt."""
    if sum(given is not None for given in (run, since, write)) != 1:
        raise SourceError(
            "Bitte nennen Sie genau eines: einen Lauf, mit --since einen Zeitpunkt oder mit --write einen Eintrag.",
            hint="Die Läufe nennt `kontaktnetz sync runs`, die Einträge die Tabelle Journal.",
        )
    opened = open_base(load_settings())
    moment = since.replace(tzinfo=BERLIN).astimezone(dt.UTC) if since else None
    with Steps() as steps:
        report = undo(
            opened.client,
            opened.base,
            run=run,
            since=moment,
            write=write,
            now=lambda: dt.datetime.now(dt.UTC),
            on_progress=lambda what, done, total: steps(done, total, what),
        )
    print(report.describe())


@app.command("runs")
def runs() -> None:
    """Die letzten Läufe nennen, die das Journal kennt."""
    opened = open_base(load_settings())
    for run, cause, entries in list_runs(opened.client, opened.base):
        print(f"{run}  {cause} ({entries} Einträge)")


@app.command("duplicates")
def duplicates() -> None:
    """Nach Dubletten suchen und zusammenführen, was Sie als dieselbe markiert haben."""
    opened = open_base(load_settings())
    with Steps() as steps:
        report = find_duplicates(
            opened.client,
            opened.base,
            now=lambda: dt.datetime.now(dt.UTC),
            on_progress=lambda what, done, total: steps(done, total, what),
        )
    print(report.describe())
    if followed := follow_sites(opened, lambda: dt.datetime.now(dt.UTC)).describe():
        print(f"Zertifizierung: {followed}")


@app.command("rebuild")
def rebuild_status() -> None:
    """Eine verlorene Statusdatei aus dem Journal in NocoDB wiederherstellen; ändert nichts in NocoDB."""
    settings = load_settings()
    opened = open_base(settings)
    with _status(settings) as status:
        print(rebuild(opened.client, opened.base, status, dt.datetime.now(dt.UTC)).describe())


@app.command("check")
def check(
    file: File,
    profile: Annotated[
        str, typer.Option("--profile", metavar="PROFIL", help="Ein Name (siehe `sync profiles`) oder eine Datei.")
    ],
    as_json: AsJson = False,
) -> None:
    """Prüfen, was ein Profil aus einer Liste macht (Rückgabewert 1, wenn etwas abgewiesen würde)."""
    report = check_source(file, profile)
    print(json.dumps(report.as_json(), ensure_ascii=False, indent=1) if as_json else report)
    if not report.good:
        raise typer.Exit(1)


@app.command("draft")
def draft(file: File) -> None:
    """Aus den Spalten einer Liste ein Profil entwerfen; die Ausgabe in eine .toml-Datei schreiben und anpassen."""
    print(draft_profile(file))


@app.command("profiles")
def profiles() -> None:
    """Die mitgelieferten Profile nennen."""
    print("\n".join(shipped_profiles()))


@app.command("sources")
def sources() -> None:
    """Die Quellen aus sources.toml nennen."""
    settings = load_settings()
    for spec in load_sources(settings.sources_file).values():
        print(f"{spec.name}: {spec.title} ({', '.join(f'{p.name} mit {p.profile}' for p in spec.parts)})")


@app.command("mirror")
def mirror() -> None:
    """Den Spiegel jetzt auffrischen, aus dem die Übersicht liest."""
    settings = load_settings()
    report = refresh_now(settings, dt.datetime.now(dt.UTC))
    print(
        f"Der Spiegel ist aufgefrischt: {sum(report.rows.values())} Zeilen, "
        f"{len(report.changed)} Tabellen waren geändert."
    )


@contextmanager
def _status(settings: Settings) -> Iterator[Status]:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with Status(settings.status_file) as status:
        yield status


def _find(settings: Settings, status: Status, source: str, profile: str | None, named: str | None) -> SourceSpec:
    """Return the source that the person means: a file when a profile is given, else a name."""
    if profile:
        return spec_for_file(Path(source), profile, known=status.places(), name=named)
    if named:
        raise SourceError(
            "--source gibt einer Datei einen Namen und gilt nur zusammen mit --profile.",
            hint=f"Eine Quelle aus sources.toml nennen Sie ohne: kontaktnetz sync apply {named}.",
        )
    known = load_sources(settings.sources_file) if settings.sources_file.exists() else {}
    if source in known:
        return known[source]
    if Path(source).exists():
        raise SourceError(
            f"Für die Datei {Path(source).name} fehlt das Profil, mit dem sie gelesen wird.",
            hint=f"Zum Beispiel: kontaktnetz sync apply {source} --profile organisationen "
            "(alle nennt `kontaktnetz sync profiles`).",
            file=source,
        )
    listed = f"Bekannt sind: {', '.join(known)}." if known else f"Es gibt noch kein {settings.sources_file}."
    raise SourceError(
        f"Eine Quelle oder Datei „{source}“ gibt es nicht.",
        hint=f"{listed} Oder nennen Sie eine Datei mit --profile.",
        source=source,
    )
