"""One batch of requests into the workspace, in one transaction with the spool mark it reached.

A crash therefore neither loses nor doubles anything. Rows are collected while processing goes on and
written together at the end, each kind with one `executemany`.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager

import apsw
import zstandard
from sqlalchemy import Table, bindparam, delete, insert, select, update

from vedette.domain.changes import Change, ChangeKind
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.processed import ProcessedEvent
from vedette.domain.search_members import MARK
from vedette.domain.times import Micros, now
from vedette.domain.vitals import PageVitals
from vedette.domain.workspace import Workspace
from vedette.store import dialect, migrations, schema
from vedette.store.blobs import BlobStore
from vedette.store.engine import open_writer, sql_of
from vedette.store.errors import classified
from vedette.store.term_list import pack_terms
from vedette.store.writer.discards import Discards
from vedette.store.writer.event_text import find_row
from vedette.store.writer.families import Families
from vedette.store.writer.interning import Senders, Stacks, Terms, next_id
from vedette.store.writer.issues import Issues
from vedette.store.writer.item_rows import item_row, mark_duplicate
from vedette.store.writer.outcomes import Outcomes
from vedette.store.writer.payloads import Payloads
from vedette.store.writer.projects import Projects
from vedette.store.writer.records import AttachmentRecord, DerivedEvent, ItemRecord, Place, RequestRecord
from vedette.store.writer.releases import Releases
from vedette.store.writer.rollups import Counts
from vedette.store.writer.runs import Runs
from vedette.store.writer.spans import Spans
from vedette.store.writer.workflow import Workflow

log = logging.getLogger(__name__)

CHECKPOINT_BYTES = 64 * 1024 * 1024
_MERGE_PAGES = 64
_DERIVED_LEVEL = 3
_CHANGED_AGAIN = ("project", "size", "outcome", "reason", "detail", "kinds", "skew")


class StoreWriter:
    """Owns the only writing connection of a workspace. One thread uses it."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        shipped_dictionary: bytes | None = None,
        clock: Callable[[], Micros] = now,
    ) -> None:
        """Open the workspace, migrating it first. Commands take the time from *clock*.

        Raises SchemaError or a StoreError.
        """
        self.clock = clock
        workspace.folder.mkdir(parents=True, exist_ok=True)
        with classified():
            self._connection = open_writer(workspace.database)
            self.raw: apsw.Connection = self._connection.raw
            if migrations.migrate(self._connection):
                # Steps write the same pages again and again: their log is several times the database.
                self.raw.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        self.workspace = workspace
        self.terms = Terms(self.raw)
        self._senders = Senders(self.raw)
        self._stacks = Stacks(self.raw)
        self.issues = Issues(self.raw)
        self.discards = Discards(self.raw)
        self._spans = Spans(self.raw, self.terms)
        self._counts = Counts(self.raw)
        self._payloads = Payloads(self.raw, BlobStore(workspace.blobs), shipped_dictionary)
        self._releases = Releases(self.raw)
        self._outcomes = Outcomes(self.raw)
        self.families = Families(self.raw, self.terms)
        self.projects = Projects(self.raw)
        self.runs = Runs(self.raw)
        self._inserts = {
            table: sql_of(insert(table))
            for table in (
                schema.request,
                schema.item,
                schema.event,
                schema.event_terms,
                schema.stack_term,
                schema.derived_event,
                schema.attachment,
            )
        }
        event = schema.event
        self._find_event = sql_of(select(event.c.id).where(event.c.eid == b"", event.c.project == 0))
        request, item = schema.request, schema.item
        self._change_request = sql_of(
            update(request)
            .values({name: bindparam(f"new_{name}") for name in _CHANGED_AGAIN})
            .where(request.c.id == bindparam("which"))
        )
        self._items_apart = sql_of(
            select(item.c.n, item.c.blob).where(item.c.request == 0, item.c.blob.is_not(None))
        )
        self._delete_item = sql_of(delete(item).where(item.c.request == 0, item.c.n == 0))
        self._insert_find = dialect.insert_full_text("find")
        self._set_meta = sql_of(dialect.insert_or_replace(schema.meta))
        self._wal_pages = 0
        self.raw.set_wal_hook(self._count_wal)
        self._forget()

    def _count_wal(self, _db: apsw.Connection, _name: str, pages: int) -> int:
        self._wal_pages = pages
        return apsw.SQLITE_OK

    def _forget(self) -> None:
        for part in (
            self.terms, self._senders, self._stacks, self.issues, self._spans, self._counts,
            self._payloads, self._releases, self._outcomes, self.families, self.projects, self.runs,
            self.discards,
        ):  # fmt: skip
            part.forget()
        self._clear()
        self._next_event = next_id(self.raw, schema.event)
        self._next_attachment = next_id(self.raw, schema.attachment)

    def _clear(self) -> None:
        self._rows: dict[Table, list[tuple[object, ...]]] = {table: [] for table in self._inserts}
        self._find_rows: list[tuple[object, ...]] = []
        self._events: dict[tuple[bytes, int], int] = {}
        self._regressed: set[int] = set()
        self._again: dict[int, tuple[object, ...]] = {}  # what changes of requests that were here

    # ---------------------------------------------------------------- releases

    def announce_release(self, version: str, projects: Iterable[int], at: int) -> int:
        """Let *projects* have the release *version* from *at* on, if they have not; returns its term."""
        number = self.terms.id_of("release", version)
        for project in projects:
            self._releases.announce(project, number, at)
        return number

    # ---------------------------------------------------------------- batches

    @property
    def mark(self) -> int:
        """The last spool id that is in the store."""
        meta = schema.meta
        row = self.raw.execute(
            sql_of(select(meta.c.value).where(meta.c.key == "")), ("spool_mark",)
        ).fetchone()
        return int(row[0]) if row else 0

    @property
    def workflow(self) -> Workflow:
        """What issues are archived until and resolved in."""
        return self.issues.workflow

    def term(self, key: str, value: str) -> int:
        """Return the number of a tag's value, giving it one with the batch if it has none."""
        return self.terms.id_of(key, value)

    @contextmanager
    def batch(self, mark: int | None = None) -> Iterator[list[Change]]:
        """Collect inside, write and commit on leaving; an exception inside leaves the store as it was.

        *mark* is the last spool id the batch covers. The list given is filled with what changed, after
        the commit. Raises a StoreError if the disk or file keeps it from being written.
        """
        changes: list[Change] = []
        self.raw.execute("BEGIN IMMEDIATE")
        try:
            yield changes
            with classified():
                changes.extend(self._changes())
                self._flush(mark)
                self.raw.execute("COMMIT")
        except BaseException:
            changes.clear()
            if self.raw.in_transaction:
                self.raw.execute("ROLLBACK")
            self._forget()
            raise
        self._clear()

    def _flush(self, mark: int | None) -> None:
        raw = self.raw
        for part in (
            self.projects, self.terms, self._senders, self._stacks, self.issues, self._spans,
            self._counts, self._payloads, self.families, self._releases, self._outcomes, self.runs,
        ):  # fmt: skip
            part.flush()
        # Spans and families intern names of their own.
        self.terms.flush()
        for table, rows in self._rows.items():
            if rows:
                raw.executemany(self._inserts[table], rows)
        if self._again:
            raw.executemany(self._change_request, self._again.values())
        if self._find_rows:
            raw.executemany(self._insert_find, self._find_rows)
        if mark is not None:
            raw.execute(self._set_meta, ("spool_mark", str(mark)))

    def _changes(self) -> list[Change]:
        rows = self._rows
        new = self.issues.new_ids
        touched = self.issues.touched_ids
        found = [
            Change(ChangeKind.PROJECT, tuple(self.projects.touched)),
            Change(ChangeKind.RUN, tuple(self.runs.touched)),
            Change(ChangeKind.ISSUE_NEW, tuple(new)),
            Change(ChangeKind.ISSUE, tuple(touched)),
            Change(ChangeKind.EVENT, tuple(row[0] for row in rows[schema.event])),  # type: ignore[misc]
            Change(ChangeKind.TRACE, tuple(self._spans.touched)),
            *self.families.changes(),
            Change(
                ChangeKind.REQUEST,
                tuple(row[0] for row in rows[schema.request]) + tuple(self._again),  # type: ignore[arg-type]
            ),
        ]
        return [change for change in found if change.ids]

    # ---------------------------------------------------------------- one request

    def add(self, record: RequestRecord) -> None:
        """Take a request with its items into the batch; items may get an outcome here (duplicates)."""
        run = self.runs.of(record.received)
        sender = self._senders.id_of(record.ip, record.client, record.received)
        project = record.project
        blobs = self._payloads.add(record.id, record.body, record.items)
        if project is not None:
            self.discards.filter(project, record.items)
        for item in record.items:
            ref = None
            if project is not None:
                ref = self._add_item(item, record, project, run)
                self._outcomes.count(item, project, record.received)
            if item.client_report:
                self._senders.report(sender, item.client_report)
            self._rows[schema.item].append(item_row(record, item, blobs.get(item.n), ref))
        self._judge(record)
        self._rows[schema.request].append(
            (
                record.id, record.received, run, project, sender, record.method, record.path,
                record.public_key, record.content_type, record.encoding, record.wire_size,
                len(record.body), record.status, record.outcome.value,
                record.reason and record.reason.value, record.detail, record.kinds, record.skew,
            )
        )  # fmt: skip

    def add_again(
        self, record: RequestRecord, run: int, sender: int, *, done: Collection[int], is_new_body: bool
    ) -> None:
        """Take a request of *run* and *sender* that is here already into the batch once more, in its place.

        Its items numbered in *done* are stored and stay. With *is_new_body* its bytes take the place of those
        that were kept.
        """
        apart = dict(self.raw.execute(self._items_apart, (record.id,)))
        if is_new_body:
            self._payloads.drop(record.id)
            apart = self._payloads.add(record.id, record.body, record.items)
        if record.project is not None:
            self.discards.filter(record.project, [item for item in record.items if item.n not in done])
        for item in record.items:
            if item.n in done:
                continue
            ref = None
            if record.project is not None:
                ref = self._add_item(item, record, record.project, run)
                self._outcomes.count(item, record.project, record.received)
            if item.client_report:
                self._senders.report(sender, item.client_report)
            self.raw.execute(self._delete_item, (record.id, item.n))
            self._rows[schema.item].append(item_row(record, item, apart.get(item.n), ref))
        self._judge(record)
        self._again[record.id] = (
            record.project, len(record.body), record.outcome.value,
            record.reason and record.reason.value, record.detail, record.kinds, record.skew, record.id,
        )  # fmt: skip

    @staticmethod
    def _judge(record: RequestRecord) -> None:
        """Let a request's outcome say the worst that befell its items."""
        if record.outcome is not Outcome.STORED:
            return
        for bad in (Outcome.INVALID, Outcome.REFUSED, Outcome.FILTERED, Outcome.DUPLICATE):
            for item in record.items:
                if item.outcome is bad:
                    record.outcome, record.reason, record.detail = bad, item.reason, item.detail
                    return

    def _add_item(self, item: ItemRecord, record: RequestRecord, project: int, run: int) -> int | None:
        if item.outcome is not Outcome.STORED:
            return None
        ref = None
        if item.event is not None:
            ref = self._add_event(item, item.event, record, project, run)
        elif item.spans:
            ref = self._add_spans(item, record, project, run)
        elif item.attachment is not None:
            ref = self._add_attachment(item, item.attachment, record, project)
        made = None
        if item.values:
            # First of all: what they mean may be an event.
            place = Place(project, run, record.id, item, record.received)
            made = self.families.add(item.values, place)
            self._take_effects(place)
        told = None
        for derived in item.derived:
            told = self._add_derived(item, derived, record, project, run) or told
        return told or made or ref

    def _take_effects(self, place: Place) -> None:
        for term, ts in place.effects.releases:
            self._releases.see(place.project, term, ts)
        for digest in place.effects.resolved:
            self.issues.resolve(place.project, digest, place.received)

    def _add_derived(
        self, item: ItemRecord, derived: DerivedEvent, record: RequestRecord, project: int, run: int
    ) -> int | None:
        number = self._add_event(item, derived.event, record, project, run)
        if number is not None:
            packed = zstandard.compress(derived.payload, _DERIVED_LEVEL)
            self._rows[schema.derived_event].append((number, packed))
        return number

    def _add_event(
        self, item: ItemRecord, event: ProcessedEvent, record: RequestRecord, project: int, run: int
    ) -> int | None:
        key = (event.event_id, project)
        if key in self._events or self.raw.execute(self._find_event, key).fetchone() is not None:
            mark_duplicate(item, event.event_id)
            return None
        number = self._next_event
        self._next_event += 1
        self._events[key] = number
        id_of = self.terms.id_of
        environment = None if event.environment is None else id_of("environment", event.environment)
        release = None if event.release is None else id_of("release", event.release)
        user = None if event.user is None else id_of("user", event.user)
        stack = None
        if event.stack_hash is not None:
            stack, is_new = self._stacks.id_of_stack(event.stack_hash, event.stack)
            if is_new:
                frames = {id_of(MARK + name, value) for name, value in event.frames}
                self._rows[schema.stack_term].extend((term, stack) for term in sorted(frames))
        if release is not None:
            self.runs.see_release(project, release, record.received)
        place = self.issues.place(event, number, project, run, release, user, stack)
        if place.is_regression:
            self._regressed.add(place.issue)
        if release is not None:
            self._releases.see(project, release, event.timestamp, events=1, new_issues=int(place.is_new))
        terms = self.terms_of(event)
        self._rows[schema.event].append(
            (
                number, event.event_id, place.issue, project, run, event.timestamp, event.level.number,
                environment, release, user, event.trace_id, event.span_id, stack, record.id, item.n,
                bytes.fromhex(event.grouping.hashes[0]),
            )
        )  # fmt: skip
        self._rows[schema.event_terms].append((number, pack_terms(terms)))
        self._find_rows.append(find_row(event, number, project, run, place.issue, terms))
        self._counts.add_event(place.issue, project, event.level.number, release, event.timestamp)
        self._counts.add_terms(place.issue, terms)
        if event.trace_id is not None:
            self._spans.count_error(event.trace_id)
        return number

    def terms_of(self, event: ProcessedEvent) -> list[int]:
        """Return the terms that the full text has of *event*: its tags and other members. Inside a batch."""
        id_of = self.terms.id_of
        terms = [id_of(name, value) for name, value in event.tags]
        return terms + [id_of(MARK + name, value) for name, value in event.members]

    def _add_spans(self, item: ItemRecord, record: RequestRecord, project: int, run: int) -> int | None:
        if item.event_id is not None and self._spans.knows_transaction(item.event_id):
            mark_duplicate(item, item.event_id)
            return None
        if item.event_id is None and not self._drop_known_spans(item, project):
            return None
        ref = None
        for batch in item.spans:
            number = self._spans.add(batch, project, run, record.received, record.id, item.n)
            for segment in batch.segments:
                if segment.release is not None:
                    term = self.terms.id_of("release", segment.release)
                    self._releases.see(project, term, segment.span.start)
            ref = ref or number
        return ref

    def _drop_known_spans(self, item: ItemRecord, project: int) -> bool:
        """Take the streamed spans out of *item* that are here already; whether any is left.

        The events made of them are known by their own ids.
        """
        before = item.spans
        fresh = [self._spans.without_known(batch, project) for batch in before]
        count = sum(len(batch.spans) for batch in before)
        left = sum(len(batch.spans) for batch in fresh)
        if left == count:
            return count > 0
        item.spans = [batch for batch in fresh if batch.spans]
        kept = {(batch.trace_id, span.span_id) for batch in fresh for span in batch.spans}
        item.values = [
            value
            for value in item.values
            if not isinstance(value, PageVitals) or (value.trace_id, value.span_id) in kept
        ]
        told = f"{count - left} of its {count} spans are already here"
        item.detail = f"{item.detail}; {told}" if item.detail else told
        if not left:
            item.outcome, item.reason = Outcome.DUPLICATE, Reason.DUPLICATE_ITEM
            item.values = []
        return left > 0

    def _add_attachment(
        self, item: ItemRecord, attachment: AttachmentRecord, record: RequestRecord, project: int
    ) -> int:
        number = self._next_attachment
        self._next_attachment += 1
        self._rows[schema.attachment].append(
            (
                number, attachment.event_id, project, record.id, item.n, attachment.name,
                attachment.content_type, attachment.type, item.length, record.received,
            )
        )  # fmt: skip
        return number

    # ---------------------------------------------------------------- the clock

    def start_clock(self, at: Micros) -> None:
        """Judge monitors from *at* on: nobody saw what was due before. Inside a batch."""
        self.families.monitors.start_clock(at)

    def tick(self, at: Micros) -> None:
        """Write what monitors' clock says at *at*: what was missed, what takes too long. Inside a batch.

        The events of it were sent by nobody: they lie with the newest request there is, as an item it has
        not, so that they come and go in the order of arrival.
        """
        run, newest = self.runs.current_at(at), self.mark
        for place in self.families.monitors.tick(at, run, newest):
            record = RequestRecord(
                id=newest, received=at, project=place.project, ip="", client="", method="", path="",
                wire_size=0, status=0, outcome=Outcome.STORED,
            )  # fmt: skip
            for derived in place.item.derived:
                self._add_derived(place.item, derived, record, place.project, run)

    def pass_time(self, at: Micros) -> list[Change]:
        """Change issues whose time has come at *at*: archived until then, called new for long enough.

        Raises a StoreError. Cheap when there are none.
        """
        if not self.workflow.due(at):
            return []
        with self.batch() as changes:
            self.issues.pass_time(at)
        return list(changes)

    # ---------------------------------------------------------------- upkeep

    def between_batches(self, *, idle: bool) -> None:
        """Do upkeep that must not be part of a commit: merge full text, checkpoint, take a new dictionary.

        With *idle* False, only what cannot wait.
        """
        with classified():
            self._payloads.between_batches()
            due = self._wal_pages * 8192 > CHECKPOINT_BYTES
            if idle or due:
                for name in dialect.FULL_TEXT:
                    self.raw.execute(dialect.merge_full_text(name, _MERGE_PAGES))
            if due or (idle and self._wal_pages):
                self.raw.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
                self._wal_pages = 0

    def close(self) -> None:
        """Write everything into the one file and let go of it."""
        with classified():
            self.raw.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        self._connection.close()
