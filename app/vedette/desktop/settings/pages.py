"""The pages of the settings in their order, and a command that leads to each."""

from collections.abc import Callable
from functools import partial

from vedette.desktop.commands.command import Command
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import mark, tr
from vedette.desktop.shell.places import Place

PAGES: dict[str, tuple[str, str]] = {
    "general": (mark("General"), "settings"),
    "listening": (mark("Listening"), "radio"),
    "projects": (mark("Projects"), "boxes"),
    "grouping": (mark("Grouping"), "layers"),
    "issues": (mark("Issues"), "tags"),
    "storage": (mark("Storage & retention"), "hard-drive"),
    "notifications": (mark("Notifications"), "bell"),
    "editor": (mark("Editor"), "square-pen"),
    "appearance": (mark("Appearance"), "sun"),
    "shortcuts": (mark("Shortcuts"), "keyboard"),
    "privacy": (mark("Privacy"), "shield"),
    "about": (mark("About"), "info"),
}
"""Title and icon by the key that `Place("settings", key)` leads to."""


def register_pages(commands: CommandRegistry, go_to: Callable[[Place], object]) -> None:
    """Register a command for each page, for the palette, unless they are there: a window has them at once."""
    known = {command.id for command in commands.commands()}
    for key, (title, icon) in PAGES.items():
        if f"settings.{key}" not in known:
            commands.register(
                Command(
                    f"settings.{key}",
                    tr("Settings: {page}").format(page=tr(title)),
                    partial(go_to, Place("settings", key)),
                    icon=icon,
                    words="preferences options configuration",
                )
            )
