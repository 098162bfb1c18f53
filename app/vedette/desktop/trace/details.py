"""The pane beside the waterfall: everything about the current span."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace import facts
from vedette.desktop.trace.details_parts import PlaceRow, StatementBox, error_card, repeat_card
from vedette.desktop.trace.read import SpanFacts
from vedette.desktop.trace.repeats import Repeat
from vedette.desktop.trace.sql_format import is_sql
from vedette.desktop.trace.tree import Node, TraceTree
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.key_values import KeyValue, KeyValueTable
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.plain_text import plain_title
from vedette.desktop.widgets.search_field import SearchField
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.desktop.widgets.value_tree import ValueTree
from vedette.store.queries.traces import TraceError

_MOST_ERRORS = 8
_MOST_LINKS = 20
_MARGIN = 16
_SEARCH_FROM = 8
"""Attributes from which searching them is offered."""


class DetailsPane(QWidget):
    """Operation, statement, times, errors, attributes and ids of one node; or its payload as JSON."""

    issueFollowed = Signal(int, str)
    """An error was clicked: its issue and its event id."""
    spanFollowed = Signal(str)
    """The parent's id was clicked: 16 hex."""
    traceFollowed = Signal(str, str)
    """A link to another span was clicked: trace and span id in hex."""
    codeWanted = Signal()

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self.node: Node | None = None
        self.facts = SpanFacts()
        self._all_attributes: Sequence[KeyValue] = ()
        self.setObjectName(name)
        self.setAccessibleName(tr("Span details"))
        self.setProperty("role", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(220)
        self.form = Segmented(
            theme,
            [Segment("details", tr("Details")), Segment("json", tr("JSON"))],
            name=f"{name}.form",
            title=tr("Show the span as"),
        )
        self._caption = label("", "caption", name=f"{name}.caption", wrap=True)
        self._title = label("", "title", name=f"{name}.title", selectable=True, wrap=True)
        self.statement = StatementBox(theme, name=f"{name}.statement")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        self.place = PlaceRow(theme, name=f"{name}.place")
        self._times = KeyValueTable(theme, name=f"{name}.times", title=tr("Times"))
        self._state = label("", "caption", name=f"{name}.state", wrap=True)
        self._sent = self._table(tr("As sent"), "sent")
        self._measured = self._table(tr("Measurements"), "measurements")
        self._attributes = self._table(tr("Attributes"), "attributes", filters=True)
        self.search = SearchField(
            theme, name=f"{name}.search", title=tr("Search attributes"), hint=tr("Search"), keys=""
        )
        self._links = QVBoxLayout()
        self._links.setSpacing(4)
        self._ids = self._table(tr("Ids"), "ids")
        self._json = ValueTree(theme, name=f"{name}.json", title=tr("The span as it came"))
        self._lay_out()
        self._connect()
        self.show_nothing()

    def _table(self, title: str, part: str, *, filters: bool = False) -> KeyValueTable:
        return KeyValueTable(self._theme, name=f"{self._name}.{part}", title=title, filters=filters)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(_MARGIN, 10, _MARGIN, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        top.addWidget(self._caption, 1)
        top.addWidget(self.form)
        body = QWidget(self)
        body.setProperty("role", "canvas")
        column = QVBoxLayout(body)
        column.setContentsMargins(_MARGIN, 8, _MARGIN, _MARGIN)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self.statement)
        column.addLayout(self._cards)
        column.addWidget(self.place)
        column.addWidget(self._times)
        column.addWidget(self._state)
        self._titles: dict[KeyValueTable, QWidget] = {}
        for table in (self._sent, self._measured, self._attributes):
            self._add_title(column, table)
            if table is self._attributes:
                column.addWidget(self.search)
            column.addWidget(table)
        column.addLayout(self._links)
        self._add_title(column, self._ids)
        column.addWidget(self._ids)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setObjectName(f"{self._name}.scroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(body)
        self._forms = QStackedWidget()
        self._forms.addWidget(self._scroll)
        self._forms.addWidget(self._json)
        layout.addWidget(self._forms, 1)

    def _add_title(self, column: QVBoxLayout, table: KeyValueTable) -> None:
        title = label(table.accessibleName(), "caption.strong")
        self._titles[table] = title
        column.addWidget(title)

    def _connect(self) -> None:
        self.form.chosen.connect(self.show_form)
        self.search.queryChanged.connect(lambda _: self._show_attributes())
        self.search.left.connect(lambda: self._attributes.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.place.followed.connect(self.codeWanted)
        self._ids.linkFollowed.connect(self._follow_id)

    @property
    def attributes(self) -> KeyValueTable:
        """The table of attributes."""
        return self._attributes

    @property
    def times(self) -> KeyValueTable:
        """The table of times, status and service."""
        return self._times

    @property
    def ids(self) -> KeyValueTable:
        """The table of ids."""
        return self._ids

    @property
    def json(self) -> ValueTree:
        """The payload's part about the span."""
        return self._json

    def title(self) -> str:
        """Return the title shown."""
        return self._title.text()

    def show_form(self, form: str) -> None:
        """Show ``details`` or ``json``."""
        self.form.choose(form)
        self._forms.setCurrentWidget(self._json if form == "json" else self._scroll)

    # Filling

    def show_nothing(self) -> None:
        """Say that no span is chosen."""
        self.node = None
        self._begin("", tr("No span selected"))
        self._times.set_rows([])
        self._set(self._ids, [])
        self._say(tr("Select a row to see its times, attributes and errors."))

    def show_node(self, tree: TraceTree, number: int, trace_id: str, repeat: Repeat | None = None) -> None:
        """Show what the trace knows of a node; its attributes follow with `show_facts`."""
        node = self.node = tree.node(number)
        caption, title = facts.heading(node)
        self._begin(caption, _short_title(title))
        self.statement.set_statement(node.description if is_sql(node.op, node.description) else "")
        self._times.set_rows(facts.timing(tree, node))
        self._set(self._ids, facts.identity(tree, node, trace_id))
        if repeat is not None:
            self._cards.addWidget(repeat_card(self._theme, repeat, name=f"{self._name}.repeat"))
        self._add_errors(tree.errors_on(number))
        self._say(facts.explanation(node))

    def _begin(self, caption: str, title: str) -> None:
        self.facts = SpanFacts()
        self._caption.setText(caption)
        self._title.setText(title)
        self._title.setAccessibleName(title)
        self.statement.set_statement("")
        self.statement.set_parameters([])
        self.place.show_place(self.facts)
        self._all_attributes = ()
        self._show_attributes()
        self._set(self._sent, [])
        self._set(self._measured, [])
        _empty(self._cards)
        _empty(self._links)
        self._json.set_value({})
        self._scroll.verticalScrollBar().setValue(0)

    def show_facts(self, found: SpanFacts) -> None:
        """Show what the payload says of the node shown."""
        self.facts = found
        details = found.details
        self._all_attributes = facts.attributes(details)
        self._show_attributes()
        self._set(self._measured, facts.measurements(details))
        self.statement.set_parameters(facts.parameters(details))
        self.place.show_place(found)
        sent = facts.raw_description(self.node, details) if self.node is not None else ""
        self._set(self._sent, [KeyValue(tr("Description"), sent, code=True)] if sent else [])
        self._add_links(facts.links(details))
        self._json.set_value(details.get("raw") or details)
        self._say(found.missing)

    def show_loading(self) -> None:
        """Say that the payload is being read."""
        self._say(tr("Reading the payload…"))

    def _say(self, text: str) -> None:
        self._state.setText(text)
        self._state.setVisible(bool(text))

    def _set(self, table: KeyValueTable, rows: Sequence[KeyValue]) -> None:
        table.set_rows(rows)
        table.setVisible(bool(rows))
        self._titles[table].setVisible(bool(rows))

    def _show_attributes(self) -> None:
        words = self.search.text().lower().split()
        rows = [
            row
            for row in self._all_attributes
            if all(word in row.label.lower() or word in row.value.lower() for word in words)
        ]
        many = len(self._all_attributes) >= _SEARCH_FROM or bool(words and self._all_attributes)
        self._attributes.set_rows(rows)
        self._attributes.setVisible(bool(rows))
        self._titles[self._attributes].setVisible(bool(self._all_attributes))
        self.search.setVisible(many)

    def _add_errors(self, errors: Sequence[TraceError]) -> None:
        for at, error in enumerate(errors[:_MOST_ERRORS]):
            follow = _emitting(self.issueFollowed, error.issue, error.event_id)
            self._cards.addWidget(error_card(self._theme, error, follow, name=f"{self._name}.error.{at}"))
        more = len(errors) - _MOST_ERRORS
        if more > 0:
            self._cards.addWidget(label(tr("%n more error(s)", "", more), "caption"))

    def _add_links(self, links: Sequence[tuple[str, str]]) -> None:
        if links:
            self._links.addWidget(label(tr("Linked spans"), "caption.strong"))
        for at, (trace_id, span_id) in enumerate(links[:_MOST_LINKS]):
            text = tr("Trace {trace}, span {span}").format(trace=trace_id[:16], span=span_id)
            link = Button(self._theme, plain_title(text), name=f"{self._name}.link.{at}", role="link")
            link.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            link.clicked.connect(_emitting(self.traceFollowed, trace_id, span_id))
            self._links.addWidget(link)

    def _follow_id(self, name: str) -> None:
        value = next((row.value for row in self._ids.rows() if row.label == name), "")
        self.spanFollowed.emit(value)


def _emitting(signal: object, *values: object) -> Callable[[], None]:
    return lambda: signal.emit(*values)  # type: ignore[attr-defined]


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()


def _short_title(title: str) -> str:
    line = title.split("\n", 1)[0]
    return line if len(line) <= 160 else line[:159] + "…"
