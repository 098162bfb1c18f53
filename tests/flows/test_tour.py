"""The window from outside, on a virtual screen: what a screen reader, a keyboard and an eye find in it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.station import APP
from vedette.main import demo_workspace

ROOT = Path(__file__).resolve().parents[2]
CHECKER = Path(os.environ.get("VEDETTE_UICHECK", ROOT.parent / "shared" / "tools" / "uicheck" / "uicheck.py"))
SYSTEM_PYTHON = Path("/usr/bin/python3")
NEEDED = ("Xvfb", "openbox", "xdotool", "dbus-daemon")
SCENARIO = Path(__file__).with_name("tour.yaml")
LONGEST = 900

pytestmark = pytest.mark.flow


def _missing() -> str:
    """Return what the tour lacks on this machine, "" for nothing."""
    if not CHECKER.exists():
        return f"the checker {CHECKER.name} is not beside the project"
    absent = [name for name in NEEDED if shutil.which(name) is None]
    if absent:
        return f"not installed: {', '.join(absent)}"
    bindings = [str(SYSTEM_PYTHON), "-c", "import gi; gi.require_version('Atspi', '2.0')"]
    if not SYSTEM_PYTHON.exists() or subprocess.run(bindings, capture_output=True, check=False).returncode:
        return "the system's Python has no accessibility bindings"
    return ""


@pytest.mark.timeout(2 * LONGEST)
def test_a_tour_from_outside_finds_no_error(tmp_path: Path) -> None:
    if missing := _missing():
        pytest.skip(missing)
    workspace = demo_workspace(tmp_path / "demo")
    errors = _errors(tmp_path / "first", workspace.folder)
    if errors:
        # On a busy machine a picture may be taken before the window is through; what is wrong is so again.
        again = _errors(tmp_path / "second", workspace.folder)
        errors = [error for error in errors if error in again]
    assert errors == []


def _errors(folder: Path, data: Path) -> list[str]:
    """Return what a tour over the workspace in *data* finds wrong, each in words."""
    folder.mkdir()
    out = folder / "report"
    command = [
        str(SYSTEM_PYTHON), str(CHECKER), "--session", str(folder / "session"),
        "script", str(_scenario(folder)), "--out", str(out), "--",
        sys.executable, "-m", "vedette", "--data", str(data),
    ]  # fmt: skip
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
        env={**os.environ, "PYTHONPATH": str(APP), "QT_QPA_PLATFORM": "xcb"},
    )
    report = out / "report.json"
    assert report.exists(), done.stdout[-2_000] + done.stderr[-2_000]
    found = json.loads(report.read_text(encoding="utf-8"))["findings"]
    return [_words(one) for one in found if one["severity"] == "error" and not _is_scrolled_out(one)]


def _scenario(folder: Path) -> Path:
    """Return the scenario; all of it if VEDETTE_TOUR is "all", else in the small size and both schemes."""
    text = SCENARIO.read_text(encoding="utf-8")
    if os.environ.get("VEDETTE_TOUR") != "all":
        # Without what is measured: other tests run beside this one.
        text = text.replace("sizes: [1440x900, 1024x640]", "sizes: [1024x640]")
    path = folder / SCENARIO.name
    path.write_text(text, encoding="utf-8")
    return path


def _is_scrolled_out(finding: dict[str, Any]) -> bool:
    """Return whether a finding on colours is about pixels below the window, where the checker looked."""
    height = int(finding["variant"].partition("@")[0].partition("x")[2])
    rect = finding.get("rect")
    return finding["check"] == "scheme-patch" and bool(rect) and rect[1] + rect[3] > height


def _words(finding: dict[str, Any]) -> str:
    return " ".join(str(finding.get(key, "")) for key in ("variant", "check", "role", "name", "text"))
