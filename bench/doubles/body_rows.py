"""A body as a row of some list, and the same body as another list has it: shortened, renamed, moved, half forgotten."""

from __future__ import annotations

import dataclasses
import re

from bench.doubles.bodies import Body
from bench.doubles.chance import Chance, Weighted, weighted
from bench.doubles.contact_details import written_phone, written_street
from bench.doubles.person_rows import Cells
from bench.doubles.places import IN_MAGDEBURG, MAGDEBURG, house, plain_city
from bench.doubles.slips import digit_slip, other_case, other_letters, typing_slip

# What two rows of one body have in common at least; "name" means a name that is hardly damaged, and the town.
_KEPT = (("address", 28.0), ("phone", 22.0), ("mail", 24.0), ("web", 6.0), ("name", 20.0))
_HARM = weighted("nothing 24 legal 16 short_form 20 town 12 short_name 8 order 6 slip 9 letters 6 marks 8 bracket 4 "
                 "year 3 renamed 6 addition 4 cut 3 case 3")  # fmt: skip
_GENTLE = weighted("legal 16 short_form 18 town 8 slip 9 letters 7 marks 8 case 3")
# What may stand for what.
_PAIRS = """
    Kindertagesstätte|Kita; Kita|Kindertagesstätte; Kita|KiTa; Kita|Kindergarten; Kindergarten|Kita;
    Kindertagesstätte|KTS; Deutsches Rotes Kreuz|DRK; DRK|Deutsches Rotes Kreuz; Arbeiterwohlfahrt|AWO;
    AWO|Arbeiterwohlfahrt; ASB|Arbeiter-Samariter-Bund; Arbeiter-Samariter-Bund|ASB; Caritasverband|Caritas;
    Diakonisches Werk|Diakonie; Diakonie|Diakonisches Werk; VS|Volkssolidarität; Volkssolidarität|VS;
    Naturschutzbund|NABU; NABU|Naturschutzbund Deutschland; Deutsche Lebens-Rettungs-Gesellschaft|DLRG;
    Sozialverband VdK|VdK; Deutscher Kinderschutzbund|DKSB; DKSB|Kinderschutzbund; Kreissportbund|KSB;
    KSB|Kreissportbund; Johanniter-Unfall-Hilfe|JUH; JUH|Johanniter; Malteser Hilfsdienst|MHD; MHD|Malteser;
    Sozialdienst katholischer Frauen|SkF; Allgemeiner Deutscher Fahrrad-Club|ADFC; Lebenshilfe|LH;
    Technisches Hilfswerk|THW; THW|Bundesanstalt Technisches Hilfswerk; IB|Internationaler Bund;
    Internationaler Bund|IB; Bund für Umwelt und Naturschutz|BUND; Deutscher Gewerkschaftsbund|DGB; Kreisverband|KV;
    Kreisverband|Kreisverb.; Ortsverein|OV; Ortsverband|OV; Ortsgruppe|OG; Landesverband|LV; Regionalverband|RV;
    Stadtverband|SV; Grundschule|GS; Grundschule|Grundsch.; Sekundarschule|Sek.; Gemeinschaftsschule|GemS;
    Gymnasium|Gym.; Freiwillige Feuerwehr|FF; Freiwilligen Feuerwehr|FF; FFW|Freiwillige Feuerwehr;
    FF|Freiw. Feuerwehr; Förderverein|FV; Förderverein|Verein zur Förderung; Förderkreis|Förderverein;
    Kleingartenverein|KGV; KGV|Kleingartenverein; Kleingartenanlage|KGA; Gartenverein|GV; Kleingärtnerverein|KGV;
    Evangelische|Ev.; Evangelisches|Ev.; Ev.|Evangelische; Katholische|Kath.; St.|Sankt; Kirchengemeinde|KG;
    Selbsthilfegruppe|SHG; SHG|Selbsthilfegruppe; Alten- und Service-Zentrum|ASZ; Begegnungsstätte|Begegnungszentrum;
    Beratungsstelle|BST; SV|Sportverein; TSV|Turn- und Sportverein; SG|Sportgemeinschaft; FC|Fußballclub;
    BSV|Betriebssportverein; Turnverein|TV; Abteilung|Abt.; Abt.|Abteilung; Karnevalsverein|KV;
    Karnevalsverein|Carnevalsverein; Männerchor|MC; Schützenverein|SV; und|u.; und|&; Stadtverwaltung|Stadtverw.;
    Bündnis 90/Die Grünen|Grüne; Bündnis 90/Die Grünen|B90/Grüne; Die Linke|DIE LINKE.; Magdeburg|MD;
    Gesellschaft|Ges.; Rechtsanwälte|RA; Ingenieurbüro|Ing.-Büro; Nachbarschaftshilfe|NBH; Jugendfeuerwehr|JF;
    Mehrgenerationenhaus|MGH; Sachsen-Anhalt|LSA; Heimatverein|HV
"""
_ADDITIONS = (
    " - Geschäftsstelle", " (Träger der freien Jugendhilfe)", " - Vorstand", ", Büro", " - gemeinnützig -", " i. G.",
    " - Verwaltung", " / Sekretariat", " z. Hd. Vorstand", " (Mitglied im Paritätischen)",
)  # fmt: skip


def _pairs() -> dict[str, list[str]]:
    """Return by the word what may stand instead."""
    found: dict[str, list[str]] = {}
    for entry in " ".join(_PAIRS.split()).split("; "):
        old, _, new = entry.partition("|")
        found.setdefault(old, []).append(new)
    return found


_INSTEAD = _pairs()
_WORDS = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in sorted(_INSTEAD, key=lambda w: (-len(w), w)))})(?!\w)"
)


def body_kept_of(chance: Chance, body: Body) -> str:
    """Draw what all rows of this body shall have in common: "address", "phone", "mail", "web" or "name"."""
    fitting = [
        (name, weight)
        for name, weight in _KEPT
        if name in ("address", "name") or (getattr(body, name) and not (name == "web" and body.tied))
    ]
    return chance.pick(Weighted([name for name, _ in fitting], [weight for _, weight in fitting]))


def _city(chance: Chance, body: Body) -> str:
    city = body.place.city
    if city == MAGDEBURG and chance.happens(0.03):
        return chance.one_of(("MD", f"Magdeburg-{body.quarter}", "Landeshauptstadt Magdeburg"))
    return plain_city(city) if chance.happens(0.6) else city


def written_body(chance: Chance, body: Body, kept: str = "") -> Cells:
    """Return the cells that some list has of a body; ``kept`` is among them, and always something about the place."""
    cells = {
        "name": f"{body.name} {body.legal}".strip() if chance.happens(0.85) or "legal" in body.fixed else body.name
    }
    if body.short and chance.happens(0.6):
        cells["short_name"] = body.short
    if kept == "address" or chance.happens(0.68):
        cells["street"] = written_street(chance, body.street, body.house)
        if chance.happens(0.95):
            cells["postcode"] = body.place.postcode
        if "postcode" not in cells or chance.happens(0.92):
            cells["city"] = _city(chance, body)
    elif kept == "name" or body.town not in body.name or chance.happens(0.4):
        cells["city"] = _city(chance, body)
        if chance.happens(0.35):
            cells["postcode"] = body.place.postcode
    if body.sisters:
        cells["postcode"] = body.place.postcode
    if body.quarter and chance.happens(0.14):
        cells["district"] = body.quarter
    if body.phone and (kept == "phone" or chance.happens(0.55)):
        cells["phone"] = written_phone(chance, body.phone, local=chance.happens(0.1))
    if body.mail and (kept == "mail" or chance.happens(0.58)):
        cells["mail"] = body.mail.capitalize() if chance.happens(0.03) else body.mail
    if body.web and (kept == "web" or chance.happens(0.5)):
        cells["web"] = chance.one_of(
            ("https://www.{}", "http://www.{}", "www.{}", "{}", "https://{}/", "www.{}")
        ).format(body.web)
    if body.register and chance.happens(0.35):
        cells["register_number"] = _register(chance, body.register)
    return cells


def _register(chance: Chance, number: str) -> str:
    kind, _, digits = number.partition(" ")
    way = chance.below(10)
    if way == 0:
        return digits
    if way == 1:
        return f"{kind}{digits}"
    if way == 2:
        return f"{kind} {digits.zfill(5)}"
    return f"{number} (Amtsgericht Stendal)" if way == 3 else number


def _legal(chance: Chance, body: Body) -> Body:
    if "legal" in body.fixed or not body.legal:
        more = "e. V." if not body.legal and re.search(r"verein|Verein|SV|chor|kreis|KGV", body.name) else body.legal
        return dataclasses.replace(body, legal=more)
    if "mbH" in body.legal:
        return dataclasses.replace(body, legal=chance.one_of(("", "gemeinnützige GmbH", "mbH", "GmbH")))
    if body.legal in ("KG", "GbR", "e.K."):
        return dataclasses.replace(body, legal="")
    return dataclasses.replace(body, legal=chance.one_of(("", "", "", "eingetragener Verein", "e. V.", "eV", "e.V.")))


def _short_form(chance: Chance, name: str) -> str:
    found = list(_WORDS.finditer(name))
    if not found:
        return name
    at = chance.one_of(found)
    return name[: at.start()] + chance.one_of(_INSTEAD[at[0]]) + name[at.end() :]


def _town(chance: Chance, body: Body) -> str:
    name, town = body.name, body.town
    if town in name:
        if "town" in body.fixed or name.startswith(("Stadt", "Gemeinde")):
            return name
        shorter = re.sub(rf"[ -]+{re.escape(town)}(?!\w)", "", name, count=1)
        return shorter if len(shorter.split()) > 1 else name
    if body.quarter and chance.happens(0.25):
        return name if body.quarter in name else f"{name} {body.quarter}"
    return name + chance.one_of((f" {town}", f" {town}", f" in {town}", f", {town}", f" ({town})"))


def _order(chance: Chance, name: str) -> str:
    parts = name.split()
    if len(parts) < 2:
        return name
    if chance.happens(0.5):
        return f"{' '.join(parts[1:])}{chance.one_of((', ', ' ', ' - '))}{parts[0]}"
    return f"{parts[-1]}{chance.one_of((', ', ' ', ' - '))}{' '.join(parts[:-1])}"


def _marks(chance: Chance, name: str) -> str:
    if re.search('[„“"]', name):
        bare = re.sub('[„“"]', "", name)
        return bare if chance.happens(0.7) else re.sub('[„“"]', "'", name)
    if "-" in name:
        return name.replace("-", chance.one_of((" ", "", " - ")), 1)
    parts = name.split()
    if len(parts) > 2:
        at = chance.between(1, len(parts) - 1)
        return " ".join(parts[:at]) + chance.one_of(("-", " - ", ", ", " / ")) + " ".join(parts[at:])
    return name


def _initials(name: str) -> str:
    return "".join(part[0] for part in re.findall(r"[A-ZÄÖÜ]\w+", name))


def harmed_body(chance: Chance, body: Body, kind: str) -> Body:
    """Return the body with one harm done to its name; where that does not fit, with a slip."""
    replace, name = dataclasses.replace, body.name
    if kind == "legal":
        return _legal(chance, body)
    changed = name
    if kind == "short_form":
        changed = _short_form(chance, name)
    elif kind == "town":
        changed = _town(chance, body)
    elif kind == "short_name":
        initials = _initials(name)
        changed = body.short or (initials if len(initials) > 2 else name)
    elif kind == "order":
        changed = _order(chance, name)
    elif kind == "letters":
        changed = other_letters(chance, name)
    elif kind == "marks":
        changed = _marks(chance, name)
    elif kind == "case":
        changed = other_case(chance, name)
    elif kind == "bracket" and len(_initials(name)) > 2:
        changed = f"{name} ({body.short or _initials(name)})"
    elif kind == "year" and not re.search(r"\d{4}", name):
        changed = f"{name} {chance.one_of(('', 'von ', 'seit '))}{chance.between(1880, 1999)}"
    elif kind == "renamed":
        changed = body.renamed or _short_form(chance, name)
    elif kind == "addition":
        return replace(body, legal=body.legal + chance.one_of(_ADDITIONS))
    elif kind == "cut" and len(name) > 26:
        changed = name[: chance.between(18, 25)].rstrip(" -,")
    return replace(body, name=changed if changed != name else typing_slip(chance, name))


def _moved(chance: Chance, body: Body) -> Body:
    """Return the body at another address of its town."""
    where = chance.pick(IN_MAGDEBURG) if body.place.city == MAGDEBURG and chance.happens(0.5) else body.place
    quarter = chance.one_of(where.quarters) if where.quarters else ""
    street, number = chance.one_of(where.streets), house(chance)
    return dataclasses.replace(body, place=where, street=street, house=number, quarter=quarter)


def second_body_record(chance: Chance, body: Body, kept: str) -> Cells:
    """Return the same body as another list has it: name and details damaged, ``kept`` still there."""
    replace = dataclasses.replace
    other = body
    gentle = body.tied or bool(body.fixed) or kept == "name"
    kind = chance.pick(_HARM)
    if kind != "nothing":
        if body.renamed and kept != "name" and chance.happens(0.25):
            kind = "renamed"
        elif gentle:
            kind = chance.pick(_GENTLE)
        other = harmed_body(chance, other, kind)
        if chance.happens(0.35) and kind != "short_name":
            other = harmed_body(chance, other, chance.pick(_GENTLE))
    if kept in ("phone", "mail", "web") and not body.tied and chance.happens(0.1):
        other = _moved(chance, other)
    if kept != "mail" and other.mail and not body.tied and chance.happens(0.25):
        mailbox = chance.one_of(("vorstand", "info", "leitung", "buero", "kasse"))
        other = replace(other, mail=f"{mailbox}@{other.web}" if other.web else "")
    if kept != "phone" and other.phone and chance.happens(0.18):
        other = replace(other, phone=other.phone[:-3] + chance.digits(3))
    cells = written_body(chance, other, kept)
    if kind == "short_name":
        cells.pop("short_name", None)
    if chance.happens(0.4):
        always = {"name", "city", "postcode", "street" if kept == "address" else kept}
        cells = {code: value for code, value in cells.items() if code in always or chance.happens(0.5)}
    if "postcode" in cells and "city" in cells and not body.sisters and chance.happens(0.04):
        cells["postcode"] = digit_slip(chance, cells["postcode"])
    return cells
