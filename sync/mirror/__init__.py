"""The mirror: a local picture of the base in Parquet files, readable while NocoDB is down.

It never writes to the base. Readers follow the manifest; whatever it names is complete, because files are named by the
hash of their content and the manifest is replaced last.
"""

from sync.mirror.columns import MirrorColumn, TableShape
from sync.mirror.manifest import FieldEntry, Manifest, TableEntry, read_manifest
from sync.mirror.overlay import Overlay, patch_mirror, read_overlay
from sync.mirror.pull import refresh_mirror
from sync.mirror.reader import load_table, table_version
from sync.mirror.refresh import MirrorReport
from sync.mirror.writer import MirrorBusy

__all__ = [
    "FieldEntry",
    "Manifest",
    "MirrorBusy",
    "MirrorColumn",
    "MirrorReport",
    "Overlay",
    "TableEntry",
    "TableShape",
    "load_table",
    "patch_mirror",
    "read_manifest",
    "read_overlay",
    "refresh_mirror",
    "table_version",
]
