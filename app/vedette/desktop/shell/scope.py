"""What part of the workspace all sections show: projects, a run, a stretch of time."""

from dataclasses import dataclass

from vedette.domain.times import DAY, HOUR, MINUTE


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything when empty. ``span`` is a length of time before now, in microseconds."""

    project: int | None = None
    run: int | None = None
    span: int | None = None


SPANS: tuple[tuple[str, int | None], ...] = (
    ("All time", None),
    ("Last 15 minutes", 15 * MINUTE),
    ("Last hour", HOUR),
    ("Last 24 hours", DAY),
    ("Last 7 days", 7 * DAY),
    ("Last 30 days", 30 * DAY),
)
