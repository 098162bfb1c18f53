"""The commands of the list of issues and of the issue that is open."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from vedette.desktop.commands.command import Command, always


class IssueTarget(Protocol):
    """What the commands act on: the marked rows, else the selected one, else the open issue."""

    def has_target(self) -> bool: ...
    def has_row(self) -> bool: ...
    def resolve(self) -> None: ...
    def archive(self) -> None: ...
    def reopen(self) -> None: ...
    def star(self) -> None: ...
    def toggle_read(self) -> None: ...
    def toggle_mark(self) -> None: ...
    def mark_all(self) -> None: ...
    def copy_rows(self) -> None: ...
    def copy_ids(self) -> None: ...
    def copy_links(self) -> None: ...
    def undo(self) -> None: ...
    def can_undo(self) -> bool: ...
    def open_current(self) -> None: ...
    def step_out(self) -> None: ...
    def can_step_out(self) -> bool: ...
    def step(self, by: int) -> None: ...
    def has_detail(self) -> bool: ...
    def go_home(self) -> None: ...
    def show_menu(self) -> None: ...
    def sort_by(self, sort: str) -> None: ...


def issue_commands(view: IssueTarget) -> tuple[Command, ...]:
    """Return the commands of *view*."""
    has, has_row = view.has_target, view.has_row
    return (
        _command("issue.open", "Open issue", view.open_current, "", "arrow-right", has_row),
        _command("issue.resolve", "Resolve", view.resolve, "E", "check", has, "done fixed"),
        _command("issue.archive", "Archive", view.archive, "I", "archive", has, "ignore mute"),
        _command("issue.reopen", "Reopen", view.reopen, "Shift+U", "rotate-ccw", has, "unresolve unarchive"),
        _command("issue.star", "Star or unstar", view.star, "S", "star", has, "bookmark favourite"),
        _command("issue.read", "Mark read or unread", view.toggle_read, "U", "eye", has, "seen"),
        _command("issue.mark", "Mark for several", view.toggle_mark, "X", "square-check", has_row, "select"),
        _command("issues.mark_all", "Mark all in this list", view.mark_all, "Ctrl+A", "square-check"),
        _command("issue.copy", "Copy row", view.copy_rows, "Ctrl+C", "copy", has),
        _command("issue.copy_id", "Copy id", view.copy_ids, "", "hash", has),
        _command("issue.copy_link", "Copy link", view.copy_links, "", "link", has, "url"),
        _command("issue.undo", "Undo", view.undo, "Ctrl+Z", "undo-2", view.can_undo),
        _command("issue.next", "Next issue", lambda: view.step(1), "J", "", view.has_detail, listed=False),
        _command(
            "issue.previous", "Previous issue", lambda: view.step(-1), "K", "", view.has_detail, listed=False
        ),
        _command("issue.leave", "Back to the list", view.step_out, "Escape", "x", view.can_step_out),
        _command("issues.menu", "What can be done here", view.show_menu, ".", "ellipsis", has_row),
        _command("issues.newest", "Show newer issues", view.go_home, "", "arrow-up"),
        *(
            _command(f"issues.sort_{sort}", f"Sort by {words}", partial(view.sort_by, sort))
            for sort, words in (
                ("last", "last seen"),
                ("first", "first seen"),
                ("events", "events"),
                ("users", "users"),
            )
        ),
    )


def _command(
    name: str,
    title: str,
    run: Callable[[], object],
    keys: str = "",
    icon: str = "",
    when: Callable[[], bool] = always,
    words: str = "",
    *,
    listed: bool = True,
) -> Command:
    return Command(
        name, title, run, (keys,) if keys else (), icon, "issues", when, words=words, listed=listed
    )
