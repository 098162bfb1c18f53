"""All events of an issue that fit the search: a table to sort, to choose columns of, to compare from."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.bar_layout import BarLayout, lay_in_bar
from vedette.desktop.issue.events import columns as known
from vedette.desktop.issue.events.add_column import AddColumnDialog
from vedette.desktop.issue.events.column_memory import ColumnMemory
from vedette.desktop.issue.events.export import EventExport, Form, Wanted, copied
from vedette.desktop.issue.events.export_strip import ExportStrip
from vedette.desktop.issue.events.read import (
    MOST_SORTED_READ,
    read_events,
    read_order,
    read_own_order,
    read_paths,
    read_those,
)
from vedette.desktop.issue.events.rows import ListedEvent
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

REMEMBER_MS = 300
PAGE = 64
"""Payloads of a page are read for what they say, so pages are small."""
SORT_SECONDS = 20.0
"""What only the payloads say is read of a thousand events before it can be sorted by."""
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
        self._memory = ColumnMemory(bridge.preferences)
        self._is_arranging = False
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
        exports = QMenu(self)
        for title, form in (
            (tr("As CSV…"), Form.CSV),
            (tr("As JSON…"), Form.JSON),
            (tr("Whole events as JSON lines…"), Form.LINES),
        ):  # fmt: skip
            exports.addAction(title).triggered.connect(lambda _=False, form=form: self.choose_target(form))
        self.exports = Button(
            theme,
            tr("Export"),
            name="issue.events.export.button",
            role="small",
            icon="download",
            menu=exports,
        )
        self.export = EventExport(bridge, self)
        self.strip = ExportStrip(theme)
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
        self.export.progressed.connect(self.strip.say_progress)
        self.export.ended.connect(self.strip.say_end)
        self.strip.cancelled.connect(self.export.cancel)
        header = self.list.horizontalHeader()
        header.setSectionsMovable(True)
        header.sectionMoved.connect(lambda *_: self._remember_soon())
        header.sectionResized.connect(lambda *_: self._remember_soon())

    def _lay_out(self) -> None:
        bar = frame("bar")
        row = BarLayout(8, (SIDE, 6, SIDE, 6))
        row.add(self.note)
        row.add_space()
        for part in (self.compare, self.columns, self.copies, self.exports):
            row.add(part)
        lay_in_bar(bar, row)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.strip)
        column.addWidget(self._stack, 1)
        self._remembering = QTimer(self)
        self._remembering.setSingleShot(True)
        self._remembering.setInterval(REMEMBER_MS)
        self._remembering.timeout.connect(self._remember)

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
        self._is_arranging = True
        self.list.set_model(self.model)
        if before is not None:
            before.deleteLater()
        for section, digits in enumerate(known.WIDTHS):
            self.list.set_column_width(section, digits)
        for at in range(len(self.own_columns())):
            self.list.set_column_width(known.USUAL + at, known.OWN_WIDTH)
        self._memory.restore(self.list.horizontalHeader(), self._names(), stretched=known.TITLE)
        self._fit()
        self._is_arranging = False

    def _fit(self) -> None:
        """Give the title the width the other columns leave; where there is little, the table scrolls."""
        header = self.list.horizontalHeader()
        others = sum(header.sectionSize(at) for at in range(header.count()) if at != known.TITLE)
        least = round(self._theme.metrics("body").horizontalAdvance("x") * 28)
        was_arranging, self._is_arranging = self._is_arranging, True
        header.resizeSection(known.TITLE, max(least, self.list.viewport().width() - others))
        self._is_arranging = was_arranging

    def _names(self) -> list[str]:
        return [*known.NAMES, *self.own_columns()]

    def _remember_soon(self) -> None:
        if not self._is_arranging:
            self._remembering.start()

    def _remember(self) -> None:
        """Keep order and widths for the project; the title takes up what another column gave or took."""
        self._memory.keep(self.list.horizontalHeader(), self._names(), stretched=known.TITLE)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # ---------------------------------------------------------------- content

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read."""
        return self._asking.is_settled and not self.model.is_loading

    def show_issue(self, issue: int, project: int, where: EventFilter, tags: Sequence[str]) -> None:
        """Show the events of *issue* that fit *where*; *tags* may be chosen as columns.

        Columns are those chosen for *project*.
        """
        self._tags = tuple(tags)
        if project != self._memory.project:
            self._memory.project = project
            self._make_model()
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
                limit=SORT_SECONDS,
            )  # fmt: skip
        else:
            start = len(self.model.rows)
            ids = self._order[start : start + limit]
            self._asking.ask("page", self._read_those, ids, answer=answer, failed=answer.failed)

    def _read_sorted(self, db: object, limit: int) -> tuple[list[int], list[ListedEvent]]:
        issue, descending = self._issue or 0, self._descending
        if self._sort.startswith(known.OWN):
            name = self._sort.removeprefix(known.OWN)
            order = read_own_order(
                db, self._bridge.workspace, issue, self._where, name, descending=descending
            )
        else:
            order = read_order(db, issue, self._where, self._sort, descending=descending)
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
        is_own = self._sort.startswith(known.OWN)
        order = tr("by {column}").format(column=self._sort.removeprefix(known.OWN))
        if not is_own:
            order = tr(_ORDERS[self._sort])
        most = MOST_SORTED_READ if is_own else MOST_SORTED
        if self._sort != "time" and len(self._order) >= most:
            order = tr("{order}, the newest {count} of them").format(order=order, count=count(most))
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
        return self._memory.own()

    def add_column(self, name: str) -> None:
        """Show a tag or path as a column of its own."""
        if name and name not in self.own_columns():
            self._set_columns([*self.own_columns(), name])

    def remove_column(self, name: str) -> None:
        """Take an added column away."""
        self._set_columns([one for one in self.own_columns() if one != name])

    def _set_columns(self, names: Sequence[str]) -> None:
        self._memory.set_own(names)
        if self._sort.startswith(known.OWN) and self._sort.removeprefix(known.OWN) not in names:
            self._sort, self._descending = "time", True
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
        menu.addAction(tr("Add a path of the event…")).triggered.connect(self.ask_column)
        none = menu.addAction(tr("Only the usual columns"))
        none.triggered.connect(self.usual_columns)

    def usual_columns(self) -> None:
        """Show the usual columns in their order and width."""
        self._memory.forget()
        self._set_columns(())

    def move_column(self, section: int, by: int) -> None:
        """Move a column by so many places."""
        header = self.list.horizontalHeader()
        place = header.visualIndex(section)
        header.moveSection(place, max(0, min(header.count() - 1, place + by)))

    def ask_column(self) -> AddColumnDialog:
        """Ask for a path, offering those of the newest events."""
        dialog = AddColumnDialog(self._theme, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.add_column(f".{dialog.path()}" if dialog.path() else ""))
        if self._issue is not None:
            self._bridge.ask(
                read_paths, self._bridge.workspace, self._issue, self._where,
                answer=dialog.set_paths, owner=dialog, limit=SORT_SECONDS,
            )  # fmt: skip
        dialog.open()
        return dialog

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
        """Copy the selected rows, or all that were read if fewer than two are, as csv, json or ids.

        Values are copied as the project's privacy rules let them leave, a moment later.
        """
        chosen = self.selected()
        rows = [
            listed.row
            for listed in (chosen if len(chosen) > 1 or (form == "ids" and chosen) else self.model.rows)
        ]
        clipboard = QGuiApplication.clipboard()
        if form == "ids":
            clipboard.setText("\n".join(row.event_id for row in rows))
            return
        self._asking.ask(
            "copy", copied, self._bridge.workspace, rows, self.own_columns(), Form(form),
            answer=clipboard.setText, failed=lambda sentence, _: self.strip.say_end(sentence),
            limit=SORT_SECONDS,
        )  # fmt: skip

    def choose_target(self, form: Form) -> None:
        """Ask where to write all events that fit."""
        title = tr("Export events")
        target, _ = QFileDialog.getSaveFileName(self, title, f"events.{form.value}")
        if target:
            self.export_to(Path(target), form)

    def export_to(self, target: Path, form: Form) -> None:
        """Write all events that fit to *target*, beside the window."""
        if self._issue is not None:
            self.export.start(Wanted(self._issue, self._where, self.own_columns(), form, target))

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
        menu.addSeparator()
        for title, by in ((tr("Move column to the left"), -1), (tr("Move column to the right"), 1)):
            menu.addAction(title).triggered.connect(lambda _=False, by=by: self.move_column(section, by))
        if section >= known.USUAL:
            name = self.own_columns()[section - known.USUAL]
            menu.addAction(tr("Remove this column")).triggered.connect(lambda: self.remove_column(name))
        return menu
