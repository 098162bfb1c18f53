"""Web vitals of a batch, and their sums by page and hour."""

from collections.abc import Iterable, Sequence

import apsw
from sqlalchemy import Table, insert, select

from vedette.domain.changes import Change
from vedette.domain.outcomes import Outcome
from vedette.domain.times import HOUR
from vedette.domain.vitals import PageVitals, Rating, WebVital, rate, rate_score
from vedette.store import dialect, schema, value_sketch
from vedette.store.engine import sql_of
from vedette.store.writer.interning import Terms, next_id
from vedette.store.writer.records import Place

SCORE = len(WebVital)
"""The number under which the sums of scores stand; vitals have their place in WebVital."""
UNNAMED = "<unlabeled transaction>"
_NUMBERS = {vital: number for number, vital in enumerate(WebVital)}
_SUMS = ("n", "total", "good", "poor", "sketch")
Key = tuple[int, int, int, int]


class Vitals:
    """Writes web vitals under the name of their page, which the page's segment knows best."""

    takes: tuple[type, ...] = (PageVitals,)
    kept: tuple[Table, ...] = (schema.web_vital,)

    def __init__(self, raw: apsw.Connection, terms: Terms) -> None:
        self._raw = raw
        self._terms = terms
        self._insert = sql_of(insert(schema.web_vital))
        segment, hour = schema.segment, schema.web_vital_hour
        self._find_page = sql_of(
            select(segment.c.name_term)
            .where(segment.c.trace == b"", segment.c.sid == b"", segment.c.project == 0)
            .limit(1)
        )
        find = select(*(hour.c[name] for name in _SUMS))
        for column in hour.primary_key.columns:
            find = find.where(column == 0)
        self._find_hour = sql_of(find)
        self._write_hour = sql_of(dialect.insert_or_replace(hour))
        self._taken: list[tuple[PageVitals, Place]] = []
        self._next = 0
        self.forget()

    def add(self, value: PageVitals, place: Place) -> None:
        """Take *value*, unless its transaction was here before; the item's row is that of its spans."""
        if place.item.outcome is Outcome.STORED:
            self._taken.append((value, place))

    def changes(self) -> Iterable[Change]:
        """Say nothing: the trace is said to have changed."""
        return ()

    def flush(self) -> None:
        """Write the batch's vitals and sums; the caller holds the transaction and has written segments."""
        if not self._taken:
            return
        rows: list[tuple[object, ...]] = []
        sums: dict[Key, list[float]] = {}
        for value, place in self._taken:
            page = self._page_of(value, place.project)
            rows.append(self._row(value, place, page))
            measured = [(_NUMBERS[vital], number) for vital, number in value.values]
            if value.score is not None:
                measured.append((SCORE, value.score))
            for vital, number in measured:
                sums.setdefault((place.project, page, vital, value.ts // HOUR), []).append(number)
        self._raw.executemany(self._insert, rows)
        written = [self._merged(key, values) for key, values in sorted(sums.items())]
        self._raw.executemany(self._write_hour, written)
        self._taken = []

    def _page_of(self, value: PageVitals, project: int) -> int:
        if value.segment_id is not None:
            row = self._raw.execute(
                self._find_page, (value.trace_id, value.segment_id, project, 1, 0)
            ).fetchone()
            if row is not None:
                return int(row[0])
        return self._terms.id_of("transaction", value.page or UNNAMED)

    def _row(self, value: PageVitals, place: Place, page: int) -> tuple[object, ...]:
        id_of = self._terms.id_of
        number = self._next
        self._next += 1
        numbers = dict(value.values)
        return (
            number, place.project, place.run, value.ts, value.trace_id, value.span_id, page, value.op,
            id_of("browser.name", value.browser) if value.browser else None,
            None if value.environment is None else id_of("environment", value.environment),
            None if value.release is None else id_of("release", value.release),
            *(numbers.get(vital) for vital in WebVital), value.score, place.request, place.item.n,
        )  # fmt: skip

    def _merged(self, key: Key, values: Sequence[float]) -> tuple[object, ...]:
        if key[2] == SCORE:
            ratings = [rate_score(value) for value in values]
        else:
            vital = tuple(WebVital)[key[2]]
            ratings = [rate(vital, value) for value in values]
        n, total = len(values), sum(values)
        good, poor = ratings.count(Rating.GOOD), ratings.count(Rating.POOR)
        blob = value_sketch.encode(values)
        row = self._raw.execute(self._find_hour, key).fetchone()
        if row is not None:
            n, total, good, poor = n + row[0], total + row[1], good + row[2], poor + row[3]
            blob = value_sketch.merge([row[4], blob])
        return (*key, n, total, good, poor, blob)

    def forget(self) -> None:
        """Drop everything not committed."""
        self._taken = []
        self._next = next_id(self._raw, schema.web_vital)
