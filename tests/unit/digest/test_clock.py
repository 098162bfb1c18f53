"""The clock in the digest process: it ticks in quiet rounds, and a start begins anew."""

from dataclasses import dataclass

import pytest

from tests.support.monitors import EVERY_TEN, TEN, Jobs
from vedette.digest.clock import ASLEEP, MOST_MINUTES, Clock
from vedette.domain.times import MINUTE, Micros
from vedette.domain.workspace import Workspace
from vedette.store.writer.writer import StoreWriter


@dataclass
class Watch:
    at: int = TEN

    def __call__(self) -> Micros:
        return Micros(self.at)


@pytest.fixture
def jobs(tmp_path_factory: pytest.TempPathFactory) -> Jobs:
    return Jobs(StoreWriter(Workspace(tmp_path_factory.mktemp("jobs"))))


def test_it_judges_each_minute_once(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[int] = []
    monkeypatch.setattr(jobs.writer.families.monitors, "is_due", lambda at: judged.append(at) or False)
    watch = Watch()
    clock = Clock(jobs.writer, watch)
    for seconds in (0, 20, 40, 60, 80, 120):
        watch.at = TEN + seconds * 1_000_000
        clock.tick()
    assert judged == [TEN, TEN + MINUTE, TEN + 2 * MINUTE]


def test_a_long_backlog_is_judged_for_its_last_hour(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    clock = Clock(jobs.writer, watch)
    clock.tick()
    judged: list[int] = []
    monkeypatch.setattr(jobs.writer.families.monitors, "is_due", lambda at: judged.append(at) or False)
    for _ in range(50):
        watch.at += ASLEEP
        clock.see()
    clock.tick()
    assert len(judged) == MOST_MINUTES
    assert judged[-1] == watch.at


def test_a_clock_that_is_set_back_begins_anew(jobs: Jobs) -> None:
    jobs.say("ok", 0, config=EVERY_TEN)
    watch = Watch(TEN + 5 * MINUTE)
    clock = Clock(jobs.writer, watch)
    clock.tick()
    watch.at = TEN - 60 * MINUTE
    assert clock.tick() == []
    assert jobs.statuses == ["ok"]
