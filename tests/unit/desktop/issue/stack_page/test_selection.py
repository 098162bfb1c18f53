"""Text selected across frames."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vedette.desktop.issue.stack.frames import StackShow, arrange, read_frames
from vedette.desktop.issue.stack_page.frame_list import FrameList
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.code_view import CodeView


def a_frame(function: str, *lines: str, **more: Any) -> dict[str, Any]:
    return {
        "function": function,
        "filename": "shop.py",
        "lineno": len(lines),
        "pre_context": list(lines[:-1]),
        "context_line": lines[-1],
        "in_app": True,
        **more,
    }


@pytest.fixture
def frames(theme: Theme, qtbot: QtBot) -> FrameList:
    """Two open frames, the inner one with variables, newest first, and a closed one."""
    stack = {
        "frames": [
            a_frame("main", "main()"),
            a_frame("view", "def view():", "    price()"),
            a_frame("price", "def price():", "    return 1 / 0", vars={"total": "1", "names": ["a"]}),
        ]
    }
    found = FrameList(theme, name="event.frames.0", title="Stack trace")
    qtbot.addWidget(found)
    found.resize(700, 100)
    rows = arrange(read_frames(stack, "python"), StackShow.FULL)
    found.set_stack(rows, platform="python", opened=2)
    found.set_open(1, True)
    found.show()
    found.activateWindow()
    found.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(found.hasFocus)
    return found


def code_of(frames: FrameList, at: int) -> CodeView:
    body = frames.body(at)
    assert body is not None
    assert body.code is not None
    return body.code


def place(frames: FrameList, at: int, line: int, x: int = 2) -> QPoint:
    """Return the beginning of a line of source in the list's coordinates."""
    code = code_of(frames, at)
    gutter = code.viewport().width() // 3 if x > 100 else 60
    return code.viewport().mapTo(frames, QPoint(gutter, code.row_rect(line).center().y()))


def copied(frames: FrameList, qtbot: QtBot) -> list[str]:
    qtbot.keyClick(frames, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    return QGuiApplication.clipboard().text().split("\n")


def test_everything_is_selected_and_copied_in_the_order_it_stands(frames: FrameList, qtbot: QtBot) -> None:
    qtbot.keyClick(frames, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert copied(frames, qtbot) == [
        "price (shop.py:2)",
        "def price():",
        "    return 1 / 0",
        "total = 1",
        "names = [a]",
        "view (shop.py:2)",
        "def view():",
        "    price()",
        "main (shop.py:1)",
    ]
    qtbot.keyClick(frames, Qt.Key.Key_Escape)
    assert not frames.selection.is_active
    assert code_of(frames, 2).selected_text() == ""


def test_a_drag_from_one_source_into_the_next_takes_what_lies_between(
    frames: FrameList, qtbot: QtBot
) -> None:
    first, second = code_of(frames, 2), code_of(frames, 1)
    start = QPoint(first.viewport().width() - 5, first.row_rect(0).center().y())
    port = first.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    end = second.viewport().mapTo(
        frames, QPoint(second.viewport().width() - 5, second.row_rect(0).center().y())
    )
    QTest.mouseMove(port, port.mapFrom(frames, end - QPoint(0, 30)))
    QTest.mouseMove(port, port.mapFrom(frames, end))
    assert frames.selection.is_active
    text = frames.selection.text().split("\n")
    assert text[:2] == ["", "    return 1 / 0"], "from the end of the first line"
    assert text[-2:] == ["view (shop.py:2)", "def view():"]
    QTest.mouseRelease(
        port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, port.mapFrom(frames, end)
    )
    qtbot.keyClick(first, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "\n".join(text)


def test_a_drag_that_comes_back_is_a_selection_of_its_source_again(frames: FrameList) -> None:
    first = code_of(frames, 2)
    port = first.viewport()
    start = QPoint(5, first.row_rect(0).center().y())
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(port, QPoint(5, port.height() + 60))
    assert frames.selection.is_active
    QTest.mouseMove(port, QPoint(port.width() - 5, first.row_rect(0).center().y()))
    assert not frames.selection.is_active
    assert first.selected_text() == "def price():"


def test_a_drag_that_begins_on_a_row_selects_and_does_not_fold_it(frames: FrameList, qtbot: QtBot) -> None:
    start = frames.row_rect(1).center()
    QTest.mousePress(frames, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(frames, start + QPoint(0, 15))
    end = frames.row_rect(2).center()
    QTest.mouseMove(frames, end)
    QTest.mouseRelease(frames, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert frames.is_open(1)
    assert copied(frames, qtbot) == ["view (shop.py:2)", "def view():", "    price()", "main (shop.py:1)"]


def test_shift_and_arrows_select_rows_with_what_is_open_in_them(frames: FrameList, qtbot: QtBot) -> None:
    qtbot.keyClick(frames, Qt.Key.Key_Down)
    qtbot.keyClick(frames, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert copied(frames, qtbot)[-1] == "main (shop.py:1)"
    qtbot.keyClick(frames, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert copied(frames, qtbot) == ["view (shop.py:2)"]


def test_another_way_of_showing_and_a_plain_click_end_the_selection(frames: FrameList, qtbot: QtBot) -> None:
    frames.selection.select_all()
    frames.set_rows(frames.rows())
    assert not frames.selection.is_active
    frames.selection.select_all()
    port = code_of(frames, 1).viewport()
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=QPoint(80, 12))
    assert not frames.selection.is_active


def test_the_tint_covers_rows_and_variables_only(frames: FrameList) -> None:
    before = frames.grab().toImage()
    frames.selection.select_all()
    after = frames.grab().toImage()
    ratio = before.devicePixelRatio()

    def differs(point: QPoint) -> bool:
        at = QPoint(round(point.x() * ratio), round(point.y() * ratio))
        return before.pixelColor(at) != after.pixelColor(at)

    body = frames.body(2)
    assert body is not None
    assert body.table is not None
    assert differs(frames.row_rect(0).center())
    assert differs(body.table.mapTo(frames, QPoint(body.table.width() - 20, 6)))
    assert not differs(code_of(frames, 2).mapTo(frames, QPoint(code_of(frames, 2).width() - 10, 12)))
