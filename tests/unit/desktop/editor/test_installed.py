"""Finding editors on a disk made for the test."""

import os
import sys
from pathlib import Path

import pytest

from vedette.desktop.editor.editors import CUSTOM, EDITORS, editor_of
from vedette.desktop.editor.installed import find_program, installed_editors


def a_program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def find(key: str, platform: str, **environ: str) -> Path | None:
    editor = editor_of(key)
    assert editor is not None
    return find_program(editor, platform, environ)


@pytest.mark.skipif(sys.platform == "win32", reason="programs end in .exe there")
def test_the_path_is_looked_at_first(tmp_path: Path) -> None:
    program = a_program(tmp_path / "bin" / "subl")
    assert find("sublime", "linux", PATH=str(program.parent)) == program
    assert find("sublime", "linux", PATH=str(tmp_path)) is None


def test_newer_versions_in_windows_folders_come_first(tmp_path: Path) -> None:
    a_program(tmp_path / "JetBrains" / "PyCharm 2024.1" / "bin" / "pycharm64.exe")
    newer = a_program(tmp_path / "JetBrains" / "PyCharm 2025.2" / "bin" / "pycharm64.exe")
    assert find("pycharm", "win32", PATH="", ProgramFiles=str(tmp_path)) == newer


def test_programs_of_one_user_are_found_on_windows(tmp_path: Path) -> None:
    program = a_program(tmp_path / "Programs" / "Microsoft VS Code" / "Code.exe")
    assert find("vscode", "win32", PATH="", LOCALAPPDATA=str(tmp_path)) == program


def test_a_program_proper_is_taken_before_a_batch_file(tmp_path: Path) -> None:
    if sys.platform == "win32":
        a_program(tmp_path / "bin" / "code.cmd")
    program = a_program(tmp_path / "Programs" / "Microsoft VS Code" / "Code.exe")
    path = str(tmp_path / "bin")
    assert find("vscode", "win32", PATH=path, LOCALAPPDATA=str(tmp_path)) == program


def test_applications_of_one_user_are_found_on_macos(own_home: Path) -> None:
    app = own_home / "Applications" / "Visual Studio Code.app"
    program = a_program(app / "Contents" / "Resources" / "app" / "bin" / "code")
    assert find("vscode", "darwin", PATH="") == program


def test_a_folder_or_a_file_that_cannot_be_run_is_no_editor(tmp_path: Path) -> None:
    (tmp_path / "Programs" / "Zed" / "bin" / "zed.exe").mkdir(parents=True)
    assert find("zed", "win32", PATH="", LOCALAPPDATA=str(tmp_path)) is None


@pytest.mark.skipif(sys.platform == "win32", reason="programs end in .exe there")
def test_editors_are_looked_for_once_and_again_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    before = {one.editor.key for one in installed_editors(again=True)}
    a_program(tmp_path / "kate")
    assert {one.editor.key for one in installed_editors()} == before
    assert {one.editor.key for one in installed_editors(again=True)} == before | {"kate"}


def test_every_editor_says_where_the_file_and_the_line_go() -> None:
    assert len({editor.key for editor in EDITORS}) == len(EDITORS)
    for editor in EDITORS:
        if editor is not CUSTOM:
            text = " ".join(editor.arguments)
            assert "%f" in text, editor.key
            assert "%l" in text, editor.key
