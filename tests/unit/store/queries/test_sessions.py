"""Sessions by what they are counted by; distinct users over hours, releases and environments."""

from dataclasses import replace

import pytest

from tests.support.builders import MORNING
from tests.support.store_rows import FilledStore
from vedette.domain.sessions import (
    SessionAggregate,
    SessionAttributes,
    SessionCounts,
    SessionStatus,
    SessionUpdate,
)
from vedette.domain.times import DAY, HOUR, MINUTE, SECOND, Micros
from vedette.store.queries import sessions
from vedette.store.queries.sessions import SessionFilter, UserCounts
from vedette.store.writer.records import ItemRecord

TEN = MORNING - MORNING % HOUR
ONE, TWO = SessionAttributes("shop@1", "qa"), SessionAttributes("shop@2")
ALL_DAY = SessionFilter(Micros(TEN), Micros(TEN + DAY))


def ended(sid: str, user: str, at: int, attributes: SessionAttributes = ONE, **more: object) -> SessionUpdate:
    values = {"status": SessionStatus.EXITED, "duration": 2 * SECOND, "errors": 0} | more
    return SessionUpdate(
        attributes,
        sid.encode().ljust(16),
        user,
        1,
        True,
        Micros(TEN + at),
        Micros(TEN + at),
        **values,  # type: ignore[arg-type]
    )


@pytest.fixture
def filled(store: FilledStore) -> FilledStore:
    values = [
        ended("a", "anna", 0),
        ended("b", "anna", 2 * HOUR, duration=4 * SECOND),
        ended("c", "bert", 90 * MINUTE, status=SessionStatus.CRASHED, errors=1),
        ended("d", "anna", 2 * HOUR, TWO, status=SessionStatus.ABNORMAL, mechanism="anr_foreground"),
        ended("e", "carl", 2 * HOUR, TWO, errors=3),
        SessionAggregate(TWO, Micros(TEN + 5 * MINUTE), None, exited=10, errored=2),
    ]
    store.add(ItemRecord(0, "session", 3, 0, values=values))
    return store


def test_numbers_are_summed_over_all_and_by_group(filled: FilledStore) -> None:
    db = filled.db
    assert sessions.read_sessions(db, ALL_DAY) == {(): SessionCounts(17, 5, 1, 1, 0)}
    assert sessions.read_sessions(db, ALL_DAY, ("release", "environment")) == {
        ("shop@1", "qa"): SessionCounts(3, 1, 1),
        ("shop@2", ""): SessionCounts(14, 4, 0, 1),
    }
    assert sessions.read_sessions(db, ALL_DAY, ("project",), 2 * HOUR) == {
        (1, 0): SessionCounts(14, 3, 1),
        (1, 1): SessionCounts(3, 2, 0, 1),
    }
    fine = replace(ALL_DAY, until=Micros(TEN + HOUR))
    assert sessions.read_sessions(db, fine, (), 5 * MINUTE) == {
        (0,): SessionCounts(1), (1,): SessionCounts(12, 2),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "total"),
    [
        ({"projects": (2,)}, None),
        ({"releases": ("shop@1",)}, 3),
        ({"releases": ("shop@1", "shop@2")}, 17),
        ({"environments": ("qa",)}, 3),
        ({"environments": ("",)}, 14),
        ({"environments": ("qa", "")}, 17),
        ({"environments": ("prod",)}, None),
        ({"since": Micros(TEN + HOUR)}, 4),
        ({"until": Micros(TEN + HOUR)}, 13),
        ({"since": Micros(TEN - DAY), "until": Micros(TEN)}, None),
    ],
)
def test_only_what_is_asked_for_counts(
    filled: FilledStore, changes: dict[str, object], total: int | None
) -> None:
    found = sessions.read_sessions(filled.db, replace(ALL_DAY, **changes))  # type: ignore[arg-type]
    assert found == {} if total is None else found[()].total == total


def test_a_user_is_one_over_hours_releases_and_environments(filled: FilledStore) -> None:
    db = filled.db
    assert sessions.read_users(db, ALL_DAY) == {(): UserCounts(3, 3, 1, 1, 0, 1, 1)}
    assert sessions.read_users(db, ALL_DAY, ("release",)) == {
        ("shop@1",): UserCounts(2, 1, 1),
        ("shop@2",): UserCounts(2, 2, 0, 1, 0, 1, 1),
    }
    by_hour = sessions.read_users(db, ALL_DAY, (), HOUR)
    assert {key: counts.seen for key, counts in by_hour.items()} == {(0,): 1, (1,): 1, (2,): 2}


def test_durations_are_of_what_exited(filled: FilledStore) -> None:
    by_release = sessions.read_durations(filled.db, ALL_DAY, ("release",), DAY)
    assert {key: durations.n for key, durations in by_release.items()} == {("shop@1", 0): 2, ("shop@2", 0): 1}
    everything = sessions.read_durations(filled.db, ALL_DAY)[()]
    assert (everything.n, everything.total, everything.longest) == (3, 8 * SECOND, 4 * SECOND)
    assert everything.quantile(0.5) == pytest.approx(2 * SECOND, rel=0.011)
    assert everything.quantile(1.0) == pytest.approx(4 * SECOND, rel=0.011)


def test_every_question_is_a_range_of_the_primary_key_or_one_walk_over_short_rows(
    filled: FilledStore,
) -> None:
    where = replace(ALL_DAY, projects=(1,), releases=("shop@1",))
    for question, table in (
        (sessions.read_sessions, "session_hour"),
        (sessions.read_users, "session_user"),
        (sessions.read_durations, "session_duration"),
    ):
        plan = "\n".join(filled.plan(question, where))
        assert f"SEARCH {table} USING PRIMARY KEY (project=? AND release_term=?" in plan
        assert f"SCAN {table}" not in plan
