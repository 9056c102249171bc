"""What every guide to record linkage asks for before matching: one form for names, streets, numbers, mails, domains.

For the peers only; ours reads the cells as they are. Standard library only.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

Row = dict[str, Any]

_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ł": "l", "đ": "d"})
_LEGAL = re.compile(
    r"\b(e ?v|eingetragener verein|gemeinnuetzige gmbh|ggmbh|gmbh|mbh|gug|ug|kg|gbr|e ?k|ag|i ?g)\b(?=[^a-z]*$)"
)
_ALIASES = {
    "kindertagesstaette": "kita", "kindergarten": "kita", "kreisverband": "kv", "ortsverein": "ov",
    "ortsverband": "ov", "ortsgruppe": "og", "landesverband": "lv", "regionalverband": "rv", "evangelische": "ev",
    "evangelisches": "ev", "katholische": "kath", "sankt": "st", "grundschule": "gs", "arbeiterwohlfahrt": "awo",
    "sportverein": "sv", "kleingartenverein": "kgv", "foerderverein": "fv", "abteilung": "abt", "md": "magdeburg",
}  # fmt: skip
_SHARED_DOMAINS = {
    "web.de", "gmx.de", "gmx.net", "t-online.de", "gmail.com", "googlemail.com", "freenet.de", "arcor.de", "yahoo.de",
    "outlook.de", "hotmail.com", "icloud.com", "posteo.de", "online.de", "mail.de", "aol.com",
}  # fmt: skip
_TOWNS = {"md": "magdeburg", "magdeb": "magdeburg", "landeshauptstadt magdeburg": "magdeburg"}


def plain(text: str | None) -> str | None:
    """Return the text in small letters a-z and digits, one blank between words; None if nothing is left."""
    lowered = unicodedata.normalize("NFC", text or "").lower().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", lowered)
    return " ".join(re.findall(r"[a-z0-9]+", decomposed.encode("ascii", "ignore").decode())) or None


def digits(number: str | None) -> str | None:
    """Return a telephone number as national digits ("03915671234"), or None if it has fewer than five."""
    found = re.sub(r"[^\d+]", "", number or "")
    found = re.sub(r"^(\+49|0049)0?", "0", found).replace("+", "")
    return found if len(found) >= 5 else None


def street_and_house(street: str | None) -> tuple[str | None, str | None]:
    """Return the name of the street and the house number, both in one form."""
    text = re.sub(r"str(\.|asse\b|aße\b)", "str ", (street or "").lower())
    match = re.search(r"(\d+)\s*([a-z]?)\b", text[3:])
    name = plain(text[: match.start() + 3] if match else text)
    return name and name.replace(" ", ""), match[1] + match[2] if match else None


def domain(text: str | None) -> str | None:
    """Return the domain of a mail or web address, or None if it is one that everybody may have."""
    found = re.sub(r"^(https?://)?(www\.)?", "", (text or "").strip().lower()).rpartition("@")[2].split("/")[0]
    return None if not found or found in _SHARED_DOMAINS else found


def _place(row: Row) -> Row:
    name, house = street_and_house(row.get("street"))
    city = plain((row.get("city") or "").split("(")[0].split("/")[0].split("-")[0])
    return {
        "street_name": name, "street": f"{name} {house}" if name and house else None,
        "postcode": row.get("postcode") or None, "city": _TOWNS.get(city or "", city),
    }  # fmt: skip


def clean_person(row: Row) -> Row:
    """Return a row of a person for matching; every column is text or None, ``mails`` a list of texts or None."""
    first, last = plain(row.get("first_name")), plain(row.get("last_name"))
    numbers = [found for code in ("phone", "mobile", "phone_other") if (found := digits(row.get(code)))]
    mobiles = [number[-8:] for number in numbers if re.match(r"01[5-7]", number)]
    lines = [number[-6:] for number in numbers if not re.match(r"01[5-7]", number)]
    mails = [mail.strip().lower() for code in ("mail", "mail2") if (mail := row.get(code))]
    return {
        "unique_id": row["id"], "first_name": first, "last_name": last,
        "full_name": f"{first} {last}" if first and last else None,
        "sorted_name": " ".join(sorted(f"{first or ''} {last or ''}".split())) or None,
        "mail": mails[0] if mails else None, "mails": mails or None, "mobile": mobiles[0] if mobiles else None,
        "landline": lines[0] if lines else None, **_place(row),
    }  # fmt: skip


def clean_organisation(row: Row) -> Row:
    """Return a row of an organisation for matching; ``tokens`` is a list of words, all else is text or None."""
    whole = plain(re.sub(r"\b([eE])\.\s?([vVkK])\.?", r"\1\2", row.get("name") or "")) or ""
    name = " ".join(_LEGAL.sub("", whole).split()) or whole
    tokens = [_ALIASES.get(word, word) for word in name.split()]
    number = re.sub(r"^0+", "", "".join(re.findall(r"\d+", (row.get("register_number") or "").split("(")[0])))
    phone = digits(row.get("phone"))
    mail = (row.get("mail") or "").strip().lower() or None
    web = domain(row.get("web"))
    return {
        "unique_id": row["id"], "name": " ".join(tokens) or None, "tokens": tokens or None,
        "sorted_name": " ".join(sorted(tokens)) or None, "short_name": plain(row.get("short_name")),
        "initials": "".join(word[0] for word in name.split() if not word.isdigit()) or None,
        "phone": phone and phone[-6:], "mail": mail, "web": web, "domain": domain(mail) or web,
        "register": number or None, **_place(row),
    }  # fmt: skip
