"""Outcomes counted, asked for."""

from tests.support.builders import MORNING
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.times import HOUR
from vedette.store.queries.outcomes import OutcomeCount, outcome_counts
from vedette.store.retention import Retention, RetentionLimits
from vedette.store.writer.records import ItemRecord

NOW = MORNING // HOUR


def an_item(category: str) -> ItemRecord:
    return ItemRecord(0, "log", 0, 0, category=category)


def test_counts_are_found_by_project_and_hour(store: FilledStore) -> None:
    other = store.project("till")
    store.add(an_item("error"))
    store.add(an_item("span"), project=other)
    every = outcome_counts(store.db, NOW, NOW + 1)
    assert {(count.project, count.category, count.n) for count in every} == {
        (1, "error", 1),
        (other, "span", 1),
    }
    assert outcome_counts(store.db, NOW, NOW + 1, (other,)) == [
        OutcomeCount(other, NOW, "accepted", "span", "", 1)
    ]
    assert outcome_counts(store.db, NOW - 5, NOW) == []
    plan = store.plan(outcome_counts, NOW, NOW + 1, (1, other))
    assert_walks(plan, "outcome_hour USING PRIMARY KEY")


def test_counts_go_when_they_are_old(store: FilledStore) -> None:
    store.add(an_item("error"))
    retention = Retention(store.writer, store.workspace, RetentionLimits(days=1))
    late = MORNING + 3 * 24 * HOUR
    while retention.step(late):
        pass
    assert outcome_counts(store.db, NOW, NOW + 1) == []
