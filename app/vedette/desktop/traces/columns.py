"""Which columns of a list are shown: the user's choice, kept, and fewer where the window is narrow."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu
from typing_extensions import override

from vedette.desktop.commands.command import Command
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import tr
from vedette.desktop.preferences import Preferences
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.painted_list import PaintedList


class ColumnChoice(QObject):
    """Hides and shows the columns of one list. The first, painted one always stands."""

    def __init__(
        self,
        theme: Theme,
        commands: CommandRegistry,
        preferences: Preferences,
        view: PaintedList,
        *,
        key: str,
        titles: Mapping[str, str],
        widths: Mapping[str, int],
        hidden: Sequence[str],
        first_to_go: Sequence[str],
        least: int,
    ) -> None:
        """*key* is the preference; *titles* are all columns in order.

        Those in *first_to_go* make way while the painted column has less than *least* times a line's height.
        """
        super().__init__(view)
        self._theme = theme
        self._commands = commands
        self._preferences = preferences
        self._view = view
        self._key = key
        self._names = list(titles)
        self._usual = list(hidden)
        self._first_to_go = first_to_go
        self._widths = widths
        self._least = least
        for at, name in enumerate(self._names):
            if name in widths:
                view.set_column_width(at, widths[name])
        commands.register(
            *(self._command(name, tr(titles[name])) for name in self._names[1:]),
            Command(
                f"{self._noun()}.usual_columns",
                tr("Usual columns"),
                lambda: preferences.reset(key),
                when=lambda: preferences.is_set(key),
                listed=False,
            ),
        )
        header = view.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self.show_menu(header.mapToGlobal(at)))
        view.viewport().installEventFilter(self)
        preferences.changed.connect(lambda changed: self.fit() if changed == key else None)
        theme.changed.connect(self._resize)
        self.fit()

    def _noun(self) -> str:
        return self._key.split(".", 1)[0]

    def _command(self, name: str, title: str) -> Command:
        return Command(
            f"{self._noun()}.column_{name}",
            tr("Column: {title}").format(title=title),
            lambda: self.toggle(name),
            when=self._view.isVisible,
            is_on=lambda: name not in self.hidden(),
            words="columns show hide",
        )

    def hidden(self) -> list[str]:
        """Return the columns the user does not want."""
        kept = self._preferences.get(self._key, self._usual)
        return [str(name) for name in kept if name in self._names[1:]]

    def shown(self) -> list[str]:
        """Return the columns in sight now, by name."""
        return [name for at, name in enumerate(self._names) if not self._view.isColumnHidden(at)]

    def toggle(self, name: str) -> None:
        """Show a column, or hide it."""
        hidden = self.hidden()
        changed = [one for one in hidden if one != name] if name in hidden else [*hidden, name]
        self._preferences.set(self._key, list(changed))
        self._commands.refresh()

    def build_menu(self) -> QMenu:
        """Return the menu that chooses columns."""
        menu = QMenu(self._view)
        menu.setObjectName(f"{self._key}.menu")
        ids = [f"{self._noun()}.column_{name}" for name in self._names[1:]]
        return self._commands.fill_menu(menu, [*ids, None, f"{self._noun()}.usual_columns"])

    def show_menu(self, at: QPoint) -> None:
        """Open the menu at *at* on the screen."""
        menu = self.build_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._commands.refresh()
        menu.popup(at)

    def fit(self) -> None:
        """Show what the user wants, as far as there is room beside the painted column."""
        wanted = [name for name in self._names[1:] if name not in self.hidden()]
        room = self._view.viewport().width() - self._least * self._theme.line_height("body")
        width_of: Callable[[str], int] = lambda name: self._width(self._names.index(name))  # noqa: E731
        for name in self._first_to_go:
            if sum(map(width_of, wanted)) <= room:
                break
            if name in wanted:
                wanted.remove(name)
        for at, name in enumerate(self._names[1:], start=1):
            self._view.setColumnHidden(at, name not in wanted)

    def _width(self, column: int) -> int:
        width = self._view.columnWidth(column)
        if width:
            return width
        digits = self._theme.metrics("number").horizontalAdvance("0") * self._widths[self._names[column]]
        return round(digits) + 20

    def _resize(self) -> None:
        for at, name in enumerate(self._names):
            if name in self._widths:
                self._view.set_column_width(at, self._widths[name])
        self.fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return False
