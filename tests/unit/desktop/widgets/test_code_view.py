import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.code_lines import Place
from vedette.desktop.widgets.code_view import CodeView

SOURCE = ["def pay(x):", "\treturn x / 0", "", "y = '" + "long " * 60 + "'"]


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> CodeView:
    found = CodeView(theme, name="frame.code", title="Source")
    qtbot.addWidget(found)
    found.set_source(SOURCE, filename="pay.py", first_number=41, current=42)
    found.resize(400, found.sizeHint().height())
    found.show()
    qtbot.waitExposed(found)
    return found


def test_copy_without_a_selection_takes_everything_as_it_came(qtbot: QtBot, view: CodeView) -> None:
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "\n".join(SOURCE)


def test_a_drag_selects_and_copies_what_lies_between(qtbot: QtBot, view: CodeView, theme: Theme) -> None:
    height = theme.line_height("code")
    port = view.viewport()
    qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=QPointF(400 * 0.25, 8 + height / 2).toPoint())
    assert view.selected_text() in ("def", "pay")
    view.select_all()
    assert view.selected_text() == "\n".join(SOURCE)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.selected_text() == ""


def test_places_are_found_from_points_and_held_at_the_edges(view: CodeView) -> None:
    assert view.place_at(QPointF(-50, -50)) == Place(0, 0)
    assert view.place_at(QPointF(10_000, 10_000)).line == 3
    assert view.place_at(QPointF(10_000, 10)) == Place(0, len(SOURCE[0]))


def test_the_keyboard_selects_from_the_current_line(qtbot: QtBot, view: CodeView) -> None:
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_text() == "\treturn x / 0"


def test_long_lines_scroll_inside(view: CodeView) -> None:
    assert view.horizontalScrollBar().maximum() > 500


def test_the_height_fits_the_lines_up_to_the_limit(qtbot: QtBot, theme: Theme) -> None:
    view = CodeView(theme, name="c", title="Source", most_lines=5)
    qtbot.addWidget(view)
    view.set_source(["x"] * 3)
    three = view.sizeHint().height()
    view.set_source(["x"] * 100)
    assert view.sizeHint().height() - three == 2 * theme.line_height("code")


def test_an_empty_source_is_drawn_and_selected_without_harm(qtbot: QtBot, theme: Theme) -> None:
    view = CodeView(theme, name="c", title="Source")
    qtbot.addWidget(view)
    view.set_source([])
    view.select_all()
    assert view.place_at(QPointF(5, 5)) == Place(0, 0)
    assert not view.grab().isNull()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton)
    assert view.selected_text() == ""


def test_the_current_line_has_a_bar_and_a_tint(view: CodeView, theme: Theme) -> None:
    view.clearFocus()
    image = view.viewport().grab().toImage()
    y = 8 + theme.line_height("code") + 4
    assert image.pixelColor(1, y) == theme.color("level.error.text")
    assert image.pixelColor(395, y) == theme.color("bg.code.line")
    assert image.pixelColor(395, 10) == theme.color("bg.code")
