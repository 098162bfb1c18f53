"""How the user wants traces shown, kept among the preferences: grouping, gaps, clocks, colours, find."""

from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from vedette.desktop.preferences import Preferences
from vedette.desktop.trace.colouring import Colouring
from vedette.desktop.trace.siblings import USUAL, Shaping

RUNS = (0, 2, 5, 10, 25)
"""Alike spans from which they may be set to be one row; 0 is never."""
CHAINS = (0, 2, 3, 5, 10)
GAPS = (0, 10, 50, 100, 500, 1_000)
"""Milliseconds from which a gap may be set to have a row; 0 is never."""
_PREFIX = "trace."


class FindMode(StrEnum):
    """What becomes of the rows that were not found."""

    MARK = "mark"  # nothing
    DIM = "dim"
    FILTER = "filter"


class TraceOptions(QObject):
    """The preferences of traces, typed; ``changed`` names the one that has another value."""

    changed = Signal(str)

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        preferences.changed.connect(self._pass_on)

    def _pass_on(self, key: str) -> None:
        if key.startswith(_PREFIX):
            self.changed.emit(key.removeprefix(_PREFIX))

    def shaping(self) -> Shaping:
        """Return from when on rows are more than spans."""
        return Shaping(
            run=max(0, self._preferences.get("trace.group_from", USUAL.run)),
            chain=max(0, self._preferences.get("trace.chain_from", USUAL.chain)),
            gap=max(0, self._preferences.get("trace.gap_ms", USUAL.gap // 1_000)) * 1_000,
            clocks=self._preferences.get("trace.clocks", True),
        )

    def number(self, name: str) -> int:
        """Return ``group_from``, ``chain_from`` or ``gap_ms``."""
        shaping = self.shaping()
        return {"group_from": shaping.run, "chain_from": shaping.chain, "gap_ms": shaping.gap // 1_000}[name]

    def set_number(self, name: str, value: int) -> None:
        """Set ``group_from``, ``chain_from`` or ``gap_ms``."""
        self._preferences.set(f"{_PREFIX}{name}", value)

    def is_on(self, name: str) -> bool:
        """Return a switch: clocks, grouping and gaps are on unless switched off, path and legend off."""
        return self._preferences.get(f"{_PREFIX}{name}", name in ("clocks", "grouping", "gaps"))

    def switch(self, name: str) -> None:
        """Turn a switch round."""
        self._preferences.set(f"{_PREFIX}{name}", not self.is_on(name))

    def colouring(self) -> Colouring:
        """Return what bars are coloured by."""
        try:
            return Colouring(self._preferences.get("trace.colouring", Colouring.CATEGORY.value))
        except ValueError:
            return Colouring.CATEGORY

    def set_colouring(self, colouring: Colouring) -> None:
        """Colour bars by something else."""
        self._preferences.set("trace.colouring", colouring.value)

    def find_mode(self) -> FindMode:
        """Return what becomes of the rows that were not found."""
        try:
            return FindMode(self._preferences.get("trace.find_mode", FindMode.MARK.value))
        except ValueError:
            return FindMode.MARK

    def toggle_find_mode(self, mode: FindMode) -> None:
        """Choose *mode*, or leave it for plain marks."""
        chosen = FindMode.MARK if self.find_mode() is mode else mode
        self._preferences.set("trace.find_mode", chosen.value)

    def tree_share(self, usual: float) -> float:
        """Return the share of the width the tree column has."""
        return min(0.9, max(0.05, self._preferences.get("trace.tree_share", usual)))

    def set_tree_share(self, share: float) -> None:
        """Keep the share of the tree column."""
        self._preferences.set("trace.tree_share", round(share, 3))
