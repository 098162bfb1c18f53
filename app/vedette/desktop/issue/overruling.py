"""What a person knows better than the rules about the open issue: merging, splitting, moving, unmerging."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.grouping.conditions import conditions_of
from vedette.desktop.issue.head.navigator import EVENTS
from vedette.desktop.regrouping.acting import Regrouping
from vedette.desktop.regrouping.commands import event_commands, merge_command, register_merge
from vedette.desktop.theme.theme import Theme

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge
    from vedette.desktop.issue.events.page import EventsPage
    from vedette.desktop.issue.read import EventPage
    from vedette.store.queries.issues import IssueRow


class Shown(Protocol):
    """The issue that is open, as far as it is needed here."""

    events: "EventsPage"

    @property
    def issue(self) -> "IssueRow | None": ...
    @property
    def page(self) -> "EventPage | None": ...
    def part(self) -> str: ...


class Overruling(QObject):
    """The commands that overrule grouping, for the issue and event that *view* shows."""

    def __init__(
        self, bridge: "Bridge", theme: Theme, commands: CommandRegistry, view: Shown, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._view = view
        self.regrouping = Regrouping(bridge, theme, parent)
        register_merge(commands, merge_command(self._merge, self._has_issue))
        commands.register(*event_commands(self._split, self._move, self._has_event))

    def _has_issue(self) -> bool:
        return self._view.issue is not None

    def _has_event(self) -> bool:
        return self._view.page is not None and not self._view.page.missing

    def _merge(self) -> None:
        if self._view.issue is not None:
            self.regrouping.ask_merge(self._view.issue)

    def _split(self) -> None:
        issue, page = self._view.issue, self._view.page
        if issue is not None and page is not None:
            self.regrouping.ask_split(issue, conditions_of(page.event, page.tags))

    def _move(self) -> None:
        """Ask where the events go that are marked in the list of all, else the one shown."""
        issue, page = self._view.issue, self._view.page
        if issue is None or page is None:
            return
        listed = self._view.events.selected() if self._view.part() == EVENTS else ()
        rows = [one.row for one in listed] or [page.row]
        self.regrouping.ask_move(issue, [row.event_id for row in rows])

    def unmerge(self, hashes: list[str]) -> None:
        """Take *hashes* out of the issue, into one of their own."""
        if self._view.issue is not None:
            self.regrouping.unmerge(self._view.issue, hashes)
