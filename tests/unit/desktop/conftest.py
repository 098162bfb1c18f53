"""A home of its own, bundled fonts and one theme for every desktop test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from vedette.desktop.resources import load_fonts
from vedette.desktop.theme.theme import SchemeSetting, Theme


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(home))
    return home


@pytest.fixture(scope="session")
def session_theme(qapp: QApplication) -> Theme:
    load_fonts()
    qapp.setCursorFlashTime(0)
    return Theme(qapp, SchemeSetting.LIGHT, bundled_fonts=True)


@pytest.fixture
def theme(session_theme: Theme) -> Iterator[Theme]:
    """The application's theme, light again after the test."""
    yield session_theme
    session_theme.set_setting(SchemeSetting.LIGHT)
    session_theme.set_zoom(1.0)
