"""What the screen of an issue is made of, and where it stands; the view puts an issue into it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.activity.page import ActivityPage
from vedette.desktop.issue.bar_layout import Leaves
from vedette.desktop.issue.drag_handle import GetFile
from vedette.desktop.issue.event_pages import EventPages
from vedette.desktop.issue.events.page import EventsPage
from vedette.desktop.issue.head.header import IssueHeader
from vedette.desktop.issue.head.navigator import ACTIVITY, EVENT, EVENTS, MERGED, TAGS, EventNavigator
from vedette.desktop.issue.head.side_panel import WIDTH, SidePanel
from vedette.desktop.issue.merged.page import MergedPage
from vedette.desktop.issue.stack_page.preferences import StackPreferences
from vedette.desktop.issue.tags.page import IssueTagsPage
from vedette.desktop.issue.value_menu import ValueActions
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.labels import separator
from vedette.desktop.widgets.notices import Banner, EmptyState, Toast

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

BESIDE = 860
"""From this width on there is room for the column beside the event: in a window of some 1200 pixels
with the list folded away, of 1400 with it."""


class IssueScreen(QWidget):
    """Head and navigator; below them an event on pages, all of them, their tags, or the issue's activity."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = EVENT

    def _make_parts(
        self, bridge: "Bridge", theme: Theme, commands: CommandRegistry, get_file: GetFile
    ) -> None:
        """Make what is on the screen; *get_file* gives the event as a file. Its commands are registered."""
        self.preferences = StackPreferences(bridge.preferences)
        self.actions_of_values = ValueActions(self)
        actions = self.actions_of_values
        # The frames' commands come with the pages, and the head has a button for one.
        self.pages = EventPages(bridge, theme, commands, self.preferences, actions)
        self.stack, self.tabs, self.missing = self.pages.stack, self.pages.tabs, self.pages.missing
        self.header = IssueHeader(theme, commands)
        self.navigator = EventNavigator(theme, commands, get_file)
        self.banner = Banner(theme, name="issue.banner")
        self.events = EventsPage(bridge, theme, commands)
        self.tags = IssueTagsPage(bridge, theme)
        self.activity = ActivityPage(bridge, theme)
        self._make_merged = partial(MergedPage, bridge, theme)
        self.merged: MergedPage | None = None  # made when it is first looked at
        self.side = SidePanel(theme, actions)
        self.empty = EmptyState(theme, name="issue.empty")
        self.toast = Toast(theme, self, name="issue.toast")

    def _lay_out(self) -> None:
        self._shown = Leaves()
        self._kinds: dict[str, QWidget] = {EVENT: self.pages, EVENTS: self.events, TAGS: self.tags}
        self._kinds[ACTIVITY] = self.activity
        for part in self._kinds.values():
            self._shown.addWidget(part)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, self.navigator, self.banner):
            column.addWidget(part)
        column.addWidget(self._shown, 1)
        self._line = separator(vertical=True)
        self.side.setFixedWidth(WIDTH)
        self.side.hide()  # until there is room
        self._line.hide()
        self._whole = QWidget()
        across = QHBoxLayout(self._whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(main, 1)
        across.addWidget(self._line)
        across.addWidget(self.side)
        self._layers = QStackedWidget()
        self._layers.setProperty("role", "canvas")
        self._layers.addWidget(self.empty)
        self._layers.addWidget(self._whole)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._layers)
        self.setFocusProxy(self.tabs)

    def part(self) -> str:
        """Return EVENT, EVENTS, TAGS, MERGED or ACTIVITY, whichever is shown of the issue."""
        return self._part

    def merged_page(self) -> MergedPage:
        """Return the page of hashes, made when it is first asked for."""
        if self.merged is None:
            self.merged = self._kinds[MERGED] = self._make_merged()
            self._shown.addWidget(self.merged)
            self._take_merged(self.merged)
        return self.merged

    def _take_merged(self, page: MergedPage) -> None:
        """Connect the page of hashes, which was just made."""

    def _note_part(self, what: str) -> None:
        self._part = what
        self.navigator.choose(what)

    def _turn_to(self, what: str) -> None:
        """Bring a part into sight and let it have the keyboard."""
        self._shown.setCurrentWidget(self.merged_page() if what == MERGED else self._kinds[what])
        # Straight to what takes the keyboard: a proxy of a proxy would keep Tab within the page.
        keyboard: dict[str, QWidget] = {
            EVENT: self.tabs,
            EVENTS: self.events.list,
            TAGS: self.tags.field,
            ACTIVITY: self.activity.editor.field,
        }
        self.setFocusProxy(self.merged_page().list if what == MERGED else keyboard[what])
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Show the column beside the event where there is one event and room."""
        beside = self.width() >= BESIDE and self._part == EVENT
        self.side.setVisible(beside)
        self._line.setVisible(beside)
        self.header.set_room(self.width() - (WIDTH if beside else 0), self.height())
