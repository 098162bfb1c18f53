"""The bar that takes the header row's place while several issues are marked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import mark, tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import units
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label
from vedette.store.queries.issue_rows import Count

_OFFERED = (
    ("issue.resolve", mark("Resolve"), "check"),
    ("issue.archive", mark("Archive"), "archive"),
    ("issue.priority", mark("Priority"), "arrow-up-narrow-wide"),
    ("issue.labels", mark("Labels"), "tag"),
    ("issue.star", mark("Star"), "star"),
    ("issue.read", mark("Read"), "eye"),
    ("issue.compare", mark("Compare"), "git-compare"),
    ("issue.delete", mark("Delete"), "trash-2"),
)
_NEEDED_LAST = ("issue.compare", "issue.read", "issue.star", "issue.delete", "issue.labels")
"""What makes way in a narrow bar, in this order; all of it is in the context menu too."""


class BulkBar(QFrame):
    """How many are marked, and what can be done to them."""

    cleared = Signal()

    def __init__(self, theme: Theme, commands: CommandRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("issues.bulk")
        self.setProperty("role", "bar")
        self.said = label("", "caption.strong", name="issues.bulk.count")
        self.said.setContentsMargins(0, 0, 6, 0)
        self.buttons: dict[str, Button] = {}
        self._is_pair = False
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(2)
        row.addWidget(self.said)
        row.addSpacing(6)
        for command_id, title, icon in _OFFERED:
            name = f"issues.bulk.{command_id.rpartition('.')[2]}"
            button = Button(theme, tr(title), name=name, role="quiet", icon=icon)
            button.clicked.connect(lambda _checked=False, command_id=command_id: commands.run(command_id))
            self.buttons[command_id] = button
            row.addWidget(button)
        row.addStretch(1)
        self.clear = Button(theme, tr("Clear"), name="issues.bulk.clear", role="quiet", icon="x")
        self.clear.setAccessibleName(tr("Clear the marks"))
        self.clear.clicked.connect(self.cleared)
        row.addWidget(self.clear)
        self.hide()

    def say(self, count: Count, *, is_all: bool) -> None:
        """Show how many issues are marked; *is_all*: no others fit the query."""
        number = units.count(count.n) + ("" if count.exact else "+")
        text = tr("{count} selected").format(count=number)
        if is_all:
            text = tr("{count} selected - all in this view").format(count=number)
        self.said.setText(text)
        self.setAccessibleName(text)
        self._is_pair = count.n == 2 and count.exact

    def fit(self, width: int) -> None:
        """Leave out of the bar what there is no room for, and what two alone can do."""
        for command_id, button in self.buttons.items():
            button.setVisible(command_id != "issue.compare" or self._is_pair)
        for command_id in _NEEDED_LAST:
            if self._row.minimumSize().width() <= width:
                return
            self.buttons[command_id].hide()
