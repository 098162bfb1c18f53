"""The commands of the window, and which of all commands its menus show."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from vedette.desktop.commands.command import Command
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import mark, tr
from vedette.desktop.shell.layouts import TITLES, Layout
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.sections import Section
from vedette.desktop.theme.theme import Density, SchemeSetting, Theme


class WindowTarget(Protocol):
    """What the window's commands act on."""

    def open_palette(self, text: str = "") -> None: ...
    def open_sheet(self) -> None: ...
    def go_to(self, place: object) -> None: ...
    def go_back(self) -> None: ...
    def go_forward(self) -> None: ...
    def can_go_back(self) -> bool: ...
    def can_go_forward(self) -> bool: ...
    def focus_query(self) -> None: ...
    def toggle_sidebar(self) -> None: ...
    def shows_sidebar(self) -> bool: ...
    def toggle_full_screen(self) -> None: ...
    def cycle_panes(self, by: int) -> None: ...
    def toggle_pause(self) -> None: ...
    def is_paused(self) -> bool: ...
    def toggle_letters(self) -> None: ...
    def letters_enabled(self) -> bool: ...
    def start_run(self) -> None: ...
    def zoom(self, by: int) -> None: ...
    def close(self) -> bool: ...
    def quit(self) -> None: ...
    def find_everywhere(self) -> None: ...
    def open_window(self) -> None: ...
    def open_apart(self) -> None: ...
    def can_open_apart(self) -> bool: ...
    def reopen(self) -> None: ...
    def can_reopen(self) -> bool: ...
    def go_recent(self) -> None: ...
    def set_layout(self, layout: Layout) -> None: ...
    @property
    def layout_kind(self) -> Layout: ...
    def toggle_compact(self) -> None: ...
    def is_compact(self) -> bool: ...


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
            icon="external-link",
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
        Command("app.quit", tr("Quit"), at.quit, ("Ctrl+Q",), "power", words="exit close"),
        Command("app.close", tr("Close the window"), at.close, ("Ctrl+W",), "x"),
        Command("go.back", tr("Back"), at.go_back, ("Alt+Left",), "arrow-left", when=at.can_go_back),
        Command(
            "go.forward", tr("Forward"), at.go_forward, ("Alt+Right",), "arrow-right", when=at.can_go_forward
        ),
        Command("go.recent", tr("Section before this one"), at.go_recent, ("Ctrl+Tab",), listed=False),
        *(
            _going(at, number, section)
            for number, section in enumerate((s for s in sections if s.is_listed), start=1)
        ),
        Command(
            "live.pause",
            tr("Pause"),
            at.toggle_pause,
            ("Ctrl+Alt+Space", "Pause"),
            "pause",
            is_on=at.is_paused,
        ),
        Command("run.start", tr("Begin a new run"), at.start_run, ("Ctrl+Shift+N",), "play"),
        *_looks(at, theme),
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


def _looks(at: WindowTarget, theme: Theme) -> list[Command]:
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
        Command(
            "view.sidebar",
            tr("Sidebar"),
            at.toggle_sidebar,
            ("Ctrl+B",),
            "panel-left",
            is_on=at.shows_sidebar,
        ),
        *(
            Command(
                f"view.layout_{layout.value}",
                tr(title),
                partial(at.set_layout, layout),
                icon=icon,
                is_on=partial(_is_laid_out, at, layout),
                words="layout panes split detail",
            )
            for (layout, title), icon in zip(
                TITLES.items(), ("panel-right", "panel-bottom", "square"), strict=True
            )
        ),
        Command(
            "view.compact_window",
            tr("Narrow strip with the list alone"),
            at.toggle_compact,
            ("Ctrl+Shift+M",),
            is_on=at.is_compact,
            words="small mini always",
        ),
        Command("view.full_screen", tr("Full screen"), at.toggle_full_screen, ("F11",), "maximize-2"),
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
    return at.layout_kind is layout


_FIXED: dict[str, tuple[str | None, ...]] = {
    "&File": ("window.new", "run.start", None, "go.settings", None, "app.close", "app.quit"),
    "&Edit": ("issue.undo", "issue.redo", "issue.copy", "issues.mark_all", None, "app.find"),
    "&View": (
        "view.sidebar", "view.full_screen", "view.compact_window", None,
        "view.layout_right", "view.layout_below", "view.layout_focus", None,
        "view.system", "view.light", "view.dark", "view.contrast", None,
        "view.comfortable", "view.compact", "view.touch", None,
        "view.larger", "view.smaller", "view.usual", None,
        "live.pause", "view.letters",
    ),
    "&Window": ("window.new", "window.apart", "window.reopen", None, "app.close"),
    "&Help": ("app.shortcuts", "app.commands", "go.connect"),
}  # fmt: skip
_BY_CONTEXT = {"&Issue": ("issues", "issue", "event"), "&Trace": ("trace",)}
MENUS = (
    mark("&File"), mark("&Edit"), mark("&View"), mark("&Go"), mark("&Issue"), mark("&Trace"), mark("&Window"),
    mark("&Help"),
)  # fmt: skip


def menu_entries(registry: CommandRegistry, menu: str) -> list[str | None]:
    """Return the ids of the commands that *menu* shows of those there are; None is a separator."""
    if menu in _BY_CONTEXT:
        return _of_contexts(registry, _BY_CONTEXT[menu])
    if menu == "&Go":
        ways = ("go.back", "go.forward")
        places = [c.id for c in registry.commands() if c.id.startswith("go.") and c.id not in ways]
        return [*ways, None, *places, None, "app.palette"]
    known = {command.id for command in registry.commands()}
    return [entry for entry in _FIXED[menu] if entry is None or entry in known]


def _of_contexts(registry: CommandRegistry, contexts: Sequence[str]) -> list[str | None]:
    """Return the listed commands of *contexts*, a separator between them."""
    found: list[str | None] = []
    for context in contexts:
        ids = [command.id for command in registry.commands() if command.context == context and command.listed]
        if ids and found:
            found.append(None)
        found += ids
    return found
