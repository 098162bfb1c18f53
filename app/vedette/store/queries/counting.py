"""Which issues have an event that fits, and how many, exactly, however many events that are.

Joining a million hits to their events takes SQLite seconds. So which event belongs to which issue is kept in
memory, 4 bytes an event, and for each word or tag asked about a set of bits, one an event, read from the full
text when first asked and after that only for what has arrived since. AND, OR and NOT are operations on bits.

All of it comes in blocks of 65,536 rows: what retention has emptied costs nothing, and a question that runs
out of time leaves its blocks to the next one.

There is one counter for each database file in a process, found by the file's name, since the functions that
ask get a connection and nothing else. The connections that asked hold it, and with the last of them it goes.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, literal, select

from vedette.store.dialect import find
from vedette.store.engine import sql_of
from vedette.store.queries.issue_rows import Asked, IssueFilter
from vedette.store.queries.matching import EVERYTHING, Condition, Joint, Match, hits
from vedette.store.row_changes import KEY, read_changes
from vedette.store.schema import event, issue, meta

if TYPE_CHECKING:
    import apsw

_BLOCK_BITS = 16
_BLOCK = 1 << _BLOCK_BITS
# Rows of full text read by one statement: opening the index again costs 0.6 ms a time.
_STRETCH = 1 << 20
_MOST_LEAVES = 64
_MOST_BYTES = 32 * 1024 * 1024

Bits = NDArray[np.uint8]  # _BLOCK bits, packed
Rows = NDArray[np.int64]

_ALL_BITS: Bits = np.full(_BLOCK // 8, 0xFF, np.uint8)


def _listed(column: Any) -> Any:
    # Numbers as one text: handing over each row by itself takes three times as long, and asks for the
    # interpreter's lock each time.
    return func.group_concat(column)


_ENDS = sql_of(
    select(
        select(func.min(event.c.id)).scalar_subquery(),
        select(func.max(event.c.id)).scalar_subquery(),
        select(meta.c.value).where(meta.c.key == "").scalar_subquery(),
    )
)
_EVENTS = sql_of(
    select(_listed(event.c.id), _listed(event.c.issue), func.min(event.c.ts), func.max(event.c.ts)).where(
        event.c.id >= literal(0), event.c.id <= literal(0)
    )
)
_HITS = sql_of(
    select(_listed(find.c.rowid)).where(
        hits(EVERYTHING), find.c.rowid >= literal(0), find.c.rowid <= literal(0)
    )
)


def _numbers(text: str | None) -> Rows:
    return np.fromstring(text, np.int64, sep=",") if text else np.empty(0, np.int64)


@dataclass(slots=True)
class _Block:
    """The events of 65,536 rows."""

    issues: NDArray[np.int32]  # 0: no event in this row
    first: int  # of their times
    last: int


@dataclass(slots=True)
class _Leaf:
    """Which rows have one word or tag."""

    through: int  # the last row looked at
    blocks: dict[int, Bits] = field(default_factory=dict)  # only those with a hit

    @property
    def size(self) -> int:
        return len(self.blocks) * _BLOCK // 8

    def add(self, rows: Rows) -> None:
        for number, offsets in _by_block(rows):
            bits = np.zeros(_BLOCK, np.uint8)
            bits[offsets] = 1
            packed = np.packbits(bits)
            before = self.blocks.get(number)
            self.blocks[number] = packed if before is None else before | packed


def _by_block(rows: Rows) -> Iterator[tuple[int, Rows]]:
    of_block = rows >> _BLOCK_BITS
    for number in np.unique(of_block):
        yield int(number), rows[of_block == number] & (_BLOCK - 1)


class IssueCounter:
    """Counts the issues of one database file. Any thread may ask; questions wait for each other."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._blocks: dict[int, _Block] = {}
        self._through = 0  # the last event known
        self._first = 0
        self._changes = (0, 0)
        self._outdated: set[int] = set()
        self._leaves: OrderedDict[str, _Leaf] = OrderedDict()

    @property
    def leaves(self) -> int:
        """How many words and tags are remembered."""
        return len(self._leaves)

    @property
    def size(self) -> int:
        """The bytes kept: 4 an event, and a bit an event for each word or tag."""
        return sum(block.issues.nbytes for block in self._blocks.values()) + self._leaf_bytes

    @property
    def _leaf_bytes(self) -> int:
        return sum(leaf.size for leaf in self._leaves.values())

    def knows(self, match: Match) -> bool:
        """Return whether all of *match* was asked about before, so that counting reads next to nothing."""
        return self._through > 0 and all(leaf.text in self._leaves for leaf in _leaves(match))

    def count(self, db: Connection, asked: Asked, where: IssueFilter) -> int:
        """Return how many issues hold what is *asked* and have one event that holds its part.

        See `issues` for the rest.
        """
        return len(self._issues(db, asked, where))

    def issues(self, db: Connection, asked: Asked, where: IssueFilter) -> list[int]:
        """Return the issues that hold what is *asked* and have one event that holds its part, in order of id.

        *where* gives the time its event must lie in. The first question of a process also reads all events'
        issues. Index: primary key of event, by ranges; ``find`` by row id.
        """
        found: list[int] = self._issues(db, asked, where).tolist()
        return found

    def _issues(self, db: Connection, asked: Asked, where: IssueFilter) -> Rows:
        if asked.is_impossible:
            return _numbers(None)
        passing = _numbers(db.execute(select(_listed(issue.c.id)).where(*asked.all_conditions)).scalar())
        if not len(passing):
            return passing
        with self._lock:
            raw: apsw.Connection = db.connection.dbapi_connection.raw  # type: ignore[union-attr]
            self._read_events(raw)
            try:
                leaves = {leaf.text: self._leaf(raw, leaf) for leaf in _leaves(asked.rendered.match)}
            finally:
                self._forget_leaves()
            return self._found(db, asked, where, passing, leaves)

    def _found(
        self, db: Connection, asked: Asked, where: IssueFilter, passing: Rows, leaves: Mapping[str, _Leaf]
    ) -> Rows:
        wanted = np.zeros(int(passing.max()) + 1, bool)
        wanted[passing] = True
        # Newest first: most issues have a hit there, and when none is left the older blocks do not matter.
        for number in sorted(self._blocks, reverse=True):
            block = self._blocks[number]
            bits = _bits(asked.rendered.match, number, leaves)
            if bits is None:
                continue
            mask = np.unpackbits(bits).view(bool)
            if not self._narrow(db, mask, number, asked.rendered.event, where):
                continue
            # Issues that were born after *passing* was read are beyond the end.
            found = block.issues[mask]
            wanted[found[found < len(wanted)]] = False
            if not np.any(wanted):
                break
        return np.sort(passing[~wanted[passing]])

    def _narrow(
        self,
        db: Connection,
        mask: NDArray[np.bool_],
        number: int,
        events: Sequence[Condition],
        where: IssueFilter,
    ) -> bool:
        """Leave in *mask* the rows of block *number* whose event's row fits; False if none can."""
        block = self._blocks[number]
        conditions = list(events)
        if where.since is not None:
            if block.last < where.since:
                return False
            if block.first < where.since:
                conditions.append(event.c.ts >= where.since)
        if where.until is not None:
            if block.first > where.until:
                return False
            if block.last > where.until:
                conditions.append(event.c.ts <= where.until)
        if conditions:
            base = number << _BLOCK_BITS
            within = event.c.id.between(base, base + _BLOCK - 1)
            rows = _numbers(db.execute(select(_listed(event.c.id)).where(within, *conditions)).scalar())
            fits = np.zeros(_BLOCK, bool)
            fits[rows - base] = True
            mask &= fits
        return True

    # ---------------------------------------------------------------- what is kept

    def _read_events(self, raw: "apsw.Connection") -> None:
        """Read what has arrived since, and again what retention may have taken."""
        first, last, noted = raw.execute(_ENDS, (KEY,)).get
        self._first, last = first or 0, last or 0
        if last < self._through:
            # Everything has gone, and row ids are given out anew.
            self._forget()
        changes = read_changes(noted)
        if changes != self._changes:
            self._outdated |= {number for number in self._blocks if number <= changes[1] >> _BLOCK_BITS}
            self._changes = changes
        for number in sorted(self._outdated):
            base = number << _BLOCK_BITS
            self._read_block(raw, number, base, min(base + _BLOCK - 1, self._through))
            self._outdated.discard(number)
        at = max(self._first, self._through + 1)
        while at <= last:
            number = at >> _BLOCK_BITS
            end = min(((number + 1) << _BLOCK_BITS) - 1, last)
            self._read_block(raw, number, at, end)
            self._through = end
            at = end + 1

    def _forget(self) -> None:
        self._blocks, self._through, self._outdated = {}, 0, set()
        self._leaves.clear()

    def _read_block(self, raw: "apsw.Connection", number: int, first: int, last: int) -> None:
        """Read rows *first* to *last* into a block, which they begin anew if *first* is its first row."""
        ids, issues, earliest, latest = raw.execute(_EVENTS, (first, last)).get
        base = number << _BLOCK_BITS
        block = None if first == base else self._blocks.get(number)
        if ids is None:
            if block is None:
                self._blocks.pop(number, None)
            return
        if block is None:
            block = self._blocks[number] = _Block(np.zeros(_BLOCK, np.int32), earliest, latest)
        block.issues[_numbers(ids) - base] = _numbers(issues)
        block.first, block.last = min(block.first, earliest), max(block.last, latest)

    def _leaf(self, raw: "apsw.Connection", match: Match) -> _Leaf:
        """Return the rows that *match* finds, up to the last event known."""
        leaf = self._leaves.get(match.text)
        if leaf is None:
            leaf = self._leaves[match.text] = _Leaf(self._first - 1)
        self._leaves.move_to_end(match.text)
        while leaf.through < self._through:
            end = min(leaf.through + _STRETCH, self._through)
            # FTS5 looks at every alternative for every row it gives, so many rows cost less one by one:
            # 120 releases of a million events 155 ms instead of 400.
            alone = match.parts if end - leaf.through > _BLOCK else ()
            for part in alone or (match,):
                leaf.add(_numbers(raw.execute(_HITS, (part.text, leaf.through + 1, end)).get))
            leaf.through = end
        return leaf

    def _forget_leaves(self) -> None:
        """Drop what has not been asked for longest, and blocks that are no more."""
        for leaf in self._leaves.values():
            for number in leaf.blocks.keys() - self._blocks.keys():
                del leaf.blocks[number]
        while len(self._leaves) > _MOST_LEAVES or (self._leaves and self._leaf_bytes > _MOST_BYTES):
            self._leaves.popitem(last=False)


def _leaves(match: Match) -> Iterator[Match]:
    if match.joint is None:
        if match is not EVERYTHING:
            yield match
        return
    for part in match.parts:
        yield from _leaves(part)


_JOINED: dict[Joint, Callable[[Bits, Bits], Bits]] = {Joint.ALL: and_, Joint.ANY: or_}


def _bits(match: Match, number: int, leaves: Mapping[str, _Leaf]) -> Bits | None:
    """Return which rows of block *number* have *match*, None for none."""
    if match is EVERYTHING:
        return _ALL_BITS
    if match.joint is None:
        return leaves[match.text].blocks.get(number)
    parts = [_bits(part, number, leaves) for part in match.parts]
    if match.joint is Joint.WITHOUT:
        base, unwanted = parts
        return base if base is None or unwanted is None else base & ~unwanted
    some = [bits for bits in parts if bits is not None]
    if not some or (match.joint is Joint.ALL and len(some) < len(parts)):
        return None
    return reduce(_JOINED[match.joint], some)


_counters: WeakValueDictionary[str, IssueCounter] = WeakValueDictionary()
_finding = threading.Lock()


def counter_of(db: Connection) -> IssueCounter:
    """Return the counter of the file that *db* reads, the same for all connections to it."""
    known: IssueCounter | None = db.info.get("issue_counter")
    if known is not None:
        return known
    name: str = db.connection.dbapi_connection.raw.filename  # type: ignore[union-attr]
    with _finding:
        counter = _counters.get(name)
        if counter is None:
            counter = _counters[name] = IssueCounter()
        db.info["issue_counter"] = counter
    return counter
