"""Fields the wheel leaves alone while a page is scrolled over them."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QSizePolicy, QSpinBox, QWidget
from typing_extensions import override

_MARGIN = 6


class CalmSpinBox(QSpinBox):
    """A number that changes by keys, and by the wheel only while it has the keyboard."""

    def __init__(self, name: str, title: str, low: int, high: int, *, suffix: str = "") -> None:
        super().__init__()
        _name(self, name, title)
        self.lineEdit().setAccessibleName(title)
        self.setRange(low, high)
        self.setSuffix(suffix)
        self.lineEdit().setTextMargins(_MARGIN, 0, 0, 0)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class CalmDoubleSpinBox(QDoubleSpinBox):
    """As `CalmSpinBox`, with decimals."""

    def __init__(self, name: str, title: str, low: float, high: float, *, suffix: str = "") -> None:
        super().__init__()
        _name(self, name, title)
        self.lineEdit().setAccessibleName(title)
        self.setDecimals(1)
        self.setRange(low, high)
        self.setSuffix(suffix)
        self.lineEdit().setTextMargins(_MARGIN, 0, 0, 0)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class CalmCombo(QComboBox):
    """A choice of keys with titles; ``chosen`` is the user's doing, ``choose`` the program's."""

    chosen = Signal(str)

    def __init__(self, name: str, title: str, choices: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        _name(self, name, title)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.offer(choices)
        self.activated.connect(lambda at: self.chosen.emit(str(self.itemData(at))))

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer *choices* of (key, title); the chosen key stays if it is still there."""
        before = self.current()
        self.clear()
        for key, title in choices:
            self.addItem(title, key)
        longest = max((len(title) for _, title in choices), default=0)
        self.setMinimumContentsLength(min(28, max(8, longest)))
        self.choose(before)

    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), 12 * self.fontMetrics().averageCharWidth()), hint.height())

    def current(self) -> str:
        """Return the chosen key, "" for none."""
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        """Choose *key* without telling ``chosen``; the first one when there is no such key."""
        self.setCurrentIndex(max(0, self.findData(key)))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def _name(widget: QWidget, name: str, title: str) -> None:
    widget.setObjectName(name)
    widget.setAccessibleName(title)
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
