"""What a user changes: each command's effect, its way back, and what it refuses."""

import pytest

from tests.support.builders import a_request, an_event
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.json import JsonObject
from vedette.domain.outcomes import Outcome
from vedette.store.writer.command_error import CommandError
from vedette.store.writer.commands import run_command
from vedette.store.writer.writer import StoreWriter


@pytest.fixture
def issues(writer: StoreWriter) -> list[int]:
    with writer.batch():
        writer.add(a_request(1, an_event("A: a")))
        writer.add(a_request(2, an_event("B: b")))
    return [1, 2]


def columns(writer: StoreWriter, names: str) -> list[object]:
    return writer.raw.execute(f"SELECT {names} FROM issue ORDER BY id").fetchall()


def test_resolving_says_what_was_before_and_sending_that_back_undoes_it(
    writer: StoreWriter, issues: list[int]
) -> None:
    answer, changes = run_command(writer, "issue.update", {"ids": issues, "status": "resolved"})
    assert columns(writer, "status, substatus, resolved_at IS NOT NULL") == [(1, None, 1)] * 2
    assert Change(ChangeKind.ISSUE, (1, 2)) in changes
    for number, before in answer["before"].items():
        run_command(writer, "issue.update", {"ids": [int(number)], **before})
    assert columns(writer, "status, substatus, resolved_at") == [(0, "new", None)] * 2
    kinds = [row[0] for row in writer.raw.execute("SELECT kind FROM activity WHERE issue = 1 ORDER BY id")]
    assert kinds == ["first_seen", "set_resolved", "set_unresolved"]


def test_what_comes_after_a_change_is_written_beside_its_activity(
    writer: StoreWriter, issues: list[int]
) -> None:
    run_command(writer, "issue.update", {"ids": [1], "status": "resolved"})
    with writer.batch():
        writer.add(a_request(3, an_event("A: a")))
        writer.add(a_request(4, an_event("C: c")))
    found = writer.raw.execute("SELECT issue, kind FROM activity ORDER BY id").fetchall()
    assert found[2] == (1, "set_resolved")
    assert sorted(found[3:]) == [(1, "set_regression"), (3, "first_seen")]


def test_archiving_remembers_its_condition(writer: StoreWriter, issues: list[int]) -> None:
    details = {"ignoreCount": 10}
    run_command(writer, "issue.update", {"ids": [1], "status": "ignored", "status_details": details})
    assert columns(writer, "status, substatus, status_details")[0] == (
        2, "archived_until_condition_met", '{"ignoreCount":10}',
    )  # fmt: skip


def test_a_star_and_a_look_leave_the_status_alone(writer: StoreWriter, issues: list[int]) -> None:
    run_command(writer, "issue.update", {"ids": [2], "starred": True, "seen": True, "priority": "low"})
    assert columns(writer, "starred, seen, priority, status")[1] == (1, 1, 25, 0)


@pytest.mark.parametrize(
    ("name", "args", "code"),
    [
        ("issue.explode", {}, "unknown_command"),
        ("issue.update", {}, "bad_argument"),
        ("issue.update", {"ids": "1"}, "bad_argument"),
        ("issue.update", {"ids": [1]}, "bad_argument"),
        ("issue.update", {"ids": [1], "status": "lost"}, "bad_argument"),
        ("issue.update", {"ids": [1], "priority": "urgent"}, "bad_argument"),
        ("issue.update", {"ids": [99], "status": "resolved"}, "not_found"),
        ("issue.update", {"ids": list(range(10_001)), "status": "resolved"}, "too_many"),
        ("project.update", {"id": 1}, "bad_argument"),
        ("project.update", {"id": 99, "name": "x"}, "not_found"),
        ("project.create", {"name": "  "}, "bad_argument"),
        ("key.update", {"id": 99, "active": False}, "not_found"),
        ("sender.block", {"id": 99}, "not_found"),
        ("request.adopt", {"id": 99}, "not_found"),
        ("request.adopt", {"id": 1}, "bad_argument"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_code_and_changes_nothing(
    writer: StoreWriter, issues: list[int], name: str, args: dict[str, object], code: str
) -> None:
    before = columns(writer, "*")
    with pytest.raises(CommandError) as refusal:
        run_command(writer, name, args)
    assert refusal.value.code == code
    assert columns(writer, "*") == before


def test_a_project_is_created_renamed_and_given_a_folder_and_a_key(writer: StoreWriter) -> None:
    made, changes = run_command(writer, "project.create", {"name": "Checkout API", "platform": "python"})
    number = made["id"]
    assert Change(ChangeKind.PROJECT, (number,)) in changes
    run_command(writer, "project.update", {"id": number, "name": "Kasse", "folder": "/src/käse", "colour": 3})
    run_command(writer, "key.create", {"project": number, "public_key": "abc", "label": "phone"})
    row = writer.raw.execute(
        "SELECT slug, name, folder, colour FROM project WHERE id = ?", (number,)
    ).fetchone()
    assert row == ("checkout-api", "Kasse", "/src/käse", 3)
    keys = writer.raw.execute("SELECT public_key FROM project_key WHERE project = ?", (number,)).fetchall()
    assert sorted(keys) == sorted([(made["public_key"],), ("abc",)])


def test_paths_are_mapped_anew_each_time(writer: StoreWriter) -> None:
    two = [
        {"prefix": "/app/", "folder": "/home/ada/shop"},
        {"prefix": "webpack://", "folder": "/home/ada/web"},
    ]
    _, changes = run_command(writer, "project.update", {"id": 1, "mappings": two})
    assert changes == [Change(ChangeKind.PROJECT, (1,))]
    run_command(writer, "project.update", {"id": 1, "mappings": [{"prefix": " /b/ ", "folder": "C:\\b"}]})
    rows = writer.raw.execute("SELECT * FROM project_mapping").fetchall()
    assert rows == [(1, 0, "/b/", "C:\\b")]
    run_command(writer, "project.update", {"id": 1, "mappings": []})
    assert writer.raw.execute("SELECT count(*) FROM project_mapping").fetchone() == (0,)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"mappings": {}}, "bad_argument"),
        ({"mappings": ["/app/"]}, "bad_argument"),
        ({"mappings": [{"prefix": "/app/", "folder": " "}]}, "bad_argument"),
        ({"mappings": [{"prefix": "/a/", "folder": "x"}, {"prefix": "/a/", "folder": "y"}]}, "bad_argument"),
        ({"mappings": [{"prefix": str(n), "folder": "x"} for n in range(51)]}, "bad_argument"),
        ({"slug": "Two Words"}, "bad_argument"),
        ({"slug": "42"}, "bad_argument"),
        ({"slug": "shop"}, "taken"),
    ],
)
def test_a_project_refuses_what_it_cannot_be(writer: StoreWriter, change: JsonObject, code: str) -> None:
    run_command(writer, "project.create", {"name": "Shop"})
    with pytest.raises(CommandError) as refused:
        run_command(writer, "project.update", {"id": 1, **change})
    assert refused.value.code == code


def test_a_short_code_is_changed_and_the_old_one_is_free_again(writer: StoreWriter) -> None:
    with writer.batch():
        assert writer.projects.of("desk", None, "loopback") == 1
    run_command(writer, "project.update", {"id": 1, "slug": "Laden"})
    assert writer.raw.execute("SELECT slug FROM project").fetchall() == [("laden",)]
    run_command(writer, "project.update", {"id": 1, "slug": "laden"})
    with writer.batch():
        assert writer.projects.of("laden", None, "loopback") == 1
        assert writer.projects.of("desk", None, "loopback") == 2


def test_two_projects_of_one_name_get_different_slugs(writer: StoreWriter) -> None:
    for _ in range(2):
        run_command(writer, "project.create", {"name": "Shop"})
    slugs = [row[0] for row in writer.raw.execute("SELECT slug FROM project WHERE name = 'Shop' ORDER BY id")]
    assert slugs == ["shop", "shop-2"]


def test_a_key_can_be_switched_off(writer: StoreWriter) -> None:
    run_command(writer, "key.update", {"id": 1, "active": False})
    assert writer.raw.execute("SELECT active FROM project_key").fetchall() == [(0,)]


def test_a_run_started_by_hand_ends_the_one_before(writer: StoreWriter, issues: list[int]) -> None:
    answer, changes = run_command(writer, "run.start", {"name": "before the fix"})
    assert answer == {"id": 2}
    assert Change(ChangeKind.RUN, (2,)) in changes
    rows = writer.raw.execute("SELECT trigger, name, ended IS NULL FROM run ORDER BY id").fetchall()
    assert rows == [("first", "", 0), ("button", "before the fix", 1)]


def test_a_sender_is_blocked_and_let_in_again(writer: StoreWriter, issues: list[int]) -> None:
    run_command(writer, "sender.block", {"id": 1})
    assert writer.raw.execute("SELECT blocked FROM sender").fetchall() == [(1,)]
    run_command(writer, "sender.block", {"id": 1, "blocked": False})
    assert writer.raw.execute("SELECT blocked FROM sender").fetchall() == [(0,)]


def test_a_refused_request_is_adopted_with_its_key_and_its_project(writer: StoreWriter) -> None:
    key = "f" * 32
    refused = a_request(9, public_key=key, project=None, path="/api/42/envelope/", outcome=Outcome.REFUSED)
    with writer.batch():
        writer.add(refused)
    answer, changes = run_command(writer, "request.adopt", {"id": 9})
    assert answer == {"project": 42}
    assert Change(ChangeKind.PROJECT, (42,)) in changes
    keys = writer.raw.execute("SELECT public_key FROM project_key WHERE project = 42").fetchall()
    assert keys == [(key,)]
