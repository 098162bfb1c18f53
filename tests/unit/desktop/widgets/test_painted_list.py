from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter
from pytestqt.qtbot import QtBot

from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.paged_model import Column, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList, RowState


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    text: str = "line"


def fetch_all(after: Line | None, limit: int, answer: PageAnswer[Line]) -> None:
    answer([Line(n) for n in range(100, 0, -1)] if after is None else [])


def paint(painter: QPainter, rect: QRect, row: Line, state: RowState) -> None:
    painter.drawText(rect, row.text)


@pytest.fixture
def model(qtbot: QtBot) -> PagedModel[Line]:
    columns = (
        Column[Line]("Line"),
        Column[Line]("Id", text=lambda line: str(line.id), right=True, sort="id"),
    )
    return PagedModel(columns, fetch_all, key=lambda line: line.id, page=256)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme, model: PagedModel[Line]) -> PaintedList:
    found = PaintedList(theme, name="lines.table", title="Lines", row_lines=("title", "caption"))
    qtbot.addWidget(found)
    found.set_model(model)
    found.set_painter(0, paint)
    model.reload()
    found.resize(500, 400)
    found.show()
    qtbot.waitExposed(found)
    return found


def y_of(view: PaintedList, key: int) -> int:
    position = view.paged_model().position_of(key)  # type: ignore[union-attr]
    assert position is not None
    return view.row_rect(position).top()


def test_rows_keep_their_pixel_position_when_fifty_arrive_above(
    view: PaintedList, model: PagedModel[Line]
) -> None:
    view.verticalScrollBar().setValue(view.row_pixels * 20 + 7)
    before = {key: y_of(view, key) for key in (80, 79, 75)}
    model.insert_above([Line(n) for n in range(150, 100, -1)])
    assert {key: y_of(view, key) for key in before} == before
    assert view.newer_count == 50
    view.go_home()
    assert view.newer_count == 0


def test_rows_flow_in_at_the_top_only_while_nothing_is_selected(
    view: PaintedList, model: PagedModel[Line]
) -> None:
    model.insert_above([Line(101)])
    assert view.visible_rows().start == 0
    assert y_of(view, 101) == 0
    view.select_key(101)
    model.insert_above([Line(102)])
    assert y_of(view, 101) == 0
    assert view.current_key() == 101


def test_the_selection_follows_its_row_through_a_new_order(
    view: PaintedList, model: PagedModel[Line]
) -> None:
    view.select_key(98)
    model.set_rows([Line(7), Line(98), Line(3)])
    assert view.selected_keys() == [98]
    assert view.current_key() == 98


def test_a_row_that_vanishes_leaves_its_neighbours_where_they_were(
    view: PaintedList, model: PagedModel[Line]
) -> None:
    view.verticalScrollBar().setValue(view.row_pixels * 30)
    top = model.key_at(view.visible_rows().start)
    below = model.key_at(view.visible_rows().start + 1)
    before = y_of(view, below)  # type: ignore[arg-type]
    model.remove([top])
    assert y_of(view, below) == before  # type: ignore[arg-type]


def test_letters_and_arrows_step_and_enter_opens_the_current_row(qtbot: QtBot, view: PaintedList) -> None:
    for key in (Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_Down, Qt.Key.Key_K):
        qtbot.keyClick(view, key)
    assert view.current_key() == 99
    with qtbot.waitSignal(view.rowOpened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [99]
    with qtbot.waitSignal(view.rowOpened):
        qtbot.keyClick(view, Qt.Key.Key_O)
    with qtbot.waitSignal(view.rowPeeked):
        qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.current_key() == 1
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.current_key() == 100
    qtbot.keyClick(view, Qt.Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_keys() == [100, 99]


def test_visible_rows_and_row_at_agree(view: PaintedList) -> None:
    view.verticalScrollBar().setValue(view.row_pixels * 5 + 3)
    assert view.visible_rows().start == 5
    assert view.row_at(QPoint(10, 1)) == 5
    assert view.row_at(QPoint(10, view.row_pixels)) == 6


def test_a_larger_font_makes_rows_higher_and_keeps_the_first_in_sight(
    view: PaintedList, theme: Theme
) -> None:
    view.verticalScrollBar().setValue(view.row_pixels * 12)
    before = view.row_pixels
    theme.set_zoom(1.6)
    assert view.row_pixels > before * 1.3
    assert view.visible_rows().start == 12


def test_an_updated_row_is_drawn_without_losing_the_selection(
    view: PaintedList, model: PagedModel[Line]
) -> None:
    view.select_key(95)
    model.update_row(replace(Line(95), text="changed"))
    assert view.selected_keys() == [95]


# ---------------------------------------------------------------- bands


def is_band(row: Line) -> bool:
    return row.text.startswith("band")


def paint_band(painter: QPainter, rect: QRect, row: Line, *, current: bool) -> None:
    painter.fillRect(rect, Qt.GlobalColor.lightGray)


@pytest.fixture
def banded(view: PaintedList, model: PagedModel[Line]) -> PaintedList:
    """Ten groups of nine lines below a band: 100, 90, 80, … are bands."""
    model.set_rows([Line(n, "band" if n % 10 == 0 else "line") for n in range(100, 0, -1)])
    view.set_bands(is_band, paint_band)
    return view


def test_a_band_is_lower_than_a_row_and_what_is_in_sight_is_still_known(banded: PaintedList) -> None:
    low = banded.row_rect(0).height()
    assert low < banded.row_pixels
    assert banded.row_rect(1).top() == low
    assert banded.row_at(QPoint(5, low - 1)) == 0
    assert banded.row_at(QPoint(5, low)) == 1
    banded.verticalScrollBar().setValue(banded.top_of(15) + 3)
    assert banded.visible_rows().start == 15
    assert banded.row_rect(15).top() == -3


def test_rows_keep_their_pixel_when_a_group_above_is_folded_away(
    banded: PaintedList, model: PagedModel[Line]
) -> None:
    banded.verticalScrollBar().setValue(banded.top_of(34) + 9)
    before = {key: y_of(banded, key) for key in (65, 64, 60)}
    model.remove(range(81, 90))
    assert {key: y_of(banded, key) for key in before} == before
    model.insert_above([Line(110, "band"), Line(109)])
    assert {key: y_of(banded, key) for key in before} == before


def test_the_band_of_what_is_in_sight_stays_at_the_top_and_is_pushed_by_the_next(banded: PaintedList) -> None:
    staying = banded._bands
    assert staying is not None
    assert staying.isHidden()
    banded.verticalScrollBar().setValue(banded.top_of(15))
    assert staying.isVisible()
    assert staying.geometry().top() == banded.viewport().geometry().top()
    banded.verticalScrollBar().setValue(banded.top_of(20) - 5)
    assert staying.geometry().bottom() == banded.viewport().geometry().top() + 4


def test_a_row_reached_upwards_is_not_hidden_below_the_staying_band(
    qtbot: QtBot, banded: PaintedList
) -> None:
    banded.select_key(75)
    banded.verticalScrollBar().setValue(banded.top_of(25))
    qtbot.keyClick(banded, Qt.Key.Key_K)
    assert banded.current_key() == 76
    assert banded.row_rect(24).top() >= banded.row_rect(0).height()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_O, Qt.Key.Key_Space])
def test_keys_on_a_band_fold_instead_of_opening(qtbot: QtBot, banded: PaintedList, key: Qt.Key) -> None:
    banded.select_key(90)
    opened: list[object] = []
    banded.rowOpened.connect(opened.append)
    with qtbot.waitSignal(banded.bandToggled) as toggled:
        qtbot.keyClick(banded, key)
    assert (toggled.args, opened) == ([90], [])


def test_left_goes_to_the_band_and_folds_it_and_right_unfolds(qtbot: QtBot, banded: PaintedList) -> None:
    banded.select_key(75)
    with qtbot.waitSignal(banded.foldWanted) as folded:
        qtbot.keyClick(banded, Qt.Key.Key_Left)
    assert folded.args == [80, True]
    assert banded.current_key() == 80
    with qtbot.waitSignal(banded.foldWanted) as folded:
        qtbot.keyClick(banded, Qt.Key.Key_Right)
    assert folded.args == [80, False]


def test_a_click_on_a_band_or_the_staying_one_folds(qtbot: QtBot, banded: PaintedList) -> None:
    with qtbot.waitSignal(banded.bandToggled) as toggled:
        qtbot.mouseClick(banded.viewport(), Qt.MouseButton.LeftButton, pos=banded.row_rect(0).center())
    assert toggled.args == [100]
    banded.verticalScrollBar().setValue(banded.top_of(15))
    with qtbot.waitSignal(banded.bandToggled) as toggled:
        qtbot.mouseClick(banded._bands, Qt.MouseButton.LeftButton)
    assert toggled.args == [90]


# ---------------------------------------------------------------- selecting, opening apart


def test_shift_extends_from_where_it_began_and_back_again(qtbot: QtBot, view: PaintedList) -> None:
    view.select_key(90)
    shift = Qt.KeyboardModifier.ShiftModifier
    for key in (Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_K, Qt.Key.Key_K):
        qtbot.keyClick(view, key, shift)
    assert view.selected_keys() == [91, 90]
    qtbot.keyClick(view, Qt.Key.Key_J)
    qtbot.keyClick(view, Qt.Key.Key_J, shift)
    assert view.selected_keys() == [90, 89]


def test_a_middle_click_opens_apart_and_selects_nothing(qtbot: QtBot, view: PaintedList) -> None:
    with qtbot.waitSignal(view.rowOpenedApart) as opened:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.MiddleButton, pos=view.row_rect(2).center())
    assert opened.args == [98]
    assert view.selected_keys() == []


def test_home_is_told_to_whoever_keeps_the_order(qtbot: QtBot, view: PaintedList) -> None:
    with qtbot.waitSignal(view.wentHome):
        qtbot.keyClick(view, Qt.Key.Key_Home)


def test_dimmed_rows_are_paler(view: PaintedList) -> None:
    def darkest() -> int:
        image = view.viewport().grab().toImage()
        return min(image.pixelColor(x, y).lightness() for x in range(120) for y in range(40))

    before = darkest()
    view.set_dimmed(True)
    assert darkest() > before + 40
    view.set_dimmed(False)
    assert darkest() == before
