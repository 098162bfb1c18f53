"""Source from the project's folder on the page: badges, functions, changes on disk, the editor."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.support.issue_desk import IssueDesk, Opener
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.commands.dispatcher import KeyDispatcher
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.stack.frames import Frame
from vedette.desktop.issue.stack_page.frame_list import FrameList
from vedette.desktop.issue.stack_page.frame_paint import editor_rect
from vedette.desktop.issue.stack_page.page import StackPage
from vedette.desktop.shell.places import Place

PRICING = [
    "class Line:",
    "    def unit_price(self):",
    "        total = self.amount",
    "        return total / self.quantity",
    "",
    "    def discounted(self):",
    "        return self.unit_price() / 2",
]


def a_frame(file: str, line: int, text: str, **more: Any) -> dict[str, Any]:
    return {
        "filename": file,
        "abs_path": f"/srv/{file}",
        "function": "f",
        "lineno": line,
        "context_line": text,
        "in_app": True,
        **more,
    }


@pytest.fixture
def folder(desk: IssueDesk, tmp_path: Path) -> Path:
    """The project's folder, with the file that the event's frames name."""
    folder = tmp_path / "Kässe"
    (folder / "shop").mkdir(parents=True)
    (folder / "shop" / "pricing.py").write_text("\n".join(PRICING), encoding="utf-8")
    desk.writer.raw.execute("update project set folder = ?", (str(folder),))
    return folder


@pytest.fixture
def stack(desk: IssueDesk, show: Opener, folder: Path) -> StackPage:
    """An event whose innermost frame is in the file, and two others that are not as it says."""
    frames = [
        a_frame("lib/core.py", 3, "run()", in_app=False),
        a_frame("shop/gone.py", 3, "gone()"),
        a_frame("shop/pricing.py", 6, "        return total", colno=9),
        a_frame("shop/pricing.py", 4, PRICING[3], vars={"total": "1", "cart": {"items": ["a", "b"]}}),
    ]
    exception = {"type": "Boom", "value": "b", "stacktrace": {"frames": frames}}
    desk.send({"event_id": "ab" * 16, "platform": "python", "exception": {"values": [exception]}})
    return show("Boom").stack


@pytest.fixture
def frames(stack: StackPage) -> FrameList:
    return stack.sections()[0].frames


@pytest.fixture
def settle(stack: StackPage, bridge: Bridge, qtbot: QtBot) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: stack.is_settled and bridge.is_settled, timeout=10_000)


def badges(frames: FrameList) -> list[str]:
    found = [frames.local_of(row) for row in frames.rows() if isinstance(row, Frame)]
    return [local.badge if local else "" for local in found]


def test_every_frame_of_the_application_says_how_its_file_stands(frames: FrameList) -> None:
    assert badges(frames) == ["same text", "edited since", "not found", ""]
    assert frames.sentence(0) == "f, shop/pricing.py:4, in app, source on disk: same text, open"


def test_the_whole_function_is_shown_from_disk_and_the_event_s_lines_where_it_was_edited(
    frames: FrameList,
) -> None:
    same = frames.body(3)
    assert same is not None
    assert same.code is not None
    assert same.code.text() == "\n".join(PRICING[1:4])
    assert same.code.lines()[-1].current
    frames.set_open(1, True)
    edited = frames.body(2)
    assert edited is not None
    assert edited.code is not None
    assert edited.code.text() == "        return total"


def test_a_file_that_changes_is_read_again(
    stack: StackPage, frames: FrameList, folder: Path, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    with qtbot.waitSignal(stack.sources.changed, timeout=10_000):
        text = "\n".join(["# one more line", *PRICING])
        (folder / "shop" / "pricing.py").write_text(text, encoding="utf-8")
    settle()
    assert badges(frames)[0] == "moved +1"
    body = frames.body(3)
    assert body is not None
    assert body.code is not None
    assert body.code.lines()[-1].number == 5


def test_the_whole_file_opens_beside_at_the_line_and_closes_with_escape(
    stack: StackPage, commands: CommandRegistry, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    assert commands.run("event.whole_file")
    settle()
    assert not stack.file.isHidden()
    assert stack.file.title.text() == "pricing.py:4"
    assert stack.file.code.text() == "\n".join(PRICING)
    assert [line.number for line in stack.file.code.lines() if line.current] == [4]
    assert any(run.token == "code.keyword" for line in stack.file.code.lines() for run in line.runs)
    stack.file.code.setFocus()
    assert commands.run("event.find_here")
    qtbot.keyClicks(stack.file.findChild(type(stack.file._field)), "discounted")
    assert stack.file.code.selected_text() == "discounted"
    qtbot.keyClick(stack.file._field, Qt.Key.Key_Escape)
    qtbot.keyClick(stack.file.code, Qt.Key.Key_Escape)  # takes the selection away
    qtbot.keyClick(stack.file.code, Qt.Key.Key_Escape)
    assert stack.file.isHidden()


def test_the_difference_stands_beside_with_both_sides(
    stack: StackPage, frames: FrameList, settle: Callable[[], None]
) -> None:
    frames.set_open(1, True)
    body = frames.body(2)
    assert body is not None
    body.differenceWanted.emit()
    settle()
    assert [(line.sign, line.text.strip()) for line in stack.file.code.lines()] == [
        ("-", "return total"),
        ("+", "def discounted(self):"),
    ]
    assert stack.file.title.text() == "pricing.py: the event against the file now"


@pytest.fixture
def said(tmp_path: Path, bridge: Bridge, qtbot: QtBot) -> Callable[[], list[str]]:
    """What an editor of the user's own was given."""
    script, out = tmp_path / "ed.py", tmp_path / "said.txt"
    script.write_text(
        "import pathlib, sys\n"
        "out = pathlib.Path(__file__).with_name('said.new')\n"
        "out.write_text('|'.join(sys.argv[1:]), encoding='utf-8')\n"
        "out.replace(out.with_name('said.txt'))\n",
        encoding="utf-8",
    )
    bridge.preferences.set("editor.name", "custom")
    bridge.preferences.set("editor.command", f'"{sys.executable}" "{script}" %l %c "%f"')

    def read() -> list[str]:
        qtbot.waitUntil(out.exists, timeout=10_000)
        found = out.read_text(encoding="utf-8").split("|")
        out.unlink()
        return found

    return read


@pytest.mark.parametrize("modifier_and_key", [Qt.Key.Key_E, Qt.Key.Key_Return])
def test_ctrl_e_and_ctrl_enter_open_the_editor_at_line_and_column(
    frames: FrameList,
    folder: Path,
    commands: CommandRegistry,
    said: Callable[[], list[str]],
    qtbot: QtBot,
    modifier_and_key: Qt.Key,
) -> None:
    dispatcher = KeyDispatcher(commands, frames.window())
    frames.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(frames.hasFocus)
    qtbot.keyClick(frames, Qt.Key.Key_Down)
    qtbot.keyClick(frames, modifier_and_key, Qt.KeyboardModifier.ControlModifier)
    assert said() == ["6", "9", str(folder / "shop" / "pricing.py")]
    dispatcher.deleteLater()


def test_the_mark_at_the_right_edge_and_a_line_number_open_the_editor(
    frames: FrameList, folder: Path, said: Callable[[], list[str]], qtbot: QtBot
) -> None:
    path = str(folder / "shop" / "pricing.py")
    qtbot.mouseClick(frames, Qt.MouseButton.LeftButton, pos=editor_rect(frames.row_rect(0)).center())
    assert said() == ["4", "1", path]
    assert frames.is_open(0), "the row was not closed by it"
    body = frames.body(3)
    assert body is not None
    assert body.code is not None
    point = body.code.row_rect(1).center()
    qtbot.mouseDClick(body.code.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(15, point.y()))
    assert said() == ["3", "1", path]


def test_a_frame_without_file_says_why_and_where_it_was_looked_for(
    stack: StackPage, frames: FrameList, folder: Path, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    gone, library = (row for row in frames.rows()[2:] if isinstance(row, Frame))
    for frame, name in ((gone, "/srv/shop/gone.py"), (library, "/srv/lib/core.py")):
        with qtbot.waitSignal(stack.actions_of_frame.failed, timeout=10_000) as failed:
            stack.actions_of_frame.edit_frame(frame, 0)
        assert failed.args == [f"The file was not found. {name} was looked for in:\n{folder}"]
        settle()
    assert not stack.banner.isHidden()


def test_without_a_folder_the_way_to_settings_is_shown(
    desk: IssueDesk, show: Opener, commands: CommandRegistry, qtbot: QtBot
) -> None:
    desk.digest("py-shop-chained")
    view = show("shop is not configured")
    assert commands.run("event.edit")
    text = view.stack.banner.findChild(QLabel, "event.stack.banner.text")
    assert text is not None
    assert "Choose its folder in Settings › Projects" in text.text()
    assert not view.stack.banner.isHidden()
    with qtbot.waitSignal(view.navigate) as gone:
        view.stack.banner.acted.emit()
    assert gone.args == [Place("settings")]


def test_the_menu_offers_what_can_be_done_with_the_frame(frames: FrameList, qtbot: QtBot) -> None:
    frames.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(frames.hasFocus)
    titles = [action.text().split("\t")[0] for action in frames.build_menu().actions() if action.text()]
    assert titles == [
        "Close",
        "Open in editor",
        "Reveal in file manager",
        "Show whole file",
        "Show difference with the file",
        "Find issues from this function",
        "Copy path:line",
        "Copy function",
        "Copy frame as text",
        "Copy variables as JSON",
    ]


def test_issues_from_the_same_function_are_a_search(
    stack: StackPage, commands: CommandRegistry, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(stack.navigate) as gone:
        commands.run("event.find_frame")
    assert gone.args == [Place("issues", query='stack.filename:"shop/pricing.py" stack.function:"f"')]


def test_variables_are_found_as_one_types(frames: FrameList, commands: CommandRegistry, qtbot: QtBot) -> None:
    body = frames.body(3)
    assert body is not None
    assert body.table is not None
    assert body.tree is not None
    body.table.setFocus()
    assert commands.run("event.find_here")
    field = body._field
    assert field is not None
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "b")
    assert body.table.rows() == ()
    assert body.tree.current_path() == ("cart", "items", 1)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert [row.label for row in body.table.rows()] == ["total"]
    assert field.isHidden()


def test_no_menu_of_a_variable_offers_a_filter_that_no_search_knows(frames: FrameList) -> None:
    body = frames.body(3)
    assert body is not None
    assert body.tree is not None
    body.tree.open_path(("cart", "items", 0))
    titles = [action.text() for action in body.tree.build_menu().actions() if action.text()]
    assert titles[:4] == ["Copy value", "Copy path", "Copy pair", "Copy JSON"]


def test_back_and_forward_find_what_was_open(stack: StackPage, frames: FrameList) -> None:
    frames.set_open(1, True)
    state = stack.view_state()
    frames.set_open(0, False)
    frames.set_open(1, False)
    stack.restore_state(state)
    assert frames.open_frames() == {2, 3}


def test_what_was_copied_is_a_path_with_its_line(frames: FrameList, commands: CommandRegistry) -> None:
    assert frames.current_frame() is not None
    commands.run("event.copy_place")
    assert QGuiApplication.clipboard().text() == "/srv/shop/pricing.py:4"
