"""The address block of a letter and how it greets. Pure: what is known about somebody in, German lines out.

DIN 5008 (as cited in www.experto.de „DIN 5008: das Anschriftenfeld“, gruendung.de/din-5008/anschriftenfeld,
sekada.de „Anrede und Anschriften“): up to nine lines, three of them for postal notes; no blank line between street and
town; no country code, abroad town and country in capitals; „Herrn“ in the address, „Herr“ in the greeting; doctor and
professor before the name, B.A. and M.A. behind it and not spoken; an office or profession beside or below „Frau“ or
„Herrn“. The greeting follows the address. Nobody's gender is ever guessed: unknown and neutral get „Guten Tag Vorname
Nachname“.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from schemas.contacts.choices import Salutation
from schemas.events.rules.address_parts import fitting, gendered, is_designation, split_care_of, split_place, wide
from schemas.events.rules.titles import read_titles

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


def address_lines(to: Addressee) -> tuple[str, ...]:
    """Return the lines of the window below the postal notes, without an empty one.

    >>> muster = Addressee("herr", "Dr.", "Olaf", "Muster", organisation="Verein e. V.", street="Am Weg 1",
    ...                    postcode="39104", city="Magdeburg")
    >>> address_lines(muster)
    ('Verein e. V.', 'Herrn Dr. Olaf Muster', 'Am Weg 1', '39104 Magdeburg')
    """
    return tuple(line for line, _ in _fitted(to))


def greeting(to: Addressee, form: Form | str = Form.SIE) -> str:
    """Return how a letter begins, with its comma; the text goes on in small letters.

    >>> greeting(Addressee("herr", "Prof. Dr.", "Olaf", "Muster")), greeting(Addressee("neutral", "", "Kim", "Muster"))
    ('Sehr geehrter Herr Professor Muster,', 'Guten Tag Kim Muster,')
    >>> greeting(Addressee("frau", "", "Anna", "Muster"), Form.DU), greeting(Addressee(organisation="Verein"))
    ('Liebe Anna,', 'Sehr geehrte Damen und Herren,')
    """
    first, last = _one_line(to.first_name), _one_line(to.last_name)
    if not to.named:
        return "Sehr geehrte Damen und Herren,"
    if form == Form.DU and first:
        warm = {Salutation.MS: "Liebe", Salutation.MR: "Lieber"}.get(_salutation(to), "Hallo")
        return f"{warm} {first},"
    if to.own_greeting.strip():
        return f"{_one_line(to.own_greeting).rstrip(',')},"
    spoken = read_titles(to.title).spoken
    if _salutation(to) == Salutation.MS and last:
        spoken = "Professorin" if spoken == "Prof." else spoken
        return f"{_joined('Sehr geehrte Frau', spoken, last)},"
    if _salutation(to) == Salutation.MR and last:
        spoken = "Professor" if spoken == "Prof." else spoken
        return f"{_joined('Sehr geehrter Herr', spoken, last)},"
    if first or spoken:
        return f"{_joined('Guten Tag', spoken if last else '', first, last)},"
    return f"Guten Tag {last},"


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
    return Form.DU if wanted == Form.DU and to.first_name.strip() else Form.SIE


def problems(to: Addressee) -> list[Problem]:
    """Return what keeps a letter from arriving, each with a German sentence; empty when all is well."""
    found = []
    if not (to.named or to.organisation.strip() or to.role.strip()):
        found.append(Problem("name", "Es steht kein Name in der Anschrift. Tragen Sie Person oder Organisation ein."))
    postcode, city, country = split_place(to.postcode, to.city, to.country)
    if not split_care_of(to.street)[1]:
        found.append(Problem("street", "Es fehlt die Straße (oder das Postfach)."))
    if not city:
        found.append(Problem("city", "Es fehlt der Ort."))
    if not postcode:
        found.append(Problem("postcode", "Es fehlt die Postleitzahl."))
    elif not country and not (len(postcode) == 5 and postcode.isdigit()):
        found.append(
            Problem("postcode", f"Die Postleitzahl „{postcode}“ hat nicht fünf Ziffern. Für das Ausland ergänzen Sie "
                    "das Land im Ort, zum Beispiel „Wien, Österreich“.")
        )  # fmt: skip
    if len(_notes(to)) < len(list(filter(str.strip, to.notes))):
        found.append(Problem("notes", "Es sind mehr als drei Vermerke; die übrigen entfallen."))
    fitted = _fitted(to)
    found += [
        Problem(part, f"Die Zeile „{line}“ ist zu lang für das Fenster. Kürzen Sie sie in der Tabelle.")
        for line, part in fitted
        if wide(line)
    ]
    if len(fitted) + len(_notes(to)) < len(list(_parts(to))) + len(_notes(to)) and _squeezed(to):
        found.append(Problem("organisation", "Die Anschrift hat zu viele Zeilen; einige wurden zusammengezogen."))
    return found


def note_lines(to: Addressee) -> tuple[str, ...]:
    """Return the postal notes that stand above the address, three at most."""
    return _notes(to)


def _fitted(to: Addressee) -> list[tuple[str, str]]:
    return fitting(list(_parts(to)), MOST_LINES - len(_notes(to)))


def _squeezed(to: Addressee) -> bool:
    return len(list(_parts(to))) > MOST_LINES - len(_notes(to))


def _notes(to: Addressee) -> tuple[str, ...]:
    return tuple(_one_line(note) for note in to.notes if note.strip())[:MOST_NOTES]


def _parts(to: Addressee) -> Iterator[tuple[str, str]]:
    """Yield the lines with the column they come from, as long as they are."""
    care, street = split_care_of(to.street)
    postcode, city, country = split_place(to.postcode, to.city, to.country)
    body = [(_one_line(to.over), "over"), (_one_line(to.organisation), "organisation")]
    person = list(_person(to))
    lines = [*body, *person] if to.official or not to.named else [*person, *body]
    lines += [(f"c/o {one}", "care_of") for one in (_one_line(to.care_of) or care,) if one]
    lines += [(street, "street"), (_joined(postcode, city.upper() if country else city), "city"),
              (country.upper(), "country")]  # fmt: skip
    yield from ((line, part) for line, part in lines if line)


def _person(to: Addressee) -> Iterator[tuple[str, str]]:
    role = gendered(_one_line(to.role), to.salutation)
    if not to.named:
        yield role, "role"
        return
    before = {Salutation.MS: "Frau", Salutation.MR: "Herrn"}.get(_salutation(to), "")
    titles = read_titles(to.title)
    name = _joined(titles.before, _one_line(to.first_name), _one_line(to.last_name))
    name = f"{name}, {titles.behind}" if titles.behind else name
    if role and before and is_designation(role, to.salutation):
        yield f"{before} {role}", "role"
        yield name, "name"
        return
    yield role, "role"
    yield _joined(before, name), "name"


def _salutation(to: Addressee) -> Salutation:
    return Salutation(to.salutation) if to.salutation in tuple(Salutation) else Salutation.UNKNOWN


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _one_line(text: str) -> str:
    return " ".join(text.split())
