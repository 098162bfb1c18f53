"""A desk where issues are merged, split and moved, and what must be true of its counts whatever was done."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson

from tests.support.builders import MORNING, a_spool_entry, an_envelope
from vedette.digest.commands import Commands
from vedette.digest.entries import Entries
from vedette.digest.ruling import Rulings
from vedette.domain.times import HOUR, MINUTE, SECOND
from vedette.domain.workspace import Workspace
from vedette.store import dialect
from vedette.store.spool import Spooled
from vedette.store.term_list import unpack_terms
from vedette.store.writer.writer import StoreWriter


class RegroupingDesk:
    """A workspace that takes errors, one request each, and runs commands as digest does."""

    def __init__(self, folder: Path) -> None:
        self.workspace = Workspace(folder)
        self.workspace.incoming.mkdir(parents=True, exist_ok=True)
        self.open()
        with self.writer.batch():
            self.writer.projects.ensure_first()

    def open(self) -> None:
        self.writer = StoreWriter(self.workspace)
        stored = {number: orjson.loads(text) for number, text in self.writer.projects.rules().items()}
        rulings = Rulings(stored)
        self._entries = Entries(self.writer.projects, self.workspace.incoming, rulings=rulings)
        self.commands = Commands(self.writer, self._entries, self.workspace)

    def close(self) -> None:
        self.commands.close()
        self.writer.close()

    def restart(self) -> None:
        self.close()
        self.open()

    # ---------------------------------------------------------------- doing

    def error(self, group: str, *, at: int = 0, **changes: Any) -> str:
        """Take in an error whose fingerprint is *group*, *at* seconds after MORNING; returns its event id."""
        event_id = uuid4().hex
        event = {
            "event_id": event_id,
            "platform": "python",
            "timestamp": MORNING / SECOND + at,
            "fingerprint": [group],
            "exception": {"values": [{"type": group, "value": f"it broke at {at}"}]},
        } | changes
        self.take(an_envelope(("event", event), event_id=event_id), at=at)
        return event_id

    def take(self, body: bytes, *, at: int = 0) -> int:
        number = self.writer.mark + 1
        entry = a_spool_entry(body)
        received = type(entry.received)(MORNING + (max(0, at) + 3600) * SECOND)
        with self.writer.batch(mark=number):
            spooled = Spooled(number, received, "envelope", entry.meta, body, None)
            self.writer.add(self._entries.record(spooled))
        return number

    def run(self, name: str, **args: Any) -> Any:
        answer, _ = self.commands.run(name, orjson.loads(orjson.dumps(args)))
        return answer

    def finish(self) -> None:
        while self.commands.regroupings.is_busy:
            self.commands.regroupings.step()

    # ---------------------------------------------------------------- looking

    def rows(self, sql: str, *values: Any) -> list[Any]:
        return self.writer.raw.execute(sql, values).fetchall()

    def issue_of(self, event_id: str) -> int:
        return int(self.rows("SELECT issue FROM event WHERE eid = ?", bytes.fromhex(event_id))[0][0])

    def row_of(self, event_id: str) -> int:
        return int(self.rows("SELECT id FROM event WHERE eid = ?", bytes.fromhex(event_id))[0][0])

    def issue(self, number: int) -> dict[str, Any]:
        cursor = self.writer.raw.execute("SELECT * FROM issue WHERE id = ?", (number,))
        names = [column[0] for column in cursor.get_description()]
        return dict(zip(names, cursor.fetchall()[0], strict=True))

    def issues(self) -> list[int]:
        return [number for (number,) in self.rows("SELECT id FROM issue ORDER BY id")]

    def hashes(self, issue: int) -> list[str]:
        found = self.rows("SELECT DISTINCT hash FROM event WHERE issue = ? ORDER BY hash", issue)
        return [digest.hex() for (digest,) in found]


def check_sound(desk: RegroupingDesk, titles: dict[str, str] | None = None) -> None:
    """Compare all that is counted of every issue with a recount of its events; *titles* by event id."""
    events = desk.rows(
        "SELECT e.id, eid, issue, run, ts, release_term, user_term, terms FROM event e"
        " LEFT JOIN event_terms t ON t.id = e.id ORDER BY e.id"
    )
    of: dict[int, list[Any]] = defaultdict(list)
    for row in events:
        of[row[2]].append(row)
    assert sorted(of) == desk.issues(), "issues without events, or events without an issue"
    for number, mine in of.items():
        _check_heading(desk, number, mine, titles)
    _check_counters(desk, events)
    _check_tokens(desk, of)


def _check_heading(desk: RegroupingDesk, number: int, mine: list[Any], titles: dict[str, str] | None) -> None:
    row = desk.issue(number)
    newest = max(mine, key=lambda event: (event[4], event[0]))
    releases = [event[5] for event in mine if event[5] is not None]
    expected = {
        "n": len(mine),
        "users": len({event[6] for event in mine} - {None}),
        "first": min(event[4] for event in mine),
        "last": newest[4],
        "first_event": mine[0][0],
        "last_event": mine[-1][0],
        "first_run": mine[0][3],
        "last_run": mine[-1][3],
        "first_release_term": mine[0][5],
        "last_release_term": releases[-1] if releases else None,
    }
    if titles is not None:
        expected["title"] = titles[newest[1].hex()]
    assert {name: row[name] for name in expected} == expected


def _check_counters(desk: RegroupingDesk, events: list[Any]) -> None:
    def counted(keys: Iterator[tuple[int, int]]) -> dict[tuple[int, int], int]:
        return dict(Counter(keys))

    tables = {
        "issue_term": counted((event[2], term) for event in events for term in unpack_terms(event[7])),
        "issue_minute": counted((event[2], event[4] // MINUTE) for event in events),
        "issue_hour": counted((event[2], event[4] // HOUR) for event in events),
    }
    for table, expected in tables.items():
        assert {(issue, key): n for issue, key, n in desk.rows(f"SELECT * FROM {table}")} == expected, table
    users = {(event[2], event[6]) for event in events if event[6] is not None}
    assert set(desk.rows("SELECT * FROM issue_user")) == users


def _check_tokens(desk: RegroupingDesk, of: dict[int, list[Any]]) -> None:
    for number, mine in of.items():
        origins = [
            origin for (origin,) in desk.rows("SELECT origin FROM issue_origin WHERE issue = ?", number)
        ]
        words = " OR ".join(dialect.quote(f"{dialect.ISSUE}{each}") for each in (number, *origins))
        found = desk.rows("SELECT rowid FROM find WHERE find MATCH ? ORDER BY rowid", f"tags : ({words})")
        assert [row for (row,) in found] == [event[0] for event in mine], f"full text of issue {number}"
