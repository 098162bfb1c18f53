"""All events of a search written to a file beside the window, a piece at a time, until done or stopped.

What is written passes the privacy rules of the events' project, as everything that leaves does.
"""

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import orjson
from PySide6.QtCore import QObject, Signal

from vedette.api.reading import read_event
from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.issue.events.rows import FIELDS, ListedEvent, as_record, cells, harmless, own_text
from vedette.desktop.language import tr
from vedette.desktop.widgets.units import count
from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError
from vedette.domain.workspace import Workspace
from vedette.processing.exporting import EventExporter, RowExporter
from vedette.processing.rules import read_rules
from vedette.store.errors import DamagedError
from vedette.store.queries.event_rows import EventRow
from vedette.store.queries.issue_events import EventFilter, count_issue_events, page_issue_events
from vedette.store.queries.payloads import PayloadGoneError
from vedette.store.queries.projects import project_rules

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

PIECE = 100
"""So many events are read and written at once; other questions of the window come in between."""
SECONDS = 60.0


class Form(StrEnum):
    """How the file is written."""

    CSV = "csv"
    JSON = "json"
    LINES = "jsonl"  # whole events


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events, in which form, and where to."""

    issue: int
    where: EventFilter
    columns: tuple[str, ...]
    form: Form
    target: Path
    stopped: Event = field(default_factory=Event, compare=False)

    @property
    def draft(self) -> Path:
        """The file that is written until all of it is there."""
        return self.target.with_name(f".{self.target.name}.{os.getpid()}.part")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: *last* is the event written last, *done* how many were written, of *total*."""

    last: EventRow | None = None
    done: int = 0
    total: int = 0
    is_over: bool = False


def begin(db: Any, wanted: Wanted) -> Progress:
    """Count, and begin the file with what stands before the first event. Raises OSError."""
    total = count_issue_events(db, wanted.issue, wanted.where)
    head = {Form.CSV: _csv([], wanted.columns, with_head=True), Form.JSON: "[", Form.LINES: ""}[wanted.form]
    with wanted.draft.open("w", encoding="utf-8", newline="") as file:
        file.write(head)
    return Progress(total=total)


def go_on(db: Any, workspace: Workspace, wanted: Wanted, so_far: Progress) -> Progress:
    """Write the next piece; after the last one the file gets its name. Raises OSError and QueryError."""
    rows = page_issue_events(db, wanted.issue, wanted.where, after=so_far.last, limit=PIECE)
    with wanted.draft.open("a", encoding="utf-8", newline="") as file:
        file.write(_piece(outgoing(db, workspace, rows, wanted.columns), wanted, is_first=so_far.done == 0))
        if len(rows) < PIECE and wanted.form is Form.JSON:
            file.write("\n]\n")
    done = so_far.done + len(rows)
    if wanted.stopped.is_set():  # perhaps only while this piece was written
        wanted.draft.unlink(missing_ok=True)
        return replace(so_far, is_over=True)
    if len(rows) < PIECE:
        wanted.draft.replace(wanted.target)
        return replace(so_far, done=done, total=max(done, so_far.total), is_over=True)
    return replace(so_far, last=rows[-1], done=done, total=max(done, so_far.total))


def outgoing(
    db: Any, workspace: Workspace, rows: Sequence[EventRow], columns: Sequence[str]
) -> list[tuple[JsonObject, dict[str, str]]]:
    """Return for each row the event as it may leave ({} if its bytes are gone), and its record."""
    rules = {project: read_rules(project_rules(db, project)) for project in {row.project for row in rows}}
    events = {project: EventExporter(one) for project, one in rules.items()}
    records = {project: RowExporter([one]) for project, one in rules.items()}
    found = []
    for row in rows:
        try:
            event = events[row.project].of(read_event(db, workspace, row))
        except (PayloadGoneError, DamagedError, IngestError):
            event = {}
        text = own_text(event, row.title) if event else row.title
        record = as_record(ListedEvent(row, text, cells(event, columns) if event else ()), columns)
        scrubbed = records[row.project].of_events([dict(record)])[0]
        found.append((event, {name: str(scrubbed.get(name) or "") for name in record}))
    return found


def copied(
    db: Any, workspace: Workspace, rows: Sequence[EventRow], columns: Sequence[str], form: Form
) -> str:
    """Return *rows* as text for the clipboard, as they may leave: CSV, or a JSON array."""
    records = [record for _, record in outgoing(db, workspace, rows, columns)]
    if form is Form.CSV:
        return _csv(records, columns, with_head=True)
    return orjson.dumps(records, option=orjson.OPT_INDENT_2).decode()


def _piece(found: Sequence[tuple[JsonObject, dict[str, str]]], wanted: Wanted, *, is_first: bool) -> str:
    if wanted.form is Form.CSV:
        return _csv([record for _, record in found], wanted.columns, with_head=False)
    if wanted.form is Form.LINES:
        return "".join(f"{orjson.dumps(event or record).decode()}\n" for event, record in found)
    parts = [orjson.dumps(record).decode() for _, record in found]
    lead = "\n" if is_first else ",\n"
    return lead + ",\n".join(parts) if parts else ""


def _csv(records: Sequence[dict[str, str]], columns: Sequence[str], *, with_head: bool) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, [*FIELDS, *columns], lineterminator="\n", restval="")
    if with_head:
        writer.writeheader()
    writer.writerows({key: harmless(value) for key, value in record.items()} for record in records)
    return text.getvalue()


class EventExport(QObject):
    """One export at a time."""

    progressed = Signal(int, int)
    """So many events were written, of so many."""
    ended = Signal(str)
    """A sentence: what was written where, or why not."""

    def __init__(self, bridge: "Bridge", parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = bridge.workspace
        self._asking = InFlight(bridge, self)
        self._wanted: Wanted | None = None

    @property
    def is_running(self) -> bool:
        """Whether a file is being written."""
        return self._wanted is not None

    def start(self, wanted: Wanted) -> None:
        """Write *wanted*; one that is running is stopped."""
        self.cancel()
        self._wanted = wanted
        self._asking.ask("export", _begin, wanted, answer=self._take, failed=self._fail, limit=SECONDS)
        self.progressed.emit(0, 0)

    def cancel(self) -> None:
        """Stop; what was written so far is thrown away."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            wanted.stopped.set()
            self._asking.cancel("export")
            self._asking.compute("discard", _discard, wanted, answer=_nothing, failed=_nothing)
            self.ended.emit(tr("The export was stopped; nothing was written."))

    def _take(self, found: Progress | str) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        if isinstance(found, str):
            self._fail(found, "")
        elif found.is_over:
            self._wanted = None
            words = tr("{count} event(s) written to {path}", "", found.done)
            self.ended.emit(words.format(count=count(found.done), path=str(wanted.target)))
        else:
            self.progressed.emit(found.done, found.total)
            self._asking.ask(
                "export", _go_on, self._workspace, wanted, found,
                answer=self._take, failed=self._fail, limit=SECONDS,
            )  # fmt: skip

    def _fail(self, sentence: str, details: str) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._asking.compute("discard", _discard, wanted, answer=_nothing, failed=_nothing)
            self.ended.emit(tr("The export failed: {why}").format(why=sentence))


def _nothing(*_: object) -> None:
    """Do nothing with an answer."""


def _begin(db: Any, wanted: Wanted) -> Progress | str:
    try:
        return begin(db, wanted)
    except OSError as error:
        return error.strerror or str(error)


def _go_on(db: Any, workspace: Workspace, wanted: Wanted, so_far: Progress) -> Progress | str:
    try:
        return go_on(db, workspace, wanted, so_far)
    except OSError as error:
        return error.strerror or str(error)


def _discard(wanted: Wanted) -> None:
    wanted.draft.unlink(missing_ok=True)
