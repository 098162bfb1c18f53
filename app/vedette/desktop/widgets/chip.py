"""Chips: one or two quiet words in a rounded outline, as a painter for rows and as a widget."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.language import mark, tr
from vedette.desktop.theme.theme import CHIP_RADIUS, Theme

_SIDE = 6  # free pixels left and right of the text

# What a chip says decides its colour; anything else is neutral.
_TOKENS = {
    mark("new"): "accent.text",
    mark("in app"): "accent.text",
    mark("escalating"): "level.error.text",
    mark("regressed"): "level.error.text",
    mark("fatal"): "level.fatal.text",
    mark("error"): "level.error.text",
    mark("warning"): "level.warning.text",
    mark("info"): "level.info.text",
    mark("debug"): "level.debug.text",
    mark("resolved"): "level.ok.text",
    mark("ok"): "level.ok.text",
}


def chip_token(text: str) -> str:
    """Return the colour token a chip with *text* has by custom, ``text.muted`` for strange words."""
    return _TOKENS.get(text.lower(), "text.muted")


def chip_words(text: str) -> str:
    """Return what is shown for *text*: a custom word in the user's language, anything else as it is."""
    return tr(text) if text in _TOKENS else text


def chip_size(theme: Theme, text: str) -> QSize:
    """Return the size of a chip in pixels."""
    width = theme.metrics("caption").horizontalAdvance(chip_words(text))
    return QSize(round(width) + 2 * _SIDE, round(theme.metrics("caption").height()) + 4)


def paint_chip(
    painter: QPainter,
    theme: Theme,
    x: float,
    middle: float,
    text: str,
    token: str = "",
    *,
    tinted: bool = False,
) -> float:
    """Draw a chip with its left edge at *x*, centred on the line *middle*; return its right edge.

    A neutral chip has the decorative border, a coloured one its own colour. *tinted* fills it.
    """
    token = token or chip_token(text)
    size = chip_size(theme, text)
    rect = QRectF(x + 0.5, round(middle - size.height() / 2) + 0.5, size.width() - 1, size.height() - 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    neutral = token.startswith("text")
    painter.setPen(QPen(theme.color("border" if neutral else token), 1))
    painter.setBrush(theme.color("bg.sunken") if tinted else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, CHIP_RADIUS, CHIP_RADIUS)
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.color(token))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, chip_words(text))
    painter.restore()
    return x + size.width()


class Chip(QWidget):
    """A chip beside other widgets; not a control, so never in the tab order."""

    def __init__(
        self, theme: Theme, text: str = "", token: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = text
        self._token = token
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(chip_words(text))
        if not text:
            self.hide()  # never shown here: without a parent it would be a window for a moment
        theme.changed.connect(self._resize)

    def set_text(self, text: str, token: str = "") -> None:
        """Say something else; an empty text hides the chip."""
        self._text, self._token = text, token
        self.setAccessibleName(chip_words(text))
        self.setVisible(bool(text))
        self._resize()

    def text(self) -> str:
        """Return what it says."""
        return self._text

    def _resize(self) -> None:
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return chip_size(self._theme, self._text)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), self._theme, 0, self.height() / 2, self._text, self._token)
