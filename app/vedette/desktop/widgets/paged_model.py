"""A Qt table model over pages of rows: fetch by key, insert above, update in place, no reset for one row.

It holds row values, knows no store, and waits for nothing: ``fetch`` answers later, on the GUI thread.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from vedette.desktop.widgets.plain_text import plain_tip

PAGE = 256
RowRole = Qt.ItemDataRole.UserRole + 1
"""The whole row value, for delegates."""
SortRole = Qt.ItemDataRole.UserRole + 2
"""The column's sort key as text, for headers."""

Index = QModelIndex | QPersistentModelIndex
RowT = TypeVar("RowT")
RowT_contra = TypeVar("RowT_contra", contravariant=True)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)  # slots and Generic together break Column[Row](...) on Python 3.11
class Column(Generic[RowT]):
    """One column: what the header says, the cell's text, its tooltip, and the sort key it stands for.

    A column without *text* is painted by the row delegate; *spoken* then says what is in it. *name* is the
    title in full for screen readers, where *title* is short.
    """

    title: str
    text: Callable[[RowT], str] | None = None
    right: bool = False
    tip: Callable[[RowT], str] | None = None
    sort: str = ""
    token: Callable[[RowT], str] | None = None
    """The colour token of the text, for columns that are not plain ``text``."""
    spoken: Callable[[RowT], str] | None = None
    name: str = ""


class PageAnswer(Protocol[RowT_contra]):
    """Where a fetch delivers: call it with the rows, or ``failed`` with one sentence and the details."""

    def __call__(self, rows: Sequence[RowT_contra]) -> None: ...
    def failed(self, sentence: str, details: str = "") -> None: ...


FetchPage = Callable[[RowT | None, int, PageAnswer[RowT]], None]
"""``fetch(after, limit, answer)``: *after* is the last row held, or None for the first page."""


class _Answer(Generic[RowT]):
    """One request's answer; a late one, after a reload, falls to the ground."""

    def __init__(self, model: "PagedModel[RowT]", generation: int) -> None:
        self._model = model
        self._generation = generation

    def __call__(self, rows: Sequence[RowT]) -> None:
        self._model.take_page(self._generation, rows)

    def failed(self, sentence: str, details: str = "") -> None:
        self._model.take_failure(self._generation, sentence, details)


class PagedModel(QAbstractTableModel, Generic[RowT]):
    """Rows of one list, keyed by *key*. Fewer rows than asked for means the end."""

    loadingChanged = Signal(bool)
    failed = Signal(str, str)
    """A page could not be read: a sentence and its details. ``fetchMore`` waits until ``retry``."""
    settled = Signal()
    """No request is under way: what is shown is what there is. Tests wait for this."""

    def __init__(
        self,
        columns: Sequence[Column[RowT]],
        fetch: FetchPage[RowT],
        *,
        key: Callable[[RowT], Hashable],
        describe: Callable[[RowT], str] | None = None,
        color: Callable[[str], Any] | None = None,
        page: int = PAGE,
        parent: QObject | None = None,
    ) -> None:
        """*describe* reads a row as a sentence for screen readers; *color* is ``theme.color``."""
        super().__init__(parent)
        self._columns = tuple(columns)
        self._fetch = fetch
        self._key = key
        self._describe = describe
        self._color = color
        self._page = page
        self._rows: list[RowT] = []
        self._positions: dict[Hashable, int] = {}
        self._generation = 0
        self._loading = False
        self._exhausted = True
        self._broken = False

    # What is held

    @property
    def rows(self) -> Sequence[RowT]:
        """The rows held now, in order."""
        return self._rows

    @property
    def is_loading(self) -> bool:
        """Whether a page is under way."""
        return self._loading

    @property
    def is_exhausted(self) -> bool:
        """Whether the last row held is the last there is."""
        return self._exhausted

    @property
    def columns(self) -> Sequence[Column[RowT]]:
        """The columns, in order."""
        return self._columns

    def row(self, position: int) -> RowT:
        """Return the row at *position*. Raises IndexError."""
        return self._rows[position]

    def key_at(self, position: int) -> Hashable:
        """Return the key of the row at *position*."""
        return self._key(self._rows[position])

    def position_of(self, key: Hashable) -> int | None:
        """Return where the row with *key* is, None if it is not held."""
        return self._positions.get(key)

    def row_by_key(self, key: Hashable) -> RowT | None:
        """Return the row with *key*, None if it is not held."""
        at = self._positions.get(key)
        return None if at is None else self._rows[at]

    def rename_column(self, place: int, title: str, name: str = "") -> None:
        """Give the column at *place* another title."""
        columns = list(self._columns)
        columns[place] = replace(columns[place], title=title, name=name)
        if columns[place] != self._columns[place]:
            self._columns = tuple(columns)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, place, place)

    # Fetching

    def reload(self, fetch: FetchPage[RowT] | None = None) -> None:
        """Drop everything and fetch the first page, of another query if *fetch* is given."""
        self.beginResetModel()
        self._generation += 1
        if fetch is not None:
            self._fetch = fetch
        self._rows.clear()
        self._positions.clear()
        self._exhausted, self._broken = False, False
        self._set_loading(False)
        self.endResetModel()
        self.fetchMore()

    def retry(self) -> None:
        """Ask again for the page that failed."""
        self._broken = False
        self.fetchMore()

    @override
    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:
        return not (parent.isValid() or self._loading or self._exhausted or self._broken)

    @override
    def fetchMore(self, parent: Index = QModelIndex()) -> None:
        if self.canFetchMore(parent):
            self._set_loading(True)
            after = self._rows[-1] if self._rows else None
            self._fetch(after, self._page, _Answer(self, self._generation))

    def take_page(self, generation: int, rows: Sequence[RowT]) -> None:
        """Append a fetched page; called by its answer. A page of an earlier query is dropped."""
        if generation != self._generation:
            return
        self._exhausted = len(rows) < self._page
        fresh = [row for row in rows if self._key(row) not in self._positions]
        self._insert(len(self._rows), fresh)
        self._set_loading(False)
        self.settled.emit()

    def take_failure(self, generation: int, sentence: str, details: str) -> None:
        """Note that a page could not be read; called by its answer."""
        if generation != self._generation:
            return
        self._broken = True
        self._set_loading(False)
        self.failed.emit(sentence, details)
        self.settled.emit()

    def _set_loading(self, loading: bool) -> None:
        if loading != self._loading:
            self._loading = loading
            self.loadingChanged.emit(loading)

    # Changing

    def insert_above(self, rows: Sequence[RowT]) -> None:
        """Put *rows* at the top, in order; rows already held are updated where they are."""
        fresh = [row for row in rows if not self.update_row(row)]
        self._insert(0, fresh)

    def append(self, rows: Sequence[RowT]) -> None:
        """Put *rows* at the end, in order; rows already held are updated where they are."""
        fresh = [row for row in rows if not self.update_row(row)]
        self._insert(len(self._rows), fresh)

    def update_row(self, row: RowT) -> bool:
        """Replace the row with the same key in place; return whether there was one."""
        at = self._positions.get(self._key(row))
        if at is None:
            return False
        if self._rows[at] != row:
            self._rows[at] = row
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(self._columns) - 1))
        return True

    def remove(self, keys: Iterable[Hashable]) -> None:
        """Take the rows with *keys* away; unknown keys are ignored."""
        places = sorted((at for at in map(self._positions.get, keys) if at is not None), reverse=True)
        for at in places:
            self.beginRemoveRows(QModelIndex(), at, at)
            del self._rows[at]
            self._renumber()
            self.endRemoveRows()

    def set_rows(self, rows: Sequence[RowT]) -> None:
        """Bring the list to exactly *rows*: takes away, inserts, updates and reorders, with no reset.

        For a first page read again after live changes. Selection and scroll position survive. Rows held
        beyond these are dropped and fetched again when scrolled to.
        """
        wanted = {self._key(row): row for row in rows}
        self.remove([key for key in self._positions if key not in wanted])
        self._insert(0, [row for key, row in wanted.items() if key not in self._positions])
        self._reorder(list(wanted))
        for row in rows:
            self.update_row(row)
        self._exhausted = len(rows) < self._page
        self.settled.emit()

    def _insert(self, at: int, rows: Sequence[RowT]) -> None:
        if not rows:
            return
        self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
        appended = at == len(self._rows)
        self._rows[at:at] = rows
        if appended:
            self._positions.update((self._key(row), at + n) for n, row in enumerate(rows))
        else:
            self._renumber()
        self.endInsertRows()

    def _reorder(self, keys: Sequence[Hashable]) -> None:
        if [self._key(row) for row in self._rows] == list(keys):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [(self.key_at(index.row()), index.column()) for index in before]
        self._rows = [self._rows[self._positions[key]] for key in keys]
        self._renumber()
        after = [self.index(self._positions[key], column) for key, column in held]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _renumber(self) -> None:
        self._positions = {self._key(row): at for at, row in enumerate(self._rows)}

    # What Qt asks

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == RowRole:
            return row
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row) if column.text else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(column.tip(row)) if column.tip else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._accessible(row, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and column.token is not None and self._color is not None:
            return self._color(column.token(row))
        return None

    def _accessible(self, row: RowT, column: int) -> str | None:
        if column == 0 and self._describe is not None:
            return self._describe(row)
        shown = self._columns[column]
        said = shown.spoken or shown.text
        words = said(row) if said else ""
        return f"{shown.name or shown.title} {words}" if words else None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return column.name or column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        return column.sort if role == SortRole else None
