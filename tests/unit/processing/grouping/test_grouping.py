"""Whole events to their hashes."""

import json
import random
from typing import Any

import pytest

from vedette.processing.grouping import CONFIG, Component, explain, group, variant_hash

EMPTY = "d41d8cd98f00b204e9800998ecf8427e"


def variants_of(event: Any) -> dict[str, str | None]:
    variants = [each for each in explain(event).values if isinstance(each, Component)]
    return {each.id: variant_hash(each) for each in variants}


def test_app_is_looked_up_before_system() -> None:
    frames = [{"function": "f", "in_app": True}, {"function": "g", "in_app": False}]
    event = {"exception": {"values": [{"type": "E", "stacktrace": {"frames": frames}}]}}
    variants = variants_of(event)
    found = group(event)
    assert found.hashes == (variants["app"], variants["system"])
    assert (found.variant, found.config) == ("app", CONFIG)


@pytest.mark.parametrize(
    ("event", "variant"),
    [
        ({"exception": {"values": [{"type": "E"}]}}, "app"),
        ({"stacktrace": {"frames": [{"function": "f", "in_app": True}]}}, "system"),
        ({"logentry": {"formatted": "m"}}, "message"),
        ({"template": {"filename": "a"}}, "default"),
        ({"fingerprint": ["a"]}, "fingerprint"),
        ({"logentry": {"formatted": "m"}, "fingerprint": ["a", "{{ default }}"]}, "default"),
        ({"checksum": "a" * 32}, "checksum"),
        ({"checksum": "anything"}, "checksum"),
        ({}, "fallback"),
    ],
)
def test_what_decided_is_named(event: Any, variant: str) -> None:
    assert group(event).variant == variant


def test_an_event_with_nothing_to_tell_falls_back_to_one_group() -> None:
    assert group({}).hashes == (EMPTY,)
    assert variants_of({}) == {"fallback": EMPTY}


def test_a_checksum_is_the_hash() -> None:
    checksum = "0123456789abcdef0123456789abcdef"
    assert group({"checksum": checksum, "fingerprint": ["a"]}).hashes == (checksum,)
    assert variants_of({"checksum": checksum}) == {"checksum": checksum}


def test_a_checksum_that_is_no_md5_is_hashed() -> None:
    short = variants_of({"checksum": "mine"})
    assert list(short) == ["hashed-checksum", "checksum"]
    assert short["checksum"] == "mine"
    assert group({"checksum": "mine"}).hashes == (short["hashed-checksum"],)
    assert list(variants_of({"checksum": "m" * 33})) == ["hashed-checksum"]


def test_explain_tells_what_counts_and_why_the_rest_does_not() -> None:
    frame = {"module": "shop", "filename": "shop.py", "function": "f", "in_app": False}
    tree = explain(
        {"exception": {"values": [{"type": "E", "value": "v", "stacktrace": {"frames": [frame]}}]}}
    )
    hints = {}

    def walk(component: Component) -> None:
        hints[component.id] = component.hint
        for value in component.values:
            if isinstance(value, Component):
                walk(value)

    walk(tree)
    assert hints["filename"] == "the module says more"
    assert hints["frame"] == "not an in-app frame"
    assert set(hints) >= {
        "grouping",
        "system",
        "app",
        "exception",
        "stacktrace",
        "frame",
        "module",
        "function",
        "type",
    }


def _odd(choose: random.Random, depth: int = 0) -> Any:
    kind = choose.randrange(9 if depth < 4 else 6)
    if kind == 6:
        return [_odd(choose, depth + 1) for _ in range(choose.randrange(4))]
    if kind > 6:
        keys = choose.sample(KEYS, choose.randrange(1, 9))
        return {key: _odd(choose, depth + 1) for key in keys}
    scalars: list[Any] = [None, True, choose.randrange(-2, 5), 1.5, "", choose.choice(TEXTS)]
    return scalars[kind]


KEYS = [
    "exception",
    "threads",
    "values",
    "stacktrace",
    "frames",
    "function",
    "raw_function",
    "module",
    "filename",
    "abs_path",
    "context_line",
    "platform",
    "logentry",
    "message",
    "formatted",
    "fingerprint",
    "checksum",
    "csp",
    "hpkp",
    "template",
    "mechanism",
    "exception_id",
    "parent_id",
    "meta",
    "ns_error",
    "is_exception_group",
    "synthetic",
    "type",
    "value",
    "data",
    "sourcemap",
    "in_app",
    "tags",
    "blocked_uri",
    "violated_directive",
    "crashed",
]
TEXTS = [
    "python",
    "java",
    "javascript",
    "native",
    "{{ default }}",
    "{{ tags.x }}",
    "a 1",
    "\ud800",
    "a.b@c",
    "<anonymous>",
]


def test_no_shape_of_an_event_makes_grouping_fail() -> None:
    choose = random.Random(7)
    for _ in range(3000):
        event = {key: _odd(choose) for key in choose.sample(KEYS, 8)}
        event["exception"] = {"values": [_odd(choose) for _ in range(3)]}
        found = group(event)
        assert found.hashes
        assert all(len(each) == 32 for each in found.hashes)
        explained = variants_of(event)
        assert set(found.hashes) <= set(explained.values())


def test_values_nested_as_deep_as_the_parser_allows_are_ignored() -> None:
    deep = json.loads("[" * 900 + "]" * 900)
    frame = dict.fromkeys(("function", "module", "filename", "package", "lineno", "platform", "data"), deep)
    exception = {
        "type": deep,
        "value": deep,
        "mechanism": {"exception_id": 0},
        "stacktrace": {"frames": [frame] * 3},
    }
    event = {"exception": {"values": [exception] * 3}, "tags": deep, "fingerprint": [deep, "{{ tags.x }}"]}
    assert group(event).variant == "fingerprint"
