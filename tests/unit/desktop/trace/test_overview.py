import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.desktop.trace.minimap import draw_minimap
from vedette.desktop.trace.overview import Overview
from vedette.desktop.trace.time_window import TimeWindow
from vedette.desktop.trace.tree import TraceTree

SIDE = 16


@pytest.fixture
def window(order: TraceTree) -> TimeWindow:
    window = TimeWindow()
    window.set_width(1_064)
    window.set_trace(order.duration)
    return window


@pytest.fixture
def overview(theme: Theme, window: TimeWindow, order: TraceTree, qtbot: QtBot) -> Overview:
    overview = Overview(theme, window, name="trace.minimap")
    qtbot.addWidget(overview)
    overview.resize(1_000 + 2 * SIDE, 52)
    overview.show()
    overview.set_minimap(draw_minimap(order, *overview.wanted))
    return overview


def drag(overview: Overview, start: int, end: int) -> None:
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(overview, left, pos=QPoint(SIDE + start, 20))
    QTest.mouseMove(overview, QPoint(SIDE + end, 20))
    QTest.mouseRelease(overview, left, pos=QPoint(SIDE + end, 20))


@pytest.mark.parametrize("setting", [SchemeSetting.LIGHT, SchemeSetting.DARK])
def test_kinds_of_work_and_errors_show_in_their_colours(
    overview: Overview, theme: Theme, setting: SchemeSetting
) -> None:
    theme.set_setting(setting)
    image = overview.grab().toImage()
    seen = {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(image.height())}
    for token in ("span.http", "span.db", "span.function", "level.error.fill"):
        assert theme.color(token).name() in seen


def test_dragging_beside_the_window_chooses_another(overview: Overview, window: TimeWindow) -> None:
    drag(overview, 200, 400)
    assert (window.scale.start, window.scale.end) == (200_000, 400_000)


def test_dragging_inside_moves_it_and_dragging_an_edge_zooms(overview: Overview, window: TimeWindow) -> None:
    window.move_to(200_000, 400_000)
    drag(overview, 300, 500)
    assert (window.scale.start, window.scale.end) == (400_000, 600_000)
    drag(overview, 400, 100)
    assert (window.scale.start, window.scale.end) == (100_000, 600_000)
    drag(overview, 600, 700)
    assert (window.scale.start, window.scale.end) == (100_000, 700_000)


def test_a_click_beside_the_window_brings_it_there(overview: Overview, window: TimeWindow) -> None:
    window.move_to(0, 200_000)
    QTest.mouseClick(overview, Qt.MouseButton.LeftButton, pos=QPoint(SIDE + 800, 20))
    assert (window.scale.start, window.scale.end) == (700_000, 900_000)
    QTest.mouseDClick(overview, Qt.MouseButton.LeftButton, pos=QPoint(SIDE + 800, 20))
    assert window.is_whole


def test_arrows_move_and_zoom_the_window(overview: Overview, window: TimeWindow) -> None:
    window.move_to(200_000, 400_000)
    QTest.keyClick(overview, Qt.Key.Key_Right)
    assert window.scale.start == 220_000
    QTest.keyClick(overview, Qt.Key.Key_Up)
    assert window.scale.span == 160_000


def test_another_width_asks_for_another_picture(overview: Overview, qtbot: QtBot) -> None:
    with qtbot.waitSignal(overview.minimapWanted) as told:
        overview.resize(500 + 2 * SIDE, 52)
    assert told.args == [round(500 * overview.devicePixelRatioF()), 13]
