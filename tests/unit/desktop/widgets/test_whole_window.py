"""Every shared widget in one window: named for screen readers, and following a live change of scheme."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton, QTextBrowser, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.desktop.widgets.buttons import Button, IconButton
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.key_values import KeyValue, KeyValueTable
from vedette.desktop.widgets.labels import Figure, frame, label, separator, set_role
from vedette.desktop.widgets.notices import Banner, EmptyState
from vedette.desktop.widgets.search_field import SearchField
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.desktop.widgets.value_tree import ValueTree


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> QWidget:
    found = QWidget()
    found.setProperty("role", "canvas")
    layout = QVBoxLayout(found)
    code = CodeView(theme, name="code", title="Source")
    code.set_source(["return 1"], filename="x.py")
    table = KeyValueTable(theme, name="tags", title="Tags")
    table.set_rows([KeyValue("os", "Linux")])
    tree = ValueTree(theme, name="tree", title="Variables")
    tree.set_value({"a": 1})
    empty, banner = EmptyState(theme, name="empty"), Banner(theme, name="banner")
    empty.say("Nothing yet", action="Connect an app")
    banner.say("Paused", level="warning", details="x")
    for widget in (
        SearchField(theme, name="query", title="Search", hint="type"),
        Segmented(theme, [Segment("a", "All", 3), Segment("n", "New")], name="filter", title="Show"),
        Button(theme, "Resolve", name="resolve", role="primary", icon="check", keys="E"),
        IconButton(theme, "archive", "Archive", name="archive", framed=True),
        label("1.2.3", "code", selectable=True),
        Figure("Events", "1,284", name="events"),
        frame("card"),
        separator(),
        code,
        table,
        tree,
        empty,
        banner,
    ):
        layout.addWidget(widget)
    qtbot.addWidget(found)
    found.resize(700, 900)
    found.show()
    qtbot.waitExposed(found)
    return found


def test_every_widget_the_keyboard_reaches_has_a_name(window: QWidget) -> None:
    reached = [
        w for w in window.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()
    ]
    assert len(reached) >= 8
    assert [
        type(w).__name__ for w in reached if not w.accessibleName() and not getattr(w, "text", str)()
    ] == []


def test_nothing_keeps_its_light_ground_after_the_switch_to_dark(window: QWidget, theme: Theme) -> None:
    theme.set_setting(SchemeSetting.DARK)
    image = window.grab().toImage()
    bright = sum(
        image.pixelColor(x, y).lightness() > 235
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    )
    assert bright < 0.01 * (image.width() / 3) * (image.height() / 3)


@pytest.mark.parametrize(
    "build",
    [
        lambda: QPushButton("Plain"),
        lambda: QLineEdit("text"),
        lambda: QComboBox(),
        lambda: QCheckBox("tick"),
        lambda: QTextBrowser(),
    ],
    ids=["button", "line", "combo", "check", "browser"],
)
def test_the_focus_is_visible_on_every_plain_control(
    qtbot: QtBot, theme: Theme, build: Callable[[], QWidget]
) -> None:
    window = QWidget()
    layout = QVBoxLayout(window)
    other, control = QPushButton("other"), build()
    layout.addWidget(other)
    layout.addWidget(control)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    other.setFocus(Qt.FocusReason.TabFocusReason)
    before = control.grab().toImage()
    control.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(control.hasFocus)
    after = control.grab().toImage()
    ring = theme.color("focus")
    count = [
        sum(image.pixelColor(x, y) == ring for x in range(image.width()) for y in range(image.height()))
        for image in (before, after)
    ]
    assert count[1] > count[0] + 20


def test_targets_are_large_enough_to_hit(window: QWidget) -> None:
    for button in window.findChildren(QPushButton):
        if button.isVisible():
            assert button.height() >= 22, button.objectName()


def test_a_label_changes_its_look_with_its_role(qtbot: QtBot, theme: Theme) -> None:
    text = label("ok", "muted")
    qtbot.addWidget(text)
    text.show()
    before = text.grab().toImage()
    set_role(text, "error")
    assert text.grab().toImage() != before
