"""Merge, unmerge, split, move and their undoing: what stays so, and what is counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.regrouping import RegroupingDesk, check_sound
from vedette.store.writer.command_error import CommandError

RED, BLUE = {"colour": "red"}, {"colour": "blue"}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RegroupingDesk]:
    monkeypatch.setattr("vedette.digest.regrouping._AT_ONCE", 60)
    found = RegroupingDesk(tmp_path / "Schreibtisch ö")
    yield found
    found.close()


def test_merged_issues_are_one_and_later_events_of_both_come_to_it(desk: RegroupingDesk) -> None:
    a, b = desk.error("A", tags=RED, user={"id": "1"}), desk.error("B", at=5, user={"id": "1"}, release="s@1")
    more = desk.error("B", at=7, user={"id": "2"})
    parent, child = desk.issue_of(b), desk.issue_of(a)
    answer = desk.run("issue.merge", ids=[child, parent])
    assert (answer["state"], answer["issue"], answer["issues"]) == ("done", parent, [child])
    assert {desk.issue_of(event) for event in (a, b, more)} == {parent}
    check_sound(desk)
    desk.restart()
    later = desk.error("A", at=9)
    assert desk.issue_of(later) == parent
    assert desk.issue(parent)["title"] == "A: it broke at 9"
    check_sound(desk)


def test_a_merge_undone_brings_back_the_issue_with_what_came_since(desk: RegroupingDesk) -> None:
    a, b, c = desk.error("A"), desk.error("B", at=1), desk.error("B", at=2)
    child, parent = desk.issue_of(a), desk.issue_of(b)
    desk.run("issue.update", ids=[child], starred=True, status="resolved")
    before = desk.issue(child)
    merged = desk.run("issue.merge", ids=[child, parent])
    assert desk.issue(parent)["starred"] == 1
    later = desk.error("A", at=3)
    assert desk.run("regrouping.undo", id=merged["regrouping"])["state"] == "undone"
    assert [desk.issue_of(event) for event in (a, b, c, later)] == [child, parent, parent, child]
    after = desk.issue(child)
    assert {name: after[name] for name in ("short", "status", "starred", "seen", "kind")} == {
        name: before[name] for name in ("short", "status", "starred", "seen", "kind")
    }
    assert desk.issue(parent)["starred"] == 0
    check_sound(desk)


def test_unmerged_hashes_become_an_issue_of_their_own_and_stay_so(desk: RegroupingDesk) -> None:
    a, b = desk.error("A", tags=RED), desk.error("B", tags=BLUE)
    parent = desk.run("issue.merge", ids=[desk.issue_of(a), desk.issue_of(b)])["issue"]
    (digest,) = [found for found in desk.hashes(parent) if found != _hash_of(desk, a)]
    answer = desk.run("issue.unmerge", id=parent, hashes=[digest])
    assert (answer["state"], desk.issue_of(b), desk.issue_of(a)) == ("done", answer["target"], parent)
    desk.restart()
    assert desk.issue_of(desk.error("B", at=4)) == answer["target"]
    check_sound(desk)
    desk.run("regrouping.undo", id=answer["regrouping"])
    assert desk.issue_of(b) == parent
    assert desk.issue_of(desk.error("B", at=5)) == parent
    check_sound(desk)


def _hash_of(desk: RegroupingDesk, event_id: str) -> str:
    return str(desk.rows("SELECT hash FROM event WHERE eid = ?", bytes.fromhex(event_id))[0][0].hex())


def test_a_split_sends_what_fits_to_another_issue_for_good(desk: RegroupingDesk) -> None:
    red, blue = desk.error("A", tags=RED), desk.error("A", tags=BLUE)
    source = desk.issue_of(red)
    answer = desk.run("issue.split", id=source, matchers="tags.colour:red")
    assert (desk.issue_of(red), desk.issue_of(blue)) == (answer["target"], source)
    check_sound(desk)
    desk.restart()
    assert desk.issue_of(desk.error("A", at=1, tags=RED)) == answer["target"]
    assert desk.issue_of(desk.error("A", at=2, tags=BLUE)) == source
    desk.run("request.parse_again", id=1)
    check_sound(desk)
    desk.run("regrouping.undo", id=answer["regrouping"])
    assert desk.issues() == [source]
    assert desk.issue_of(desk.error("A", at=3, tags=RED)) == source
    check_sound(desk)


def test_a_split_that_fits_nothing_yet_waits_for_what_does(desk: RegroupingDesk) -> None:
    source = desk.issue_of(desk.error("A", tags=BLUE))
    target = desk.run("issue.split", id=source, matchers="tags.colour:red")["target"]
    assert desk.issues() == [source]
    assert desk.issue_of(desk.error("A", at=1, tags=RED)) == target
    assert desk.issue_of(desk.error("A", at=2, tags=RED)) == target
    check_sound(desk)


@pytest.mark.parametrize("is_remembered", [True, False])
def test_what_is_merged_falls_to_a_split_of_the_other_that_had_nothing_yet(
    desk: RegroupingDesk, is_remembered: bool
) -> None:
    parent = desk.issue_of(desk.error("A", tags=BLUE))
    split = desk.run("issue.split", id=parent, matchers="tags.colour:red")
    if not is_remembered:
        desk.writer.raw.execute("UPDATE regrouping SET data = json_remove(data, '$.gone')")
    red = desk.error("B", at=1, tags=RED)
    desk.run("issue.merge", ids=[parent, desk.issue_of(red)])
    assert desk.issue_of(red) == split["target"]
    assert desk.issues() == sorted((parent, split["target"]))
    check_sound(desk)


def test_an_issue_whose_events_all_fit_a_split_is_found_where_they_went_and_begins_anew(
    desk: RegroupingDesk,
) -> None:
    source = desk.issue_of(desk.error("A", tags=RED))
    target = desk.run("issue.split", id=source, matchers="tags.colour:red")["target"]
    assert desk.issues() == [target]
    assert desk.rows("SELECT old, issue FROM issue_redirect") == [(source, target)]
    assert desk.issue_of(desk.error("A", at=1, tags=BLUE)) == source
    check_sound(desk)


def test_a_moved_event_stays_where_it_was_moved_and_its_like_do_not_follow(desk: RegroupingDesk) -> None:
    first, second, other = desk.error("A"), desk.error("A", at=1), desk.error("B", at=2)
    source, target = desk.issue_of(first), desk.issue_of(other)
    moved = desk.run("event.move", events=[desk.row_of(first)], target=target)
    assert (desk.issue_of(first), desk.issue_of(second)) == (target, source)
    check_sound(desk)
    desk.restart()
    desk.run("request.parse_again", id=1)
    assert desk.issue_of(first) == target
    assert desk.issue_of(desk.error("A", at=3)) == source
    desk.run("regrouping.undo", id=moved["regrouping"])
    assert desk.issue_of(first) == source
    check_sound(desk)


def test_a_moved_event_does_not_fall_to_a_split_that_was_there_but_to_a_later_one(
    desk: RegroupingDesk,
) -> None:
    red = desk.error("A", tags=RED)
    desk.error("A", at=1, tags=BLUE)
    source = desk.issue_of(red)
    desk.run("issue.split", id=source, matchers="tags.colour:red")
    desk.run("event.move", events=[desk.row_of(red)], target=source)
    assert desk.issue_of(red) == source
    later = desk.run("issue.split", id=source, matchers="level:error")
    assert desk.issue_of(red) == later["target"]
    check_sound(desk)


def test_a_regrouping_that_has_begun_goes_on_after_a_restart_while_events_come(
    desk: RegroupingDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vedette.digest.regrouping._AT_ONCE", 0)
    monkeypatch.setattr("vedette.digest.regrouping._MOVED_A_STEP", 1)
    monkeypatch.setattr("vedette.digest.regrouping._PAGE", 2)
    for at in range(6):
        desk.error("A", at=at, user={"id": str(at)})
        desk.error("B", at=at, tags=RED)
    desk.error("B")
    child, parent = desk.issues()
    desk.run("issue.merge", ids=[child, parent])
    waiting = desk.run("issue.split", id=parent, matchers="tags.colour:red")
    assert waiting["state"] == "waiting"
    for at in range(3):
        desk.error("A", at=10 + at)
        desk.commands.regroupings.step()
    desk.restart()
    desk.error("A", at=20)
    desk.finish()
    assert [state for (state,) in desk.rows("SELECT state FROM regrouping ORDER BY id")] == ["done", "done"]
    assert len(desk.issues()) == 2
    check_sound(desk)


def test_a_merge_cancelled_half_way_is_undone_to_the_last_count(
    desk: RegroupingDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vedette.digest.regrouping._AT_ONCE", 0)
    monkeypatch.setattr("vedette.digest.regrouping._MOVED_A_STEP", 1)
    for at in range(4):
        desk.error("A", at=at, user={"id": str(at)})
        desk.error("B", at=at, user={"id": "1"})
    desk.error("B")
    child, parent = desk.issues()
    number = desk.run("issue.merge", ids=[child, parent])["regrouping"]
    desk.commands.regroupings.step()
    desk.run("regrouping.cancel", id=number)
    desk.finish()
    assert desk.rows("SELECT state FROM regrouping") == [("undone",)]
    assert desk.issues() == [child, parent]
    check_sound(desk)


def test_events_of_before_hashes_and_terms_were_kept_are_read_from_their_bytes(desk: RegroupingDesk) -> None:
    a, b = desk.error("A", tags=RED), desk.error("A", tags=BLUE)
    terms = desk.rows("SELECT * FROM event_terms")
    desk.writer.raw.execute("UPDATE event SET hash = NULL")
    desk.writer.raw.execute("DELETE FROM event_terms")
    target = desk.run("issue.split", id=desk.issue_of(a), matchers="tags.colour:red")["target"]
    assert (desk.issue_of(a), desk.issue_of(b) != target) == (target, True)
    desk.writer.raw.executemany("INSERT INTO event_terms VALUES(?, ?)", terms)
    check_sound(desk)


def test_the_full_text_of_a_moved_event_is_still_found(desk: RegroupingDesk) -> None:
    first = desk.error("A", at=3)
    desk.error("A", at=4)
    desk.run("event.move", events=[desk.row_of(first)])
    found = desk.rows("SELECT rowid FROM find WHERE find MATCH ?", 'body : "it broke at 3"')
    assert found == [(desk.row_of(first),)]


@pytest.mark.parametrize(
    ("name", "args", "code"),
    [
        ("issue.merge", {"ids": [1]}, "bad_argument"),
        ("issue.merge", {"ids": [1, 99]}, "not_found"),
        ("issue.merge", {"ids": list(range(2_000))}, "too_many"),
        ("issue.merge", {}, "bad_argument"),
        ("issue.unmerge", {"id": 1, "hashes": []}, "bad_argument"),
        ("issue.unmerge", {"id": 1, "hashes": ["zz"]}, "bad_argument"),
        ("issue.unmerge", {"id": 1, "hashes": ["0" * 32]}, "bad_argument"),
        ("issue.split", {"id": 1, "matchers": ""}, "bad_argument"),
        ("issue.split", {"id": 1, "matchers": "nonsense"}, "bad_argument"),
        ("issue.split", {"id": 1, "matchers": "level:error", "target": 1}, "bad_argument"),
        ("event.move", {"events": [77]}, "not_found"),
        ("event.move", {"events": [1], "target": 1}, "bad_argument"),
        ("regrouping.undo", {"id": 5}, "not_found"),
        ("regrouping.cancel", {"id": 5}, "not_found"),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    desk: RegroupingDesk, name: str, args: dict[str, object], code: str
) -> None:
    desk.error("A")
    with pytest.raises(CommandError) as refused:
        desk.run(name, **args)
    assert refused.value.code == code
    assert desk.rows("SELECT count(*) FROM regrouping") == [(0,)]
    check_sound(desk)


def test_what_is_undone_cannot_be_undone_again(desk: RegroupingDesk) -> None:
    desk.error("A"), desk.error("B")
    number = desk.run("issue.merge", ids=desk.issues())["regrouping"]
    desk.run("regrouping.undo", id=number)
    with pytest.raises(CommandError):
        desk.run("regrouping.undo", id=number)


def test_all_hashes_of_an_issue_cannot_be_taken_out_of_it(desk: RegroupingDesk) -> None:
    event = desk.error("A")
    with pytest.raises(CommandError, match="nothing would stay"):
        desk.run("issue.unmerge", id=desk.issue_of(event), hashes=[_hash_of(desk, event)])


def test_an_error_and_a_feedback_cannot_be_one_issue(desk: RegroupingDesk) -> None:
    desk.error("A")
    desk.writer.raw.execute("UPDATE issue SET kind = 'feedback'")
    desk.writer.issues.relearn()
    desk.error("B")
    with pytest.raises(CommandError, match="Feedback"):
        desk.run("issue.merge", ids=desk.issues())
