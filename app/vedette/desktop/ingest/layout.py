"""Where things are in a request's row: which columns there is room for, and the button. Pure."""

from dataclasses import dataclass

TIME, FROM, SENDER, ITEMS, SIZE, OUTCOME, WHAT = range(7)
WIDTHS = {TIME: 13, FROM: 15, SENDER: 23, ITEMS: 22, SIZE: 9, OUTCOME: 11}
"""Columns and their widths in digits; WHAT takes what is left."""

# Below these widths of the list a column makes way for the sentence, which says most.
_MAKES_WAY = ((1_000, FROM), (900, SIZE), (850, ITEMS), (560, SENDER))
_MARGIN = 8
_TEXT_GAP = 12


def hidden_columns(width: int) -> frozenset[int]:
    """Return the columns a list of *width* pixels does not show."""
    return frozenset(column for limit, column in _MAKES_WAY if width < limit)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    x: float
    y: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point is inside."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


def button_box(cell: Box, text_width: float, text_height: float) -> Box | None:
    """Return where the button with a title of that size stands in *cell*, None if there is no room."""
    width, height = round(text_width) + 22, min(cell.height - 4, round(text_height) + 8)
    if width + 2 * _MARGIN > cell.width:
        return None
    top = cell.y + (cell.height - height) / 2
    return Box(cell.x + cell.width - width - _MARGIN, round(top), width, height)


def text_room(cell: Box, button: Box | None, side: float) -> float:
    """Return how wide the sentence left of *button* may be."""
    right = cell.x + cell.width - side if button is None else button.x - _TEXT_GAP
    return max(0.0, right - cell.x - side)
