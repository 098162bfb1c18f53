"""The widgets of one trace screen and what they share: options, the window of time, questions, commands."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import tr
from vedette.desktop.linked.page import LinkedItemsPage
from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace.actions import trace_commands
from vedette.desktop.trace.details import DetailsPane
from vedette.desktop.trace.find_bar import FindBar
from vedette.desktop.trace.header import TraceHeader
from vedette.desktop.trace.json_page import JsonPage
from vedette.desktop.trace.legend import Legend
from vedette.desktop.trace.option_actions import option_commands
from vedette.desktop.trace.options import TraceOptions
from vedette.desktop.trace.overview import Overview
from vedette.desktop.trace.range_panel import RangePanel
from vedette.desktop.trace.span_actions import SpanActions, span_commands
from vedette.desktop.trace.span_table import SpanTable
from vedette.desktop.trace.steering import Steering
from vedette.desktop.trace.time_window import TimeWindow
from vedette.desktop.trace.waterfall import Waterfall
from vedette.desktop.widgets.notices import Banner, EmptyState

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge
    from vedette.desktop.trace.read import OpenedTrace


class Parts(QObject):
    """Made together, since they know each other by signals; ``opened`` is the trace they show."""

    failed = Signal(str, str)
    """Something could not be read or worked out: a sentence and its details."""

    def __init__(self, bridge: "Bridge", commands: CommandRegistry, theme: Theme, owner: QObject) -> None:
        super().__init__(owner)
        self.theme = theme
        self.commands = commands
        self.workspace = bridge.workspace
        self.opened: OpenedTrace | None = None
        self.asking = InFlight(bridge, owner)
        self.options = TraceOptions(bridge.preferences, self)
        self.window_of_time = TimeWindow(self)
        self.waterfall = Waterfall(theme, self.window_of_time, name="trace.waterfall")
        self.details = DetailsPane(theme, name="trace.details")
        self.steering = Steering(self.waterfall, self.window_of_time, self)
        self.acts = SpanActions(
            self.waterfall, self.details, bridge.preferences, bridge.workspace.folder, self
        )
        commands.register(
            *trace_commands(self.steering),
            *option_commands(self.options, self.steering.has_trace),
            *span_commands(self.acts),
        )
        self.header = TraceHeader(theme, name="trace.header")
        self.bar = FindBar(theme, commands, name="trace.bar")
        self.banner = Banner(theme, name="trace.banner")
        self.overview = Overview(theme, self.window_of_time, name="trace.minimap")
        self.steering.other_widgets.append(self.overview)
        self.legend = Legend(theme, name="trace.legend")
        self.range_panel = RangePanel(theme, name="trace.range")
        self.table = SpanTable(theme, commands, name="trace.table")
        self.json_page = JsonPage(theme, commands, name="trace.json")
        self.items = LinkedItemsPage(
            bridge,
            theme,
            name="trace.items",
            side=14,
            nothing=(
                tr("No item is known to belong to this trace"),
                tr("Retention removed what brought it."),
            ),
        )
        self.items.setProperty("commandContext", "trace")
        self.steering.other_widgets.append(self.items.list)
        self.empty = EmptyState(theme, name="trace.empty")

    def fail(self, sentence: str, details: str) -> None:
        """Say that something could not be read or worked out."""
        self.failed.emit(sentence, details)
