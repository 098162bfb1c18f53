"""Which spans are here already, so that an exporter's second try adds nothing.

A span is known by its trace, its project, its id and its start: Zipkin's clients and servers share an id.
"""

from collections import OrderedDict
from collections.abc import Sequence
from itertools import islice

import apsw
from sqlalchemy import select

from vedette.domain.processed import Span
from vedette.store import schema
from vedette.store.engine import sql_of

MOST_OF_A_TRACE = 50_000
"""Spans of one trace that are remembered or looked up: its newest ones, since a second try comes soon."""
MOST = 150_000
"""Spans that are remembered in all: some ten megabytes."""

_Key = tuple[bytes, int]


class KnownSpans:
    """The spans of the traces that came last; those of others are looked up when more of them come."""

    def __init__(self, raw: apsw.Connection) -> None:
        self._raw = raw
        batch, span = schema.span_batch, schema.span
        first = batch.c.id * schema.SPANS_PER_BATCH
        self._find = sql_of(
            select(span.c.sid, span.c.start)
            .select_from(batch)
            .join(span, (span.c.id >= first) & (span.c.id < first + batch.c.n))
            .where(batch.c.trace == b"", batch.c.project == 0)
            .order_by(batch.c.id.desc())
            .limit(MOST_OF_A_TRACE)
        )
        self._of: OrderedDict[_Key, dict[int, None]] = OrderedDict()
        """By trace the names of its spans, the newest last."""

    def forget(self) -> None:
        """Drop everything: what was remembered may not have been stored."""
        self._of.clear()

    def forget_trace(self, trace_id: bytes, project: int) -> None:
        """Drop what is remembered of a trace, of which spans are added without asking."""
        self._of.pop((trace_id, project), None)

    def new_ones(
        self, trace_id: bytes, project: int, spans: Sequence[Span], *, is_new_trace: bool
    ) -> Sequence[Span]:
        """Return those of *spans* that are not here, each once, and remember them; *spans* if that is all."""
        known = self._known((trace_id, project), is_new_trace=is_new_trace)
        names = [int.from_bytes(span.span_id) ^ span.start for span in spans]
        fresh: Sequence[Span] = spans
        if len(set(names)) < len(names) or not known.keys().isdisjoint(names):
            named = dict(zip(names, spans, strict=True))
            fresh = [span for name, span in named.items() if name not in known]
        known.update(dict.fromkeys(names))
        if len(known) > MOST_OF_A_TRACE:
            for name in list(islice(known, len(known) - max(len(names), MOST_OF_A_TRACE // 2))):
                del known[name]
        return fresh

    def _known(self, key: _Key, *, is_new_trace: bool) -> dict[int, None]:
        known = self._of.get(key)
        if known is None:
            known = self._of[key] = {} if is_new_trace else self._stored(key)
        self._of.move_to_end(key)
        return known

    def _stored(self, key: _Key) -> dict[int, None]:
        first = schema.SPANS_PER_BATCH
        rows = self._raw.execute(self._find, (first, first, *key, MOST_OF_A_TRACE, 0)).fetchall()
        return {int.from_bytes(sid) ^ start: None for sid, start in reversed(rows)}

    def settle(self) -> None:
        """Forget the traces longest untouched, once their spans are written."""
        count = sum(map(len, self._of.values()))
        while count > MOST:
            count -= len(self._of.popitem(last=False)[1])
