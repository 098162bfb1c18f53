"""Replays: each segment as a row, and the replay's row summed up from whatever segments have come."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

import apsw
import orjson
from sqlalchemy import Table, bindparam, insert, select, update

from vedette.domain.changes import Change, ChangeKind
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.replays import Client, Person, ReplayMention, ReplaySegment
from vedette.store import schema
from vedette.store.engine import sql_of
from vedette.store.writer.interning import Terms, next_id
from vedette.store.writer.records import Place

MOST_URLS = 200
MOST_RELEASES = 20
MOST_MENTIONS = 1_000
"""Errors looked up for a replay that begins."""
_COLUMNS = [column.name for column in schema.replay.columns]
# One whole row by column name; what the columns hold is the schema's business.
Row = dict[str, Any]


class Replays:
    """Writes segments in whatever order they come; a segment that is here already is a duplicate.

    Errors are linked if the replay names them, and if they name it.
    """

    takes: tuple[type, ...] = (ReplaySegment, ReplayMention)
    kept: tuple[Table, ...] = (
        schema.replay_segment,
        schema.replay_error,
        schema.replay_trace,
        schema.replay_mention,
        schema.replay,
    )

    def __init__(self, raw: apsw.Connection, terms: Terms) -> None:
        self._raw = raw
        self._terms = terms
        replay, segment = schema.replay, schema.replay_segment
        self._find = sql_of(select(replay).where(replay.c.replay_id == b"", replay.c.project == 0))
        self._find_segment = sql_of(
            select(segment.c.id, segment.c.request).where(segment.c.replay == 0, segment.c.n == 0)
        )
        self._find_link = {
            table: sql_of(select(table.c.id).where(table.c.replay == 0, table.c[name] == b""))
            for table, name in _LINKS
        }
        self._find_owner = sql_of(
            select(replay.c.project).where(replay.c.replay_id == b"").order_by(replay.c.project)
        )
        mention = schema.replay_mention
        self._find_mentions = sql_of(
            select(mention.c.eid, mention.c.request).where(mention.c.replay_id == b"").order_by(mention.c.id)
        )
        self._insert = sql_of(insert(replay))
        self._changing = [name for name in _COLUMNS if name not in ("id", "replay_id", "project", "run")]
        self._update = sql_of(
            update(replay)
            .values({name: bindparam(f"new_{name}") for name in self._changing})
            .where(replay.c.id == bindparam("which"))
        )
        self._inserts = {
            table: sql_of(insert(table))
            for table in (segment, schema.replay_error, schema.replay_trace, mention)
        }
        self.forget()

    def forget(self) -> None:
        """Drop everything not committed."""
        self._rows: dict[Table, list[tuple[object, ...]]] = {table: [] for table in self._inserts}
        self._replays: dict[tuple[bytes, int], Row] = {}
        self._new: set[int] = set()
        self._segments: dict[tuple[int, int], tuple[int, int]] = {}  # (replay, n): id, request
        self._links: set[tuple[str, int, bytes]] = set()
        self._next = {table: next_id(self._raw, table) for table in (schema.replay, *self._inserts)}

    def add(self, value: ReplaySegment | ReplayMention, place: Place) -> int | None:
        """Take *value*; both items of a segment bring it, and both get the segment's row id."""
        if isinstance(value, ReplayMention):
            self._mention(value, place)
            return None
        row = self._replay(value, place)
        number = value.event.segment_id
        known = self._known_segment(row["id"], number)
        if known is not None:
            segment, request = known
            if request == place.request:
                return segment
            _mark_duplicate(place, value)
            return None
        segment = self._take(schema.replay_segment)
        self._segments[row["id"], number] = segment, place.request
        self._rows[schema.replay_segment].append(_segment_row(segment, row["id"], value, place))
        self._sum_up(row, value, place)
        for table, ids in (
            (schema.replay_error, value.event.error_ids),
            (schema.replay_trace, value.event.trace_ids),
        ):
            for ident in ids:
                self._link(table, row, ident, place.request)
        row["activity"] = _activity(row)
        return segment

    def _mention(self, value: ReplayMention, place: Place) -> None:
        owner = self._owner(value.replay_id, place.project)
        row = None if owner is None else self._known(value.replay_id, owner)
        if row is None:
            number = self._take(schema.replay_mention)
            mentioned = (number, value.replay_id, value.event_id, place.request)
            self._rows[schema.replay_mention].append(mentioned)
            return
        self._link(schema.replay_error, row, value.event_id, place.request)
        row["activity"] = _activity(row)

    def _owner(self, replay_id: bytes, project: int) -> int | None:
        """Return *project* if the replay is there, else another: a page and its service have one each."""
        projects = [at for known, at in self._replays if known == replay_id]
        projects += [at for (at,) in self._raw.execute(self._find_owner, (replay_id,))]
        return project if project in projects else next(iter(projects), None)

    def _known_segment(self, replay: int, number: int) -> tuple[int, int] | None:
        known = self._segments.get((replay, number))
        if known is None and replay not in self._new:
            known = self._raw.execute(self._find_segment, (replay, number)).fetchone()
        return known

    def _replay(self, value: ReplaySegment, place: Place) -> Row:
        row = self._known(value.event.replay_id, place.project)
        if row is None:
            row = self._replays[value.event.replay_id, place.project] = self._begin(value, place)
            self._link_mentions(row)
        return row

    def _known(self, replay_id: bytes, project: int) -> Row | None:
        key = (replay_id, project)
        row = self._replays.get(key)
        if row is None:
            found = self._raw.execute(self._find, key).fetchone()
            if found is None:
                return None
            row = dict(zip(_COLUMNS, found, strict=True))
            row["urls"], row["names"] = orjson.loads(row["urls"]), orjson.loads(row["names"])
            row["releases"] = orjson.loads(row["releases"])
            self._replays[key] = row
        return row

    def _link_mentions(self, row: Row) -> None:
        replay_id = row["replay_id"]
        stored = list(islice(self._raw.execute(self._find_mentions, (replay_id,)), MOST_MENTIONS))
        fresh = (mentioned[1:] for mentioned in self._rows[schema.replay_mention])
        for eid, request in [*stored, *((eid, at) for named, eid, at in fresh if named == replay_id)]:
            self._link(schema.replay_error, row, eid, request)

    def _begin(self, value: ReplaySegment, place: Place) -> Row:
        number = self._take(schema.replay)
        self._new.add(number)
        row: Row = dict.fromkeys(_COLUMNS, 0)
        row |= {
            "id": number,
            "replay_id": value.event.replay_id,
            "project": place.project,
            "run": place.run,
            "type": value.event.type,
            "started": value.started,
            "finished": value.finished,
            "urls": [],
            "names": [],
            "releases": [],
            "env_term": None,
            "release_term": None,
            "user_term": None,
            "dist": "",
            "platform": "",
            "about": "{}",
            "tags": "[]",
            "first_segment": value.event.segment_id,
            "request": place.request,
        }
        return row

    def _sum_up(self, row: Row, value: ReplaySegment, place: Place) -> None:
        event, recording = value.event, value.recording
        began = value.started if event.started is None else min(event.started, value.started)
        row["started"] = min(row["started"], began)
        row["finished"] = max(row["finished"], value.finished)
        row["duration"] = row["finished"] - row["started"]
        row["segments"] += 1
        for name in ("size", "clicks", "dead_clicks", "rage_clicks", "console_errors", "requests"):
            row[name] += getattr(recording, name)
        row["failed_requests"] += recording.failed_requests
        row["request"] = max(row["request"], place.request)
        if value.video is not None:
            row["video"] = 1
        _insert_by_segment(row["urls"], event.segment_id, event.urls or recording.urls)
        _insert_by_segment(row["names"], event.segment_id, event.names)
        row["pages"] = len(row["urls"])
        if event.release and event.release not in row["releases"] and len(row["releases"]) < MOST_RELEASES:
            row["releases"].append(event.release)
        if row["segments"] == 1 or event.segment_id < row["first_segment"]:
            self._describe(row, value)

    def _describe(self, row: Row, value: ReplaySegment) -> None:
        """Let the earliest segment there is say who and what was recorded."""
        event, id_of = value.event, self._terms.id_of
        row["first_segment"] = event.segment_id
        row["type"] = event.type
        row["env_term"] = None if event.environment is None else id_of("environment", event.environment)
        row["release_term"] = None if event.release is None else id_of("release", event.release)
        identity = event.person.identity
        row["user_term"] = None if identity is None else id_of("user", identity)
        row["dist"], row["platform"] = event.dist or "", event.client.platform
        row["about"] = orjson.dumps(_about(event.person, event.client)).decode()
        row["tags"] = orjson.dumps(event.tags).decode()

    def _link(self, table: Table, row: Row, ident: bytes, request: int) -> None:
        key = (table.name, row["id"], ident)
        if key in self._links:
            return
        self._links.add(key)
        if (
            row["id"] not in self._new
            and self._raw.execute(self._find_link[table], (row["id"], ident)).fetchone()
        ):
            return
        self._rows[table].append((self._take(table), row["id"], ident, request))
        row["errors" if table is schema.replay_error else "traces"] += 1

    def _take(self, table: Table) -> int:
        number = self._next[table]
        self._next[table] = number + 1
        return number

    def changes(self) -> Iterable[Change]:
        """Return the replays that are new or longer."""
        return (Change(ChangeKind.REPLAY, tuple(row["id"] for row in self._replays.values())),)

    def flush(self) -> None:
        """Write the batch's rows; the caller holds the transaction."""
        raw = self._raw
        for row in self._replays.values():
            for name in ("urls", "names", "releases"):
                row[name] = orjson.dumps(row[name]).decode()
        fresh = [tuple(row.values()) for row in self._replays.values() if row["id"] in self._new]
        if fresh:
            raw.executemany(self._insert, fresh)
        changed = [
            (*(row[name] for name in self._changing), row["id"])
            for row in self._replays.values()
            if row["id"] not in self._new
        ]
        if changed:
            raw.executemany(self._update, changed)
        for table, sql in self._inserts.items():
            if self._rows[table]:
                raw.executemany(sql, self._rows[table])
                self._rows[table] = []
        self._replays, self._new, self._segments, self._links = {}, set(), {}, set()


_LINKS = ((schema.replay_error, "eid"), (schema.replay_trace, "trace"))


def _segment_row(number: int, replay: int, value: ReplaySegment, place: Place) -> tuple[object, ...]:
    recording = value.recording
    start, length = value.video or (None, None)
    return (
        number, replay, value.event.segment_id, value.started, value.finished, value.event.shift,
        recording.size, recording.events, int(recording.is_read), place.request, value.event_item,
        value.recording_item, start, length, place.received,
    )  # fmt: skip


def _insert_by_segment(pairs: list[list[Any]], segment: int, texts: Iterable[str]) -> None:
    """Put *texts* into *pairs* of (segment, text) in order, leaving out what only repeats its neighbour."""
    at = next((n for n in range(len(pairs), 0, -1) if pairs[n - 1][0] <= segment), 0)
    for text in texts:
        if len(pairs) >= MOST_URLS:
            return
        if at > 0 and pairs[at - 1][1] == text:
            continue
        pairs.insert(at, [segment, text])
        at += 1
    if 0 < at < len(pairs) and pairs[at - 1][1] == pairs[at][1]:
        del pairs[at]


def _activity(row: Row) -> int:
    """Return how much there is to see, 0 to 10: Sentry weighs an error as five pages."""
    return int(min(100, row["errors"] * 25 + row["pages"] * 5) // 10)


def _about(person: Person, client: Client) -> dict[str, Any]:
    return {
        "user": {
            "id": person.id,
            "username": person.username,
            "email": person.email,
            "ip": person.ip_address,
        },
        "sdk": client.sdk,
        "os": client.os,
        "browser": client.browser,
        "device": client.device,
    }


def _mark_duplicate(place: Place, value: ReplaySegment) -> None:
    item, event = place.item, value.event
    item.outcome, item.reason = Outcome.DUPLICATE, Reason.DUPLICATE_ITEM
    item.detail = f"segment {event.segment_id} of replay {event.replay_id.hex()} is already here"
