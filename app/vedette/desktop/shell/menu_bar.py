"""The menus of a window: what stands in each, and what the platform wants where."""

import sys
from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import mark, tr

_FIXED: dict[str, tuple[str | None, ...]] = {
    "&File": ("window.new", "run.start", None, "go.settings", None, "app.close", "app.quit"),
    "&Edit": (
        "issue.undo", "issue.redo", None, "issue.copy", "issues.mark_all", None,
        "app.find", "app.find_everywhere",
    ),
    "&View": (
        "view.sidebar", "view.detail", "view.resize", "view.full_screen", "view.compact_window", None,
        "view.layout_right", "view.layout_below", "view.layout_focus", None,
        "view.system", "view.light", "view.dark", "view.contrast", None,
        "view.comfortable", "view.compact", "view.touch", None,
        "view.larger", "view.smaller", "view.usual", None,
        "live.pause", "live.clear", "view.letters",
    ),
    "&Window": ("window.new", "window.apart", "window.reopen", None, "app.close"),
    "&Help": ("app.shortcuts", "app.commands", "app.documentation", "go.connect", None, "app.about"),
}  # fmt: skip
_BY_CONTEXT = {"&Issue": ("issues", "issue", "event"), "&Trace": ("traces", "trace")}
MENUS = (
    mark("&File"), mark("&Edit"), mark("&View"), mark("&Go"), mark("&Issue"), mark("&Trace"), mark("&Window"),
    mark("&Help"),
)  # fmt: skip
_WAYS = ("go.back", "go.forward", "go.recent")

# Where macOS wants its own entries; without a role Qt guesses from the words.
_ROLES = {
    "go.settings": QAction.MenuRole.PreferencesRole,
    "app.quit": QAction.MenuRole.QuitRole,
    "app.about": QAction.MenuRole.AboutRole,
}


def quit_title(platform: str = sys.platform) -> str:
    """Return what ending the program is called in the menus of the platform."""
    return tr("Exit") if platform == "win32" else tr("Quit")


def make_menus(bar: QMenuBar, commands: CommandRegistry) -> None:
    """Put the menus into *bar*."""
    for title in MENUS:
        menu = bar.addMenu(tr(title))
        menu.setObjectName(f"menu.{title.strip('&').lower()}")
        # Filled again when opened, since views bring commands along when they are first shown.
        menu.aboutToShow.connect(lambda menu=menu, title=title: _fill(menu, commands, title))
        _fill(menu, commands, title)
    bar.setAccessibleName(tr("Menus"))


def _fill(menu: QMenu, commands: CommandRegistry, title: str) -> None:
    menu.clear()
    for command_id in menu_entries(commands, title):
        if command_id is None:
            menu.addSeparator()
        else:
            action = commands.action(command_id)
            action.setMenuRole(_ROLES.get(command_id, QAction.MenuRole.NoRole))
            menu.addAction(action)
    commands.refresh()


def menu_entries(registry: CommandRegistry, menu: str) -> list[str | None]:
    """Return the ids of the commands that *menu* shows of those there are; None is a separator."""
    if menu in _BY_CONTEXT:
        return _of_contexts(registry, _BY_CONTEXT[menu])
    if menu == "&Go":
        ways = (*_WAYS, "go.recent_back")
        places = [c.id for c in registry.commands() if c.id.startswith("go.") and c.id not in ways]
        return [*_WAYS, None, *places, None, "app.palette"]
    known = {command.id for command in registry.commands()}
    return [entry for entry in _FIXED[menu] if entry is None or entry in known]


def _of_contexts(registry: CommandRegistry, contexts: Sequence[str]) -> list[str | None]:
    """Return the listed commands of *contexts*, a separator between them."""
    found: list[str | None] = []
    for context in contexts:
        ids = [command.id for command in registry.commands() if command.context == context and command.listed]
        if ids and found:
            found.append(None)
        found += ids
    return found
