"""Releases by their names' parts, their place among others and their share of sessions."""

import pytest

from tests.support.builders import MORNING, an_event
from tests.support.store_rows import FilledStore
from vedette.domain.times import HOUR, MINUTE, Micros
from vedette.store.queries.issues import IssueFilter, page_issues
from vedette.store.queries.release_parts import latest_releases
from vedette.store.search import QueryError, parse_query

NAMES = ("shop@1.9.0", "shop@1.10.0-rc.1", "shop@1.10.0+5", "shop@1.2.0", "till@3.0", "nightly-a")


@pytest.fixture
def released(store: FilledStore) -> FilledStore:
    """One issue for each name, the first seen first; a second project has but one of them."""
    for n, name in enumerate(NAMES):
        add(store, f"E{n}: x", name, n)
    add(store, "Web: x", "shop@1.2.0", 9, project=store.project("web"))
    return store


def add(store: FilledStore, title: str, release: str, n: int, **more: int) -> None:
    moment = Micros(MORNING + n * MINUTE)
    event = an_event(title, timestamp=moment, received=moment, release=release, tags=(("release", release),))
    store.add(event, received=moment, **more)


def found(store: FilledStore, query: str) -> list[str]:
    rows = page_issues(store.db, IssueFilter(query=parse_query(query)), limit=100)
    return sorted({str(row.last_release) for row in rows})


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("release.version:>1.9", ["shop@1.10.0+5", "shop@1.10.0-rc.1", "till@3.0"]),
        ("release.version:>=1.10.0", ["shop@1.10.0+5", "till@3.0"]),
        ("release.version:<1.10.0", ["shop@1.10.0-rc.1", "shop@1.2.0", "shop@1.9.0"]),
        ("release.version:1.9", ["shop@1.9.0"]),
        ("release.version:1.1*", ["shop@1.10.0+5", "shop@1.10.0-rc.1"]),
        ("release.version:shop@>=1.9", None),
        ("release.version:>shop@1.9", ["shop@1.10.0+5", "shop@1.10.0-rc.1"]),
        ("!has:release.version", ["nightly-a"]),
        ("release.build:5", ["shop@1.10.0+5"]),
        ("release.build:>=6", []),
        ("release.build:<x", None),
        ("has:release.build", ["shop@1.10.0+5"]),
        ("release.package:till", ["till@3.0"]),
        ("release.package:*", ["shop@1.10.0+5", "shop@1.10.0-rc.1", "shop@1.2.0", "shop@1.9.0", "till@3.0"]),
        ("release.version:>*", None),
        ("release.version:>1*", None),
    ],
)
def test_versions_compare_by_order_within_names(
    released: FilledStore, query: str, names: list[str] | None
) -> None:
    if names is None:
        with pytest.raises(QueryError):
            found(released, query)
    else:
        assert found(released, query) == names


def test_the_latest_release_is_that_of_the_package_seen_last_in_each_project(store: FilledStore) -> None:
    for n, name in enumerate(("till@3.0", "shop@1.10.0", "shop@1.9.0")):
        add(store, f"E{n}: x", name, n)
    web = store.project("web")
    add(store, "Web: x", "shop@1.2.0", 9, project=web)
    named = dict(store.raw.execute("SELECT id, value FROM term WHERE key = 'release'"))
    assert {project: named[number] for project, number in latest_releases(store.db)} == {
        1: "shop@1.10.0",
        web: "shop@1.2.0",
    }
    assert found(store, "release:latest") == ["shop@1.10.0", "shop@1.2.0"]
    assert found(store, "!release:latest") == ["shop@1.9.0", "till@3.0"]
    assert found(store, "firstRelease:latest title:E1") == ["shop@1.10.0"]
    assert found(store, "firstRelease:latest OR title:E0") == ["shop@1.10.0", "shop@1.2.0", "till@3.0"]


def test_stages_go_by_the_share_of_the_last_day_s_sessions(released: FilledStore) -> None:
    numbers = {
        value: n for n, value in released.raw.execute("SELECT id, value FROM term WHERE key = 'release'")
    }
    last = MORNING // HOUR
    for name, bucket, total in (
        ("shop@1.9.0", last - 48, 100),  # once nearly all
        ("shop@1.9.0", last, 5),
        ("shop@1.10.0+5", last - 2, 95),
        ("shop@1.2.0", last - 48, 1),
    ):
        released.set(
            "INSERT INTO session_hour VALUES(1, ?, 0, ?, ?, 0, 0, 0, 0)", numbers[name], bucket, total
        )
    assert found(released, "release.stage:adopted") == ["shop@1.10.0+5"]
    assert found(released, "release.stage:replaced") == ["shop@1.9.0"]
    low = ["nightly-a", "shop@1.10.0-rc.1", "shop@1.2.0", "till@3.0"]
    assert found(released, "release.stage:low_adoption") == low
    with pytest.raises(QueryError, match="no stage"):
        found(released, "release.stage:old")


def test_feedback_is_listed_only_where_it_is_asked_for(store: FilledStore) -> None:
    store.add(an_event("ValueError: a", release="a"))
    store.add(an_event("Feedback: b", kind="feedback", release="b"))
    assert found(store, "") == ["a"]
    assert found(store, "is:unresolved") == ["a"]
    assert found(store, "issue.category:feedback") == ["b"]
    assert found(store, "!issue.category:error") == ["b"]
    assert found(store, "event.type:* x OR issue.type:feedback") == ["b"]
    assert found(store, "issue:DESK-2") == ["b"]
    assert [row.last_release for row in page_issues(store.db, IssueFilter())] == ["b", "a"]
