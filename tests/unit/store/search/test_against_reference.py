"""Searches of issues and events against a slow reference: every kind of term, in combinations of chance."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from operator import eq, ge, gt, le, lt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.builders import MORNING
from tests.support.store_rows import assert_walks
from vedette.api.attributes import sources_of
from vedette.domain.issues import Status
from vedette.domain.levels import Level
from vedette.domain.times import MINUTE, SECOND, now
from vedette.domain.versions import package_and_version, parse_version
from vedette.store.explore.datasets import ERRORS
from vedette.store.explore.questions import Question, ask
from vedette.store.queries import event_fields, rendering, slow_walks, terms
from vedette.store.queries.events import page_events
from vedette.store.queries.issues import IssueFilter, IssueRow, IssueSort, count_issues, page_issues
from vedette.store.queries.slow_walks import Walked
from vedette.store.search import QueryError, parse_query
from vedette.store.search.keys import KEYS

from .sent import (
    FILES,
    FUNCTIONS,
    LEVELS,
    RELEASES,
    STATUSES,
    TYPES,
    VALUES,
    Event,
    Sent,
    Test,
    make_events,
    store_events,
)

COUNT = 80
RELATIONS: dict[str, Callable[[Any, Any], bool]] = {">": gt, ">=": ge, "<": lt, "<=": le, "": eq}
Condition = tuple[str, Test]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sent]:
    found = store_events(tmp_path_factory.mktemp("sent"), make_events(COUNT, 7))
    yield found
    found.store.close()


# -------------------------------------------------------------------- what events have


def exceptions(event: Event) -> list[Event]:
    found: list[Event] = event["exception"]["values"]
    return found


def of_exceptions(name: str) -> Callable[[Event], list[Any]]:
    return lambda event: [one[name] for one in exceptions(event)]


def of_frames(name: str) -> Callable[[Event], list[Any]]:
    return lambda event: [frame[name] for one in exceptions(event) for frame in one["stacktrace"]["frames"]]


def inside(*path: str) -> Callable[[Event], list[Any]]:
    def values(event: Event) -> list[Any]:
        found: Any = event
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        return [] if found is None else [found]

    return values


def mechanisms(event: Event) -> list[Any]:
    return [one["mechanism"]["type"] for one in exceptions(event) if "mechanism" in one]


def handled(event: Event) -> list[Any]:
    told = [one["mechanism"]["handled"] for one in exceptions(event) if "mechanism" in one]
    return [all(told)] if told else []


def user(event: Event) -> list[Any]:
    return [f"id:{event['user']['id']}"] if "user" in event else []


def flag(event: Event) -> list[Any]:
    values = event["contexts"].get("flags", {}).get("values", [])
    return [one["result"] for one in values if one["flag"] == "new-till"]


def body(event: Event) -> str:
    return "\n".join(f"{one['type']}: {one['value']}" for one in exceptions(event))


def title(event: Event) -> str:
    last = exceptions(event)[-1]
    return f"{last['type']}: {last['value']}"


# -------------------------------------------------------------------- what terms mean


def text_of(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def fits(pattern: str, text: str) -> bool:
    expression = ".*".join(re.escape(part) for part in pattern.split("*"))
    return re.fullmatch(expression, text, re.IGNORECASE | re.DOTALL) is not None


def of_event(holds: Callable[[Event], bool]) -> Test:
    return lambda event, _: holds(event)


def of_issue(holds: Callable[[IssueRow], bool]) -> Test:
    return lambda _, row: holds(row)


def texts(key: str, values: Callable[[Event], list[Any]], *known: str) -> list[Condition]:
    """Return the conditions on a key of text: exact, listed, with stars, present, missing."""
    found: list[Condition] = [
        (f"has:{key}", of_event(lambda event: bool(values(event)))),
        (f'{key}:""', of_event(lambda event: not values(event))),
        (f"!{key}:*", of_event(lambda event: not values(event))),
    ]
    for text in known:
        quoted = f'"{text}"'.replace("*", "\\*")
        part = text[1:-1] or text
        pattern = f"*{part}*".replace(" ", "*") if "*" not in text else "*7 ?*".replace(" ?", "")
        found.append(
            (f"{key}:{quoted}", of_event(lambda event, text=text: text in map(text_of, values(event))))
        )
        found.append(
            (
                f"{key}:{pattern.upper()}",
                of_event(
                    lambda event, pattern=pattern: any(fits(pattern, text_of(one)) for one in values(event))
                ),
            )
        )
    first, last = known[0], known[-1]
    listed = f'{key}:["{first}", "{last}"]'.replace("*", "\\*")
    found.append((listed, of_event(lambda event: {first, last} & set(map(text_of, values(event))) != set())))
    return found


def numbers(key: str, values: Callable[[Event], list[Any]], *bounds: float) -> list[Condition]:
    def condition(sign: str, bound: float) -> Condition:
        compare = RELATIONS[sign]
        return f"{key}:{sign}{bound}", of_event(
            lambda event: any(compare(float(one), bound) for one in values(event))
        )

    return [condition(sign, bound) for sign in RELATIONS for bound in bounds]


def truths(key: str, values: Callable[[Event], list[Any]]) -> list[Condition]:
    return [
        (f"{key}:{word}", of_event(lambda event, wanted=wanted: wanted in values(event)))
        for word, wanted in (("true", True), ("1", True), ("false", False), ("0", False))
    ]


def issue_numbers(key: str, value: Callable[[IssueRow], int], *bounds: int) -> list[Condition]:
    return [
        (f"{key}:{sign}{bound}", of_issue(lambda row, c=compare, b=bound: c(value(row), b)))
        for sign, compare in RELATIONS.items()
        for bound in bounds
    ]


def versions() -> list[Condition]:
    def condition(sign: str, text: str) -> Condition:
        bound = parse_version(text)
        assert bound is not None

        def holds(event: Event) -> bool:
            known = package_and_version(event.get("release", ""))
            if known is None:
                return False
            mine, theirs = known[1].key, bound.key
            return (
                RELATIONS[sign](mine, theirs) if bound.build_code else RELATIONS[sign](mine[:-1], theirs[:-1])
            )

        return f"release.version:{sign}{text}", of_event(holds)

    return [condition(sign, text) for sign in RELATIONS for text in ("1.2.0", "1.10.0-beta.1", "1.10.0+77")]


def moments() -> list[Condition]:
    found: list[Condition] = []
    for n in (10, 40):
        at = (MORNING + n * MINUTE) // SECOND
        text = f"2026-{_iso(at)}"
        for sign in (">", ">=", "<", "<="):
            compare = RELATIONS[sign]
            found.append(
                (
                    f"timestamp:{sign}{text}",
                    of_event(lambda event, c=compare, at=at: c(round(event["timestamp"]), at)),
                )
            )
            found.append(
                (f"lastSeen:{sign}{text}", of_issue(lambda row, c=compare, at=at: c(row.last, at * SECOND)))
            )
            found.append(
                (f"age:{sign}{text}", of_issue(lambda row, c=compare, at=at: c(row.first, at * SECOND)))
            )
    return found


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%m-%dT%H:%M:%S")


def labels(row: IssueRow) -> list[str]:
    if row.id % 4 == 0:
        return []
    return ["flaky"] if row.id % 2 == 0 else ["till team"]


OF_EVENTS: dict[str, list[Condition]] = {
    "tag": texts("browser", inside("tags", "browser"), "Firefox", "Chrome"),
    "tag as number": [
        (text.replace("size", "tags[size,number]"), test)
        for text, test in numbers("size", inside("tags", "size"), 0, 3, 7)
    ],
    "environment": texts("environment", inside("environment"), "qa", "prod"),
    "release": texts("release", inside("release"), *RELEASES),
    "release.version": versions(),
    "release.package": texts(
        "release.package",
        lambda event: [event["release"].partition("@")[0]] if "@" in event.get("release", "") else [],
        "shop", "till",
    ),
    "release.build": [
        ("release.build:77", of_event(lambda event: event.get("release") == "shop@1.10.0+77")),
        ("release.build:>70", of_event(lambda event: event.get("release") == "shop@1.10.0+77")),
        ("has:release.build", of_event(lambda event: event.get("release") == "shop@1.10.0+77")),
        ("release.build:>77", of_event(lambda event: False)),
    ],
    "user": texts("user", user, "id:0", "id:4"),
    "user.id": texts("user.id", inside("user", "id"), "0", "3"),
    "user.email": texts("user.email", inside("user", "email"), "u1@example.org", "u2@example.org"),
    "user.ip": texts("user.ip", inside("user", "ip_address"), "10.0.0.1", "10.0.0.4"),
    "error.type": texts("error.type", of_exceptions("type"), *TYPES),
    "error.value": texts("error.value", of_exceptions("value"), *VALUES),
    "error.mechanism": texts("error.mechanism", mechanisms, "generic", "excepthook"),
    "error.unhandled": [
        ("error.unhandled:true", of_event(lambda event: False in handled(event))),
        ("error.handled:true", of_event(lambda event: False not in handled(event))),
        ("error.handled:0", of_event(lambda event: False in handled(event))),
        ("error.unhandled:no", of_event(lambda event: False not in handled(event))),
    ],
    "stack.filename": texts("stack.filename", of_frames("filename"), *FILES),
    "stack.function": texts("stack.function", of_frames("function"), *FUNCTIONS),
    "stack.module": texts("stack.module", of_frames("module"), "shop.pay", "lib"),
    "stack.abs_path": texts("stack.abs_path", of_frames("abs_path"), "/srv/a.py", "/opt/b.py"),
    "stack.package": texts("stack.package", of_frames("package"), "libc.so", "shop"),
    "stack.lineno": numbers("stack.lineno", of_frames("lineno"), 7, 40, 300),
    "stack.colno": numbers("stack.colno", of_frames("colno"), 1, 5),
    "stack.in_app": truths("stack.in_app", of_frames("in_app")),
    "http.status_code": numbers("http.status_code", inside("contexts", "response", "status_code"), *STATUSES),
    "http.method": texts("http.method", inside("request", "method"), "GET", "POST"),
    "http.url": texts("http.url", inside("request", "url"), "http://shop/cart"),
    "device.model": texts("device.model", inside("contexts", "device", "model"), "P1", "P2"),
    "device.battery_level": numbers(
        "device.battery_level", inside("contexts", "device", "battery_level"), 5, 95.5
    ),
    "device.online": truths("device.online", inside("contexts", "device", "online")),
    "flags": truths("flags[new-till]", flag)[::2],
    "sdk.name": texts("sdk.name", inside("sdk", "name"), "sentry.python", "sentry.native"),
    "sdk.version": texts("sdk.version", inside("sdk", "version"), "2.1", "1.0"),
    "id": [
        (f"id:{event['event_id']}", of_event(lambda event, eid=event["event_id"]: event["event_id"] == eid))
        for event in make_events(3, 7)
    ],
    "words": [
        ("price", of_event(lambda event: "price" in re.findall(r"\w+", body(event).lower()))),
        ("bad price", of_event(lambda event: "bad price" in body(event))),
        ("price bad", of_event(lambda event: False)),
        ('"refused by"', of_event(lambda event: "refused by" in body(event))),
        ("such ord*", of_event(lambda event: "such order" in body(event))),
        ("no*order", of_event(lambda event: re.search("no.*order", body(event), re.I | re.S) is not None)),
        ("*ank", of_event(lambda event: "bank" in body(event))),
        ("title:refused", of_event(lambda event: "refused" in title(event))),
        ("title:*efuse*", of_event(lambda event: "refuse" in title(event))),
        ("message:such", of_event(lambda event: "such" in body(event))),
    ],
}  # fmt: skip
OF_ISSUES: dict[str, list[Condition]] = {
    "is": [
        ("is:resolved", of_issue(lambda row: row.status is Status.RESOLVED)),
        ("is:unresolved", of_issue(lambda row: row.status is Status.UNRESOLVED)),
        ("is:archived", of_issue(lambda row: row.status is Status.IGNORED)),
        ("is:ongoing", of_issue(lambda row: row.substatus == "ongoing")),
        ("is:new", of_issue(lambda row: row.substatus == "new")),
        ("is:starred", of_issue(lambda row: row.starred)),
        ("bookmarks:me", of_issue(lambda row: row.starred)),
        ("is:unread", of_issue(lambda row: not row.seen)),
        ("is:for_review", of_issue(lambda row: not row.seen and row.status is Status.UNRESOLVED)),
        ("is:assigned", of_issue(lambda row: False)),
        ("is:unassigned", of_issue(lambda row: True)),
        ("assigned:none", of_issue(lambda row: True)),
        ("is:linked", of_issue(lambda row: False)),
        ("is:unhandled", of_issue(lambda row: row.handled is False)),
    ],
    "issue": [
        ("issue:DESK-2", of_issue(lambda row: row.short == "DESK-2")),
        ("project:desk", of_issue(lambda row: row.project_slug == "desk")),
        ("issue.category:error", of_issue(lambda row: True)),
        ("issue.category:feedback", of_issue(lambda row: False)),
        ("issue.type:err*", of_issue(lambda row: True)),
        ("issue.priority:high", of_issue(lambda row: row.priority == 75)),
        ("issue.priority:[low, medium]", of_issue(lambda row: row.priority in (25, 50))),
        ("platform:python", of_issue(lambda row: row.platform == "python")),
        ("culprit:*pay*", of_issue(lambda row: "pay" in row.culprit)),
        ("label:flaky", of_issue(lambda row: "flaky" in labels(row))),
        ("label:*TEAM", of_issue(lambda row: "till team" in labels(row))),
        ("has:label", of_issue(lambda row: bool(labels(row)))),
        ("firstRelease:shop@1.2.0", of_issue(lambda row: row.first_release == "shop@1.2.0")),
        ("firstRelease:shop*", of_issue(lambda row: (row.first_release or "").startswith("shop"))),
        ("!has:firstRelease", of_issue(lambda row: row.first_release is None)),
        ("has:regressed_in_release", of_issue(lambda row: False)),
    ],
    "counts": issue_numbers("timesSeen", lambda row: row.n, 1, 2, 4),
    "users": issue_numbers("userCount", lambda row: row.users, 0, 2),
    "times": moments(),
}  # fmt: skip


def levels(sign: str, level: str) -> Condition:
    compare, bound = RELATIONS[sign], Level(level).number
    return f"level:{sign}{level}", of_event(lambda event: compare(Level(event["level"]).number, bound))


LEVEL = [levels(sign, level) for sign in RELATIONS for level in LEVELS]
ALL = [one for conditions in (*OF_EVENTS.values(), *OF_ISSUES.values()) for one in conditions]


def joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    pairs = st.tuples(inner, inner)

    def negated(one: Condition) -> Condition:
        return f"!({one[0]})", lambda event, row: not one[1](event, row)

    def either(two: tuple[Condition, Condition]) -> Condition:
        (left, a), (right, b) = two
        return f"({left} OR {right})", lambda event, row: a(event, row) or b(event, row)

    def both(two: tuple[Condition, Condition]) -> Condition:
        (left, a), (right, b) = two
        return f"({left} AND {right})", lambda event, row: a(event, row) and b(event, row)

    return st.one_of(inner.map(negated), pairs.map(either), pairs.map(both))


calm = settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def found_events(sent: Sent, text: str) -> set[int]:
    walked = Walked()
    rows = page_events(sent.store.db, query=parse_query(text), limit=1_000, walked=walked)
    assert walked.back_to is None
    return {row.id for row in rows}


def wanted_events(sent: Sent, test: Test) -> set[int]:
    return {n for n, event in sent.events.items() if test(event, sent.issues[n])}


@pytest.mark.parametrize("kind", [*OF_EVENTS, *OF_ISSUES, "level"])
def test_every_condition_alone_finds_the_events_it_should(sent: Sent, kind: str) -> None:
    for text, test in (OF_EVENTS | OF_ISSUES | {"level": LEVEL})[kind]:
        assert found_events(sent, text) == wanted_events(sent, test), text
        assert found_events(sent, f"!({text})") == set(sent.events) - wanted_events(sent, test), text


def test_combinations_find_the_events_they_should(sent: Sent) -> None:
    @calm
    @given(st.recursive(st.sampled_from(ALL + LEVEL), joined, max_leaves=5))
    def check(condition: Condition) -> None:
        text, test = condition
        assert found_events(sent, text) == wanted_events(sent, test), text

    check()


def test_combinations_find_the_issues_they_should_in_every_order_and_count_them(sent: Sent) -> None:
    @calm
    @given(st.recursive(st.sampled_from(ALL), joined, max_leaves=5), st.sampled_from(list(IssueSort)))
    def check(condition: Condition, sort: IssueSort) -> None:
        text, test = condition
        where = IssueFilter(query=parse_query(text))
        wanted = {sent.issues[n].id for n in wanted_events(sent, test)}
        rows = page_issues(sent.store.db, where, sort=sort, limit=1_000)
        assert {row.id for row in rows} == wanted, text
        assert len(rows) == len(wanted), text
        assert (count_issues(sent.store.db, where).n, count_issues(sent.store.db, where).exact) == (
            len(wanted),
            True,
        )

    check()


def test_pages_of_a_slow_search_meet(sent: Sent) -> None:
    where = IssueFilter(query=parse_query("stack.lineno:>40 OR error.value:*bank"))
    whole = [row.id for row in page_issues(sent.store.db, where, limit=1_000)]
    pages: list[int] = []
    after = None
    while page := page_issues(sent.store.db, where, limit=4, after=after):
        pages += [row.id for row in page]
        after = page[-1]
    assert pages == whole


# -------------------------------------------------------------------- the same without indexes


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sent]:
    """Events as an older Vedette left them: no members indexed, no list of terms with the first of them."""
    found = store_events(tmp_path_factory.mktemp("older"), make_events(COUNT, 7))
    found.store.set("UPDATE term SET key = '#' || key WHERE key LIKE '@%'")
    found.store.set("DELETE FROM event_terms WHERE id < 40")
    found.store.set(f"INSERT INTO meta VALUES('members_since', '{COUNT + 1}'), ('stacks_since', '9999')")
    yield found
    found.store.close()


@pytest.mark.parametrize("kind", [*OF_EVENTS])
def test_what_was_written_before_members_were_indexed_is_found_as_well(older: Sent, kind: str) -> None:
    for text, test in OF_EVENTS[kind]:
        assert found_events(older, text) == wanted_events(older, test), text


@pytest.mark.parametrize(
    "kind", ["tag", "tag as number", "environment", "user.email", "error.type", "release.version"]
)
def test_more_values_than_full_text_joins_are_found_as_well(
    sent: Sent, older: Sent, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terms, "MOST_VALUES", 0)
    for text, test in OF_EVENTS[kind]:
        assert found_events(sent, text) == wanted_events(sent, test), text
        assert found_events(older, text) == wanted_events(older, test), text


def test_more_issues_than_full_text_joins_are_found_as_well(
    sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "MOST_ISSUES", 0)
    monkeypatch.setattr(event_fields, "MOST_ISSUES", 0)
    for text, test in (*OF_ISSUES["is"], *OF_EVENTS["stack.function"]):
        asked = f"{text} OR browser:Firefox"
        firefox = {n for n, event in sent.events.items() if event["tags"]["browser"] == "Firefox"}
        assert found_events(sent, asked) == wanted_events(sent, test) | firefox, text


def test_a_search_that_runs_out_of_time_says_how_far_it_came(
    sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slow_walks, "_FIRST_STRETCH", 10)
    moments = iter([0.0, 0.0, 0.3])
    monkeypatch.setattr(slow_walks, "monotonic", lambda: next(moments, 99.0))
    walked = Walked()
    where = IssueFilter(query=parse_query("stack.lineno:>0"))
    found = page_issues(sent.store.db, where, limit=1_000, walked=walked)
    assert {row.id for row in found} == {sent.issues[n].id for n in range(COUNT - 9, COUNT + 1)}
    assert walked.back_to == MORNING + (COUNT - 10) * MINUTE


# -------------------------------------------------------------------- the same where events are explored


def explored(sent: Sent, text: str) -> set[str]:
    question = Question(ERRORS, ("id",), query=text, limit=1_000)
    answer = ask(sent.store.db, sources_of(sent.store.workspace), question, now())
    assert not answer.is_partial
    return {str(row["id"]) for row in answer.rows}


def ids_of(sent: Sent, test: Test) -> set[str]:
    return {sent.events[n]["event_id"] for n in wanted_events(sent, test)}


@pytest.mark.parametrize("kind", [*OF_EVENTS, *OF_ISSUES, "level"])
def test_questions_over_events_understand_the_same_keys(sent: Sent, kind: str) -> None:
    for text, test in (OF_EVENTS | OF_ISSUES | {"level": LEVEL})[kind]:
        if not text.startswith("title:"):  # a column there, compared as a whole
            assert explored(sent, text) == ids_of(sent, test), text


def test_combinations_find_the_same_where_events_are_explored(sent: Sent) -> None:
    same = [one for one in ALL + LEVEL if not one[0].startswith("title:")]

    @calm
    @given(st.recursive(st.sampled_from(same), joined, max_leaves=4))
    def check(condition: Condition) -> None:
        text, test = condition
        assert explored(sent, text) == ids_of(sent, test), text

    check()


def test_what_is_looked_up_walks_indexes(sent: Sent) -> None:
    def first(db: Any, text: str) -> Any:
        return page_issues(db, IssueFilter(query=parse_query(text)), limit=10)

    frames = sent.store.plan(first, "stack.function:pay")
    assert_walks(frames, "SEARCH stack_term USING PRIMARY KEY", "SEARCH issue_stack", "term_of")
    members = sent.store.plan(first, "error.type:KeyError user.email:*@example.org")
    assert_walks(members, "term_of", "find VIRTUAL TABLE INDEX")
    assert_walks(sent.store.plan(first, "release.version:>1.1 browser:Firefox"), "term_of")


_VALUES = st.sampled_from(
    [
        "1",
        "-24h",
        "latest",
        "*",
        "a*b",
        '"a b"',
        '""',
        ">1",
        "<=2k",
        "1.2",
        "true",
        "é",
        "\ue0001",
        "9" * 40,
        "<-1e3",
    ]
)


def test_any_value_of_any_key_is_answered_or_refused(sent: Sent) -> None:
    @calm
    @given(st.lists(st.tuples(st.sampled_from([key.name for key in KEYS]), _VALUES), min_size=1, max_size=3))
    def check(pairs: list[tuple[str, str]]) -> None:
        terms = [f"{name}:{value}" for name, value in pairs]
        for text in (" ".join(terms), " OR ".join(terms), f"!({terms[0]}) OR price"):
            try:
                query = parse_query(text)
                page_issues(sent.store.db, IssueFilter(query=query), limit=5)
                page_events(sent.store.db, query=query, limit=5)
            except QueryError as error:
                assert 0 <= error.column <= len(text)  # noqa: PT017

    check()
