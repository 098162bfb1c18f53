"""Merged: the hashes whose events are in the issue, to be taken apart again; what was overruled by hand."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.issue.bar_layout import BarLayout, bar_of
from vedette.desktop.issue.merged.journal import Journal
from vedette.desktop.issue.parts import SIDE, empty_part
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.paged_model import Column, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.desktop.widgets.relative_time import exact
from vedette.desktop.widgets.units import count
from vedette.store.queries.grouped_hashes import HashRow, issue_hash_rows
from vedette.store.queries.issues import IssueRow

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_SHOWN = 12  # digits of a hash that tell it from others


class MergedPage(QWidget):
    """The hashes of one issue. ``unmergeWanted`` carries those that were marked."""

    unmergeWanted = Signal(list)
    eventWanted = Signal(str)
    settled = Signal()

    def __init__(self, bridge: "Bridge", theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._issue: int | None = None
        self._rows: tuple[HashRow, ...] = ()
        self._asking = InFlight(bridge, self)
        self._asking.settled.connect(self.settled)
        self.setObjectName("issue.merged.page")
        self.setAccessibleName(tr("Merged"))
        self.about = label("", "muted", name="issue.merged.about")
        self.about.setWordWrap(True)
        self.unmerge = Button(theme, tr("Unmerge"), name="issue.merged.unmerge", icon="split")
        self.unmerge.setEnabled(False)
        self.note = label("", "caption", name="issue.merged.note")
        columns = (
            Column[HashRow](tr("Hash"), text=_hash, tip=lambda row: row.hash),
            Column[HashRow](tr("Events"), text=lambda row: count(row.events)),
            Column[HashRow](tr("First seen"), text=lambda row: exact(row.first)),
            Column[HashRow](tr("Last seen"), text=lambda row: exact(row.last)),
        )
        self.model: PagedModel[HashRow] = PagedModel(
            columns,
            self._fetch,
            key=lambda row: row.hash,
            describe=_sentence,
            color=theme.color,
            page=100_000,
            parent=self,
        )
        self.list = PaintedList(
            theme, name="issue.merged.hashes", title=tr("Hashes of the issue"), parent=self
        )
        self.list.set_model(self.model)
        self.list.set_column_width(0, 18)
        self.list.set_column_width(1, 10)
        self.list.set_column_width(2, 34)
        header = self.list.horizontalHeader()
        header.setSectionResizeMode(3, header.ResizeMode.Stretch)
        self.journal = Journal(bridge, theme)
        self.journal.settled.connect(self.settled)
        self.empty = empty_part(theme, "issue.merged.empty", tr("Nothing to take apart"), "", "merge")
        self._lay_out()
        self.list.selectedKeysChanged.connect(lambda _: self._say())
        self.list.rowOpened.connect(lambda row: self.eventWanted.emit(row.latest))
        self.unmerge.clicked.connect(self._unmerge)

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(SIDE, 12, SIDE, 0)
        head.addWidget(self.about)
        bar = BarLayout(8, (SIDE, 8, SIDE, 8))
        bar.add(self.unmerge)
        bar.add(self.note)
        self.bar = bar_of(bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.list, 1)
        column.addWidget(self.journal)
        column.addWidget(self.empty, 1)
        self.empty.hide()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read."""
        return self._asking.is_settled and self.journal.is_settled

    def show_issue(self, issue: IssueRow) -> None:
        """Show the hashes of *issue*."""
        if issue.id != self._issue:
            self._rows = ()
            self.model.reload()
        self._issue = issue.id
        self.journal.show_issue(issue.id)
        self._asking.ask("hashes", issue_hash_rows, issue.id, answer=self._take, failed=self._fail)

    def _take(self, rows: Any) -> None:
        self._rows = tuple(rows)
        self.model.reload()
        self.list.show()
        self.bar.show()
        self.empty.hide()
        if len(rows) > 1:
            said = tr(
                "Events of %n hashes are in this issue. Take out those that are something else.",
                "",
                len(rows),
            )
        else:
            said = tr(
                "All of its events have one hash: there is nothing to unmerge. Events of one hash are taken "
                "apart by splitting."
            )
        self.about.setText(said)
        self._say()

    def _fail(self, sentence: str, details: str) -> None:
        self.list.hide()
        self.bar.hide()
        self.empty.say(tr("The hashes could not be read"), sentence, details=details, icon="merge")
        self.empty.show()

    def _marked(self) -> list[HashRow]:
        keys = set(self.list.selected_keys())
        return [row for row in self._rows if row.hash in keys and row.hash]

    def _say(self) -> None:
        marked = self._marked()
        rest = len(self._rows) - len(marked)
        self.unmerge.setEnabled(bool(marked) and rest > 0)
        if not marked:
            self.note.setText(tr("Mark hashes to take them out") if len(self._rows) > 1 else "")
        elif rest <= 0:
            self.note.setText(tr("One must stay"))
        else:
            events = sum(row.events for row in marked)
            self.note.setText(tr("%n event(s) would become an issue of their own", "", events))

    def _unmerge(self) -> None:
        self.unmergeWanted.emit([row.hash for row in self._marked()])

    def _fetch(self, after: HashRow | None, limit: int, answer: PageAnswer[HashRow]) -> None:
        answer(self._rows if after is None else ())


def _hash(row: HashRow) -> str:
    return row.hash[:_SHOWN] or tr("before hashes were kept")


def _sentence(row: HashRow) -> str:
    return tr("{hash}, {events} events, last {last}").format(
        hash=_hash(row), events=count(row.events), last=exact(row.last)
    )
