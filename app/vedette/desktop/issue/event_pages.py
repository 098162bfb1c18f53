"""The pages of one event behind a row of tabs; each is filled when it is first looked at."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.actions import SECTIONS
from vedette.desktop.issue.bar_layout import Leaves
from vedette.desktop.issue.facts.packages import packages_of
from vedette.desktop.issue.facts.remarks import summary
from vedette.desktop.issue.grouping.page import WhyGroupedPage
from vedette.desktop.issue.pages.attachments import AttachmentsPage
from vedette.desktop.issue.pages.breadcrumbs import CrumbsPage
from vedette.desktop.issue.pages.contexts import ContextsPage
from vedette.desktop.issue.pages.packages import PackagesPage
from vedette.desktop.issue.pages.raw import RawPage
from vedette.desktop.issue.pages.request import RequestPage
from vedette.desktop.issue.pages.tags import TagsPage
from vedette.desktop.issue.pages.trace import TracePage
from vedette.desktop.issue.parts import SIDE
from vedette.desktop.issue.read import EventPage, IssueHead
from vedette.desktop.issue.stack_page.page import StackPage
from vedette.desktop.issue.stack_page.preferences import StackPreferences
from vedette.desktop.issue.value_menu import ValueActions
from vedette.desktop.language import tr
from vedette.desktop.linked.page import LinkedItemsPage
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import frame
from vedette.desktop.widgets.notices import EmptyState
from vedette.desktop.widgets.plain_text import plain_title
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.desktop.widgets.units import count, duration
from vedette.store.queries.linked_items import linked_to_event, linked_to_issue

if TYPE_CHECKING:
    from collections.abc import Callable

    from vedette.desktop.bridge.bridge import Bridge

_WORDS_FROM = 900
_TAB_SIDE = 6  # free pixels beside a tab's title, in the style sheet


class EventPages(QWidget):
    """Tabs and pages. ``chosen`` fires when another page is shown."""

    chosen = Signal()
    settled = Signal()

    def __init__(
        self,
        bridge: "Bridge",
        theme: Theme,
        commands: CommandRegistry,
        stack: StackPreferences,
        actions: ValueActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._page: EventPage | None = None
        self._head: IssueHead | None = None
        self._filled: set[str] = set()
        self._remark_words = ""
        self._workspace = bridge.workspace
        preferences = bridge.preferences
        self.stack = StackPage(bridge, commands, theme, stack)
        self.crumbs = CrumbsPage(theme, preferences)
        self.trace = TracePage(bridge, theme, commands)
        self.request = RequestPage(theme, commands, preferences, actions)
        self.tags = TagsPage(theme, actions)
        self.contexts = ContextsPage(theme, preferences, actions)
        self.attachments = AttachmentsPage(bridge, theme)
        self.packages = PackagesPage(bridge, theme)
        self.grouping = WhyGroupedPage(bridge, theme)
        self.raw = RawPage(bridge, theme, actions)
        self.items_of = Segmented(
            theme,
            [Segment("event", tr("This event")), Segment("issue", tr("All events"))],
            name="event.section.items.of",
            title=tr("Whose items"),
        )
        self.items = LinkedItemsPage(
            bridge,
            theme,
            name="event.section.items",
            side=SIDE,
            nothing=(
                tr("Nothing else belongs here"),
                tr("What comes in its request, names it or is on its trace is listed here."),
            ),
            choice=self.items_of,
        )
        self.missing = EmptyState(theme, name="event.missing")
        self._busy = (
            self.stack,
            self.trace,
            self.attachments,
            self.packages,
            self.grouping,
            self.raw,
            self.items,
        )
        self.tabs = QTabBar()
        self.tabs.setObjectName("event.tabs")
        self.tabs.setAccessibleName(tr("Parts of the event"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        for _, title in SECTIONS:
            self.tabs.addTab(tr(title))
        self.remarks = Button(theme, "", name="event.remarks", role="quiet", icon="info")
        self._lay_out()
        self.tabs.currentChanged.connect(self._show_tab)
        self.remarks.clicked.connect(self.show_remarks)
        self.items.counted.connect(self._count_items)
        self.items_of.chosen.connect(lambda _: self._ask_items())
        for part in self._busy:
            part.settled.connect(self._check_settled)

    def _lay_out(self) -> None:
        self.pages = Leaves()
        self.pages.setProperty("role", "canvas")
        self.pages.setMinimumHeight(120)  # the window may be lower than a page would like
        self._widgets: dict[str, QWidget] = {
            "exception": self.stack,
            "breadcrumbs": self.crumbs,
            "trace": self.trace,
            "request": self.request,
            "tags": self.tags,
            "contexts": self.contexts,
            "attachments": self.attachments,
            "packages": self.packages,
            "grouping": self.grouping,
            "raw": self.raw,
            "items": self.items,
        }
        for page in (*self._widgets.values(), self.missing):
            self.pages.addWidget(page)
        bar = frame("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(SIDE - _TAB_SIDE, 0, SIDE, 0)
        row.setSpacing(8)
        row.addWidget(self.tabs, 1)
        row.addWidget(self.remarks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.pages, 1)

    @property
    def is_settled(self) -> bool:
        """Whether no page reads or decodes."""
        return all(part.is_settled for part in self._busy)

    def _check_settled(self) -> None:
        if self.is_settled:
            self.settled.emit()

    # ---------------------------------------------------------------- content

    def set_page(self, page: EventPage, head: IssueHead) -> None:
        """Show another event; a page without payload says why instead."""
        self._page, self._head = page, head
        self._filled.clear()
        self.tabs.setEnabled(not page.missing)
        self._name_tabs(page)
        self._say_remarks(page)
        if page.missing:
            more = tr("What the store says of the event remains.")
            self.missing.say(page.missing, more, action=tr("Show the request"), icon="history")
            self.pages.setCurrentWidget(self.missing)
        else:
            self._ask_items()
            self._show_tab(self.tabs.currentIndex())

    def say_none(self) -> None:
        """Say that the issue has no event any more."""
        self._page = None
        self.tabs.setEnabled(False)
        self.remarks.hide()
        self.missing.say(
            tr("None of its events is kept any more"),
            tr("Retention removed them; the counts above remain."),
            icon="history",
        )
        self.pages.setCurrentWidget(self.missing)

    def _name_tabs(self, page: EventPage) -> None:
        crumbs = sum(not row.is_event for row in page.crumbs)
        packages = len(packages_of(page.event))
        notes = {
            "breadcrumbs": count(crumbs) if crumbs else "",
            "trace": duration(page.trace_micros) if page.trace_micros is not None else "",
            "attachments": count(len(page.attachments)) if page.attachments else "",
            "packages": count(packages) if packages else "",
        }
        for at, (key, title) in enumerate(SECTIONS):
            if key == "items" and not page.missing:
                continue  # the count before stays until there is another
            shown = tr(title)
            if key == "exception" and not page.stacks and not page.outline and not page.threads:
                shown = tr("Message")
            text = plain_title(f"{shown} {notes.get(key, '')}".strip())
            if text != self.tabs.tabText(at):
                self.tabs.setTabText(at, text)

    def _ask_items(self) -> None:
        """Read what has to do with the event or the issue, in sight or not: the tab says how much it is."""
        if self._page is None:
            return
        row = self._page.row
        if self.items_of.current() == "issue":
            self.items.ask(linked_to_issue, row.issue)
            return
        trace = bytes.fromhex(row.trace) if row.trace else None
        self.items.ask(linked_to_event, self._workspace, bytes.fromhex(row.event_id), trace, row.project)

    def _count_items(self, number: int) -> None:
        at, title = next((at, title) for at, (key, title) in enumerate(SECTIONS) if key == "items")
        self.tabs.setTabText(at, plain_title(f"{tr(title)} {count(number) if number else ''}".strip()))

    def _say_remarks(self, page: EventPage) -> None:
        words = summary(page.remarks)
        self.remarks.setVisible(bool(words))
        if words:
            self._remark_words = tr("%n changed", "values of an event", len(page.remarks))
            self._fit_remarks()
            self.remarks.setAccessibleName(words)
            self.remarks.setToolTip(words)

    def _fit_remarks(self) -> None:
        self.remarks.setText(self._remark_words if self.width() >= _WORDS_FROM else "")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_remarks()

    def show_remarks(self) -> None:
        """Show what was done to the event's values."""
        self.show_section("raw")
        self.raw.show_changes()

    def _show_tab(self, index: int) -> None:
        if self._page is None or self._page.missing or not 0 <= index < len(SECTIONS):
            return
        key = SECTIONS[index][0]
        self._fill(key)
        self.pages.setCurrentWidget(self._widgets[key])
        self.chosen.emit()

    def _fill(self, key: str) -> None:
        """Put the event into a page the first time the page is looked at."""
        page, head = self._page, self._head
        if page is None or head is None or key in self._filled:
            return
        self._filled.add(key)
        if key == "tags":
            self.tags.set_page(page, head)
            return
        if key == "items":
            return  # asked for when the event came
        fill: dict[str, Callable[[EventPage], None]] = {
            "exception": self.stack.set_page,
            "breadcrumbs": self.crumbs.set_page,
            "trace": self.trace.set_page,
            "request": self.request.set_page,
            "contexts": self.contexts.set_page,
            "attachments": self.attachments.set_page,
            "packages": self.packages.set_page,
            "grouping": self.grouping.set_page,
            "raw": self.raw.set_page,
        }
        fill[key](page)

    # ---------------------------------------------------------------- pages

    def section(self) -> str:
        """Return the key of the page that is chosen."""
        return SECTIONS[self.tabs.currentIndex()][0]

    def show_section(self, key: str, *, focus: bool = True) -> None:
        """Show the page *key* of the event and give the keyboard to the row of pages."""
        self.tabs.setCurrentIndex([name for name, _ in SECTIONS].index(key))
        if focus:
            self.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def view_state(self) -> dict[str, Any]:
        """Return which page is shown and how far it is scrolled."""
        return {"section": self.section(), "scroll": self._scroll(), "stack": self.stack.view_state()}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Show the page and place as `view_state` found them, for the same event."""
        key = state.get("section")
        if key in self._widgets:
            self.show_section(str(key), focus=False)
        if isinstance(state.get("stack"), dict) and key == "exception":
            self.stack.restore_state(state["stack"])
        bar = self._bar()
        if bar is not None and isinstance(state.get("scroll"), int):
            bar.setValue(state["scroll"])

    def _bar(self) -> Any:
        page: Any = self._widgets[self.section()]
        lists = {
            "breadcrumbs": self.crumbs.list, "packages": self.packages.list, "raw": self.raw.tree,
            "grouping": self.grouping.tree,
            "items": self.items.list,
        }  # fmt: skip
        scrolled: Any = lists.get(self.section(), page)
        return scrolled.verticalScrollBar() if hasattr(scrolled, "verticalScrollBar") else None

    def _scroll(self) -> int:
        bar = self._bar()
        return int(bar.value()) if bar is not None else 0
