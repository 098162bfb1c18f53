"""Keeps the list of views and their counters as the store has them, without being in the way."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.shell.views.view import Looked, View, default_views
from vedette.domain.changes import Change, ChangeKind

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge
    from vedette.store.queries.issue_rows import Count

HIDDEN = "views.hidden"
"""The preference: the keys of views always there that are not wanted."""
COUNT_MS = 2_000
"""Counters are taken again no more often than this, one view after the other."""
SECONDS = 1.0
_COUNTED = 40
_COUNTING = {ChangeKind.ISSUE, ChangeKind.ISSUE_NEW, ChangeKind.EVENT}


class ViewsFeed(QObject):
    """The views: those always there, then saved ones in their order."""

    changed = Signal()
    """Other views, or other names."""
    counted = Signal()
    """A counter changed."""

    def __init__(self, bridge: "Bridge", parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._asking = InFlight(bridge, self)
        self._own: Sequence[View] = ()
        self.counts: dict[int | str, Count] = {}
        self._waiting: list[View] = []
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(COUNT_MS)
        self._again.timeout.connect(self.count)
        bridge.changed.connect(self._take_changes)
        bridge.preferences.changed.connect(self._follow_preference)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self._asking.is_settled and not self._again.isActive()

    def views(self) -> list[View]:
        """Return the views that are shown."""
        return [*default_views(self.hidden()), *self._own]

    def own(self) -> Sequence[View]:
        """Return the views that people made."""
        return self._own

    def find(self, number: int | str | None) -> View | None:
        """Return a view by its id, None if there is none."""
        return next((view for view in self.views() if view.id == number), None)

    def hidden(self) -> list[str]:
        """Return the keys of the views that are always there and not wanted."""
        kept: list[Any] = self._bridge.preferences.get(HIDDEN, [])
        return [key for key in kept if isinstance(key, str)]

    def hide(self, key: str) -> None:
        """Show a view that is always there no longer."""
        self._bridge.preferences.set(HIDDEN, [*self.hidden(), key])

    def unhide(self) -> None:
        """Show all views that are always there again."""
        self._bridge.preferences.reset(HIDDEN)

    def _follow_preference(self, key: str) -> None:
        if key == HIDDEN:
            self.changed.emit()
            self.count()

    def read(self) -> None:
        """Read the saved views, then count."""
        self._asking.ask("views", _read_views, answer=self._take, failed=lambda *_: None)

    def _take(self, found: Sequence[View]) -> None:
        if found != self._own:
            self._own = found
            self.changed.emit()
        self.count()

    def _take_changes(self, changes: Sequence[Change]) -> None:
        kinds = {change.kind for change in changes}
        if ChangeKind.SETTINGS in kinds:
            self.read()
        elif kinds & _COUNTING and not self._again.isActive():
            self._again.start()

    def count(self) -> None:
        """Count every view, one at a time, so that other questions come in between."""
        self._again.stop()
        self._waiting = self.views()[:_COUNTED]
        self._count_next()

    def _count_next(self) -> None:
        if not self._waiting:
            return
        view = self._waiting.pop(0)

        def take(found: "Count | None") -> None:
            if found is None:
                self.counts.pop(view.id, None)
            elif self.counts.get(view.id) != found:
                self.counts[view.id] = found
            self.counted.emit()
            self._count_next()

        self._asking.ask(
            "count", _count_view, view.looked,
            answer=take, failed=lambda *_: self._count_next(), limit=SECONDS,
        )  # fmt: skip


# The store is loaded in the worker that asks it first, not with the window.


def _read_views(db: Any) -> list[View]:
    from vedette.desktop.shell.views.read import read_views

    return read_views(db)


def _count_view(db: Any, looked: Looked) -> "Count | None":
    from vedette.desktop.shell.views.read import count_view

    return count_view(db, looked)
