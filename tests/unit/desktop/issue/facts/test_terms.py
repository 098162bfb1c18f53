"""Tags as terms of the search language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.desktop.issue.facts.terms import term, with_term
from vedette.store.search import Not, Term, parse_query


@pytest.mark.parametrize(
    ("key", "value", "exclude", "text"),
    [
        ("release", "shop@1.0", False, "release:shop@1.0"),
        ("browser", "Firefox 145", True, '!browser:"Firefox 145"'),
        ("note", 'say "hi"', False, 'note:"say \\"hi\\""'),
        ("user", "id:7", False, "user:id:7"),
        ("empty", "", False, 'empty:""'),
        ("star", "a*b", False, r'star:"a\*b"'),
    ],
)
def test_values_are_quoted_where_they_have_to_be(key: str, value: str, exclude: bool, text: str) -> None:
    assert term(key, value, exclude=exclude) == text


@given(st.text(min_size=1, max_size=40).filter(lambda text: text.isprintable() and text.strip() == text))
def test_a_term_is_read_back_as_what_it_was(value: str) -> None:
    (node,) = parse_query(term("till", value)).parts
    assert node == Term("till", value)
    (node,) = parse_query(term("till", value, exclude=True)).parts
    assert node == Not(Term("till", value))


def test_another_value_of_a_key_takes_the_place_of_the_first_and_exclusions_add_up() -> None:
    assert with_term("is:unresolved till:3 timeout", "till:4") == "is:unresolved timeout till:4"
    assert with_term("!till:3", "!till:4") == "!till:3 !till:4"
    assert with_term("till:4", "till:4") == "till:4"
