"""A person as a row of some list, and the same person as another list has them: damaged, but not beyond suspicion."""

from __future__ import annotations

import dataclasses

from bench.doubles.chance import Chance, Weighted, weighted
from bench.doubles.contact_details import landline, mobile, private_mail, written_phone, written_street
from bench.doubles.family_names import double, is_rare, last_name
from bench.doubles.given_names import called, first_name
from bench.doubles.people import People, Person
from bench.doubles.places import MAGDEBURG, plain_city
from bench.doubles.slips import by_ear, digit_slip, other_case, other_letters, typing_slip

Cells = dict[str, str]

# What two rows of one person have in common at least; "name" only where the last name is rare, and then the town too.
_KEPT = (("mail", 32.0), ("mobile", 30.0), ("address", 24.0), ("landline", 10.0), ("office_mail", 9.0), ("name", 6.0))
_PERSONAL = frozenset({"mail", "mobile", "office_mail"})
_HARM = weighted(
    "nothing 33 letters 9 case 3 called 11 ear 7 initial 6 swapped 5 slip 15 marriage 6 half 5 more 4 title 3 "
    "one_cell 4 particle 2 no_first 1"
)


def kept_of(chance: Chance, person: Person) -> str:
    """Draw what all rows of this person shall have in common: a name of a detail, or "name"."""
    options = []
    for name, weight in _KEPT:
        alone = is_rare(person.last) and not person.written  # a rare name is no mark within a family
        if name == "address" or (alone if name == "name" else getattr(person, name)):
            options.append((name, weight))
    return chance.pick(Weighted([name for name, _ in options], [weight for _, weight in options]))


def _cell_number(chance: Chance, number: str) -> str:
    return written_phone(chance, number, local=chance.happens(0.12))


def _address(chance: Chance, person: Person, at_office: bool, kept: bool) -> Cells:
    if at_office and person.office:
        place, street, number = person.office.place, person.office.street, person.office.house
    else:
        place, street, number = person.place, person.street, person.house
    cells = {"street": written_street(chance, street, number)}
    if chance.happens(0.93):
        cells["postcode"] = place.postcode
    if chance.happens(0.95) or (kept and "postcode" not in cells):
        cells["city"] = _city(chance, place.city, place.quarters)
    return cells


def _city(chance: Chance, city: str, quarters: tuple[str, ...]) -> str:
    if city == MAGDEBURG:
        if quarters and chance.happens(0.02):
            return f"{city}-{quarters[0]}"
        return chance.one_of(("MD", "Magdeb.", "MAGDEBURG")) if chance.happens(0.02) else city
    return plain_city(city) if chance.happens(0.5) else city


def _capitals(mail: str) -> str:
    name, _, domain = mail.partition("@")
    return f"{name.title()}@{domain}"


def written(chance: Chance, person: Person, kept: str = "") -> Cells:
    """Return the cells that some list has of a person; ``kept`` and what ``person.written`` names are among them."""
    cells = {"first_name": person.first, "last_name": person.last}
    if person.title and chance.happens(0.8):
        cells["title"] = person.title
    must = person.written | {kept}
    if must == {""} and chance.happens(0.05):
        return cells | ({"city": _city(chance, person.place.city, ())} if chance.happens(0.7) else {})
    common = "shared_office" in must
    office = person.office if common or chance.happens(0.35) else None
    if "address" in must or chance.happens(0.7 if common else 0.6):
        at_office = office is not None and "address" not in must and chance.happens(0.8 if common else 0.4)
        cells |= _address(chance, person, at_office, "address" in must)
    elif kept == "name" or chance.happens(0.45):
        cells["city"] = _city(chance, person.place.city, person.place.quarters)
    mails = [person.mail] if "mail" in must or chance.happens(0.6) else []
    if person.office_mail and ("office_mail" in must or (office and chance.happens(0.85))):
        own = person.office.mail if common and person.office and kept != "office_mail" else person.office_mail
        mails.insert(chance.below(len(mails) + 1) if "mail" in must else 0, own)
    found = [mail for mail in mails if mail]
    keep_second = len(found) > 1 and (chance.happens(0.5) or {"mail", "office_mail"} <= must)
    wanted = {"mail": person.mail, "office_mail": person.office_mail}.get(kept)
    if wanted and not keep_second:
        found = [wanted]
    elif "mail" in person.written and person.mail and not keep_second:
        found = [person.mail]
    for code, mail in zip(("mail", "mail2"), found, strict=False):
        cells[code] = _capitals(mail) if chance.happens(0.02) else mail
    line = person.office_phone if office and "landline" not in must else person.landline
    if line and ("landline" in must or chance.happens(0.75 if common else 0.42)):
        cells["phone"] = _cell_number(chance, line)
    if person.mobile and ("mobile" in must or chance.happens(0.28 if office else 0.5)):
        code = "phone" if "phone" not in cells and chance.happens(0.15) else "mobile"
        cells[code if not chance.happens(0.03) else "phone_other"] = written_phone(chance, person.mobile)
    if "phone_other" not in cells and person.office_phone and chance.happens(0.06):
        cells["phone_other"] = _cell_number(chance, person.office_phone)
    return cells


def _two_parts(name: str) -> tuple[str, str] | None:
    for between in ("-", " "):
        one, found, two = name.partition(between)
        if found and one and two and one not in ("von", "zu", "van") and two[0].isupper() and "." not in two:
            return one, two
    return None


def _slipped(chance: Chance, person: Person) -> Person:
    other = called(chance, person.first) if chance.happens(0.4) else None
    if other:
        return dataclasses.replace(person, first=other)
    if chance.happens(0.6) and len(person.last) > 3:
        return dataclasses.replace(person, last=typing_slip(chance, person.last))
    return dataclasses.replace(person, first=typing_slip(chance, person.first))


def _half(chance: Chance, person: Person) -> Person:
    """Return the person with one part of a double name, both the other way round, or another mark between them."""
    parts, code = _two_parts(person.last), "last"
    if not parts:
        parts, code = _two_parts(person.first), "first"
    if not parts:
        return _slipped(chance, person)
    one, two = parts
    between = "-" if "-" in getattr(person, code) else " "
    names = [one, two, f"{two}{between}{one}" if code == "last" else one, one + (" " if between == "-" else "-") + two]
    name = chance.one_of(names)
    return dataclasses.replace(person, last=name) if code == "last" else dataclasses.replace(person, first=name)


def _married(chance: Chance, person: Person) -> Person:
    new = last_name(chance, "german").split("-")[0]
    way = chance.below(10)
    parts = _two_parts(person.last)
    if way < 6:
        return dataclasses.replace(person, last=new)
    old = parts[0] if parts else person.last
    return dataclasses.replace(person, last=double(chance, old, new) if way < 8 else double(chance, new, old))


def harmed(chance: Chance, person: Person, kept: str, kind: str) -> Person:
    """Return the person with one harm done to the name; where it would go too far or does not fit, with a slip."""
    replace, first, last = dataclasses.replace, person.first, person.last
    strong = kind in ("marriage", "no_first") and kept not in _PERSONAL
    if (
        strong
        or not first
        or (kept == "name" and kind == "initial")
        or (kind == "marriage" and "mail" in person.written)
    ):
        return _slipped(chance, person)
    if kind == "letters":
        changed = replace(person, first=other_letters(chance, first), last=other_letters(chance, last))
    elif kind == "called":
        changed = replace(person, first=called(chance, first.split("-")[0].split(" ")[0]) or first)
    elif kind == "ear":
        changed = replace(person, last=by_ear(chance, last)) if chance.happens(0.75) else replace(
            person, first=by_ear(chance, first)
        )  # fmt: skip
    elif kind == "marriage":
        changed = _married(chance, person)
    elif kind == "half":
        changed = _half(chance, person)
    elif kind == "particle" and last.startswith(("von ", "zu ", "van ")):
        prefix, _, rest = last.rpartition(" ")
        changed = replace(person, last=rest, first=first if chance.happens(0.5) else f"{first} {prefix}")
    elif kind == "more" and not _two_parts(first):
        second = first_name(chance, person.origin, person.sex).split("-")[0].split(" ")[0]
        changed = replace(person, first=f"{first}{chance.one_of((' ', '-', ' '))}{second}")
    else:
        changed = _rearranged(chance, person, kind)
    return changed if changed != person else _slipped(chance, person)


def _rearranged(chance: Chance, person: Person, kind: str) -> Person:
    """Return the person with the same letters in other places: cells swapped, cut, joined, in capitals."""
    replace, first, last = dataclasses.replace, person.first, person.last
    if kind == "initial":
        return replace(person, first=first[0] + ("." if chance.happens(0.8) else ""))
    if kind == "swapped":
        return replace(person, first=last, last=first)
    if kind == "case":
        name = other_case(chance, last)
        return replace(person, last=name, first=other_case(chance, first) if name.islower() else first)
    if kind == "no_first":
        return replace(person, first="")
    if kind == "one_cell":
        return replace(person, first="", last=f"{last}, {first}" if chance.happens(0.4) else f"{first} {last}")
    if kind == "title" and person.title:
        return replace(person, title="", first=f"{person.title} {first}")
    return person


def _thinned(chance: Chance, cells: Cells, person: Person, kept: str) -> Cells:
    """Return the cells with hardly more than what is kept, for some of the lists: the others know little else."""
    if chance.happens(0.55):
        return cells
    wanted: str = "" if kept in ("address", "name") else getattr(person, kept).lower()
    end = wanted if "@" in wanted else wanted[-5:]
    always = {"first_name", "last_name", "title", "city"} | ({"street", "postcode"} if kept == "address" else set())

    def stays(code: str, value: str) -> bool:
        is_kept = bool(end) and value.replace(" ", "").lower().endswith(end)
        return code in always or is_kept or chance.happens(0.45)

    return {code: value for code, value in cells.items() if stays(code, value)}


def second_record(chance: Chance, people: People, person: Person, kept: str) -> Cells:
    """Return the same person as another list has them: name and details damaged, ``kept`` still there."""
    replace = dataclasses.replace
    other = person
    kind = chance.pick(_HARM)
    if kind != "nothing":
        other = harmed(chance, other, kept, kind)
        if chance.happens(0.14):
            other = harmed(chance, other, kept, chance.pick(weighted("letters 3 case 1 slip 4 ear 2")))
    other = replace(other, written=other.written - {"address", "shared_office"})
    if kept in _PERSONAL and chance.happens(0.3 if kind == "marriage" else 0.09):
        other = people.moved(other, far=chance.happens(0.4))
        if other.landline and chance.happens(0.6):
            other = replace(other, landline=landline(chance, other.place.area_code))
    if kept != "mail" and other.mail and "mail" not in person.written and chance.happens(0.2):
        other = replace(other, mail=private_mail(chance, person.first, person.last, people.taken))
    if kept != "mobile" and other.mobile and chance.happens(0.07):
        other = replace(other, mobile=mobile(chance))
    cells = written(chance, other, kept)
    cells = _thinned(chance, {code: value for code, value in cells.items() if value}, person, kept)
    if "postcode" in cells and chance.happens(0.04):
        cells["postcode"] = digit_slip(chance, cells["postcode"])
    if "mail" in cells and kept not in _PERSONAL and chance.happens(0.03):
        cells["mail"] = typing_slip(chance, cells["mail"])
    return cells
