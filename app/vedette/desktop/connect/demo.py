"""The demo workspace, opened in a window of its own by another Vedette."""

import sys

from PySide6.QtCore import QProcess

from vedette.desktop.language import tr


def demo_command() -> list[str]:
    """Return the command line that fills the demo workspace and opens it."""
    own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "vedette"]
    return [*own, "demo"]


def open_demo() -> str:
    """Start it; returns "" or why that did not work."""
    program, *arguments = demo_command()
    started = QProcess.startDetached(program, arguments)
    is_started = started[0] if isinstance(started, tuple) else bool(started)
    return "" if is_started else tr("The demo could not be started.")
