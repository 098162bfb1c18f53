"""Changing issues through the station, each change with its way back."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson
from PySide6.QtCore import QObject, Signal

from vedette.desktop.widgets.units import plural
from vedette.domain.json import JsonObject

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

PATH = "/organizations/desk/issues/"
IDS_A_CALL = 300
MOST_UNDO = 100


class IssueChanges(QObject):
    """Sends changes to the station and tells what can be undone."""

    done = Signal(str, object)
    """A sentence for the toast, and what undoes it."""
    failed = Signal(str, str)
    """Why nothing was changed, and the details."""
    refused = Signal(list)
    """These issues are not what was hoped for: read them again."""

    def __init__(self, bridge: "Bridge", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._undo: list[Callable[[], None]] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._undo)

    def change(self, ids: Sequence[int], words: str, body: JsonObject) -> None:
        """Set *body* on the issues *ids*; *words* is the past tense for the toast: ``Resolved``."""
        if ids:
            self._send(list(ids), body, f"{words} {plural(len(ids), 'issue')}", {})

    def change_quietly(self, ids: Sequence[int], body: JsonObject) -> None:
        """Set *body* with neither toast nor complaint, as for what was seen in passing."""
        self._bridge.call("PUT", PATH, body, query=_places(ids), owner=self)

    def _send(self, ids: list[int], body: JsonObject, sentence: str, before: JsonObject) -> None:
        """Send a portion, then the rest; one undo for all of it."""
        some, rest = ids[:IDS_A_CALL], ids[IDS_A_CALL:]

        def answered(answer: Any) -> None:
            known = {**before, **((answer or {}).get("before") or {})}
            if rest:
                self._send(rest, body, sentence, known)
            else:
                self._offer_undo(sentence, known)

        def failed(why: str, details: str) -> None:
            self.refused.emit(ids)
            self.failed.emit(why, details)

        self._bridge.call("PUT", PATH, body, query=_places(some), answer=answered, failed=failed, owner=self)

    def _offer_undo(self, sentence: str, before: JsonObject) -> None:
        undo = partial(self._restore, before)
        self._undo = [*self._undo[-MOST_UNDO:], undo]
        self.done.emit(sentence, partial(self._take_back, undo))

    def _take_back(self, undo: Callable[[], None]) -> None:
        if undo in self._undo:  # else Ctrl+Z was quicker than the toast
            self._undo.remove(undo)
            undo()

    def undo_last(self) -> None:
        """Take back the newest change that was not taken back yet."""
        if self._undo:
            self._undo.pop()()

    def _restore(self, before: JsonObject) -> None:
        """Give the issues back what they were."""
        alike: dict[bytes, list[int]] = {}
        for number, state in before.items():
            alike.setdefault(orjson.dumps(state, option=orjson.OPT_SORT_KEYS), []).append(int(number))
        for state, numbers in alike.items():
            for at in range(0, len(numbers), IDS_A_CALL):
                self._bridge.call(
                    "PUT",
                    PATH,
                    orjson.loads(state),
                    query=_places(numbers[at : at + IDS_A_CALL]),
                    failed=self.failed.emit,
                    owner=self,
                )


def _places(ids: Sequence[int]) -> list[tuple[str, str]]:
    return [("id", str(number)) for number in ids]
