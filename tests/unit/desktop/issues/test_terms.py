"""Terms made from what an issue is."""

import pytest

from tests.support.issue_rows import a_row
from vedette.desktop.issues.terms import tag_terms, term, terms_of, with_term
from vedette.store.queries.issue_details import TagSummary, TagValue
from vedette.store.search import FieldIs, Term, parse_query


@pytest.mark.parametrize(
    "value",
    ["plain", "a b", 'say "x"', "C:\\dir", "*", "[a]", "!x", "<module>", "a,b", "(x)", "ü/é.py", ">=1"],
)
def test_any_value_is_read_back_as_it_is(value: str) -> None:
    query = parse_query(term("browser", value))
    assert query.root == Term("browser", value)
    found = parse_query(term("stack.filename", value)).root
    assert isinstance(found, FieldIs)
    assert found.value is not None
    assert (found.value.literal, found.value.is_pattern) == (value, False)


def test_what_is_like_an_issue_is_found_by_what_it_has() -> None:
    assert terms_of(a_row(last_release="shop@1.0")) == {
        "file": "stack.filename:shop/pay.py",
        "function": "stack.function:pay",
        "release": "release:shop@1.0",
        "level": "level:error",
        "project": "project:shop",
    }
    assert "file" not in terms_of(a_row(filename=""))


def test_a_term_takes_the_place_of_others_of_its_key() -> None:
    assert with_term("is:unresolved level:info pay", "level:error") == "is:unresolved pay level:error"
    assert with_term("", "level:error") == "level:error"


def test_tags_that_tell_most_come_first_and_those_that_tell_nothing_not_at_all() -> None:
    def tag(key: str, unique: int, total: int) -> TagSummary:
        return TagSummary(key, total, unique, (TagValue(f"{key} 1", total),))

    found = tag_terms([tag("order", 90, 90), tag("os", 5, 90), tag("browser", 2, 90), tag("level", 1, 90)])
    assert found == [("browser", "browser 1", 'browser:"browser 1"'), ("os", "os 1", 'os:"os 1"')]
