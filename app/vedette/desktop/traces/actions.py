"""The commands of the lists of traces."""

from typing import Protocol

from vedette.desktop.commands.command import Command


class Lists(Protocol):
    """What the commands act on."""

    def focus_filter(self) -> None: ...
    def reload(self) -> None: ...
    def show_tab(self, key: str) -> None: ...


def traces_commands(view: Lists) -> tuple[Command, ...]:
    """Return the commands of *view*."""
    return (
        Command("traces.filter", "Filter traces", view.focus_filter, icon="filter", words="search find"),
        Command("traces.reload", "Read traces again", view.reload, icon="refresh-cw"),
        Command(
            "traces.show_transactions",
            "Durations by transaction",
            lambda: view.show_tab("transactions"),
            icon="timer",
            words="p95 percentile slow performance",
        ),
    )
