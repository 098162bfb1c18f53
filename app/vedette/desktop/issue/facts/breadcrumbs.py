"""Breadcrumbs as rows: how long before the event, what kind, and one line of what was done. Pure."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vedette.desktop.widgets.json_values import one_line, preview
from vedette.desktop.widgets.relative_time import clock
from vedette.desktop.widgets.units import duration
from vedette.domain.json import JsonObject, JsonValue

LEVELS = ("fatal", "error", "warning", "info", "debug")
_HTTP = ("http", "xhr", "fetch")


@dataclass(frozen=True, slots=True)
class CrumbRow:
    """One breadcrumb, or the event itself as the last row (*is_event*)."""

    at: int
    moment: int | None  # microseconds since the epoch
    offset: int | None  # microseconds after the event, so mostly negative
    category: str
    type: str
    level: str
    text: str
    data: JsonValue
    searched: str  # lower case
    is_event: bool = False

    @property
    def kind(self) -> str:
        """Its category, or its type where it has none."""
        return self.category or self.type

    @property
    def offset_text(self) -> str:
        """``−1.2 s``; ``0 s`` for what happened together with the event."""
        if self.offset is None:
            return ""
        return duration(self.offset) if self.offset else "0 s"

    @property
    def sentence(self) -> str:
        """The row as it is read out."""
        return f"{self.level}, {self.kind}, {self.text}, {self.offset_text}"


class TimeShow(StrEnum):
    """How the moment of a breadcrumb is written."""

    RELATIVE = "relative"  # to the event
    CLOCK = "clock"
    START = "start"  # since the first breadcrumb


def time_text(row: CrumbRow, show: TimeShow, start: int | None) -> str:
    """Return when *row* was, in the way *show*; *start* is the moment of the first breadcrumb."""
    if show is TimeShow.RELATIVE or row.moment is None:
        return row.offset_text
    if show is TimeShow.CLOCK:
        return clock(row.moment)
    since = row.moment - start if start is not None else 0
    return duration(since) if since else "0 s"


def first_moment(rows: Sequence[CrumbRow]) -> int | None:
    """Return when the first of *rows* was, None if none tells."""
    return min((row.moment for row in rows if row.moment is not None), default=None)


def crumb_rows(event: JsonObject, title: str = "") -> tuple[CrumbRow, ...]:
    """Return the breadcrumbs of a normalised event, oldest first, and the event as the last row."""
    end = _micros(event.get("timestamp"))
    values = (event.get("breadcrumbs") or {}).get("values") or ()
    rows = [_row(at, crumb, end) for at, crumb in enumerate(values) if isinstance(crumb, dict)]
    if rows:
        level = str(event.get("level") or "error")
        rows.append(
            CrumbRow(len(values), end, 0, "event", "event", level, title, None, title.lower(), is_event=True)
        )
    return tuple(rows)


def _micros(seconds: JsonValue) -> int | None:
    is_time = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    return round(seconds * 1_000_000) if is_time else None


def _row(at: int, crumb: JsonObject, end: int | None) -> CrumbRow:
    moment = _micros(crumb.get("timestamp"))
    text = crumb_text(crumb)
    category = str(crumb.get("category") or "")
    kind = str(crumb.get("type") or "default")
    data = crumb.get("data")
    return CrumbRow(
        at,
        moment,
        moment - end if moment is not None and end is not None else None,
        category,
        kind,
        str(crumb.get("level") or "info"),
        text,
        data,
        f"{category} {kind} {text} {'' if data is None else preview(data, 400)}".lower(),
    )


def crumb_text(crumb: JsonObject) -> str:
    """Return what a breadcrumb says on one line: message, request, navigation, or its data."""
    data = crumb.get("data")
    said = data if isinstance(data, dict) else {}
    message = one_line(str(crumb.get("message") or "").strip())
    if crumb.get("type") in _HTTP or (said.get("url") and said.get("method")):
        parts = (said.get("method"), said.get("url"), said.get("status_code"), said.get("reason"))
        request = " ".join(str(part) for part in parts if part not in (None, ""))
        return request or message
    if said.get("from") is not None and said.get("to") is not None:
        return one_line(f"{said['from']} → {said['to']}")
    if not data:
        return message
    return f"{message}   {preview(data, 160)}" if message else preview(data, 160)


def matching(
    rows: Sequence[CrumbRow], text: str, levels: Collection[str] = (), categories: Collection[str] = ()
) -> tuple[CrumbRow, ...]:
    """Return the rows with every word of *text*, one of *levels* and one of *categories* (none: any).

    The event itself stays whatever is chosen, unless words leave it out: it is where the time counts from.
    """
    words = text.lower().split()
    return tuple(
        row
        for row in rows
        if all(word in row.searched for word in words)
        and (
            row.is_event
            or ((not levels or row.level in levels) and (not categories or row.kind in categories))
        )
    )


def level_counts(rows: Sequence[CrumbRow]) -> dict[str, int]:
    """Return how many rows each level has, the gravest first; levels without rows are left out."""
    found = {level: sum(row.level == level for row in rows) for level in LEVELS}
    return {level: count for level, count in found.items() if count}


def category_counts(rows: Sequence[CrumbRow]) -> dict[str, int]:
    """Return how many rows each category has, the most frequent first."""
    return dict(Counter(row.kind for row in rows if not row.is_event).most_common())
