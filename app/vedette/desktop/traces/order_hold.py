"""Whether the order of a list stands still: while one points at it or has selected, and for a while after."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from typing_extensions import override

from vedette.desktop.widgets.painted_list import PaintedList

IDLE_MS = 10_000
_MOVES = frozenset(
    {QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress}
)


class OrderHold(QObject):
    """Watches one list. New values may come, but rows do not change places while it is held."""

    released = Signal()
    """For ten seconds nothing was touched, and nothing is selected: the order may be made anew."""

    def __init__(self, view: PaintedList) -> None:
        super().__init__(view)
        self._view = view
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self._end)
        self._touched = False
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        view.selectedKeysChanged.connect(lambda _: self._idle.start())

    @property
    def is_held(self) -> bool:
        """Whether rows must stay in their places."""
        return self._touched or bool(self._view.selected_keys())

    def let_go(self) -> None:
        """The user asked for the right order: hold it no longer."""
        self._idle.stop()
        self._touched = False

    def _end(self) -> None:
        self._touched = False
        if self.is_held:
            return
        self.released.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._touched = True
            self._idle.start()
        return False
