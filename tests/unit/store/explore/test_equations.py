"""Arithmetic over functions: what it comes to, and what cannot be read."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, literal, select

from vedette.store.explore.equations import names_of, read_equation
from vedette.store.search import QueryError

KNOWN = {"count()": 8.0, "p95(span.duration)": 2.5, "tags[a b]": 3.0, "value": -4.0, 'f("x (y)")': 1.0}


def worth(text: str) -> float | None:
    with create_engine("sqlite://").connect() as db:
        found: float | None = db.execute(
            select(read_equation(text, lambda name: literal(KNOWN[name])))
        ).scalar()
    return found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 2 - 3", 5),
        ("16 / 4 / 2", 2),
        ("2 * (3 - (4 - 1))", 0),
        ("count() / 3", 8 / 3),
        ("p95(span.duration) * count()", 20),
        ("-value + tags[a b]", 7),
        ("-(1 + 2)", -3),
        ('f("x (y)") + 0.5', 1.5),
        ("1 / 0", None),
        ("1 / (count() - 8)", None),
    ],
)
def test_an_equation_comes_to_what_it_should(text: str, number: float | None) -> None:
    assert worth(text) == (None if number is None else pytest.approx(number))


def test_names_in_an_equation_are_told() -> None:
    assert names_of("count() / (p95(span.duration) + 2)") == ["count()", "p95(span.duration)"]


@pytest.mark.parametrize(
    "text", ["", "1 +", "* 2", "(1", "1)", "1 2", "count() $ 2", "1 +" * 200 + "1", "()"]
)
def test_what_is_no_equation_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        read_equation(text, lambda name: literal(1.0))


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.text(alphabet='12.+-*/() ab[]",', max_size=40))
def test_any_text_is_an_equation_or_refused(text: str) -> None:
    with suppress(QueryError):
        read_equation(text, lambda name: literal(1.0))
