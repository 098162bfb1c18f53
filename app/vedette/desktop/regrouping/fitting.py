"""Which of an issue's events fit the matchers of a split, and what matchers an event offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vedette.api.reading import read_event
from vedette.desktop.issue.grouping.drafts import quoted, without_values
from vedette.desktop.issue.stack.outline import exceptions_of
from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError
from vedette.domain.workspace import Workspace
from vedette.processing.grouping.fingerprint_rules import Facts
from vedette.processing.grouping.rule_text import RuleTextError
from vedette.processing.grouping.rules import split_rule
from vedette.store.errors import DamagedError
from vedette.store.queries.events import page_events
from vedette.store.queries.payloads import PayloadGoneError

Db = Any

MOST_READ = 500
"""Events that are read to say how many fit; some 2 ms each."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """How many of the events that were read fit; *sentence* says why the matchers cannot be read."""

    fit: int
    read: int
    is_all: bool  # whether the issue has no more events than were read
    sentence: str = ""


def count_fitting(db: Db, workspace: Workspace, issue: int, matchers: str) -> Fitting:
    """Return how many of the issue's newest events fit *matchers*, as in fingerprint rules."""
    try:
        rule = split_rule(0, matchers)
    except RuleTextError as error:
        return Fitting(0, 0, is_all=False, sentence=error.sentence)
    fit = read = 0
    rows = page_events(db, issue=issue, limit=MOST_READ + 1)
    for row in rows[:MOST_READ]:
        try:
            event = read_event(db, workspace, row)
        except (PayloadGoneError, DamagedError, IngestError):
            continue
        read += 1
        fit += rule.fits(Facts(event))
    return Fitting(fit, read, is_all=len(rows) <= MOST_READ)


def matchers_of(event: JsonObject, tags: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what the event could be told from others by: pairs of a matcher and its value as read."""
    found: list[tuple[str, str]] = []
    exceptions = exceptions_of(event)
    if exceptions:
        _, last = exceptions[-1]
        if last.get("type"):
            found.append((f"type:{quoted(str(last['type']))}", str(last["type"])))
        pattern = without_values(str(last.get("value") or ""))
        if pattern:
            found.append((f"value:{quoted(pattern)}", pattern))
        frame = _newest(last)
        found += [
            (f"{name}:{quoted(frame[name])}", frame[name])
            for name in ("module", "function")
            if isinstance(frame.get(name), str) and frame[name]
        ]
    found += [
        (f"{name}:{quoted(event[name])}", event[name])
        for name in ("release", "level", "logger")
        if isinstance(event.get(name), str) and event[name]
    ]
    found += [(f"tags.{key}:{quoted(value)}", value) for key, value in tags if _is_plain(key)]
    return list(dict.fromkeys(found))


def _newest(exception: JsonObject) -> JsonObject:
    trace = exception.get("stacktrace")
    frames = trace.get("frames") if isinstance(trace, dict) else None
    whole = [frame for frame in frames or () if isinstance(frame, dict)]
    own = [frame for frame in whole if frame.get("in_app") is True]
    return (own or whole or [{}])[-1]


def _is_plain(key: str) -> bool:
    return bool(key) and all(character.isalnum() or character in "_.-" for character in key)
