"""A label on one line that elides what does not fit and tells the rest in its tool tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.plain_text import plain_tip


class ElidedLabel(QLabel):
    """One line of plain text in a font of the theme, elided in the middle."""

    def __init__(
        self, theme: Theme, font: str, *, name: str, role: str = "", parent: QWidget | None = None
    ) -> None:
        """*font* is a font role, *role* one of the style sheet's roles that set only a colour."""
        super().__init__(parent)
        self._theme = theme
        self._font = font
        self._text = ""
        self.setObjectName(name)
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()

    def set_text(self, text: str) -> None:
        """Show *text*."""
        self._text = text
        self.setAccessibleName(text)
        self._fit()

    def full_text(self) -> str:
        """Return the text as it was given."""
        return self._text

    def _follow_theme(self) -> None:
        self.setFont(self._theme.font(self._font))
        self._fit()

    def _fit(self) -> None:
        metrics = self._theme.metrics(self._font)
        shown = metrics.elidedText(self._text, Qt.TextElideMode.ElideMiddle, self.width())
        self.setText(shown)
        self.setToolTip(plain_tip(self._text) if shown != self._text else "")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())
