"""Line icons drawn in the theme's colours at paint time, sharp at every pixel ratio."""

import re
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from typing_extensions import override

from vedette.desktop.resources import icon_svg

Colour = Callable[[str], QColor]

_STROKE = re.compile(r'stroke-width="[0-9.]+"')


def render_icon(name: str, colour: QColor, size: int, ratio: float, stroke: float = 1.5) -> QPixmap:
    """Return icon *name* as a pixmap of *size* logical pixels; *stroke* is its line width."""
    width = stroke * 24 / size  # the drawing is 24 wide, so its strokes scale with it
    svg = _STROKE.sub(f'stroke-width="{width:.3f}"', icon_svg(name)).replace("currentColor", colour.name())
    side = max(1, round(size * ratio))
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(colour.alphaF())
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


class IconPixmaps:
    """Pixmaps by name, colour, size and ratio; cleared when the theme changes."""

    def __init__(self, colour: Colour) -> None:
        self._colour = colour
        self._cache: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, token: str, size: int, ratio: float) -> QPixmap:
        """Return the cached or newly drawn pixmap of icon *name* in the colour of *token*."""
        key = (name, token, size, ratio)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = render_icon(name, self._colour(token), size, ratio)
        return found

    def clear(self) -> None:
        """Forget every pixmap: the colours changed."""
        self._cache.clear()


class ThemedIconEngine(QIconEngine):
    """Draws one icon in its token's colour as it is now: an icon handed out earlier follows the theme."""

    def __init__(self, pixmaps: IconPixmaps, name: str, token: str, checked_token: str = "") -> None:
        super().__init__()
        self._pixmaps = pixmaps
        self._name = name
        self._token = token
        self._checked = checked_token or token

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        size = min(rect.width(), rect.height())
        ratio = painter.device().devicePixelRatioF()
        at = QRect(0, 0, size, size)
        at.moveCenter(rect.center())
        painter.drawPixmap(at, self._pixmaps.pixmap(self._name, self._token_for(mode, state), size, ratio))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    @override
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        # Qt asks in device pixels here: the drawing is made in logical ones for the right stroke.
        side = min(size.width(), size.height())
        return self._pixmaps.pixmap(
            self._name, self._token_for(mode, state), max(1, round(side / scale)), scale
        )

    @override
    def clone(self) -> QIconEngine:
        return ThemedIconEngine(self._pixmaps, self._name, self._token, self._checked)

    def _token_for(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode is QIcon.Mode.Disabled:
            return "text.disabled"
        return self._checked if state is QIcon.State.On else self._token
