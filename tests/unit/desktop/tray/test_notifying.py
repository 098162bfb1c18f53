"""What is told, in which words, and where a click leads."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.builders import an_event
from tests.support.desktop import settle
from tests.support.store_rows import FilledStore
from tests.unit.desktop.tray.conftest import FakeClock
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.shell.places import Place
from vedette.desktop.tray.notifying import NEW, SOUND, Announcer, Notifier, is_in_front, message_of
from vedette.desktop.tray.policy import ANNOUNCE_GAP, GAP, Arrival, Why
from vedette.desktop.tray.tray import Tray
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.issues import Status
from vedette.domain.times import Micros, now
from vedette.store.writer.commands import run_command

# The off-screen platform has no tray, and complains when an icon is shown all the same.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", "This plugin does not support")


def new(number: int, title: str = "ValueError: no") -> Arrival:
    return Arrival(Why.NEW, number, f"DESK-{number}", title, "pay · shop")


def back(number: int) -> Arrival:
    return Arrival(Why.REGRESSED, number, f"DESK-{number}", "KeyError: 'till'", "pay · shop")


# ---------------------------------------------------------------- words


def test_one_issue_is_told_with_its_title_and_place_and_leads_there() -> None:
    assert message_of([new(3)]) == ("New issue DESK-3", "ValueError: no\npay · shop", Place("issues", 3))
    assert message_of([back(3)])[0] == "DESK-3 is back"


def test_several_are_counted_by_kind_and_lead_to_the_list() -> None:
    title, text, place = message_of([new(1), new(2, "KeyError"), back(3), new(4, "OSError")])
    assert title == "3 new issues, 1 issue came back"
    assert text.splitlines() == ["KeyError", "KeyError: 'till'", "OSError"]
    assert place == Place("issues", query="is:unresolved")
    assert message_of([new(1), new(2)])[::2] == (
        "2 new issues",
        Place("issues", query="is:unresolved is:new"),
    )
    assert message_of([back(1), back(2)])[::2] == (
        "2 issues came back",
        Place("issues", query="is:unresolved is:regressed"),
    )


def test_a_title_without_end_is_cut() -> None:
    assert len(message_of([new(1, "x" * 100_000)])[1]) < 500


# ---------------------------------------------------------------- notifications


class Desktop:
    """Notes what it was asked to show."""

    def __init__(self, can: bool = True) -> None:
        self.shown: list[tuple[str, str]] = []
        self.can = can

    def __call__(self, title: str, text: str) -> bool:
        self.shown.append((title, text))
        return self.can


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def desktop() -> Desktop:
    return Desktop()


@pytest.fixture
def notifier(bridge: Bridge, desktop: Desktop, clock: FakeClock) -> Notifier:
    return Notifier(bridge.preferences, desktop, clock=clock, in_front=lambda: False)


def test_a_summary_follows_by_itself_once_the_gap_is_over(
    notifier: Notifier, desktop: Desktop, clock: FakeClock, qtbot: QtBot
) -> None:
    notifier.take([new(1)])
    notifier.take([new(2)])
    clock.at += GAP - 1_000
    notifier.take([new(3)])
    assert [title for title, _ in desktop.shown] == ["New issue DESK-1"]
    clock.at += 1_000
    qtbot.waitUntil(lambda: len(desktop.shown) == 2)
    assert desktop.shown[1][0] == "2 new issues"


def test_a_click_leads_to_what_was_told_last(notifier: Notifier, clock: FakeClock, qtbot: QtBot) -> None:
    notifier.take([new(7)])
    with qtbot.waitSignal(notifier.opened) as opened:
        notifier.click()
    assert opened.args == [Place("issues", 7)]


def test_what_the_user_switched_off_is_not_told(notifier: Notifier, desktop: Desktop, bridge: Bridge) -> None:
    bridge.preferences.set(NEW, False)
    notifier.take([new(1), back(2)])
    assert [title for title, _ in desktop.shown] == ["DESK-2 is back"]


def test_there_is_no_sound_unless_wanted(
    notifier: Notifier, clock: FakeClock, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    beeps: list[bool] = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(True))
    notifier.take([new(1)])
    assert beeps == []
    bridge.preferences.set(SOUND, True)
    clock.at += GAP
    notifier.take([new(2)])
    assert beeps == [True]


def test_a_window_in_front_keeps_it_silent_and_its_focus(
    bridge: Bridge, desktop: Desktop, clock: FakeClock, qtbot: QtBot
) -> None:
    notifier = Notifier(bridge.preferences, desktop, clock=clock)
    window = QWidget()
    qtbot.addWidget(window)
    assert not is_in_front()
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    assert is_in_front()
    notifier.take([new(1)])
    assert desktop.shown == []
    window.hide()
    qtbot.waitUntil(lambda: not is_in_front())
    notifier.take([new(2)])
    assert [title for title, _ in desktop.shown] == ["New issue DESK-2"]


# ---------------------------------------------------------------- screen readers


def test_new_issues_are_announced_politely_and_summed_up(
    clock: FakeClock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: said.append((event.message(), event.politeness()))
    )
    window = QWidget()
    qtbot.addWidget(window)
    announcer = Announcer(lambda: window, clock=clock)
    polite = QAccessible.AnnouncementPoliteness.Polite
    announcer.take([new(1), back(2)])
    assert said == [("1 new issue", polite)]
    announcer.take([new(3)])
    clock.at += ANNOUNCE_GAP - 1_000
    announcer.take([new(4), new(5)])
    assert len(said) == 1
    clock.at += 1_000
    announcer.take([])
    assert said[1:] == [("3 new issues", polite)]


def test_without_a_window_nothing_is_announced(clock: FakeClock) -> None:
    Announcer(lambda: None, clock=clock).take([new(1)])


# ---------------------------------------------------------------- from the store to the desktop


def arrive(desk: FilledStore, bridge: Bridge, title: str, kind: ChangeKind, number: int) -> None:
    moment = now()
    desk.add(an_event(title, timestamp=moment, received=moment), received=moment)
    bridge.take_changes((Change(kind, (number,)),))


def test_new_issues_and_those_that_come_back_are_found_once(
    tray: Tray, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    told: list[Arrival] = []
    tray.watch.arrived.connect(told.extend)
    arrive(desk, bridge, "ValueError: a", ChangeKind.ISSUE_NEW, 1)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert (told[0].why, told[0].short, told[0].title) == (Why.NEW, "DESK-1", "ValueError: a")
    run_command(
        desk.writer, "issue.update", {"ids": [1], "status": Status.RESOLVED.value, "at": Micros(now())}
    )
    arrive(desk, bridge, "ValueError: a", ChangeKind.ISSUE, 1)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[1].why is Why.REGRESSED
    # It stays regressed, and further events of it are no news.
    arrive(desk, bridge, "ValueError: a", ChangeKind.ISSUE, 1)
    settle(qtbot, bridge)
    qtbot.wait(1)
    settle(qtbot, bridge)
    assert len(told) == 2


def test_what_came_back_before_the_start_and_unknown_issues_are_no_news(
    tray: Tray, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    told: list[Arrival] = []
    tray.watch.arrived.connect(told.extend)
    tray.watch._begun = Micros(now() + 10**12)
    desk.add(an_event("ValueError: a"))
    run_command(
        desk.writer, "issue.update", {"ids": [1], "status": Status.RESOLVED.value, "at": Micros(now())}
    )
    arrive(desk, bridge, "ValueError: a", ChangeKind.ISSUE, 1)
    bridge.take_changes((Change(ChangeKind.ISSUE_NEW, (99,)), Change(ChangeKind.TRACE, ("ab" * 16,))))
    settle(qtbot, bridge)
    qtbot.wait(150)
    settle(qtbot, bridge)
    assert told == []
