"""Trying Qt in a process of its own, since a Qt that cannot find its platform ends the process it is in."""

import json
import os
import re
import subprocess
import sys
from dataclasses import asdict, dataclass

PROBE_SECONDS = 30.0
_CALLS = 200


@dataclass(frozen=True, slots=True)
class QtFacts:
    """What a Qt that came up said of itself. ``lost`` counts references to None lost in 200 void calls."""

    version: str
    platform: str
    lost: int
    families: int
    has_bundled_fonts: bool


class QtError(Exception):
    """Qt did not come up; the text is the most telling line it left."""


def try_qt(platform: str | None = None, *, seconds: float = PROBE_SECONDS) -> QtFacts:
    """Return what Qt says after coming up on *platform* (None: as it would choose). Raises QtError."""
    environment = {**os.environ, "QT_DEBUG_PLUGINS": "1"}  # else it does not say which library is missing
    if platform is not None:
        environment["QT_QPA_PLATFORM"] = platform
    command = [sys.executable, "-c", "from vedette.doctor.qt_probe import probe; probe()"]
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise QtError(f"it did not come up within {seconds:g} s") from None
    try:
        return QtFacts(**json.loads(done.stdout.splitlines()[-1]))
    except (IndexError, TypeError, ValueError):
        raise QtError(telling_line(done.stderr) or f"it ended with code {done.returncode}") from None


def telling_line(text: str) -> str:
    """Return what Qt's or Python's complaint says is wrong, without its end; "" for silence.

    Qt names libxcb-cursor0 whatever the reason, so that line is believed last.
    """
    lines = [_PREFIX.sub("", line.strip()).rstrip(".") for line in text.splitlines() if line.strip()]
    for line in lines:
        if "could not connect to display" in line or "Failed to create wl_display" in line:
            return line
    if (missing := _NOT_FOUND.search(text)) is not None:
        return f"the library {missing[1]} is missing"
    return next((line for line in lines if "is needed to load" in line), lines[-1] if lines else "")


_NOT_FOUND = re.compile(r"(lib[\w.+-]+\.so[.\d]*): cannot open shared object file")
_PREFIX = re.compile(r"^qt\.[\w.]+: ")


def probe() -> None:
    """Bring Qt up and write its QtFacts as a line of JSON; runs in the process `try_qt` starts."""
    from PySide6.QtCore import QTimer, qVersion  # only this process may load Qt
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    from vedette.desktop.resources import load_fonts

    application = QGuiApplication([])
    bundled = set(load_fonts())
    families = QFontDatabase.families()
    timer = QTimer()
    before = sys.getrefcount(None)
    for _ in range(_CALLS):
        timer.stop()
    facts = QtFacts(
        version=qVersion(),
        platform=application.platformName(),
        lost=before - sys.getrefcount(None),
        families=len(families),
        has_bundled_fonts=bundled <= set(families),
    )
    sys.stdout.write(json.dumps(asdict(facts)) + "\n")
