"""Which keys and values there are to write: asked of the store beside the window, kept for a moment."""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.shell.query_bar.keys import KeyFact, ValueFact, known_keys
from vedette.desktop.shell.scope import Scope

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

KEPT_SECONDS = 20.0
SECONDS = 1.0
"""The store is asked no longer than this for what could be written."""
_MOST_KEPT = 64


class StoreFacts(QObject):
    """Keys and values of what was stored, with counts in the scope that is looked at."""

    arrived = Signal()
    """There is more to offer than was said before."""

    def __init__(self, bridge: "Bridge", parent: QObject, *, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(parent)
        self._asking = InFlight(bridge, self)
        self._clock = clock
        self._scope = Scope()
        self._keys: Sequence[KeyFact] | None = None
        self._read_at = 0.0
        self._values: dict[tuple[str, str], tuple[float, Sequence[ValueFact]]] = {}

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self._asking.is_settled

    def set_scope(self, scope: Scope) -> None:
        """Count in *scope* from now on."""
        if scope != self._scope:
            self._scope = scope
            self._keys = None
            self._values.clear()

    def keys(self) -> Sequence[KeyFact]:
        """Return the keys known now: at first those of the language."""
        if self._keys is None or self._clock() - self._read_at > KEPT_SECONDS:
            self._read_at = self._clock()
            self._ask("keys", _read_keys, self._scope, answer=self._take_keys)
        return known_keys() if self._keys is None else self._keys

    def values(self, key: str, prefix: str) -> Sequence[ValueFact]:
        """Return the values known now: those of a shorter prefix until its own have come."""
        at, found = self._values.get((key, prefix), (0.0, None))
        if found is None or self._clock() - at > KEPT_SECONDS:
            self._ask(
                "values", _read_values, self._scope, key, prefix,
                answer=lambda facts: self._take_values(key, prefix, facts),
            )  # fmt: skip
        if found is not None:
            return found
        shorter = (self._values.get((key, prefix[:n])) for n in range(len(prefix), -1, -1))
        return next((kept[1] for kept in shorter if kept is not None), ())

    def _ask(
        self, kind: str, question: Callable[..., Any], *given: object, answer: Callable[[Any], object]
    ) -> None:
        if kind == "keys" and self._asking.holds(kind):
            return
        self._asking.ask(kind, question, *given, answer=answer, failed=lambda *_: None, limit=SECONDS)

    def _take_keys(self, keys: Sequence[KeyFact]) -> None:
        self._keys = keys
        self.arrived.emit()

    def _take_values(self, key: str, prefix: str, facts: Sequence[ValueFact]) -> None:
        while len(self._values) >= _MOST_KEPT:
            del self._values[next(iter(self._values))]
        self._values[key, prefix] = (self._clock(), facts)
        self.arrived.emit()


# The store is loaded in the worker that asks it first, not with the window.


def _read_keys(db: Any, scope: Scope) -> list[KeyFact]:
    from vedette.desktop.shell.query_bar.read import read_keys

    return read_keys(db, scope)


def _read_values(db: Any, scope: Scope, key: str, prefix: str) -> list[ValueFact]:
    from vedette.desktop.shell.query_bar.read import read_values

    return read_values(db, scope, key, prefix)
