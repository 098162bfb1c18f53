"""Deleting issues: what goes, what stays, what brings it back, and what comes meanwhile."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.support.builders import a_request, a_trace, an_event
from tests.support.issue_life import IssueLife
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.processed import ProcessedEvent
from vedette.domain.times import SECOND, Micros
from vedette.store.deletion import Deletion
from vedette.store.writer.command_error import CommandError
from vedette.store.writer.deletion_commands import GRACE
from vedette.store.writer.records import AttachmentRecord, DerivedEvent, ItemRecord

OF_ISSUES = (
    "issue", "event", "issue_hash", "issue_user", "issue_term", "issue_minute", "issue_hour", "activity",
    "issue_label", "archive", "deletion", "derived_event", "attachment", "request", "payload", "item", "find",
    "issue_stack",
)  # fmt: skip


@pytest.fixture
def life(tmp_path: Path) -> Iterator[IssueLife]:
    life = IssueLife(tmp_path / "desk")
    yield life
    life.close()


def finish(life: IssueLife) -> int:
    """Let the time of deletions come and take every step; returns how many there were."""
    life.wait(GRACE * SECOND)
    deletion, steps = Deletion(life.writer, life.workspace), 0
    while deletion.step(life.at) is not None:
        steps += 1
    return steps


def add(life: IssueLife, number: int, *items: ProcessedEvent | ItemRecord, body: bytes = b"{}\n") -> None:
    with life.writer.batch(mark=number):
        life.writer.add(a_request(number, *items, body=body, received=Micros(life.at)))


def counts(life: IssueLife) -> dict[str, int]:
    return {table: life.count(table) for table in OF_ISSUES}


def test_all_of_an_issue_goes_and_nothing_of_another(life: IssueLife) -> None:
    life.happen("Other: x", user="id:1")
    label = life.do("label.create", name="mine")["id"]
    life.update(add_labels=[label], starred=True)
    before = counts(life)
    life.happen(times=5, user="id:2", trace_id=uuid4().bytes)
    life.update(2, status="ignored", add_labels=[label], starred=True)
    life.do("note.create", issue=2, text="hm")
    life.do("issue.delete", ids=[2])
    assert finish(life) == 1
    assert counts(life) == before
    for table in ("all_minute", "all_hour", "release_hour"):
        assert life.writer.raw.execute(f"SELECT sum(n) FROM {table}").fetchone() == (1,)
    assert life.writer.raw.execute("SELECT events, new_issues FROM release").fetchall() == [(1, 1)]


def test_a_large_issue_goes_in_steps_with_room_between_them(
    life: IssueLife, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vedette.store.deletion.EVENTS_A_STEP", 10)
    life.happen(times=35)
    life.do("issue.delete", ids=[1])
    life.wait(GRACE * SECOND)
    deletion = Deletion(life.writer, life.workspace)
    assert deletion.step(life.at) is not None
    assert life.count("event") == 25
    assert life.happen() == 2, "what comes between the steps is another issue's"
    life.restart()
    deletion = Deletion(life.writer, life.workspace)
    while deletion.step(life.at) is not None:
        pass
    assert life.writer.raw.execute("SELECT issue FROM event").fetchall() == [(2,)]


def test_within_its_time_restoring_brings_all_of_it_back_also_after_a_restart(life: IssueLife) -> None:
    life.happen(times=3)
    life.archive(ignoreCount=2)
    life.do("note.create", issue=1, text="hm")
    before = counts(life)
    row = life.writer.raw.execute("SELECT * FROM issue").fetchall()
    answer = life.do("issue.delete", ids=[1])
    assert answer == {"deleted": [1], "until": life.at + GRACE * SECOND}
    assert life.state[0] == "deleted"
    life.wait(GRACE * SECOND - 1)
    assert Deletion(life.writer, life.workspace).step(life.at) is None
    life.restart()
    assert life.do("issue.restore", ids=[1]) == {"restored": [1]}
    assert counts(life) == before
    assert life.writer.raw.execute("SELECT * FROM issue").fetchall() == row
    life.happen(times=2)
    assert life.is_open, "the condition is still there, and the hash leads here again"


def test_what_has_begun_to_go_cannot_be_restored(life: IssueLife) -> None:
    life.happen()
    life.do("issue.delete", ids=[1])
    finish(life)
    with pytest.raises(CommandError) as refusal:
        life.do("issue.restore", ids=[1])
    assert refusal.value.code == "gone"


def test_what_comes_while_an_issue_waits_makes_one_of_its_own_that_stays(life: IssueLife) -> None:
    life.happen()
    life.do("issue.delete", ids=[1])
    assert life.happen(times=2) == 2
    assert life.value("n", 2) == 2
    life.restart()
    assert life.happen() == 2
    finish(life)
    assert life.happen() == 2
    assert (life.count("issue"), life.count("event")) == (1, 4)


def test_an_issue_that_waits_is_neither_changed_nor_deleted_again(life: IssueLife) -> None:
    life.happen()
    life.do("issue.delete", ids=[1])
    for name, more in (("issue.update", {"seen": True}), ("issue.delete", {}), ("issue.discard", {})):
        with pytest.raises(CommandError) as refusal:
            life.do(name, ids=[1], **more)
        assert refusal.value.code == "not_found"
    with pytest.raises(CommandError):
        life.do("note.create", issue=1, text="x")
    life.wait(10 * 24 * 3600 * SECOND)
    life.tick()
    assert life.state == ("deleted", "new")


def test_numbers_are_not_given_twice(life: IssueLife) -> None:
    life.happen(times=3)
    last = life.writer.raw.execute("SELECT max(id) FROM event").fetchone()
    life.do("issue.delete", ids=[1])
    finish(life)
    life.restart()
    assert life.happen() == 2
    assert last is not None
    assert life.writer.raw.execute("SELECT id FROM event").fetchone() == (last[0] + 1,)
    assert life.value("short", 2) == 2


def test_files_and_large_bodies_go_too_also_from_other_requests(life: IssueLife) -> None:
    event, big = an_event(), b"x" * 150_000
    file = AttachmentRecord(event.event_id, "a.bin", "application/octet-stream", "event.attachment")
    add(life, 1, event, ItemRecord(1, "attachment", 3, len(big), attachment=file), body=b"h\n\n" + big)
    add(life, 2, ItemRecord(0, "attachment", 3, 3, attachment=file), body=b"h\n\nabc")
    assert (life.count("attachment"), life.count("blob")) == (2, 1)
    (blob,) = life.workspace.blobs.rglob("*.zst")
    life.do("issue.delete", ids=[1])
    finish(life)
    assert [life.count(table) for table in ("attachment", "blob", "request", "payload", "item")] == [0] * 5
    assert not blob.exists()


def test_a_request_stays_for_what_else_it_brought(life: IssueLife) -> None:
    event = an_event()
    transaction = ItemRecord(1, "transaction", 3, 0, spans=[a_trace()], event_id=uuid4().bytes)
    report = ItemRecord(2, "client_report", 3, 0, client_report="1 dropped")
    add(life, 1, event, transaction, report)
    life.do("issue.delete", ids=[1])
    finish(life)
    rows = life.writer.raw.execute("SELECT n, outcome, reason, ref IS NULL FROM item ORDER BY n").fetchall()
    assert rows == [(0, "filtered", "deleted", 1), (1, "stored", None, 0), (2, "stored", None, 1)]
    assert life.count("payload") == 1


def test_a_request_of_nothing_else_goes_with_its_client_report(life: IssueLife) -> None:
    add(life, 1, an_event(), ItemRecord(1, "client_report", 3, 0, client_report="1 dropped"))
    life.do("issue.delete", ids=[1])
    finish(life)
    assert (life.count("request"), life.count("item")) == (0, 0)


@pytest.mark.parametrize(("kind", "stays"), [("raw_security", False), ("span", True), ("check_in", True)])
def test_what_an_event_was_made_of_goes_only_if_it_was_no_more(
    life: IssueLife, kind: str, stays: bool
) -> None:
    item = ItemRecord(0, kind, 3, 0, derived=[DerivedEvent(an_event(), b"{}")])
    add(life, 1, item)
    assert life.count("derived_event") == 1
    life.do("issue.delete", ids=[1])
    finish(life)
    assert life.count("derived_event") == 0
    assert bool(life.count("request")) is stays


def test_two_issues_of_one_request_take_it_along_with_the_last(life: IssueLife) -> None:
    add(life, 1, an_event("A: a"), an_event("B: b"))
    life.do("issue.delete", ids=[1])
    finish(life)
    assert life.count("request") == 1
    life.do("issue.delete", ids=[2])
    finish(life)
    assert life.count("request") == 0


# -------------------------------------------------------------------- discarding


def test_events_of_a_discarded_issue_are_filtered_with_their_files(life: IssueLife) -> None:
    life.happen()
    life.do("issue.discard", ids=[1])
    for restarts in (False, True):
        if restarts:
            finish(life)
            life.restart()
        event = an_event("A: a", event_id=uuid4().bytes)
        file = AttachmentRecord(event.event_id, "a", "text/plain", "event.attachment")
        items = [
            ItemRecord(0, "attachment", 3, 1, attachment=file),
            ItemRecord(1, "event", 3, 1, event=event, event_id=event.event_id),
        ]
        record = a_request(100 + restarts, *items)
        with life.writer.batch():
            life.writer.add(record)
        assert {(item.outcome, item.reason) for item in items} == {(Outcome.FILTERED, Reason.DISCARDED)}
        assert record.outcome is Outcome.FILTERED
    assert life.count("issue") == 0
    assert life.count("outcome_hour", "reason = 'discarded-hash'") == 1
    assert life.happen("B: b") == 2


def test_an_event_made_of_a_span_is_dropped_and_the_span_stays(life: IssueLife) -> None:
    life.happen()
    life.do("issue.discard", ids=[1])
    item = ItemRecord(0, "span", 3, 0, spans=[a_trace()], derived=[DerivedEvent(an_event("A: a"), b"{}")])
    add(life, 50, item)
    assert item.outcome is Outcome.STORED
    assert life.count("span") == 3
    assert life.count("event", "id > 1") == 0


def test_restoring_lets_discarded_events_in_again(life: IssueLife) -> None:
    life.happen()
    life.do("issue.discard", ids=[1])
    life.do("issue.restore", ids=[1])
    assert life.happen() == 1
    assert life.value("n") == 2
    assert life.count("discarded_hash") == 0


def test_what_is_discarded_can_be_let_in_again_and_that_be_undone(life: IssueLife) -> None:
    life.happen()
    life.do("issue.discard", ids=[1])
    finish(life)
    ((project, digest, title),) = life.writer.raw.execute("SELECT project, hash, title FROM discarded_hash")
    assert title == "A: a"
    named = [{"project": project, "hash": digest.hex()}]
    before = life.do("discard.remove", hashes=named)["before"]
    assert life.happen() == 2
    with pytest.raises(CommandError):
        life.do("discard.remove", hashes=named)
    life.do("discard.add", **before)
    assert life.count("discarded_hash", "title = 'A: a'") == 1
    life.happen()
    assert life.count("event") == 1, "that of before"


def test_a_merged_issue_is_discarded_with_the_hashes_it_took_in(life: IssueLife) -> None:
    life.happen("A: a")
    life.happen("B: b")
    raw = life.writer.raw
    raw.execute("INSERT INTO issue_redirect VALUES(2, 1, 2, 1, 1, 1)")
    raw.execute("UPDATE event SET issue = 1")
    raw.execute("DELETE FROM issue WHERE id = 2")
    life.restart()
    life.do("issue.discard", ids=[1])
    assert life.count("discarded_hash") == 2


@pytest.mark.parametrize(
    "hashes",
    [
        None,
        [],
        [1],
        [{"project": 1}],
        [{"project": 1, "hash": "zz"}],
        [{"project": 1, "hash": "ab"}],
        [{"hash": "0" * 32}],
    ],
)
def test_what_is_no_hash_is_refused(life: IssueLife, hashes: object) -> None:
    for name in ("discard.remove", "discard.add"):
        with pytest.raises(CommandError) as refusal:
            life.do(name, hashes=hashes)
        assert refusal.value.code == "bad_argument"


def test_deleting_goes_by_indexes(life: IssueLife) -> None:
    deletion = Deletion(life.writer, life.workspace)
    for sql, values, index in (
        (deletion._due, (0, 1, 0), "deletion_due"),
        (deletion._events, (1, 1, 0), "event_issue"),
        (deletion._files, (b"", 1), "attachment_eid"),
    ):
        plan = "\n".join(row[3] for row in life.writer.raw.execute(f"EXPLAIN QUERY PLAN {sql}", values))
        assert index in plan, plan
        assert "B-TREE" not in plan, plan
