"""The commands of the lists of traces, and the menus of their rows."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QMenu

from vedette.desktop.commands.command import Command
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import tr

TRACE_MENU: tuple[str | None, ...] = (
    "traces.open",
    "traces.open_window",
    None,
    "traces.filter_name",
    "traces.filter_op",
    "traces.filter_service",
    "traces.filter_longer",
    "traces.filter_failed",
    None,
)
TRACE_COPY: tuple[str | None, ...] = (
    "traces.copy_row",
    "traces.copy_id",
    "traces.copy_name",
    "traces.copy_link",
)
TRANSACTION_MENU: tuple[str | None, ...] = (
    "transactions.show_samples",
    "transactions.show_traces",
    "transactions.open_slowest",
    None,
)
TRANSACTION_COPY: tuple[str | None, ...] = (
    "transactions.copy_row",
    "transactions.copy_name",
    "transactions.copy_histogram",
)


def fill_row_menu(
    commands: CommandRegistry, menu: QMenu, ids: tuple[str | None, ...], copy: tuple[str | None, ...]
) -> QMenu:
    """Fill *menu*, Copy in a menu of its own."""
    commands.fill_menu(menu, ids)
    commands.fill_menu(menu.addMenu(tr("Copy")), copy)
    return menu


class Lists(Protocol):
    """What the commands act on."""

    def focus_filter(self) -> None: ...
    def reload(self) -> None: ...
    def show_tab(self, key: str) -> None: ...
    def show_columns(self) -> None: ...
    def take_newer(self) -> None: ...
    def show_menu_here(self) -> None: ...
    def copy_current(self) -> None: ...
    def has_current(self) -> bool: ...
    def is_shown(self) -> bool: ...
    def has_trace(self) -> bool: ...
    def open_trace(self) -> None: ...
    def open_trace_apart(self) -> None: ...
    def filter_to(self, what: str) -> None: ...
    def copy_of_trace(self, what: str) -> None: ...
    def has_transaction(self) -> bool: ...
    def show_samples(self) -> None: ...
    def show_traces_of(self) -> None: ...
    def open_slowest(self) -> None: ...
    def copy_of_transaction(self, what: str) -> None: ...


def traces_commands(view: Lists) -> tuple[Command, ...]:
    """Return the commands of *view*."""

    def command(
        name: str, title: str, run: Callable[[], object], *keys: str, icon: str = "",
        when: Callable[[], bool] = view.is_shown, words: str = "",
    ) -> Command:  # fmt: skip
        return Command(name, title, run, keys, icon, "traces", when, words=words)

    def of_trace(
        verb: str, title: str, run: Callable[[], object], *keys: str, icon: str = "", words: str = ""
    ) -> Command:
        return command(f"traces.{verb}", title, run, *keys, icon=icon, when=view.has_trace, words=words)

    def of_transaction(verb: str, title: str, run: Callable[[], object], icon: str = "") -> Command:
        return command(f"transactions.{verb}", title, run, icon=icon, when=view.has_transaction)

    copy = view.copy_of_transaction
    return (
        Command(
            "traces.filter", tr("Filter traces"), view.focus_filter, icon="filter", words="search find"
        ),
        Command("traces.reload", tr("Read traces again"), view.reload, icon="refresh-cw"),
        Command(
            "traces.show_list", tr("List of traces"), lambda: view.show_tab("traces"), icon="list-tree"
        ),
        Command(
            "traces.show_transactions",
            tr("Durations by transaction"),
            lambda: view.show_tab("transactions"),
            icon="timer",
            words="p95 percentile slow performance",
        ),
        command("traces.choose_columns", tr("Choose columns"), view.show_columns, icon="columns-3"),
        command("traces.newer", tr("Show what is new"), view.take_newer, icon="arrow-up"),
        command("traces.menu", tr("Menu of the row"), view.show_menu_here, ".", when=view.has_current),
        command("traces.copy", tr("Copy the row"), view.copy_current, "Ctrl+C", when=view.has_current),
        of_trace("open", tr("Open the trace"), view.open_trace, icon="chart-gantt"),
        of_trace(
            "open_window", tr("Open the trace in a new window"), view.open_trace_apart, "Ctrl+Return",
            icon="external-link",
        ),
        of_trace("filter_name", tr("Filter to this name"), lambda: view.filter_to("name"), icon="filter"),
        of_trace("filter_op", tr("Filter to this operation"), lambda: view.filter_to("op")),
        of_trace("filter_service", tr("Filter to this service"), lambda: view.filter_to("service")),
        of_trace("filter_longer", tr("Filter to as long or longer"), lambda: view.filter_to("longer")),
        of_trace("filter_failed", tr("Filter to what failed"), lambda: view.filter_to("failed")),
        of_trace("copy_row", tr("Copy trace as a line"), lambda: view.copy_of_trace("row"), icon="copy"),
        of_trace("copy_id", tr("Copy the trace's id"), lambda: view.copy_of_trace("id"), icon="copy"),
        of_trace("copy_name", tr("Copy the trace's name"), lambda: view.copy_of_trace("name"), icon="copy"),
        of_trace("copy_link", tr("Copy link to the trace"), lambda: view.copy_of_trace("link"), icon="link"),
        of_transaction("show_samples", tr("Show durations and samples"), view.show_samples, "chart-bar"),
        of_transaction("show_traces", tr("Show its traces"), view.show_traces_of, "list-tree"),
        of_transaction("open_slowest", tr("Open its slowest trace"), view.open_slowest, "timer"),
        of_transaction("copy_row", tr("Copy transaction as a line"), lambda: copy("row")),
        of_transaction("copy_name", tr("Copy the transaction's name"), lambda: copy("name")),
        of_transaction("copy_histogram", tr("Copy the histogram's data"), lambda: copy("bars")),
    )  # fmt: skip
