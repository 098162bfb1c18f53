"""Requests put through processing again: what is stored stays, what was not gets its chance, once."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.support.builders import MORNING, a_spool_entry, an_envelope, an_error
from vedette.digest.commands import Commands
from vedette.digest.entries import Entries
from vedette.digest.kinds import events as module
from vedette.domain.changes import ChangeKind
from vedette.domain.json import JsonValue
from vedette.domain.outcomes import IngestError, Outcome, Reason
from vedette.domain.times import DAY
from vedette.domain.workspace import Workspace
from vedette.store.engine import Reader
from vedette.store.queries.payloads import read_body
from vedette.store.queries.requests import ItemRow, RequestRow, get_request, items_of
from vedette.store.retention import Retention, RetentionLimits
from vedette.store.spool import Spooled
from vedette.store.writer.command_error import CommandError
from vedette.store.writer.writer import StoreWriter

KEY = "9f31c0de" * 4


class Desk:
    """A workspace with a digest's hands, one request at a time."""

    def __init__(self, folder: Path) -> None:
        self.workspace = Workspace(folder)
        self.workspace.incoming.mkdir(parents=True)
        self.writer = StoreWriter(self.workspace)
        with self.writer.batch():
            self.writer.projects.ensure_first()
        self._entries = Entries(self.writer.projects, self.workspace.incoming)
        self.commands = Commands(self.writer, self._entries, self.workspace)
        self._last = 0

    def take(self, body: bytes, kind: str = "envelope", **meta: Any) -> int:
        self._last += 1
        entry = a_spool_entry(body, **meta)
        spooled = Spooled(self._last, entry.received, kind, entry.meta, body, None)
        with self.writer.batch(mark=self._last):
            self.writer.add(self._entries.record(spooled))
        return self._last

    def refuse(self, body: bytes, **meta: Any) -> int:
        known = {
            "status": 401,
            "outcome": "refused",
            "reason": "unknown_key",
            "detail": "unknown key",
            "key": KEY,
            "path": "/api/3/envelope/",
            "project": "3",
        }
        return self.take(body, "refused", **{**known, **meta})

    def run(self, name: str, number: int) -> JsonValue:
        answer, changes = self.commands.run(name, {"id": number})
        assert any(change.kind is ChangeKind.REQUEST and number in change.ids for change in changes)
        return answer

    def shown(self, number: int) -> tuple[RequestRow, list[ItemRow], bytes]:
        reader = Reader(self.workspace.database)
        try:
            row = get_request(reader.db, number)
            assert row is not None
            return row, items_of(reader.db, number), read_body(reader.db, self.workspace, number)
        finally:
            reader.close()

    def count(self, table: str) -> int:
        return int(self.writer.raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # type: ignore[index]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = Desk(tmp_path / "desk")
    yield found
    found.writer.close()


def an_envelope_of(*titles: str) -> bytes:
    return an_envelope(*(("event", an_error(title)) for title in titles))


def test_what_is_stored_stays_as_it_is_however_often_it_is_parsed(desk: Desk) -> None:
    number = desk.take(an_envelope(("event", an_error("boom")), ("attachment", b"log"), event_id="c" * 32))
    before = desk.shown(number)
    for _ in range(2):
        assert desk.run("request.parse_again", number) == {"outcome": "stored"}
    assert desk.shown(number) == before
    assert (desk.count("event"), desk.count("attachment"), desk.count("item")) == (1, 1, 2)


def test_an_item_vedette_could_not_read_is_stored_once_it_can(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise IngestError(Reason.BAD_EVENT, "an older Vedette did not know this")

    with monkeypatch.context() as older:
        older.setattr(module.pipeline, "process_event", fail)
        number = desk.take(an_envelope_of("boom"))
    assert desk.shown(number)[0].outcome is Outcome.INVALID
    desk.run("request.parse_again", number)
    row, (item,), _ = desk.shown(number)
    assert (row.outcome, row.reason, row.detail) == (Outcome.STORED, None, None)
    assert (item.outcome, item.issue_short) == (Outcome.STORED, "DESK-1")
    desk.run("request.parse_again", number)
    assert desk.count("event") == 1


def test_damage_stays_damage_and_is_told_the_same(desk: Desk) -> None:
    number = desk.take(b'{}\n{"type":"event"}\n{"message":\n')
    before = desk.shown(number)
    desk.run("request.parse_again", number)
    assert desk.shown(number) == before


def test_adopting_a_key_takes_everything_that_was_refused_for_it(desk: Desk) -> None:
    wire = gzip.compress(an_envelope_of("boom"))
    first = desk.refuse(wire, encoding="gzip")
    second = desk.refuse(an_envelope_of("bang"))
    stranger = desk.refuse(an_envelope_of("other"), key="e" * 32)
    elsewhere = desk.refuse(an_envelope_of("other"), path="/api/4/envelope/", project="4")
    empty = desk.refuse(b"")
    answer = desk.run("request.adopt", second)
    assert answer == {"project": 3, "taken": 2, "left": 0}
    row, items, body = desk.shown(first)
    assert (row.outcome, row.status, row.project, row.issue_short) == (Outcome.STORED, 401, 3, "PROJECT-3-1")
    assert row.detail == "refused with 401 at first, taken once its key was adopted"
    assert body == gzip.decompress(wire)
    assert body[items[0].start : items[0].start + items[0].length].startswith(b"{")
    assert desk.shown(second)[0].outcome is Outcome.STORED
    for number in (stranger, elsewhere):
        assert desk.shown(number)[0].outcome is Outcome.REFUSED
    assert get_outcome(desk, empty) is Outcome.REFUSED
    assert desk.count("event") == 2


def get_outcome(desk: Desk, number: int) -> Outcome:
    (found,) = desk.writer.raw.execute("SELECT outcome FROM request WHERE id = ?", (number,))
    return Outcome(found[0])


def test_a_refused_body_of_the_store_endpoint_is_taken_as_one(desk: Desk) -> None:
    event = orjson.dumps({**an_error("old"), "event_id": "d" * 32})
    number = desk.refuse(event, path="/api/3/store/", endpoint="store", content_type="application/json")
    desk.run("request.adopt", number)
    row, (item,), _ = desk.shown(number)
    assert (row.outcome, item.kind, item.event_id) == (Outcome.STORED, "event", "d" * 32)


def test_a_large_refused_body_gives_its_place_to_the_decoded_one(desk: Desk) -> None:
    event = an_error("big") | {"extra": {"noise": list(range(60_000))}}
    wire = gzip.compress(an_envelope(("event", event)), 0)
    number = desk.refuse(wire, encoding="gzip")
    assert desk.count("blob") == 1
    desk.run("request.adopt", number)
    assert desk.shown(number)[2] == gzip.decompress(wire)
    assert desk.count("blob") == 1


@pytest.mark.parametrize(
    ("meta", "why"),
    [
        ({}, "Adopt the project first"),
        ({"reason": "missing_auth", "key": None}, "does not change"),
        ({"outcome": "not_ingest", "reason": "not_found", "path": "/"}, "its path takes none"),
    ],
)
def test_what_was_refused_for_good_is_not_taken_by_the_back_door(
    desk: Desk, meta: dict[str, Any], why: str
) -> None:
    number = desk.refuse(an_envelope_of("boom"), **meta)
    with pytest.raises(CommandError, match=why):
        desk.commands.run("request.parse_again", {"id": number})
    assert desk.count("event") == 0


def test_a_request_that_is_gone_is_told(desk: Desk) -> None:
    with pytest.raises(CommandError) as told:
        desk.commands.run("request.parse_again", {"id": 99})
    assert told.value.code == "not_found"
    number = desk.take(an_envelope_of("boom"))
    desk.writer.raw.execute("DELETE FROM payload")
    with pytest.raises(CommandError) as told:
        desk.commands.run("request.parse_again", {"id": number})
    assert told.value.code == "gone"


def test_retention_meets_events_that_came_late_with_their_request(desk: Desk) -> None:
    refused = desk.refuse(an_envelope_of("boom"))
    kept = desk.refuse(an_envelope_of("starred"), path="/api/4/envelope/", project="4")
    desk.take(an_envelope_of("young"))
    desk.writer.raw.execute("UPDATE request SET received = ? WHERE id = 3", (MORNING + 100 * DAY,))
    desk.run("request.adopt", refused)
    desk.run("request.adopt", kept)
    desk.writer.raw.execute("UPDATE issue SET starred = 1 WHERE project = 4")
    retention = Retention(desk.writer, desk.workspace, RetentionLimits(days=90))
    while retention.step(MORNING + 101 * DAY):
        pass
    left = {row[0] for row in desk.writer.raw.execute("SELECT id FROM request")}
    assert left == {kept, 3}
    assert desk.count("event") == 2
    assert desk.shown(kept)[2]
