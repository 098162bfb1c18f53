"""Numbered steps: from nothing to today, never half, never past what this Vedette knows."""

from pathlib import Path

import pytest

from vedette.store import dialect, migrations, schema
from vedette.store.engine import Reader, open_writer
from vedette.store.queries.projects import PathMapping, project_mappings


def test_an_empty_file_gets_every_table(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / "a.db")
    assert migrations.migrate(connection) == migrations.LATEST
    tables = {row[0] for row in connection.raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert set(schema.metadata.tables) | set(dialect.FULL_TEXT) <= tables
    assert migrations.version(connection) == migrations.LATEST
    connection.close()


def test_migrating_again_does_nothing(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / "a.db")
    migrations.migrate(connection)
    assert migrations.migrate(connection) == 0
    connection.close()


def test_a_step_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = open_writer(tmp_path / "a.db")
    migrations.migrate(connection)

    def broken(connection: object) -> None:
        open_connection.raw.execute("CREATE TABLE half(x)")
        raise RuntimeError("power went")

    open_connection = connection
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, broken))
    monkeypatch.setattr(migrations, "LATEST", migrations.LATEST + 1)
    with pytest.raises(RuntimeError):
        migrations.migrate(connection)
    assert not connection.raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchone()
    assert migrations.version(connection) == migrations.LATEST - 1
    connection.close()


def test_a_newer_database_that_we_can_still_read_is_not_written(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / "a.db")
    migrations.migrate(connection)
    connection.raw.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    assert migrations.check_readable(connection) == 99
    with pytest.raises(migrations.SchemaError, match="can only be read"):
        migrations.migrate(connection)
    connection.close()


def test_a_database_that_only_a_newer_vedette_understands_is_refused_kindly(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / "a.db")
    migrations.migrate(connection)
    connection.raw.execute("UPDATE meta SET value = '99' WHERE key IN ('schema', 'schema_reads')")
    with pytest.raises(migrations.SchemaError, match="newer Vedette"):
        migrations.check_readable(connection)
    connection.close()


def test_a_database_from_before_path_mappings_gets_them_and_can_be_read_meanwhile(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / "a.db")
    migrations.migrate(connection)
    connection.raw.execute("DROP TABLE project_mapping")
    connection.raw.execute("UPDATE meta SET value = '2' WHERE key = 'schema'")
    connection.raw.execute(
        "INSERT INTO project(id, slug, name, created, origin, platform, colour, last_short)"
        " VALUES(1, 'desk', 'Desk', 0, 'user', '', 0, 0)"
    )
    reader = Reader(tmp_path / "a.db")
    assert project_mappings(reader.db, 1) == ()
    assert migrations.migrate(connection) == migrations.LATEST - 2
    connection.raw.execute("INSERT INTO project_mapping VALUES(1, 0, '/app/', '/home/ada/shop')")
    assert project_mappings(reader.db, 1) == (PathMapping("/app/", "/home/ada/shop"),)
    reader.close()
    connection.close()


def test_an_older_workspace_learns_what_spans_have_in_common(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / "a.db")
    migrations.migrate(connection)
    for name in ("normal", "group_hash"):
        connection.raw.execute(f"ALTER TABLE description DROP COLUMN {name}")
    connection.raw.execute("INSERT INTO description VALUES(1, x'01', 'db', 'SELECT 1')")
    connection.raw.execute("UPDATE meta SET value = '5' WHERE key = 'schema'")
    assert migrations.migrate(connection) == migrations.LATEST - 5
    assert connection.raw.execute("SELECT * FROM description").fetchall() == [
        (1, b"\x01", "db", "SELECT 1", None, None)
    ]
    connection.close()


def test_an_older_workspace_gets_the_indexes_that_came_later(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / "a.db")
    migrations.migrate(connection)
    added = ("issue_by_priority", "issue_by_title", "span_start", "feedback_trace", "check_in_trace")
    for name in added:
        connection.raw.execute(f"DROP INDEX {name}")
    connection.raw.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")
    assert migrations.migrate(connection) == migrations.LATEST - 1
    indexes = {
        row[0] for row in connection.raw.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
    }
    assert indexes >= set(added)
    connection.close()


def test_an_older_workspace_learns_of_its_releases(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / "a.db")
    migrations.migrate(connection)
    raw = connection.raw
    raw.execute("DELETE FROM release")
    raw.execute(
        "INSERT INTO release_hour(project, release_term, bucket, n) VALUES(1, 7, 10, 2), (1, 7, 12, 3)"
    )
    raw.execute("UPDATE meta SET value = '6' WHERE key = 'schema'")
    assert migrations.migrate(connection) == migrations.LATEST - 6
    hour = 3_600_000_000
    assert raw.execute("SELECT * FROM release").fetchall() == [(1, 7, 10 * hour, 12 * hour, 5, 0)]
    connection.close()
