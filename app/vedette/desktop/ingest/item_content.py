"""What is in an item: as a tree where it is JSON, beside it or instead the bytes as text or in hex."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.ingest.read import Content
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import units
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.notices import EmptyState
from vedette.desktop.widgets.search_field import SearchField
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.desktop.widgets.value_tree import ValueTree

_MOST_FOUND = 200
_BOTH_FROM = 560  # pixels; narrower, tree and bytes would each be too narrow to read


class ItemContent(QWidget):
    """One item's content in the shape the user last chose, as far as the item has it."""

    saveWanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._content: Content | None = None
        self._wanted = self._with_tree = "both"
        self.setObjectName("ingest.items.content")
        self.shape = Segmented(
            theme,
            [
                Segment("tree", tr("Tree")),
                Segment("raw", tr("Text", "bytes shown as text")),
                Segment("hex", tr("Hex")),
                Segment("both", tr("Both", "tree and text")),
            ],
            name="ingest.items.shape",
            title=tr("How to show the item"),
        )
        self.tree = ValueTree(theme, name="ingest.items.tree", title=tr("Content of the item"))
        self.raw = CodeView(theme, name="ingest.items.raw", title=tr("Bytes of the item"), most_lines=0)
        self.empty = EmptyState(theme, name="ingest.items.empty")
        self.field = SearchField(
            theme,
            name="ingest.items.find",
            title=tr("Find in the item"),
            hint=tr("Find a name or value"),
            keys="",
        )
        self._found = label("", "caption", name="ingest.items.found")
        self._faces = QSplitter(Qt.Orientation.Horizontal)
        self._faces.setObjectName("ingest.items.faces")
        self._faces.setChildrenCollapsible(False)
        self._faces.addWidget(self.tree)
        self._faces.addWidget(self.raw)
        self._faces.setSizes([500, 500])
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.field, 1)
        line.addWidget(self._found)
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self._faces, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.field.queryChanged.connect(self._find)
        self.field.submitted.connect(lambda _: self._searched().find_next())
        self.field.left.connect(lambda: self._searched().setFocus())
        self.shape.chosen.connect(self.choose_shape)
        self.empty.acted.connect(self.saveWanted)

    @property
    def is_shown(self) -> bool:
        """Whether there is content, and not only a sentence."""
        return self._stack.currentWidget() is self._page

    def say(self, sentence: str, more: str = "", action: str = "") -> None:
        """Show a sentence in the place of content."""
        self._content = None
        self.empty.say(sentence, more, action=action, icon="file")
        self._stack.setCurrentWidget(self.empty)

    def show_content(self, content: Content) -> None:
        """Show *content*, at the damage if there is one."""
        if content.raw is None:
            more = f"{content.part.kind}, {units.size(content.size)}"
            self.say(content.note, more, tr("Save as…"))
            return
        self._content = content
        if content.has_value:
            self.tree.set_value(content.value)
        self._show()
        self._stack.setCurrentWidget(self._page)
        if self.field.text():
            self._find(self.field.text())
        self._reveal()

    def _searched(self) -> ValueTree | CodeView:
        return self.raw if self._face() in ("raw", "hex") else self.tree

    def _find(self, text: str) -> None:
        """Go to the first place of *text*, in the tree where there is one, and say how many there are."""
        found = self._searched().find_text(text)
        more = "+" if found >= _MOST_FOUND else ""
        said = tr("{count} found").format(count=f"{found}{more}") if found else tr("not found")
        self._found.setText(said if text else "")

    def found(self) -> str:
        """Return what is said of the search."""
        return self._found.text()

    def choose_shape(self, key: str) -> None:
        """Show the content as ``tree``, ``raw``, ``hex`` or ``both``."""
        self._wanted = key
        self._show()

    def show_bytes(self) -> None:
        """Show the bytes, at the damage if there is one."""
        if self._wanted not in ("raw", "hex", "both"):
            self._wanted = "raw"
        self._show()
        self._reveal()

    def toggle_raw(self) -> None:
        """Switch between the bytes alone, and the tree with or without them as it was."""
        if self._face() in ("raw", "hex"):
            self.choose_shape(self._with_tree)
        else:
            self._with_tree = self._wanted
            self.choose_shape("raw")

    def _face(self) -> str:
        """Return the shape that is possible now, the wanted one if it is."""
        content = self._content
        if content is None:
            return self._wanted
        wanted = self._wanted
        if wanted == "both" and self.width() < _BOTH_FROM:
            wanted = "tree"
        if not content.has_value and wanted in ("tree", "both"):
            return "raw"
        return wanted

    def _show(self) -> None:
        content, face = self._content, self._face()
        self.shape.choose(face)
        if content is None or content.raw is None:
            return
        lines = (content.hex or content.raw).lines if face == "hex" else content.raw.lines
        if lines != self.raw.lines():
            self.raw.set_lines(lines)
        self.tree.setVisible(face in ("tree", "both"))
        self.raw.setVisible(face != "tree")

    def _reveal(self) -> None:
        """Bring the damaged line of the bytes to the middle."""
        content = self._content
        text = None if content is None else (content.hex if self._face() == "hex" else content.raw)
        if text is not None and text.at is not None:
            self.raw.reveal(text.at)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wanted == "both":
            self._show()
