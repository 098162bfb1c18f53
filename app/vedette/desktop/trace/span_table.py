"""The Table tab: all spans of a trace flat, sorted as one likes; the waterfall for who sees none."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace.describe import length, read_aloud
from vedette.desktop.trace.find import NO_MATCHES, Matches
from vedette.desktop.trace.span_lines import SpanLine, as_csv, line_of, sorted_spans
from vedette.desktop.trace.tree import TraceTree
from vedette.desktop.widgets import units
from vedette.desktop.widgets.buttons import command_button
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.paged_model import Column, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList

_WIDTHS = {0: 9, 1: 14, 3: 11, 4: 9, 5: 9, 6: 10, 7: 7, 8: 7}
"""Of the columns in digits; the description has what is left."""
_FIRST_TO_GO = (8, 7, 3, 6, 5, 0)
_LEAST = 14
"""Times the height of a line the description keeps, before others make way."""


class SpanTable(QWidget):
    """A table of spans; while something is looked for, only of what was found."""

    currentChanged = Signal(int)
    """Another span is current: its node."""
    opened = Signal(int)
    """Enter: show the span in the waterfall."""
    menuWanted = Signal(QPoint)

    def __init__(
        self, theme: Theme, commands: CommandRegistry, *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tree: TraceTree | None = None
        self._matches: Matches = NO_MATCHES
        self._order: Sequence[int] = ()
        self._is_stale = True
        self.sort = "start"
        self.setObjectName(name)
        self.setProperty("commandContext", "trace")
        self.model: PagedModel[SpanLine] = PagedModel(
            _columns(),
            self._fetch,
            key=lambda line: line.node.number,
            describe=lambda line: read_aloud(line.node, level=line.depth),
            color=theme.color,
            parent=self,
        )
        self.list = PaintedList(theme, name=f"{name}.list", title=tr("Spans"))
        self.list.set_model(self.model)
        self._theme = theme
        self._set_widths()
        theme.changed.connect(self._set_widths)
        self.list.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.list.sortRequested.connect(self.sort_by)
        self.list.currentRowChanged.connect(self._pass_current)
        self.list.rowOpened.connect(self.opened.emit)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(
            lambda at: self.menuWanted.emit(self.list.viewport().mapToGlobal(at))
        )
        self.said = label("", "caption", name=f"{name}.said")
        bar = frame("bar", f"{name}.bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 6, 10, 6)
        row.addWidget(self.said, 1)
        row.addWidget(command_button(theme, commands, "trace.copy_csv", role="small"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self.list, 1)
        self.setFocusProxy(self.list)

    def _set_widths(self) -> None:
        for column, digits in _WIDTHS.items():
            self.list.set_column_width(column, digits)
        self._fit()

    def _fit(self) -> None:
        """Hide the less important columns while there is too little room for the descriptions."""
        digit = self._theme.metrics("number").horizontalAdvance("0")
        wanted = {column: round(digit * digits) + 20 for column, digits in _WIDTHS.items()}
        room = self.list.viewport().width() - _LEAST * self._theme.line_height("body")
        for column in _FIRST_TO_GO:
            if sum(wanted.values()) <= room:
                break
            wanted.pop(column)
        for column in _WIDTHS:
            self.list.setColumnHidden(column, column not in wanted)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_tree(self, tree: TraceTree | None) -> None:
        """Show another trace; sorted when next looked at."""
        self._tree, self._matches = tree, NO_MATCHES
        self._refresh()

    def set_matches(self, matches: Matches) -> None:
        """Show only what was found; all when nothing is looked for."""
        if matches != self._matches:
            self._matches = matches
            self._refresh()

    def sort_by(self, key: str) -> None:
        """Sort by one of span_lines.SORTS."""
        self.sort = key
        self._refresh()

    def show_node(self, node: int) -> None:
        """Make the line of *node* current if it is among those read."""
        self.list.select_key(node)

    def csv(self) -> str:
        """Return the selected lines as CSV, all of them when fewer than two are selected."""
        if self._tree is None:
            return ""
        keys = [key for key in self.list.selected_keys() if isinstance(key, int)]
        return as_csv(self._tree, keys if len(keys) > 1 else self._order)

    def show_now(self) -> None:
        """Sort and show what `set_tree` and the like have put off."""
        if not self._is_stale:
            return
        self._is_stale = False
        among = self._matches.nodes if self._matches.text else None
        self._order = [] if self._tree is None else sorted_spans(self._tree, self.sort, among).tolist()
        shown = tr("%n span(s)", "", len(self._order))
        if among is not None:
            shown = tr("{spans} found").format(spans=shown)
        self.said.setText(tr("{spans}, {order}").format(spans=shown, order=_order_words(self.sort)))
        self.model.reload()

    def _refresh(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.show_now()

    def _fetch(self, after: SpanLine | None, limit: int, answer: PageAnswer[SpanLine]) -> None:
        tree = self._tree
        if tree is None:
            answer([])
            return
        first = 0 if after is None else len(self.model.rows)
        answer([line_of(tree, node) for node in self._order[first : first + limit]])

    def _pass_current(self, key: object) -> None:
        if isinstance(key, int):
            self.currentChanged.emit(key)


def _columns() -> tuple[Column[SpanLine], ...]:
    def column(
        title: str, sort: str, text: Callable[[SpanLine], str], *, right: bool = False, token: str = ""
    ) -> Column[SpanLine]:
        shown = (lambda _: token) if token else None
        return Column(title, text=text, sort=sort, right=right, token=shown)

    return (
        column(tr("Start"), "start", lambda line: f"+{length(line.node.start)}", right=True),
        column(tr("Operation"), "op", lambda line: line.node.op, token="text.muted"),
        Column(
            tr("Description"),
            text=lambda line: line.node.description.replace("\n", " ")[:500],
            sort="description",
            tip=lambda line: line.node.description[:2_000],
        ),
        column(tr("Service"), "service", lambda line: line.node.service, token="text.muted"),
        column(tr("Duration"), "duration", lambda line: length(line.node.duration), right=True),
        column(tr("Self time"), "self", lambda line: length(line.node.self_time), right=True),
        Column(
            tr("Status"),
            text=lambda line: line.node.status,
            sort="status",
            token=lambda line: "level.error.text" if line.node.failed else "text.muted",
        ),
        column(tr("Errors"), "errors", lambda line: units.count(line.node.errors), right=True),
        column(tr("Level", "depth of a span"), "depth", lambda line: str(line.depth), right=True),
    )


def _order_words(sort: str) -> str:
    words = {
        "start": tr("in order of their start"),
        "op": tr("by operation"),
        "description": tr("by description"),
        "service": tr("by service"),
        "duration": tr("longest first"),
        "self": tr("most self time first"),
        "status": tr("by status"),
        "errors": tr("most errors first"),
        "depth": tr("topmost first"),
    }
    return words[sort]
