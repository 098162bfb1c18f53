"""Where an event stands in its trace, and the way there."""

from PySide6.QtWidgets import QWidget

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.parts import ColumnPage, empty_part, lined_table
from vedette.desktop.issue.read import EventPage
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import command_button
from vedette.desktop.widgets.key_values import KeyValue
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.units import duration


class TracePage(ColumnPage):
    """Trace, span, operation; Open trace."""

    def __init__(self, theme: Theme, commands: CommandRegistry, parent: QWidget | None = None) -> None:
        super().__init__(name="event.section.trace", title="Trace", parent=parent)
        self._theme = theme
        self._commands = commands

    def set_page(self, page: EventPage) -> None:
        """Show another event's trace."""
        self.clear_column()
        if page.row.trace is None:
            more = "Without tracing in the SDK there is nothing to link to."
            self.column.addWidget(
                empty_part(self._theme, "event.trace.empty", "Not part of a trace", more, "chart-gantt"), 1
            )
            return
        follow = command_button(self._theme, self._commands, "event.trace", show_hint=True)
        self.add_title("Trace", follow)
        context = (page.event.get("contexts") or {}).get("trace") or {}
        told = [
            ("trace", page.row.trace),
            ("span", page.row.span),
            ("parent span", context.get("parent_span_id")),
            ("operation", context.get("op")),
            ("status", context.get("status") if context.get("status") != "unknown" else None),
            ("duration", None if page.trace_micros is None else duration(page.trace_micros)),
        ]
        rows = [KeyValue(name, str(value), code=True) for name, value in told if value]
        self.column.addWidget(lined_table(self._theme, "event.trace.facts", "Trace", rows))
        if page.trace_micros is None:
            sentence = "No span of this trace is stored: it was not sampled, or tracing is switched off."
            self.column.addWidget(label(sentence, "caption", name="event.trace.note", wrap=True))
        self.column.addStretch(1)
        self.scroll_to_top()
