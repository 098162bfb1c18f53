"""Sections that fold."""

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vedette.desktop.issue.folding import FoldMemory, FoldSection
from vedette.desktop.preferences import Preferences
from vedette.desktop.theme.theme import Theme


def test_what_was_folded_stays_so_for_the_next_event_and_the_next_start(
    theme: Theme, qtbot: QtBot, settings: QSettings
) -> None:
    memory = FoldMemory(Preferences(settings))
    section = FoldSection(theme, memory, "contexts.os", "Operating system", note="3")
    qtbot.addWidget(section)
    inner = QLabel("Linux")
    section.add(inner)
    section.show()
    assert inner.isVisible()
    qtbot.mouseClick(section.title, Qt.MouseButton.LeftButton)
    assert not inner.isVisible()
    assert section.title.accessibleDescription() == "folded"
    later = FoldSection(theme, FoldMemory(Preferences(settings)), "contexts.os", "Operating system")
    qtbot.addWidget(later)
    assert not later.is_open
    other = FoldSection(theme, memory, "contexts.device", "Device")
    qtbot.addWidget(other)
    assert other.is_open


def test_keys_fold_and_unfold(theme: Theme, qtbot: QtBot, settings: QSettings) -> None:
    section = FoldSection(theme, FoldMemory(Preferences(settings)), "x", "X")
    qtbot.addWidget(section)
    for key, is_open in (
        (Qt.Key.Key_Left, False),
        (Qt.Key.Key_Left, False),
        (Qt.Key.Key_Right, True),
        (Qt.Key.Key_Return, False),
        (Qt.Key.Key_Space, True),
    ):
        qtbot.keyClick(section.title, key)
        assert section.is_open is is_open, key
