"""The commands that change how traces are shown, and the menu that holds them."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from vedette.desktop.commands.command import Command
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import mark, tr
from vedette.desktop.trace.colouring import Colouring
from vedette.desktop.trace.options import CHAINS, GAPS, RUNS, FindMode, TraceOptions

_COLOURINGS = {
    Colouring.CATEGORY: mark("Colour by kind of work"),
    Colouring.SERVICE: mark("Colour by service"),
    Colouring.SELF_TIME: mark("Colour by self time"),
}


def option_commands(options: TraceOptions, has_trace: Callable[[], bool]) -> tuple[Command, ...]:
    """Return the commands of *options*."""

    def switch(verb: str, title: str, name: str, *keys: str, icon: str = "", words: str = "") -> Command:
        return Command(
            f"trace.{verb}", title, lambda: options.switch(name), keys, icon, "trace", has_trace,
            lambda: options.is_on(name), words,
        )  # fmt: skip

    def find_mode(verb: str, title: str, mode: FindMode, icon: str) -> Command:
        return Command(
            f"trace.{verb}", title, lambda: options.toggle_find_mode(mode), (), icon, "trace", has_trace,
            lambda: options.find_mode() is mode,
        )  # fmt: skip

    def colour(colouring: Colouring) -> Command:
        return Command(
            f"trace.colour_{colouring.value}", tr(_COLOURINGS[colouring]),
            lambda: options.set_colouring(colouring), (), "", "trace", has_trace,
            lambda: options.colouring() is colouring, "palette legend",
        )  # fmt: skip

    def number(name: str, value: int, title: str) -> Command:
        return Command(
            f"trace.{name}_{value}", title, lambda: options.set_number(name, value), (), "", "trace",
            has_trace, lambda: options.number(name) == value,
        )  # fmt: skip

    return (
        switch("critical_path", tr("Critical path"), "path", "P", icon="route"),
        switch("grouping", tr("Group alike spans"), "grouping", "G", icon="group"),
        switch("gaps", tr("Show gaps"), "gaps", "I", icon="scan-line"),
        switch(
            "clocks", tr("Correct clocks that differ"), "clocks", icon="clock", words="skew shift undo time"
        ),
        switch("legend", tr("Show what the colours mean"), "legend", words="legend key"),
        find_mode("dim_others", tr("Dim what was not found"), FindMode.DIM, "contrast"),
        find_mode("filter_found", tr("Show only what was found"), FindMode.FILTER, "list-filter"),
        *(colour(colouring) for colouring in Colouring),
        *(number("group_from", value, _run_title(value)) for value in RUNS),
        *(number("chain_from", value, _chain_title(value)) for value in CHAINS),
        *(number("gap_ms", value, _gap_title(value)) for value in GAPS),
    )


def _run_title(value: int) -> str:
    if not value:
        return tr("Group no alike spans")
    return tr("Group from %n alike span(s)", "", value)


def _chain_title(value: int) -> str:
    if not value:
        return tr("Group no nested spans")
    return tr("Group from %n nested span(s) of one operation", "", value)


def _gap_title(value: int) -> str:
    if not value:
        return tr("Look for no gaps")
    return tr("Gaps from {length} ms").format(length=value)


def options_menu(commands: CommandRegistry, menu: QMenu) -> QMenu:
    """Fill *menu* with all that changes how a trace is shown."""
    commands.fill_menu(menu, ["trace.critical_path", "trace.grouping", "trace.gaps", "trace.clocks", None])
    for title, ids in (
        (tr("Colours"), [*(f"trace.colour_{one.value}" for one in Colouring), None, "trace.legend"]),
        (tr("Alike spans"), [f"trace.group_from_{value}" for value in RUNS]),
        (tr("Nested spans"), [f"trace.chain_from_{value}" for value in CHAINS]),
        (tr("Gaps"), [f"trace.gap_ms_{value}" for value in GAPS]),
    ):
        commands.fill_menu(menu.addMenu(title), ids)
    commands.fill_menu(
        menu,
        [None, "trace.fold_level", "trace.unfold_level", "trace.fold_all", "trace.unfold_all"],
    )
    return menu
