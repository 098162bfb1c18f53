"""Ten colours of which one is chosen: radio buttons drawn as dots."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget
from typing_extensions import override

from vedette.desktop.language import mark, tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.theme.tokens import project_token
from vedette.desktop.widgets.flow_layout import FlowLayout

COLOURS = (
    mark("Green"),
    mark("Blue"),
    mark("Teal"),
    mark("Violet"),
    mark("Lavender"),
    mark("Ochre"),
    mark("Brown"),
    mark("Olive"),
    mark("Plum"),
    mark("Grey"),
)
"""What the ten are called, in the order of the store's numbers; the shades differ a little by scheme."""
_TARGET = 28


class _Dot(QRadioButton):
    def __init__(self, theme: Theme, colour: int, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._colour = colour
        self.setObjectName(name)
        self.setAccessibleName(tr(COLOURS[colour]))
        self.setToolTip(tr(COLOURS[colour]))
        theme.changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_TARGET, _TARGET)

    @override
    def hitButton(self, _: object) -> bool:
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        color = self._theme.color(project_token(self._colour))
        if not self.isEnabled():
            color.setAlphaF(0.4)
        # The rim keeps the lighter ones apart from the ground.
        painter.setPen(QPen(self._theme.color("text.muted"), 1))
        painter.setBrush(color)
        painter.drawEllipse(whole.center(), 8, 8)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(QPen(self._theme.color("text"), 2))
            painter.drawEllipse(whole.center(), 11, 11)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), 6, 6)


class ColourPicker(QWidget):
    """Arrow keys move the choice, Tab enters and leaves it."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, *, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._group = QButtonGroup(self)
        flow = FlowLayout(2, self)
        for colour in range(len(COLOURS)):
            dot = _Dot(theme, colour, f"{name}.{colour}")
            self._group.addButton(dot, colour)
            flow.addWidget(dot)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)
        self._group.idClicked.connect(self.chosen)

    def choose(self, colour: int) -> None:
        """Choose a colour without telling ``chosen``."""
        self._group.button(colour % len(COLOURS)).setChecked(True)

    def current(self) -> int:
        """Return the chosen colour, 0…9."""
        return self._group.checkedId()


def dot_icon(color: QColor, side: int, ratio: float) -> QIcon:
    """Return a dot in *color* as an icon of *side* logical pixels."""
    pixmap = QPixmap(QSize(side, side) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(QRectF(side / 4, side / 4, side / 2, side / 2))
    painter.end()
    return QIcon(pixmap)
