"""What has been asked and not yet answered."""

from collections.abc import Callable
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QObject

from vedette.domain.json import JsonValue

Answer = Callable[[Any], object]
Failed = Callable[[str, str], object]


class Station(Protocol):
    """The station as the bridge calls it; `link.StationLink` is one."""

    def call(
        self,
        ticket: "Ticket",
        method: str,
        path: str,
        body: JsonValue,
        query: list[tuple[str, str]],
        *,
        done: Callable[[], None],
    ) -> None: ...
    def send_test_event(self, ticket: "Ticket", dsn: str, *, done: Callable[[], None]) -> None: ...
    def stop(self) -> None: ...
    async def close(self) -> None: ...


class Ticket:
    """One question under way. The answer comes on the GUI thread, or never once cancelled."""

    __slots__ = ("_answer", "_failed", "_owner", "is_cancelled", "is_done", "stop")

    def __init__(self, answer: Answer | None, failed: Failed | None, owner: QObject) -> None:
        self._answer = answer
        self._failed = failed
        self._owner = owner
        self.is_cancelled = False
        self.is_done = False
        self.stop: Callable[[], object] | None = None

    def cancel(self) -> None:
        """Drop the answer; running work is interrupted where it can be. May be called twice."""
        self.is_cancelled = True
        if self.stop is not None and not self.is_done:
            self.stop()

    def _is_wanted(self) -> bool:
        # A view that was closed meanwhile must not hear of what it asked.
        return not self.is_cancelled and shiboken6.isValid(self._owner)

    def deliver(self, value: Any) -> None:
        """Hand the answer over; on the GUI thread."""
        self.is_done = True
        if self._answer is not None and self._is_wanted():
            self._answer(value)

    def fail(self, sentence: str, details: str) -> None:
        """Say why there is no answer; on the GUI thread."""
        self.is_done = True
        if self._failed is not None and self._is_wanted():
            self._failed(sentence, details)
