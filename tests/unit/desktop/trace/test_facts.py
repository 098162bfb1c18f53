import pytest

from tests.support.traces import a_span
from vedette.desktop.trace import facts
from vedette.desktop.trace.build import build_tree
from vedette.desktop.trace.tree import TraceTree


def test_headings_say_what_kind_of_row_it_is(order: TraceTree) -> None:
    assert facts.heading(order.node(0)) == ("http.server · segment of shop", "GET /orders/{id}")
    assert facts.heading(order.node(2)) == ("db · 6 similar spans", "SELECT * FROM line WHERE id = %s")


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
        ("cls", "0"),
        ("lcp", "460.25 millisecond"),
        ("list", '[1,"a"]'),
        ("rows", "3"),
        ("thread.name", "Main"),
        ("sentry.op", "db"),
        ("sentry.origin", "auto.db"),
    ]
    assert facts.attributes({}) == []


@pytest.mark.parametrize(
    ("op", "text", "sql"),
    [("db", "SELECT 1", True), ("db.sql.query", "SELECT 1", True), ("db.connection", "connect", False),
     ("http", "GET x", False)],
)  # fmt: skip
def test_statements_are_told_by_operation_and_text(op: str, text: str, sql: bool) -> None:
    tree = build_tree([a_span(1, op=op, description=text)])
    assert facts.is_sql(tree.node(0)) is sql


def test_statements_break_before_their_clauses_and_where_they_are_too_long() -> None:
    statement = "SELECT a, b FROM t LEFT JOIN u ON u.id = t.u WHERE t.x = %s AND t.y IN (%s, %s) ORDER BY a"
    assert facts.sql_lines(statement, 30) == [
        "SELECT a, b",
        "FROM t",
        "LEFT JOIN u ON u.id = t.u",
        "WHERE t.x = %s",
        "AND t.y IN (%s, %s)",
        "ORDER BY a",
    ]
    assert facts.sql_lines("SELECT " + ", ".join(f"column_{n}" for n in range(5)), 30) == [
        "SELECT column_0, column_1,",
        "  column_2, column_3, column_4",
    ]


@pytest.mark.parametrize("text", ["x" * 400, " " * 400, "", "a " * 30_000, "'" + "y" * 50 + " z" * 50])
def test_no_statement_is_lost_or_loops(text: str) -> None:
    lines = facts.sql_lines(text, 20)
    assert "".join("".join(lines).split()) == "".join(text.split())
