"""What stands in the palette for what is typed: commands, places, what is open, times, help."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from vedette.desktop.commands.command import Command
from vedette.desktop.commands.fuzzy import match
from vedette.desktop.commands.keys import show_keys
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import tr
from vedette.desktop.shell.documentation import documentation
from vedette.desktop.shell.palette_recent import Recent, RecentPlace
from vedette.desktop.shell.palette_rows import Entry
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.prompt import PREFIXES, Mode, Prompt, read_moment, read_span
from vedette.desktop.shell.scope import Scope
from vedette.desktop.shell.targets import Target
from vedette.desktop.widgets import relative_time, units
from vedette.domain.times import MINUTE, Micros

MOST = 60
_MOST_COMMANDS = 40
_MOST_INSIDE = 500
_SHOWN_RECENT = 5
_RECENT_BONUS = 6
_AROUND = 5 * MINUTE
_ICONS = {"issues": "circle-alert", "traces": "chart-gantt", "ingest": "inbox"}

Inside = tuple[str, str, Callable[[], object]]
"""A part of what is open: its title, what it is, and what brings it into sight."""


@dataclass(frozen=True, slots=True)
class Around:
    """Where the palette was opened: what is open, what can be done to what is selected, the window's scope.

    ``selected`` is "Resolve 3 issues" and the id of the command that does it, and so on.
    """

    inside: Sequence[Inside] = ()
    selected: Sequence[tuple[str, str]] = ()
    scope: Scope = field(default_factory=Scope)
    views: Sequence[tuple[str, Callable[[], object]]] = ()
    """Saved views by name, and what opens them."""


def look_around(view: Any, scope: Scope, views: Sequence[tuple[str, Callable[[], object]]] = ()) -> Around:
    """Return what *view* tells by its methods ``places_inside()`` and ``acts_on()``, if it has them."""
    inside = view.places_inside() if hasattr(view, "places_inside") else ()
    selected = view.acts_on() if hasattr(view, "acts_on") else ()
    return Around(inside, selected, scope, views)


@dataclass(frozen=True, slots=True)
class Deeds:
    """What choosing an entry does."""

    run: Callable[[str], object]
    go: Callable[[Target], object]
    show_scope: Callable[[Scope], object]
    type_in: Callable[[str], object]
    open_page: Callable[[Path], object]


class Entries:
    """Makes the palette's lines. Everything but *targets*, which the store finds, is known at once."""

    def __init__(self, commands: CommandRegistry, recent: Recent, deeds: Deeds) -> None:
        self._commands = commands
        self._recent = recent
        self._deeds = deeds

    def gather(self, prompt: Prompt, around: Around, targets: Sequence[Target], now: datetime) -> list[Entry]:
        """Return the lines for *prompt*, best first, at most MOST."""
        match prompt.mode:
            case Mode.COMMANDS:
                found = [*self._on_selection(prompt.text, around), *self._found_commands(prompt.text)]
            case Mode.INSIDE:
                found = self._inside(prompt.text, around.inside)
            case Mode.LINE:
                found = [*self._lines(prompt.text, around), *self._times(prompt.text, around.scope, now)]
            case Mode.RUNS:
                found = [self._target(target) for target in targets]
            case Mode.HELP:
                found = self._help(prompt.text)
            case Mode.ANYTHING:
                found = self._anything(prompt.text, around, targets)
        return _once(found)[:MOST]

    # ---------------------------------------------------------------- anything

    def _anything(self, text: str, around: Around, targets: Sequence[Target]) -> list[Entry]:
        if not text:
            recent = map(self._recent_place, self._recent.places()[:_SHOWN_RECENT])
            return [*self._on_selection("", around), *recent, *self._found_commands("")]
        shown = [self._target(target) for target in targets]
        exact = [entry for entry, target in zip(shown, targets, strict=True) if target.is_exact]
        others = [entry for entry, target in zip(shown, targets, strict=True) if not target.is_exact]
        views = [
            Entry(name, tr("view"), "layout-list", opens)
            for name, opens in around.views
            if match(text, name) is not None
        ]
        commands = [*self._on_selection(text, around), *views, *self._found_commands(text)]
        # What one types the beginning of is meant; letters found here and there come after the store's finds.
        strong = [entry for entry in commands if _begins_word(text, entry.title)]
        weak = [entry for entry in commands if not _begins_word(text, entry.title)]
        search = Entry(
            tr("Search issues for “{text}”").format(text=text),
            "",
            "search",
            lambda: self._deeds.go(Target("", "", "", Place("issues", query=text))),
        )
        found = [*exact, *strong, *others, *weak]
        return found if exact else [*found[: MOST - 1], search]

    def _recent_place(self, recent: RecentPlace) -> Entry:
        icon = _ICONS.get(recent.place.section, "arrow-right")
        target = Target(recent.title, recent.more, icon, recent.place)
        return replace(self._target(target), more=recent.more or tr("recent"))

    def _target(self, target: Target) -> Entry:
        leads = target.place is not None or target.scope is not None
        does = (lambda: self._deeds.go(target)) if leads else None
        return Entry(target.title, target.more, target.icon, does)

    # ---------------------------------------------------------------- commands

    def _on_selection(self, text: str, around: Around) -> list[Entry]:
        """Return the commands that act on what is selected, named with it."""
        found = []
        for title, command_id in around.selected:
            command = self._known(command_id)
            if command is None or not command.when():
                continue
            if match(text, title) is not None or match(text, command.words) is not None:
                found.append(replace(self._command(command), title=title))
        return found

    def _known(self, command_id: str) -> Command | None:
        try:
            return self._commands.command(command_id)
        except KeyError:
            return None

    def _found_commands(self, text: str) -> list[Entry]:
        recent = {number: _RECENT_BONUS + 20 - at for at, number in enumerate(self._recent.commands())}
        hits = self._commands.search(text, limit=_MOST_COMMANDS)
        # Stable: among equals the registry's own order stays.
        hits.sort(key=lambda hit: -hit.match.score - recent.get(hit.command.id, 0))
        return [self._command(hit.command) for hit in hits]

    def _command(self, command: Command) -> Entry:
        keys = show_keys(command.keys[0]) if command.keys else ""
        return Entry(
            command.title, keys, command.icon, lambda: self._deeds.run(command.id), command=command.id
        )

    # ---------------------------------------------------------------- what is open, lines, times

    def _inside(self, text: str, inside: Sequence[Inside]) -> list[Entry]:
        if not inside:
            return [Entry(tr("Nothing with parts is open"), "", "info", None)]
        hits = []
        for order, (title, more, go) in enumerate(inside[:_MOST_INSIDE]):
            hit = match(text, title) or match(text, more)
            if hit is not None:
                hits.append((-hit.score if text else 0, order, Entry(title, more, "at-sign", go)))
        hits.sort(key=lambda hit: hit[:2])
        return [entry for _, _, entry in hits]

    def _lines(self, text: str, around: Around) -> Iterator[Entry]:
        if text.isdecimal():
            for title, more, go in around.inside[:_MOST_INSIDE]:
                if any(
                    part.partition(" ")[0] == text for words in (title, more) for part in words.split(":")[1:]
                ):
                    yield Entry(title, more, "code", go)

    def _times(self, text: str, scope: Scope, now: datetime) -> Iterator[Entry]:
        span, moment = read_span(text), read_moment(text, now)
        if span is not None:
            title = tr("The last {duration}").format(duration=units.duration(span))
            yield self._scope(title, replace(scope, span=span, since=None, until=None))
        if moment is not None:
            clock = f"{relative_time.exact(moment, now.tzinfo):.16}"
            near = replace(
                scope, span=None, since=Micros(max(0, moment - _AROUND)), until=Micros(moment + _AROUND)
            )
            yield self._scope(tr("Five minutes around {time}").format(time=clock), near)
            later = replace(scope, span=None, since=moment, until=None)
            yield self._scope(tr("From {time} on").format(time=clock), later)

    def _scope(self, title: str, scope: Scope) -> Entry:
        return Entry(title, tr("time"), "clock", lambda: self._deeds.show_scope(scope))

    # ---------------------------------------------------------------- help

    def _help(self, text: str) -> list[Entry]:
        found = [
            Entry(
                f"{mode.value}  {tr(title)}" if mode else tr(title),
                tr(more),
                "circle-help",
                lambda mode=mode: self._deeds.type_in(mode.value),  # type: ignore[misc]
                stays=True,
            )
            for mode, title, more in PREFIXES
        ]
        sheet = self._known("app.shortcuts")
        if sheet is not None:
            found.append(self._command(sheet))
        for title, page in documentation():
            found.append(
                Entry(title, tr("documentation"), "file-text", lambda page=page: self._deeds.open_page(page))  # type: ignore[misc]
            )
        return [entry for entry in found if match(text, f"{entry.title} {entry.more}") is not None]


def _begins_word(text: str, title: str) -> bool:
    """Return whether *text* is the beginning of *title* or of a word in it."""
    wanted, within = text.casefold(), title.casefold()
    return within.startswith(wanted) or f" {wanted}" in within


def _once(entries: Sequence[Entry]) -> list[Entry]:
    """Return *entries* with each command only where it stands first."""
    seen: set[str] = set()
    kept = []
    for entry in entries:
        if entry.command not in seen:
            kept.append(entry)
        if entry.command:
            seen.add(entry.command)
    return kept
