"""A layout for bars of controls: side by side while there is room, on further lines where there is not."""

from dataclasses import dataclass

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStackedWidget, QWidget
from typing_extensions import override


@dataclass(slots=True)
class _Part:
    item: QLayoutItem
    stretches: bool
    least: int  # of one that stretches


class BarLayout(QLayout):
    """Left to right; a part that stretches takes what its line leaves over.

    *gap* pixels stand between parts and between lines. Parts stand in the middle of their line's height.
    """

    def __init__(self, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> None:
        super().__init__()
        self._gap = gap
        self._parts: list[_Part] = []
        self.setContentsMargins(QMargins(*margins))

    def add(self, widget: QWidget, *, stretch: bool = False, least: int = 0) -> None:
        """Add *widget*; one that stretches is at least *least* pixels wide."""
        self.addWidget(widget)
        self._parts[-1].stretches = stretch
        self._parts[-1].least = least

    def add_space(self) -> None:
        """Push what follows to the right end of its line."""
        spacer = QWidget()
        spacer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.add(spacer, stretch=True)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._parts.append(_Part(item, stretches=False, least=0))

    @override
    def count(self) -> int:
        return len(self._parts)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._parts[index].item if 0 <= index < len(self._parts) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._parts.pop(index).item if 0 <= index < len(self._parts) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        inner = QRect(0, 0, width - margins.left() - margins.right(), 0)
        return self._arrange(inner, move=False) + margins.top() + margins.bottom()

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect.marginsRemoved(self.contentsMargins()), move=True)

    @override
    def sizeHint(self) -> QSize:
        parts = [part for part in self._parts if not part.item.isEmpty()]
        width = sum(self._width(part) for part in parts) + self._gap * max(0, len(parts) - 1)
        height = max((part.item.sizeHint().height() for part in parts), default=0)
        margins = self.contentsMargins()
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    @override
    def minimumSize(self) -> QSize:
        parts = [part for part in self._parts if not part.item.isEmpty()]
        width = max((min(self._width(part), 260) for part in parts), default=0)
        height = max((part.item.minimumSize().height() for part in parts), default=0)
        margins = self.contentsMargins()
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def _width(self, part: _Part) -> int:
        """Return the width a part asks for at least."""
        return part.least if part.stretches else part.item.sizeHint().width()

    def _lines(self, width: int) -> list[list[_Part]]:
        lines: list[list[_Part]] = [[]]
        x = 0
        for part in self._parts:
            if part.item.isEmpty():
                continue  # a hidden widget
            wide = self._width(part)
            if lines[-1] and wide and x + wide > width:
                lines.append([])
                x = 0
            lines[-1].append(part)
            x += wide + (self._gap if wide else 0)
        return [line for line in lines if line]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Place the parts within *rect*, or only reckon; return the height they need."""
        y = rect.y()
        for line in self._lines(rect.width()):
            height = max(part.item.sizeHint().height() for part in line)
            if move:
                self._place(line, QRect(rect.x(), y, rect.width(), height))
            y += height + self._gap
        return max(0, y - self._gap - rect.y())

    def _place(self, line: list[_Part], rect: QRect) -> None:
        gaps = self._gap * sum(1 for part in line[1:] if self._width(part) or part.stretches)
        spare = max(0, rect.width() - gaps - sum(self._width(part) for part in line))
        growing = sum(part.stretches for part in line)
        x = rect.x()
        for part in line:
            width = self._width(part)
            if part.stretches:
                width += spare // growing
            width = min(width, rect.width())
            height = min(rect.height(), part.item.sizeHint().height())
            top = rect.y() + (rect.height() - height) // 2
            part.item.setGeometry(QRect(x, top, width, height))
            x += width + self._gap


class Leaves(QStackedWidget):
    """Pages of which one is shown, in the height there is, whatever the bars of the others would take."""

    @override
    def hasHeightForWidth(self) -> bool:
        return False


def bar_of(bar: BarLayout) -> QWidget:
    """Return a widget with the layout *bar*, to stand in another layout.

    WORKAROUND: as a layout within a layout, PySide 6.11 loses hold of its items and the next look at them
    ends the process.
    """
    widget = QWidget()
    lay_in_bar(widget, bar)
    return widget


def lay_in_bar(widget: QWidget, bar: BarLayout) -> None:
    """Give *widget* the layout *bar* and let it get higher where it gets narrower."""
    widget.setLayout(bar)
    policy = widget.sizePolicy()
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
