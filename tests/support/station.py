"""A real station as a process of its own, for flow tests and the bench: start, ask, kill, start again."""

import contextlib
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson
import psutil

from vedette.domain.workspace import Workspace

APP = Path(__file__).resolve().parents[2] / "app"
PATIENCE = 30.0


def wait_until(is_true: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """Return the first true answer of *is_true*; fail with *what* did not happen after *seconds*."""
    deadline = time.monotonic() + seconds
    while True:
        answer = is_true()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"after {seconds:g} s still not: {what}"
        time.sleep(0.02)


class StationProcess:
    """`vedette serve` on a free port of the loopback interface."""

    def __init__(self, workspace: Workspace, *options: str, port: int = 0) -> None:
        self.workspace = workspace
        workspace.folder.mkdir(parents=True, exist_ok=True)
        self.errors = workspace.folder / "stderr.txt"
        with self.errors.open("ab") as errors:
            command = [sys.executable, "-m", "vedette", "serve", "--port", str(port)]
            self.process = subprocess.Popen(
                [*command, "--data", str(workspace.folder), *options],
                stdout=subprocess.PIPE,
                stderr=errors,
                stdin=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": str(APP), "PYTHONUNBUFFERED": "1"},
            )
        assert self.process.stdout is not None
        ready = self.process.stdout.readline().decode()
        if not ready.startswith("listening on http://"):
            self.process.wait(PATIENCE)
            raise AssertionError(f"not ready: {ready!r}\n{self.errors.read_text(errors='replace')}")
        self.port = int(ready.strip().rpartition(":")[2])
        self.dsn = self.process.stdout.readline().decode().strip().rpartition(" ")[2]

    @property
    def key(self) -> str:
        return self.dsn.partition("//")[2].partition("@")[0]

    @property
    def token(self) -> str:
        return self.workspace.token.read_text().strip()

    def request(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Return the status, the headers (lower-case names) and the body of one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
            answer = connection.getresponse()
            data = answer.read()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, data
        finally:
            connection.close()

    def post(self, body: bytes, project: int | str = 1, **headers: str) -> int:
        """Post an envelope and return the status."""
        auth = f"Sentry sentry_key={self.key}, sentry_version=7, sentry_client=test/1.0"
        return self.request("POST", f"/api/{project}/envelope/", body, **{"X_Sentry_Auth": auth, **headers})[
            0
        ]

    def api(self, path: str, method: str = "GET", body: Any = None) -> Any:
        """Return the JSON that `/api/0/` answers; fails on anything but success."""
        data = None if body is None else orjson.dumps(body)
        headers = {"Authorization": f"Bearer {self.token}", "Content_Type": "application/json"}
        status, _, answer = self.request(method, f"/api/0/{path}", data, **headers)
        assert 200 <= status < 300, (status, answer[:500])
        return orjson.loads(answer) if answer else None

    def health(self) -> dict[str, Any]:
        status, _, body = self.request("GET", "/health")
        assert status == 200
        answer: dict[str, Any] = orjson.loads(body)
        return answer

    def wait_digested(self, seconds: float = PATIENCE) -> None:
        """Wait until everything accepted is in the store."""

        def is_empty() -> bool:
            with contextlib.suppress(OSError):
                return bool(self.health()["queue"] == 0)
            return False

        wait_until(is_empty, "the queue is empty", seconds)

    def children(self) -> Sequence[psutil.Process]:
        return list(psutil.Process(self.process.pid).children(recursive=True))

    def digest_pid(self) -> int:
        """Return the pid of the digest process, waiting until there is one."""
        return int(wait_until(lambda: next((c.pid for c in self.children()), None), "digest runs"))

    def kill(self) -> None:
        """End the station and digest at once, as a power cut would."""
        processes = [*self.children(), psutil.Process(self.process.pid)]
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self._finish()

    def stop(self) -> int:
        """Ask the station to end, and return its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        code = self.process.wait(PATIENCE)
        self._finish()
        return code

    def _finish(self) -> None:
        self.process.wait(PATIENCE)
        if self.process.stdout is not None:
            self.process.stdout.close()


@contextlib.contextmanager
def running_station(workspace: Workspace, *options: str) -> Iterator[StationProcess]:
    """Run a station for the time of a `with` block."""
    station = StationProcess(workspace, *options)
    try:
        yield station
    finally:
        if station.process.poll() is None:
            station.stop()
