"""Opening files in an editor: a real program that writes down how it was called."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from vedette.desktop.editor.editors import editor_of
from vedette.desktop.editor.installed import installed_editors
from vedette.desktop.editor.opening import COMMAND, NAME, editor_title, open_in_editor, reveal_file
from vedette.desktop.editor.terminal import in_terminal
from vedette.desktop.preferences import Preferences

Said = Callable[[], list[str]]


@pytest.fixture
def preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Preferences:
    """Preferences of a user on whose PATH no program is."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    installed_editors(again=True)
    return Preferences(QSettings(str(tmp_path / "p.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def said(tmp_path: Path, qtbot: QtBot) -> Said:
    """What the editor was given, once it has run."""
    out = tmp_path / "said.txt"

    def read() -> list[str]:
        qtbot.waitUntil(
            lambda: out.exists() and out.read_text(encoding="utf-8").endswith("\0"), timeout=8_000
        )
        return out.read_text(encoding="utf-8").split("\0")[:-1]

    return read


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A program that writes its arguments down."""
    path = tmp_path / "my editor.py"
    path.write_text(
        "import pathlib, sys\n"
        "out = pathlib.Path(__file__).with_name('said.txt')\n"
        "out.with_suffix('.new').write_text('\\0'.join(sys.argv[1:]) + '\\0', encoding='utf-8')\n"
        "out.with_suffix('.new').replace(out)\n",
        encoding="utf-8",
    )
    return path


def use(preferences: Preferences, script: Path, arguments: str) -> None:
    preferences.set(NAME, "custom")
    preferences.set(COMMAND, f'"{sys.executable}" "{script}" {arguments}')


@pytest.mark.parametrize("name", ["plain.py", "with space.py", "kässe-日本.py", "-rf.py", "$HOME;`x`&.py"])
def test_the_editor_gets_the_file_line_and_column_as_they_are(
    tmp_path: Path, preferences: Preferences, script: Path, said: Said, name: str
) -> None:
    file = tmp_path / name
    file.write_text("x\n", encoding="utf-8")
    use(
        preferences,
        script,
        "--at %l,%c -- %f '%f:%l'" if sys.platform != "win32" else '--at %l,%c -- %f "%f:%l"',
    )
    assert open_in_editor(preferences, file, 47, 31) == ""
    assert said() == ["--at", "47,31", "--", str(file), f"{file}:47"]


def test_a_name_that_looks_like_an_option_is_given_with_its_folder(
    tmp_path: Path, preferences: Preferences, script: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "-x.py").write_text("x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    use(preferences, script, "")
    assert open_in_editor(preferences, "-x.py") == ""
    assert said() == [str(tmp_path / "-x.py")]


def test_an_unknown_place_is_the_beginning(
    tmp_path: Path, preferences: Preferences, script: Path, said: Said
) -> None:
    use(preferences, script, "%l %c %f")
    assert open_in_editor(preferences, script, None, 0) == ""
    assert said() == ["1", "1", str(script)]


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_the_chosen_editor_is_started_from_the_path_with_its_own_arguments(
    tmp_path: Path, preferences: Preferences, script: Path, said: Said
) -> None:
    program = tmp_path / "bin" / "code"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    installed_editors(again=True)
    preferences.set(NAME, "vscode")
    assert editor_title(preferences) == "VS Code"
    assert open_in_editor(preferences, script, 3, 9) == ""
    assert said() == ["--goto", f"{script}:3:9"]


def test_an_editor_that_is_not_there_is_named_with_the_way_to_settings(
    preferences: Preferences, script: Path
) -> None:
    preferences.set(NAME, "notepad++")
    assert editor_of("notepad++") not in [one.editor for one in installed_editors()]
    sentence = open_in_editor(preferences, script, 1, 1)
    assert sentence == (
        "Notepad++ was not found on this machine. Choose another editor in Settings › Editor."
    )


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("edit '%f", "A quotation mark of the editor command is not closed. See Settings › Editor."),
        (
            "no-such-editor %f",
            "The program of the editor command was not found: no-such-editor. See Settings › Editor.",
        ),
    ],
)
def test_a_command_that_cannot_be_run_is_explained(
    preferences: Preferences, script: Path, command: str, sentence: str
) -> None:
    preferences.set(NAME, "custom")
    preferences.set(COMMAND, command.replace("'", '"'))
    assert open_in_editor(preferences, script, 1, 1) == sentence


def test_an_empty_command_means_the_first_editor_found(preferences: Preferences, script: Path) -> None:
    preferences.set(NAME, "custom")
    preferences.set(COMMAND, "  ")
    found = installed_editors()
    assert editor_title(preferences) == (found[0].editor.title if found else "")
    if not found:
        assert "No editor was found" in open_in_editor(preferences, script)


def test_a_file_that_is_gone_is_not_opened(preferences: Preferences, tmp_path: Path) -> None:
    gone = tmp_path / "gone.py"
    assert open_in_editor(preferences, gone) == f"The file is not there any more: {gone}"
    assert reveal_file(gone) == f"The file is not there any more: {gone}"


@pytest.mark.skipif(sys.platform == "win32", reason="consoles come by themselves there")
def test_a_terminal_gets_the_command_after_its_own_arguments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = tmp_path / "konsole"
    terminal.write_text("#!/bin/sh\n", encoding="utf-8")
    terminal.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("TERMINAL", raising=False)
    command = ["/bin/vim", "+call cursor(1,1)", "--", "/a b.py"]
    assert in_terminal(command, platform="linux") == [str(terminal), "-e", *command]
    assert in_terminal(command, platform="win32") == command
    terminal.unlink()
    assert in_terminal(command, platform="linux") is None
    apple = in_terminal(command, platform="darwin")
    assert apple is not None
    assert apple[0] == "/usr/bin/osascript"
    assert apple[-4:] == command
