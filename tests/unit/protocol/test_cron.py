"""Check-ins without an SDK."""

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.cron import LATEST_OPEN, read_check_in, wrap_check_in
from vedette.protocol.envelope import iter_items, read_envelope_header


def test_an_address_is_enough() -> None:
    assert read_check_in("nightly", {"status": "ok"}, b"", None) == {
        "check_in_id": LATEST_OPEN,
        "monitor_slug": "nightly",
        "status": "ok",
    }


def test_the_query_can_say_more() -> None:
    query = {
        "status": "in_progress",
        "check_in_id": "AAAAAAAA-aaaa-aaaa-aaaa-aaaaaaaaaaaa",
        "environment": "live",
        "duration": "1.5",
        "sentry_key": "x",
    }
    assert read_check_in("night%20ly", query, b"", "text/plain") == {
        "check_in_id": "a" * 32,
        "monitor_slug": "night ly",
        "status": "in_progress",
        "environment": "live",
        "duration": 1.5,
    }


def test_posted_json_is_the_check_in_but_for_the_slug() -> None:
    body = b'{"monitor_slug":"other","status":"error","monitor_config":{"checkin_margin":5}}'
    assert read_check_in("nightly", {}, body, "application/json; charset=utf-8") == {
        "monitor_slug": "nightly",
        "status": "error",
        "monitor_config": {"checkin_margin": 5},
    }


def test_json_without_a_body_goes_by_the_query() -> None:
    assert read_check_in("nightly", {"status": "ok"}, b"", "application/json")["status"] == "ok"


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"status": "OK"},
        {"status": "missed"},
        {"status": "ok", "check_in_id": "7"},
        {"status": "ok", "duration": "soon"},
        {"status": "ok", "duration": "-1"},
        {"status": "ok", "duration": "inf"},
        {"status": "ok", "duration": "nan"},
    ],
)
def test_what_cannot_be_a_check_in_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(IngestError) as caught:
        read_check_in("nightly", query, b"", None)
    assert caught.value.reason is Reason.BAD_CHECK_IN
    assert caught.value.status == 400


@pytest.mark.parametrize("body", [b"{", b"[]", b"5"])
def test_json_that_is_no_check_in_is_refused(body: bytes) -> None:
    with pytest.raises(IngestError) as caught:
        read_check_in("nightly", {}, body, "application/json")
    assert caught.value.reason is Reason.BAD_JSON


def test_the_envelope_holds_the_check_in() -> None:
    body = wrap_check_in({"status": "ok"})
    (item,) = iter_items(body, read_envelope_header(body).header_size)
    assert item.type == "check_in"
    assert orjson.loads(body[item.start : item.end]) == {"status": "ok"}


@settings(derandomize=True, max_examples=100)
@given(
    st.text(),
    st.dictionaries(
        st.sampled_from(["status", "check_in_id", "duration", "environment"]),
        st.text() | st.sampled_from(["ok", "1e9", "nan"]),
    ),
    st.binary(max_size=40),
    st.none() | st.just("application/json"),
)
def test_whatever_is_sent_ends_as_a_check_in_or_an_ingest_error(
    slug: str, query: dict[str, str], body: bytes, content_type: str | None
) -> None:
    try:
        check_in = read_check_in(slug, query, body, content_type)
        wrap_check_in(check_in)
    except IngestError:
        pass
