"""The part of the trace's time in view, shared by waterfall, ruler and minimap, with a way back."""

from PySide6.QtCore import QObject, Signal

from vedette.desktop.trace.scale import TimeScale
from vedette.desktop.trace.vitals import Vital

_AIR = 64  # free pixels after the trace's end, where the longest bar's duration stands
_MOST_BACK = 50


class TimeWindow(QObject):
    """One scale for all panels of a trace. Moments count from the trace's start, in microseconds."""

    changed = Signal()
    cursorMoved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._duration = 1
        self._back: list[tuple[int, int]] = []
        self.scale = TimeScale(0, 1, 100.0)
        self.vitals: tuple[Vital, ...] = ()
        self.cursor: int | None = None
        """The moment under the pointer, None while it is elsewhere."""

    @property
    def duration(self) -> int:
        """How long the trace lasts."""
        return self._duration

    @property
    def limits(self) -> tuple[int, int]:
        """The outermost moments that can be shown: the trace, and air at its end for a label."""
        width = max(self.scale.width, 2.0 * _AIR)
        return 0, self._duration + max(1, round(self._duration * _AIR / (width - _AIR)))

    @property
    def is_whole(self) -> bool:
        """Whether all of the trace is in view."""
        return (self.scale.start, self.scale.end) == self.limits

    @property
    def can_go_back(self) -> bool:
        return bool(self._back)

    def set_trace(self, duration: int) -> None:
        """Show all of a trace that lasts *duration*."""
        self._duration = max(1, duration)
        self._back.clear()
        self.vitals = ()
        first, last = self.limits
        self.scale = TimeScale(first, last, self.scale.width)
        self.changed.emit()

    def set_duration(self, duration: int) -> None:
        """Take another length of the same trace; what was in view stays, the whole stays the whole."""
        if max(1, duration) == self._duration:
            return
        whole = self.is_whole
        self._duration = max(1, duration)
        self._take(self.scale.showing(*self.limits) if whole else self.scale.kept_in(*self.limits))

    def set_width(self, width: float) -> None:
        """Spread the same moments over *width* pixels."""
        if width != self.scale.width:
            whole = self.is_whole
            self.scale = self.scale.resized(max(1.0, width))
            if whole:
                self.scale = self.scale.showing(*self.limits)
            self.changed.emit()

    def zoom(self, factor: float, at_x: float | None = None) -> None:
        """Zoom by *factor* (>1 is closer); the moment at *at_x*, or in the middle, stays where it is."""
        at = self.scale.width / 2 if at_x is None else at_x
        self._take(self.scale.zoomed(at, factor).kept_in(*self.limits))

    def pan(self, by_x: float) -> None:
        """Move by *by_x* pixels towards later moments."""
        self._take(self.scale.panned(by_x).kept_in(*self.limits))

    def show(self, start: int, end: int, air: float = 0.0) -> None:
        """Show [start, end]; what was shown before can be gone back to."""
        self._remember()
        self._take(self.scale.showing(start, end, air).kept_in(*self.limits))

    def move_to(self, start: int, end: int) -> None:
        """Show [start, end] while something is being dragged: no step to go back to."""
        self._take(self.scale.showing(start, end).kept_in(*self.limits))

    def show_all(self) -> None:
        """Show the whole trace."""
        if not self.is_whole:
            self._remember()
            self._take(self.scale.showing(*self.limits))

    def go_back(self) -> None:
        """Show what was shown before the last jump."""
        if self._back:
            self._take(self.scale.showing(*self._back.pop()))

    def set_vitals(self, vitals: tuple[Vital, ...]) -> None:
        """Mark the moments a page is judged by."""
        self.vitals = vitals
        self.changed.emit()

    def set_cursor(self, moment: int | None) -> None:
        """Note which moment the pointer is over."""
        if moment != self.cursor:
            self.cursor = moment
            self.cursorMoved.emit()

    def _remember(self) -> None:
        here = (self.scale.start, self.scale.end)
        if not self._back or self._back[-1] != here:
            self._back = [*self._back, here][-_MOST_BACK:]

    def _take(self, scale: TimeScale) -> None:
        if scale != self.scale:
            self.scale = scale
            self.changed.emit()
