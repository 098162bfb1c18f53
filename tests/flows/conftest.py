"""Whole paths: every test here starts real processes."""

import sys
from pathlib import Path

import pytest

from vedette.domain.workspace import Workspace


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flow)


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a window here remembers is not the developer's own."""
    home = tmp_path / "settings"
    home.mkdir()
    names = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"]
    if sys.platform == "darwin":
        names.append("HOME")
    for name in names:
        monkeypatch.setenv(name, str(home))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "Prüfstand eins")
