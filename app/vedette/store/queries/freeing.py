"""What retention would let go of under other limits, without letting go of anything."""

from dataclasses import dataclass
from itertools import accumulate, pairwise

from sqlalchemy import CTE, Column, Connection, func, literal, select

from vedette.domain.times import Micros
from vedette.store import dialect
from vedette.store.retention import RetentionLimits
from vedette.store.schema import attachment, event, issue, payload, request

SAMPLES = 400
"""Requests weighed; some 2 ms warm, 20 ms from a cold disk at a million events."""
_LEAST_WEIGHT = 200  # bytes a request takes besides its payload: its row, its items, their places in indexes


@dataclass(frozen=True, slots=True)
class Freed:
    """What would go. ``bytes`` is an estimate by weighing some of the requests, ``events`` close to exact.

    ``through`` is when the newest of it came; None: nothing would go. ``kept`` counts events among it that
    stay because their issue is starred.
    """

    bytes: int = 0
    attachments: int = 0  # bytes of attachments, as they were sent
    events: int = 0
    kept: int = 0
    through: Micros | None = None


@dataclass(frozen=True, slots=True)
class _Sample:
    """Requests at even distances, oldest first, with the share of all bytes that lies up to each."""

    ids: tuple[int, ...]
    shares: tuple[float, ...]

    def share_through(self, number: int) -> float:
        """Return the share of the bytes in requests up to *number*, between two samples by their distance."""
        if number < self.ids[0]:
            return 0.0
        for (low, before), (high, after) in pairwise(zip(self.ids, self.shares, strict=True)):
            if low <= number < high:
                return before + (after - before) * (number - low) / (high - low)
        return 1.0

    def id_at(self, share: float) -> int:
        """Return the request through which *share* of the bytes lies."""
        for number, reached in zip(self.ids, self.shares, strict=True):
            if reached >= share:
                return number
        return self.ids[-1]


def would_free(db: Connection, limits: RetentionLimits, at: Micros) -> Freed:
    """Return what would go at *at* under *limits*; cost does not grow with what is stored.

    Index: primary keys of request, payload and event, event(issue, ts, id).
    """
    first, last = _ends(db, request.c.id)
    if last == 0:
        return Freed()
    used = dialect.bytes_in_use(db)
    sample = _sample(db, first, last)
    through = _last_before(db, limits.cutoff(at), first, last)
    if used > limits.bytes:
        through = max(through, sample.id_at((used - limits.bytes) / used))
    if through < first:
        return Freed()
    first_event, last_event = _ends(db, event.c.id)
    last_gone = _last_event_of(db, through, first_event, last_event)
    kept = _starred_events(db, last_gone)
    return Freed(
        bytes=round(used * sample.share_through(through)),
        attachments=_attachments(db, through),
        events=max(0, _events_between(db, first_event, last_gone) - kept) if last_gone else 0,
        kept=kept,
        through=_received(db, through),
    )


def _ends(db: Connection, column: "Column[int]") -> tuple[int, int]:
    # Two questions: together, SQLite would read the table through.
    first = db.execute(select(func.min(column))).scalar()
    last = db.execute(select(func.max(column))).scalar()
    return first or 0, last or 0


def _sample(db: Connection, first: int, last: int) -> _Sample:
    """Weigh requests at even distances from *first* to *last*: by what their payload takes."""
    wanted = _even(first, last)
    nearest = select(func.min(request.c.id)).where(request.c.id >= wanted.c.id).scalar_subquery()
    picked = select(nearest.label("id")).select_from(wanted).cte("picked")
    weight = select(func.length(payload.c.body)).where(payload.c.id == picked.c.id).scalar_subquery()
    found = {row.id: row.size or 0 for row in db.execute(select(picked.c.id, weight.label("size")))}
    ids = sorted(found)
    weights = [found[number] + _LEAST_WEIGHT for number in ids]
    total = sum(weights)
    return _Sample(tuple(ids), tuple(reached / total for reached in accumulate(weights)))


def _even(first: int, last: int) -> CTE:
    """Return numbers at even distances from *first* to *last*, both among them."""
    steps = min(SAMPLES, last - first + 1)
    number = select(literal(0).label("n")).cte("number", recursive=True)
    number = number.union_all(select(number.c.n + 1).where(number.c.n < steps - 1))
    return select((first + number.c.n * (last - first) // max(1, steps - 1)).label("id")).cte("wanted")


def _events_between(db: Connection, first: int, last: int) -> int:
    """Return how many events are numbered *first* to *last*, by looking for some: gaps are older losses."""
    wanted = _even(first, last)
    found, of = db.execute(
        select(func.count(event.c.id), func.count()).select_from(
            wanted.outerjoin(event, event.c.id == wanted.c.id)
        )
    ).one()
    return round((last - first + 1) * found / of)


def _last_before(db: Connection, moment: int, first: int, last: int) -> int:
    """Return the last request received before *moment*, by halving; less than *first* if there is none.

    Requests are numbered as they arrive.
    """
    low, high = first - 1, last
    while low < high:
        middle = (low + high + 1) // 2
        # The next one that is there: what a star kept stands alone.
        row = db.execute(
            select(request.c.id, request.c.received).where(request.c.id >= middle).order_by(request.c.id)
        ).first()
        if row is not None and row.received < moment:
            low = row.id
        else:
            high = middle - 1
    return low


def _last_event_of(db: Connection, through: int, first: int, last: int) -> int:
    """Return the last event that a request up to *through* brought, by halving; 0 if there is none."""
    low, high = first - 1, last
    while low < high:
        middle = (low + high + 1) // 2
        row = db.execute(
            select(event.c.id, event.c.request).where(event.c.id >= middle).order_by(event.c.id)
        ).first()
        if row is not None and row.request <= through:
            low = row.id
        else:
            high = middle - 1
    return low if low >= first else 0


def _starred_events(db: Connection, through: int) -> int:
    starred = select(issue.c.id).where(issue.c.starred == 1).scalar_subquery()
    rows = select(func.count()).select_from(event).where(event.c.issue.in_(starred), event.c.id <= through)
    return db.execute(rows).scalar_one()


def _attachments(db: Connection, through: int) -> int:
    # There are few attachments beside events, and their rows are short.
    size = select(func.sum(attachment.c.size)).where(attachment.c.request <= through)
    return db.execute(size).scalar() or 0


def _received(db: Connection, number: int) -> Micros | None:
    return db.execute(
        select(request.c.received).where(request.c.id <= number).order_by(request.c.id.desc())
    ).scalar()
