"""Laws of quoting that need no server; what the server makes of them is tried in the contract tests."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.nocodb.where import LONGEST_VALUE, all_of, any_of, equals, greater, is_blank, quote

TOKEN = re.compile(r"\"(?:\\\"|[^\"])+\"|'(?:\\'|[^'])+'|\"\"|''")
"""How the server's lexer reads a quoted value (nocodb-sdk 0.301.3): a backslash at the end swallows the quote."""

TEXT = st.one_of(st.text(max_size=30), st.text("\"'\\(),~ab", max_size=12))


@given(value=TEXT, after=TEXT)
def test_no_value_ends_its_own_condition(value, after):
    condition = equals("f", "SingleLineText", value) & equals("g", "SingleLineText", after)
    text = TOKEN.sub("Q", condition.text)
    assert re.fullmatch(r"(\((f|g),(eq|like),Q\)(~and)?)+", text)
    assert condition.exact == (quote(value) is not None and quote(after) is not None)


@given(value=TEXT)
def test_a_quoted_value_is_read_back_as_it_is(value):
    quoted = quote(value)
    if quoted is None:
        assert value.endswith("\\") or ('"' in value and "'" in value)
    else:
        assert TOKEN.match(quoted).group()[1:-1] == value


@given(value=st.text(min_size=1, max_size=20_000))
def test_no_value_takes_more_room_than_it_is_given(value):
    from urllib.parse import quote as percent

    assert len(percent(equals("f", "LongText", value).text)) < LONGEST_VALUE + 300


def test_moments_are_compared_by_the_second():
    condition = equals("f", "DateTime", "2026-02-03 11:11:59+01:00")
    assert condition.text == "(f,gte,exactDate,2026-02-03T10:11:59Z)~and(f,lt,exactDate,2026-02-03T10:12:00Z)"


@pytest.mark.parametrize(
    ("uidt", "raw", "text"),
    [
        ("SingleLineText", None, "(f,null)"),
        ("Number", None, "(f,null)"),
        ("Number", 0, "(f,eq,0)"),
        ("Date", "2026-02-03", "(f,eq,exactDate,2026-02-03)"),
        ("Checkbox", True, "(f,checked)"),
        ("Checkbox", None, "(f,notchecked)"),
        ("ForeignKey", 2, "(f,eq,2)"),
        ("MultiSelect", "a,b", '(f,eq,"a,b")'),
    ],
)
def test_every_kind_of_column_has_its_grammar(uidt, raw, text):
    assert equals("f", uidt, raw).text == text


def test_emptiness_has_its_grammar_too():
    assert [is_blank("f", uidt).text for uidt in ("Text", "Checkbox", "ForeignKey")] == [
        "(f,blank)",
        "(f,notchecked)",
        "(f,null)",
    ]


def test_conditions_are_joined_by_and():
    assert str(all_of([greater("a", 1), any_of("b", ["x", 'y"'])])) == '@(a,gt,1)~and(b,in,"x",\'y"\')'


def test_a_list_refuses_what_cannot_be_quoted():
    with pytest.raises(ValueError, match="cannot be quoted"):
        any_of("f", ["a", "'\""])
