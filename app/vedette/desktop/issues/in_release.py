"""Asks in which release issues are resolved: one of those seen, or one that is still to come."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label
from vedette.store.queries.releases import list_releases

LONGEST = 200


def read_releases(db: Any, projects: list[int]) -> list[str]:
    """Return the releases of *projects*, the newest first."""
    return [row.version for row in list_releases(db, projects=projects)]


class ReleaseDialog(QDialog):
    """A small window of its own; it does nothing by itself."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, releases: Sequence[str], parent: QWidget) -> None:
        """*releases* are offered, the newest first."""
        super().__init__(parent)
        self.setObjectName("issues.in_release")
        self.setWindowTitle(tr("Resolve in a release…"))
        self.field = QComboBox()
        self.field.setObjectName("issues.in_release.field")
        self.field.setAccessibleName(tr("Release that has the change"))
        self.field.setEditable(True)
        self.field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.field.setMinimumContentsLength(28)
        self.field.addItems(list(releases))
        line = self.field.lineEdit()
        if line is not None:
            line.setMaxLength(LONGEST)
            line.setPlaceholderText("shop@1.2.0")
        hint = label(
            tr("Events of older releases may still come; one of this or a newer one reopens it."), "muted"
        )
        hint.setWordWrap(True)
        self.resolve = Button(
            theme, tr("Resolve"), name="issues.in_release.resolve", role="primary", icon="check"
        )
        self.cancel = Button(theme, tr("Cancel"), name="issues.in_release.cancel")
        self.resolve.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.resolve)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.field)
        column.addWidget(hint)
        column.addLayout(buttons)
        self.field.editTextChanged.connect(lambda _: self._refresh())
        self.resolve.clicked.connect(self._choose)
        self.cancel.clicked.connect(self.reject)
        self._refresh()

    def _refresh(self) -> None:
        self.resolve.setEnabled(bool(self.field.currentText().strip()))

    def _choose(self) -> None:
        self.accept()
        self.chosen.emit(self.field.currentText().strip())
