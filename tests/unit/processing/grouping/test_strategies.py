"""Which part of an event decides."""

from typing import Any

import pytest

from vedette.processing.grouping.component import Component
from vedette.processing.grouping.stack_matching import StackMatching
from vedette.processing.grouping.stacktraces import How
from vedette.processing.grouping.strategies import computed_variants

HOW = How(StackMatching(()))

STACK = {"frames": [{"function": "f", "in_app": True}, {"function": "g", "in_app": False}]}
ALL_IN_APP = {"frames": [{"function": "f", "in_app": True}]}
NONE_IN_APP = {"frames": [{"function": "f", "in_app": False}]}


def texts(**event: Any) -> dict[str, str | None]:
    """Return the text of each variant, None where it does not contribute."""
    variants = computed_variants({"platform": "python", **event}, HOW)
    return {name: each.text if each.contributes else None for name, each in variants.items()}


def test_an_exception_wins_over_everything_else() -> None:
    event = {
        "exception": {"values": [{"type": "E", "stacktrace": STACK}]},
        "stacktrace": STACK,
        "threads": {"values": [{"stacktrace": STACK}]},
        "logentry": {"formatted": "message"},
    }
    assert texts(**event) == {"system": "fgE", "app": "fE", "default": None}


def test_what_loses_says_to_what() -> None:
    variants = computed_variants({"stacktrace": STACK, "logentry": {"formatted": "message"}}, HOW)
    message = variants["default"].values[0]
    assert isinstance(message, Component)
    assert (message.contributes, message.hint) == (False, "stacktrace of app/system decides")


def test_without_detail_what_loses_is_not_looked_at() -> None:
    assert set(
        computed_variants({"stacktrace": STACK, "logentry": {"formatted": "m"}}, HOW._replace(detailed=False))
    ) == {
        "system",
        "app",
    }


def test_what_cannot_contribute_leaves_the_decision_to_the_next() -> None:
    assert texts(stacktrace={"frames": []}, logentry={"formatted": "m"}) == {
        "system": None,
        "app": None,
        "default": "m",
    }


def test_app_gives_way_to_system_when_both_are_the_same() -> None:
    assert texts(stacktrace=ALL_IN_APP) == {"system": "f", "app": None}


def test_app_gives_way_when_system_does_not_contribute() -> None:
    page = {"type": "E", "mechanism": {"synthetic": True}, "stacktrace": {"frames": [{"platform": "x"}]}}
    assert texts(exception={"values": [page]}) == {"system": None, "app": None}
    chain = [{"type": "A"}, {"mechanism": {"synthetic": True}, "stacktrace": {"frames": [{"lineno": 1}]}}]
    assert texts(exception={"values": chain}) == {"system": None, "app": None}


def test_a_variant_without_a_stack_trace_gives_way_to_one_with() -> None:
    exception = {"type": "E", "value": "v", "stacktrace": NONE_IN_APP}
    assert texts(exception={"values": [exception]}) == {"system": "fE", "app": None}


@pytest.mark.parametrize(
    "threads",
    [
        [{"stacktrace": STACK}],
        [{"stacktrace": STACK, "crashed": True}, {"stacktrace": ALL_IN_APP, "current": True}],
        [{"stacktrace": STACK, "current": True}, {"stacktrace": ALL_IN_APP}],
        [{"crashed": True}, {"crashed": True}, {"current": True, "stacktrace": STACK}],
    ],
)
def test_the_thread_that_stands_out_decides(threads: list[Any]) -> None:
    assert texts(threads={"values": threads}) == {"system": "fg", "app": "f"}


@pytest.mark.parametrize(
    "threads", [[{}], [{"stacktrace": STACK}, {"stacktrace": STACK}], [{"stacktrace": {}}]]
)
def test_threads_of_which_none_stands_out_do_not_count(threads: list[Any]) -> None:
    assert texts(threads={"values": threads}) == {"app": None}


def test_a_template_counts_by_its_place() -> None:
    assert texts(template={"filename": "a.html", "context_line": "{% x %}"}) == {"default": "a.html{% x %}"}
    assert texts(template={"lineno": 3}) == {"default": None}


def test_a_message_counts_by_its_template_else_as_finished() -> None:
    assert texts(logentry={"message": "user %s failed", "formatted": "user 3 failed"}) == {
        "default": "user %s failed"
    }
    assert texts(logentry={"formatted": "user 3 failed"}) == {"default": "user <int> failed"}
    assert texts(logentry={"formatted": ""}) == texts() == {}


def test_security_reports_count_before_messages() -> None:
    report = {"effective_directive": "img-src", "blocked_uri": "data"}
    variants = computed_variants({"csp": report, "logentry": {"formatted": "Blocked"}}, HOW)
    assert variants["default"].text == "img-srcdata:"
    assert len(variants["default"].values) == 2
