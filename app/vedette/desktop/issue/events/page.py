"""All events of an issue that fit the search: a table to sort, to choose columns of, to compare from."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QInputDialog, QMenu, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.bar_layout import BarLayout, lay_in_bar
from vedette.desktop.issue.events import columns as known
from vedette.desktop.issue.events.read import read_events, read_order, read_those
from vedette.desktop.issue.events.rows import ListedEvent, as_csv, as_json
from vedette.desktop.issue.parts import SIDE
from vedette.desktop.language import mark, tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button, command_button
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.notices import EmptyState
from vedette.desktop.widgets.paged_model import PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.desktop.widgets.units import count
from vedette.store.queries.issue_events import ALL, MOST_SORTED, EventFilter

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

PAGE = 64
"""Payloads of a page are read for what they say, so pages are small."""
_ORDERS = {
    "time": mark("by time"),
    "level": mark("by level"),
    "release": mark("by release"),
    "environment": mark("by environment"),
    "user": mark("by user"),
    "trace": mark("by trace"),
}


class EventTable(PaintedList):
    """The rows; Ctrl+C copies those selected."""

    copyWanted = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copyWanted.emit()
        else:
            super().keyPressEvent(event)


class EventsPage(QWidget):
    """A table of events. Enter opens one; two that are selected can be compared."""

    opened = Signal(str)
    """An event's id."""
    filterRequested = Signal(str, str, bool)
    selectionChanged = Signal()
    settled = Signal()

    def __init__(
        self, bridge: "Bridge", theme: Theme, commands: CommandRegistry, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._commands = commands
        self._issue: int | None = None
        self._where = ALL
        self._tags: tuple[str, ...] = ()
        self._sort, self._descending = "time", True
        self._order: list[int] = []
        self._asking = InFlight(bridge, self)
        self._asking.settled.connect(self.settled)
        self.setObjectName("issue.events.page")
        self.setAccessibleName(tr("All events"))
        self.note = label("", "caption", name="issue.events.note")
        self.columns = Button(
            theme,
            tr("Columns"),
            name="issue.events.columns",
            role="small",
            icon="columns-3",
            menu=QMenu(self),
        )
        self.columns.menu().aboutToShow.connect(self._fill_columns)
        copies = QMenu(self)
        copies.addAction(tr("Copy as CSV")).triggered.connect(lambda: self.copy("csv"))
        copies.addAction(tr("Copy as JSON")).triggered.connect(lambda: self.copy("json"))
        copies.addAction(tr("Copy event ids")).triggered.connect(lambda: self.copy("ids"))
        self.copies = Button(
            theme, tr("Copy as"), name="issue.events.copy", role="small", icon="copy", menu=copies
        )
        self.compare = command_button(theme, commands, "event.compare", role="small")
        self.list = EventTable(theme, name="issue.events.table", title=tr("Events"), row_lines=("body",))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.empty = EmptyState(theme, name="issue.events.empty")
        self._lay_out()
        self._make_model()
        self.list.rowOpened.connect(self._open)
        self.list.sortRequested.connect(self.sort_by)
        self.list.selectedKeysChanged.connect(lambda _: self._follow_selection())
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.copyWanted.connect(lambda: self.copy("csv"))

    def _lay_out(self) -> None:
        bar = frame("bar")
        row = BarLayout(8, (SIDE, 6, SIDE, 6))
        row.add(self.note)
        row.add_space()
        for part in (self.compare, self.columns, self.copies):
            row.add(part)
        lay_in_bar(bar, row)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)

    def _make_model(self) -> None:
        before = getattr(self, "model", None)
        self.model: PagedModel[ListedEvent] = PagedModel(
            known.columns_for(self.own_columns()),
            self._fetch,
            key=lambda listed: listed.row.id,
            describe=known.sentence,
            color=self._theme.color,
            page=PAGE,
            parent=self,
        )
        self.model.settled.connect(self._settle)
        self.model.failed.connect(self._fail)
        self.list.set_model(self.model)
        if before is not None:
            before.deleteLater()
        for section, digits in enumerate(known.WIDTHS):
            self.list.set_column_width(section, digits)
        for at in range(len(self.own_columns())):
            self.list.set_column_width(known.USUAL + at, known.OWN_WIDTH)
        self._fit()

    def _fit(self) -> None:
        """Give the title the width the other columns leave; where there is little, the table scrolls."""
        header = self.list.horizontalHeader()
        others = sum(header.sectionSize(at) for at in range(header.count()) if at != known.TITLE)
        least = round(self._theme.metrics("body").horizontalAdvance("x") * 28)
        header.resizeSection(known.TITLE, max(least, self.list.viewport().width() - others))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # ---------------------------------------------------------------- content

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read."""
        return self._asking.is_settled and not self.model.is_loading

    def show_issue(self, issue: int, where: EventFilter, tags: Sequence[str]) -> None:
        """Show the events of *issue* that fit *where*; *tags* may be chosen as columns."""
        self._tags = tuple(tags)
        if (issue, where) != (self._issue, self._where):
            self._issue, self._where = issue, where
            self.reload()

    def forget(self) -> None:
        """Show nothing; the next issue is read anew."""
        self._issue = None
        self._asking.cancel_all()

    def reload(self) -> None:
        """Read the table from its beginning."""
        self._order = []
        self._asking.cancel_all()
        self.model.reload()

    def refresh(self) -> None:
        """Put events that came meanwhile at the top, where the table is by time."""
        if self._issue is None or self._sort != "time" or not self._descending:
            return
        self._asking.ask(
            "news", self._read_page, None, PAGE, answer=self.model.insert_above, failed=self._fail
        )

    def _read_page(self, db: object, after: ListedEvent | None, limit: int) -> list[ListedEvent]:
        issue = self._issue
        if issue is None:
            return []
        return read_events(
            db, self._bridge.workspace, issue, self._where, self.own_columns(),
            newest_first=self._descending, after=None if after is None else after.row, limit=limit,
        )  # fmt: skip

    def _fetch(self, after: ListedEvent | None, limit: int, answer: PageAnswer[ListedEvent]) -> None:
        if self._issue is None:
            answer(())
        elif self._sort == "time":
            self._asking.ask("page", self._read_page, after, limit, answer=answer, failed=answer.failed)
        elif after is None:
            self._asking.ask(
                "order", self._read_sorted, limit,
                answer=lambda found: self._take_order(found, answer), failed=answer.failed,
            )  # fmt: skip
        else:
            start = len(self.model.rows)
            ids = self._order[start : start + limit]
            self._asking.ask("page", self._read_those, ids, answer=answer, failed=answer.failed)

    def _read_sorted(self, db: object, limit: int) -> tuple[list[int], list[ListedEvent]]:
        order = read_order(db, self._issue or 0, self._where, self._sort, descending=self._descending)
        return order, self._read_those(db, order[:limit])

    def _read_those(self, db: object, ids: Sequence[int]) -> list[ListedEvent]:
        return read_those(db, self._bridge.workspace, ids, self.own_columns())

    def _take_order(
        self, found: tuple[list[int], list[ListedEvent]], answer: PageAnswer[ListedEvent]
    ) -> None:
        self._order, rows = found
        answer(rows)

    def _settle(self) -> None:
        rows = len(self.model.rows)
        more = "" if self.model.is_exhausted else "+"
        words = tr("{count} event(s)", "", rows).format(count=f"{count(rows)}{more}")
        order = tr(_ORDERS[self._sort])
        if self._sort != "time" and len(self._order) >= MOST_SORTED:
            order = tr("{order}, the newest {count} of them").format(order=order, count=count(MOST_SORTED))
        self.note.setText(f"{words} · {order}")
        if rows:
            self._stack.setCurrentWidget(self.list)
        elif not self.model.is_loading:
            self.empty.say(
                tr("No event fits"),
                tr("The search or the chosen time leaves out every event of this issue."),
                icon="filter-x",
            )
            self._stack.setCurrentWidget(self.empty)
        self.settled.emit()

    def _fail(self, sentence: str, details: str) -> None:
        self.empty.say(tr("The events could not be read"), sentence, icon="triangle-alert")
        if not self.model.rows:
            self._stack.setCurrentWidget(self.empty)

    # ---------------------------------------------------------------- columns and order

    def own_columns(self) -> tuple[str, ...]:
        """Return the names of the columns the user added."""
        kept = self._bridge.preferences.get(known.KEY, [])
        return tuple(name for name in kept if isinstance(name, str) and name)[: known.MOST]

    def add_column(self, name: str) -> None:
        """Show a tag or path as a column of its own."""
        if name and name not in self.own_columns():
            self._set_columns([*self.own_columns(), name])

    def remove_column(self, name: str) -> None:
        """Take an added column away."""
        self._set_columns([one for one in self.own_columns() if one != name])

    def _set_columns(self, names: Sequence[str]) -> None:
        self._bridge.preferences.set(known.KEY, list(names)[-known.MOST :])
        self._make_model()
        self.reload()

    def _fill_columns(self) -> None:
        menu = self.columns.menu()
        menu.clear()
        own = self.own_columns()
        for name in dict.fromkeys([*own, *self._tags]):
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name in own)
            action.triggered.connect(
                lambda on, name=name: self.add_column(name) if on else self.remove_column(name)
            )
        menu.addSeparator()
        menu.addAction(tr("Add a path of the event…")).triggered.connect(self._ask_column)
        none = menu.addAction(tr("Only the usual columns"))
        none.setEnabled(bool(own))
        none.triggered.connect(lambda: self._set_columns(()))

    def _ask_column(self) -> None:
        text, fine = QInputDialog.getText(
            self, tr("Add column"), tr("A path into the event, such as contexts.device.memory_size")
        )
        if fine and text.strip():
            self.add_column(f".{text.strip().lstrip('.')}")

    def sort_by(self, sort: str) -> None:
        """Sort by a column; by the same again, the other way round."""
        self._descending = not self._descending if sort == self._sort else sort in ("time", "level")
        self._sort = sort
        self.reload()

    # ---------------------------------------------------------------- acting

    def selected(self) -> list[ListedEvent]:
        """Return the selected rows in their order."""
        rows = (self.model.row_by_key(key) for key in self.list.selected_keys())
        return [row for row in rows if row is not None]

    def _follow_selection(self) -> None:
        self._commands.refresh()
        self.selectionChanged.emit()

    def _open(self, key: object) -> None:
        listed = self.model.row_by_key(key) if isinstance(key, int) else None
        if listed is not None:
            self.opened.emit(listed.row.event_id)

    def copy(self, form: str) -> None:
        """Copy the selected rows, or all that were read if fewer than two are, as csv, json or ids."""
        chosen = self.selected()
        rows = list(chosen if len(chosen) > 1 or (form == "ids" and chosen) else self.model.rows)
        own = self.own_columns()
        make = {
            "csv": lambda: as_csv(rows, own),
            "json": lambda: as_json(rows, own),
            "ids": lambda: "\n".join(listed.row.event_id for listed in rows),
        }
        QGuiApplication.clipboard().setText(make[form]())

    def _show_menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        listed = self.model.row_by_key(self.list.current_key()) if index.isValid() else None
        if listed is None:
            return
        menu = self.build_menu(listed, index.column())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def build_menu(self, listed: ListedEvent, section: int) -> QMenu:
        """Return the menu of a cell: open, compare, filter, copy."""
        menu = QMenu(self)
        menu.setObjectName("issue.events.menu")
        menu.addAction(tr("Open", "verb")).triggered.connect(lambda: self.opened.emit(listed.row.event_id))
        self._commands.fill_menu(menu, ("event.compare",))
        menu.addSeparator()
        key = known.tag_of(section, self.own_columns())
        text = known.columns_for(self.own_columns())[section].text
        cell = text(listed) if text is not None else ""
        value = (listed.row.trace or "") if key == "trace" else cell
        if key and value:
            for title, exclude in ((tr("Filter to"), False), (tr("Exclude"), True)):
                menu.addAction(title).triggered.connect(
                    lambda _=False, exclude=exclude: self.filterRequested.emit(key, value, exclude)
                )
            menu.addSeparator()
        copy = QGuiApplication.clipboard().setText
        menu.addAction(tr("Copy cell")).triggered.connect(lambda: copy(cell))
        menu.addAction(tr("Copy event id")).triggered.connect(lambda: copy(listed.row.event_id))
        menu.addAction(tr("Copy as CSV")).triggered.connect(lambda: self.copy("csv"))
        menu.addAction(tr("Copy as JSON")).triggered.connect(lambda: self.copy("json"))
        if section >= known.USUAL:
            menu.addSeparator()
            name = self.own_columns()[section - known.USUAL]
            menu.addAction(tr("Remove this column")).triggered.connect(lambda: self.remove_column(name))
        return menu
