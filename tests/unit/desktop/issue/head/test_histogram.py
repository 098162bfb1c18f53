"""The issue's events over time."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.support.issue_desk import NOON, IssueDesk, Opener
from vedette.desktop.issue.head.histogram import Histogram
from vedette.desktop.issue.read import IssueHead
from vedette.desktop.issue.view import IssueView
from vedette.desktop.shell.scope import Scope
from vedette.domain.times import HOUR, MINUTE, Micros


def fill(desk: IssueDesk) -> None:
    for number in range(1, 6):
        exception = {"values": [{"type": "KeyError", "value": "'till'"}]}
        event = {"event_id": f"{number:032x}", "platform": "python", "exception": exception}
        desk.send(event, at=Micros(NOON + number * 10 * MINUTE))


@pytest.fixture
def histogram(desk: IssueDesk, show: Opener) -> Histogram:
    fill(desk)
    return show("KeyError").header.histogram


def test_it_says_trend_and_peak(histogram: Histogram) -> None:
    assert histogram.accessibleName().startswith("Events over time: ")
    assert " at " in histogram.accessibleName()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups, offscreen
def test_a_drag_chooses_the_stretch_of_time_below_it(histogram: Histogram, qtbot: QtBot) -> None:
    bars, width = histogram.bars(), histogram.width()
    first, last = QPoint(width // 4, 8), QPoint(width // 2, 8)
    with qtbot.waitSignal(histogram.rangeChosen) as chosen:
        qtbot.mousePress(histogram, Qt.MouseButton.LeftButton, pos=first)
        qtbot.mouseMove(histogram, pos=QPoint(width // 3, 8))
        qtbot.mouseRelease(histogram, Qt.MouseButton.LeftButton, pos=last)
    since, until = chosen.args
    assert (since, until) == bars.stretch(bars.bar_at(first.x(), width), bars.bar_at(last.x(), width))
    assert "chosen: " in histogram.accessibleName()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups, offscreen
def test_a_click_is_no_brush(histogram: Histogram, qtbot: QtBot) -> None:
    qtbot.mouseClick(histogram, Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
    assert histogram.brush is None


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups, offscreen
def test_keys_walk_brush_and_choose(histogram: Histogram, qtbot: QtBot) -> None:
    for _ in range(3):
        qtbot.keyClick(histogram, Qt.Key.Key_Left)
    for _ in range(4):
        qtbot.keyClick(histogram, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    last = len(histogram.bars().values) - 1
    assert histogram.brush == (last - 6, last - 2)
    with qtbot.waitSignal(histogram.rangeChosen):
        qtbot.keyClick(histogram, Qt.Key.Key_Return)
    qtbot.keyClick(histogram, Qt.Key.Key_Escape)
    assert histogram.brush is None


def test_the_menu_sets_the_range_zooms_out_and_copies(histogram: Histogram) -> None:
    titles = {action.text(): action for action in histogram.build_menu().actions() if action.text()}
    assert list(titles) == ["Set range", "Zoom out", "Copy data"]
    assert not titles["Set range"].isEnabled()
    assert not titles["Zoom out"].isEnabled()
    titles["Copy data"].trigger()
    assert QGuiApplication.clipboard().text().startswith("from\tto\tevents\n")


def test_a_brush_asks_for_the_scope_and_zooming_out_for_what_was_before(
    desk: IssueDesk, show: Opener, view: IssueView, qtbot: QtBot
) -> None:
    fill(desk)
    before = Scope(environments=(), span=None)
    show("KeyError")
    wanted: list[Scope] = []
    view.scopeWanted.connect(wanted.append)
    view.scopeWanted.connect(view.set_scope)  # as the window does
    view.header.histogram.rangeChosen.emit(Micros(NOON + 15 * MINUTE), Micros(NOON + 35 * MINUTE))
    show.settle()
    assert wanted == [replace(before, since=Micros(NOON + 15 * MINUTE), until=Micros(NOON + 35 * MINUTE))]
    assert view.head is not None
    assert view.head.is_zoomed
    assert (view.head.start, view.head.end) == (NOON + 15 * MINUTE, NOON + 35 * MINUTE)
    assert sum(view.head.histogram) == 2
    assert view.navigator.position.text() == "not among 2 matching"
    assert view.header.events.toolTip() == "5, 2 of them in the chosen time"
    view.header.histogram.zoomOutWanted.emit()
    show.settle()
    assert wanted[-1] == before
    assert view.navigator.position.text() == "5 of 5"
    view.set_scope(replace(before, span=HOUR))
    view.header.histogram.zoomOutWanted.emit()
    assert wanted[-1] == before, "another range than one brushed here is let go as a whole"


def test_another_head_of_the_same_issue_keeps_the_brush(histogram: Histogram, view: IssueView) -> None:
    assert isinstance(view.head, IssueHead)
    histogram.brush = (2, 4)
    histogram.set_head(view.head)
    assert histogram.brush == (2, 4)
    histogram.set_head(replace(view.head, start=Micros(view.head.start - HOUR)))
    assert histogram.brush is None
