"""What follows from merges, splits and moves for the place of an event."""

import apsw
import pytest

from vedette.store import schema
from vedette.store.engine import sql_of
from vedette.store.writer.overrulings import Overrulings, forget_issues, write_origins
from vedette.store.writer.writer import StoreWriter


@pytest.fixture
def raw(writer: StoreWriter) -> apsw.Connection:
    return writer.raw


def declare(raw: apsw.Connection, merges: dict[int, int], splits: list[tuple[int, int, int]]) -> Overrulings:
    redirects = [(old, 1, old, new, 1, 1) for old, new in merges.items()]
    raw.executemany(sql_of(schema.issue_redirect.insert()), redirects)
    rows = [(number, 1, source, target, "", 0) for number, source, target in splits]
    raw.executemany(sql_of(schema.split.insert()), rows)
    return Overrulings(raw)


def test_a_merge_leads_on_however_often_it_was_merged_again(raw: apsw.Connection) -> None:
    found = declare(raw, {1: 2, 2: 3}, [])
    assert [found.place(number) for number in (1, 2, 3, 4)] == [3, 3, 3, 4]
    assert found.leading_to(3) == {1, 2, 3}


def test_a_split_sends_on_only_what_fits_it(raw: apsw.Connection) -> None:
    found = declare(raw, {}, [(7, 1, 2)])
    assert (found.place(1, (7,)), found.place(1, (8,)), found.place(1)) == (2, 1, 1)


def test_a_split_of_an_issue_still_counts_once_that_was_merged(raw: apsw.Connection) -> None:
    found = declare(raw, {1: 3}, [(7, 1, 2), (8, 3, 4)])
    assert (found.place(1, (7,)), found.place(1, (8,)), found.place(1)) == (2, 4, 3)
    assert found.place(3, (7,)) == 3


def test_what_was_split_off_and_merged_again_stays_where_it_was_merged(raw: apsw.Connection) -> None:
    assert declare(raw, {2: 1}, [(7, 1, 2)]).place(1, (7,)) == 1


def test_a_split_back_ends_a_circle(raw: apsw.Connection) -> None:
    assert declare(raw, {}, [(7, 1, 2), (8, 2, 1)]).place(1, (7, 8)) == 1


def test_a_moved_event_heeds_only_splits_made_after_the_move(raw: apsw.Connection) -> None:
    found = declare(raw, {}, [(7, 1, 2)])
    assert (found.place(1, (7,), after=7), found.place(1, (7,), after=6)) == (1, 2)
    assert (found.meets_splits(1, 7), found.meets_splits(1, 6)) == (False, True)


def test_only_an_issue_with_splits_behind_it_asks_which_fit(raw: apsw.Connection) -> None:
    found = declare(raw, {1: 3}, [(8, 3, 4)])
    assert [found.meets_splits(number) for number in (1, 3, 4)] == [True, True, False]
    assert found.reached_from([1]) == {1, 3, 4}


def test_origins_follow_redirects_to_the_end_and_go_with_them(raw: apsw.Connection) -> None:
    declare(raw, {1: 2, 2: 3}, [])
    write_origins(raw, [1, 2, 3])
    origins = "SELECT issue, origin FROM issue_origin ORDER BY 1, 2"
    assert raw.execute(origins).fetchall() == [(3, 1), (3, 2)]
    raw.execute("DELETE FROM issue_redirect WHERE old = 2")
    write_origins(raw, [2, 3])
    assert raw.execute(origins).fetchall() == [(2, 1)]


def test_of_an_issue_that_is_gone_nothing_leads_to_it_but_splits_of_others(raw: apsw.Connection) -> None:
    declare(raw, {1: 2}, [(7, 1, 5), (8, 6, 2)])
    write_origins(raw, [2])
    raw.executemany(sql_of(schema.issue_hash.insert()), [(1, b"a", 1), (1, b"b", 2), (1, b"c", 3)])
    forget_issues(raw, [2])
    assert raw.execute("SELECT hash FROM issue_hash").fetchall() == [(b"c",)]
    assert raw.execute("SELECT id FROM split").fetchall() == [(8,)]
    assert not raw.execute("SELECT 1 FROM issue_redirect UNION SELECT 1 FROM issue_origin").fetchall()
