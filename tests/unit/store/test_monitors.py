"""The states of monitors: check-ins, what is missed and late, incidents and their issues."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import orjson
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.builders import MORNING, a_request
from tests.support.monitors import EVERY_TEN, TEN, Jobs
from vedette.domain.changes import ChangeKind
from vedette.domain.monitors import MonitorConfig
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.processed import Arrival
from vedette.domain.schedules import crontab
from vedette.domain.times import DAY, HOUR, MINUTE, Micros, from_datetime
from vedette.domain.workspace import Workspace
from vedette.processing.pipeline import process_event
from vedette.store.retention import Retention, RetentionLimits
from vedette.store.writer import monitors
from vedette.store.writer.writer import StoreWriter


@pytest.fixture
def jobs(writer: StoreWriter) -> Jobs:
    return Jobs(writer)


def test_without_a_config_a_monitor_has_no_schedule_and_misses_nothing(jobs: Jobs) -> None:
    said = jobs.say(config=None, fault="monitor_config: max_runtime is a number")
    assert said.detail is not None
    assert said.detail.startswith("monitor_config: max_runtime is a number; made a monitor without")
    assert jobs.rows("SELECT next_check_in, next_latest FROM monitor_environment") == [(None, None)]
    jobs.say("in_progress", 1, config=None, check_in_id=b"a" * 16)
    jobs.tick(31)
    assert (jobs.statuses, jobs.issues) == (["ok", "timeout"], [(0, 1)])
    jobs.say("ok", 32)
    assert (jobs.due, jobs.issues) == (42, [(1, 1)])
    assert jobs.rows("SELECT upserting FROM monitor") == [(1,)]


def test_a_config_makes_its_monitor_and_changes_it(jobs: Jobs) -> None:
    jobs.say()
    assert jobs.rows("SELECT slug, name, status, upserting FROM monitor") == [("backup", "backup", 0, 1)]
    jobs.say(config=replace(EVERY_TEN, max_runtime=9))
    ((config,),) = jobs.rows("SELECT config FROM monitor")
    assert orjson.loads(config)["max_runtime"] == 9
    jobs.say(config=None)
    assert jobs.statuses == ["ok", "ok", "ok"]


def test_a_run_is_one_check_in_with_its_duration(jobs: Jobs) -> None:
    guid = uuid4().bytes
    jobs.say("in_progress", 0, check_in_id=guid)
    assert (jobs.statuses, jobs.status, jobs.due) == (["in_progress"], "active", 10)
    jobs.say("ok", 2, check_in_id=guid)
    assert (jobs.statuses, jobs.status, jobs.due) == (["ok"], "ok", 12)
    assert jobs.rows("SELECT duration, added, timeout FROM check_in") == [(120_000, TEN, None)]


def test_a_finished_run_began_its_duration_before(jobs: Jobs) -> None:
    jobs.say("ok", 5, duration=60_000)
    assert jobs.rows("SELECT added, duration FROM check_in") == [(TEN + 4 * MINUTE, 60_000)]


def test_a_nil_id_means_the_newest_open_one_of_the_environment(jobs: Jobs) -> None:
    jobs.say("in_progress", 0, check_in_id=b"a" * 16)
    jobs.say("in_progress", 1, check_in_id=b"b" * 16)
    jobs.say("in_progress", 1, check_in_id=b"c" * 16, environment="qa")
    jobs.say("ok", 2)
    assert jobs.rows("SELECT guid, status FROM check_in ORDER BY id") == [
        (b"a" * 16, 3), (b"b" * 16, 1), (b"c" * 16, 3),
    ]  # fmt: skip
    jobs.say("ok", 3)
    jobs.say("ok", 4)
    assert jobs.rows("SELECT count(*) FROM check_in WHERE status = 1") == [(3,)]


def test_a_heartbeat_moves_the_time_allowed(jobs: Jobs) -> None:
    jobs.say("in_progress", 0, check_in_id=b"a" * 16)
    jobs.tick(4)
    jobs.say("in_progress", 4, check_in_id=b"a" * 16)
    jobs.tick(8)
    assert jobs.statuses == ["in_progress"]
    jobs.tick(9)
    assert jobs.statuses == ["timeout"]


def test_what_is_over_is_not_opened_again_and_a_timeout_takes_the_duration(jobs: Jobs) -> None:
    jobs.say("error", 0, check_in_id=b"a" * 16)
    late = jobs.say("ok", 1, check_in_id=b"a" * 16)
    assert jobs.statuses == ["error"]
    assert late.detail == "that check-in is over already: error"
    jobs.say("in_progress", 1, check_in_id=b"b" * 16)
    jobs.tick(6)
    jobs.say("ok", 7, check_in_id=b"b" * 16, duration=360_000)
    assert jobs.rows("SELECT status, duration FROM check_in WHERE id = 2") == [(5, 360_000)]


def test_a_check_in_of_another_job_is_not_taken(jobs: Jobs) -> None:
    jobs.say("in_progress", 0, check_in_id=b"a" * 16)
    other = jobs.say("ok", 1, check_in_id=b"a" * 16, slug="other")
    assert (other.outcome, other.reason) == (Outcome.INVALID, Reason.BAD_CHECK_IN)


def test_what_does_not_come_is_missed_once_its_margin_is_over(jobs: Jobs) -> None:
    jobs.say("ok", 0)
    assert jobs.tick(10) == []
    changes = jobs.tick(11)
    assert jobs.statuses == ["ok", "missed"]
    assert jobs.rows("SELECT added, expected, request FROM check_in WHERE status = 4") == [
        (TEN + 10 * MINUTE, TEN + 10 * MINUTE, 1)
    ]
    assert {change.kind for change in changes} >= {ChangeKind.MONITOR, ChangeKind.ISSUE_NEW, ChangeKind.EVENT}
    assert (jobs.status, jobs.due) == ("error", 20)
    jobs.tick(31)
    assert jobs.statuses == ["ok", "missed", "missed", "missed"]
    assert jobs.issues == [(0, 3)]


def test_it_is_never_missed_before_its_first_check_in_nor_when_it_comes_in_time(jobs: Jobs) -> None:
    jobs.tick(30)
    assert jobs.statuses == []
    for minute in (30, 40.5, 50.9):
        jobs.tick(minute)
        jobs.say("ok", minute)
    jobs.tick(55)
    assert jobs.statuses == ["ok", "ok", "ok"]


def test_a_run_that_takes_too_long_fails_unless_a_newer_one_ended(jobs: Jobs) -> None:
    jobs.say("in_progress", 0, check_in_id=b"a" * 16)
    jobs.tick(5)
    assert (jobs.statuses, jobs.status, jobs.issues) == (["timeout"], "error", [(0, 1)])
    jobs.say("ok", 6)
    jobs.say("in_progress", 7, check_in_id=b"b" * 16)
    jobs.say("ok", 8, check_in_id=b"c" * 16)
    jobs.tick(13)
    assert jobs.statuses == ["timeout", "ok", "timeout", "ok"]
    assert (jobs.status, jobs.issues) == ("ok", [(1, 1)])


def test_an_incident_is_one_issue_and_the_next_one_another(jobs: Jobs) -> None:
    for minute, status in enumerate(("error", "error", "ok", "error")):
        jobs.say(status, minute)
    assert jobs.issues == [(1, 2), (0, 1)]
    assert jobs.rows("SELECT started, ended FROM incident ORDER BY id") == [
        (TEN, TEN + 2 * MINUTE), (TEN + 3 * MINUTE, None),
    ]  # fmt: skip
    assert jobs.rows("SELECT kind, title, level FROM issue WHERE id = 1") == [
        ("cron", "Monitor failure: backup", 40)
    ]
    assert ("set_resolved",) in jobs.rows("SELECT kind FROM activity WHERE issue = 1")
    assert jobs.rows("SELECT request, item FROM event ORDER BY id") == [(1, 0), (2, 0), (4, 0)]


def test_an_issue_that_is_resolved_already_stays_as_it_is(jobs: Jobs) -> None:
    jobs.say("error", 0)
    jobs.writer.raw.execute("UPDATE issue SET status = 2")
    jobs.say("ok", 1)
    assert jobs.issues == [(2, 1)]


def test_thresholds_count_failures_and_successes_in_a_row(jobs: Jobs) -> None:
    config = replace(EVERY_TEN, failure_threshold=3, recovery_threshold=2)
    for minute, status in enumerate(("error", "error", "ok", "error", "error")):
        jobs.say(status, minute, config=config)
    assert (jobs.status, jobs.issues) == ("ok", [])
    jobs.tick(15)
    assert jobs.statuses[-1] == "missed"
    # All three that made it one are told.
    assert (jobs.status, jobs.issues) == ("error", [(0, 3)])
    jobs.say("ok", 16, config=config)
    assert jobs.status == "error"
    jobs.say("error", 17, config=config)
    assert jobs.issues == [(0, 4)]
    jobs.say("ok", 18, config=config)
    jobs.say("ok", 19, config=config)
    assert (jobs.status, jobs.issues) == ("ok", [(1, 4)])


def test_a_muted_monitor_records_and_raises_nothing(jobs: Jobs) -> None:
    jobs.say("ok", 0)
    jobs.writer.raw.execute("UPDATE monitor SET muted = 1")
    jobs.say("error", 1)
    assert (jobs.status, jobs.issues, jobs.statuses) == ("error", [], ["ok", "error"])


def test_a_disabled_monitor_takes_no_check_ins_and_misses_none(jobs: Jobs) -> None:
    jobs.say("ok", 0)
    jobs.writer.raw.execute("UPDATE monitor SET status = 1")
    item = jobs.say("error", 1)
    assert (item.outcome, item.reason) == (Outcome.FILTERED, Reason.MONITOR_DISABLED)
    jobs.tick(30)
    assert jobs.statuses == ["ok"]


def test_an_unknown_status_decides_nothing(jobs: Jobs) -> None:
    jobs.say("unknown", 0, check_in_id=b"a" * 16)
    assert (jobs.status, jobs.statuses, jobs.due) == ("active", ["unknown"], 10)
    jobs.say("error", 1, check_in_id=b"a" * 16)
    assert (jobs.status, jobs.statuses) == ("error", ["error"])


def test_what_was_due_while_nobody_looked_is_neither_missed_nor_too_late(jobs: Jobs) -> None:
    jobs.say("ok", 0)
    jobs.say("in_progress", 1, check_in_id=b"a" * 16, environment="qa")
    again = Jobs(jobs.writer)
    again.minutes = 34
    again.clock.see()
    assert again.statuses == ["ok", "unknown"]
    assert again.rows("SELECT next_check_in FROM monitor_environment ORDER BY id") == [
        (TEN + 40 * MINUTE,), (TEN + 41 * MINUTE,),
    ]  # fmt: skip
    again._last = jobs._last
    again.say("ok", 35, check_in_id=b"a" * 16, environment="qa")
    again.tick(41)
    assert again.statuses == ["ok", "ok", "missed"]


def test_a_sleep_is_like_a_start_and_a_backlog_is_not(jobs: Jobs) -> None:
    jobs.say("ok", 0)
    jobs.minutes = 35
    assert jobs.clock.tick() != []
    assert jobs.statuses == ["ok"]
    # Busy: it is awake, but cannot judge before all is stored; then it judges minute by minute.
    for minute in range(36, 62):
        jobs.minutes = minute
        jobs.clock.see()
    jobs.clock.tick()
    assert jobs.statuses == ["ok", "missed", "missed", "missed"]


def test_many_slots_at_once_are_one_miss(jobs: Jobs) -> None:
    jobs.say("ok", 0)
    with jobs.writer.batch():
        jobs.writer.tick(Micros(TEN + 2 * HOUR))
    assert (jobs.statuses, jobs.due) == (["ok", "missed"], 130)


def test_a_crontab_is_missed_in_its_zone_through_a_change_of_the_clock(jobs: Jobs) -> None:
    berlin = MonitorConfig(crontab("30 2 * * *"), timezone="Europe/Berlin")
    october = (from_datetime(datetime(2026, 10, 24, 0, 30, tzinfo=UTC)) - TEN) / MINUTE  # 02:30 there
    jobs.say("ok", october, config=berlin)
    assert jobs.due - october == 24 * 60
    jobs.say("ok", october + 24 * 60, config=berlin)
    assert jobs.due - october == 49 * 60
    jobs.minutes = october + 49 * 60
    jobs.clock.see()
    jobs.tick(october + 49 * 60 + 1)
    assert jobs.statuses == ["ok", "ok", "missed"]


def test_the_event_is_what_processing_makes_of_its_json(jobs: Jobs) -> None:
    jobs.say("ok", 0)
    jobs.say("error", 1, trace_id=b"t" * 16, duration=3_000)
    jobs.tick(14)
    found = jobs.rows(
        "SELECT event.eid, event.ts, event.level, event.trace, body, issue FROM event "
        "JOIN derived_event USING(id) ORDER BY event.id"
    )
    assert len(found) == 2
    hashes = {issue: digest.hex() for digest, issue in jobs.rows("SELECT hash, issue FROM issue_hash")}
    for eid, ts, level, trace, body, issue in found:
        made = process_event(zstandard.decompress(body), Arrival(received=ts, event_id=eid.hex()))
        assert (made.event_id, made.timestamp, made.level.number, made.trace_id) == (eid, ts, level, trace)
        assert made.heading.title == "Monitor failure: backup"
        assert made.grouping.hashes == (hashes[issue],)
        assert dict(made.tags)["monitor.slug"] == "backup"
    last = orjson.loads(zstandard.decompress(found[-1][4]))
    assert last["extra"]["Failure reason"].startswith("missed: ")
    assert last["extra"]["Last successful check-in"] == "2026-11-24 06:00 UTC"
    assert last["contexts"]["monitor"]["config"]["schedule"] == [10, "minute"]
    assert jobs.rows("SELECT request, item FROM event ORDER BY id") == [(2, 0), (2, monitors.OWN_ITEM)]


def test_there_are_only_so_many_monitors_and_environments(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(monitors, "MOST_MONITORS", 1)
    monkeypatch.setattr(monitors, "MOST_ENVIRONMENTS", 1)
    jobs.say()
    for item in (jobs.say(slug="another"), jobs.say(environment="qa")):
        assert (item.outcome, item.reason) == (Outcome.INVALID, Reason.TOO_MANY_MONITORS)


def test_a_batch_that_fails_leaves_nothing(jobs: Jobs) -> None:
    jobs.say("ok", 0)

    def fail() -> None:
        with jobs.writer.batch():
            jobs.writer.tick(Micros(TEN + HOUR))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (jobs.statuses, jobs.due, jobs.issues) == (["ok"], 10, [])


def test_check_ins_and_their_events_go_in_the_order_of_arrival(jobs: Jobs, workspace: Workspace) -> None:
    jobs.say("ok", 0)
    jobs.tick(11)
    later = Micros(MORNING + 100 * DAY)
    jobs.minutes = (later - TEN) / MINUTE
    with jobs.writer.batch():
        jobs.writer.add(a_request(99, received=later))
    retention = Retention(jobs.writer, workspace, RetentionLimits(days=90))
    while retention.step(later):
        pass
    assert jobs.rows("SELECT (SELECT count(*) FROM check_in), (SELECT count(*) FROM event)") == [(0, 0)]
    assert jobs.rows("SELECT count(*) FROM monitor") == [(1,)]


def test_an_old_request_that_is_read_again_does_not_turn_back_what_is_expected(jobs: Jobs) -> None:
    jobs.say("ok", 30)
    jobs.say("ok", 5)
    assert jobs.due == 40
    jobs.minutes = 30
    jobs.clock.see()
    jobs.tick(35)
    assert jobs.statuses == ["ok", "ok"]


WORDS = ("ok", "error", "in_progress", "unknown", "tick", "sleep")


@settings(
    derandomize=True,
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 2), st.integers(0, 12)), max_size=25),
    st.integers(1, 3),
    st.integers(1, 3),
)
def test_whatever_jobs_say_a_failing_one_has_one_open_incident_and_issue(
    jobs: Jobs, words: list[tuple[str, int, int]], failures: int, recoveries: int
) -> None:
    # Every example has a job of its own in the same store.
    slug = uuid4().hex
    config = replace(EVERY_TEN, failure_threshold=failures, recovery_threshold=recoveries)
    for word, run, minutes in words:
        if word == "tick":
            jobs.tick(jobs.minutes + minutes)
        elif word == "sleep":
            jobs.minutes += minutes + 4
            jobs.clock.see()
        else:
            guid = bytes.fromhex(slug)[:15] + bytes([run]) if run else None
            jobs.say(word, jobs.minutes + minutes / 10, slug=slug, check_in_id=guid, config=config)
    issues = (
        "(SELECT count(*) FROM issue JOIN issue_hash h ON h.issue = issue.id "
        "JOIN incident i ON i.hash = lower(hex(h.hash)) "
        "WHERE i.environment = e.id AND issue.status = 0 AND i.ended IS "
    )
    found = jobs.rows(
        "SELECT e.status, e.incident, "
        "(SELECT count(*) FROM incident i WHERE i.environment = e.id AND i.ended IS NULL), "
        f"{issues} NULL), {issues} NOT NULL) "
        f"FROM monitor_environment e JOIN monitor m ON m.id = e.monitor WHERE m.slug = '{slug}'"
    )
    for status, incident, open_incidents, open_issues, left_over in found:
        is_failing = status == 5
        assert (incident is not None, open_incidents, open_issues) == (is_failing, is_failing, is_failing)
        assert left_over == 0
