"""Connections: what a reader may do, for how long, and how the writer's file is made."""

from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, insert, select, text
from sqlalchemy.exc import DBAPIError

from vedette.store import dbapi
from vedette.store.engine import QueryTimeoutError, Reader, alchemy, open_writer, sql_of

metadata = MetaData()
thing = Table("thing", metadata, Column("id", Integer, primary_key=True), Column("name", Text))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "wörk space" / "x.db"
    path.parent.mkdir()
    writer = open_writer(path)
    with alchemy(writer).connect() as db:
        metadata.create_all(db)
    writer.raw.execute("BEGIN IMMEDIATE")
    writer.raw.executemany(sql_of(insert(thing)), [(1, "one"), (2, "zwei")])
    writer.commit()
    writer.close()
    return path


def test_rows_come_through_sqlalchemy(path: Path) -> None:
    reader = Reader(path)
    with reader.limit(1) as db:
        assert db.execute(select(thing.c.name).order_by(thing.c.id)).scalars().all() == ["one", "zwei"]
    reader.close()


def test_a_question_without_rows_still_knows_its_columns(path: Path) -> None:
    reader = Reader(path)
    with reader.limit(1) as db:
        result = db.execute(select(thing).where(thing.c.id == 9))
        assert list(result.keys()) == ["id", "name"]
        assert result.all() == []
    reader.close()


def test_a_reader_cannot_write(path: Path) -> None:
    reader = Reader(path)
    with pytest.raises(DBAPIError), reader.limit(1) as db:
        db.execute(insert(thing).values(id=3, name="three"))
    reader.close()


def test_a_reader_holds_no_snapshot_between_questions(path: Path) -> None:
    reader, writer = Reader(path), open_writer(path)
    with reader.limit(1) as db:
        before = len(db.execute(select(thing)).all())
        writer.raw.execute("INSERT INTO thing VALUES(3, 'three')")
        assert len(db.execute(select(thing)).all()) == before + 1
        assert not reader.raw.in_transaction
    reader.close()
    writer.close()


ENDLESS = text("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n")


def test_a_question_past_its_time_limit_is_stopped_and_the_reader_goes_on(path: Path) -> None:
    reader = Reader(path)
    with pytest.raises(QueryTimeoutError), reader.limit(0.05) as db:
        db.execute(ENDLESS).all()
    with reader.limit(1) as db:
        assert db.execute(select(thing)).first() is not None
    reader.close()


def test_another_error_is_not_taken_for_a_time_limit(path: Path) -> None:
    reader = Reader(path)
    with pytest.raises(DBAPIError, match="no such table"), reader.limit(1) as db:
        db.execute(text("SELECT * FROM nowhere"))
    reader.close()


def test_the_writers_file_has_the_measured_layout(path: Path) -> None:
    writer = open_writer(path)
    raw = writer.raw
    names = ("page_size", "auto_vacuum", "journal_mode", "synchronous", "wal_autocheckpoint")
    assert [raw.pragma(name) for name in names] == [8192, 2, "wal", 2, 0]
    writer.close()


def test_the_driver_commits_and_rolls_back_only_what_was_begun(path: Path) -> None:
    connection = dbapi.connect(str(path))
    connection.commit()
    connection.rollback()
    connection.raw.execute("BEGIN")
    cursor = connection.execute("INSERT INTO thing VALUES(?, ?)", (7, "seven"))
    assert (cursor.lastrowid, cursor.rowcount) == (7, 1)
    connection.rollback()
    cursor = connection.execute("SELECT id, name FROM thing ORDER BY id")
    assert cursor.fetchone() == (1, "one")
    assert cursor.fetchmany(5) == [(2, "zwei")]
    assert cursor.fetchall() == []
    connection.close()
