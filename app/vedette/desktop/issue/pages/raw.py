"""The event's item exactly as it came in: as a tree, as text; and what was done to its values since."""

from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.issue.bar_layout import BarLayout, bar_of
from vedette.desktop.issue.drag_handle import DragHandle
from vedette.desktop.issue.dragging import written
from vedette.desktop.issue.event_file import EventFile
from vedette.desktop.issue.facts.remarks import Remark
from vedette.desktop.issue.parts import SIDE
from vedette.desktop.issue.read import EventPage, RawText, read_raw
from vedette.desktop.issue.value_menu import ValueActions
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.json_values import as_json
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.paged_model import Column, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.desktop.widgets.search_field import SearchField
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.desktop.widgets.units import size
from vedette.desktop.widgets.value_tree import ValueTree
from vedette.processing.exporting import export_payload

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_MOST_FOUND = 200


class RawPage(QWidget):
    """The bytes that came in."""

    settled = Signal()
    """Nothing is being read any more."""

    def __init__(
        self, bridge: "Bridge", theme: Theme, actions: ValueActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._asking = InFlight(bridge, self)
        self._asking.settled.connect(self.settled)
        self._page: EventPage | None = None
        self._raw: RawText | None = None
        self._file = EventFile(self._asking, self)
        self.setObjectName("event.section.raw")
        self.setAccessibleName(tr("Raw"))
        self.forms = Segmented(
            theme, self._forms(), name="event.raw.form", title=tr("How the raw event is shown")
        )
        self.field = SearchField(
            theme,
            name="event.raw.find",
            title=tr("Find in the raw event"),
            hint=tr("Find a name or value"),
            keys="",
        )
        self._note = label("", "caption", name="event.raw.note")
        self.copy = Button(theme, tr("Copy"), name="event.raw.copy", role="small", icon="copy")
        self.copy_raw = Button(theme, tr("Copy as received"), name="event.raw.copy_raw", role="small")
        self.copy_raw.setToolTip(tr("Without the project's rules for what leaves"))
        self.save = DragHandle(theme, tr("Save…"), self._file.path, name="event.raw.save")
        self.save.setToolTip(tr("Save as a file, or drag it out of the window"))
        self.tree = ValueTree(theme, name="event.raw.tree", title=tr("Raw event as a tree"))
        self.tree.extend_menu = actions.fill
        self.text = CodeView(theme, name="event.raw.text", title=tr("Raw event as sent"), most_lines=3)
        self.text.setSizePolicy(self.tree.sizePolicy())
        self._make_changes()
        self._lay_out()
        self.forms.chosen.connect(self._show_form)
        self.field.queryChanged.connect(self._find)
        self.field.submitted.connect(lambda _: self._find_next())
        self.field.left.connect(lambda: self._shown().setFocus())
        self.copy.clicked.connect(self.copy_text)
        self.copy_raw.clicked.connect(self.copy_as_received)
        self.save.pressed.connect(self._file.prepare)
        self.save.clicked.connect(self.choose_target)
        self._show_form()

    def _forms(self) -> list[Segment]:
        return [
            Segment("tree", tr("Tree", "form of a raw event")),
            Segment("text", tr("As sent", "form of a raw event")),
            Segment("changes", tr("Changed", "values that were changed on the way")),
        ]

    def _make_changes(self) -> None:
        columns = (
            Column[Remark](tr("Value"), text=lambda row: row.place, tip=lambda row: row.place),
            Column[Remark](
                tr("What was done"),
                text=lambda row: f"{row.what}   {row.value}".strip(),
                tip=lambda row: f"{row.what}\n{row.value}".strip(),
            ),
            Column[Remark](tr("By"), text=lambda row: row.by),
        )
        self.model: PagedModel[Remark] = PagedModel(
            columns,
            self._fetch,
            key=lambda row: (row.path, row.what),
            describe=lambda row: f"{row.place}: {row.what}, {row.by}",
            page=10_000,
            parent=self,
        )
        self.changes = PaintedList(
            self._theme, name="event.raw.changes", title=tr("What was done to values"), parent=self
        )
        self.changes.set_model(self.model)
        header = self.changes.horizontalHeader()
        self.changes.set_column_width(0, 26)
        header.setSectionResizeMode(1, header.ResizeMode.Stretch)
        self.changes.set_column_width(2, 9)

    def _lay_out(self) -> None:
        bar = BarLayout(8, (SIDE, 10, SIDE, 4))
        for part in (self.forms, self.field, self.copy, self.copy_raw, self.save):
            bar.add(part, stretch=part is self.field, least=160)
        note = QHBoxLayout()
        note.setContentsMargins(SIDE, 0, SIDE, 6)
        note.addWidget(self._note)
        self._stack = QStackedWidget()
        for view in (self.tree, self.text, self.changes):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar_of(bar))
        column.addLayout(note)
        column.addWidget(self._stack, 1)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being decoded."""
        return self._asking.is_settled

    def set_page(self, page: EventPage) -> None:
        """Show another event's bytes; they are decoded beside the window."""
        self._page = page
        self._file.set_page(page)
        self.forms.set_count("changes", len(page.remarks) or None)
        self.model.reload()
        self._asking.compute("raw", read_raw, page.raw, answer=self._take, failed=self._fail)

    def _fetch(self, after: Remark | None, limit: int, answer: PageAnswer[Remark]) -> None:
        answer(self._page.remarks if self._page is not None and after is None else ())

    def _take(self, raw: RawText) -> None:
        self._raw = raw
        self.tree.set_value(raw.value if raw.value is not None else {})
        self.text.set_lines(raw.lines)
        self._show_form()

    def _fail(self, sentence: str, details: str) -> None:
        self._note.setText(sentence)

    def _shown(self) -> QWidget:
        return {"tree": self.tree, "text": self.text, "changes": self.changes}[self.forms.current()]

    def show_changes(self) -> None:
        """Show what was done to values."""
        self.forms.choose("changes")
        self._show_form()

    def _show_form(self, _: str = "") -> None:
        self._stack.setCurrentWidget(self._shown())
        form = self.forms.current()
        self.field.setEnabled(form != "changes")
        if self._raw is None or self._page is None:
            return
        said = tr("{type} item, {size}").format(type=self._page.item_type, size=size(self._raw.size))
        if form == "text" and self._raw.is_cut:
            said = tr("{what}; its beginning, Copy takes all of it").format(what=said)
        if form == "changes" and not self._page.remarks:
            said = tr("Nothing was cut, scrubbed or replaced: the values are as they were sent.")
        self._note.setText(said)
        if self.field.text() and form != "changes":
            self._find(self.field.text())

    def _find(self, text: str) -> None:
        view = self.text if self.forms.current() == "text" else self.tree
        found = view.find_text(text)
        if not text:
            self._note.setText("")
            self._show_form()
        elif not found:
            self._note.setText(tr("not found"))
        else:
            more = "+" if found >= _MOST_FOUND else ""
            self._note.setText(tr("{count} found").format(count=f"{found}{more}"))

    def _find_next(self) -> None:
        view = self.text if self.forms.current() == "text" else self.tree
        view.find_next()

    def copy_text(self) -> None:
        """Copy the text, or the tree's value indented; scrubbed if the event's project asks for it."""
        if self._raw is None or self._page is None:
            return
        as_sent = self.forms.current() == "text" or self._raw.value is None
        self._asking.compute(
            "copy", _copied, self._page, as_sent,
            answer=QGuiApplication.clipboard().setText, failed=self._fail,
        )  # fmt: skip

    def copy_as_received(self) -> None:
        """Copy the bytes that came as text, whatever the project's rules."""
        if self._page is not None:
            self._asking.compute(
                "copy", _as_text, self._page.raw,
                answer=QGuiApplication.clipboard().setText, failed=self._fail,
            )  # fmt: skip

    # Saving

    def choose_target(self) -> None:
        """Ask where to write the event's bytes."""
        if self._page is None:
            return
        target, _ = QFileDialog.getSaveFileName(self, tr("Save event"), self._file.name)
        if target:
            self.save_to(Path(target))

    def save_to(self, target: Path) -> None:
        """Write the event's bytes to *target*, scrubbed if its project asks for it."""
        if self._page is not None:
            self._asking.compute(
                "save", _saved, self._page, target, answer=self._note.setText, failed=self._fail
            )


def _outgoing(page: EventPage) -> bytes:
    return export_payload(page.item_type, page.raw, page.rules)


def _as_text(payload: bytes) -> str:
    return payload.decode("utf-8", errors="replace")


def _copied(page: EventPage, as_sent: bool) -> str:
    payload = _outgoing(page)
    return _as_text(payload) if as_sent else as_json(orjson.loads(payload))


def _saved(page: EventPage, target: Path) -> str:
    return written((_outgoing(page),), target)
