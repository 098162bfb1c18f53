"""What the window remembers from one start to the next."""

from pathlib import Path

from vedette.desktop.shell.places import Place
from vedette.desktop.shell.remembered import Remembered
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import Density, SchemeSetting, Theme
from vedette.domain.workspace import Workspace


def test_place_size_and_looks_come_back(window: MainWindow, theme: Theme, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    window.resize(640, 480)
    window.commands.run("view.dark")
    window.commands.run("view.compact")
    Remembered(workspace).keep(window, theme)
    window.resize(700, 500)
    again = Remembered(workspace)
    assert (again.scheme(), again.density()) == (SchemeSetting.DARK, Density.COMPACT)
    again.restore(window)
    assert (window.width(), window.height()) == (640, 480)


def test_a_first_start_and_a_damaged_file_are_the_same(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_text(
        "[General]\nscheme=purple\ndensity=7\ngeometry=@ByteArray(nonsense)\n"
    )
    for remembered in (Remembered(Workspace(tmp_path)), Remembered(Workspace(tmp_path / "none"))):
        assert (remembered.scheme(), remembered.density()) == (SchemeSetting.SYSTEM, Density.COMFORTABLE)
        assert remembered.others() == []
        remembered.restore(window)


def test_the_strip_and_what_stands_alone_leave_the_usual_place_alone(
    window: MainWindow, theme: Theme, tmp_path: Path
) -> None:
    workspace = Workspace(tmp_path)
    window.resize(700, 500)
    Remembered(workspace).keep(window, theme)
    window.arrangement.toggle_strip()
    Remembered(workspace).keep(window, theme)
    window.arrangement.toggle_strip()
    window.resize(640, 480)
    Remembered(workspace).restore(window)
    assert (window.width(), window.height()) == (700, 500)


def test_further_windows_come_back_and_what_is_none_is_left_out(window: MainWindow, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    geometry = window.saveGeometry()
    trace = Place("traces", "ab" * 16, "", "cd" * 8)
    kept = [(Place("issues", 7, "is:unresolved"), geometry, True), (trace, geometry, False)]
    Remembered(workspace).keep_others(kept)
    assert Remembered(workspace).others() == kept
    (tmp_path / "window.ini").write_text(
        '[General]\nothers="[[1,2],[\\"issues\\",null,\\"\\",\\"\\",\\"\\",false], 5]"\n'
    )
    assert [place for place, _, _ in Remembered(workspace).others()] == [Place("issues")]
    Remembered(workspace).keep_others(())
    assert Remembered(workspace).others() == []
