"""Profiles of every format: what is checked, what is trimmed, and what the samples weigh."""

import base64
import struct
import tracemalloc
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.any_json import ANY_JSON
from tests.support.corpus import CHOSEN
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.domain.profiles import ProfileFormat, SampleTable
from vedette.processing import android_trace
from vedette.processing.android_trace import DEEPEST, read_trace, trace_samples
from vedette.processing.flamegraph import add_up, join_tables
from vedette.processing.profiles import (
    PERFETTO_TYPE,
    chunk_samples,
    perfetto_trace,
    profile_samples,
    read_chunk,
    read_profile,
)
from vedette.processing.samples import settle_frame, weights

ARRIVAL = Arrival(received=1795414601_000000, sdk={"name": "sentry.python", "version": "2.75.0"})
MS = 1_000_000
FRAMES = [{"function": "main"}, {"function": "work"}]


def samples(*rows: tuple[int, int, Any], time: str = "elapsed_since_start_ns") -> dict[str, Any]:
    """Return a profile object of (time, stack, thread); stack 0 is idle, 1 is main, 2 is work in main."""
    return {
        "samples": [{time: at, "stack_id": stack, "thread_id": thread} for at, stack, thread in rows],
        "stacks": [[], [0], [1, 0]],
        "frames": FRAMES,
        "thread_metadata": {"1": {"name": "MainThread"}, "2": 5},
    }


ROWS = ((0, 1, "1"), (10 * MS, 2, "1"), (30 * MS, 1, "1"))


def a_profile(*rows: tuple[int, int, Any], **changes: Any) -> dict[str, Any]:
    return {
        "version": "1",
        "event_id": "ab" * 16,
        "platform": "python",
        "timestamp": "2026-11-23T06:16:40Z",
        "environment": "qa",
        "release": "shop@1.0",
        "transaction": {"id": "cd" * 16, "name": "/cart", "trace_id": "ef" * 16, "active_thread_id": 1},
        "profile": samples(*(rows or ROWS)),
    } | changes


def a_chunk(*rows: tuple[float, int, Any], **changes: Any) -> dict[str, Any]:
    rows = rows or ((1795414600.5, 1, "0"), (1795414600.25, 2, "0"))
    return {
        "version": "2",
        "profiler_id": "ab" * 16,
        "chunk_id": "cd" * 16,
        "platform": "node",
        "profile": samples(*rows, time="timestamp"),  # type: ignore[arg-type]
    } | changes


def read(document: dict[str, Any]) -> Any:
    return read_profile(orjson.dumps(document), ARRIVAL)


def table_of(*rows: tuple[int, int, Any]) -> SampleTable:
    return profile_samples(orjson.dumps(a_profile(*rows)))[1]


def test_a_profile_says_when_of_what_and_where_it_was_taken() -> None:
    found = read(a_profile())
    assert (found.profile_id.hex(), found.format) == ("ab" * 16, ProfileFormat.SAMPLE)
    assert (found.started, found.duration, found.samples) == (1795414600_000000, 30_000, 3)
    assert (found.transaction, found.transaction_id.hex(), found.trace_id.hex()) == (
        "/cart",
        "cd" * 16,
        "ef" * 16,
    )
    assert (found.environment, found.release, found.platform) == ("qa", "shop@1.0", "python")
    assert (found.active_thread, found.threads) == ("1", (("1", "MainThread"),))
    assert found.sdk == "sentry.python 2.75.0"


def test_the_first_of_several_transactions_counts() -> None:
    found = read(a_profile(transaction=None, transactions=[{"name": "/a", "id": "11" * 16}, {"name": "/b"}]))
    assert (found.transaction, found.transaction_id.hex()) == ("/a", "11" * 16)


def test_samples_are_sorted_and_weigh_until_the_next_of_their_thread() -> None:
    table = table_of((30 * MS, 1, "1"), ("10000000", 2, 1), (0, 1, "1"), (5 * MS, 1, "2"), (25 * MS, 1, "2"))  # type: ignore[arg-type]
    assert table.at == [0, 5 * MS, 10 * MS, 25 * MS, 30 * MS]
    assert table.thread == ["1", "2", "1", "2", "1"]
    assert weights(table) == [10 * MS, 20 * MS, 20 * MS, 0, 0]


def test_idle_ends_and_threads_sampled_once_are_left_out() -> None:
    table = table_of(
        (0, 0, "1"), (MS, 1, "1"), (2 * MS, 0, "1"), (3 * MS, 2, "1"), (4 * MS, 0, "1"), (2 * MS, 1, "9")
    )
    assert (table.at, table.stack) == ([MS, 2 * MS, 3 * MS], [1, 0, 2])
    assert set(table.thread) == {"1"}


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (a_profile(event_id=None), "no event_id"),
        (a_profile(profile=None), "profile is missing"),
        (a_profile(profile={"samples": [], "stacks": [], "frames": []}), "no samples"),
        (a_profile(profile={"samples": 5, "stacks": [], "frames": []}), "samples is missing"),
        (a_profile((0, 1, "1")), "no samples are left"),
        (a_profile((0, 0, "1"), (1, 0, "1")), "no samples are left"),
        (a_profile((0, 7, "1"), (1, 1, "1")), "a stack that is not there"),
        (a_profile((0, -1, "1"), (1, 1, "1")), "a stack that is not there"),
        (a_profile((0, True, "1"), (1, 1, "1")), "no usable stack_id"),
        (a_profile((-5, 1, "1"), (1, 1, "1")), "no usable stack_id"),
        (a_profile((0, 1, None), (1, 1, "1")), "no usable thread_id"),
        (a_profile((0, 1, "1"), (31_000 * MS, 1, "1")), "31.0 seconds long"),
        (a_profile(profile=samples(*ROWS) | {"stacks": [[], [0], [9]]}), "a frame that is not there"),
        (a_profile(profile=samples(*ROWS) | {"stacks": [[], [0], 5]}), "a stack is no list"),
        (a_profile(profile=samples(*ROWS) | {"stacks": [[], [0], ["x"]]}), "something else"),
        (a_profile(sampled_profile="%%%"), "not base64"),
        (a_profile(sampled_profile=5), "no text"),
        (a_profile(sampled_profile="AAAA"), "does not begin"),
    ],
)
def test_a_profile_nobody_can_use_is_refused_with_a_sentence(document: dict[str, Any], words: str) -> None:
    with pytest.raises(IngestError) as caught:
        read(document)
    assert caught.value.reason is Reason.BAD_PROFILE
    assert words in caught.value.detail


def test_a_chunk_lasts_from_its_first_to_its_last_sample() -> None:
    found = read_chunk(orjson.dumps(a_chunk()), None, None, ARRIVAL)
    assert (found.profiler_id.hex(), found.chunk_id.hex()) == ("ab" * 16, "cd" * 16)
    assert (found.started, found.finished) == (1795414600_250000, 1795414600_500000)
    assert (found.format, found.samples, found.threads) == (ProfileFormat.SAMPLE, 2, (("0", ""),))
    _, table = chunk_samples(orjson.dumps(a_chunk()), None, ARRIVAL)
    assert (table.at, table.stack) == ([1795414600_250000000, 1795414600_500000000], [2, 1])


def test_a_chunk_of_a_clock_that_runs_ahead_is_corrected() -> None:
    ahead = Arrival(received=ARRIVAL.received, sent_at=ARRIVAL.received + 3_600_000_000)
    found = read_chunk(orjson.dumps(a_chunk()), None, None, ahead)
    assert found.started == 1795414600_250000 - 3_600_000_000
    _, table = chunk_samples(orjson.dumps(a_chunk()), None, ahead)
    assert table.at[0] == found.started * 1_000


@pytest.mark.parametrize("changes", [{"profiler_id": None}, {"chunk_id": "x"}, {"profile": {}}])
def test_a_chunk_nobody_can_place_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(IngestError) as caught:
        read_chunk(orjson.dumps(a_chunk(**changes)), None, None, ARRIVAL)
    assert caught.value.reason is Reason.BAD_PROFILE


def test_a_chunk_of_more_than_66_seconds_is_refused() -> None:
    with pytest.raises(IngestError, match=r"67\.0 seconds"):
        read_chunk(orjson.dumps(a_chunk((1000.0, 1, "0"), (1067.0, 1, "0"))), None, None, ARRIVAL)


def test_a_perfetto_trace_is_kept_behind_its_json() -> None:
    meta = orjson.dumps(a_chunk(profile=None, timestamp=1795414600.0, duration_ns=5 * 10**9))
    payload = meta + b"\x0a\x01perfetto"
    found = read_chunk(payload, PERFETTO_TYPE, len(meta), ARRIVAL)
    assert (found.format, found.finished - found.started) == (ProfileFormat.PERFETTO, 5_000_000)
    assert perfetto_trace(payload, len(meta)) == b"\x0a\x01perfetto"
    with pytest.raises(IngestError):
        chunk_samples(payload, PERFETTO_TYPE, ARRIVAL)
    for length in (None, 0, -1, len(payload) + 1):
        with pytest.raises(IngestError):
            read_chunk(payload, PERFETTO_TYPE, length, ARRIVAL)


def test_a_recorded_browsers_chunk_is_read() -> None:
    payload = (CHOSEN / "browser-garden11-profiling" / "002.body").read_bytes().split(b"\n")[2]
    found = read_chunk(payload, None, None, ARRIVAL)
    assert found.profiler_id.hex() == "0e58867ec7eb4360b869831030d030d7"
    assert 0 < found.finished - found.started < 5_000_000


# ---------------------------------------------------------------- Android

TEXT = (
    b"*version\n3\ndata-file-overflow=false\nclock=dual\nvm=art\n*threads\n1\tmain\n7\tworker\n*methods\n"
    b"0x10\tcom/example/App\trun\t()V\tApp.java\t12\n0x20\tcom.example.Db\tload\t()V\tDb.java\n*end\n"
)


def a_trace(*records: tuple[int, int, int], version: int = 3, text: bytes = TEXT) -> bytes:
    """Return a trace of (thread, method | action, microseconds)."""
    head = struct.pack("<4sHHQH14x", b"SLOW", version, 32, 1795414600_000000, 14)
    return text + head + b"".join(struct.pack("<HIII", t, m, at // 2, at) for t, m, at in records)


def android(*records: tuple[int, int, int], **changes: Any) -> dict[str, Any]:
    return {
        "profile_id": "ab" * 16,
        "platform": "android",
        "transaction_name": "App",
        "transaction_id": "cd" * 16,
        "duration_ns": "2000000",
        "version_name": "1.2",
        "version_code": "7",
        "active_thread_id": "1",
        "sampled_profile": base64.b64encode(a_trace(*records)).decode(),
    } | changes


RECORDS = ((1, 0x10, 100), (1, 0x20, 300), (7, 0x20, 400), (1, 0x21, 900), (7, 0x22, 1000), (1, 0x11, 1100))


def test_an_android_profile_is_read_from_its_method_trace() -> None:
    found = read(android(*RECORDS))
    assert (found.format, found.duration, found.samples) == (ProfileFormat.ANDROID, 2_000, 6)
    assert (found.started, found.release, found.transaction) == (1795414600_000000, "1.2 (7)", "App")
    assert found.threads == (("1", "main"), ("7", "worker"))
    document, table = profile_samples(orjson.dumps(android(*RECORDS)))
    assert "sampled_profile" not in document
    assert table.at == [100_000, 300_000, 400_000, 900_000, 1_000_000, 1_100_000]
    names = [[table.frames[f]["function"] for f in table.stacks[s]] for s in table.stack]
    assert names == [["run"], ["load", "run"], ["load"], ["run"], [], []]
    assert table.frames[0] == {
        "module": "com.example.App", "function": "run", "platform": "android",
        "filename": "App.java", "lineno": 12,
    }  # fmt: skip


@pytest.mark.parametrize(("version", "layout"), [(1, "<BII"), (2, "<HII")])
def test_older_versions_have_shorter_records(version: int, layout: str) -> None:
    head = struct.pack("<4sHHQ", b"SLOW", version, 16, 5)
    table = trace_samples(
        read_trace(TEXT + head + struct.pack(layout, 1, 0x10, 7) + struct.pack(layout, 1, 0x11, 9))
    )
    assert table.at == [7_000, 9_000]


def test_odd_records_do_no_harm() -> None:
    deep = [(1, 0x1000 + 4 * n, n) for n in range(DEEPEST + 50)]
    table = trace_samples(
        read_trace(a_trace(*deep, (1, 0x999 | 1, 9999), (1, 0x1003, 9999), (1, 0x1001, 10_000)))
    )
    assert max(map(len, table.stacks)) == DEEPEST
    assert table.stack[-1] == 0
    assert table.frames[0]["function"] == "0x1000"


@pytest.mark.parametrize(
    "data",
    [
        b"*version\n3\n",
        TEXT,
        TEXT + b"SLOW",
        TEXT + struct.pack("<4sHHQ", b"FAST", 3, 32, 0),
        TEXT + struct.pack("<4sHHQ", b"SLOW", 0xF3, 32, 0),
        TEXT + struct.pack("<4sHHQH14x", b"SLOW", 3, 32, 0, 99),
        a_trace(),
    ],
)
def test_a_broken_method_trace_is_refused(data: bytes) -> None:
    with pytest.raises(IngestError):
        trace_samples(read_trace(data))


# ---------------------------------------------------------------- together


def test_profiles_add_up_to_one_flame_graph() -> None:
    graph = add_up([("a", table_of(*ROWS)), ("b", table_of((0, 1, "1"), (5 * MS, 1, "1")))])
    (flame,) = graph["profiles"]
    assert [frame["function"] for frame in graph["shared"]["frames"]] == ["main", "work"]
    assert (flame["samples"], flame["weights"]) == ([[0], [0, 1]], [15 * MS, 20 * MS])
    assert (flame["sample_counts"], flame["samples_profiles"]) == ([4, 1], [[0, 1], [0]])
    assert flame["endValue"] == 35 * MS


def test_tables_join_in_time_with_their_frames_once() -> None:
    joined = join_tables([table_of((9 * MS, 1, "1"), (12 * MS, 1, "1")), table_of(*ROWS)], MS, 12 * MS)
    assert (joined.at, joined.thread) == ([9 * MS, 10 * MS, 12 * MS], ["1"] * 3)
    assert len(joined.frames) == 2


def test_frames_have_the_current_names() -> None:
    sent = {"name": "f", "file": "a.js", "line": 3, "column": 4, "function": "g"}
    assert settle_frame(sent) == {"function": "g", "filename": "a.js", "lineno": 3, "colno": 4}
    assert settle_frame(5) == {}


KEYS = st.sampled_from(
    ["samples", "stacks", "frames", "stack_id", "thread_id", "timestamp", "thread_metadata"]
)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    st.dictionaries(KEYS, ANY_JSON, max_size=4), st.dictionaries(KEYS, ANY_JSON, max_size=3), st.booleans()
)
def test_no_profile_raises_anything_but_an_ingest_error(
    profile: dict[str, Any], sample: dict[str, Any], is_chunk: bool
) -> None:
    whole = samples(*ROWS)
    whole["samples"][0] |= sample
    for found in (whole | profile, profile):
        try:
            if is_chunk:
                read_chunk(orjson.dumps(a_chunk(profile=found)), None, None, ARRIVAL)
            else:
                read(a_profile(profile=found))
        except IngestError:
            continue


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.binary(max_size=80), st.sampled_from([b"", TEXT, a_trace(), a_trace(*RECORDS)]), st.integers(0, 60))
def test_no_method_trace_raises_anything_but_an_ingest_error(data: bytes, before: bytes, cut: int) -> None:
    trace = before[: len(before) - cut] + data
    try:
        table = trace_samples(read_trace(trace))
    except IngestError:
        return
    assert all(0 <= frame < len(table.frames) for stack in table.stacks for frame in stack)


@pytest.mark.parametrize("moment", ["x" * 1_000, [0] * 1_000, None, True])
def test_a_time_of_a_chunk_that_is_no_number_is_not_multiplied(moment: Any) -> None:
    chunk = {
        "profiler_id": "ab" * 16,
        "chunk_id": "cd" * 16,
        "profile": samples((moment, 1, "1"), (moment, 2, "1"), time="timestamp"),
    }
    tracemalloc.start()
    with pytest.raises(IngestError) as raised:
        read_chunk(orjson.dumps(chunk), None, None, ARRIVAL)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert raised.value.reason is Reason.BAD_PROFILE
    assert most < 1 << 20


def test_the_stacks_of_a_method_trace_are_bounded_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(android_trace, "MOST_FRAMES", 5)
    trace_samples(read_trace(a_trace((1, 0x10, 1), (1, 0x20, 2))))
    with pytest.raises(IngestError, match="too many different stacks"):
        trace_samples(read_trace(a_trace((1, 0x10, 1), (1, 0x20, 2), (1, 0x30, 3))))
