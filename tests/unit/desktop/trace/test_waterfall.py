from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.traces import a_span
from vedette.desktop.theme.theme import Density, SchemeSetting, Theme
from vedette.desktop.trace.build import build_tree
from vedette.desktop.trace.critical_path import critical_path
from vedette.desktop.trace.find import find_spans
from vedette.desktop.trace.rows import Fold
from vedette.desktop.trace.tree import TraceTree
from vedette.desktop.trace.waterfall import TREE_SHARE, Waterfall

NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def wheel(waterfall: Waterfall, at: QPoint, notches: int, modifiers: Qt.KeyboardModifier) -> None:
    view = waterfall.viewport()
    event = QWheelEvent(
        QPointF(at), QPointF(view.mapToGlobal(at)), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def picture(waterfall: Waterfall) -> QImage:
    return waterfall.viewport().grab().toImage()


def colours_in(waterfall: Waterfall, row: int) -> set[str]:
    """Return the colours along the middle of a row's time area."""
    image = picture(waterfall)
    rect = waterfall.row_rect(row)
    y = rect.top() + waterfall.row_pixels // 2
    return {QColor(image.pixel(x, y)).name() for x in range(waterfall.tree_width(), rect.right())}


def many(count: int) -> TraceTree:
    spans = [a_span(1, length=count)]
    spans += [a_span(n, 1, op=f"op{n % 3}", start=n, length=1) for n in range(2, count + 1)]
    return build_tree(spans)


def test_rows_in_sight_and_rows_at_points_agree(waterfall: Waterfall) -> None:
    assert waterfall.visible_rows() == range(7)
    for row in waterfall.visible_rows():
        assert waterfall.row_at(waterfall.row_rect(row).center()) == row
    assert waterfall.row_at(QPoint(10, 390)) == -1


def test_of_a_long_trace_only_the_rows_in_sight_count(show: Callable[[TraceTree], Waterfall]) -> None:
    waterfall = show(many(900))
    waterfall.verticalScrollBar().setValue(waterfall.row_pixels * 100 + 3)
    seen = waterfall.visible_rows()
    assert seen.start == 100
    assert len(seen) == -(-(waterfall.viewport().height() + 3) // waterfall.row_pixels)


def test_the_tree_takes_its_share_and_the_divider_can_be_dragged(waterfall: Waterfall, qtbot: QtBot) -> None:
    width = waterfall.viewport().width()
    assert waterfall.tree_width() == round(width * TREE_SHARE)
    view, at = waterfall.viewport(), QPoint(waterfall.tree_width(), 50)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(view, QPoint(600, 50))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(600, 50))
    assert waterfall.tree_width() == pytest.approx(600, abs=1)
    assert waterfall.window_of_time.scale.width == width - waterfall.tree_width()
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(600, 50))
    assert waterfall.tree_width() == round(width * TREE_SHARE)


def test_a_click_selects_the_row(waterfall: Waterfall, qtbot: QtBot) -> None:
    with qtbot.waitSignal(waterfall.currentChanged) as told:
        qtbot.mouseClick(waterfall.viewport(), Qt.MouseButton.LeftButton, pos=waterfall.row_rect(4).center())
    assert told.args == [waterfall.node_at(4)]
    assert waterfall.current_row() == 4


def test_a_click_on_the_fold_mark_folds(waterfall: Waterfall, qtbot: QtBot) -> None:
    at = QPoint(10 + 16 + 5, waterfall.row_rect(1).center().y())
    qtbot.mouseClick(waterfall.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(waterfall.rows or ()) == 3
    assert waterfall.current is None
    qtbot.mouseClick(waterfall.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(waterfall.rows or ()) == 7


def test_left_and_right_walk_the_tree_as_they_fold(waterfall: Waterfall) -> None:
    waterfall.select(5 + 6)  # the child of the remote call
    waterfall.folding.fold_current()
    assert waterfall.current_row() == 4
    waterfall.folding.fold_current()
    assert len(waterfall.rows or ()) == 6
    waterfall.folding.unfold_current()
    assert len(waterfall.rows or ()) == 7
    waterfall.folding.unfold_current()
    assert waterfall.current_row() == 5


def test_folding_an_ancestor_makes_it_current(waterfall: Waterfall) -> None:
    waterfall.select(waterfall.node_at(5))
    waterfall.folding.fold_all(Fold.CLOSED)
    assert waterfall.current == 0


def test_the_row_acted_on_keeps_its_pixel(show: Callable[[TraceTree], Waterfall]) -> None:
    spans = [a_span(1, length=9_000)]
    for n in range(2, 60):
        spans.append(a_span(n, 1, op=f"o{n}", start=n * 10, length=9))
        spans += [a_span(n * 100 + k, n, op=f"o{k}", start=n * 10 + k, length=0.5) for k in range(1, 4)]
    waterfall = show(build_tree(spans))
    waterfall.verticalScrollBar().setValue(waterfall.row_pixels * 80 + 5)
    row = waterfall.visible_rows().start + 3
    node = waterfall.node_at(row)
    waterfall.select(node, reveal=False)
    before = waterfall.row_rect(row).top()
    waterfall.folding.fold_level(-1)
    assert waterfall.rows is not None
    after = waterfall.row_rect(waterfall.rows.nearest_row(node)).top()
    assert after == before


def test_selecting_a_hidden_node_unfolds_the_way_to_it(waterfall: Waterfall) -> None:
    waterfall.folding.fold_all(Fold.CLOSED)
    waterfall.select(3)
    assert waterfall.current == 3
    assert waterfall.current_row() == 3


def test_paging_and_ends(show: Callable[[TraceTree], Waterfall], qtbot: QtBot) -> None:
    waterfall = show(many(900))
    waterfall.setFocus()
    waterfall.step(1)
    assert waterfall.current_row() == 0
    qtbot.keyClick(waterfall, Qt.Key.Key_PageDown)
    page = waterfall.viewport().height() // waterfall.row_pixels - 1
    assert waterfall.current_row() == page
    qtbot.keyClick(waterfall, Qt.Key.Key_End)
    assert waterfall.current_row() == 899
    assert 899 in waterfall.visible_rows()
    qtbot.keyClick(waterfall, Qt.Key.Key_Home)
    assert waterfall.current_row() == 0
    assert waterfall.verticalScrollBar().value() == 0


def test_ctrl_wheel_zooms_at_the_pointer_shift_wheel_pans_plain_wheel_scrolls(
    show: Callable[[TraceTree], Waterfall],
) -> None:
    waterfall = show(many(900))
    window = waterfall.window_of_time
    at = QPoint(waterfall.tree_width() + 200, 100)
    moment = window.scale.micros(200)
    wheel(waterfall, at, 3, CTRL)
    assert not window.is_whole
    assert window.scale.x(moment) == pytest.approx(200, abs=0.5)
    start = window.scale.start
    wheel(waterfall, at, -1, SHIFT)
    assert window.scale.start > start
    assert waterfall.verticalScrollBar().value() == 0
    scale = window.scale
    wheel(waterfall, at, -1, NO_KEYS)
    assert waterfall.verticalScrollBar().value() > 0
    assert window.scale == scale


def test_a_double_click_on_the_bar_zooms_to_it_one_on_the_name_opens_it(
    waterfall: Waterfall, qtbot: QtBot
) -> None:
    view = waterfall.viewport()
    row = waterfall.row_rect(4)
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(row.right() - 100, row.center().y()))
    scale = waterfall.window_of_time.scale
    assert (scale.start, scale.end) == (484_000, 716_000)
    with qtbot.waitSignal(waterfall.activated) as told:
        qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(200, row.center().y()))
    assert told.args == [waterfall.node_at(4)]


def test_dragging_the_bars_pans(waterfall: Waterfall, qtbot: QtBot) -> None:
    window = waterfall.window_of_time
    window.show(400_000, 600_000)
    view, y = waterfall.viewport(), waterfall.row_rect(0).center().y()
    x = waterfall.tree_width() + 300
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    event_at = QPoint(x - 100, y)
    QTest.mouseEvent(QTest.MouseAction.MouseMove, view, Qt.MouseButton.LeftButton, NO_KEYS, event_at)  # type: ignore[call-overload]
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=event_at)
    assert window.scale.start > 400_000


def test_the_pointer_over_the_bars_tells_its_moment(waterfall: Waterfall, qtbot: QtBot) -> None:
    qtbot.mouseMove(waterfall.viewport(), QPoint(waterfall.tree_width() + 100, 30))
    assert waterfall.window_of_time.cursor == waterfall.window_of_time.scale.micros(100)
    qtbot.mouseMove(waterfall.viewport(), QPoint(50, 30))
    assert waterfall.window_of_time.cursor is None


@pytest.mark.parametrize("setting", [SchemeSetting.LIGHT, SchemeSetting.DARK, SchemeSetting.CONTRAST])
def test_bars_are_drawn_in_the_colours_of_their_operations(
    waterfall: Waterfall, theme: Theme, setting: SchemeSetting
) -> None:
    theme.set_setting(setting)
    assert theme.color("span.db").name() in colours_in(waterfall, 2)
    assert theme.color("span.function").name() in colours_in(waterfall, 1)
    ground = QColor(picture(waterfall).pixel(waterfall.tree_width() + 3, 370))
    assert ground.name() == theme.color("bg.canvas").name()


def test_a_failed_span_has_a_tick_and_a_hatch(waterfall: Waterfall, theme: Theme) -> None:
    tick = theme.color("level.error.fill").name()
    assert tick in colours_in(waterfall, 5)
    assert tick not in colours_in(waterfall, 1)
    image, rect, scale = picture(waterfall), waterfall.row_rect(5), waterfall.window_of_time.scale
    inside = range(round(scale.x(530_000)), round(scale.x(670_000)))
    left, middle = waterfall.tree_width(), rect.center().y()
    hatched = {QColor(image.pixel(left + x, middle)).name() for x in inside}
    assert theme.color("span.http").name() in hatched
    assert len(hatched) > 1


def test_the_critical_path_is_underlined(waterfall: Waterfall, theme: Theme, order: TraceTree) -> None:
    before = picture(waterfall)
    waterfall.set_path(critical_path(order))
    assert picture(waterfall) != before
    waterfall.set_path({})
    assert picture(waterfall) == before


def test_matches_are_marked_and_hidden_ones_counted(
    waterfall: Waterfall, theme: Theme, order: TraceTree
) -> None:
    waterfall.set_matches(find_spans(order, "select"))
    assert waterfall.sentence(2).endswith("6 matches inside, level 3")
    waterfall.folding.toggle(waterfall.node_at(2))
    image = picture(waterfall)
    row = waterfall.row_rect(3)
    match = theme.color("bg.match").name()
    assert match in {QColor(image.pixel(x, row.top() + 4)).name() for x in range(waterfall.tree_width())}


def test_rows_follow_font_and_density(waterfall: Waterfall, theme: Theme) -> None:
    before = waterfall.row_pixels
    theme.set_zoom(2.0)
    assert waterfall.row_pixels > before * 1.7
    theme.set_zoom(1.0)
    theme.set_density(Density.COMPACT)
    assert waterfall.row_pixels == before - 2
    theme.set_density(Density.COMFORTABLE)
    assert waterfall.row_pixels == before


def test_no_rows_at_all_is_drawn_too(waterfall: Waterfall, qtbot: QtBot) -> None:
    waterfall.set_rows(None)
    assert waterfall.visible_rows() == range(0)
    assert waterfall.sentence(0) == ""
    waterfall.step(1)
    waterfall.folding.fold_all(Fold.OPEN)
    picture(waterfall)
    assert waterfall.current is None


def test_very_deep_rows_keep_room_for_their_names(show: Callable[[TraceTree], Waterfall]) -> None:
    spans = [a_span(1, length=9_000)]
    spans += [a_span(n, n - 1, op=f"op{n % 2}", start=n, length=9_000 - 2 * n) for n in range(2, 300)]
    waterfall = show(build_tree(spans))
    waterfall.select(298)
    picture(waterfall)
    assert waterfall.current_row() == 298


def test_bars_that_lie_outside_are_pointed_at(waterfall: Waterfall) -> None:
    waterfall.window_of_time.show(100_000, 110_000)
    left = picture(waterfall)
    waterfall.window_of_time.show(980_000, 990_000)
    assert picture(waterfall) != left
