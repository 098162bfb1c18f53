"""The user's own keys: kept in the preference `shortcuts`, given to the commands of a window, as a file."""

from collections.abc import Mapping
from typing import Any

import orjson
from PySide6.QtCore import QObject, Signal

from vedette.desktop.commands.bindings import overlap
from vedette.desktop.commands.keys import parse_keys
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import tr
from vedette.desktop.preferences import Preferences

KEY = "shortcuts"
"""{command id: [keys…]} of the commands that have other keys than they come with; [] for none."""
MOST_KEYS = 8
_LONGEST_FILE = 1_000_000
_FORMAT = "vedette shortcuts"


class ShortcutsError(ValueError):
    """A file holds no shortcuts; the text says why."""


def read_chosen(value: Mapping[str, Any]) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Return the keys by command id in *value*, and a sentence for each entry that is none."""
    chosen: dict[str, tuple[str, ...]] = {}
    notes: list[str] = []
    for command_id, keys in value.items():
        if not isinstance(keys, list) or len(keys) > MOST_KEYS:
            notes.append(tr("{command}: not a list of keys").format(command=command_id))
            continue
        fine = []
        for text in keys:
            try:
                fine.append(" ".join(parse_keys(text if isinstance(text, str) else "")))
            except ValueError:
                notes.append(tr("{command}: there is no key {key}").format(command=command_id, key=text))
        # With nothing left of it that is a key, the entry says nothing; an empty one says "no keys".
        if fine or not keys:
            chosen[command_id] = tuple(dict.fromkeys(fine))
    return chosen, notes


class Shortcuts(QObject):
    """Keeps *registry* in step with the preference, whoever changes it."""

    changed = Signal()
    """Keys lead elsewhere now, or commands came that had none before."""

    def __init__(
        self, registry: CommandRegistry, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent or registry)
        self._registry = registry
        self._preferences = preferences
        self._chosen: dict[str, tuple[str, ...]] = {}
        self.notes: list[str] = []
        """What in the kept value was no shortcut and is ignored."""
        preferences.changed.connect(self._follow)
        self._apply()

    @property
    def has_own(self) -> bool:
        """Whether any command has other keys than it comes with."""
        return bool(self._chosen)

    def is_chosen(self, command_id: str) -> bool:
        """Return whether the user gave the command keys of its own."""
        return command_id in self._chosen

    def give(self, command_id: str, keys: str) -> None:
        """Have *keys* lead to a command besides those it has; whoever had them in its context loses them."""
        chosen = dict(self._chosen)
        for other in self._registry.holders(command_id, keys):
            lost = {" ".join(parse_keys(text)) for text in self._overlapping(other.keys, keys)}
            chosen[other.id] = tuple(text for text in other.keys if " ".join(parse_keys(text)) not in lost)
        own = self._registry.command(command_id).keys
        chosen[command_id] = tuple(dict.fromkeys((*own, " ".join(parse_keys(keys)))))
        self._keep(chosen)

    def take(self, command_id: str, keys: str) -> None:
        """Have *keys* no longer lead to a command."""
        own = self._registry.command(command_id).keys
        self._keep({**self._chosen, command_id: tuple(text for text in own if text != keys)})

    def reset(self, command_id: str) -> None:
        """Give a command the keys it comes with; others keep what the user gave them."""
        self._keep({number: keys for number, keys in self._chosen.items() if number != command_id})

    def reset_all(self) -> None:
        """Give every command the keys it comes with."""
        self._keep({})

    def export_text(self) -> str:
        """Return the user's keys as JSON, for a file."""
        value = {"format": _FORMAT, "keys": {number: list(keys) for number, keys in self._chosen.items()}}
        return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode() + "\n"

    def import_text(self, text: str) -> list[str]:
        """Use the keys in *text* instead of the user's; returns a sentence for each that is ignored.

        Raises ShortcutsError when it holds none at all; then nothing changes.
        """
        try:
            value = orjson.loads(text) if len(text) <= _LONGEST_FILE else None
        except orjson.JSONDecodeError:
            value = None
        keys = value.get("keys") if isinstance(value, dict) and value.get("format") == _FORMAT else None
        if not isinstance(keys, dict):
            raise ShortcutsError(tr("This file holds no shortcuts of Vedette."))
        chosen, notes = read_chosen(keys)
        self._keep(chosen)
        return notes

    @staticmethod
    def _overlapping(keys: tuple[str, ...], wanted: str) -> list[str]:
        first = parse_keys(wanted)
        return [text for text in keys if overlap(parse_keys(text), first)]

    def _keep(self, chosen: Mapping[str, tuple[str, ...]]) -> None:
        differing = {number: list(keys) for number, keys in chosen.items() if keys != self._usual(number)}
        if differing:
            self._preferences.set(KEY, differing)
        else:
            self._preferences.reset(KEY)

    def _usual(self, command_id: str) -> tuple[str, ...] | None:
        """Return the keys a command comes with, None while its view has not been made."""
        try:
            return self._registry.usual_keys(command_id)
        except KeyError:
            return None

    def _follow(self, key: str) -> None:
        if key == KEY:
            self._apply()

    def _apply(self) -> None:
        self._chosen, self.notes = read_chosen(self._preferences.get(KEY, {}))
        self._registry.choose_keys(self._chosen)
        self.changed.emit()
