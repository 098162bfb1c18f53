"""The keys of one command: taken away one by one, new ones by pressing them, a conflict with a choice."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vedette.desktop.commands.command import CONTEXTS, Command
from vedette.desktop.commands.keys import show_keys
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.commands.shortcuts import MOST_KEYS, Shortcuts
from vedette.desktop.language import tr
from vedette.desktop.settings.key_field import KeyField
from vedette.desktop.settings.match_label import MatchLabel
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.flow_layout import FlowLayout
from vedette.desktop.widgets.labels import set_role


class KeysEditor(QWidget):
    """Free keys are given at once; taken ones only after the user said so."""

    left = Signal()
    """The keyboard wants to go back to the list."""

    def __init__(self, theme: Theme, registry: CommandRegistry, shortcuts: Shortcuts) -> None:
        super().__init__()
        self._theme = theme
        self._registry = registry
        self._shortcuts = shortcuts
        self._command: Command | None = None
        self._wanted = ""  # keys that lead to another command now
        self._caps: list[Button] = []
        self.setObjectName("settings.keys")
        self.title = MatchLabel(theme, "", "title", name="settings.keys.title")
        self.field = KeyField(name="settings.keys.field", title=tr("New keys"))
        self.field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.reset = Button(theme, tr("Reset"), name="settings.keys.reset", role="small", icon="rotate-ccw")
        self.said = MatchLabel(theme, "", "muted", name="settings.keys.said")
        self.replace = Button(theme, tr("Replace"), name="settings.keys.replace", role="small")
        self.cancel = Button(theme, tr("Cancel"), name="settings.keys.cancel", role="small")
        self._flow = FlowLayout(6)
        self._flow.addWidget(self.field)
        self._flow.addWidget(self.reset)
        choice = QHBoxLayout()
        choice.setSpacing(8)
        choice.addWidget(self.said, 1)
        choice.addWidget(self.replace)
        choice.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 0, 4)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addLayout(self._flow)
        column.addLayout(choice)
        self.field.recorded.connect(self._take)
        self.field.left.connect(self.left)
        self.reset.clicked.connect(self._reset)
        self.replace.clicked.connect(self._replace)
        self.cancel.clicked.connect(self._cancel)
        theme.changed.connect(self._fit)
        self._fit()

    def show_command(self, command: Command | None) -> None:
        """Show the keys of *command* as they are now."""
        is_other = command is None or self._command is None or command.id != self._command.id
        self._command = command
        self.setVisible(command is not None)
        if command is None:
            return
        if is_other:
            self._say("")
        self.title.say(tr("Keys of {command}").format(command=command.title))
        self.field.setAccessibleName(tr("New keys of {command}").format(command=command.title))
        self.field.setEnabled(len(command.keys) < MOST_KEYS)
        self._show_caps(command)
        if self.reset.hasFocus() and not self._shortcuts.is_chosen(command.id):
            self.field.setFocus()
        self.reset.setVisible(self._shortcuts.is_chosen(command.id))

    def _show_caps(self, command: Command) -> None:
        had_focus = any(cap.hasFocus() for cap in self._caps)
        while self._flow.count():
            self._flow.takeAt(0)
        for cap in self._caps:
            cap.hide()
            cap.deleteLater()
        self._caps = [self._make_cap(text) for text in command.keys]
        for part in (*self._caps, self.field, self.reset):
            self._flow.addWidget(part)
        for cap in self._caps:
            cap.show()
        if had_focus:
            self.field.setFocus()
        before = None
        for part in (*self._caps, self.field, self.reset):
            if before is not None:
                QWidget.setTabOrder(before, part)
            before = part

    def _make_cap(self, text: str) -> Button:
        shown = show_keys(text)
        cap = Button(
            self._theme, shown, name=f"settings.keys.cap.{text}", role="small", icon="x", parent=self
        )
        cap.setAccessibleName(tr("Take {keys} away").format(keys=shown))
        cap.setToolTip(tr("Take {keys} away").format(keys=shown))
        cap.clicked.connect(lambda: self._take_away(text))
        return cap

    # ---------------------------------------------------------------- changing

    def _take(self, keys: str) -> None:
        command = self._command
        if command is None:
            return
        if keys in command.keys:
            self._say(tr("{keys} leads here already.").format(keys=show_keys(keys)))
            return
        holders = self._registry.holders(command.id, keys)
        if holders:
            self._wanted = keys
            self._say(
                tr("{keys} is {other} ({where}).").format(
                    keys=show_keys(keys),
                    other=", ".join(holder.title for holder in holders),
                    where=tr(CONTEXTS[command.context]),
                ),
                is_conflict=True,
            )
            self.replace.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._give(command, keys)

    def _give(self, command: Command, keys: str) -> None:
        elsewhere = self._registry.elsewhere(command.id, keys)
        self._shortcuts.give(command.id, keys)
        said = tr("{keys} leads to {command} now.").format(keys=show_keys(keys), command=command.title)
        others = ", ".join(other.title for other in elsewhere)
        if elsewhere and command.context == "app":
            where = ", ".join(tr(CONTEXTS[other.context]) for other in elsewhere)
            said += " " + tr("Where the keyboard is in {where}, it is {other}.").format(
                where=where, other=others
            )
        elif elsewhere:
            said += " " + tr("Everywhere else it stays {other}.").format(other=others)
        self._say(said)

    def _replace(self) -> None:
        keys, command = self._wanted, self._command
        if command is not None and keys:
            self.field.setFocus()
            self._give(command, keys)

    def _cancel(self) -> None:
        self.field.setFocus()
        self._say("")

    def _take_away(self, keys: str) -> None:
        if self._command is not None:
            self._shortcuts.take(self._command.id, keys)
            self._say("")

    def _reset(self) -> None:
        if self._command is not None:
            self.field.setFocus()
            self._shortcuts.reset(self._command.id)
            self._say("")

    def _say(self, text: str, *, is_conflict: bool = False) -> None:
        if not is_conflict:
            self._wanted = ""
        set_role(self.said, "warning" if is_conflict else "muted")
        self.said.say(text)
        self.said.setVisible(bool(text))
        self.replace.setVisible(is_conflict)
        self.cancel.setVisible(is_conflict)

    def _fit(self) -> None:
        self.field.setFixedWidth(round(self._theme.metrics("body").averageCharWidth() * 16) + 20)
