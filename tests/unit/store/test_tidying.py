"""What goes by its own age: old ends of counters, traces, incidents and metrics' names, all by their keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.builders import MORNING, a_request, an_event
from tests.support.records import a_point, some_points
from vedette.domain.times import DAY, HOUR, MINUTE
from vedette.domain.workspace import Workspace
from vedette.store import migrations, schema
from vedette.store.engine import open_writer
from vedette.store.retention import Retention, RetentionLimits
from vedette.store.tidying import _BY_HOUR, _MINUTES, MINUTES_KEPT, Tidying
from vedette.store.writer.writer import StoreWriter

LATER = MORNING + 100 * DAY
CUTOFF = LATER - 90 * DAY


@pytest.mark.parametrize("table", [*_MINUTES, *_BY_HOUR], ids=lambda table: table.name)
def test_of_every_series_the_old_end_goes(writer: StoreWriter, table: object) -> None:
    assert isinstance(table, type(schema.issue_minute))
    keys = [column.name for column in table.primary_key.columns]
    others = [column.name for column in table.columns if column.name not in keys]
    young = LATER // MINUTE - MINUTES_KEPT if table in _MINUTES else CUTOFF // HOUR
    before = keys.index("bucket")
    series = [(0,) * before, (1,) * before, (2,) * before, (*(2,) * (before - 1), 3), (70_000,) * before]
    names, places = ", ".join((*keys, *others)), ", ".join("?" for _ in table.columns)
    sql = f"INSERT INTO {table.name}({names}) VALUES({places})"
    for one in dict.fromkeys(series):
        for bucket in (young - 500, young - 1, young, young + 1):
            rest = (0,) * (len(keys) - before - 1 + len(others))
            writer.raw.execute(sql, (*one, bucket, *rest))
    Tidying(writer.raw).run(LATER, CUTOFF)
    left = writer.raw.execute(f"SELECT bucket, count(*) FROM {table.name} GROUP BY bucket").fetchall()
    assert left == [(young, len(set(series))), (young + 1, len(set(series)))]


def plans(tidying: Tidying) -> Iterator[str]:
    counters = (sql for counter in tidying._counters.values() for sql in (counter._next, counter._old))
    for sql in (*counters, tidying._traces, tidying._incidents, tidying._name, tidying._attributes):
        for row in tidying._raw.execute(f"EXPLAIN QUERY PLAN {sql}", (0,) * sql.count("?")):
            yield row[3]


def test_no_table_is_read_through(writer: StoreWriter) -> None:
    found = list(plans(Tidying(writer.raw)))
    assert len(found) == 2 * len((*_MINUTES, *_BY_HOUR)) + 4
    assert [plan for plan in found if not plan.startswith("SEARCH")] == []


def test_incidents_go_once_they_ended_long_ago(writer: StoreWriter) -> None:
    for number, ended in ((1, CUTOFF - 1), (2, CUTOFF), (3, None)):
        writer.raw.execute(
            "INSERT INTO incident(id, monitor, environment, started, ended, hash, check_in) "
            "VALUES(?, 1, 1, 5, ?, '', x'')",
            (number, ended),
        )
    Tidying(writer.raw).run(LATER, CUTOFF)
    assert writer.raw.execute("SELECT id FROM incident").fetchall() == [(2,), (3,)]


def test_traces_go_once_they_ended_long_ago(writer: StoreWriter) -> None:
    for number, start, end in ((1, 1, CUTOFF - 1), (2, 1, CUTOFF), (3, CUTOFF, CUTOFF)):
        writer.raw.execute(
            'INSERT INTO trace(id, trace_id, project, run, start, "end", spans, segments, errors, failed, '
            "name, op, last_seen) VALUES(?, ?, 1, 1, ?, ?, 0, 0, 0, 0, '', '', 0)",
            (number, bytes([number]) * 16, start, end),
        )
    Tidying(writer.raw).run(LATER, CUTOFF)
    assert writer.raw.execute("SELECT id FROM trace").fetchall() == [(2,), (3,)]


def test_a_metric_goes_with_its_last_point_and_comes_back_with_the_next(
    writer: StoreWriter, workspace: Workspace
) -> None:
    def add(number: int, at: int, *names: str) -> None:
        points = [a_point(name, ts=at, attributes=(("till", "1"),)) for name in names]
        with writer.batch(mark=number):
            writer.add(a_request(number, some_points(*points), received=at))

    def split() -> list[tuple[str, str]]:
        return writer.raw.execute(
            "SELECT name.value, term.key FROM metric_attribute JOIN term ON term.id = term "
            "JOIN term AS name ON name.id = name_term ORDER BY 1, 2"
        ).fetchall()

    add(1, MORNING, "old", "both")
    add(2, LATER, "both")
    before = split()
    assert ("old", "till") in before
    retention = Retention(writer, workspace, RetentionLimits(days=90))
    while retention.step(LATER):
        pass
    names = "SELECT value FROM metric_name JOIN term ON term.id = name_term ORDER BY 1"
    assert writer.raw.execute(names).fetchall() == [("both",)]
    assert split() == [row for row in before if row[0] != "old"]
    add(3, LATER, "old")
    assert writer.raw.execute(names).fetchall() == [("both",), ("old",)]
    assert split() == before


def test_what_an_issue_s_stacks_were_goes_with_it(writer: StoreWriter, workspace: Workspace) -> None:
    for number, at in ((1, MORNING), (2, LATER)):
        with writer.batch(mark=number):
            event = an_event(f"E{number}: e", timestamp=at, stack=f"shop.basket {number}")
            writer.add(a_request(number, event, received=at))
    Retention(writer, workspace, RetentionLimits(days=90)).step(LATER)
    assert writer.raw.execute("SELECT issue FROM issue_stack").fetchall() == [(2,)]


def test_an_older_database_gets_the_indexes(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / "a.db")
    migrations.migrate(connection)
    step = migrations.MIGRATIONS.index(migrations._0011_what_retention_looks_for)
    wanted = ("issue_stack_of_issue", "incident_by_end")
    for name in wanted:
        connection.raw.execute(f"DROP INDEX {name}")
    connection.raw.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(step),))
    migrations.migrate(connection)
    found = {row[0] for row in connection.raw.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert found.issuperset(wanted)
    connection.close()
