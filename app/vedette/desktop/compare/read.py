"""What the comparison asks the store, answered whole in a worker thread."""

from dataclasses import dataclass, field
from typing import Any

from vedette.api.outgoing import outgoing_issues
from vedette.api.reading import read_whole_event
from vedette.desktop.compare.differences import Difference, Part, differences, row_of
from vedette.desktop.language import tr
from vedette.desktop.widgets.units import count, duration
from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError
from vedette.domain.workspace import Workspace
from vedette.processing.exporting import export_event
from vedette.processing.rules import read_rules
from vedette.store.errors import DamagedError
from vedette.store.queries.events import EventRow, get_event, issue_event
from vedette.store.queries.issues import IssueRow, get_issue
from vedette.store.queries.payloads import PayloadGoneError
from vedette.store.queries.projects import project_rules
from vedette.store.queries.traces import get_trace

Db = Any


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two events. *missing* says why it has no payload."""

    row: EventRow
    issue: IssueRow | None
    event: JsonObject = field(default_factory=dict)
    raw: bytes = b""
    outgoing: JsonObject = field(default_factory=dict)  # the event as it may be copied
    trace: tuple[str, str] | None = None  # how long, how many spans
    missing: str = ""
    called: str = ""  # the issue, or the event without one, as it may be copied

    @property
    def host(self) -> str:
        tags = (tag for tag in self.event.get("tags") or () if isinstance(tag, list) and len(tag) == 2)
        return next((str(value) for key, value in tags if key == "server_name" and value), "")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both events and what differs between them."""

    a: Side
    b: Side
    rows: tuple[Difference, ...]
    outgoing: tuple[Difference, ...] = ()  # the rows as they may be copied: of scrubbed events

    @property
    def same_issue(self) -> bool:
        return self.a.row.issue == self.b.row.issue


def parse_pair(text: str) -> tuple[int, int] | None:
    """Return the two row ids of ``"12,7"``, None for anything else."""
    numbers = text.split(",")
    if len(numbers) != 2 or not all(
        number.isascii() and number.isdigit() and len(number) < 19 for number in numbers
    ):
        return None
    return int(numbers[0]), int(numbers[1])


def read_comparison(db: Db, workspace: Workspace, first: int, second: int) -> Comparison | None:
    """Return the events with the row ids *first* and *second* compared, None if one is gone."""
    rows = [get_event(db, number) for number in (first, second)]
    if rows[0] is None or rows[1] is None:
        return None
    a, b = (_read(db, workspace, row) for row in rows if row is not None)
    shown = _numbered([*differences(a.event, b.event), *_trace(a, b)])
    return Comparison(a, b, shown, _numbered([*differences(a.outgoing, b.outgoing), *_trace(a, b)]))


def _numbered(rows: list[Difference]) -> tuple[Difference, ...]:
    """Return *rows* with the trace at its place, others in their order, each with its number."""
    order = list(Part)
    rows.sort(key=lambda row: order.index(row.part))
    return tuple(
        Difference(row.part, row.label, row.a, row.b, row.kind, row.is_noise, at)
        for at, row in enumerate(rows)
    )


def newest_of(db: Db, issue: int) -> int | None:
    """Return the row id of the event of an issue that says most."""
    row = issue_event(db, issue, "recommended")
    return row.id if row is not None else None


def _read(db: Db, workspace: Workspace, row: EventRow) -> Side:
    issue = get_issue(db, row.issue)
    called = row.title
    if issue is not None:
        called = f"{issue.short} {outgoing_issues(db, [issue])[0].title}"
    try:
        found = read_whole_event(db, workspace, row)
    except (PayloadGoneError, DamagedError, IngestError) as error:
        why = str(error) or tr("The bytes of this event cannot be read.")
        return Side(row, issue, missing=why, called=called)
    outgoing = export_event(found.event, read_rules(project_rules(db, row.project)))
    return Side(row, issue, found.event, found.item.payload, outgoing, _trace_facts(db, row), called=called)


def _trace_facts(db: Db, row: EventRow) -> tuple[str, str] | None:
    trace = get_trace(db, bytes.fromhex(row.trace)) if row.trace else None
    if trace is None:
        return None
    return duration(trace.duration), tr("{count} span(s)", "", trace.spans).format(count=count(trace.spans))


def _trace(a: Side, b: Side) -> list[Difference]:
    if a.trace is None and b.trace is None:
        return []
    names = (tr("duration"), tr("spans"))
    return [
        row_of(Part.TRACE, name, a.trace[at] if a.trace else None, b.trace[at] if b.trace else None)
        for at, name in enumerate(names)
    ]
