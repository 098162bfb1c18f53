"""Finding the station of a workspace, starting one, and stopping it. Knows no event loop and no aiohttp.

A station holds ``station.lock`` while it lives and says in ``station.json`` where it listens. The file may be
stale, so whoever it names is asked before it is believed.
"""

import contextlib
import http.client
import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass

from vedette.domain.json import JsonObject
from vedette.domain.workspace import Workspace

_ASK_SECONDS = 2.0
_START_SECONDS = 15.0
_STOP_SECONDS = 40.0
_POLL = 0.03


class AttachError(Exception):
    """No station could be started or reached; the text says why, in the station's own words if it had any."""


@dataclass(frozen=True, slots=True)
class StationInfo:
    """A running station. ``host`` reaches it from this machine; ``started`` is in microseconds."""

    host: str
    port: int
    pid: int
    started: int
    version: str

    @property
    def base_url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def find_station(workspace: Workspace) -> StationInfo | None:
    """Return the station that serves *workspace*, None if none answers. Takes two seconds at most."""
    try:
        said = json.loads(workspace.station.read_text(encoding="utf-8"))
        info = StationInfo(
            str(said["host"]), int(said["port"]), int(said["pid"]), int(said["started"]), str(said["version"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    health = ask_health(info)
    # Another workspace's station may have the port by now.
    return info if health is not None and health.get("pid") == info.pid else None


def ask_health(info: StationInfo) -> JsonObject | None:
    """Return what the station's ``/health`` says, None without an answer."""
    try:
        status, text = _request(info, "GET", "/health", None)
        health = json.loads(text)
    except (OSError, ValueError, http.client.HTTPException):
        return None
    return health if status == 200 and isinstance(health, dict) else None


def read_token(workspace: Workspace) -> str:
    """Return the local user's bearer token. Raises AttachError when there is none to read."""
    try:
        return workspace.token.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise AttachError(f"The token in {workspace.token} cannot be read: {error}") from error


def serve_command(workspace: Workspace) -> list[str]:
    """Return the command line of a headless station for *workspace*."""
    own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "vedette"]
    return [*own, "serve", "--data", str(workspace.folder)]


def start_station(workspace: Workspace, *, seconds: float = _START_SECONDS) -> StationInfo:
    """Return the running station of *workspace*, started if there is none; it outlives this process.

    Raises AttachError with what the station said when it does not come up.
    """
    if (running := find_station(workspace)) is not None:
        return running
    workspace.logs.mkdir(parents=True, exist_ok=True)
    said = workspace.logs / "station.out"
    with said.open("wb") as output:
        process = subprocess.Popen(
            serve_command(workspace),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            close_fds=True,
            start_new_session=sys.platform != "win32",
            creationflags=_DETACHED,
        )
    # It may outlive us, but where it does not, somebody must take note of its end.
    threading.Thread(target=process.wait, name="station's end", daemon=True).start()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if (info := find_station(workspace)) is not None:
            return info
        if process.poll() is not None:
            # Another may have been quicker, and has the lock.
            if (info := find_station(workspace)) is not None:
                return info
            text = said.read_text(encoding="utf-8", errors="replace").strip()
            raise AttachError(text[-2000:] or f"The station ended with code {process.returncode}.")
        time.sleep(_POLL)
    raise AttachError(f"The station did not answer within {seconds:g} s.")


def stop_station(workspace: Workspace, *, seconds: float = _STOP_SECONDS) -> bool:
    """Ask the station of *workspace* to finish and go; True once it is gone, or if there was none."""
    info = find_station(workspace)
    if info is None:
        return True
    with contextlib.suppress(OSError, http.client.HTTPException):
        _request(info, "POST", "/api/0/station/stop/", read_token(workspace))
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if ask_health(info) is None and not workspace.station.exists():
            return True
        time.sleep(_POLL)
    return False


def _request(info: StationInfo, method: str, path: str, token: str | None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(info.host, info.port, timeout=_ASK_SECONDS)
    try:
        connection.request(method, path, headers={"Authorization": f"Bearer {token}"} if token else {})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


if sys.platform == "win32":
    _DETACHED = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.DETACHED_PROCESS
else:
    _DETACHED = 0
