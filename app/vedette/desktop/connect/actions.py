"""The commands of the Connect page."""

from typing import Protocol

from vedette.desktop.commands.command import Command
from vedette.desktop.language import tr


class Page(Protocol):
    """What the commands act on."""

    def copy_dsn(self) -> None: ...
    def copy_snippet(self) -> None: ...
    def send_test_event(self) -> None: ...
    def copy_line(self) -> None: ...
    def has_line(self) -> bool: ...
    def show_tab(self, key: str) -> None: ...


def connect_commands(page: Page) -> tuple[Command, ...]:
    """Return the commands of *page*."""
    return (
        Command("dsn.copy", tr("Copy DSN"), page.copy_dsn, ("C",), "copy", "connect", words="key address"),
        Command("snippet.copy", tr("Copy snippet"), page.copy_snippet, ("Shift+C",), "code", "connect"),
        Command(
            "test_event.send", tr("Send a test event"), page.send_test_event, ("T",), "zap", "connect",
            words="try error hello",
        ),
        Command(
            "line.copy", tr("Copy the line"), page.copy_line, ("Ctrl+C",), "copy", "connect", page.has_line,
            words="device container emulator",
        ),
        Command(
            "device.pair", tr("Pair a device"), lambda: page.show_tab("places"), ("D",), "smartphone",
            "connect",
            words="phone emulator container usb adb",
        ),
        Command(
            "interfaces.show", tr("Who can reach this station"), lambda: page.show_tab("network"), ("N",),
            "network", "connect", words="lan interface firewall",
        ),
    )  # fmt: skip
