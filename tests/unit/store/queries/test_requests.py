"""The Ingest inspector's rows: what knocked, what became of it, its items, its senders."""

import pytest

from tests.support.builders import MORNING, a_trace, an_event
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.outcomes import Outcome, Reason
from vedette.store.queries import requests
from vedette.store.queries.requests import RequestFilter, RequestRow
from vedette.store.writer.records import ItemRecord

REFUSED = {
    "status": 401,
    "outcome": Outcome.REFUSED,
    "reason": Reason.UNKNOWN_KEY,
    "detail": "unknown key",
    "public_key": "b" * 32,
    "project": None,
    "body": b"",
}


def fill(store: FilledStore) -> None:
    """Write ten requests: each third refused, the last with a broken item, the others stored."""
    for n in range(9):
        changes = REFUSED if n % 3 == 2 else {}
        items = () if n % 3 == 2 else (an_event(f"Error{n}: x"),)
        store.add(*items, received=MORNING + n, ip=f"10.0.0.{n % 2}", **changes)
    broken = ItemRecord(0, "event", 3, 0, Outcome.INVALID, Reason.BAD_JSON, "not JSON at byte 7")
    store.add(broken, received=MORNING + 9)


def ids(rows: list[RequestRow]) -> list[int]:
    return [row.id for row in rows]


def test_a_row_says_who_sent_what_and_what_became_of_it(store: FilledStore) -> None:
    store.add(an_event(), ItemRecord(1, "attachment", 3, 0), encoding="gzip", skew=38_000)
    row = requests.get_request(store.db, 1)
    assert row is not None
    assert (row.ip, row.client, row.project_slug, row.kinds) == (
        "127.0.0.1", "sentry.python/2.75.0", "desk", "event, attachment",
    )  # fmt: skip
    assert (row.method, row.path, row.status, row.encoding) == ("POST", "/api/1/envelope/", 200, "gzip")
    assert (row.wire_size, row.size, row.skew, row.received, row.run) == (100, 3, 38_000, MORNING, 1)
    assert row.outcome is Outcome.STORED
    assert row.sentence == "stored → DESK-1"
    assert requests.get_request(store.db, 2) is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "stored"),
        (REFUSED, "401 unknown key"),
        (REFUSED | {"detail": None}, "401 unknown key"),
        ({"outcome": Outcome.NOT_INGEST, "status": 404, "project": None}, "404 not an ingest path"),
        ({"outcome": Outcome.INVALID, "reason": Reason.BAD_JSON, "detail": "no JSON"}, "invalid: no JSON"),
        ({"outcome": Outcome.FILTERED}, "filtered"),
        ({"detail": "sample rate dropped 14"}, "stored. sample rate dropped 14"),
    ],
)
def test_what_happened_is_one_sentence(store: FilledStore, changes: dict[str, object], sentence: str) -> None:
    store.add(**changes)
    row = requests.get_request(store.db, 1)
    assert row is not None
    assert row.sentence == sentence


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]),
        ({"only_trouble": True}, [10, 9, 6, 3]),
        ({"outcomes": (Outcome.REFUSED,)}, [9, 6, 3]),
        ({"outcomes": (Outcome.REFUSED, Outcome.INVALID)}, [10, 9, 6, 3]),
        ({"outcomes": (Outcome.STORED,)}, [8, 7, 5, 4, 2, 1]),
        ({"outcomes": (Outcome.STORED,), "only_trouble": True}, []),
        ({"project": 1}, [10, 8, 7, 5, 4, 2, 1]),
        ({"sender": 2}, [8, 6, 4, 2]),
        ({"run": 1, "since": MORNING + 3, "until": MORNING + 5}, [6, 5, 4]),
        ({"run": 2}, []),
        ({"text": "UNKNOWN"}, [9, 6, 3]),
        ({"text": "byte 7"}, [10]),
        ({"text": "100%"}, []),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 100])
def test_filters_narrow_and_pages_meet(
    store: FilledStore, where: dict[str, object], expected: list[int], size: int
) -> None:
    fill(store)
    filter_ = RequestFilter(**where)  # type: ignore[arg-type]
    pages: list[RequestRow] = []
    while True:
        page = requests.page_requests(store.db, filter_, after=pages[-1] if pages else None, limit=size)
        pages.extend(page)
        if len(page) < size:
            break
    assert ids(pages) == expected


def test_items_lead_to_their_issue_and_trace(store: FilledStore) -> None:
    event, batch = an_event(), a_trace()
    unknown = ItemRecord(2, "replay_recording", 3, 0, reason=Reason.STORED_RAW, detail="kept as it is")
    store.add(event, batch, unknown)
    store.add(an_event("KeyError: other"))
    first, second, third = requests.items_of(store.db, 1)
    assert (first.kind, first.ref, first.event_id, first.issue, first.issue_short, first.trace) == (
        "event", 1, event.event_id.hex(), 1, "DESK-1", None,
    )  # fmt: skip
    assert (second.kind, second.ref, second.issue, second.trace) == (
        "transaction",
        1,
        None,
        batch.trace_id.hex(),
    )
    assert (third.kind, third.ref, third.detail, third.trace) == (
        "replay_recording",
        None,
        "kept as it is",
        None,
    )
    assert [item.outcome for item in (first, second, third)] == [Outcome.STORED] * 3
    assert requests.items_of(store.db, 99) == []


def test_a_duplicate_says_so_and_leads_nowhere(store: FilledStore) -> None:
    event = an_event()
    store.add(event)
    store.add(event)
    (item,) = requests.items_of(store.db, 2)
    assert (item.outcome, item.issue, item.ref) == (Outcome.DUPLICATE, None, None)


def test_a_large_item_is_marked_as_lying_apart(store: FilledStore) -> None:
    body = b"{}\n" + b"x" * 200_000
    store.add(ItemRecord(0, "attachment", 3, 200_000), body=body)
    assert [item.is_apart for item in requests.items_of(store.db, 1)] == [True]


def test_senders_come_latest_first(store: FilledStore) -> None:
    fill(store)
    store.set("UPDATE sender SET blocked = 1 WHERE ip = '10.0.0.1'")
    found = requests.senders(store.db)
    assert [(sender.ip, sender.n, sender.blocked) for sender in found] == [
        ("127.0.0.1", 1, False),
        ("10.0.0.0", 5, False),
        ("10.0.0.1", 4, True),
    ]
    assert (found[1].first, found[1].last) == (MORNING, MORNING + 8)


def test_outcomes_are_counted(store: FilledStore) -> None:
    fill(store)
    counts = requests.outcome_counts(store.db)
    assert {outcome: n for outcome, n in counts.items() if n} == {
        Outcome.STORED: 6,
        Outcome.REFUSED: 3,
        Outcome.INVALID: 1,
    }
    assert requests.outcome_counts(store.db, since_id=8)[Outcome.REFUSED] == 1
    assert requests.outcome_counts(store.db, since_id=8)[Outcome.STORED] == 0


def test_lists_walk_their_index(store: FilledStore) -> None:
    fill(store)
    for after in (None, 5):
        assert "TEMP B-TREE" not in "\n".join(store.plan(requests.page_requests, after=after))
        trouble = store.plan(requests.page_requests, RequestFilter(only_trouble=True), after=after)
        assert_walks(trouble, "SEARCH request USING INDEX request_outcome")
    assert_walks(store.plan(requests.get_request, 1), "SEARCH request USING INTEGER PRIMARY KEY")
    assert_walks(store.plan(requests.items_of, 1), "SEARCH item USING PRIMARY KEY")
    assert "request_outcome" in "\n".join(store.plan(requests.outcome_counts))
