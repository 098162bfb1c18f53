"""The files that came with an event: a list, a look at each, and the ways out of the window."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.issue.bar_layout import BarLayout, lay_in_bar
from vedette.desktop.issue.clamped_text import ClampedText
from vedette.desktop.issue.drag_handle import DragHandle
from vedette.desktop.issue.dragging import Outbox, safe_name, written
from vedette.desktop.issue.pages.attachment_look import (
    LARGEST_FILE,
    Look,
    outgoing_attachment,
    read_look,
    wants_look,
)
from vedette.desktop.issue.pages.look_view import LookView
from vedette.desktop.issue.parts import SIDE, empty_part
from vedette.desktop.issue.read import EventPage, find_attachment
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label, separator
from vedette.desktop.widgets.paged_model import Column, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.desktop.widgets.units import size
from vedette.domain.workspace import Workspace
from vedette.processing.rules import ProjectRules
from vedette.store.queries.events import AttachmentRow

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_ROWS = 4
_OPENED = frozenset((
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".txt", ".log", ".json", ".xml", ".csv", ".md", ".yaml",
    ".yml", ".pdf", ".mp4", ".webm", ".mov", ".zip", ".gz", ".dmp", ".mdmp",
))  # fmt: skip
"""What another program may be given: these are shown, never run."""


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
        self._file: Path | None = None
        self._outbox = Outbox()
        self.destroyed.connect(self._outbox.close)
        self._asking = InFlight(bridge, self)
        self._asking.settled.connect(self.settled)
        self.setObjectName("event.section.attachments")
        self.setAccessibleName(tr("Attachments"))
        columns = (
            Column[AttachmentRow](tr("Name"), text=lambda row: row.name, tip=lambda row: row.name),
            Column[AttachmentRow](tr("Type"), text=lambda row: row.content_type),
            Column[AttachmentRow](tr("Size"), text=lambda row: size(row.size), right=True),
        )
        self.model: PagedModel[AttachmentRow] = PagedModel(
            columns,
            self._fetch,
            key=lambda row: row.id,
            describe=lambda row: f"{row.name}, {row.content_type}, {size(row.size)}",
            color=theme.color,
            parent=self,
        )
        self.list = PaintedList(theme, name="event.attachments", title=tr("Attachments"), parent=self)
        self.list.set_model(self.model)
        self.list.horizontalHeader().setSectionResizeMode(0, self.list.horizontalHeader().ResizeMode.Stretch)
        self.open_with = Button(
            theme, tr("Open with…"), name="event.attachment.open", role="small", icon="external-link"
        )
        self.save = DragHandle(theme, tr("Save…"), self._dragged, name="event.attachment.save")
        self.save.setToolTip(tr("Save as a file, or drag it out of the window"))
        self.save_raw = Button(
            theme, tr("Save as received…"), name="event.attachment.save_raw", role="small", icon="save"
        )
        self.save_raw.setToolTip(tr("Without the project's rules for what leaves"))
        self._rules = ProjectRules()
        self._name = ClampedText(theme, "title", name="event.attachment.name")
        self._note = label("", "caption", name="event.attachment.note")
        self.look = LookView(theme)
        self.empty = empty_part(
            theme,
            "event.attachments.empty",
            tr("No attachments"),
            tr("No file came with this event."),
            "file",
        )
        self._lay_out()
        self.list.currentRowChanged.connect(self._look)
        self.open_with.clicked.connect(self._open)
        self.save.clicked.connect(lambda: self._choose_target(as_received=False))
        self.save_raw.clicked.connect(lambda: self._choose_target(as_received=True))

    def _lay_out(self) -> None:
        self._bar = QWidget()
        bar = BarLayout(8, (SIDE, 8, SIDE, 4))
        bar.add(self._name, stretch=True, least=160)
        for part in (self._note, self.open_with, self.save, self.save_raw):
            bar.add(part)
        lay_in_bar(self._bar, bar)
        self._line = separator()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.list)
        whole.addWidget(self._line)
        whole.addWidget(self._bar)
        whole.addWidget(self.look, 1)
        whole.addWidget(self.empty, 1)

    def set_page(self, page: EventPage) -> None:
        """Show another event's files, the first of them at once."""
        self._files, self._rules = page.attachments, page.rules
        self._asking.cancel_all()
        self._shown = None
        self.model.reload()
        self.list.set_column_width(1, 20)
        self.list.set_column_width(2, 8)
        header = self.list.horizontalHeader().sizeHint().height()
        self.list.setFixedHeight(min(_ROWS, max(1, len(self._files))) * self.list.row_pixels + header + 4)
        for part in (self.list, self._line, self._bar, self.look):
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
        self._shown, self._file = row, None
        self._name.set_text(row.name)
        self._note.setText(size(row.size))
        fits = row.size <= LARGEST_FILE
        self.open_with.setEnabled(False)
        self.save_raw.setVisible(not fits)  # whether anything is scrubbed is not known of these
        if not fits and not wants_look(row):
            self.look.say(tr("Too large to show here; Save writes all of it."))
            return
        target = self._outbox.target(row.name) if fits else None
        self._asking.ask(
            "look",
            read_look,
            self._bridge.workspace,
            row,
            self._rules,
            target,
            answer=self._show_look,
            failed=self._say_missing,
            limit=30.0,
        )

    def _show_look(self, look: Look) -> None:
        row = self._shown
        if row is None:
            return
        self._file = look.file
        self.save_raw.setVisible(look.is_scrubbed)
        shown = Path(safe_name(row.name)).suffix.lower() in _OPENED
        self.open_with.setEnabled(look.file is not None and shown)
        self.open_with.setToolTip(
            "" if shown else tr("Files of this kind could be run, so they are only saved.")
        )
        self._note.setText(", ".join(part for part in (size(row.size), look.note) if part))
        self.look.set_look(look, row.name)

    def _say_missing(self, sentence: str, details: str) -> None:
        self.look.say(sentence)

    # The ways out

    def _dragged(self) -> Path | None:
        return self._file

    def _open(self) -> None:
        if self._file is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file))):
            self._note.setText(tr("No program opens files of this kind."))

    def _choose_target(self, *, as_received: bool) -> None:
        if self._shown is None:
            return
        target, _ = QFileDialog.getSaveFileName(self, tr("Save attachment"), safe_name(self._shown.name))
        if target:
            self.save_to(Path(target), as_received=as_received)

    def save_to(self, target: Path, *, as_received: bool = False) -> None:
        """Write the chosen file's bytes to *target*, scrubbed by its project's rules or *as_received*."""
        if self._shown is not None:
            self._asking.ask(
                "save",
                _save,
                self._bridge.workspace,
                self._shown,
                None if as_received else self._rules,
                target,
                answer=self._note.setText,
                failed=self._say_missing,
                limit=60.0,
            )


def _save(
    db: object, workspace: Workspace, row: AttachmentRow, rules: ProjectRules | None, target: Path
) -> str:
    """Write an attachment to *target*, scrubbed if there are *rules*; returns what to say of it."""
    data = find_attachment(db, workspace, row)
    return written((data if rules is None else outgoing_attachment(data, row, rules)).pieces(), target)
