"""The list of issues with the open issue beside it, or in its place where the window is narrow."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issues.actions import issue_commands
from vedette.desktop.issues.view import IssuesView
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.notices import Toast
from vedette.domain.issues import Status

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge
    from vedette.desktop.issue.view import IssueView

NARROW = 860
"""Below this the open issue takes the list's place."""
FOLLOW_MS = 60
"""J held down: the open issue follows once the list has come to rest."""
_LIST_WIDTH = 330


class IssuesSection(QWidget):
    """Issues: list and detail. Implements what the issue commands act on."""

    navigate = Signal(object)
    queryFailed = Signal(str)
    countsChanged = Signal(dict)
    queryWanted = Signal()

    def __init__(
        self, bridge: "Bridge", commands: CommandRegistry, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("issues.section")
        self.setProperty("commandContext", "issues")
        self._commands = commands
        self._bridge = bridge
        self._wanted: int | None = None
        self.list = IssuesView(bridge, commands, theme)
        commands.register(*issue_commands(self))
        self._theme = theme
        self.detail: IssueView | None = None  # made when the first issue is opened
        self.toast = Toast(theme, self, name="issues.toast")
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("issues.splitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(FOLLOW_MS)
        self._follow.timeout.connect(self._follow_list)
        self.list.opened.connect(lambda number: self.navigate.emit(Place("issues", number)))
        self.list.stepped.connect(self._step)
        self.list.navigate.connect(self.navigate)
        self.list.queryFailed.connect(self.queryFailed)
        self.list.countsChanged.connect(self.countsChanged)
        self.list.changes.done.connect(self._say_done)
        self.setFocusProxy(self.list)

    # ---------------------------------------------------------------- places

    def go(self, place: Place) -> None:
        """Show *place*: the list, or an issue beside it."""
        self.list.set_query(place.query)
        if place.id is None:
            self._hide_detail()
            return
        number = int(place.id)
        self.list.select(number)
        self._show(number, place.extra or "recommended")

    def set_scope(self, scope: Scope) -> None:
        """Show only what is in *scope*."""
        self.list.set_scope(scope)

    def _made_detail(self) -> "IssueView":
        if self.detail is None:
            from vedette.desktop.issue.view import IssueView  # start-up time

            self.detail = IssueView(self._bridge, self._commands, self._theme)
            self.detail.hide()
            self.splitter.addWidget(self.detail)
            self.splitter.setStretchFactor(1, 1)
            self.detail.navigate.connect(self.navigate)
        return self.detail

    def _show(self, number: int, event: str) -> None:
        detail = self._made_detail()
        detail.open(number, event)
        if not self.has_detail():
            detail.show()
            self.splitter.setSizes([_LIST_WIDTH, max(1, self.width() - _LIST_WIDTH)])
        self._arrange()
        self.list.changes.change([number], "Read", {"hasSeen": True}, quiet=True)
        self._commands.refresh()

    def _hide_detail(self) -> None:
        focus = self.focusWidget()
        had_focus = self.detail is not None and focus is not None and self.detail.isAncestorOf(focus)
        if self.detail is not None:
            self.detail.hide()
        self._arrange()
        if had_focus:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._commands.refresh()

    def _arrange(self) -> None:
        beside = self.has_detail()
        narrow = self.width() < NARROW
        self.list.set_compact(beside)
        self.list.setVisible(not (beside and narrow))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _step(self, number: int) -> None:
        if self.has_detail() and self.list.isVisible() and number != self._open_id():
            self._wanted = number
            self._follow.start()

    def _follow_list(self) -> None:
        if self._wanted is not None and self.has_detail():
            self.navigate.emit(Place("issues", self._wanted))

    # ---------------------------------------------------------------- commands

    def _target_ids(self) -> list[int]:
        selected = self.list.target_ids
        if selected:
            return selected
        shown = self._open_id()
        return [] if shown is None else [shown]

    def _open_id(self) -> int | None:
        return self.detail.issue_id if self.detail is not None and self.has_detail() else None

    def has_target(self) -> bool:
        return bool(self._target_ids())

    def _rows(self) -> list[Any]:
        rows = [listed.issue for listed in self.list.targets()]
        if not rows and self.detail is not None and self.detail.issue is not None:
            rows = [self.detail.issue]
        return rows

    def resolve(self) -> None:
        """Resolve, or reopen what is resolved already."""
        done = bool(self._rows()) and all(row.status is Status.RESOLVED for row in self._rows())
        status = Status.UNRESOLVED if done else Status.RESOLVED
        self.list.change_status(self._target_ids(), status, "Reopened" if done else "Resolved")

    def archive(self) -> None:
        """Archive, or bring back what is archived already."""
        done = bool(self._rows()) and all(row.status is Status.IGNORED for row in self._rows())
        status = Status.UNRESOLVED if done else Status.IGNORED
        self.list.change_status(self._target_ids(), status, "Brought back" if done else "Archived")

    def star(self) -> None:
        starred = bool(self._rows()) and all(row.starred for row in self._rows())
        words = "Unstarred" if starred else "Starred"
        self.list.changes.change(self._target_ids(), words, {"isBookmarked": not starred})

    def toggle_read(self) -> None:
        seen = bool(self._rows()) and all(row.seen for row in self._rows())
        words = "Marked unread:" if seen else "Marked read:"
        self.list.changes.change(self._target_ids(), words, {"hasSeen": not seen})

    def copy_rows(self) -> None:
        self.list.copy_rows(self._target_ids())

    def copy_links(self) -> None:
        links = [f"vedette://desk/issues/{row.short}" for row in self._rows()]
        QGuiApplication.clipboard().setText("\n".join(links))

    def undo(self) -> None:
        self.list.changes.undo_last()
        self._commands.refresh()

    def can_undo(self) -> bool:
        return self.list.changes.can_undo

    def open_current(self) -> None:
        self.list.list.open_current()

    def has_detail(self) -> bool:
        return self.detail is not None and not self.detail.isHidden()

    def close_detail(self) -> None:
        self.navigate.emit(Place("issues"))

    def focus_query(self) -> None:
        self.queryWanted.emit()

    def go_home(self) -> None:
        self.list.go_home()

    def clear_query(self) -> None:
        self.list.clear_query()

    def _say_done(self, sentence: str, undo: object) -> None:
        self.toast.say(sentence, undo)  # type: ignore[arg-type]
        self._commands.refresh()
