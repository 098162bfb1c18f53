"""The menu of queries used before: choose one, or forget one with Delete."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.shell.query_history import QueryHistory
from vedette.desktop.widgets.plain_text import plain_title

_LONGEST = 90


class EarlierQueries(QMenu):
    """The queries of one section, the latest first."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, history: QueryHistory, section: str) -> None:
        super().__init__(parent)
        self._history = history
        self._section = section
        self.setAccessibleName(tr("Earlier queries"))
        self.setToolTipsVisible(True)
        self.aboutToHide.connect(self.deleteLater)
        self._fill()

    def _fill(self) -> None:
        self.clear()
        queries = self._history.queries(self._section)
        for query in queries:
            action = self.addAction(plain_title(_shortened(query)))
            action.setData(query)
            action.setToolTip(tr("Delete forgets it"))
            action.triggered.connect(lambda _checked=False, query=query: self.chosen.emit(query))
        if queries:
            self.addSeparator()
            self.addAction(tr("Forget all of these")).triggered.connect(self._forget_all)
        else:
            self.addAction(tr("Nothing was searched for yet")).setEnabled(False)

    def _forget_all(self) -> None:
        self._history.forget(self._section)

    def _forget(self, action: QAction) -> None:
        at = self.actions().index(action)
        self._history.forget(self._section, action.data())
        self._fill()
        left = [one for one in self.actions() if one.data()]
        if left:
            self.setActiveAction(left[min(at, len(left) - 1)])
        else:
            self.close()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Delete and action is not None and action.data():
            self._forget(action)
        else:
            super().keyPressEvent(event)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
