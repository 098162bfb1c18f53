"""Resolve, archive and star one open issue where no list does it: each with its way back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from vedette.desktop.language import tr
from vedette.domain.issues import Status
from vedette.domain.json import JsonObject
from vedette.store.queries.issues import IssueRow

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

PATH = "/organizations/desk/issues/"


class IssueChanging(QObject):
    """Sends a change to the station; the live feed then brings what became of it."""

    done = Signal(str, object)
    """A sentence, and what undoes it (a callable, or None)."""
    failed = Signal(str, str)

    def __init__(self, bridge: "Bridge", current: Callable[[], IssueRow | None], parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._current = current
        self._undo: list[Callable[[], None]] = []

    def has_issue(self) -> bool:
        """Return whether an issue is open."""
        return self._current() is not None

    def can_undo(self) -> bool:
        """Return whether something was changed and not taken back."""
        return bool(self._undo)

    def resolve(self) -> None:
        """Resolve the open issue, or reopen it if it is resolved."""
        if (issue := self._current()) is not None:
            done = issue.status is Status.RESOLVED
            status = Status.UNRESOLVED if done else Status.RESOLVED
            words = tr("Reopened {issue}") if done else tr("Resolved {issue}")
            self._change(issue, words, {"status": status.value})

    def archive(self) -> None:
        """Archive the open issue, or bring it back if it is archived."""
        if (issue := self._current()) is not None:
            done = issue.status is Status.IGNORED
            status = Status.UNRESOLVED if done else Status.IGNORED
            words = tr("Brought back {issue}") if done else tr("Archived {issue}")
            self._change(issue, words, {"status": status.value})

    def star(self) -> None:
        """Star the open issue, or take its star away."""
        if (issue := self._current()) is not None:
            words = tr("Removed the star of {issue}") if issue.starred else tr("Starred {issue}")
            self._change(issue, words, {"isBookmarked": not issue.starred})

    def undo(self) -> None:
        """Take the newest change back."""
        if self._undo:
            self._undo.pop()()

    def _change(self, issue: IssueRow, words: str, body: JsonObject) -> None:
        number = str(issue.id)

        def answered(answer: Any) -> None:
            before = ((answer or {}).get("before") or {}).get(number)
            undo = (lambda: self._send(number, before)) if before else None
            if undo is not None:
                self._undo.append(undo)
            self.done.emit(words.format(issue=issue.short), undo)

        self._send(number, body, answered)

    def _send(self, number: str, body: JsonObject, answered: Callable[[Any], None] | None = None) -> None:
        self._bridge.call(
            "PUT", PATH, body, query=[("id", number)], answer=answered, failed=self.failed.emit, owner=self
        )
