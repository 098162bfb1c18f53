"""A small box to go to an event by its number or the beginning of its id."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label


class JumpBox(QFrame):
    """A popup; Enter asks for the event, what is wrong is said below the field, Escape closes it."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("event.jump.box")
        self.setProperty("role", "card")
        self.setAccessibleName(tr("Go to event"))
        self.field = QLineEdit()
        self.field.setObjectName("event.jump.field")
        self.field.setAccessibleName(tr("Number or id of the event"))
        self.field.setPlaceholderText(tr("Number or id"))
        self.field.setMinimumWidth(round(theme.metrics("code").horizontalAdvance("0") * 24))
        self.go = Button(theme, tr("Go"), name="event.jump.go", role="primary")
        self.note = label("", "error", name="event.jump.note", wrap=True)
        self.note.hide()
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(label(tr("Go to event"), "caption.strong"))
        column.addLayout(row)
        column.addWidget(self.note)
        self.field.returnPressed.connect(self._ask)
        self.go.clicked.connect(self._ask)

    def open_at(self, corner: QPoint, hint: str) -> None:
        """Open below *corner* (global); *hint* says which numbers there are."""
        self.field.clear()
        self.note.hide()
        self.field.setToolTip(hint)
        self.adjustSize()
        self.move(corner)
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _ask(self) -> None:
        if self.field.text().strip():
            self.wanted.emit(self.field.text().strip())

    def say(self, sentence: str) -> None:
        """Say why there is no such event."""
        self.note.setText(sentence)
        self.note.show()
        self.adjustSize()
