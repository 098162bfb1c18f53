"""One item through the pipeline: parse, normalise, mark in-app, group, describe.

Bytes in, values out; the same path for a live SDK, an opened file and an import.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vedette.domain.feedback import Feedback
from vedette.domain.json import JsonObject
from vedette.domain.levels import Level
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival, Grouping, Heading, ProcessedEvent, Span, SpanBatch
from vedette.domain.times import Micros
from vedette.domain.vitals import PageVitals
from vedette.processing.containers import Container, container_of, inferred_attributes
from vedette.processing.depth import limit_depth
from vedette.processing.exceptions import event_exceptions
from vedette.processing.feedback import read_feedback, settle_feedback
from vedette.processing.grouping import Component, GroupingRules, Reasons, classify_frames, explain, group
from vedette.processing.heading import event_heading
from vedette.processing.in_app import mark_in_app
from vedette.processing.normalise import normalise_event, settle_event
from vedette.processing.parsing import parse_object
from vedette.processing.search_members import indexed_frames, indexed_members
from vedette.processing.search_text import body_text, stack_hash, stack_text
from vedette.processing.segments import sdk_text, streamed_segment, trace_status, transaction_segment
from vedette.processing.spans import (
    V2_CONTENT_TYPE,
    ReadSpan,
    read_older_span,
    read_single_span,
    read_streamed_span,
    span_id_bytes,
    with_self_times,
)
from vedette.processing.tags import Tag, event_tags
from vedette.processing.timestamps import clock_correction, future_correction
from vedette.processing.web_vitals import may_have_vitals, streamed_vitals, transaction_vitals


def process_event(payload: bytes, arrival: Arrival, rules: GroupingRules | None = None) -> ProcessedEvent:
    """Return the error or message in *payload*, ready to be written.

    *rules* are its project's for grouping; without them those that are built in count.
    Raises IngestError: BAD_JSON with the offset of the fault, BAD_EVENT for what is no event.
    """
    return _processed(_normalised(payload, arrival, rules), arrival, rules)


def process_feedback(
    payload: bytes, arrival: Arrival, rules: GroupingRules | None = None
) -> tuple[ProcessedEvent, Feedback]:
    """Return the feedback event in *payload*, ready to be written, and what it says.

    Raises IngestError as process_event does, and BAD_FEEDBACK for one without a message.
    """
    event = _normalised(payload, arrival, rules, kind="feedback")
    feedback = read_feedback(event)
    return _processed(event, arrival, rules), feedback


def _normalised(
    payload: bytes, arrival: Arrival, rules: GroupingRules | None, kind: str | None = None
) -> JsonObject:
    return _classified(payload, arrival, rules, kind)[0]


def _classified(
    payload: bytes, arrival: Arrival, rules: GroupingRules | None, kind: str | None = None
) -> tuple[JsonObject, Reasons]:
    event = parse_object(payload, Reason.BAD_EVENT)
    if kind is not None:
        event["type"] = kind
    event = normalise_event(event, arrival)
    if event["type"] == "feedback":
        settle_feedback(event)
    return event, classify_frames(event, rules)


def _processed(event: JsonObject, arrival: Arrival, rules: GroupingRules | None) -> ProcessedEvent:
    grouping = group(event, rules)
    mark_in_app(event)
    heading = _heading(event, grouping)
    stack = stack_text(event)
    trace = event["contexts"]["trace"]
    trace_id, span_id = span_id_bytes(trace["trace_id"], 16), span_id_bytes(trace["span_id"])
    if trace["trace_id"] == event["event_id"]:  # made up while normalising: no span will ever belong to it
        trace_id = span_id = None
    user = event.get("user")
    return ProcessedEvent(
        event_id=bytes.fromhex(event["event_id"]),
        kind=event["type"],
        level=Level(event["level"]),
        timestamp=_micros(event["timestamp"]),
        received=arrival.received,
        platform=event["platform"],
        heading=heading,
        grouping=grouping,
        environment=event.get("environment"),
        release=event.get("release"),
        dist=event.get("dist"),
        transaction=event.get("transaction") or None,
        user=user.get("sentry_user") if user else None,
        trace_id=trace_id,
        span_id=span_id,
        handled=_is_handled(event),
        sdk=sdk_text(event.get("sdk")),
        tags=event_tags(event),
        body=body_text(event, heading.culprit),
        stack=stack,
        stack_hash=stack_hash(stack),
        members=indexed_members(event),
        frames=indexed_frames(event) if stack else (),
    )


def _heading(event: JsonObject, grouping: Grouping) -> Heading:
    heading = event_heading(event)
    return heading if grouping.title is None else replace(heading, title=grouping.title)


def read_event(payload: bytes, arrival: Arrival, rules: GroupingRules | None = None) -> JsonObject:
    """Return the event or transaction in *payload* normalised and marked in-app, for display.

    The same *payload*, *arrival* and *rules* give the same event as when it was digested. Nesting beyond what
    can be written as JSON again is replaced by a note. Raises IngestError as process_event does.
    """
    return read_grouped(payload, arrival, rules)[0]


def read_grouped(
    payload: bytes, arrival: Arrival, rules: GroupingRules | None = None
) -> tuple[JsonObject, Grouping | None]:
    """Return what `read_event` does and how the event groups; None for a transaction, which does not."""
    event = _normalised(payload, arrival, rules)
    grouping = None if event["type"] == "transaction" else group(event, rules)
    mark_in_app(event)
    return limit_depth(event), grouping


@dataclass(frozen=True, slots=True)
class Explained:
    """Why an event groups as it does."""

    tree: Component  # see `grouping.explain`
    grouping: Grouping
    heading: Heading


def explain_event(payload: bytes, arrival: Arrival, rules: GroupingRules | None = None) -> Explained:
    """Return how the event in *payload* groups under *rules*, and why.

    Raises IngestError as process_event does.
    """
    event, reasons = _classified(payload, arrival, rules)
    tree, grouping = explain(event, rules, reasons), group(event, rules)
    mark_in_app(event)
    return Explained(tree, grouping, _heading(event, grouping))


def process_transaction(payload: bytes, arrival: Arrival) -> SpanBatch:
    """Return the spans of the transaction in *payload*, its root first, and the segment it is.

    Raises IngestError: BAD_JSON, or BAD_TRANSACTION without times, trace id or span id.
    """
    event = parse_object(payload, Reason.BAD_TRANSACTION)
    event["type"] = "transaction"
    sent = event.pop("spans", None)
    shift = settle_event(event, arrival)
    trace = event["contexts"]["trace"]
    end = _micros(event["timestamp"])
    begin = _micros(event["start_timestamp"])
    root = Span(
        span_id=bytes.fromhex(trace["span_id"]),
        parent_id=span_id_bytes(trace.get("parent_span_id")),
        op=trace["op"],
        description=event["transaction"],
        start=begin,
        duration=end - begin,
        status=trace_status(event),
        is_segment=True,
    )
    spans = [root]
    remarks: list[str] = []
    for entry in sent if type(sent) is list else ():
        found = read_older_span(entry, shift, end)
        if isinstance(found, Span):
            spans.append(found)
        else:
            remarks.append(found)
    trace_id = bytes.fromhex(trace["trace_id"])
    timed = with_self_times(spans)
    segment = transaction_segment(event, timed[0], trace_id)
    vitals = transaction_vitals(event, segment)
    return SpanBatch(
        trace_id=trace_id,
        spans=tuple(timed),
        segments=(segment,),
        invalid=len(remarks),
        remarks=tuple(dict.fromkeys(remarks)),
        vitals=() if vitals is None else (vitals,),
    )


def process_spans(payload: bytes, content_type: str | None, arrival: Arrival) -> list[SpanBatch]:
    """Return the spans of a container (v2) or a single span (v1), one batch a trace.

    Unusable spans are counted in the first batch. Raises IngestError: BAD_JSON, BAD_SPAN if none is usable.
    """
    document = parse_object(payload, Reason.BAD_SPAN)
    shift = clock_correction(arrival)
    # An older single span comes from a browser, whose name only the request tells.
    container = Container([document], infers_user_agent=True)
    if _is_container(content_type, document):
        items = document.get("items")
        if type(items) is not list:
            raise IngestError(Reason.BAD_SPAN, "invalid span container: items is missing or not a list")
        container = container_of(document, items)
        found = [read_streamed_span(item, shift) for item in items]
    else:
        found = [read_single_span(document, shift)]
    return _settled(found, arrival, inferred_attributes(container, arrival))


def process_streamed_spans(items: Sequence[JsonObject], arrival: Arrival) -> list[SpanBatch]:
    """Return the spans of a container's entries, however they came. Raises IngestError as process_spans."""
    return _settled([read_streamed_span(item, 0) for item in items], arrival, ())


def _settled(found: Sequence[ReadSpan | str], arrival: Arrival, inferred: tuple[Tag, ...]) -> list[SpanBatch]:
    read = [entry for entry in found if isinstance(entry, ReadSpan)]
    remarks = [entry for entry in found if isinstance(entry, str)]
    latest = max((entry.span.start + entry.span.duration for entry in read), default=0)
    ahead = future_correction(latest, arrival)
    if not read:
        if remarks:
            raise IngestError(Reason.BAD_SPAN, remarks[0])
        return []
    return _batches(read, remarks, ahead, arrival, inferred)


def _is_container(content_type: str | None, document: JsonObject) -> bool:
    if content_type is not None and content_type.partition(";")[0].strip().lower() == V2_CONTENT_TYPE:
        return True
    return "items" in document and "span_id" not in document


def _batches(
    read: list[ReadSpan], remarks: list[str], ahead: int, arrival: Arrival, inferred: tuple[Tag, ...]
) -> list[SpanBatch]:
    traces: dict[bytes, list[ReadSpan]] = {}
    for entry in read:
        traces.setdefault(entry.trace_id, []).append(entry)
    batches: list[SpanBatch] = []
    browser = dict(inferred).get("browser.name", "")
    for trace_id, entries in traces.items():
        spans = _settled_spans(entries, ahead)
        segments = tuple(
            streamed_segment(entry._replace(span=span), arrival)
            for entry, span in zip(entries, spans, strict=True)
            if span.is_segment
        )
        batches.append(
            SpanBatch(
                trace_id=trace_id,
                spans=tuple(spans),
                segments=segments,
                invalid=0 if batches else len(remarks),
                remarks=() if batches else tuple(dict.fromkeys(remarks)),
                vitals=tuple(_vitals(entries, spans, arrival, browser)),
                inferred=() if batches else inferred,
            )
        )
    return batches


def _vitals(
    entries: list[ReadSpan], spans: list[Span], arrival: Arrival, browser: str
) -> Iterator[PageVitals]:
    for entry, span in zip(entries, spans, strict=True):
        if may_have_vitals(span.op):
            found = streamed_vitals(entry._replace(span=span), arrival, browser)
            if found is not None:
                yield found


def _settled_spans(entries: list[ReadSpan], ahead: int) -> list[Span]:
    """Self times are known for the spans whose segment came along: it is sent last, with all its spans."""
    spans = [entry.span for entry in entries]
    if ahead:
        spans = [replace(span, start=Micros(max(0, span.start + ahead))) for span in spans]
    complete = {span.span_id.hex() for span in spans if span.is_segment}
    if not complete:
        return spans
    return [
        timed if span.is_segment or _segment_of(entry) in complete else span
        for entry, span, timed in zip(entries, spans, with_self_times(spans), strict=True)
    ]


def _segment_of(entry: ReadSpan) -> str | None:
    value = entry.attributes.get("sentry.segment.id")
    return value if type(value) is str else None


def _is_handled(event: JsonObject) -> bool | None:
    """False if any exception went uncaught, True if all that tell were caught, None if none tells."""
    told = [
        exception["mechanism"]["handled"]
        for exception in event_exceptions(event)
        if exception.get("mechanism") and exception["mechanism"].get("handled") is not None
    ]
    return all(told) if told else None


def _micros(seconds: float) -> Micros:
    return Micros(round(seconds * 1e6))
