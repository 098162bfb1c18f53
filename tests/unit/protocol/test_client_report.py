"""Client reports in a sentence."""

from contextlib import suppress

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.domain.client_reports import Discard
from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.client_report import parse_client_report, summarise_discards


def summarised(payload: bytes) -> str:
    return summarise_discards(parse_client_report(payload))


def report(*rows: object, **other: object) -> bytes:
    return orjson.dumps({"timestamp": 1.0, "discarded_events": rows, **other})


def row(reason: object, category: object, quantity: object) -> dict[str, object]:
    return {"reason": reason, "category": category, "quantity": quantity}


def test_the_sentence_says_how_many_of_what_and_why() -> None:
    assert summarised(report(row("sample_rate", "transaction", 14))) == (
        "the SDK dropped 14 transaction: sample_rate"
    )


def test_equal_rows_are_added_up_and_the_largest_comes_first() -> None:
    payload = report(
        row("before_send", "error", 2), row("sample_rate", "span", 3), row("sample_rate", "span", 4.0)
    )
    assert parse_client_report(payload) == (
        Discard("sample_rate", "span", 7),
        Discard("before_send", "error", 2),
    )
    assert summarised(payload) == "the SDK dropped 7 span: sample_rate; 2 error: before_send"


def test_rows_of_a_relay_are_kept_apart() -> None:
    payload = report(row("a", "error", 1), rate_limited_events=[row("a", "error", 2)])
    assert {found.field: found.quantity for found in parse_client_report(payload)} == {
        "discarded_events": 1,
        "rate_limited_events": 2,
    }


@pytest.mark.parametrize(
    "bad",
    [7, "x", None, row("a", "error", 0), row("a", "error", -1), row("a", "error", True), {"reason": "a"}],
)
def test_malformed_rows_are_left_out(bad: object) -> None:
    assert parse_client_report(report(bad, row("a", "error", 1))) == (Discard("a", "error", 1),)


def test_missing_names_are_unknown() -> None:
    assert parse_client_report(report(row(None, "", 1))) == (Discard("unknown", "unknown", 1),)


@pytest.mark.parametrize("payload", [b"{}", report(), b'{"discarded_events":{}}'])
def test_nothing_dropped_is_said_too(payload: bytes) -> None:
    assert summarised(payload) == "the SDK dropped nothing"


def test_a_long_report_is_cut() -> None:
    sentence = summarised(report(*(row(f"r{n}", "error", 1) for n in range(23))))
    assert sentence.endswith("1 error: r19; and 3 more reasons")


@pytest.mark.parametrize("payload", [b"", b"[]", b"{", b"\xff"])
def test_what_is_no_report_is_a_bad_item(payload: bytes) -> None:
    with pytest.raises(IngestError, match="invalid client report") as caught:
        summarised(payload)
    assert caught.value.reason is Reason.BAD_ITEM


ANY = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers(-5, 2**63) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(st.lists(st.fixed_dictionaries({}, optional={"reason": ANY, "category": ANY, "quantity": ANY}) | ANY))
def test_no_json_makes_reading_fail_otherwise(rows: list[object]) -> None:
    with suppress(IngestError):
        assert summarised(report(*rows)).startswith("the SDK dropped ")
