"""How a list and what is opened from it share the room of a window."""

from enum import StrEnum

from vedette.desktop.language import mark


class Layout(StrEnum):
    """Where the opened thing stands: beside its list, below it, or in its place."""

    RIGHT = "right"
    BELOW = "below"
    FOCUS = "focus"


TITLES = {
    Layout.RIGHT: mark("Open beside the list"),
    Layout.BELOW: mark("Open below the list"),
    Layout.FOCUS: mark("Open in place of the list"),
}
PREFERENCE = "layout.kind"
LEAST_BESIDE = 800
"""With less width than this there is no room for two beside each other."""
LEAST_BELOW = 560
"""With less height than this there is no room for two below each other."""


def chosen_layout(kept: str) -> Layout:
    """Return the layout of that name, the usual one for a strange name."""
    try:
        return Layout(kept)
    except ValueError:
        return Layout.RIGHT


def fitting(wanted: Layout, width: int, height: int) -> Layout:
    """Return *wanted* if a section of that size has room for it, else the one in place of the list."""
    if wanted is Layout.RIGHT and width < LEAST_BESIDE:
        return Layout.FOCUS
    if wanted is Layout.BELOW and height < LEAST_BELOW:
        return Layout.FOCUS
    return wanted


def sizes_key(section: str, layout: Layout) -> str:
    """Return the preference in which the user's own division of *section* is kept."""
    return f"layout.sizes.{section}.{layout.value}"
