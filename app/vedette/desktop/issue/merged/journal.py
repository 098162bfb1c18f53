"""What was merged, split and moved by hand about one issue, each with a way back."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.issue.parts import SIDE
from vedette.desktop.language import mark, tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.relative_time import exact
from vedette.store.queries.regroupings import RegroupingRow, page_regroupings

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

Db = Any

MOST_SHOWN = 8
_LOOKED_AT = 200
_WORDS = {
    "unmerge": mark("Hashes taken out"),
    "split": mark("Split by {matchers}"),
    "move": mark("Events moved"),
    "rules": mark("Regrouped by rules"),
}
_STATES = {
    "waiting": mark("waiting"),
    "running": mark("under way"),
    "undoing": mark("being taken back"),
    "undone": mark("taken back"),
    "cancelled": mark("stopped"),
    "failed": mark("failed"),
}
_CAN_GO_BACK = ("waiting", "running", "done")


def read_journal(db: Db, issue: int) -> list[RegroupingRow]:
    """Return the newest regroupings that *issue* had to do with."""
    rows = page_regroupings(db, limit=_LOOKED_AT)
    return [row for row in rows if issue in (row.issue, row.target, *row.issues)][:MOST_SHOWN]


class Journal(QWidget):
    """The list; ``undoWanted`` carries the number of the regrouping to take back."""

    undoWanted = Signal(int)
    settled = Signal()

    def __init__(self, bridge: "Bridge", theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._asking = InFlight(bridge, self)
        self._asking.settled.connect(self.settled)
        self._lines: list[QWidget] = []
        self.setObjectName("issue.merged.journal")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SIDE, 8, SIDE, 12)
        self._column.setSpacing(4)
        self._column.addWidget(label(tr("By hand"), "title"))
        self.hide()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read."""
        return self._asking.is_settled

    def show_issue(self, issue: int) -> None:
        """Show what was done about *issue*."""
        self._asking.ask("journal", read_journal, issue, answer=self._show, failed=lambda *_: self.hide())

    def _show(self, rows: list[RegroupingRow]) -> None:
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(row) for row in rows]
        for line in self._lines:
            self._column.addWidget(line)
        self.setVisible(bool(rows))

    def _line(self, row: RegroupingRow) -> QWidget:
        words = told(row)
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(10)
        text = label(words, "", name=f"issue.merged.journal.{row.id}")
        text.setWordWrap(True)
        across.addWidget(text, 1)
        across.addWidget(label(exact(row.at), "caption"))
        if row.state in _CAN_GO_BACK:
            back = Button(
                self._theme,
                tr("Take back"),
                name=f"issue.merged.journal.{row.id}.undo",
                role="small",
                icon="undo-2",
            )
            back.setAccessibleName(f"{tr('Take back')}: {words}")
            back.clicked.connect(lambda: self.undoWanted.emit(row.id))
            across.addWidget(back)
        return line


def told(row: RegroupingRow) -> str:
    """Return a regrouping in words."""
    if row.kind == "merge":
        words = tr("Merged with %n issue(s)", "", len(row.issues))
    else:
        words = tr(_WORDS.get(row.kind, "")) or row.kind
    words = words.format(matchers=row.matchers) if row.kind == "split" else words
    state = _STATES.get(row.state)
    return f"{words} ({tr(state)})" if state else words
