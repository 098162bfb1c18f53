"""A workspace with many events, made fast: real payloads processed once, then varied and written.

Every event keeps a real payload's bytes with ids and numbers of its own; tags, users, titles and times vary
as they do in life: two thousand issues with a long tail, a near-unique order tag on a third of the events.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tests.bench.payloads import errors
from vedette.domain.outcomes import Outcome
from vedette.domain.processed import Arrival, Grouping, Heading, ProcessedEvent
from vedette.domain.times import DAY, Micros, now
from vedette.domain.workspace import Workspace
from vedette.processing import pipeline
from vedette.protocol.envelope import iter_items, read_envelope_header
from vedette.store.writer.records import ItemRecord, RequestRecord
from vedette.store.writer.writer import StoreWriter

BATCH = 500
ISSUES = 2_000
_DAYS = 7
WORDS = [
    "basket",
    "price",
    "order",
    "stock",
    "currency",
    "tax",
    "zone",
    "rate",
    "invoice",
    "refund",
    "voucher",
    "carrier",
    "parcel",
    "depot",
    "shelf",
    "supplier",
    "session",
    "token",
    "cache",
    "queue",
    "worker",
    "socket",
    "timeout",
    "retry",
    "index",
    "cursor",
    "schema",
    "migration",
]


def fill(folder: Path, events: int, *, dictionary: bytes | None, seed: int = 3) -> Workspace:
    """Make a workspace in *folder* with *events* errors over the last week, or use the one that is there."""
    workspace = Workspace(folder)
    done = folder / f"filled-{events}"
    if done.exists():
        return workspace
    folder.mkdir(parents=True, exist_ok=True)
    writer = StoreWriter(workspace, shipped_dictionary=dictionary)
    with writer.batch():
        writer.projects.ensure_first()
    requests = _requests(events, random.Random(seed))
    number = 0
    while number < events:
        with writer.batch(mark=number):
            for _, record in zip(range(min(BATCH, events - number)), requests, strict=False):
                writer.add(record)
                number += 1
        writer.between_batches(idle=number % (BATCH * 4) == 0)
    writer.raw.execute("ANALYZE")
    writer.close()
    done.touch()
    return workspace


def _requests(count: int, chance: random.Random) -> Iterator[RequestRecord]:
    templates = _templates()
    newest = now()
    step = _DAYS * DAY // count
    # A few issues have most of the events, most have a handful.
    weights = [1 / (rank + 1) ** 0.8 for rank in range(ISSUES)]
    issues = chance.choices(range(ISSUES), weights, k=count)
    for n in range(count):
        body, start, length, event = templates[issues[n] % len(templates)]
        moment = Micros(newest - (count - n) * step)
        varied = _varied(event, issues[n], moment, chance)
        raw = body.replace(event.event_id.hex().encode(), varied.event_id.hex().encode())
        item = ItemRecord(0, "event", start, length, event=varied, event_id=varied.event_id)
        yield RequestRecord(
            id=n + 1,
            received=moment,
            project=1,
            ip="127.0.0.1",
            client="sentry.python/2.75.0",
            method="POST",
            path="/api/1/envelope/",
            wire_size=len(raw) // 4,
            status=200,
            outcome=Outcome.STORED,
            body=raw,
            content_type="application/x-sentry-envelope",
            encoding="gzip",
            items=[item],
        )


def _templates() -> Sequence[tuple[bytes, int, int, ProcessedEvent]]:
    found = []
    for body in errors():
        envelope = read_envelope_header(body)
        (item,) = iter_items(body, envelope.header_size)
        arrival = Arrival(received=now(), event_id=envelope.event_id)
        event = pipeline.process_event(body[item.start : item.end], arrival)
        found.append((body, item.start, item.length, event))
    return found


def _varied(event: ProcessedEvent, issue: int, moment: Micros, chance: random.Random) -> ProcessedEvent:
    words = random.Random(issue).sample(WORDS, 3)
    heading = event.heading
    value = f"{' '.join(words)} {chance.randrange(100_000)}"
    title = f"{heading.type}: {value}"
    user = f"id:{chance.randrange(20_000)}"
    release = f"shop@1.{chance.randrange(30)}.{chance.randrange(4)}"
    environment = ("production", "staging", "qa")[chance.randrange(3)]
    tags = [
        ("environment", environment),
        ("release", release),
        ("level", "error"),
        ("user", user),
        ("browser", ("Firefox", "Chrome", "Safari", "Edge")[chance.randrange(4)]),
        ("os", ("Windows", "Linux", "macOS", "Android", "iOS")[chance.randrange(5)]),
        ("server_name", f"host-{chance.randrange(40)}"),
        ("tenant", f"t{chance.randrange(500)}"),
        ("transaction", f"/orders/{issue % 90}"),
        ("handled", ("yes", "no")[chance.randrange(2)]),
        ("runtime", "CPython 3.13.1"),
        ("region", f"eu-{chance.randrange(3)}"),
    ]
    if chance.random() < 0.3:
        tags.append(("order", f"o{chance.getrandbits(40):x}"))
    return replace(
        event,
        event_id=chance.randbytes(16),
        timestamp=moment,
        received=moment,
        heading=Heading(title, heading.culprit, heading.type, value, heading.filename, heading.function),
        grouping=Grouping((f"{issue:032x}",), "bench/1", "app"),
        environment=environment,
        release="shop@1",
        user=user,
        trace_id=chance.randbytes(16),
        tags=tuple(tags),
        body=f"{title} {event.body[:600]}",
    )
