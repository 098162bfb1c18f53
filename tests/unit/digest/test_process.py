"""The digest loop: batches, marks, suspects, commands, and leaving when the station does."""

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.support.builders import MORNING, a_spool_entry, an_envelope, an_error
from vedette.digest.channel import Channel
from vedette.digest.mark import WorkMark
from vedette.digest.process import Digest, until_last_small
from vedette.domain.changes import Change
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.times import MINUTE, Micros
from vedette.domain.workspace import Workspace
from vedette.store.engine import Reader
from vedette.store.errors import DiskFullError
from vedette.store.spool import Spool, Spooled
from vedette.store.writer.writer import StoreWriter


class Station(Channel):
    """The other end: says its lines, then goes; keeps what digest says."""

    def __init__(self, *calls: JsonObject) -> None:
        self.calls = list(calls)
        self.limits: JsonObject = {}
        self.said: list[JsonObject] = []
        self.is_closed = False

    def wait(self, seconds: float) -> list[JsonObject]:
        calls, self.calls = self.calls, []
        self.is_closed = not calls
        return calls

    def say(self, message: JsonObject) -> None:
        self.said.append(message)

    def replies(self) -> dict[int, JsonValue]:
        return {m["reply"]: m.get("result", m.get("error")) for m in self.said if "reply" in m}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def spool(workspace: Workspace, *bodies: bytes) -> None:
    opened = Spool(workspace.spool)
    opened.append([a_spool_entry(body) for body in bodies])
    opened.close()


def errors(n: int) -> Iterator[bytes]:
    for number in range(n):
        yield an_envelope(("event", an_error(f"currency {number % 3}")))


def ask(workspace: Workspace, sql: str) -> Any:
    reader = Reader(workspace.database)
    try:
        return reader.raw.execute(sql).fetchall()
    finally:
        reader.close()


def test_all_that_waits_is_stored_and_then_forgotten_by_the_spool(workspace: Workspace) -> None:
    spool(workspace, *errors(7))
    station = Station()
    Digest(workspace, station).run()
    assert ask(workspace, "SELECT count(*), (SELECT count(*) FROM request) FROM event") == [(7, 7)]
    left = Spool(workspace.spool)
    assert left.pending(0) == 0
    left.close()
    assert station.said[0] == {"ready": True, "mark": 0}
    assert [message["mark"] for message in station.said if "changes" in message] == [7]
    assert not workspace.mark.exists()


def test_starting_again_stores_nothing_twice_even_if_the_spool_still_has_it(workspace: Workspace) -> None:
    spool(workspace, *errors(3))
    kept = (
        workspace.spool.read_bytes(),
        (workspace.folder / "spool.db-wal").read_bytes()
        if (workspace.folder / "spool.db-wal").exists()
        else b"",
    )
    Digest(workspace, Station()).run()
    workspace.spool.write_bytes(kept[0])
    if kept[1]:
        (workspace.folder / "spool.db-wal").write_bytes(kept[1])
    Digest(workspace, Station()).run()
    assert ask(workspace, "SELECT count(*), (SELECT sum(n) FROM issue) FROM event") == [(3, 3)]


def test_a_body_file_is_removed_once_its_entry_is_stored(workspace: Workspace) -> None:
    workspace.incoming.mkdir()
    (workspace.incoming / "1.part").write_bytes(next(errors(1)))
    opened = Spool(workspace.spool)
    entry = a_spool_entry(b"")
    object.__setattr__(entry, "file", "1.part")
    object.__setattr__(entry, "body", None)
    opened.append([entry])
    opened.close()
    Digest(workspace, Station()).run()
    assert ask(workspace, "SELECT count(*) FROM event") == [(1,)]
    assert list(workspace.incoming.iterdir()) == []


def test_a_command_is_answered_after_its_commit(workspace: Workspace) -> None:
    call = {"call": 5, "name": "project.create", "args": {"name": "Shop"}}
    station = Station(call)
    Digest(workspace, station).run()
    assert ask(workspace, "SELECT name FROM project WHERE slug = 'shop'") == [("Shop",)]
    kinds = [next(iter(message)) for message in station.said]
    assert kinds.index("reply") > kinds.index("mark")


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ({"call": 1, "name": "nothing"}, "unknown_command"),
        ({"call": 1, "name": "issue.update", "args": {"ids": [7], "status": "resolved"}}, "not_found"),
        ({"call": 1, "name": "project.update", "args": {"name": "x"}}, "bad_argument"),
        ({"call": 1, "name": "key.update", "args": {"id": "x"}}, "bad_argument"),
    ],
)
def test_a_command_that_cannot_be_done_is_refused_and_digest_goes_on(
    workspace: Workspace, call: JsonObject, code: str
) -> None:
    station = Station(call)
    Digest(workspace, station).run()
    answer = station.replies()[1]
    assert isinstance(answer, dict)
    assert answer["code"] == code


def fail_on(monkeypatch: pytest.MonkeyPatch, word: bytes, failure: Callable[[], None]) -> None:
    """Let the writer stumble over every record whose body has *word*."""
    add = StoreWriter.add

    def stumbling(self: StoreWriter, record: Any) -> None:
        if word in bytes(record.body) and record.items:
            failure()
        add(self, record)

    monkeypatch.setattr(StoreWriter, "add", stumbling)


def test_an_entry_that_cannot_be_stored_is_set_aside_and_the_rest_goes_on(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble() -> None:
        raise ZeroDivisionError("ours")

    fail_on(monkeypatch, b"currency 1", stumble)
    spool(workspace, *errors(3))
    Digest(workspace, Station()).run()
    assert ask(workspace, "SELECT id, outcome, reason FROM request ORDER BY id") == [
        (1, "stored", None),
        (2, "invalid", "poison"),
        (3, "stored", None),
    ]
    assert "cannot be written" in caplog.text
    assert ask(workspace, "SELECT size > 0 FROM payload WHERE id = 2") == [(1,)]


def test_an_entry_that_killed_digest_three_times_is_set_aside(workspace: Workspace) -> None:
    spool(workspace, *errors(5))
    WorkMark(workspace.mark).begin(1, 5)
    for _ in range(3):
        WorkMark(workspace.mark).begin_single(2, 5)
    Digest(workspace, Station()).run()
    assert ask(workspace, "SELECT id, reason FROM request WHERE outcome <> 'stored'") == [(2, "poison")]
    assert ask(workspace, "SELECT count(*) FROM event") == [(4,)]
    assert not workspace.mark.exists()


def test_a_full_disk_is_said_and_tried_again_without_losing_anything(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failures = [DiskFullError("The disk is full.")]

    def fill_up() -> None:
        if failures:
            raise failures.pop()

    monkeypatch.setattr("vedette.digest.process._RETRY", 0.0)
    fail_on(monkeypatch, b"currency", fill_up)
    spool(workspace, *errors(2))
    station = Station()
    Digest(workspace, station).run()
    assert {"trouble": "The disk is full.", "disk_full": True} in station.said
    assert ask(workspace, "SELECT count(*) FROM event") == [(2,)]


def test_what_the_station_says_of_keeping_is_what_is_kept(workspace: Workspace) -> None:
    spool(workspace, *errors(2))
    station = Station()
    station.limits = {"days": 1, "gigabytes": 0.5}
    digest = Digest(workspace, station)
    assert digest._step()
    digest._rest()
    assert (digest._retention.limits.days, digest._retention.limits.bytes) == (1, 2**29)
    digest._close()


def test_zero_days_are_for_ever_and_a_hurry_uses_the_newest_limits(workspace: Workspace) -> None:
    spool(workspace, *errors(2))
    station = Station()
    station.limits = {"days": 0, "gigabytes": 10.0}
    digest = Digest(workspace, station)
    assert digest._step()
    digest._rest()
    assert digest._retention.limits.days == 0
    station.limits = {"days": 0, "gigabytes": 0.000001}
    digest._answer({"call": 1, "name": "retention.hurry", "args": {}})
    assert {"reply": 1, "result": {}} in station.said
    digest._rest()
    assert ask(workspace, "SELECT count(*) FROM event") == [(0,)]
    digest._close()


def lines(*messages: Any) -> io.BytesIO:
    return io.BytesIO(b"".join(orjson.dumps(m) + b"\n" if not isinstance(m, bytes) else m for m in messages))


def test_the_channel_gives_calls_skips_wakes_and_nonsense_and_sees_the_end() -> None:
    incoming = lines({"wake": 3}, b"nonsense\n", [1], {"call": 1, "name": "x"}, {"call": 2, "name": "y"})
    channel = Channel(incoming, io.BytesIO())
    calls: list[JsonObject] = []
    while not channel.is_closed:
        calls.extend(channel.wait(5.0))
    assert [call["call"] for call in calls] == [1, 2]


def test_the_channel_remembers_what_is_to_be_kept() -> None:
    channel = Channel(lines({"limits": {"days": 7}}), io.BytesIO())
    while not channel.is_closed:
        channel.wait(5.0)
    assert channel.limits == {"days": 7}


def test_the_channel_knows_limits_from_the_start() -> None:
    assert Channel(lines(), io.BytesIO(), '{"sizes":{"event":5}}').limits == {"sizes": {"event": 5}}


def test_sizes_the_station_said_hold_for_the_first_entry_too(workspace: Workspace) -> None:
    spool(workspace, *errors(1))
    station = Station()
    station.limits = {"sizes": {"event": 10}}
    Digest(workspace, station).run()
    assert ask(workspace, "SELECT outcome, reason FROM item") == [("refused", "too_large")]


def test_the_channel_returns_after_its_time_when_nothing_comes() -> None:
    class Silent(io.BytesIO):
        def __iter__(self) -> "Silent":
            return self

        def __next__(self) -> bytes:
            import threading

            threading.Event().wait(0.3)
            raise StopIteration

    channel = Channel(Silent(), io.BytesIO())
    assert channel.wait(0.01) == []
    assert not channel.is_closed


def test_the_channel_writes_one_object_a_line() -> None:
    out = io.BytesIO()
    channel = Channel(lines(), out)
    changes: Sequence[Change] = [Change.from_json(["issue", [1]])]
    channel.say_changes(9, changes)
    channel.reply(1, {"id": 2})
    channel.refuse(2, "bad", "no")
    assert [orjson.loads(line) for line in out.getvalue().splitlines()] == [
        {"mark": 9, "changes": [["issue", [1]]]},
        {"reply": 1, "result": {"id": 2}},
        {"reply": 2, "error": {"code": "bad", "detail": "no"}},
    ]


def test_a_station_that_is_gone_closes_the_channel() -> None:
    class Broken(io.BytesIO):
        def write(self, data: Any) -> int:
            raise BrokenPipeError

    channel = Channel(lines(), Broken())
    channel.say({"alive": 1})
    assert channel.is_closed


def test_a_check_in_that_does_not_come_is_missed_in_a_quiet_round(workspace: Workspace) -> None:
    schedule = {"type": "interval", "value": 10, "unit": "minute"}
    check_in = {"monitor_slug": "backup", "status": "ok", "monitor_config": {"schedule": schedule}}
    spool(workspace, an_envelope(("check_in", check_in)))
    moments = iter(MORNING + n * MINUTE for n in range(1_000))

    class Patient(Station):
        def wait(self, seconds: float) -> list[JsonObject]:
            self.is_closed = next(moments) > MORNING + 30 * MINUTE
            return []

    station = Patient()
    Digest(workspace, station, wall_clock=lambda: Micros(next(moments))).run()
    assert ask(workspace, "SELECT status FROM check_in ORDER BY added")[:3] == [(1,), (4,), (4,)]
    assert ask(workspace, "SELECT kind, n FROM issue")[0][0] == "cron"
    assert any("monitor" in str(message.get("changes")) for message in station.said)


def spooled(*sizes: int | None) -> list[Spooled]:
    """Return an entry for each size of its body; None: it lies in a file."""
    return [
        Spooled(
            n,
            MORNING,
            "envelope",
            b"{}",
            None if size is None else bytes(size),
            "f" if size is None else None,
        )
        for n, size in enumerate(sizes)
    ]


@pytest.mark.parametrize(
    ("sizes", "taken"),
    [
        ((), 0),
        ((100,), 1),
        ((20_000, 20_000), 2),  # nobody waits
        ((100, 20_000, 20_000), 1),
        ((20_000, 100, 20_000, 20_000), 2),
        ((100, 20_000, 100, 20_000, 20_000), 3),
        ((100, 20_000), 2),  # too little to be worth a batch
        ((20_000, 20_000, 100), 3),
        ((None, None, 100, 40_000, None), 3),
    ],
)
def test_small_entries_do_not_wait_for_large_ones_behind_them(
    sizes: tuple[int | None, ...], taken: int
) -> None:
    entries = spooled(*sizes)
    assert until_last_small(entries) == entries[:taken]
