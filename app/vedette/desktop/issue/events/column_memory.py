"""What one sees of the table of events, remembered for each project: own columns, their order and widths."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHeaderView

from vedette.desktop.preferences import Preferences

KEY = "issue.events.columns"
MOST = 12
_ORDER, _WIDTHS = "issue.events.order", "issue.events.widths"
_LEAST, _WIDEST = 32, 2_000


class ColumnMemory:
    """The columns of one project. A project without columns of its own begins with those chosen last."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self.project = 0

    def _key(self, what: str) -> str:
        return f"{what}.{self.project}"

    def own(self) -> tuple[str, ...]:
        """Return the names of the columns the user added."""
        kept: list[Any] = self._preferences.get(KEY, [])
        if self._preferences.is_set(self._key(KEY)):
            kept = self._preferences.get(self._key(KEY), [])
        return tuple(name for name in kept if isinstance(name, str) and name)[:MOST]

    def set_own(self, names: Sequence[str]) -> None:
        """Remember the added columns, the newest `MOST` of them."""
        for key in (KEY, self._key(KEY)):
            self._preferences.set(key, list(names)[-MOST:])

    def keep(self, header: QHeaderView, names: Sequence[str], *, stretched: int) -> None:
        """Remember the order and the widths of *header*, whose sections are called *names*."""
        order = [names[header.logicalIndex(at)] for at in range(header.count())]
        if order == list(names):
            self._preferences.reset(self._key(_ORDER))
        else:
            self._preferences.set(self._key(_ORDER), order)
        widths = {name: header.sectionSize(at) for at, name in enumerate(names) if at != stretched}
        self._preferences.set(self._key(_WIDTHS), widths)

    def forget(self) -> None:
        """Forget order and widths."""
        self._preferences.reset(self._key(_ORDER))
        self._preferences.reset(self._key(_WIDTHS))

    def restore(self, header: QHeaderView, names: Sequence[str], *, stretched: int) -> None:
        """Give *header* the order and widths remembered; columns that were not there then come last."""
        widths = self._preferences.get(self._key(_WIDTHS), {})
        for at, name in enumerate(names):
            width = widths.get(name)
            if isinstance(width, int) and at != stretched:
                header.resizeSection(at, max(_LEAST, min(_WIDEST, width)))
        order = self._preferences.get(self._key(_ORDER), [])
        place = 0
        for name in order:
            if name in names:
                header.moveSection(header.visualIndex(list(names).index(name)), place)
                place += 1
