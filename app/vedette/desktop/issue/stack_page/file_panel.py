"""A whole file, or how it differs from what an event saw, beside the stack trace."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.issue.source.differences import difference
from vedette.desktop.issue.source.looking import read_source, text_lines
from vedette.desktop.issue.stack.frames import Frame
from vedette.desktop.issue.stack_page.find_field import FindField
from vedette.desktop.language import tr
from vedette.desktop.theme.highlight import Run, highlight
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import IconButton
from vedette.desktop.widgets.code_lines import CodeLine
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.labels import label, separator
from vedette.desktop.widgets.notices import EmptyState

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

MOST_COLOURED = 3_000_000
"""Letters of a file that are coloured; measured: 1 s for 700,000 in a worker, the file plain meanwhile."""


@dataclass(frozen=True, slots=True)
class FileText:
    """A file to show, one plain run for each line; None for *lines*: it cannot be read."""

    path: Path
    lines: tuple[CodeLine, ...] | None
    current: int | None


def read_file(path: Path, line: int | None) -> FileText:
    """Return the text of a file, its line *line* marked."""
    content = read_source(path)
    if content is None:
        return FileText(path, None, line)
    lines = tuple(
        CodeLine(number, (Run(text, "code.name"),) if text else (), number == line)
        for number, text in enumerate(text_lines(content), start=1)
    )
    return FileText(path, lines, line)


def colour(file: FileText, platform: str) -> tuple[CodeLine, ...]:
    """Return the lines of *file* in colours."""
    lines = file.lines or ()
    runs = highlight([line.text for line in lines], file.path.name, platform, most=MOST_COLOURED)
    return tuple(
        CodeLine(line.number, tuple(found), line.current) for line, found in zip(lines, runs, strict=True)
    )


def read_difference(path: Path, frame: Frame, line: int | None, platform: str) -> tuple[CodeLine, ...] | None:
    """Return how a file differs from what *frame* saw of it; None: it cannot be read."""
    content = read_source(path)
    if content is None:
        return None
    found = difference(frame, text_lines(content), line)
    runs = highlight([one.text for one in found], path.name, platform)
    return tuple(
        CodeLine(one.number, tuple(own), one.current, one.sign) for one, own in zip(found, runs, strict=True)
    )


class FilePanel(QWidget):
    """Shows one file. Escape closes it."""

    closed = Signal()
    editorWanted = Signal(object, int)
    """Open a Path in the editor at a line."""
    settled = Signal()

    def __init__(self, bridge: "Bridge", theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._line = 0
        self._platform = ""
        self._asking = InFlight(bridge, self)
        self._asking.settled.connect(self.settled)
        self.setObjectName("event.file")
        self.setProperty("role", "canvas")
        self.setProperty("commandContext", "code")
        self.setAccessibleName(tr("File"))
        self.title = label("", "title", name="event.file.title")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        edit = IconButton(theme, "external-link", tr("Open in editor"), name="event.file.edit")
        edit.clicked.connect(self._edit)
        close = IconButton(theme, "x", tr("Close the file"), name="event.file.close")
        close.clicked.connect(self.close_file)
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 8, 6)
        head.addWidget(self.title, 1)
        head.addWidget(edit)
        head.addWidget(close)
        self.code = CodeView(theme, name="event.file.code", title=tr("File"), most_lines=0)
        self.code.lineActivated.connect(self._edit_at)
        self._field = FindField(name="event.file.find", title=tr("Find in the file"))
        self._field.textChanged.connect(self.code.find_text)
        self._field.nextWanted.connect(lambda back: self.code.find_next(back=back))
        self._field.left.connect(lambda: self.code.setFocus(Qt.FocusReason.OtherFocusReason))
        self.trouble = EmptyState(theme, name="event.file.trouble")
        self.trouble.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(separator())
        column.addWidget(self._field)
        column.addWidget(self.code, 1)
        column.addWidget(self.trouble, 1)
        self.hide()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read."""
        return self._asking.is_settled

    def begin_find(self) -> None:
        """Find in the file."""
        self._field.begin()

    def show_file(self, path: Path, line: int | None, platform: str) -> None:
        """Show the whole file at *line*: plain at once, in colours as soon as they are found."""
        self._begin(path, line, platform, f"{path.name}:{line}" if line else path.name)
        self._asking.compute("file", read_file, path, line, answer=self._take_file, failed=self._fail)

    def show_difference(self, path: Path, frame: Frame, line: int | None, platform: str) -> None:
        """Show what the event saw beside what the file holds now."""
        title = tr("{file}: the event against the file now").format(file=path.name)
        self._begin(path, line, platform, title)
        self._asking.compute(
            "file", read_difference, path, frame, line, platform, answer=self._take_lines, failed=self._fail
        )

    def _begin(self, path: Path, line: int | None, platform: str, title: str) -> None:
        self._asking.cancel_all()
        self._field.hide()
        self._path, self._line, self._platform = path, line or 0, platform
        self.title.setText(title)
        self.title.setToolTip(str(path))
        self.code.setAccessibleName(title)
        self.code.set_lines(())
        self.code.show()
        self.trouble.hide()
        self.show()

    def _take_file(self, file: FileText) -> None:
        self._take_lines(file.lines)
        if file.lines:
            self._asking.compute(
                "colours", colour, file, self._platform, answer=self.code.set_colours, failed=self._stay_plain
            )

    def _take_lines(self, lines: Sequence[CodeLine] | None) -> None:
        if not lines:
            self._fail(tr("The file cannot be read, or is too large."), "")
            return
        self.code.set_lines(lines)
        marked = next((line.number for line in lines if line.current or line.sign), self._line)
        self.code.go_to_line(self._line if any(line.number == self._line for line in lines) else marked or 1)

    def _fail(self, sentence: str, details: str) -> None:
        self.code.hide()
        self.trouble.say(sentence, icon="triangle-alert")
        self.trouble.show()

    def _stay_plain(self, sentence: str, details: str) -> None:
        """Leave the file without colours."""

    def close_file(self) -> None:
        """Hide the panel."""
        self._asking.cancel_all()
        self.code.set_lines(())
        self.hide()
        self.closed.emit()

    def _edit(self) -> None:
        at = self.code.current_row()
        lines = self.code.lines()
        self._edit_at((lines[at].number or 0) if 0 <= at < len(lines) else self._line)

    def _edit_at(self, line: int) -> None:
        if self._path is not None:
            self.editorWanted.emit(self._path, line)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_file()
        else:
            super().keyPressEvent(event)
