"""The menus of an issue's row: what can be done, in the order that all context menus have."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issues.actions import ALIKE, ARCHIVE, COPY, DELETE, PRIORITY, RESOLVE
from vedette.desktop.issues.terms import tag_terms
from vedette.desktop.language import tr
from vedette.desktop.widgets.plain_text import plain_title
from vedette.store.queries.issue_details import TagSummary

CHOICES: dict[str, tuple[str | None, ...]] = {
    "resolve": RESOLVE,
    "archive": ARCHIVE,
    "priority": PRIORITY,
    "copy": COPY,
}
"""The menus that a key opens by themselves."""
_LONGEST = 60
ReadTags = Callable[[Callable[[Sequence[TagSummary]], None]], None]
"""Starts reading the tags of the issue the menu is for; they are handed over later."""


class RowMenus(QObject):
    """Makes the menus; those of tags are filled when the tags have been read."""

    narrowed = Signal(str)
    """A term the search is to be narrowed by."""

    def __init__(self, commands: CommandRegistry, parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = commands
        self._parent = parent

    def open_choices(self, which: str, at: QPoint) -> None:
        """Open the choices of ``resolve``, ``archive``, ``priority`` or ``copy`` at the global point *at*."""
        menu = self._menu(f"issues.choices.{which}")
        self._commands.fill_menu(menu, CHOICES[which])
        menu.popup(at)
        menu.setActiveAction(menu.actions()[0])

    def open_row(self, at: QPoint, read_tags: ReadTags) -> None:
        """Open the row's menu at the global point *at*."""
        menu = self._menu("issues.menu")
        fill = self._commands.fill_menu
        fill(menu, ("issue.open", "issue.open_apart", "issue.peek", None))
        self._submenu(menu, tr("Resolve"), "resolve")
        self._submenu(menu, tr("Archive"), "archive")
        self._submenu(menu, tr("Priority"), "priority")
        fill(menu, ("issue.labels",))
        fill(
            menu,
            (
                "issue.reopen",
                "issue.star",
                "issue.read",
                "issue.mark",
                None,
                "issue.compare",
                "issue.merge",
                None,
            ),
        )
        alike = menu.addMenu(tr("Filter"))
        alike.setObjectName("issues.menu.filter")
        fill(alike, [f"issue.filter_{name}" for name in ALIKE])
        self._add_tags(alike, read_tags)
        menu.addSeparator()
        self._submenu(menu, tr("Copy"), "copy")
        menu.addSeparator()
        fill(menu, DELETE)
        menu.popup(at)

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(self._parent)
        menu.setObjectName(name)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _submenu(self, menu: QMenu, title: str, which: str) -> None:
        inner = menu.addMenu(title)
        inner.setObjectName(f"issues.menu.{which}")
        self._commands.fill_menu(inner, CHOICES[which])

    def _add_tags(self, menu: QMenu, read_tags: ReadTags) -> None:
        inner = menu.addMenu(tr("Same tag"))
        inner.setObjectName("issues.menu.tags")
        waiting = inner.addAction(tr("Reading…"))
        waiting.setEnabled(False)
        asked: list[bool] = []

        def ask() -> None:
            if not asked:
                asked.append(True)
                read_tags(fill)

        def fill(tags: Sequence[TagSummary]) -> None:
            inner.clear()
            for key, value, term in tag_terms(list(tags)):
                short = value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
                action = inner.addAction(plain_title(f"{key}: {short}"))
                action.triggered.connect(lambda _checked=False, term=term: self.narrowed.emit(term))
            if inner.isEmpty():
                inner.addAction(tr("It carries no tags")).setEnabled(False)

        inner.aboutToShow.connect(ask)
