"""The tables of the status, and what leads from each version of them to the next."""

from __future__ import annotations

VERSION = 8
SCHEMA = """
CREATE TABLE item (
    source TEXT NOT NULL, tab TEXT NOT NULL, ident TEXT NOT NULL, row_id INTEGER NOT NULL, digest BLOB NOT NULL,
    first_seen TEXT NOT NULL, vanished TEXT, table_id TEXT, PRIMARY KEY (source, tab, ident)
) WITHOUT ROWID;
CREATE TABLE value (
    source TEXT NOT NULL, tab TEXT NOT NULL, ident TEXT NOT NULL, col TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (source, tab, ident, col)
) WITHOUT ROWID;
CREATE TABLE run (source TEXT NOT NULL, finished TEXT NOT NULL, items INTEGER NOT NULL);
CREATE TABLE list (source TEXT PRIMARY KEY, digest TEXT NOT NULL, told TEXT NOT NULL);
CREATE TABLE held (
    source TEXT NOT NULL, tab TEXT NOT NULL, ident TEXT NOT NULL, digest BLOB NOT NULL, shape TEXT NOT NULL,
    told TEXT NOT NULL, PRIMARY KEY (source, tab, ident)
) WITHOUT ROWID;
CREATE TABLE unread (
    source TEXT NOT NULL, fingerprint TEXT NOT NULL, entries INTEGER NOT NULL, PRIMARY KEY (source, fingerprint)
) WITHOUT ROWID;
CREATE TABLE place (source TEXT PRIMARY KEY, path TEXT NOT NULL);
CREATE TABLE taken (journal TEXT PRIMARY KEY, entry INTEGER NOT NULL);
"""

CHANGES = {
    2: "ALTER TABLE item ADD COLUMN vanished TEXT;",
    3: "CREATE TABLE list (source TEXT PRIMARY KEY, digest TEXT NOT NULL, told TEXT NOT NULL);",
    4: "ALTER TABLE item ADD COLUMN table_id TEXT;",
    5: "CREATE TABLE held (source TEXT NOT NULL, tab TEXT NOT NULL, ident TEXT NOT NULL, digest BLOB NOT NULL, "
    "shape TEXT NOT NULL, told TEXT NOT NULL, PRIMARY KEY (source, tab, ident)) WITHOUT ROWID;",
    6: "CREATE TABLE unread (source TEXT NOT NULL, fingerprint TEXT NOT NULL, entries INTEGER NOT NULL, "
    "PRIMARY KEY (source, fingerprint)) WITHOUT ROWID;",
    7: "CREATE TABLE place (source TEXT PRIMARY KEY, path TEXT NOT NULL);",
    8: "CREATE TABLE taken (journal TEXT PRIMARY KEY, entry INTEGER NOT NULL);",
}
"""What leads from the version before to each version."""
