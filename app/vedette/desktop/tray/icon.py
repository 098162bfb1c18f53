"""The tray icon: states differ by the shape beside the tower, unseen errors by their number too."""

from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap

from vedette.desktop.resources import CODE_FAMILY, tray_icon
from vedette.desktop.tray.state import TrayState

SIZES = (16, 20, 22, 24, 32, 44, 48, 64)
_LEAST_FOR_DIGITS = 20
"""In a smaller icon digits could not be read; the dot says that there is something."""
# The desktop's own panel is the ground, in colours no theme of ours knows of.
_BADGE, _ON_BADGE = QColor("#C4281C"), QColor("#FFFFFF")
_INK = QColor("#000000")


@cache
def state_icon(state: TrayState, count: str = "", *, mono: bool = False) -> QIcon:
    """Return the icon of *state*, with *count* in its badge for unseen errors.

    *mono* is one colour, which the system replaces with that of its menu bar.
    """
    plain = tray_icon(state.value, mono=mono)
    if state is not TrayState.UNSEEN or not count:
        return plain
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(_with_badge(plain.pixmap(size, size), size, count, mono=mono))
    icon.setIsMask(mono)
    return icon


def _with_badge(pixmap: QPixmap, size: int, count: str, *, mono: bool) -> QPixmap:
    if size < _LEAST_FOR_DIGITS:
        return pixmap
    # The whole drawing, whatever its ratio of device pixels: measured in pixels.
    pixmap.setDevicePixelRatio(1)
    side = float(pixmap.width())
    height = side * 0.52
    width = height * (1 + 0.3 * (len(count) - 1))
    badge = QRectF(side - width, 0, width, height)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    # A gap around the badge keeps it apart from the tower, whatever the colours.
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.setBrush(_INK)
    rim = side * 0.05
    painter.drawRoundedRect(badge.adjusted(-rim, -rim, rim, rim), height / 2, height / 2)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setBrush(_INK if mono else _BADGE)
    painter.drawRoundedRect(badge, height / 2, height / 2)
    font = QFont(CODE_FAMILY)
    font.setBold(True)
    font.setPixelSize(max(6, round(height * 0.78)))
    painter.setFont(font)
    if mono:
        # In one colour the digits are what is left out.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
    painter.setPen(_INK if mono else _ON_BADGE)
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, count)
    painter.end()
    return pixmap
