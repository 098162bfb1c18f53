"""Chunks of continuous profiles that belong to an item: rows do not say which profiler ran, payloads do."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from vedette.domain.times import Micros
from vedette.domain.workspace import Workspace
from vedette.store.errors import DamagedError
from vedette.store.queries.payloads import PayloadGoneError, read_item
from vedette.store.queries.profiles import LONGEST_CHUNK
from vedette.store.schema import profile_chunk

MOST_READ = 10
"""Payloads looked into."""
MOST_CHUNKS = 50


@dataclass(frozen=True, slots=True)
class Claimant:
    """An item that may name the profiler that ran from *start* to *end*."""

    request: int
    item: int
    project: int
    start: Micros
    end: Micros


@dataclass(frozen=True, slots=True)
class ChunkPlace:
    """Where a chunk came in."""

    request: int
    item: int
    started: Micros
    samples: int


def chunks_of(db: Connection, workspace: Workspace, claimants: Sequence[Claimant]) -> list[ChunkPlace]:
    """Return the chunks of the profilers that *claimants* name, taken while they ran, at most MOST_CHUNKS.

    Payloads are read only of those during which something was profiled, at most MOST_READ.
    Index: profile_chunk_by_start.
    """
    found: dict[int, ChunkPlace] = {}
    payloads: dict[tuple[int, int], bytes] = {}
    for claimant in claimants:
        for number, profiler, place in _overlapping(db, claimant):
            if number in found or not _names(db, workspace, claimant, profiler, payloads):
                continue
            found[number] = place
            if len(found) == MOST_CHUNKS:
                return list(found.values())
    return list(found.values())


def _overlapping(db: Connection, claimant: Claimant) -> Iterator[tuple[int, bytes, ChunkPlace]]:
    chunk = profile_chunk.c
    rows = db.execute(
        select(chunk.id, chunk.profiler_id, chunk.request, chunk.item, chunk.started, chunk.samples)
        .where(
            chunk.started >= claimant.start - LONGEST_CHUNK,
            chunk.started <= claimant.end,
            chunk.finished >= claimant.start,
            chunk.project == claimant.project,
        )
        .order_by(chunk.started)
        .limit(MOST_CHUNKS)
    )
    for row in rows:
        yield row.id, row.profiler_id, ChunkPlace(row.request, row.item, row.started, row.samples)


def _names(
    db: Connection,
    workspace: Workspace,
    claimant: Claimant,
    profiler: bytes,
    payloads: dict[tuple[int, int], bytes],
) -> bool:
    """Return whether the claimant's item has the id of *profiler*, wherever its SDK puts that."""
    key = claimant.request, claimant.item
    if key not in payloads:
        if len(payloads) == MOST_READ:
            return False
        payloads[key] = _payload(db, workspace, *key)
    return any(spelling in payloads[key] for spelling in _spellings(profiler))


def _payload(db: Connection, workspace: Workspace, request: int, item: int) -> bytes:
    try:
        return read_item(db, workspace, request, item).payload
    except (PayloadGoneError, DamagedError):
        return b""


def _spellings(profiler: bytes) -> Iterable[bytes]:
    text = profiler.hex()
    dashed = "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
    return (text.encode(), dashed.encode())
