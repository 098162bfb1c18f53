"""A crash reporter's form posted to a real station: an issue that names the crash, and its files."""

import http.client
from pathlib import Path
from uuid import UUID

import pytest

from tests.support.corpus import CHOSEN, requests, send
from tests.support.station import StationProcess, running_station
from vedette.domain.workspace import Workspace

DUMP = Path(__file__).parents[1] / "data" / "crashes" / "crash_linux.dmp"


def post_form(station: StationProcess, path: str, name: str, file: str, data: bytes) -> tuple[int, str]:
    head = f'--xx\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'
    body = head.encode() + data + b"\r\n--xx--\r\n"
    connection = http.client.HTTPConnection("127.0.0.1", station.port, timeout=60)
    try:
        connection.request(
            "POST",
            f"{path}?sentry_key={station.key}",
            body,
            {"Content-Type": "multipart/form-data; boundary=xx"},
        )
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "data")


def test_a_posted_dump_is_an_issue_with_its_files(workspace: Workspace) -> None:
    with running_station(workspace) as station:
        status, text = post_form(
            station, "/api/1/minidump/", "upload_file_minidump", "crash.dmp", DUMP.read_bytes()
        )
        assert status == 200
        event_id = UUID(text).hex
        log = bytes(range(256)) * 80_000  # 20 MB: goes through files, not through memory
        status, _ = post_form(station, f"/api/1/events/{event_id}/attachments/", "log", "till.log", log)
        assert status == 201
        station.wait_digested()
        (issue,) = station.api("organizations/desk/issues/?query=")
        assert issue["title"] == "SIGSEGV: at 0x0 in crash_linux + 0x206d"
        project = issue["project"]["slug"]
        files = station.api(f"projects/desk/{project}/events/{event_id}/attachments/")
        assert [(file["name"], file["typeName"], file["size"]) for file in files] == [
            ("crash.dmp", "Minidump", 27152),
            ("till.log", "Attachment", len(log)),
        ]


def test_a_recorded_upload_is_taken(workspace: Workspace) -> None:
    with running_station(workspace) as station:
        (recorded,) = requests(CHOSEN / "minidump-linux")
        assert send(station.port, recorded) == 200
        station.wait_digested()
        (issue,) = station.api("organizations/desk/issues/?query=")
        assert "SIGSEGV" in issue["title"]
        assert "crash_linux" in issue["title"]
