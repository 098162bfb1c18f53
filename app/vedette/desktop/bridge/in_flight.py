"""What a view has under way: one question of each kind, the newest; says when all are answered."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

Failed = Callable[[str, str], None]


class InFlight(QObject):
    """Puts questions to the bridge; a newer one of the same kind replaces the older, its answer dropped."""

    settled = Signal()
    """Nothing is under way any more."""

    def __init__(self, bridge: "Bridge", owner: QObject) -> None:
        super().__init__(owner)
        self._bridge = bridge
        self._owner = owner
        self._number = 0
        self._newest: dict[str, int] = {}
        self._tickets: dict[str, Any] = {}

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return not self._newest

    def holds(self, kind: str) -> bool:
        """Return whether a question of *kind* is under way."""
        return kind in self._newest

    def ask(
        self,
        kind: str,
        question: Callable[..., Any],
        *args: Any,
        answer: Callable[[Any], object],
        failed: Failed,
        limit: float = 5.0,
    ) -> None:
        """Run ``question(db, *args)`` beside the window; *answer* or *failed* is called here later."""
        number = self._begin(kind)
        ticket = self._bridge.ask(
            question,
            *args,
            answer=lambda found: self._end(kind, number, answer, found),
            failed=lambda *why: self._end(kind, number, failed, *why),
            owner=self._owner,
            limit=limit,
        )
        self._keep(kind, number, ticket)

    def compute(
        self,
        kind: str,
        work: Callable[..., Any],
        *args: Any,
        answer: Callable[[Any], object],
        failed: Failed,
    ) -> None:
        """Run ``work(*args)`` beside the window; *answer* or *failed* is called here later."""
        number = self._begin(kind)
        ticket = self._bridge.compute(
            work,
            *args,
            answer=lambda found: self._end(kind, number, answer, found),
            failed=lambda *why: self._end(kind, number, failed, *why),
            owner=self._owner,
        )
        self._keep(kind, number, ticket)

    def cancel(self, kind: str) -> None:
        """Drop the question of *kind*, if there is one."""
        self._newest.pop(kind, None)
        ticket = self._tickets.pop(kind, None)
        if ticket is not None:
            ticket.cancel()

    def cancel_all(self) -> None:
        """Drop every question."""
        for kind in list(self._newest):
            self.cancel(kind)

    def _begin(self, kind: str) -> int:
        self.cancel(kind)
        self._number += 1
        self._newest[kind] = self._number
        return self._number

    def _keep(self, kind: str, number: int, ticket: Any) -> None:
        if self._newest.get(kind) == number:  # else it was answered at once
            self._tickets[kind] = ticket

    def _end(self, kind: str, number: int, then: Callable[..., object], *found: Any) -> None:
        if self._newest.get(kind) != number:
            return
        del self._newest[kind]
        self._tickets.pop(kind, None)
        then(*found)
        if not self._newest:
            self.settled.emit()
