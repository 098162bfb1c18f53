"""What the window remembers from one start to the next."""

from pathlib import Path

from vedette.desktop.shell.remembered import Remembered
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import Density, SchemeSetting, Theme
from vedette.domain.workspace import Workspace


def test_place_size_and_looks_come_back(window: MainWindow, theme: Theme, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    window.resize(640, 480)
    window.commands.run("view.dark")
    window.commands.run("view.compact")
    window.commands.run("view.letters")
    Remembered(workspace).keep(window, theme)
    window.resize(700, 500)
    window.commands.run("view.letters")
    again = Remembered(workspace)
    assert (again.scheme(), again.density()) == (SchemeSetting.DARK, Density.COMPACT)
    again.restore(window)
    assert (window.width(), window.height()) == (640, 480)
    assert not window.letters_enabled()


def test_a_first_start_and_a_damaged_file_are_the_same(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_text(
        "[General]\nscheme=purple\ndensity=7\ngeometry=@ByteArray(nonsense)\n"
    )
    for remembered in (Remembered(Workspace(tmp_path)), Remembered(Workspace(tmp_path / "none"))):
        assert (remembered.scheme(), remembered.density()) == (SchemeSetting.SYSTEM, Density.COMFORTABLE)
        remembered.restore(window)
        assert window.letters_enabled()
