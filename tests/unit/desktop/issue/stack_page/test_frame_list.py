"""Frames as rows that open."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.issue_desk import elapsed_ms, recorded_events
from vedette.desktop.issue.stack.frames import LibraryRun, StackShow, arrange, crash_frame, read_frames
from vedette.desktop.issue.stack_page.frame_list import FrameList
from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.desktop.theme.tokens import Scheme, shade
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.key_values import KeyValueTable
from vedette.desktop.widgets.value_tree import ValueTree


def a_stack() -> dict[str, Any]:
    library = {"filename": "django/core.py", "abs_path": "/v/site-packages/django/core.py", "in_app": False}
    own = {"filename": "shop.py", "abs_path": "/srv/shop.py", "in_app": True}
    return {
        "frames": [
            library | {"function": "serve", "lineno": 10},
            library | {"function": "dispatch", "lineno": 20},
            own | {"function": "view", "lineno": 30, "context_line": "view()"},
            own
            | {
                "function": "price",
                "lineno": 40,
                "pre_context": ["def price():"],
                "context_line": "    return 1 / 0",
                "vars": {"total": "1299", "cart": {"items": ["1"]}},
            },
        ]
    }


Make = Callable[[dict[str, Any]], FrameList]


@pytest.fixture
def make(theme: Theme, qtbot: QtBot) -> Make:
    def made(stacktrace: dict[str, Any], show: StackShow = StackShow.RELEVANT) -> FrameList:
        found = FrameList(theme, name="event.frames.0", title="Stack trace")
        qtbot.addWidget(found)
        found.resize(700, 100)
        frames = read_frames(stacktrace, "python")
        opened = crash_frame(frames)
        found.set_stack(
            arrange(frames, show), platform="python", opened=opened.at if opened is not None else None
        )
        found.show()
        found.activateWindow()
        found.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(found.hasFocus)
        return found

    return made


def test_the_crash_frame_is_open_with_its_source_and_variables(make: Make) -> None:
    frames = make(a_stack())
    assert frames.open_frames() == {3}
    body = frames.body(3)
    assert body is not None
    assert body.code is not None
    assert body.code.text() == "def price():\n    return 1 / 0"
    (table,) = body.findChildren(KeyValueTable)
    assert [(row.label, row.value) for row in table.rows()] == [("total", "1299")]
    (tree,) = body.findChildren(ValueTree)
    assert tree.value() == {"cart": {"items": ["1"]}}


def test_only_open_frames_make_code_views(make: Make) -> None:
    assert len(make(a_stack()).findChildren(CodeView)) == 1


def test_a_run_of_library_frames_opens_into_its_frames(make: Make) -> None:
    frames = make(a_stack())
    assert isinstance(frames.rows()[2], LibraryRun)
    frames.toggle(2)
    assert [getattr(row, "function", "") for row in frames.rows()] == [
        "price",
        "view",
        "",
        "dispatch",
        "serve",
    ]
    frames.toggle(2)
    assert len(frames.rows()) == 3


def test_opening_a_frame_moves_nothing_above_it(make: Make) -> None:
    frames = make(a_stack())
    before = [frames.row_rect(at) for at in range(2)]
    frames.toggle(1)
    assert [frames.row_rect(at) for at in range(2)] == before
    assert frames.open_frames() == {2, 3}


def test_a_click_on_a_row_opens_and_closes_it(make: Make, qtbot: QtBot) -> None:
    frames = make(a_stack())
    at = frames.row_rect(1).center()
    qtbot.mouseClick(frames, Qt.MouseButton.LeftButton, pos=at)
    assert 2 in frames.open_frames()
    qtbot.mouseClick(frames, Qt.MouseButton.LeftButton, pos=at)
    assert 2 not in frames.open_frames()


def test_the_keyboard_moves_opens_closes_and_copies(make: Make, qtbot: QtBot) -> None:
    frames = make(a_stack())
    assert frames.current_row() == 0, "the open frame is current when the keyboard arrives"
    qtbot.keyClick(frames, Qt.Key.Key_Down)
    qtbot.keyClick(frames, Qt.Key.Key_Right)
    assert 2 in frames.open_frames()
    qtbot.keyClick(frames, Qt.Key.Key_Left)
    assert 2 not in frames.open_frames()
    qtbot.keyClick(frames, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "view (shop.py:30)"
    qtbot.keyClick(frames, Qt.Key.Key_End)
    qtbot.keyClick(frames, Qt.Key.Key_Return)
    assert len(frames.rows()) == 5
    qtbot.keyClick(frames, Qt.Key.Key_Home)
    assert frames.current_row() == 0


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Copy path:line", "/srv/shop.py:40"),
        ("Copy function", "price"),
        ("Copy frame as text", "price (shop.py:40)"),
    ],
)
def test_the_menu_copies_what_it_says(make: Make, title: str, text: str) -> None:
    frames = make(a_stack())
    next(action for action in frames.build_menu().actions() if action.text() == title).trigger()
    assert QGuiApplication.clipboard().text() == text


def test_variables_can_be_hidden_and_come_back(make: Make) -> None:
    frames = make(a_stack())
    before = frames.height()
    frames.set_shows_variables(False)
    assert frames.height() < before
    frames.set_shows_variables(True)
    assert frames.height() == before


def test_the_next_own_frame_is_opened_and_made_current(make: Make) -> None:
    frames = make(a_stack())
    frames.go_to_next_own()
    assert frames.current_row() == 1
    assert 2 in frames.open_frames()
    frames.go_to_next_own()
    assert frames.current_row() == 0


def test_screen_readers_find_each_row_as_a_sentence_and_the_open_part_after_them(make: Make) -> None:
    frames = make(a_stack())
    interface = QAccessible.queryAccessibleInterface(frames)
    assert interface.role() == QAccessible.Role.Tree
    count = interface.childCount()
    names = [interface.child(at).text(QAccessible.Text.Name) for at in range(count - 1)]
    assert names == [
        "price, shop.py:40, in app, open",
        "view, shop.py:30, in app, closed",
        "2 library frames · django, closed",
    ]
    assert interface.child(count - 1).object() is frames.body(3)


def test_a_thousand_frames_open_within_eighty_milliseconds(make: Make, qtbot: QtBot) -> None:
    (event,) = recorded_events("py-shop-recursion")
    stacktrace = event["exception"]["values"][-1]["stacktrace"]
    frames = make(a_stack())
    rows = arrange(read_frames(stacktrace, "python"), StackShow.FULL)

    def open_it() -> None:
        frames.set_stack(rows, platform="python", opened=999)
        frames.grab(frames.rect().intersected(frames.rect().adjusted(0, 0, 0, 900 - frames.height())))

    assert min(elapsed_ms(open_it) for _ in range(3)) < 80
    assert len(frames.rows()) == 1_000
    assert len(frames.findChildren(CodeView)) <= 4


def test_rows_are_painted_in_the_theme_in_force(make: Make, theme: Theme) -> None:
    frames = make(a_stack())
    light = frames.grab().toImage().pixelColor(QPoint(690, 10))
    theme.set_setting(SchemeSetting.DARK)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    dark = frames.grab().toImage().pixelColor(QPoint(690, 10))
    assert light == QColor(shade("bg.code", Scheme.LIGHT))
    assert dark == theme.color("bg.code")
