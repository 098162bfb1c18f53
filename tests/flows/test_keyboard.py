"""The window without a mouse: from first run to a resolved issue, compared events and an opened editor."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tests.support.builders import an_envelope, an_error
from tests.support.live_window import LiveWindow, run_live
from tests.support.station import StationProcess, running_station, wait_until
from vedette.desktop.app import make_application
from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.domain.times import SECOND, now
from vedette.domain.workspace import Workspace

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
SOURCE = "def pay(order):\n    total = order['total']\n    return total / order['items']\n"
EDITOR = "import sys\nopen(sys.argv[1], 'w', encoding='utf-8').write('\\n'.join(sys.argv[2:]))\n"
MOST_TABS = 80


@pytest.fixture
def app() -> QApplication:
    return make_application()


@pytest.fixture
def theme(app: QApplication) -> Iterator[Theme]:
    made = Theme(app, SchemeSetting.LIGHT, bundled_fonts=True)
    yield made
    made.deleteLater()


@pytest.fixture
def station(workspace: Workspace) -> Iterator[StationProcess]:
    with running_station(workspace) as running:
        yield running


class Keyboard:
    """Presses keys where the focus is, as a person does: never calls the window."""

    def __init__(self, live: LiveWindow) -> None:
        self._live = live

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self._live.window

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.activePopupWidget() or self.focus, key, modifiers)

    async def tab_to(self, is_there: Callable[[QWidget], bool], what: str) -> None:
        for _ in range(MOST_TABS):
            if is_there(self.focus):
                return
            self.press(Qt.Key.Key_Tab)
            await self._live.rest()
        raise AssertionError(f"{what} was not reached with Tab")


def post(station: StationProcess, source: Path, total: str) -> None:
    """Post an error of the program in *source*; another *total* is another event of the same issue."""
    error = an_error("division by zero", timestamp=now() / SECOND, tags={"total": total})
    error["exception"]["values"][0] |= {"type": "ZeroDivisionError"}
    frame = error["exception"]["values"][0]["stacktrace"]["frames"][0]
    frame |= {
        "filename": "shop/pay.py",
        "abs_path": str(source),
        "lineno": 3,
        "context_line": "    return total / order['items']",
        "vars": {"total": total},
    }
    assert station.post(an_envelope(("event", error), event_id=uuid4().hex)) == 200


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_whole_way_by_keyboard_alone(
    app: QApplication, theme: Theme, station: StationProcess, tmp_path: Path
) -> None:
    source = tmp_path / "Quelltext ä" / "shop" / "pay.py"
    source.parent.mkdir(parents=True)
    source.write_text(SOURCE, encoding="utf-8")
    editor, opened = tmp_path / "editor.py", tmp_path / "opened.txt"
    editor.write_text(EDITOR, encoding="utf-8")

    async def scenario(live: LiveWindow) -> None:
        window, keys = live.window, Keyboard(live)
        window.activateWindow()
        live.bridge.preferences.set("editor.name", "custom")
        live.bridge.preferences.set("editor.command", f'"{sys.executable}" "{editor}" "{opened}" %f %l %c')

        # First run: nothing there but how to begin; the test event makes the list.
        def is_test_button(widget: QWidget) -> bool:
            return "test e" in widget.accessibleName().lower()

        await live.until(lambda: window.view("issues").findChildren(QWidget, "first_run"), "the first run")
        await live.rest()
        await keys.tab_to(is_test_button, "the test event")
        keys.press(Qt.Key.Key_Space)
        await live.until(lambda: live.issue_rows, "the test event is a row")

        # A program fails twice; its source lies in the project's folder.
        slug = live.issue_rows[0].project_slug
        await live.beside(
            lambda: station.api(f"projects/desk/{slug}/", "PUT", {"folder": str(source.parent.parent)})
        )
        for total in ("12", "34"):
            await live.beside(lambda total=total: post(station, source, total))
        await live.until(lambda: _issue(live) is not None and _issue(live).n == 2, "both are stored")

        # To the list, to the issue, into it.
        await _open_issue(live, keys)
        detail = window.view("issues").detail
        await live.until(lambda: detail.page is not None and live.bridge.is_settled, "the event is shown")

        # Its source in the editor, at the line.
        keys.press(Qt.Key.Key_E, CTRL)
        await live.beside(lambda: wait_until(opened.exists, "the editor was opened"))
        await live.until(lambda: opened.read_text(encoding="utf-8").count("\n") == 2, "all arguments")
        assert opened.read_text(encoding="utf-8").splitlines()[:2] == [str(source), "3"]

        # Compared with the event before it, in parts and raw.
        keys.press(Qt.Key.Key_D)
        menu = await live.until(QApplication.activePopupWidget, "what to compare with is asked")
        assert isinstance(menu, QMenu)
        keys.press(Qt.Key.Key_Down)
        keys.press(Qt.Key.Key_Return)
        compared: Any = await live.until(lambda: window.views.get("compare"), "the comparison")
        await live.until(lambda: live.bridge.is_settled and compared.list.model().rowCount(), "differences")
        window.activateWindow()  # what a window manager does when a menu has closed
        await live.until(lambda: compared.isAncestorOf(keys.focus), "the keyboard is in the comparison")
        keys.press(Qt.Key.Key_J, SHIFT)
        await live.until(lambda: compared.shows_raw() and compared.raw.lines(), "the raw events")
        signs = {line.sign for line in compared.raw.lines()}
        assert {"+", "-"} <= signs
        assert '"34"' in compared.raw.text()
        assert '"12"' in compared.raw.text()

        # Back, resolved, undone, resolved.
        keys.press(Qt.Key.Key_Left, ALT)
        await live.until(lambda: window.history.current.section == "issues", "back at the issue")
        for key, modifiers, status in (
            (Qt.Key.Key_E, Qt.KeyboardModifier.NoModifier, "resolved"),
            (Qt.Key.Key_Z, CTRL, "unresolved"),
            (Qt.Key.Key_E, Qt.KeyboardModifier.NoModifier, "resolved"),
        ):
            keys.press(key, modifiers)
            await live.beside(lambda status=status: _wait_for_status(station, status))

    run_live(app, theme, station, scenario)


def _issue(live: LiveWindow) -> Any:
    return next((row for row in live.issue_rows if row.type == "ZeroDivisionError"), None)


async def _open_issue(live: LiveWindow, keys: Keyboard) -> None:
    """Step to the issue in the list and press Enter."""
    keys.press(Qt.Key.Key_G)
    keys.press(Qt.Key.Key_I)
    await live.rest()
    table = live.window.view("issues").list.list
    await keys.tab_to(lambda widget: widget is table, "the list")
    keys.press(Qt.Key.Key_Home)
    for _ in range(5):
        if table.current_key() == _issue(live).id:
            break
        keys.press(Qt.Key.Key_J)
        await live.rest()
    assert table.current_key() == _issue(live).id
    keys.press(Qt.Key.Key_Return)
    await live.rest()
    await live.until(lambda: live.window.view("issues").has_detail(), "the issue is open")


def _wait_for_status(station: StationProcess, status: str) -> None:
    def is_so() -> bool:
        issues = station.api("organizations/desk/issues/?query=")
        return any(one["status"] == status and "ZeroDivision" in one["title"] for one in issues)

    wait_until(is_so, f"the issue is {status}")
