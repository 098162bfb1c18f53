"""OTLP spans → the streamed spans of Sentry's protocol, from where on they walk the path of those.

Source: traces.md §7 (OTLP mapping). Beyond it, a server's or consumer's span whose sender does not say
whether its parent is remote, and whose parent did not come along, counts as a segment: exporters before
OTLP 1.1 say nothing, and each of their services would else have none.
"""

import hashlib
from collections.abc import Sequence

from vedette.domain.json import JsonObject
from vedette.processing.otlp.origin import Origin, Origins, flat, typed
from vedette.processing.otlp.reading import Export, read_spans
from vedette.processing.otlp.values import SpanRecord
from vedette.processing.span_attributes import STATUSES

KINDS = ("", "internal", "server", "client", "producer", "consumer")
_ENTRIES = (2, 5)  # kinds of spans that begin a service's part
_HAS_REMOTE = 0x100
_IS_REMOTE = 0x200
_ERROR = 2
_ZERO = (b"", bytes(8))


def segment_flags(spans: Sequence[SpanRecord]) -> list[bool]:
    """Return of each of *spans* whether it is a segment."""
    ids = {(span.trace_id, span.span_id) for span in spans}
    return [_is_segment(span, ids) for span in spans]


def _is_segment(span: SpanRecord, ids: set[tuple[bytes, bytes]]) -> bool:
    if span.parent_id in _ZERO:
        return True
    if span.flags & _HAS_REMOTE:
        return bool(span.flags & _IS_REMOTE)
    return span.kind in _ENTRIES and (span.trace_id, span.parent_id) not in ids


def owners(spans: Sequence[SpanRecord], are_segments: Sequence[bool]) -> list[int | None]:
    """Return of each of *spans* the place of its segment among them, None if that did not come along."""
    places = {(span.trace_id, span.span_id): at for at, span in enumerate(spans)}
    found: dict[int, int | None] = {at: at for at, is_segment in enumerate(are_segments) if is_segment}
    for start in range(len(spans)):
        path: list[int] = []
        at: int | None = start
        while at is not None and at not in found:
            found[at] = None  # a circle of parents ends here
            path.append(at)
            at = places.get((spans[at].trace_id, spans[at].parent_id))
        owner = None if at is None else found[at]
        found.update(dict.fromkeys(path, owner))
    return [found[at] for at in range(len(spans))]


def span_items(export: Export[SpanRecord], origins: Origins) -> list[JsonObject]:
    """Return the spans as entries of a container of streamed spans, in order."""
    spans = export.records
    are_segments = segment_flags(spans)
    of = owners(spans, are_segments)
    return [
        _item(span, origins.of(span.scope), is_segment, None if owner is None else spans[owner])
        for span, is_segment, owner in zip(spans, are_segments, of, strict=True)
    ]


def read_span_items(payload: bytes, content_type: str | None) -> list[JsonObject]:
    """Return the spans in *payload* as entries of a container of streamed spans. Raises IngestError."""
    return span_items(read_spans(payload, content_type), Origins())


def _item(span: SpanRecord, origin: Origin, is_segment: bool, segment: SpanRecord | None) -> JsonObject:
    item: JsonObject = {
        "trace_id": trace_hex(span),
        "span_id": span.span_id.hex(),
        "name": span.name,
        "status": "error" if span.status == _ERROR else "ok",
        "is_segment": is_segment,
        "start_timestamp": span.start / 1e9 if span.start else None,
        "end_timestamp": span.end / 1e9 if span.end else None,
        "attributes": typed(span_attributes(span, origin, segment)),
    }
    if span.parent_id not in _ZERO:
        item["parent_span_id"] = span.parent_id.hex()
    if span.links:
        item["links"] = [
            {
                "trace_id": link.trace_id.hex(),
                "span_id": link.span_id.hex(),
                "attributes": typed({key: flat(value) for key, value in link.attributes.items()}),
            }
            for link in span.links
        ]
    if span.events:
        item["events"] = [
            {"timestamp": event.time / 1e9, "name": event.name, "attributes": event.attributes}
            for event in span.events
        ]
    return item


def trace_hex(span: SpanRecord) -> str:
    """Return the trace's id; a span without one has a trace of its own, the same whenever it is read."""
    if span.trace_id:
        return span.trace_id.hex()
    return hashlib.blake2b(span.span_id, digest_size=16, salt=span.start.to_bytes(8, "big")[:8]).hexdigest()


def span_attributes(span: SpanRecord, origin: Origin, segment: SpanRecord | None) -> JsonObject:
    """Return all attributes of *span*, flat: its own, its scope's and resource's, and what its fields say."""
    found = dict(origin.attributes)
    for key, value in span.attributes.items():
        found[key] = flat(value)
    found.setdefault("sentry.origin", "auto.otlp.spans")
    if 0 < span.kind < len(KINDS):
        found["sentry.kind"] = KINDS[span.kind]
    if span.message:
        found["sentry.status.message"] = span.message
    if span.flags & _HAS_REMOTE:
        found["sentry.is_remote"] = bool(span.flags & _IS_REMOTE)
    if span.status == _ERROR:
        word = _grpc_status(found)
        if word:
            found["sentry.trace.status"] = word
    rate = _sample_rate(span.trace_state)
    if rate is not None:
        found["sentry.client_sample_rate"] = rate
    if segment is not None:
        found["sentry.segment.id"] = segment.span_id.hex()
        found["sentry.segment.name"] = segment.name
    return found


def _grpc_status(attributes: JsonObject) -> str:
    """gRPC's numbers are those of Sentry's statuses."""
    code = attributes.get("rpc.grpc.status_code")
    return STATUSES[code] if type(code) is int and 0 < code < len(STATUSES) else ""


def _sample_rate(trace_state: str) -> float | None:
    """``ot=th:…`` is the threshold below which traces were dropped: 14 hex digits, ending zeros left out."""
    for member in trace_state.split(","):
        name, _, value = member.strip().partition("=")
        if name != "ot":
            continue
        for part in value.split(";"):
            key, _, digits = part.partition(":")
            if key == "th" and 0 < len(digits) <= 14:
                try:
                    return 1 - int(digits.ljust(14, "0"), 16) / (1 << 56)
                except ValueError:
                    return None
    return None
