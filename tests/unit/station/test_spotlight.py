"""Spotlight's stream: off by default, and then for this machine's own pages only."""

import asyncio
import base64
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import orjson
import pytest

from tests.support.ingest import Bench, envelope, running_bench
from vedette.processing.rules import ProjectRules
from vedette.station.settings import Listening


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with running_bench(tmp_path) as bench:
        bench.listening = Listening(spotlight_reading=True)
        yield bench


async def next_event(response: aiohttp.ClientResponse) -> dict[str, str]:
    fields: dict[str, str] = {}
    async with asyncio.timeout(5):
        while True:
            line = (await response.content.readline()).decode().rstrip("\n")
            if not line and fields:
                return fields
            if line and not line.startswith(":"):
                name, _, value = line.partition(":")
                fields[name] = value


async def test_it_is_off_unless_switched_on(bench: Bench) -> None:
    bench.listening = Listening()
    async with bench.client.get(f"{bench.url}/stream") as response:
        assert response.status == 403


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Host": "evil.example"}]
)
async def test_pages_and_names_from_elsewhere_are_refused(bench: Bench, headers: dict[str, str]) -> None:
    async with bench.client.get(f"{bench.url}/stream", headers=headers) as response:
        assert response.status == 403


async def test_other_machines_are_refused(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vedette.station.spotlight.is_loopback", lambda _: False)
    async with bench.client.get(f"{bench.url}/stream") as response:
        assert response.status == 403


async def test_envelopes_come_as_spotlight_would_send_them(bench: Bench) -> None:
    async with bench.client.get(
        f"{bench.url}/stream", headers={"Origin": "http://localhost:3000"}
    ) as response:
        assert response.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"
        await bench.post("/api/1/envelope/", envelope())
        event = await next_event(response)
    assert event["event"] == "application/x-sentry-envelope"
    header, items = orjson.loads(event["data"])
    assert header["event_id"] == "a" * 32
    assert header["__spotlight_envelope_id"] == event["id"]
    assert header["__spotlight_sender_user_agent"].startswith("Python")
    assert items == [[{"type": "event"}, {"message": "it broke"}]]
    assert event["id"][14] == "7"


async def test_it_can_be_had_in_base64_and_resumed(bench: Bench) -> None:
    await bench.post("/stream", envelope("1" * 32), {})
    await bench.post("/stream", envelope("2" * 32), {})
    async with bench.client.get(f"{bench.url}/stream?base64=1") as response:
        first = await next_event(response)
    assert first["event"] == "application/x-sentry-envelope;base64"
    assert base64.b64decode(first["data"]) == envelope("1" * 32)
    async with bench.client.get(f"{bench.url}/stream", headers={"Last-Event-ID": first["id"]}) as response:
        assert orjson.loads((await next_event(response))["data"])[0]["event_id"] == "2" * 32


async def test_what_is_no_readable_envelope_is_passed_over(bench: Bench) -> None:
    await bench.post("/api/1/envelope/", b'{"event_id":"%s"}\n{"no type":1}\nx\n' % (b"3" * 32))
    await bench.post("/api/1/envelope/", envelope("4" * 32))
    async with bench.client.get(f"{bench.url}/stream") as response:
        assert orjson.loads((await next_event(response))["data"])[0]["event_id"] == "4" * 32


async def test_secrets_stay_here_unless_the_project_lets_them_out(bench: Bench) -> None:
    secret = b'{"event_id":"%s"}\n{"type":"event"}\n{"extra":{"password":"hunter2"}}\n'
    bench.spotlight.learn_rules({"2": ProjectRules(scrub_on_export=False)})
    await bench.post("/api/1/envelope/", secret % (b"5" * 32))
    async with bench.client.get(f"{bench.url}/stream") as response:
        event = await next_event(response)
        assert "[Filtered]" in event["data"]
        assert "hunter2" not in event["data"]
        bench.spotlight.learn_rules({"1": ProjectRules(scrub_on_export=False)})
        await bench.post("/api/1/envelope/", secret % (b"6" * 32))
        assert "hunter2" in (await next_event(response))["data"]
    async with bench.client.get(f"{bench.url}/stream?base64=1") as response:
        assert b"hunter2" not in base64.b64decode((await next_event(response))["data"])
