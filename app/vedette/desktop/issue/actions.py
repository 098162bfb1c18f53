"""The commands of an open issue and of the event that is shown, and their keys."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from vedette.desktop.commands.command import Command, always
from vedette.desktop.commands.registry import CommandRegistry

SECTIONS = (
    ("exception", "Stack trace"),
    ("breadcrumbs", "Breadcrumbs"),
    ("trace", "Trace"),
    ("request", "Request"),
    ("tags", "Tags"),
    ("contexts", "Contexts"),
    ("attachments", "Attachments"),
    ("raw", "Raw"),
)
"""The pages of an event in their fixed order: key and title."""


class EventTarget(Protocol):
    """What the commands act on: the event shown."""

    def has_event(self) -> bool: ...
    def has_previous(self) -> bool: ...
    def has_next(self) -> bool: ...
    def has_request(self) -> bool: ...
    def has_trace(self) -> bool: ...
    def shows_stack(self) -> bool: ...
    def go_previous(self) -> None: ...
    def go_next(self) -> None: ...
    def go_first(self) -> None: ...
    def go_last(self) -> None: ...
    def show_section(self, key: str) -> None: ...
    def toggle_in_app(self) -> None: ...
    def shows_all_frames(self) -> bool: ...
    def toggle_order(self) -> None: ...
    def toggle_raw(self) -> None: ...
    def shows_raw(self) -> bool: ...
    def toggle_variables(self) -> None: ...
    def shows_variables(self) -> bool: ...
    def go_to_next_own_frame(self) -> None: ...
    def copy_markdown(self) -> None: ...
    def copy_curl(self) -> None: ...
    def copy_event_id(self) -> None: ...
    def show_raw_json(self) -> None: ...
    def follow_trace(self) -> None: ...


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
        command("previous", "Previous event", at.go_previous, "[", icon="chevron-left", when=at.has_previous),
        command("next", "Next event", at.go_next, "]", icon="chevron-right", when=at.has_next),
        command("first", "First event", at.go_first, "{", when=at.has_previous, words="oldest"),
        command("last", "Last event", at.go_last, "}", when=at.has_next, words="latest newest"),
        command(
            "in_app", "Show all frames", at.toggle_in_app, "A", when=stack, is_on=at.shows_all_frames,
            words="in-app relevant full",
        ),
        command("order", "Turn the order of frames", at.toggle_order, "O", when=stack, words="newest oldest"),
        command("raw_stack", "Stack trace as text", at.toggle_raw, "R", when=stack, is_on=at.shows_raw),
        command(
            "variables", "Show variables", at.toggle_variables, "V", when=stack, is_on=at.shows_variables,
            words="locals",
        ),
        command("next_own_frame", "Next frame of the application", at.go_to_next_own_frame, "F", when=stack),
        command("copy_markdown", "Copy as Markdown", at.copy_markdown, "C", icon="copy"),
        command(
            "copy_curl", "Copy request as cURL", at.copy_curl, "Shift+C", icon="terminal",
            when=at.has_request,
        ),
        command("copy_id", "Copy event id", at.copy_event_id, icon="hash"),
        command(
            "raw_json", "Raw event", at.show_raw_json, "Shift+J", icon="file-json", words="json payload"
        ),
        command("trace", "Open trace", at.follow_trace, "T", icon="chart-gantt", when=at.has_trace),
        *(
            command(
                f"show_{key}", f"Show {title.lower()}", partial(at.show_section, key),
                words="event tab section",
            )
            for key, title in SECTIONS
        ),
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
        command("resolve", "Resolve", at.resolve, "E", "check", at.has_issue, "done fixed reopen"),
        command("archive", "Archive", at.archive, "I", "archive", at.has_issue, "ignore mute"),
        command("star", "Star", at.star, "S", "star", at.has_issue, "bookmark favourite"),
        command("undo", "Undo", at.undo, "Ctrl+Z", "undo-2", at.can_undo),
    )
    return True
