"""Numbered steps: from nothing to today, never half, never past what this Vedette knows."""

from pathlib import Path

import pytest

from vedette.store import dialect, migrations, schema
from vedette.store.engine import open_writer


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
