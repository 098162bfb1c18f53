"""Metric containers → metric points, and everything about a single one.

Source: envelope.md §3.3 (trace_metric).
"""

import math
from dataclasses import replace

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.metrics import MetricBatch, MetricKind, MetricPoint
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.domain.times import Micros
from vedette.processing.containers import (
    attribute_text,
    attributes_json,
    inferred_attributes,
    read_container,
    trace_text,
)
from vedette.processing.shapes import UnfitError
from vedette.processing.spans import span_id_bytes
from vedette.processing.timestamps import clock_correction, future_correction, read_moment

LONGEST_NAME = 200
_LONGEST_UNIT = 32
_LONGEST_VALUE = 200
_MOST_ATTRIBUTES = 50
_KINDS = {kind.value: kind for kind in MetricKind}
# Of what SDKs add to every point, only these tell series apart.
_SERIES_OF_SDKS = frozenset(("sentry.environment", "sentry.release"))
_NONE: JsonObject = {}


def process_metrics(payload: bytes, arrival: Arrival) -> MetricBatch:
    """Return the metric points of the container in *payload*; unusable ones are counted.

    Raises IngestError: BAD_JSON, or BAD_METRIC for what is no container or has no usable point.
    """
    container = read_container(payload, Reason.BAD_METRIC, "metric")
    shift = clock_correction(arrival)
    environment, release = trace_text(arrival, "environment"), trace_text(arrival, "release")
    found = [read_metric(item, n, shift, environment, release) for n, item in enumerate(container.items)]
    points = [entry for entry in found if isinstance(entry, MetricPoint)]
    remarks = dict.fromkeys(entry for entry in found if isinstance(entry, str))
    if not points and remarks:
        raise IngestError(Reason.BAD_METRIC, next(iter(remarks)))
    ahead = future_correction(max((point.ts for point in points), default=0), arrival)
    if ahead:
        points = [replace(point, ts=Micros(max(0, point.ts + ahead))) for point in points]
    return MetricBatch(
        points=tuple(points),
        invalid=len(found) - len(points),
        remarks=tuple(remarks),
        inferred=inferred_attributes(container, arrival),
    )


def read_metric(
    item: JsonValue, n: int, shift: int, environment: str | None, release: str | None
) -> MetricPoint | str:
    """Return the point moved by *shift* microseconds, or the sentence saying what it lacks.

    *environment* and *release* are the envelope's, for points that say none.
    """
    if type(item) is not dict:
        return "a metric is not an object"
    name, kind, value = item.get("name"), item.get("type"), item.get("value")
    if type(name) is not str or not name:
        return "a metric has no name"
    known = _KINDS.get(kind) if type(kind) is str else None
    if known is None:
        return "a metric has no known type"
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return "a metric has no finite value"
    try:
        moment = read_moment(item.get("timestamp")) + shift
    except UnfitError:
        return "a metric has no valid timestamp"
    attributes = item.get("attributes")
    if type(attributes) is not dict:
        attributes = _NONE
    unit = item.get("unit")
    return MetricPoint(
        ts=Micros(max(0, moment)),
        trace_id=span_id_bytes(item.get("trace_id"), 16),
        span_id=span_id_bytes(item.get("span_id")),
        name=name[:LONGEST_NAME],
        kind=known,
        value=float(value),
        unit=unit[:_LONGEST_UNIT] if type(unit) is str and unit != "none" else "",
        environment=attribute_text(attributes, "sentry.environment", "environment") or environment,
        release=attribute_text(attributes, "sentry.release", "release") or release,
        attributes=_series(attributes),
        n=n,
    )


def _series(attributes: JsonObject) -> tuple[tuple[str, str], ...]:
    """What can tell series apart: words, whole numbers and truths. Fractions would be endless."""
    found = []
    for key, entry in attributes.items():
        if type(entry) is not dict or (key.startswith("sentry.") and key not in _SERIES_OF_SDKS):
            continue
        value = entry.get("value")
        kind = type(value)
        if kind is str or kind is int:
            found.append((key[:_LONGEST_VALUE], str(value)[:_LONGEST_VALUE]))
        elif kind is bool:
            found.append((key[:_LONGEST_VALUE], "true" if value else "false"))
    return tuple(found[:_MOST_ATTRIBUTES])


def metric_details(item: JsonObject) -> JsonObject:
    """Return everything about a point of a stored container.

    Keys: ``timestamp``, ``name``, ``type``, ``value``, ``unit``, ``trace_id`` and ``span_id`` as sent,
    ``attributes`` (key → ``{value, type, unit?}``, those of a known type), ``raw`` (as sent).
    """
    names = ("timestamp", "name", "type", "value", "unit", "trace_id", "span_id")
    details: JsonObject = {name: item.get(name) for name in names}
    return details | {"attributes": attributes_json(item.get("attributes")), "raw": item}
