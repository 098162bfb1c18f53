"""What a text typed or pasted into the palette names in the store."""

import re
from dataclasses import dataclass
from typing import Any

from vedette.desktop.shell.places import Place
from vedette.store.queries.events import find_event
from vedette.store.queries.issue_rows import IssueFilter, IssueRow
from vedette.store.queries.issues import issue_by_short, page_issues
from vedette.store.queries.traces import get_trace
from vedette.store.search import QueryError, parse_query

_HEX = re.compile(r"[0-9a-f]{32}")
_SHORT = re.compile(r"[A-Za-z0-9][\w-]*-\d+")
_LINK = re.compile(
    r"vedette://[^/\s]*/(?P<section>\w+)/(?P<id>[\w-]+)(?:\?event=(?P<event>[0-9a-fA-F]{32}))?"
)
_LEAST = 2
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Target:
    """Something found in the store, and where it is."""

    title: str
    more: str
    icon: str
    place: Place


def find_targets(db: Any, text: str) -> list[Target]:
    """Return what *text* names: an event id, a trace id, a short id, a link; else issues with these words."""
    text = text.strip()
    event = ""
    link = _LINK.search(text)
    if link:
        text, event = link["id"], (link["event"] or "").lower()
    bare = text.replace("-", "").lower()
    if _HEX.fullmatch(bare):
        return _by_hex(db, bytes.fromhex(bare))
    if _SHORT.fullmatch(text) and (issue := issue_by_short(db, text)) is not None:
        return [_of_issue(issue, event)]
    if len(text) < _LEAST:
        return []
    try:
        # The last word may still be in the making.
        words = f"{text}*" if text[-1].isalnum() else text
        rows = page_issues(db, IssueFilter(query=parse_query(words)), limit=_SHOWN)
    except QueryError:
        return []
    return [_of_issue(row) for row in rows]


def _of_issue(row: IssueRow, event: str = "") -> Target:
    return Target(row.title, row.short, "circle-alert", Place("issues", row.id, extra=event))


def _by_hex(db: Any, number: bytes) -> list[Target]:
    found = []
    event = find_event(db, number)
    if event is not None:
        place = Place("issues", event.issue, extra=number.hex())
        found.append(Target(f"Event {number.hex()[:8]}", "event", "circle-alert", place))
    if get_trace(db, number) is not None:
        found.append(
            Target(f"Trace {number.hex()[:8]}", "trace", "chart-gantt", Place("traces", number.hex()))
        )
    return found
