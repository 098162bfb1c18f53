"""What the pages of an event are made of: a scrolled column, section titles, tables of pairs."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from vedette.desktop.issue.value_menu import ValueActions
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.json_values import Step, as_text, is_container, preview, value_token
from vedette.desktop.widgets.key_values import KeyValue, KeyValueTable
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.notices import EmptyState
from vedette.desktop.widgets.value_tree import ValueTree

_NARROWEST_NAME, _WIDEST_NAME = 110, 220
SIDE = 18
"""Free pixels left and right of a page's content."""


class ColumnPage(QScrollArea):
    """A page whose parts stand in one column and scroll together; ``column`` takes them."""

    def __init__(self, *, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inner = QWidget()
        self.inner.setProperty("role", "scrolled")
        self.column = QVBoxLayout(self.inner)
        self.column.setContentsMargins(SIDE, 14, SIDE, 18)
        self.column.setSpacing(8)
        self.setWidget(self.inner)
        self.verticalScrollBar().setSingleStep(24)

    def clear_column(self) -> None:
        """Take every part out of the column and let it go."""
        while (item := self.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def add_title(self, text: str, *buttons: QWidget, note: str = "") -> None:
        """Add a section's title with what belongs beside it at the right."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 6 if self.column.count() else 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(label(text, "title"))
        if note:
            line.addWidget(label(note, "caption"))
        line.addStretch(1)
        for button in buttons:
            line.addWidget(button)
        self.column.addWidget(row)

    def scroll_to_top(self) -> None:
        """Show the beginning again."""
        self.verticalScrollBar().setValue(0)


def lined_table(
    theme: Theme,
    name: str,
    title: str,
    rows: Sequence[KeyValue],
    *,
    filters: bool = False,
    actions: ValueActions | None = None,
    path: tuple[Step, ...] = (),
) -> KeyValueTable:
    """Return a table with hairlines whose first column fits the names, up to a third of a usual page.

    With *actions* the menu offers them for the values, which stand below *path* in the event.
    """
    metrics = theme.metrics("code")
    widest = max((metrics.horizontalAdvance(row.label) for row in rows), default=0.0)
    width = round(min(_WIDEST_NAME, max(_NARROWEST_NAME, widest + 4)))
    table = KeyValueTable(theme, name=name, title=title, label_width=width, lines=True, filters=filters)
    table.set_rows(rows)
    if actions is not None:
        table.extend_menu = lambda menu, row: actions.fill(menu, (*path, row.label), row.value)
    return table


def value_tree(
    theme: Theme,
    name: str,
    title: str,
    value: Any,
    meta: Any = None,
    *,
    actions: ValueActions | None = None,
    path: tuple[Step, ...] = (),
) -> ValueTree:
    """Return a tree as high as its rows, the first level open; *path* is where it stands in the event."""
    tree = ValueTree(theme, name=name, title=title, fit=True)
    if actions is not None:
        tree.extend_menu = lambda menu, below, inner: actions.fill(menu, (*path, *below), inner)
    tree.set_value(value, meta)
    tree.expandToDepth(0)
    return tree


def pair_rows(pairs: Iterable[tuple[str, Any]], *, code: bool = False) -> list[KeyValue]:
    """Return rows of a table from names and JSON values; containers become one line."""
    return [
        KeyValue(
            name,
            preview(value, 2_000) if is_container(value) else as_text(value),
            token="text" if isinstance(value, str) else value_token(value),
            code=code,
            tip=as_text(value)[:1_000],
        )
        for name, value in pairs
    ]


def empty_part(theme: Theme, name: str, sentence: str, more: str = "", icon: str = "inbox") -> EmptyState:
    """Return a sentence where a page has nothing to show."""
    part = EmptyState(theme, name=name)
    part.say(sentence, more, icon=icon)
    return part
