"""A card beside the current row: what the issue looks like inside, without going there."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.elided_label import ElidedLabel
from vedette.desktop.widgets.labels import label
from vedette.domain.workspace import Workspace

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge
    from vedette.desktop.issues.glimpse import Glimpse

FOLLOW_MS = 60
"""J held down: the card is filled once the list has come to rest."""
_WIDEST = 480
_EDGE = 12
_LONGEST = 160
_LONGEST_NAME = 24


class PeekCard(QFrame):
    """Never takes the keyboard: J and K go on moving in the list, Esc and Space close it."""

    def __init__(self, bridge: "Bridge", theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._host = parent
        self._theme = theme
        self._wanted: int | None = None
        self._beside = QRect()
        self._asking = InFlight(bridge, self)
        self.glimpse: Glimpse | None = None
        self.setObjectName("issues.peek")
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Peek"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 14, 10)
        self._column.setSpacing(4)
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(FOLLOW_MS)
        self._follow.timeout.connect(self._read)
        self.hide()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self._asking.is_settled and not self._follow.isActive()

    def is_open(self) -> bool:
        """Return whether the card is shown, or about to be."""
        return self._wanted is not None

    def toggle(self, issue_id: int, beside: QRect) -> None:
        """Show the issue *issue_id*, or close the card if it shows one. *beside* is its row in the parent."""
        if self.is_open():
            self.close_card()
        else:
            self._wanted = issue_id
            self._beside = beside
            self._read()

    def move_to(self, issue_id: int | None, beside: QRect) -> None:
        """Go along to another row, if the card is open; None closes it."""
        if not self.is_open():
            return
        if issue_id is None:
            self.close_card()
        elif issue_id != self._wanted:
            self._wanted = issue_id
            self._beside = beside
            self._follow.start()

    def close_card(self) -> None:
        """Take the card away."""
        self._wanted = None
        self._follow.stop()
        self._asking.cancel_all()
        self.hide()

    def place(self) -> None:
        """Put the card where it fits: at the right, level with its row."""
        room = self._host.rect()
        self.setFixedWidth(max(200, min(_WIDEST, room.width() - 2 * _EDGE)))
        self.adjustSize()
        top = min(self._beside.bottom() + 4, room.bottom() - self.height() - _EDGE)
        if self._beside.bottom() + 4 + self.height() > room.bottom() - _EDGE:
            above = self._beside.top() - self.height() - 4
            top = above if above >= _EDGE else top
        self.move(room.right() - self.width() - _EDGE, max(_EDGE, top))

    def _read(self) -> None:
        if self._wanted is not None:
            self._asking.ask(
                "glimpse",
                _read_glimpse,
                self._bridge.workspace,
                self._wanted,
                answer=self._show,
                failed=self._say_failed,
            )

    def _say_failed(self, sentence: str, _details: str) -> None:
        from vedette.desktop.issues.glimpse import Glimpse  # start-up time, as below

        self._show(Glimpse(self._wanted or 0, "", tr("This cannot be shown"), "", missing=sentence))

    def _show(self, glimpse: "Glimpse | None") -> None:
        if glimpse is None:
            self.close_card()
            return
        self.glimpse = glimpse
        self._fill(glimpse)
        self.setAccessibleName(tr("Peek: {issue}").format(issue=glimpse.sentence))
        self.show()
        self.place()
        self.raise_()
        # The keyboard stays in the list, so a screen reader would not hear of it otherwise.
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, glimpse.sentence))

    def _fill(self, glimpse: "Glimpse") -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._column.addWidget(label(_cut(f"{glimpse.short}  {glimpse.heading}"), "title", wrap=True))
        if glimpse.value:
            self._column.addWidget(label(_cut(glimpse.value), "muted", wrap=True))
        if glimpse.missing:
            self._column.addWidget(label(glimpse.missing, "caption", wrap=True))
        for function, place in glimpse.frames:
            self._column.addWidget(self._line(function))
            self._column.addWidget(self._line(place, "muted"))
        if glimpse.variables:
            self._column.addWidget(label(tr("Variables"), "caption.strong"))
            self._column.addWidget(self._variables(glimpse))

    def _variables(self, glimpse: "Glimpse") -> QWidget:
        found = QWidget()
        grid = QGridLayout(found)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for at, (name, value) in enumerate(glimpse.variables):
            grid.addWidget(label(_cut(name)[:_LONGEST_NAME], "code.muted"), at, 0)
            grid.addWidget(self._line(value), at, 1)
        return found

    def _line(self, text: str, role: str = "") -> ElidedLabel:
        found = ElidedLabel(self._theme, "code", name="", role=role)
        found.set_text(" ".join(text.split()))
        return found


def _cut(text: str) -> str:
    """Return *text* on one line, and not endless."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _read_glimpse(db: Any, workspace: Workspace, issue: int) -> "Glimpse | None":
    """Return an issue at a glance; in a worker: the pipeline that reads its event takes long to load."""
    from vedette.desktop.issues.glimpse import read_glimpse

    return read_glimpse(db, workspace, issue)
