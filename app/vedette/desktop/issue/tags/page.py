"""Every tag of the issue's events with its values: most frequent first, all of them on demand."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.issue.folding import FoldMemory, FoldSection
from vedette.desktop.issue.parts import SIDE, ColumnPage, empty_part
from vedette.desktop.issue.read import IssueHead
from vedette.desktop.issue.tags.values import TagValues
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.search_field import SearchField
from vedette.desktop.widgets.units import count
from vedette.store.queries.issue_details import TagSummary, TagValue, tag_values

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

FEW = 5
PAGE = 200
_FIRST = (
    "level",
    "release",
    "environment",
    "transaction",
    "user",
    "browser",
    "os",
    "device",
    "runtime",
    "url",
)

Db = Any


def ordered(tags: tuple[TagSummary, ...]) -> tuple[TagSummary, ...]:
    """Return *tags* with the usual ones first."""
    rank = {key: at for at, key in enumerate(_FIRST)}
    return tuple(sorted(tags, key=lambda tag: (rank.get(tag.key, len(rank)), tag.key)))


class IssueTagsPage(QWidget):
    """Distributions of all events of one issue."""

    filterRequested = Signal(str, str, bool)
    columnWanted = Signal(str)
    settled = Signal()

    def __init__(self, bridge: "Bridge", theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._memory = FoldMemory(bridge.preferences)
        self._issue: int | None = None
        self._tags: tuple[TagSummary, ...] = ()
        self._sections: dict[str, FoldSection] = {}
        self._wholes: set[str] = set()
        self._moments: dict[str, list[TagValue]] = {}  # of each tag's most frequent values
        self._asking = InFlight(bridge, self)
        self._asking.settled.connect(self.settled)
        self.setObjectName("issue.tags.page")
        self.setAccessibleName(tr("Tags"))
        self.field = SearchField(
            theme,
            name="issue.tags.find",
            title=tr("Find a tag or value"),
            hint=tr("Find a tag or value"),
            keys="",
        )
        self.column_page = ColumnPage(name="issue.tags.scroll", title=tr("Tags"))
        head = QVBoxLayout()
        head.setContentsMargins(SIDE, 10, SIDE, 0)
        head.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.column_page, 1)
        self.field.queryChanged.connect(lambda _: self._show())

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read."""
        return self._asking.is_settled

    def set_head(self, head: IssueHead) -> None:
        """Show the tags of *head*; values that were shown in whole stay so for the same issue."""
        if head.issue.id != self._issue:
            self._wholes.clear()
            self._moments.clear()
            self.field.set_text("")
            self.column_page.scroll_to_top()
        elif head.tags == self._tags:
            return
        self._issue, self._tags = head.issue.id, head.tags
        self._show()
        self._asking.ask(
            "moments", _read_few, self._issue, [tag.key for tag in self._tags],
            answer=self._take_moments, failed=lambda *_: None,
        )  # fmt: skip

    def _take_moments(self, found: dict[str, list[TagValue]]) -> None:
        """Say of the values that are shown when they came first and last."""
        self._moments = found
        for key, moments in found.items():
            values = self.values_of(key)
            if values is not None and key not in self._wholes:
                values.add_moments(moments)

    def _show(self) -> None:
        page = self.column_page
        at = page.verticalScrollBar().value()
        page.clear_column()
        self._sections.clear()
        words = self.field.text().lower().split()
        tags = [tag for tag in ordered(self._tags) if _fits(tag, words)]
        for tag in tags:
            self._add(tag)
        if not tags:
            sentence = tr("No tag or value fits") if self._tags else tr("No tags")
            page.column.addWidget(empty_part(self._theme, "issue.tags.empty", sentence, "", "tags"), 1)
        else:
            page.column.addStretch(1)
        page.verticalScrollBar().setValue(at)

    def _add(self, tag: TagSummary) -> None:
        note = tr("{count} value(s)", "", tag.unique).format(count=count(tag.unique))
        section = FoldSection(self._theme, self._memory, f"tags.{tag.key}", tag.key, note=note)
        values = TagValues(self._theme, tag.key)
        values.set_values(tag.top[:FEW], tag.total)
        values.add_moments(self._moments.get(tag.key, ()))
        values.filterRequested.connect(self.filterRequested)
        values.columnWanted.connect(self.columnWanted)
        section.add(values)
        if tag.unique > FEW:
            more = Button(
                self._theme,
                tr("Show all {count}").format(count=count(tag.unique)),
                name=f"issue.tag.{tag.key}.more",
                role="link",
            )
            more.clicked.connect(lambda: self.show_more(tag.key))
            section.add(more)
            if tag.key in self._wholes:
                QTimer.singleShot(0, self, lambda: self.show_whole(tag.key))
        self._sections[tag.key] = section
        self.column_page.column.addWidget(section)

    def values_of(self, key: str) -> TagValues | None:
        """Return the rows of a tag, None if it is not shown."""
        section = self._sections.get(key)
        return section.findChild(TagValues) if section is not None else None

    def show_more(self, key: str) -> None:
        """Show the next page of the values of the tag *key*: the first one at first."""
        values = self.values_of(key)
        shown = values.values() if values is not None and key in self._wholes else ()
        self._read_values(key, shown)

    def show_whole(self, key: str) -> None:
        """Show the first page of the values of the tag *key*."""
        self._read_values(key, ())

    def _read_values(self, key: str, shown: tuple[TagValue, ...]) -> None:
        self._wholes.add(key)
        if self._issue is not None and key in self._sections:
            self._asking.ask(
                f"values {key}", tag_values, self._issue, key, PAGE, shown[-1] if shown else None,
                answer=lambda found: self._take(key, [*shown, *found]), failed=lambda *_: None,
            )  # fmt: skip

    def _take(self, key: str, found: list[TagValue]) -> None:
        values, section = self.values_of(key), self._sections.get(key)
        tag = next((tag for tag in self._tags if tag.key == key), None)
        if values is None or section is None or tag is None:
            return
        values.set_values(found, tag.total)
        more = section.findChild(Button, f"issue.tag.{key}.more")
        if more is not None:
            left = tag.unique - len(found)
            more.setVisible(left > 0)
            more.setText(
                tr("Show {count} more of {left}").format(count=count(min(PAGE, left)), left=count(left))
            )

    def go_to(self, key: str) -> None:
        """Bring the tag *key* into sight and give it the keyboard."""
        self.field.set_text("")
        self._show()
        QTimer.singleShot(0, self, lambda: self._reveal(key))

    def _reveal(self, key: str) -> None:
        section, values = self._sections.get(key), self.values_of(key)
        if section is not None and values is not None:
            self.column_page.verticalScrollBar().setValue(max(0, section.y() - 8))
            values.setFocus(Qt.FocusReason.OtherFocusReason)


def _read_few(db: Db, issue: int, keys: list[str]) -> dict[str, list[TagValue]]:
    return {key: tag_values(db, issue, key, FEW) for key in keys}


def _fits(tag: TagSummary, words: list[str]) -> bool:
    text = " ".join([tag.key, *(value.value for value in tag.top)]).lower()
    return all(word in text for word in words)
