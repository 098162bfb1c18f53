"""Log drains of Vercel."""

import contextlib

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.times import Micros
from vedette.protocol.envelope import iter_items, read_envelope_header
from vedette.protocol.vercel import MOST, wrap_logs

NOW = Micros(1_800_000_000_000_000)
ENTRY = {
    "id": "1573817187330377061717300000",
    "message": "GET /cart 500",
    "timestamp": 1_573_817_187_330,
    "level": "error",
    "source": "lambda",
    "type": "stdout",
    "host": "shop.example",
    "environment": "production",
    "projectId": "gdufoJxB6b9b1fEqr1jUtFkyavUU",
    "statusCode": 500,
    "traceId": "1b02cd14bb8642fd092bc23f54c7ffcd",
    "spanId": "f24e8631bd11faa7",
    "ja4Digest": "t13d",
    "proxy": {"statusCode": 500, "userAgent": ["Mozilla"], "vercelCache": "MISS"},
}


def records(body: bytes) -> list[JsonObject]:
    envelope = wrap_logs(body, NOW)
    (item,) = iter_items(envelope, read_envelope_header(envelope).header_size)
    container: JsonObject = orjson.loads(envelope[item.start : item.end])
    assert (item.type, item.header["item_count"]) == ("log", len(container["items"]))
    found: list[JsonObject] = container["items"]
    return found


def test_a_record_keeps_all_it_says() -> None:
    (record,) = records(orjson.dumps([ENTRY]))
    assert {name: record[name] for name in ("timestamp", "level", "body", "trace_id", "span_id")} == {
        "timestamp": 1_573_817_187.33,
        "level": "error",
        "body": "GET /cart 500",
        "trace_id": "1b02cd14bb8642fd092bc23f54c7ffcd",
        "span_id": "f24e8631bd11faa7",
    }
    assert {name: attribute["value"] for name, attribute in record["attributes"].items()} == {
        "vercel.id": "1573817187330377061717300000",
        "vercel.source": "lambda",
        "vercel.log_type": "stdout",
        "server.address": "shop.example",
        "sentry.environment": "production",
        "vercel.project_id": "gdufoJxB6b9b1fEqr1jUtFkyavUU",
        "vercel.status_code": 500,
        "vercel.ja4_digest": "t13d",
        "vercel.proxy.status_code": 500,
        "vercel.proxy.user_agent": '["Mozilla"]',
        "vercel.proxy.vercel_cache": "MISS",
        "sentry.origin": "auto.log_drain.vercel",
    }


@pytest.mark.parametrize(
    "body", [b'{"message":"a"}', b'[{"message":"a"}]', b'{"message":"a"}\n', b'\n{"message":"a"}\n\n']
)
def test_an_object_an_array_and_lines_will_do(body: bytes) -> None:
    assert [record["body"] for record in records(body)] == ["a"]


def test_lines_stay_in_order() -> None:
    body = b"\n".join(orjson.dumps({"message": str(n), "timestamp": True}) for n in range(3))
    found = records(body)
    assert [record["body"] for record in found] == ["0", "1", "2"]
    assert {record["timestamp"] for record in found} == {NOW / 1e6}
    assert {record["level"] for record in found} == {"info"}


@pytest.mark.parametrize("body", [b"", b"{", b"5", b"[1]", b'{"a":1}\nx', b"\xff\n\xff"])
def test_what_holds_no_records_is_refused(body: bytes) -> None:
    with pytest.raises(IngestError) as caught:
        wrap_logs(body, NOW)
    assert caught.value.reason is Reason.BAD_JSON


def test_records_are_counted() -> None:
    with pytest.raises(IngestError) as caught:
        wrap_logs(b"{}\n" * (MOST + 1), NOW)
    assert caught.value.reason is Reason.TOO_MANY_ITEMS


LEAVES = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | st.text()
ENTRIES = st.dictionaries(
    st.sampled_from(list(ENTRY)), LEAVES | st.lists(LEAVES) | st.dictionaries(st.text(), LEAVES)
)


@settings(derandomize=True, max_examples=100)
@given(st.binary(max_size=60) | ENTRIES.map(orjson.dumps) | st.lists(ENTRIES, max_size=3).map(orjson.dumps))
def test_whatever_is_posted_ends_as_a_container_or_an_ingest_error(body: bytes) -> None:
    with contextlib.suppress(IngestError):
        records(body)
