"""A trace in a dozen rows: the way down to where the event happened, and the longest of the rest. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vedette.store.queries.traces import SpanRow, TraceError, TraceRow

MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class MiniRow:
    """One span; *start* and *end* are shares of the trace's length, from 0 to 1."""

    span: str  # 16 hex
    op: str
    text: str
    start: float
    end: float
    micros: int
    depth: int
    is_here: bool  # the event happened in it


@dataclass(frozen=True, slots=True)
class TraceSummary:
    """What is kept of a trace."""

    row: TraceRow | None  # None: no span of it is kept
    rows: tuple[MiniRow, ...]
    is_cut: bool  # more spans were stored than looked at
    events: tuple[TraceError, ...]

    @property
    def hidden(self) -> int:
        """How many spans stand in none of the rows."""
        return max(0, (self.row.spans if self.row is not None else 0) - len(self.rows))


def mini_rows(spans: Sequence[SpanRow], row: TraceRow, here: str | None) -> tuple[MiniRow, ...]:
    """Return up to a dozen of *spans* by start: ancestors of the span *here*, then the longest."""
    known = {span.span_id: span for span in spans}
    chosen: dict[bytes, SpanRow] = {span.span_id: span for span in _way_up(known, here)}
    for span in sorted(spans, key=lambda span: (not span.is_segment, -span.duration)):
        if len(chosen) >= MOST_ROWS:
            break
        chosen.setdefault(span.span_id, span)
    length = max(1, row.end - row.start)
    target = bytes.fromhex(here) if here else b""
    found = []
    for span in sorted(chosen.values(), key=lambda span: (span.start, -span.duration)):
        begin = min(1.0, max(0.0, (span.start - row.start) / length))
        end = min(1.0, max(begin, (span.start + span.duration - row.start) / length))
        found.append(
            MiniRow(
                span.span_id.hex(),
                span.op,
                span.description,
                begin,
                end,
                span.duration,
                _depth(known, chosen, span),
                span.span_id == target,
            )
        )
    return tuple(found)


def _way_up(known: Mapping[bytes, SpanRow], here: str | None) -> Iterator[SpanRow]:
    span = known.get(bytes.fromhex(here)) if here else None
    seen: set[bytes] = set()
    while span is not None and span.span_id not in seen and len(seen) < MOST_ROWS - 2:
        seen.add(span.span_id)
        yield span
        span = known.get(span.parent_id) if span.parent_id is not None else None


def _depth(known: Mapping[bytes, SpanRow], chosen: Mapping[bytes, SpanRow], span: SpanRow) -> int:
    """Return below how many of the chosen ones *span* lies."""
    depth = 0
    seen = {span.span_id}
    parent = span.parent_id
    while parent is not None and parent in known and parent not in seen:
        seen.add(parent)
        depth += parent in chosen
        parent = known[parent].parent_id
    return min(depth, 6)
