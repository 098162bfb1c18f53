"""What the issue view asks the store, each answered whole in a worker thread."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from vedette.api.reading import arrival_of, read_whole_event
from vedette.desktop.issue.facts.breadcrumbs import CrumbRow, crumb_rows
from vedette.desktop.issue.facts.packages import packages_of
from vedette.desktop.issue.facts.remarks import Remark, remarks_of
from vedette.desktop.issue.source.git import revisions_of
from vedette.desktop.issue.source.looking import LocalSource, SourceKey, look_up_all
from vedette.desktop.issue.source.roots import SourceRoots
from vedette.desktop.issue.source.shown import colour_ahead
from vedette.desktop.issue.stack.frames import Frame, read_frames
from vedette.desktop.issue.stack.outline import OutlineRow, exceptions_of, outline
from vedette.desktop.issue.stack.threads import ThreadChoice, thread_choices
from vedette.desktop.language import tr
from vedette.desktop.theme.highlight import highlight
from vedette.desktop.widgets.code_lines import CodeLine
from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError
from vedette.domain.times import HOUR, MINUTE, Micros
from vedette.domain.workspace import Workspace
from vedette.processing.rules import ProjectRules, read_rules
from vedette.processing.tags import event_tags
from vedette.store.errors import DamagedError
from vedette.store.queries import issue_events
from vedette.store.queries.events import AttachmentRow, EventRow, event_attachments, issue_event
from vedette.store.queries.issue_details import TagSummary, issue_hashes, issue_histogram, issue_tags
from vedette.store.queries.issue_events import ALL, EventFilter, Standing
from vedette.store.queries.issues import IssueRow, get_issue
from vedette.store.queries.payloads import PayloadGoneError, find_item
from vedette.store.queries.projects import find_project, project_mappings, project_rules
from vedette.store.queries.stored_bytes import StoredBytes
from vedette.store.queries.traces import get_trace

Db = Any  # the store's connection, which the desktop only hands through

BUCKETS = 52
DEVICE_TAGS = ("app.device", "server_name", "device")
"""An installation of an app, the name of a machine, a model: the first that events carry counts devices."""
_SHORTEST = BUCKETS * MINUTE  # the store counts whole minutes
_MINUTES_KEPT = 48 * HOUR
SOURCE_S = 0.03
"""Seconds that looking for source may add to reading an event; the stack page looks for the rest."""
_MOST_DRAWN = 60_000  # characters of raw text; measured: 6 ms to take into a view
_LONGEST_DRAWN = 2_000


@dataclass(frozen=True, slots=True)
class IssueHead:
    """The issue itself: what stands above its events and beside them."""

    issue: IssueRow
    histogram: tuple[int, ...]
    start: Micros  # of the histogram
    end: Micros
    is_zoomed: bool  # whether the histogram shows a chosen stretch of time, not all of it
    tags: tuple[TagSummary, ...]
    hashes: tuple[str, ...]

    @property
    def devices(self) -> int:
        """How many devices it happened on, by the tag that tells them apart best; 0 if none does."""
        unique = {tag.key: tag.unique for tag in self.tags}
        return next((unique[key] for key in DEVICE_TAGS if key in unique), 0)


@dataclass(frozen=True, slots=True)
class EventPage:
    """One event, read and laid out. Without payload, *event* is empty and *missing* says why."""

    row: EventRow
    beside: Standing
    received: Micros | None = None
    skew: int | None = None  # microseconds from the sender's clock, when it sent this, to ours
    event: JsonObject = field(default_factory=dict)
    raw: bytes = b""
    item_type: str = ""
    grouping: str = ""  # which part of the event decided: app, message, fingerprint, …
    attachments: tuple[AttachmentRow, ...] = ()
    trace_micros: int | None = None  # how long its trace took; None: no spans of it are kept
    outline: tuple[OutlineRow, ...] = ()
    stacks: dict[str, tuple[Frame, ...]] = field(default_factory=dict)  # by "exception 0", "event"
    threads: tuple[ThreadChoice, ...] = ()
    crumbs: tuple[CrumbRow, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    roots: SourceRoots = field(default_factory=SourceRoots)
    revisions: tuple[str, ...] = ()  # what git may know the program's state by
    sources: dict[SourceKey, LocalSource] = field(default_factory=dict)  # what was found within SOURCE_S
    remarks: tuple[Remark, ...] = ()
    rules: ProjectRules = field(default_factory=ProjectRules)  # what is scrubbed when it is copied or saved
    missing: str = ""

    @property
    def platform(self) -> str:
        return str(self.event.get("platform") or "")


@dataclass(frozen=True, slots=True)
class IssuePage:
    """An issue and the event to show; no event if retention took them all."""

    head: IssueHead
    page: EventPage | None


def read_issue(
    db: Db, workspace: Workspace, issue_id: int, which: str, now: Micros, where: EventFilter = ALL
) -> IssuePage | None:
    """Return an issue with the event *which*, as `read_page` says; None if the issue is gone."""
    head = read_head(db, issue_id, now, where)
    if head is None:
        return None
    page = read_page(db, workspace, issue_id, which, where)
    if page is None and which not in ("recommended", "latest"):
        page = read_page(db, workspace, issue_id, "recommended", where)
    return IssuePage(head, page)


def read_head(db: Db, issue_id: int, now: Micros, where: EventFilter = ALL) -> IssueHead | None:
    """Return what is known of an issue, its events counted from the first one until *now*.

    With a stretch of time in *where*, they are counted in that.
    """
    issue = get_issue(db, issue_id)
    if issue is None:
        return None
    start, end = histogram_range(issue.first, issue.last, now)
    is_zoomed = where.since is not None or where.until is not None
    if is_zoomed:
        start, end = where.since or start, where.until or end
        end = Micros(max(end, start + BUCKETS))
    return IssueHead(
        issue,
        tuple(issue_histogram(db, issue_id, start, end, BUCKETS)),
        start,
        end,
        is_zoomed,
        tuple(issue_tags(db, issue_id)),
        tuple(issue_hashes(db, issue_id)),
    )


def histogram_range(first: Micros, last: Micros, now: Micros) -> tuple[Micros, Micros]:
    """Return the time the histogram covers: from the first event, at least an hour, until *now*.

    Of an issue that began longer ago than minutes are kept, parts are at least an hour.
    """
    end = Micros(max(now, last + 1))
    least = _SHORTEST if end - first <= _MINUTES_KEPT else BUCKETS * HOUR
    return Micros(min(first, end - least)), end


def read_page(
    db: Db, workspace: Workspace, issue_id: int, which: str, where: EventFilter = ALL
) -> EventPage | None:
    """Return an event of an issue, laid out; None if there is none.

    *which* is recommended, latest or oldest, of those that fit *where* if any do; or an event's id.
    """
    if which in ("recommended", "latest", "oldest"):
        row = issue_events.pick_event(db, issue_id, which, where) or issue_event(db, issue_id, which)
    else:
        row = issue_event(db, issue_id, which)
    return None if row is None else lay_out(db, workspace, row, where)


def lay_out(db: Db, workspace: Workspace, row: EventRow, where: EventFilter = ALL) -> EventPage:
    """Return the event of *row* laid out, and where it stands among those that fit *where*."""
    beside = issue_events.standing(db, row, where)
    try:
        found = read_whole_event(db, workspace, row)
    except (PayloadGoneError, DamagedError, IngestError) as error:
        return EventPage(row, beside, missing=str(error) or tr("The bytes of this event cannot be read."))
    event = found.event
    stacks = stacks_of(event)
    roots = _roots(db, row)
    sources = look_up_all(roots, stacks, within=SOURCE_S)
    colour_ahead(stacks, sources, str(event.get("platform") or ""))
    sent = arrival_of(found.item).sent_at
    return EventPage(
        row,
        beside,
        received=found.item.received,
        skew=None if sent is None else found.item.received - sent,
        event=event,
        raw=found.item.payload,
        item_type=found.item.kind,
        grouping=found.grouping.variant if found.grouping else "",
        attachments=tuple(event_attachments(db, bytes.fromhex(row.event_id), row.project)),
        trace_micros=_trace_length(db, row),
        outline=outline(event),
        stacks=stacks,
        threads=thread_choices(event),
        crumbs=crumb_rows(event, row.title),
        tags=event_tags(event),
        roots=roots,
        revisions=revisions_of(event),
        sources=sources,
        remarks=remarks_of(event, found.item.payload),
        rules=read_rules(project_rules(db, row.project)),
    )


def find_wanted(db: Db, issue_id: int, text: str, where: EventFilter = ALL) -> str | None:
    """Return the id of the event meant by *text*: its place among those that fit, or its id's beginning.

    Digits alone are a place unless they are eight or more. None: there is no such event.
    """
    wanted = text.strip().lstrip("#").replace(",", "").replace("-", "")
    if wanted.isdecimal() and len(wanted) < 8:
        row = issue_events.event_at(db, issue_id, int(wanted), where)
    else:
        row = issue_events.event_by_prefix(db, issue_id, wanted) if wanted else None
    return row.event_id if row is not None else None


def read_packages(db: Db, workspace: Workspace, event_id: str, issue_id: int) -> dict[str, str] | None:
    """Return the packages of another event of the issue; None if it, or its bytes, are gone."""
    row = issue_event(db, issue_id, event_id)
    if row is None:
        return None
    try:
        return packages_of(read_whole_event(db, workspace, row).event)
    except (PayloadGoneError, DamagedError, IngestError):
        return None


def stacks_of(event: JsonObject) -> dict[str, tuple[Frame, ...]]:
    """Return the frames of every exception under ``exception <place>``, the event's own under ``event``."""
    platform = str(event.get("platform") or "")
    found = {
        f"exception {at}": read_frames(exception.get("stacktrace"), platform)
        for at, exception in exceptions_of(event)
    }
    if event.get("stacktrace"):
        found["event"] = read_frames(event["stacktrace"], platform)
    return {name: frames for name, frames in found.items() if frames}


def _trace_length(db: Db, row: EventRow) -> int | None:
    trace = get_trace(db, bytes.fromhex(row.trace)) if row.trace else None
    return trace.duration if trace is not None else None


def _roots(db: Db, row: EventRow) -> SourceRoots:
    project = find_project(db, str(row.project))
    folder = Path(project.folder) if project is not None and project.folder else None
    mappings = project_mappings(db, row.project)
    return SourceRoots(folder, tuple((one.prefix, Path(one.folder)) for one in mappings))


def read_beside(db: Db, row: EventRow, where: EventFilter = ALL) -> Standing:
    """Return where an event stands among its issue's now."""
    return issue_events.standing(db, row, where)


def find_attachment(db: Db, workspace: Workspace, row: AttachmentRow) -> StoredBytes:
    """Return where an attachment's bytes lie. Raises PayloadGoneError and DamagedError."""
    return find_item(db, workspace, row.request, row.item).payload


@dataclass(frozen=True, slots=True)
class RawText:
    """An item's bytes as they came, as text and as a value; *value* is None for what is no JSON.

    *lines* is what can be drawn of it, coloured; *is_cut* that it is not all.
    """

    value: Any
    text: str
    size: int
    lines: tuple[CodeLine, ...]
    is_cut: bool


def read_raw(payload: bytes) -> RawText:
    """Return *payload* as it came: the text untouched, its value for a tree, its beginning to be drawn."""
    try:
        value = orjson.loads(payload)
    except orjson.JSONDecodeError:
        value = None
    text = payload.decode("utf-8", errors="replace")
    lines = _drawable(text[:_MOST_DRAWN])
    coloured = highlight(lines, "event.json" if value is not None else "event.txt", "")
    code = tuple(CodeLine(at, tuple(runs)) for at, runs in enumerate(coloured, start=1))
    return RawText(value, text, len(payload), code, len(text) > _MOST_DRAWN)


def _drawable(text: str) -> list[str]:
    """Return *text* as lines; JSON often comes as a single one, which is cut where it is endless."""
    return [
        line[start : start + _LONGEST_DRAWN]
        for line in text.split("\n")
        for start in range(0, max(1, len(line)), _LONGEST_DRAWN)
    ]
