"""What part of the workspace all sections show: projects, environments, a run, a stretch of time."""

from dataclasses import dataclass

from vedette.desktop.language import mark
from vedette.domain.times import DAY, HOUR, MINUTE, Micros


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything when empty. Time is either ``span``, a length before now in microseconds, or absolute."""

    projects: tuple[int, ...] = ()
    environments: tuple[str, ...] = ()
    run: int | None = None
    span: int | None = None
    since: Micros | None = None
    until: Micros | None = None

    def bounds(self, at: Micros) -> tuple[Micros | None, Micros | None]:
        """Return the stretch of time as [since, until), seen at the time *at*; None has no bound."""
        if self.span is not None:
            return Micros(at - self.span), None
        return self.since, self.until


SPANS: tuple[tuple[str, int | None], ...] = (
    (mark("All time"), None),
    (mark("Last 15 minutes"), 15 * MINUTE),
    (mark("Last hour"), HOUR),
    (mark("Last 24 hours"), DAY),
    (mark("Last 7 days"), 7 * DAY),
    (mark("Last 30 days"), 30 * DAY),
)
