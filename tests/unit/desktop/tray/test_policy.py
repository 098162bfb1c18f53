"""When the desktop and screen readers are told: every case, by the clock."""

import pytest

from tests.unit.desktop.tray.conftest import FakeClock
from vedette.desktop.tray.policy import ANNOUNCE_GAP, GAP, Arrival, Counts, Notices, Why
from vedette.domain.times import HOUR, SECOND


def new(number: int) -> Arrival:
    return Arrival(Why.NEW, number, f"DESK-{number}", "ValueError: no", "shop · desk")


def back(number: int) -> Arrival:
    return Arrival(Why.REGRESSED, number, f"DESK-{number}", "ValueError: no", "shop · desk")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def notices(clock: FakeClock) -> Notices:
    return Notices(clock)


def take(notices: Notices, *arrivals: Arrival, in_front: bool = False, only: Why | None = None) -> list[int]:
    def wanted(why: Why) -> bool:
        return only is None or why is only

    return [told.issue for told in notices.take(arrivals, in_front=in_front, wanted=wanted)]


def test_the_first_is_told_at_once(notices: Notices) -> None:
    assert take(notices, new(1)) == [1]
    assert not notices.waits


def test_what_follows_within_the_gap_is_summed_up_at_its_end(notices: Notices, clock: FakeClock) -> None:
    take(notices, new(1))
    clock.at += 2 * SECOND
    assert take(notices, new(2)) == []
    clock.at += SECOND
    assert take(notices, new(3), back(4)) == []
    assert notices.waits
    assert notices.gate.opens_in() == GAP - 3 * SECOND
    clock.at += notices.gate.opens_in()
    assert take(notices) == [2, 3, 4]
    assert not notices.waits


def test_after_a_summary_the_gap_begins_anew(notices: Notices, clock: FakeClock) -> None:
    take(notices, new(1))
    clock.at += GAP
    assert take(notices, new(2)) == [2]
    assert take(notices, new(3)) == []
    assert notices.gate.opens_in() == GAP


def test_never_more_than_one_in_five_seconds_however_many_come(notices: Notices, clock: FakeClock) -> None:
    told = 0
    for number in range(600):
        told += bool(take(notices, new(number)))
        clock.at += SECOND // 10
    assert told == 12


def test_nothing_is_told_while_a_window_is_in_front_and_nothing_later_of_it(
    notices: Notices, clock: FakeClock
) -> None:
    assert take(notices, new(1), in_front=True) == []
    assert take(notices) == []
    assert take(notices, new(2)) == [2]
    take(notices, new(3))
    assert take(notices, in_front=True) == []
    clock.at += GAP
    assert take(notices) == []


@pytest.mark.parametrize(("only", "told"), [(Why.NEW, [1]), (Why.REGRESSED, [2])])
def test_only_what_the_user_wants_is_told(notices: Notices, only: Why, told: list[int]) -> None:
    assert take(notices, new(1), back(2), only=only) == told
    assert not notices.waits


def test_an_issue_that_arrives_again_meanwhile_is_told_once(notices: Notices, clock: FakeClock) -> None:
    take(notices, new(1))
    for _ in range(5):
        take(notices, back(2))
    clock.at += GAP
    assert take(notices) == [2]


def test_nothing_arrived_is_nothing_told(notices: Notices, clock: FakeClock) -> None:
    assert take(notices) == []
    assert take(notices, new(1)) == [1]


def test_a_clock_that_is_set_back_silences_nobody(notices: Notices, clock: FakeClock) -> None:
    take(notices, new(1))
    clock.at -= HOUR
    assert take(notices, new(2)) == [2]


def test_new_issues_are_announced_at_most_every_ten_seconds_with_their_number(clock: FakeClock) -> None:
    counts = Counts(clock)
    assert counts.take() == 0
    assert counts.take(1) == 1
    clock.at += SECOND
    assert counts.take(2) == 0
    assert counts.take(1) == 0
    assert counts.waits
    clock.at += ANNOUNCE_GAP - SECOND
    assert counts.take() == 3
    assert not counts.waits
    assert counts.take(0) == 0
