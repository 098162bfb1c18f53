"""What was chosen in the palette last, kept from one start to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vedette.desktop.preferences import Preferences
from vedette.desktop.shell.places import Place

COMMANDS = "palette.commands"
"""Ids of commands, the one run last first."""
PLACES = "palette.places"
"""By workspace: [title, more, section, id, query, extra], the one chosen last first."""
_MOST_COMMANDS, _MOST_PLACES, _MOST_WORKSPACES = 20, 10, 20
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class RecentPlace:
    """A place one went to by the palette, and how it was called there."""

    title: str
    more: str
    place: Place


class Recent:
    """Commands and places of the workspace called *workspace*. Damaged values count as none."""

    def __init__(self, preferences: Preferences, workspace: str) -> None:
        self._preferences = preferences
        self._workspace = workspace

    def commands(self) -> list[str]:
        """Return the ids of the commands run last, the last first."""
        return [number for number in self._preferences.get(COMMANDS, []) if isinstance(number, str)]

    def note_command(self, command_id: str) -> None:
        """Note that a command was run."""
        kept = [number for number in self.commands() if number != command_id]
        self._preferences.set(COMMANDS, [command_id, *kept][:_MOST_COMMANDS])

    def places(self) -> list[RecentPlace]:
        """Return the places gone to last, the last first."""
        kept = self._preferences.get(PLACES, {}).get(self._workspace)
        found = (_read(item) for item in kept) if isinstance(kept, list) else ()
        return [place for place in found if place is not None]

    def note_place(self, title: str, more: str, place: Place) -> None:
        """Note that one went to *place*."""
        noted = RecentPlace(title[:_LONGEST], more[:_LONGEST], place)
        kept = [noted, *(other for other in self.places() if other.place != place)][:_MOST_PLACES]
        every = {
            name: value
            for name, value in self._preferences.get(PLACES, {}).items()
            if name != self._workspace
        }
        newest = list(every.items())[-_MOST_WORKSPACES + 1 :]
        self._preferences.set(PLACES, dict([*newest, (self._workspace, [_written(at) for at in kept])]))


def _written(recent: RecentPlace) -> list[Any]:
    at = recent.place
    return [recent.title, recent.more, at.section, at.id, at.query, at.extra]


def _read(item: object) -> RecentPlace | None:
    if not isinstance(item, Sequence) or len(item) != 6:
        return None
    title, more, section, number, query, extra = item
    if not all(isinstance(text, str) for text in (title, more, section, query, extra)):
        return None
    if number is not None and not isinstance(number, int | str):
        return None
    return RecentPlace(title, more, Place(section, number, query, extra))
