"""The commands of a trace and their keys."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from vedette.desktop.commands.command import Command
from vedette.desktop.trace.rows import Fold

if TYPE_CHECKING:
    from vedette.desktop.trace.steering import Steering

ROW_MENU: tuple[str | None, ...] = (
    "trace.zoom_to_span",
    "trace.details",
    "trace.critical_path",
    "trace.grouping",
    None,
    "trace.find_alike",
    None,
    "trace.copy_description",
    "trace.copy_span_id",
    "trace.copy_trace_id",
)


def trace_commands(at: "Steering") -> tuple[Command, ...]:
    """Return every command of the trace *at* steers."""

    def command(
        verb: str,
        title: str,
        run: Callable[[], object],
        *keys: str,
        icon: str = "",
        when: Callable[[], bool] = at.has_trace,
        is_on: Callable[[], bool] | None = None,
        words: str = "",
        listed: bool = True,
    ) -> Command:
        return Command(f"trace.{verb}", title, run, keys, icon, "trace", when, is_on, words, listed)

    rows = at.waterfall.folding
    return (
        command("row_down", "Next row", lambda: at.step(1), "Down", "J", listed=False),
        command("row_up", "Previous row", lambda: at.step(-1), "Up", "K", listed=False),
        command("fold", "Fold, or go to the parent", at.fold, "Left", listed=False),
        command("unfold", "Unfold, or go to the first child", at.unfold, "Right", listed=False),
        command(
            "fold_siblings",
            "Fold this row and its siblings, again: all below",
            lambda: rows.fold_siblings(Fold.CLOSED),
            "Shift+Left",
            when=at.has_current,
        ),
        command(
            "unfold_siblings",
            "Unfold this row and its siblings, again: all below",
            lambda: rows.fold_siblings(Fold.OPEN),
            "Shift+Right",
            when=at.has_current,
        ),
        command("fold_level", "Fold one level", lambda: rows.fold_level(-1), "[", icon="fold-vertical"),
        command("unfold_level", "Unfold one level", lambda: rows.fold_level(1), "]", icon="unfold-vertical"),
        command("fold_all", "Fold everything", lambda: rows.fold_all(Fold.CLOSED), "{"),
        command("unfold_all", "Unfold everything", lambda: rows.fold_all(Fold.OPEN), "}"),
        command("zoom_in", "Zoom in", lambda: at.zoom(1.5), "W", icon="zoom-in"),
        command("zoom_out", "Zoom out", lambda: at.zoom(1 / 1.5), "S", icon="zoom-out"),
        command("pan_left", "Earlier", lambda: at.pan(-0.2), "A", listed=False),
        command("pan_right", "Later", lambda: at.pan(0.2), "D", listed=False),
        command(
            "zoom_to_span", "Zoom to span", at.zoom_to_current, "F", icon="maximize-2", when=at.has_current
        ),
        command("zoom_all", "Show the whole trace", at.zoom_all, "0", icon="minimize-2"),
        command("zoom_back", "Back to the previous zoom", at.zoom_back, "Backspace", when=at.can_zoom_back),
        command(
            "next_error", "Next error", lambda: at.go_to_error(1), "E", icon="circle-alert",
            when=at.has_errors,
        ),
        command(
            "previous_error", "Previous error", lambda: at.go_to_error(-1), "Shift+E", when=at.has_errors
        ),
        command(
            "critical_path", "Critical path", at.toggle_path, "P", icon="route", is_on=at.shows_path
        ),
        command("grouping", "Group alike spans", at.toggle_grouping, "G", icon="group", is_on=at.groups),
        command("gaps", "Show gaps", at.toggle_gaps, "I", icon="scan-line", is_on=at.shows_gaps),
        command("find", "Find spans", at.focus_find, "/", "Ctrl+F", icon="search"),
        command(
            "next_match", "Next match", lambda: at.go_to_match(1), "N", "F3", icon="arrow-down",
            when=at.has_matches,
        ),
        command(
            "previous_match", "Previous match", lambda: at.go_to_match(-1), "Shift+N", "Shift+F3",
            icon="arrow-up", when=at.has_matches,
        ),
        command("details", "Go to the details", at.focus_details, "Return", "Enter", when=at.has_current),
        command(
            "find_alike", "Find the same in this trace", at.find_alike, icon="search",
            when=at.has_current,
        ),
        command(
            "copy_description", "Copy description", at.copy_description, "Ctrl+C", icon="copy",
            when=at.has_current,
        ),
        command("copy_span_id", "Copy span id", at.copy_span_id, when=at.has_current),
        command("copy_trace_id", "Copy trace id", at.copy_trace_id),
        command("select_range", "Select the time in view", at.select_range, "R", words="aggregate sum"),
    )  # fmt: skip
