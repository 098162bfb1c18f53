"""The spool: durable appending, reading in order, forgetting, and ids that never come back."""

from pathlib import Path

import pytest

from tests.support.builders import a_spool_entry
from vedette.store.errors import StoreError
from vedette.store.spool import Spool


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "Äpfel und Birnen"
    folder.mkdir()
    return folder / "spool.db"


def test_entries_come_back_in_order_with_the_ids_they_were_given(path: Path) -> None:
    spool = Spool(path)
    ids = spool.append([a_spool_entry(b"one"), a_spool_entry(b"two")])
    more = spool.append([a_spool_entry(b"three")])
    assert [*ids, *more] == [1, 2, 3]
    assert [(entry.id, entry.body) for entry in spool.read(0, 10, 1000)] == [
        (1, b"one"),
        (2, b"two"),
        (3, b"three"),
    ]
    spool.close()


def test_another_connection_sees_what_was_appended_at_once(path: Path) -> None:
    station, digest = Spool(path), Spool(path)
    station.append([a_spool_entry(b"one")])
    assert [entry.body for entry in digest.read(0, 10, 1000)] == [b"one"]
    station.close()
    digest.close()


def test_reading_stops_at_the_number_and_about_the_bytes_asked_for(path: Path) -> None:
    spool = Spool(path)
    spool.append([a_spool_entry(b"x" * 100)] * 10)
    assert len(spool.read(0, 3, 10_000)) == 3
    assert len(spool.read(0, 10, 250)) == 3
    assert [entry.id for entry in spool.read(8, 10, 10_000)] == [9, 10]
    spool.close()


def test_forgotten_entries_are_gone_and_their_ids_do_not_come_back(path: Path) -> None:
    spool = Spool(path)
    spool.append([a_spool_entry(b"one"), a_spool_entry(b"two")])
    spool.drop_through(2)
    spool.checkpoint()
    spool.shrink()
    assert spool.read(0, 10, 1000) == []
    assert spool.last_id() == 2
    assert list(spool.append([a_spool_entry(b"three")])) == [3]
    assert spool.pending(2) == 1
    spool.close()


def test_a_deleted_spool_goes_on_above_the_stores_mark(path: Path) -> None:
    Spool(path, after=500).close()
    again = Spool(path, after=100)
    assert list(again.append([a_spool_entry(b"")])) == [501]
    again.close()


def test_an_append_that_fails_leaves_none_of_its_entries(path: Path) -> None:
    spool = Spool(path)
    broken = a_spool_entry(b"x")
    object.__setattr__(broken, "kind", None)
    with pytest.raises(Exception, match="NOT NULL"):
        spool.append([a_spool_entry(b"good"), broken])
    assert spool.read(0, 10, 1000) == []
    assert list(spool.append([a_spool_entry(b"next")]))[-1] >= 1
    spool.close()


def test_a_file_that_is_no_database_is_said_to_be_damaged(path: Path) -> None:
    path.write_bytes(b"not a database, but long enough to look like something" * 50)
    with pytest.raises(StoreError, match="damaged"):
        Spool(path)
