"""The commands of the list of issues and of the issue that is open."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from vedette.desktop.commands.command import Command, always
from vedette.desktop.issues.columns import SORT_TITLES
from vedette.desktop.issues.groups import GROUP_TITLES, GroupBy
from vedette.desktop.language import mark, tr

RESOLVE = (
    "issue.resolve",
    "issue.resolve_latest",
    "issue.resolve_next_release",
    "issue.resolve_next_run",
    None,
    "issue.resolve_release",
)
ARCHIVE = (
    "issue.archive_escalating",
    "issue.archive_forever",
    None,
    "issue.archive_10",
    "issue.archive_100",
    "issue.archive_1000",
    None,
    "issue.archive_hour",
    "issue.archive_day",
    "issue.archive_week",
    None,
    "issue.archive_next_run",
    "issue.archive_next_release",
    None,
    "issue.archive_until",
)
PRIORITY = (
    "issue.priority_high",
    "issue.priority_medium",
    "issue.priority_low",
    None,
    "issue.priority_rule",
)
DELETE = ("issue.delete", "issue.discard")
COPY = (
    "issue.copy",
    "issue.copy_id",
    "issue.copy_link",
    "issue.copy_title",
    "issue.copy_markdown",
    "issue.copy_json",
)
FILTER = (
    "issue.filter_file",
    "issue.filter_function",
    "issue.filter_release",
    "issue.filter_level",
    "issue.filter_project",
)
ON_SELECTION = {
    "issue.resolve": mark("Resolve {issues}"),
    "issue.archive_escalating": mark("Archive {issues} until escalating"),
    "issue.reopen": mark("Reopen {issues}"),
    "issue.star": mark("Star or unstar {issues}"),
    "issue.read": mark("Mark {issues} read or unread"),
    "issue.copy_link": mark("Copy the link of {issues}"),
    "issue.compare": mark("Compare {issues} with…"),
}
"""What the palette offers first for the issues that are selected, named with them."""
ALIKE: dict[str, str] = {
    "file": mark("Same file"),
    "function": mark("Same function"),
    "release": mark("Same release"),
    "level": mark("Same level"),
    "project": mark("Same project"),
}


class ChangeTarget(Protocol):
    """What changes act on: the marked rows, else the selected one, else the open issue."""

    def has_target(self) -> bool: ...
    def resolve(self) -> None: ...
    def resolve_in_next(self, what: str) -> None: ...
    def archive_until(self, escalating: bool) -> None: ...
    def archive_for_events(self, count: int) -> None: ...
    def archive_for_minutes(self, minutes: int) -> None: ...
    def archive_until_next(self, what: str) -> None: ...
    def resolve_in_release(self, release: str) -> None: ...
    def ask_until(self) -> None: ...
    def ask_release(self) -> None: ...
    def delete(self) -> None: ...
    def discard(self) -> None: ...
    def unlock_priority(self) -> None: ...
    def set_priority(self, priority: str) -> None: ...
    def reopen(self) -> None: ...
    def star(self) -> None: ...
    def toggle_read(self) -> None: ...
    def undo(self) -> None: ...
    def redo(self) -> None: ...
    def can_undo(self) -> bool: ...
    def can_redo(self) -> bool: ...
    def copy_as(self, form: str) -> None: ...
    def can_filter(self, name: str) -> bool: ...
    def filter_by(self, name: str) -> None: ...
    def can_compare(self) -> bool: ...
    def compare(self) -> None: ...


class ListTarget(Protocol):
    """What moving and looking act on: the list, and the issue beside it."""

    def has_row(self) -> bool: ...
    def has_list(self) -> bool: ...
    def has_detail(self) -> bool: ...
    def open_current(self) -> None: ...
    def open_apart(self) -> None: ...
    def peek(self) -> None: ...
    def toggle_mark(self) -> None: ...
    def mark_whole(self) -> None: ...
    def step(self, by: int) -> None: ...
    def step_out(self) -> None: ...
    def can_step_out(self) -> bool: ...
    def go_home(self) -> None: ...
    def go_top(self) -> None: ...
    def go_end(self) -> None: ...
    def show_menu(self) -> None: ...
    def show_choices(self, which: str) -> None: ...
    def choose_columns(self) -> None: ...
    def sort_by(self, sort: str) -> None: ...
    def group_by(self, group: str) -> None: ...
    def has_groups(self) -> bool: ...
    def fold_all(self, fold: bool) -> None: ...


def issue_commands(acting: ChangeTarget, at: ListTarget) -> tuple[Command, ...]:
    """Return every command of the section."""
    return (*_looking(at), *_changing(acting, at), *_copying(acting, at), *_ordering(at))


def _looking(at: ListTarget) -> tuple[Command, ...]:
    row, lists = at.has_row, at.has_list
    return (
        _command("issue.open", tr("Open"), at.open_current, "", "arrow-right", row),
        _command(
            "issue.open_apart", tr("Open in new window"), at.open_apart, "Ctrl+Return", "external-link", row
        ),
        _command("issue.peek", tr("Peek"), at.peek, "", "eye", row, "preview glance"),
        _command("issue.mark", tr("Mark for several"), at.toggle_mark, "X", "square-check", row, "select"),
        _command(
            "issues.mark_all", tr("Mark all in this view"), at.mark_whole, "Ctrl+A", "square-check", lists
        ),
        _command("issue.next", tr("Next issue"), lambda: at.step(1), "J", "", at.has_detail, listed=False),
        _command(
            "issue.previous", tr("Previous issue"), lambda: at.step(-1), "K", "", at.has_detail, listed=False
        ),
        _command("issue.leave", tr("Back to the list"), at.step_out, "Escape", "x", at.can_step_out),
        _command("issues.menu", tr("What can be done here"), at.show_menu, ".", "ellipsis", row),
        _command("issues.newest", tr("Show newer issues"), at.go_home, "", "arrow-up", lists),
        _command("issues.top", tr("First issue"), at.go_top, "G G", "", lists, listed=False),
        _command("issues.end", tr("Last issue"), at.go_end, "Shift+G", "", lists, listed=False),
        _command(
            "issues.columns", tr("Choose columns"), at.choose_columns, "", "columns-3", lists, "table fields"
        ),
    )


def _changing(at: ChangeTarget, lists: ListTarget) -> tuple[Command, ...]:
    has = at.has_target
    archived = "ignore mute snooze archive"

    def for_events(count: int) -> Command:
        title = tr("Archive until %n more event(s)", "", count)
        return _command(
            f"issue.archive_{count}",
            title,
            partial(at.archive_for_events, count),
            "",
            "archive",
            has,
            archived,
        )

    def for_time(name: str, title: str, minutes: int) -> Command:
        run = partial(at.archive_for_minutes, minutes)
        return _command(f"issue.archive_{name}", title, run, "", "archive", has, archived)

    def priority(name: str, title: str) -> Command:
        return _command(
            f"issue.priority_{name}",
            title,
            partial(at.set_priority, name),
            "",
            "",
            has,
            "importance severity",
        )

    return (
        _command("issue.resolve", tr("Resolve"), at.resolve, "E", "check", has, "done fixed close"),
        _command(
            "issue.resolve_next_release",
            tr("Resolve in the next release"),
            partial(at.resolve_in_next, "release"),
            "",
            "check",
            has,
            "done fixed",
        ),
        _command(
            "issue.resolve_next_run",
            tr("Resolve in the next run"),
            partial(at.resolve_in_next, "run"),
            "",
            "check",
            has,
            "done fixed",
        ),
        _command(
            "issue.resolve_menu",
            tr("Resolve…"),
            partial(lists.show_choices, "resolve"),
            "Shift+E",
            "check",
            has,
            listed=False,
        ),
        _command(
            "issue.archive",
            tr("Archive…"),
            partial(lists.show_choices, "archive"),
            "I",
            "archive",
            has,
            archived,
        ),
        _command(
            "issue.archive_escalating",
            tr("Archive until it escalates"),
            partial(at.archive_until, True),
            "",
            "archive",
            has,
            archived,
        ),
        _command(
            "issue.archive_forever",
            tr("Archive for ever"),
            partial(at.archive_until, False),
            "",
            "archive",
            has,
            archived,
        ),
        for_events(10),
        for_events(100),
        for_events(1000),
        for_time("hour", tr("Archive for an hour"), 60),
        for_time("day", tr("Archive for a day"), 24 * 60),
        for_time("week", tr("Archive for a week"), 7 * 24 * 60),
        _command(
            "issue.archive_next_run",
            tr("Archive until the next run"),
            partial(at.archive_until_next, "run"),
            "",
            "archive",
            has,
            archived,
        ),
        _command(
            "issue.archive_next_release",
            tr("Archive until the next release"),
            partial(at.archive_until_next, "release"),
            "",
            "archive",
            has,
            archived + " build version",
        ),
        _command(
            "issue.resolve_latest",
            tr("Resolve in the latest release"),
            partial(at.resolve_in_release, "latest"),
            "",
            "check",
            has,
            "done fixed version",
        ),
        _command(
            "issue.resolve_release",
            tr("Resolve in a release…"),
            at.ask_release,
            "",
            "check",
            has,
            "done fixed version",
        ),
        _command(
            "issue.labels",
            tr("Labels…"),
            partial(lists.show_choices, "labels"),
            "L",
            "tag",
            has,
            "tag colour",
        ),
        _command("issue.delete", tr("Delete"), at.delete, "Delete", "trash-2", has, "remove"),
        _command(
            "issue.discard",
            tr("Delete and discard events like it"),
            at.discard,
            "",
            "trash-2",
            has,
            "remove filter ignore drop",
        ),
        _command(
            "issue.priority_rule",
            tr("Priority by rule"),
            at.unlock_priority,
            "",
            "",
            has,
            "importance automatic unlock",
        ),
        _command(
            "issue.archive_until", tr("Archive until…"), at.ask_until, "", "calendar", has, archived + " date"
        ),
        _command(
            "issue.reopen", tr("Reopen"), at.reopen, "Shift+U", "rotate-ccw", has, "unresolve unarchive"
        ),
        _command("issue.star", tr("Star or unstar"), at.star, "S", "star", has, "bookmark favourite"),
        _command("issue.read", tr("Mark read or unread"), at.toggle_read, "U", "eye", has, "seen"),
        _command(
            "issue.priority",
            tr("Priority…"),
            partial(lists.show_choices, "priority"),
            "P",
            "arrow-up-narrow-wide",
            has,
            "importance",
        ),
        priority("high", tr("High priority")),
        priority("medium", tr("Medium priority")),
        priority("low", tr("Low priority")),
        _command(
            "issue.compare", tr("Compare with…"), at.compare, "D", "git-compare", at.can_compare, "diff"
        ),
        _command("issue.undo", tr("Undo"), at.undo, "Ctrl+Z", "undo-2", at.can_undo),
        _command("issue.redo", tr("Redo"), at.redo, "Ctrl+Shift+Z", "redo-2", at.can_redo),
    )


def _copying(at: ChangeTarget, lists: ListTarget) -> tuple[Command, ...]:
    has = at.has_target

    def copy(form: str, title: str, keys: str = "", icon: str = "copy") -> Command:
        name = f"issue.copy_{form}" if form else "issue.copy"
        return _command(name, title, partial(at.copy_as, form), keys, icon, has, "clipboard")

    return (
        copy("", tr("Copy row"), "Ctrl+C"),
        copy("id", tr("Copy id"), icon="hash"),
        copy("link", tr("Copy link"), icon="link"),
        copy("title", tr("Copy title")),
        copy("markdown", tr("Copy row as Markdown")),
        copy("json", tr("Copy row as JSON"), icon="braces"),
        _command(
            "issue.copy_menu",
            tr("Copy as…"),
            partial(lists.show_choices, "copy"),
            "Ctrl+Shift+C",
            "copy",
            has,
            listed=False,
        ),
        *(
            _command(
                f"issue.filter_{name}",
                tr(title),
                partial(at.filter_by, name),
                "",
                "filter",
                partial(at.can_filter, name),
                "filter similar",
            )
            for name, title in ALIKE.items()
        ),
    )


def _ordering(at: ListTarget) -> tuple[Command, ...]:
    return (
        *(
            _command(
                f"issues.sort_{sort.value}",
                tr("Sort by: {order}").format(order=tr(title)),
                partial(at.sort_by, sort.value),
                when=at.has_list,
                words="order",
            )
            for sort, title in SORT_TITLES.items()
        ),
        *(
            _command(
                f"issues.group_{group.value or 'nothing'}",
                tr("Group by: {group}").format(group=tr(title))
                if group is not GroupBy.NOTHING
                else tr(title),
                partial(at.group_by, group.value),
                when=at.has_list,
            )
            for group, title in GROUP_TITLES.items()
        ),
        _command(
            "issues.fold_all",
            tr("Fold all groups"),
            partial(at.fold_all, True),
            "",
            "fold-vertical",
            at.has_groups,
        ),
        _command(
            "issues.unfold_all",
            tr("Unfold all groups"),
            partial(at.fold_all, False),
            "",
            "unfold-vertical",
            at.has_groups,
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
