"""Where files are dropped: what can be read as envelopes or events is sent to the station."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.connect.post import FileResult, send_files
from vedette.desktop.connect.source import DsnSource
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label, set_role

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_MOST = 200  # files at a time


class DropArea(QFrame):
    """Drop files, or choose them; below stands what became of them."""

    settled = Signal()

    def __init__(self, bridge: "Bridge", source: DsnSource, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._source = source
        self._asking = InFlight(bridge, self)
        self.setObjectName(name)
        self.setProperty("role", "code")
        self.setAccessibleName(tr("Drop files here"))
        self.setAcceptDrops(True)
        words = label(tr("Already have data? Drop envelopes or event JSON here."), "muted", wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.choose = Button(
            theme, tr("Choose files…"), name=f"{name}.choose", role="small", icon="folder-open"
        )
        self.said = label("", "caption", name=f"{name}.said", wrap=True)
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.said.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(words, 1)
        row.addWidget(self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 12, 12)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.said)
        self.choose.clicked.connect(self._ask)
        self._asking.settled.connect(self.settled)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self._asking.is_settled

    def _ask(self) -> None:
        dialog = QFileDialog(self, tr("Files to send to the station"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda paths: self.send([Path(path) for path in paths]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def send(self, paths: Sequence[Path]) -> None:
        """Send the files at *paths*."""
        if not paths:
            return
        self._say(tr("Sending %n file(s)…", "", len(paths)))
        self._asking.compute(
            "send", send_files, paths[:_MOST], self._source.local_dsn,
            answer=self._sent, failed=lambda sentence, _: self._say(sentence, "error"),
        )  # fmt: skip

    def _sent(self, results: list[FileResult]) -> None:
        refused = [one for one in results if one.why]
        taken = len(results) - len(refused)
        parts = [tr("%n file(s) taken.", "", taken)] if taken else []
        parts += [f"{one.name}: {one.why}" for one in refused[:3]]
        if len(refused) > 3:
            parts.append(tr("%n more (was|were) not taken.", "", len(refused) - 3))
        self._say(" ".join(parts), "error" if refused else "ok")

    def _say(self, text: str, role: str = "caption") -> None:
        self.said.setText(text)
        self.said.setAccessibleName(text)
        self.said.show()
        set_role(self.said, role)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.send(local_paths(event.mimeData()))


def local_paths(data: QMimeData) -> list[Path]:
    """Return the files of this machine that *data* names."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
