"""The kinds of rows beside events and spans, each family with a writer of its own.

A family takes the domain values of its types out of the items, collects their rows while a batch goes on and
writes them with it. Adding a kind is adding its family here.
"""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

import apsw
from sqlalchemy import Table

from vedette.domain.changes import Change
from vedette.store.writer.feedback import FeedbackRows
from vedette.store.writer.interning import Terms
from vedette.store.writer.logs import InferredAttributes, Logs
from vedette.store.writer.metrics import Metrics
from vedette.store.writer.monitors import Monitors
from vedette.store.writer.profiles import Profiles
from vedette.store.writer.records import Place
from vedette.store.writer.replays import Replays
from vedette.store.writer.sessions import Sessions
from vedette.store.writer.vitals import Vitals


class Family(Protocol):
    """Writes the rows of some types of values."""

    takes: tuple[type, ...]
    """The types of the values that `add` takes."""
    kept: tuple[Table, ...]
    """Tables whose rows go with their request: each has ``id``, in arrival order, and ``request``."""

    def add(self, value: Any, place: Place) -> int | None:
        """Take *value* into the batch; returns the row's id, None if it makes none.

        What makes it unusable only now (a duplicate) is written into ``place.item``'s outcome.
        """
        ...

    def changes(self) -> Iterable[Change]:
        """Return what the batch changed, for the live feed."""
        ...

    def flush(self) -> None:
        """Write the batch's rows; the caller holds the transaction."""
        ...

    def forget(self) -> None:
        """Drop everything not committed, and the memory of what was."""
        ...


FAMILIES: tuple[Callable[[apsw.Connection, Terms], Family], ...] = (
    Logs,
    Metrics,
    InferredAttributes,
    Vitals,
    FeedbackRows,
    Sessions,
    Monitors,
    Replays,
    Profiles,
)
"""In the order they are flushed."""


class Families:
    """All families as one part of the writer."""

    def __init__(self, raw: apsw.Connection, terms: Terms) -> None:
        self._all = [make(raw, terms) for make in FAMILIES]
        self._of = {kind: family for family in self._all for kind in family.takes}

    @property
    def monitors(self) -> Monitors:
        """The family that the clock and commands change too."""
        return next(family for family in self._all if isinstance(family, Monitors))

    @property
    def metrics(self) -> Metrics:
        """The family that remembers by which values metrics' sums are split."""
        return next(family for family in self._all if isinstance(family, Metrics))

    @property
    def kept(self) -> list[Table]:
        """Every table whose rows go with their request."""
        return [table for family in self._all for table in family.kept]

    def add(self, values: Iterable[object], place: Place) -> int | None:
        """Take *values* into the batch; returns the id of the first row."""
        first = None
        for value in values:
            number = self._of[type(value)].add(value, place)
            first = first or number
        return first

    def changes(self) -> list[Change]:
        """Return what the batch changed."""
        return [change for family in self._all for change in family.changes() if change.ids]

    def flush(self) -> None:
        """Write the batch's rows; the caller holds the transaction."""
        for family in self._all:
            family.flush()

    def forget(self) -> None:
        """Drop everything not committed, and the memory of what was."""
        for family in self._all:
            family.forget()
