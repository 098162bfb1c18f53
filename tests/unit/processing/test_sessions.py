"""Session items: what is read from them, what is refused, and that only IngestError escapes."""

from contextlib import suppress
from typing import Any
from uuid import UUID

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.builders import MORNING
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.domain.sessions import SessionStatus, UserMark
from vedette.domain.times import DAY, HOUR, SECOND, Micros
from vedette.processing.sessions import MOST_AGGREGATES, parse_aggregates, parse_session

ARRIVAL = Arrival(received=MORNING, sent_at=MORNING)
SID = "de67b49f-c65c-4cb6-b324-9c5cd9438981"
ATTRS = {"release": "cafe@2.0.1", "environment": "qa"}


def update(**changes: Any) -> bytes:
    started = (MORNING - 2 * SECOND) / 1e6
    values = {"sid": SID, "init": True, "started": started, "timestamp": MORNING / 1e6, "attrs": ATTRS}
    return orjson.dumps(values | changes)


def test_an_update_is_read_as_a_client_writes_it() -> None:
    # As recorded of @sentry/node 11.12, but for the moment.
    found = parse_session(
        update(sid=SID.replace("-", ""), status="exited", errors=1, duration=0.25, did="user-7", seq=3),
        ARRIVAL,
    )
    assert found.sid == UUID(SID).bytes
    assert (found.status, found.errors, found.init, found.seq) == (SessionStatus.EXITED, 1, True, 3)
    assert (found.started, found.timestamp) == (MORNING - 2 * SECOND, MORNING)
    assert (found.user, found.duration) == ("user-7", SECOND // 4)
    assert (found.attributes.release, found.attributes.environment) == ("cafe@2.0.1", "qa")


def test_what_is_not_said_has_its_default() -> None:
    found = parse_session(orjson.dumps({"started": MORNING / 1e6, "attrs": {"release": "a"}}), ARRIVAL)
    assert found.sid == bytes(16)
    assert (found.status, found.errors, found.init) == (SessionStatus.OK, 0, False)
    assert (found.seq, found.timestamp) == (MORNING // 1000, MORNING)
    assert (found.user, found.duration, found.attributes.environment) == (None, 0, None)


def test_without_a_duration_it_lasts_from_start_to_word_and_never_backwards() -> None:
    assert parse_session(update(), ARRIVAL).duration == 2 * SECOND
    early = parse_session(update(timestamp=MORNING / 1e6 - 60), ARRIVAL)
    assert (early.timestamp, early.duration) == (early.started, 0)
    assert parse_session(update(duration=-1), ARRIVAL).duration == 2 * SECOND


@pytest.mark.parametrize("did", ["00000000-0000-0000-0000-000000000000", "0" * 32, "", " ", None, 7])
def test_a_nil_user_is_none(did: Any) -> None:
    assert parse_session(update(did=did), ARRIVAL).user is None


def test_a_clock_that_ran_ahead_is_put_right() -> None:
    ahead = Arrival(received=MORNING, sent_at=Micros(MORNING + 2 * HOUR))
    found = parse_session(
        update(started=(MORNING + 2 * HOUR) / 1e6 - 5, timestamp=(MORNING + 2 * HOUR) / 1e6), ahead
    )
    assert (found.started, found.timestamp) == (MORNING - 5 * SECOND, MORNING)
    future = parse_session(
        update(started=(MORNING + DAY) / 1e6 - 5, timestamp=(MORNING + DAY) / 1e6), ARRIVAL
    )
    assert (future.started, future.timestamp) == (MORNING - 5 * SECOND, MORNING)


def test_five_days_before_its_sending_are_too_old_but_a_queue_opened_late_is_not() -> None:
    old = update(started=(MORNING - 5 * DAY - SECOND) / 1e6)
    with pytest.raises(IngestError) as caught:
        parse_session(old, ARRIVAL)
    assert caught.value.reason is Reason.TOO_OLD
    late = Arrival(received=Micros(MORNING + 90 * DAY), sent_at=MORNING)
    assert parse_session(update(), late).started == MORNING - 2 * SECOND
    with pytest.raises(IngestError):
        parse_session(old, late)


@pytest.mark.parametrize(
    "changes",
    [
        {"attrs": None}, {"attrs": {}}, {"attrs": {"release": ""}}, {"attrs": {"release": "a/b"}},
        {"attrs": {"release": "latest"}}, {"attrs": {"release": "x" * 201}}, {"attrs": {"release": 7}},
        {"started": None}, {"started": "tomorrow"}, {"started": []}, {"timestamp": -1}, {"status": "fine"},
        {"status": []}, {"sid": "x"}, {"sid": 7}, {"sid": []}, {"errors": -1}, {"errors": "1"},
        {"errors": True}, {"errors": 2**40},
    ],
)  # fmt: skip
def test_what_is_no_session_is_refused_with_a_sentence(changes: dict[str, Any]) -> None:
    with pytest.raises(IngestError) as caught:
        parse_session(update(**changes), ARRIVAL)
    assert caught.value.reason is Reason.BAD_SESSION
    assert caught.value.detail.startswith("invalid session: ")


def test_an_environment_that_is_none_is_left_out() -> None:
    attrs = {"release": "a", "environment": "x" * 65}
    assert parse_session(update(attrs=attrs), ARRIVAL).attributes.environment is None


def aggregates(*rows: Any, **more: Any) -> bytes:
    return orjson.dumps({"aggregates": list(rows), "attrs": ATTRS} | more)


def test_counted_sessions_are_read_by_row() -> None:
    rows, late = parse_aggregates(
        aggregates(
            {"started": MORNING / 1e6, "exited": 5, "errored": 2, "crashed": 1, "did": "a"},
            {"started": MORNING / 1e6, "unhandled": 1, "abnormal": 3},
        ),
        ARRIVAL,
    )
    first, second = rows
    assert late == 0
    assert first.counts.values == (8, 3, 1, 0, 0)
    assert (first.counts.healthy, first.counts.errored_shown) == (5, 2)
    assert first.mark == UserMark.SEEN | UserMark.ERRORED | UserMark.CRASHED
    assert second.counts.values == (4, 4, 0, 3, 1)
    assert (first.user, second.user) == ("a", None)


def test_old_rows_are_left_out_and_all_old_is_an_error() -> None:
    old, new = {"started": (MORNING - 6 * DAY) / 1e6, "exited": 1}, {"started": MORNING / 1e6, "exited": 1}
    rows, late = parse_aggregates(aggregates(old, new), ARRIVAL)
    assert (len(rows), late) == (1, 1)
    with pytest.raises(IngestError) as caught:
        parse_aggregates(aggregates(old), ARRIVAL)
    assert caught.value.reason is Reason.TOO_OLD


@pytest.mark.parametrize(
    "body",
    [
        b"{", b"[]", b"{}", aggregates(7), aggregates({}),
        aggregates({"started": MORNING / 1e6, "exited": -1}), aggregates(attrs={}),
        aggregates(*[{}] * (MOST_AGGREGATES + 1)),
    ],
)  # fmt: skip
def test_what_counts_no_sessions_is_refused(body: bytes) -> None:
    with pytest.raises(IngestError):
        parse_aggregates(body, ARRIVAL)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("sid", "did", "seq", "init", "started", "timestamp", "status", "errors", "duration", "attrs",
          "abnormal_mechanism", "exited", "crashed")  # fmt: skip


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), JSON), st.booleans())
def test_only_ingest_errors_escape(given_values: dict[str, Any], is_whole: bool) -> None:
    values = given_values if not is_whole else orjson.loads(update()) | given_values
    for parse, body in (
        (parse_session, orjson.dumps(values)),
        (parse_aggregates, orjson.dumps({"aggregates": [values], "attrs": ATTRS})),
    ):
        with suppress(IngestError):
            parse(body, ARRIVAL)  # type: ignore[operator]
