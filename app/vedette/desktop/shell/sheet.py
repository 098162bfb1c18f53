"""The sheet of shortcuts: what applies where the keyboard is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from vedette.desktop.commands.registry import SheetSection
from vedette.desktop.widgets.labels import label

_KEYS_WIDTH = 150


class ShortcutSheet(QDialog):
    """A page of keys and what they do; Escape closes it."""

    def __init__(self, sections: Sequence[SheetSection], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setWindowTitle("Shortcuts")
        self.setAccessibleName("Shortcuts")
        page = QWidget()
        page.setProperty("role", "scrolled")
        grid = QGridLayout(page)
        grid.setContentsMargins(24, 18, 24, 18)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        grid.setColumnMinimumWidth(0, _KEYS_WIDTH)
        grid.setColumnStretch(1, 1)
        row = 0
        for section in sections:
            if row:
                grid.setRowMinimumHeight(row, 14)
                row += 1
            grid.addWidget(label(section.title, "title"), row, 0, 1, 2)
            row += 1
            for keys, title in section.lines:
                grid.addLayout(_keys(keys), row, 0)
                grid.addWidget(label(title), row, 1)
                row += 1
        grid.setRowStretch(row, 1)
        area = QScrollArea()
        area.setObjectName("sheet.area")
        area.setAccessibleName("Shortcuts")
        area.setWidgetResizable(True)
        area.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        room = parent.height() - 80
        self.resize(480, max(240, min(page.sizeHint().height() + 4, room)))


def _keys(text: str) -> QHBoxLayout:
    """Return a row of key caps; alternatives are two blanks apart in *text*."""
    row = QHBoxLayout()
    row.setSpacing(6)
    for keys in text.split("  "):
        row.addWidget(label(keys, "key"), 0, Qt.AlignmentFlag.AlignVCenter)
    row.addStretch(1)
    return row
