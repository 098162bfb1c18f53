"""The tree of a trace: complete, ordered, and safe from any shape of links."""

import json
import random
import sys
from typing import Any

from vedette.api.schema import faults
from vedette.api.shapes.trace import CIRCLE, ORPHAN, TraceError, TraceSpan, Tree, walk, write_tree
from vedette.domain.levels import Level
from vedette.domain.times import Micros
from vedette.store.queries.segments import SegmentRow
from vedette.store.queries.traces import SpanRow
from vedette.store.queries.traces import TraceError as StoredError


def span_id(number: int) -> bytes:
    return number.to_bytes(8, "big")


def span(number: int, parent: int | None, start: int = 0, **values: Any) -> SpanRow:
    complete: dict[str, Any] = {
        "op": "db",
        "description": f"SELECT {number}",
        "duration": 1_000,
        "self_time": None,
        "status": "ok",
        "is_segment": 0,
        "project": 1,
        "request": 1,
        "item": 0,
    }
    return SpanRow(
        span_id=span_id(number),
        parent_id=None if parent is None else span_id(parent),
        start=Micros(start),
        **(complete | values),
    )


def segment(number: int) -> SegmentRow:
    return SegmentRow(
        1, "a" * 32, "t" * 32, span_id(number).hex(), 1, "shop", 1, "GET /cart", "http.server", Micros(0),
        1_000,
        "ok", False, "GET", 200, None, None, None, 4, 1, 0,
    )  # fmt: skip


def error(at: bytes | None) -> StoredError:
    return StoredError(
        1,
        "e" * 32,
        at,
        7,
        "SHOP-1",
        "ValueError: boom",
        "shop.cart in pay",
        Level.ERROR,
        Micros(5_000_000),
        1,
        "shop",
    )


def written(tree: Tree) -> Any:
    return json.loads(b"".join(write_tree(tree)))


def test_children_stand_under_their_parents_in_order_of_start() -> None:
    spans = [span(3, 1, 30), span(2, 1, 20), span(4, 2, 25), span(1, None, 10, is_segment=1)]
    segments = {spans[3].span_id.hex(): segment(1)}
    (root,) = written(Tree(spans, segments, projects={1: "shop"}))
    assert root["transaction"] == "GET /cart"
    assert root["transaction_id"] == "a" * 32
    assert root["is_transaction"] is True
    assert [child["event_id"][-1] for child in root["children"]] == ["2", "3"]
    (grandchild,) = root["children"][0]["children"]
    assert grandchild["transaction"] == "GET /cart"
    assert grandchild["project_slug"] == "shop"
    assert grandchild["duration"] == 1.0
    assert list(faults(root, TraceSpan)) == []


def test_a_span_whose_parent_is_missing_is_a_root_and_says_so() -> None:
    (root,) = written(Tree([span(2, 1)]))
    assert root["additional_attributes"]["note"] == ORPHAN
    assert root["parent_span_id"] == f"{1:016x}"


def test_errors_hang_on_their_span_or_follow_at_the_root() -> None:
    spans = [span(1, None), span(2, 1)]
    root, loose, lost = written(Tree(spans, errors=[error(None), error(spans[1].span_id), error(b"f" * 8)]))
    assert root["children"][0]["errors"][0]["short_id"] == "SHOP-1"
    assert [loose["event_type"], lost["event_type"]] == ["error", "error"]
    assert list(faults(loose, TraceError)) == []


def test_errors_alone_and_nothing_at_all_are_valid_answers() -> None:
    assert [node["issue_id"] for node in written(Tree([], errors=[error(None), error(None)]))] == [7, 7]
    assert written(Tree([])) == []


def test_a_circle_is_cut_and_loses_nothing() -> None:
    spans = [span(1, 3, 10), span(2, 1, 20), span(3, 2, 30), span(4, 4, 40)]
    first, second = written(Tree(spans))
    assert first["additional_attributes"]["note"] == CIRCLE
    assert first["children"][0]["children"][0]["event_id"] == spans[2].span_id.hex()
    assert second["event_id"] == spans[3].span_id.hex()


def test_two_spans_with_one_id_are_both_shown_and_children_shown_once() -> None:
    nodes = written(Tree([span(1, None, 10), span(1, None, 20), span(2, 1, 30)]))
    assert [len(node["children"]) for node in nodes] == [1, 0]


def test_a_chain_of_a_hundred_thousand_spans_is_walked_and_written_without_recursion() -> None:
    n = 100_000
    chain = [span(number, number - 1 or None, number) for number in range(1, n + 1)]
    assert n > sys.getrecursionlimit()
    assert walk(chain)[-1].depth == n - 1
    pieces = list(write_tree(Tree(chain)))
    assert b"".join(pieces).count(b'"children":[') == n
    assert max(map(len, pieces)) < 2_000_000


def test_any_links_at_all_give_each_span_exactly_once() -> None:
    for seed in range(200):
        chance = random.Random(seed)
        count = chance.randrange(1, 12)
        spans = [
            span(chance.randrange(1, 8), chance.choice([None, *range(1, 9)]), chance.randrange(5))
            for _ in range(count)
        ]
        assert sorted(visit.index for visit in walk(spans)) == list(range(count))
        assert str(written(Tree(spans))).count("children") == count
