"""What is let go, oldest first: by age and by size, in small steps while nothing else is to do.

Starred issues keep their events, with payloads and attachments. Deleting goes by prefix of the row ids, so
it runs at many times the rate of arrival. An issue goes when none of its events is left.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Select, Table, bindparam, delete, func, select, update

from vedette.domain.changes import Change, ChangeKind
from vedette.domain.times import DAY, HOUR, now
from vedette.domain.workspace import Workspace
from vedette.store import dialect, schema
from vedette.store.blobs import BlobStore
from vedette.store.engine import sql_of
from vedette.store.row_changes import note_change
from vedette.store.tidying import Tidying
from vedette.store.writer.overrulings import forget_issues
from vedette.store.writer.writer import StoreWriter

if TYPE_CHECKING:
    import apsw

REQUESTS_A_STEP = 2_000
_LOOK_EVERY = 60 * 1_000_000
_VACUUM_PAGES = 200
_ISSUES_A_STEP = 500
_FOR_EVER = 100_000  # days


@dataclass(frozen=True, slots=True)
class RetentionLimits:
    """How long and how much is kept; 0 days: for ever."""

    days: int = 90
    bytes: int = 10 * 1024**3

    def is_tighter(self, before: "RetentionLimits") -> bool:
        """Return whether these let go of what *before* keeps."""
        return (self.days or _FOR_EVER) < (before.days or _FOR_EVER) or self.bytes < before.bytes

    def cutoff(self, at: int) -> int:
        """Return the moment before which nothing is kept."""
        return at - (self.days or _FOR_EVER) * DAY


class Retention:
    """Deletes what is over the limits, one step at a time; the writer's thread calls `step` when idle."""

    def __init__(
        self, writer: StoreWriter, workspace: Workspace, limits: RetentionLimits | None = None
    ) -> None:
        self._limits = limits or RetentionLimits()
        self._writer = writer
        self._raw: apsw.Connection = writer.raw
        self._blobs = BlobStore(workspace.blobs)
        self._looked = 0
        self._tidied = 0
        self._tidying = Tidying(writer.raw)
        self._questions()

    def _questions(self) -> None:
        request, event, issue, item = schema.request, schema.event, schema.issue, schema.item
        payload, blob = schema.payload, schema.blob
        self._oldest = sql_of(select(func.min(request.c.id)).where(request.c.id > 0))
        self._last_before = sql_of(
            select(request.c.id, request.c.received).where(request.c.id >= 0).order_by(request.c.id)
        )
        self._events = sql_of(
            select(event.c.id, event.c.request, issue.c.starred, event.c.eid)
            .join(issue, issue.c.id == event.c.issue)
            .where(event.c.id > 0)
            .order_by(event.c.id)
        )
        # Events that came when their old request was parsed again: the walk by event id meets them too late.
        self._late_events = sql_of(
            select(event.c.id, event.c.request, issue.c.starred, event.c.eid)
            .select_from(item)
            .join(
                event,
                (event.c.id == item.c.ref) & (event.c.request == item.c.request) & (event.c.item == item.c.n),
            )
            .join(issue, issue.c.id == event.c.issue)
            .where(item.c.request > 0, item.c.request <= 0, item.c.ref > 0)
        )
        self._payload = sql_of(select(payload.c.parts).where(payload.c.id == 0))
        self._blob_count = sql_of(select(blob.c.n).where(blob.c.name == ""))
        self._blob_less = sql_of(
            update(blob).values(n=blob.c.n - bindparam("one")).where(blob.c.name == bindparam("which"))
        )
        self._by_request = [sql_of(delete(table).where(table.c.id == 0)) for table in (request, payload)]
        self._items = sql_of(delete(item).where(item.c.request == 0))
        self._event = sql_of(delete(event).where(event.c.id == 0))
        attachment = schema.attachment
        self._attachments = sql_of(delete(attachment).where(attachment.c.eid == b""))
        self._files = sql_of(
            select(attachment.c.id, attachment.c.request).where(attachment.c.id > 0).order_by(attachment.c.id)
        )
        self._file = sql_of(delete(attachment).where(attachment.c.id == 0))
        batch, segment = schema.span_batch, schema.segment
        self._batches = sql_of(select(batch.c.id, batch.c.request).where(batch.c.id > 0).order_by(batch.c.id))
        self._batch = sql_of(delete(batch).where(batch.c.id == 0))
        self._spans = sql_of(delete(schema.span).where(schema.span.c.id >= 0, schema.span.c.id < 0))
        self._segments = sql_of(
            select(segment.c.id, segment.c.request).where(segment.c.id > 0).order_by(segment.c.id)
        )
        self._segment = sql_of(delete(segment).where(segment.c.id == 0))
        self._derived = sql_of(delete(schema.derived_event).where(schema.derived_event.c.id == 0))
        self._terms = sql_of(delete(schema.event_terms).where(schema.event_terms.c.id == 0))
        self._kept = [(table, sql_of(_first_kept(table))) for table in self._writer.families.kept]

    # ---------------------------------------------------------------- when

    @property
    def limits(self) -> RetentionLimits:
        return self._limits

    def change_limits(self, limits: RetentionLimits, at: int | None = None) -> None:
        """Keep to *limits* from now on; where they are tighter, after a minute in which to think better."""
        if limits.is_tighter(self._limits):
            self._looked = at or now()
        self._limits = limits

    def hurry(self) -> None:
        """Look at the next step, whenever the last look was."""
        self._looked = 0

    def step(self, at: int | None = None) -> list[Change]:
        """Delete one chunk if something is over the limits; returns what changed. Cheap when nothing is."""
        at = at or now()
        if at - self._looked < _LOOK_EVERY:
            return []
        last = self._due(at)
        if last is None:
            self._looked = at
            self._tidy(at)
            return []
        self._delete_through(last)
        self._raw.execute(f"PRAGMA incremental_vacuum({_VACUUM_PAGES:d})").fetchall()
        return [Change(ChangeKind.REQUEST), Change(ChangeKind.ISSUE)]

    def _due(self, at: int) -> int | None:
        """Return the last request id that must go now, at most a step's worth; None if none must."""
        row = self._raw.execute(self._oldest, (self._marks()["request"],)).fetchone()
        first = row[0] if row else None
        if first is None:
            return None
        cutoff = self.limits.cutoff(at)
        over_size = self.size() > self.limits.bytes
        last = None
        for n, (number, received) in enumerate(self._raw.execute(self._last_before, (first,))):
            if n >= REQUESTS_A_STEP or not (over_size or received < cutoff):
                break
            last = number
        return last

    def size(self) -> int:
        """Return the bytes in use by the database; pages that are free are on their way back."""
        pages = self._raw.pragma("page_count") - self._raw.pragma("freelist_count")
        return int(pages * self._raw.pragma("page_size"))

    # ---------------------------------------------------------------- what

    def _delete_through(self, last: int) -> None:
        # The marks remember how far each table was walked, past the events that starred issues keep.
        marks = self._marks()
        with self._writer.batch():
            kept = self._delete_events(last, marks)
            note_change(self._raw, marks["event"])
            files = self._walk(self._files, "attachment", last, marks, kept)
            self._raw.executemany(self._file, [(n,) for n in files])
            self._delete_spans(last, marks)
            for table, sql in self._kept:
                self._delete_kept(table, sql, last)
            numbers = [n for n in self._requests_through(marks["request"] + 1, last) if n not in kept]
            marks["request"] = last
            gone = self._release_blobs(numbers)
            rows = [(n,) for n in numbers]
            for sql in (*self._by_request, self._items):
                self._raw.executemany(sql, rows)
            self._delete_empty_issues(marks["event"])
            self._set_marks(marks)
        # After the commit: a file without a row is found by the sweep, a row without a file is a loss.
        for name in gone:
            self._blobs.delete(name)

    def _marks(self) -> dict[str, int]:
        meta = schema.meta
        row = self._raw.execute(
            sql_of(select(meta.c.value).where(meta.c.key == "")), ("retention",)
        ).fetchone()
        return dict(_START) | (orjson.loads(row[0]) if row else {})

    def _set_marks(self, marks: dict[str, int]) -> None:
        self._raw.execute(
            sql_of(dialect.insert_or_replace(schema.meta)), ("retention", orjson.dumps(marks).decode())
        )

    def _requests_through(self, first: int, last: int) -> list[int]:
        found = []
        for number, _ in self._raw.execute(self._last_before, (first,)):
            if number > last:
                break
            found.append(number)
        return found

    def _delete_events(self, last: int, marks: dict[str, int]) -> set[int]:
        """Delete the events of requests up to *last*; returns the requests that starred issues need."""
        kept: set[int] = set()
        gone: list[tuple[int]] = []
        eids: list[tuple[bytes]] = []
        found = list(self._walked_events(last, marks))
        found += self._raw.execute(self._late_events, (marks["request"], last, marks["event"]))
        for number, request, starred, eid in found:
            if starred:
                kept.add(request)
            else:
                gone.append((number,))
                eids.append((eid,))
        self._raw.executemany(self._event, gone)
        self._raw.executemany(self._derived, gone)
        self._raw.executemany(self._terms, gone)
        self._raw.executemany(self._attachments, eids)
        self._raw.executemany(dialect.delete_full_text("find"), [(n, n) for (n,) in gone])
        return kept

    def _walked_events(self, last: int, marks: dict[str, int]) -> Iterator[tuple[Any, ...]]:
        """Yield the next events that belong to requests up to *last*, moving the mark past them."""
        for row in self._raw.execute(self._events, (marks["event"],)):
            if row[1] > last:
                break
            marks["event"] = row[0]
            yield row

    def _delete_spans(self, last: int, marks: dict[str, int]) -> None:
        width = schema.SPANS_PER_BATCH
        batches = self._walk(self._batches, "batch", last, marks)
        self._raw.executemany(self._spans, [(n * width, (n + 1) * width) for n in batches])
        self._raw.executemany(self._batch, [(n,) for n in batches])
        segments = self._walk(self._segments, "segment", last, marks)
        self._raw.executemany(self._segment, [(n,) for n in segments])
        self._raw.executemany(dialect.delete_full_text("segment_find"), [(n, n) for n in segments])

    def _walk(
        self, sql: str, name: str, last: int, marks: dict[str, int], kept: Collection[int] = ()
    ) -> list[int]:
        """Return the next rows of requests up to *last* but not *kept*, moving the mark past them."""
        numbers = []
        for number, request in self._raw.execute(sql, (marks[name],)):
            if request > last:
                break
            if request not in kept:
                numbers.append(number)
            marks[name] = number
        return numbers

    def _release_blobs(self, requests: Sequence[int]) -> list[str]:
        gone: list[str] = []
        for number in requests:
            row = self._raw.execute(self._payload, (number,)).fetchone()
            for name in orjson.loads(row[0]) if row and row[0] else ():
                if not isinstance(name, str):
                    continue
                self._raw.execute(self._blob_less, (1, name))
                left = self._raw.execute(self._blob_count, (name,)).fetchone()
                if left is None or left[0] <= 0:
                    self._raw.execute(sql_of(delete(schema.blob).where(schema.blob.c.name == "")), (name,))
                    gone.append(name)
        return gone

    def _delete_empty_issues(self, through: int) -> None:
        issue = schema.issue
        oldest = sql_of(
            select(issue.c.id, issue.c.last_event, issue.c.starred).order_by(issue.c.last, issue.c.id)
        )
        empty = []
        for n, (number, last_event, starred) in enumerate(self._raw.execute(oldest)):
            if n >= _ISSUES_A_STEP or last_event > through:
                break
            if not starred:
                empty.append((number,))
        if not empty:
            return
        for table, column in OF_ISSUE:
            self._raw.executemany(sql_of(delete(table).where(table.c[column] == 0)), empty)
        forget_issues(self._raw, [number for (number,) in empty])
        self._writer.issues.relearn()

    def _delete_kept(self, table: Table, first_kept: str, last: int) -> None:
        """Delete the rows of a family that came with requests up to *last*, and their words."""
        row = self._raw.execute(first_kept, (last, 1, 0)).fetchone()
        through = row[0] - 1 if row else _PAST_ALL
        self._raw.execute(sql_of(delete(table).where(table.c.id <= 0)), (through,))
        name = f"{table.name}_find"
        if name in dialect.FULL_TEXT:
            self._raw.execute(dialect.delete_full_text(name), (0, through))

    # ---------------------------------------------------------------- tidying

    def _tidy(self, at: int) -> None:
        """Once an hour: forget what goes by its own age, and files nobody names."""
        if at - self._tidied < HOUR:
            return
        self._tidied = at
        with self._writer.batch():
            self._tidying.run(at, self.limits.cutoff(at))
            # What a star kept is looked at again: it may have lost its star.
            self._set_marks(dict(_START))
        self._writer.families.metrics.relearn()
        wanted = sql_of(select(schema.blob.c.n).where(schema.blob.c.name == ""))
        self._blobs.sweep(lambda name: self._raw.execute(wanted, (name,)).fetchone() is not None)


def _first_kept(table: Table) -> Select[tuple[int]]:
    """Return what finds the first row of *table* that belongs to a request after the one given."""
    return select(table.c.id).where(table.c.request > 0).order_by(table.c.id).limit(1)


_PAST_ALL = 2**63 - 1
_START = {"request": 0, "event": 0, "batch": 0, "segment": 0, "attachment": 0}
OF_ISSUE: tuple[tuple[Table, str], ...] = (
    (schema.issue, "id"),
    (schema.issue_hash, "issue"),
    (schema.issue_user, "issue"),
    (schema.issue_stack, "issue"),
    (schema.issue_term, "issue"),
    (schema.issue_minute, "issue"),
    (schema.issue_hour, "issue"),
    (schema.activity, "issue"),
    (schema.issue_label, "issue"),
    (schema.archive, "issue"),
    (schema.resolution, "issue"),
    (schema.deletion, "issue"),
)
