"""What was said of releases: read by index, bounded, and gone with the release."""

from typing import Any

import pytest

from tests.support.builders import an_event
from tests.support.store_rows import FilledStore, assert_walks
from vedette.store.queries import release_notes, releases, terms
from vedette.store.writer.command_error import CommandError
from vedette.store.writer.commands import run_command
from vedette.store.writer.release_commands import MOST_COMMITS, MOST_DEPLOYS


def say(store: FilledStore, name: str = "release.save", **args: Any) -> Any:
    return run_command(store.writer, name, {"version": "shop@1", "projects": [1], **args})[0]


def test_what_was_said_is_read_with_its_newest_commit_and_deploy(store: FilledStore) -> None:
    number = say(store, released=5, commits=[{"sha": "b", "author_name": "Ada"}, {"sha": "a"}])["id"]
    say(store, "release.deploy", environment="qa", finished=1)
    say(store, "release.deploy", environment="prod", finished=2)
    note = release_notes.read_notes(store.db, [number, 99])[number]
    assert (note.released, note.commits, note.deploys) == (5, 2, 2)
    assert note.last_commit is not None
    assert note.last_deploy is not None
    assert (note.last_commit.sha, note.last_deploy.environment) == ("b", "prod")
    assert note.authors == (("Ada", None),)
    assert [row.sha for row in release_notes.page_commits(store.db, number, after=0)] == ["a"]
    assert not say(store)["made"]


def test_making_a_release_that_was_seen_moves_neither_end_of_it(store: FilledStore) -> None:
    store.add(an_event(release="shop@1"))
    before = releases.find_release(store.db, "shop@1")
    assert say(store)["made"]
    assert releases.find_release(store.db, "shop@1") == before


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("release.save", {"version": ""}),
        ("release.save", {"version": "x" * 201}),
        ("release.save", {"projects": [9]}),
        ("release.save", {"projects": 1}),
        ("release.save", {"commits": [{}]}),
        ("release.save", {"commits": [{"sha": "a"}] * (MOST_COMMITS + 1)}),
        ("release.deploy", {"environment": ""}),
        ("release.deploy", {"version": "none", "environment": "qa"}),
        ("release.delete", {"version": "none"}),
    ],
)
def test_what_cannot_be_changes_nothing(store: FilledStore, name: str, args: Any) -> None:
    number = say(store)["id"]
    before = release_notes.read_notes(store.db, [number])
    with pytest.raises(CommandError):
        say(store, name, **args)
    assert release_notes.read_notes(store.db, [number]) == before
    assert len(releases.list_releases(store.db)) == 1


def test_deploys_are_bounded_and_long_texts_cut(store: FilledStore) -> None:
    number = say(store, commits=[{"sha": "a", "message": "x" * 20_000, "files": [["p" * 2_000, "M"]]}])["id"]
    (commit,) = release_notes.page_commits(store.db, number)
    assert commit.message == "x" * 10_000
    store.set(
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ?)"
        " INSERT INTO release_deploy SELECT x, ?, 'qa', NULL, NULL, NULL, x FROM n",
        MOST_DEPLOYS,
        number,
    )
    with pytest.raises(CommandError, match="at most"):
        say(store, "release.deploy", environment="qa")


def test_questions_walk_their_indexes(store: FilledStore) -> None:
    number = say(store, commits=[{"sha": "a", "repository": "shop"}])["id"]
    for plan in (
        store.plan(release_notes.read_notes, [number]),
        store.plan(release_notes.page_commits, number, 0),
        store.plan(release_notes.page_deploys, number, 9),
        store.plan(releases.release_by_term, number),
    ):
        assert_walks(plan, "SEARCH")
    assert_walks(store.plan(release_notes.page_deploys, number), "release_deploy_of")
    assert_walks(store.plan(release_notes.previous_with_commits, number), "release")
    assert_walks(store.plan(terms.named_values, "environment"), "term_of")
