"""Words in names of organisations: what tells neighbours apart, what says nothing, what is short for what. Pure."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from sync.identity.evidence import word_set
from sync.identity.spelling import without_umlauts
from sync.identity.words import read_words

_TOLD = read_words("organisations")

SPORTS = word_set(_TOLD["sports"])
"""Kinds of sport; a name that has one more than the other is that of a section."""

PARTS = word_set(_TOLD["parts"]) | SPORTS
"""Words that tell neighbours apart; numbers do as well."""

DEPENDENTS = word_set(_TOLD["dependents"])
"""Words that make another body of it when only one of two names has them."""

INSTITUTIONS = word_set(_TOLD["institutions"])
"""Kinds of institution; where one name tells another kind, they are two that share house or patron."""

_GROUPS = (
    "elternrat",
    "elternbeirat",
    "personalrat",
    "betriebsrat",
    "foerderverein",
    "jugendfeuerwehr",
    "kinderfeuerwehr",
)
"""Last parts of compounds that tell of a group of people beside a body."""


def is_dependent(word: str) -> bool:
    """Say whether a word makes another body of the one whose name it stands before.

    >>> is_dependent("schulelternrat"), is_dependent("schule")
    (True, False)
    """
    return word in DEPENDENTS or word.endswith(_GROUPS)


SATELLITES = DEPENDENTS | INSTITUTIONS
"""Words that are never taken apart."""

CLUBS_OF = word_set(_TOLD["clubs_of"])
"""Parts of the short forms of clubs, which tell two clubs of one name apart."""

KIND_GROUPS = tuple(word_set(group) for group in _TOLD["kind_groups"])
"""Words that people use for one kind of body; one word may be in several groups."""

KINDS_TOLD = SATELLITES.union(*KIND_GROUPS)
"""Words that tell a kind of body."""

TERRITORIES = {kind: word_set(words) for kind, words in _TOLD["territories"].items()}
"""Kinds of territory with the words by which a name begins with them."""

PEOPLE = word_set(_TOLD["people"])
"""Last parts of compounds that mean a body of people."""


def is_one_kind(one: str, other: str) -> bool:
    """Say whether two words are used for one kind of body.

    >>> is_one_kind("jugendclub", "jugendtreff"), is_one_kind("jugendclub", "kita")
    (True, False)
    """
    return one == other or any(one in group and other in group for group in KIND_GROUPS)


SITES = word_set(_TOLD["sites"])
"""Words after which a name tells one of several sites of a body."""

FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ev", re.compile(r"\be ?v\b|\beingetragener verein\b")),
    ("cokg", re.compile(r"\b(?:gmbh|ug|ag) (?:und )?co(?: kg)?\b")),
    ("gmbh", re.compile(r"\bg? ?gmbh\b|\bgesellschaft mit beschraenkter haftung\b|\bmbh\b")),
    ("ug", re.compile(r"\bg?ug\b|\bunternehmergesellschaft\b")),
    ("eg", re.compile(r"\be ?g\b|\beingetragene genossenschaft\b")),
    ("ag", re.compile(r"\bag$")),
    ("stiftung", re.compile(r"\bstiftung\b|stiftung$")),
)
"""Legal forms and how they stand in a key; a body has one, whether its name tells it or not."""

FORM_TOLD = re.compile(r"\be ?v\b|verein\b|\bg? ?gmbh\b|stiftung\b")
"""A legal form in a remark, in a key: that of another time."""

FORM_WORDS = word_set("gmbh ug eg ag kg gbr ev mbh ohg gruendung")
"""Words that tell the legal form of a body, which no human bears."""

HEADS = tuple(_TOLD["heads"].split())
"""Last parts of compounds that often stand alone as well ("Petrigemeinde", "Gemeinde Petri")."""

LEVELS = word_set(_TOLD["levels"])
"""Words that say on which level of an association a body stands."""

OWNERS = word_set(_TOLD["owners"])
"""Words before the name of the body that something belongs to."""

SEATS = word_set(_TOLD["seats"])
"""What a body has and is itself: its head office, its board."""

LOCAL = word_set("ov og ortsverein ortsgruppe")
"""The lowest levels, which a name may leave out."""

FAITHS = word_set(_TOLD["faiths"])
"""Denominations; a body has one."""

OFFICES = re.compile(
    r"amt$|^amt|aemter|behoerde|kaemmerei|beirat$|beauftragte|fachbereich|^fb\d*$|fachdienst|abteilung|referat|"
    r"dezernat|stabsstelle|^stab|sachgebiet|buero|service$|vertretung$"
)
"""A word that tells a unit of an administration, whose name changes while its work does not."""

COMMITTEES = re.compile(r"(?:beirat|ausschuss|kommission|kuratorium|fraktion)$")
"""A word that tells a committee, which is not the office that it sits beside."""

FILLERS = word_set(_TOLD["fillers"])
"""Words that say nothing."""

COMMON_STEMS = word_set(_TOLD["common_stems"])
"""What so many names contain that sharing it and a postcode is no ground to compare two rows."""

DESCRIPTORS = word_set(_TOLD["descriptors"])
"""Words that describe a body without naming it: having another one of them tells little."""

SAME_WORDS: Mapping[str, str] = _TOLD["same_words"]
"""Abbreviations of everyday life, spelt out, and words that mean one thing."""

PHRASES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"\b(verein|gesellschaft|foerderverein) (zur|fuer die) (foerderung|unterstuetzung)\b"),
        "foerderverein",
    ),
    (
        re.compile(
            r"\b(verein|gesellschaft) (der|von) (freunde|freunden|foerderer|foerderern)( (freunde|foerderer))?\b"
        ),
        "foerderverein",
    ),
    (re.compile(r"\bfreunde foerderer\b|\bfoerderer freunde\b"), "foerderverein"),
    (re.compile(r"\b\w*foerderverein\b|\bfv\b"), "foerderverein"),
    (re.compile(r"\bgesellschaft mit beschraenkter haftung\b"), "gmbh"),
    (re.compile(r"\b(ges|gesellschaft) mbh\b"), "gmbh"),
    (re.compile(r"\bmbh\b"), "gmbh"),
    (re.compile(r"\bunternehmergesellschaft\b"), "ug"),
    (re.compile(r"\beingetragene genossenschaft\b"), "eg"),
    (re.compile(r"\b(des )?buergerlichen rechts\b|\b(des )?oeffentlichen rechts\b"), ""),
    (re.compile(r"\bi gr\b|\bin gruendung\b"), ""),
    (
        re.compile(r"\bbuendnis 90\b( die)?( gruenen?)?|\bb ?90\b( die)?( gruenen?)?|\bdie gruenen\b|\bgruenen\b"),
        "gruene",
    ),
    (re.compile(r"\bdie linken?\b"), "linke"),
    (re.compile(r"\bsozialdemokratische partei( deutschlands)?\b"), "spd"),
    (re.compile(r"\bchristlich demokratische union( deutschlands)?\b"), "cdu"),
    (re.compile(r"\bkita (st|sankt) (\w+)s\b"), r"kita sankt \2"),
    (re.compile(r"\binh(aber)?(in)? .*$"), ""),
    (re.compile(r"\breha sport\b"), "rehasport"),
    (re.compile(r"\balten service zentrum( asz\b)?|\basz\b"), "altenservicezentrum"),
    (re.compile(r"\bgem(ein)?(schafts)? schule\b"), "gesamtschule"),
    (re.compile(r"\bbund fuer umwelt (und )?naturschutz( deutschland)?\b"), "bund"),
    (re.compile(r"\bbund kreisgruppe\b|\bbund kg\b"), "bund kv"),
    (re.compile(r"\bgruenen? damen\b( und herren\b)?"), "besuchsdienst"),
    (re.compile(r"\bschule mit( dem)? foerderschwerpunkt\b"), "foerderschule"),
    (re.compile(r"\bjunge gemeinde\b"), "jungegemeinde"),
    (re.compile(r"\bi$"), "1"),
    (re.compile(r"\bv$"), "5"),
    (re.compile(r"\ba d\b"), "an der"),
    (re.compile(r"\bo t\b"), "ortsteil"),
    (re.compile(r"\bevangelisch luth\b"), "evangelisch lutherisch"),
)
"""Expressions of several words, in a key, and what they are short for."""

REMARK = re.compile(
    r"(?i)ansprech|z\.? ?h[dä]|c/o|\bfrau\b|\bfr\.|\bherrn?\b|\bhr\.|\btel|\bneu\b|\balt\b|ehem|früher|vormals"
    r"|geschlossen|aufgelöst|\bstand\b|\bab \d|\bseit\b|\bbis \d|umgezogen|verzogen|inaktiv|beratungsstelle"
    r"|geschäftsstelle|zentrale|^träger\b|^mit\b|^inkl|^verwaltung$|\bruht\b"
)
"""What is in brackets behind a name and no part of it."""

CLUBS = word_set(_TOLD["clubs"])
"""Clubs before whose name a 1. says nothing."""


@functools.lru_cache(maxsize=65_536)
def is_year(word: str) -> bool:
    """Say whether a word is the year in which a club was founded ("1910", "08").

    >>> is_year("1910"), is_year("08"), is_year("12")
    (True, True, False)
    """
    return bool(re.fullmatch(r"1[789]\d\d|20[012]\d|0\d", word))


_VOCABULARY = sorted(
    word for word in {*PARTS, *DEPENDENTS, *INSTITUTIONS, *LEVELS, *SAME_WORDS, "kreisverband", "stadtverband"}
    if len(word) >= 7 and word.isalpha()
)  # fmt: skip
_WITHOUT_UMLAUTS = {without_umlauts(word): word for word in reversed(_VOCABULARY)}
_KNOWN = frozenset((*_VOCABULARY, *DESCRIPTORS, *FILLERS, *FAITHS, *SITES))


@functools.lru_cache(maxsize=65_536)
def correct(word: str) -> str:
    """Return a word of the usual vocabulary that a slip of the keyboard changed, else the word itself.

    >>> correct("kreisverand"), correct("kindertagesstatte"), correct("mauseloch")
    ('kreisverband', 'kindertagesstaette', 'mauseloch')
    """
    if len(word) < 7 or word in _KNOWN or not word.isalpha():
        return word
    known = _WITHOUT_UMLAUTS.get(without_umlauts(word))
    if known is not None and abs(len(known) - len(word)) <= 1:
        return known
    near = process.extractOne(word, _VOCABULARY, scorer=OSA.distance, score_cutoff=1)
    return near[0] if near is not None else word
