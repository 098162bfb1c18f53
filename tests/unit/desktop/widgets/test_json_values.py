import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.desktop.widgets.json_values import (
    as_json,
    as_text,
    find_paths,
    meta_note,
    path_text,
    preview,
    value_token,
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=5),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"items": [], "currency": "EUR"}, '{items: [], currency: "EUR"}'),
        ([1, None, True], "[1, null, true]"),
        ({}, "{}"),
        ("a\nb", '"a\\nb"'),
        ([[[[1]]]], "[[[[…]]]]"),
    ],
)
def test_a_preview_is_one_short_line(value: Any, text: str) -> None:
    assert preview(value) == text


@settings(deadline=None)
@given(VALUES)
def test_previews_are_bounded_and_keep_to_one_line(value: Any) -> None:
    text = preview(value, 60)
    assert len(text) <= 60
    assert preview(value, 60, reprs=True).isprintable()


def test_a_preview_of_a_huge_value_looks_only_at_its_start() -> None:
    assert preview(list(range(1_000_000)), 40).startswith("[0, 1, 2")


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("0", "code.number"),
        ("-3.5e2", "code.number"),
        ("None", "code.constant"),
        ("'EUR'", "code.string"),
        ("b'x'", "code.string"),
        ("<Order 7>", "code.name"),
        ("[Filtered]", "code.constant"),
    ],
)
def test_variables_are_coloured_by_the_program_s_own_notation(text: str, token: str) -> None:
    assert value_token(text, reprs=True) == token
    assert value_token(text) == "code.string"


def test_plain_values_are_coloured_by_type() -> None:
    assert [value_token(v) for v in (None, True, 1, 1.5)] == [
        "code.constant",
        "code.constant",
        "code.number",
        "code.number",
    ]


def test_paths_read_as_in_programs() -> None:
    assert path_text(("cart", "items", 0, "id")) == "cart.items[0].id"
    assert path_text(("headers", "X Trace")) == 'headers["X Trace"]'
    assert path_text((0, "a")) == "[0].a"


@settings(deadline=None)
@given(VALUES)
def test_copied_json_reads_back_as_the_value(value: Any) -> None:
    assert json.loads(as_json(value)) == value
    assert as_text("plain") == "plain"


@pytest.mark.parametrize(
    ("meta", "note"),
    [
        (None, ""),
        ({"x": {}}, ""),
        ({"": {"len": 1200, "rem": [["!limit", "x", 0, 3]]}}, "cut by SDK, was 1,200"),
        ({"": {"rem": [["@password", "s"]]}}, "scrubbed by @password"),
        ({"": {"err": ["invalid_data"]}}, "invalid: invalid_data"),
        ({"": {"err": [["missing", {}]]}}, "invalid: missing"),
    ],
)
def test_what_was_done_to_a_value_is_told_in_words(meta: Any, note: str) -> None:
    assert meta_note(meta) == note


def test_keys_and_values_are_found_in_reading_order() -> None:
    value = {"user": {"id": 7, "name": "Ada"}, "list": ["ada", {"deep": "ADA"}]}
    assert find_paths(value, "ada") == [("user", "name"), ("list", 0), ("list", 1, "deep")]
    assert find_paths(value, "user") == [("user",)]
    assert len(find_paths({str(n): "x" for n in range(900)}, "x", limit=10)) == 10


def test_with_what_is_left_a_cut_says_how_much() -> None:
    meta = {"": {"len": 1200}}
    assert meta_note(meta, [1, 2, 3]) == "cut by SDK: 3 of 1,200"
    assert meta_note(meta, "abc...") == "cut by SDK: 6 of 1,200 letters"
    assert meta_note(meta, 7) == "cut by SDK, was 1,200"
