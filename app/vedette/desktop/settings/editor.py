"""The page of the editor: which one files open in, found ones first, or a command of one's own."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QSizePolicy

from vedette.desktop.editor import CUSTOM, EDITORS, InstalledEditor, installed_editors, open_in_editor
from vedette.desktop.language import mark, tr
from vedette.desktop.settings.calm import CalmCombo
from vedette.desktop.settings.page import SettingsPage
from vedette.desktop.settings.row import SettingRow, side_by_side
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.notices import Banner

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

NAME, COMMAND = "editor.name", "editor.command"
_EXAMPLE = "code --goto %f:%l:%c"
_TRIED = mark(
    "Vedette opened this file to try your editor.\n"
    "\n"
    "If the cursor stands in line 3, before the word here, line and column arrive.\n"
)
_LINE = 3


def trial() -> tuple[str, int, int]:
    """Return the text of the file that tries an editor, and the line and column it says to look at.

    The column is looked for, since every language has the word elsewhere.
    """
    text = tr(_TRIED)
    line = text.splitlines()[_LINE - 1]
    return text, _LINE, line.rfind(tr("here", "the word to look at in the file that tries an editor")) + 1


class EditorPage(SettingsPage):
    def __init__(self, bridge: "Bridge", theme: Theme) -> None:
        super().__init__(bridge, theme, "editor", tr("Editor"))
        self._found: tuple[InstalledEditor, ...] | None = None  # None: not looked for yet
        self.choice = CalmCombo("settings.editor.name", tr("Editor"))
        self.choice.chosen.connect(lambda key: self._choose(NAME, key, ""))
        self.choice_row = SettingRow(
            theme,
            tr("Open files in"),
            self.choice,
            name="settings.editor.name",
            words="ide vscode jetbrains pycharm vim emacs sublime open source "
            + " ".join(editor.title for editor in EDITORS),
            usual=tr("the first one found"),
            is_usual=lambda: not bridge.preferences.get(NAME, ""),
            reset=lambda: bridge.preferences.reset(NAME),
        )
        self.add(self.choice_row)
        self.command = QLineEdit()
        self.command.setObjectName("settings.editor.command")
        self.command.setAccessibleName(tr("Command of your own"))
        self.command.setPlaceholderText(_EXAMPLE)
        self.command.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.command.editingFinished.connect(self._put_command)
        self.command_row = SettingRow(
            theme,
            tr("Command"),
            self.command,
            name="settings.editor.command",
            about=tr(
                "%f is the file, %l the line, %c the column, %% a percent sign. Without %f the file comes "
                "last. Words with spaces stand in quotes; no shell is in between."
            ),
            words="custom own placeholders",
            usual=tr("none"),
            is_usual=lambda: not bridge.preferences.get(COMMAND, ""),
            reset=lambda: bridge.preferences.reset(COMMAND),
        )
        self.add(self.command_row)
        self.attempt = Button(theme, tr("Try"), name="settings.editor.try", icon="external-link")
        self.attempt.setAccessibleName(tr("Try the editor"))
        self.again = Button(theme, tr("Look again"), name="settings.editor.again", icon="refresh-cw")
        self.again.setAccessibleName(tr("Look for editors again"))
        self.attempt.clicked.connect(self._try)
        self.again.clicked.connect(lambda: self._look(again=True))
        self.add(
            SettingRow(
                theme,
                tr("Try it"),
                side_by_side(self.attempt, self.again),
                name="settings.editor.try",
                about=tr("Opens a small text at line 3, so that you see whether line and column arrive."),
                words="test",
            )
        )
        self.outcome = Banner(theme, name="settings.editor.outcome")
        self._column.addWidget(self.outcome)
        self._offer()
        self._show_command()

    def open(self) -> None:
        if self._found is None:
            self._look(again=False)

    def show_preference(self, key: str) -> None:
        if key in (NAME, COMMAND):
            self._offer()
            self._show_command()
            self.outcome.clear()

    def _look(self, *, again: bool) -> None:
        def look() -> tuple[InstalledEditor, ...]:
            return installed_editors(again=again)

        self._asking.compute("editors", look, answer=self._take_found, failed=self.failed.emit)

    def _take_found(self, found: tuple[InstalledEditor, ...]) -> None:
        self._found = found
        self._offer()

    def _offer(self) -> None:
        """Offer what was found, a command of one's own, and what was chosen even if it is not there."""
        found = self._found or ()
        chosen = self._bridge.preferences.get(NAME, "")
        here = {one.editor.key: str(one.program) for one in found}
        first = tr("The first one found: {editor}").format(editor=found[0].editor.title) if found else ""
        choices = [("", first or tr("The first one found"))]
        choices += [(one.editor.key, one.editor.title) for one in found]
        choices.append((CUSTOM.key, tr(CUSTOM.title)))
        choices += [
            (editor.key, tr("{editor} (not found)").format(editor=editor.title))
            for editor in EDITORS
            if editor.key == chosen and editor.key not in here and editor is not CUSTOM
        ]
        self.choice.offer(choices)
        self.choice.choose(chosen)
        self.choice_row.say_help(self._said(here, chosen))
        self.command_row.setEnabled(True)
        self.show_states()

    def _said(self, here: dict[str, str], chosen: str) -> str:
        if chosen in here:
            return here[chosen]
        if chosen == CUSTOM.key:
            return tr("Files open with the command below.")
        if self._found is None:
            return tr("Looking for editors…")
        if not here:
            known = ", ".join(editor.title for editor in EDITORS if editor is not CUSTOM)
            return tr("None of these was found: {editors}. Give a command of your own.").format(editors=known)
        if chosen:
            return tr("This editor was not found here. Choose another one, or give its command.")
        return next(iter(here.values()))

    def _show_command(self) -> None:
        if not self.command.hasFocus():
            self.command.setText(self._bridge.preferences.get(COMMAND, ""))

    def _put_command(self) -> None:
        text = self.command.text().strip()
        if text == self._bridge.preferences.get(COMMAND, ""):
            return
        self._choose(COMMAND, text, "")
        if text:
            self._choose(NAME, CUSTOM.key, "")

    def _try(self) -> None:
        self._put_command()
        file = Path(tempfile.gettempdir()) / "vedette-editor.txt"
        text, line, column = trial()
        try:
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            self.outcome.say(tr("No file to try it with could be written."), details=str(error))
            return
        trouble = open_in_editor(self._bridge.preferences, file, line, column)
        if trouble:
            self.outcome.say(trouble, details=self._bridge.preferences.get(COMMAND, ""))
        else:
            self.outcome.say(tr("The editor was started."), level="info")
