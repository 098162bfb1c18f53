"""Who sends: one row for each program and address, with what its SDK says it dropped, and advice."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.ingest.model import FontModel
from vedette.desktop.ingest.paint import SentencePainter, WordPainter, paint_words
from vedette.desktop.ingest.processes import sender_processes
from vedette.desktop.ingest.read_senders import Sending, read_sendings
from vedette.desktop.ingest.sender_model import (
    ADVICE,
    FROM,
    MAKES_WAY,
    STATE,
    WIDTHS,
    describe,
    fact_rows,
    sender_columns,
    sentence,
    state_token,
    state_word,
)
from vedette.desktop.ingest.wording import client_name
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button, command_button
from vedette.desktop.widgets.elided_label import ElidedLabel
from vedette.desktop.widgets.key_values import KeyValueTable
from vedette.desktop.widgets.notices import EmptyState
from vedette.desktop.widgets.paged_model import PageAnswer
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.domain.times import Micros

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge


class SendersTab(QWidget):
    """The list of senders, latest first; below, all of the chosen one. Enter shows what it sent."""

    opened = Signal(object)
    """A SenderRow."""
    connectWanted = Signal()
    counted = Signal(int)

    def __init__(
        self, bridge: "Bridge", theme: Theme, commands: CommandRegistry, clock: Callable[[], Micros]
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._clock = clock
        self._processes: dict[int, str] = {}
        self.setObjectName("ingest.senders")
        self.asking = InFlight(bridge, self)
        self.model: FontModel[Sending] = FontModel(
            theme, {FROM: "code"}, sender_columns(clock, self._process_of), self._fetch,
            key=lambda one: one.row.id, describe=lambda one: describe(one, self._process_of(one.row.id)),
            page=1_000, parent=self,
        )  # fmt: skip
        self.list = PaintedList(theme, name="ingest.senders.table", title=tr("Senders"))
        self.list.setSelectionMode(PaintedList.SelectionMode.SingleSelection)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.set_model(self.model)
        self.list.set_painter(ADVICE, SentencePainter(theme, sentence))
        paint_words(self.list, STATE, WordPainter(theme, state_word, state_token))
        for column, digits in WIDTHS.items():
            self.list.set_column_width(column, digits)
        self.empty = EmptyState(theme, name="ingest.senders.empty")
        self._stack = QStackedWidget()
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setObjectName("ingest.senders.splitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self._build_below(theme, commands))
        self._splitter.setSizes([520, 260])
        self._splitter.setStretchFactor(0, 1)
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.list)
        self.list.rowOpened.connect(self._open)
        self.list.currentRowChanged.connect(lambda _: self._show_current())
        self.empty.acted.connect(self._act)
        self._failed = False
        bridge.stationChanged.connect(lambda _: self._follow_station())
        self._follow_station()

    def _build_below(self, theme: Theme, commands: CommandRegistry) -> QWidget:
        """Return the pane that says all of the chosen sender, with what can be done."""
        self._below = QWidget()
        self._below.setObjectName("ingest.senders.below")
        self._below.setAccessibleName(tr("Sender"))
        self.name = ElidedLabel(theme, "title", name="ingest.senders.name")
        self.facts = KeyValueTable(theme, name="ingest.senders.facts", title=tr("About the sender"))
        self.show_requests = Button(
            theme, tr("Show its requests"), name="ingest.senders.show", icon="list", role="small"
        )
        self.show_requests.clicked.connect(self.list.open_current)
        self.block = command_button(theme, commands, "ingest.block", role="small")
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self.name, 1)
        head.addWidget(self.show_requests)
        head.addWidget(self.block)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 8)
        column.addWidget(self.facts)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        layout = QVBoxLayout(self._below)
        layout.setContentsMargins(10, 10, 8, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(area, 1)
        self._below.hide()
        return self._below

    def _show_current(self) -> None:
        one = self.current_sending()
        self._below.setVisible(one is not None)
        if one is None:
            return
        name = client_name(one.row.client)
        title = tr("{name} from {address}").format(name=name, address=one.row.ip) if one.row.ip else name
        self.name.set_text(title)
        rows = fact_rows(one, self._process_of(one.row.id), self._clock)
        if tuple(rows) != self.facts.rows():
            self.facts.set_rows(rows)
        words = tr("Allow sender") if one.row.blocked else tr("Block sender")
        self.block.setText(words)
        self.block.setAccessibleName(words)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for limit, column in MAKES_WAY:
            self.list.setColumnHidden(column, event.size().width() < limit)

    def current_sending(self) -> Sending | None:
        """Return the chosen sender with what it did."""
        key = self.list.current_key()
        return self.model.row_by_key(key) if key is not None else None

    def _process_of(self, number: int) -> str:
        return self._processes.get(number, "")

    def _follow_station(self) -> None:
        processes = sender_processes(self._bridge.station.details)
        if processes != self._processes:
            self._processes = processes
            self.list.viewport().update()
            self._show_current()

    # ---------------------------------------------------------------- reading

    def read(self) -> None:
        """Read the senders again; rows keep their selection."""
        self.asking.ask(
            "senders", read_sendings, self._bridge.workspace, self._clock(),
            answer=self._take, failed=self._fail,
        )  # fmt: skip

    def _fetch(self, after: Sending | None, limit: int, answer: PageAnswer[Sending]) -> None:
        answer(())  # the list is short, so it always comes whole, by `read`

    def _take(self, rows: Sequence[Sending]) -> None:
        self.model.set_rows(rows)
        self.counted.emit(len(rows))
        self._show_current()
        self._failed = False
        if not rows:
            self.empty.say(
                tr("Nobody has sent anything yet"),
                tr("Every program that knocks is listed here, with its address and SDK."),
                action=tr("Connect an app"),
                icon="plug",
            )
        self._stack.setCurrentWidget(self._splitter if rows else self.empty)

    def _fail(self, why: str, _details: str) -> None:
        self._failed = True
        self.empty.say(tr("The senders could not be read"), why, action=tr("Try again"), icon="inbox")
        self._stack.setCurrentWidget(self.empty)

    def _act(self) -> None:
        if self._failed:
            self.read()
        else:
            self.connectWanted.emit()

    def _open(self, key: object) -> None:
        one = self.model.row_by_key(key)
        if one is not None:
            self.opened.emit(one.row)
