"""What happened to an issue, newest first, and the notes on it: written, edited and deleted here."""

from functools import partial
from typing import TYPE_CHECKING, Any

import orjson
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.issue.activity.markdown_view import MarkdownView
from vedette.desktop.issue.activity.note_editor import NoteEditor
from vedette.desktop.issue.activity.words import icon_of, sentence_of
from vedette.desktop.issue.parts import SIDE
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import relative_time
from vedette.desktop.widgets.buttons import IconButton
from vedette.desktop.widgets.labels import label
from vedette.domain.times import Micros, now
from vedette.store.queries.issue_details import ActivityRow, issue_activities

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

MOST = 300
_ICON = 16


class ActivityPage(QWidget):
    """The feed of one issue, with a field for a new note above it."""

    settled = Signal()
    done = Signal(str, object)
    """A sentence for the toast, and what undoes it."""
    failed = Signal(str, str)

    def __init__(self, bridge: "Bridge", theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._theme = bridge, theme
        self._issue: int | None = None
        self._rows: list[ActivityRow] = []
        self._edited: int | None = None
        self._asking = InFlight(bridge, self)
        self._asking.settled.connect(self.settled)
        self.setObjectName("issue.activity")
        self.setAccessibleName(tr("Activity and notes"))
        self.editor = NoteEditor(theme, name="issue.activity.new", title=tr("A new note"))
        self.editor.cancel.hide()
        self.entries: list[QWidget] = []
        self._lay_out()
        self.editor.saved.connect(self._create)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        self._feed = QVBoxLayout(inner)
        self._feed.setContentsMargins(SIDE, 14, SIDE, 20)
        self._feed.setSpacing(12)
        self._feed.addWidget(self.editor)
        self._feed.addStretch(1)
        self.feed = QScrollArea()
        self.feed.setObjectName("issue.activity.feed")
        self.feed.setAccessibleName(tr("What happened to the issue"))
        self.feed.setFrameShape(QFrame.Shape.NoFrame)
        self.feed.setWidgetResizable(True)
        self.feed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.feed.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.feed)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read."""
        return self._asking.is_settled

    def show_issue(self, issue: int) -> None:
        """Show what happened to *issue*, read anew; a note that is being written for it stays."""
        if issue != self._issue:
            self.editor.set_text("")
            self._edited = None
        self._issue = issue
        self._asking.ask(
            "activity",
            issue_activities,
            issue,
            MOST,
            answer=partial(self._take, issue),
            failed=self.failed.emit,
        )

    def _take(self, issue: int, rows: list[ActivityRow]) -> None:
        if issue != self._issue or (rows == self._rows and self.entries):
            return
        self._rows = rows
        if self._edited is None:
            self._show_rows()

    def _show_rows(self) -> None:
        for entry in self.entries:
            self._feed.removeWidget(entry)
            entry.deleteLater()
        moment = now()
        self.entries = [self._entry(row, moment) for row in self._rows]
        for at, entry in enumerate(self.entries):
            self._feed.insertWidget(at + 1, entry)

    def _entry(self, row: ActivityRow, moment: Micros) -> QWidget:
        data: dict[str, Any] = orjson.loads(row.data)
        entry = QWidget()
        entry.setObjectName(f"issue.activity.{row.id}")
        icon = QLabel()
        icon.setFixedWidth(_ICON)
        image = self._theme.icon(icon_of(row.kind), "text.muted")
        icon.setPixmap(image.pixmap(_ICON, _ICON))
        words = tr("Note") if row.kind == "note" else sentence_of(row.kind, data)
        sentence = label(words, "body" if row.kind != "note" else "caption.strong", selectable=True)
        sentence.setWordWrap(True)
        ago = relative_time.ago(row.ts, moment)
        when = label(tr("{when}, edited").format(when=ago) if data.get("edited") else ago, "muted")
        when.setToolTip(relative_time.exact(row.ts))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(sentence, 1)
        head.addWidget(when, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(entry)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        entry.setAccessibleName(f"{words}, {ago}")
        if row.kind == "note":
            self._add_note(row, str(data.get("text") or ""), head, column)
        return entry

    def _add_note(self, row: ActivityRow, text: str, head: QHBoxLayout, column: QVBoxLayout) -> None:
        view = MarkdownView(name=f"issue.activity.{row.id}.note", title=tr("Note"))
        view.setContentsMargins(_ICON + 8, 0, 0, 0)
        view.set_markdown(text)
        for name, icon, title, run in (
            ("edit", "pencil", tr("Edit note"), partial(self._edit, row.id, text, view, column)),
            ("delete", "trash-2", tr("Delete note"), partial(self._delete, row.id, text)),
        ):
            button = IconButton(self._theme, icon, title, name=f"issue.activity.{row.id}.{name}")
            button.clicked.connect(lambda _checked=False, run=run: run())
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        inset = QHBoxLayout()
        inset.setContentsMargins(_ICON + 8, 0, 0, 0)
        inset.addWidget(view)
        column.addLayout(inset)

    # ---------------------------------------------------------------- writing

    def _path(self, note: int | None = None) -> str:
        base = f"/organizations/desk/issues/{self._issue}/notes/"
        return base if note is None else f"{base}{note}/"

    def _call(self, method: str, path: str, body: Any, answer: Any) -> None:
        self._bridge.call(method, path, body, answer=answer, failed=self.failed.emit, owner=self)

    def _create(self, text: str) -> None:
        def answered(_note: Any) -> None:
            self.editor.set_text("")
            self._read_again()

        self._call("POST", self._path(), {"text": text}, answered)

    def _edit(self, note: int, text: str, view: QWidget, column: QVBoxLayout) -> None:
        if self._edited is not None:
            return
        self._edited = note
        view.hide()
        editor = NoteEditor(self._theme, name="issue.activity.edit", title=tr("Edit note"))
        editor.set_text(text)
        column.addWidget(editor)
        editor.cancelled.connect(self._stop_editing)
        editor.saved.connect(partial(self._update, note, text))
        editor.field.setFocus()

    def _stop_editing(self) -> None:
        self._edited = None
        self._show_rows()

    def _update(self, note: int, before: str, text: str) -> None:
        path = self._path(note)

        def answered(_note: Any) -> None:
            self._edited = None
            self._read_again()
            undo = partial(self._call, "PUT", path, {"text": before}, lambda _: self._read_again())
            self.done.emit(tr("Changed the note"), undo)

        self._call("PUT", path, {"text": text}, answered)

    def _delete(self, note: int, text: str) -> None:
        again = partial(self._call, "POST", self._path(), {"text": text}, lambda _: self._read_again())

        def answered(_nothing: Any) -> None:
            self._read_again()
            self.done.emit(tr("Deleted the note"), again)

        self._call("DELETE", self._path(note), None, answered)

    def _read_again(self) -> None:
        if self._issue is not None:
            self.show_issue(self._issue)
