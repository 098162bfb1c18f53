"""The door for SDKs, both ways in: what is accepted, what is refused and how, and what is recorded of it."""

import base64
import gzip
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import brotli
import orjson
import pytest
import zstandard

from tests.support.ingest import AUTH, KEY, Bench, envelope, running_bench
from vedette.domain.outcomes import Outcome
from vedette.protocol.limits import Limits
from vedette.station.access import KnownKey
from vedette.station.ingest import MOST_WAITING
from vedette.store.errors import DiskFullError, StoreError

EVENT_ID = "a" * 32


@pytest.fixture(params=[True, False], ids=["quick", "full"])
async def bench(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Bench]:
    limits = Limits(wire=3 << 20, body=4 << 20, event=1 << 20)
    async with running_bench(tmp_path, quick=request.param, limits=limits) as bench:
        yield bench


def from_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every request look as if it came from another machine."""
    monkeypatch.setattr("vedette.station.ingest.is_loopback", lambda _: False)
    monkeypatch.setattr("vedette.station.quick.is_loopback", lambda _: False)


@pytest.mark.parametrize("path", ["/api/1/envelope/", "/api/1/envelope", "//api///1//envelope//"])
async def test_an_envelope_is_spooled_as_it_came_and_answered_with_its_id(bench: Bench, path: str) -> None:
    status, response, text = await bench.post(path, envelope())
    assert (status, orjson.loads(text)) == (200, {"id": EVENT_ID})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert bench.spool.entries[0].kind == "envelope"
    assert bench.spool.entries[0].body == envelope()
    meta = bench.metas[0]
    expected = {
        "method": "POST",
        "path": path,
        "endpoint": "envelope",
        "project": "1",
        "key": KEY,
        "status": 200,
    }
    assert {name: meta[name] for name in expected} == expected
    assert meta["client"] == "sentry.python/2.40.0"
    assert (meta["origin"], meta["ip"], meta["event_id"]) == ("loopback", "127.0.0.1", EVENT_ID)


@pytest.mark.parametrize(
    ("name", "encode"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", brotli.compress),
        ("zstd", zstandard.compress),
        ("identity", bytes),
        ("", bytes),
    ],
)
async def test_the_id_is_found_in_every_encoding_and_the_wire_bytes_are_kept(bench, name, encode) -> None:  # type: ignore[no-untyped-def]
    body = encode(envelope())
    status, _, text = await bench.post("/api/1/envelope/", body, {**AUTH, "Content-Encoding": name})
    assert (status, orjson.loads(text)) == (200, {"id": EVENT_ID})
    assert bench.spool.entries[0].body == body
    assert bench.metas[0]["encoding"] == name


async def test_an_envelope_without_an_id_is_answered_with_none(bench: Bench) -> None:
    body = b'{}\n{"type":"session"}\n{"sid":"1"}\n'
    status, _, text = await bench.post("/api/1/envelope/", body)
    assert (status, text) == (200, b"{}")
    assert bench.metas[0]["event_id"] is None


async def test_a_hyphenated_id_is_answered_without_hyphens(bench: Bench) -> None:
    text = "AAAAAAAA-aaaa-aaaa-aaaa-aaaaaaaaaaaa"
    _, _, answer = await bench.post("/api/1/envelope/", envelope(text))
    assert orjson.loads(answer) == {"id": EVENT_ID}


async def test_a_header_longer_than_the_first_look_is_read_to_its_end(bench: Bench) -> None:
    body = gzip.compress(envelope(EVENT_ID, note="x" * 50_000))
    status, _, text = await bench.post("/api/1/envelope/", body, {**AUTH, "Content-Encoding": "gzip"})
    assert (status, orjson.loads(text)) == (200, {"id": EVENT_ID})


async def test_an_envelope_that_is_only_a_header_is_accepted(bench: Bench) -> None:
    status, _, text = await bench.post("/api/1/envelope/", b'{"event_id":"%s"}' % EVENT_ID.encode())
    assert (status, orjson.loads(text)) == (200, {"id": EVENT_ID})


async def test_a_chunked_body_of_unknown_length_is_accepted(bench: Bench) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield envelope()[:20]
        yield envelope()[20:]

    async with bench.client.post(f"{bench.url}/api/1/envelope/", data=pieces(), headers=AUTH) as response:
        assert response.status == 200
    assert bench.spool.entries[0].body == envelope()


async def test_the_same_connection_serves_one_request_after_the_other_whichever_way_they_go(
    bench: Bench,
) -> None:
    for number in range(6):
        event_id = f"{number:032x}"
        body = envelope(event_id)
        path = "/api/1/envelope/" if number % 3 else "/api/1/envelope"
        _, _, text = await bench.post(path, body)
        assert orjson.loads(text) == {"id": event_id}
    status, _, _ = await bench.post("/nowhere", b"")
    assert status == 404
    status, _, _ = await bench.post("/api/1/envelope/", envelope())
    assert status == 200
    assert [meta["status"] for meta in bench.metas] == [200] * 6 + [404, 200]


# ---------------------------------------------------------------- who may send


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ({"X-Sentry-Auth": f"Sentry sentry_key={KEY}"}, ""),
        ({"Authorization": f"Sentry sentry_key={KEY}"}, ""),
        ({"Authorization": "Basic " + base64.b64encode(f"{KEY}:".encode()).decode()}, ""),
        ({}, f"?sentry_key={KEY}&sentry_version=7&sentry_client=sentry.javascript.browser%2F8.0.0"),
    ],
    ids=["header", "authorization", "basic", "query"],
)
async def test_credentials_are_taken_from_where_sdks_put_them(bench: Bench, headers, query) -> None:  # type: ignore[no-untyped-def]
    status, _, _ = await bench.post(f"/api/1/envelope/{query}", envelope(), headers)
    assert status == 200
    assert bench.metas[0]["key"] == KEY
    assert "?" not in bench.metas[0]["path"]


async def test_credentials_in_the_envelope_header_are_enough(bench: Bench) -> None:
    body = envelope(dsn=f"http://{KEY}@127.0.0.1:8969/1")
    status, _, _ = await bench.post("/api/1/envelope/", body, {})
    assert status == 200
    assert bench.metas[0]["key"] == KEY


@pytest.mark.parametrize("dsn", [f"http://{KEY}@h/2", f"http://{'b' * 32}@h/1"], ids=["project", "key"])
async def test_a_header_dsn_that_names_another_project_or_key_is_refused(bench: Bench, dsn: str) -> None:
    status, _, text = await bench.post("/api/1/envelope/", envelope(dsn=dsn))
    assert status == 400
    assert orjson.loads(text)["causes"] == ["project_mismatch"]


async def test_a_header_dsn_that_agrees_is_accepted(bench: Bench) -> None:
    status, _, _ = await bench.post("/api/1/envelope/", envelope(dsn=f"http://{KEY}@h:1/p/1"))
    assert status == 200


@pytest.mark.parametrize(
    ("headers", "status", "reason"),
    [
        ({}, 401, "missing_auth"),
        ({**AUTH, "Authorization": f"Sentry sentry_key={KEY}"}, 401, "multiple_auth"),
        ({"X-Sentry-Auth": "nonsense"}, 401, "bad_auth"),
        ({"X-Sentry-Auth": "Sentry sentry_key=no/key"}, 400, "bad_key"),
        ({"X-Sentry-Auth": f"Sentry sentry_key={KEY}, sentry_version=8"}, 400, "bad_version"),
        ({**AUTH, "Content-Encoding": "snappy"}, 415, "unsupported_encoding"),
    ],
)
async def test_what_is_wrong_with_the_headers_is_told_and_recorded_with_the_body(
    bench: Bench, headers: dict[str, str], status: int, reason: str
) -> None:
    got, response, text = await bench.post("/api/1/envelope/", envelope(), headers)
    answer = orjson.loads(text)
    assert (got, answer["causes"]) == (status, [reason])
    assert response.headers["X-Sentry-Error"] == answer["detail"]
    entry, meta = bench.spool.entries[0], bench.metas[0]
    assert (entry.kind, entry.body) == ("refused", envelope())
    assert (meta["status"], meta["reason"], meta["outcome"]) == (status, reason, Outcome.REFUSED)


async def test_a_key_nobody_knows_is_accepted_from_this_machine(bench: Bench) -> None:
    bench.keys.learn_keys([KnownKey("c" * 32, 1, "desk")])
    status, _, _ = await bench.post("/api/77/envelope/", envelope())
    assert status == 200


async def test_from_the_network_only_known_keys_may_send_and_others_are_kept_for_adoption(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_the_network(monkeypatch)
    bench.keys.learn_keys([KnownKey(KEY, 1, "desk")])
    assert (await bench.post("/api/1/envelope/", envelope()))[0] == 200
    assert (await bench.post("/api/desk/envelope/", envelope()))[0] == 200
    assert (await bench.post("/api/2/envelope/", envelope()))[0] == 401
    other = {"X-Sentry-Auth": f"Sentry sentry_key={'d' * 32}"}
    assert (await bench.post("/api/1/envelope/", envelope(), other))[0] == 401
    assert [entry.kind for entry in bench.spool.entries] == ["envelope", "envelope", "refused", "refused"]
    assert bench.metas[3]["reason"] == "unknown_key"
    assert bench.metas[3]["origin"] == "lan"
    assert bench.metas[3]["key"] == "d" * 32
    assert bench.spool.entries[3].body == envelope()


async def test_a_key_that_was_switched_off_is_refused_even_from_this_machine(bench: Bench) -> None:
    assert (await bench.post("/api/1/envelope/", envelope()))[0] == 200
    bench.keys.learn_keys([KnownKey(KEY, 1, "desk", active=False)])
    assert (await bench.post("/api/1/envelope/", envelope()))[0] == 401


async def test_a_blocked_sender_is_refused_with_403_and_without_its_body(bench: Bench) -> None:
    bench.keys.learn_blocked([("127.0.0.1", "sentry.python/2.40.0")])
    status, _, text = await bench.post("/api/1/envelope/", envelope())
    assert (status, orjson.loads(text)["causes"]) == (403, ["blocked_sender"])
    assert bench.spool.entries[0].body is None
    assert (await bench.post("/api/1/envelope/", envelope(), {"X-Sentry-Auth": f"Sentry sentry_key={KEY}"}))[
        0
    ] == 200


# ---------------------------------------------------------------- bodies


@pytest.mark.parametrize(
    ("body", "encoding", "status", "reason"),
    [
        (b"", "", 400, "empty_body"),
        (b"{not json\n{}\n", "", 400, "bad_envelope"),
        (b"[]\n{}\n", "", 400, "bad_envelope"),
        (b'{"event_id":"xyz"}\n', "", 400, "bad_envelope"),
        (b'{"dsn":5}\n', "", 400, "bad_envelope"),
        (b"plain", "gzip", 400, "bad_encoding"),
        (gzip.compress(envelope())[:40], "gzip", 400, "bad_encoding"),
        (b"x" * (3 << 20) + b"y", "", 413, "too_large"),
        (gzip.compress(b"{}\n" + b" " * (5 << 20), 9), "gzip", 413, "too_large"),
        (brotli.compress(b"{}\n" + b" " * (5 << 20)), "br", 413, "too_large"),
        (zstandard.compress(b"{}\n" + b" " * (5 << 20)), "zstd", 413, "too_large"),
    ],
    ids=range(11),
)
async def test_a_bad_body_is_refused_with_its_reason(bench, body, encoding, status, reason) -> None:  # type: ignore[no-untyped-def]
    got, _, text = await bench.post("/api/1/envelope/", body, {**AUTH, "Content-Encoding": encoding})
    assert (got, orjson.loads(text)["causes"]) == (status, [reason])
    assert bench.metas[0]["reason"] == reason
    assert list(bench.incoming.iterdir()) == []


async def test_random_bytes_never_break_the_door(bench: Bench) -> None:
    import random

    chance = random.Random(7)
    for encoding in ("", "gzip", "deflate", "br", "zstd") * 8:
        body = chance.randbytes(chance.randrange(1, 3000))
        status, _, _ = await bench.post("/api/1/envelope/", body, {**AUTH, "Content-Encoding": encoding})
        assert status in (200, 400)


async def test_a_body_over_a_megabyte_lies_in_a_file_under_the_name_in_its_entry(bench: Bench) -> None:
    body = envelope() + b"x" * (2 << 20)
    status, _, text = await bench.post("/api/1/envelope/", body)
    assert (status, orjson.loads(text)) == (200, {"id": EVENT_ID})
    entry = bench.spool.entries[0]
    assert entry.body is None
    assert entry.file is not None
    assert (bench.incoming / entry.file).read_bytes() == body


# ---------------------------------------------------------------- trouble of the machine


async def test_a_full_disk_is_answered_429_with_the_headers_sdks_know(bench: Bench) -> None:
    bench.spool.failure = DiskFullError("full")
    status, response, text = await bench.post("/api/1/envelope/", envelope())
    assert (status, orjson.loads(text)["causes"]) == (429, ["disk_full"])
    assert int(response.headers["Retry-After"]) > 0
    assert response.headers["X-Sentry-Rate-Limits"].endswith("::organization:disk_full")
    bench.spool.failure = None
    assert (await bench.post("/api/1/envelope/", envelope()))[0] == 200


async def test_a_guarded_disk_refuses_before_the_spool_is_touched(bench: Bench) -> None:
    bench.full = True
    status, _, _ = await bench.post("/api/1/envelope/", envelope())
    assert status == 429
    assert [entry.kind for entry in bench.spool.entries] == ["refused"]


async def test_a_spool_that_fails_is_answered_503_so_that_the_sender_keeps_its_envelope(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.spool.failure = StoreError("the database is damaged")
    status, response, _ = await bench.post("/api/1/envelope/", envelope() + b"x" * (2 << 20))
    assert status == 503
    assert response.headers["Retry-After"]
    assert list(bench.incoming.iterdir()) == []
    assert "damaged" in caplog.text


async def test_while_too_much_waits_for_the_disk_senders_are_told_to_come_back(bench: Bench) -> None:
    bench.spooler.waiting_bytes += MOST_WAITING + 1
    status, response, text = await bench.post("/api/1/envelope/", envelope())
    assert (status, orjson.loads(text)["detail"]) == (503, "too much waits for the disk; try again soon")
    assert response.headers["Retry-After"]
    assert bench.metas[0]["reason"] == "queue_full"
    bench.spooler.waiting_bytes -= MOST_WAITING + 1
    assert (await bench.post("/api/1/envelope/", envelope()))[0] == 200


# ---------------------------------------------------------------- other endpoints


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"event_id":"%s","message":"x"}' % EVENT_ID.encode(), "application/json"),
        (base64.b64encode(b'{"event_id":"%s"}' % EVENT_ID.encode()), "application/octet-stream"),
        (
            base64.b64encode(zlib.compress(b'{"event_id":"%s"}' % EVENT_ID.encode())),
            "application/octet-stream",
        ),
    ],
)
@pytest.mark.parametrize("path", ["/api/1/store/", "/api/store/"])
async def test_old_store_bodies_are_accepted_as_they_came(bench, path, body, content_type) -> None:  # type: ignore[no-untyped-def]
    status, _, text = await bench.post(path, body, {**AUTH, "Content-Type": content_type})
    assert (status, orjson.loads(text)) == (200, {"id": EVENT_ID})
    assert bench.spool.entries[0].body == body
    assert bench.metas[0]["endpoint"] == "store"
    assert bench.metas[0]["event_id"] == EVENT_ID


async def test_a_store_event_without_an_id_is_given_one(bench: Bench) -> None:
    _, _, text = await bench.post("/api/1/store/", b'{"message":"x"}' + b" " * 20_000)
    assert bench.metas[0]["event_id"] == orjson.loads(text)["id"]
    assert len(bench.metas[0]["event_id"]) == 32


async def test_a_store_body_that_is_an_envelope_is_taken_as_one(bench: Bench) -> None:
    headers = {**AUTH, "Content-Type": "application/x-sentry-envelope"}
    await bench.post("/api/1/store/", envelope(), headers)
    assert bench.metas[0]["endpoint"] == "envelope"


async def test_a_get_with_an_event_in_its_query_is_answered_with_a_pixel(bench: Bench) -> None:
    data = base64.b64encode(b'{"message":"from an image"}').decode()
    query = {"sentry_key": KEY, "sentry_version": "4", "sentry_data": data}
    async with bench.client.get(f"{bench.url}/api/1/store/", params=query) as response:
        assert (response.status, response.content_type) == (200, "image/gif")
        assert (await response.read()).startswith(b"GIF89a")
    assert bench.spool.entries[0].body == data.encode()
    assert bench.metas[0]["method"] == "GET"


async def test_a_broken_store_body_is_refused(bench: Bench) -> None:
    status, _, text = await bench.post("/api/1/store/", b"{broken")
    assert (status, orjson.loads(text)["causes"]) == (400, ["bad_json"])


async def test_spotlights_senders_need_no_key_and_their_dsn_names_the_project(bench: Bench) -> None:
    assert (await bench.post("/stream", envelope(), {}))[0] == 200
    assert (await bench.post("/stream", envelope(dsn=f"http://{KEY}@h/5"), {}))[0] == 200
    assert (await bench.post("/stream/", envelope(dsn="not a dsn"), {}))[0] == 200
    assert [(meta["project"], meta["key"]) for meta in bench.metas] == [("1", None), ("5", KEY), ("1", None)]


async def test_spotlights_senders_on_the_network_need_a_known_key(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_the_network(monkeypatch)
    bench.keys.learn_keys([KnownKey(KEY, 5, "shop")])
    assert (await bench.post("/stream", envelope(), {}))[0] == 401
    assert (await bench.post("/stream", envelope(dsn=f"http://{KEY}@h/5"), {}))[0] == 200


@pytest.mark.parametrize(
    "path", ["/api/1/envelope/", "/api/1/store/", "/api/1/minidump/", "/stream", "/api/1/security/"]
)
async def test_a_preflight_is_answered_without_credentials_and_not_recorded(bench: Bench, path: str) -> None:
    headers = {"Origin": "https://shop.example", "Access-Control-Request-Method": "POST"}
    async with bench.client.options(bench.url + path, headers=headers) as response:
        assert response.status == 204
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "x-sentry-auth" in response.headers["Access-Control-Allow-Headers"]
        assert response.headers["Access-Control-Allow-Private-Network"] == "true"
        assert response.headers["Access-Control-Max-Age"] == "3600"
    assert bench.spool.entries == []


@pytest.mark.parametrize("path", ["/", "/favicon.ico", "/api/1/", "/api/1/nothing/", "/api/%2e%2e/x"])
async def test_other_paths_are_404_and_recorded_as_no_ingest(bench: Bench, path: str) -> None:
    status, _, _ = await bench.post(path, b"")
    assert status == 404
    assert bench.metas[0]["outcome"] == Outcome.NOT_INGEST


async def test_a_wrong_method_is_405(bench: Bench) -> None:
    async with bench.client.put(f"{bench.url}/api/1/envelope/", data=b"x", headers=AUTH) as response:
        assert response.status == 405


async def test_a_project_that_can_be_none_is_refused(bench: Bench) -> None:
    status, _, text = await bench.post("/api/a%20b/envelope/", envelope())
    assert (status, orjson.loads(text)["causes"]) == (400, ["bad_project"])


async def test_what_is_not_loaded_yet_is_answered_503(bench: Bench) -> None:
    async with bench.client.get(f"{bench.url}/api/0/organizations/") as response:
        assert (response.status, response.headers["Retry-After"]) == (503, "1")
