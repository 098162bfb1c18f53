"""The lists of traces and of transactions under one filter, kept up to date while the window may change."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import tr
from vedette.desktop.shell.links import link_of
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.traces.actions import (
    TRACE_COPY,
    TRACE_MENU,
    TRANSACTION_COPY,
    TRANSACTION_MENU,
    fill_row_menu,
    traces_commands,
)
from vedette.desktop.traces.filter import HINT, FilterError, read_filter, with_term
from vedette.desktop.traces.model import name_of, trace_text, transaction_text
from vedette.desktop.traces.read import read_slugs
from vedette.desktop.traces.trace_list import TraceList
from vedette.desktop.traces.transactions import TransactionsTab
from vedette.desktop.widgets.accessible import describe_as_pane
from vedette.desktop.widgets.buttons import Button, command_icon_button
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.query_terms import split_terms
from vedette.desktop.widgets.search_field import SearchField
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.domain.changes import ChangeKind
from vedette.domain.times import now
from vedette.store.queries.traces import TraceFilter

if TYPE_CHECKING:
    from collections.abc import Callable

    from vedette.desktop.bridge.bridge import Bridge

REFRESH_MS = 250
"""Live changes are taken up at most four times a second."""


class TracesView(QWidget):
    """Traces, newest first, and a tab with their transactions. Enter opens a trace."""

    navigate = Signal(object)
    """A row or a link was followed: a Place."""
    windowWanted = Signal(object)
    settled = Signal()

    def __init__(
        self,
        bridge: "Bridge",
        commands: CommandRegistry,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        clock: "Callable[[], int]" = now,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._commands = commands
        self._scope = TraceFilter()
        self._slugs: dict[str, int] = {}
        self._wanted_state: Mapping[str, Any] | None = None
        self._asking = InFlight(bridge, self)
        self.setObjectName("traces")
        self.setProperty("role", "canvas")
        self.setProperty("commandContext", "traces")
        self.setAccessibleName(tr("Traces"))
        commands.register(*traces_commands(self))
        self.tabs = Segmented(
            theme,
            [Segment("traces", tr("Traces")), Segment("transactions", tr("Transactions"))],
            name="traces.tabs",
            title=tr("What to list"),
        )
        self.field = SearchField(theme, name="traces.filter", title=tr("Filter traces"), hint=tr(HINT))
        self.newer = Button(theme, "", name="traces.newer", role="small", icon="arrow-up")
        self.note = label("", "error", name="traces.note", wrap=True)
        self.said = label("", "caption", name="traces.said")
        self.traces = TraceList(bridge, commands, theme, clock=clock)
        self.transactions = TransactionsTab(bridge, commands, theme, name="traces.transactions", clock=clock)
        self.list, self.model, self.painter = self.traces.list, self.traces.model, self.traces.painter
        self.empty, self.banner = self.traces.empty, self.traces.banner
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self._read_news)
        self._lay_out(theme)
        self._connect()
        self._offer_newer(0)
        self._asking.ask("slugs", read_slugs, answer=self._take_slugs, failed=self._skip)
        self.set_query("")

    def _lay_out(self, theme: Theme) -> None:
        bar = frame("bar", "traces.bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 8, 10, 8)
        row.setSpacing(10)
        row.addWidget(self.tabs)
        row.addWidget(self.field, 1)
        row.addWidget(self.said)
        row.addWidget(self.newer)
        row.addWidget(command_icon_button(theme, self._commands, "traces.choose_columns"))
        self._note_room = QWidget()
        room = QHBoxLayout(self._note_room)
        room.setContentsMargins(16, 6, 16, 2)
        room.addWidget(self.note)
        self._note_room.hide()
        self._lists = QStackedWidget()
        for part in (self.traces, self.transactions):
            describe_as_pane(part)
            self._lists.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self._note_room)
        layout.addWidget(self._lists, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self._bridge.changed.connect(self._take_changes)
        for asking in (
            self._asking, self.traces.asking, self.transactions.asking, self.transactions.panel.asking,
        ):  # fmt: skip
            asking.settled.connect(self._settle)
        self.traces.works.settled.connect(self._settle)
        self.tabs.chosen.connect(self.show_tab)
        self.field.queryChanged.connect(self.set_query)
        self.field.submitted.connect(lambda _: self._focus_list())
        self.field.left.connect(self._focus_list)
        self.list.rowOpened.connect(lambda key: self.navigate.emit(Place("traces", key)))
        self.list.rowOpenedApart.connect(lambda key: self.windowWanted.emit(Place("traces", key)))
        self.newer.clicked.connect(self.take_newer)
        for part in (self.traces, self.transactions):
            part.newerChanged.connect(lambda count, part=part: self._offer_newer(count, part))
            part.menuWanted.connect(self._show_menu)
        self.traces.clearWanted.connect(self.clear_filter)
        self.traces.connectWanted.connect(lambda: self.navigate.emit(Place("connect", None)))
        self.transactions.acted.connect(self._act_on_no_transactions)
        self.transactions.said.connect(self._say_of_transactions)
        self.transactions.panel.opened.connect(self.navigate)
        self.transactions.panel.openedApart.connect(self.windowWanted)
        for rows in (self.list, self.transactions.list):
            rows.selectedKeysChanged.connect(lambda _: self._commands.refresh())

    # What is asked for

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return (
            self._asking.is_settled
            and self.traces.is_settled
            and self.transactions.is_settled
            and not self._refresh.isActive()
        )

    @property
    def query(self) -> str:
        """What the field says."""
        return self.field.text()

    def open(self, query: str = "") -> None:
        """Show what *query* asks for; another one than before shows the list."""
        if query != self.field.text():
            self._set_text(query)
            self.show_tab("traces")

    def set_scope(self, scope: TraceFilter) -> None:
        """Show only what is in *scope*: projects, environments, run, time."""
        if scope != self._scope:
            self._scope = scope
            self.set_query(self.field.text())

    def set_query(self, text: str) -> None:
        """Filter by *text*; a term that means nothing is said under the field, and the list stays."""
        try:
            where = read_filter(text, self._scope, self._slugs)
            parts = [
                (str(term), read_filter(str(term), self._scope, self._slugs)) for term in split_terms(text)
            ]
        except FilterError as error:
            self.note.setText(str(error))
            self._note_room.show()
            return
        self.note.setText("")
        self._note_room.hide()
        self.traces.show_filter(where, parts)
        if self.tabs.current() == "transactions":
            self.transactions.read(where)

    def clear_filter(self) -> None:
        """Filter by nothing."""
        self.field.set_text("")
        self.set_query("")

    def _take_slugs(self, slugs: dict[str, int]) -> None:
        self._slugs = slugs

    def _skip(self, sentence: str, details: str) -> None:
        """Projects cannot be filtered by name then; the list itself says what cannot be read."""

    def reload(self) -> None:
        """Read what is shown again from the top."""
        if self.tabs.current() == "transactions":
            self.transactions.read(self.traces.where)
        self.traces.reload()

    def show_tab(self, key: str) -> None:
        """Show the ``traces`` or the ``transactions``."""
        self.tabs.choose(key)
        self._offer_newer(0)
        if key == "transactions":
            self.transactions.read(self.traces.where)
            self._lists.setCurrentWidget(self.transactions)
            self.setFocusProxy(self.transactions.list)
        else:
            self.said.setText("")
            self.traces.show_rows()
            self._lists.setCurrentWidget(self.traces)
            self.setFocusProxy(self.list)
            self.traces.works.look()
        self._commands.refresh()

    def _say_of_transactions(self, text: str) -> None:
        self.said.setText(text if self.tabs.current() == "transactions" else "")

    def _act_on_no_transactions(self) -> None:
        if self.field.text():
            self.clear_filter()
        else:
            self.navigate.emit(Place("connect", None))

    def _focus_list(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_filter(self) -> None:
        """Bring the keyboard to the filter field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Commands

    def is_shown(self) -> bool:
        """Return whether the lists are in sight."""
        return self.isVisible()

    def _is_on_traces(self) -> bool:
        return self.isVisible() and self.tabs.current() == "traces"

    def has_trace(self) -> bool:
        """Return whether a trace is chosen in the list."""
        return self._is_on_traces() and self.traces.current() is not None

    def has_transaction(self) -> bool:
        """Return whether a transaction is chosen."""
        on_tab = self.isVisible() and self.tabs.current() == "transactions"
        return on_tab and self.transactions.current() is not None

    def has_current(self) -> bool:
        """Return whether any row is chosen."""
        return self.has_trace() or self.has_transaction()

    def show_columns(self) -> None:
        """Open the menu of columns."""
        part = self.traces if self._is_on_traces() else self.transactions
        header = part.list.horizontalHeader()
        part.columns.show_menu(header.mapToGlobal(QPoint(max(0, header.width() - 220), header.height())))

    def take_newer(self) -> None:
        """Bring what is new into sight, in its order."""
        if self._is_on_traces():
            self.traces.take_newer()
        else:
            self.transactions.sort_again()

    def copy_current(self) -> None:
        """Copy the chosen row as a line."""
        if self._is_on_traces():
            self.copy_of_trace("row")
        else:
            self.copy_of_transaction("row")

    def open_trace(self) -> None:
        """Open the chosen trace."""
        row = self.traces.current()
        if row is not None:
            self.navigate.emit(Place("traces", row.trace_id))

    def open_trace_apart(self) -> None:
        """Open the chosen trace in a window of its own."""
        row = self.traces.current()
        if row is not None:
            self.windowWanted.emit(Place("traces", row.trace_id))

    def filter_to(self, what: str) -> None:
        """Filter to what the chosen trace has: name, op, service, longer or failed."""
        row = self.traces.current()
        if row is None:
            return
        name, value = {
            "name": ("transaction", name_of(row)),
            "op": ("op", row.op),
            "service": ("service", row.project_slug),
            "longer": ("duration", f">={row.duration}µs"),
            "failed": ("is", "error"),
        }[what]
        self._set_text(with_term(self.field.text(), name, value))

    def _set_text(self, text: str) -> None:
        self.field.set_text(text)
        self.set_query(text)

    def copy_of_trace(self, what: str) -> None:
        """Copy the chosen trace's row, id, name or link."""
        row = self.traces.current()
        if row is None:
            return
        texts = {
            "row": trace_text(row),
            "id": row.trace_id,
            "name": name_of(row),
            "link": link_of(Place("traces", row.trace_id), self._bridge.workspace.folder),
        }
        QGuiApplication.clipboard().setText(texts[what])

    def show_samples(self) -> None:
        """Show what lies behind the chosen transaction."""
        self.transactions.show_samples()

    def show_traces_of(self) -> None:
        """List the traces of the chosen transaction, of the brushed durations if some are."""
        chosen = self.transactions.current() or self.transactions.panel.transaction
        if chosen is None:
            return
        text = with_term(self.field.text(), "transaction", chosen.summary.name)
        brushed = self.transactions.panel.chosen
        if brushed is not None:
            text = with_term(text, "duration", f">={brushed[0]}µs") + f" duration:<={brushed[1]}µs"
        self.show_tab("traces")
        self._set_text(text)
        self._focus_list()

    def open_slowest(self) -> None:
        """Open the slowest trace of the chosen transaction."""
        rows = self.transactions.panel.model.rows
        if rows:
            self.navigate.emit(rows[0].place)

    def copy_of_transaction(self, what: str) -> None:
        """Copy the chosen transaction's row, name or histogram."""
        chosen = self.transactions.current()
        if chosen is None:
            return
        texts: dict[str, Callable[[], str]] = {
            "row": lambda: transaction_text(chosen),
            "name": lambda: chosen.summary.name,
            "bars": self.transactions.panel.histogram.as_text,
        }
        QGuiApplication.clipboard().setText(texts[what]())

    def show_menu_here(self) -> None:
        """Open the menu of the chosen row, by key."""
        part = self.list if self._is_on_traces() else self.transactions.list
        rect = part.row_rect(max(0, part.currentIndex().row()))
        self._show_menu(part.viewport().mapToGlobal(QPoint(40, rect.bottom())))

    def build_menu(self) -> QMenu:
        """Return the menu of the chosen row."""
        ids, copy = (TRACE_MENU, TRACE_COPY) if self._is_on_traces() else (TRANSACTION_MENU, TRANSACTION_COPY)
        return fill_row_menu(self._commands, QMenu(self), ids, copy)

    def _show_menu(self, at: QPoint) -> None:
        if not self.has_current():
            return
        menu = self.build_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._commands.refresh()
        menu.popup(at)

    # The way back

    def view_state(self) -> dict[str, Any]:
        """Return what is needed to come back: tab, query, rows."""
        return {
            "tab": self.tabs.current(),
            "query": self.field.text(),
            **self.traces.view_state(),
            **self.transactions.view_state(),
        }

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Come back to what `view_state` said, once the rows are here."""
        if state.get("query", "") != self.field.text():
            self._set_text(str(state.get("query", "")))
        if state.get("tab") and state["tab"] != self.tabs.current():
            self.show_tab(str(state["tab"]))
        self._wanted_state = state
        self._settle()

    def _settle(self) -> None:
        if not self.is_settled:
            return
        state, self._wanted_state = self._wanted_state, None
        if state is not None:
            self.traces.restore_state(dict(state))
            self.transactions.restore_state(dict(state))
        self.settled.emit()

    # Live

    def _take_changes(self, changes: object) -> None:
        if self._refresh.isActive() or not isinstance(changes, tuple):
            return
        kinds = {change.kind for change in changes}
        if ChangeKind.PROJECT in kinds:
            self._asking.ask("slugs", read_slugs, answer=self._take_slugs, failed=self._skip)
        if ChangeKind.TRACE in kinds:
            self._refresh.start()

    def _read_news(self) -> None:
        self.traces.read_news()
        if self.tabs.current() == "transactions" and self.isVisible():
            self.transactions.read(self.traces.where, again=True)

    def _offer_newer(self, count: int, part: QWidget | None = None) -> None:
        shown = self.traces if self.tabs.current() == "traces" else self.transactions
        if part is not None and part is not shown:
            return
        text = ""
        if count:
            text = tr("%n new trace(s)", "", count) if shown is self.traces else tr("New figures, sort again")
        self.newer.setText(text)
        self.newer.setAccessibleName(text)
        self.newer.setVisible(bool(count))


def within_environments(where: TraceFilter, environments: tuple[str, ...]) -> TraceFilter:
    """Return *where* for traces with a segment in one of *environments*; none means all."""
    return replace(where, segment=replace(where.segment, environments=environments))
