"""Outcomes counted while writing: of every item, and of what clients say they dropped."""

from collections import Counter

import apsw

from vedette.domain.client_reports import Discard
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.times import HOUR
from vedette.store import dialect, schema
from vedette.store.engine import sql_of
from vedette.store.writer.records import ItemRecord

MOST_DISCARDS = 100
"""Reasons of one client report that are counted by name; further ones are counted as `OTHER`."""
OTHER = "other"

_WORDS = {Outcome.STORED: "accepted", Outcome.FILTERED: "filtered"}  # of all others: invalid
_BY_FIELD = {"discarded_events": "client_discard", "rate_limited_events": "rate_limited"}
_MOST = 10**12  # of one row of a report: what is more was made up


class Outcomes:
    """Counts by project, hour, outcome, category and reason."""

    def __init__(self, raw: apsw.Connection) -> None:
        self._raw = raw
        table = schema.outcome_hour
        self._add = sql_of(dialect.upsert_adding(table, [table.c.n]))
        self._counts: Counter[tuple[int, int, str, str, str]] = Counter()

    def forget(self) -> None:
        """Drop everything not committed."""
        self._counts.clear()

    def count(self, item: ItemRecord, project: int, received: int) -> None:
        """Count *item* as what it ended as, and what it says was dropped. An item read again counts again."""
        hour = received // HOUR
        for n, discard in enumerate(item.discards):
            self._count_discard(discard, project, hour, is_named=n < MOST_DISCARDS)
        if item.client_report is not None:
            return
        reason = "" if item.reason in (None, Reason.STORED_RAW) else item.reason.value
        word = _WORDS.get(item.outcome, "invalid")
        self._counts[project, hour, word, item.category, reason] += 1

    def _count_discard(self, discard: Discard, project: int, hour: int, *, is_named: bool) -> None:
        word = _BY_FIELD.get(discard.field, "filtered")
        named = (discard.category, discard.reason) if is_named else (OTHER, OTHER)
        self._counts[project, hour, word, *named] += min(discard.quantity, _MOST)

    def flush(self) -> None:
        """Write the batch's counts; the caller holds the transaction."""
        if self._counts:
            self._raw.executemany(self._add, [(*key, n) for key, n in sorted(self._counts.items())])
            self._counts.clear()
