"""The cards of the details pane: an error, a query asked again and again, the place in the code."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace import facts
from vedette.desktop.trace.read import SpanFacts
from vedette.desktop.trace.repeats import Repeat
from vedette.desktop.trace.sql_format import format_sql
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.key_values import KeyValue, KeyValueTable
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.plain_text import plain_tip, plain_title
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.desktop.widgets.severity import LevelMark
from vedette.store.queries.traces import TraceError

_CODE_MARGINS = 64
"""Pixels of a statement's box that hold no text."""


def error_card(theme: Theme, error: TraceError, follow: Callable[[], object], *, name: str) -> QWidget:
    """Return a card about an error, with the way to its issue."""
    card, text = _card(theme, error.level.name.lower(), name)
    text.addWidget(label(error.title, "title", wrap=True))
    if error.culprit:
        text.addWidget(_giving_way(label(error.culprit, "caption", wrap=True)))
    title = tr("Open {issue}").format(issue=error.short)
    link = Button(theme, plain_title(title), name=f"{name}.open", role="link")
    link.setAccessibleName(tr("Open issue {issue}: {title}").format(issue=error.short, title=error.title))
    link.clicked.connect(follow)
    text.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
    return card


def repeat_card(theme: Theme, repeat: Repeat, *, name: str) -> QWidget:
    """Return a card on a query that is asked again and again."""
    card, text = _card(theme, "warning", name)
    text.addWidget(label(tr("N+1 Query"), "title.warning"))
    text.addWidget(_giving_way(label(facts.repeat_sentence(repeat), wrap=True)))
    advice = tr("One query for all of them, a join or prefetching, would save the round trips.")
    text.addWidget(_giving_way(label(advice, "caption", wrap=True)))
    return card


def _card(theme: Theme, level: str, name: str) -> tuple[QWidget, QVBoxLayout]:
    card = frame("card", name)
    row = QHBoxLayout(card)
    row.setContentsMargins(10, 8, 10, 8)
    row.setSpacing(8)
    row.addWidget(LevelMark(theme, level), 0, Qt.AlignmentFlag.AlignTop)
    text = QVBoxLayout()
    text.setSpacing(2)
    row.addLayout(text, 1)
    return card, text


def _giving_way(found: QLabel) -> QLabel:
    found.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return found


class StatementBox(QWidget):
    """A database statement, laid out or as sent, with its parameters apart."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._statement = ""
        self._columns = 0
        self.setObjectName(name)
        self.form = Segmented(
            theme,
            [Segment("formatted", tr("Formatted")), Segment("raw", tr("Raw"))],
            name=f"{name}.form",
            title=tr("Layout of the statement"),
        )
        self.form.chosen.connect(lambda _: self._show())
        self.code = CodeView(theme, name=f"{name}.code", title=tr("Statement"), most_lines=18, numbers=False)
        self._parameters_title = label(tr("Parameters"), "caption.strong")
        self.parameters = KeyValueTable(theme, name=f"{name}.parameters", title=tr("Parameters"))
        box = frame("code")
        inside = QHBoxLayout(box)
        inside.setContentsMargins(4, 2, 4, 2)
        inside.addWidget(self.code)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.form, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(box)
        layout.addWidget(self._parameters_title)
        layout.addWidget(self.parameters)
        theme.changed.connect(self._show)
        self.set_parameters([])

    @property
    def statement(self) -> str:
        """The statement shown, as it was sent."""
        return self._statement

    def set_statement(self, statement: str) -> None:
        """Show another statement; "" hides the box."""
        self.setVisible(bool(statement))
        if statement != self._statement:
            self._statement = statement
            self._show()

    def set_parameters(self, rows: list[KeyValue]) -> None:
        """Show what the placeholders stood for."""
        self.parameters.set_rows(rows)
        self.parameters.setVisible(bool(rows))
        self._parameters_title.setVisible(bool(rows))

    def _show(self) -> None:
        if not self._statement:
            return
        lines = self._statement.splitlines()
        self._columns = self._columns_now()
        if self.form.current() == "formatted":
            lines = format_sql(self._statement, self._columns)
        self.code.set_source(lines, platform="sql")

    def _columns_now(self) -> int:
        digit = self._theme.metrics("code").horizontalAdvance("0")
        return max(24, int((self.width() - _CODE_MARGINS) / digit))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._columns_now() != self._columns:
            self._show()


class PlaceRow(QWidget):
    """Where in the code the span was begun; a click opens the editor there."""

    followed = Signal()

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.link = Button(theme, "", name=f"{name}.open", role="link", icon="code")
        self.link.clicked.connect(self.followed)
        self._plain = label("", "code", name=f"{name}.text", selectable=True, wrap=True)
        self._why = label("", "caption", name=f"{name}.why", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._plain)
        layout.addWidget(self._why)
        self.hide()

    def show_place(self, found: SpanFacts) -> None:
        """Show the place *found* names, or nothing."""
        self.setVisible(found.place is not None)
        if found.place is None:
            return
        text, is_here = str(found.place), found.file is not None
        self.link.setVisible(is_here)
        self.link.setText(plain_title(_shortened(text)))
        self.link.setAccessibleName(tr("Open in editor: {place}").format(place=text))
        self.link.setToolTip(plain_tip(f"{found.file}\n{tr('Open in editor')}"))
        self._plain.setVisible(not is_here)
        self._plain.setText(text)
        self._why.setVisible(not is_here and bool(found.place.file))
        self._why.setText(
            tr("The file is not on this disk. Settings › Projects can say where its folder is.")
        )


def _shortened(text: str) -> str:
    return text if len(text) <= 44 else "…" + text[-43:]
