"""The files that came with an event: a list, a look at images and text, and Save."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.issue.parts import SIDE, empty_part
from vedette.desktop.issue.read import EventPage, read_attachment
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.paged_model import Column, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.desktop.widgets.units import size
from vedette.store.queries.events import AttachmentRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vedette.desktop.bridge.bridge import Bridge

LARGEST_LOOK = 8_000_000
_MOST_LINES = 5_000
_BINARY_SHOWN = 1_024


class AttachmentsPage(QWidget):
    """Files of one event."""

    settled = Signal()
    """Nothing is being read any more."""

    def __init__(self, bridge: "Bridge", theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._files: tuple[AttachmentRow, ...] = ()
        self._shown: AttachmentRow | None = None
        self._asking = InFlight(bridge, self)
        self._asking.settled.connect(self.settled)
        self.setObjectName("event.section.attachments")
        self.setAccessibleName("Attachments")
        columns = (
            Column[AttachmentRow]("Name", text=lambda row: row.name, tip=lambda row: row.name),
            Column[AttachmentRow]("Type", text=lambda row: row.content_type),
            Column[AttachmentRow]("Size", text=lambda row: size(row.size), right=True),
        )
        self.model: PagedModel[AttachmentRow] = PagedModel(
            columns,
            self._fetch,
            key=lambda row: row.id,
            describe=lambda row: f"{row.name}, {row.content_type}, {size(row.size)}",
            color=theme.color,
            parent=self,
        )
        self.list = PaintedList(theme, name="event.attachments", title="Attachments", parent=self)
        self.list.set_model(self.model)
        self.list.horizontalHeader().setSectionResizeMode(0, self.list.horizontalHeader().ResizeMode.Stretch)
        self.save = Button(theme, "Save…", name="event.attachment.save", role="small", icon="save")
        self._name = label("", "title", name="event.attachment.name")
        self._note = label("", "caption", name="event.attachment.note", wrap=True)
        self.text = CodeView(
            theme, name="event.attachment.text", title="Text of the attachment", most_lines=_MOST_LINES
        )
        self.image = QLabel()
        self.image.setObjectName("event.attachment.image")
        self.image.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.empty = empty_part(
            theme, "event.attachments.empty", "No attachments", "No file came with this event.", "file"
        )
        self._lay_out()
        self.list.currentRowChanged.connect(self._look)
        self.save.clicked.connect(self._choose_target)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(SIDE, 8, SIDE, 4)
        bar.addWidget(self._name)
        bar.addWidget(self._note, 1)
        bar.addWidget(self.save)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(SIDE, 4, SIDE, 12)
        column.addWidget(self.text)
        column.addWidget(self.image)
        column.addStretch(1)
        self._viewer = QScrollArea()
        self._viewer.setWidgetResizable(True)
        self._viewer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._viewer.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 6, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.list, 1)
        whole.addLayout(bar)
        whole.addWidget(self._viewer, 2)
        whole.addWidget(self.empty, 3)

    def set_page(self, page: EventPage) -> None:
        """Show another event's files, the first of them at once."""
        self._files = page.attachments
        self._asking.cancel_all()
        self._shown = None
        self.model.reload()
        self.list.set_column_width(1, 20)
        self.list.set_column_width(2, 8)
        for part in (self.list, self._viewer, self.save, self._name, self._note):
            part.setVisible(bool(self._files))
        self.empty.setVisible(not self._files)
        if self._files:
            self.list.select_key(self._files[0].id)
            self._look(self._files[0].id)

    @property
    def is_settled(self) -> bool:
        """Whether no file is being read."""
        return self._asking.is_settled

    def _fetch(self, after: AttachmentRow | None, limit: int, answer: PageAnswer[AttachmentRow]) -> None:
        answer(self._files if after is None else ())

    def _look(self, key: object) -> None:
        row = next((file for file in self._files if file.id == key), None)
        if row is None or row == self._shown:
            return
        self._shown = row
        self._name.setText(row.name)
        self._note.setText(size(row.size))
        self.text.hide()
        self.image.clear()
        self.image.hide()
        if row.size > LARGEST_LOOK:
            self._note.setText(f"{size(row.size)}, too large to show here; Save writes all of it")
            return
        self._asking.ask(
            "look", _read_look, self._bridge.workspace, row, answer=self._show_look, failed=self._say_missing
        )

    def _show_look(self, look: "QImage | tuple[str, Sequence[str]]") -> None:
        row = self._shown
        if row is None:
            return
        if isinstance(look, QImage):
            ratio = self.devicePixelRatioF()
            wide = max(200, self._viewer.viewport().width() - 2 * SIDE)
            pixmap = QPixmap.fromImage(look)
            if look.width() > wide * ratio:
                target = QSize(round(wide * ratio), round(look.height() * wide * ratio / look.width()))
                pixmap = pixmap.scaled(target, mode=Qt.TransformationMode.SmoothTransformation)
            pixmap.setDevicePixelRatio(ratio)
            self.image.setPixmap(pixmap)
            self.image.setAccessibleName(f"Image {row.name}, {look.width()} by {look.height()} pixels")
            self._note.setText(f"{size(row.size)}, {look.width()} × {look.height()} px")
            self.image.show()
            return
        note, lines = look
        if note:
            self._note.setText(f"{size(row.size)}, {note}")
        self.text.set_source(lines, filename=row.name)
        self.text.show()

    def _say_missing(self, sentence: str, details: str) -> None:
        self._note.setText(sentence)

    # Saving

    def _choose_target(self) -> None:
        if self._shown is None:
            return
        target, _ = QFileDialog.getSaveFileName(self, "Save attachment", Path(self._shown.name).name)
        if target:
            self.save_to(Path(target))

    def save_to(self, target: Path) -> None:
        """Write the chosen file's bytes to *target*."""
        if self._shown is not None:
            self._asking.ask(
                "save",
                _save,
                self._bridge.workspace,
                self._shown,
                target,
                answer=self._note.setText,
                failed=self._say_missing,
                limit=60.0,
            )


def _read_look(db: object, workspace: object, row: AttachmentRow) -> "QImage | tuple[str, Sequence[str]]":
    """Return an image, or a note and lines of text: bytes in hex for what is neither."""
    data = read_attachment(db, workspace, row)  # type: ignore[arg-type]
    if row.content_type.startswith("image/") or row.name.lower().endswith(
        (".png", ".jpg", ".jpeg", ".gif", ".webp")
    ):
        image = QImage.fromData(data)
        if not image.isNull():
            return image
    if b"\0" not in data[:4_096]:
        text = data.decode("utf-8", errors="replace")
        lines = text.splitlines()
        cut = f"first {_MOST_LINES:,} of {len(lines):,} lines" if len(lines) > _MOST_LINES else ""
        return cut, lines[:_MOST_LINES]
    shown = data[:_BINARY_SHOWN]
    note = f"binary, first {size(len(shown))}" if len(data) > len(shown) else "binary"
    return note, [
        f"{at:06x}  {shown[at : at + 16].hex(' '):<47}  "
        + "".join(chr(byte) if 32 <= byte < 127 else "·" for byte in shown[at : at + 16])
        for at in range(0, len(shown), 16)
    ]


def _save(db: object, workspace: object, row: AttachmentRow, target: Path) -> str:
    """Write an attachment to *target* and return the sentence that says so, or why not."""
    data = read_attachment(db, workspace, row)  # type: ignore[arg-type]
    try:
        target.write_bytes(data)
    except OSError as error:
        return f"{target.name} could not be written: {error.strerror or error}"
    return f"{size(len(data))} written to {target}"
