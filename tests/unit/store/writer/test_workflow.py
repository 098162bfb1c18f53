"""Regression, the ends of archiving, escalation, and what the clock does: before, at and after each bound."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.builders import a_request, an_event
from tests.support.issue_life import IssueLife
from vedette.domain.times import DAY, HOUR, MINUTE, SECOND, to_iso


@pytest.fixture
def life(tmp_path: Path) -> Iterator[IssueLife]:
    life = IssueLife(tmp_path / "desk")
    yield life
    life.close()


def release(name: str) -> dict[str, Any]:
    return {"release": name}


# -------------------------------------------------------------------- regression


def test_what_is_resolved_now_regresses_with_the_next_event(life: IssueLife) -> None:
    life.happen()
    life.update(seen=True)
    life.resolve()
    assert life.state == ("resolved", None)
    life.wait(SECOND)
    life.happen(release="shop@0.9")
    assert life.state == ("unresolved", "regressed")
    assert life.value("seen") == 0
    assert life.value("resolved_at") is None
    assert life.value("substatus_at") == life.at
    assert [kind for kind, _ in life.history()] == ["first_seen", "set_resolved", "set_regression"]
    assert life.history()[-1][1] == {"version": "shop@0.9"}


@pytest.mark.parametrize(
    ("details", "version", "regresses"),
    [
        ({"inRelease": "shop@1.1"}, "shop@1.0", False),
        ({"inRelease": "shop@1.1"}, "shop@1.1", True),
        ({"inRelease": "shop@1.1"}, "shop@1.10", True),
        ({"inRelease": "shop@1.1"}, "shop@1.1-beta", False),
        ({"inRelease": "latest"}, "shop@1.0", True),
        ({"inRelease": "latest"}, "shop@0.9", False),
        ({"inNextRelease": True}, "shop@1.0", False),
        ({"inNextRelease": True}, "shop@0.9", False),
        ({"inNextRelease": True}, "shop@1.0.1", True),
        ({"inNextRelease": True}, None, False),
        ({"inRelease": "shop@1.1"}, None, False),
    ],
)
@pytest.mark.parametrize("restarts", [False, True])
def test_the_release_of_an_event_decides_whether_it_is_a_regression(
    life: IssueLife, details: dict[str, Any], version: str | None, regresses: bool, restarts: bool
) -> None:
    life.happen(release="shop@1.0")
    life.resolve(**details)
    if restarts:
        life.restart()
    life.wait(HOUR)
    life.happen(release=version)
    assert life.state == (("unresolved", "regressed") if regresses else ("resolved", None))
    assert life.count("resolution") == int(not regresses)


def test_releases_without_versions_are_ordered_by_when_they_were_first_seen(life: IssueLife) -> None:
    for commit in ("aaaa", "ffff", "cccc"):
        life.happen("Other: x", release=commit)
        life.wait(HOUR)
    number = life.happen(release="ffff")
    life.update(number, status="resolved", status_details={"inRelease": "ffff"})
    life.happen(release="aaaa")
    assert life.value("status", number) == 1
    life.happen(release="cccc")
    assert life.value("status", number) == 0
    assert life.value("regressed_release_term", number) is not None


def test_a_release_nobody_has_seen_yet_is_later_than_all(life: IssueLife) -> None:
    life.happen(release="aaaa")
    life.resolve(inRelease="to come")
    life.wait(HOUR)
    life.happen(release="bbbb")
    assert not life.is_open
    life.happen(release="to come")
    assert life.is_open


def test_without_releases_the_next_one_is_any(life: IssueLife) -> None:
    life.happen(release=None)
    life.resolve(inNextRelease=True)
    life.happen(release=None)
    assert not life.is_open
    life.happen(release="first")
    assert life.is_open


def test_resolved_in_the_next_run_waits_for_one(life: IssueLife) -> None:
    life.happen()
    life.resolve(inNextRun=True)
    life.happen(release="shop@9.0")
    assert not life.is_open
    life.restart()
    life.start_run()
    life.happen()
    assert life.state == ("unresolved", "regressed")


def test_what_regressed_regresses_again(life: IssueLife) -> None:
    life.happen()
    life.resolve(inRelease="shop@2.0")
    life.happen(release="shop@2.0")
    life.resolve()
    life.happen(release="shop@0.1")
    assert [kind for kind, _ in life.history()].count("set_regression") == 2


# -------------------------------------------------------------------- archiving


def test_archived_for_ever_stays_so(life: IssueLife) -> None:
    life.happen()
    life.archive("archived_forever")
    for _ in range(30):
        life.wait(DAY)
        life.happen(times=20, release="shop@9", user=f"id:{life.at}")
    life.start_run()
    life.happen()
    life.tick()
    assert life.state == ("ignored", "archived_forever")


@pytest.mark.parametrize("apart", [False, True])
def test_archived_for_so_many_events_ends_with_the_last_of_them(life: IssueLife, apart: bool) -> None:
    life.happen(times=7)
    life.update(seen=True)
    life.archive(ignoreCount=5)
    life.happen(times=4, apart=apart)
    assert life.state == ("ignored", "archived_until_condition_met")
    life.restart()
    life.happen()
    assert life.state == ("unresolved", "ongoing")
    assert life.value("seen") == 0
    assert life.value("status_details") is None
    assert life.history()[-1] == ("set_unresolved", {"ended": "count"})
    assert life.count("archive") == 0


@pytest.mark.parametrize("restarts", [False, True])
def test_so_many_events_within_a_time(life: IssueLife, restarts: bool) -> None:
    life.happen(times=50)
    life.archive(ignoreCount=3, ignoreWindow=60)
    for _ in range(6):  # two within an hour at most
        life.wait(40 * MINUTE)
        life.happen()
        if restarts:
            life.restart()
    assert not life.is_open
    life.wait(10 * MINUTE)
    life.happen()
    assert life.is_open, "20, 10 and 0 minutes ago"


def test_events_before_the_archiving_do_not_count_within_its_time(life: IssueLife) -> None:
    life.happen(times=99)
    life.archive(ignoreCount=3, ignoreWindow=60)
    life.happen(times=2)
    assert not life.is_open
    life.happen()
    assert life.is_open


def test_events_from_long_ago_do_not_count_within_a_time(life: IssueLife) -> None:
    life.happen()
    life.archive(ignoreCount=2, ignoreWindow=60)
    life.happen(times=5, timestamp=life.at - 3 * HOUR)
    assert not life.is_open


def test_a_time_of_days_is_counted_by_the_hour(life: IssueLife) -> None:
    life.happen()
    life.archive(ignoreCount=3, ignoreWindow=7 * 24 * 60)
    for _ in range(2):
        life.wait(3 * DAY)
        life.restart()
        life.happen()
    assert not life.is_open
    life.wait(HOUR)
    life.happen()
    assert life.is_open


def test_so_many_users_more(life: IssueLife) -> None:
    life.happen(user="id:1")
    life.archive(ignoreUserCount=2)
    life.happen(times=9, user="id:1")
    life.happen(times=9, user="id:2")
    assert not life.is_open
    life.happen(user="id:3")
    assert life.is_open
    assert life.history()[-1] == ("set_unresolved", {"ended": "users"})


@pytest.mark.parametrize("restarts", [False, True])
def test_so_many_users_within_a_time(life: IssueLife, restarts: bool) -> None:
    life.happen(user="id:0")
    life.archive(ignoreUserCount=3, ignoreUserWindow=60)
    for n in range(6):
        life.wait(40 * MINUTE)
        life.happen(times=3, user=f"id:{n}")
        life.happen(user=None)
        if restarts:
            life.restart()
    assert not life.is_open
    life.wait(10 * MINUTE)
    life.happen(user="id:99")
    assert life.is_open, "ids 4, 5 and 99 within the hour"


def test_until_a_moment_the_clock_ends_it(life: IssueLife) -> None:
    life.happen()
    life.update(seen=True)
    life.archive(ignoreUntil=to_iso(life.at + DAY))
    life.wait(DAY - 1)
    life.happen()
    life.tick()
    assert not life.is_open
    life.restart()
    life.wait(1)
    life.tick()
    assert life.state == ("unresolved", "ongoing")
    assert life.value("seen") == 0
    assert life.history()[-1] == ("set_unresolved", {"ended": "until"})


def test_until_a_moment_an_event_ends_it_before_the_clock_does(life: IssueLife) -> None:
    life.happen()
    life.archive(ignoreUntil=to_iso(life.at + DAY))
    life.wait(DAY)
    life.happen()
    assert life.is_open


def test_until_the_next_run(life: IssueLife) -> None:
    life.happen()
    life.archive(untilNextRun=True)
    life.happen(times=20)
    assert life.state == ("ignored", "archived_until_condition_met")
    life.start_run()
    life.restart()
    life.happen()
    assert life.history()[-1] == ("set_unresolved", {"ended": "run"})


def test_until_the_next_release(life: IssueLife) -> None:
    life.happen(release="shop@1.0+41")
    life.archive(untilNextRelease=True)
    life.happen(release="shop@1.0+40")
    life.happen(release="shop@1.0+41")
    life.happen(release=None)
    assert not life.is_open
    life.happen(release="shop@1.0+42")
    assert life.history()[-1] == ("set_unresolved", {"ended": "release"})


def test_until_the_next_release_where_there_was_none(life: IssueLife) -> None:
    life.happen(release=None)
    life.archive(untilNextRelease=True)
    life.happen(release=None)
    assert not life.is_open
    life.happen(release="x")
    assert life.is_open


def test_whatever_comes_first_ends_it(life: IssueLife) -> None:
    life.happen()
    life.archive(ignoreCount=100, ignoreUntil=to_iso(life.at + HOUR))
    life.wait(HOUR)
    life.tick()
    assert life.is_open


# -------------------------------------------------------------------- escalation


def test_archived_until_it_escalates_in_the_hour_of_archiving(life: IssueLife) -> None:
    life.happen(times=4)
    life.archive()
    assert life.state == ("ignored", "archived_until_escalating")
    life.happen(times=20, apart=True)  # five times four is the limit
    assert not life.is_open
    life.happen()
    assert life.state == ("unresolved", "escalating")
    assert life.history()[-1] == ("set_escalating", {"forecast": 20, "count": 21})


def test_ten_events_are_never_an_escalation(life: IssueLife) -> None:
    life.happen()
    life.archive()
    life.wait(DAY)
    life.happen(times=10)
    assert not life.is_open
    life.happen()
    assert life.is_open


def test_the_busiest_hour_of_a_week_makes_the_limit(life: IssueLife) -> None:
    life.happen(times=30)
    for _ in range(20):
        life.wait(HOUR)
        life.happen()
    life.archive()
    life.wait(5 * DAY)
    life.restart()
    life.happen(times=60)
    assert not life.is_open
    life.happen()
    assert life.history()[-1] == ("set_escalating", {"forecast": 60, "count": 61})


def test_hours_of_more_than_a_week_ago_are_forgotten(life: IssueLife) -> None:
    life.happen(times=300)
    life.archive()
    life.wait(8 * DAY)
    life.happen(times=11)
    assert life.state == ("unresolved", "escalating")


def test_late_events_of_other_hours_are_not_of_this_one(life: IssueLife) -> None:
    life.happen()
    life.archive()
    life.wait(DAY)
    life.happen(times=50, timestamp=life.at - 5 * HOUR)
    assert not life.is_open


def test_an_open_issue_escalates_once_it_is_known_for_a_day(life: IssueLife) -> None:
    life.happen(times=2)
    life.wait(HOUR)
    life.happen(times=50)
    assert life.state == ("unresolved", "new"), "nothing is known yet of what is usual"
    life.wait(DAY)
    life.update(seen=True, priority="low")
    life.update(priority_locked=False)
    life.update(seen=True)
    life.happen(times=130)
    assert life.state == ("unresolved", "new"), "five times the average of 26"
    life.happen()
    assert life.state == ("unresolved", "escalating")
    assert life.value("seen") == 0
    life.happen(times=500)
    assert [kind for kind, _ in life.history()].count("set_escalating") == 1


def test_escalating_raises_the_priority_for_a_week_unless_a_person_set_it(life: IssueLife) -> None:
    life.happen(handled=True)
    locked = life.happen("B: b", handled=True)
    life.update(locked, priority="low")
    life.update(1, locked, status="ignored")
    life.wait(HOUR)
    life.happen(times=11, handled=True)
    life.happen("B: b", times=11, handled=True)
    assert (life.value("priority"), life.value("priority", locked)) == (75, 25)
    life.wait(7 * DAY)
    life.tick()
    assert (life.value("priority"), life.value("priority", locked)) == (50, 25)
    assert life.state == ("unresolved", "ongoing")


# -------------------------------------------------------------------- the clock


@pytest.mark.parametrize("substatus", ["new", "regressed", "escalating"])
def test_after_a_week_an_issue_is_ongoing(life: IssueLife, substatus: str) -> None:
    life.happen()
    life.update(status="unresolved", substatus=substatus)
    life.wait(7 * DAY - 1)
    life.tick()
    assert life.state == ("unresolved", substatus)
    life.wait(1)
    life.restart()
    life.tick()
    assert life.state == ("unresolved", "ongoing")
    assert life.history()[-1] == ("auto_set_ongoing", {"after_days": 7})


def test_the_clock_leaves_alone_what_is_resolved_or_archived_for_ever(life: IssueLife) -> None:
    life.happen()
    life.happen("B: b")
    life.resolve()
    life.update(2, status="ignored", substatus="archived_forever")
    life.wait(400 * DAY)
    assert life.writer.workflow.due(life.at) == []
    life.tick()
    assert (life.value("status"), life.value("status", 2)) == (1, 2)


def test_more_than_a_tick_can_do_is_done_by_the_next(
    life: IssueLife, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vedette.store.writer.workflow.MOST_A_TICK", 2)
    for n in range(5):
        life.happen(f"E{n}: x")
    life.wait(8 * DAY)
    for left in (3, 1, 0):
        life.tick()
        assert life.count("issue", "substatus = 'new'") == left


def test_what_the_clock_asks_goes_by_indexes(life: IssueLife) -> None:
    workflow = life.writer.workflow
    for sql, values in (
        (workflow._find_over, (0, 0, 2, 1, 0)),
        (workflow._find_passed, (0, 0, 0, 1, 0)),
    ):
        plan = "\n".join(row[3] for row in life.writer.raw.execute(f"EXPLAIN QUERY PLAN {sql}", values))
        assert "SCAN issue" not in plan, plan
        assert "archive_until" in plan or "issue_passing" in plan, plan


# -------------------------------------------------------------------- a batch that fails


def test_a_batch_that_fails_changes_nothing(life: IssueLife) -> None:
    life.happen(times=3)
    life.archive(ignoreCount=2)
    with pytest.raises(RuntimeError):
        _fail_with_two(life)
    assert life.state == ("ignored", "archived_until_condition_met")
    life.happen()
    assert not life.is_open
    life.happen()
    assert life.is_open


def _fail_with_two(life: IssueLife) -> None:
    with life.writer.batch():
        for n in (900, 901):
            life.writer.add(a_request(n, an_event("A: a")))
        raise RuntimeError
