import pytest

from vedette.desktop.trace.vitals import Vital, bears_vitals, marks, vitals_of


def test_streamed_spans_name_vitals_as_attributes() -> None:
    details = {
        "data": {"browser.web_vital.ttfb.value": 314.3, "browser.web_vital.fcp.value": 460, "other": 5},
        "measurements": {},
    }
    assert vitals_of(details, begin=1_000) == {"TTFB": 315_300, "FCP": 461_000}


def test_transactions_name_vitals_as_measurements_with_units() -> None:
    details = {
        "data": {},
        "measurements": {
            "lcp": {"value": 0.5, "unit": "second"},
            "ttfb": {"value": 41.3, "unit": "millisecond"},
            "cls": {"value": 0.1, "unit": "none"},
        },
    }
    assert vitals_of(details, begin=0) == {"LCP": 500_000, "TTFB": 41_300}


@pytest.mark.parametrize(
    "details",
    [
        {},
        {"data": None, "measurements": None},
        {"data": {"browser.web_vital.lcp.value": "soon"}},
        {"data": {"browser.web_vital.lcp.value": True}},
        {
            "measurements": {
                "lcp": 4,
                "fp": {"value": 3, "unit": "byte"},
                "fcp": {"value": 0, "unit": "second"},
            }
        },
    ],
)
def test_what_is_no_time_is_no_vital(details: dict[str, object]) -> None:
    assert vitals_of(details, 0) == {}  # type: ignore[arg-type]


def test_vitals_of_one_moment_share_a_mark() -> None:
    found = marks([("LCP", 460), ("TTFB", 20), ("FP", 460), ("FCP", 460), ("LCP", 460)])
    assert found == (Vital("TTFB", 20), Vital("FP FCP LCP", 460))


def test_only_page_loads_and_their_vitals_are_asked() -> None:
    assert bears_vitals("pageload")
    assert bears_vitals("ui.webvital.lcp")
    assert not bears_vitals("http.server")
