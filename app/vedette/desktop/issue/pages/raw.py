"""The event's item exactly as it came in: as text, or as a tree that can be searched."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.issue.parts import SIDE
from vedette.desktop.issue.read import EventPage, RawText, read_raw
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.json_values import as_json
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.search_field import SearchField
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.desktop.widgets.units import size
from vedette.desktop.widgets.value_tree import ValueTree

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge


class RawPage(QWidget):
    """The bytes that came in."""

    settled = Signal()
    """Nothing is being read any more."""

    def __init__(self, bridge: "Bridge", theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._asking = InFlight(bridge, self)
        self._asking.settled.connect(self.settled)
        self._item_type = ""
        self._raw: RawText | None = None
        self.setObjectName("event.section.raw")
        self.setAccessibleName("Raw")
        self.forms = Segmented(
            theme,
            [Segment("tree", "Tree"), Segment("text", "As sent")],
            name="event.raw.form",
            title="How the raw event is shown",
        )
        self.field = SearchField(
            theme, name="event.raw.find", title="Find in the raw event", hint="Find a name or value", keys=""
        )
        self._note = label("", "caption", name="event.raw.note")
        self.copy = Button(theme, "Copy", name="event.raw.copy", role="small", icon="copy")
        self.tree = ValueTree(theme, name="event.raw.tree", title="Raw event as a tree")
        self.text = CodeView(theme, name="event.raw.text", title="Raw event as sent", most_lines=3)
        self.text.setSizePolicy(self.tree.sizePolicy())
        bar = QHBoxLayout()
        bar.setContentsMargins(SIDE, 12, SIDE, 8)
        bar.setSpacing(8)
        bar.addWidget(self.forms)
        bar.addWidget(self.field, 1)
        bar.addWidget(self._note)
        bar.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.tree, 1)
        column.addWidget(self.text, 1)
        self.forms.chosen.connect(self._show_form)
        self.field.queryChanged.connect(self._find)
        self.field.submitted.connect(lambda _: self.tree.find_next())
        self.field.left.connect(self.tree.setFocus)
        self.copy.clicked.connect(self.copy_text)
        self._show_form()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being decoded."""
        return self._asking.is_settled

    def set_page(self, page: EventPage) -> None:
        """Show another event's bytes; they are decoded beside the window."""
        self._item_type = page.item_type
        self._asking.compute("raw", read_raw, page.raw, answer=self._take, failed=self._fail)

    def _take(self, raw: RawText) -> None:
        self._raw = raw
        self.tree.set_value(raw.value if raw.value is not None else {})
        self._show_form()

    def _fail(self, sentence: str, details: str) -> None:
        self._note.setText(sentence)

    def _show_form(self, _: str = "") -> None:
        as_tree = self.forms.current() == "tree"
        self.tree.setVisible(as_tree)
        self.text.setVisible(not as_tree)
        self.field.setEnabled(as_tree)
        if self._raw is None:
            return
        said = f"{self._item_type} item, {size(self._raw.size)}"
        if not as_tree:
            self.text.set_lines(self._raw.lines)
            if self._raw.is_cut:
                said += "; its beginning, Copy takes all of it"
        self._note.setText(said)

    def _find(self, text: str) -> None:
        found = self.tree.find_text(text)
        if text:
            self._note.setText("not found" if not found else f"{found}{'+' if found >= 200 else ''} found")
        else:
            self._show_form()

    def copy_text(self) -> None:
        """Copy the text as it came, or the tree's value indented."""
        if self._raw is None:
            return
        as_sent = self.forms.current() == "text" or self._raw.value is None
        QGuiApplication.clipboard().setText(self._raw.text if as_sent else as_json(self._raw.value))
