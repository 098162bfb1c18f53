"""Selectors: their spelling, and which values they mean."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.processing.scrubbing.selectors import Pii, SelectorError, Step, key_anywhere, parse_selector

TEXT = frozenset(["string"])


def path(*keys: str | int, last: frozenset[str] = TEXT, first: frozenset[str] = frozenset()) -> list[Step]:
    steps = [Step(key, frozenset(["object"])) for key in keys]
    steps[0] = Step(steps[0].key, steps[0].types | first)
    steps[-1] = Step(steps[-1].key, last | (first if len(steps) == 1 else frozenset()))
    return steps


@pytest.mark.parametrize(
    ("selector", "keys", "matches"),
    [
        ("extra.foo", ["extra", "foo"], True),
        ("extra.FOO", ["Extra", "foo"], True),
        ("foo", ["extra", "foo"], True),  # compared from the end
        ("extra", ["extra", "foo"], False),
        ("extra.*", ["extra", "foo"], True),
        ("extra.*", ["extra", "a", "b"], False),
        ("extra.**", ["extra", "a", "b"], True),
        ("extra.**", ["extra"], False),
        ("**", ["extra"], True),
        ("**.b", ["extra", "a", "b"], True),
        ("**.b", ["b"], False),
        ("extra.**.c", ["extra", "a", "b", "c"], True),
        ("extra.**.c", ["extra", "c"], False),
        ("'a.b'.c", ["a.b", "c"], True),
        ("'it''s'", ["it's"], True),
        ("list.0", ["list", 0], True),
        ("list.1", ["list", 0], False),
        ("list.*", ["list", 7], True),
        ("$string", ["a"], True),
        ("$number", ["a"], False),
        ("a && $string", ["a"], True),
        ("a && b", ["a"], False),
        ("a || b", ["b"], True),
        ("a | b", ["b"], True),
        ("$string & !a", ["b"], True),
        ("$string && ~a", ["a"], False),
        ("!(a || b)", ["c"], True),
        ("!(a || b)", ["b"], False),
        ("freeform", ["a"], True),
    ],
)
def test_a_selector_means_these_values(selector: str, keys: list[str | int], matches: bool) -> None:
    assert parse_selector(selector).matches(path(*keys), Pii.TRUE) is matches


@pytest.mark.parametrize(
    ("selector", "matches"),
    [("user.email", True), ("$user.email", True), ("user.*", True), ("user.**", False), ("**", False),
     ("$string", False), ("$user.$string", False), ("*.email", True)],
)  # fmt: skip
def test_a_field_that_may_be_personal_is_reached_only_by_name(selector: str, matches: bool) -> None:
    steps = path("user", "email", first=frozenset(["user"]))
    assert parse_selector(selector).matches(steps, Pii.MAYBE) is matches
    assert parse_selector(selector).matches(steps, Pii.TRUE) is True
    assert parse_selector(selector).matches(steps, Pii.FALSE) is False
    assert parse_selector(f"!({selector})").matches(steps, Pii.FALSE) is False


def test_old_names_of_types_are_known() -> None:
    steps = path("request", "url", first=frozenset(["request"]))
    assert parse_selector("$http.url").matches(steps, Pii.TRUE)


def test_an_index_makes_places_in_lists_differ() -> None:
    assert parse_selector("!(a.0 && b)").uses_indexes
    assert not parse_selector("a.* || b").uses_indexes


def test_a_key_is_meant_wherever_it_is() -> None:
    assert key_anywhere("Safe").matches(path("a", "b", "SAFE"), Pii.TRUE)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a..b", 'invalid syntax near "a..b"'),
        ("a b", 'invalid syntax near "a b"'),
        ("(a", 'invalid syntax near "(a"'),
        ("a)", 'invalid syntax near "a)"'),
        ("a &&", 'invalid syntax near "a &&"'),
        ("ä", 'invalid syntax near "ä"'),
        ("**.a.**", "deep wildcard used more than once"),
        ("$nothing", "unknown value"),
        ("a.99999999999", "invalid index"),
        ("(" * 40 + "a" + ")" * 40, "nested too deeply"),
        ("!" * 40 + "a", "nested too deeply"),
        ("a" * 5000, "longer than 4096 characters"),
    ],
)
def test_what_is_no_selector_is_refused_with_a_reason(text: str, why: str) -> None:
    if text == "ä":  # a letter is a letter
        assert parse_selector(text).matches(path("Ä"), Pii.TRUE)
        return
    with pytest.raises(SelectorError) as caught:
        parse_selector(text)
    assert str(caught.value) == why


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.text("ab$.*'&|!()~ 01"), st.lists(st.sampled_from(["a", "b", 0, 1]), min_size=1, max_size=4))
def test_any_text_is_a_selector_or_refused(text: str, keys: list[str | int]) -> None:
    try:
        selector = parse_selector(text)
    except SelectorError:
        return
    for pii in Pii:
        assert selector.matches(path(*keys), pii) in (True, False)
