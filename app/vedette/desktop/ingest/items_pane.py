"""The items of a request, and the chosen one's content."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.ingest.item_content import ItemContent
from vedette.desktop.ingest.model import (
    FontModel,
    describe_part,
    part_columns,
    part_sentence,
    part_token,
    part_word,
)
from vedette.desktop.ingest.paint import SentencePainter, WordPainter, paint_words
from vedette.desktop.ingest.read import (
    Content,
    Detail,
    Part,
    first_to_show,
    mark_of,
    read_content,
    save_part,
)
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import IconButton
from vedette.desktop.widgets.elided_label import ElidedLabel
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.paged_model import PageAnswer
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.domain.outcomes import Outcome

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_MOST_ROWS = 4
_ALL_FROM = 460  # pixels; narrower, the sizes make way


class ItemsPane(QWidget):
    """Items above, the chosen one's content below."""

    partOpened = Signal(object)
    """Enter on an item: the Part, for going to the issue or trace it became."""

    def __init__(self, bridge: "Bridge", theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._detail: Detail | None = None
        self.asking = InFlight(bridge, self)
        self.setObjectName("ingest.items")
        self.setAccessibleName(tr("Items"))
        self.content = ItemContent(theme)
        self.save = IconButton(theme, "save", tr("Save as…"), name="ingest.items.save")
        self.note = ElidedLabel(theme, "caption", name="ingest.items.note", role="muted")
        self.model: FontModel[Part] = FontModel(
            theme,
            {},
            part_columns(),
            self._give_parts,
            key=lambda part: part.n,
            describe=describe_part,
            parent=self,
        )
        self.list = PaintedList(theme, name="ingest.items.table", title=tr("Items"), header=False)
        self._lay_out(theme)
        self.list.currentRowChanged.connect(self._read_current)
        self.list.rowOpened.connect(self._open)
        self.save.clicked.connect(lambda _checked=False: self.save_as())
        self.content.saveWanted.connect(lambda: self.save_as())

    def _lay_out(self, theme: Theme) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(tr("Items"), "title"))
        head.addWidget(self.note, 1)
        head.addWidget(self.save)
        head.addWidget(self.content.shape)
        self.list.setSelectionMode(PaintedList.SelectionMode.SingleSelection)
        self.list.set_model(self.model)
        self.list.set_painter(3, SentencePainter(theme, part_sentence, _part_token))
        paint_words(self.list, 2, WordPainter(theme, part_word, part_token))
        for column, digits in ((0, 18), (1, 8), (2, 9)):
            self.list.set_column_width(column, digits)
        self.list.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.list)
        layout.addWidget(self.content, 1)
        self.setMinimumWidth(self.minimumSizeHint().width())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = event.size().width() >= _ALL_FROM
        self.note.setVisible(is_wide)
        self.list.setColumnHidden(1, not is_wide)

    # ---------------------------------------------------------------- parts

    def show_detail(self, detail: Detail) -> None:
        """List the parts of a request and open the one that matters."""
        before = self._detail
        same = before is not None and before.listed.request.id == detail.listed.request.id
        self._detail = detail
        if same and before is not None and before.parts == detail.parts:
            return
        self.model.reload()
        rows = min(_MOST_ROWS, max(1, len(detail.parts)))
        self.list.setFixedHeight(rows * self.list.row_pixels + 1)
        self.list.setVisible(bool(detail.parts))
        at = first_to_show(detail)
        if at is None:
            self.asking.cancel_all()
            self._say_nothing(detail)
            return
        part = detail.parts[at]
        if mark_of(detail, part) is not None:
            self.content.show_bytes()
        self.list.select_key(part.n)

    def _give_parts(self, after: Part | None, limit: int, answer: PageAnswer[Part]) -> None:
        answer(self._detail.parts if self._detail is not None and after is None else ())

    def _say_nothing(self, detail: Detail) -> None:
        self.note.set_text("")
        self.save.setVisible(False)
        sentence = tr("Its bytes are not kept any more") if detail.gone else tr("It had no body")
        self.content.say(sentence, detail.gone)

    def current_part(self) -> Part | None:
        """Return the chosen part."""
        key = self.list.current_key()
        return self.model.row_by_key(key) if key is not None else None

    def _read_current(self, key: object) -> None:
        part = self.current_part()
        if part is None or self._detail is None or key is None:
            return
        self.asking.ask(
            "content", read_content, self._bridge.workspace, self._detail, part,
            answer=self._show_content, failed=self._fail,
        )  # fmt: skip

    def _open(self, key: object) -> None:
        part = self.model.row_by_key(key)
        if part is not None:
            self.partOpened.emit(part)

    # ---------------------------------------------------------------- content

    def _show_content(self, content: Content) -> None:
        size = tr("%n byte(s)", "", content.size)
        self.note.set_text(f"{size}. {content.note}" if content.note else size)
        self.save.setVisible(content.raw is not None and content.size > 0)
        self.content.show_content(content)

    def _fail(self, sentence: str, details: str) -> None:
        self.content.say(sentence, details.strip().splitlines()[-1] if details.strip() else "")

    # ---------------------------------------------------------------- saving

    def save_as(self, *, as_received: bool = False) -> None:
        """Ask where, and write the chosen part there, scrubbed or *as_received*."""
        part, detail = self.current_part(), self._detail
        if part is None or detail is None:
            return
        dialog = QFileDialog(self, tr("Save the bytes"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"request-{detail.listed.request.id}-{part.kind.replace(' ', '-')}.bin")
        dialog.fileSelected.connect(lambda path: self.save_to(Path(path), as_received=as_received))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, path: Path, *, as_received: bool = False) -> None:
        """Write the chosen part to *path*, scrubbed or *as_received*."""
        part, detail = self.current_part(), self._detail
        if part is not None and detail is not None:
            save = partial(save_part, as_received=as_received)
            self.asking.ask(
                "save", save, self._bridge.workspace, detail, part, path,
                answer=lambda name: self.note.set_text(tr("Saved as {file}.").format(file=name)),
                failed=lambda why, _: self.note.set_text(tr("It was not saved: {why}").format(why=why)),
                limit=60.0,
            )  # fmt: skip

    def parts(self) -> Sequence[Part]:
        """Return the parts listed."""
        return self.model.rows


def _part_token(part: Part) -> str:
    if part.issue_short or part.trace:
        return "accent.text"
    return "level.error.text" if part.outcome in (Outcome.INVALID, Outcome.REFUSED) else "text.muted"
