"""The models given to splink: comparison levels, blocking rules, and what it is trained on, for both tables.

They are the best of about a dozen that were tried on these very rows, so as to be generous. What the documentation
warns of made the difference: columns that hang together (street, postcode, landline; mail and domain) are one
comparison each, first and last name are two, and no training rule blocks on what a couple or a house shares; the name
of an organisation is therefore left at the weights it has by default, as in the example with business names.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import SettingsCreator, block_on


@dataclasses.dataclass(frozen=True)
class Model:
    """Settings, the rules whose pairs are certain and the share of all true pairs they find, and the training rules."""

    settings: Any
    certain: list[Any]
    certain_recall: float
    training: list[Any]


def _level(sql: str, label: str, null: bool = False) -> dict[str, Any]:
    level: dict[str, Any] = {"sql_condition": sql, "label_for_charts": label}
    return level | ({"is_null_level": True} if null else {})


def _absent(*columns: str) -> dict[str, Any]:
    """Return the level of pairs that share none of the columns."""
    return _level(
        " AND ".join(f"({name}_l IS NULL OR {name}_r IS NULL)" for name in columns), "nothing to compare", True
    )


def _same(column: str) -> Any:
    """Return the level of equal values, weighed by how often the value occurs."""
    return cll.ExactMatchLevel(column).configure(tf_adjustment_column=column)


def _address(*more: str) -> Any:
    """Return the comparison of street, postcode and town; ``more`` names a number that belongs to the house."""
    levels: list[Any] = [_absent("street", "postcode", "city", *more)]
    if more:
        levels.append(_level(f"street_l = street_r AND {more[0]}_l = {more[0]}_r", "street and number"))
    levels += [
        *(_same(column) for column in ("street", *more)),
        _level("street_name_l = street_name_r AND (postcode_l = postcode_r OR city_l = city_r)", "same street"),
        _same("postcode"),
        _same("city"),
        cll.ElseLevel(),
    ]
    return cl.CustomComparison(output_column_name="address", comparison_levels=levels)


def _name(column: str, other: str, *more: Any) -> Any:
    """Return the comparison of one part of a name; ``other`` is the part it may be swapped with."""
    return cl.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            cll.NullLevel(column),
            _same(column),
            cll.JaroWinklerLevel(column, 0.92),
            cll.JaroWinklerLevel(column, 0.88),
            *more,
            _level(f"{column}_l = {other}_r", "swapped"),
            cll.JaroWinklerLevel(column, 0.7),
            cll.ElseLevel(),
        ],
    )


def _exact(column: str) -> Any:
    return cl.ExactMatch(column).configure(term_frequency_adjustments=True)


def person_model() -> Model:
    """Return the model for persons."""
    initial = _level(
        "(length(first_name_l) = 1 OR length(first_name_r) = 1) AND "
        "substr(first_name_l, 1, 1) = substr(first_name_r, 1, 1)",
        "initial",
    )
    mail = cl.CustomComparison(
        output_column_name="mail",
        comparison_levels=[
            cll.NullLevel("mail"),
            _same("mail"),
            cll.ArrayIntersectLevel("mails", min_intersection=1),
            _level("split_part(mail_l, '@', 1) = split_part(mail_r, '@', 1)", "same before the @"),
            cll.ElseLevel(),
        ],
    )
    blocking = [
        block_on("full_name"),
        block_on("sorted_name"),
        block_on("mails", arrays_to_explode=["mails"]),
        block_on("mobile"),
        block_on("landline"),
        block_on("street", "postcode"),
        block_on("street", "city"),
        block_on("last_name", "postcode"),
        block_on("last_name", "substr(first_name, 1, 1)"),
        block_on("first_name", "postcode", "substr(last_name, 1, 2)"),
        block_on("substr(first_name, 1, 3)", "substr(last_name, 1, 4)"),
        block_on("last_name", "street_name"),
        block_on("first_name", "street_name"),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            _name("first_name", "last_name", initial),
            _name("last_name", "first_name"),
            mail,
            _exact("mobile"),
            _address("landline"),
        ],
        blocking_rules_to_generate_predictions=blocking,
        retain_matching_columns=False,
    )
    certain = [
        block_on("full_name", "mail"),
        block_on("full_name", "mobile"),
        block_on("full_name", "street"),
        block_on("sorted_name", "mobile"),
    ]
    return Model(settings, certain, 0.6, [block_on("sorted_name"), block_on("mobile")])


def organisation_model() -> Model:
    """Return the model for organisations."""
    name = cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.NullLevel("sorted_name"),
            _same("sorted_name"),
            _level(
                "short_name_l = name_r OR name_l = short_name_r OR initials_l = name_r OR name_l = initials_r",
                "short name",
            ),
            cll.JaroWinklerLevel("sorted_name", 0.95),
            cll.JaroWinklerLevel("sorted_name", 0.9),
            cll.JaroWinklerLevel("sorted_name", 0.8),
            cll.ElseLevel(),
        ],
    )
    online = cl.CustomComparison(
        output_column_name="online",
        comparison_levels=[_absent("mail", "domain"), _same("mail"), _same("domain"), cll.ElseLevel()],
    )
    blocking = [
        block_on("name"),
        block_on("sorted_name"),
        block_on("mail"),
        block_on("phone"),
        block_on("street", "postcode"),
        block_on("street", "city"),
        block_on("domain"),
        block_on("register"),
        block_on("rarest", "postcode", arrays_to_explode=["rarest"]),
        block_on("rarest", "city", arrays_to_explode=["rarest"]),
        block_on("substr(name, 1, 8)", "postcode"),
        block_on("substr(name, 1, 12)"),
        "l.initials = r.name AND l.postcode = r.postcode",
        "r.initials = l.name AND l.postcode = r.postcode",
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[name, online, _exact("phone"), _address(), _exact("register")],
        blocking_rules_to_generate_predictions=blocking,
        retain_matching_columns=False,
    )
    certain = [
        block_on("sorted_name", "phone"),
        block_on("sorted_name", "mail"),
        block_on("sorted_name", "street"),
    ]
    return Model(settings, certain, 0.5, [block_on("sorted_name")])
