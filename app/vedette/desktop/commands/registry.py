"""The registry: holds every command, answers menus, palette and shortcut sheet, and runs them by id."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from vedette.desktop.commands.bindings import Bindings, CommandClashError, Strokes
from vedette.desktop.commands.command import CONTEXTS, Command
from vedette.desktop.commands.fuzzy import Match, match
from vedette.desktop.commands.keys import is_plain, parse_keys, show_keys
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme

_RECENT = 20
_RECENT_BONUS = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A palette hit: the command and how its title matched."""

    command: Command
    match: Match


@dataclass(frozen=True, slots=True)
class SheetSection:
    """One group of the shortcut sheet: its heading and (keys as shown, title) lines."""

    title: str
    lines: tuple[tuple[str, str], ...]


class CommandRegistry(QObject):
    """All commands of one window."""

    ran = Signal(str)
    """A command was run, by whatever means; carries its id."""
    registered = Signal()
    """There are more commands now."""
    keysChanged = Signal()
    """Other keys lead to some commands now."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bindings = Bindings()
        self._actions: dict[str, QAction] = {}
        self._recent: list[str] = []

    def register(self, *commands: Command) -> None:
        """Add *commands*. Raises CommandClashError for a taken id or taken keys in the same context."""
        for command in commands:
            self._check(command)
            self._bindings.add(command)
        self.registered.emit()

    def _check(self, command: Command) -> None:
        noun, _, verb = command.id.partition(".")
        if not (noun and verb):
            raise CommandClashError(f"{command.id!r}: a command id is noun.verb")
        if command.id in self._bindings.commands:
            raise CommandClashError(f"{command.id!r} is registered twice")
        if command.context not in CONTEXTS:
            raise CommandClashError(f"{command.id!r}: there is no context {command.context!r}")

    # ---------------------------------------------------------------- keys

    def bindings(self, context: str) -> Mapping[Strokes, Command]:
        """Return the strokes of *context* with their commands."""
        return self._bindings.in_context(context)

    def usual_keys(self, command_id: str) -> tuple[str, ...]:
        """Return the keys a command comes with. Raises KeyError."""
        return self._bindings.usual(command_id)

    def choose_keys(self, chosen: Mapping[str, tuple[str, ...]]) -> None:
        """Use the keys in *chosen* (by command id) from now on, also for commands that come later.

        Menus, tool tips and the rest follow at once. Of two that want the same keys, the one chosen for
        has them; keys that Qt does not know raise ValueError.
        """
        self._bindings.choose(chosen)
        for command_id, action in self._actions.items():
            self._show_keys(action, self._bindings.commands[command_id])
        self.keysChanged.emit()

    def holders(self, command_id: str, keys: str) -> list[Command]:
        """Return the other commands of the same context that would lose theirs to *keys*."""
        return self._bindings.holders(command_id, keys)

    def elsewhere(self, command_id: str, keys: str) -> list[Command]:
        """Return the commands that *keys* also lead to, depending on where the keyboard is."""
        return self._bindings.elsewhere(command_id, keys)

    # ---------------------------------------------------------------- commands

    def command(self, command_id: str) -> Command:
        """Return the command with that id. Raises KeyError."""
        return self._bindings.commands[command_id]

    def find(self, command_id: str) -> Command | None:
        """Return the command with that id, None while nobody registered it."""
        return self._bindings.commands.get(command_id)

    def commands(self) -> tuple[Command, ...]:
        """Return every command in the order of registration."""
        return tuple(self._bindings.commands.values())

    def run(self, command_id: str) -> bool:
        """Run a command if it applies now; return whether it ran. Raises KeyError for an unknown id."""
        command = self._bindings.commands[command_id]
        if not command.when():
            return False
        if command.listed:
            self._recent = [command_id, *(c for c in self._recent if c != command_id)][:_RECENT]
        command.run()
        self.refresh()
        self.ran.emit(command_id)
        return True

    def action(self, command_id: str) -> QAction:
        """Return the command as a QAction, one per command: title, icon, shown keys, enabled state kept.

        Keys with a modifier in the ``app`` context are real shortcuts; all others are shown only, because
        the focus decides what they mean and ``KeyDispatcher`` runs them.
        """
        found = self._actions.get(command_id)
        if found is None:
            found = self._actions[command_id] = self._build(self._bindings.commands[command_id])
        return found

    def _build(self, command: Command) -> QAction:
        action = QAction(command.title, self)
        action.setObjectName(command.id)
        if command.icon:
            action.setIcon(self._theme.icon(command.icon))
        self._show_keys(action, command)
        action.setCheckable(command.is_on is not None)
        action.triggered.connect(lambda: self.run(command.id))
        action.setEnabled(command.when())
        return action

    @staticmethod
    def _show_keys(action: QAction, command: Command) -> None:
        real = native_shortcuts(command)
        action.setShortcuts([QKeySequence.fromString(text) for text in real])
        told = "" if real or not command.keys else f"\t{show_keys(command.keys[0])}"
        action.setText(command.title + told)

    def refresh(self) -> None:
        """Ask every command again whether it applies and is switched on. Call after the selection changed."""
        for command_id, action in self._actions.items():
            command = self._bindings.commands[command_id]
            action.setEnabled(command.when())
            if command.is_on is not None:
                action.setChecked(command.is_on())

    def fill_menu(self, menu: QMenu, command_ids: Iterable[str | None]) -> QMenu:
        """Add the commands to *menu* in order, None for a separator; their states are asked on opening."""
        for command_id in command_ids:
            if command_id is None:
                menu.addSeparator()
            else:
                menu.addAction(self.action(command_id))
        menu.aboutToShow.connect(self.refresh)
        return menu

    def tool_tip(self, command_id: str) -> str:
        """Return "Title (keys)" for buttons that show only an icon."""
        command = self._bindings.commands[command_id]
        return f"{command.title} ({show_keys(command.keys[0])})" if command.keys else command.title

    def search(self, query: str, limit: int = 50) -> list[Found]:
        """Return the commands that apply now and fit *query*, best first; recent ones first among equals."""
        hits = []
        for order, command in enumerate(self._bindings.commands.values()):
            if not command.listed or not command.when():
                continue
            hit = self._hit(query, command)
            if hit is not None:
                hits.append((-hit.score - self._recency(command.id), order, Found(command, hit)))
        hits.sort(key=lambda entry: entry[:2])
        return [found for _, _, found in hits[:limit]]

    def _hit(self, query: str, command: Command) -> Match | None:
        hit = match(query, command.title)
        if hit is None and command.words:
            other = match(query, command.words)
            hit = None if other is None else Match(other.score // 2, ())
        return hit

    def _recency(self, command_id: str) -> int:
        if command_id not in self._recent:
            return 0
        return _RECENT_BONUS + _RECENT - self._recent.index(command_id)

    def shortcut_sheet(self, contexts: Sequence[str]) -> list[SheetSection]:
        """Return what the keys do in *contexts*, nearest first, without keys a nearer one took."""
        seen: set[str] = set()
        sections = []
        for context in contexts:
            lines = []
            for command in self._bindings.commands.values():
                keys = [k for k in command.keys if command.context == context and k not in seen]
                if keys:
                    lines.append(("  ".join(show_keys(k) for k in keys), command.title))
            seen.update(k for c in self._bindings.commands.values() if c.context == context for k in c.keys)
            if lines:
                sections.append(SheetSection(tr(CONTEXTS[context]), tuple(lines)))
        return sections


def native_shortcuts(command: Command) -> list[str]:
    """Return the keys of *command* the platform may handle: one stroke, a modifier, context app."""
    if command.context != "app":
        return []
    return [text for text in command.keys if " " not in text and not is_plain(parse_keys(text)[0])]
