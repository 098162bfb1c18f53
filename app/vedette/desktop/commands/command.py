"""What a command is, and the keys it may have."""

from collections.abc import Callable
from dataclasses import dataclass

from vedette.desktop.language import mark

CONTEXTS: dict[str, str] = {
    "app": mark("Everywhere"),
    "list": mark("Lists"),
    "issues": mark("Issues"),
    "issue": mark("Issue"),
    "event": mark("Event"),
    "traces": mark("Traces"),
    "trace": mark("Trace"),
    "logs": mark("Logs"),
    "profile": mark("Profile"),
    "ingest": mark("Ingest"),
    "connect": mark("Connect"),
    "code": mark("Code"),
    "compare": mark("Compare"),
}
"""Where keys apply, in words for `tr`."""


def always() -> bool:
    """Return True: the command applies whenever its context has the focus."""
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """One user action.

    *id* is ``noun.verb`` and stays the same for ever. *keys* are alternatives, each a portable Qt key text
    (``"Ctrl+K"``, ``"E"``) or two of them (``"G I"``). *context* names whose keys they are: the nearest
    widget above the focus with that ``commandContext`` property decides. *when* says whether it applies now;
    *is_on*, for a toggle, whether it is switched on. *words* are further names the palette finds it by.
    """

    id: str
    title: str
    run: Callable[[], object]
    keys: tuple[str, ...] = ()
    icon: str = ""
    context: str = "app"
    when: Callable[[], bool] = always
    is_on: Callable[[], bool] | None = None
    words: str = ""
    listed: bool = True
    """Whether the palette shows it; row movement and the like are only in the shortcut sheet."""
