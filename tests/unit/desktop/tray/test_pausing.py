"""Pauses that end by themselves."""

from datetime import datetime, timedelta, timezone

import pytest
from pytestqt.qtbot import QtBot

from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.tray.pausing import TimedPause, local_now, tomorrow

ZONE = timezone(timedelta(hours=1))


class Wall:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 24, 22, 30, tzinfo=ZONE)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def pause(bridge: Bridge, wall: Wall) -> TimedPause:
    return TimedPause(bridge, clock=wall)


def test_a_pause_ends_when_its_time_is_over(pause: TimedPause, bridge: Bridge, wall: Wall) -> None:
    pause.pause_for(timedelta(minutes=10))
    wall.at += timedelta(minutes=9)
    pause.look()
    assert bridge.is_paused
    # The computer slept through the end.
    wall.at += timedelta(hours=3)
    pause.look()
    assert not bridge.is_paused
    assert pause.until is None


def test_it_ends_by_itself(pause: TimedPause, bridge: Bridge, wall: Wall, qtbot: QtBot) -> None:
    pause.pause_for(timedelta(milliseconds=20))
    wall.at += timedelta(seconds=1)
    qtbot.waitUntil(lambda: not bridge.is_paused)


def test_until_tomorrow_is_until_midnight_here(pause: TimedPause, wall: Wall) -> None:
    pause.pause_until_tomorrow()
    assert pause.until == datetime(2026, 11, 25, tzinfo=ZONE)
    assert tomorrow(datetime(2026, 12, 31, 0, 0, tzinfo=ZONE)) == datetime(2027, 1, 1, tzinfo=ZONE)
    assert local_now().tzinfo is not None


def test_resuming_by_hand_ends_it_and_a_pause_by_hand_has_no_end(
    pause: TimedPause, bridge: Bridge, wall: Wall
) -> None:
    pause.pause_for(timedelta(minutes=10))
    bridge.set_paused(False)
    assert pause.until is None
    bridge.set_paused(True)
    wall.at += timedelta(days=2)
    pause.look()
    assert bridge.is_paused


def test_a_longer_pause_takes_the_place_of_a_shorter(pause: TimedPause, bridge: Bridge, wall: Wall) -> None:
    pause.pause_for(timedelta(minutes=10))
    pause.pause_for(timedelta(hours=1))
    wall.at += timedelta(minutes=30)
    pause.look()
    assert bridge.is_paused
