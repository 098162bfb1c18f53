"""Web vitals of transactions, streamed spans and older single spans, as browsers sent them."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.payloads import ANYTHING
from vedette.domain.outcomes import IngestError
from vedette.domain.processed import Arrival
from vedette.domain.times import Micros
from vedette.domain.vitals import PageVitals, WebVital
from vedette.processing.pipeline import process_spans, process_transaction, read_event
from vedette.processing.spans import V2_CONTENT_TYPE

PAYLOADS = Path(__file__).parents[2] / "data" / "payloads"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/156.0.0.0 Safari/537.36"
ARRIVAL = Arrival(received=Micros(1_795_500_000_000_000), user_agent=AGENT)
LCP, FCP, CLS, TTFB, INP, FID = WebVital


def streamed(name: str, arrival: Arrival = ARRIVAL) -> list[PageVitals]:
    payload = (PAYLOADS / f"browser-garden11-pageload.{name}.span-v2.json").read_bytes()
    return [vitals for batch in process_spans(payload, V2_CONTENT_TYPE, arrival) for vitals in batch.vitals]


def test_a_streamed_page_load_has_its_vitals_and_those_known_later_point_to_it() -> None:
    paint, page = streamed("2")
    assert paint.values == ((LCP, 460.0),)
    assert page.values == ((FCP, 460.0), (TTFB, pytest.approx(314.3)))
    assert (page.page, page.op, page.browser) == ("/app/index.html", "pageload", "HeadlessChrome")
    assert page.segment_id == page.span_id == paint.segment_id
    assert (paint.page, paint.op, paint.environment, paint.release) == (
        "",
        "ui.webvital.lcp",
        "qa",
        "garden@4.2.0",
    )
    assert page.score == pytest.approx(0.81, abs=0.1)
    click, shift = streamed("4")
    assert (click.values, click.op) == (((INP, 40.0),), "ui.interaction.click")
    assert (shift.values, shift.score) == (((CLS, 0.0),), 1.0)
    assert click.score == pytest.approx(1, abs=0.01)
    assert streamed("3") == []


def test_without_a_browser_there_are_values_and_no_score() -> None:
    for arrival in (
        Arrival(received=ARRIVAL.received),
        Arrival(received=ARRIVAL.received, user_agent="curl/8"),
    ):
        paint, _ = streamed("2", arrival)
        assert (paint.browser, paint.values, paint.score) == ("", ((LCP, 460.0),), None)


def test_the_user_agent_counts_only_where_it_may() -> None:
    payload = orjson.loads((PAYLOADS / "browser-garden11-pageload.2.span-v2.json").read_bytes())
    payload["ingest_settings"] = {"infer_user_agent": "never"}
    (batch,) = process_spans(orjson.dumps(payload), V2_CONTENT_TYPE, ARRIVAL)
    assert {vitals.browser for vitals in batch.vitals} == {""}
    for item in payload["items"]:
        item["attributes"]["browser.name"] = {"value": "Firefox", "type": "string"}
    (batch,) = process_spans(orjson.dumps(payload), V2_CONTENT_TYPE, ARRIVAL)
    assert {vitals.browser for vitals in batch.vitals} == {"Firefox"}


def test_what_the_request_tells_of_a_browser_s_spans_is_kept_once() -> None:
    payload = (PAYLOADS / "browser-garden11-pageload.2.span-v2.json").read_bytes()
    arrival = Arrival(received=ARRIVAL.received, user_agent=AGENT, client_ip="10.0.0.7")
    (batch,) = process_spans(payload, V2_CONTENT_TYPE, arrival)
    assert dict(batch.inferred) == {
        "browser.name": "HeadlessChrome", "browser.version": "156.0.0", "user.ip_address": "10.0.0.7",
    }  # fmt: skip
    items = orjson.loads(payload)["items"][:1]
    several = orjson.dumps(
        {"ingest_settings": {"infer_ip": "auto"}, "items": [*items, items[0] | {"trace_id": "c" * 32}]}
    )
    assert [batch.inferred for batch in process_spans(several, V2_CONTENT_TYPE, arrival)] == [
        (("user.ip_address", "10.0.0.7"),), (),
    ]  # fmt: skip


def test_a_transaction_has_its_vitals_and_its_score_among_its_measurements() -> None:
    payload = (PAYLOADS / "browser-garden7-pageload.1.transaction.json").read_bytes()
    batch = process_transaction(payload, ARRIVAL)
    (vitals,) = batch.vitals
    assert vitals.values == ((LCP, 304.0), (FCP, 304.0), (TTFB, pytest.approx(41.3)))
    assert (vitals.page, vitals.browser) == ("/app/index.html", "HeadlessChrome")
    assert vitals.span_id == vitals.segment_id == batch.segments[0].span.span_id
    assert vitals.score is not None
    measured = read_event(payload, ARRIVAL)["measurements"]
    assert measured["score.total"] == {"value": pytest.approx(vitals.score), "unit": "ratio"}
    assert vitals.score > 0.99
    later = (PAYLOADS / "browser-garden7-pageload.3.transaction.json").read_bytes()
    assert process_transaction(later, ARRIVAL).vitals == ()


def test_an_older_single_span_has_vitals_too() -> None:
    payload = (PAYLOADS / "browser-garden7-pageload.4.span.json").read_bytes()
    (batch,) = process_spans(payload, None, ARRIVAL)
    (vitals,) = batch.vitals
    assert (vitals.values, vitals.page, vitals.op) == (
        ((INP, 32.0),),
        "/app/index.html",
        "ui.interaction.click",
    )
    assert (vitals.environment, vitals.release, vitals.browser) == ("qa", "garden@4.2.0", "HeadlessChrome")


def test_transactions_without_a_page_load_have_no_score_among_their_measurements() -> None:
    event = {
        "type": "transaction",
        "start_timestamp": 1795414599.5,
        "timestamp": 1795414600.5,
        "contexts": {
            "trace": {"trace_id": "a" * 32, "span_id": "b" * 16, "op": "navigation"},
            "browser": {"name": "Chrome"},
        },
        "measurements": {"lcp": {"value": 3}},
    }
    assert set(read_event(orjson.dumps(event), ARRIVAL)["measurements"]) == {"lcp"}
    event["contexts"]["trace"]["op"] = "pageload"  # type: ignore[index]
    assert "score.total" in read_event(orjson.dumps(event), ARRIVAL)["measurements"]


NAMES = [f"browser.web_vital.{vital.value}.value" for vital in WebVital]


@settings(max_examples=150, derandomize=True, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*NAMES, "browser.name", "sentry.segment.id", "sentry.segment.name"]), ANYTHING
    ),
    ANYTHING,
)
def test_any_attributes_do_no_harm(attributes: dict[str, Any], measurements: Any) -> None:
    ids = {
        "trace_id": "a" * 32,
        "span_id": "b" * 16,
        "parent_span_id": "c" * 16,
        "start_timestamp": 1,
        "op": "pageload",
    }
    typed = {name: {"value": value} for name, value in attributes.items()} | {
        "sentry.op": {"value": "pageload"}
    }
    streamed_item = ids | {"end_timestamp": 2, "attributes": typed}
    single = ids | {"timestamp": 2, "data": attributes, "measurements": measurements}
    for document in ({"items": [streamed_item]}, single):
        try:
            payload = orjson.dumps(document)
        except TypeError:  # an integer that JSON of this writer cannot hold
            continue
        try:
            process_spans(payload, None, ARRIVAL)
        except IngestError:
            continue
