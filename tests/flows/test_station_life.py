"""A station from start to end, as a process: who may run, who may read, and how it goes."""

import http.client
import os
import socket
import stat
import subprocess
import sys
import threading
import time

import orjson
import psutil
import pytest

from tests.support.builders import an_envelope, an_error
from tests.support.station import APP, StationProcess, running_station, wait_until
from vedette.api.attach import AttachError, find_station, start_station, stop_station
from vedette.domain.workspace import Workspace


def an_event() -> bytes:
    return an_envelope(("event", an_error("bicycle")))


def run_to_its_end(workspace: Workspace) -> subprocess.CompletedProcess[bytes]:
    """Start a station that is not going to stay, and return how it went."""
    return subprocess.run(
        [sys.executable, "-m", "vedette", "serve", "--port", "0", "--data", str(workspace.folder)],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(APP), "PYTHONIOENCODING": "utf-8"},
        timeout=60,
        check=False,
    )


def test_a_second_station_says_who_runs_and_goes(workspace: Workspace) -> None:
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the station is announced")
        second = run_to_its_end(workspace)
        assert second.returncode == 1
        assert f"http://127.0.0.1:{station.port}" in second.stderr.decode()
        assert str(station.process.pid) in second.stderr.decode()
        assert second.stdout == b""


def test_told_to_end_it_finishes_what_it_accepted(workspace: Workspace) -> None:
    station = StationProcess(workspace)
    for _ in range(200):
        assert station.post(an_event()) == 200
    assert station.stop() == 0
    assert not workspace.station.exists()
    assert not (workspace.folder / "digest.json").exists()
    with running_station(workspace) as again:
        again.wait_digested()
        issues = again.api("organizations/desk/issues/")
        assert sum(int(issue["count"]) for issue in issues) == 200


def test_it_ends_by_the_api_too(workspace: Workspace) -> None:
    station = StationProcess(workspace)
    wait_until(workspace.station.exists, "the station is announced")
    station.api("station/stop/", "POST")
    assert station.process.wait(30) == 0
    station.stop()


def test_the_token_is_the_users_alone_and_stays(workspace: Workspace) -> None:
    with running_station(workspace) as station:
        token = station.token
        if os.name == "posix":
            assert stat.S_IMODE(workspace.token.stat().st_mode) == 0o600
    with running_station(workspace) as station:
        assert station.token == token


def test_reading_needs_the_token_our_name_and_no_foreign_page(workspace: Workspace) -> None:
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        path, bearer = "/api/0/organizations/", f"Bearer {station.token}"
        assert station.request("GET", path)[0] == 401
        assert station.request("GET", path, Authorization="Bearer wrong")[0] == 401
        assert station.request("GET", path, Authorization=bearer)[0] == 200
        assert station.request("GET", path, Authorization=bearer, Host="evil.example:8969")[0] == 403
        assert station.request("GET", path, Authorization=bearer, Origin="https://evil.example")[0] == 403
        local = {"Authorization": bearer, "Origin": "http://localhost:5173"}
        assert station.request("GET", path, **local)[0] == 200


def test_a_digest_left_by_a_killed_station_is_waited_for(workspace: Workspace) -> None:
    station = StationProcess(workspace)
    wait_until((workspace.folder / "digest.json").exists, "digest is noted")
    for _ in range(50):
        assert station.post(an_event()) == 200
    digest = psutil.Process(station.digest_pid())
    digest.suspend()
    station.process.kill()
    station._finish()
    resumed: list[float] = []

    def resume() -> None:
        resumed.append(time.time())
        digest.resume()

    timer = threading.Timer(1.5, resume)
    timer.start()
    with running_station(workspace) as again:
        assert psutil.Process(again.digest_pid()).create_time() > resumed[0]
        assert not digest.is_running()
        assert again.post(an_event()) == 200
        again.wait_digested()
        assert sum(int(issue["count"]) for issue in again.api("organizations/desk/issues/")) == 51
    timer.join()


def test_a_spool_that_is_gone_does_not_make_new_entries_count_as_stored(workspace: Workspace) -> None:
    with running_station(workspace) as station:
        for _ in range(5):
            assert station.post(an_event()) == 200
        station.wait_digested()
    for path in workspace.folder.glob("spool.db*"):
        path.unlink()
    with running_station(workspace) as station:
        assert station.post(an_event()) == 200
        station.wait_digested()
        assert sum(int(issue["count"]) for issue in station.api("organizations/desk/issues/")) == 6


def test_the_station_says_what_it_does_and_its_settings_can_be_changed(workspace: Workspace) -> None:
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        station.post(an_event())
        station.wait_digested()
        state = station.api("station/")
        assert state["urls"] == [f"http://127.0.0.1:{station.port}"]
        assert (state["accepted"], state["queue"], state["digest"]["state"]) == (1, 0, "working")
        assert state["listening"]["lan"] is False
        assert state["stations"] == []
        changed = station.api("station/", "PUT", {"days": 7, "spotlightReading": True})
        assert (changed["retention"]["days"], changed["listening"]["spotlightReading"]) == (7, True)
        assert "days = 7" in workspace.settings.read_text()
        bad = {"Authorization": f"Bearer {station.token}"}
        assert station.request("PUT", "/api/0/station/", b'{"days":-1}', **bad)[0] == 400


def test_a_new_token_shuts_the_old_one_out_at_once(workspace: Workspace) -> None:
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        old = station.token
        assert station.api("station/token/", "POST")["token"] == station.token != old
        assert station.request("GET", "/api/0/station/", Authorization=f"Bearer {old}")[0] == 401
        assert station.api("station/")["retention"]["days"] == 90
        if os.name == "posix":
            assert workspace.token.stat().st_mode & 0o077 == 0
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        assert station.api("station/")["accepted"] == 0


def test_what_is_over_the_limits_goes_when_the_user_says_so(workspace: Workspace) -> None:
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        station.post(an_event())
        station.wait_digested()
        station.api("station/", "PUT", {"gigabytes": 0.000001})
        station.api("station/free/", "POST")
        wait_until(lambda: station.api("organizations/desk/issues/") == [], "the event is let go")


def test_a_blocked_sender_is_refused_until_it_is_let_in_again(workspace: Workspace) -> None:
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        assert station.post(an_event()) == 200
        station.wait_digested()
        sender = station.api("station/")["senders"][0]["id"]
        station.api(f"senders/{sender}/", "PUT", {"blocked": True})
        wait_until(lambda: station.post(an_event()) == 403, "the sender is refused")
        station.api(f"senders/{sender}/", "PUT", {"blocked": False})
        wait_until(lambda: station.post(an_event()) == 200, "the sender may send again")


def test_a_full_disk_is_told_to_senders_and_shown(workspace: Workspace) -> None:
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        state = station.api("station/", "PUT", {"freeMegabytes": 10_000_000})
        assert state["disk"]["isFull"] is True
        assert station.post(an_event()) == 429
        station.api("station/", "PUT", {"freeMegabytes": 1})
        assert station.post(an_event()) == 200


def test_exporters_find_the_station_at_their_own_port_once_it_is_set(workspace: Workspace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with running_station(workspace) as station:
        wait_until(workspace.station.exists, "the API is loaded")
        state = station.api("station/", "PUT", {"otlpPort": port})
        assert (state["listening"]["otlpPort"], state["problems"]) == (port, [])
        other = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        other.request("POST", "/v1/traces", b"{}", {"Content-Type": "application/json"})
        answer = other.getresponse()
        assert (answer.status, answer.read()) == (200, b"{}")
        other.close()
        station.wait_digested()
        assert station.api("requests/")[0]["path"] == "/v1/traces"


def test_impossible_settings_keep_it_from_starting_and_are_named(workspace: Workspace) -> None:
    workspace.folder.mkdir()
    workspace.settings.write_text("[retention]\ndays = -1\n")
    ended = run_to_its_end(workspace)
    assert ended.returncode == 1
    assert "retention.days" in ended.stderr.decode()


def test_the_window_finds_starts_and_stops_a_station(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(APP))
    workspace.folder.mkdir()
    assert find_station(workspace) is None
    info = start_station(workspace)
    try:
        assert find_station(workspace) == info
        assert start_station(workspace) == info
        assert info.base_url == f"http://127.0.0.1:{info.port}"
    finally:
        assert stop_station(workspace)
    assert find_station(workspace) is None
    assert stop_station(workspace)


def test_a_station_that_cannot_start_says_why(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(APP))
    workspace.folder.mkdir()
    workspace.settings.write_text("not toml")
    with pytest.raises(AttachError, match="settings"):
        start_station(workspace)


def test_a_note_of_a_station_that_is_gone_is_not_believed(workspace: Workspace) -> None:
    workspace.folder.mkdir()
    said = {"host": "127.0.0.1", "port": 9, "pid": os.getpid(), "started": 1, "version": "0"}
    workspace.station.write_bytes(orjson.dumps(said))
    assert find_station(workspace) is None
    workspace.station.write_text("half a li")
    assert find_station(workspace) is None
