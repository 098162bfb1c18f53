"""One issue: its head, one of its events on pages, all of them, their tags, and what stands beside."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.actions import event_commands, register_issue_commands
from vedette.desktop.issue.changing import IssueChanging
from vedette.desktop.issue.event_file import EventFile
from vedette.desktop.issue.event_finding import EventFinding
from vedette.desktop.issue.event_search import EventSearch
from vedette.desktop.issue.facts.request import request_facts
from vedette.desktop.issue.facts.terms import term, with_term
from vedette.desktop.issue.head.navigator import ACTIVITY, EVENT, EVENTS, MERGED, TAGS
from vedette.desktop.issue.menu_key import open_menu_at_focus
from vedette.desktop.issue.merged.page import MergedPage
from vedette.desktop.issue.overruling import Overruling
from vedette.desktop.issue.read import (
    EventPage,
    IssueHead,
    IssuePage,
    read_beside,
    read_head,
    read_issue,
    read_page,
)
from vedette.desktop.issue.screen import IssueScreen
from vedette.desktop.issue.steering import EventSteering
from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.desktop.theme.theme import Theme
from vedette.domain.changes import ChangeKind
from vedette.domain.times import now
from vedette.store.queries.issue_events import Standing
from vedette.store.queries.issues import IssueRow

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

LOADING_MS = 150
TICK_MS = 10_000


class IssueView(IssueScreen):
    """The issue screen. ``open`` shows an issue; ``settled`` fires when nothing is under way any more."""

    navigate = Signal(object)
    """A link to another place was followed: a Place."""
    scopeWanted = Signal(object)
    """A stretch of time was brushed, or let go: the Scope that all views are to have."""
    settled = Signal()
    eventShown = Signal(str)
    """Another event is shown; carries its id."""

    def __init__(
        self, bridge: "Bridge", commands: CommandRegistry, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._commands = commands
        self._wanted: int | None = None
        self._head: IssueHead | None = None
        self._page: EventPage | None = None
        self._beside: Standing | None = None
        self._shown_total = 0
        self._follows = False
        self._restoring: dict[str, Any] = {}
        self._asking = InFlight(bridge, self)
        self.search = EventSearch(self)
        self._finding = EventFinding(self._asking, self._fail)
        self.setObjectName("issue.view")
        self.setProperty("role", "canvas")
        self.setProperty("commandContext", "event issue")
        self.setAccessibleName(tr("Issue"))
        self.changing = IssueChanging(bridge, lambda: self.issue, self)
        self.steering = EventSteering(self)
        self._file = EventFile(self._asking, self)
        register_issue_commands(commands, self.changing)
        self.overruling = Overruling(bridge, theme, commands, self, self)
        commands.register(*event_commands(self.steering))
        self._make_parts(bridge, theme, commands, self._file.path)
        self._lay_out()
        self._make_timers()
        self._connect()
        self._show_nothing()

    # ---------------------------------------------------------------- construction

    def _make_timers(self) -> None:
        self._loading = QTimer(self)
        self._loading.setSingleShot(True)
        self._loading.setInterval(LOADING_MS)
        self._loading.timeout.connect(self._say_loading)
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tick)

    def _connect(self) -> None:
        for part in (self._asking, self.pages, self.events, self.tags, self.activity):
            part.settled.connect(self._check_settled)
        self.pages.chosen.connect(self._commands.refresh)
        self.pages.tags.allWanted.connect(lambda: self.show_part(TAGS))
        self.navigator.shown.connect(self.show_part)
        self.navigator.newestWanted.connect(lambda: self.read_event("latest"))
        self.navigator.jumpWanted.connect(self._jump)
        self.navigator.event_id.pressed.connect(self._file.prepare)
        self.search.changed.connect(self._read_again)
        self.search.scopeWanted.connect(self.scopeWanted)
        self.header.histogram.rangeChosen.connect(self.search.zoom_to)
        self.header.histogram.zoomOutWanted.connect(self.search.zoom_out)
        self.side.tagChosen.connect(self._show_tag)
        self.side.traceWanted.connect(lambda: self._commands.run("event.trace"))
        self.actions_of_values.columnWanted.connect(self._add_column)
        self.actions_of_values.acrossWanted.connect(self._show_tag)
        self.tags.columnWanted.connect(self._add_column)
        for filtering in (self.actions_of_values, self.pages.tags, self.tags, self.events):
            filtering.filterRequested.connect(self._filter_by)
        self.events.opened.connect(self._open_listed)
        self.stack.changed.connect(self._commands.refresh)
        self.stack.navigate.connect(self.navigate)
        self.pages.trace.navigate.connect(self.navigate)
        self.pages.items.navigate.connect(self.navigate)
        self.pages.grouping.navigate.connect(self.navigate)
        self.missing.acted.connect(self._follow_request)
        self.empty.acted.connect(lambda: self.navigate.emit(Place("issues")))
        self.overruling.regrouping.done.connect(self.toast.say)
        self.overruling.regrouping.failed.connect(self._fail)
        self.changing.done.connect(self._say_done)
        self.changing.failed.connect(self._fail)
        self.activity.done.connect(self._say_done)
        self.activity.failed.connect(self._fail)
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
    def beside(self) -> Standing | None:
        """Where the event stands among its issue's."""
        return self._beside

    @property
    def folder(self) -> Path:
        """The workspace's folder, after which links name it."""
        return self._bridge.workspace.folder

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read or decoded."""
        parts = (self._asking, self.pages, self.events, self.tags, self.activity, self.merged)
        return all(part.is_settled for part in parts if part is not None)

    def _check_settled(self) -> None:
        if self.is_settled:
            self.settled.emit()

    def show_part(self, what: str) -> None:
        """Show one event, all of them, their tags, or what happened to the issue."""
        self._note_part(what)
        self._fill_shown()
        self._turn_to(what)
        self._commands.refresh()

    def _fill_shown(self) -> None:
        if self._head is None:
            return
        if self.part() == EVENTS:
            tags = [tag.key for tag in self._head.tags]
            issue = self._head.issue
            self.events.show_issue(issue.id, issue.project, self.search.where(), tags)
        elif self.part() == TAGS:
            self.tags.set_head(self._head)
        elif self.part() == MERGED:
            self.merged_page().show_issue(self._head.issue)
        elif self.part() == ACTIVITY:
            self.activity.show_issue(self._head.issue.id)

    def section(self) -> str:
        """Return the key of the page that is chosen."""
        return self.pages.section() if self.part() == EVENT else ""

    def show_section(self, key: str) -> None:
        """Show the page *key* of the event and give the keyboard to the row of pages."""
        if self.part() != EVENT:
            self.show_part(EVENT)
        self.pages.show_section(key)

    # ---------------------------------------------------------------- opening

    def open(self, issue_id: int, event: str = "recommended") -> None:
        """Show an issue with *event*: recommended, latest, oldest, or an id. What is shown stays."""
        same = self._head is not None and self._head.issue.id == issue_id and issue_id == self._wanted
        if same and self._page is not None and event in ("recommended", self._page.row.event_id):
            return
        if issue_id != self._wanted:
            self._follows = False
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
            self.search.where(),
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
        self._follows = False
        self._file.set_page(None)
        self.events.forget()

    def _take_issue(self, found: IssuePage | None) -> None:
        self._loading.stop()
        self.banner.clear()
        if found is None:
            self._forget()
            self.empty.say(
                tr("This issue is gone"), tr("It was removed or merged."), action=tr("Show all issues")
            )
            self._layers.setCurrentWidget(self.empty)
            self._commands.refresh()
            return
        other = self._head is None or self._head.issue.id != found.head.issue.id
        self._head = found.head
        self.side.set_head(found.head)
        self._layers.setCurrentWidget(self._whole)
        if other and self.part() != EVENT and not self._restoring:
            self.show_part(EVENT)
        self._take_page(found.page)

    def _take_page(self, page: EventPage | None) -> None:
        self._loading.stop()
        if self._head is None:
            return
        self._asking.cancel("beside")
        self._page = page
        self._beside = page.beside if page is not None else None
        self._shown_total = page.beside.total if page is not None else 0
        self._file.set_page(page)
        self.header.set_head(self._head, now(), _place_of(page))
        self.navigator.set_counts(self._head.issue.n, len(self._head.tags))
        self.navigator.set_notes(self._head.issue.notes)
        self.navigator.set_following(self._follows)
        if page is None:
            self.pages.say_none()
        else:
            self._show_page(page, self._head)
        self._fill_shown()
        self._restore()
        self._commands.refresh()

    def _show_page(self, page: EventPage, head: IssueHead) -> None:
        self.actions_of_values.set_page(page)
        self.navigator.set_page(page, now())
        self.navigator.set_newer(0)
        self.navigator.jump.hide()
        self.side.set_page(page)
        self.pages.set_page(page, head)
        self.eventShown.emit(page.row.event_id)

    # ---------------------------------------------------------------- empty, loading, trouble

    def _show_nothing(self) -> None:
        self.empty.say(tr("No issue is open"), tr("Choose one from the list."), icon="circle-alert")
        self._layers.setCurrentWidget(self.empty)

    def _say_loading(self) -> None:
        if self._head is None:
            self.empty.say(tr("Reading the issue…"), icon="loader")
            self._layers.setCurrentWidget(self.empty)

    def _fail_open(self, sentence: str, details: str) -> None:
        self._loading.stop()
        if self._head is None:
            self.empty.say(
                tr("The issue could not be read"),
                sentence,
                action=tr("Show all issues"),
                icon="triangle-alert",
            )
            self._layers.setCurrentWidget(self.empty)
            return
        self._fail(sentence, details)

    def _fail(self, sentence: str, details: str) -> None:
        self.banner.say(sentence, details=details)

    # ---------------------------------------------------------------- search and scope

    def set_scope(self, scope: Scope) -> None:
        """Walk only the events in *scope*; the histogram shows its stretch of time."""
        self.search.set_scope(scope)

    def set_query(self, text: str) -> None:
        """Walk only the events that fit *text*."""
        self.search.set_query(text)

    def _read_again(self) -> None:
        """Read what depends on search and scope; the event shown stays."""
        if self._head is None or self._wanted != self._head.issue.id:
            return
        self._asking.ask(
            "head", read_head, self._head.issue.id, now(), self.search.where(),
            answer=self._take_head, failed=self._fail,
        )  # fmt: skip
        self._read_beside()
        self._fill_shown()

    def _read_beside(self) -> None:
        if self._page is not None:
            self._asking.ask(
                "beside", read_beside, self._page.row, self.search.where(),
                answer=self._take_beside, failed=self._say_bad_query,
            )  # fmt: skip

    def _say_bad_query(self, sentence: str, details: str) -> None:
        # The list says what is wrong with a search; here all events are walked meanwhile.
        if not self.search.drop_query():
            self._fail(sentence, details)

    # ---------------------------------------------------------------- live

    def _take_changes(self, changes: object) -> None:
        if self._head is None or not isinstance(changes, tuple):
            return
        number = self._head.issue.id
        kinds = (ChangeKind.ISSUE, ChangeKind.ISSUE_NEW)
        if not any(change.kind in kinds and (not change.ids or number in change.ids) for change in changes):
            return
        if not self._asking.holds("head") and number == self._wanted:
            self._asking.ask(
                "head",
                read_head,
                number,
                now(),
                self.search.where(),
                answer=self._take_head,
                failed=self._fail,
            )

    def _take_head(self, head: IssueHead | None) -> None:
        if head is None or self._head is None or head.issue.id != self._head.issue.id:
            return
        grew = head.issue.n != self._head.issue.n
        self._head = head
        self.header.set_head(head, now(), _place_of(self._page))
        self.navigator.set_counts(head.issue.n, len(head.tags))
        self.side.set_head(head)
        self._commands.refresh()
        self.navigator.set_notes(head.issue.notes)
        if self.part() in (TAGS, MERGED, ACTIVITY):
            self._fill_shown()
        if not grew:
            return
        if self._page is None or self._follows:
            self.read_event("latest")
        else:
            self._read_beside()
        if self.part() == EVENTS:
            self.events.refresh()

    def _take_beside(self, beside: Standing) -> None:
        self._beside = beside
        self.navigator.set_beside(beside)
        self.navigator.set_newer(max(0, beside.total - self._shown_total))
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

    # ---------------------------------------------------------------- acting

    def read_event(self, which: str) -> None:
        """Show another event of the issue: latest, oldest, or by its id."""
        if which not in ("latest", "recommended"):
            self._follows = False
        if self._head is not None:
            self._asking.ask(
                "page",
                read_page,
                self._bridge.workspace,
                self._head.issue.id,
                which,
                self.search.where(),
                answer=self._take_page,
                failed=self._fail,
            )

    def follow_latest(self, on: bool) -> None:
        """Show every new event as it arrives, or stay with the one shown."""
        self._follows = on
        self.navigator.set_following(on)
        if on:
            self.show_part(EVENT)
            self.read_event("latest")
        self._commands.refresh()

    def is_following(self) -> bool:
        """Whether the newest event is shown as it arrives."""
        return self._follows

    def ask_where(self) -> None:
        """Ask for the number or id of the event to go to."""
        self.show_part(EVENT)
        self.navigator.open_jump()

    def show_menu(self) -> None:
        """Open the menu of what has the keyboard; without one, that of the event."""
        if not open_menu_at_focus(self):
            self.navigator.show_menu()

    def ask_compare(self) -> None:
        """Ask which event to compare with."""
        self.navigator.open_compare()

    def _jump(self, text: str) -> None:
        if self._head is not None:
            where = self.search.where()
            self._finding.jump(self._head.issue.id, text, where, self.navigator.jump, self.read_event)

    def _open_listed(self, event_id: str) -> None:
        self.show_part(EVENT)
        self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._page is None or event_id != self._page.row.event_id:
            self.read_event(event_id)

    def find_row(self, which: str, then: Callable[[int], object]) -> None:
        """Call *then* with the row id of an event: latest, oldest, or by its id."""
        if self._head is not None:
            self._finding.find_row(self._head.issue.id, which, self.search.where(), then)

    def selected_rows(self) -> tuple[int, ...]:
        """Return the row ids of the events selected in the table."""
        return tuple(listed.row.id for listed in self.events.selected())

    def save_event(self) -> None:
        """Ask where to write the event's bytes."""
        if self._page is not None:
            self.show_section("raw")
            self.pages.raw.choose_target()

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
        if self._page is None:
            return
        if self._page.row.item < 0:
            self.toast.say(tr("No request brought this event: Vedette found it out by itself."))
        else:
            self.navigate.emit(Place("ingest", self._page.row.request, extra=str(self._page.row.item)))

    def _filter_by(self, key: str, value: str, exclude: bool) -> None:
        query = with_term(self.search.text, term(key, value, exclude=exclude))
        self.navigate.emit(Place("issues", self._wanted, query))

    def _show_tag(self, key: str) -> None:
        self.show_part(TAGS)
        self.tags.go_to(key)

    def _add_column(self, name: str) -> None:
        self.events.add_column(name)
        self.show_part(EVENTS)

    @override
    def _take_merged(self, page: MergedPage) -> None:
        page.settled.connect(self._check_settled)
        page.eventWanted.connect(self._open_listed)
        page.unmergeWanted.connect(self.overruling.unmerge)
        page.journal.undoWanted.connect(self.overruling.regrouping.undo)

    def _say_done(self, sentence: str, undo: object) -> None:
        self.toast.say(sentence, self.changing.undo if undo is not None else None)
        self._commands.refresh()

    # ---------------------------------------------------------------- back and forward

    def view_state(self) -> dict[str, Any]:
        """Return what going back has to bring back."""
        event = self._page.row.event_id if self._page is not None else ""
        return {"issue": self._wanted, "event": event, "part": self.part(), "pages": self.pages.view_state()}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Bring a state back: at once, or when its issue has been read."""
        self._restoring = state
        if not self._asking.holds("issue") and not self._asking.holds("page"):
            self._restore()

    def _restore(self) -> None:
        state = self._restoring
        if not state or self._page is None or state.get("issue") != self._page.row.issue:
            return
        event = state.get("event")
        if event and event != self._page.row.event_id:
            self._restoring = {**state, "event": ""}
            self.read_event(str(event))
            return
        self._restoring = {}
        if state.get("part") in (*self._kinds, MERGED):
            self.show_part(str(state["part"]))
        if isinstance(state.get("pages"), dict):
            self.pages.restore_state(state["pages"])


def _place_of(page: EventPage | None) -> str:
    """Return the route or the address of the event's request, to stand after the culprit."""
    request = request_facts(page.event) if page is not None else None
    return request.line if request is not None and request.url else ""
