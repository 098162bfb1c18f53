"""Projects and keys: found by id or slug; whether a key may send."""

import pytest

from tests.support.store_rows import FilledStore, assert_walks
from vedette.store.queries import projects


def test_projects_come_by_slug(store: FilledStore) -> None:
    store.project("Web Shop")
    store.project("api")
    assert [row.slug for row in projects.list_projects(store.db)] == ["api", "desk", "web-shop"]


@pytest.mark.parametrize("name", ["2", "web-shop", "Web-Shop"])
def test_a_project_is_found_by_id_and_slug(store: FilledStore, name: str) -> None:
    store.project("Web Shop")
    row = projects.find_project(store.db, name)
    assert row is not None
    assert (row.id, row.slug, row.name, row.folder, row.origin) == (2, "web-shop", "Web Shop", None, "user")


@pytest.mark.parametrize("name", ["3", "none", "", "9" * 30, "²"])
def test_what_is_no_project_finds_nothing(store: FilledStore, name: str) -> None:
    assert projects.find_project(store.db, name) is None


def test_keys_belong_to_a_project_and_may_be_closed(store: FilledStore) -> None:
    web = store.project("web")
    (key,) = projects.project_keys(store.db, web)
    assert (key.project, key.label, key.active) == (web, "Default", True)
    assert projects.key_known(store.db, key.public_key, web) is True
    assert projects.key_known(store.db, key.public_key, 1) is None
    assert projects.key_known(store.db, "b" * 32, web) is None
    store.set("UPDATE project_key SET active = 0 WHERE id = ?", key.id)
    assert projects.key_known(store.db, key.public_key, web) is False
    assert projects.project_keys(store.db, web)[0].active is False


def test_rules_are_a_projects_own_and_replaced_whole(store: FilledStore) -> None:
    web = store.project("web")
    assert projects.project_rules(store.db, web) is None
    for rules in ('{"localhost": true}', '{"scrubOnIngest": true}'):
        with store.writer.batch():
            store.writer.projects.set_rules(web, rules)
    assert projects.project_rules(store.db, web) == {"scrubOnIngest": True}
    assert projects.project_rules(store.db, 1) is None
    assert store.writer.projects.rules() == {web: '{"scrubOnIngest": true}'}


def test_an_older_database_has_no_rules(store: FilledStore) -> None:
    store.set("DROP TABLE project_rules")
    assert projects.project_rules(store.db, 1) is None


def test_look_ups_go_by_index(store: FilledStore) -> None:
    assert_walks(store.plan(projects.key_known, "a" * 32, 1), "project_key_of")
    assert_walks(store.plan(projects.find_project, "1"), "SEARCH project USING INTEGER PRIMARY KEY")
    assert_walks(store.plan(projects.find_project, "desk"), "SEARCH project USING INDEX")
    assert_walks(store.plan(projects.list_projects), "SCAN project USING INDEX")
    assert_walks(store.plan(projects.project_rules, 1), "SEARCH project_rules USING PRIMARY KEY")
