"""What one event must have, as the full text and as a condition on its row, and how such parts join."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, literal, not_, or_, select

from vedette.store.dialect import find
from vedette.store.queries.matching import (
    EVERYTHING,
    NOTHING,
    Condition,
    Match,
    all_of,
    any_of,
    hits,
    without,
)
from vedette.store.schema import event


@dataclass(frozen=True, slots=True)
class Part:
    """An event fits if the full text finds it with ``match`` and its row fits ``condition`` (None: any).

    Where ``is_slow``, the condition reads payloads.
    """

    match: Match = EVERYTHING
    condition: Condition | None = None
    is_slow: bool = False

    @property
    def as_condition(self) -> Condition:
        """The same on the event's row alone."""
        if self.match is EVERYTHING:
            return literal(1) == literal(1) if self.condition is None else self.condition
        if self.match is NOTHING:
            return literal(1) == literal(0)
        found = event.c.id.in_(select(find.c.rowid).where(hits(self.match)))
        return found if self.condition is None else and_(found, self.condition)


def all_parts(parts: Sequence[Part]) -> Part:
    """Return what holds where all *parts* do; conditions that read payloads come last."""
    conditions = [part.condition for part in sorted(parts, key=_slowness) if part.condition is not None]
    joined = and_(*conditions) if conditions else None
    return Part(all_of(part.match for part in parts), joined, _any_slow(parts))


def any_part(parts: Sequence[Part]) -> Part:
    """Return what holds where any of *parts* does."""
    matches = [part.match for part in parts]
    if all(part.condition is None for part in parts):
        return Part(any_of(matches))
    # What no full text finds cannot be narrowed by it; else each match is needed by its own part.
    joined = or_(*(part.as_condition for part in sorted(parts, key=_slowness)))
    return Part(any_of(matches), joined, _any_slow(parts))


def no_part(part: Part) -> Part:
    """Return what holds where *part* does not, unknown values included."""
    if part.condition is None:
        return Part(without(EVERYTHING, part.match))
    return Part(condition=negated(part.as_condition), is_slow=part.is_slow)


def negated(condition: Condition) -> Condition:
    """Return what holds where *condition* does not, unknown values included."""
    return not_(func.coalesce(condition, literal(0)))


def _slowness(part: Part) -> bool:
    return part.is_slow


def _any_slow(parts: Iterable[Part]) -> bool:
    return any(part.is_slow for part in parts)
