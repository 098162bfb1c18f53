"""A regrouping under way: how far it is, a way to stop it, and to take it back when it is done."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.units import count

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

POLL_MS = 500
_PATH = "/organizations/desk/regroupings/"
_UNDER_WAY = ("waiting", "running", "undoing")


class RegroupingProgress(QWidget):
    """Follows one regrouping by its number; ``ended`` when it is not under way any more."""

    ended = Signal()
    failed = Signal(str, str)

    def __init__(self, bridge: "Bridge", theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._number: int | None = None
        self._state = ""
        self.bar = QProgressBar()
        self.bar.setObjectName("settings.grouping.progress")
        self.bar.setAccessibleName(tr("Regrouping what is stored"))
        self.bar.setTextVisible(False)
        self.bar.setMinimumWidth(40)
        self.words = label("", "caption", name="settings.grouping.progress.words")
        self.stop = Button(theme, tr("Cancel"), name="settings.grouping.cancel", role="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.bar, 1)
        row.addWidget(self.words)
        row.addWidget(self.stop)
        self._polling = QTimer(self)
        self._polling.setInterval(POLL_MS)
        self._polling.timeout.connect(self._ask)
        self.stop.clicked.connect(self._take_back)
        self.hide()

    @property
    def is_under_way(self) -> bool:
        """Whether there is more to do."""
        return self._state in _UNDER_WAY

    def follow(self, told: dict[str, Any]) -> None:
        """Show the regrouping that the station *told* of, and follow it until it ends."""
        self._number = int(told["id"])
        self._state = ""
        self.show()
        self._polling.start()
        self._take(told)

    def _ask(self) -> None:
        if self._number is not None:
            self._bridge.call(
                "GET", f"{_PATH}{self._number}/", answer=self._take, failed=self._fail, owner=self
            )

    def _take(self, told: Any) -> None:
        if not told or int(told["id"]) != self._number:
            return
        was = self._state
        self._state = str(told["state"])
        done, total = int(told["done"]), int(told["total"])
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(min(done, max(1, total)) if self.is_under_way else max(1, total))
        self.words.setText(self._said(told))
        self.stop.setText(tr("Cancel") if self.is_under_way else tr("Undo"))
        self.stop.setEnabled(self._state in ("waiting", "running", "done"))
        if not self.is_under_way:
            self._polling.stop()
            if was != self._state:
                self.ended.emit()

    def _said(self, told: dict[str, Any]) -> str:
        done, total, moved = (int(told[name]) for name in ("done", "total", "moved"))
        match self._state:
            case "waiting" | "running":
                return tr("{done} of {total} events").format(done=count(min(done, total)), total=count(total))
            case "undoing":
                return tr("Taking it back…")
            case "done":
                return tr("Done: %n event(s) changed their issue", "", moved)
            case "failed":
                return str(told.get("error") or tr("It failed."))
            case "cancelled":
                return tr("Stopped")
        return tr("Taken back")

    def _take_back(self) -> None:
        """Stop what is under way; undo what is done."""
        if self._number is not None:
            self.stop.setEnabled(False)
            self._bridge.call(
                "DELETE",
                f"{_PATH}{self._number}/",
                answer=lambda told: self.follow(told) if told else None,
                failed=self._fail,
                owner=self,
            )

    def _fail(self, sentence: str, details: str) -> None:
        self._polling.stop()
        self._state = ""
        self.ended.emit()
        self.failed.emit(sentence, details)
