"""Which editors this machine has. Looks at the disk: call it in a worker thread."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from vedette.desktop.editor.editors import EDITORS, Editor

_WINDOWS_FOLDERS = ("LOCALAPPDATA", "ProgramFiles", "ProgramFiles(x86)")
_MORE_PATH = {"darwin": ("/usr/local/bin", "/opt/homebrew/bin", "~/.local/bin"), "linux": ("~/.local/bin",)}
"""Programs started from a dock or menu do not get the PATH of a terminal."""
BATCH = (".cmd", ".bat")


@dataclass(frozen=True, slots=True)
class InstalledEditor:
    """An editor and its program on this disk."""

    editor: Editor
    program: Path


def installed_editors(*, again: bool = False) -> tuple[InstalledEditor, ...]:
    """Return the editors found, in the order of `EDITORS`; looked for once, and once more with *again*."""
    if again:
        _installed.cache_clear()
    return _installed(os.environ.get("PATH", ""))


@lru_cache(maxsize=1)
def _installed(path: str) -> tuple[InstalledEditor, ...]:
    environ = dict(os.environ) | {"PATH": path}
    found = ((editor, find_program(editor, sys.platform, environ)) for editor in EDITORS)
    return tuple(InstalledEditor(editor, program) for editor, program in found if program is not None)


def find_program(editor: Editor, platform: str, environ: Mapping[str, str]) -> Path | None:
    """Return the program of *editor* from the PATH, else from its usual places on *platform*.

    A program proper comes before a batch file, which Windows would run through its shell.
    """
    candidates = [*_on_path(editor, platform, environ), *_in_places(editor, platform, environ)]
    proper = [path for path in candidates if path.suffix.lower() not in BATCH]
    return next(iter([*proper, *candidates]), None)


def find_on_path(name: str) -> Path | None:
    """Return the program *name* from the PATH, or where it says it is; None if there is none."""
    found = shutil.which(os.path.expanduser(name), path=_search_path(sys.platform, os.environ))
    return Path(found) if found else None


def _on_path(editor: Editor, platform: str, environ: Mapping[str, str]) -> Iterator[Path]:
    path = _search_path(platform, environ)
    for name in editor.programs:
        if found := shutil.which(name, path=path):
            yield Path(found)


def _search_path(platform: str, environ: Mapping[str, str]) -> str:
    more = (os.path.expanduser(folder) for folder in _MORE_PATH.get(platform, ()))
    return os.pathsep.join([environ.get("PATH", ""), *more])


def _in_places(editor: Editor, platform: str, environ: Mapping[str, str]) -> Iterator[Path]:
    for place in editor.places.get(platform, ()):
        for text in _spelt_out(place, environ):
            path = Path(os.path.expanduser(text))  # expanduser of pathlib raises without a home
            found = [path] if "*" not in text else sorted(_matches(path), reverse=True)
            yield from (one for one in found if _is_program(one))


def _spelt_out(place: str, environ: Mapping[str, str]) -> list[str]:
    """Return *place* once for every folder its placeholder stands for."""
    if place.startswith("{programs}"):
        roots = [environ[name] for name in _WINDOWS_FOLDERS if environ.get(name)]
        roots = [f"{root}/Programs" if root == environ.get("LOCALAPPDATA") else root for root in roots]
        return [place.replace("{programs}", root) for root in roots]
    if place.startswith("{apps}"):
        return [place.replace("{apps}", root) for root in ("/Applications", "~/Applications")]
    if place.startswith("{flatpak}"):
        roots = ["/var/lib/flatpak/exports/bin", "~/.local/share/flatpak/exports/bin"]
        return [place.replace("{flatpak}", root) for root in roots]
    return [place]


def _matches(path: Path) -> list[Path]:
    parts = path.parts
    star = parts.index("*")
    try:
        return list(Path(*parts[:star]).glob("/".join(parts[star:])))
    except OSError:
        return []


def _is_program(path: Path) -> bool:
    try:
        return path.is_file() and os.access(path, os.X_OK)
    except OSError:
        return False
