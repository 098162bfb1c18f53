"""Levels as clients spell them."""

from vedette.domain.json import JsonValue
from vedette.processing.shapes import UnfitError

_LEVELS = {
    "debug": "debug",
    "info": "info",
    "log": "info",
    "warning": "warning",
    "error": "error",
    "fatal": "fatal",
    "critical": "fatal",
    10: "debug",
    20: "info",
    30: "warning",
    40: "error",
    50: "fatal",
}


def read_level(value: JsonValue) -> str:
    """Return the level *value* names or numbers. Raises UnfitError if it is none."""
    kind = type(value)
    if kind is str:
        level = _LEVELS.get(value)
        if level is None:
            raise UnfitError("invalid level")
        return level
    if kind is int:
        level = _LEVELS.get(value)
        if level is None:
            raise UnfitError
        return level
    raise UnfitError("expected a level")
