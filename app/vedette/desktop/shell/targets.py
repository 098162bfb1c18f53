"""What a text can name, told from the text alone. Asks no store, so that a window starts without one."""

import re
from dataclasses import dataclass

from vedette.desktop.shell.links import find_link, is_link
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope

HEX = re.compile(r"[0-9a-f]{32}")
SHORT = re.compile(r"[A-Za-z0-9][\w-]*-\d+")


@dataclass(frozen=True, slots=True)
class Target:
    """Something found in the store, and where it is; without *place* and *scope* it only says *title*."""

    title: str
    more: str
    icon: str
    place: Place | None
    scope: Scope | None = None
    """What the window should show from then on, None: what it shows now."""
    is_exact: bool = False
    """Whether the text named just this, by an id."""


def is_id(text: str) -> bool:
    """Return whether *text* is an id or a link, so that nothing else than what it names is meant."""
    text = text.strip()
    bare = text.replace("-", "").lower()
    return bool(is_link(text) or find_link(text) or HEX.fullmatch(bare) or SHORT.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a link leads, and what of it could not be followed, as a sentence ("" if all could)."""

    target: Target
    trouble: str = ""
