"""What came with a crash: fields and msgpack files, whole, odd and damaged."""

from contextlib import suppress

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.domain.outcomes import IngestError, Reason
from vedette.processing.crash_event import (
    form_event,
    join_breadcrumbs,
    merge,
    read_form_fields,
    read_packed_breadcrumbs,
    read_packed_event,
)
from vedette.protocol.dying_message import read_dying_message


def test_brackets_lead_into_the_event_and_other_fields_are_extra() -> None:
    event = form_event(
        [("sentry[tags][a]", "b"), ("sentry[release]", "r"), ("prod", "Till"), ("sentry[", "x")]
    )
    assert event == {"tags": {"a": "b"}, "release": "r", "extra": {"prod": "Till", "sentry[": "x"}}


def test_a_path_through_what_is_no_object_or_too_deep_is_extra() -> None:
    deep = "sentry" + "[a]" * 16
    event = form_event([("sentry[a]", "text"), ("sentry[a][b]", "lost?"), (deep, "x")])
    assert event["a"] == "text"
    assert event["extra"] == {"sentry[a][b]": "lost?", deep: "x"}


def test_json_that_is_none_is_kept_as_extra() -> None:
    assert form_event([("sentry", "{broken")]) == {"extra": {"sentry": "{broken"}}


@pytest.mark.parametrize("data", [b"{", b"{}", b'[["a"]]', b'[["a", 1]]', b'["a"]'])
def test_form_data_is_a_list_of_names_and_values(data: bytes) -> None:
    with pytest.raises(IngestError) as caught:
        read_form_fields(data)
    assert caught.value.reason in (Reason.BAD_JSON, Reason.BAD_FORM)


def test_objects_are_merged_and_the_later_value_wins() -> None:
    base = {"tags": {"a": "1", "b": "1"}, "level": "error", "user": {"id": "7"}}
    merge(base, {"tags": {"b": "2"}, "level": "fatal", "user": None})
    assert base == {"tags": {"a": "1", "b": "2"}, "level": "fatal", "user": {"id": "7"}}


def test_the_older_ring_goes_first_and_the_longer_ones_length_is_kept() -> None:
    old = [{"timestamp": "2026-11-24T10:00:00Z", "n": 1}, {"timestamp": "2026-11-24T10:00:01Z", "n": 2}]
    new = [{"timestamp": 1795514402.0, "n": 3}]
    assert [crumb["n"] for crumb in join_breadcrumbs([new, old])] == [2, 3]
    assert join_breadcrumbs([[], []]) == []


@settings(derandomize=True, max_examples=200, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_raise_nothing_but_an_ingest_error(data: bytes) -> None:
    for read in (read_packed_event, read_packed_breadcrumbs):
        with suppress(IngestError):
            orjson.dumps(read(data))
    with suppress(IngestError):
        form_event(read_form_fields(data))
    with suppress(IngestError):
        list(read_dying_message(b"sntr\0" + data))
