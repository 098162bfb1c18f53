"""Bodies of the security and NEL endpoints into envelopes."""

from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.times import Micros
from vedette.protocol.browser_reports import wrap_reports
from vedette.protocol.envelope import iter_items, read_envelope_header

NOW = Micros(1_800_000_000_000_000)
REPORTS = Path(__file__).parents[2] / "data" / "reports"
CSP = {"csp-report": {"effective-directive": "img-src", "blocked-uri": "https://a.example/x.png"}}
VIOLATION = {
    "type": "csp-violation",
    "url": "https://shop.example/",
    "body": {"effectiveDirective": "img-src"},
}
DEPRECATION = {"type": "deprecation", "url": "https://shop.example/", "body": {"id": "unload"}}
NETWORK = {
    "type": "network-error",
    "age": 2000,
    "url": "https://shop.example:8443/cart?x=1",
    "user_agent": "Mozilla/5.0",
    "body": {
        "elapsed_time": 18,
        "method": "GET",
        "phase": "connection",
        "protocol": "http/1.1",
        "referrer": "https://shop.example/",
        "sampling_fraction": 0.5,
        "server_ip": "10.0.0.7",
        "status_code": 0,
        "type": "tcp.refused",
    },
}


def items(body: bytes) -> list[tuple[JsonObject, JsonObject]]:
    header = read_envelope_header(body)
    return [
        (item.header, orjson.loads(body[item.start : item.end]))
        for item in iter_items(body, header.header_size)
    ]


def wrapped(document: object, **query: str) -> list[tuple[JsonObject, JsonObject]]:
    return items(wrap_reports(orjson.dumps(document), query, NOW))


def test_a_single_report_keeps_its_bytes_and_gains_what_the_query_says() -> None:
    body = b' {"csp-report": {"blocked-uri":"x"} }\n'
    envelope = wrap_reports(body, {"sentry_release": "web@1", "sentry_environment": "qa", "x": "y"}, NOW)
    ((header, _),) = items(envelope)
    assert body in envelope
    assert header["type"] == "raw_security"
    assert (header["sentry_release"], header["sentry_environment"]) == ("web@1", "qa")
    assert "x" not in header


def test_a_release_cannot_be_of_any_length() -> None:
    ((header, _),) = wrapped(CSP, sentry_release="r" * 1000)
    assert header["sentry_release"] == "r" * 200
    assert "sentry_environment" not in header


def test_every_report_of_an_array_becomes_an_item_of_its_kind() -> None:
    found = wrapped([VIOLATION, DEPRECATION, NETWORK, CSP], sentry_release="web@1")
    assert [header["type"] for header, _ in found] == [
        "raw_security",
        "browser_report",
        "nel",
        "raw_security",
        "log",
    ]
    assert [payload for _, payload in found[:4]] == [VIOLATION, DEPRECATION, NETWORK, CSP]
    assert ["sentry_release" in header for header, _ in found] == [True, False, False, True, False]


def test_network_errors_are_log_records_too() -> None:
    fine = {"type": "network-error", "body": {"type": "ok", "protocol": "h2", "status_code": 200}}
    header, payload = wrapped([NETWORK, fine])[-1]
    assert header["content_type"] == "application/vnd.sentry.items.log+json"
    assert header["item_count"] == 2
    first, second = payload["items"]
    assert first["timestamp"] == NOW / 1e6 - 2
    assert (first["level"], second["level"]) == ("warn", "info")
    assert first["body"] == "The server refused the TCP connection"
    values = {name: attribute["value"] for name, attribute in first["attributes"].items()}
    assert values == {
        "sentry.origin": "auto.http.browser_report.nel",
        "browser.report.type": "network-error",
        "url.domain": "shop.example",
        "url.full": "https://shop.example:8443/cart?x=1",
        "http.request.duration": 18,
        "http.request.method": "GET",
        "http.request.header.referer": "https://shop.example/",
        "http.response.status_code": 0,
        "network.protocol.name": "http",
        "network.protocol.version": "1.1",
        "server.address": "10.0.0.7",
        "user_agent.original": "Mozilla/5.0",
        "nel.referrer": "https://shop.example/",
        "nel.phase": "connection",
        "nel.sampling_fraction": 0.5,
        "nel.type": "tcp.refused",
    }
    kinds = {name: attribute["type"] for name, attribute in first["attributes"].items()}
    assert (kinds["nel.sampling_fraction"], kinds["http.request.duration"]) == ("double", "integer")
    assert second["attributes"]["network.protocol.version"] == {"value": "2", "type": "string"}


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"type": "http.error", "status_code": 503}, "The server answered with an error: 503"),
        ({"type": "http.error"}, "The server answered with an error"),
        ({"type": "dns.new"}, "The request failed: dns.new"),
        ({}, "The request failed for an unknown reason"),
        ("odd", "The request failed for an unknown reason"),
    ],
)
def test_a_network_error_is_said_in_words(body: object, text: str) -> None:
    logged = wrapped({"type": "network-error", "url": "http://[bad", "age": -5, "body": body})[-1][1][
        "items"
    ][0]
    assert (logged["body"], logged["timestamp"]) == (text, NOW / 1e6)
    assert "url.domain" not in logged["attributes"]


@pytest.mark.parametrize("body", [b"", b"{", b"5", b"null", b'["x"]', b"\xff"])
def test_what_is_no_report_is_refused(body: bytes) -> None:
    with pytest.raises(IngestError) as caught:
        wrap_reports(body, {}, NOW)
    assert caught.value.reason is Reason.BAD_JSON


def test_more_reports_than_an_envelope_holds_are_refused() -> None:
    with pytest.raises(IngestError) as caught:
        wrapped([CSP] * 500)
    assert caught.value.reason is Reason.TOO_MANY_ITEMS
    assert len(wrapped([CSP] * 499)) == 499


def test_recorded_reports_of_a_browser_are_policy_reports() -> None:
    for path in sorted(REPORTS.glob("csp-*.json")):
        ((header, payload),) = items(wrap_reports(path.read_bytes(), {}, NOW))
        assert header["type"] == "raw_security"
        assert payload == orjson.loads(path.read_bytes())


LEAVES = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | st.text()
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)
REPORT = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["network-error", "csp-violation", "crash", "deprecation"]) | JSON,
        "body": st.dictionaries(st.sampled_from(["type", "status_code", "protocol", "method"]), JSON) | JSON,
        "age": JSON,
        "url": JSON,
        "csp-report": JSON,
    },
)


@settings(derandomize=True, max_examples=150)
@given(st.binary(max_size=60) | st.lists(REPORT, max_size=4).map(orjson.dumps) | REPORT.map(orjson.dumps))
def test_whatever_is_posted_ends_as_an_envelope_or_an_ingest_error(body: bytes) -> None:
    try:
        envelope = wrap_reports(body, {}, NOW)
    except IngestError:
        return
    kinds = {header["type"] for header, _ in items(envelope)}
    assert kinds <= {"raw_security", "nel", "browser_report", "log"}
