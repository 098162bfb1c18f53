"""Changing issues through the station: by id or whatever a search finds, each change with its way back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson
from PySide6.QtCore import QObject, Signal

from vedette.desktop.issues.counted import grouped
from vedette.desktop.language import tr
from vedette.domain.json import JsonObject, JsonValue

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

PATH = "/organizations/desk/issues/"
RESTORED = "/organizations/desk/restored-issues/"
IDS_A_CALL = 300
MOST_UNDO = 100

Sentence = Callable[[int], str]
"""Says for how many issues what was done: ``Resolved 3 issues``."""
Wanted = list[tuple[str, str]]
"""Which issues a call is for, as URL parameters."""


@dataclass(slots=True)
class Done:
    """A change that was made: what was set, what each issue was before, and what was said."""

    body: JsonObject
    sentence: Sentence
    before: dict[str, Any] = field(default_factory=dict)

    @property
    def ids(self) -> list[int]:
        return [int(number) for number in self.before]

    @property
    def said(self) -> str:
        return grouped(self.sentence(len(self.before)), len(self.before))


class IssueChanges(QObject):
    """Sends changes to the station and tells what can be undone and done again."""

    done = Signal(str, object)
    """A sentence for the toast, and what undoes it (None: it was itself taken back or done again)."""
    failed = Signal(str, str)
    """Why nothing was changed, and the details."""
    refused = Signal(list)
    """These issues are not what was hoped for: read them again."""

    def __init__(self, bridge: "Bridge", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._undo: list[Done] = []
        self._redo: list[Done] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change that was taken back and can be made again."""
        return bool(self._redo)

    def change(self, ids: Sequence[int], sentence: Sentence, body: JsonObject) -> None:
        """Set *body* on the issues *ids*; *sentence* is for the toast."""
        if ids:
            portions = [_named(ids[at : at + IDS_A_CALL]) for at in range(0, len(ids), IDS_A_CALL)]
            self._send(portions, Done(body, sentence), list(ids), self._offer_undo)

    def change_found(self, wanted: Wanted, held: Sequence[int], sentence: Sentence, body: JsonObject) -> None:
        """Set *body* on whatever *wanted* finds, among it the issues *held*."""
        self._send([wanted], Done(body, sentence), list(held), self._offer_undo)

    def change_quietly(self, ids: Sequence[int], body: JsonObject) -> None:
        """Set *body* with neither toast nor complaint, as for what was seen in passing."""
        self._bridge.call("PUT", PATH, body, query=_named(ids), owner=self)

    def _send(
        self, portions: Sequence[Wanted], change: Done, held: list[int], then: Callable[[Done], None]
    ) -> None:
        """Send a portion, then the rest; *then* takes all of it as one change."""

        def answered(answer: Any) -> None:
            change.before.update((answer or {}).get("before") or {})
            change.before.update(dict.fromkeys((answer or {}).get("deleted") or (), _DELETED))
            if len(portions) > 1:
                self._send(portions[1:], change, held, then)
            else:
                then(change)

        def failed(why: str, details: str) -> None:
            self.refused.emit(held)
            self.failed.emit(why, details)
            if change.before:
                then(change)  # a part was changed, and can be taken back

        self._bridge.call(
            "PUT", PATH, change.body, query=portions[0], answer=answered, failed=failed, owner=self
        )

    def _offer_undo(self, change: Done) -> None:
        self._redo.clear()
        self._keep(change)
        self.done.emit(change.said, partial(self._take_back, change))

    def _keep(self, change: Done) -> None:
        self._undo = [*self._undo[1 - MOST_UNDO :], change]

    def _take_back(self, change: Done) -> None:
        if change in self._undo:  # else Ctrl+Z was quicker than the toast
            self._undo.remove(change)
            self._restore(change)

    def undo_last(self) -> None:
        """Take back the newest change that was not taken back yet."""
        if self._undo:
            self._restore(self._undo.pop())

    def redo_last(self) -> None:
        """Make the change again that was taken back last."""
        if self._redo:
            change = self._redo.pop()
            again = Done(change.body, change.sentence)
            ids = change.ids
            portions = [_named(ids[at : at + IDS_A_CALL]) for at in range(0, len(ids), IDS_A_CALL)]
            self._send(portions, again, ids, self._say_redone)

    def _say_redone(self, change: Done) -> None:
        self._keep(change)
        self.done.emit(tr("Done again: {what}").format(what=change.said), None)

    def _bring_back(self, numbers: list[int]) -> None:
        for at in range(0, len(numbers), IDS_A_CALL):
            ids: JsonValue = [str(number) for number in numbers[at : at + IDS_A_CALL]]
            self._bridge.call("POST", RESTORED, {"issues": ids}, failed=self.failed.emit, owner=self)

    def _restore(self, change: Done) -> None:
        """Give the issues back what they were."""
        for state, numbers in _alike(change.before):
            if state == _DELETED:
                self._bring_back(numbers)
                continue
            for at in range(0, len(numbers), IDS_A_CALL):
                self._bridge.call(
                    "PUT",
                    PATH,
                    state,
                    query=_named(numbers[at : at + IDS_A_CALL]),
                    failed=self.failed.emit,
                    owner=self,
                )
        self._redo = [*self._redo[1 - MOST_UNDO :], change]
        self.done.emit(tr("Taken back: {what}").format(what=change.said), None)


_DELETED: JsonObject = {"deleted": True}
"""What an issue is said to have been before that is brought back, not changed."""


def _alike(before: Mapping[str, Any]) -> list[tuple[JsonObject, list[int]]]:
    """Return the states there were, each with the issues that were so."""
    alike: dict[bytes, list[int]] = {}
    for number, state in before.items():
        alike.setdefault(orjson.dumps(state, option=orjson.OPT_SORT_KEYS), []).append(int(number))
    return [(orjson.loads(state), numbers) for state, numbers in alike.items()]


def _named(ids: Sequence[int]) -> Wanted:
    return [("id", str(number)) for number in ids]
