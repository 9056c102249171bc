"""The address block of a letter and how it greets. Pure: what is known about somebody in, German lines out.

DIN 5008, as cited on the pages named in brackets: up to nine lines, three of them for postal notes, no blank line
anywhere, what a zone does not need the other may use (din-5008-richtlinien.de/startseite/anschriftenfeld); no country
code, abroad town and country in capitals, „Herrn“ in the address, an office or profession above the name beside „Frau“
or „Herrn“, B.A. behind the name (experto.de „Adressen nach DIN 5008 korrekt schreiben“); organisation first: it may
open the letter, person first: it may not (tastschreiben.de „DIN 5008: Anschriften“). The greeting follows the address
(der-private-geschaeftsbrief.de.tl „Die Anrede“): a person named is greeted by name, a body is not.
Nobody's gender is ever guessed: unknown and neutral get „Guten Tag Vorname Nachname“.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from schemas.contacts.choices import Salutation
from schemas.events.rules.address_parts import Lines, fitting, one_line, split_care_of, split_place, wide
from schemas.events.rules.roles import after_herrn, gendered, is_designation
from schemas.events.rules.titles import (
    SEVERAL,
    is_desk,
    is_noble,
    names_several,
    read_titles,
    spelt_out,
    spoken_office,
    spoken_order,
    without_called,
)

MOST_LINES = 9
"""Lines of the window, postal notes included."""

MOST_NOTES = 3


class Form(StrEnum):
    """How somebody is spoken to."""

    SIE = "sie"
    DU = "du"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a letter goes to, as it stands in the base; everything may be empty.

    ``role`` is an office or function, ``over`` the body that the organisation belongs to, where the letter should name
    it. ``official`` post names the organisation first, so that it may be opened there; personal post the person.
    ``own_greeting`` is how staff want this person greeted in letters that say Sie.
    """

    salutation: str = Salutation.UNKNOWN
    title: str = ""
    first_name: str = ""
    last_name: str = ""
    role: str = ""
    organisation: str = ""
    over: str = ""
    care_of: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    official: bool = True
    notes: tuple[str, ...] = ()
    own_greeting: str = ""

    @property
    def named(self) -> bool:
        """Say whether a person is named."""
        return bool(self.first_name.strip() or self.last_name.strip())


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an address: ``part`` is the column it lies in, ``text`` a German sentence."""

    part: str
    text: str


def address_lines(to: Addressee, most: int = MOST_LINES) -> tuple[str, ...]:
    """Return the lines of the window below the postal notes, without an empty one; ``most`` (>= 6) counts the notes.

    >>> muster = Addressee("herr", "Dr.", "Olaf", "Muster", organisation="Verein e. V.", street="Am Weg 1",
    ...                    postcode="39104", city="Magdeburg")
    >>> address_lines(muster)
    ('Verein e. V.', 'Herrn Dr. Olaf Muster', 'Am Weg 1', '39104 Magdeburg')
    """
    return tuple(line for line, _ in _fitted(to, most))


def note_lines(to: Addressee) -> tuple[str, ...]:
    """Return the postal notes that stand above the address, three at most."""
    return tuple(one_line(note) for note in to.notes if note.strip())[:MOST_NOTES]


def greeting(to: Addressee, form: Form | str = Form.SIE) -> str:
    """Return how a letter begins, with its comma; the text goes on in small letters.

    >>> greeting(Addressee("herr", "Prof. Dr.", "Olaf", "Muster")), greeting(Addressee("neutral", "", "Kim", "Muster"))
    ('Sehr geehrter Herr Professor Muster,', 'Guten Tag Kim Muster,')
    >>> greeting(Addressee("frau", "", "Anna", "Muster"), Form.DU), greeting(Addressee(organisation="Verein"))
    ('Liebe Anna,', 'Sehr geehrte Damen und Herren,')
    """
    if not to.named:
        return "Sehr geehrte Damen und Herren,"
    first, titles, salutation = without_called(one_line(to.first_name)), read_titles(to.title), _salutation(to)
    last = spelt_out(_joined(titles.noble, one_line(to.last_name)))
    several = titles.before in SEVERAL or names_several(first, last)
    desk = _is_desk(to)
    if form == Form.DU and first and not desk:
        family = first in SEVERAL or titles.before == "Familie" or names_several("", last)
        named = _joined(titles.before if titles.before in SEVERAL else "", first, last) if family else first
        return f"{'Hallo' if several else _WARM.get(salutation, 'Hallo')} {named},"
    if own := one_line(to.own_greeting).rstrip(", "):
        return f"{own},"
    if desk:
        return "Sehr geehrte Damen und Herren,"
    if (order := spoken_order(titles.before, salutation)) and not several:
        opening, _ = _FORMAL[salutation]
        return f"{_joined(_without_called(opening), order, first, last)},"
    if last and salutation in _FORMAL and not several:
        opening, professor = _FORMAL[salutation]
        office = spoken_office(titles.before, salutation)
        if is_noble(last, salutation) and not titles.spoken and not office:
            opening = _without_called(opening)
        return f"{_joined(opening, office, professor if titles.spoken == 'Prof.' else titles.spoken, last)},"
    before = titles.before if titles.before in SEVERAL else titles.spoken
    if last and not (first or before or several):
        return "Guten Tag,"  # a bare last name is no way to greet anybody
    return f"{_joined('Guten Tag', before if last else '', first, last)},"


def closing(form: Form | str = Form.SIE) -> str:
    """Return how a letter ends.

    >>> closing(Form.SIE), closing(Form.DU)
    ('Mit freundlichen Grüßen', 'Herzliche Grüße')
    """
    return "Herzliche Grüße" if form == Form.DU else "Mit freundlichen Grüßen"


def form_for(to: Addressee, wanted: Form | str) -> Form:
    """Return how somebody is spoken to: nobody is called Du without a first name.

    >>> form_for(Addressee(organisation="Verein"), Form.DU)
    <Form.SIE: 'sie'>
    """
    named = to.first_name.strip() and not _is_desk(to)
    return Form.DU if wanted == Form.DU and named else Form.SIE


def problems(to: Addressee) -> list[Problem]:
    """Return what keeps a letter from arriving, each with a German sentence; empty when all is well.

    >>> [p.part for p in problems(Addressee(first_name="Kim", last_name="Muster", city="Magdeburg"))]
    ['street', 'postcode']
    """
    found = []
    postcode, city, country = split_place(to.postcode, to.city, to.country)
    if not (to.named or to.organisation.strip() or to.role.strip()):
        found.append(Problem("name", "Es steht kein Name in der Anschrift. Tragen Sie Person oder Organisation ein."))
    if not split_care_of(to.street)[1]:
        found.append(Problem("street", "Es fehlt die Straße (oder das Postfach)."))
    if not city:
        found.append(Problem("city", "Es fehlt der Ort."))
    if not country and not postcode:
        found.append(Problem("postcode", "Es fehlt die Postleitzahl."))
    elif not country and not (len(postcode) == 5 and postcode.isascii() and postcode.isdigit()):
        said = f"Die Postleitzahl „{postcode}“ hat nicht fünf Ziffern."
        hint = "Liegt der Ort im Ausland, schreiben Sie das Land dahinter, zum Beispiel „Wien, Österreich“."
        found.append(Problem("postcode", f"{said} {hint}"))
    if len(note_lines(to)) < sum(bool(note.strip()) for note in to.notes):
        found.append(Problem("notes", "Es sind mehr als drei Vermerke; die übrigen entfallen."))
    return found + [
        Problem(part, f"Die Zeile „{line}“ ist zu lang für das Fenster. Kürzen Sie sie in der Tabelle.")
        for line, part in _fitted(to, MOST_LINES)
        if wide(line)
    ]


_WARM: dict[str, str] = {Salutation.MS: "Liebe", Salutation.MR: "Lieber"}
_FORMAL: dict[str, tuple[str, str]] = {
    Salutation.MS: ("Sehr geehrte Frau", "Professorin"), Salutation.MR: ("Sehr geehrter Herr", "Professor"),
}  # fmt: skip
_ADDRESSED: dict[str, str] = {Salutation.MS: "Frau", Salutation.MR: "Herrn"}


def _fitted(to: Addressee, most: int) -> Lines:
    return fitting([part for part in _parts(to) if part[0]], most - len(note_lines(to)))


def _parts(to: Addressee) -> Iterator[tuple[str, str]]:
    """Yield the lines with the column each comes from, as long as they are; some are empty."""
    within, street = split_care_of(to.street)
    postcode, city, country = split_place(to.postcode, to.city, to.country)
    body = [(one_line(to.over), "over"), (one_line(to.organisation), "organisation")]
    person = list(_person(to))
    yield from (*body, *person) if to.official or not to.named else (*person, *body)
    care = one_line(to.care_of) or within
    yield f"c/o {care}" if care else "", "care_of"
    yield street, "street"
    yield _joined(postcode, city.upper() if country else city), "city"
    yield country.upper(), "country"


def _person(to: Addressee) -> Iterator[tuple[str, str]]:
    role = gendered(one_line(to.role), to.salutation)
    if not to.named:
        yield role, "role"
        return
    titles = read_titles(to.title)
    first, last = without_called(one_line(to.first_name)), one_line(to.last_name)
    several = titles.before in SEVERAL or names_several(first, last)
    alone = several or spoken_order(titles.before, _salutation(to))
    called = "" if alone else _ADDRESSED.get(_salutation(to), "")
    name = _joined(titles.before, first, titles.noble, last, titles.behind)
    if called and is_designation(role, to.salutation):
        yield f"{called} {after_herrn(role) if called == 'Herrn' else role}", "role"
        yield name, "name"
    else:
        yield role, "role"
        yield _joined(called, name), "name"


def _is_desk(to: Addressee) -> bool:
    """Say whether what stands as the name is the word of an address; who has a salutation or a title is somebody."""
    return _salutation(to) not in _FORMAL and not to.title.strip() and is_desk(to.first_name, to.last_name)


def _without_called(opening: str) -> str:
    return opening.removesuffix(" Herr").removesuffix(" Frau")


def _salutation(to: Addressee) -> str:
    return to.salutation if to.salutation in tuple(Salutation) else Salutation.UNKNOWN


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
