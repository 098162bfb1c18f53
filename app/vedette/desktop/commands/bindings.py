"""Which keys lead to which command: those a command comes with, and those the user gave it instead. No Qt."""

from collections.abc import Mapping
from dataclasses import replace

from vedette.desktop.commands.command import Command
from vedette.desktop.commands.keys import parse_keys

Strokes = tuple[str, ...]


class CommandClashError(ValueError):
    """Two commands want the same id or the same keys; raised at start, never at run time."""


def overlap(one: Strokes, other: Strokes) -> bool:
    """Return whether two shortcuts cannot both be meant: the same, or one begins the other."""
    return other[: len(one)] == one or one[: len(other)] == other


class Bindings:
    """Commands by id and by keys, as they are now. Commands that come later find the user's choices kept."""

    def __init__(self) -> None:
        self._given: dict[str, Command] = {}  # as registered
        self._claimed: dict[str, dict[Strokes, Command]] = {}  # of those, by context
        self._chosen: dict[str, tuple[str, ...]] = {}
        self.commands: dict[str, Command] = {}
        """By id, in the order of registration, each with the keys that lead to it now."""
        self._keys: dict[str, dict[Strokes, Command]] = {}

    def add(self, command: Command) -> None:
        """Add *command*. Raises CommandClashError when keys it comes with are those of another."""
        claimed = self._claimed.setdefault(command.context, {})
        for text in command.keys:
            strokes = parse_keys(text)
            for other, holder in claimed.items():
                if overlap(strokes, other):
                    raise CommandClashError(
                        f"{command.id!r} and {holder.id!r} both want {' '.join(strokes)}"
                        f" in {command.context!r}"
                    )
            claimed[strokes] = command
        self._given[command.id] = command
        if self._chosen:
            self._settle()
        else:
            self.commands[command.id] = command
            self._keys.setdefault(command.context, {}).update(
                {parse_keys(text): command for text in command.keys}
            )

    def in_context(self, context: str) -> Mapping[Strokes, Command]:
        """Return the strokes of *context* with their commands."""
        return self._keys.get(context, {})

    def usual(self, command_id: str) -> tuple[str, ...]:
        """Return the keys a command comes with. Raises KeyError."""
        return self._given[command_id].keys

    def choose(self, chosen: Mapping[str, tuple[str, ...]]) -> None:
        """Use the keys in *chosen* (by command id) in the place of those the commands come with."""
        self._chosen = dict(chosen)
        self._settle()

    def holders(self, command_id: str, keys: str) -> list[Command]:
        """Return the other commands of the same context whose keys *keys* would take away."""
        context, strokes = self._given[command_id].context, parse_keys(keys)
        found = {
            holder.id: holder
            for other, holder in self.in_context(context).items()
            if holder.id != command_id and overlap(strokes, other)
        }
        return list(found.values())

    def elsewhere(self, command_id: str, keys: str) -> list[Command]:
        """Return the commands of other contexts with just these keys, where one of the two is everywhere."""
        context, strokes = self._given[command_id].context, parse_keys(keys)
        return [
            there[strokes]
            for other, there in self._keys.items()
            if other != context and "app" in (other, context) and strokes in there
        ]

    def _settle(self) -> None:
        """Give out all keys anew: first those the user chose, then the usual ones that are left."""
        self._keys = {}
        held: dict[str, tuple[str, ...]] = {}
        for chosen_first in (True, False):
            for command in self._given.values():
                if (command.id in self._chosen) is chosen_first:
                    wanted = self._chosen.get(command.id, command.keys)
                    held[command.id] = tuple(text for text in wanted if self._claim(command, text))
        self.commands = {
            number: command if held[number] == command.keys else replace(command, keys=held[number])
            for number, command in self._given.items()
        }
        for taken in self._keys.values():
            for strokes, command in taken.items():
                taken[strokes] = self.commands[command.id]

    def _claim(self, command: Command, text: str) -> bool:
        strokes = parse_keys(text)
        taken = self._keys.setdefault(command.context, {})
        if any(overlap(strokes, other) for other in taken):
            return False
        taken[strokes] = command
        return True
