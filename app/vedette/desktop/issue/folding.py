"""Sections of a page that fold, and what remembers which are folded."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import RADIUS, Theme

if TYPE_CHECKING:
    from vedette.desktop.preferences import Preferences

FOLDED = "issue.folded"
_CHEVRON, _GAP = 14, 6


class FoldMemory:
    """Which sections the user folded, the same for every event, kept from one start to the next."""

    def __init__(self, preferences: "Preferences") -> None:
        self._preferences = preferences

    def is_folded(self, key: str) -> bool:
        """Return whether the section *key* is folded."""
        return key in self._preferences.get(FOLDED, [])

    def note(self, key: str, *, folded: bool) -> None:
        """Remember that the section *key* was folded or unfolded."""
        kept = [one for one in self._preferences.get(FOLDED, []) if one != key]
        self._preferences.set(FOLDED, [*kept, key] if folded else kept)


class FoldTitle(QAbstractButton):
    """A section's title with a chevron; a click, Enter, Left or Right fold and unfold."""

    def __init__(self, theme: Theme, title: str, note: str, *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._title = title
        self._note = note
        self.setObjectName(name)
        self.setCheckable(True)
        self.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self._say)
        theme.changed.connect(self.updateGeometry)
        self._say()

    def _say(self) -> None:
        self.setAccessibleName(f"{self._title} {self._note}".strip())
        self.setAccessibleDescription("" if self.isChecked() else tr("folded"))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = _CHEVRON + _GAP + self._theme.metrics("title").horizontalAdvance(self._title)
        if self._note:
            width += _GAP + self._theme.metrics("caption").horizontalAdvance(self._note)
        return QSize(round(width) + 10, max(24, self._theme.line_height("title") + 4))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS - 2, RADIUS - 2)
        icon = "chevron-down" if self.isChecked() else "chevron-right"
        pixmap = self._theme.icon_pixmap(icon, "text.muted", _CHEVRON, self.devicePixelRatioF())
        painter.drawPixmap(2, (self.height() - _CHEVRON) // 2, pixmap)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        left = 2 + _CHEVRON + _GAP
        painter.setFont(self._theme.font("title"))
        painter.setPen(self._theme.color("text"))
        title = self._theme.metrics("title").elidedText(
            self._title, Qt.TextElideMode.ElideRight, self.width() - left - 4
        )
        painter.drawText(QRectF(left, 0, self.width() - left, self.height()), flags, title)
        left += round(self._theme.metrics("title").horizontalAdvance(title)) + _GAP
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.color("text.muted"))
        painter.drawText(QRectF(left, 0, max(0, self.width() - left), self.height()), flags, self._note)
        painter.end()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if self.isChecked() is (key == Qt.Key.Key_Left):
                self.click()
        else:
            super().keyPressEvent(event)


class FoldSection(QWidget):
    """A title and the parts below it, shown or not; the user's choice is remembered under *key*."""

    def __init__(
        self, theme: Theme, memory: FoldMemory, key: str, title: str, *buttons: QWidget, note: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName(f"event.fold.{key}")
        self._key = key
        self._memory = memory
        self.title = FoldTitle(theme, title, note, name=f"event.fold.{key}.title")
        self._body = QWidget()
        self._body_column = QVBoxLayout(self._body)
        self._body_column.setContentsMargins(0, 0, 0, 0)
        self._body_column.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.title)
        line.addStretch(1)
        for button in buttons:
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self._body)
        self.title.setChecked(not memory.is_folded(key))
        self._body.setVisible(self.title.isChecked())
        self.title.clicked.connect(self._fold)

    def add(self, part: QWidget) -> None:
        """Put *part* below what is there."""
        self._body_column.addWidget(part)

    @property
    def is_open(self) -> bool:
        """Whether its parts are shown."""
        return self.title.isChecked()

    def _fold(self) -> None:
        self._body.setVisible(self.is_open)
        self._memory.note(self._key, folded=not self.is_open)
