"""The pieces a page of settings is made of: titled groups, rows of a label and a control."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.plain_text import plain_tip

LABEL_WIDTH = 150


class Group(QVBoxLayout):
    """A heading with what belongs below it."""

    def __init__(self, title: str, name: str) -> None:
        super().__init__()
        self.setSpacing(8)
        self.setContentsMargins(0, 14, 0, 0)
        self.addWidget(label(title, "title", name=f"settings.{name}.title"))

    def say(self, text: str, name: str) -> QLabel:
        """Add a muted sentence and return its label."""
        found = label(text, "muted", name=f"settings.{name}", wrap=True, selectable=True)
        self.addWidget(found)
        return found

    def put(self, title: str, widget: QWidget) -> None:
        """Add a row: *title*, then *widget*."""
        row = QHBoxLayout()
        row.setSpacing(12)
        text = label(title, "muted")
        text.setMinimumWidth(LABEL_WIDTH)
        text.setBuddy(widget)
        row.addWidget(text)
        row.addWidget(widget)
        row.addStretch(1)
        self.addLayout(row)


class PathLabel(QLabel):
    """A path in one line, shortened in the middle where there is no room, whole in the tool tip."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self._role = ""
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self._shorten)

    def say(self, text: str, role: str) -> None:
        """Show *text* in *role* (code or muted)."""
        self._text, self._role = text, role
        self.setProperty("role", role)
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(text))
        self._shorten()

    def _shorten(self) -> None:
        metrics = self._theme.metrics("code" if self._role.startswith("code") else "body")
        self.setText(metrics.elidedText(self._text, Qt.TextElideMode.ElideMiddle, max(40, self.width() - 4)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()
