"""Android's debug bridge: is it there, which devices, and `adb reverse`. Waits, so it runs in a worker."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SECONDS = 6.0
SERVER_PORT = 5037

if sys.platform == "win32":
    _NO_WINDOW = subprocess.CREATE_NO_WINDOW
else:
    _NO_WINDOW = 0


@dataclass(frozen=True, slots=True)
class Device:
    """A device or emulator. ``state`` is adb's word: device, unauthorized, offline, …"""

    serial: str
    state: str
    model: str = ""

    @property
    def title(self) -> str:
        return self.model.replace("_", " ") or self.serial

    @property
    def is_ready(self) -> bool:
        return self.state == "device"


@dataclass(frozen=True, slots=True)
class Adb:
    """Where adb is ("" if it was not found), and what it sees. ``is_asked``: its server was asked."""

    path: str = ""
    devices: tuple[Device, ...] = ()
    problem: str = ""
    is_asked: bool = False


def find_adb(environment: Mapping[str, str] = os.environ, home: Path | None = None) -> str:
    """Return the path of adb, "" if it is nowhere it usually is."""
    found = shutil.which("adb", path=environment.get("PATH"))
    if found:
        return found
    home = home or Path.home()
    sdks = [
        *(Path(environment[name]) for name in ("ANDROID_HOME", "ANDROID_SDK_ROOT") if environment.get(name)),
        home / "Android/Sdk",
        home / "Library/Android/sdk",
        home / "AppData/Local/Android/Sdk",
    ]
    name = "adb.exe" if sys.platform == "win32" else "adb"
    return next(
        (str(sdk / "platform-tools" / name) for sdk in sdks if (sdk / "platform-tools" / name).is_file()), ""
    )


def look(*, start_server: bool, path: str | None = None, port: int = SERVER_PORT) -> Adb:
    """Return what adb sees now. Without its server running it is only asked with *start_server*.

    `adb devices` leaves a server behind, which looking at a page should not do by itself.
    """
    path = find_adb() if path is None else path
    if not path or not (start_server or _has_server(port)):
        return Adb(path)
    try:
        said = _run([path, "devices", "-l"])
    except (OSError, subprocess.SubprocessError) as error:
        return Adb(path, problem=_sentence(error), is_asked=True)
    if said.returncode:
        return Adb(path, problem=_last_line(said.stderr or said.stdout), is_asked=True)
    return Adb(path, read_devices(said.stdout), is_asked=True)


def _has_server(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.3).close()
    except OSError:
        return False
    return True


def read_devices(text: str) -> tuple[Device, ...]:
    """Return the devices `adb devices -l` lists."""
    found = []
    for line in text.splitlines()[1:]:
        words = line.split()
        if len(words) < 2 or line.startswith("*"):
            continue
        more = dict(word.split(":", 1) for word in words[2:] if ":" in word)
        found.append(Device(words[0], words[1], more.get("model", "")))
    return tuple(found)


def reverse(path: str, serial: str, port: int) -> str:
    """Make *port* of the device *serial* lead to this machine; returns "" or why not."""
    try:
        said = _run([path, "-s", serial, "reverse", f"tcp:{port}", f"tcp:{port}"])
    except (OSError, subprocess.SubprocessError) as error:
        return _sentence(error)
    return _last_line(said.stderr or said.stdout or "adb failed") if said.returncode else ""


def _run(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=SECONDS,
        check=False,
        creationflags=_NO_WINDOW,
    )


def _sentence(error: Exception) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return f"adb did not answer within {SECONDS:g} s."
    return str(error)


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1].strip() if lines else ""
