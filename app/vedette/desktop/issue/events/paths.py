"""Which paths the events of an issue have values at, for choosing one as a column. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from vedette.desktop.widgets.json_values import Step, as_text, children, is_container, one_line, path_text
from vedette.domain.json import JsonObject

MOST = 3_000
DEEPEST = 8
_FEW_ITEMS = 3
"""Of a list so many places are offered: no column is wanted for the two hundredth frame."""
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class PathFact:
    """A path, a value that stood there, and in how many of the events read it had one."""

    path: str
    example: str
    events: int = 1


def paths_of(events: Iterable[JsonObject]) -> list[PathFact]:
    """Return the paths with plain values, those in most events first, then by name; at most `MOST`."""
    found: dict[str, PathFact] = {}
    for event in events:
        for path, value in _leaves(event, (), 0):
            name = path_text(path)
            known = found.get(name)
            if known is not None:
                found[name] = replace(known, events=known.events + 1)
            elif len(found) < MOST:
                found[name] = PathFact(name, one_line(as_text(value)[:_LONGEST]))
    return sorted(found.values(), key=lambda fact: (-fact.events, fact.path))


def _leaves(value: object, path: tuple[Step, ...], depth: int) -> Iterator[tuple[tuple[Step, ...], object]]:
    for step, inner in children(value):
        if (path == () and step == "_meta") or (isinstance(step, int) and step >= _FEW_ITEMS):
            continue
        if not is_container(inner):
            if inner is not None:
                yield (*path, step), inner
        elif depth < DEEPEST:
            yield from _leaves(inner, (*path, step), depth + 1)
