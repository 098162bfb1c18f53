"""Stored events regrouped by a project's rules: which issues go on, what comes meanwhile, cancel and undo."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.regrouping import RegroupingDesk, check_sound
from vedette.store.writer.command_error import CommandError

TOGETHER = "type:A -> both\ntype:B -> both"
APART = "tags.colour:red -> red-ones"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RegroupingDesk]:
    monkeypatch.setattr("vedette.digest.regrouping._AT_ONCE", 60)
    found = RegroupingDesk(tmp_path / "desk")
    yield found
    found.close()


def plain(desk: RegroupingDesk, kind: str, *, at: int = 0, **changes: Any) -> str:
    """Take in an error that groups by its type."""
    return desk.error(kind, at=at, fingerprint=["{{ default }}"], **changes)


def apply(desk: RegroupingDesk, rules: str) -> dict[str, Any]:
    answer: dict[str, Any] = desk.run("regroup.apply", project=1, fingerprint_rules=rules)
    return answer


def test_issues_that_rules_bring_together_become_the_larger_one_with_what_was_said_of_both(
    desk: RegroupingDesk,
) -> None:
    a, b, more = plain(desk, "A"), plain(desk, "B", at=1), plain(desk, "B", at=2)
    small, large = desk.issue_of(a), desk.issue_of(b)
    desk.run("issue.update", ids=[small], starred=True)
    done = apply(desk, TOGETHER)
    assert (done["state"], desk.issues()) == ("done", [large])
    assert {desk.issue_of(event) for event in (a, b, more)} == {large}
    assert desk.issue(large)["starred"] == 1
    assert desk.issue_of(plain(desk, "A", at=3)) == large
    check_sound(desk)
    desk.restart()
    assert desk.issue_of(plain(desk, "A", at=4)) == large


def test_an_issue_that_rules_take_apart_keeps_its_row_where_most_of_it_stays(desk: RegroupingDesk) -> None:
    red = plain(desk, "A", tags={"colour": "red"})
    others = [plain(desk, "A", at=at, tags={"colour": "blue"}) for at in (1, 2)]
    issue = desk.issue_of(red)
    apply(desk, APART)
    assert {desk.issue_of(event) for event in others} == {issue}
    assert desk.issue_of(red) not in (issue, None)
    assert desk.issue_of(plain(desk, "A", at=5, tags={"colour": "red"})) == desk.issue_of(red)
    check_sound(desk)


def test_an_issue_whose_hash_changes_as_a_whole_goes_on(desk: RegroupingDesk) -> None:
    first = plain(desk, "A")
    issue = desk.issue_of(first)
    desk.run("issue.update", ids=[issue], status="ignored")
    apply(desk, "type:A -> elsewhere")
    assert desk.issues() == [issue]
    assert desk.issue(issue)["status"] == 2
    assert desk.issue_of(plain(desk, "A", at=2)) == issue
    check_sound(desk)


def test_what_people_merged_split_and_moved_stays_so(desk: RegroupingDesk) -> None:
    a, b, c = plain(desk, "A"), plain(desk, "B", at=1), plain(desk, "C", at=2)
    plain(desk, "C", at=3)
    merged = desk.run("issue.merge", ids=[desk.issue_of(a), desk.issue_of(b)])["issue"]
    moved = desk.run("event.move", events=[desk.row_of(c)])["target"]
    apply(desk, "type:A -> a-now\ntype:B -> b-now\ntype:C -> c-now")
    assert {desk.issue_of(a), desk.issue_of(b)} == {merged}
    assert desk.issue_of(c) == moved
    assert desk.issue_of(plain(desk, "A", at=6)) == merged
    check_sound(desk)


def test_undone_all_is_as_it_was_and_what_came_since_goes_where_it_would_have(desk: RegroupingDesk) -> None:
    a, b = plain(desk, "A"), plain(desk, "B", at=1)
    before = (desk.issue_of(a), desk.issue_of(b))
    number = apply(desk, TOGETHER)["regrouping"]
    since = plain(desk, "B", at=2)
    assert desk.run("regrouping.undo", id=number)["state"] == "undone"
    assert (desk.issue_of(a), desk.issue_of(b), desk.issue_of(since)) == (*before, before[1])
    assert desk.issue_of(plain(desk, "A", at=3)) == before[0]
    check_sound(desk)
    desk.restart()
    assert desk.issue_of(plain(desk, "B", at=4)) == before[1]


def test_stopped_while_planning_nothing_has_changed(
    desk: RegroupingDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vedette.digest.regrouping._AT_ONCE", 0)
    monkeypatch.setattr("vedette.digest.rule_regrouping._FEW", 1)
    events = [plain(desk, kind, at=at) for at in range(3) for kind in "AB"]
    before = [desk.issue_of(event) for event in events]
    number = apply(desk, TOGETHER)["regrouping"]
    desk.commands.regroupings.step()
    desk.run("regrouping.cancel", id=number)
    desk.finish()
    assert desk.rows("SELECT state FROM regrouping") == [("cancelled",)]
    assert [desk.issue_of(event) for event in events] == before
    assert desk.issue_of(plain(desk, "A", at=9)) == before[0]
    check_sound(desk)


def test_stopped_while_moving_the_rules_count_and_what_has_not_moved_stays(
    desk: RegroupingDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vedette.digest.regrouping._AT_ONCE", 0)
    monkeypatch.setattr("vedette.digest.regrouping._MOVED_A_STEP", 1)
    events = [plain(desk, kind, at=at) for at in range(4) for kind in "AB"]
    events.append(plain(desk, "B", at=9))
    monkeypatch.setattr("vedette.digest.rule_regrouping._PAGE", 2)
    monkeypatch.setattr("vedette.digest.rule_regrouping._FEW", 1)
    number = apply(desk, TOGETHER)["regrouping"]
    while not desk.rows("SELECT 1 FROM regrouping WHERE moved > 0"):
        desk.commands.regroupings.step()
    plain(desk, "A", at=11)
    desk.run("regrouping.cancel", id=number)
    desk.finish()
    assert desk.rows("SELECT state FROM regrouping") == [("cancelled",)]
    large = desk.issue_of(events[1])
    assert desk.issue_of(plain(desk, "A", at=12)) == large
    assert len(desk.issues()) == 2
    check_sound(desk)
    desk.run("regrouping.undo", id=number)
    desk.finish()
    assert len({desk.issue_of(event) for event in events[::2][:4]}) == 1
    assert desk.issue_of(events[0]) != large
    check_sound(desk)


def test_what_comes_while_it_is_planned_and_moved_is_grouped_with_the_rest(
    desk: RegroupingDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vedette.digest.regrouping._AT_ONCE", 0)
    monkeypatch.setattr("vedette.digest.rule_regrouping._FEW", 2)
    for at in range(4):
        plain(desk, "A", at=at)
        plain(desk, "B", at=at)
    plain(desk, "B", at=5)
    apply(desk, TOGETHER)
    for at in range(6, 12):
        plain(desk, "AB"[at % 2], at=at)
        desk.commands.regroupings.step()
    desk.restart()
    desk.finish()
    assert len(desk.issues()) == 1
    check_sound(desk)


def test_rules_that_are_none_are_refused(desk: RegroupingDesk) -> None:
    with pytest.raises(CommandError) as refused:
        apply(desk, "nonsense")
    assert refused.value.code == "bad_argument"
    with pytest.raises(CommandError):
        desk.run("regroup.apply", project=9)
