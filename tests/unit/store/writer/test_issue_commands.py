"""`issue.update` and its way back; labels, notes and saved views."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.any_json import ANY_JSON
from tests.support.issue_life import IssueLife
from vedette.domain.times import DAY, HOUR, to_iso
from vedette.store.writer.command_error import CommandError


@pytest.fixture
def life(tmp_path: Path) -> Iterator[IssueLife]:
    life = IssueLife(tmp_path / "desk")
    life.happen(times=3)
    yield life
    life.close()


def rows(life: IssueLife) -> list[Any]:
    """Return all that is said of issue 1 but its history."""
    found: list[Any] = []
    for table, column in (
        ("issue", "id"),
        ("archive", "issue"),
        ("resolution", "issue"),
        ("issue_label", "issue"),
    ):
        found += life.writer.raw.execute(f"SELECT * FROM {table} WHERE {column} = 1").fetchall()
    return found


def begin(life: IssueLife, state: str) -> None:
    match state:
        case "regressed":
            life.resolve()
            life.happen()
        case "resolved in the next release":
            life.resolve(inNextRelease=True)
        case "archived":
            life.archive(ignoreCount=5, ignoreUntil=to_iso(life.at + DAY), untilNextRun=True)
            life.happen(times=2)
    life.wait(HOUR)


@pytest.mark.parametrize("state", ["new", "regressed", "resolved in the next release", "archived"])
@pytest.mark.parametrize(
    "change",
    [
        {"status": "resolved"},
        {"status": "resolved", "status_details": {"inRelease": "shop@2"}},
        {"status": "ignored"},
        {"status": "ignored", "status_details": {"ignoreUserCount": 5}},
        {"status": "unresolved"},
        {"substatus": "escalating"},
        {"starred": True, "seen": True},
        {"priority": "low"},
    ],
)
def test_sending_back_what_was_before_undoes_it_to_the_last_number(
    life: IssueLife, state: str, change: dict[str, Any]
) -> None:
    begin(life, state)
    before = rows(life)
    was = life.update(**change)["1"]
    life.wait(HOUR)
    life.update(**was)
    assert rows(life) == before


def test_what_is_taken_back_counts_on_from_where_it_was(life: IssueLife) -> None:
    life.archive(ignoreCount=3)
    life.happen(times=2)
    was = life.update(status="unresolved")["1"]
    life.update(**was)
    life.restart()
    life.happen()
    assert life.is_open


def test_only_what_was_changed_is_given_back(life: IssueLife) -> None:
    was = life.update(starred=True)["1"]
    assert was == {"starred": False}
    life.resolve()
    life.update(**was)
    assert life.state == ("resolved", None)


def test_reopening_what_is_open_changes_nothing(life: IssueLife) -> None:
    life.update(status="unresolved")
    assert life.state == ("unresolved", "new")
    assert [kind for kind, _ in life.history()] == ["first_seen"]


@pytest.mark.parametrize(
    ("change", "activity"),
    [
        ({"status": "resolved"}, ("set_resolved", {})),
        (
            {"status": "resolved", "status_details": {"inNextRun": True}},
            ("set_resolved", {"inNextRun": True}),
        ),
        (
            {"status": "resolved", "status_details": {"inRelease": "latest"}},
            ("set_resolved_in_release", {"version": "shop@1.0"}),
        ),
        (
            {"status": "resolved", "status_details": {"inNextRelease": True}},
            ("set_resolved_in_release", {"version": "", "current_release_version": "shop@1.0"}),
        ),
        (
            {"status": "resolved", "status_details": {"inCommit": {"commit": "a1", "repository": "r"}}},
            ("set_resolved_in_commit", {"commit": {"commit": "a1", "repository": "r"}}),
        ),
        ({"status": "ignored", "status_details": {"ignoreCount": 3}}, ("set_ignored", {"ignoreCount": 3})),
        ({"substatus": "archived_forever"}, ("set_ignored", {})),
        ({"priority": "low"}, ("set_priority", {"priority": "low"})),
    ],
)
def test_every_change_is_noted(life: IssueLife, change: dict[str, Any], activity: tuple[str, Any]) -> None:
    life.update(**change)
    assert life.history()[-1] == activity


@pytest.mark.parametrize(
    "change",
    [
        {"status": "resolved", "substatus": "ongoing"},
        {"status": "unresolved", "substatus": "archived_forever"},
        {"status": "ignored", "substatus": "new"},
        {"status": "ignored", "status_details": {"ignoreUntil": "soon"}},
        {"status": "ignored", "status_details": {"ignoreUntil": 7}},
        {"status": "ignored", "status_details": {"ignoreCount": -1}},
        {"status": "ignored", "status_details": {"ignoreCount": "many"}},
        {"status": "ignored", "status_details": {"ignoreWindow": 10**9}},
        {"status": "ignored", "status_details": [1]},
        {"status": "resolved", "basis": {"resolved_at": "x"}},
        {"status": "resolved", "status_details": {"inRelease": 7}},
        {"status": "resolved", "status_details": {"inRelease": ""}},
        {"status": "resolved", "status_details": {"inRelease": " "}},
        {"status": "resolved", "status_details": {"inRelease": "x" * 300}},
        {"status": "resolved", "basis": []},
        {"status": "ignored", "basis": {"archive": {"n": "x"}}},
        {"status": "ignored", "basis": {"archive": {"evil": 1}}},
        {"status": "ignored", "basis": {"archive": {"at": 1, "n": 2**63}}},
        {"status": "ignored", "basis": {"archive": 7}},
        {"substatus": "lost"},
        {"priority": "urgent"},
        {"labels": [99]},
        {"add_labels": [99]},
        {"labels": "x"},
        {"remove_labels": ["x"]},
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(life: IssueLife, change: dict[str, Any]) -> None:
    if "labels" in change and change["labels"] == [99]:
        life.update(**change)  # it may be gone since it was taken off
        assert life.count("issue_label") == 0
        return
    before = rows(life), life.history()
    with pytest.raises(CommandError) as refusal:
        life.update(**change)
    assert refusal.value.code == "bad_argument"
    assert (rows(life), life.history()) == before


def test_the_latest_release_must_be_there(life: IssueLife) -> None:
    number = life.happen("B: b", release=None)
    with life.writer.batch():
        other, _ = life.writer.projects.create("Other")
    life.writer.raw.execute("UPDATE issue SET project = ? WHERE id = ?", (other, number))
    with pytest.raises(CommandError, match="no release"):
        life.update(number, status="resolved", status_details={"inRelease": "latest"})


@settings(derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["status", "substatus", "status_details", "basis", "labels", "priority", "ids"]),
    ANY_JSON,
)
def test_whatever_is_sent_is_done_or_refused(life: IssueLife, member: str, value: Any) -> None:
    args: dict[str, Any] = {"ids": [1], "status": "ignored", member: value}
    try:
        life.do("issue.update", **args)
    except CommandError:
        pass
    else:
        assert life.writer.raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


# -------------------------------------------------------------------- priority


def test_a_priority_that_a_person_set_is_locked_until_it_is_let_go(life: IssueLife) -> None:
    was = life.update(priority="low")["1"]
    assert was == {"priority": "high", "priority_locked": False}
    assert life.value("priority_locked_at") == life.at
    assert life.update(priority_locked=False)["1"] == {"priority": "low", "priority_locked": True}
    assert (life.value("priority"), life.value("priority_locked_at")) == (75, None)


# -------------------------------------------------------------------- labels


def test_labels_are_given_taken_and_set(life: IssueLife) -> None:
    life.happen("B: b")
    one, two, three = (life.do("label.create", name=name)["id"] for name in ("qa", "Müll", "mine"))
    before = life.update(1, 2, add_labels=[one, two])
    assert before == {"1": {"labels": []}, "2": {"labels": []}}
    assert life.update(remove_labels=[one], add_labels=[three])["1"] == {"labels": [one, two]}
    assert life.history()[-1] == ("set_labels", {"added": ["mine"], "removed": ["qa"]})
    assert life.update(labels=[one])["1"] == {"labels": [two, three]}
    assert life.update(labels=[])["1"] == {"labels": [one]}
    assert life.count("issue_label") == 2, "those of the other issue"


def test_a_label_is_renamed_and_deleting_it_can_be_undone(life: IssueLife) -> None:
    number = life.do("label.create", name="  qa \n team ", colour=3)["id"]
    life.update(add_labels=[number])
    assert life.do("label.update", id=number, name="QA")["before"] == {"name": "qa team", "colour": 3}
    before = life.do("label.delete", id=number)["before"]
    assert life.count("issue_label") == 0
    assert life.do("label.create", **before) == {"id": number}
    assert life.writer.raw.execute("SELECT * FROM label").fetchall() == [(number, "QA", 3)]
    assert life.count("issue_label") == 1


@pytest.mark.parametrize(
    ("command", "args", "code"),
    [
        ("label.create", {"name": " "}, "bad_argument"),
        ("label.create", {"name": "MÜLL"}, "taken"),
        ("label.create", {"name": "x", "colour": 10}, "bad_argument"),
        ("label.update", {"id": 1}, "bad_argument"),
        ("label.update", {"id": 9, "name": "x"}, "not_found"),
        ("label.update", {"id": 2, "name": "müll"}, "taken"),
        ("label.delete", {"id": 9}, "not_found"),
    ],
)
def test_a_label_has_a_name_of_its_own(
    life: IssueLife, command: str, args: dict[str, Any], code: str
) -> None:
    life.do("label.create", name="Müll")
    life.do("label.create", name="other")
    with pytest.raises(CommandError) as refusal:
        life.do(command, **args)
    assert refusal.value.code == code


def test_there_is_an_end_to_labels(life: IssueLife, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vedette.store.writer.labelling.MOST_LABELS", 3)
    monkeypatch.setattr("vedette.store.writer.labelling.MOST_OF_AN_ISSUE", 2)
    ids = [life.do("label.create", name=f"l{n}")["id"] for n in range(3)]
    for command, args in (("label.create", {"name": "l4"}), ("issue.update", {"ids": [1], "labels": ids})):
        with pytest.raises(CommandError) as refusal:
            life.do(command, **args)
        assert refusal.value.code == "too_many"


# -------------------------------------------------------------------- notes


def test_notes_are_written_edited_and_deleted_each_undoable(life: IssueLife) -> None:
    made = life.do("note.create", issue=1, text="**why**\n\n- a")
    assert life.value("notes") == 1
    life.wait(HOUR)
    before = life.do("note.update", id=made["id"], text="because")["before"]
    assert before == {"text": "**why**\n\n- a"}
    assert life.history()[-1] == ("note", {"text": "because", "edited": life.at})
    before = life.do("note.delete", id=made["id"])["before"]
    assert life.value("notes") == 0
    assert before == {"issue": 1, "text": "because", "at": made["at"]}
    life.do("note.create", **before)
    assert life.writer.raw.execute("SELECT ts FROM activity WHERE kind = 'note'").fetchall() == [
        (made["at"],)
    ]


@pytest.mark.parametrize(
    ("command", "args", "code"),
    [
        ("note.create", {"issue": 1, "text": "  "}, "bad_argument"),
        ("note.create", {"issue": 1}, "bad_argument"),
        ("note.create", {"issue": 1, "text": "x" * 50_001}, "bad_argument"),
        ("note.create", {"issue": 99, "text": "x"}, "not_found"),
        ("note.create", {"issue": "1", "text": "x"}, "bad_argument"),
        ("note.update", {"id": 1, "text": "first_seen is no note"}, "not_found"),
        ("note.delete", {"id": 1}, "not_found"),
    ],
)
def test_a_note_has_a_text_and_an_issue(
    life: IssueLife, command: str, args: dict[str, Any], code: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        life.do(command, **args)
    assert refusal.value.code == code


# -------------------------------------------------------------------- saved views


def views(life: IssueLife) -> list[str]:
    return [row[0] for row in life.writer.raw.execute("SELECT name FROM saved_view ORDER BY place, id")]


def test_views_are_saved_moved_and_deleted_each_undoable(life: IssueLife) -> None:
    ids = [life.do("view.create", name=name, view={"query": name})["id"] for name in "abc"]
    assert life.do("view.move", id=ids[2], place=0)["before"] == {"place": 2}
    assert views(life) == ["c", "a", "b"]
    life.do("view.move", id=ids[2], place=99)
    assert views(life) == ["a", "b", "c"]
    before = life.do("view.update", id=ids[0], name="A", view={"query": "is:resolved"})["before"]
    assert before == {"name": "a", "view": {"query": "a"}}
    before = life.do("view.delete", id=ids[1])["before"]
    assert before == {"id": ids[1], "name": "b", "view": {"query": "b"}, "place": 1}
    assert views(life) == ["A", "c"]
    assert life.do("view.create", **before) == {"id": ids[1]}
    assert views(life) == ["A", "b", "c"]


@pytest.mark.parametrize(
    ("command", "args", "code"),
    [
        ("view.create", {"name": "x"}, "bad_argument"),
        ("view.create", {"name": "", "view": {}}, "bad_argument"),
        ("view.create", {"name": "x", "view": {"query": "y" * 20_000}}, "bad_argument"),
        ("view.create", {"name": "x", "view": {"n": 2**70}}, "bad_argument"),
        ("view.update", {"id": 1}, "not_found"),
        ("view.move", {"id": 1, "place": 0}, "not_found"),
        ("view.delete", {"id": 1}, "not_found"),
    ],
)
def test_a_view_has_a_name_and_something_to_show(
    life: IssueLife, command: str, args: dict[str, Any], code: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        life.do(command, **args)
    assert refusal.value.code == code


def test_there_is_an_end_to_views(life: IssueLife, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vedette.store.writer.view_commands.MOST_VIEWS", 1)
    life.do("view.create", name="a", view={})
    with pytest.raises(CommandError, match="saved views"):
        life.do("view.create", name="b", view={})
