"""The commands of an open issue and of the event that is shown, and their keys."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from vedette.desktop.commands.command import Command, always
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import mark, tr

SECTIONS = (
    ("exception", mark("Stack trace")),
    ("breadcrumbs", mark("Breadcrumbs")),
    ("trace", mark("Trace")),
    ("request", mark("Request")),
    ("tags", mark("Tags")),
    ("contexts", mark("Contexts")),
    ("attachments", mark("Attachments")),
    ("packages", mark("Packages")),
    ("grouping", mark("Why grouped")),
    ("raw", mark("Raw")),
    ("items", mark("Items")),
)
"""The pages of an event in their fixed order: key and title."""
_SHOW = {
    "exception": mark("Show stack trace"),
    "breadcrumbs": mark("Show breadcrumbs"),
    "trace": mark("Show trace"),
    "request": mark("Show request"),
    "tags": mark("Show tags"),
    "contexts": mark("Show contexts"),
    "attachments": mark("Show attachments"),
    "packages": mark("Show packages"),
    "grouping": mark("Show why it is grouped"),
    "raw": mark("Show raw"),
    "items": mark("Show items"),
}


class EventTarget(Protocol):
    """What the commands act on: the event shown."""

    def has_issue(self) -> bool: ...
    def has_event(self) -> bool: ...
    def has_previous(self) -> bool: ...
    def has_next(self) -> bool: ...
    def has_older(self) -> bool: ...
    def has_newer(self) -> bool: ...
    def has_others(self) -> bool: ...
    def has_request(self) -> bool: ...
    def has_trace(self) -> bool: ...
    def can_compare(self) -> bool: ...
    def shows_stack(self) -> bool: ...
    def go_previous(self) -> None: ...
    def go_next(self) -> None: ...
    def go_first(self) -> None: ...
    def go_last(self) -> None: ...
    def ask_where(self) -> None: ...
    def toggle_follow(self) -> None: ...
    def follows(self) -> bool: ...
    def show_part(self, what: str) -> None: ...
    def show_section(self, key: str) -> None: ...
    def toggle_in_app(self) -> None: ...
    def shows_all_frames(self) -> bool: ...
    def toggle_order(self) -> None: ...
    def toggle_raw(self) -> None: ...
    def shows_raw(self) -> bool: ...
    def toggle_variables(self) -> None: ...
    def shows_variables(self) -> bool: ...
    def go_to_next_own_frame(self) -> None: ...
    def compare(self) -> None: ...
    def compare_with(self, which: str) -> None: ...
    def copy_markdown(self) -> None: ...
    def copy_json(self) -> None: ...
    def copy_as_received(self) -> None: ...
    def copy_request(self, form: str) -> None: ...
    def copy_event_id(self) -> None: ...
    def copy_link(self) -> None: ...
    def save(self) -> None: ...
    def show_raw_json(self) -> None: ...
    def follow_trace(self) -> None: ...
    def show_menu(self) -> None: ...


class IssueTarget(Protocol):
    """What the commands of the issue act on where no list of issues provides them."""

    def has_issue(self) -> bool: ...
    def resolve(self) -> None: ...
    def archive(self) -> None: ...
    def star(self) -> None: ...
    def undo(self) -> None: ...
    def can_undo(self) -> bool: ...


def event_commands(at: EventTarget) -> tuple[Command, ...]:
    """Return the commands of the event *at* shows."""

    def command(
        verb: str,
        title: str,
        run: Callable[[], object],
        *keys: str,
        icon: str = "",
        when: Callable[[], bool] = at.has_event,
        is_on: Callable[[], bool] | None = None,
        words: str = "",
    ) -> Command:
        return Command(f"event.{verb}", title, run, keys, icon, "event", when, is_on, words)

    stack = at.shows_stack
    return (
        command(
            "previous", tr("Previous event"), at.go_previous, "[", icon="chevron-left", when=at.has_previous
        ),
        command("next", tr("Next event"), at.go_next, "]", icon="chevron-right", when=at.has_next),
        command(
            "first", tr("First event"), at.go_first, "{", icon="arrow-left", when=at.has_older, words="oldest"
        ),
        command(
            "last", tr("Last event"), at.go_last, "}", icon="arrow-right", when=at.has_newer,
            words="latest newest",
        ),
        command("jump", tr("Go to event…"), at.ask_where, icon="hash", words="number id position"),
        command(
            "follow", tr("Follow the latest event"), at.toggle_follow, icon="arrow-down-to-line",
            when=at.has_issue, is_on=at.follows, words="live newest tail",
        ),
        command("all", tr("Show all events"), partial(at.show_part, "events"), icon="list", when=at.has_issue,
                words="table list"),
        command("issue_tags", tr("Show tags of all events"), partial(at.show_part, "tags"), icon="tags",
                when=at.has_issue, words="distribution values"),
        command("activity", tr("Show activity and notes"), partial(at.show_part, "activity"), icon="history",
                when=at.has_issue, words="history notes comments write"),
        command(
            "one", tr("Show one event"), partial(at.show_part, "event"), icon="file-text", when=at.has_issue
        ),
        command(
            "in_app", tr("Show all frames"), at.toggle_in_app, "A", when=stack, is_on=at.shows_all_frames,
            words="in-app relevant full",
        ),
        command(
            "order", tr("Turn the order of frames"), at.toggle_order, "O", when=stack, words="newest oldest"
        ),
        command("raw_stack", tr("Stack trace as text"), at.toggle_raw, "R", when=stack, is_on=at.shows_raw),
        command(
            "variables", tr("Show variables"), at.toggle_variables, "V", when=stack, is_on=at.shows_variables,
            words="locals",
        ),
        command(
            "next_own_frame", tr("Next frame of the application"), at.go_to_next_own_frame, "F", when=stack
        ),
        *_compare_commands(at, command),
        *_copy_commands(at, command),
        command(
            "raw_json", tr("Raw event"), at.show_raw_json, "Shift+J", icon="file-json", words="json payload"
        ),
        command(
            "menu", tr("What can be done here"), at.show_menu, ".", icon="ellipsis", words="context menu"
        ),
        command("trace", tr("Open trace"), at.follow_trace, "T", icon="chart-gantt", when=at.has_trace),
        *(
            command(f"show_{key}", tr(_SHOW[key]), partial(at.show_section, key), words="event tab section")
            for key, _ in SECTIONS
        ),
    )  # fmt: skip


Make = Callable[..., Command]


def _compare_commands(at: EventTarget, command: Make) -> tuple[Command, ...]:
    words = "diff difference"
    return (
        command(
            "compare", tr("Compare with…"), at.compare, "D", icon="git-compare", when=at.can_compare,
            words=words,
        ),
        command(
            "compare_previous", tr("Compare with the previous event"), partial(at.compare_with, "previous"),
            when=at.has_previous, words=words,
        ),
        command(
            "compare_next", tr("Compare with the next event"), partial(at.compare_with, "next"),
            when=at.has_next, words=words,
        ),
        command(
            "compare_first", tr("Compare with the first event"), partial(at.compare_with, "oldest"),
            when=at.has_older, words=words,
        ),
        command(
            "compare_latest", tr("Compare with the latest event"), partial(at.compare_with, "latest"),
            when=at.has_newer, words=words,
        ),
        command(
            "compare_pick", tr("Pick an event to compare with"), partial(at.show_part, "events"),
            when=at.has_others, words=words,
        ),
    )  # fmt: skip


def _copy_commands(at: EventTarget, command: Make) -> tuple[Command, ...]:
    request = at.has_request
    return (
        command("copy_markdown", tr("Copy as Markdown"), at.copy_markdown, "C", icon="copy"),
        command("copy_json", tr("Copy as JSON"), at.copy_json, icon="file-json", words="raw payload"),
        command(
            "copy_raw", tr("Copy as received"), at.copy_as_received, icon="file-json",
            words="raw payload unscrubbed bytes",
        ),
        command(
            "copy_curl", tr("Copy request as cURL"), partial(at.copy_request, "curl"), "Shift+C",
            icon="terminal", when=request,
        ),
        command(
            "copy_httpie", tr("Copy request as HTTPie"), partial(at.copy_request, "httpie"), when=request
        ),
        command(
            "copy_fetch", tr("Copy request as fetch"), partial(at.copy_request, "fetch"), when=request,
            words="javascript",
        ),
        command(
            "copy_request", tr("Copy request as it is sent"), partial(at.copy_request, "raw"), when=request,
            words="http raw",
        ),
        command("copy_id", tr("Copy event id"), at.copy_event_id, icon="hash"),
        command("copy_link", tr("Copy link to this event"), at.copy_link, icon="link", words="url vedette"),
        command("save", tr("Save event as JSON…"), at.save, icon="save", words="export file"),
    )  # fmt: skip


def register_issue_commands(registry: CommandRegistry, at: IssueTarget) -> bool:
    """Register what can be done to an issue; False if the list of issues has registered it already."""
    known = {command.id for command in registry.commands()}
    if "issue.resolve" in known:
        return False

    def command(
        verb: str,
        title: str,
        run: Callable[[], object],
        key: str,
        icon: str,
        when: Callable[[], bool] = always,
        words: str = "",
    ) -> Command:
        return Command(f"issue.{verb}", title, run, (key,), icon, "issue", when, words=words)

    registry.register(
        command("resolve", tr("Resolve"), at.resolve, "E", "check", at.has_issue, "done fixed reopen"),
        command("archive", tr("Archive"), at.archive, "I", "archive", at.has_issue, "ignore mute"),
        command("star", tr("Star"), at.star, "S", "star", at.has_issue, "bookmark favourite"),
        command("undo", tr("Undo"), at.undo, "Ctrl+Z", "undo-2", at.can_undo),
    )
    return True
