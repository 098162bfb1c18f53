"""How the user wants stack traces: kept from one start to the next, the same in every window."""

from vedette.desktop.issue.stack.frames import StackShow
from vedette.desktop.preferences import Preferences

SHOW, ORDER, VARIABLES = "stack.show", "stack.order", "stack.variables"
KEYS = frozenset((SHOW, ORDER, VARIABLES))
_NEWEST, _OLDEST = "newest", "oldest"


class StackPreferences:
    """Reads and writes the choices; a strange value counts as none."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self.changed = preferences.changed
        """A preference has another value; carries its key, one of KEYS if it is about stack traces."""

    @property
    def show(self) -> StackShow:
        """Most relevant, full or raw."""
        value = self._preferences.get(SHOW, StackShow.RELEVANT.value)
        return StackShow(value) if value in list(StackShow) else StackShow.RELEVANT

    @show.setter
    def show(self, value: StackShow) -> None:
        self._preferences.set(SHOW, value.value)

    @property
    def newest_first(self) -> bool:
        """Whether the innermost frame stands at the top."""
        return self._preferences.get(ORDER, _NEWEST) != _OLDEST

    @newest_first.setter
    def newest_first(self, value: bool) -> None:
        self._preferences.set(ORDER, _NEWEST if value else _OLDEST)

    @property
    def variables(self) -> bool:
        """Whether open frames show their variables."""
        return self._preferences.get(VARIABLES, True)

    @variables.setter
    def variables(self, value: bool) -> None:
        self._preferences.set(VARIABLES, value)
