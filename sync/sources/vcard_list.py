"""Read address cards: one vCard file with any number of cards, a folder of such files, or texts from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from schemas.errors import SourceError
from sync.items import Note, Origin
from sync.sources.files import file_kind, files_of, text_form
from sync.sources.rows import Gap, Row
from sync.sources.vcard_cells import card_cells
from sync.sources.vcard_lines import split_cards

MAX_BYTES = 60_000_000
_ENDINGS = frozenset({".vcf", ".vcard"})
_FOLDED_SIGN = re.compile(rb"([\xc2-\xf4][\x80-\xbf]*)(\r?\n[ \t])([\x80-\xbf]+)")


class VcardList:
    """Address cards as a source; a row for each card."""

    def __init__(
        self,
        name: str,
        texts: Iterable[tuple[str, str]],
        form: str = "vCard",
        *,
        gaps: Iterable[Gap] = (),
        doubts: Iterable[Note] = (),
        one_each: bool = False,
    ) -> None:
        """Take texts of cards, each with the name of its file; ``gaps`` are those that did not even become a text.

        ``doubts`` say what is not sure about the files.

        ``one_each``: no text holds more than one card, so none can break off before another.

        Raises:
            SourceError: there is no card in them.
        """
        self.name = name
        self.form = form
        self._notes: list[Note] = []
        self._missing = tuple(gaps)
        self._doubts = tuple(doubts)
        self._one_each = one_each
        self._gaps: list[Gap] = []
        self._texts = [(file, text.replace("\r\n", "\n").replace("\r", "\n")) for file, text in texts]
        self._rows = tuple(self._read())
        self._header = tuple(dict.fromkeys(title for row in self._rows for title in row.cells))
        if not self._header:
            raise SourceError(
                f"{name} enthält keine lesbare Adresskarte.",
                hint="Bitte exportieren Sie die Kontakte noch einmal als vCard.",
                file=name,
            )

    @classmethod
    def from_path(cls, path: Path) -> VcardList:
        """Read a file, or every vCard file of a folder, the newest first: what it says of somebody is what counts.

        Raises:
            SourceError: there is no card, a file cannot be read, or all together are too large.
        """
        if not path.is_dir():
            text, unsure = _text(path, MAX_BYTES)
            return cls(path.name, [(path.name, text)], doubts=unsure)
        left = MAX_BYTES
        texts: list[tuple[str, str]] = []
        gaps: list[Gap] = []
        doubts: list[Note] = []
        for file in files_of(path):
            try:
                kind, problem = file_kind(file), None
            except SourceError as error:
                kind, problem = "", error
            if kind == "vcard":
                text, unsure = _text(file, left)
                texts.append((file.name, text))
                doubts += unsure
                left -= file.stat().st_size
            elif file.suffix.casefold() in _ENDINGS:
                reason = problem.message if problem else f"Die Datei {file.name} beginnt nicht wie eine Adresskarte."
                hint = "Bitte legen Sie sie neu ab, oder nehmen Sie sie aus dem Ordner; bis dahin fehlen ihre Karten."
                gaps.append(Gap(Origin(file.name, 1), reason, hint, file.name))
        return cls(path.name, texts, f"Ordner mit {len(texts)} vCard-Dateien", gaps=gaps, doubts=doubts)

    @property
    def header(self) -> tuple[str, ...]:
        """Return the titles that any card has."""
        return self._header

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return what was left out: pictures and keys, groups, and lines that are broken."""
        return (*self._doubts, *self._notes)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Return the cards of which nothing can be made, the files that are none, and where a file breaks off."""
        return (*self._missing, *self._gaps)

    def rows(self) -> Iterator[Row]:
        """Yield a row for each card; the row number is the line on which it begins."""
        return iter(self._rows)

    def _read(self) -> Iterator[Row]:
        for file, text in self._texts:
            for card in split_cards(text):
                origin = Origin(file, card.row)
                yield from self._row(origin, card.text)
                if card.inner:
                    self._notes.append(Note(origin, "AGENT", "Karten in der Karte werden nicht übernommen."))
                if card.cut and not self._one_each:
                    reason = "Die Datei bricht in dieser Karte ab (END:VCARD fehlt); was danach kam, fehlt."
                    self._gaps.append(Gap(origin, reason, "Bitte exportieren Sie die Kontakte noch einmal."))
                elif not card.closed:
                    said = "Die Karte ist nicht abgeschlossen (END:VCARD fehlt); gelesen wurde, was dasteht."
                    self._notes.append(Note(origin, None, said))

    def _row(self, origin: Origin, text: str) -> Iterator[Row]:
        card = card_cells(text)
        if card.group:
            shown = card.cells.get("Name", "")
            self._notes.append(Note(origin, None, f"„{shown}“ ist eine Gruppe von Karten und bleibt außen vor."))
            return
        self._notes += [
            Note(origin, part, "Bilder, Schlüssel und Töne einer Karte werden nicht übernommen.")
            for part in card.binary
        ]
        nameless = card.broken and not any(card.cells.get(part) for part in ("Vorname", "Nachname", "Firma"))
        if card.says_nothing or nameless:
            reason = "Die Karte sagt nicht, wem sie gehört: Ihre Zeilen sind leer oder nicht zu lesen."
            told = {title: card.cells[title] for title in ("UID",) if title in card.cells}
            hint = "Bitte öffnen Sie sie im Adressbuch und speichern Sie sie neu."
            self._gaps.append(Gap(origin, reason, hint, text or "BEGIN:VCARD", told))
        elif card.broken:
            lines = "Eine Zeile der Karte ist" if len(card.broken) == 1 else f"{len(card.broken)} Zeilen der Karte sind"
            self._notes.append(Note(origin, None, f"{lines} nicht zu lesen; der Text steht in der Notiz."))
        if not card.says_nothing:
            yield Row(origin, card.cells)


def _text(path: Path, most: int) -> tuple[str, list[Note]]:
    if path.stat().st_size > most:
        raise SourceError(
            f"Die Adresskarten in {path.name} sind zusammen größer als {MAX_BYTES // 1_000_000} MB.",
            hint="Bitte exportieren Sie die Karten ohne Bilder oder in mehreren Dateien.",
            file=path.name,
        )
    try:
        text = _FOLDED_SIGN.sub(rb"\1\3\2", path.read_bytes()).decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" not in text:
        return text, []
    form = text_form(path)
    errors = "kontaktnetz-mend" if form.codec == "utf-8-sig" else "replace"
    doubts = [Note(Origin(path.name, 1), None, form.doubt)] if form.doubt else []
    return path.read_text(encoding=form.codec, errors=errors), doubts
