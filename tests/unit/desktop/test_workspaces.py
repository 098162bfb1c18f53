"""Which workspace a link leads into."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from vedette.desktop.preferences import Preferences
from vedette.desktop.workspaces import KEY, folder_for, remember
from vedette.domain.workspace import Workspace


@pytest.fixture
def preferences(tmp_path: Path, qtbot: QtBot) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "preferences.ini"), QSettings.Format.IniFormat))


def made(folder: Path) -> Workspace:
    folder.mkdir(parents=True)
    workspace = Workspace(folder)
    workspace.database.touch()
    return workspace


def test_a_link_leads_into_the_workspace_of_its_name_opened_last(
    preferences: Preferences, tmp_path: Path
) -> None:
    usual = made(tmp_path / "Vedette")
    one, other = made(tmp_path / "one" / "demo"), made(tmp_path / "other" / "demo")
    assert folder_for(preferences, "vedette://demo/issues", usual.folder) == usual.folder
    for workspace in (one, other, usual):
        remember(preferences, workspace)
    assert folder_for(preferences, "vedette://demo/issues", usual.folder) == other.folder
    assert folder_for(preferences, "vedette://desk/issues", usual.folder) == usual.folder
    assert folder_for(preferences, "vedette://demo/issues", one.folder) == one.folder


def test_without_such_a_workspace_it_is_the_usual_one(preferences: Preferences, tmp_path: Path) -> None:
    usual = tmp_path / "Vedette"
    gone = Workspace(tmp_path / "gone")
    remember(preferences, gone)
    for link in ("vedette://gone/issues", "vedette://strange/issues", "vedette:nonsense", ""):
        assert folder_for(preferences, link, usual) == usual


def test_only_so_many_are_kept_and_damaged_ones_do_no_harm(preferences: Preferences, tmp_path: Path) -> None:
    for number in range(60):
        remember(preferences, Workspace(tmp_path / f"ws{number}"))
    assert len(preferences.get(KEY, {})) == 50
    assert "ws59" in preferences.get(KEY, {})
    preferences.set(KEY, {"demo": 3})
    assert folder_for(preferences, "vedette://demo/issues", tmp_path) == tmp_path
