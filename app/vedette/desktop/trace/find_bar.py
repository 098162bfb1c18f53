"""The bar over a trace: find spans, what is shown otherwise than it came, and how traces are shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace.elided import ElidedLabel
from vedette.desktop.trace.option_actions import options_menu
from vedette.desktop.widgets.buttons import Button, IconButton, command_icon_button
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.plain_text import plain_tip
from vedette.desktop.widgets.search_field import SearchField

_FIELD = 360


class FindBar(QFrame):
    """Field, count, ways to the matches; on the right what was changed, with the ways back, and View."""

    undoWanted = Signal()
    """The clocks are to stand as sent again."""

    def __init__(
        self, theme: Theme, commands: CommandRegistry, *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "bar")
        self.field = SearchField(
            theme,
            name="trace.find",
            title=tr("Find spans"),
            hint=tr("Find span: op, description, attribute:value"),
        )
        self.field.setMaximumWidth(_FIELD)
        self.found = label("", "caption", name=f"{name}.found")
        self.changes = ElidedLabel(theme, "caption", "text.muted", name=f"{name}.changes")
        self.unfold = self._link(theme, tr("Unfold all"), f"{name}.unfold")
        self.unfold.clicked.connect(lambda: commands.run("trace.unfold_all"))
        self.clocks = label("", "caption", name=f"{name}.clocks")
        self.undo = self._link(theme, tr("Undo"), f"{name}.undo")
        self.undo.setAccessibleName(tr("Undo the correction of clocks"))
        self.undo.clicked.connect(self.undoWanted)
        self.more = Button(theme, "", name=f"{name}.more", role="small", icon="refresh-cw")
        self._menu = options_menu(commands, QMenu(self))
        self.view = Button(
            theme, tr("View", "how things are shown"), name=f"{name}.view", role="small",
            icon="sliders-horizontal", menu=self._menu,
        )  # fmt: skip
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 10, 5)
        row.setSpacing(4)
        row.addWidget(self.field, 3)
        row.addWidget(self.found)
        for command in ("trace.previous_match", "trace.next_match"):
            row.addWidget(command_icon_button(theme, commands, command))
        for command in ("trace.dim_others", "trace.filter_found"):
            row.addWidget(_toggle(theme, commands, command))
        row.addSpacing(8)
        row.addWidget(self.changes, 2)
        for part in (self.unfold, self.clocks, self.undo, self.more):
            row.addWidget(part)
        row.addSpacing(4)
        row.addWidget(self.view)
        self.set_more(0)
        self.set_changes("")
        self.set_clocks("", "")

    @staticmethod
    def _link(theme: Theme, text: str, name: str) -> Button:
        return Button(theme, text, name=name, role="link")

    def set_changes(self, text: str, *, folded: bool = False) -> None:
        """Say what is shown otherwise than it came; *folded* offers to unfold all."""
        self.changes.set_text(text)
        self.unfold.setVisible(folded)

    def set_clocks(self, text: str, tip: str) -> None:
        """Say which clocks were moved, with a way to undo that; "" for none."""
        self.clocks.setText(text)
        self.clocks.setToolTip(plain_tip(tip))
        self.clocks.setAccessibleDescription(tip)
        for part in (self.clocks, self.undo):
            part.setVisible(bool(text))

    def set_more(self, spans: int) -> None:
        """Offer to read the trace again because *spans* more have arrived; 0 takes the offer away."""
        text = tr("%n more span(s), reload", "", spans) if spans else ""
        self.more.setText(text)
        self.more.setAccessibleName(text)
        self.more.setVisible(bool(spans))

    def set_found(self, text: str) -> None:
        """Show which of how many matches is current."""
        self.found.setText(text)
        self.found.setAccessibleName(text)


def _toggle(theme: Theme, commands: CommandRegistry, command_id: str) -> IconButton:
    """Return an icon button that stays down while its command is switched on."""
    button = command_icon_button(theme, commands, command_id)
    action = commands.action(command_id)
    button.setCheckable(True)
    button.setChecked(action.isChecked())
    action.toggled.connect(button.setChecked)
    button.clicked.connect(lambda: button.setChecked(action.isChecked()))
    return button
