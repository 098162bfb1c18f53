"""Monitors are found by their indexes, check-ins walked by time."""

import pytest

from tests.support.builders import MORNING
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.monitors import CheckIn, CheckInStatus, MonitorConfig
from vedette.domain.schedules import crontab
from vedette.domain.times import DAY, HOUR, Micros
from vedette.store.queries import monitors
from vedette.store.writer.records import ItemRecord

DAILY = MonitorConfig(crontab("0 3 * * *"))


@pytest.fixture
def filled(store: FilledStore) -> FilledStore:
    for n, slug in enumerate(("backup", "report", "backup")):
        value = CheckIn(None, slug, CheckInStatus.OK, config=DAILY, duration=1_000)
        store.add(ItemRecord(0, "check_in", 3, 0, values=[value]), received=Micros(MORNING + n * HOUR))
    return store


def test_monitors_come_in_pages_by_id(filled: FilledStore) -> None:
    first, second = monitors.list_monitors(filled.db)
    assert [first.slug, second.slug] == ["backup", "report"]
    assert monitors.list_monitors(filled.db, after=first.id) == [second]
    assert monitors.find_monitor(filled.db, "report", project=1) == second
    assert monitors.find_monitor(filled.db, str(second.id)) == second
    assert monitors.find_monitor(filled.db, "report", project=2) is None
    text = "\n".join(filled.plan(monitors.list_monitors))
    assert "monitor_environment_of" in text


def test_check_ins_are_walked_by_time_and_counted(filled: FilledStore) -> None:
    newest, oldest = monitors.list_check_ins(filled.db, 1)
    assert newest.added - oldest.added == 2 * HOUR
    assert monitors.list_check_ins(filled.db, 1, before=(newest.added, newest.id)) == [oldest]
    start, end = Micros(MORNING - HOUR), Micros(MORNING + DAY)
    assert monitors.count_check_ins(filled.db, 1, start, end, HOUR) == [
        (0, CheckInStatus.OK, 1, 1_000), (2, CheckInStatus.OK, 1, 1_000),
    ]  # fmt: skip
    assert_walks(filled.plan(monitors.list_check_ins, 1, before=(MORNING, 7)), "check_in_of_monitor")
    plan = "\n".join(filled.plan(monitors.count_check_ins, 1, start, end, HOUR))
    assert "check_in_of_monitor" in plan
