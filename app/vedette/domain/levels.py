"""Severity levels, in the protocol's spelling and with its numbers."""

from enum import StrEnum


class Level(StrEnum):
    """How bad an event says it is. ``number`` (10…50) is what the store keeps."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    FATAL = "fatal"

    @property
    def number(self) -> int:
        return _NUMBERS[self]

    @classmethod
    def of(cls, number: int) -> "Level":
        """Return the level with *number*; anything unknown is ERROR, as in Sentry."""
        return _LEVELS.get(number, cls.ERROR)


_NUMBERS = {level: 10 * (i + 1) for i, level in enumerate(Level)}
_LEVELS = {number: level for level, number in _NUMBERS.items()}
