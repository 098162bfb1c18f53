"""The settings: pages at the left, one search over all of them above."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import tr
from vedette.desktop.settings.about import AboutPage
from vedette.desktop.settings.appearance import AppearancePage
from vedette.desktop.settings.calm import CalmCombo
from vedette.desktop.settings.editor import EditorPage
from vedette.desktop.settings.general import GeneralPage
from vedette.desktop.settings.grouping.page import GroupingPage
from vedette.desktop.settings.issues import IssuesPage
from vedette.desktop.settings.listening import ListeningPage
from vedette.desktop.settings.notifications import NotificationsPage
from vedette.desktop.settings.pages import PAGES, register_pages
from vedette.desktop.settings.privacy import PrivacyPage
from vedette.desktop.settings.projects import ProjectsPage
from vedette.desktop.settings.shortcuts import ShortcutsPage
from vedette.desktop.settings.storage import StoragePage
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.notices import Banner, EmptyState

if TYPE_CHECKING:
    from collections.abc import Callable

    from vedette.desktop.bridge.bridge import Bridge
    from vedette.desktop.settings.page import SettingsPage

TYPING_MS = 120
_WIDEST = 118  # letters of a page; longer lines are hard to read
_KEY = Qt.ItemDataRole.UserRole
_TALL = ("shortcuts", "grouping")  # pages that take all the height there is


class _Search(QLineEdit):
    """Escape clears, then leaves; Down goes to what was found."""

    left = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SettingsView(QWidget):
    """Changes apply at once; there is nothing to confirm. Pages are made when they are first shown."""

    navigate = Signal(object)
    settled = Signal()

    def __init__(
        self, bridge: "Bridge", commands: CommandRegistry, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._commands = commands
        self._theme = theme
        self._makers: dict[str, Callable[[], SettingsPage]] = {
            "general": lambda: GeneralPage(bridge, theme),
            "listening": lambda: ListeningPage(bridge, theme),
            "projects": lambda: ProjectsPage(bridge, theme),
            "grouping": lambda: GroupingPage(bridge, theme),
            "issues": lambda: IssuesPage(bridge, theme),
            "storage": lambda: StoragePage(bridge, theme),
            "notifications": lambda: NotificationsPage(bridge, theme),
            "editor": lambda: EditorPage(bridge, theme),
            "appearance": lambda: AppearancePage(bridge, commands, theme),
            "shortcuts": lambda: ShortcutsPage(bridge, commands, theme),
            "privacy": lambda: PrivacyPage(bridge, theme),
            "about": lambda: AboutPage(bridge, theme),
        }
        self.pages: dict[str, SettingsPage] = {}
        self._current = "general"
        self._words: tuple[str, ...] = ()
        self._scroll_wanted: int | None = None
        self.setObjectName("settings.view")
        self.setProperty("role", "canvas")
        self.setAccessibleName(tr("Settings"))
        self._make_parts()
        self._lay_out()
        self._connect()
        register_pages(commands, self.navigate.emit)
        self._show_pages()

    def _make_parts(self) -> None:
        titles = [(key, tr(title)) for key, (title, _) in PAGES.items()]
        self.search = _Search()
        self.search.setObjectName("settings.search")
        self.search.setAccessibleName(tr("Search settings"))
        self.search.setPlaceholderText(tr("Search settings"))
        self.list = QListWidget()
        self.list.setObjectName("settings.pages")
        self.list.setAccessibleName(tr("Pages of settings"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for key, title in titles:
            item = QListWidgetItem(self._theme.icon(PAGES[key][1]), title)
            item.setData(_KEY, key)
            self.list.addItem(item)
        self.combo = CalmCombo("settings.page", tr("Page of settings"), titles)
        self.combo.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToContents)
        self.banner = Banner(self._theme, name="settings.banner")
        self.nothing = EmptyState(self._theme, name="settings.nothing")
        self.nothing.hide()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        self._inner = inner
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(20, 14, 20, 20)
        self._column.addWidget(self.nothing, 1)
        self._column.addStretch(0)
        page = QWidget()
        page.setProperty("role", "scrolled")
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inner, 1)
        row.addStretch(0)
        self.area = QScrollArea()
        self.area.setObjectName("settings.area")
        self.area.setAccessibleName(tr("Settings"))
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(page)
        top = QHBoxLayout()
        top.setContentsMargins(20, 12, 20, 0)
        top.setSpacing(12)
        top.addWidget(self.combo)
        top.addWidget(self.search, 1)
        self._top = top
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        left = QVBoxLayout()
        left.setContentsMargins(12, 14, 0, 12)
        left.addWidget(self.list, 1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.banner)
        right.addWidget(self.area, 1)
        body.addLayout(left)
        body.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(body, 1)
        self._fit()

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda item, _: self._wish(item))
        self.combo.chosen.connect(self._go_to)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.search.returnPressed.connect(self._search)
        self.search.left.connect(self._leave_search)
        self._typing.timeout.connect(self._search)
        self.nothing.acted.connect(self.search.clear)
        self._theme.changed.connect(self._fit)
        self._bridge.idle.connect(self.settled)

    # ---------------------------------------------------------------- pages

    def page(self, key: str) -> Any:
        """Return a page, made when first asked for. Raises KeyError."""
        found = self.pages.get(key)
        if found is None:
            found = self.pages[key] = self._makers[key]()
            found.hide()
            found.failed.connect(self._fail)
            found.navigate.connect(self.navigate)
            order = [known for known in PAGES if known in self.pages]
            self._column.insertWidget(
                1 + order.index(key), found, 1 if key in ("shortcuts", "grouping") else 0
            )
        return found

    def go(self, place: Place) -> None:
        """Show the page that *place* names, else the one shown before; ``extra`` names a setting in it."""
        if isinstance(place.id, str) and place.id in PAGES:
            self._current = place.id
            self.search.clear()
            self._typing.stop()
            self._words = ()
        self._show_pages()
        self.area.verticalScrollBar().setValue(0)
        if place.extra:
            self.page(self._current).go(place.extra)

    def open(self) -> None:
        """Read again what is shown."""
        for key, page in self.pages.items():
            if key == self._current or self._words:
                page.open()

    def title(self) -> str:
        """Return what the window is called."""
        return tr("Settings: {page}").format(page=tr(PAGES[self._current][0]))

    def focus_filter(self) -> None:
        """Bring the keyboard to the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def view_state(self) -> dict[str, Any]:
        """Return what going back should bring back."""
        return {"scroll": self.area.verticalScrollBar().value(), "search": self.search.text()}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Bring back what `view_state` said."""
        text = state.get("search")
        if isinstance(text, str) and text:
            self.search.setText(text)
            self._search()
        scroll = state.get("scroll")
        if isinstance(scroll, int):
            # Pages take their height only when they have been laid out.
            QTimer.singleShot(0, self, lambda: self.area.verticalScrollBar().setValue(scroll))

    def _wish(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._go_to(str(item.data(_KEY)))

    def _go_to(self, key: str) -> None:
        if self._words and key in self.pages:
            self.area.ensureWidgetVisible(self.pages[key].title, 0, 20)
        elif key != self._current or self._words:
            self.navigate.emit(Place("settings", key))

    def _show_pages(self) -> None:
        """Show the current page, or of all pages what fits the search."""
        keys = list(PAGES) if self._words else [self._current]
        found: dict[str, int] = {}
        for key in keys:
            page = self.page(key)
            found[key] = page.apply_filter(self._words)
        for key, page in self.pages.items():
            page.setVisible(bool(found.get(key)))
        for key in keys:
            if found[key]:
                self.pages[key].open()
        nothing = not any(found.values())
        self.nothing.setVisible(nothing)
        if nothing:
            self.nothing.say(
                tr("No setting fits “{search}”").format(search=self.search.text().strip()),
                action=tr("Clear the search"),
                icon="search",
            )
        self._show_list(found)

    def _show_list(self, found: dict[str, int]) -> None:
        self.list.blockSignals(True)
        for row, (key, (title, _)) in enumerate(PAGES.items()):
            item = self.list.item(row)
            count = found.get(key, 0)
            item.setText(f"{tr(title)}  {count}" if self._words and count else tr(title))
            item.setHidden(bool(self._words) and not count)
            if key == self._current:
                self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self.combo.choose(self._current)

    # ---------------------------------------------------------------- search

    def _search(self) -> None:
        self._typing.stop()
        words = tuple(self.search.text().casefold().split())
        if words != self._words:
            self._words = words
            self._show_pages()
            self.area.verticalScrollBar().setValue(0)

    def _leave_search(self) -> None:
        self._search()
        found = next((page for page in self.pages.values() if page.isVisible()), None)
        rows = [row for row in found.rows() if row.isVisible()] if found is not None else []
        target = rows[0].control if rows else self.focusProxy()
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _fail(self, sentence: str, details: str) -> None:
        self.banner.say(sentence, details=details)

    # ---------------------------------------------------------------- room

    def _fit(self) -> None:
        letter = self._theme.metrics("body").averageCharWidth()
        is_wide = self.width() >= 78 * letter
        self._inner.setMaximumWidth(round(_WIDEST * letter))
        side = self._theme.icon_size().width()
        self.list.setIconSize(QSize(side, side))
        longest = max(
            self._theme.metrics("body").horizontalAdvance(f"{tr(title)}  000") for title, _ in PAGES.values()
        )
        self.list.setFixedWidth(round(longest) + side + 44)
        height = self._theme.line_height("body") + 12
        for row in range(self.list.count()):
            self.list.item(row).setSizeHint(QSize(0, height))
        side = 20 if is_wide else 10
        self._column.setContentsMargins(side, 14, side, 20)
        self.list.setVisible(is_wide)
        self.combo.setVisible(not is_wide)
        proxy = self.list if is_wide else self.combo
        if self.focusProxy() is not proxy:
            self.setFocusProxy(proxy)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
