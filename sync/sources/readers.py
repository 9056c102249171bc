"""Which reader reads which kind of file. Each is imported when it is needed: a process for one file begins at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sync.sources.rows import Source


def read_file(kind: str, path: Path, options: Mapping[str, Any]) -> Source:
    """Return a file (of address cards also a folder) as a source.

    ``kind`` is one that ``file_kind`` returns, ``options`` are named arguments of the reader.

    Raises:
        SourceError: it cannot be read.
    """
    if kind == "xml":
        from sync.sources.xml_list import XmlList  # noqa: PLC0415

        return XmlList(path, **options)
    if kind == "vcard":
        from sync.sources.vcard_list import VcardList  # noqa: PLC0415

        return VcardList.from_path(path, **options)
    if kind == "json":
        from sync.sources.json_list import JsonList  # noqa: PLC0415

        return JsonList(path, **options)
    if kind == "excel":
        from sync.sources.excel_list import ExcelList  # noqa: PLC0415

        return ExcelList(path, **options)
    from sync.sources.csv_list import CsvList  # noqa: PLC0415

    return CsvList(path, **options)
