"""What each sender did lately, from the newest requests."""

from tests.support.builders import MORNING, a_trace, an_event
from tests.support.store_rows import FilledStore
from vedette.domain.times import Micros
from vedette.store.queries.sender_activity import sender_activity
from vedette.store.writer.records import ItemRecord

REPORT = "the SDK dropped 14 transaction: sample_rate"


def test_it_counts_since_a_moment_and_finds_reports_and_the_newest_trace(store: FilledStore) -> None:
    for n in range(4):
        store.add(an_event(f"E{n}: x"), received=MORNING + n, ip="10.0.0.1")
    traced = store.add(a_trace(), received=MORNING + 4, ip="10.0.0.1")
    report = ItemRecord(0, "client_report", 3, 0, detail=REPORT)
    store.add(report, received=MORNING + 5, ip="10.0.0.2")
    found = sender_activity(store.db, Micros(MORNING + 2))
    assert [(one.recent, one.reports, one.traced) for _, one in sorted(found.items())] == [
        (3, [], traced),
        (1, [REPORT], None),
    ]


def test_only_the_newest_requests_are_looked_at(store: FilledStore) -> None:
    for n in range(4):
        store.add(an_event(f"E{n}: x"), received=MORNING + n)
    (found,) = sender_activity(store.db, MORNING, most=3).values()
    assert found.recent == 3
    assert sender_activity(store.db, Micros(MORNING + 99))[1].recent == 0
