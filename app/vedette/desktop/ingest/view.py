"""The ingest inspector: everything that knocked, live, with the chosen request's facts and items below."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.ingest import layout as columns
from vedette.desktop.ingest.acting import Acting
from vedette.desktop.ingest.actions import ingest_commands
from vedette.desktop.ingest.bar import IngestBar
from vedette.desktop.ingest.emptiness import Emptiness, Way, why_empty
from vedette.desktop.ingest.filter import TABS, FilterError, Wanted, add_term, read_filter
from vedette.desktop.ingest.live import LiveRequests
from vedette.desktop.ingest.model import FontModel, describe_request, request_columns, request_key
from vedette.desktop.ingest.panes import Panes
from vedette.desktop.ingest.read import Detail, Summary, read_page, read_summary
from vedette.desktop.ingest.request_list import RequestList
from vedette.desktop.ingest.senders import SendersTab
from vedette.desktop.ingest.wording import Listed, client_name
from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.notices import Banner, EmptyState, Toast
from vedette.desktop.widgets.paged_model import PageAnswer
from vedette.domain.outcomes import Outcome
from vedette.domain.times import Micros, now
from vedette.store.queries.requests import SenderRow

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

LOADING_MS = 150
DETAIL_MS = 60
"""J held down: the panes below follow once the list has come to rest."""


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
        self.setObjectName("ingest")
        self.setProperty("role", "canvas")
        self.setProperty("commandContext", "ingest")
        self.setAccessibleName(tr("Ingest"))
        self.setMinimumSize(300, 240)  # else the counts, which make way, would keep it wide
        self.bar = IngestBar(theme)
        self.tabs, self.field, self.newer = self.bar.tabs, self.bar.field, self.bar.newer
        self.banner = Banner(theme, name="ingest.banner")
        self.empty = EmptyState(theme, name="ingest.empty")
        self.toast = Toast(theme, self, name="ingest.toast")
        self.model: FontModel[Listed] = FontModel(
            theme, dict.fromkeys((columns.TIME, columns.FROM, columns.ITEMS), "code"), request_columns(),
            self._fetch, key=request_key, describe=describe_request, parent=self,
        )  # fmt: skip
        self.list = RequestList(theme, name="ingest.table", title=tr("Requests"))
        self.list.show_model(self.model)
        self.live = LiveRequests(bridge, self.model, lambda: self._wanted, self)
        self.acting = Acting(bridge, commands, self, self)
        commands.register(*ingest_commands(self.acting))
        self.panes = Panes(bridge, commands, theme)
        self.request, self.items = self.panes.request, self.panes.items
        self.senders = SendersTab(bridge, theme, commands, clock)
        self.acting.join(self.list, self.panes, self.senders)
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
        self.splitter.setSizes([480, 480])
        self.splitter.setStretchFactor(0, 1)
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
        for asking in (
            self._asking, self.panes.asking, self.items.asking, self.senders.asking, self.acting, self.live,
        ):  # fmt: skip
            asking.settled.connect(self._settle)
        self.live.came.connect(self._show_list)
        self.live.countDue.connect(self._read_summary)
        self.live.failed.connect(self._fail)
        self.acting.done.connect(self._say_done)
        self.acting.failed.connect(self._say_failed)
        self.tabs.chosen.connect(self.show_tab)
        self.field.queryChanged.connect(self.set_query)
        self.field.submitted.connect(lambda _: self._focus_list())
        self.field.left.connect(self._focus_list)
        self.bar.termChosen.connect(self.add_filter)
        self.list.currentRowChanged.connect(self._choose)
        self.list.selectedKeysChanged.connect(lambda _: self._choose(None))
        self.list.rowOpened.connect(lambda _: self.panes.focus_items())
        self.list.newerCountChanged.connect(self.bar.offer_newer)
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
        parts = (
            self._asking, self.panes, self.senders.asking, self.acting, self.live,
        )  # fmt: skip
        return all(part.is_settled for part in parts) and not self._follow.isActive()

    def go(self, place: Place) -> None:
        """Show *place*: the list, filtered by its query, or one request by its id, at the item ``extra``."""
        if place.query and place.query != self.field.text():
            self.field.set_text(place.query)
            self.set_query(place.query)
        if place.id is not None:
            self.show_tab("all")
            self._sought = int(place.id)
            if place.extra.isdecimal():
                self.panes.want_part(self._sought, int(place.extra))
            self._choose_sought()

    def view_state(self) -> dict[str, Any]:
        """Return what brings the view back as it is: tab, filter, the chosen request."""
        return {"tab": self.tabs.current(), "query": self.field.text(), "request": self.list.current_key()}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Show what `view_state` returned."""
        query = str(state.get("query") or "")
        if query != self.field.text():
            self.field.set_text(query)
        tab = str(state.get("tab"))
        self.show_tab(tab if tab in TABS or tab == "senders" else "all")
        number = state.get("request")
        if isinstance(number, int) and number != self.list.current_key():
            self._sought = number
            self._choose_sought()

    def set_scope(self, scope: Scope) -> None:
        """Show only what is in *scope*: projects, run, time. A request has no environment of its own."""
        if scope != self._scope:
            self._scope = scope
            self.set_query(self.field.text())

    def set_query(self, text: str) -> None:
        """Filter by *text*; a term that means nothing is said beside the field, and the list stays."""
        tab = self.tabs.current()
        since, until = self._scope.bounds(self._clock())
        try:
            wanted = read_filter(
                text,
                tab if tab in TABS else "all",
                projects=self._scope.projects,
                run=self._scope.run,
                since=since,
                until=until,
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
        self._read_summary()

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

    def current_tab(self) -> str:
        """Return the tab that is shown."""
        return self.tabs.current()

    def add_filter(self, key: str, value: str) -> None:
        """Narrow the list by the term ``key:value``."""
        query = add_term(self.field.text(), key, value)
        self.field.set_text(query)
        if self.tabs.current() == "senders":
            self.show_tab("all")
        else:
            self.set_query(query)

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
        self.list.set_dimmed(False)
        answer(rows)
        self._show_list()
        self._choose_sought()

    def _fail_page(self, answer: PageAnswer[Listed], sentence: str, details: str) -> None:
        self._loading.stop()
        self.list.set_dimmed(False)
        answer.failed(sentence, details)

    def _fail(self, sentence: str, details: str) -> None:
        self.banner.say(sentence, details=details, action=tr("Try again"))

    def _say_failed(self, sentence: str, details: str) -> None:
        self.banner.say(sentence, details=details)

    def _try_again(self) -> None:
        self.banner.clear()
        self.model.retry()
        self._read_summary()

    def _read_summary(self) -> None:
        self._asking.ask("summary", read_summary, answer=self._take_summary, failed=self._fail)
        self.senders.read()

    def _take_summary(self, summary: Summary) -> None:
        for key, outcomes in TABS.items():
            total = sum(summary.counts[outcome] for outcome in outcomes or tuple(Outcome))
            self.bar.set_count(key, total)
        names = ((client_name(row.client), row.ip, row.client or row.ip) for row in summary.senders)
        self.bar.offer_choices([(f"{name}   {ip}", value) for name, ip, value in names], summary.kinds)

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
        if self.model.rows:
            self.list.set_dimmed(True)
            return
        self.empty.say(tr("Reading requests…"), icon="loader")
        self._lists.setCurrentWidget(self.empty)

    # ---------------------------------------------------------------- the chosen request

    def _choose(self, _key: object) -> None:
        self._follow.start()
        self._commands.refresh()

    def chosen(self) -> Listed | None:
        """Return the chosen request."""
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

    def read_chosen(self) -> None:
        """Show the chosen request below, soon."""
        self._follow.start()

    def _read_detail(self) -> None:
        chosen = self.chosen()
        if chosen is not None:
            self.panes.show_request(chosen.request.id)
        else:
            self._settle()

    def _take_detail(self, detail: Detail) -> None:
        self.model.update_row(detail.listed)
        self._commands.refresh()

    def _say_done(self, sentence: str, undo: Callable[[], None] | None) -> None:
        self.toast.say(sentence, undo)
        self.senders.read()
        self._follow.start()
        chosen = self.chosen()
        self.live.start((chosen.request.id,) if chosen is not None else ())
