"""What the engine can do, and whether a file is sound."""

from pathlib import Path

import apsw
import pytest

from vedette.domain.workspace import Workspace
from vedette.store import check
from vedette.store.check import check_database, describe_sqlite
from vedette.store.errors import DamagedError, StoreError
from vedette.store.migrations import LATEST
from vedette.store.writer.writer import StoreWriter


def test_the_engine_here_lacks_nothing() -> None:
    facts = describe_sqlite()
    assert facts.lacks == ()
    assert facts.version == apsw.sqlite_lib_version()


def test_a_fresh_workspace_is_sound_while_its_writer_works(writer: StoreWriter, workspace: Workspace) -> None:
    facts = check_database(workspace.database)
    assert facts.faults == ()
    assert facts.is_complete
    assert facts.schema == LATEST


def test_a_check_that_takes_too_long_says_that_it_is_not_complete(tmp_path: Path) -> None:
    path = tmp_path / "large.db"
    with apsw.Connection(str(path)) as db:
        db.execute(
            "CREATE TABLE t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200000) "
            "SELECT i, hex(randomblob(20)) AS x FROM n; CREATE INDEX ix ON t(x)"
        )
    db.close()
    facts = check_database(path, seconds=0)
    assert not facts.is_complete
    assert facts.faults == ()


def test_damage_is_told_in_sqlites_words(tmp_path: Path) -> None:
    path = tmp_path / "bad.db"
    db = apsw.Connection(str(path))
    db.execute("CREATE TABLE t(x); CREATE INDEX ix ON t(x); INSERT INTO t VALUES('a'), ('b'), ('c')")
    root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix'").fetchone()[0]
    size = db.pragma("page_size")
    db.close()
    content = bytearray(path.read_bytes())
    content[(root - 1) * size + 3 : (root - 1) * size + 5] = b"\xff\xff"  # the page's count of cells
    path.write_bytes(content)
    assert check_database(path).faults


def test_a_file_that_is_none_raises(tmp_path: Path) -> None:
    path = tmp_path / "text.db"
    path.write_bytes(b"once upon a time " * 500)
    with pytest.raises(DamagedError):
        check_database(path)


def test_a_file_that_is_not_there_raises(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        check_database(tmp_path / "none.db")


def test_a_build_that_lacks_something_says_what(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = check._needs()
    assert "percentile_cont" in needs["percentiles"][0]
    without = {
        name: [sql.replace("percentile_cont", "percentile_none") for sql in each]
        for name, each in needs.items()
    }
    monkeypatch.setattr(check, "_needs", lambda: without)
    assert describe_sqlite().lacks == ("percentiles",)
