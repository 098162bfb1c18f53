"""How good a page load was: the performance score of its web vitals.

Source: traces.md §5 (measurements, performance score and its profiles).
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.vitals import VitalScore, WebVital

# Where the erf of the score reaches 0.9 for p10.
_AT_P10 = 0.9061938024368232
# A value beyond a day is a clock's mistake; a page does not shift ten thousand times its own height.
_MOST = 86_400_000.0


@dataclass(frozen=True, slots=True)
class _Curve:
    """Thresholds of a score: values with 0.9 and with 0.5 of it."""

    p10: float
    p50: float

    def score(self, value: float) -> float:
        if value <= 0:
            return 1.0
        sigma = abs(math.log(self.p10) - math.log(self.p50)) / (math.sqrt(2) * _AT_P10)
        return 0.5 * (1 - math.erf((math.log(value) - math.log(self.p50)) / (math.sqrt(2) * sigma)))


_DESKTOP = {
    WebVital.FCP: _Curve(900, 1600),
    WebVital.LCP: _Curve(1200, 2400),
    WebVital.CLS: _Curve(0.1, 0.25),
    WebVital.TTFB: _Curve(200, 400),
}
_MOBILE = {
    WebVital.FCP: _Curve(1800, 3000),
    WebVital.LCP: _Curve(2500, 4000),
    WebVital.CLS: _Curve(0.1, 0.25),
    WebVital.TTFB: _Curve(800, 1800),
}
_INTERACTION = {WebVital.INP: _Curve(200, 500)}
_WEIGHTS = {
    WebVital.FCP: 0.15,
    WebVital.LCP: 0.30,
    WebVital.CLS: 0.15,
    WebVital.TTFB: 0.10,
    WebVital.INP: 1.0,
}


@dataclass(frozen=True, slots=True)
class _Profile:
    """What counts in a browser; what it does not measure has no weight."""

    page: Mapping[WebVital, _Curve]
    unmeasured: frozenset[WebVital] = frozenset()
    interactions: bool = True


_CHROMIUM = _Profile(_DESKTOP)
_MOBILE_CHROMIUM = _Profile(_MOBILE)
_WITHOUT_CLS = frozenset((WebVital.CLS,))
_WITHOUT_LCP = frozenset((WebVital.CLS, WebVital.LCP))
_PROFILES = {
    **dict.fromkeys(
        ("Chrome", "Google Chrome", "HeadlessChrome", "Chromium", "Edge", "Opera", "Electron", "Vivaldi"),
        _CHROMIUM,
    ),
    **dict.fromkeys(
        ("Chrome Mobile", "Chrome Mobile WebView", "Edge Mobile", "Opera Mobile", "Samsung Internet"),
        _MOBILE_CHROMIUM,
    ),
    "Firefox": _Profile(_DESKTOP, _WITHOUT_CLS),
    "Firefox Mobile": _Profile(_MOBILE, _WITHOUT_CLS),
    "Safari": _Profile(_DESKTOP, _WITHOUT_LCP, interactions=False),
    # All browsers of iOS are Safari inside.
    **dict.fromkeys(
        ("Mobile Safari", "Mobile Safari UI/WKWebView", "Chrome Mobile iOS", "Firefox iOS"),
        _Profile(_MOBILE, _WITHOUT_LCP, interactions=False),
    ),
}


def performance_scores(values: Iterable[tuple[WebVital, float]], browser: str) -> tuple[VitalScore, ...]:
    """Return what each of *values* adds to the score of a page, weights adding up to 1.

    Interactions are judged by themselves, where nothing of the page's load was measured. () for a browser
    without a profile, or where none of the values counts in it.
    """
    profile = _PROFILES.get(browser)
    if profile is None:
        return ()
    measured = dict(values)
    curves = {vital: curve for vital, curve in profile.page.items() if vital in measured}
    if not curves and profile.interactions and WebVital.INP in measured:
        curves = _INTERACTION
    weights = {vital: 0.0 if vital in profile.unmeasured else _WEIGHTS[vital] for vital in curves}
    total = sum(weights.values())
    if not total:
        return ()
    return tuple(
        VitalScore(vital, curve.score(measured[vital]), weights[vital] / total)
        for vital, curve in curves.items()
    )


def measured_vitals(measurements: JsonValue) -> tuple[tuple[WebVital, float], ...]:
    """Return the vitals among *measurements* (name → ``{value, unit}``); of another unit they are none."""
    if not isinstance(measurements, dict):
        return ()
    found: dict[WebVital, JsonValue] = {}
    for vital in WebVital:
        entry = measurements.get(vital.value)
        if isinstance(entry, dict):
            units = ("", None, "none") if vital is WebVital.CLS else ("", None, "millisecond")
            if entry.get("unit") in units:
                found[vital] = entry.get("value")
    return read_vitals(found)


def read_vitals(sent: Mapping[WebVital, JsonValue]) -> tuple[tuple[WebVital, float], ...]:
    """Return those of *sent* that are values a vital can have."""
    return tuple(
        (vital, float(value))
        for vital, value in sent.items()
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _MOST
    )


def score_measurements(measurements: JsonObject, browser: str) -> JsonObject:
    """Return the score of a page load's *measurements* as measurements, {} if there is none.

    For each vital that counts ``score.ratio.…``, ``score.weight.…`` and their product ``score.…``, and
    ``score.total``.
    """
    scores = performance_scores(measured_vitals(measurements), browser)
    if not scores:
        return {}
    values: dict[str, float] = {}
    for part in scores:
        values[f"score.ratio.{part.vital.value}"] = part.ratio
        values[f"score.weight.{part.vital.value}"] = part.weight
        values[f"score.{part.vital.value}"] = part.ratio * part.weight
    values["score.total"] = sum(part.ratio * part.weight for part in scores)
    return {name: {"value": value, "unit": "ratio"} for name, value in values.items()}
