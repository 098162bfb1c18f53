"""The commands of a trace's rows and time, and their keys."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from vedette.desktop.commands.command import Command
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import tr
from vedette.desktop.trace.rows import Fold
from vedette.desktop.trace.span_actions import COPY_MENU

if TYPE_CHECKING:
    from vedette.desktop.trace.steering import Steering

ROW_MENU: tuple[str | None, ...] = (
    "trace.details",
    "trace.open_window",
    "trace.open_issue",
    None,
    "trace.zoom_to_span",
    "trace.focus_subtree",
    "trace.critical_path",
    "trace.grouping",
    None,
    "trace.find_alike",
    "trace.find_everywhere",
    None,
    "trace.open_code",
    None,
)


def row_menu(commands: CommandRegistry, menu: QMenu) -> QMenu:
    """Fill *menu* with what can be done with the current row."""
    commands.fill_menu(menu, ROW_MENU)
    commands.fill_menu(menu.addMenu(tr("Copy")), COPY_MENU)
    return menu


def trace_commands(at: "Steering") -> tuple[Command, ...]:
    """Return every command of the trace *at* steers."""

    def command(
        verb: str,
        title: str,
        run: Callable[[], object],
        *keys: str,
        icon: str = "",
        when: Callable[[], bool] = at.has_trace,
        words: str = "",
        listed: bool = True,
    ) -> Command:
        return Command(f"trace.{verb}", title, run, keys, icon, "trace", when, None, words, listed)

    rows = at.waterfall.folding
    on_rows = at.keys_are_for_rows
    return (
        command("row_down", tr("Next row"), lambda: at.step(1), "Down", "J", when=on_rows, listed=False),
        command("row_up", tr("Previous row"), lambda: at.step(-1), "Up", "K", when=on_rows, listed=False),
        command("fold", tr("Fold, or go to the parent"), at.fold, "Left", when=on_rows, listed=False),
        command(
            "unfold", tr("Unfold, or go to the first child"), at.unfold, "Right", when=on_rows, listed=False
        ),
        command(
            "fold_siblings", tr("Fold this row and its siblings, again: all below"),
            lambda: rows.fold_siblings(Fold.CLOSED), "Shift+Left", when=at.has_current_row,
        ),
        command(
            "unfold_siblings", tr("Unfold this row and its siblings, again: all below"),
            lambda: rows.fold_siblings(Fold.OPEN), "Shift+Right", when=at.has_current_row,
        ),
        command("fold_level", tr("Fold one level"), lambda: rows.fold_level(-1), "[", icon="fold-vertical"),
        command(
            "unfold_level", tr("Unfold one level"), lambda: rows.fold_level(1), "]", icon="unfold-vertical"
        ),
        command("fold_all", tr("Fold everything"), lambda: rows.fold_all(Fold.CLOSED), "{"),
        command("unfold_all", tr("Unfold everything"), lambda: rows.fold_all(Fold.OPEN), "}"),
        command(
            "focus_subtree", tr("Focus on this subtree"), at.focus_subtree, "Shift+F", icon="crosshair",
            when=at.has_current, words="fold others",
        ),
        command("zoom_in", tr("Zoom in"), lambda: at.zoom(1.5), "W", icon="zoom-in"),
        command("zoom_out", tr("Zoom out"), lambda: at.zoom(1 / 1.5), "S", icon="zoom-out"),
        command("pan_left", tr("Earlier"), lambda: at.pan(-0.2), "A", listed=False),
        command("pan_right", tr("Later"), lambda: at.pan(0.2), "D", listed=False),
        command(
            "zoom_to_span", tr("Zoom to span"), at.zoom_to_current, "F", icon="maximize-2",
            when=at.has_current,
        ),
        command("zoom_all", tr("Show the whole trace"), at.zoom_all, "0", icon="minimize-2"),
        command(
            "zoom_back", tr("Back to the previous zoom"), at.zoom_back, "Backspace", when=at.can_zoom_back
        ),
        command(
            "next_error", tr("Next error"), lambda: at.go_to_error(1), "E", icon="circle-alert",
            when=at.has_errors,
        ),
        command(
            "previous_error", tr("Previous error"), lambda: at.go_to_error(-1), "Shift+E", when=at.has_errors
        ),
        command("find", tr("Find spans"), at.focus_find, "/", "Ctrl+F", icon="search"),
        command(
            "next_match", tr("Next match"), lambda: at.go_to_match(1), "N", "F3", icon="arrow-down",
            when=at.has_matches,
        ),
        command(
            "previous_match", tr("Previous match"), lambda: at.go_to_match(-1), "Shift+N", "Shift+F3",
            icon="arrow-up", when=at.has_matches,
        ),
        command(
            "details", tr("Go to the details"), at.focus_details, "Return", "Enter", icon="panel-right",
            when=at.has_current_row,
        ),
        command(
            "find_alike", tr("Find the same in this trace"), at.find_alike, icon="search",
            when=at.has_current,
        ),
        command(
            "select_range", tr("Select the time in view"), at.select_range, "R", words="aggregate sum",
        ),
        command(
            "menu", tr("Menu of the row"), at.menuWanted.emit, ".", when=at.has_current, listed=False,
        ),
        command("tree_wider", tr("Wider names"), lambda: at.widen_tree(0.04), "Alt+Shift+Right"),
        command("tree_narrower", tr("Narrower names"), lambda: at.widen_tree(-0.04), "Alt+Shift+Left"),
        command("show_waterfall", tr("Waterfall"), lambda: at.tabWanted.emit("waterfall"), "1"),
        command("show_table", tr("Spans as a table"), lambda: at.tabWanted.emit("table"), "2"),
        command("show_json", tr("Trace as JSON"), lambda: at.tabWanted.emit("json"), "3", "Shift+J"),
        command("show_items", tr("Items of the trace"), lambda: at.tabWanted.emit("items"), "4"),
        command("copy_csv", tr("Copy as CSV"), lambda: at.copyWanted.emit("csv"), icon="copy"),
        command("copy_json", tr("Copy as JSON"), lambda: at.copyWanted.emit("json"), icon="copy"),
    )  # fmt: skip
