"""Asks which issue: a search, the issues that fit, Enter takes one."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.paged_model import Column, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.desktop.widgets.search_field import SearchField
from vedette.desktop.widgets.units import count
from vedette.store.queries.issues import IssueFilter, IssueRow, page_issues
from vedette.store.search import QueryError, parse_query

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

TYPING_MS = 120
MOST = 50
_ROOM = 420, 360

Db = Any


def find_issues(db: Db, project: int, text: str, without: Collection[int]) -> tuple[IssueRow, ...]:
    """Return the newest issues of *project* that fit *text*, those *without* left out.

    What cannot be read as a query is looked for as words. Index: as `page_issues`.
    """
    try:
        query = parse_query(text)
    except QueryError:
        query = (
            parse_query('"' + text.replace("\\", " ").replace('"', " ") + '"')
            if text.strip()
            else parse_query("")
        )
    found = page_issues(db, IssueFilter(projects=(project,), query=query), limit=MOST + len(without))
    return tuple(row for row in found if row.id not in without)[:MOST]


class ChooseIssueDialog(QDialog):
    """``chosen`` carries the issue; with *new_too* also None, for a new one."""

    chosen = Signal(object)

    def __init__(
        self,
        bridge: "Bridge",
        theme: Theme,
        parent: QWidget,
        *,
        title: str,
        verb: str,
        project: int,
        without: Collection[int] = (),
        new_too: bool = False,
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._without = frozenset(without)
        self._rows: tuple[IssueRow, ...] = ()
        self._asking = InFlight(bridge, self)
        self.setObjectName("regrouping.choose")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = SearchField(
            theme,
            name="regrouping.choose.search",
            title=tr("Search issues"),
            hint=tr("Search issues"),
            keys="",
        )
        columns = (
            Column[IssueRow](tr("Issue"), text=lambda row: row.short),
            Column[IssueRow](tr("Title"), text=lambda row: row.title, tip=lambda row: row.title),
            Column[IssueRow](tr("Events"), text=lambda row: count(row.n)),
        )
        self.model: PagedModel[IssueRow] = PagedModel(
            columns,
            self._fetch,
            key=lambda row: row.id,
            describe=lambda row: f"{row.short}, {row.title}",
            color=theme.color,
            page=MOST + 1,
            parent=self,
        )
        self.list = PaintedList(theme, name="regrouping.choose.issues", title=tr("Issues"), parent=self)
        self.list.set_model(self.model)
        self.list.set_column_width(0, 14)
        self.list.set_column_width(2, 8)
        header = self.list.horizontalHeader()
        header.setSectionResizeMode(1, header.ResizeMode.Stretch)
        self.nothing = label("", "muted", name="regrouping.choose.nothing")
        self.take = Button(theme, verb, name="regrouping.choose.take", role="primary")
        self.new = Button(theme, tr("A new issue"), name="regrouping.choose.new", icon="plus")
        self.cancel = Button(theme, tr("Cancel"), name="regrouping.choose.cancel")
        self.new.setVisible(new_too)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._lay_out()
        self._connect()
        self.resize(*_ROOM)
        self._ask()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.new)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.field.queryChanged.connect(lambda _: self._typing.start())
        self.field.left.connect(self.list.setFocus)
        self._typing.timeout.connect(self._ask)
        self.list.rowOpened.connect(self._choose)
        self.list.currentRowChanged.connect(lambda row: self.take.setEnabled(row is not None))
        self.take.clicked.connect(self._choose_current)
        self.new.clicked.connect(lambda: self._choose(None))
        self.cancel.clicked.connect(self.reject)

    def _ask(self) -> None:
        self._typing.stop()
        self._asking.ask(
            "issues",
            find_issues,
            self._project,
            self.field.text(),
            self._without,
            answer=self._show,
            failed=lambda sentence, _: self.nothing.setText(sentence),
        )

    def _show(self, rows: tuple[IssueRow, ...]) -> None:
        self._rows = rows
        self.model.reload()
        self.nothing.setText("" if rows else tr("No other issue fits."))
        if rows:
            self.list.select_key(rows[0].id)
        self.take.setEnabled(bool(rows))

    def _fetch(self, after: IssueRow | None, limit: int, answer: PageAnswer[IssueRow]) -> None:
        answer(self._rows if after is None else ())

    def _choose_current(self) -> None:
        key = self.list.current_key()
        row = next((row for row in self._rows if row.id == key), None)
        if row is not None:
            self._choose(row)

    def _choose(self, row: IssueRow | None) -> None:
        self.accept()
        self.chosen.emit(row)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter in the search takes the issue that is on top; in a list the list has it already.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._rows:
            self._choose_current()
            return
        super().keyPressEvent(event)
