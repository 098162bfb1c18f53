"""Feedback by a form and by the web API."""

import contextlib
from urllib.parse import urlencode

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.envelope import iter_items, read_envelope_header
from vedette.protocol.feedback_forms import read_feedback_form, wrap_feedback

EVENT = "a" * 32
FORM = {"name": "Ada", "email": "ada@shop.example", "comments": "It broke & I wept"}
REPORT = {"event_id": EVENT, **FORM}
FORM_TYPE = "application/x-www-form-urlencoded"


def test_a_form_names_its_event_in_the_query() -> None:
    query = {"eventId": "AAAAAAAA-aaaa-aaaa-aaaa-aaaaaaaaaaaa", "dsn": "http://k@h/1"}
    assert read_feedback_form(urlencode(FORM).encode(), FORM_TYPE, query) == REPORT


def test_json_names_its_event_itself() -> None:
    body = orjson.dumps({**REPORT, "more": 1})
    assert read_feedback_form(body, "application/json", {"eventId": "b" * 32}) == REPORT


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"event_id": None}, Reason.BAD_EVENT_ID),
        ({"event_id": 5}, Reason.BAD_EVENT_ID),
        ({"event_id": "latest"}, Reason.BAD_EVENT_ID),
        ({"name": " "}, Reason.BAD_FEEDBACK),
        ({"name": "n" * 129}, Reason.BAD_FEEDBACK),
        ({"email": "nobody"}, Reason.BAD_FEEDBACK),
        ({"email": f"{'a' * 80}@x"}, Reason.BAD_FEEDBACK),
        ({"comments": None}, Reason.BAD_FEEDBACK),
        ({"comments": "c" * 4097}, Reason.BAD_FEEDBACK),
    ],
)
def test_a_field_that_will_not_do_is_refused(changed: dict[str, object], reason: Reason) -> None:
    with pytest.raises(IngestError) as caught:
        read_feedback_form(orjson.dumps({**REPORT, **changed}), "application/json", {})
    assert caught.value.reason is reason
    assert caught.value.status == 400


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"{", "application/json", Reason.BAD_JSON),
        (b"[]", "application/json", Reason.BAD_JSON),
        (b"name=\xff", FORM_TYPE, Reason.BAD_FEEDBACK),
        (b"a=1&" * 200, FORM_TYPE, Reason.BAD_FEEDBACK),
        (b"", None, Reason.BAD_EVENT_ID),
    ],
)
def test_a_body_that_is_none_is_refused(body: bytes, kind: str | None, reason: Reason) -> None:
    with pytest.raises(IngestError) as caught:
        read_feedback_form(body, kind, {})
    assert caught.value.reason is reason


def test_the_envelope_holds_a_user_report_for_the_event() -> None:
    body = wrap_feedback(REPORT)
    header = read_envelope_header(body)
    (item,) = iter_items(body, header.header_size)
    assert (header.event_id, item.type) == (EVENT, "user_report")
    assert orjson.loads(body[item.start : item.end]) == REPORT


@settings(derandomize=True, max_examples=100)
@given(
    st.binary(max_size=60)
    | st.dictionaries(st.sampled_from(list(REPORT)), st.none() | st.text() | st.integers(0, 9)).map(
        orjson.dumps
    ),
    st.sampled_from([None, FORM_TYPE, "application/json"]),
    st.dictionaries(st.just("eventId"), st.text()),
)
def test_whatever_is_sent_ends_as_a_report_or_an_ingest_error(
    body: bytes, content_type: str | None, query: dict[str, str]
) -> None:
    with contextlib.suppress(IngestError):
        wrap_feedback(read_feedback_form(body, content_type, query))
