"""Regular expressions of one's own: taken, translated, or refused where they could run for ever."""

import pytest

from vedette.processing.scrubbing.expressions import ExpressionError, compile_expression


@pytest.mark.parametrize(
    ("text", "sample"),
    [
        ("foo", "a foo"),
        (r"(?i)customer-(\d+)", "Customer-12"),
        ("[[:digit:]]{3}", "x123"),
        (r"^[a-z]+@[a-z]+\z", "a@b"),
        ("(?:ab|cd)e?", "cde"),
        ("(?:[0-9]{4} )*", "1234 1234 "),
    ],
)
def test_an_expression_is_taken(text: str, sample: str) -> None:
    assert compile_expression(text).search(sample)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "expected a regular expression"),
        ("", "expected a regular expression"),
        ("(", "not a regular expression"),
        ("a" * 1001, "longer than 1000"),
        ("(a+)+", "a repeat in a repeat"),
        ("(a{1,9})*", "a repeat in a repeat"),
        ("(?:a|aa)+", "alternatives in a repeat"),
        ("a*a*a*a*", "more than 3 repeats"),
        (r"(a)\1", "references"),
        ("(?=a)b", "looking around"),
        ("(?:(?:a?){50}){50}", "a repeat in a repeat"),
        ("(?:a(?:b{0,200}))", None),
        (r"\p{L}", "not a regular expression"),
    ],
)
def test_an_expression_is_refused(text: str | None, why: str | None) -> None:
    if why is None:
        assert compile_expression(text)
        return
    with pytest.raises(ExpressionError, match=why):
        compile_expression(text)
