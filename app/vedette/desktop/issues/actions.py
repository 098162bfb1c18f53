"""The commands of the list of issues and of the issue that is open."""

from collections.abc import Callable
from typing import Protocol

from vedette.desktop.commands.command import Command, always


class IssueTarget(Protocol):
    """What the commands act on: the selection, else the open issue."""

    def has_target(self) -> bool: ...
    def resolve(self) -> None: ...
    def archive(self) -> None: ...
    def star(self) -> None: ...
    def toggle_read(self) -> None: ...
    def copy_rows(self) -> None: ...
    def copy_links(self) -> None: ...
    def undo(self) -> None: ...
    def can_undo(self) -> bool: ...
    def open_current(self) -> None: ...
    def close_detail(self) -> None: ...
    def has_detail(self) -> bool: ...
    def focus_query(self) -> None: ...
    def go_home(self) -> None: ...
    def clear_query(self) -> None: ...


def issue_commands(view: IssueTarget) -> tuple[Command, ...]:
    """Return the commands of *view*."""
    has = view.has_target
    return (
        _of_issues("issue.resolve", "Resolve", view.resolve, "E", "check", has, "done fixed reopen"),
        _of_issues("issue.archive", "Archive", view.archive, "I", "archive", has, "ignore mute"),
        _of_issues("issue.star", "Star", view.star, "S", "star", has, "bookmark favourite"),
        _of_issues("issue.read", "Mark read or unread", view.toggle_read, "U", "eye", has, "seen"),
        _of_issues("issue.copy", "Copy as text", view.copy_rows, "Ctrl+C", "copy", has),
        _of_issues("issue.copy_link", "Copy link", view.copy_links, "", "link", has, "url"),
        _of_issues("issue.undo", "Undo", view.undo, "Ctrl+Z", "undo-2", view.can_undo),
        _of_issues("issue.open", "Open issue", view.open_current, "", "arrow-right", has),
        _of_issues("issue.close", "Back to the list", view.close_detail, "Escape", "x", view.has_detail),
        _of_issues("issues.newest", "Show newer issues", view.go_home, "", "arrow-up"),
        _of_issues("issues.clear_query", "Clear the search", view.clear_query, "", "filter-x"),
        Command("issues.filter", "Search issues", view.focus_query, ("/",), "search", words="find query"),
    )


def _of_issues(
    name: str,
    title: str,
    run: Callable[[], object],
    keys: str,
    icon: str,
    when: Callable[[], bool] = always,
    words: str = "",
) -> Command:
    return Command(name, title, run, (keys,) if keys else (), icon, "issues", when, words=words)
