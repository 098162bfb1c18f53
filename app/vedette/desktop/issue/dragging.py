"""Bytes on their way out of the window: as a file for a drag, for another program, or for good.

A drag needs a real file before it begins, so each is written to a folder of its own that goes with the
process.
"""

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from vedette.desktop.language import tr
from vedette.desktop.widgets.units import size

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
LARGEST = 500_000_000
"""Larger files are saved, not dragged: they would have to be written first."""


def safe_name(name: str, otherwise: str = "file") -> str:
    """Return *name* as a file name that every system takes and that leads to no other folder."""
    last = name.replace("\\", "/").rpartition("/")[2]
    cleaned = _FORBIDDEN.sub("_", last).strip(" .")[:120]
    if not cleaned or cleaned.partition(".")[0].lower() in _DEVICES:
        return f"{otherwise}_{cleaned}" if cleaned else otherwise
    return cleaned


class Outbox:
    """Files written for others to take; they are removed with it."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._count = 0

    def target(self, name: str) -> Path:
        """Return where to write a file called *name*; the folder exists, the file does not."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="vedette-", ignore_cleanup_errors=True)
        self._count += 1
        folder = Path(self._folder.name) / str(self._count)
        folder.mkdir(parents=True, exist_ok=True)
        return folder / safe_name(name)

    def close(self) -> None:
        """Remove what was written. May be called twice."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def write_bytes(pieces: Iterable[bytes], target: Path) -> Path | str:
    """Write *pieces* and return the file, or a sentence on why not; no half of it is left then."""
    try:
        with target.open("wb") as file:
            file.writelines(pieces)
    except OSError as error:
        target.unlink(missing_ok=True)
        return tr("{name} could not be written: {why}").format(
            name=target.name, why=error.strerror or str(error)
        )
    return target


def written(pieces: Iterable[bytes], target: Path) -> str:
    """Write *pieces* to *target* and return the sentence that says so, or why not."""
    found = write_bytes(pieces, target)
    if isinstance(found, str):
        return found
    return tr("{size} written to {path}").format(size=size(found.stat().st_size), path=str(target))


def drag_file(source: QWidget, path: Path) -> None:
    """Begin a drag of the file at *path* from *source*; returns when it was dropped."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drag = QDrag(source)
    drag.setMimeData(data)
    drag.exec(Qt.DropAction.CopyAction)


class DragStart:
    """Tells when a pressed pointer has been moved far enough to be a drag."""

    def __init__(self) -> None:
        self._pressed: QPoint | None = None

    def press(self, event: QMouseEvent) -> None:
        """Note where the left button went down."""
        left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = event.position().toPoint() if left else None

    def release(self) -> None:
        """The button went up."""
        self._pressed = None

    def begins(self, event: QMouseEvent) -> bool:
        """Return True once for a drag."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        far = (event.position().toPoint() - self._pressed).manhattanLength()
        if far < QApplication.startDragDistance():
            return False
        self._pressed = None
        return True
