"""The search language for rows: keys, operators, lists, functions, and where it says something is wrong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.store.search import (
    LONGEST,
    MOST_VALUES,
    And,
    Filter,
    Key,
    Not,
    Or,
    Query,
    QueryError,
    Value,
    Words,
    parse,
)

OP = Key("span.op")


def values(*texts: str, quoted: bool = False) -> tuple[Value, ...]:
    return tuple(Value(text, 0, quoted) for text in texts)


def shape(query: Query) -> object:
    """Return the tree of *query* without the places of its values."""

    def bare(node: object) -> object:
        match node:
            case Filter(key, operator, found):
                return Filter(key, operator, tuple(Value(one.text, 0, one.quoted) for one in found))
            case Words(value):
                return Words(Value(value.text, 0, value.quoted))
            case And(nodes):
                return And(tuple(bare(one) for one in nodes))  # type: ignore[misc]
            case Or(nodes):
                return Or(tuple(bare(one) for one in nodes))  # type: ignore[misc]
            case Not(inner):
                return Not(bare(inner))  # type: ignore[arg-type]
            case _:
                return node

    return bare(query.root)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("", None),
        ("span.op:db", Filter(OP, "=", values("db"))),
        ("span.op:=db", Filter(OP, "=", values("db"))),
        ("span.op:!=db", Not(Filter(OP, "=", values("db")))),
        ("!span.op:db", Not(Filter(OP, "=", values("db")))),
        ("span.duration:>=10ms", Filter(Key("span.duration"), ">=", values("10ms"))),
        ("span.op:[db, cache.get]", Filter(OP, "=", values("db", "cache.get"))),
        ("tags[my key]:1", Filter(Key("my key", is_tag=True), "=", values("1"))),
        ("tags[size,number]:>1", Filter(Key("size", is_tag=True, type="number"), ">", values("1"))),
        ("count():>5", Filter(Key("count()", is_function=True), ">", values("5"))),
        (
            "p95(span.duration):<1s",
            Filter(Key("p95(span.duration)", is_function=True), "<", values("1s")),
        ),
        (
            "percentile(span.duration, 0.5):1",
            Filter(Key("percentile(span.duration, 0.5)", is_function=True), "=", values("1")),
        ),
        ('"two words":x', Filter(Key("two words"), "=", values("x"))),
        ("lock", Words(Value("lock", 0))),
        ('"a: b"', Words(Value("a: b", 0, quoted=True))),
        ("f(x)", Words(Value("f(x)", 0))),
        (
            "a:1 (b:2 OR c:3)",
            And(
                (
                    Filter(Key("a"), "=", values("1")),
                    Or((Filter(Key("b"), "=", values("2")), Filter(Key("c"), "=", values("3")))),
                )
            ),
        ),
    ],
)
def test_what_is_written_is_understood(text: str, root: object) -> None:
    assert shape(parse(text)) == root


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("a:", 2, "Nothing follows"),
        ("a:[1", 2, "not closed"),
        ("a:>[1, 2]", 2, "cannot be compared"),
        ("x tags[a,colour]:1", 9, "is no type"),
        ("(a:1", 0, "not closed"),
        ("a:1)", 3, "was not opened"),
        ('a:"x', 2, "not closed"),
        ("x" * (LONGEST + 1), LONGEST, "longer than"),
        ("a " * (MOST_VALUES + 1), 2 * MOST_VALUES, "at most 500 values"),
        (f"a:[{'1,' * MOST_VALUES}1]", 0, "at most 500 values"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, column: int, words: str) -> None:
    with pytest.raises(QueryError, match=words) as caught:
        parse(text)
    assert caught.value.column == column


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text(alphabet='ab.:()[]"!<>=*\\ ,ORtags123', max_size=60))
def test_any_text_is_understood_or_refused(text: str) -> None:
    column = 0
    try:
        parse(text)
    except QueryError as error:
        column = error.column
    assert 0 <= column <= len(text)
