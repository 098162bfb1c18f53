"""What a section of the window is: its name, its key, and what makes its view."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.theme.theme import Theme

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

Make = Callable[["Bridge", CommandRegistry, Theme], QWidget]


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the sidebar. ``go`` is the key after G; without its ``module`` it is not shown."""

    key: str
    title: str
    icon: str
    go: str
    module: str
    make: Make
    at_bottom: bool = False
    is_scoped: bool = True
    """The projects, run and time of the scope bar mean something in it."""
    is_listed: bool = True
    """It has an entry in the sidebar and a key; else other sections lead there."""

    waits_for: str = ""
    """The member of Totals that must not be 0 before the sidebar shows it; "" shows it always."""

    @property
    def is_shown(self) -> bool:
        try:
            return find_spec(f"vedette.desktop.{self.module}") is not None
        except ModuleNotFoundError:  # not even its package
            return False
