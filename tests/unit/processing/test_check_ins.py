"""Check-in items: what is read from them, what is refused, and that only IngestError escapes."""

from contextlib import suppress
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.domain.monitors import CheckInStatus
from vedette.domain.outcomes import IngestError, Reason
from vedette.processing.check_ins import parse_check_in

GUID = "411cc4bc7b454ab49ad26cc65c65eaa3"
# As recorded of sentry-sdk 2.35.
RECORDED: dict[str, Any] = {
    "type": "check_in",
    "monitor_slug": "nightly-count",
    "check_in_id": GUID,
    "status": "in_progress",
    "duration": None,
    "environment": "qa",
    "release": "shop@1.4.0",
    "monitor_config": {
        "schedule": {"type": "crontab", "value": "0 3 * * *"},
        "timezone": "Europe/Berlin",
        "checkin_margin": 5,
        "max_runtime": 10,
        "failure_issue_threshold": 2,
    },
    "contexts": {"trace": {"trace_id": "5eae2c4b33784807a9a79c2a8823eb32", "span_id": "bf6dfea9b06fe15f"}},
}


def parse(**changes: Any) -> Any:
    return parse_check_in(orjson.dumps(RECORDED | changes))


def test_a_check_in_is_read_as_a_client_writes_it() -> None:
    found = parse()
    assert found.check_in_id == bytes.fromhex(GUID)
    assert (found.slug, found.status, found.environment) == (
        "nightly-count", CheckInStatus.IN_PROGRESS, "qa",
    )  # fmt: skip
    assert found.config is not None
    assert (found.config.failure_threshold, found.config.margin) == (2, 5)
    assert found.trace_id == bytes.fromhex("5eae2c4b33784807a9a79c2a8823eb32")
    assert parse(duration=0.0225).duration == 22


def test_a_nil_or_missing_id_is_none_and_production_is_meant() -> None:
    found = parse(check_in_id="0" * 32, environment=None, contexts=None, monitor_config=None)
    assert (found.check_in_id, found.environment, found.trace_id, found.config) == (
        None,
        "production",
        None,
        None,
    )
    assert parse(check_in_id=None).check_in_id is None


def test_another_status_is_unknown() -> None:
    assert parse(status="fine").status is CheckInStatus.UNKNOWN


def test_a_config_that_cannot_be_is_a_fault_and_no_loss() -> None:
    found = parse(monitor_config={"schedule": {"type": "crontab", "value": "0 0 0 * * *"}})
    assert found.config is None
    assert "seconds" in found.fault


@pytest.mark.parametrize(
    "changes",
    [
        {"monitor_slug": None}, {"monitor_slug": "日本"}, {"status": None}, {"status": 1},
        {"check_in_id": "x"}, {"check_in_id": 7}, {"duration": -1}, {"duration": "1"}, {"duration": 1e12},
        {"environment": "x" * 65}, {"environment": 7}, {"environment": "a\nb"},
    ],
)  # fmt: skip
def test_what_is_no_check_in_is_refused_with_a_sentence(changes: dict[str, Any]) -> None:
    with pytest.raises(IngestError) as caught:
        parse(**changes)
    assert caught.value.reason is Reason.BAD_CHECK_IN
    assert caught.value.detail.startswith("invalid check-in: ")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"null"])
def test_what_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(IngestError):
        parse_check_in(body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text(max_size=20)
    | st.sampled_from(["crontab", "interval", "* * * * *", "day", "0 0 29 2 *"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["type", "value", "unit", "schedule", "trace", "trace_id", "x"]), inner,
                      max_size=3),
    max_leaves=8,
)  # fmt: skip


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from([*RECORDED]), JSON))
def test_only_ingest_errors_escape(changes: dict[str, Any]) -> None:
    with suppress(IngestError):
        parse(**changes)
