"""Issue lists: filters, orders, searches, pages that meet, counts, and the indexes they walk."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.support.builders import MORNING, an_event
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.issues import Status
from vedette.domain.levels import Level
from vedette.domain.processed import ProcessedEvent
from vedette.domain.times import DAY, HOUR, MINUTE, Micros
from vedette.store.queries import issues, matching
from vedette.store.queries.issues import Count, IssueFilter, IssueRow, IssueSort
from vedette.store.schema import issue
from vedette.store.search import QueryError, parse_query

SORTS = list(IssueSort)
AT = Micros(MORNING + 30 * DAY)
"""Long after everything in the store: nothing has a trend any more."""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FilledStore]:
    """The store of `fill`, for tests that only read."""
    store = FilledStore(tmp_path_factory.mktemp("shop"))
    fill(store)
    yield store
    store.close()


def fill(store: FilledStore) -> None:
    """Write forty issues in two projects, all statuses and levels, with terms that only some carry."""
    web = store.project("Web")
    levels = list(Level)
    for round_ in range(3):
        for project in (1, web):
            store.add_all(
                [
                    (an_event_of(n, round_, levels[n % 5], copy),)
                    for n in range(40)
                    if n % 2 == (project == 1)
                    for copy in range(2 if round_ == 1 else 1)
                ],
                project=project,
            )
    store.set("UPDATE issue SET status = 1 WHERE id % 5 = 0")
    store.set("UPDATE issue SET status = 2, substatus = 'archived_forever' WHERE id % 7 = 0")
    store.set("UPDATE issue SET starred = id % 3 = 0, seen = id % 4 = 0")


def an_event_of(n: int, round_: int, level: Level, copy: int) -> ProcessedEvent:
    tags = (
        ("environment", "qa" if n % 2 else "prod"),
        ("level", level.value),
        ("order", str(n)),
        ("round", str(round_)),
    )
    return an_event(
        f"Error{n}: cannot pay order {n}",
        timestamp=MORNING + (round_ * 40 + n) * MINUTE + copy,
        level=level,
        handled=n % 3 == 0,
        tags=tags + ((("rare", "yes"),) if n == 7 else ()),
        body=f"cannot pay order {n} " + ("timeout" if n % 4 == 0 else "refused"),
        user=f"id:{n * round_}",
    )


def ask(store: FilledStore, query: str = "", sort: IssueSort = IssueSort.LAST, **where: object) -> list[int]:
    filter_ = IssueFilter(query=parse_query(query), **where)  # type: ignore[arg-type]
    return [row.id for row in issues.page_issues(store.db, filter_, sort=sort, limit=1_000, at=AT)]


def everything(store: FilledStore) -> list[IssueRow]:
    return issues.page_issues(store.db, IssueFilter(), limit=1_000)


# -------------------------------------------------------------------- rows


def test_a_row_says_all_that_a_list_shows(store: FilledStore) -> None:
    for n in range(3):
        store.add(an_event(timestamp=MORNING + n, user=f"id:{n % 2}", release=f"shop@1.{n}"))
    row = issues.get_issue(store.db, 1)
    assert row is not None
    assert (row.project_slug, row.short, row.status, row.substatus) == (
        "desk",
        "DESK-1",
        Status.UNRESOLVED,
        "new",
    )
    assert (row.level, row.title, row.type, row.value) == (
        Level.ERROR, "ValueError: bad currency", "ValueError", "bad currency",
    )  # fmt: skip
    assert (row.culprit, row.filename, row.function, row.lineno) == (
        "shop.pay in pay",
        "shop/pay.py",
        "pay",
        7,
    )
    assert (row.first, row.last, row.n, row.users) == (MORNING, MORNING + 2, 3, 2)
    assert (row.first_release, row.last_release) == ("shop@1.0", "shop@1.2")
    assert (row.handled, row.starred, row.seen, row.platform) == (False, False, False, "python")
    assert row.runs[0] == 1
    assert (row.first_event, row.last_event) == (1, 3)


@pytest.mark.parametrize("name", ["DESK-2", "desk-2", " Desk-2 "])
def test_an_issue_is_found_by_its_short_id_in_any_case(shop: FilledStore, name: str) -> None:
    row = issues.issue_by_short(shop.db, name)
    assert row is not None
    assert (row.short, row.project) == ("DESK-2", 1)


@pytest.mark.parametrize(
    "name", ["DESK-999", "NONE-1", "DESK", "DESK-", "-1", "2", "DESK-x", "DESK-" + "9" * 30]
)
def test_what_is_no_short_id_finds_nothing(shop: FilledStore, name: str) -> None:
    assert issues.issue_by_short(shop.db, name) is None


# -------------------------------------------------------------------- filters


def test_filters_narrow_each_by_its_own(shop: FilledStore) -> None:
    rows = everything(shop)
    assert len(rows) == 40
    for where, fits in [
        ({"statuses": (Status.UNRESOLVED,)}, lambda r: r.status is Status.UNRESOLVED),
        ({"statuses": (Status.RESOLVED, Status.IGNORED)}, lambda r: r.status is not Status.UNRESOLVED),
        ({"levels": (Level.FATAL, Level.DEBUG)}, lambda r: r.level in (Level.FATAL, Level.DEBUG)),
        ({"projects": (1,)}, lambda r: r.project == 1),
        ({"projects": (1, 2)}, lambda r: True),
        ({"projects": (3,)}, lambda r: False),
        ({"starred": True}, lambda r: r.starred),
        ({"starred": False}, lambda r: not r.starred),
        ({"unread": True}, lambda r: not r.seen),
        ({"unhandled": True}, lambda r: r.handled is False),
        ({"since": MORNING + 100 * MINUTE}, lambda r: r.last >= MORNING + 100 * MINUTE),
        ({"until": MORNING + 20 * MINUTE}, lambda r: r.first <= MORNING + 20 * MINUTE),
    ]:
        expected = [row.id for row in rows if fits(row)]
        assert ask(shop, **where) == expected, where
        assert issues.count_issues(shop.db, IssueFilter(**where)) == Count(len(expected), exact=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("is:unresolved", lambda r, n: r.status is Status.UNRESOLVED),
        ("is:resolved OR is:archived", lambda r, n: r.status is not Status.UNRESOLVED),
        ("is:resolved is:archived", lambda r, n: False),
        ("is:archived_forever", lambda r, n: r.status is Status.IGNORED),
        ("!is:archived_forever", lambda r, n: r.status is not Status.IGNORED),
        ("is:unhandled", lambda r, n: n % 3 != 0),
        ("!is:starred", lambda r, n: not r.starred),
        ("level:>=error", lambda r, n: n % 5 >= 3),
        ("project:web", lambda r, n: n % 2 == 0),
        ("project:[web, 1]", lambda r, n: True),
        ("project:web is:starred", lambda r, n: n % 2 == 0 and r.starred),
        ("issue:desk-3", lambda r, n: r.short == "DESK-3"),
        ("rare:yes", lambda r, n: n == 7),
        ("!rare:yes", lambda r, n: n != 7),
        ("has:rare", lambda r, n: n == 7),
        ("rare:no", lambda r, n: False),
        ("!rare:no", lambda r, n: True),
        ("environment:prod", lambda r, n: n % 2 == 0),
        ("environment:[prod, qa]", lambda r, n: True),
        ("order:1*", lambda r, n: str(n).startswith("1")),
        ("order:*3", lambda r, n: str(n).endswith("3")),
        ("timeout", lambda r, n: n % 4 == 0),
        ("TIMEOUT", lambda r, n: n % 4 == 0),
        ("timeo*", lambda r, n: n % 4 == 0),
        ("timeo", lambda r, n: False),
        ('"pay order 12"', lambda r, n: n == 12),
        ('"order pay"', lambda r, n: False),
        ("title:timeout", lambda r, n: False),
        ("title:pay 12", lambda r, n: n == 12),
        ("timeout environment:prod level:fatal", lambda r, n: n % 4 == 0 and n % 5 == 4),
        ("timeout !order:4", lambda r, n: n % 4 == 0 and n != 4),
        ("NOT (timeout OR environment:prod)", lambda r, n: n % 2 == 1),
        ("order:3 OR order:5 OR title:7", lambda r, n: n in (3, 5, 7)),
        ("is:resolved OR order:3", lambda r, n: r.status is Status.RESOLVED or n == 3),
        ("level:fatal OR order:3", lambda r, n: n % 5 == 4 or n == 3),
        ("NOT (is:starred timeout)", lambda r, n: not (r.starred and n % 4 == 0)),
        ("(project:web OR rare:yes) !timeout", lambda r, n: (n % 2 == 0 or n == 7) and n % 4 != 0),
    ],
)
@pytest.mark.parametrize("sort", SORTS)
def test_a_query_finds_what_it_says(shop: FilledStore, query: str, fits: object, sort: IssueSort) -> None:
    rows = sorted(everything(shop), key=lambda row: row.key(sort), reverse=sort is not IssueSort.TITLE)
    expected = [row.id for row in rows if fits(row, int(row.type.removeprefix("Error")))]  # type: ignore[operator]
    found = ask(shop, query, sort)
    # Late arrivals apart, the order of newest hits is that of last events only when all events fit.
    assert sorted(found) == sorted(expected)
    assert issues.count_issues(shop.db, IssueFilter(query=parse_query(query))) == Count(
        len(expected), exact=True
    )
    if sort is not IssueSort.LAST:
        assert found == expected


@pytest.mark.parametrize("query", ["project:nowhere", "issue:DESK-999", "rare:yes OR issue:DESK-999"])
def test_a_name_that_does_not_exist_is_an_error_and_not_an_empty_list(shop: FilledStore, query: str) -> None:
    with pytest.raises(QueryError, match="There is no"):
        ask(shop, query)


def test_a_trace_and_an_event_id_find_their_issues(store: FilledStore) -> None:
    trace, event = bytes(range(16)), an_event("KeyError: x")
    store.add(an_event("ValueError: a", trace_id=trace))
    store.add(event)
    store.add(an_event("TypeError: b", trace_id=trace))
    assert ask(store, "trace:" + trace.hex()) == [3, 1]
    assert ask(store, f"id:{event.event_id.hex()}") == [2]
    assert ask(store, f"trace:{trace.hex()} title:TypeError") == [3]
    assert ask(store, f"!trace:{trace.hex()} has:environment") == [2]
    assert ask(store, "trace:" + "00" * 16) == []
    assert ask(store, f"trace:{trace.hex()} OR title:KeyError") == [3, 2, 1]
    assert ask(store, f"!(trace:{trace.hex()} OR title:Nothing)") == [2]
    assert ask(store, f"id:{event.event_id.hex()} OR (trace:{trace.hex()} title:TypeError)") == [3, 2]


def test_issues_are_found_by_any_frame(store: FilledStore) -> None:
    for name, stack in (
        ("A", "shop.pay pay shop/pay.py"),
        ("B", "shop.pay refund shop/pay.py\nshop.app run shop/app.py"),
        ("C", "a pay a.py"),
    ):
        store.add(an_event(f"{name}: x", stack=stack))
    assert ask(store, "stack.filename:shop/pay.py") == [2, 1]
    assert ask(store, "stack.filename:shop/* !stack.function:pay") == [2]
    assert ask(store, 'stack.function:"pay" title:C') == [3]
    assert ask(store, "stack.function:refund OR title:C") == [3, 2]
    assert ask(store, "stack.function:run stack.module:shop.pay") == [2]
    assert ask(store, r'stack.filename:"shop/\*"') == []
    assert ask(store, "!has:stack.function") == []


def test_quotes_operators_and_private_characters_in_values_are_only_text(store: FilledStore) -> None:
    odd = 'a" OR tags : "\ue0021'
    store.add(an_event("ValueError: a", tags=(("odd", odd),)))
    store.add(an_event("ValueError: b", tags=(("odd", "plain"),)))
    escaped = odd.replace('"', '\\"')
    assert ask(store, f'odd:"{escaped}"') == [1]
    assert ask(store, f'"{escaped}"') == []
    assert ask(store, '"NEAR( AND *"') == []


# -------------------------------------------------------------------- time and runs


def test_with_words_a_time_range_is_that_of_the_event_that_fits(store: FilledStore) -> None:
    store.add(an_event("ValueError: a", timestamp=MORNING, tags=(("step", "early"),)))
    store.add(an_event("ValueError: a", timestamp=MORNING + 2 * DAY, tags=(("step", "late"),)))
    assert ask(store, "step:early", since=MORNING - 1, until=MORNING + DAY) == [1]
    assert ask(store, "step:early", since=MORNING + DAY) == []
    assert ask(store, "step:late", since=MORNING + DAY) == [1]
    assert ask(store, since=MORNING + DAY) == [1]
    assert ask(store, until=MORNING + DAY) == [1]


def test_events_that_arrive_late_hide_nothing_from_a_time_range(store: FilledStore) -> None:
    tags = (("step", "on time"),)
    for hour in range(20):
        moment = MORNING + hour * HOUR
        store.add(an_event(f"Error{hour}: x", timestamp=moment, tags=tags), received=moment)
    # Offline until now, delivered after all others.
    late = [(an_event("Late: x", timestamp=MORNING + n * HOUR - HOUR // 2, tags=tags),) for n in range(20)]
    store.add_all(late, received=MORNING + 30 * HOUR)
    found = ask(store, 'step:"on time"', since=MORNING + 10 * HOUR)
    assert sorted(found) == list(range(11, 22))
    assert matching.first_row_since(store.db, Micros(MORNING + 10 * HOUR)) == 10
    assert matching.first_row_since(store.db, Micros(MORNING + 40 * HOUR)) == 41
    assert matching.first_row_since(store.db, Micros(0)) <= 1


def test_runs_find_issues_by_their_events(store: FilledStore) -> None:
    store.add(an_event("ValueError: only in 1"))
    store.add(an_event("ValueError: in both"))
    assert store.start_run() == 2
    store.add(an_event("ValueError: in both"))
    store.add(an_event("ValueError: only in 2"))
    assert ask(store, runs=(1,)) == [2, 1]
    assert ask(store, runs=(2,)) == [3, 2]
    assert sorted(ask(store, runs=(1, 2))) == [1, 2, 3]
    assert ask(store, "both", runs=(1,)) == [2]


# -------------------------------------------------------------------- orders


def test_by_priority_the_last_seen_come_first_within_one(shop: FilledStore) -> None:
    rows = issues.page_issues(shop.db, IssueFilter(), sort=IssueSort.PRIORITY, limit=1_000)
    assert [(row.priority, row.last) for row in rows] == sorted(
        ((row.priority, row.last) for row in rows), reverse=True
    )
    assert {row.priority for row in rows} == {25, 50, 75}


def test_titles_are_sorted_from_a_whatever_their_case(store: FilledStore) -> None:
    for title in ("beta", "Alpha", "gamma", "ALBA"):
        store.add(an_event(title))
    rows = issues.page_issues(store.db, IssueFilter(), sort=IssueSort.TITLE)
    assert [row.title for row in rows] == ["ALBA", "Alpha", "beta", "gamma"]


def happen(store: FilledStore, title: str, *hours: int) -> None:
    """Let an issue happen so many hours before AT, once for each."""
    store.add_all([(an_event(title, timestamp=Micros(AT - hour * HOUR)),) for hour in hours])


def test_the_trend_puts_what_rises_first_and_what_rests_last(store: FilledStore) -> None:
    happen(store, "Falling: x", 20, 20, 19)
    happen(store, "Steady: x", 20, 2)
    happen(store, "Rising: x", 20, 2, 1, 1)
    happen(store, "Old: x", 50)
    happen(store, "Older: x", 70, 70, 70, 70)
    happen(store, "Rising a little: x", 3)
    rows = issues.page_issues(store.db, IssueFilter(), sort=IssueSort.TREND, at=AT)
    assert [row.type for row in rows] == ["Rising", "Rising a little", "Steady", "Falling", "Old", "Older"]
    words = IssueFilter(query=parse_query("x !title:Steady"))
    rows = issues.page_issues(store.db, words, sort=IssueSort.TREND, at=AT)
    assert [row.type for row in rows] == ["Rising", "Rising a little", "Falling", "Old", "Older"]


def test_within_a_time_events_are_those_of_that_time(store: FilledStore) -> None:
    happen(store, "Long ago: x", *([100] * 9), 3)
    happen(store, "Lately: x", 3, 2, 2)
    whole = issues.page_issues(store.db, IssueFilter(), sort=IssueSort.EVENTS, at=AT)
    assert [row.type for row in whole] == ["Long ago", "Lately"]
    lately = issues.page_issues(
        store.db, IssueFilter(since=Micros(AT - 5 * HOUR)), sort=IssueSort.EVENTS, at=AT
    )
    assert [row.type for row in lately] == ["Lately", "Long ago"]


def test_a_time_that_is_over_finds_what_happened_then_also_if_it_went_on(store: FilledStore) -> None:
    happen(store, "Before and after: x", 100, 3)
    happen(store, "Then: x", 51, 3)
    happen(store, "Ended then: x", 100, 50)
    where = IssueFilter(since=Micros(AT - 55 * HOUR), until=Micros(AT - 45 * HOUR))
    found = issues.page_issues(store.db, where)
    assert [row.type for row in found] == ["Then", "Ended then"]
    assert issues.count_issues(store.db, where) == Count(2, exact=True)


# -------------------------------------------------------------------- pages


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(
    "query", ["", "is:unresolved", "project:[web,desk]", "environment:prod", "timeout !is:starred", "pay"]
)
@pytest.mark.parametrize("size", [1, 3, 40])
def test_pages_meet_without_gap_or_repeat(shop: FilledStore, sort: IssueSort, query: str, size: int) -> None:
    where = IssueFilter(query=parse_query(query))
    assert_pages_meet(shop, where, sort, size, Micros(MORNING + 2 * HOUR))
    assert_pages_meet(shop, replace(where, since=Micros(MORNING + HOUR)), sort, size, AT)


def assert_pages_meet(store: FilledStore, where: IssueFilter, sort: IssueSort, size: int, at: Micros) -> None:
    whole = issues.page_issues(store.db, where, sort=sort, limit=1_000, at=at)
    pages: list[IssueRow] = []
    while True:
        page = issues.page_issues(
            store.db, where, sort=sort, after=pages[-1].key(sort) if pages else None, limit=size, at=at
        )
        pages.extend(page)
        if len(page) < size:
            break
    assert [row.id for row in pages] == [row.id for row in whole]
    assert len({row.id for row in pages}) == len(pages) > 0


@pytest.mark.parametrize("query", ["is:unresolved", "environment:prod"])
def test_pages_meet_at_equal_times_too(store: FilledStore, query: str) -> None:
    tags = (("environment", "prod"),)
    store.add_all([(an_event(f"Error{n}: same moment", tags=tags),) for n in range(9)])
    where = IssueFilter(query=parse_query(query))
    first = issues.page_issues(store.db, where, limit=4)
    second = issues.page_issues(store.db, where, after=first[-1], limit=4)
    third = issues.page_issues(store.db, where, after=second[-1], limit=4)
    assert [row.id for row in [*first, *second, *third]] == [9, 8, 7, 6, 5, 4, 3, 2, 1]


def test_an_event_that_arrives_between_two_pages_repeats_no_issue(store: FilledStore) -> None:
    fill(store)
    where = IssueFilter(query=parse_query("environment:prod"))
    first = issues.page_issues(store.db, where, limit=5)
    store.add(an_event("Error2: cannot pay order 2", tags=(("environment", "prod"),)), project=2)
    store.add(an_event("Brand: new", tags=(("environment", "prod"),)), project=2)
    rest = issues.page_issues(store.db, where, after=first[-1], limit=1_000)
    assert not {row.id for row in first} & {row.id for row in rest}
    assert "Brand" not in {row.type for row in rest}


def test_many_hits_of_few_issues_are_walked_to_the_rare_ones(store: FilledStore) -> None:
    tags = (("environment", "prod"),)
    store.add(an_event("Rare: one", tags=tags))
    store.add_all([(an_event(f"Loud: {n % 3}", tags=tags),) for n in range(2_500)])
    where = IssueFilter(query=parse_query("environment:prod"))
    assert [row.type for row in issues.page_issues(store.db, where, limit=10)] == [
        "Loud",
        "Loud",
        "Loud",
        "Rare",
    ]
    by_number = issues.page_issues(store.db, where, sort=IssueSort.EVENTS, limit=10)
    assert [row.n for row in by_number] == [834, 833, 833, 1]
    again = issues.page_issues(store.db, where, sort=IssueSort.EVENTS, after=by_number[1], limit=10)
    assert [row.id for row in again] == [row.id for row in by_number[2:]]


# -------------------------------------------------------------------- counts


def test_counting_stops_at_its_cap_and_says_so(shop: FilledStore) -> None:
    assert issues.count_issues(shop.db, IssueFilter(), cap=10) == Count(10, exact=False)
    where = IssueFilter(query=parse_query("pay"))
    assert issues.count_issues(shop.db, where, cap=10) == Count(10, exact=False)
    assert issues.count_issues(shop.db, where, cap=40) == Count(40, exact=True)


@pytest.mark.parametrize("query", ["environment:prod", "timeout !order:4", "level:fatal OR rare:yes"])
def test_counts_are_exact_however_broad_the_words_are(
    shop: FilledStore, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    where = IssueFilter(query=parse_query(query))
    few = issues.count_issues(shop.db, where)
    monkeypatch.setattr("vedette.store.queries.issue_search._FEW_HITS", 3)
    assert issues.count_issues(shop.db, where) == few
    assert few == Count(len(ask(shop, query)), exact=True)


@pytest.mark.parametrize("sort", [IssueSort.EVENTS, IssueSort.FIRST])
@pytest.mark.parametrize(
    "query", ["pay", "environment:prod", "timeout", "order:1*", "level:fatal OR rare:yes"]
)
@pytest.mark.parametrize(("many", "left"), [(3, 1), (3, 1_000), (1_000, 1)])
def test_orders_other_than_the_newest_hit_hold_however_broad_the_words_are(
    shop: FilledStore, monkeypatch: pytest.MonkeyPatch, sort: IssueSort, query: str, many: int, left: int
) -> None:
    where = IssueFilter(query=parse_query(query))
    whole = issues.page_issues(shop.db, where, sort=sort)
    monkeypatch.setattr("vedette.store.queries.issue_search._MANY_HITS", many)
    monkeypatch.setattr("vedette.store.queries.issue_search._MOST_LEFT", left)
    monkeypatch.setattr("vedette.store.queries.counting.IssueCounter.knows", lambda *_: False)
    first = issues.page_issues(shop.db, where, sort=sort, limit=4)
    rest = issues.page_issues(shop.db, where, sort=sort, after=first[-1], limit=100)
    assert [row.id for row in [*first, *rest]] == [row.id for row in whole]


def test_deep_pages_of_broad_words_repeat_nothing(shop: FilledStore, monkeypatch: pytest.MonkeyPatch) -> None:
    where = IssueFilter(query=parse_query("environment:prod"))
    whole = issues.page_issues(shop.db, where)
    monkeypatch.setattr("vedette.store.queries.issue_search._MOST_EARLIER", 3)
    monkeypatch.setattr("vedette.store.queries.issue_search._GROUP", 3)
    rest = issues.page_issues(shop.db, where, after=whole[7])
    assert [row.id for row in rest] == [row.id for row in whole[8:]]


def test_more_issues_than_sqlite_takes_values_can_be_counted_and_sorted(store: FilledStore) -> None:
    store.add_all([(an_event(f"Error{n}: x", stack="", user=None),) for n in range(40)])
    insert = "INSERT INTO issue SELECT id + {0}, project, short + {0}, {1} FROM issue WHERE id <= {0}"
    columns = ", ".join(
        column.name for column in issue.columns if column.name not in ("id", "project", "short")
    )
    for step in range(10):
        store.set(insert.format(40 << step, columns))
    store.set(
        "INSERT INTO event(id, eid, issue, project, run, ts, level, request, item) "
        "SELECT id, randomblob(16), id, 1, 1, last, 40, 1, 0 FROM issue WHERE id > 40"
    )
    store.set("INSERT INTO find(rowid, title, body, tags) SELECT id, title, '', '' FROM issue WHERE id > 40")
    where = IssueFilter(query=parse_query("x"))
    assert issues.count_issues(store.db, where, cap=100_000) == Count(40_960, exact=True)
    assert len(issues.page_issues(store.db, where, sort=IssueSort.EVENTS, limit=5)) == 5


# -------------------------------------------------------------------- plans


@pytest.mark.parametrize(
    ("where", "sort", "index"),
    [
        (IssueFilter(), IssueSort.LAST, "issue_any_by_last"),
        (IssueFilter(statuses=(Status.UNRESOLVED,)), IssueSort.LAST, "issue_by_last"),
        (IssueFilter(statuses=(Status.UNRESOLVED, Status.IGNORED)), IssueSort.LAST, "issue_by_last"),
        (IssueFilter(statuses=(Status.UNRESOLVED,), levels=(Level.ERROR,)), IssueSort.LAST, "issue_by_last"),
        (
            IssueFilter(statuses=(Status.UNRESOLVED,), projects=(1, 2)),
            IssueSort.LAST,
            "issue_of_project_by_last",
        ),
        (IssueFilter(projects=(1,)), IssueSort.LAST, "issue_of_project_by_last"),
        (IssueFilter(statuses=(Status.UNRESOLVED,), since=MORNING), IssueSort.LAST, "issue_by_last"),
        (IssueFilter(statuses=(Status.UNRESOLVED,), runs=(1,)), IssueSort.LAST, "issue_by_last"),
        (IssueFilter(statuses=(Status.UNRESOLVED,)), IssueSort.FIRST, "issue_by_first"),
        (IssueFilter(statuses=(Status.UNRESOLVED,)), IssueSort.EVENTS, "issue_by_n"),
        (IssueFilter(), IssueSort.EVENTS, "issue_by_n"),
        (IssueFilter(projects=(1,)), IssueSort.USERS, "issue_by_users"),
        (IssueFilter(statuses=(Status.UNRESOLVED,)), IssueSort.PRIORITY, "issue_by_priority"),
        (IssueFilter(), IssueSort.PRIORITY, "issue_by_priority"),
        (IssueFilter(statuses=(Status.UNRESOLVED,)), IssueSort.TITLE, "issue_by_title"),
        (IssueFilter(), IssueSort.TITLE, "issue_by_title"),
        (IssueFilter(until=MORNING), IssueSort.LAST, "issue_any_by_last"),
        (IssueFilter(query=parse_query("is:unresolved")), IssueSort.LAST, "issue_by_last"),
    ],
)
def test_a_list_walks_an_index_in_its_order(
    shop: FilledStore, where: IssueFilter, sort: IssueSort, index: str
) -> None:
    assert_walks(shop.plan(issues.page_issues, where, sort=sort), index)
    after: tuple[int | str, int] = ("m", 10) if sort is IssueSort.TITLE else (75 << 52, 10)
    assert_walks(shop.plan(issues.page_issues, where, sort=sort, after=after), index)


def test_scores_are_read_by_issue(shop: FilledStore) -> None:
    where = IssueFilter(statuses=(Status.UNRESOLVED,))
    plan = shop.plan(issues.page_issues, where, sort=IssueSort.TREND, limit=5, at=Micros(MORNING + HOUR))
    assert any(step.startswith("SEARCH issue_hour USING PRIMARY KEY (issue=?") for step in plan), plan
    assert any("issue_by_last" in step for step in plan), plan


@pytest.mark.parametrize(
    "query", ["environment:prod", "timeout", "timeout environment:prod", "!environment:prod"]
)
@pytest.mark.parametrize("after", [None, (100, 3)])
def test_a_search_walks_the_newest_hits_and_looks_up_the_rest_by_key(
    shop: FilledStore, query: str, after: tuple[int, int] | None
) -> None:
    plan = shop.plan(issues.page_issues, IssueFilter(query=parse_query(query)), after=after)
    assert_walks(plan, "SCAN find VIRTUAL TABLE INDEX", "SEARCH event USING INTEGER PRIMARY KEY")


def test_looking_up_one_issue_goes_by_key(shop: FilledStore) -> None:
    assert_walks(shop.plan(issues.get_issue, 1), "SEARCH issue USING INTEGER PRIMARY KEY")
    assert_walks(shop.plan(issues.issue_by_short, "DESK-2"), "issue_short")
