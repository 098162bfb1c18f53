"""Two stations in two network namespaces find each other, and let in only known keys."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from tests.support.builders import an_envelope, an_error
from tests.support.station import APP, wait_until
from vedette.domain.workspace import Workspace

NAMES = ("vedette-a", "vedette-b")
ADDRESSES = ("10.217.5.1", "10.217.5.2")


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, timeout=20)


@pytest.fixture
def namespaces() -> Iterator[None]:
    """Two namespaces joined by a cable."""
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("ip") is None:
        pytest.skip("needs root and `ip netns`")
    try:
        for name in NAMES:
            ip("netns", "add", name)
        ip(
            "link",
            "add",
            "vedette0",
            "netns",
            NAMES[0],
            "type",
            "veth",
            "peer",
            "vedette0",
            "netns",
            NAMES[1],
        )
        for name, address in zip(NAMES, ADDRESSES, strict=True):
            ip("-n", name, "addr", "add", f"{address}/24", "dev", "vedette0")
            ip("-n", name, "link", "set", "vedette0", "up")
            ip("-n", name, "link", "set", "lo", "up")
            ip("-n", name, "route", "add", "224.0.0.0/4", "dev", "vedette0")
        yield
    except subprocess.CalledProcessError as error:
        pytest.skip(f"namespaces cannot be made here: {error.stderr.decode().strip()}")
    finally:
        for name in NAMES:
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True, timeout=20)


class Inside:
    """A station inside a namespace, asked from inside it, or from another."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.workspace = Workspace(folder)
        folder.mkdir()
        self.workspace.settings.write_text(f'[listening]\nlan = true\nname = "{name}"\n')
        command = [sys.executable, "-m", "vedette", "serve", "--port", "8969", "--data", str(folder)]
        self.process = subprocess.Popen(
            ["ip", "netns", "exec", name, *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(APP)},
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline().startswith(b"listening on http://")
        self.dsn = self.process.stdout.readline().decode().strip()

    def stop(self) -> None:
        self.process.terminate()
        assert self.process.wait(40) == 0
        if self.process.stdout is not None:
            self.process.stdout.close()

    def fetch(self, url: str, *options: str) -> tuple[int, bytes]:
        """Return status and body of what this namespace's curl-like client gets for *url*."""
        script = (
            "import sys, urllib.request as r, urllib.error as e\n"
            "q = r.Request(sys.argv[1], data=sys.stdin.buffer.read() or None, headers=dict(\n"
            "    h.split('=', 1) for h in sys.argv[2:]))\n"
            "try: a = r.urlopen(q, timeout=10)\n"
            "except e.HTTPError as error: a = error\n"
            "sys.stdout.buffer.write(b'%d ' % a.status + a.read())"
        )
        body = an_envelope(("event", an_error("from afar"))) if "envelope" in url else b""
        done = subprocess.run(
            ["ip", "netns", "exec", self.name, sys.executable, "-c", script, url, *options],
            input=body,
            capture_output=True,
            timeout=30,
            check=True,
        )
        status, _, text = done.stdout.partition(b" ")
        return int(status), text

    def state(self) -> dict[str, object]:
        token = self.workspace.token.read_text().strip()
        status, text = self.fetch("http://127.0.0.1:8969/api/0/station/", f"Authorization=Bearer {token}")
        assert status == 200
        answer: dict[str, object] = orjson.loads(text)
        return answer


def test_two_stations_on_a_network_find_each_other(namespaces: None, tmp_path: Path) -> None:
    first = Inside(NAMES[0], tmp_path / "a")
    second = Inside(NAMES[1], tmp_path / "b")
    try:
        wait_until(first.workspace.station.exists, "the first is up")
        found = wait_until(lambda: first.state()["stations"], "the other station is seen")
        assert [(other["name"], other["urls"]) for other in found] == [
            (NAMES[1], [f"http://{ADDRESSES[1]}:8969"])
        ]
        there = f"http://{ADDRESSES[0]}:8969/api/1/envelope/"
        key = first.dsn.partition("//")[2].partition("@")[0]
        assert second.fetch(there, f"X-Sentry-Auth=Sentry sentry_key={key}")[0] == 200
        assert second.fetch(there, f"X-Sentry-Auth=Sentry sentry_key={'e' * 32}")[0] == 401
        assert second.fetch(f"http://{ADDRESSES[0]}:8969/api/0/organizations/")[0] == 401
        second.stop()
        wait_until(lambda: not first.state()["stations"], "the other station is gone")
    finally:
        for station in (first, second):
            if station.process.poll() is None:
                station.stop()
