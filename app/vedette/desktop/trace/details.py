"""The pane beside the waterfall: everything about the current span."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace import facts
from vedette.desktop.trace.read import SpanFacts
from vedette.desktop.trace.tree import Kind, Node, TraceTree
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.key_values import KeyValue, KeyValueTable
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.plain_text import plain_title
from vedette.desktop.widgets.severity import LevelMark
from vedette.store.queries.traces import TraceError

_MOST_ERRORS = 8
_MARGIN = 16


class DetailsPane(QScrollArea):
    """Operation, statement, times, errors, attributes and ids of one node."""

    issueFollowed = Signal(int, str)
    """An error was clicked: its issue and its event id."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._statement = ""
        self.setObjectName(name)
        self.setAccessibleName("Span details")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(220)
        body = QWidget()
        body.setProperty("role", "canvas")
        self._layout = QVBoxLayout(body)
        self._layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._layout.setSpacing(10)
        self._caption = label("", "caption", name=f"{name}.caption", wrap=True)
        self._title = label("", "title", name=f"{name}.title", selectable=True, wrap=True)
        self._code = CodeView(theme, name=f"{name}.code", title="Statement", most_lines=14, numbers=False)
        self._errors = QVBoxLayout()
        self._errors.setSpacing(8)
        self._times = KeyValueTable(theme, name=f"{name}.times", title="Times")
        self._state = label("", "caption", name=f"{name}.state", wrap=True)
        self._attributes_title = label("Attributes", "caption.strong")
        self._attributes = KeyValueTable(theme, name=f"{name}.attributes", title="Attributes", filters=True)
        self._ids_title = label("Ids", "caption.strong")
        self._ids = KeyValueTable(theme, name=f"{name}.ids", title="Ids")
        self._build()
        self.setWidget(body)
        self.show_nothing()

    def _build(self) -> None:
        box = frame("code")
        inside = QHBoxLayout(box)
        inside.setContentsMargins(4, 2, 4, 2)
        inside.addWidget(self._code)
        self._code_box = box
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._caption)
        head.addWidget(self._title)
        self._layout.addLayout(head)
        self._layout.addWidget(box)
        self._layout.addLayout(self._errors)
        for part in (
            self._times, self._state, self._attributes_title, self._attributes, self._ids_title, self._ids,
        ):  # fmt: skip
            self._layout.addWidget(part)
        self._layout.addStretch(1)

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

    def title(self) -> str:
        """Return the title shown."""
        return self._title.text()

    def show_nothing(self) -> None:
        """Say that no span is chosen."""
        self._fill("", "No span selected", "", [], [], [], [])
        self._say("Select a row to see its times, attributes and errors.")

    def show_node(self, tree: TraceTree, number: int, trace_id: str) -> None:
        """Show what the trace knows of a node; its attributes follow with `show_facts`."""
        node = tree.node(number)
        caption, title = facts.heading(node)
        statement = node.description if facts.is_sql(node) else ""
        self._fill(
            caption,
            _short_title(title),
            statement,
            facts.timing(tree, node),
            [],
            facts.identity(tree, node, trace_id),
            tree.errors_on(number),
        )
        self._say(_explanation(node))

    def show_facts(self, found: SpanFacts) -> None:
        """Show what the payload says of the node shown."""
        rows = facts.attributes(found.details)
        self._attributes.set_rows(rows)
        self._attributes_title.setVisible(bool(rows))
        self._say(found.missing)

    def show_loading(self) -> None:
        """Say that the payload is being read."""
        self._say("Reading the payload…")

    def _say(self, text: str) -> None:
        self._state.setText(text)
        self._state.setVisible(bool(text))

    def _fill(
        self,
        caption: str,
        title: str,
        statement: str,
        times: Sequence[KeyValue],
        attributes: Sequence[KeyValue],
        ids: Sequence[KeyValue],
        errors: Sequence[TraceError],
    ) -> None:
        self._caption.setText(caption)
        self._caption.setVisible(bool(caption))
        self._title.setText(title)
        self._title.setAccessibleName(title)
        self._set_statement(statement)
        self._times.set_rows(times)
        self._attributes.set_rows(attributes)
        self._attributes_title.setVisible(bool(attributes))
        self._ids.set_rows(ids)
        self._ids_title.setVisible(bool(ids))
        self._set_errors(errors)
        self.verticalScrollBar().setValue(0)

    def _set_statement(self, statement: str) -> None:
        self._code_box.setVisible(bool(statement))
        if statement and statement != self._statement:
            width = max(200, self.viewport().width() - 2 * _MARGIN - 30)
            columns = int(width / self._theme.metrics("code").horizontalAdvance("0"))
            self._code.set_source(facts.sql_lines(statement, columns), platform="sql")
        self._statement = statement

    def _set_errors(self, errors: Sequence[TraceError]) -> None:
        while (item := self._errors.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for at, error in enumerate(errors[:_MOST_ERRORS]):
            self._errors.addWidget(self._error_card(error, at))
        if len(errors) > _MOST_ERRORS:
            self._errors.addWidget(label(f"{len(errors) - _MOST_ERRORS:,} more errors", "caption"))

    def _error_card(self, error: TraceError, at: int) -> QWidget:
        card = frame("card", f"{self._name}.error.{at}")
        level = error.level.name.lower()
        row = QHBoxLayout(card)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(8)
        row.addWidget(LevelMark(self._theme, level), 0, Qt.AlignmentFlag.AlignTop)
        text = QVBoxLayout()
        text.setSpacing(2)
        title = label(error.title, "title", wrap=True)
        text.addWidget(title)
        if error.culprit:
            text.addWidget(_wrapping(label(error.culprit, "caption", wrap=True)))
        link = Button(
            self._theme, plain_title(f"Open {error.short}"), name=f"{self._name}.error.{at}.open", role="link"
        )
        link.setAccessibleName(f"Open issue {error.short}: {error.title}")
        link.clicked.connect(lambda: self.issueFollowed.emit(error.issue, error.event_id))
        text.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(text, 1)
        return card


def _wrapping(found: QLabel) -> QLabel:
    found.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return found


def _short_title(title: str) -> str:
    line = title.split("\n", 1)[0]
    return line if len(line) <= 160 else line[:159] + "…"


def _explanation(node: Node) -> str:
    if node.kind is Kind.GAP:
        return "Between two spans nothing was measured for this long: work without spans, or waiting."
    if node.kind is Kind.ERROR:
        return "The span this happened in never arrived, so it stands by its time."
    return ""
