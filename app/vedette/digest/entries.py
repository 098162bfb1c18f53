"""One spool entry into the record the writer takes: decode, split, and put each item through processing.

Nothing here writes. Whatever is wrong with an entry or an item becomes its outcome, and the bytes are kept.
"""

import errno
import logging
from collections.abc import Collection, Sequence
from pathlib import Path
from urllib.parse import unquote

import orjson

from vedette.digest.bodies import Bodies
from vedette.digest.kinds.incoming import Incoming
from vedette.digest.kinds.readers import GATHERERS, reader_of
from vedette.digest.ruling import Ruling, Rulings, filter_followers
from vedette.digest.wrapping import Posted, wrap
from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError, Outcome, Reason
from vedette.domain.processed import Arrival
from vedette.protocol.dsn import parse_dsn
from vedette.protocol.encodings import normalise_encoding
from vedette.protocol.endpoints import Endpoint, find_door
from vedette.protocol.envelope import (
    Envelope,
    iter_items,
    normalise_event_id,
    read_envelope_header,
)
from vedette.protocol.limits import Limits, limit_for
from vedette.protocol.rate_limits import category_of
from vedette.store.errors import classified
from vedette.store.queries.requests import RequestRow
from vedette.store.spool import Spooled
from vedette.store.writer.projects import Projects
from vedette.store.writer.records import ItemRecord, RequestRecord

log = logging.getLogger(__name__)
_KEPT_DETAIL = 500


class Entries:
    """Turns spool entries into records; knows the workspace's projects and its folder of large bodies."""

    def __init__(
        self,
        projects: Projects,
        incoming: Path,
        limits: Limits | None = None,
        rulings: Rulings | None = None,
    ) -> None:
        self._projects = projects
        self._incoming = incoming
        self._bodies = Bodies(incoming)
        self.rulings = rulings or Rulings()
        self._limits = limits or Limits()

    def record(self, entry: Spooled) -> RequestRecord:
        """Return what *entry* holds, processed. Projects may be made: the transaction must be open."""
        meta: JsonObject = orjson.loads(entry.meta)
        wire = self._bodies.wire(entry)
        record = RequestRecord(
            id=entry.id,
            received=entry.received,
            project=None,
            ip=meta.get("ip") or "",
            client=meta.get("client") or meta.get("user_agent") or "",
            method=meta.get("method") or "POST",
            path=_path_of(meta),
            wire_size=len(wire),
            status=meta.get("status") or 200,
            outcome=Outcome.STORED,
            content_type=meta.get("content_type"),
            encoding=meta.get("encoding"),
        )
        if entry.kind == "refused":
            _refuse(record, meta, wire)
            return record
        try:
            self._open(record, meta, wire)
        except IngestError as error:
            _fail(record, error, wire)
            self._conceal(record, meta)
        return record

    def _conceal(self, record: RequestRecord, meta: JsonObject) -> None:
        """Cover what can be found in a body that could not be read, where its project asks for it."""
        project = record.project or self._projects.find(meta.get("project"), meta.get("key"))
        ruling = self.rulings.of(project)
        if ruling is not None:
            record.body = ruling.conceal(record.body)

    def poisoned(self, entry: Spooled, why: str) -> RequestRecord:
        """Return a record that keeps *entry*'s bytes unread, because reading them ends badly."""
        meta: JsonObject = orjson.loads(entry.meta)
        wire = self._bodies.wire(entry)
        return RequestRecord(
            id=entry.id,
            received=entry.received,
            project=None,
            ip=meta.get("ip") or "",
            client=meta.get("client") or meta.get("user_agent") or "",
            method=meta.get("method") or "POST",
            path=_path_of(meta),
            wire_size=len(wire),
            status=meta.get("status") or 200,
            outcome=Outcome.INVALID,
            body=wire,
            reason=Reason.POISON,
            detail=why,
            content_type=meta.get("content_type"),
            encoding=meta.get("encoding"),
        )

    def project_of(self, path: str, public_key: str | None) -> int | None:
        """Return the project the *path* of a request names, else the one of *public_key*; None if unknown."""
        return self._projects.find(_project_in(path), public_key)

    def record_again(self, row: RequestRow, body: bytes, done: Collection[int]) -> RequestRecord:
        """Return what the request *row* holds, processed as it would be if it came now.

        *body* is what was kept of it: as it came if it was refused or could not be decoded, else decoded.
        Items whose number is in *done* are stored already and only counted.
        """
        as_it_came = len(body) == row.wire_size
        record = RequestRecord(
            id=row.id,
            received=row.received,
            project=row.project,
            ip=row.ip,
            client=row.client,
            method=row.method,
            path=row.path,
            wire_size=row.wire_size,
            status=row.status,
            outcome=Outcome.STORED,
            content_type=row.content_type,
            encoding=row.encoding,
        )
        path, _, query = row.path.partition("?")
        door = find_door(unquote(path))
        meta = {
            "endpoint": (door.endpoint if as_it_came else Endpoint.ENVELOPE).value,
            "query": query,
            "slug": door.slug,
            "event_id": door.event_id and normalise_event_id(door.event_id),
            "encoding": row.encoding if as_it_came else None,
            "content_type": row.content_type,
            "client": row.client,
            "ip": row.ip,
            "project": _project_in(row.path) if row.project is None else str(row.project),
            "key": row.public_key,
            "origin": "adopted",
        }
        try:
            self._open(record, meta, body)
        except IngestError as error:
            _fail(record, error, body)
            self._conceal(record, meta)
        for item in record.items:
            if item.n in done:
                item.outcome, item.reason, item.detail = Outcome.STORED, None, None
        if row.outcome is Outcome.REFUSED and record.outcome is Outcome.STORED:
            record.detail = f"refused with {row.status} at first, taken once its key was adopted"
        return record

    def use_limits(self, limits: Limits) -> None:
        """Refuse what is larger than *limits* from now on."""
        self._limits = limits

    def drop_used(self, *, is_stored: bool) -> None:
        """Say whether the records so far were written; the uploads that are in them may go then."""
        self._bodies.drop_used(is_stored=is_stored)

    def release(self) -> None:
        """Let go of the bodies of all records so far, once they are written."""
        self._bodies.release()

    def _open(self, record: RequestRecord, meta: JsonObject, wire: bytes | memoryview) -> None:
        encoding = normalise_encoding(meta.get("encoding"))
        sent = self._bodies.decoded(wire, encoding, self._limits.body)
        try:
            body = wrap(sent, Posted(meta, self._limits, record.received, self._incoming))
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise  # of a damaged archive, say
            with classified():
                raise
        body = self._bodies.with_uploads(body)
        record.body = body
        envelope = read_envelope_header(body)
        project, key = meta.get("project"), meta.get("key")
        if envelope.dsn and not (project and key):
            dsn = parse_dsn(envelope.dsn)
            project, key = project or dsn.project, key or dsn.public_key
        record.project = self._projects.of(project, key, meta.get("origin") or "loopback")
        if envelope.sent_at is not None:
            record.skew = record.received - envelope.sent_at
        if not record.client and envelope.sdk:
            record.client = f"{envelope.sdk.get('name', '')}/{envelope.sdk.get('version', '')}"[:200]
        arrival = Arrival(
            received=record.received,
            event_id=envelope.event_id or meta.get("event_id"),
            sent_at=envelope.sent_at,
            sdk=envelope.sdk,
            client=meta.get("client"),
            client_ip=meta.get("ip"),
            user_agent=meta.get("user_agent"),
            trace=envelope.trace,
        )
        self._walk(record, envelope, arrival)

    def _walk(self, record: RequestRecord, envelope: Envelope, arrival: Arrival) -> None:
        body = record.body
        ruling = self.rulings.of(record.project)
        grouping = self.rulings.grouping_of(record.project)
        read: list[tuple[Incoming, ItemRecord]] = []
        try:
            for item in iter_items(body, envelope.header_size, max_items=self._limits.items):
                incoming, found = self._item(Incoming(item, body, arrival, envelope, grouping), ruling)
                record.items.append(found)
                read.append((incoming, found))
        except IngestError as error:
            # The items before the damage count; the damage is the request's outcome.
            record.outcome, record.reason = Outcome.INVALID, error.reason
            record.detail = _sentence(error, f"item {len(record.items) + 1}: ")

        if ruling is not None:
            ruling.put_back(record, envelope.header_size, read)
            filter_followers(record.items)
            read = [one for one in read if one[1].outcome is not Outcome.FILTERED]
        try:
            _gather(read, ruling)
        except Exception as error:
            # Our bug: the items stand as they were read each by itself.
            log.exception("putting the items of a request together failed")
            record.detail = f"Vedette could not put its items together: {error!r}"[:_KEPT_DETAIL]
        if ruling is not None:
            filter_followers(record.items)

    def _item(self, incoming: Incoming, ruling: Ruling | None) -> tuple[Incoming, ItemRecord]:
        item = incoming.item
        found = ItemRecord(n=item.index, kind=item.type[:64], start=item.start, length=item.length)
        found.category = category_of(item.type)
        limit = self._limits.uploads if "uploaded" in item.header else limit_for(item.type, self._limits)
        if item.length > limit:
            found.outcome, found.reason = Outcome.REFUSED, Reason.TOO_LARGE
            found.detail = f"envelope exceeded size limits for type '{found.kind}'"
            return (ruling.conceal_item(incoming) if ruling else incoming), found
        try:
            if ruling is not None:
                incoming = ruling.admit(incoming, found)
            if found.outcome is Outcome.STORED:
                reader_of(item.type)(incoming, found)
            if ruling is not None:
                ruling.settle_derived(incoming, found)
        except IngestError as error:
            found.outcome, found.reason = Outcome.INVALID, error.reason
            found.detail = _sentence(error)
        except Exception as error:
            # Our bug, on a sender's data: the item is set aside with its bytes, the rest goes on.
            log.exception("processing a %s item failed", item.type)
            found.outcome, found.reason = Outcome.INVALID, Reason.POISON
            found.detail = f"Vedette could not process this: {type(error).__name__}: {error}"[:_KEPT_DETAIL]
        return incoming, found


def _gather(read: Sequence[tuple[Incoming, ItemRecord]], ruling: Ruling | None) -> None:
    """Let gatherers look at *read*; the rules count for the events they make as for any other."""
    before = [found.derived for _, found in read]
    for gather in GATHERERS:
        gather(read)
    if ruling is not None:
        for (incoming, found), settled in zip(read, before, strict=True):
            if found.derived is not settled:
                ruling.settle_derived(incoming, found)


def _path_of(meta: JsonObject) -> str:
    """Return a request's path, with its query where that carries data."""
    path, query = meta.get("path") or "", meta.get("query")
    return f"{path}?{query}" if query else path


def _project_in(path: str) -> str | None:
    """Return the project a request's *path* names, None if it names none."""
    return find_door(unquote(path.partition("?")[0])).project


def _refuse(record: RequestRecord, meta: JsonObject, wire: bytes | memoryview) -> None:
    record.outcome = Outcome(meta.get("outcome") or Outcome.REFUSED)
    reason = meta.get("reason")
    record.reason = Reason(reason) if reason else None
    record.detail = (meta.get("detail") or "")[:_KEPT_DETAIL] or None
    record.public_key = meta.get("key")
    record.body = wire


def _fail(record: RequestRecord, error: IngestError, wire: bytes | memoryview) -> None:
    record.outcome, record.reason, record.detail = Outcome.INVALID, error.reason, _sentence(error)
    record.items = []
    if not record.body:
        record.body = wire


def _sentence(error: IngestError, before: str = "") -> str:
    where = "" if error.offset is None else f" at byte {error.offset:,}"
    return f"{before}{error.detail}{where}"[:_KEPT_DETAIL]
