"""The lists of traces, and in their place the trace that is open."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from vedette.desktop.commands.command import Command
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace.view import TraceView
from vedette.desktop.traces.view import TracesView
from vedette.domain.times import now
from vedette.store.queries.traces import TraceFilter

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge


class TracesSection(QWidget):
    """Traces: list, or one of them."""

    navigate = Signal(object)

    def __init__(
        self, bridge: "Bridge", commands: CommandRegistry, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("traces.section")
        self.list = TracesView(bridge, commands, theme)
        self.trace = TraceView(bridge, commands, theme)
        commands.register(
            Command("trace.close", "Back to the list of traces", self._back, ("Escape",), "x", "trace")
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.trace)
        self.list.navigate.connect(self.navigate)
        self.trace.navigate.connect(self.navigate)
        self.setFocusProxy(self.list)

    def go(self, place: Place) -> None:
        """Show *place*: the list, or a trace."""
        if place.id is None:
            self.list.open(place.query)
            self._stack.setCurrentWidget(self.list)
            self.setFocusProxy(self.list)
            return
        self.trace.open(str(place.id), place.extra or None)
        self._stack.setCurrentWidget(self.trace)
        self.setFocusProxy(self.trace)
        self.trace.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_scope(self, scope: Scope) -> None:
        """Show only what is in *scope*."""
        since, until = scope.bounds(now())
        project = scope.projects[0] if scope.projects else None
        self.list.set_scope(TraceFilter(project=project, run=scope.run, since=since, until=until))

    def _back(self) -> None:
        self.navigate.emit(Place("traces"))
