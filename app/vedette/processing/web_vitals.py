"""Web vitals of a page load or interaction, whichever protocol version brought them.

Source: traces.md §5 (measurements), attributes.md (their names as attributes).
"""

from dataclasses import dataclass

from vedette.domain.json import JsonObject
from vedette.domain.processed import Arrival, Segment, Span
from vedette.domain.vitals import PageVitals, WebVital
from vedette.processing.containers import trace_text
from vedette.processing.performance_score import measured_vitals, performance_scores, read_vitals
from vedette.processing.span_attributes import VITAL_ATTRIBUTES, text_of
from vedette.processing.spans import PLACEHOLDER_NAMES, ReadSpan, span_id_bytes
from vedette.processing.transactions import clean_name

_PREFIXES = ("ui.webvital.", "ui.interaction.")


def may_have_vitals(op: str) -> bool:
    """Whether spans of *op* are looked at: page loads, and what browsers tell after them."""
    return op == "pageload" or op.startswith(_PREFIXES)


def transaction_vitals(event: JsonObject, segment: Segment) -> PageVitals | None:
    """Return the vitals of a normalised transaction, None if it brought none."""
    values = measured_vitals(event.get("measurements"))
    if not values:
        return None
    browser = (event["contexts"].get("browser") or {}).get("name")
    name = browser if isinstance(browser, str) else ""
    span = segment.span
    return _vitals(segment, span, span.span_id, segment.name, name, values)


def streamed_vitals(found: ReadSpan, arrival: Arrival, browser: str) -> PageVitals | None:
    """Return the vitals of a span that came without a transaction, None if it brought none.

    *browser* is the name that the request tells, for spans that say none.
    """
    attributes, span = found.attributes, found.span
    values = read_vitals({vital: attributes.get(name) for vital, name in VITAL_ATTRIBUTES.items()})
    if not values:
        return None
    browser = text_of(attributes, "browser.name") or browser
    page, segment_id = found.name, span.span_id
    if not span.is_segment:
        page = clean_name(text_of(attributes, "sentry.segment.name"))
        segment_id = span_id_bytes(attributes.get("sentry.segment.id")) or span.parent_id or b""
    if page in PLACEHOLDER_NAMES:
        page = ""
    place = _Place(
        found.trace_id,
        text_of(attributes, "sentry.environment") or trace_text(arrival, "environment"),
        text_of(attributes, "sentry.release") or trace_text(arrival, "release"),
    )
    return _vitals(place, span, segment_id or None, page, browser, values)


@dataclass(frozen=True, slots=True)
class _Place:
    trace_id: bytes
    environment: str | None
    release: str | None


def _vitals(
    place: Segment | _Place,
    span: Span,
    segment_id: bytes | None,
    page: str,
    browser: str,
    values: tuple[tuple[WebVital, float], ...],
) -> PageVitals:
    return PageVitals(
        ts=span.start,
        trace_id=place.trace_id,
        span_id=span.span_id,
        segment_id=segment_id,
        page=page,
        op=span.op,
        browser=browser[:200],
        environment=place.environment,
        release=place.release,
        values=values,
        scores=performance_scores(values, browser),
    )
