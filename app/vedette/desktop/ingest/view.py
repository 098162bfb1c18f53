"""The ingest inspector: everything that knocked, live, with the chosen request's facts and items below."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.ingest import layout as columns
from vedette.desktop.ingest.actions import MENU, ingest_commands
from vedette.desktop.ingest.bar import IngestBar
from vedette.desktop.ingest.calls import StationCalls
from vedette.desktop.ingest.copying import command_and_remark, request_line
from vedette.desktop.ingest.emptiness import Emptiness, Way, why_empty
from vedette.desktop.ingest.filter import TABS, FilterError, Wanted, add_term, read_filter
from vedette.desktop.ingest.model import FontModel, describe_request, request_columns, request_key
from vedette.desktop.ingest.panes import Panes
from vedette.desktop.ingest.read import Detail, read_counts, read_for_curl, read_page
from vedette.desktop.ingest.request_list import RequestList
from vedette.desktop.ingest.senders import SendersTab
from vedette.desktop.ingest.wording import Deed, Listed, can_adopt
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.notices import Banner, EmptyState, Toast
from vedette.desktop.widgets.paged_model import PAGE, PageAnswer
from vedette.domain.changes import ChangeKind
from vedette.domain.outcomes import Outcome
from vedette.domain.times import Micros, now
from vedette.store.queries.requests import RequestRow, SenderRow

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

REFRESH_MS = 250
COUNT_MS = 1_000
LOADING_MS = 150
DETAIL_MS = 60
"""J held down: the panes below follow once the list has come to rest."""
_DEFAULT_URL = "http://127.0.0.1:8969"
_LIVE = (ChangeKind.REQUEST, ChangeKind.PROJECT)


class IngestView(QWidget):
    """Requests, newest first; below, the chosen one. A tab for senders."""

    navigate = Signal(object)
    settled = Signal()

    def __init__(
        self,
        bridge: "Bridge",
        commands: CommandRegistry,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], Micros] = now,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._commands = commands
        self._clock = clock
        self._scope = Scope()
        self._wanted = Wanted()
        self._sought: int | None = None  # a request to choose once it is listed
        self._asking = InFlight(bridge, self)
        self.calls = StationCalls(bridge, self)
        self.setObjectName("ingest")
        self.setProperty("role", "canvas")
        self.setProperty("commandContext", "ingest")
        self.setAccessibleName("Ingest")
        self.setMinimumSize(300, 240)  # else the counts, which make way, would keep it wide
        commands.register(*ingest_commands(self))
        self.bar = IngestBar(theme)
        self.tabs, self.field, self.newer = self.bar.tabs, self.bar.field, self.bar.newer
        self.banner = Banner(theme, name="ingest.banner")
        self.empty = EmptyState(theme, name="ingest.empty")
        self.toast = Toast(theme, self, name="ingest.toast")
        self.model: FontModel[Listed] = FontModel(
            theme,
            {
                columns.TIME: "code", columns.FROM: "code", columns.ITEMS: "code",
            },
            request_columns(),
            self._fetch,
            key=request_key,
            describe=describe_request,
            parent=self,
        )  # fmt: skip
        self.list = RequestList(theme, name="ingest.table", title="Requests")
        self.list.show_model(self.model)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.panes = Panes(bridge, commands, theme)
        self.request, self.items = self.panes.request, self.panes.items
        self.senders = SendersTab(bridge, theme, commands, clock)
        self._refresh = self._timer(REFRESH_MS, self._read_news)
        self._recount = self._timer(COUNT_MS, self._read_counts)
        self._loading = self._timer(LOADING_MS, self._say_loading)
        self._follow = self._timer(DETAIL_MS, self._read_detail)
        self._lay_out()
        self._connect()
        self.reload()

    def _timer(self, interval: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(then)
        return timer

    def _lay_out(self) -> None:
        self._lists = QStackedWidget()
        self._lists.addWidget(self.list)
        self._lists.addWidget(self.empty)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setObjectName("ingest.splitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._lists)
        self.splitter.addWidget(self.panes)
        self.splitter.setSizes([600, 300])
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 1)
        self._tabs = QStackedWidget()
        self._tabs.addWidget(self.splitter)
        self._tabs.addWidget(self.senders)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.banner)
        layout.addWidget(self._tabs, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self._bridge.changed.connect(self._take_changes)
        for asking in (self._asking, self.panes.asking, self.items.asking, self.senders.asking):
            asking.settled.connect(self._settle)
        self.calls.done.connect(self._say_done)
        self.calls.failed.connect(lambda sentence, details: self.banner.say(sentence, details=details))
        self.calls.ended.connect(self._settle)
        self.tabs.chosen.connect(self.show_tab)
        self.field.queryChanged.connect(self.set_query)
        self.field.submitted.connect(lambda _: self._focus_list())
        self.field.left.connect(self._focus_list)
        self.list.currentRowChanged.connect(self._choose)
        self.list.selectedKeysChanged.connect(lambda _: self._choose(None))
        self.list.rowOpened.connect(lambda _: self.panes.focus_items())
        self.list.deedChosen.connect(self._do)
        self.list.newerCountChanged.connect(self.bar.offer_newer)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.newer.clicked.connect(self.list.go_home)
        self.model.failed.connect(self._fail)
        self.banner.acted.connect(self._try_again)
        self.empty.acted.connect(self._act_on_empty)
        self.panes.navigate.connect(self.navigate)
        self.panes.read.connect(self._take_detail)
        self.panes.failed.connect(self._fail)
        self.senders.opened.connect(self._show_requests_of)
        self.senders.connectWanted.connect(lambda: self.navigate.emit(Place("connect")))
        self.senders.counted.connect(lambda count: self.bar.set_count("senders", count))
        self.senders.list.currentRowChanged.connect(lambda _: self._commands.refresh())

    # ---------------------------------------------------------------- what is asked for

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return (
            self._asking.is_settled
            and self.panes.is_settled
            and self.senders.asking.is_settled
            and not self._refresh.isActive()
            and not self._follow.isActive()
            and self.calls.is_settled
        )

    def go(self, place: Place) -> None:
        """Show *place*: the list, filtered by its query, or one request chosen by its id."""
        if place.query and place.query != self.field.text():
            self.field.set_text(place.query)
            self.set_query(place.query)
        if place.id is not None:
            self.show_tab("all")
            self._sought = int(place.id)
            self._choose_sought()

    def set_scope(self, scope: Scope) -> None:
        """Show only what is in *scope*: project, run, time."""
        if scope != self._scope:
            self._scope = scope
            self.set_query(self.field.text())

    def set_query(self, text: str) -> None:
        """Filter by *text*; a term that means nothing is said beside the field, and the list stays."""
        tab = self.tabs.current()
        since, _ = self._scope.bounds(self._clock())
        try:
            wanted = read_filter(
                text,
                tab if tab in TABS else "all",
                project=self._scope.projects[0] if self._scope.projects else None,
                run=self._scope.run,
                since=since,
            )
        except FilterError as error:
            self.banner.say(str(error), level="warning")
            return
        self.banner.clear()
        if wanted != self._wanted:
            self._wanted = wanted
            self.model.reload()

    def reload(self) -> None:
        """Read what is shown again from the top."""
        self.model.reload()
        self._read_counts()

    def show_tab(self, key: str) -> None:
        """Show the requests of one outcome, ``all``, or the ``senders``."""
        self.tabs.choose(key)
        senders = key == "senders"
        self._tabs.setCurrentWidget(self.senders if senders else self.splitter)
        self.setFocusProxy(self.senders.list if senders else self.list)
        self.field.setEnabled(not senders)
        if senders:
            self.senders.read()
        else:
            self.set_query(self.field.text())
        self._commands.refresh()

    def _show_requests_of(self, row: SenderRow) -> None:
        query = add_term("", "from", row.ip) if row.ip else ""
        if row.client:
            query = add_term(query, "client", row.client)
        self.field.set_text(query)
        self.show_tab("all")
        self._focus_list()

    def _focus_list(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_filter(self) -> None:
        """Bring the keyboard to the filter field."""
        if self.tabs.current() == "senders":
            self.show_tab("all")
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ---------------------------------------------------------------- pages

    def _fetch(self, after: Listed | None, limit: int, answer: PageAnswer[Listed]) -> None:
        if after is None:
            self._loading.start()
        self._asking.ask(
            "page", read_page, self._wanted, after, limit,
            answer=lambda rows: self._take_page(rows, answer),
            failed=lambda sentence, details: self._fail_page(answer, sentence, details),
        )  # fmt: skip

    def _take_page(self, rows: Sequence[Listed], answer: PageAnswer[Listed]) -> None:
        self._loading.stop()
        self.banner.clear()
        answer(rows)
        self._show_list()
        self._choose_sought()

    def _fail_page(self, answer: PageAnswer[Listed], sentence: str, details: str) -> None:
        self._loading.stop()
        answer.failed(sentence, details)

    def _fail(self, sentence: str, details: str) -> None:
        self.banner.say(sentence, details=details, action="Try again")

    def _try_again(self) -> None:
        self.banner.clear()
        self.model.retry()
        self._read_counts()

    def _read_counts(self) -> None:
        self._asking.ask("counts", read_counts, answer=self._take_counts, failed=self._fail)
        self.senders.read()

    def _take_counts(self, counts: Mapping[Outcome, int]) -> None:
        for key, outcomes in TABS.items():
            self.bar.set_count(key, sum(counts[outcome] for outcome in outcomes or tuple(Outcome)))

    def _settle(self) -> None:
        if self.is_settled:
            self.settled.emit()

    # ---------------------------------------------------------------- empty, loading

    def _show_list(self) -> None:
        self.panes.setVisible(bool(self.model.rows) or self.panes.detail is not None)
        if self.model.rows or self.model.is_loading:
            self._lists.setCurrentWidget(self.list)
            return
        why = self._why_empty()
        self.empty.say(why.sentence, why.more, action=why.action, icon=why.icon)
        self._lists.setCurrentWidget(self.empty)

    def _why_empty(self) -> Emptiness:
        everything = self._wanted.is_everything
        return why_empty(everything=everything, query=self.field.text(), tab=self.tabs.current())

    def _act_on_empty(self) -> None:
        way = self._why_empty().way
        if way is Way.CONNECT:
            self.navigate.emit(Place("connect"))
        elif way is Way.CLEAR:
            self.field.set_text("")
            self.set_query("")
        else:
            self.show_tab("all")

    def _say_loading(self) -> None:
        if not self.model.rows:
            self.empty.say("Reading requests…", icon="loader")
            self._lists.setCurrentWidget(self.empty)

    # ---------------------------------------------------------------- the chosen request

    def _choose(self, _key: object) -> None:
        self._follow.start()
        self._commands.refresh()

    def _chosen(self) -> Listed | None:
        keys = self.list.selected_keys()
        return self.model.row_by_key(keys[0]) if keys else None

    def _choose_sought(self) -> None:
        """Choose the request that was asked for by its id; one that is not listed is shown all the same."""
        number = self._sought
        if number is None:
            return
        if self.list.select_key(number):
            self._sought = None
        elif not self.model.is_loading:
            self._sought = None
            self.panes.show_request(number)

    def _read_detail(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.panes.show_request(chosen.request.id)
        else:
            self._settle()

    def _take_detail(self, detail: Detail) -> None:
        self.model.update_row(detail.listed)
        self._commands.refresh()

    def _do(self, key: int, deed: Deed) -> None:
        """Do what a row's button says."""
        self.list.select_key(key)
        if deed is Deed.ADOPT:
            self.adopt()
        elif deed is Deed.BYTES:
            self.panes.want_bytes(key)
            self._follow.start()
        else:
            self.show_tab("senders")
            listed = self.model.row_by_key(key)
            if listed is not None:
                self.senders.list.select_key(listed.request.sender)

    def _show_menu(self, at: QPoint) -> None:
        if self.list.row_at(at) >= 0:
            menu = self._commands.fill_menu(QMenu(self), MENU)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.list.viewport().mapToGlobal(at))

    # ---------------------------------------------------------------- commands

    def has_request(self) -> bool:
        return self.tabs.current() != "senders" and self._chosen() is not None

    def has_detail(self) -> bool:
        return self.has_request() and self.panes.detail is not None

    def can_adopt(self) -> bool:
        chosen = self._chosen()
        return self.has_request() and chosen is not None and can_adopt(chosen)

    def adopt(self) -> None:
        """Let the unknown key of the chosen request in from now on."""
        chosen = self._chosen()
        if chosen is not None and can_adopt(chosen):
            self.calls.adopt(chosen.request.id, chosen.request.client)

    def _target_sender(self) -> tuple[int, str, bool] | None:
        """Return id, client and whether blocked of the sender meant by the chosen row."""
        if self.tabs.current() == "senders":
            row = self.senders.current()
            return None if row is None else (row.id, row.client, row.blocked)
        chosen = self._chosen()
        if chosen is None:
            return None
        blocked = self.panes.detail is not None and self.panes.detail.is_blocked
        return chosen.request.sender, chosen.request.client, blocked

    def can_block(self) -> bool:
        return self._target_sender() is not None

    def block(self) -> None:
        """Take nothing from the chosen sender any more, or again."""
        target = self._target_sender()
        if target is not None:
            self.calls.block(target[0], target[1], blocked=not target[2])

    def _say_done(self, sentence: str, undo: Callable[[], None] | None) -> None:
        self.toast.say(sentence, undo)
        self.senders.read()
        self._follow.start()
        self._refresh.start()

    def copy_curl(self) -> None:
        """Put a command on the clipboard that sends the chosen request again."""
        chosen = self._chosen()
        if chosen is None:
            return
        self._asking.ask(
            "curl", read_for_curl, self._bridge.workspace, chosen.request.id,
            answer=self._take_curl, failed=self._fail,
        )  # fmt: skip

    def _take_curl(self, found: tuple[RequestRow, bytes, str] | None) -> None:
        if found is not None:
            row, body, key = found
            base_url = self._bridge.station.base_url or _DEFAULT_URL
            command, remark = command_and_remark(row, body, base_url, key)
            QGuiApplication.clipboard().setText(command)
            self.toast.say(remark)

    def copy_rows(self) -> None:
        """Put the chosen request on the clipboard as a line."""
        chosen = self._chosen()
        if chosen is not None:
            QGuiApplication.clipboard().setText(request_line(chosen.request))

    def toggle_raw(self) -> None:
        """Switch the chosen item between tree and bytes."""
        self.items.toggle_raw()

    def save_bytes(self) -> None:
        """Ask where to save the chosen item's bytes."""
        self.items.save_as()

    # ---------------------------------------------------------------- live

    def _take_changes(self, changes: object) -> None:
        if not isinstance(changes, tuple) or not any(change.kind in _LIVE for change in changes):
            return
        if not self._refresh.isActive():
            self._refresh.start()
        if not self._recount.isActive():
            self._recount.start()

    def _read_news(self) -> None:
        self._asking.ask(
            "news", read_page, self._wanted, None, PAGE, answer=self._take_news, failed=self._fail
        )

    def _take_news(self, rows: Sequence[Listed]) -> None:
        """Put newer requests on top and update those held; what is read does not move."""
        if not self.model.rows:
            self.model.set_rows(rows)
        elif rows:
            newest = self.model.rows[0].request.id
            for listed in rows:
                self.model.update_row(listed)
            self.model.insert_above([listed for listed in rows if listed.request.id > newest])
        self._show_list()
