"""Which of an issue's events are walked: the list's query, the scope, and stretches of time brushed here."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from vedette.desktop.shell.scope import Scope
from vedette.domain.times import Micros, now
from vedette.store.queries.issue_events import EventFilter
from vedette.store.search import Query, QueryError, parse_query


class EventSearch(QObject):
    """Query and scope as one filter of events."""

    changed = Signal()
    """Other events fit now."""
    scopeWanted = Signal(object)
    """The Scope that all views are to have."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._scope = Scope()
        self._zooms: list[Scope] = []  # what was seen before each stretch brushed here
        self._asked = self._scope
        self._query: Query | None = None
        self.text = ""
        """The query as it was written."""

    def set_scope(self, scope: Scope) -> None:
        """Walk only the events in *scope*."""
        if scope == self._scope:
            return
        if scope != self._asked:
            self._zooms.clear()
        self._scope = self._asked = scope
        self.changed.emit()

    def set_query(self, text: str) -> None:
        """Walk only the events that fit *text*; one that cannot be understood fits all."""
        if text == self.text:
            return
        self.text = text
        try:
            self._query = parse_query(text)
        except QueryError:
            self._query = None
        self.changed.emit()

    def drop_query(self) -> bool:
        """Let all events fit, since the store refused the query; return whether there was one."""
        if self._query is None:
            return False
        self._query = None
        self.changed.emit()
        return True

    def where(self) -> EventFilter:
        """Return the filter as it is now."""
        since, until = self._scope.bounds(now())
        return EventFilter(self._query, self._scope.environments, self._scope.run, since, until)

    def zoom_to(self, since: Micros, until: Micros) -> None:
        """Ask for a stretch of time."""
        self._zooms.append(self._scope)
        self._ask(replace(self._scope, span=None, since=since, until=until))

    def zoom_out(self) -> None:
        """Ask for what was seen before the last stretch; without one, for all of time."""
        before = self._zooms.pop() if self._zooms else None
        self._ask(before or replace(self._scope, span=None, since=None, until=None))

    def _ask(self, scope: Scope) -> None:
        self._asked = scope
        self.scopeWanted.emit(scope)
