"""What can be done with one request besides looking at it; each says how it ended."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.ingest.copying import command_and_remark, request_line
from vedette.desktop.ingest.fixture import pytest_snippet
from vedette.desktop.ingest.read import make_fixture, read_for_curl, save_envelope
from vedette.desktop.language import tr
from vedette.store.queries.requests import RequestRow

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_DEFAULT_URL = "http://127.0.0.1:8969"
_SECONDS = 60.0  # a large body takes its time to be written


class Deeds(QObject):
    """Copies and files of requests, made beside the window."""

    said = Signal(str)
    failed = Signal(str, str)

    def __init__(self, bridge: "Bridge", owner: QWidget) -> None:
        super().__init__(owner)
        self._bridge = bridge
        self._window = owner
        self.asking = InFlight(bridge, self)

    # ---------------------------------------------------------------- clipboard

    def copy_line(self, row: RequestRow) -> None:
        """Put *row* on the clipboard as a line."""
        QGuiApplication.clipboard().setText(request_line(row))
        self.said.emit(tr("The request is on the clipboard."))

    def copy_curl(self, number: int, *, as_received: bool = False) -> None:
        """Put a command on the clipboard that sends the request again, scrubbed or *as_received*."""
        self.asking.ask(
            "curl", partial(read_for_curl, as_received=as_received), self._bridge.workspace, number,
            answer=self._take_curl, failed=self.failed.emit,
        )  # fmt: skip

    def _take_curl(self, found: tuple[RequestRow, bytes, str] | None) -> None:
        if found is None:
            self.failed.emit(tr("That request is not kept any more."), "")
            return
        row, body, key = found
        base_url = self._bridge.station.base_url or _DEFAULT_URL
        command, remark = command_and_remark(row, body, base_url, key)
        QGuiApplication.clipboard().setText(command)
        self.said.emit(remark)

    # ---------------------------------------------------------------- files

    def ask_for_envelope(self, number: int, *, as_received: bool = False) -> None:
        """Ask where, and write the whole body there, scrubbed or *as_received*."""
        dialog = QFileDialog(self._window, tr("Save the envelope"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"request-{number}.envelope")
        dialog.fileSelected.connect(
            lambda path: self.save_envelope(number, Path(path), as_received=as_received)
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_envelope(self, number: int, path: Path, *, as_received: bool = False) -> None:
        """Write the whole body of a request to *path*, scrubbed or *as_received*."""
        self.asking.ask(
            "envelope", partial(save_envelope, as_received=as_received), self._bridge.workspace, number, path,
            answer=lambda name: self.said.emit(tr("Saved as {file}.").format(file=name)),
            failed=lambda why, details: self._not_saved(why, details),
            limit=_SECONDS,
        )  # fmt: skip

    def ask_for_fixture(self, number: int) -> None:
        """Ask for a folder, and write the request there as a test fixture."""
        dialog = QFileDialog(self._window, tr("Folder for the test fixture"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda path: self.make_fixture(number, Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def make_fixture(self, number: int, folder: Path) -> None:
        """Write a request into *folder* as a `.json` and a `.bin`; a test for it goes to the clipboard."""
        self.asking.ask(
            "fixture", make_fixture, self._bridge.workspace, number, folder,
            answer=self._made_fixture, failed=lambda why, details: self._not_saved(why, details),
            limit=_SECONDS,
        )  # fmt: skip

    def _made_fixture(self, names: tuple[str, str]) -> None:
        QGuiApplication.clipboard().setText(pytest_snippet(names[0]))
        said = tr("Saved as {first} and {second}. A pytest for them is on the clipboard.")
        self.said.emit(said.format(first=names[0], second=names[1]))

    def _not_saved(self, why: str, details: str) -> None:
        self.failed.emit(tr("It was not saved: {why}").format(why=why), details)
