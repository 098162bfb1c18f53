"""The commands that overrule grouping; of the list as of an issue that is open."""

from collections.abc import Callable

from vedette.desktop.commands.command import Command
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import tr


def merge_command(run: Callable[[], object], when: Callable[[], bool]) -> Command:
    """Return the command that merges the issues that are marked, or asks with which the one."""
    return Command(
        "issue.merge", tr("Merge…"), run, ("M",), "merge", "issue", when, words="join combine same duplicate"
    )


def event_commands(
    split: Callable[[], object], move: Callable[[], object], when: Callable[[], bool]
) -> tuple[Command, ...]:
    """Return the commands that take an issue apart, beginning at the event shown."""
    return (
        Command(
            "event.split", tr("Split the issue…"), split, (), "split", "event", when,
            words="separate apart unmerge",
        ),
        Command(
            "event.move", tr("Move this event to…"), move, (), "arrow-right", "event", when,
            words="other issue",
        ),
    )  # fmt: skip


def register_merge(registry: CommandRegistry, command: Command) -> None:
    """Register *command* unless the list of issues has one."""
    if command.id not in {known.id for known in registry.commands()}:
        registry.register(command)
