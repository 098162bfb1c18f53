"""One issue: its head, one of its events on pages, and what stands beside it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.actions import SECTIONS, event_commands, register_issue_commands
from vedette.desktop.issue.changing import IssueChanging
from vedette.desktop.issue.facts.request import request_facts
from vedette.desktop.issue.head.header import LOW, IssueHeader
from vedette.desktop.issue.head.navigator import EventNavigator
from vedette.desktop.issue.head.side_panel import WIDTH, SidePanel
from vedette.desktop.issue.pages.attachments import AttachmentsPage
from vedette.desktop.issue.pages.breadcrumbs import CrumbsPage
from vedette.desktop.issue.pages.contexts import ContextsPage
from vedette.desktop.issue.pages.raw import RawPage
from vedette.desktop.issue.pages.request import RequestPage
from vedette.desktop.issue.pages.tags import TagsPage
from vedette.desktop.issue.pages.trace import TracePage
from vedette.desktop.issue.parts import SIDE
from vedette.desktop.issue.read import (
    EventPage,
    IssueHead,
    IssuePage,
    read_beside,
    read_head,
    read_issue,
    read_page,
)
from vedette.desktop.issue.stack_page.page import StackPage
from vedette.desktop.issue.stack_page.preferences import StackPreferences
from vedette.desktop.issue.steering import EventSteering
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.labels import frame, separator
from vedette.desktop.widgets.notices import Banner, EmptyState, Toast
from vedette.desktop.widgets.plain_text import plain_title
from vedette.desktop.widgets.units import duration
from vedette.domain.changes import ChangeKind
from vedette.domain.times import now
from vedette.store.queries.events import Neighbours
from vedette.store.queries.issues import IssueRow

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

LOADING_MS = 150
TICK_MS = 10_000
BESIDE = 900
"""From this width on there is room for the column beside the event."""


class IssueView(QWidget):
    """The issue screen. ``open`` shows an issue; ``settled`` fires when nothing is under way any more."""

    navigate = Signal(object)
    """A link to another place was followed: a Place."""
    settled = Signal()
    eventShown = Signal(str)
    """Another event is shown; carries its id."""

    def __init__(
        self,
        bridge: "Bridge",
        commands: CommandRegistry,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        settings: QSettings | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._commands = commands
        self._wanted: int | None = None
        self._head: IssueHead | None = None
        self._page: EventPage | None = None
        self._beside: Neighbours | None = None
        self._shown_total = 0
        self._filled: set[str] = set()
        self._asking = InFlight(bridge, self)
        self.setObjectName("issue.view")
        self.setProperty("role", "canvas")
        self.setProperty("commandContext", "event issue")
        self.setAccessibleName("Issue")
        self.preferences = StackPreferences(bridge.preferences)
        self.changing = IssueChanging(bridge, lambda: self.issue, self)
        self.steering = EventSteering(self)
        register_issue_commands(commands, self.changing)
        commands.register(*event_commands(self.steering))
        self._make_parts()
        self._lay_out()
        self._connect()
        self._show_nothing()

    # ---------------------------------------------------------------- construction

    def _make_parts(self) -> None:
        theme, commands = self._theme, self._commands
        self.header = IssueHeader(theme, commands)
        self.navigator = EventNavigator(theme, commands)
        self.banner = Banner(theme, name="issue.banner")
        self.stack = StackPage(self._bridge, commands, theme, self.preferences)
        self.crumbs = CrumbsPage(theme)
        self.trace = TracePage(theme, commands)
        self.request = RequestPage(theme, commands)
        self.tags = TagsPage(theme)
        self.contexts = ContextsPage(theme)
        self.attachments = AttachmentsPage(self._bridge, theme)
        self.raw = RawPage(self._bridge, theme)
        self.missing = EmptyState(theme, name="event.missing")
        self.side = SidePanel(theme)
        self.empty = EmptyState(theme, name="issue.empty")
        self.toast = Toast(theme, self, name="issue.toast")
        self.tabs = QTabBar()
        self.tabs.setObjectName("event.tabs")
        self.tabs.setAccessibleName("Parts of the event")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        for _, title in SECTIONS:
            self.tabs.addTab(title)
        self._loading = QTimer(self)
        self._loading.setSingleShot(True)
        self._loading.setInterval(LOADING_MS)
        self._loading.timeout.connect(self._say_loading)
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tick)

    def _lay_out(self) -> None:
        self.pages = QStackedWidget()
        self.pages.setProperty("role", "canvas")
        self._page_widgets: dict[str, QWidget] = {
            "exception": self.stack,
            "breadcrumbs": self.crumbs,
            "trace": self.trace,
            "request": self.request,
            "tags": self.tags,
            "contexts": self.contexts,
            "attachments": self.attachments,
            "raw": self.raw,
        }
        for page in (*self._page_widgets.values(), self.missing):
            self.pages.addWidget(page)
        tab_bar = frame("bar")
        row = QHBoxLayout(tab_bar)
        row.setContentsMargins(SIDE, 0, SIDE, 0)
        row.addWidget(self.tabs, 1)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, self.navigator, self.banner, tab_bar):
            column.addWidget(part)
        column.addWidget(self.pages, 1)
        self._line = separator(vertical=True)
        self.side.setFixedWidth(WIDTH)
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

    def _connect(self) -> None:
        for part in (self._asking, self.stack, self.attachments, self.raw):
            part.settled.connect(self._check_settled)
        self.tabs.currentChanged.connect(self._show_tab)
        self.navigator.newestWanted.connect(lambda: self.read_event("latest"))
        self.side.tagChosen.connect(lambda _: self.show_section("tags"))
        self.side.traceWanted.connect(lambda: self._commands.run("event.trace"))
        self.tags.filterRequested.connect(self._filter_by)
        self.stack.changed.connect(self._commands.refresh)
        self.stack.navigate.connect(self.navigate)
        self.missing.acted.connect(self._follow_request)
        self.empty.acted.connect(lambda: self.navigate.emit(Place("issues")))
        self.changing.done.connect(self._say_done)
        self.changing.failed.connect(self._fail)
        self._bridge.changed.connect(self._take_changes)

    # ---------------------------------------------------------------- what is shown

    @property
    def issue_id(self) -> int | None:
        """The issue that is shown or on its way."""
        return self._wanted

    @property
    def issue(self) -> IssueRow | None:
        """The issue as last read."""
        return self._head.issue if self._head is not None else None

    @property
    def page(self) -> EventPage | None:
        """The event as last read."""
        return self._page

    @property
    def head(self) -> IssueHead | None:
        """The issue with what is beside it, as last read."""
        return self._head

    @property
    def beside(self) -> Neighbours | None:
        """Where the event stands among its issue's."""
        return self._beside

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read or decoded."""
        parts = (self._asking, self.stack, self.attachments, self.raw)
        return all(part.is_settled for part in parts)

    def _check_settled(self) -> None:
        if self.is_settled:
            self.settled.emit()

    def open(self, issue_id: int, event: str = "recommended") -> None:
        """Show an issue with *event*: recommended, latest, oldest, or an id. What is shown stays."""
        same = self._head is not None and self._head.issue.id == issue_id and issue_id == self._wanted
        if same and self._page is not None and event in ("recommended", self._page.row.event_id):
            return
        self._wanted = issue_id
        if self._head is None:
            self._loading.start()
        self._asking.cancel("page")
        self._asking.ask(
            "issue",
            read_issue,
            self._bridge.workspace,
            issue_id,
            event or "recommended",
            now(),
            answer=self._take_issue,
            failed=self._fail_open,
        )

    def clear(self) -> None:
        """Show no issue; what was being read is dropped."""
        was_settled = self.is_settled
        self._asking.cancel_all()
        self._loading.stop()
        self.banner.clear()
        self._wanted = None
        self._forget()
        self._show_nothing()
        self._commands.refresh()
        if not was_settled:
            self._check_settled()

    def _forget(self) -> None:
        self._head = self._page = self._beside = None
        self._shown_total = 0
        self._filled.clear()

    def _take_issue(self, found: IssuePage | None) -> None:
        self._loading.stop()
        self.banner.clear()
        if found is None:
            self._forget()
            self.empty.say("This issue is gone", "It was removed or merged.", action="Show all issues")
            self._layers.setCurrentWidget(self.empty)
            self._commands.refresh()
            return
        self._head = found.head
        self.side.set_head(found.head)
        self._layers.setCurrentWidget(self._whole)
        self._take_page(found.page)

    def _take_page(self, page: EventPage | None) -> None:
        self._loading.stop()
        if self._head is None:
            return
        self._asking.cancel("beside")
        self._page = page
        self._beside = page.beside if page is not None else None
        self._shown_total = page.beside.total if page is not None else 0
        self.header.set_head(self._head, now(), _place_of(page))
        self.navigator.setVisible(page is not None)
        self.tabs.setEnabled(page is not None and not page.missing)
        if page is None:
            sentence = "None of its events is kept any more"
            self.missing.say(sentence, "Retention removed them; the counts above remain.", icon="history")
            self.pages.setCurrentWidget(self.missing)
        else:
            self._show_page(page)
        self._commands.refresh()

    def _show_page(self, page: EventPage) -> None:
        self.navigator.set_page(page, now())
        self.navigator.set_newer(0)
        self.side.set_page(page)
        self._filled.clear()
        self._name_tabs(page)
        if page.missing:
            more = "What the store says of the event remains."
            self.missing.say(page.missing, more, action="Show the request", icon="history")
            self.pages.setCurrentWidget(self.missing)
        else:
            self._show_tab(self.tabs.currentIndex())
        self.eventShown.emit(page.row.event_id)

    def _name_tabs(self, page: EventPage) -> None:
        crumbs = sum(not row.is_event for row in page.crumbs)
        notes = {
            "breadcrumbs": f"{crumbs:,}" if crumbs else "",
            "trace": duration(page.trace_micros) if page.trace_micros is not None else "",
            "attachments": f"{len(page.attachments):,}" if page.attachments else "",
        }
        for at, (key, title) in enumerate(SECTIONS):
            if key == "exception" and not page.stacks and not page.outline and not page.threads:
                title = "Message"
            note = notes.get(key, "")
            text = plain_title(f"{title} {note}".strip())
            if text != self.tabs.tabText(at):
                self.tabs.setTabText(at, text)

    def _show_tab(self, index: int) -> None:
        if self._page is None or self._page.missing or not 0 <= index < len(SECTIONS):
            return
        key = SECTIONS[index][0]
        self._fill_section(key)
        self.pages.setCurrentWidget(self._page_widgets[key])
        self._commands.refresh()

    def _fill_section(self, key: str) -> None:
        """Put the event into a page the first time the page is looked at."""
        page, head = self._page, self._head
        if page is None or head is None or key in self._filled:
            return
        self._filled.add(key)
        if key == "tags":
            self.tags.set_page(page, head)
            return
        fill = {
            "exception": self.stack.set_page,
            "breadcrumbs": self.crumbs.set_page,
            "trace": self.trace.set_page,
            "request": self.request.set_page,
            "contexts": self.contexts.set_page,
            "attachments": self.attachments.set_page,
            "raw": self.raw.set_page,
        }[key]
        fill(page)

    def section(self) -> str:
        """Return the key of the page that is chosen."""
        return SECTIONS[self.tabs.currentIndex()][0]

    def show_section(self, key: str) -> None:
        """Show the page *key* of the event and give the keyboard to the row of pages."""
        self.tabs.setCurrentIndex([name for name, _ in SECTIONS].index(key))
        self.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ---------------------------------------------------------------- empty, loading, trouble

    def _show_nothing(self) -> None:
        self.empty.say("No issue is open", "Choose one from the list.", icon="circle-alert")
        self._layers.setCurrentWidget(self.empty)

    def _say_loading(self) -> None:
        if self._head is None:
            self.empty.say("Reading the issue…", icon="loader")
            self._layers.setCurrentWidget(self.empty)

    def _fail_open(self, sentence: str, details: str) -> None:
        self._loading.stop()
        if self._head is None:
            self.empty.say(
                "The issue could not be read", sentence, action="Show all issues", icon="triangle-alert"
            )
            self._layers.setCurrentWidget(self.empty)
            return
        self._fail(sentence, details)

    def _fail(self, sentence: str, details: str) -> None:
        self.banner.say(sentence, details=details)

    # ---------------------------------------------------------------- live

    def _take_changes(self, changes: object) -> None:
        if self._head is None or not isinstance(changes, tuple):
            return
        number = self._head.issue.id
        kinds = (ChangeKind.ISSUE, ChangeKind.ISSUE_NEW)
        if not any(change.kind in kinds and (not change.ids or number in change.ids) for change in changes):
            return
        if not self._asking.holds("head") and number == self._wanted:
            self._asking.ask("head", read_head, number, now(), answer=self._take_head, failed=self._fail)

    def _take_head(self, head: IssueHead | None) -> None:
        if head is None or self._head is None or head.issue.id != self._head.issue.id:
            return
        grew = head.issue.n != self._head.issue.n
        self._head = head
        self.header.set_head(head, now(), _place_of(self._page))
        self.side.set_head(head)
        self._commands.refresh()
        if self._page is not None and grew:
            self._asking.ask(
                "beside", read_beside, self._page.row, answer=self._take_beside, failed=self._fail
            )
        elif self._page is None and grew:
            self.read_event("latest")

    def _take_beside(self, beside: Neighbours) -> None:
        self._beside = beside
        self.navigator.set_beside(beside)
        self.navigator.set_newer(max(0, beside.total - self._shown_total) if beside.next else 0)
        self._commands.refresh()

    def _tick(self) -> None:
        self.header.tick(now())
        self.navigator.tick(now())

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick()
        self._clock.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= BESIDE
        self.side.setVisible(beside)
        self._line.setVisible(beside)
        self.header.set_low(self.height() < LOW)

    # ---------------------------------------------------------------- acting

    def read_event(self, which: str) -> None:
        """Show another event of the issue: latest, oldest, or by its id."""
        if self._head is not None:
            self._asking.ask(
                "page",
                read_page,
                self._bridge.workspace,
                self._head.issue.id,
                which,
                answer=self._take_page,
                failed=self._fail,
            )

    def copy_made(self, said: str, make: Callable[..., str], *args: object) -> None:
        """Put what ``make(*args)`` returns on the clipboard, made beside the window; then say *said*."""
        self._asking.compute(
            "copy", make, *args, answer=lambda text: self.copy_text(said, text), failed=self._fail
        )

    def copy_text(self, said: str, text: str) -> None:
        """Put *text* on the clipboard and say *said*."""
        QGuiApplication.clipboard().setText(text)
        self.toast.say(said)

    def _follow_request(self) -> None:
        if self._page is not None:
            self.navigate.emit(Place("ingest", self._page.row.request))

    def _filter_by(self, key: str, value: str, exclude: bool) -> None:
        quoted = f'"{value}"' if any(letter in value for letter in ' "()') else value
        self.navigate.emit(Place("issues", query=f"{'!' if exclude else ''}{key}:{quoted}"))

    def _say_done(self, sentence: str, undo: object) -> None:
        self.toast.say(sentence, self.changing.undo if undo is not None else None)
        self._commands.refresh()


def _place_of(page: EventPage | None) -> str:
    """Return the route or the address of the event's request, to stand after the culprit."""
    request = request_facts(page.event) if page is not None else None
    return request.line if request is not None and request.url else ""
