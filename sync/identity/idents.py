"""What the idents of lists tell about two rows. Pure.

An ident is the line ``<source>:<ident>`` of a row. Where one ident of a list came to mean two humans or bodies, one
after the other or at once, each further one bears it with its name behind: ``mail:info@x.example~bernd neu``.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

MARK = "~"
"""Stands between what the list calls an entry and what tells it from others under the same ident."""

_BY_WORDS = ("mail:", "name:", "team:")
"""How the profiles begin an ident that they make of an address or a name; one of several words holds a space."""

_BY_ADDRESS = "mail:"
"""How they begin one that they make of an address."""

_NUMBERED = ("id:", "uid:")
"""How the profiles begin a number, whatever the list writes into it."""

Idents = Mapping[str, frozenset[str]]
"""By source the idents of one row."""


def with_mark(ident: str, told: str) -> str:
    """Return the ident of one of several that a list calls the same.

    >>> with_mark("mail:info@x.example", "bernd neu")
    'mail:info@x.example~bernd neu'
    """
    return f"{plain(ident)}{MARK}{told}"


def plain(ident: str) -> str:
    """Return an ident as the list itself tells it.

    >>> plain("mail:info@x.example~bernd neu"), plain("id:7")
    ('mail:info@x.example', 'id:7')
    """
    return _split(ident)[0]


def mark_in(ident: str) -> str:
    """Return what tells an ident from others that the list calls the same, empty if nothing does.

    >>> mark_in("mail:info@x.example~bernd neu"), mark_in("https://rat.example/~oparl/person/12")
    ('bernd neu', '')
    """
    return _split(ident)[1]


def _split(ident: str) -> tuple[str, str]:
    """Split an ident at its mark; the sign also stands in addresses of old servers, before a path."""
    head, sign, mark = ident.rpartition(MARK) if "://" in ident else ident.partition(MARK)
    return (head, mark) if sign and "/" not in mark else (ident, "")


def is_number(ident: str) -> bool:
    """Say whether an ident is one that the list gives out itself, not made of a name or an address.

    >>> [is_number(ident) for ident in ("id:7", "4711", "person:12", "https://rat.example/oparl/person/12")]
    [True, True, True, True]
    >>> [is_number(ident) for ident in ("mail:a@x.example", "ada muster @ verein", "name:verein", "id:M 12")]
    [False, False, False, True]
    """
    if ident.startswith(_NUMBERED):
        return True
    return " " not in ident and not ident.startswith(_BY_WORDS)


def is_by_name(ident: str) -> bool:
    """Say whether an ident is made of nothing but what somebody is called, which namesakes share.

    >>> is_by_name("ada muster @ verein"), is_by_name("mail:a@x.example"), is_by_name("id:7")
    (True, False, False)
    """
    return not is_number(ident) and not ident.startswith(_BY_ADDRESS)


def named_apart(ours: Idents, theirs: Idents) -> str:
    """Return a source that names both rows by numbers of its own, empty if there is none."""
    for source in sorted(ours.keys() & theirs.keys()):
        one, other = ours[source], theirs[source]
        if not one & other and all(map(is_number, one)) and all(map(is_number, other)):
            return source
    return ""


def under_one_number(ours: Idents, theirs: Idents) -> bool:
    """Say whether a list gave one number of its own to both rows."""
    return _under_one(ours, theirs, numbers_only=True)


def under_one_ident(ours: Idents, theirs: Idents) -> bool:
    """Say whether a list called both rows by one ident, a number or an address."""
    return _under_one(ours, theirs, numbers_only=False)


def ident_blocks(idents: Idents) -> Iterator[Hashable]:
    """Yield a key for every ident as a list tells it, which those share that it called by one."""
    for source, found in idents.items():
        yield from (("ident", source, plain(ident)) for ident in found)


def _under_one(ours: Idents, theirs: Idents, *, numbers_only: bool) -> bool:
    for source in ours.keys() & theirs.keys():
        one, other = (
            {plain(i) for i in idents if mark_in(i) or not numbers_only or is_number(i)}
            for idents in (ours[source], theirs[source])
        )
        shared = {i for i in one & other if not numbers_only or is_number(i)}
        if shared and not ours[source] & theirs[source]:
            return True
    return False
