"""The commands of the window."""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from vedette.desktop.commands.command import Command
from vedette.desktop.language import tr
from vedette.desktop.shell.layouts import TITLES, Layout
from vedette.desktop.shell.menu_bar import quit_title
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.sections import Section
from vedette.desktop.theme.theme import Density, SchemeSetting, Theme

if TYPE_CHECKING:
    from vedette.desktop.shell.arrangement import Arrangement
    from vedette.desktop.shell.live import LiveParts
    from vedette.desktop.shell.views.desk import ViewsDesk
    from vedette.desktop.shell.views.view import View

# On macOS Qt calls the Command key Ctrl and the Control key Meta.
_IS_MAC = sys.platform == "darwin"
_RECENT = "Meta+Tab" if _IS_MAC else "Ctrl+Tab"
_RECENT_BACK = "Meta+Shift+Tab" if _IS_MAC else "Ctrl+Shift+Tab"
_FULL_SCREEN = ("Ctrl+Meta+F", "F11") if _IS_MAC else ("F11",)


class WindowTarget(Protocol):
    """What the window's commands act on."""

    arrangement: "Arrangement"
    live: "LiveParts"

    def open_palette(self, text: str = "") -> None: ...
    def open_sheet(self) -> None: ...
    def open_documentation(self) -> None: ...
    def go_to(self, place: object) -> None: ...
    def go_back(self) -> None: ...
    def go_forward(self) -> None: ...
    def can_go_back(self) -> bool: ...
    def can_go_forward(self) -> bool: ...
    def go_recent(self, by: int = 1) -> None: ...
    def focus_query(self) -> None: ...
    def find_everywhere(self) -> None: ...
    def cycle_panes(self, by: int) -> None: ...
    def toggle_full_screen(self) -> None: ...
    def toggle_detail(self) -> None: ...
    def can_toggle_detail(self) -> bool: ...
    def shows_detail(self) -> bool: ...
    def clear_view(self) -> None: ...
    def toggle_letters(self) -> None: ...
    def letters_enabled(self) -> bool: ...
    def zoom(self, by: int) -> None: ...
    def close(self) -> bool: ...
    def quit(self) -> None: ...
    def open_window(self) -> None: ...
    def open_apart(self) -> None: ...
    def can_open_apart(self) -> bool: ...
    def reopen(self) -> None: ...
    def can_reopen(self) -> bool: ...


def view_commands(desk: "ViewsDesk") -> list[Command]:
    """Return the commands for saved views."""

    def is_in_own() -> bool:
        return desk.current is not None and desk.current.is_own

    def on_current(deed: Callable[["View"], object]) -> Callable[[], object]:
        return lambda: desk.current is not None and deed(desk.current)

    words = "saved search query"
    return [
        Command(
            "saved_view.save", tr("Save the view"), desk.save, icon="save", words=words,
            when=lambda: is_in_own() and desk.is_modified,
        ),
        Command(
            "saved_view.save_as", tr("Save this search as a view…"), desk.ask_to_save, icon="save",
            words=words, when=lambda: desk.can_save,
        ),
        Command(
            "saved_view.reset", tr("Reset the view"), desk.reset, icon="rotate-ccw", words=words,
            when=lambda: desk.is_modified,
        ),
        Command(
            "saved_view.rename", tr("Rename the view…"), on_current(desk.ask_to_rename), icon="pencil",
            words=words, when=is_in_own,
        ),
        Command(
            "saved_view.duplicate", tr("Duplicate the view"), on_current(desk.duplicate), icon="copy",
            words=words, when=lambda: desk.current is not None,
        ),
        Command(
            "saved_view.delete", tr("Delete the view"), on_current(desk.delete), icon="trash-2",
            words=words, when=is_in_own,
        ),
    ]  # fmt: skip


def window_commands(at: WindowTarget, theme: Theme, sections: Sequence[Section]) -> list[Command]:
    """Return the commands of the window *at*."""
    return [
        Command(
            "app.palette", tr("Commands and places"), at.open_palette, ("Ctrl+K",), "command", listed=False
        ),
        Command(
            "app.commands",
            tr("Commands"),
            lambda: at.open_palette(">"),
            ("Ctrl+Shift+P",),
            "command",
            listed=False,
        ),
        Command(
            "app.shortcuts", tr("Shortcuts here"), at.open_sheet, ("?", "F1"), "keyboard", words="help keys"
        ),
        Command(
            "app.find", tr("Search"), at.focus_query, ("/", "Ctrl+F"), "search", words="find query filter"
        ),
        Command(
            "app.find_everywhere",
            tr("Search all issues"),
            at.find_everywhere,
            ("Ctrl+Shift+F",),
            "search",
            words="find query all data",
        ),
        Command("window.new", tr("New window"), at.open_window, ("Ctrl+N",)),
        Command(
            "window.apart",
            tr("This in a window of its own"),
            at.open_apart,
            ("Ctrl+Shift+Return",),
            "external-link",
            when=at.can_open_apart,
            words="tear off detach",
        ),
        Command(
            "window.reopen",
            tr("Open the last closed window again"),
            at.reopen,
            ("Ctrl+Shift+T",),
            when=lambda: at.can_reopen(),
        ),
        Command("app.quit", quit_title(), at.quit, ("Ctrl+Q",), "power", words="exit close"),
        Command("app.close", tr("Close the window"), at.close, ("Ctrl+W",), "x"),
        Command("go.back", tr("Back"), at.go_back, ("Alt+Left",), "arrow-left", when=at.can_go_back),
        Command(
            "go.forward", tr("Forward"), at.go_forward, ("Alt+Right",), "arrow-right", when=at.can_go_forward
        ),
        Command("go.recent", tr("Section before this one"), at.go_recent, (_RECENT,), listed=False),
        Command(
            "go.recent_back",
            tr("Section one has not been in for longest"),
            lambda: at.go_recent(-1),
            (_RECENT_BACK,),
            listed=False,
        ),
        *(
            _going(at, number, section)
            for number, section in enumerate((s for s in sections if s.is_listed), start=1)
        ),
        Command(
            "live.pause",
            tr("Pause"),
            at.live.toggle_pause,
            ("Ctrl+Alt+Space", "Pause"),
            "pause",
            is_on=at.live.is_paused,
        ),
        Command(
            "live.clear",
            tr("Only what arrives from now on"),
            at.clear_view,
            ("Ctrl+L",),
            words="clear empty view hide",
        ),
        Command("run.start", tr("Begin a new run"), at.live.start_run, ("Ctrl+Shift+N",), "play"),
        Command(
            "app.documentation",
            tr("Documentation"),
            at.open_documentation,
            icon="file-text",
            words="help manual pages folder",
        ),
        Command(
            "app.about",
            tr("About Vedette"),
            lambda: at.go_to(Place("settings", "about")),
            icon="info",
            words="version licence",
        ),
        *_looks(theme),
        *_room(at),
    ]


def _going(at: WindowTarget, number: int, section: Section) -> Command:
    keys = [f"G {section.go}", f"Ctrl+{number}"]
    if section.key == "settings":
        keys.append("Ctrl+,")
    return Command(
        f"go.{section.key}",
        section.title,
        lambda: at.go_to(Place(section.key)),
        tuple(keys),
        section.icon,
        words=f"go to {section.key}",
    )


def _looks(theme: Theme) -> list[Command]:
    def scheme(setting: SchemeSetting, title: str, icon: str) -> Command:
        return Command(
            f"view.{setting.value}",
            title,
            lambda: theme.set_setting(setting),
            icon=icon,
            is_on=lambda: theme.setting is setting,
            words="theme colours scheme appearance mode",
        )

    def density(value: Density, title: str) -> Command:
        return Command(
            f"view.{value.value}",
            title,
            lambda: theme.set_density(value),
            is_on=lambda: theme.density is value,
            words="density rows height",
        )

    return [
        scheme(SchemeSetting.SYSTEM, tr("Colours of the system"), "monitor"),
        scheme(SchemeSetting.LIGHT, tr("Light colours"), "sun"),
        scheme(SchemeSetting.DARK, tr("Dark colours"), "moon"),
        scheme(SchemeSetting.CONTRAST, tr("High contrast"), "contrast"),
        density(Density.COMFORTABLE, tr("Comfortable rows")),
        density(Density.COMPACT, tr("Compact rows")),
        density(Density.TOUCH, tr("Rows for touch")),
    ]


def _room(at: WindowTarget) -> list[Command]:
    room = at.arrangement
    return [
        Command(
            "view.sidebar",
            tr("Sidebar"),
            room.toggle_sidebar,
            ("Ctrl+B",),
            "panel-left",
            is_on=room.shows_sidebar,
        ),
        Command(
            "view.detail",
            tr("Open issue or trace"),
            at.toggle_detail,
            ("Ctrl+Alt+B",),
            "panel-right",
            when=at.can_toggle_detail,
            is_on=at.shows_detail,
            words="detail pane close hide",
        ),
        *(
            Command(
                f"view.layout_{layout.value}",
                tr(title),
                partial(room.set_layout, layout),
                (f"Alt+{number}",),
                icon,
                is_on=partial(_is_laid_out, at, layout),
                words="layout panes split detail",
            )
            for number, ((layout, title), icon) in enumerate(
                zip(TITLES.items(), ("panel-right", "panel-bottom", "square"), strict=True), start=1
            )
        ),
        Command(
            "view.compact_window",
            tr("Narrow strip with the list alone"),
            room.toggle_strip,
            ("Ctrl+Shift+M",),
            is_on=room.is_strip,
            words="small mini always above top",
        ),
        Command(
            "view.resize",
            tr("Move the edges of panes by arrows"),
            room.resizing.begin,
            ("Ctrl+Shift+E",),
            words="resize splitter width",
        ),
        Command("view.full_screen", tr("Full screen"), at.toggle_full_screen, _FULL_SCREEN, "maximize-2"),
        Command("view.larger", tr("Larger text"), lambda: at.zoom(1), ("Ctrl++", "Ctrl+="), "zoom-in"),
        Command("view.smaller", tr("Smaller text"), lambda: at.zoom(-1), ("Ctrl+-",), "zoom-out"),
        Command("view.usual", tr("Usual text size"), lambda: at.zoom(0), ("Ctrl+0",)),
        Command("view.next_pane", tr("Next pane"), lambda: at.cycle_panes(1), ("F6",), listed=False),
        Command(
            "view.previous_pane", tr("Previous pane"), lambda: at.cycle_panes(-1), ("Shift+F6",), listed=False
        ),
        Command(
            "view.letters",
            tr("Single-letter keys"),
            at.toggle_letters,
            icon="keyboard",
            is_on=at.letters_enabled,
            words="shortcuts accessibility",
        ),
    ]


def _is_laid_out(at: WindowTarget, layout: Layout) -> bool:
    return at.arrangement.layout_kind is layout
