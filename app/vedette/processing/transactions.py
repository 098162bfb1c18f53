"""Transaction events: what makes one valid, its name cleaned of ids, its measurements completed."""

import math
import re
from functools import lru_cache

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason
from vedette.processing.faults import Faults
from vedette.processing.performance_score import score_measurements
from vedette.processing.shapes import UnfitError
from vedette.processing.timestamps import read_moment

RAW_SOURCES = ("url", "sanitized")
"""Of names from these sources ids are taken out; it is `sanitized` then."""
UNLABELED = "<unlabeled transaction>"

# These put the raw URL into the name and, when old, do not say so.
_RAW_URL_SDKS = frozenset(
    f"sentry.{name}"
    for name in [
        "javascript.angular",
        "javascript.browser",
        "javascript.ember",
        "javascript.gatsby",
        "javascript.react",
        "javascript.remix",
        "javascript.vue",
        "javascript.nextjs",
        "php.laravel",
        "php.symfony",
    ]
)

_ID = re.compile(
    r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"  # UUID
    r"|[0-9a-fA-F]{40}|[0-9a-fA-F]{32}"  # SHA-1, MD5
    r"|\d{4}-\d{2}-\d{2}(?:[T ][0-9:.+Z-]*)?"  # date
    r"|0x[0-9a-fA-F]+|\d{2,}"
)

_DEFAULT_UNITS = dict.fromkeys(
    [
        "fcp",
        "lcp",
        "fid",
        "fp",
        "inp",
        "ttfb",
        "ttfb.requesttime",
        "app_start_cold",
        "app_start_warm",
        "time_to_initial_display",
        "time_to_full_display",
        "stall_total_time",
        "stall_longest_time",
    ],
    "millisecond",
) | dict.fromkeys(["cls", "frames_total", "frames_slow", "frames_frozen", "stall_count"], "none")
_DEFAULT_UNITS |= dict.fromkeys(("frames_slow_rate", "frames_frozen_rate", "stall_percentage"), "ratio")


def settle_transaction(event: JsonObject, shift: int, faults: Faults) -> None:
    """Complete a transaction event in place; spans move by *shift* microseconds.

    Raises IngestError(BAD_TRANSACTION) without trace id or span id.
    """
    check_ids(event)
    settle_name(event, faults)
    trace = event["contexts"]["trace"]
    if not trace.get("op"):
        trace["op"] = "default"
    _settle_measurements(event, faults)
    spans = event.get("spans")
    if spans:
        for index, span in enumerate(spans):
            spans[index] = _settle_span(span, event, shift, faults, index)


def check_times(event: JsonObject) -> None:
    """Raise IngestError(BAD_TRANSACTION) unless *event*, as sent, has two times in order."""
    moments = []
    for name in ("start_timestamp", "timestamp"):
        try:
            moments.append(read_moment(event.get(name)))
        except UnfitError:
            detail = f"invalid transaction: {name} is missing or not a time"
            raise IngestError(Reason.BAD_TRANSACTION, detail) from None
    if moments[1] < moments[0]:
        raise IngestError(Reason.BAD_TRANSACTION, "invalid transaction: it ends before it starts")


def check_ids(event: JsonObject) -> None:
    """Raise IngestError(BAD_TRANSACTION) unless *event*, its contexts settled, says its trace and span."""
    trace = event["contexts"]["trace"]
    for name in ("trace_id", "span_id"):
        if not trace.get(name):
            raise IngestError(Reason.BAD_TRANSACTION, f"invalid transaction: {name} is missing or not an id")


def settle_name(event: JsonObject, faults: Faults) -> None:
    """Settle ``transaction`` and ``transaction_info.source``; ids in URL-like names become ``*``."""
    name = event.get("transaction") or UNLABELED
    info: JsonObject = event.get("transaction_info") or {}
    event["transaction_info"] = info
    source = info.get("source")
    if type(source) is not str or not source:
        is_url = "/" in name and _sends_raw_urls(event)
        source = "url" if is_url else "unknown"
    if source in RAW_SOURCES:
        cleaned = clean_name(name)
        if cleaned != name:
            _remember_original(event, name)
            name = cleaned
        source = "sanitized"
    event["transaction"], info["source"] = name, source


def _remember_original(event: JsonObject, original: str) -> None:
    meta = event.get("_meta")
    if type(meta) is not dict:
        meta = event["_meta"] = {}
    meta["transaction"] = {"": {"rem": [["int", "s", 0, len(original)]], "val": original}}


def _sends_raw_urls(event: JsonObject) -> bool:
    sdk = event.get("sdk")
    if not sdk:
        return False
    name = sdk.get("name")
    if name in _RAW_URL_SDKS:
        return True
    if name in ("sentry.python", "sentry.python.django") and _has_integration(sdk, "django"):
        return ["http.status_code", "404"] in (event.get("tags") or ())
    if name == "sentry.javascript.node" and _has_integration(sdk, "Express"):
        return (event.get("request") or {}).get("method") == "OPTIONS"
    if name == "sentry.ruby" and "rack" in (event.get("modules") or ()):
        return event["contexts"]["trace"].get("status") not in ("ok", "cancelled", "unknown")
    return False


def _has_integration(sdk: JsonObject, name: str) -> bool:
    integrations = sdk.get("integrations")
    return type(integrations) is list and name in integrations


@lru_cache(maxsize=4096)
def clean_name(name: str) -> str:
    """Return *name* with path segments that look like ids replaced by ``*``."""
    if "/" not in name:
        return name
    return "/".join("*" if _ID.fullmatch(segment) else segment for segment in name.split("/"))


def _settle_measurements(event: JsonObject, faults: Faults) -> None:
    sent = event.get("measurements")
    if not sent:
        event.pop("measurements", None)
        return
    settled: JsonObject = {}
    for name, measurement in sent.items():
        value: JsonValue = measurement.get("value") if type(measurement) is dict else measurement
        if type(value) not in (int, float) or not math.isfinite(value):
            faults.invalid(("measurements", name), measurement, "expected a finite number")
            continue
        unit = measurement.get("unit") if type(measurement) is dict else None
        default = _DEFAULT_UNITS.get(name)
        if type(unit) is not str or not unit:
            unit = default or "none"
        settled[name] = {"value": float(value), "unit": unit}
    _add_rates(settled, event["timestamp"] - event["start_timestamp"])
    if event["contexts"]["trace"].get("op") == "pageload":
        browser = event["contexts"].get("browser")
        name = browser.get("name") if type(browser) is dict else None
        settled |= score_measurements(settled, name if type(name) is str else "")
    event["measurements"] = settled


def _add_rates(measurements: JsonObject, seconds: float) -> None:
    total = measurements.get("frames_total")
    if total and total["value"] > 0:
        for name in ("frames_slow", "frames_frozen"):
            if name in measurements:
                rate = measurements[name]["value"] / total["value"]
                measurements[f"{name}_rate"] = {"value": rate, "unit": "ratio"}
    stalled = measurements.get("stall_total_time")
    if stalled and seconds > 0 and stalled["unit"] == "millisecond":
        measurements["stall_percentage"] = {"value": stalled["value"] / 1000 / seconds, "unit": "ratio"}


def _settle_span(
    span: JsonValue, event: JsonObject, shift: int, faults: Faults, index: int
) -> JsonObject | None:
    path = ("spans", index)
    if type(span) is not dict:
        faults.invalid(path, span, "expected a span")
        return None
    if not span.get("op"):
        span["op"] = "default"
    for name in ("start_timestamp", "timestamp"):
        value = span.get(name)
        if value is not None:
            try:
                span[name] = max(0, read_moment(value) + shift) / 1e6
            except UnfitError as unfit:
                span[name] = None
                faults.invalid((*path, name), value, str(unfit))
    if span.get("timestamp") is None and span.get("start_timestamp") is not None:
        span["timestamp"] = event["timestamp"]
        span["status"] = "deadline_exceeded"
    return span
