"""Web vitals: what a browser measures of a page, and how good it is."""

from dataclasses import dataclass
from enum import StrEnum

from vedette.domain.times import Micros


class WebVital(StrEnum):
    """A measurement's name. Milliseconds, but for CLS, which has no unit."""

    LCP = "lcp"
    FCP = "fcp"
    CLS = "cls"
    TTFB = "ttfb"
    INP = "inp"
    FID = "fid"


class Rating(StrEnum):
    """How good a value is."""

    GOOD = "good"
    MEH = "meh"
    POOR = "poor"


# Up to the first a value is good, above the second it is poor. Source: traces.md §5.
_BANDS = {
    WebVital.LCP: (2500.0, 4000.0),
    WebVital.FCP: (1800.0, 3000.0),
    WebVital.CLS: (0.1, 0.25),
    WebVital.TTFB: (800.0, 1800.0),
    WebVital.INP: (200.0, 500.0),
    WebVital.FID: (100.0, 300.0),
}
GOOD_SCORE = 0.9
FAIR_SCORE = 0.5


def bands(vital: WebVital) -> tuple[float, float]:
    """Return up to which value *vital* is good, and above which it is poor."""
    return _BANDS[vital]


def rate(vital: WebVital, value: float) -> Rating:
    """Return how good *value* is."""
    good, poor = _BANDS[vital]
    return Rating.GOOD if value <= good else Rating.MEH if value <= poor else Rating.POOR


def rate_score(score: float) -> Rating:
    """Return how good a performance score (0…1) is."""
    return Rating.GOOD if score >= GOOD_SCORE else Rating.MEH if score >= FAIR_SCORE else Rating.POOR


@dataclass(frozen=True, slots=True)
class VitalScore:
    """What one vital adds to the score of a page: ``ratio`` times ``weight``; all weights add up to 1."""

    vital: WebVital
    ratio: float  # 0 worst … 1 best
    weight: float


@dataclass(frozen=True, slots=True)
class PageVitals:
    """The vitals that one span brought: a page load's, or one that the browser knew only later."""

    ts: Micros
    trace_id: bytes  # 16
    span_id: bytes  # 8
    segment_id: bytes | None  # 8, of the page's segment; it may have the name of the page
    page: str  # the segment's name as far as the span tells
    op: str
    browser: str  # its name, "" unknown
    environment: str | None
    release: str | None
    values: tuple[tuple[WebVital, float], ...]
    scores: tuple[VitalScore, ...]  # () where the browser has no profile

    @property
    def score(self) -> float | None:
        """The performance score, 0…1; None without one."""
        return sum(part.ratio * part.weight for part in self.scores) if self.scores else None
