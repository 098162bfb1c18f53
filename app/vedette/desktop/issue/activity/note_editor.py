"""Where a note is written: Markdown, with a look at how it will read."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.issue.activity.markdown_view import MarkdownView
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.segmented import Segment, Segmented

LINES = 4
LONGEST = 50_000


class _Field(QPlainTextEdit):
    """Ctrl+Enter saves, Escape gives up."""

    finished = Signal()
    left = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class NoteEditor(QWidget):
    """A field with a preview and a button; it saves nothing by itself."""

    saved = Signal(str)
    """The text of the note."""
    cancelled = Signal()

    def __init__(self, theme: Theme, *, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.field = _Field()
        self.field.setObjectName(f"{name}.field")
        self.field.setAccessibleName(title)
        self.field.setPlaceholderText(tr("Write a note. Markdown works."))
        self.field.setTabChangesFocus(True)
        line = self.field.fontMetrics().lineSpacing()
        self.field.setFixedHeight(LINES * line + 16)
        self.preview = MarkdownView(name=f"{name}.preview", title=tr("How the note will read"))
        self.preview.setMinimumHeight(LINES * line + 16)
        self.preview.hide()
        self.shows = Segmented(
            theme,
            [Segment("write", tr("Write")), Segment("preview", tr("Preview"))],
            name=f"{name}.shows",
            title=tr("The note as text or as it will read"),
        )
        self.save = Button(theme, tr("Save note"), name=f"{name}.save", role="primary")
        self.save.setToolTip(tr("Ctrl+Enter"))
        self.cancel = Button(theme, tr("Cancel"), name=f"{name}.cancel", role="quiet")
        self._lay_out()
        self.shows.choose("write")
        self.shows.chosen.connect(self._show)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.cancelled)
        self.field.finished.connect(self._save)
        self.field.left.connect(self.cancelled)
        self.field.textChanged.connect(self._refresh)
        self._refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.shows)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.preview)
        column.addLayout(row)

    def set_text(self, text: str) -> None:
        """Begin with *text*."""
        self.field.setPlainText(text)
        self.shows.choose("write")
        self._show("write")

    def text(self) -> str:
        return self.field.toPlainText()

    def _refresh(self) -> None:
        text = self.text()
        self.save.setEnabled(bool(text.strip()) and len(text) <= LONGEST)

    def _show(self, what: str) -> None:
        if what == "preview":
            self.preview.set_markdown(self.text())
        self.preview.setVisible(what == "preview")
        self.field.setVisible(what != "preview")

    def _save(self) -> None:
        if self.save.isEnabled():
            self.saved.emit(self.text())
