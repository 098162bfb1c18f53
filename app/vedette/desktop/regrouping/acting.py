"""Merging, splitting, moving and unmerging through the station; each can be taken back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vedette.desktop.language import tr
from vedette.desktop.regrouping.choose_issue import ChooseIssueDialog
from vedette.desktop.regrouping.split_dialog import SplitDialog
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.units import count
from vedette.domain.json import JsonObject
from vedette.store.queries.issues import IssueRow

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

ORGANIZATION = "/organizations/desk"


class Regrouping(QObject):
    """Asks what is missing, then acts. ``done`` carries a sentence and what takes it back."""

    done = Signal(str, object)
    failed = Signal(str, str)

    def __init__(self, bridge: "Bridge", theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._parent = parent

    def merge(self, issues: Sequence[int]) -> None:
        """Merge *issues*, at least two: the one with most events takes in the others."""
        if len(issues) < 2:
            return
        words = tr("Merged {count} issues").format(count=count(len(issues)))
        self._send(
            "PUT",
            f"{ORGANIZATION}/issues/",
            {"merge": True},
            words,
            query=[("id", str(number)) for number in issues],
        )

    def ask_merge(self, issue: IssueRow) -> None:
        """Ask which issue *issue* is to be merged with."""
        dialog = self._dialog(
            tr("Merge {issue} with…").format(issue=issue.short), tr("Merge"), issue, [issue.id]
        )
        dialog.chosen.connect(lambda other: self.merge([issue.id, other.id]))
        dialog.open()

    def ask_split(self, issue: IssueRow, conditions: Sequence[str]) -> None:
        """Ask which events of *issue* are something else; *conditions* are matchers to tick."""
        dialog = SplitDialog(
            self._bridge,
            self._theme,
            self._parent,
            issue=issue.id,
            short=issue.short,
            conditions=conditions,
        )

        def take(matchers: str, is_there: bool) -> None:
            if not is_there:
                self.split(issue, matchers, None)
                return
            which = self._dialog(tr("Split into…"), tr("Split"), issue, [issue.id])
            which.chosen.connect(lambda other: self.split(issue, matchers, other.id))
            which.open()

        dialog.chosen.connect(take)
        dialog.open()

    def split(self, issue: IssueRow, matchers: str, target: int | None) -> None:
        """Send the events of *issue* that fit *matchers* to *target*, a new issue if None."""
        body: JsonObject = {"matchers": matchers}
        if target is not None:
            body["target"] = str(target)
        words = tr("Events split off from {issue}").format(issue=issue.short)
        self._send("POST", f"{ORGANIZATION}/issues/{issue.id}/split/", body, words)

    def ask_move(self, issue: IssueRow, events: Sequence[str]) -> None:
        """Ask where *events* (ids, 32 hex) of *issue* are to go."""
        title = tr("Move %n event(s) to…", "", len(events))
        dialog = self._dialog(title, tr("Move"), issue, [issue.id], new_too=True)
        dialog.chosen.connect(lambda other: self.move(issue, events, other.id if other is not None else None))
        dialog.open()

    def move(self, issue: IssueRow, events: Sequence[str], target: int | None) -> None:
        """Move *events* of *issue* to *target*, a new issue if None; there they stay."""
        body: JsonObject = {"events": list(events)}
        if target is not None:
            body["target"] = str(target)
        words = tr("Moved %n event(s)", "", len(events))
        self._send("POST", f"{ORGANIZATION}/issues/{issue.id}/move-events/", body, words)

    def unmerge(self, issue: IssueRow, hashes: Sequence[str]) -> None:
        """Let *hashes* of *issue* become an issue of their own."""
        query = [("id", digest) for digest in hashes]
        words = tr("Took %n hash(es) out of {issue}", "", len(hashes)).format(issue=issue.short)
        self._send("DELETE", f"{ORGANIZATION}/issues/{issue.id}/hashes/", None, words, query=query)

    def undo(self, regrouping: int) -> None:
        """Take a regrouping back, for later events too."""
        self._bridge.call(
            "DELETE",
            f"{ORGANIZATION}/regroupings/{regrouping}/",
            answer=lambda _: self.done.emit(tr("Taken back"), None),
            failed=self.failed.emit,
            owner=self,
        )

    def _dialog(
        self, title: str, verb: str, issue: IssueRow, without: Sequence[int], *, new_too: bool = False
    ) -> ChooseIssueDialog:
        return ChooseIssueDialog(
            self._bridge,
            self._theme,
            self._parent,
            title=title,
            verb=verb,
            project=issue.project,
            without=without,
            new_too=new_too,
        )

    def _send(
        self,
        method: str,
        path: str,
        body: JsonObject | None,
        words: str,
        *,
        query: list[tuple[str, str]] | None = None,
    ) -> None:
        def answered(answer: Any) -> None:
            # A merge tells of itself among other changes of issues, the others are told alone.
            told = (answer or {}).get("merge") or answer or {}
            number = told.get("regrouping") or told.get("id")
            undo = None if number is None else (lambda: self.undo(int(number)))
            self.done.emit(words, undo)

        self._bridge.call(
            method, path, body, query=query, answer=answered, failed=self.failed.emit, owner=self
        )
