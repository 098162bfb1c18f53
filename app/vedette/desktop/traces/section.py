"""The lists of traces, and in their place, or beside them where there is room, the trace that is open."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.commands.command import Command
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace.view import TraceView
from vedette.desktop.traces.view import TracesView, within_environments
from vedette.desktop.widgets.accessible import describe_as_pane
from vedette.domain.times import now
from vedette.store.queries.traces import TraceFilter

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_WIDE = 84
"""Times the height of a line: from this width on list and trace stand side by side, if that is wanted."""
_LIST_SHARE = 0.36
_WARM_MS = 300
"""After the list came up: the trace view is made before a hand can have chosen a trace."""


class TracesSection(QWidget):
    """Traces: list, or one of them; both where the window is wide."""

    navigate = Signal(object)
    windowWanted = Signal(object)
    settled = Signal()

    def __init__(
        self, bridge: "Bridge", commands: CommandRegistry, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._preferences = bridge.preferences
        self._is_open = False
        self.setObjectName("traces.section")
        self._bridge = bridge
        self._commands = commands
        self.list = TracesView(bridge, commands, theme)
        self._trace: TraceView | None = None  # made once the list is there: together they take too long
        commands.register(
            Command("trace.close", tr("Back to the list of traces"), self._back, ("Escape",), "x", "trace"),
            Command(
                "traces.beside",
                tr("List and trace side by side"),
                self._toggle_beside,
                icon="panel-left",
                when=self.isVisible,
                is_on=self._wants_both,
                words="layout split",
            ),
        )
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("traces.splitter")
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self._join(self.list)
        self.setFocusProxy(self.list)

    def _join(self, view: TracesView | TraceView) -> None:
        describe_as_pane(view)
        self.splitter.addWidget(view)
        view.navigate.connect(self.navigate)
        view.windowWanted.connect(self.windowWanted)
        view.settled.connect(self.settled)

    @property
    def trace(self) -> TraceView:
        """What shows a trace, made when first asked for."""
        if self._trace is None:
            with self._theme.resting():
                self._trace = TraceView(self._bridge, self._commands, self._theme)
                self._trace.hide()
                self._join(self._trace)
        return self._trace

    def warm(self) -> None:
        """Make what shows a trace before one is opened."""
        self.trace  # noqa: B018 made by asking for it

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._trace is None:
            QTimer.singleShot(_WARM_MS, self, self.warm)

    @property
    def query(self) -> str:
        """What the list is filtered by."""
        return self.list.query

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self.list.is_settled and (self._trace is None or self._trace.is_settled)

    def title(self) -> str:
        """Return what the window may be called."""
        return self.trace.title() if self._is_open else tr("Traces")

    def focus_filter(self) -> None:
        """Bring the keyboard to the field of the view in front."""
        if self._is_open:
            self.trace.steering.focus_find()
        else:
            self.list.focus_filter()

    def go(self, place: Place) -> None:
        """Show *place*: the list, or a trace."""
        self._is_open = place.id is not None
        if place.id is None:
            if place.query != self.list.query:
                self.list.open(place.query)
            self._arrange()
            self.setFocusProxy(self.list)
            return
        self.trace.open(str(place.id), place.extra or None)
        self._arrange()
        self.setFocusProxy(self.trace)
        self.trace.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_scope(self, scope: Scope) -> None:
        """Show only what is in *scope*."""
        since, until = scope.bounds(now())
        where = TraceFilter(projects=scope.projects, run=scope.run, since=since, until=until)
        self.list.set_scope(within_environments(where, scope.environments))

    def _back(self) -> None:
        self.navigate.emit(Place("traces", None, self.list.query))

    # Side by side

    def _wants_both(self) -> bool:
        return self._preferences.get("traces.beside", True)

    def _toggle_beside(self) -> None:
        self._preferences.set("traces.beside", not self._wants_both())
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= _WIDE * self._theme.line_height("body")
        both = wide and self._wants_both() and self._is_open
        were_both = not self.list.isHidden() and self._trace is not None and not self._trace.isHidden()
        self.list.setVisible(both or not self._is_open)
        if self._trace is not None:
            self._trace.setVisible(self._is_open)
        if both and not were_both:
            left = round(self.width() * _LIST_SHARE)
            self.splitter.setSizes([left, self.width() - left])
        if both and self.trace.trace_id:
            self.list.list.select_key(self.trace.trace_id, reveal=False)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # The way back

    def view_state(self) -> dict[str, Any]:
        """Return what is needed to come back to where one is."""
        return self.trace.view_state() if self._is_open else self.list.view_state()

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Come back to what `view_state` said."""
        if self._is_open:
            self.trace.restore_state(state)
        else:
            self.list.restore_state(state)
