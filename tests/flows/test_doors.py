"""Senders without an SDK at a real station: what they post is found where its kind is shown."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson

from tests.support.station import StationProcess, running_station, wait_until
from vedette.domain.workspace import Workspace

REPORTS = Path(__file__).parents[1] / "data" / "reports"
AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
)


def post(station: StationProcess, path: str, body: bytes, content_type: str, **headers: str) -> int:
    """Post as a browser or tool does, with the key in the address; returns the status."""
    said = {"Content_Type": content_type, "User_Agent": AGENT, **headers}
    return station.request("POST", path, body, **said)[0]


def issues(station: StationProcess) -> dict[str, dict[str, Any]]:
    station.wait_digested()
    return {issue["title"]: issue for issue in station.api("organizations/desk/issues/")}


def test_what_browsers_report_becomes_issues_and_is_shown(workspace: Workspace) -> None:
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        query = urlencode({"sentry_key": station.key, "sentry_release": "web@1", "sentry_environment": "qa"})
        for path in sorted(REPORTS.glob("csp-*.json")):
            assert (
                post(station, f"/api/1/security/?{query}", path.read_bytes(), "application/csp-report") == 200
            )
        found = issues(station)
        assert "Blocked style attribute from 'inline:'" in found
        issue = found["Blocked 'script' from 'inline:'"]
        assert issue["type"] == "csp"
        event = station.api(f"organizations/desk/issues/{issue['id']}/events/latest/")
        tags = {tag["key"]: tag["value"] for tag in event["tags"]}
        assert (tags["environment"], tags["release"]) == ("qa", "web@1")
        assert tags["browser.name"] == "Chrome"
        assert tags["effective-directive"] == "script-src-elem"
        reports = [
            {"type": "network-error", "age": 1, "url": "https://a.example/", "body": {"type": "tcp.refused"}},
            {"type": "deprecation", "url": "https://a.example/", "body": {"id": "unload"}},
        ]
        status = post(station, f"/api/1/nel/?{query}", orjson.dumps(reports), "application/reports+json")
        assert status == 200
        station.wait_digested()
        request = station.api("requests/")[0]
        items = station.api(f"requests/{request['id']}/")["items"]
        assert [item["kind"] for item in items] == ["nel", "browser_report", "log"]
        assert items[1]["detail"] == "a deprecation report of https://a.example/"


def test_feedback_cron_logs_and_tunnels_need_no_sdk(workspace: Workspace) -> None:
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        tunnelled = orjson.dumps({"event_id": "a" * 32, "dsn": station.dsn})
        body = tunnelled + b'\n{"type":"event"}\n{"message":"through a tunnel"}\n'
        assert post(station, "/t", body, "text/plain;charset=UTF-8") == 200
        assert "through a tunnel" in issues(station)
        form = urlencode({"name": "Ada", "email": "ada@shop.example", "comments": "It broke at the till"})
        query = urlencode({"dsn": station.dsn, "eventId": "a" * 32})
        kind = "application/x-www-form-urlencoded"
        assert post(station, f"/api/embed/error-page/?{query}", form.encode(), kind) == 200
        job = f"/api/1/cron/backup/{station.key}"
        schedule = {"schedule": {"type": "crontab", "value": "0 3 * * *"}}
        begun = orjson.dumps({"status": "in_progress", "monitor_config": schedule})
        assert post(station, job, begun, "application/json") == 202
        assert station.request("GET", f"{job}?status=ok")[0] == 202
        entry = {"message": "GET /cart 500", "level": "error", "timestamp": 1_800_000_000_000}
        drain = f"/api/1/integration/vercel/logs?sentry_key={station.key}"
        assert post(station, drain, orjson.dumps([entry]), "application/json") == 202
        station.wait_digested()
        requests = station.api("requests/")
        assert [request for request in requests if request["outcome"] != "stored"] == []
        kinds = {
            item["kind"]
            for request in requests
            for item in station.api(f"requests/{request['id']}/")["items"]
        }
        assert kinds == {"event", "user_report", "check_in", "log"}
        reports = station.api("projects/desk/desk/user-feedback/")
        assert [report["comments"] for report in reports] == ["It broke at the till"]


def test_a_refused_check_in_is_taken_again_though_its_address_is_all_of_it(workspace: Workspace) -> None:
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        (key,) = station.api("projects/desk/desk/keys/")
        switch = f"projects/desk/desk/keys/{key['id']}/"
        station.api(switch, "PUT", {"isActive": False})
        path = f"/api/1/cron/backup/{station.key}?status=ok"
        wait_until(lambda: station.request("GET", path)[0] == 401, "the key is off")
        station.wait_digested()
        (row,) = [one for one in station.api("requests/") if one["outcome"] == "refused"]
        assert row["path"] == path
        station.api(switch, "PUT", {"isActive": True})
        station.api(f"requests/{row['id']}/parse/", "POST")
        items = station.api(f"requests/{row['id']}/")["items"]
        assert [item["kind"] for item in items] == ["check_in"]


def test_an_attachment_in_pieces_is_stored_whole(workspace: Workspace) -> None:
    content = b"0123456789" * 50_000
    auth = {"X_Sentry_Auth": "Sentry sentry_key={}, sentry_version=7"}
    kind = {"Content_Type": "application/offset+octet-stream"}
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        auth["X_Sentry_Auth"] = auth["X_Sentry_Auth"].format(station.key)
        length = {"Upload_Length": str(len(content))}
        status, headers, _ = station.request("POST", "/api/1/upload/", b"", **auth, **length)
        assert status == 201
        location = headers["location"]
        half = len(content) // 2
        for start in (0, half):
            piece = content[start : start + half]
            status, _, _ = station.request("PATCH", location, piece, **kind, Upload_Offset=str(start))
            assert status == 204
        reference = orjson.dumps({"location": location, "content_type": "application/x-core"})
        header = {
            "type": "attachment",
            "filename": "core",
            "content_type": "application/vnd.sentry.attachment-ref+json",
            "length": len(reference),
        }
        lines = (b'{"event_id":"%s"}' % (b"c" * 32), orjson.dumps(header), reference)
        event = (b'{"type":"event"}', b'{"message":"with a core"}')
        assert station.post(b"\n".join(lines + event)) == 200
        station.wait_digested()
        path = f"projects/desk/desk/events/{'c' * 32}/attachments/"
        (row,) = station.api(path)
        assert (row["name"], row["mimetype"], row["size"]) == ("core", "application/x-core", len(content))
        bearer = {"Authorization": f"Bearer {station.token}"}
        _, _, back = station.request("GET", f"/api/0/{path}{row['id']}/?download=1", **bearer)
        assert back == content
        assert list(workspace.uploads.iterdir()) == []
