"""The bar that takes the header row's place while several issues are marked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label

_OFFERED = (
    ("issue.resolve", "Resolve", "check"),
    ("issue.archive", "Archive", "archive"),
    ("issue.star", "Star", "star"),
    ("issue.read", "Read", "eye"),
)


class BulkBar(QFrame):
    """How many are marked, and what can be done to them."""

    cleared = Signal()

    def __init__(self, theme: Theme, commands: CommandRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("issues.bulk")
        self.setProperty("role", "bar")
        self.said = label("", "caption.strong", name="issues.bulk.count")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(6)
        row.addWidget(self.said)
        row.addSpacing(6)
        for command_id, title, icon in _OFFERED:
            button = Button(theme, title, name=f"issues.bulk.{title.lower()}", role="small", icon=icon)
            button.clicked.connect(lambda _checked=False, command_id=command_id: commands.run(command_id))
            row.addWidget(button)
        row.addStretch(1)
        self.clear = Button(theme, "Clear", name="issues.bulk.clear", role="small", icon="x")
        self.clear.setAccessibleName("Clear the marks")
        self.clear.clicked.connect(self.cleared)
        row.addWidget(self.clear)
        self.hide()

    def say(self, count: int, held: int, *, is_all: bool) -> None:
        """Show that *count* of *held* issues are marked; *is_all*: no others fit the query."""
        whole = " - all in this view" if is_all and count == held else ""
        self.said.setText(f"{count:,} selected{whole}")
        self.setAccessibleName(self.said.text())
