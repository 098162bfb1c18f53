"""Tells the desktop and screen readers of issues, as the policy allows and the user wants."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QWidget

from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place
from vedette.desktop.tray.policy import Arrival, Counts, Notices, Why
from vedette.domain.times import Micros, now

if TYPE_CHECKING:
    from vedette.desktop.preferences import Preferences

NEW, REGRESSED, SOUND = "notifications.new", "notifications.regressed", "notifications.sound"
_KEYS = {Why.NEW: NEW, Why.REGRESSED: REGRESSED}
_LONGEST = 200


class Shower(Protocol):
    """What puts a notification on the desktop; returns whether this one can."""

    def __call__(self, title: str, text: str) -> bool: ...


def is_in_front() -> bool:
    """Return whether one of the windows has the keyboard."""
    return QApplication.activeWindow() is not None


def message_of(arrivals: Sequence[Arrival]) -> tuple[str, str, Place]:
    """Return title and text for *arrivals*, one or several, and the place a click leads to."""
    if len(arrivals) == 1:
        (only,) = arrivals
        title = tr("New issue {id}") if only.why is Why.NEW else tr("{id} is back")
        text = "\n".join(part[:_LONGEST] for part in (only.title, only.where) if part)
        return title.format(id=only.short), text, Place("issues", only.issue)
    new = sum(arrival.why is Why.NEW for arrival in arrivals)
    back = len(arrivals) - new
    counts = [
        tr("%n new issue(s)", "", new) if new else "",
        tr("%n issue(s) came back", "", back) if back else "",
    ]
    title = ", ".join(filter(None, counts))
    text = "\n".join(arrival.title[:_LONGEST] for arrival in arrivals[-3:])
    query = (
        "is:unresolved is:new" if not back else "is:unresolved is:regressed" if not new else "is:unresolved"
    )
    return title, text, Place("issues", query=query)


class Notifier(QObject):
    """Shows notifications by *show*: none while a window is in front, and never with the focus."""

    opened = Signal(object)
    """The last notification was clicked: the Place to show."""

    def __init__(
        self,
        preferences: "Preferences",
        show: Shower,
        parent: QObject | None = None,
        *,
        clock: Callable[[], Micros] = now,
        in_front: Callable[[], bool] = is_in_front,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._show = show
        self._in_front = in_front
        self._notices = Notices(clock)
        self._place = Place("issues")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self.take(()))

    def take(self, arrivals: Sequence[Arrival]) -> None:
        """Tell of *arrivals*, now or summed up a little later."""
        told = self._notices.take(arrivals, in_front=self._in_front(), wanted=self._wants)
        if told:
            title, text, self._place = message_of(told)
            if self._show(title, text) and self._preferences.get(SOUND, False):
                QApplication.beep()
        if self._notices.waits:
            self._timer.start(self._notices.gate.opens_in() // 1_000 + 1)

    def click(self) -> None:
        """Take note that the notification shown last was clicked."""
        self.opened.emit(self._place)

    def _wants(self, why: Why) -> bool:
        return self._preferences.get(_KEYS[why], True)


class Announcer(QObject):
    """Has screen readers say how many issues are new, politely: when they have said what they say."""

    def __init__(
        self,
        window: Callable[[], QWidget | None],
        parent: QObject | None = None,
        *,
        clock: Callable[[], Micros] = now,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._counts = Counts(clock)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self._say(0))

    def take(self, arrivals: Sequence[Arrival]) -> None:
        """Announce those of *arrivals* that are new."""
        self._say(sum(arrival.why is Why.NEW for arrival in arrivals))

    def _say(self, more: int) -> None:
        count = self._counts.take(more)
        if count:
            self.announce(tr("%n new issue(s)", "", count))
        if self._counts.waits and not self._timer.isActive():
            self._timer.start(self._counts.gate.opens_in() // 1_000 + 1)

    def announce(self, sentence: str) -> None:
        """Have *sentence* said for the window in use, if there is one."""
        window = self._window()
        if window is None or not QAccessible.isActive():
            return
        event = QAccessibleAnnouncementEvent(window, sentence)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)
