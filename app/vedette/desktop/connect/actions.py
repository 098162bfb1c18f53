"""The commands of the Connect page."""

from typing import Protocol

from vedette.desktop.commands.command import Command
from vedette.desktop.language import tr


class Page(Protocol):
    """What the commands act on."""

    def copy_dsn(self) -> None: ...
    def copy_snippet(self) -> None: ...
    def send_test_event(self) -> None: ...


def connect_commands(page: Page) -> tuple[Command, ...]:
    """Return the commands of *page*."""
    return (
        Command("dsn.copy", tr("Copy DSN"), page.copy_dsn, ("C",), "copy", "connect", words="key address"),
        Command("snippet.copy", tr("Copy snippet"), page.copy_snippet, ("Shift+C",), "code", "connect"),
        Command(
            "test_event.send", tr("Send a test event"), page.send_test_event, ("T",), "zap", "connect",
            words="try error hello",
        ),
    )  # fmt: skip
