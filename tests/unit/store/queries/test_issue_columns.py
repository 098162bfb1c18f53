"""What a list can show beside an issue's row."""

from tests.support.builders import an_event
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.processed import ProcessedEvent
from vedette.store.queries import issue_columns
from vedette.store.queries.issue_details import last_resolved
from vedette.store.queries.issues import IssueFilter, page_issues
from vedette.store.writer.commands import run_command


def of(environment: str, title: str = "A: x") -> tuple[ProcessedEvent]:
    return (an_event(title, tags=(("environment", environment), ("order", environment))),)


def test_an_issues_environments_come_with_the_most_frequent_first(store: FilledStore) -> None:
    store.add_all([of("qa"), of("prod"), of("prod"), of("dev", "B: x")])
    store.add(an_event("C: x", tags=()))
    assert issue_columns.issue_values(store.db, [1, 2, 3], "environment") == {1: ("prod", "qa"), 2: ("dev",)}
    assert issue_columns.issue_values(store.db, [1], "nowhere") == {}
    plan = store.plan(issue_columns.issue_values, [1, 2], "environment")
    assert_walks(plan, "SEARCH term USING COVERING INDEX term_of", "SEARCH issue_term USING PRIMARY KEY")


def test_the_runs_an_issue_happened_in_are_told_from_those_between(store: FilledStore) -> None:
    happened = {1: "ABC", 2: "B", 3: "AB", 4: "A", 5: "AC"}
    for run, names in happened.items():
        if run > 1:
            assert store.start_run() == run
        for name in names:
            store.add(an_event(f"{name}: x"))
    rows = {row.type: row for row in page_issues(store.db, IssueFilter())}
    found = issue_columns.issue_runs(store.db, list(rows.values()), [2, 3, 4, 5])
    for name, row in rows.items():
        assert found[row.id] == tuple(name in happened[run] for run in (2, 3, 4, 5)), name
    plan = store.plan(issue_columns.issue_runs, list(rows.values()), [3])
    assert any("event_issue (issue=? AND ts>? AND ts<?)" in step for step in plan), plan
    assert issue_columns.issue_runs(store.db, [], [1]) == {}


def test_issues_resolved_last_come_first_as_long_as_they_are(store: FilledStore) -> None:
    other = store.project("Web")
    for name in "ABCD":
        store.add(an_event(f"{name}: x"), project=other if name == "D" else 1)
    for number, status in (
        (3, "resolved"),
        (1, "resolved"),
        (2, "resolved"),
        (4, "resolved"),
        (1, "unresolved"),
    ):
        run_command(store.writer, "issue.update", {"ids": [number], "status": status})
    run_command(store.writer, "issue.update", {"ids": [3], "status": "unresolved"})
    run_command(store.writer, "issue.update", {"ids": [3], "status": "resolved"})
    assert last_resolved(store.db) == [3, 4, 2]
    assert last_resolved(store.db, limit=1) == [3]
    assert last_resolved(store.db, [other]) == [4]
