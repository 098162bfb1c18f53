"""Changing issues through the station, each change with its way back."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import orjson
from PySide6.QtCore import QObject, Signal

from vedette.desktop.widgets.units import plural
from vedette.domain.json import JsonObject

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

PATH = "/organizations/desk/issues/"
IDS_A_CALL = 300


class IssueChanges(QObject):
    """Sends changes to the station and tells what can be undone."""

    done = Signal(str, object)
    """A sentence for the toast, and what undoes it (a callable, or None)."""
    failed = Signal(str, str)

    def __init__(self, bridge: "Bridge", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._undo: list[Callable[[], None]] = []

    def change(self, ids: Sequence[int], words: str, body: JsonObject, *, quiet: bool = False) -> None:
        """Set *body* on the issues *ids*; *words* is the past tense for the toast: ``Resolved``."""
        if not ids:
            return
        some = list(ids[:IDS_A_CALL])
        sentence = f"{words} {plural(len(some), 'issue')}"

        def answered(answer: Any) -> None:
            before = (answer or {}).get("before") or {}
            if quiet:
                return
            undo = (lambda: self.restore(before)) if before else None
            if undo is not None:
                self._undo.append(undo)
            self.done.emit(sentence, undo)

        query = [("id", str(number)) for number in some]
        self._bridge.call("PUT", PATH, body, query=query, answer=answered, failed=self._fail, owner=self)
        if len(ids) > IDS_A_CALL:
            self.change(ids[IDS_A_CALL:], words, body, quiet=True)

    def restore(self, before: JsonObject) -> None:
        """Give the issues back what they were."""
        alike: dict[bytes, list[str]] = {}
        for number, state in before.items():
            alike.setdefault(orjson.dumps(state, option=orjson.OPT_SORT_KEYS), []).append(number)
        for state, numbers in alike.items():
            query = [("id", number) for number in numbers]
            body = orjson.loads(state)
            self._bridge.call("PUT", PATH, body, query=query, failed=self._fail, owner=self)

    def undo_last(self) -> None:
        """Take back the newest change that was not taken back yet."""
        if self._undo:
            self._undo.pop()()

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    def _fail(self, sentence: str, details: str) -> None:
        self.failed.emit(sentence, details)
