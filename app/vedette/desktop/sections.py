"""The sections there are. The window is given them: views know the shell, the shell knows no view."""

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import tr
from vedette.desktop.shell.sections import Section
from vedette.desktop.theme.theme import Theme

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge


def sections() -> tuple[Section, ...]:
    """Return the sections in the sidebar's order. A view's module is loaded when it is first shown."""
    every = (
        Section("issues", tr("Issues"), "circle-alert", "I", "issues.section", _issues),
        Section("traces", tr("Traces"), "chart-gantt", "T", "traces.section", _traces, waits_for="traces"),
        Section(
            "compare", tr("Compare"), "git-compare", "", "compare.view", _compare,
            is_scoped=False, is_listed=False,
        ),
        Section("ingest", tr("Ingest"), "inbox", "S", "ingest.view", _ingest, waits_for="requests"),
        Section(
            "connect",
            "Connect an app",
            "plug",
            "C",
            "connect.view",
            _connect,
            at_bottom=True,
            is_scoped=False,
        ),
        Section(
            "settings",
            "Settings",
            "settings",
            ",",
            "settings.view",
            _settings,
            at_bottom=True,
            is_scoped=False,
        ),
    )  # fmt: skip
    return tuple(section for section in every if section.is_shown)


def load_list() -> None:
    """Load the modules of the list of issues; in a worker, while the window shows its first frame."""
    import_module("vedette.desktop.issues.section")


def load_views() -> None:
    """Load the modules of every view; in a worker, so that opening a section has only the view to make."""
    for section in sections():
        import_module(f"vedette.desktop.{section.module}")
    # The patterns of a language are compiled at its first use: 25 ms for the one that Connect begins with.
    import_module("vedette.desktop.theme.highlight").highlight(["pass"], "main.py", "")


def _issues(bridge: "Bridge", commands: CommandRegistry, theme: Theme) -> QWidget:
    from vedette.desktop.issues.section import IssuesSection

    return IssuesSection(bridge, commands, theme)


def _traces(bridge: "Bridge", commands: CommandRegistry, theme: Theme) -> QWidget:
    from vedette.desktop.traces.section import TracesSection

    return TracesSection(bridge, commands, theme)


def _compare(bridge: "Bridge", commands: CommandRegistry, theme: Theme) -> QWidget:
    from vedette.desktop.compare.view import CompareView

    return CompareView(bridge, commands, theme)


def _ingest(bridge: "Bridge", commands: CommandRegistry, theme: Theme) -> QWidget:
    from vedette.desktop.ingest.view import IngestView

    return IngestView(bridge, commands, theme)


def _connect(bridge: "Bridge", commands: CommandRegistry, theme: Theme) -> QWidget:
    from vedette.desktop.connect.view import ConnectView

    return ConnectView(bridge, commands, theme)


def _settings(bridge: "Bridge", commands: CommandRegistry, theme: Theme) -> QWidget:
    from vedette.desktop.settings.view import SettingsView

    return SettingsView(bridge, commands, theme)
