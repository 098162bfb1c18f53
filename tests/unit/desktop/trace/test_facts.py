from tests.support.traces import a_span
from vedette.desktop.trace import facts
from vedette.desktop.trace.build import build_tree
from vedette.desktop.trace.tree import TraceTree


def test_headings_say_what_kind_of_row_it_is(order: TraceTree) -> None:
    assert facts.heading(order.node(0)) == ("http.server · segment of shop", "GET /orders/{id}")
    assert facts.heading(order.node(2)) == ("db · 6 similar spans", "SELECT line")


def test_a_group_says_what_each_took(order: TraceTree) -> None:
    rows = {row.label: row.value for row in facts.timing(order, order.node(2))}
    assert rows["Duration"] == "58 ms (8 ms each)"
    assert rows["Self time"] == "48 ms (83 %)"


def test_a_failing_status_is_coloured_as_one() -> None:
    tree = build_tree([a_span(1, status="internal_error"), a_span(2, 1, status="cancelled")])
    tokens = [
        next(row.token for row in facts.timing(tree, tree.node(n)) if row.label == "Status") for n in (0, 1)
    ]
    assert tokens == ["level.error.text", "text"]


def test_ids_are_there_to_be_copied() -> None:
    tree = build_tree([a_span(1), a_span(2, 1)])
    rows = {row.label: row.value for row in facts.identity(tree, tree.node(1), "ab" * 16)}
    assert rows == {
        "span_id": "0000000000000002",
        "parent_span_id": "0000000000000001",
        "trace_id": "ab" * 16,
    }


def test_attributes_come_in_order_with_the_sdks_own_last() -> None:
    details = {
        "data": {"thread.name": "Main", "sentry.op": "db", "rows": 3, "list": [1, "a"]},
        "tags": {"browser": "Firefox"},
        "measurements": {
            "lcp": {"value": 460.25, "unit": "millisecond"},
            "cls": {"value": 0, "unit": "none"},
        },
        "origin": "auto.db",
    }
    assert [(row.label, row.value) for row in facts.attributes(details)] == [
        ("browser", "Firefox"),
        ("list", '[1,"a"]'),
        ("rows", "3"),
        ("thread.name", "Main"),
        ("sentry.op", "db"),
        ("sentry.origin", "auto.db"),
    ]
    assert facts.attributes({}) == []


def test_events_of_a_span_stand_among_its_attributes_numbered_where_they_repeat() -> None:
    events = [{"name": "halfway", "attributes": {"p": 0.5}}, {"name": "halfway"}, "broken"]
    assert [(row.label, row.value) for row in facts.attributes({"events": events})] == [
        ("event halfway", '{"p":0.5}'),
        ("event halfway #2", "{}"),
    ]
