"""The commands of a comparison and their keys."""

from collections.abc import Callable
from typing import Protocol

from vedette.desktop.commands.command import Command
from vedette.desktop.language import tr


class CompareTarget(Protocol):
    """What the commands act on."""

    def has_comparison(self) -> bool: ...
    def has_differences(self) -> bool: ...
    def go_next(self) -> None: ...
    def go_previous(self) -> None: ...
    def swap(self) -> None: ...
    def toggle_same(self) -> None: ...
    def shows_same(self) -> bool: ...
    def toggle_noise(self) -> None: ...
    def shows_noise(self) -> bool: ...
    def toggle_raw(self) -> None: ...
    def shows_raw(self) -> bool: ...
    def copy_markdown(self) -> None: ...
    def open_side(self, side: str) -> None: ...
    def go_back(self) -> None: ...
    def show_menu(self) -> None: ...


def compare_commands(at: CompareTarget) -> tuple[Command, ...]:
    """Return the commands of the comparison *at* shows."""

    def command(
        verb: str,
        title: str,
        run: Callable[[], object],
        *keys: str,
        icon: str = "",
        when: Callable[[], bool] = at.has_comparison,
        is_on: Callable[[], bool] | None = None,
        words: str = "",
    ) -> Command:
        return Command(f"compare.{verb}", title, run, keys, icon, "compare", when, is_on, words)

    return (
        command("next", tr("Next difference"), at.go_next, "F8", "N", icon="arrow-down",
                when=at.has_differences),
        command("previous", tr("Previous difference"), at.go_previous, "Shift+F8", "Shift+N", icon="arrow-up",
                when=at.has_differences),
        command("swap", tr("Swap", "the two sides"), at.swap, "X", icon="arrow-left-right",
                words="exchange sides"),
        command("same", tr("Show what is the same"), at.toggle_same, "A", is_on=at.shows_same,
                words="equal all"),
        command("noise", tr("Show what always differs"), at.toggle_noise, "V", is_on=at.shows_noise,
                words="noise ids timestamps volatile"),
        command("raw", tr("Compare the raw events"), at.toggle_raw, "Shift+J", icon="file-json",
                is_on=at.shows_raw, words="json bytes"),
        command("copy_markdown", tr("Copy comparison as Markdown"), at.copy_markdown, "C", icon="copy"),
        command("open_a", tr("Open event A"), lambda: at.open_side("a"), "1", words="left first"),
        command("open_b", tr("Open event B"), lambda: at.open_side("b"), "2", words="right second"),
        command("menu", tr("What can be done here"), at.show_menu, ".", icon="ellipsis",
                words="context menu"),
        command("leave", tr("Back to the issue"), at.go_back, "Escape", icon="arrow-left"),
    )  # fmt: skip
