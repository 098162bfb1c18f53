import pytest

from vedette.desktop.trace.sql_format import MOST, format_sql, is_sql, summary_of


@pytest.mark.parametrize(
    ("op", "text", "said"),
    [
        ("db", "SELECT 1", True),
        ("db.sql.query", "  (select 1)", True),
        ("db", "COMMIT", True),
        ("db.connection", "connect", False),
        ("db.redis", "GET orders:1", False),
        ("http", "SELECT 1", False),
        ("db", "", False),
    ],
)
def test_statements_are_told_by_operation_and_text(op: str, text: str, said: bool) -> None:
    assert is_sql(op, text) is said


def test_each_clause_has_a_line_and_joints_stand_below_it() -> None:
    statement = "SELECT a, b FROM t LEFT JOIN u ON u.id = t.u WHERE t.x = %s AND t.y IN (%s, %s) ORDER BY a"
    assert format_sql(statement, 60) == [
        "SELECT a, b",
        "FROM t",
        "LEFT JOIN u ON u.id = t.u",
        "WHERE t.x = %s",
        "  AND t.y IN (%s, %s)",
        "ORDER BY a",
    ]


def test_a_query_in_a_query_is_indented() -> None:
    statement = (
        "SELECT * FROM orders WHERE id IN (SELECT order_id FROM pay WHERE state = 'due' GROUP BY order_id)"
    )
    assert format_sql(statement, 80) == [
        "SELECT *",
        "FROM orders",
        "WHERE id IN (",
        "  SELECT order_id",
        "  FROM pay",
        "  WHERE state = 'due'",
        "  GROUP BY order_id",
        ")",
    ]


def test_a_line_that_is_too_long_goes_on_further_in() -> None:
    assert format_sql("SELECT " + ", ".join(f"column_{n}" for n in range(5)), 30) == [
        "SELECT column_0, column_1,",
        "    column_2, column_3,",
        "    column_4",
    ]


def test_between_keeps_its_and() -> None:
    lines = format_sql("SELECT a FROM t WHERE b BETWEEN 1 AND 2 OR c = 3", 80)
    assert lines[2:] == ["WHERE b BETWEEN 1 AND 2", "  OR c = 3"]


@pytest.mark.parametrize(
    "text",
    [
        "x" * 400,
        " " * 400,
        "",
        "a " * 30_000,
        "'" + "y" * 50 + " z" * 50,
        "SELECT 'it''s', \"q\"\"q\", `b`, [c d] FROM t -- note\nWHERE a::int = $1 AND b ->> 'k' = ?; COMMIT",
        "SELECT $tag$ any 'thing' $tag$, /* open",
        "INSERT INTO t (a) VALUES (:a), (@b), (%(c)s) ON CONFLICT (a) DO UPDATE SET a = excluded.a",
        ")))((( AND OR",
    ],
)
@pytest.mark.parametrize("columns", [20, 80])
def test_nothing_of_a_statement_is_lost_and_laying_it_out_twice_changes_nothing(
    text: str, columns: int
) -> None:
    lines = format_sql(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    if "--" not in text and len(text) < MOST:
        assert format_sql("\n".join(lines), columns) == lines


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ('SELECT "a"."id" FROM "auth_group" WHERE x', "SELECT auth_group"),
        ("select * from public.orders o", "SELECT orders"),
        ("INSERT INTO `t` (a) VALUES (1)", "INSERT t"),
        ("UPDATE [orders] SET a = 1", "UPDATE orders"),
        ("DELETE FROM t", "DELETE t"),
        ("SELECT * FROM (SELECT 1 FROM inner_t) x", "SELECT inner_t"),
        ("COMMIT", "COMMIT"),
        ("", ""),
        ("SELECT " + "x" * 100, "SELECT " + "x" * 52 + "…"),
    ],
)
def test_a_statement_is_summed_up_by_verb_and_table(statement: str, said: str) -> None:
    assert summary_of(statement) == said
