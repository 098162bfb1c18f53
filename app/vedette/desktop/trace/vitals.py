"""Moments a page is judged by, from the payloads of its page load. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vedette.domain.json import JsonObject, JsonValue

# Only those that are moments; layout shift and the like are no times.
_NAMES = {"ttfb": "TTFB", "fp": "FP", "fcp": "FCP", "lcp": "LCP"}
_TO_MICROS = {"millisecond": 1_000, "second": 1_000_000, "microsecond": 1}
MOST_READ = 12


@dataclass(frozen=True, slots=True)
class Vital:
    """One mark: ``LCP``, or several that fell on one moment, and when, from the trace's start."""

    label: str
    moment: int  # microseconds


def bears_vitals(op: str) -> bool:
    """Return whether a span of this operation may say when vitals were."""
    return op == "pageload" or op.startswith("ui.webvital.")


def vitals_of(details: JsonObject, begin: int) -> dict[str, int]:
    """Return the vitals a payload names and when they were; they count from the page load's *begin*."""
    found: dict[str, int] = {}
    data, measurements = details.get("data"), details.get("measurements")
    for name, label in _NAMES.items():
        value = data.get(f"browser.web_vital.{name}.value") if isinstance(data, Mapping) else None
        length = _micros(value, "millisecond")
        if length is None and isinstance(measurements, Mapping):
            measured = measurements.get(name)
            if isinstance(measured, Mapping):
                length = _micros(measured.get("value"), measured.get("unit"))
        if length is not None:
            found[label] = begin + length
    return found


def _micros(value: JsonValue, unit: JsonValue) -> int | None:
    factor = _TO_MICROS.get(unit) if isinstance(unit, str) else None
    if factor is None or isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        return None
    return round(value * factor)


def marks(vitals: Iterable[tuple[str, int]]) -> tuple[Vital, ...]:
    """Return the marks in order of time; those of one moment share one."""
    at: dict[int, list[str]] = {}
    for label, moment in vitals:
        names = at.setdefault(moment, [])
        if label not in names:
            names.append(label)
    order = list(_NAMES.values())
    return tuple(Vital(" ".join(sorted(at[moment], key=order.index)), moment) for moment in sorted(at))
