"""Telling the desktop who follows links; Windows by a stand-in for its registry."""

import configparser
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Self

import pytest

from vedette.desktop import registration
from vedette.desktop.registration import ENTRY, own_program, register

PROGRAM = Path("C:/Program Files/Vedette/vedette-window.exe")


class Registry(ModuleType):
    """The part of winreg that is used, over a dict of paths; a key with keys in it refuses to go."""

    HKEY_CURRENT_USER, KEY_WRITE, REG_SZ = 1, 2, 1

    def __init__(self) -> None:
        super().__init__("winreg")
        self.keys: dict[str, dict[str, str]] = {}

    def CreateKeyEx(self, root: int, path: str, reserved: int, access: int) -> Any:  # winreg's own spelling
        assert (root, reserved, access) == (self.HKEY_CURRENT_USER, 0, self.KEY_WRITE)
        parts = path.split("\\")
        for depth in range(1, len(parts) + 1):
            self.keys.setdefault("\\".join(parts[:depth]), {})
        return _Key(path)

    def SetValueEx(self, key: "_Key", name: str, reserved: int, kind: int, value: str) -> None:
        assert (reserved, kind) == (0, self.REG_SZ)
        self.keys[key.path][name] = value

    def DeleteKey(self, root: int, path: str) -> None:
        if path not in self.keys:
            raise FileNotFoundError(path)
        if any(other.startswith(f"{path}\\") for other in self.keys):
            raise PermissionError(path)
        del self.keys[path]


class _Key:
    def __init__(self, path: str) -> None:
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Registry:
    found = Registry()
    monkeypatch.setitem(sys.modules, "winreg", found)
    return found


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The desktop's own programs, all of them there, noted and not run."""
    calls: list[list[str]] = []
    monkeypatch.setattr(registration.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(subprocess, "run", lambda command, **_: calls.append(command))
    return calls


def test_windows_is_told_in_the_users_own_keys(registry: Registry) -> None:
    assert str(PROGRAM) in register(PROGRAM, platform="win32")
    assert registry.keys[r"Software\Classes\vedette"] == {"": "URL:Vedette", "URL Protocol": ""}
    assert registry.keys[r"Software\Classes\vedette\shell\open\command"] == {"": f'"{PROGRAM}" open -- "%1"'}


def test_windows_forgets_it_again_also_twice(registry: Registry) -> None:
    register(PROGRAM, platform="win32")
    for _ in range(2):
        register(PROGRAM, remove=True, platform="win32")
    assert [path for path in registry.keys if "vedette" in path] == []


def test_linux_gets_an_entry_and_is_told_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ran: list[list[str]]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    register(Path('/opt/mit "Zeichen" 100%/vedette'), platform="linux")
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(tmp_path / "applications" / ENTRY, encoding="utf-8")
    section = entry["Desktop Entry"]
    assert section["MimeType"] == "x-scheme-handler/vedette;"
    assert section["Exec"] == r'"/opt/mit \\"Zeichen\\" 100%%/vedette" open -- %u'
    assert section["NoDisplay"] == "true"
    assert ["/usr/bin/xdg-mime", "default", ENTRY, "x-scheme-handler/vedette"] in ran
    register(Path("/opt/vedette"), remove=True, platform="linux")
    assert not (tmp_path / "applications" / ENTRY).exists()


def test_a_desktop_without_such_programs_is_served_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(registration.shutil, "which", lambda name: None)
    register(Path("/opt/vedette"), platform="linux")
    assert (tmp_path / "applications" / ENTRY).exists()


def test_macos_is_told_by_the_application_itself() -> None:
    assert "nothing was changed" in register(Path("/Applications/Vedette.app"), platform="darwin")


def test_the_program_is_the_one_beside_this_python(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / ("vedette-window.exe" if sys.platform == "win32" else "vedette")
    program.touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(sys, "argv", ["-m"])
    assert own_program() == program
