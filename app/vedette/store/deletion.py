"""Issues that a person deleted, taken away for good: events, files, counts, and the bytes they came in.

A large issue goes in steps, so that digest can take in what arrives between them. A request goes with its
bytes once nothing that it brought is left.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import bindparam, delete, func, select, update

from vedette.domain.changes import Change, ChangeKind
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.times import HOUR, MINUTE
from vedette.domain.workspace import Workspace
from vedette.store import dialect, schema
from vedette.store.blobs import BlobStore
from vedette.store.engine import sql_of
from vedette.store.retention import OF_ISSUE
from vedette.store.row_changes import note_change
from vedette.store.writer.interning import keep_ids_given
from vedette.store.writer.overrulings import forget_issues
from vedette.store.writer.writer import StoreWriter

EVENTS_A_STEP = 500
_VACUUM_PAGES = 200
_SENTENCE = "it was deleted with its issue"
_NEVER_AGAIN = (schema.event, schema.issue, schema.attachment, schema.activity)
# Of an event that was made of something else, what that was goes with it only if it is of these kinds;
# a span or a check-in is worth more than the event made of it.
_MADE_OF = frozenset(
    {
        "attachment",
        "event",
        "feedback",
        "form_data",
        "nel",
        "raw_security",
        "security",
        "unreal_report",
        "user_report_v2",
    }
)
_WORTH_NOTHING = "client_report"


@dataclass(frozen=True, slots=True)
class _Event:
    id: int
    eid: bytes
    project: int
    request: int
    item: int
    ts: int
    level: int
    release: int | None
    trace: bytes | None


class Deletion:
    """Deletes what is due, one step at a time, on the writer's thread."""

    def __init__(self, writer: StoreWriter, workspace: Workspace) -> None:
        self._writer = writer
        self._raw = writer.raw
        self._blobs = BlobStore(workspace.blobs)
        event, attachment, item = schema.event, schema.attachment, schema.item
        deletion, payload, blob = schema.deletion, schema.payload, schema.blob
        self._due = sql_of(
            select(deletion.c.issue).where(deletion.c.due <= 0).order_by(deletion.c.due).limit(1)
        )
        self._start = sql_of(
            update(deletion).values(started=bindparam("one")).where(deletion.c.issue == bindparam("which"))
        )
        self._events = sql_of(
            select(
                event.c.id, event.c.eid, event.c.project, event.c.request, event.c.item, event.c.ts,
                event.c.level, event.c.release_term, event.c.trace,
            )
            .where(event.c.issue == 0)
            .order_by(event.c.ts, event.c.id)
            .limit(1)
        )  # fmt: skip
        self._is_derived = sql_of(select(schema.derived_event.c.id).where(schema.derived_event.c.id == 0))
        self._files = sql_of(
            select(attachment.c.id, attachment.c.request, attachment.c.item).where(
                attachment.c.eid == b"", attachment.c.project == 0
            )
        )
        self._items = sql_of(select(item.c.n, item.c.kind, item.c.reason).where(item.c.request == 0))
        self._mark_item = sql_of(
            update(item)
            .values(outcome=bindparam("a"), reason=bindparam("b"), detail=bindparam("c"), ref=bindparam("d"))
            .where(item.c.request == bindparam("which"), item.c.n == bindparam("item_n"))
        )
        self._payload = sql_of(select(payload.c.parts).where(payload.c.id == 0))
        self._blob_less = sql_of(
            update(blob).values(n=blob.c.n - bindparam("one")).where(blob.c.name == bindparam("which"))
        )
        self._blob_count = sql_of(select(blob.c.n).where(blob.c.name == ""))
        trace = schema.trace
        self._trace_less = sql_of(
            update(trace)
            .values(errors=trace.c.errors - bindparam("n"))
            .where(trace.c.trace_id == bindparam("which"), trace.c.errors >= bindparam("least"))
        )

    def step(self, at: int) -> list[Change] | None:
        """Delete up to EVENTS_A_STEP events of what is due at *at*; None if nothing is. Raises a StoreError.

        Index: deletion(due), event(issue, ts, id).
        """
        row = self._raw.execute(self._due, (at, 1, 0)).fetchone()
        if row is None:
            return None
        issue = row[0]
        with self._writer.batch():
            self._raw.execute(self._start, (1, issue))
            for table in _NEVER_AGAIN:
                keep_ids_given(self._raw, table)
            events = [_Event(*row) for row in self._raw.execute(self._events, (issue, EVENTS_A_STEP, 0))]
            gone = self._delete_events(events)
            is_last = len(events) < EVENTS_A_STEP
            if is_last:
                self._delete_issue(issue)
        # After the commit: a file without a row is found by the sweep, a row without a file is a loss.
        for name in gone:
            self._blobs.delete(name)
        if is_last:
            self._writer.issues.forget()  # what it knew of the issue: hashes, splits, moved events
        self._raw.execute(f"PRAGMA incremental_vacuum({_VACUUM_PAGES:d})").fetchall()
        return [Change(ChangeKind.ISSUE, (issue,)), Change(ChangeKind.REQUEST)]

    def _delete_events(self, events: Sequence[_Event]) -> list[str]:
        """Delete *events* with all that belongs to them; returns the names of blobs nobody needs any more."""
        if not events:
            return []
        raw = self._raw
        gone: dict[int, set[int]] = {}  # items that brought nothing else, by request
        for event in events:
            items = gone.setdefault(event.request, set())
            if self._was_all(event):
                items.add(event.item)
            for number, request, n in list(raw.execute(self._files, (event.eid, event.project))):
                gone.setdefault(request, set()).add(n)
                raw.execute(_delete_by_id(schema.attachment), (number,))
        ids = [(event.id,) for event in events]
        note_change(raw, max(event.id for event in events))
        for table in (schema.event, schema.event_terms, schema.derived_event):
            raw.executemany(_delete_by_id(table), ids)
        raw.executemany(dialect.delete_full_text("find"), [(n, n) for (n,) in ids])
        feedback = schema.feedback
        raw.executemany(
            sql_of(delete(feedback).where(feedback.c.eid == b"", feedback.c.project == 0)),
            [(event.eid, event.project) for event in events],
        )
        self._count_less(events)
        return [name for request, items in gone.items() for name in self._let_go(request, items)]

    def _was_all(self, event: _Event) -> bool:
        """Whether the item that *event* came in brought nothing else of worth."""
        if self._raw.execute(self._is_derived, (event.id,)).fetchone() is None:
            return True
        kinds = {n: kind for n, kind, _ in self._raw.execute(self._items, (event.request,))}
        return kinds.get(event.item) in _MADE_OF

    def _let_go(self, request: int, items: Iterable[int]) -> list[str]:
        """Mark *items* of *request* as deleted, and delete the request if it holds nothing else."""
        gone = set(items)
        left = [
            n
            for n, kind, reason in self._raw.execute(self._items, (request,))
            if n not in gone and reason != Reason.DELETED.value and kind != _WORTH_NOTHING
        ]
        if left:
            mark = (Outcome.FILTERED.value, Reason.DELETED.value, _SENTENCE, None)
            self._raw.executemany(self._mark_item, [(*mark, request, n) for n in gone])
            return []
        names = self._release_blobs(request)
        for table, column in ((schema.request, "id"), (schema.payload, "id"), (schema.item, "request")):
            self._raw.execute(sql_of(delete(table).where(table.c[column] == 0)), (request,))
        return names

    def _release_blobs(self, request: int) -> list[str]:
        row = self._raw.execute(self._payload, (request,)).fetchone()
        gone = []
        for name in orjson.loads(row[0]) if row and row[0] else ():
            if not isinstance(name, str):
                continue
            self._raw.execute(self._blob_less, (1, name))
            left = self._raw.execute(self._blob_count, (name,)).fetchone()
            if left is None or left[0] <= 0:
                self._raw.execute(sql_of(delete(schema.blob).where(schema.blob.c.name == "")), (name,))
                gone.append(name)
        return gone

    def _count_less(self, events: Sequence[_Event]) -> None:
        """Take *events* out of the counts that are not the issue's own."""
        counts: dict[Any, Counter[tuple[Any, ...]]] = {
            schema.all_minute: Counter((e.project, e.level, e.ts // MINUTE) for e in events),
            schema.all_hour: Counter((e.project, e.level, e.ts // HOUR) for e in events),
            schema.release_hour: Counter(
                (e.project, e.release, e.ts // HOUR) for e in events if e.release is not None
            ),
        }
        for table, counter in counts.items():
            self._subtract(table, "n", counter)
        self._subtract(
            schema.release,
            "events",
            Counter((e.project, e.release) for e in events if e.release is not None),
        )
        traces = Counter(e.trace for e in events if e.trace is not None)
        self._raw.executemany(self._trace_less, [(n, trace, n) for trace, n in traces.items()])

    def _subtract(self, table: Any, column: str, counter: "Counter[tuple[Any, ...]]") -> None:
        less = update(table).values({column: func.max(0, table.c[column] - bindparam("less"))})
        for key in table.primary_key.columns:
            less = less.where(key == bindparam(f"key_{key.name}"))
        self._raw.executemany(sql_of(less), [(0, n, *key) for key, n in counter.items()])

    def _delete_issue(self, number: int) -> None:
        issue, release = schema.issue, schema.release
        row = self._raw.execute(
            sql_of(select(issue.c.project, issue.c.first_release_term).where(issue.c.id == 0)), (number,)
        ).fetchone()
        if row is not None and row[1] is not None:
            self._subtract(release, "new_issues", Counter([(row[0], row[1])]))
        for table, column in OF_ISSUE:
            self._raw.execute(sql_of(delete(table).where(table.c[column] == 0)), (number,))
        forget_issues(self._raw, [number])
        stack = schema.issue_stack
        self._raw.execute(sql_of(delete(stack).where(stack.c.issue == 0)), (number,))


def _delete_by_id(table: Any) -> str:
    return sql_of(delete(table).where(table.c.id == 0))
