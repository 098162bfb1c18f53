"""The list of issues with the open issue beside it, below it, or in its place where the window is narrow."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issues.acting import IssueActing
from vedette.desktop.issues.actions import ON_SELECTION, issue_commands
from vedette.desktop.issues.columns import KEYS, Shown
from vedette.desktop.issues.groups import GroupBy
from vedette.desktop.issues.in_release import ReleaseDialog, read_releases
from vedette.desktop.issues.label_menu import LabelMenu
from vedette.desktop.issues.layout import ListAndDetail
from vedette.desktop.issues.read import ListedIssue
from vedette.desktop.issues.until import UntilDialog
from vedette.desktop.issues.view import IssuesView
from vedette.desktop.language import tr
from vedette.desktop.regrouping.acting import Regrouping
from vedette.desktop.regrouping.commands import merge_command
from vedette.desktop.shell.layouts import Layout
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.notices import Toast
from vedette.store.queries.issue_rows import IssueRow, IssueSort

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge
    from vedette.desktop.issue.view import IssueView

FOLLOW_MS = 60
"""J held down: the open issue follows once the list has come to rest."""


class IssuesSection(QWidget):
    """Issues: list and detail, and what the commands do to them."""

    navigate = Signal(object)
    windowWanted = Signal(object)
    """A Place that is to be shown in a window of its own."""
    queryWanted = Signal(str)
    queryFailed = Signal(str, int, int)
    scopeCleared = Signal()
    scopeWanted = Signal(object)
    """A stretch of time was brushed in the open issue: the Scope all views are to have."""
    countsChanged = Signal(dict)
    optionsChanged = Signal()
    """Order or columns of the list are others."""

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
        self._shown: Place = Place("issues")
        self._scope = Scope()
        self.list = IssuesView(bridge, commands, theme)
        self.detail: IssueView | None = None  # made when the first issue is opened
        self._unplaced: IssueView | None = None
        self.acting = IssueActing(bridge, self.list, self._opened_issue, self)
        self.toast = Toast(theme, self, name="issues.toast")
        self.regrouping = Regrouping(bridge, theme, self)
        commands.register(
            *issue_commands(self.acting, self), merge_command(self._merge, self.acting.has_target)
        )
        self.splitter = ListAndDetail(self.list, bridge.preferences)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(FOLLOW_MS)
        self._follow.timeout.connect(self._follow_list)
        self._connect()
        self.setFocusProxy(self.list)

    def reset_sizes(self) -> None:
        """Give list and detail their usual share."""
        self.splitter.reset_sizes()

    def set_layout(self, layout: Layout) -> None:
        """Put the open issue beside its list, below it, or in its place."""
        self.splitter.chosen = layout
        self._arrange()

    def _connect(self) -> None:
        shown, acting = self.list, self.acting
        shown.opened.connect(self._open)
        shown.openedApart.connect(self._open_apart)
        shown.stepped.connect(self._note_step)
        shown.navigate.connect(self.navigate)
        shown.queryWanted.connect(self.queryWanted)
        shown.queryFailed.connect(self.queryFailed)
        shown.scopeCleared.connect(self.scopeCleared)
        shown.countsChanged.connect(self.countsChanged)
        shown.optionsChanged.connect(self.optionsChanged)
        shown.narrowed.connect(acting.narrow)
        acting.navigate.connect(self.navigate)
        acting.queryWanted.connect(self.queryWanted)
        acting.done.connect(self._say_done)
        self.regrouping.done.connect(self._say_done)
        self.regrouping.failed.connect(acting.failed)
        acting.failed.connect(shown.say_trouble)
        acting.untilWanted.connect(self._ask_until)
        acting.releaseWanted.connect(self._ask_release)

    # ---------------------------------------------------------------- places

    @property
    def query(self) -> str:
        """The query shown."""
        return self.list.query

    def go(self, place: Place) -> None:
        """Show *place*: the list, or an issue beside it; ``extra`` names one of its events."""
        self._shown = place
        self.list.set_query(place.query)
        if self.detail is not None:
            self.detail.set_query(place.query)
        if place.id is None:
            self._hide_detail()
        else:
            self._show(int(place.id), place.extra)

    def list_options(self) -> tuple[str, tuple[str, ...]]:
        """Return the order of the list and its columns, which saved views keep."""
        return self.list.feed.question.sort.value, self.list.list.shown.keys

    def set_list_options(self, sort: str, columns: tuple[str, ...]) -> None:
        """Show the list in another order and with other columns; what is empty or unknown stays."""
        if sort in list(IssueSort):
            self.list.sort_by(sort)
        table = self.list.list
        known = tuple(key for key in columns if key in KEYS)
        if known and known != table.shown.keys:
            table.show_columns(Shown(known, table.shown.widths))

    def title(self) -> str:
        """Return what the window's title says."""
        issue = self._opened_issue()
        return tr("Issues") if issue is None else issue.type or issue.title

    def set_scope(self, scope: Scope) -> None:
        """Show only what is in *scope*."""
        self._scope = scope
        self.list.set_scope(scope)
        if self.detail is not None:
            self.detail.set_scope(scope)

    def view_state(self) -> dict[str, Any]:
        """Return what going back has to bring back."""
        detail = self.detail.view_state() if self.detail is not None and self.has_detail() else {}
        return {**self.list.view_state(), "detail": detail}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Bring a state back, at once or when the rows have come."""
        self.list.restore_state(state)
        if self.detail is not None and self.has_detail():
            self.detail.restore_state(state.get("detail") or {})

    def _open(self, number: int) -> None:
        self.navigate.emit(Place("issues", number, self.query))

    def _open_apart(self, number: int) -> None:
        self.windowWanted.emit(Place("issues", number, self.query))

    def _opened_issue(self) -> IssueRow | None:
        return self.detail.issue if self.detail is not None and self.has_detail() else None

    def warm(self) -> None:
        """Make the part for an open issue before one is opened, its modules loaded beside the window."""
        if self.detail is None:
            self._bridge.compute(_load_detail, answer=lambda _: self._make_ahead(), owner=self)

    def _make_ahead(self) -> None:
        # In two turns of the loop, since a key may wait for the end of each.
        self._make_detail()
        QTimer.singleShot(0, self, self._made_detail)

    def _make_detail(self) -> "IssueView":
        if self._unplaced is None:
            from vedette.desktop.issue.view import IssueView  # start-up time

            with self._theme.resting():
                self._unplaced = IssueView(self._bridge, self._commands, self._theme)
                self._unplaced.hide()
        return self._unplaced

    def _made_detail(self) -> "IssueView":
        if self.detail is None:
            with self._theme.resting():
                self.detail = self._make_detail()
                self.splitter.set_detail(self.detail)
            self.detail.set_scope(self._scope)
            self.detail.set_query(self.query)
            self.detail.navigate.connect(self.navigate)
            self.detail.scopeWanted.connect(self.scopeWanted)
        return self.detail

    def _show(self, number: int, event: str) -> None:
        detail = self._made_detail()
        if event:
            detail.open(number, event)
        else:
            detail.open(number)
        opens = not self.has_detail()
        detail.show()
        # From the list, too, the event's own keys act on what is open beside it.
        self.setProperty("commandContext", "issues event")
        self._arrange()
        if opens:
            self.splitter.share()
        self.list.set_open(number)
        self._see(number)
        self._commands.refresh()

    def _see(self, number: int) -> None:
        """Note that an issue was looked at; without a station that is simply not kept."""
        listed = self.list.model.row_by_key(number)
        if not isinstance(listed, ListedIssue) or not listed.issue.seen:
            self.list.foresee([number], seen=True)
            self.acting.changes.change_quietly([number], {"hasSeen": True})

    def _hide_detail(self) -> None:
        self._wanted = None
        if self.detail is None or self.detail.isHidden():
            return
        focus = self.focusWidget()
        had_focus = focus is not None and self.detail.isAncestorOf(focus)
        self.detail.hide()
        self.setProperty("commandContext", "issues")
        self.list.set_open(None)
        self._arrange()
        if had_focus:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._commands.refresh()

    def _arrange(self) -> None:
        """Show the list beside or above the open issue where there is room for both."""
        is_turned = self.splitter.arrange(has_detail=self.has_detail())
        self.list.set_compact(self.splitter.wants_compact)
        if is_turned:
            self.splitter.share()
        self.setFocusProxy(self.detail if self.list.isHidden() and self.detail is not None else self.list)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _note_step(self, number: int) -> None:
        if self.has_detail() and number != self._shown.id:
            self._wanted = number
            self._follow.start()

    def _follow_list(self) -> None:
        if self._wanted is not None and self.has_detail():
            self._open(self._wanted)

    # ---------------------------------------------------------------- what commands ask

    def has_detail(self) -> bool:
        """Whether an issue is open."""
        return self.detail is not None and not self.detail.isHidden()

    def acts_on(self) -> list[tuple[str, str]]:
        """Return what can be done to the issues that are selected, in words, and the command that does it."""
        issues = self.acting.in_words()
        return [(tr(words).format(issues=issues), done) for done, words in ON_SELECTION.items() if issues]

    def places_inside(self) -> list[tuple[str, str, Callable[[], object]]]:
        """Return the parts of the open issue: title, what it is, what brings it into sight."""
        if self.detail is None or not self.has_detail():
            return []
        from vedette.desktop.issue.inside import places_inside  # start-up time, as the issue itself

        return places_inside(self.detail)

    def has_row(self) -> bool:
        """Whether an issue of the list is current."""
        return isinstance(self.list.list.current_key(), int)

    def has_list(self) -> bool:
        """Whether the list is in sight."""
        return not self.list.isHidden()

    def has_groups(self) -> bool:
        """Whether issues are put together in groups."""
        return self.list.feed.group is not GroupBy.NOTHING

    def _merge(self) -> None:
        """Merge the issues that are marked; of one alone, ask with which."""
        rows = self.acting.targets()
        if len(rows) > 1:
            self.regrouping.merge([row.id for row in rows])
            self.list.clear_marks()
        elif rows:
            self.regrouping.ask_merge(rows[0])

    def _say_done(self, sentence: str, undo: object) -> None:
        self.toast.say(sentence, undo)  # type: ignore[arg-type]
        self._commands.refresh()

    def _ask_until(self) -> None:
        dialog = UntilDialog(self._theme, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self.acting.archive_until_met)
        dialog.open()

    def _ask_release(self) -> None:
        projects = {row.project for row in self.acting.targets()}
        self._bridge.ask(
            read_releases,
            sorted(projects),
            answer=self._offer_releases,
            failed=self.list.say_trouble,
            owner=self,
        )

    def _offer_releases(self, releases: list[str]) -> None:
        dialog = ReleaseDialog(self._theme, releases, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self.acting.resolve_in_release)
        dialog.open()

    def _open_labels(self) -> None:
        issues = [row.id for row in self.acting.targets()]
        give = self.acting.set_label
        menu = LabelMenu(
            self._bridge,
            issues,
            lambda label, name, carried: give(label, name, carried=carried),
            self.list.say_trouble,
            self,
        )
        menu.open_at(self._looked_at())

    # ---------------------------------------------------------------- moving

    def open_current(self) -> None:
        self.list.list.open_current()

    def open_apart(self) -> None:
        """Open the current issue in a window of its own."""
        key = self.list.list.current_key()
        if isinstance(key, int):
            self._open_apart(key)

    def peek(self) -> None:
        self.list.peek_at_current()

    def step(self, by: int) -> None:
        """Go to the next or the previous issue of the list; the open one follows."""
        self.list.list.step(by)

    def can_step_out(self) -> bool:
        table = self.list.list
        return (
            self.list.is_searching
            or self.list.peek.is_open()
            or self.has_detail()
            or bool(table.marked)
            or bool(table.selected_keys())
        )

    def step_out(self) -> None:
        """Stop a search, close the peek, take marks away, close the open issue, let go of the current row."""
        table = self.list.list
        if self.list.is_searching:
            self.list.stop_search()
        elif self.list.peek.is_open():
            self.list.peek.close_card()
        elif table.marked:
            table.clear_marks()
        elif self.has_detail():
            self.navigate.emit(Place("issues", query=self.query))
        else:
            table.clearSelection()

    def toggle_mark(self) -> None:
        self.list.list.toggle_mark()

    def mark_whole(self) -> None:
        """Mark all that the query finds."""
        self.list.list.mark_whole()

    def go_home(self) -> None:
        """Go to the top, with the order as it is now."""
        self.list.go_home()

    def go_top(self) -> None:
        """Go to the first issue, with the order as it is now."""
        self.list.list.go_home()
        self.list.list.wentHome.emit()

    def go_end(self) -> None:
        self.list.list.go_end()

    def show_menu(self) -> None:
        self.list.show_menu()

    def show_choices(self, which: str) -> None:
        """Open the menu ``resolve``, ``archive``, ``priority``, ``labels`` or ``copy`` where the eyes are."""
        if which == "labels":
            self._open_labels()
        else:
            self.list.menus.open_choices(which, self._looked_at())

    def _looked_at(self) -> QPoint:
        """Return the global point below the button under the pointer, else where the keyboard is."""
        for button in self.findChildren(QAbstractButton):
            if button.isVisible() and button.underMouse():
                return button.mapToGlobal(button.rect().bottomLeft())
        focus = self.focusWidget()
        if self.detail is not None and focus is not None and self.detail.isAncestorOf(focus):
            return self.detail.mapToGlobal(QPoint(40, 40))
        return self.list.menu_place()

    def choose_columns(self) -> None:
        self.list.choose_columns()

    def sort_by(self, sort: str) -> None:
        self.list.sort_by(sort)

    def group_by(self, group: str) -> None:
        self.list.group_by(group)

    def fold_all(self, fold: bool) -> None:
        self.list.feed.fold_all(fold=fold)


def _load_detail() -> None:
    """Load the modules of an open issue; in a worker, since that takes as long as several frames."""
    import_module("vedette.desktop.issue.view")
