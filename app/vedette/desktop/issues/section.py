"""The list of issues with the open issue beside it, or in its place where the window is narrow."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issues.actions import issue_commands
from vedette.desktop.issues.changes import IssueChanges
from vedette.desktop.issues.model import copied_line, link_to
from vedette.desktop.issues.view import IssuesView
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.notices import Toast
from vedette.domain.issues import Status
from vedette.domain.json import JsonObject
from vedette.store.queries.issue_rows import IssueRow

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge
    from vedette.desktop.issue.view import IssueView

NARROW = 800
"""With less room than this the open issue takes the list's place."""
FOLLOW_MS = 60
"""J held down: the open issue follows once the list has come to rest."""
_LIST_WIDTH = 336


class IssuesSection(QWidget):
    """Issues: list and detail, and what the commands do to them."""

    navigate = Signal(object)
    queryWanted = Signal(str)
    queryFailed = Signal(str, int)
    scopeCleared = Signal()
    countsChanged = Signal(dict)

    def __init__(
        self, bridge: "Bridge", commands: CommandRegistry, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("issues.section")
        self.setProperty("commandContext", "issues")
        self._commands = commands
        self._bridge = bridge
        self._theme = theme
        self._wanted: int | None = None
        self._sizes: list[int] = []  # as the user last drew them
        self._shown: Place = Place("issues")
        self.list = IssuesView(bridge, commands, theme)
        self.detail: IssueView | None = None  # made when the first issue is opened
        self.changes = IssueChanges(bridge, self)
        self.toast = Toast(theme, self, name="issues.toast")
        commands.register(*issue_commands(self))
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("issues.splitter")
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(FOLLOW_MS)
        self._follow.timeout.connect(self._follow_list)
        self._connect()
        self.setFocusProxy(self.list)

    def _keep_sizes(self) -> None:
        self._sizes = self.splitter.sizes()

    def reset_sizes(self) -> None:
        """Give list and detail their usual widths."""
        self._sizes = []
        self.splitter.setSizes([_LIST_WIDTH, max(1, self.width() - _LIST_WIDTH)])

    def _connect(self) -> None:
        self.splitter.splitterMoved.connect(lambda *_: self._keep_sizes())
        self.list.opened.connect(self._open)
        self.list.stepped.connect(self._note_step)
        self.list.navigate.connect(self.navigate)
        self.list.queryWanted.connect(self.queryWanted)
        self.list.queryFailed.connect(self.queryFailed)
        self.list.scopeCleared.connect(self.scopeCleared)
        self.list.countsChanged.connect(self.countsChanged)
        self.changes.done.connect(self._say_done)
        self.changes.failed.connect(self.list.say_trouble)
        self.changes.refused.connect(self.list.read_again)

    # ---------------------------------------------------------------- places

    @property
    def query(self) -> str:
        """The query shown."""
        return self.list.query

    def go(self, place: Place) -> None:
        """Show *place*: the list, or an issue beside it; ``extra`` names one of its events."""
        self._shown = place
        self.list.set_query(place.query)
        if place.id is None:
            self._hide_detail()
        else:
            self._show(int(place.id), place.extra)

    def title(self) -> str:
        """Return what the window's title says."""
        issue = self.detail.issue if self.detail is not None and self.has_detail() else None
        return "Issues" if issue is None else issue.type or issue.title

    def set_scope(self, scope: Scope) -> None:
        """Show only what is in *scope*."""
        self.list.set_scope(scope)

    def _open(self, number: int) -> None:
        self.navigate.emit(Place("issues", number, self.query))

    def _made_detail(self) -> "IssueView":
        if self.detail is None:
            from vedette.desktop.issue.view import IssueView  # start-up time

            self.detail = IssueView(self._bridge, self._commands, self._theme)
            self.detail.hide()
            self.splitter.addWidget(self.detail)
            self.splitter.setStretchFactor(0, 0)
            self.splitter.setStretchFactor(1, 1)
            self.detail.navigate.connect(self.navigate)
            handle = self.splitter.handle(1)
            handle.setToolTip("Double-click for the usual widths")
            handle.installEventFilter(self)
        return self.detail

    def _show(self, number: int, event: str) -> None:
        detail = self._made_detail()
        if event:
            detail.open(number, event)
        else:
            detail.open(number)
        opens = not self.has_detail()
        detail.show()
        self.list.set_open(number)
        self._arrange()
        if opens:
            self.splitter.setSizes(self._sizes or [_LIST_WIDTH, max(1, self.width() - _LIST_WIDTH)])
        self._see(number)
        self._commands.refresh()

    def _see(self, number: int) -> None:
        """Note that an issue was looked at; without a station that is simply not kept."""
        listed = self.list.model.row_by_key(number)
        if listed is None or not listed.issue.seen:
            self.list.foresee([number], seen=True)
            self.changes.change_quietly([number], {"hasSeen": True})

    def _hide_detail(self) -> None:
        self._wanted = None
        if self.detail is None or self.detail.isHidden():
            return
        focus = self.focusWidget()
        had_focus = focus is not None and self.detail.isAncestorOf(focus)
        self.detail.hide()
        self.list.set_open(None)
        self._arrange()
        if had_focus:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._commands.refresh()

    def _arrange(self) -> None:
        """Show the list beside the open issue where there is room for both."""
        alone = self.detail is not None and self.has_detail() and self.width() < NARROW
        self.list.setVisible(not alone)
        self.setFocusProxy(self.detail if alone and self.detail is not None else self.list)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.reset_sizes()
            return True
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _note_step(self, number: int) -> None:
        self._commands.refresh()
        if self.has_detail() and number != self._shown.id:
            self._wanted = number
            self._follow.start()

    def _follow_list(self) -> None:
        if self._wanted is not None and self.has_detail():
            self._open(self._wanted)

    # ---------------------------------------------------------------- what commands act on

    def has_detail(self) -> bool:
        """Whether an issue is open."""
        return self.detail is not None and not self.detail.isHidden()

    def has_row(self) -> bool:
        """Whether a row of the list is current."""
        return self.list.list.current_key() is not None

    def has_target(self) -> bool:
        return bool(self._targets())

    def _targets(self) -> list[IssueRow]:
        rows = [listed.issue for listed in self.list.list.targets]
        if not rows and self.detail is not None and self.has_detail() and self.detail.issue is not None:
            rows = [self.detail.issue]
        return rows

    def _change(self, words: str, body: JsonObject, **seen_at_once: object) -> None:
        ids = [row.id for row in self._targets()]
        self.list.foresee(ids, **seen_at_once)
        self.changes.change(ids, words, body)
        self.list.list.clear_marks()

    def _set_status(self, status: Status, words: str) -> None:
        self._change(words, {"status": status.value}, status=status, substatus=None)

    def resolve(self) -> None:
        self._set_status(Status.RESOLVED, "Resolved")

    def archive(self) -> None:
        self._set_status(Status.IGNORED, "Archived")

    def reopen(self) -> None:
        self._set_status(Status.UNRESOLVED, "Reopened")

    def star(self) -> None:
        """Star; or, if all have one, take the stars away."""
        starred = not all(row.starred for row in self._targets())
        self._change("Starred" if starred else "Unstarred", {"isBookmarked": starred}, starred=starred)

    def toggle_read(self) -> None:
        """Mark as read; or, if all are, as unread."""
        seen = not all(row.seen for row in self._targets())
        self._change("Marked read:" if seen else "Marked unread:", {"hasSeen": seen}, seen=seen)

    def undo(self) -> None:
        self.changes.undo_last()
        self.toast.hide()

    def can_undo(self) -> bool:
        return self.changes.can_undo

    def _say_done(self, sentence: str, undo: object) -> None:
        self.toast.say(sentence, undo)  # type: ignore[arg-type]
        self._commands.refresh()

    def copy_rows(self) -> None:
        """Put the rows on the clipboard, a line each."""
        self._copy(copied_line)

    def copy_ids(self) -> None:
        self._copy(lambda row: row.short)

    def copy_links(self) -> None:
        self._copy(lambda row: link_to(row, self._bridge.workspace.folder))

    def _copy(self, write: Callable[[IssueRow], str]) -> None:
        QGuiApplication.clipboard().setText("\n".join(map(write, self._targets())))

    # ---------------------------------------------------------------- moving

    def open_current(self) -> None:
        self.list.list.open_current()

    def step(self, by: int) -> None:
        """Go to the next or the previous issue of the list; the open one follows."""
        self.list.list.step(by)

    def can_step_out(self) -> bool:
        return self.has_detail() or bool(self.list.list.marked) or bool(self.list.list.selected_keys())

    def step_out(self) -> None:
        """Take marks away; or close the open issue; or let go of the current row."""
        if self.list.list.marked:
            self.list.list.clear_marks()
        elif self.has_detail():
            self.navigate.emit(Place("issues", query=self.query))
        else:
            self.list.list.clearSelection()

    def toggle_mark(self) -> None:
        self.list.list.toggle_mark()

    def mark_all(self) -> None:
        self.list.list.mark_all()

    def go_home(self) -> None:
        self.list.go_home()

    def show_menu(self) -> None:
        self.list.show_menu()

    def sort_by(self, sort: str) -> None:
        self.list.sort_by(sort)
