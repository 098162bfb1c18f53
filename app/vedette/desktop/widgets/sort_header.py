"""The header of a list: the sign of the order stands beside the title it belongs to."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QWidget
from typing_extensions import override

DOWN, UP = "▾", "▴"
_NONE = QStyleOptionHeader.SortIndicator.None_


class SortHeader(QHeaderView):
    """Says the order in the title's own text: with a style sheet Qt draws its arrow over the title's end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    @override
    def initStyleOptionForIndex(self, option: QStyleOptionHeader, logicalIndex: int) -> None:
        super().initStyleOptionForIndex(option, logicalIndex)
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex:
            sign = DOWN if self.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder else UP
            option.text = f"{option.text} {sign}"
            option.sortIndicator = _NONE
