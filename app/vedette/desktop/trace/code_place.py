"""Where in the code a span was begun, and that file on this disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vedette.domain.json import JsonValue

_FILE = ("code.file.path", "code.filepath", "code.file")
_LINE = ("code.line.number", "code.lineno", "code.line")
_FUNCTION = ("code.function.name", "code.function")
_NAMESPACE = ("code.namespace",)
NAMES = frozenset((*_FILE, *_LINE, *_FUNCTION, *_NAMESPACE))
"""The attributes that make a place."""


@dataclass(frozen=True, slots=True)
class CodePlace:
    """File, line (from 1, None unknown) and function as sent; "" for what was not."""

    file: str
    line: int | None
    function: str

    def __str__(self) -> str:
        where = self.file + (f":{self.line}" if self.file and self.line else "")
        return "  ".join(part for part in (where, self.function) if part)


def code_place(data: Mapping[str, JsonValue]) -> CodePlace | None:
    """Return the place a span's attributes name, None if they name no file and no function."""
    file, function, space = (_text(data, names) for names in (_FILE, _FUNCTION, _NAMESPACE))
    if not file and not function:
        return None
    if space and function and not function.startswith(space):
        function = f"{space}.{function}"
    line = next((data[name] for name in _LINE if data.get(name) is not None), None)
    number = int(line) if isinstance(line, int | float | str) and str(line).isdecimal() else None
    return CodePlace(file, number or None, function)


def _text(data: Mapping[str, JsonValue], names: tuple[str, ...]) -> str:
    return next((value for name in names if isinstance(value := data.get(name), str) and value), "")


def find_file(name: str, folder: Path | None) -> Path | None:
    """Return the file *name* on this disk: as it is, else below the project's *folder* by the longest ending.

    Looks at the disk: call it in a worker thread.
    """
    if not name:
        return None
    try:
        whole = Path(name)
        if whole.is_absolute() and whole.is_file():
            return whole
        if folder is None or not folder.is_dir():
            return None
        root = folder.resolve()
        plain = name.replace("\\", "/").split("://", 1)[-1]
        parts = [part for part in PurePosixPath(plain).parts if part not in ("/", ".", "..")]
        for start in range(len(parts)):
            candidate = root.joinpath(*parts[start:])
            if candidate.is_file() and candidate.resolve().is_relative_to(root):
                return candidate
    except (OSError, ValueError):
        return None
    return None
