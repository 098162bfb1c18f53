"""A terminal around a program that needs one: the arguments to start it with. No shell takes part."""

import os
import shutil
import sys
from collections.abc import Sequence

_TERMINALS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("x-terminal-emulator", ("-e",)),
    ("gnome-terminal", ("--",)),
    ("ptyxis", ("--",)),
    ("konsole", ("-e",)),
    ("xfce4-terminal", ("-x",)),
    ("kitty", ()),
    ("alacritty", ("-e",)),
    ("wezterm", ("start", "--")),
    ("ghostty", ("-e",)),
    ("foot", ()),
    ("xterm", ("-e",)),
)
_APPLE = (
    "on run argv",
    'set words to ""',
    "repeat with one in argv",
    'set words to words & quoted form of one & " "',
    "end repeat",
    'tell application "Terminal"',
    "activate",
    "do script words",
    "end tell",
    "end run",
)


def in_terminal(command: Sequence[str], *, platform: str = sys.platform) -> list[str] | None:
    """Return *command* with a terminal in front, None where none is found.

    Windows gives a console program a console of its own.
    """
    if platform == "win32":
        return list(command)
    own = os.environ.get("TERMINAL", "")
    for program, between in ((own, ("-e",)), *_TERMINALS):
        found = shutil.which(program) if program else None
        if found is not None:
            return [found, *between, *command]
    if platform == "darwin":
        return ["/usr/bin/osascript", *(word for line in _APPLE for word in ("-e", line)), *command]
    return None
