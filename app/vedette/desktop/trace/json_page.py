"""The JSON tab: the whole trace as one value."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import units
from vedette.desktop.widgets.buttons import command_button
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.value_tree import ValueTree
from vedette.domain.json import JsonObject

MOST = 5_000
"""Spans shown; all of them are copied."""


class JsonPage(QWidget):
    """A tree of the trace's spans and errors, and a way to copy all of it."""

    def __init__(
        self, theme: Theme, commands: CommandRegistry, *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("commandContext", "trace")
        self.tree = ValueTree(theme, name=f"{name}.tree", title=tr("The trace as JSON"))
        self.said = label("", "caption", name=f"{name}.said")
        bar = frame("bar", f"{name}.bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 6, 10, 6)
        row.addWidget(self.said, 1)
        row.addWidget(command_button(theme, commands, "trace.copy_json", role="small"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self.tree, 1)
        self.setFocusProxy(self.tree)

    def show_trace(self, value: JsonObject) -> None:
        """Show a trace as `span_lines.as_json` gives it."""
        self.tree.set_value(value)
        total, spans = value.get("span_count"), value.get("spans")
        shown = len(spans) if isinstance(spans, list) else 0
        text = tr("%n span(s)", "", shown)
        if isinstance(total, int) and total > shown:
            text = tr("The first {shown} of {total} spans; all of them are copied").format(
                shown=units.count(shown), total=units.count(total)
            )
        self.said.setText(text)
