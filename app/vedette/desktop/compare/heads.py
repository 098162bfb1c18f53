"""The two events above their columns: letter, id, issue, release and time; a click opens the event."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.compare.layout import columns
from vedette.desktop.compare.read import Side
from vedette.desktop.issue.clamped_text import ClampedText
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.chip import Chip
from vedette.desktop.widgets.relative_time import exact

_GAP = 12


class SideHead(QWidget):
    """One of the two."""

    opened = Signal()

    def __init__(self, theme: Theme, letter: str) -> None:
        super().__init__()
        self._letter = letter
        self.setObjectName(f"compare.head.{letter.lower()}")
        self.letter = Chip(theme, letter, "text")
        self.link = Button(theme, "", name=f"compare.open.{letter.lower()}", role="link")
        self.issue = ClampedText(theme, "caption", "text.muted", name=f"compare.issue.{letter.lower()}")
        self.facts = ClampedText(theme, "caption", "text.muted", name=f"compare.facts.{letter.lower()}")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.letter)
        row.addWidget(self.link)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 8)
        column.setSpacing(1)
        column.addLayout(row)
        column.addWidget(self.issue)
        column.addWidget(self.facts)
        self.link.clicked.connect(self.opened)

    def set_side(self, side: Side) -> None:
        """Name another event."""
        row = side.row
        self.link.setText(row.event_id[:8])
        self.link.setToolTip(row.event_id)
        self.link.setAccessibleName(tr("Event {letter}: {id}").format(letter=self._letter, id=row.event_id))
        title = f"{side.issue.short}  {side.issue.title}" if side.issue is not None else row.title
        self.issue.set_text(title)
        facts = (
            exact(row.ts)[:19],
            row.release,
            row.environment,
            side.host,
            tr("run {number}").format(number=row.run),
        )
        self.facts.set_text(" · ".join(fact for fact in facts if fact), tip=exact(row.ts))


class Heads(QWidget):
    """Both, each above its column."""

    opened = Signal(str)
    """"a" or "b"."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.a, self.b = SideHead(theme, "A"), SideHead(theme, "B")
        self._row = QHBoxLayout(self)
        self._row.setSpacing(_GAP)
        self._row.addWidget(self.a, 1)
        self._row.addWidget(self.b, 1)
        self.a.opened.connect(lambda: self.opened.emit("a"))
        self.b.opened.connect(lambda: self.opened.emit("b"))
        self.setMinimumWidth(200)
        self._fit(600)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        self._row.setContentsMargins(columns(width).a[0], 0, 8, 0)
