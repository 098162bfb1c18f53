"""A row of the table of an issue's events, and the columns a user adds to it. Pure.

A column is named by a tag's key, ``browser.name``, or by a path into the event after a dot,
``.contexts.device.memory_size``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from vedette.desktop.issue.stack.outline import exception_title, exceptions_of
from vedette.desktop.widgets.json_values import Step, as_text, is_container, one_line, preview
from vedette.desktop.widgets.relative_time import exact
from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.tags import event_tags
from vedette.store.queries.event_rows import EventRow

_STEP = re.compile(r'\.?([^.\[\]"]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]')
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """One event; ``values`` stand in the order of the columns asked for, "" where it has none."""

    row: EventRow
    text: str  # its own exception or message, which need not be its issue's title
    values: tuple[str, ...] = ()


def own_text(event: JsonObject, otherwise: str) -> str:
    """Return the event's exception as ``Type: value``, or its message, on one line."""
    exceptions = exceptions_of(event)
    if exceptions:
        return one_line(exception_title(exceptions[-1][1])[:_LONGEST])
    entry = event.get("logentry")
    message = entry.get("formatted") if isinstance(entry, dict) else None
    return one_line(str(message).strip().partition("\n")[0][:_LONGEST]) if message else otherwise


def cells(event: JsonObject, columns: Sequence[str]) -> tuple[str, ...]:
    """Return what a normalised event has in *columns*."""
    if not columns:
        return ()
    tags = dict(event_tags(event))
    return tuple(
        shown(value_at(event, parse_path(column[1:]))) if column.startswith(".") else tags.get(column, "")
        for column in columns
    )


def shown(value: JsonValue) -> str:
    """Return a value as one line of a cell, "" for None."""
    if value is None:
        return ""
    return preview(value, _LONGEST) if is_container(value) else one_line(as_text(value)[:_LONGEST])


def parse_path(text: str) -> tuple[Step, ...]:
    """Return the steps of a path as programs write it: ``contexts.device["x y"].list[0]``."""
    steps: list[Step] = []
    for found in _STEP.finditer(text):
        name, number, quoted = found.groups()
        if number is not None:
            steps.append(int(number))
        elif quoted is not None:
            steps.append(orjson.loads(f'"{quoted}"'))
        else:
            steps.append(name)
    return tuple(steps)


def value_at(event: JsonValue, path: Sequence[Step]) -> JsonValue:
    """Return what stands at *path*, None for nothing."""
    here = event
    for step in path:
        if isinstance(here, dict):
            here = here.get(str(step))
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            return None
    return here


FIELDS = ("time", "event_id", "level", "title", "release", "environment", "user", "trace")


def as_record(listed: ListedEvent, columns: Sequence[str]) -> dict[str, str]:
    """Return a row with a name for each value, for CSV and JSON."""
    row = listed.row
    told = (
        exact(row.ts), row.event_id, str(row.level), listed.text, row.release or "", row.environment or "",
        row.user or "", row.trace or "",
    )  # fmt: skip
    return dict(zip(FIELDS, told, strict=True)) | dict(zip(columns, listed.values, strict=False))


def harmless(value: str) -> str:
    """Return *value* so that no spreadsheet takes it for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
