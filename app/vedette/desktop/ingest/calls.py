"""What the inspector asks of the station: adopting a project, blocking a sender. Each says how it ended."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from vedette.desktop.ingest.wording import client_name
from vedette.domain.json import JsonValue

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge


class StationCalls(QObject):
    """Calls under way on behalf of a view."""

    done = Signal(str, object)
    """A sentence on what was done, and what takes it back (or None)."""
    failed = Signal(str, str)
    ended = Signal()

    def __init__(self, bridge: "Bridge", owner: QObject) -> None:
        super().__init__(owner)
        self._bridge = bridge
        self._under_way = 0

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self._under_way == 0

    def adopt(self, request: int, client: str) -> None:
        """Let the unknown key of a refused request in from now on."""
        sentence = f"Adopted. What {client_name(client)} sends from now on is taken."
        self._call("POST", f"/requests/{request}/adopt/", None, sentence, "It was not adopted", None)

    def block(self, sender: int, client: str, *, blocked: bool, can_undo: bool = True) -> None:
        """Take nothing from a sender any more, or again."""
        name = client_name(client)
        sentence = f"{name} is blocked." if blocked else f"{name} may send again."

        def undo() -> None:
            self.block(sender, client, blocked=not blocked, can_undo=False)

        self._call(
            "PUT", f"/senders/{sender}/", {"blocked": blocked}, sentence, "Nothing was changed",
            undo if can_undo else None,
        )  # fmt: skip

    def _call(
        self,
        method: str,
        path: str,
        body: JsonValue,
        sentence: str,
        failure: str,
        undo: Callable[[], None] | None,
    ) -> None:
        self._under_way += 1

        def answer(_found: Any) -> None:
            self._under_way -= 1
            self.done.emit(sentence, undo)
            self.ended.emit()

        def failed(why: str, details: str) -> None:
            self._under_way -= 1
            self.failed.emit(f"{failure}: {why}", details)
            self.ended.emit()

        self._bridge.call(method, path, body, answer=answer, failed=failed, owner=self)
