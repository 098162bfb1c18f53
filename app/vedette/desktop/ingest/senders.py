"""Who sends: one row for each program and address, with what its SDK says it dropped, and advice."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.ingest.model import (
    FontModel,
    describe_sender,
    sender_columns,
    sender_sentence,
    sender_token,
    sender_word,
)
from vedette.desktop.ingest.paint import SentencePainter, WordPainter, paint_words
from vedette.desktop.ingest.read import read_senders
from vedette.desktop.ingest.wording import client_name
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button, command_button
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.notices import EmptyState
from vedette.desktop.widgets.paged_model import PageAnswer
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.store.queries.requests import SenderRow

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_ADVICE = 6
_MAKES_WAY = ((1_000, 2), (880, 5), (620, 0))
"""Widths in pixels below which a column makes way for the advice; a blocked sender's button says so too."""


class SendersTab(QWidget):
    """The list of senders, latest first. Enter shows what one of them sent."""

    opened = Signal(object)
    """A SenderRow."""
    connectWanted = Signal()
    counted = Signal(int)

    def __init__(
        self, bridge: "Bridge", theme: Theme, commands: CommandRegistry, clock: Callable[[], int]
    ) -> None:
        super().__init__()
        self.setObjectName("ingest.senders")
        self.asking = InFlight(bridge, self)
        self.model: FontModel[SenderRow] = FontModel(
            theme, {0: "code"}, sender_columns(clock), self._fetch,
            key=lambda row: row.id, describe=describe_sender, page=1_000, parent=self,
        )  # fmt: skip
        self.list = PaintedList(theme, name="ingest.senders.table", title="Senders")
        self.list.setSelectionMode(PaintedList.SelectionMode.SingleSelection)
        self.list.set_model(self.model)
        self.list.set_painter(_ADVICE, SentencePainter(theme, sender_sentence))
        paint_words(self.list, 5, WordPainter(theme, sender_word, sender_token))
        for column, digits in ((0, 15), (1, 25), (2, 11), (3, 11), (4, 9), (5, 9)):
            self.list.set_column_width(column, digits)
        self.empty = EmptyState(theme, name="ingest.senders.empty")
        self.empty.say(
            "Nobody has sent anything yet",
            "Every program that knocks is listed here, with its address and SDK.",
            action="Connect an app",
            icon="plug",
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._build_foot(theme, commands))
        self.setFocusProxy(self.list)
        self.list.rowOpened.connect(self._open)
        self.list.currentRowChanged.connect(lambda _: self._show_current())
        self.empty.acted.connect(self.connectWanted)

    def _build_foot(self, theme: Theme, commands: CommandRegistry) -> QWidget:
        """Return the strip that says all of the chosen sender, with what can be done."""
        self.words = label("", "muted", name="ingest.senders.words", selectable=True, wrap=True)
        self.show_requests = Button(
            theme, "Show its requests", name="ingest.senders.show", icon="list", role="small"
        )
        self.show_requests.clicked.connect(self.list.open_current)
        self.block = command_button(theme, commands, "ingest.block", role="small")
        self._foot = frame("statusbar", "ingest.senders.foot")
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.show_requests)
        row.addWidget(self.block)
        self._foot.hide()
        return self._foot

    def _show_current(self) -> None:
        row = self.current()
        self._foot.setVisible(row is not None)
        if row is None:
            return
        what = sender_sentence(row) or "It reported no drops."
        self.words.setText(f"{client_name(row.client)} from {row.ip or 'nowhere'}: {what}")
        self.words.setAccessibleName(self.words.text())
        title = "Allow sender" if row.blocked else "Block sender"
        self.block.setText(title)
        self.block.setAccessibleName(title)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for limit, column in _MAKES_WAY:
            self.list.setColumnHidden(column, event.size().width() < limit)

    def current(self) -> SenderRow | None:
        """Return the chosen sender."""
        key = self.list.current_key()
        return self.model.row_by_key(key) if key is not None else None

    def read(self) -> None:
        """Read the senders again; rows keep their selection."""
        self.asking.ask("senders", read_senders, answer=self._take, failed=self._fail)

    def _fetch(self, after: SenderRow | None, limit: int, answer: PageAnswer[SenderRow]) -> None:
        answer(())  # the list is short, so it always comes whole, by `read`

    def _take(self, rows: Sequence[SenderRow]) -> None:
        self.model.set_rows(rows)
        self.counted.emit(len(rows))
        self._show_current()
        self._stack.setCurrentWidget(self.list if rows else self.empty)

    def _fail(self, sentence: str, details: str) -> None:
        self.empty.say("The senders could not be read", sentence, icon="inbox")
        self._stack.setCurrentWidget(self.empty)

    def _open(self, key: object) -> None:
        row = self.model.row_by_key(key)
        if row is not None:
            self.opened.emit(row)
