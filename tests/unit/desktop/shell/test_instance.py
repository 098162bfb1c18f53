"""One window for each workspace."""

import os
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from vedette.desktop.shell.instance import SingleInstance
from vedette.domain.workspace import Workspace

APP = Path(__file__).resolve().parents[4] / "app"
_CLAIM = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from vedette.desktop.shell.instance import SingleInstance
from vedette.domain.workspace import Workspace
app = QApplication([])
sys.exit(3 if SingleInstance(Workspace(Path(sys.argv[1]))).claim() else 0)
"""


def test_a_second_start_raises_the_first_and_ends(tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "Schreibtisch für Äpfel"
    folder.mkdir()
    first = SingleInstance(Workspace(folder))
    assert first.claim()
    with qtbot.waitSignal(first.raised, timeout=30_000):
        second = subprocess.Popen([sys.executable, "-c", _CLAIM, str(folder)], env=_environment())
    assert second.wait(30) == 0
    first.release()


def test_another_workspace_has_a_window_of_its_own(tmp_path: Path, qtbot: QtBot) -> None:
    first, other = (SingleInstance(Workspace(tmp_path / name)) for name in ("one", "two"))
    assert first.claim()
    assert other.claim()
    first.release()
    other.release()


def test_after_the_first_has_gone_the_next_is_the_first(tmp_path: Path, qtbot: QtBot) -> None:
    for _ in range(2):
        instance = SingleInstance(Workspace(tmp_path))
        assert instance.claim()
        instance.release()


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(APP)}
