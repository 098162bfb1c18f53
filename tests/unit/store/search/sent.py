"""Events of chance as SDKs send them, stored as they come in, and what is true of each in plain Python."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.builders import MORNING, an_envelope
from tests.support.store_rows import FilledStore
from vedette.api.attributes import payloads_of
from vedette.domain.processed import Arrival
from vedette.domain.times import MINUTE, SECOND, Micros
from vedette.processing.pipeline import process_event
from vedette.protocol.envelope import iter_items, read_envelope_header
from vedette.store.queries.issues import IssueFilter, IssueRow, page_issues
from vedette.store.writer.records import ItemRecord

Event = dict[str, Any]
Test = Callable[[Event, IssueRow], bool]

TYPES = ("ValueError", "KeyError", "TimeoutError")
VALUES = ("bad price", "no such order", "refused by the bank", "Price of 7 * 6")
FILES = ("shop/pay.py", "shop/app.py", "lib/net.py")
FUNCTIONS = ("pay", "refund", "<module>", "operator new")
RELEASES = ("shop@1.0.0", "shop@1.2.0", "shop@1.10.0-beta.1", "shop@1.10.0+77", "till@2.0", "nightly")
LEVELS = ("error", "warning", "fatal", "info")
STATUSES = (200, 404, 500, 503)


@dataclass
class Sent:
    """The store, and events with the issue each belongs to, by row id."""

    store: FilledStore
    events: dict[int, Event]
    issues: dict[int, IssueRow]  # by the event's row id


def make_events(count: int, seed: int) -> list[Event]:
    chance = random.Random(seed)
    return [_an_event(chance, n) for n in range(count)]


def _an_event(chance: random.Random, n: int) -> Event:
    maybe = chance.random
    event: Event = {
        "event_id": f"{chance.getrandbits(128):032x}",
        "platform": chance.choice(("python", "native")),
        "timestamp": (MORNING + n * MINUTE) / SECOND,
        "level": chance.choice(LEVELS),
        "exception": {"values": [_an_exception(chance) for _ in range(chance.choice((1, 1, 2)))]},
        "sdk": {
            "name": chance.choice(("sentry.python", "sentry.native")),
            "version": chance.choice(("2.1", "1.0")),
        },
        "tags": {"browser": chance.choice(("Firefox", "Chrome")), "size": str(chance.randrange(8))},
        "contexts": {},
    }
    if maybe() < 0.7:
        event["release"] = chance.choice(RELEASES)
    if maybe() < 0.7:
        event["environment"] = chance.choice(("qa", "prod"))
    if maybe() < 0.6:
        number = chance.randrange(5)
        event["user"] = {
            "id": str(number),
            "email": f"u{number}@example.org",
            "ip_address": f"10.0.0.{number}",
        }
    if maybe() < 0.5:
        event["contexts"]["response"] = {"status_code": chance.choice(STATUSES)}
    if maybe() < 0.5:
        event["contexts"]["device"] = {
            "model": chance.choice(("P1", "P2")),
            "battery_level": chance.choice((5, 50, 95.5)),
            "online": maybe() < 0.5,
        }
    if maybe() < 0.5:
        flags = [{"flag": "new-till", "result": maybe() < 0.5}, {"flag": "x", "result": True}]
        event["contexts"]["flags"] = {"values": flags}
    if maybe() < 0.4:
        event["request"] = {"method": chance.choice(("GET", "POST")), "url": "http://shop/cart"}
    return event


def _an_exception(chance: random.Random) -> Event:
    frames = [
        {
            "filename": chance.choice(FILES),
            "function": chance.choice(FUNCTIONS),
            "module": chance.choice(("shop.pay", "lib")),
            "abs_path": chance.choice(("/srv/a.py", "/opt/b.py")),
            "package": chance.choice(("libc.so", "shop")),
            "lineno": chance.choice((7, 41, 300)),
            "colno": chance.choice((1, 9)),
            "in_app": chance.random() < 0.5,
        }
        for _ in range(chance.randrange(1, 3))
    ]
    exception: Event = {
        "type": chance.choice(TYPES),
        "value": chance.choice(VALUES),
        "stacktrace": {"frames": frames},
    }
    if chance.random() < 0.7:
        exception["mechanism"] = {
            "type": chance.choice(("generic", "excepthook")),
            "handled": chance.random() < 0.5,
        }
    return exception


def store_events(folder: Path, events: Sequence[Event]) -> Sent:
    """Write *events*, one a request, as digest does, and give their issues states of all sorts."""
    store = FilledStore(folder)
    for event in events:
        body = an_envelope(("event", event), event_id=event["event_id"])
        envelope = read_envelope_header(body)
        (item,) = iter_items(body, envelope.header_size)
        moment = Micros(round(event["timestamp"] * SECOND))
        arrival = Arrival(received=moment, event_id=envelope.event_id)
        processed = process_event(body[item.start : item.end], arrival)
        record = ItemRecord(0, "event", item.start, item.length, event=processed, event_id=processed.event_id)
        store.add(record, body=body, received=moment)
    store.set("UPDATE issue SET status = id % 3, substatus = CASE id % 3 WHEN 0 THEN 'ongoing' END")
    store.set("UPDATE issue SET starred = id % 2, seen = id % 3 = 1")
    store.set("INSERT INTO label VALUES(1, 'flaky', 0)")
    store.set("INSERT INTO label VALUES(2, 'till team', 0)")
    store.set("INSERT INTO issue_label SELECT id, 1 + id % 2 FROM issue WHERE id % 4 <> 0")
    payloads_of(store.workspace)(store.db)
    rows = {row.id: row for row in page_issues(store.db, IssueFilter(), limit=1_000)}
    owners = dict(store.raw.execute("SELECT id, issue FROM event"))
    return Sent(
        store,
        dict(enumerate(events, 1)),
        {n: rows[owner] for n, owner in owners.items()},
    )
