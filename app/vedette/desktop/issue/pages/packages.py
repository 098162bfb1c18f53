"""The SDK that sent the event, and the packages its program was made of, beside those of the event before."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.issue.bar_layout import BarLayout, bar_of
from vedette.desktop.issue.facts.contexts import sdk_rows
from vedette.desktop.issue.facts.packages import Change, PackageRow, found, package_rows, packages_of
from vedette.desktop.issue.parts import SIDE, empty_part, lined_table, pair_rows
from vedette.desktop.issue.read import EventPage, read_packages
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.paged_model import Column, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.desktop.widgets.search_field import SearchField
from vedette.desktop.widgets.units import count

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge
    from vedette.desktop.widgets.key_values import KeyValueTable

_TOKENS = {
    Change.OTHER: "level.warning.text",
    Change.ADDED: "level.ok.text",
    Change.REMOVED: "level.error.text",
}

_LOW = 320


class PackagesPage(QWidget):
    """SDK above, a table of packages below that can be searched; what changed comes first, with a sign."""

    settled = Signal()
    """Nothing is being read any more."""

    def __init__(self, bridge: "Bridge", theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._rows: tuple[PackageRow, ...] = ()
        self._sdk_table: KeyValueTable | None = None
        self._asking = InFlight(bridge, self)
        self._asking.settled.connect(self.settled)
        self.setObjectName("event.section.packages")
        self.setAccessibleName(tr("Packages"))
        self.field = SearchField(
            theme,
            name="event.packages.filter",
            title=tr("Find a package"),
            hint=tr("Find a package"),
            keys="",
        )
        self._note = label("", "caption", name="event.packages.note")
        self._title = label(tr("Packages"), "title")
        columns = (
            Column[PackageRow](tr("Changed"), text=lambda row: row.change.value, token=_token),
            Column[PackageRow](tr("Package"), text=lambda row: row.name, tip=lambda row: row.sentence),
            Column[PackageRow](tr("Version"), text=lambda row: row.version),
            Column[PackageRow](tr("Since the event before"), text=lambda row: row.note, token=_token),
        )
        self.model: PagedModel[PackageRow] = PagedModel(
            columns,
            self._fetch,
            key=lambda row: row.name,
            describe=lambda row: row.sentence,
            color=theme.color,
            page=100_000,
            parent=self,
        )
        self.list = PaintedList(theme, name="event.packages", title=tr("Packages"), parent=self)
        self.list.set_model(self.model)
        self.list.set_column_width(0, 8)
        self.list.set_column_width(2, 16)
        header = self.list.horizontalHeader()
        header.setSectionResizeMode(1, header.ResizeMode.Stretch)
        self.list.set_column_width(3, 20)
        self.empty = empty_part(
            theme,
            "event.packages.empty",
            tr("No packages"),
            tr("The SDK did not tell which packages the program was made of."),
            "package",
        )
        self._lay_out()
        self.field.queryChanged.connect(lambda _: self._show())
        self.field.left.connect(self.list.setFocus)

    def _lay_out(self) -> None:
        self._sdk_title = label(tr("SDK"), "title")
        self._sdk = QVBoxLayout()
        self._sdk.setContentsMargins(SIDE, 14, SIDE, 8)
        self._sdk.addWidget(self._sdk_title)
        bar = BarLayout(8, (SIDE, 6, SIDE, 8))
        bar.add(self._title)
        bar.add(self._note)
        bar.add(self.field, stretch=True, least=180)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._sdk)
        whole.addWidget(bar_of(bar))
        whole.addWidget(self.list, 1)
        whole.addWidget(self.empty, 1)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read."""
        return self._asking.is_settled

    def set_page(self, page: EventPage) -> None:
        """Show another event's SDK and packages; those of the event before are read beside the window."""
        self._asking.cancel_all()
        if self._sdk_table is not None:
            self._sdk.removeWidget(self._sdk_table)
            self._sdk_table.hide()
            self._sdk_table.deleteLater()
        sdk = pair_rows(sdk_rows(page.event))
        self._sdk_table = lined_table(self._theme, "event.sdk", tr("SDK"), sdk)
        self._sdk.addWidget(self._sdk_table)
        now = packages_of(page.event)
        self._rows = package_rows(now)
        self._show()
        self._fit()
        if now and page.beside.previous is not None:
            self._asking.ask(
                "before",
                read_packages,
                self._bridge.workspace,
                page.beside.previous,
                page.row.issue,
                answer=lambda before: self._compare(now, before),
                failed=lambda *_: None,
            )

    def _compare(self, now: dict[str, str], before: dict[str, str] | None) -> None:
        if before:
            self._rows = package_rows(now, before)
            self._show()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave the height to the packages where there is little."""
        shown = self.height() >= _LOW or not self._rows
        for part in (self._sdk_title, self._sdk_table):
            if part is not None:
                part.setVisible(shown)

    def _show(self) -> None:
        for part in (self.field, self._title, self._note, self.list):
            part.setVisible(bool(self._rows))
        self.empty.setVisible(not self._rows)
        self.model.reload()
        told = any(row.change is not Change.SAME for row in self._rows)
        for column in (0, 3):
            self.list.setColumnHidden(column, not told)
        shown, changed = len(self.model.rows), sum(row.change is not Change.SAME for row in self._rows)
        words = count(shown) if shown == len(self._rows) else tr("{count} of {total}").format(
            count=count(shown), total=count(len(self._rows))
        )  # fmt: skip
        if changed:
            words += " · " + tr("%n changed since the event before", "", changed)
        self._note.setText(words)

    def _fetch(self, after: PackageRow | None, limit: int, answer: PageAnswer[PackageRow]) -> None:
        answer(found(self._rows, self.field.text()) if after is None else ())


def _token(row: PackageRow) -> str:
    return _TOKENS.get(row.change, "text")
