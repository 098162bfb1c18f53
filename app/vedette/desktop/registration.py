"""Tells this user's desktop that Vedette follows ``vedette://`` links. Loads no Qt.

Windows: the registry, per user. Linux: an entry that no menu shows, for where no package brought one.
macOS knows it from the application bundle (`packaging/macos`), so there is nothing to tell.
"""

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

SCHEME = "vedette"
ENTRY = "vedette-links.desktop"
_CLASS = rf"Software\Classes\{SCHEME}"
_COMMAND = rf"{_CLASS}\shell\open\command"
_TIMEOUT = 20


def own_program() -> Path:
    """Return the program that was started, or the windowed one beside this Python."""
    started = Path(sys.argv[0]).absolute()
    name = "vedette-window.exe" if sys.platform == "win32" else "vedette"
    beside = started if started.name == name else Path(sys.executable).absolute().with_name(name)
    return beside if beside.exists() else started


def register(program: Path, *, remove: bool = False, platform: str = sys.platform) -> str:
    """Have links open *program* from now on, or no longer with *remove*; return a sentence that says so.

    Raises OSError if the desktop's own settings cannot be written.
    """
    if platform == "win32":
        registry = importlib.import_module("winreg")
        unregister_windows(registry) if remove else register_windows(registry, program)
    elif platform == "darwin":
        return "On macOS the application itself says that it follows vedette:// links; nothing was changed."
    else:
        folder = _data_home() / "applications"
        unregister_linux(folder) if remove else register_linux(folder, program)
    return "vedette:// links are no longer followed." if remove else f"vedette:// links open {program}."


# ---------------------------------------------------------------- Windows


def register_windows(registry: Any, program: Path) -> None:
    """Write the keys of this user that *registry*, the module winreg, gives access to."""
    values = (
        (_CLASS, "", "URL:Vedette"),
        (_CLASS, "URL Protocol", ""),
        (rf"{_CLASS}\DefaultIcon", "", f'"{program}",0'),
        # After -- nothing in a link can be taken for an option.
        (_COMMAND, "", f'"{program}" open -- "%1"'),
    )
    for path, name, value in values:
        with registry.CreateKeyEx(registry.HKEY_CURRENT_USER, path, 0, registry.KEY_WRITE) as key:
            registry.SetValueEx(key, name, 0, registry.REG_SZ, value)


def unregister_windows(registry: Any) -> None:
    """Take the keys away, those that are there."""
    # A key with keys in it cannot be deleted.
    for path in (_COMMAND, rf"{_CLASS}\shell\open", rf"{_CLASS}\shell", rf"{_CLASS}\DefaultIcon", _CLASS):
        try:
            registry.DeleteKey(registry.HKEY_CURRENT_USER, path)
        except FileNotFoundError:
            continue


# ---------------------------------------------------------------- Linux


def register_linux(folder: Path, program: Path) -> None:
    """Write the entry into *folder* and make it the one that links open."""
    folder.mkdir(parents=True, exist_ok=True)
    entry = (
        "[Desktop Entry]\nType=Application\nName=Vedette\nNoDisplay=true\nTerminal=false\n"
        f"Exec={_quoted(str(program))} open -- %u\nIcon=vedette\n"
        f"MimeType=x-scheme-handler/{SCHEME};\n"
    )
    (folder / ENTRY).write_text(entry, encoding="utf-8", newline="\n")
    _run("update-desktop-database", str(folder))
    _run("xdg-mime", "default", ENTRY, f"x-scheme-handler/{SCHEME}")


def unregister_linux(folder: Path) -> None:
    """Take the entry away."""
    (folder / ENTRY).unlink(missing_ok=True)
    _run("update-desktop-database", str(folder))


def _data_home() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def _quoted(path: str) -> str:
    """Return *path* as an argument of an Exec line.

    Source: Desktop Entry Specification, "The Exec key": quoting first, then the escaping of any value.
    """
    inner = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in path)
    return f'"{inner}"'.replace("\\", "\\\\").replace("%", "%%")


def _run(command: str, *arguments: str) -> None:
    """Run *command* if this desktop has it; without it the entry is found a little later."""
    path = shutil.which(command)
    if path is None:
        return
    quiet = subprocess.DEVNULL
    try:
        subprocess.run(
            [path, *arguments], stdin=quiet, stdout=quiet, stderr=quiet, timeout=_TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired:
        return
