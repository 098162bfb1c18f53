"""Every screen as a picture, from a workspace that is only read."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.builders import a_trace
from tests.support.desktop import desk, fill
from tests.support.store_rows import FilledStore
from vedette.desktop.preferences import Preferences
from vedette.desktop.screenshots import render
from vedette.desktop.sections import sections
from vedette.desktop.shell.arrangement import SIDEBAR
from vedette.domain.workspace import Workspace

__all__ = ["desk"]


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "QUIET_MS", 120)


def test_every_screen_has_a_picture_in_each_theme(
    desk: FilledStore, qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    fill(desk)
    desk.add(a_trace())
    before = desk.workspace.database.stat().st_mtime_ns
    files = render.render_screens(qapp, desk.workspace, tmp_path, ["light", "dark"], (900, 600))
    there = {section.key for section in sections()}
    expected = {"issues", "issue", "traces", "trace", "settings"} | (there & {"ingest", "connect"})
    assert {path.name for path in files} == {f"{n}-{t}.png" for n in expected for t in ("light", "dark")}
    for path in files:
        image = QImage(str(path))
        assert (image.width(), image.height()) == (900, 600)
        middle = image.pixelColor(8, 500).lightness()  # the sidebar's ground
        assert middle > 200 if "light" in path.name else middle < 60
    assert desk.workspace.database.stat().st_mtime_ns == before


def test_an_empty_workspace_shows_how_to_begin(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> None:
    workspace = Workspace(tmp_path / "new")
    workspace.folder.mkdir()
    files = render.render_screens(qapp, workspace, tmp_path / "out", ["light"], (800, 600))
    assert "issues-light.png" in {path.name for path in files}
    assert list(workspace.folder.iterdir()) == []


def test_what_the_user_chose_is_not_in_the_pictures(
    desk: FilledStore, qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    fill(desk)
    own = Preferences()
    own.set(SIDEBAR, 380)
    assert Preferences().get(SIDEBAR, 0) == 380
    files = render.render_screens(qapp, desk.workspace, tmp_path / "out", ["light"], (900, 600))
    (picture,) = (QImage(str(path)) for path in files if path.name == "issues-light.png")
    sidebar = picture.pixelColor(8, 500)
    assert picture.pixelColor(330, 500) != sidebar  # beside a sidebar of the usual width
