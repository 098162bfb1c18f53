import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from pytestqt.qtbot import QtBot

from vedette.desktop.theme.highlight import Run
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.code_lines import CodeLine, Place
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


def test_screen_readers_find_the_lines_in_sight_each_as_a_sentence(view: CodeView) -> None:
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.role() == QAccessible.Role.List
    names = [interface.child(at).text(QAccessible.Text.Name) for at in range(interface.childCount())]
    assert names[:3] == ["line 41, def pay(x):", "line 42, return x / 0, current", "line 43, empty"]
    assert interface.focusChild().text(QAccessible.Text.Name) == "line 42, return x / 0, current"


def test_lines_of_a_comparison_say_which_side_they_are_from(theme: Theme, qtbot: QtBot) -> None:
    view = CodeView(theme, name="c", title="Difference")
    qtbot.addWidget(view)
    runs = (Run("x = 1", "code.name"),)
    view.set_lines([CodeLine(1, runs, sign="-"), CodeLine(1, runs, sign="+"), CodeLine(2, runs)])
    assert [view.sentence(at) for at in range(4)] == [
        "line 1, x = 1, removed",
        "line 1, x = 1, added",
        "line 2, x = 1",
        "",
    ]


def test_a_double_click_on_a_number_tells_which(qtbot: QtBot, view: CodeView, theme: Theme) -> None:
    with qtbot.waitSignal(view.lineActivated) as told:
        point = QPointF(20, 8 + theme.line_height("code") * 1.5).toPoint()
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert told.args == [42]


def test_a_file_of_twenty_thousand_lines_is_shown_at_once_and_coloured_in_place(
    theme: Theme, qtbot: QtBot
) -> None:
    view = CodeView(theme, name="c", title="File", most_lines=0)
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    lines = [
        CodeLine(n, (Run(f"    value_{n} = compute(order, cart)\t# {n}", "code.name"),))
        for n in range(1, 20_001)
    ]
    view.set_lines(lines)
    view.go_to_line(12_000)
    top = view.verticalScrollBar().value()
    rows = view.visible_rows()
    assert rows.start < 11_999 < rows.stop
    assert abs((rows.start + rows.stop) // 2 - 11_999) <= 1
    view.set_colours([CodeLine(line.number, (Run(line.text, "code.comment"),)) for line in lines])
    assert view.verticalScrollBar().value() == top


def test_a_text_is_found_selected_and_brought_into_sight(view: CodeView) -> None:
    assert view.find_text("LONG") == 60
    assert view.selected_text() == "long"
    for _ in range(45):
        view.find_next()
    assert view.horizontalScrollBar().value() > 0
    view.find_next(back=True)
    assert view.find_text("return x") == 1
    assert view.selected_text() == "return x"
    assert view.find_text("nowhere") == 0
    assert view.selected_text() == ""
