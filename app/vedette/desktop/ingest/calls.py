"""What the inspector asks of the station: adopting a project, blocking a sender. Each says how it ended."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from vedette.desktop.ingest.wording import client_name, word_of
from vedette.desktop.language import tr
from vedette.domain.json import JsonValue
from vedette.domain.outcomes import Outcome

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
        """Let the unknown key of a refused request in, and take what was refused for it."""
        name = client_name(client)

        def say(answer: Any) -> str:
            taken = int((answer or {}).get("taken") or 0)
            left = int((answer or {}).get("left") or 0)
            said = tr("Adopted. What {name} sends from now on is taken.").format(name=name)
            if taken:
                said += " " + tr("%n refused request(s) (was|were) stored too.", "", taken)
            if left:
                said += " " + tr("%n (is|are) left: adopt once more.", "", left)
            return said

        self._call("POST", f"/requests/{request}/adopt/", None, say, tr("It was not adopted: {why}"), None)

    def parse_again(self, request: int) -> None:
        """Put the items of a request that were not stored through processing once more."""

        def say(answer: Any) -> str:
            outcome = str((answer or {}).get("outcome") or "")
            if outcome == Outcome.STORED:
                return tr("Parsed again: all of it is stored.")
            return tr("Parsed again: it is still {outcome}.").format(outcome=word_of(Outcome(outcome)))

        path = f"/requests/{request}/parse/"
        self._call("POST", path, None, say, tr("It was not parsed again: {why}"), None)

    def block(self, sender: int, client: str, *, blocked: bool, can_undo: bool = True) -> None:
        """Take nothing from a sender any more, or again."""
        name = client_name(client)
        words = tr("{name} is blocked.") if blocked else tr("{name} may send again.")
        sentence = words.format(name=name)

        def undo() -> None:
            self.block(sender, client, blocked=not blocked, can_undo=False)

        self._call(
            "PUT", f"/senders/{sender}/", {"blocked": blocked}, lambda _: sentence,
            tr("Nothing was changed: {why}"),
            undo if can_undo else None,
        )  # fmt: skip

    def _call(
        self,
        method: str,
        path: str,
        body: JsonValue,
        sentence: Callable[[Any], str],
        failure: str,
        undo: Callable[[], None] | None,
    ) -> None:
        self._under_way += 1

        def answer(found: Any) -> None:
            self._under_way -= 1
            self.done.emit(sentence(found), undo)
            self.ended.emit()

        def failed(why: str, details: str) -> None:
            self._under_way -= 1
            self.failed.emit(failure.format(why=why), details)
            self.ended.emit()

        self._bridge.call(method, path, body, answer=answer, failed=failed, owner=self)
