"""The doors beside the envelope's: what each takes, what is noted of it, and how it answers."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

import orjson
import pytest

from tests.support.ingest import AUTH, KEY, Bench, envelope, running_bench
from vedette.domain.json import JsonObject
from vedette.domain.outcomes import Outcome
from vedette.protocol.limits import Limits
from vedette.station.access import KnownKey

EVENT_ID = "a" * 32
JSON = {**AUTH, "Content-Type": "application/json"}
PROTOBUF = {**AUTH, "Content-Type": "application/x-protobuf"}
CSP = {"Content-Type": "application/csp-report"}


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with running_bench(tmp_path) as bench:
        yield bench


def noted(bench: Bench, *names: str) -> JsonObject:
    return {name: bench.metas[-1].get(name) for name in names}


# ---------------------------------------------------------------- browser reports


@pytest.mark.parametrize("path", ["/api/1/security/", "/api/1/csp-report/", "/api/1/security"])
async def test_a_security_report_is_taken_with_its_query(bench: Bench, path: str) -> None:
    query = f"sentry_key={KEY}&sentry_release=web%2B1&sentry_environment=live"
    status, response, text = await bench.post(f"{path}?{query}", b'{"csp-report":{}}', CSP)
    assert (status, text) == (200, b"")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert noted(bench, "endpoint", "key", "query", "project") == {
        "endpoint": "security",
        "key": KEY,
        "query": query,
        "project": "1",
    }
    assert bench.spool.entries[0].body == b'{"csp-report":{}}'


@pytest.mark.parametrize("path", ["/api/1/security/", "/api/1/nel/"])
async def test_a_report_of_another_type_is_415_and_kept(bench: Bench, path: str) -> None:
    status, _, text = await bench.post(path, b"{}", {**AUTH, "Content-Type": "text/plain"})
    assert (status, orjson.loads(text)["causes"]) == (415, ["unsupported_media_type"])
    assert bench.metas[0]["outcome"] == Outcome.REFUSED


async def test_a_report_without_a_body_is_400(bench: Bench) -> None:
    assert (await bench.post("/api/1/security/", b"", JSON))[0] == 400


async def test_a_network_error_report_is_taken(bench: Bench) -> None:
    headers = {"Content-Type": "application/reports+json; charset=utf-8"}
    status, _, text = await bench.post(f"/api/1/nel/?sentry_key={KEY}", b"[]", headers)
    assert (status, text) == (200, b"")
    assert noted(bench, "endpoint", "key") == {"endpoint": "nel", "key": KEY}


# ---------------------------------------------------------------- crashes


@pytest.mark.parametrize(
    ("path", "endpoint"),
    [
        (f"/api/1/minidump/?sentry_key={KEY}", "minidump"),
        (f"/api/1/minidump?sentry_key={KEY}", "minidump"),
        (f"/api/1/unreal/{KEY}/?UserID=a%7Cb%7Cc", "unreal"),
        (f"/api/1/playstation/?sentry_key={KEY}", "playstation"),
    ],
)
async def test_a_crash_is_answered_with_the_id_it_will_have(bench: Bench, path: str, endpoint: str) -> None:
    headers = {"Content-Type": "application/octet-stream"}
    status, response, text = await bench.post(path, b"MDMP", headers)
    assert (status, response.content_type) == (200, "text/plain")
    assert str(UUID(text.decode())) == text.decode()
    assert noted(bench, "endpoint", "key", "event_id", "query") == {
        "endpoint": endpoint,
        "key": KEY,
        "event_id": UUID(text.decode()).hex,
        "query": path.partition("?")[2],
    }


async def test_a_crash_that_has_an_id_already_keeps_it(bench: Bench) -> None:
    form = (
        b'--b\r\nContent-Disposition: form-data; name="upload_file_minidump"; filename="a"\r\n\r\nMDMP\r\n'
        b'--b\r\nContent-Disposition: form-data; name="sentry[event_id]"\r\n\r\n%s\r\n--b--\r\n'
    ) % EVENT_ID.encode()
    headers = {**AUTH, "Content-Type": "multipart/form-data; boundary=b"}
    for body, more in ((form, {}), (gzip.compress(form), {"Content-Encoding": "gzip"})):
        _, _, text = await bench.post("/api/1/minidump/", body, {**headers, **more})
        assert text.decode() == str(UUID(EVENT_ID))
        assert bench.metas[-1]["event_id"] == EVENT_ID
    status, _, text = await bench.post("/api/1/minidump/", b"no form", headers)
    assert (status, len(text)) == (200, 36)


async def test_a_console_that_asks_what_to_send_is_told(bench: Bench) -> None:
    headers = {**AUTH, "Content-Type": "application/vnd.sce.crs.datareq-request+json"}
    _, _, text = await bench.post("/api/1/playstation/", b"{}", headers)
    assert orjson.loads(text) == {"parts": {"upload": ["corefile", "screenshot"]}}
    assert bench.spool.entries == []


@pytest.mark.parametrize("path", ["/api/1/minidump/", f"/api/1/unreal/{KEY}/", "/api/1/nel/"])
async def test_who_does_not_understand_429_is_answered_503_while_the_disk_is_full(
    bench: Bench, path: str
) -> None:
    bench.full = True
    status, response, _ = await bench.post(path, b"MDMP", JSON if KEY not in path else CSP)
    assert status == 503
    assert response.headers["Retry-After"]
    assert bench.metas[0]["reason"] == "disk_full"


async def test_attachments_are_for_the_event_the_path_names(bench: Bench) -> None:
    hyphened = str(UUID(EVENT_ID)).upper()
    status, _, text = await bench.post(f"/api/1/events/{hyphened}/attachments/", b"--x")
    assert (status, text) == (201, b"")
    assert noted(bench, "endpoint", "event_id") == {"endpoint": "attachments", "event_id": EVENT_ID}


async def test_attachments_for_no_event_are_400(bench: Bench) -> None:
    status, _, text = await bench.post("/api/1/events/latest/attachments/", b"--x")
    assert (status, orjson.loads(text)["causes"]) == (400, ["bad_event_id"])


# ---------------------------------------------------------------- cron


async def test_a_check_in_needs_no_more_than_an_address(bench: Bench) -> None:
    url = f"{bench.url}/api/1/cron/nightly/{KEY}?status=ok"
    async with bench.client.get(url) as response:
        assert (response.status, await response.read()) == (202, b"")
    await bench.settled()
    assert noted(bench, "endpoint", "slug", "key", "query", "method") == {
        "endpoint": "cron",
        "slug": "nightly",
        "key": KEY,
        "query": "status=ok",
        "method": "GET",
    }
    assert bench.spool.entries[0].body == b""


async def test_a_check_in_can_be_posted_with_a_key_in_its_query(bench: Bench) -> None:
    path = f"/api/1/cron/nightly/?sentry_key={KEY}&status=in_progress"
    assert (await bench.post(path, b"", {}))[0] == 202
    assert noted(bench, "slug", "key") == {"slug": "nightly", "key": KEY}


@pytest.mark.parametrize("query", ["", "?status=fine", "?status=ok&duration=x"])
async def test_a_check_in_that_can_be_none_is_400_and_shown(bench: Bench, query: str) -> None:
    status, _, text = await bench.post(f"/api/1/cron/nightly/{KEY}{query}", b"", {})
    assert (status, orjson.loads(text)["causes"]) == (400, ["bad_check_in"])
    assert bench.metas[0]["outcome"] == Outcome.REFUSED
    assert bench.metas[0]["slug"] == "nightly"


async def test_a_posted_check_in_is_read_before_it_is_taken(bench: Bench) -> None:
    path = f"/api/1/cron/nightly/{KEY}"
    headers = {"Content-Type": "application/json"}
    assert (await bench.post(path, b'{"status":"ok"}', headers))[0] == 202
    packed = gzip.compress(b'{"status":"ok"}')
    assert (await bench.post(path, packed, {**headers, "Content-Encoding": "gzip"}))[0] == 202
    assert (await bench.post(path, b"{", headers))[0] == 400
    assert (await bench.post(path, b" " * (101 << 10), headers))[0] == 413


# ---------------------------------------------------------------- feedback

DSN = f"http://{KEY}@127.0.0.1/5"
FORM = {"name": "Ada", "email": "ada@shop.example", "comments": "It broke"}


async def test_a_form_goes_by_the_dsn_in_its_query(bench: Bench) -> None:
    query = urlencode({"dsn": DSN, "eventId": EVENT_ID})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://shop.example"}
    path = f"/api/embed/error-page/?{query}"
    status, response, text = await bench.post(path, urlencode(FORM).encode(), headers)
    assert status == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert orjson.loads(text)["eventID"] == EVENT_ID
    assert noted(bench, "endpoint", "project", "key", "event_id") == {
        "endpoint": "feedback",
        "project": "5",
        "key": KEY,
        "event_id": EVENT_ID,
    }


async def test_feedback_over_the_web_api_with_a_dsn(bench: Bench) -> None:
    headers = {"Authorization": f"DSN {DSN}", "Content-Type": "application/json"}
    body = orjson.dumps({"event_id": EVENT_ID, **FORM})
    status, _, text = await bench.post("/api/0/projects/desk/shop/user-feedback/", body, headers)
    assert status == 200
    said = orjson.loads(text)
    assert {name: said[name] for name in FORM} == FORM
    assert said["dateCreated"].endswith("Z")
    assert noted(bench, "endpoint", "project", "key") == {
        "endpoint": "feedback",
        "project": "shop",
        "key": KEY,
    }


async def test_feedback_with_a_token_is_the_web_apis(bench: Bench) -> None:
    headers = {"Authorization": "Bearer x", "Content-Type": "application/json"}
    status, _, _ = await bench.post("/api/0/projects/desk/shop/user-feedback/", b"{}", headers)
    assert status == 503  # it is not joined to the bench
    assert bench.spool.entries == []


@pytest.mark.parametrize(
    ("query", "status"),
    [({"eventId": EVENT_ID}, 401), ({"dsn": "x", "eventId": EVENT_ID}, 401), ({"dsn": DSN}, 400)],
)
async def test_a_form_without_a_dsn_or_an_event_is_refused(
    bench: Bench, query: dict[str, str], status: int
) -> None:
    path = f"/api/embed/error-page/?{urlencode(query)}"
    assert (await bench.post(path, urlencode(FORM).encode(), {}))[0] == status
    assert bench.metas[0]["outcome"] == Outcome.REFUSED


# ---------------------------------------------------------------- OTLP


@pytest.mark.parametrize("signal", ["traces", "logs", "metrics"])
@pytest.mark.parametrize("base", ["/api/1/integration/otlp", ""])
async def test_otlp_is_answered_in_its_own_encoding(bench: Bench, base: str, signal: str) -> None:
    status, response, text = await bench.post(f"{base}/v1/{signal}", b"\x0a\x00", PROTOBUF)
    assert (status, response.content_type, text) == (200, "application/x-protobuf", b"")
    status, response, text = await bench.post(f"{base}/v1/{signal}/", b"{}", JSON)
    assert (status, response.content_type, text) == (200, "application/json", b"{}")
    assert noted(bench, "endpoint", "key", "project") == {
        "endpoint": f"otlp_{signal}",
        "key": KEY,
        "project": "1" if base else None,
    }


async def test_an_exporter_of_this_machine_needs_no_key(bench: Bench) -> None:
    headers = {"Content-Type": "application/json"}
    assert (await bench.post("/v1/traces", b"{}", headers))[0] == 200
    assert noted(bench, "key", "project") == {"key": None, "project": None}
    # Where the path names a project, its key is asked for.
    assert (await bench.post("/api/1/integration/otlp/v1/traces", b"{}", headers))[0] == 401


async def test_an_exporter_on_the_network_needs_a_known_key(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vedette.station.ingest.is_loopback", lambda _: False)
    assert (await bench.post("/v1/logs", b"{}", {"Content-Type": "application/json"}))[0] == 401
    assert (await bench.post("/v1/logs", b"{}", JSON))[0] == 401
    bench.keys.learn_keys([KnownKey(KEY, 5, "shop")])
    assert (await bench.post("/v1/logs", b"{}", JSON))[0] == 200


async def test_otlp_is_refused_with_an_rpc_status(bench: Bench) -> None:
    status, response, text = await bench.post("/v1/traces", b"x", {"Content-Type": "text/plain"})
    assert (status, response.content_type) == (415, "application/json")
    assert orjson.loads(text)["code"] == 3
    bench.full = True
    status, response, text = await bench.post("/v1/traces", b"x", PROTOBUF)
    assert (status, response.content_type) == (429, "application/x-protobuf")
    # Field 1, a varint: RESOURCE_EXHAUSTED; field 2, a string.
    assert text[:3] == b"\x08\x08\x12"
    assert b"nearly full" in text[4:]
    assert text[3] == len(text) - 4
    assert response.headers["Retry-After"]


async def test_logs_of_vercel_are_taken(bench: Bench) -> None:
    assert (await bench.post("/api/1/integration/vercel/logs", b"[]", JSON))[0] == 202
    assert noted(bench, "endpoint") == {"endpoint": "vercel"}


# ---------------------------------------------------------------- tunnels


@pytest.mark.parametrize("path", ["/t", "/t/", "/tunnel", f"/t/{KEY}", f"/t/{KEY}/"])
async def test_a_tunnel_goes_by_the_dsn_in_the_envelope(bench: Bench, path: str) -> None:
    status, _, text = await bench.post(path, envelope(dsn=f"http://{KEY}@h/5"), {})
    assert (status, orjson.loads(text)) == (200, {"id": EVENT_ID})
    assert noted(bench, "endpoint", "project", "key") == {"endpoint": "stream", "project": "5", "key": KEY}


async def test_a_tunnel_with_a_key_goes_to_its_project(bench: Bench) -> None:
    assert (await bench.post(f"/t/{KEY}", envelope(), {}))[0] == 200
    assert noted(bench, "project", "key") == {"project": None, "key": KEY}


async def test_a_tunnel_with_one_key_takes_no_envelope_for_another(bench: Bench) -> None:
    status, _, text = await bench.post("/t/other", envelope(dsn=f"http://{KEY}@h/5"), {})
    assert (status, orjson.loads(text)["causes"]) == (400, ["project_mismatch"])


@pytest.mark.parametrize("path", ["/api/1/cron/nightly/", "/v1/traces", "/t", "/api/1/nel/"])
async def test_a_preflight_names_the_methods(bench: Bench, path: str) -> None:
    async with bench.client.options(bench.url + path, headers={"Origin": "https://a.example"}) as response:
        assert response.status == 204
        methods = response.headers["Access-Control-Allow-Methods"].split(",")
        assert methods == (["POST", "GET"] if "cron" in path else ["POST"])


async def test_a_method_a_door_does_not_take_is_405(bench: Bench) -> None:
    async with bench.client.get(f"{bench.url}/api/1/minidump/", headers=AUTH) as response:
        assert response.status == 405


async def test_other_limits_hold_at_once(bench: Bench) -> None:
    assert (await bench.post("/api/1/envelope/", envelope()))[0] == 200
    bench.ingest.use_limits(Limits(wire=20, body=20, check_in=10))
    status, _, text = await bench.post("/api/1/envelope/", envelope())
    assert (status, orjson.loads(text)["causes"]) == (413, ["too_large"])
    assert (await bench.post(f"/api/1/cron/a/{KEY}", b'{"status":"ok"}', {}))[0] == 413
