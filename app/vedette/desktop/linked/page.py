"""A list of the items that have to do with an event or a trace; each opens in the Ingest inspector."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.language import tr
from vedette.desktop.linked.columns import KIND, SIZE, TIME, WHAT, WIDTHS, columns, sentence
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.notices import EmptyState
from vedette.desktop.widgets.paged_model import PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.store.queries.linked_items import MOST, LinkedItem

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

NEWS_MS = 1_000
"""While something arrives all the time, the list is read so often."""
_FIRST_TO_GO = (SIZE, TIME)
_LEAST = 9
"""Times the height of a line what an item is keeps, before other columns make way."""


class LinkedItemsPage(QWidget):
    """Kind, what, when and size of each item; Enter or a double click shows it where it came in.

    Read anew when it comes into sight and, in sight, when something arrived: much comes after its event.
    """

    navigate = Signal(object)
    """An item is to be shown in the Ingest inspector: a Place."""
    counted = Signal(int)
    """So many items are listed."""
    settled = Signal()
    """Nothing is being read any more."""

    def __init__(
        self,
        bridge: "Bridge",
        theme: Theme,
        *,
        name: str,
        side: int,
        nothing: tuple[str, str],
        choice: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """*side* is free pixels left and right; *nothing* two sentences for where there is no item.

        *choice* stands above the list, where there are several questions to choose from.
        """
        super().__init__(parent)
        self._theme = theme
        self._nothing = nothing
        self._choice = choice
        self._question: tuple[Callable[..., list[LinkedItem]], tuple[Any, ...]] | None = None
        self._items: tuple[LinkedItem, ...] = ()
        self._asking = InFlight(bridge, self)
        self._asking.settled.connect(self.settled)
        self.setObjectName(name)
        self.setAccessibleName(tr("Items"))
        self.model: PagedModel[LinkedItem] = PagedModel(
            columns(),
            self._fetch,
            key=lambda row: row.place,
            describe=sentence,
            color=theme.color,
            parent=self,
        )
        self.list = PaintedList(theme, name=f"{name}.list", title=tr("Items"), parent=self)
        self.list.setSelectionMode(PaintedList.SelectionMode.SingleSelection)
        self.list.set_model(self.model)
        self.list.horizontalHeader().setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        self.said = label("", "caption", name=f"{name}.said")
        self.show_button = Button(
            theme, tr("Show in Ingest"), name=f"{name}.show", role="small", icon="inbox"
        )
        self.empty = EmptyState(theme, name=f"{name}.empty")
        self._lay_out(side)
        self._set_widths()
        theme.changed.connect(self._set_widths)
        self.list.rowOpened.connect(self._open)
        self.list.selectedKeysChanged.connect(lambda keys: self.show_button.setEnabled(bool(keys)))
        self.show_button.clicked.connect(self.list.open_current)
        self.empty.acted.connect(self.read_again)
        self._news = QTimer(self)
        self._news.setSingleShot(True)
        self._news.setInterval(NEWS_MS)
        self._news.timeout.connect(self._read_in_sight)
        bridge.changed.connect(self._note_change)
        self._show_nothing_yet()

    def _lay_out(self, side: int) -> None:
        self._bar = frame("bar")
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(side, 6, side, 6)
        if self._choice is not None:
            row.addWidget(self._choice)
            row.addSpacing(8)
        row.addWidget(self.said, 1)
        row.addWidget(self.show_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.empty, 1)

    def _set_widths(self) -> None:
        for column, digits in WIDTHS.items():
            self.list.set_column_width(column, digits)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read_again()

    def _fit(self) -> None:
        """Let the less important columns make way where what an item is would have too little room."""
        digit = self._theme.metrics("number").horizontalAdvance("0")
        wanted = {column: round(digit * digits) + 20 for column, digits in WIDTHS.items()}
        room = self.width() - _LEAST * self._theme.line_height("body")
        for column in _FIRST_TO_GO:
            if sum(wanted.values()) <= room:
                break
            wanted.pop(column)
        for column in (KIND, TIME, SIZE):
            self.list.setColumnHidden(column, column not in wanted)

    # ---------------------------------------------------------------- content

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read."""
        return self._asking.is_settled

    @property
    def items(self) -> tuple[LinkedItem, ...]:
        """What is listed, newest first."""
        return self._items

    def ask(self, question: Callable[..., list[LinkedItem]], *args: object) -> None:
        """List what ``question(db, *args)`` returns, in place of what is listed now."""
        asked = question, args
        if asked != self._question:
            self._question = asked
            self._show_nothing_yet()
        self.read_again()

    def read_again(self) -> None:
        """Ask once more; what is listed stays until there is an answer."""
        if self._question is not None:
            question, args = self._question
            self._asking.ask("items", question, *args, answer=self._take, failed=self._fail)

    def _note_change(self, changes: object) -> None:
        # What an item is linked with only the store knows; asking it again is quick.
        if self.isVisible() and not self._news.isActive():
            self._news.start()

    def _read_in_sight(self) -> None:
        if self.isVisible():
            self.read_again()

    def _show_nothing_yet(self) -> None:
        self._items = ()
        self.model.reload()
        self.said.setText("")
        self.show_button.setEnabled(False)
        self._show_list(shown=True)

    def _show_list(self, *, shown: bool) -> None:
        self._bar.setVisible(shown or self._choice is not None)
        for part in (self.said, self.show_button, self.list):
            part.setVisible(shown)
        self.empty.setVisible(not shown)

    def _take(self, found: list[LinkedItem]) -> None:
        items = tuple(found)
        if items != self._items:
            chosen = self.list.selected_keys()
            self._items = items
            self.model.reload()
            if chosen:
                self.list.select_key(chosen[0], reveal=False)
            self.show_button.setEnabled(bool(self.list.selected_keys()))
        words = tr("%n item(s)", "", len(items))
        if len(items) >= MOST:
            words = tr("The newest %n item(s)", "", len(items))
        self.said.setText(words)
        self._show_list(shown=bool(items))
        if not items:
            self.empty.say(*self._nothing, icon="inbox")
        self.counted.emit(len(items))

    def _fail(self, sentence: str, details: str) -> None:
        self._show_list(shown=False)
        self.empty.say(sentence, action=tr("Try again"), icon="triangle-alert", details=details)

    def _fetch(self, after: LinkedItem | None, limit: int, answer: PageAnswer[LinkedItem]) -> None:
        answer(self._items if after is None else ())

    def _open(self, key: object) -> None:
        row = self.model.row_by_key(key)
        if row is not None:
            self.navigate.emit(Place("ingest", row.request, extra=str(row.item)))
