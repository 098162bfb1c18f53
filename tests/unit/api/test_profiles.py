"""Profiles through the API, and in the store beneath it."""

from typing import Any

import orjson
import pytest
from aiohttp.test_utils import TestClient

from tests.support.store_rows import FilledStore, assert_walks
from tests.unit.processing.test_profiles import RECORDS, a_chunk, a_profile, android
from vedette.api.profiles import ProfileBrief
from vedette.api.schema import faults
from vedette.store.engine import Reader
from vedette.store.queries import profiles

from .conftest import NOON, Desk

Http = TestClient[Any, Any]
ONE = f"/api/0/projects/desk/desk/profiling/profiles/{'ab' * 16}/"
CHUNKS = "/api/0/organizations/desk/profiling/chunks/"
FLAME = "/api/0/organizations/desk/profiling/flamegraph/"


async def get(http: Http, path: str, **params: Any) -> Any:
    answer = await http.get(path, params=params)
    assert answer.status == 200, await answer.text()
    return await answer.json()


async def test_a_profile_comes_back_with_its_samples(desk: Desk, http: Http) -> None:
    desk.send(({"type": "profile"}, a_profile()))
    found = await get(http, ONE)
    assert (found["platform"], found["transaction"]["name"]) == ("python", "/cart")
    assert [s["elapsed_since_start_ns"] for s in found["profile"]["samples"]] == [0, 10_000_000, 30_000_000]
    assert found["profile"]["thread_metadata"] == {"1": {"name": "MainThread"}}


async def test_an_android_profile_comes_back_as_samples(desk: Desk, http: Http) -> None:
    desk.send(({"type": "profile"}, android(*RECORDS)))
    found = await get(http, ONE)
    assert len(found["profile"]["samples"]) == 6
    assert found["profile"]["frames"][0]["function"] == "run"


async def test_a_large_profile_lies_apart_and_is_read_from_there(desk: Desk, http: Http) -> None:
    rows = tuple((n * 1_000_000, 1, "1") for n in range(5_000))
    desk.send(({"type": "profile"}, a_profile(*rows)))
    assert len((await get(http, ONE))["profile"]["samples"]) == 5_000
    assert any(desk.workspace.blobs.rglob("*"))


async def test_a_profilers_chunks_are_joined_within_a_time(desk: Desk, http: Http) -> None:
    for n in (1, 0):
        rows = [(NOON + 10 * n + k, 1, "0") for k in range(5)]
        desk.send(({"type": "profile_chunk"}, a_chunk(*rows, chunk_id=f"{n:031x}a")))
    found = await get(http, CHUNKS, profiler_id="ab" * 16, project="1")
    times = [s["timestamp"] - NOON for s in found["chunk"]["profile"]["samples"]]
    assert times == [0, 1, 2, 3, 4, 10, 11, 12, 13, 14]
    assert len(found["chunks"]) == 2
    start, end = "2026-09-21T14:13:22", "2026-09-21T14:13:31"
    part = await get(http, CHUNKS, profiler_id="ab" * 16, start=start, end=end)
    assert [s["timestamp"] - NOON for s in part["chunk"]["profile"]["samples"]] == [2, 3, 4, 10, 11]


async def test_profiles_of_a_transaction_add_up(desk: Desk, http: Http) -> None:
    desk.send(({"type": "profile"}, a_profile()))
    desk.send(({"type": "profile"}, a_profile(event_id="12" * 16, transaction={"name": "/pay"})))
    whole = await get(http, FLAME)
    assert len(whole["shared"]["profiles"]) == 2
    part = await get(http, FLAME, query='transaction:"/cart"', project="desk", environment="qa")
    assert [p["profile_id"] for p in part["shared"]["profiles"]] == ["ab" * 16]
    assert (await get(http, FLAME, query="transaction:/none"))["shared"]["profiles"] == []


async def test_a_profile_sent_twice_is_a_duplicate(desk: Desk, http: Http) -> None:
    for kind, payload in (("profile", a_profile()), ("profile_chunk", a_chunk())):
        desk.send(({"type": kind}, payload))
        number = desk.send(({"type": kind}, payload))
        row = desk.writer.raw.execute(
            "SELECT outcome, reason, detail FROM item WHERE request = ?", (number,)
        ).fetchone()
        assert row is not None
        assert row[:2] == ("duplicate", "duplicate_item")
        assert row[2].endswith("is already here")


async def test_a_perfetto_chunk_is_named_and_skipped(desk: Desk, http: Http) -> None:
    meta = orjson.dumps(a_chunk(profile=None, timestamp=NOON, duration_ns=1_000))
    header = {
        "type": "profile_chunk",
        "content_type": "application/x-perfetto-trace",
        "meta_length": len(meta),
    }
    desk.send((header, meta + b"\x0aperfetto"))
    found = await get(http, CHUNKS, profiler_id="ab" * 16)
    assert (found["chunks"], found["skipped"]) == ([], ["cd" * 16])


@pytest.mark.parametrize(
    ("path", "params", "status"),
    [
        (ONE, {}, 404),
        (CHUNKS, {"profiler_id": "x"}, 400),
        (CHUNKS, {"profiler_id": "ab" * 16}, 404),
        (FLAME, {"query": "beauty"}, 400),
    ],
)
async def test_what_is_not_there_is_said(http: Http, path: str, params: dict[str, str], status: int) -> None:
    assert (await http.get(path, params=params)).status == status


async def test_a_profile_whose_bytes_are_gone_is_404(desk: Desk, http: Http) -> None:
    desk.send(({"type": "profile"}, a_profile()))
    desk.writer.raw.execute("DELETE FROM payload")
    assert (await http.get(ONE)).status == 404
    assert (await get(http, FLAME))["shared"]["profiles"] == []


@pytest.mark.parametrize(
    ("question", "arguments", "index"),
    [
        (profiles.find_profile, {"profile_id": b"1" * 16, "project_id": 1}, "profile_of_id"),
        (profiles.profiles_of_transaction, {"event_id": b"1" * 16}, "profile_transaction"),
        (profiles.profiles_of_trace, {"trace_id": b"1" * 16}, "profile_trace"),
        (profiles.page_profiles, {}, "profile_by_start"),
        (
            profiles.chunks_between,
            {"profiler_id": b"1" * 16, "since": 5, "until": 9},
            "profile_chunk_of_profiler",
        ),
    ],
)
def test_questions_walk_their_index(tmp_path: Any, question: Any, arguments: Any, index: str) -> None:
    store = FilledStore(tmp_path / "wörkspace")
    try:
        assert_walks(store.plan(question, **arguments), index)
    finally:
        store.close()


def test_profiles_are_found_by_transaction_trace_and_page(desk: Desk, tmp_path: Any) -> None:
    for n in range(3):
        stamp = f"2026-11-23T06:16:4{n}Z"
        desk.send(({"type": "profile"}, a_profile(event_id=f"{n + 1:032x}", timestamp=stamp)))
    reader = Reader(desk.workspace.database)
    try:
        db = reader.db
        assert len(profiles.profiles_of_transaction(db, bytes.fromhex("cd" * 16))) == 3
        assert len(profiles.profiles_of_trace(db, bytes.fromhex("ef" * 16))) == 3
        first = profiles.page_profiles(db, transaction="/cart", limit=2)
        rest = profiles.page_profiles(db, after=(first[-1].started, first[-1].id))
        assert [int(row.profile_id, 16) for row in first + rest] == [3, 2, 1]
    finally:
        reader.close()


async def test_profiles_are_listed_the_last_first_and_narrowed(desk: Desk, http: Http) -> None:
    path = "/api/0/organizations/desk/profiling/profiles/"
    assert await get(http, path) == []
    desk.send(({"type": "profile"}, a_profile()))
    other = orjson.loads(orjson.dumps(a_profile())) | {"event_id": "cd" * 16}
    desk.send(({"type": "profile"}, other))
    found = await get(http, path)
    assert all(list(faults(row, ProfileBrief)) == [] for row in found)
    assert {row["profile_id"] for row in found} == {"ab" * 16, "cd" * 16}
    (first,) = await get(http, path, per_page=1)
    assert first == found[0]
    name = first["transaction_name"]
    assert await get(http, path, query=f'transaction:"{name}"') == found
    assert await get(http, path, query="transaction:nothing") == []
    assert (await http.get(path, params={"query": "level:error"})).status == 400
