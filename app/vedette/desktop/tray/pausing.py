"""Pauses that end by themselves: for some minutes, an hour, or until tomorrow."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_LOOK_MS = 15_000
"""A computer that slept does not count its timers: the clock is looked at this often."""


def local_now() -> datetime:
    """Return the time on the desk's clock."""
    return datetime.now(UTC).astimezone()


def tomorrow(at: datetime) -> datetime:
    """Return when the day after *at* begins, in the same zone."""
    return datetime.combine(at.date() + timedelta(days=1), time.min, tzinfo=at.tzinfo)


class TimedPause(QObject):
    """Pauses the views of *bridge* until a moment; resuming by hand ends it before."""

    def __init__(
        self, bridge: "Bridge", parent: QObject | None = None, *, clock: Callable[[], datetime] = local_now
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._clock = clock
        self._until: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        bridge.pausedChanged.connect(self._take_paused)

    @property
    def until(self) -> datetime | None:
        """When the pause ends by itself; None if it does not, or there is none."""
        return self._until

    def pause_for(self, length: timedelta) -> None:
        """Pause for *length* from now."""
        self._pause_until(self._clock() + length)

    def pause_until_tomorrow(self) -> None:
        """Pause until the day ends."""
        self._pause_until(tomorrow(self._clock()))

    def _pause_until(self, moment: datetime) -> None:
        self._bridge.set_paused(True)
        self._until = moment
        self.look()

    def look(self) -> None:
        """Resume if the time has come, else look again later."""
        if self._until is None:
            return
        left = (self._until - self._clock()) / timedelta(milliseconds=1)
        if left <= 0:
            self._bridge.set_paused(False)
        else:
            self._timer.start(min(_LOOK_MS, max(1, round(left))))

    def _take_paused(self, paused: bool) -> None:
        if not paused:
            self._until = None
            self._timer.stop()
