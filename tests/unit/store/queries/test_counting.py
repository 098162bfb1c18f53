"""Counts made in memory: the same as the database's, kept up, shared, bounded."""

import gc
import random
import threading
import weakref
from collections.abc import Iterator
from typing import Any

import apsw
import numpy as np
import pytest
from sqlalchemy import func, select

from tests.support.builders import MORNING, an_event
from tests.support.store_rows import FilledStore
from vedette.domain.issues import Status
from vedette.domain.levels import Level
from vedette.domain.processed import ProcessedEvent
from vedette.domain.times import DAY, HOUR, MINUTE, Micros
from vedette.store.dialect import find
from vedette.store.engine import Reader
from vedette.store.queries import counting, issue_search
from vedette.store.queries.counting import counter_of
from vedette.store.queries.issue_rows import IssueFilter, ask
from vedette.store.queries.issues import Count, count_issues
from vedette.store.queries.matching import hits
from vedette.store.retention import Retention, RetentionLimits
from vedette.store.schema import event, issue
from vedette.store.search import parse_query

COLOURS = ("red", "green", "blue")


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a block of 16 rows, so that a few events fill many."""
    monkeypatch.setattr(counting, "_BLOCK_BITS", 4)
    monkeypatch.setattr(counting, "_BLOCK", 16)
    monkeypatch.setattr(counting, "_ALL_BITS", np.full(2, 0xFF, np.uint8))
    monkeypatch.setattr(counting, "_STRETCH", 64)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FilledStore]:
    """Three hundred events of sixty issues in two projects, not in the order of their times."""
    store = FilledStore(tmp_path_factory.mktemp("shop"))
    web = store.project("Web")
    chance = random.Random(7)
    for project in (1, web) * 3:
        store.add_all([(chosen(chance, n),) for n in range(50)], project=project)
    store.set("UPDATE issue SET status = 1 WHERE id % 5 = 0")
    store.set("UPDATE issue SET starred = id % 3 = 0")
    yield store
    store.close()


def chosen(chance: random.Random, n: int) -> ProcessedEvent:
    tags = [("colour", chance.choice(COLOURS)), ("size", str(chance.randrange(30)))]
    return an_event(
        f"Error{n % 30}: cannot pay",
        timestamp=MORNING + chance.randrange(300) * MINUTE,
        level=chance.choice(list(Level)),
        environment=chance.choice(["qa", None]),
        tags=tuple(tags[: chance.randrange(3)]),
        body=chance.choice(["pay by card", "card to pay", "cash"]),
    )


def counted(store: FilledStore | Reader, where: IssueFilter) -> int:
    return counter_of(store.db).count(store.db, ask(store.db, where), where)


def counted_by_sql(store: FilledStore, where: IssueFilter) -> int:
    asked = ask(store.db, where)
    if asked.is_impossible:
        return 0
    statement = (
        select(func.count(event.c.issue.distinct()))
        .select_from(find)
        .join(event, event.c.id == find.c.rowid)
        .join(issue, issue.c.id == event.c.issue)
        .where(hits(asked.rendered.match), *asked.rendered.event, *asked.all_conditions)
    )
    if where.since is not None:
        statement = statement.where(event.c.ts >= where.since)
    if where.until is not None:
        statement = statement.where(event.c.ts <= where.until)
    return int(store.db.execute(statement).scalar_one())


def where(query: str, **more: Any) -> IssueFilter:
    return IssueFilter(query=parse_query(query), **more)


LEAVES = (
    "colour:red", "!colour:blue", "colour:[red,green]", "size:7", "size:1*", "size:*", "has:colour",
    "!has:size", "cannot", "cash", '"pay by card"', "has:environment", "environment:qa", "is:resolved",
    "level:error", "project:web", "unknown:yes", "!unknown:yes",
)  # fmt: skip


def a_query(chance: random.Random, depth: int = 3) -> str:
    if depth == 0 or chance.random() < 0.3:
        return chance.choice(LEAVES)
    parts = [a_query(chance, depth - 1) for _ in range(chance.choice([2, 2, 3]))]
    return chance.choice(["", "!"]) + "(" + chance.choice([" ", " OR "]).join(parts) + ")"


@pytest.mark.parametrize("seed", range(60))
def test_every_combination_of_words_and_tags_counts_as_the_database_does(
    shop: FilledStore, seed: int
) -> None:
    chance = random.Random(seed)
    asked = where(a_query(chance))
    assert counted(shop, asked) == counted_by_sql(shop, asked), asked.query
    start = MORNING + chance.randrange(300) * MINUTE
    within = IssueFilter(
        statuses=chance.choice([(), (Status.UNRESOLVED,)]),
        starred=chance.choice([None, True]),
        since=Micros(start),
        until=Micros(start + chance.randrange(120) * MINUTE),
        query=asked.query,
    )
    assert counted(shop, within) == counted_by_sql(shop, within), asked.query


def test_combinations_find_some_and_not_all(shop: FilledStore) -> None:
    # What the test above compares would mean little if most of it were none or all.
    numbers = {counted(shop, where(a_query(random.Random(seed)))) for seed in range(60)}
    assert len(numbers) > 10


def test_counting_many_hits_goes_through_the_counter_and_stops_at_the_cap(
    shop: FilledStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_database = count_issues(shop.db, where("size:1*"))
    monkeypatch.setattr(issue_search, "_FEW_HITS", 5)
    assert count_issues(shop.db, where("size:1*")) == by_database
    assert counter_of(shop.db).knows(ask(shop.db, where("size:1*")).rendered.match)
    assert count_issues(shop.db, where("size:1*"), cap=3) == Count(3, exact=False)
    assert count_issues(shop.db, where("has:environment"), cap=1) == Count(1, exact=False)


def test_only_what_has_arrived_since_is_read_again(store: FilledStore) -> None:
    chance = random.Random(1)
    store.add_all([(chosen(chance, n),) for n in range(100)])
    asked = where("colour:red OR cash")
    assert counted(store, asked) == counted_by_sql(store, asked)
    for count in (1, 40):
        last = store.raw.execute("SELECT max(id) FROM event").get
        store.add_all([(chosen(chance, n + 50),) for n in range(count)])
        expected = counted_by_sql(store, asked)
        ranges: list[tuple[int, ...]] = []

        def note(_cursor: Any, _sql: str, values: Any, into: list[tuple[int, ...]] = ranges) -> bool:
            if values is not None and len(values) >= 2:
                into.append(tuple(values[-2:]))
            return True

        store.raw.exec_trace = note
        assert counted(store, asked) == expected
        store.raw.exec_trace = None
        assert ranges
        assert min(first for first, _ in ranges) == last + 1


def test_an_issue_leaves_the_count_when_retention_takes_its_last_hit(store: FilledStore) -> None:
    def fill(at: int, colour: str) -> None:
        events = [an_event(f"E{n}: e", timestamp=at, tags=(("colour", colour),)) for n in range(30)]
        store.add_all([(made,) for made in events], received=at)

    later = MORNING + 100 * DAY
    fill(MORNING, "red")
    fill(MORNING + 50 * DAY, "blue")
    fill(later, "green")
    store.set("UPDATE issue SET starred = 1 WHERE id <= 4")
    red_or_blue = where("colour:[red,blue]")
    assert (counted(store, where("colour:red")), counted(store, red_or_blue)) == (30, 30)
    retention = Retention(store.writer, store.workspace, RetentionLimits(days=90))

    def step(at: int) -> None:
        while retention.step(at):
            pass
        for query in ("colour:red", "colour:blue", "colour:[red,blue]", "!colour:green", "colour:green"):
            assert counted(store, where(query)) == counted_by_sql(store, where(query)), query

    step(later)
    assert (counted(store, where("colour:red")), counted(store, red_or_blue)) == (4, 30)
    step(later + 45 * DAY)
    assert counted(store, red_or_blue) == 4
    store.set("UPDATE issue SET starred = 0")
    step(later + 45 * DAY + 2 * HOUR)
    step(later + 45 * DAY + 4 * HOUR)
    assert (counted(store, red_or_blue), counted(store, where("colour:green"))) == (0, 30)
    # Blocks without an event are gone, and what is asked first now begins after them.
    assert counted(store, where("has:colour")) == 30


def test_row_ids_given_out_anew_are_not_taken_for_the_old_ones(store: FilledStore) -> None:
    red, blue = (("colour", "red"),), (("colour", "blue"),)
    store.add_all([(an_event(f"E{n}: e", tags=red if n % 2 else blue),) for n in range(40)])
    assert counted(store, where("colour:red")) == 20
    store.set("DELETE FROM find WHERE rowid > 0")
    store.set("DELETE FROM event WHERE id > 3")
    assert counted(store, where("colour:red")) == 0
    store.set("INSERT INTO find(rowid, title, body, tags) SELECT id, 'x', '', '' FROM event")
    assert counted(store, where("x")) == counted_by_sql(store, where("x")) == 3


def test_what_is_kept_stays_within_its_bounds(shop: FilledStore, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = counter_of(shop.db)
    for size in range(80):
        counted(shop, where(f"size:{size % 30} colour:{COLOURS[size % 3]} !cash{size}"))
    assert counter.leaves == 64
    monkeypatch.setattr(counting, "_MOST_BYTES", 200)
    asked = where("(colour:red cannot) OR (colour:green cash) OR (colour:blue cannot)")
    assert counted(shop, asked) == counted_by_sql(shop, asked)
    events = shop.raw.execute("SELECT count(*) FROM event").get
    assert counter.size <= 200 + 4 * (events + 32)
    assert counted(shop, asked) == counted_by_sql(shop, asked)


def test_a_question_cut_short_anywhere_leaves_the_next_one_right(
    store: FilledStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(3)
    store.add_all([(chosen(chance, n),) for n in range(100)])
    asked = where("colour:[red,green] !cash")
    expected = counted_by_sql(store, asked)
    read = counting._numbers
    left = 0

    def cut_short(text: str | None) -> counting.Rows:
        nonlocal left
        left -= 1
        if left == 0:
            raise apsw.InterruptError("out of time")
        return read(text)

    monkeypatch.setattr(counting, "_numbers", cut_short)
    counter = counting.IssueCounter()
    cut = 0
    for step in range(1, 40):
        left = step
        try:
            assert counter.count(store.db, ask(store.db, asked), asked) == expected
        except apsw.InterruptError:
            cut += 1
    # Each went on where the one before was cut, so that soon there was nothing left to cut.
    assert 3 < cut < 15


def test_connections_to_one_file_share_a_counter_and_take_it_with_them(store: FilledStore) -> None:
    store.add(an_event())
    first, second = Reader(store.workspace.database), Reader(store.workspace.database)
    assert counter_of(first.db) is counter_of(second.db)
    known = weakref.ref(counter_of(first.db))
    first.close()
    gc.collect()
    assert known() is counter_of(second.db)
    second.close()
    del first, second
    gc.collect()
    assert known() is None


def test_files_have_counters_of_their_own(store: FilledStore, shop: FilledStore) -> None:
    store.add(an_event(tags=(("colour", "red"),)))
    assert counter_of(store.db) is not counter_of(shop.db)
    assert counted(store, where("colour:red")) == 1


def test_threads_that_ask_at_once_all_get_the_right_answer(shop: FilledStore) -> None:
    queries = [where(a_query(random.Random(seed))) for seed in range(10)]
    expected = [counted_by_sql(shop, asked) for asked in queries]
    answers: dict[int, list[int]] = {}

    def work(number: int) -> None:
        reader = Reader(shop.workspace.database)
        try:
            order = list(range(10))
            random.Random(number).shuffle(order)
            found = {at: counted(reader, queries[at]) for at in order}
            answers[number] = [found[at] for at in range(10)]
        finally:
            reader.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == dict.fromkeys(range(4), expected)


def test_a_store_without_events_counts_none(store: FilledStore) -> None:
    assert counted(store, where("anything")) == 0
    assert counted(store, where("!anything")) == 0
    store.add(an_event())
    assert counted(store, where("!anything")) == 1
