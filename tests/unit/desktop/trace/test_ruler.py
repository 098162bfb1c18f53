from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vedette.desktop.trace.waterfall import Waterfall


def drag(waterfall: Waterfall, start: int, end: int) -> None:
    left, ruler = waterfall.tree_width(), waterfall.ruler
    QTest.mousePress(ruler, Qt.MouseButton.LeftButton, pos=QPoint(left + start, 8))
    QTest.mouseMove(ruler, QPoint(left + end, 8))
    QTest.mouseRelease(ruler, Qt.MouseButton.LeftButton, pos=QPoint(left + end, 8))


def test_dragging_selects_a_stretch_of_time_in_either_direction(waterfall: Waterfall, qtbot: QtBot) -> None:
    scale = waterfall.window_of_time.scale
    wanted = [scale.micros(100), scale.micros(250)]
    for start, end in ((100, 250), (250, 100)):
        with qtbot.waitSignal(waterfall.ruler.rangeSelected) as told:
            drag(waterfall, start, end)
        assert told.args == wanted


def test_a_click_clears_the_selection(waterfall: Waterfall, qtbot: QtBot) -> None:
    drag(waterfall, 100, 200)
    with qtbot.waitSignal(waterfall.ruler.rangeCleared):
        drag(waterfall, 50, 51)
    assert waterfall.ruler.selection is None


def test_it_is_drawn_with_selection_and_cursor(waterfall: Waterfall) -> None:
    plain = waterfall.ruler.grab().toImage()
    waterfall.ruler.select(100_000, 300_000)
    selected = waterfall.ruler.grab().toImage()
    assert selected != plain
    waterfall.window_of_time.set_cursor(500_000)
    assert waterfall.ruler.grab().toImage() != selected


def test_a_double_click_shows_the_whole_trace(waterfall: Waterfall) -> None:
    waterfall.window_of_time.show(100, 200)
    QTest.mouseDClick(waterfall.ruler, Qt.MouseButton.LeftButton, pos=QPoint(waterfall.tree_width() + 9, 8))
    assert waterfall.window_of_time.is_whole
