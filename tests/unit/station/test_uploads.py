"""Attachments in pieces: created, gone on with, asked about, and cleaned away."""

import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import orjson
import pytest

from tests.support.ingest import AUTH, KEY, Bench, running_bench
from vedette.protocol.limits import Limits
from vedette.station import uploads
from vedette.station.access import KnownKey

BYTES = {"Content-Type": "application/offset+octet-stream", "Tus-Resumable": "1.0.0"}
PATH = "/api/1/upload/"


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with running_bench(tmp_path, limits=Limits(uploads=1000)) as bench:
        yield bench


async def ask(
    bench: Bench, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, aiohttp.ClientResponse]:
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    async with bench.client.request(method, bench.url + path, data=body or None, headers=said) as response:
        await response.read()
    await bench.settled()
    return response.status, response


async def create(bench: Bench, **headers: str) -> str:
    status, response = await ask(bench, "POST", PATH, **(headers or {"Upload_Length": "6"}), **AUTH)
    assert status == 201
    assert int(response.headers["Upload-Chunk-Size"]) > 0
    return response.headers["Location"]


def done(bench: Bench) -> list[bytes]:
    return [path.read_bytes() for path in (bench.incoming / "uploads").glob("*.done")]


async def test_pieces_follow_each_other_until_the_whole_is_there(bench: Bench) -> None:
    location = await create(bench)
    assert location.startswith(PATH)
    status, response = await ask(bench, "PATCH", location, b"abc", Upload_Offset="0", **BYTES)
    assert (status, response.headers["Upload-Offset"], response.headers["Tus-Resumable"]) == (
        204,
        "3",
        "1.0.0",
    )
    status, response = await ask(bench, "HEAD", location)
    assert (status, response.headers["Upload-Offset"], response.headers["Upload-Length"]) == (200, "3", "6")
    assert done(bench) == []
    assert (await ask(bench, "PATCH", location, b"def", Upload_Offset="3", **BYTES))[0] == 204
    assert done(bench) == [b"abcdef"]
    assert (await ask(bench, "HEAD", location))[1].headers["Upload-Offset"] == "6"
    assert bench.spool.entries == []


async def test_the_first_piece_may_come_with_the_creation(bench: Bench) -> None:
    status, response = await ask(bench, "POST", PATH, b"abcdef", Upload_Length="6", **AUTH, **BYTES)
    assert (status, response.headers["Upload-Offset"]) == (201, "6")
    assert done(bench) == [b"abcdef"]


async def test_the_length_may_be_told_last(bench: Bench) -> None:
    location = await create(bench, Upload_Defer_Length="1")
    assert (await ask(bench, "PATCH", location, b"abc", Upload_Offset="0", **BYTES))[0] == 204
    assert (await ask(bench, "HEAD", location))[1].headers["Upload-Defer-Length"] == "1"
    headers = {"Upload_Offset": "3", "Upload_Length": "4", **BYTES}
    assert (await ask(bench, "PATCH", location, b"d", **headers))[0] == 204
    assert done(bench) == [b"abcd"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload_Offset": "2", **BYTES}, 409),
        ({"Upload_Offset": "-1", **BYTES}, 409),
        (BYTES, 409),
        ({"Upload_Offset": "0", "Content_Type": "text/plain"}, 415),
    ],
)
async def test_a_piece_that_does_not_fit_changes_nothing(
    bench: Bench, headers: dict[str, str], status: int
) -> None:
    location = await create(bench)
    assert (await ask(bench, "PATCH", location, b"abc", **headers))[0] == status
    assert (await ask(bench, "HEAD", location))[1].headers["Upload-Offset"] == "0"
    assert bench.metas[0]["endpoint"] == "upload"


async def test_more_than_was_promised_is_413(bench: Bench) -> None:
    location = await create(bench)
    assert (await ask(bench, "PATCH", location, b"abcdefg", Upload_Offset="0", **BYTES))[0] == 413
    assert (await ask(bench, "HEAD", location))[1].headers["Upload-Offset"] == "0"
    assert (await ask(bench, "POST", PATH, Upload_Length="1001", **AUTH))[0] == 413
    endless = await create(bench, Upload_Defer_Length="1")
    assert (await ask(bench, "PATCH", endless, b"a" * 1001, Upload_Offset="0", **BYTES))[0] == 413


async def test_an_upload_that_is_not_there_is_404(bench: Bench) -> None:
    for name in ("f" * 32, "..%2F..%2Fspool", "x"):
        assert (await ask(bench, "HEAD", f"{PATH}{name}/"))[0] == 404
        assert (await ask(bench, "PATCH", f"{PATH}{name}/", b"a", Upload_Offset="0", **BYTES))[0] == 404


@pytest.mark.parametrize("length", ["", "x", "9" * 20, "-1"])
async def test_a_creation_without_a_length_is_400(bench: Bench, length: str) -> None:
    assert (await ask(bench, "POST", PATH, Upload_Length=length, **AUTH))[0] == 400


async def test_only_who_may_send_creates(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await ask(bench, "POST", PATH, Upload_Length="6"))[0] == 401
    monkeypatch.setattr("vedette.station.ingest.is_loopback", lambda _: False)
    assert (await ask(bench, "POST", PATH, Upload_Length="6", **AUTH))[0] == 401
    bench.keys.learn_keys([KnownKey(KEY, 1, "desk")])
    await create(bench)


async def test_a_full_disk_takes_no_pieces(bench: Bench) -> None:
    location = await create(bench)
    bench.full = True
    assert (await ask(bench, "PATCH", location, b"abc", Upload_Offset="0", **BYTES))[0] == 429


async def test_uploads_without_end_are_not_begun(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST", 2)
    for _ in range(2):
        await create(bench)
    assert (await ask(bench, "POST", PATH, Upload_Length="6", **AUTH))[0] == 429
    for path in (bench.incoming / "uploads").iterdir():
        os.utime(path, (0, time.time() - uploads.KEPT_SECONDS - 10))
    await create(bench)
    assert len(list((bench.incoming / "uploads").iterdir())) == 2


async def test_a_broken_note_is_no_upload(bench: Bench) -> None:
    location = await create(bench)
    (note,) = (bench.incoming / "uploads").glob("*.json")
    note.write_bytes(orjson.dumps([]))
    assert (await ask(bench, "HEAD", location))[0] == 404


async def test_a_preflight_names_what_uploads_need(bench: Bench) -> None:
    status, response = await ask(bench, "OPTIONS", PATH, Origin="https://shop.example")
    assert status == 204
    assert response.headers["Access-Control-Allow-Methods"] == "POST,PATCH,HEAD"
    assert "upload-offset" in response.headers["Access-Control-Allow-Headers"]


async def test_uploads_together_take_no_more_than_a_few_of_the_largest(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_OF_THE_LARGEST", 2)
    headers = {"Upload_Length": "900", **AUTH, **BYTES}
    for _ in range(2):
        assert (await ask(bench, "POST", PATH, b"x" * 800, **headers))[0] == 201
    status, _ = await ask(bench, "POST", PATH, b"x" * 800, **headers)
    assert status == 429
    growing = (bench.incoming / "uploads").glob("*.growing")
    assert sorted(path.stat().st_size for path in growing) == [0, 800, 800]
    assert list(bench.incoming.glob("*.body")) == []
    # What nobody went on with for a day makes room.
    old = time.time() - uploads.KEPT_SECONDS - 5
    for path in (bench.incoming / "uploads").iterdir():
        os.utime(path, (old, old))
    assert (await ask(bench, "POST", PATH, b"x" * 800, **headers))[0] == 201


async def test_a_piece_without_a_length_is_measured_once_it_came(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"x" * 900

    monkeypatch.setattr(uploads, "MOST_OF_THE_LARGEST", 0.5)
    location = await create(bench, Upload_Length="950")
    headers = {name.replace("_", "-"): value for name, value in {"Upload_Offset": "0", **BYTES}.items()}
    async with bench.client.patch(bench.url + location, data=pieces(), headers=headers) as response:
        assert response.status == 429
    assert [path.stat().st_size for path in (bench.incoming / "uploads").glob("*.growing")] == [0]
