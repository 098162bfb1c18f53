"""The program's own surroundings: Python, the libraries, Qt, the display, SQLite, the clock."""

import importlib.metadata
import os
import platform
import struct
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from vedette import __version__
from vedette.doctor.finding import Finding, ok, problem, warning
from vedette.doctor.qt_probe import QtError, QtFacts, try_qt
from vedette.store.check import SqliteFacts, describe_sqlite

_BEFORE_VEDETTE = datetime(2025, 1, 1, tzinfo=UTC).timestamp()
_LEAST_LOST = 100  # of 200 calls; other threads of an interpreter may account for a few
_CLOCK_SLACK = 120.0


def check_program() -> Iterator[Finding]:
    """Vedette, Python and the libraries that must be there."""
    bits = struct.calcsize("P") * 8
    yield ok(
        f"Vedette {__version__} on Python {platform.python_version()} ({bits} bit), {platform.platform()}"
    )
    versions, missing = [], []
    for name in _LIBRARIES:
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        yield problem(f"Not installed: {', '.join(missing)}. Run `make setup` again.")
    yield ok(f"Libraries: {', '.join(versions)}")
    yield check_discovery()


_LIBRARIES = ("sqlalchemy", "apsw", "aiohttp", "orjson", "zstandard", "brotli", "numpy", "psutil")


def check_discovery() -> Finding:
    """Whether stations on the network could be found and announced."""
    try:
        import vedette.discovery.presence  # noqa: F401 - loading it is the test
    except ImportError as error:
        return warning(f"Stations on the network cannot be found or announced: {error}")
    return ok("Stations on the network can be found and announced (zeroconf)")


def check_qt(try_platform: Callable[[str | None], QtFacts] = try_qt) -> Iterator[Finding]:
    """Qt without a display, then with the one there is."""
    try:
        facts = try_platform("offscreen")
    except QtError as error:
        yield problem(f"Qt does not start, not even off-screen: {error}. {_CURE}")
        return
    yield ok(f"Qt {facts.version} starts off-screen, with {facts.families} font families")
    yield from judge_qt(facts)
    yield check_display(try_platform)


def judge_qt(facts: QtFacts) -> Iterator[Finding]:
    """What a Qt that came up has wrong with it."""
    if facts.lost >= _LEAST_LOST:
        yield problem(
            f"PySide6 {facts.version} on Python {platform.python_version()} loses references to None and "
            "ends the program after some 5,000 calls. Use PySide6 6.8 to 6.11, or Python 3.12 or newer."
        )
    if not facts.has_bundled_fonts:
        yield problem("Vedette's own fonts could not be loaded: the installation is not complete")


def check_display(try_platform: Callable[[str | None], QtFacts] = try_qt) -> Finding:
    """Whether a window could open."""
    if not has_display():
        return warning("There is no display here: `vedette` serves without a window")
    try:
        facts = try_platform(None)
    except QtError as error:
        return problem(f"No window can open: {error}. {_CURE if 'library' in str(error) else ''}".rstrip())
    return ok(f"A window can open ({facts.platform})")


_CURE = (
    "`make system` in the project's folder names the packages to install."
    if sys.platform.startswith("linux")
    else "Install Vedette again."
)


def has_display() -> bool:
    """Whether this session has a display Qt could use, as far as the environment tells."""
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("QT_QPA_PLATFORM"):
        return os.environ["QT_QPA_PLATFORM"].partition(":")[0] not in ("offscreen", "minimal")
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def check_sqlite(describe: Callable[[], SqliteFacts] = describe_sqlite) -> Finding:
    """Whether the database engine can do what the store needs."""
    facts = describe()
    if facts.lacks:
        return problem(f"SQLite {facts.version} (apsw {facts.driver}) lacks {', '.join(facts.lacks)}")
    return ok(f"SQLite {facts.version} (apsw {facts.driver}) with full-text search and JSON")


def check_clock(folder: Path, clock: Callable[[], float] = time.time) -> Finding:
    """Whether the clock is plausible: events are sorted by it."""
    seconds = clock()
    if seconds < _BEFORE_VEDETTE:
        return problem(f"The clock says {_said(seconds)}: set it, or events come out in the wrong order")
    newest = max((path.stat().st_mtime for path in _dated(folder)), default=0.0)
    if newest > seconds + _CLOCK_SLACK:
        return warning(f"The clock says {_said(seconds)}, but the workspace was written {_said(newest)}")
    zone = datetime.fromtimestamp(seconds, UTC).astimezone().tzname()
    return ok(f"The clock says {_said(seconds)} (shown in {zone})")


def _dated(folder: Path) -> list[Path]:
    return [path for path in (folder / "vedette.db", folder / "spool.db") if os.path.exists(path)]


def _said(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
