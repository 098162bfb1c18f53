"""The performance score: its curves, its profiles, what counts."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.payloads import ANYTHING
from vedette.domain.vitals import WebVital
from vedette.processing.performance_score import measured_vitals, performance_scores, score_measurements

LCP, FCP, CLS, TTFB, INP, FID = WebVital


def ratios(browser: str, **values: float) -> dict[str, float]:
    found = performance_scores([(WebVital(name), value) for name, value in values.items()], browser)
    return {part.vital.value: part.ratio for part in found}


def weights(browser: str, **values: float) -> dict[str, float]:
    found = performance_scores([(WebVital(name), value) for name, value in values.items()], browser)
    return {part.vital.value: part.weight for part in found}


@pytest.mark.parametrize(
    ("browser", "p10", "p50"),
    [
        ("Chrome", {"fcp": 900, "lcp": 1200, "ttfb": 200}, {"fcp": 1600, "lcp": 2400, "ttfb": 400}),
        ("Chrome Mobile", {"fcp": 1800, "lcp": 2500, "ttfb": 800}, {"fcp": 3000, "lcp": 4000, "ttfb": 1800}),
        ("Samsung Internet", {"cls": 0.1}, {"cls": 0.25}),
        ("Edge", {"inp": 200}, {"inp": 500}),
        ("Firefox", {"inp": 200}, {"inp": 500}),
    ],
)
def test_a_curve_gives_nine_tenths_and_a_half_at_its_thresholds(
    browser: str, p10: dict[str, float], p50: dict[str, float]
) -> None:
    assert ratios(browser, **p10) == pytest.approx(dict.fromkeys(p10, 0.9), abs=1e-3)
    assert ratios(browser, **p50) == pytest.approx(dict.fromkeys(p50, 0.5))


def test_nothing_is_best_and_more_is_never_better() -> None:
    assert ratios("Chrome", lcp=0) == {"lcp": 1.0}
    found = [ratios("Chrome", lcp=value)["lcp"] for value in (1, 500, 1200, 2400, 9000, 1e7)]
    assert found == sorted(found, reverse=True)
    assert 0 <= found[-1] < 0.001 < 0.999 < found[0] <= 1


@pytest.mark.parametrize(
    ("browser", "expected"),
    [
        ("Chrome", {"fcp": 15 / 70, "lcp": 30 / 70, "cls": 15 / 70, "ttfb": 10 / 70}),
        ("HeadlessChrome", {"fcp": 15 / 70, "lcp": 30 / 70, "cls": 15 / 70, "ttfb": 10 / 70}),
        ("Firefox", {"fcp": 15 / 55, "lcp": 30 / 55, "cls": 0, "ttfb": 10 / 55}),
        ("Safari", {"fcp": 15 / 25, "lcp": 0, "cls": 0, "ttfb": 10 / 25}),
        ("Mobile Safari", {"fcp": 15 / 25, "lcp": 0, "cls": 0, "ttfb": 10 / 25}),
        ("Lynx", {}),
        ("", {}),
    ],
)
def test_weights_are_those_of_the_browser(browser: str, expected: dict[str, float]) -> None:
    assert weights(browser, fcp=1, lcp=1, cls=0, ttfb=1, inp=1, fid=1) == pytest.approx(expected)


def test_weights_add_up_over_what_was_measured() -> None:
    assert weights("Chrome", lcp=1, ttfb=1) == pytest.approx({"lcp": 0.75, "ttfb": 0.25})
    assert weights("Firefox", cls=0.1) == {}
    assert weights("Chrome", inp=1) == {"inp": 1}
    assert weights("Safari", inp=1) == {}
    assert weights("Chrome", fid=1) == {}


def test_only_finite_numbers_of_the_right_unit_are_vitals() -> None:
    sent = {
        "lcp": {"value": 7},
        "fcp": {"value": 7, "unit": "second"},
        "cls": {"value": 0.5, "unit": "none"},
        "ttfb": {"value": -1, "unit": "millisecond"},
        "inp": {"value": True},
        "fid": {"value": "7"},
        "other": {"value": 7},
    }
    assert measured_vitals(sent) == ((LCP, 7.0), (CLS, 0.5))
    assert measured_vitals({"lcp": {"value": 1e300}, "fcp": 7, "inp": None}) == ()
    assert measured_vitals([]) == ()


def test_a_score_is_told_as_measurements() -> None:
    found = score_measurements(
        {"lcp": {"value": 2400, "unit": "millisecond"}, "ttfb": {"value": 0}}, "Chrome"
    )
    assert {name: entry["value"] for name, entry in found.items()} == pytest.approx(
        {
            "score.ratio.lcp": 0.5,
            "score.weight.lcp": 0.75,
            "score.lcp": 0.375,
            "score.ratio.ttfb": 1,
            "score.weight.ttfb": 0.25,
            "score.ttfb": 0.25,
            "score.total": 0.625,
        }
    )
    assert {entry["unit"] for entry in found.values()} == {"ratio"}
    assert score_measurements({}, "Chrome") == {}


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.dictionaries(st.sampled_from([*(vital.value for vital in WebVital), "x"]), ANYTHING))
def test_any_measurements_give_a_score_or_none(sent: dict[str, Any]) -> None:
    scored = score_measurements(sent | {"lcp": {"value": sent.get("x")}}, "Chrome")
    assert all(0 <= entry["value"] <= 1 + 1e-9 for entry in scored.values())
