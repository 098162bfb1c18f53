"""The sheet of shortcuts: what applies where the keyboard is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from vedette.desktop.commands.registry import SheetSection
from vedette.desktop.widgets.labels import label


class ShortcutSheet(QDialog):
    """A page of keys and what they do; any key closes it that a dialog's would."""

    def __init__(self, sections: Sequence[SheetSection], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setWindowTitle("Shortcuts")
        self.setAccessibleName("Shortcuts")
        self.resize(520, 560)
        page = QWidget()
        page.setProperty("role", "scrolled")
        grid = QGridLayout(page)
        grid.setContentsMargins(20, 16, 20, 16)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        row = 0
        for section in sections:
            grid.addWidget(label(section.title, "title", name=f"sheet.{row}"), row, 0, 1, 2)
            row += 1
            for keys, title in section.lines:
                grid.addWidget(
                    label(keys, "code", name=f"sheet.keys.{row}"), row, 0, Qt.AlignmentFlag.AlignTop
                )
                grid.addWidget(label(title, "muted", name=f"sheet.title.{row}"), row, 1)
                row += 1
            grid.setRowMinimumHeight(row, 10)
            row += 1
        grid.setRowStretch(row, 1)
        grid.setColumnStretch(1, 1)
        area = QScrollArea()
        area.setObjectName("sheet.area")
        area.setAccessibleName("Shortcuts")
        area.setWidgetResizable(True)
        area.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
