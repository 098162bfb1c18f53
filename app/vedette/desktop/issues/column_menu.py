"""The menu that chooses columns: which are shown, and by the keyboard in which order."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from vedette.desktop.issues.columns import KEYS, TITLES, Shown
from vedette.desktop.language import tr


def column_menu(
    parent: QWidget,
    shown: Shown,
    choose: Callable[[Shown], None],
    usual: Callable[[], None],
    *,
    pointed_at: str = "",
) -> QMenu:
    """Return the menu; *choose* is given another choice, *usual* called for the one at the beginning.

    *pointed_at*: the column whose header was clicked.
    """
    menu = QMenu(parent)
    menu.setObjectName("issues.columns.menu")
    if pointed_at in shown.keys:
        _add_moves(menu, shown, choose, pointed_at)
        menu.addSeparator()
    for key in KEYS[1:]:
        action = menu.addAction(tr(TITLES[key]))
        action.setObjectName(f"issues.columns.{key}")
        action.setCheckable(True)
        action.setChecked(key in shown.keys)
        action.triggered.connect(lambda _checked=False, key=key: choose(shown.toggled(key)))
    menu.addSeparator()
    order = menu.addMenu(tr("Order of columns"))
    order.setObjectName("issues.columns.order")
    for key in shown.keys:
        _add_moves(order.addMenu(tr(TITLES[key])), shown, choose, key)
    menu.addAction(tr("Usual columns")).triggered.connect(lambda: usual())
    return menu


def _add_moves(menu: QMenu, shown: Shown, choose: Callable[[Shown], None], key: str) -> None:
    title = tr(TITLES[key])
    left = menu.addAction(tr("Move {column} left").format(column=title))
    left.setEnabled(key != shown.keys[0])
    left.triggered.connect(lambda: choose(shown.moved(key, -1)))
    right = menu.addAction(tr("Move {column} right").format(column=title))
    right.setEnabled(key != shown.keys[-1])
    right.triggered.connect(lambda: choose(shown.moved(key, 1)))
    menu.addAction(tr("Hide {column}").format(column=title)).triggered.connect(
        lambda: choose(shown.toggled(key))
    )
