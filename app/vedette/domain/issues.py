"""What an issue can be: its status, the detail below it, its kind and priority."""

from enum import IntEnum, StrEnum

from vedette.domain.levels import Level

PENDING_DELETION = 3
"""The number in place of a status's while an issue waits to be deleted: nobody sees it then."""


class Status(StrEnum):
    """Where an issue stands. ``ignored`` is the protocol's word for archived."""

    UNRESOLVED = "unresolved"
    RESOLVED = "resolved"
    IGNORED = "ignored"

    @property
    def number(self) -> int:
        return _STATUS_NUMBERS[self]

    @classmethod
    def of(cls, number: int) -> "Status":
        return _STATUSES[number]


_STATUS_NUMBERS = {Status.UNRESOLVED: 0, Status.RESOLVED: 1, Status.IGNORED: 2}
_STATUSES = {number: status for status, number in _STATUS_NUMBERS.items()}


class Substatus(StrEnum):
    """The protocol's second word on an issue's status."""

    NEW = "new"
    ONGOING = "ongoing"
    REGRESSED = "regressed"
    ESCALATING = "escalating"
    ARCHIVED_UNTIL_ESCALATING = "archived_until_escalating"
    ARCHIVED_UNTIL_CONDITION_MET = "archived_until_condition_met"
    ARCHIVED_FOREVER = "archived_forever"


class Priority(IntEnum):
    """Numbers as Sentry stores them."""

    LOW = 25
    MEDIUM = 50
    HIGH = 75


def initial_priority(level: Level, *, handled: bool | None) -> Priority:
    """Sentry's rule: what goes uncaught or is fatal matters most, what only informs least."""
    if level in (Level.FATAL, Level.ERROR):
        return Priority.HIGH if handled is False or level is Level.FATAL else Priority.MEDIUM
    return Priority.MEDIUM if level is Level.WARNING else Priority.LOW
