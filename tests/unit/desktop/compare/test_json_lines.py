"""The bytes of two events line by line."""

import time

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.desktop.compare.json_lines import compare_lines, pretty


def texts(a: object, b: object) -> list[str]:
    return [line.text for line in compare_lines(orjson.dumps(a), orjson.dumps(b)).lines]


def test_lines_have_signs_and_numbers_of_their_side() -> None:
    found = compare_lines(b'{"a": 1, "b": 2}', b'{"a": 1, "b": 3}')
    assert [(line.sign, line.text, line.number) for line in found.lines] == [
        ("", "{", 1),
        ("", '  "a": 1,', 2),
        ("-", '  "b": 2', 3),
        ("+", '  "b": 3', 3),
        ("", "}", 4),
    ]
    assert found.changes == (2,)


def test_what_is_the_same_is_folded_but_for_some_lines_around() -> None:
    same = {f"key {n:02}": n for n in range(40)}
    lines = texts({**same, "end": 1}, {**same, "end": 2})
    assert lines[0] == "⋯  38 lines the same"
    assert len(lines) == 7
    assert texts(same, same) == ["⋯  42 lines the same"]


def test_other_bytes_are_compared_as_they_are() -> None:
    assert pretty(b"no json\nat all") == ["no json", "at all"]
    assert [line.sign for line in compare_lines(b"a", b"b").lines] == ["-", "+"]


def test_long_events_are_cut_and_take_no_time() -> None:
    a = orjson.dumps({"list": list(range(20_000))})
    b = orjson.dumps({"list": [n + n % 7 for n in range(20_000)]})
    begin = time.thread_time()
    found = compare_lines(a, b)
    assert found.is_cut
    assert time.thread_time() - begin < 5


_VALUES = st.recursive(
    st.none() | st.integers(0, 9) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(_VALUES, _VALUES)
def test_every_line_that_is_not_shared_is_shown_on_its_side(a: object, b: object) -> None:
    first, second = orjson.dumps(a), orjson.dumps(b)
    found = compare_lines(first, second)
    gone = [line.text for line in found.lines if line.sign == "-"]
    come = [line.text for line in found.lines if line.sign == "+"]
    assert len(pretty(first)) - len(gone) == len(pretty(second)) - len(come), "the rest is shared"
    for at in found.changes:
        assert found.lines[at].sign
