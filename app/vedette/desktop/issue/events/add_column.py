"""The dialog that adds a column: paths found in the events, narrowed by what is typed."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from vedette.desktop.commands.fuzzy import match
from vedette.desktop.issue.events.paths import PathFact
from vedette.desktop.issue.events.rows import parse_path
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.labels import label

_SHOWN = 200
_WIDTH, _HEIGHT = 560, 420


class AddColumnDialog(QDialog):
    """Type a path or choose one; Up and Down walk the list while the line keeps the keyboard."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._facts: Sequence[PathFact] = ()
        self.setObjectName("issue.events.add_column")
        self.setWindowTitle(tr("Add column"))
        self.resize(_WIDTH, _HEIGHT)
        self.edit = QLineEdit()
        self.edit.setObjectName("issue.events.add_column.path")
        self.edit.setAccessibleName(tr("Path"))
        self.edit.setPlaceholderText("contexts.device.memory_size")
        self.edit.setFont(theme.font("code"))
        self.list = QTreeWidget()
        self.list.setObjectName("issue.events.add_column.paths")
        self.list.setAccessibleName(tr("Paths in the newest events"))
        self.list.setHeaderLabels([tr("Path"), tr("Example"), tr("Events")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        header.resizeSection(1, 180)
        self.note = label(tr("Looking at the newest events…"), "caption", name="issue.events.add_column.note")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr("Add"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(label(tr("A path into the event"), "caption.strong"))
        for part in (self.edit, self.list, self.note, self.buttons):
            column.addWidget(part)
        self.edit.textChanged.connect(self._narrow)
        self.edit.installEventFilter(self)
        self.list.itemDoubleClicked.connect(lambda *_: self.accept())
        self._narrow()

    def path(self) -> str:
        """Return the path that was chosen or typed; "" if it names nothing."""
        chosen = self.list.currentItem()
        text = chosen.text(0) if chosen is not None else self.edit.text().strip().lstrip(".")
        return text if parse_path(text) else ""

    def set_paths(self, facts: Sequence[PathFact]) -> None:
        """Offer *facts*."""
        self._facts = facts
        self._narrow()

    def _narrow(self) -> None:
        wanted = self.edit.text().strip().lstrip(".")
        hits = [(match(wanted, fact.path), fact) for fact in self._facts]
        fitting = [(hit.score, fact) for hit, fact in hits if hit is not None]
        if wanted:
            fitting.sort(key=lambda one: -one[0])
        self.list.clear()
        for _, fact in fitting[:_SHOWN]:
            item = QTreeWidgetItem([fact.path, fact.example, str(fact.events)])
            item.setToolTip(0, fact.path)
            self.list.addTopLevelItem(item)
        if self._facts:
            more = tr(", the first {count} are listed").format(count=_SHOWN) if len(fitting) > _SHOWN else ""
            self.note.setText(tr("%n path(s) fit(s)", "", len(fitting)) + more)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.path()))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.list.topLevelItemCount():
                self._step(step)
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        last = self.list.topLevelItemCount() - 1
        here = self.list.currentIndex().row()
        item = self.list.topLevelItem(max(0, min(last, here + by)))
        if item is not None:
            self.list.setCurrentItem(item)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.path()))
