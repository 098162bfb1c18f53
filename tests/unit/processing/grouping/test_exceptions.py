"""Exceptions, chains and groups."""

from typing import Any

import pytest

from vedette.processing.grouping.exceptions import exception_variants
from vedette.processing.grouping.stack_matching import StackMatching
from vedette.processing.grouping.stacktraces import How

HOW = How(StackMatching(()))


def raised(
    kind: str,
    value: str | None = None,
    own: int | None = None,
    parent: int | None = None,
    group: bool = False,
) -> Any:
    mechanism = {"exception_id": own, "parent_id": parent, "is_exception_group": group}
    return {
        "type": kind,
        "value": value,
        "mechanism": {key: each for key, each in mechanism.items() if each is not None},
    }


def texts(*exceptions: Any, **event: Any) -> dict[str, str]:
    variants = exception_variants(
        {"platform": "python", "exception": {"values": list(exceptions)}, **event}, HOW
    )
    return {name: component.text for name, component in variants.items()}


def with_stack(exception: Any, *functions: str) -> Any:
    return {**exception, "stacktrace": {"frames": [{"function": name, "in_app": True} for name in functions]}}


def test_without_exceptions_there_are_no_variants() -> None:
    assert texts() == {}


def test_without_a_stack_trace_type_and_value_count() -> None:
    assert texts(raised("KeyError", "user 17")) == {"app": "KeyErroruser <int>"}
    assert texts({"type": "KeyError", "stacktrace": {"frames": []}}) == {"app": "KeyError"}


def test_a_stack_trace_counts_instead_of_the_value() -> None:
    assert texts(with_stack(raised("KeyError", "user 17"), "f")) == {
        "system": "fKeyError",
        "app": "fKeyError",
    }


@pytest.mark.parametrize("detailed", [True, False])
def test_a_value_that_does_not_count_says_why(detailed: bool) -> None:
    event = {"exception": {"values": [with_stack(raised("KeyError", "user 17"), "f")]}}
    value: Any = exception_variants(event, HOW._replace(detailed=detailed))["app"].values[-1]
    assert (value.id, value.contributes, value.hint) == ("value", False, "the stack trace says more")
    assert value.values == (("user <int>",) if detailed else ("user 17",))


def test_the_type_of_a_synthetic_exception_does_not_count() -> None:
    exception = {"type": "SIGSEGV", "value": "why", "mechanism": {"synthetic": True}}
    assert texts(exception) == {"app": "why"}
    assert texts(with_stack(exception, "f")) == {"system": "f", "app": "f"}


def test_an_ns_error_counts_instead_of_the_value() -> None:
    exception = {"type": "E", "value": "v", "mechanism": {"meta": {"ns_error": {"domain": "D", "code": 3}}}}
    assert texts(exception) == {"app": "ED3"}
    exception["mechanism"] = {"meta": {"ns_error": {}}}
    assert texts(exception) == {"app": "ENoneNone"}


def test_a_chain_counts_in_the_order_sent_and_per_variant() -> None:
    assert texts(raised("A", "a"), with_stack(raised("B"), "f")) == {"app": "AafB", "system": "fB"}


def test_a_chain_with_ids_counts_from_the_outermost_in() -> None:
    chain = [raised("C", own=2, parent=1), raised("B", own=1, parent=0), raised("A", own=0)]
    assert texts(*chain) == {"app": "ABC"}


def test_a_group_of_different_exceptions_counts_one_of_each_kind_and_the_group() -> None:
    group = [
        raised("B", "v 1", 3, 0),
        raised("A", "x", 2, 0),
        raised("B", "v 2", 1, 0),
        raised("G", "g", 0, group=True),
    ]
    assert texts(*group) == {"app": "Bv <int>AxGg"}


def test_a_group_of_one_kind_counts_that_and_its_causes_but_not_the_group() -> None:
    group = [
        raised("C", own=3, parent=1),
        raised("B", "v 1", 2, 0),
        raised("B", "v 2", 1, 0),
        raised("G", own=0, group=True),
    ]
    assert texts(*group) == {"app": "Bv <int>C"}


def test_groups_within_groups_are_opened() -> None:
    group = [
        raised("B", own=2, parent=1),
        raised("H", own=1, parent=0, group=True),
        raised("G", own=0, group=True),
    ]
    assert texts(*group) == {"app": "B"}


def test_an_empty_group_counts_itself() -> None:
    assert texts(raised("X", own=5), raised("G", own=0, group=True)) == {"app": "G"}


def test_without_an_id_0_or_with_ids_missing_all_count() -> None:
    assert texts(raised("B", own=2, parent=1), raised("A", own=1)) == {"app": "BA"}
    assert texts(raised("B", own=1, parent=0), raised("A")) == {"app": "BA"}


def test_a_type_that_is_no_text_sorts_as_none() -> None:
    group = [raised("A", "x", 1, 0), {**raised("", "y", 2, 0), "type": [[]]}, raised("G", own=0, group=True)]
    assert texts(*group) == {"app": "yAxG"}


@pytest.mark.parametrize(
    "make",
    [
        lambda n: [raised("E", f"v{i}") for i in range(n)],
        lambda n: [raised("E", f"v{i}", i, i - 1 if i else None) for i in reversed(range(n))],
        lambda n: [raised("E", f"v{i}", i, i - 1 if i else None, True) for i in reversed(range(n))],
        lambda n: [raised("E", f"v{i}", i, (i + 1) % n, True) for i in range(n)],
        lambda n: [raised("E", f"v{i}", i, (i + 1) % n) for i in range(n)],
        lambda n: [raised("E", f"v{i}", i // 100, i // 100 - 1, True) for i in reversed(range(n))],
        lambda n: [raised("E", f"v{i}", 0, 0, True) for i in range(n)],
    ],
)
def test_chains_and_circles_of_any_size_come_to_an_end(make: Any) -> None:
    variants = exception_variants({"exception": {"values": make(10_000)}}, HOW._replace(detailed=False))
    assert set(variants) == {"app"}
