"""Values that no column holds: attributes, read from the payload that brought the row.

Rows are not burdened with attributes. A payload is decoded when the first of its rows is asked about and
kept while its neighbours are, so a walk over rows in their order decodes each once.

SQL functions on the reader's connection: ``attribute(request, item, record, name)`` gives text, a number or
NULL, ``attribute_text`` always text, ``attribute_number`` always a number; ``tag_value(which, row, name)``
and ``tag_number`` a tag of an event or segment, whose postings it reads as a whole when it is first asked.
``member_fits(request, item, record, name, relation, bound)`` tells whether any value of a member of an event
is what a search asks for, ``carries_term(list, handle)`` whether an event's list of terms has one of many.
"""

import math
import operator
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeGuard

import numpy as np
import orjson
from sqlalchemy import ColumnElement, Connection, func, literal, select
from sqlalchemy.types import Double, String, TypeEngine

from vedette.domain.json import JsonValue
from vedette.domain.outcomes import IngestError
from vedette.domain.search_members import EventAttributes
from vedette.domain.workspace import Workspace
from vedette.store import dialect
from vedette.store.engine import reader_of, sql_of
from vedette.store.errors import DamagedError
from vedette.store.queries import payloads, terms
from vedette.store.queries.payload_needles import can_fit, needle_of
from vedette.store.queries.payloads import PayloadGoneError, StoredItem
from vedette.store.schema import inferred, term
from vedette.store.term_list import unpack_terms

if TYPE_CHECKING:
    import apsw

Record = bytes | int
"""Which record of an item: the id of a span or event, else its place among the item's records."""

Decoder = Callable[[StoredItem], Mapping[Record, Mapping[str, JsonValue]]]
"""Returns the attributes of every record of an item. Raises IngestError for what cannot be read."""

PlainDecoder = Callable[[bytes], Mapping[Record, Mapping[str, JsonValue]]]
"""The same from the payload alone, for kinds that need no more: much faster to get at."""

Scalar = str | int | float | None

# As objects, payloads take some ten times their bytes.
_MOST_BYTES = 4 * 1024 * 1024
_MOST_ITEMS = 500
_NOTHING: Mapping[Record, Mapping[str, JsonValue]] = {}
_EMPTY: Mapping[str, JsonValue] = {}
_KEY = "vedette.attributes"
_SETS = "vedette.term_sets"
_MOST_SETS = 16
_MOST_VERDICTS = 100_000
_MOST_TEXT = 8_192
_EXACT = 2**53


@dataclass(frozen=True, slots=True)
class Sources:
    """Where attributes come from: the workspace's bytes, and what decodes each kind of item."""

    workspace: Workspace
    decoders: Mapping[str, Decoder]
    readers: Mapping[str, PlainDecoder] = field(default_factory=dict)


def attribute(request: Any, item: Any, record: Any, name: str) -> ColumnElement[Any]:
    """Return the SQL for an attribute as it was sent."""
    return func.attribute(request, item, record, literal(name, String))


def attribute_text(request: Any, item: Any, record: Any, name: str) -> ColumnElement[Any]:
    """Return the SQL for an attribute as text, ``true`` and JSON included."""
    return _typed("attribute_text", String(), request, item, record, name)


def attribute_number(request: Any, item: Any, record: Any, name: str) -> ColumnElement[Any]:
    """Return the SQL for an attribute as a number, NULL if it is none."""
    return _typed("attribute_number", Double(), request, item, record, name)


def _typed(
    function: str, kind: "TypeEngine[Any]", request: Any, item: Any, record: Any, name: str
) -> ColumnElement[Any]:
    found: ColumnElement[Any] = getattr(func, function)(
        request, item, record, literal(name, String), type_=kind
    )
    return found


def tag_value(which: str, row: Any, name: str) -> ColumnElement[Any]:
    """Return the SQL for tag *name* of a row of full-text table *which*."""
    return func.tag_value(literal(which, String), row, literal(name, String), type_=String())


def tag_number(which: str, row: Any, name: str) -> ColumnElement[Any]:
    """Return the SQL for tag *name* as a number, NULL if it is none."""
    return func.tag_number(literal(which, String), row, literal(name, String), type_=Double())


def member_fits(
    request: Any, item: Any, record: Any, name: str, relation: str, bound: str
) -> ColumnElement[Any]:
    """Return the SQL for whether any value of a member fits: 1 or 0.

    *relation* is ``has``, ``is``, ``fits`` a pattern, ``has text`` like one; or of numbers ``n=``, ``n>``, ….
    """
    given = (literal(text, String) for text in (name, relation, bound))
    return func.member_fits(request, item, record, *given)


def carries_term(db: Connection, listed: Any, numbers: Sequence[int]) -> ColumnElement[Any]:
    """Return the SQL for whether a packed list of terms, *listed*, has any of *numbers*: 1 or 0.

    NULL for an event without a list, which an older Vedette wrote.
    """
    sets: OrderedDict[int, frozenset[int]] | None = db.info.get(_SETS)
    if sets is None:
        sets = db.info[_SETS] = OrderedDict()

        def carries(packed: bytes | None, handle: int) -> int | None:
            return None if packed is None else int(not sets[handle].isdisjoint(unpack_terms(packed)))

        db.connection.dbapi_connection.raw.create_scalar_function(  # type: ignore[union-attr]
            "carries_term", carries, 2, deterministic=True
        )
    handle = next(reversed(sets), 0) + 1
    sets[handle] = frozenset(numbers)
    while len(sets) > _MOST_SETS:
        sets.popitem(last=False)
    return func.carries_term(listed, literal(handle))


def offer(db: Connection, make: Callable[[], Sources]) -> None:
    """Make the functions known to *db*, whose sources are made when the first payload is read."""
    known = db.info[_KEY] = _Functions(db, make)
    raw = db.connection.dbapi_connection.raw  # type: ignore[union-attr]
    for name, function, arguments in (
        ("attribute", known.value, 4),
        ("attribute_text", known.text, 4),
        ("attribute_number", known.number, 4),
        ("tag_value", known.tag, 3),
        ("tag_number", known.tag_number, 3),
        ("member_fits", known.fits, 6),
    ):
        raw.create_scalar_function(name, function, arguments)


def prepare(db: Connection, sources: Sources) -> None:
    """Make the functions known to *db*, and forget the tags that the question before asked for."""
    known: _Functions | None = db.info.get(_KEY)
    if known is None or known.sources != sources:
        offer(db, lambda: sources)
    else:
        known.tags.clear()


class _Functions:
    """What stands behind the SQL functions of one connection, which belongs to one thread."""

    def __init__(self, db: Connection, make: Callable[[], Sources]) -> None:
        self._make = make
        self.tags: dict[tuple[str, str], _TagMap] = {}
        self._db = db
        self._reader = reader_of(db)
        self._decoded: OrderedDict[tuple[int | bytes, ...], tuple[Mapping[Record, Any], int]] = OrderedDict()
        self._bytes = 0
        self._last: tuple[int, int] = (0, 0)
        self._records = _NOTHING
        self._verdicts: OrderedDict[tuple[int | bytes | str, ...], int] = OrderedDict()

    @cached_property
    def sources(self) -> Sources:
        """Where attributes come from."""
        return self._make()

    def fits(self, request: int, item: int, record: bytes, name: str, relation: str, bound: str) -> int:
        # The same rows are asked again for the next page and for how many there are.
        question = request, item, record, name, relation, bound
        verdict = self._verdicts.get(question)
        if verdict is None:
            can = self._can_fit(request, item, record, needle_of(name, relation, bound))
            verdict = int(can and any_fits(self._members(request, item, record, name), relation, bound))
            self._verdicts[question] = verdict
            if len(self._verdicts) > _MOST_VERDICTS:
                self._verdicts.popitem(last=False)
        return verdict

    def _can_fit(self, request: int, item: int, record: bytes, needle: bytes | None) -> bool:
        if needle is None or (request, item) == self._last or (request, item) in self._decoded:
            return True
        if self._reader is not None:
            self._reader.check_time()
        try:
            plain = payloads.read_plain_item(self._db, request, item)
        except DamagedError:
            return False
        return plain is None or plain[0] != "event" or can_fit(plain[1], record, needle)

    def _members(self, request: int, item: int, record: bytes, name: str) -> Sequence[JsonValue]:
        attributes = self._record(request, item, record)
        members = attributes.members if isinstance(attributes, EventAttributes) else {}
        return members[name] if name in members else (attributes.get(name),)

    def value(self, request: int, item: int, record: Record, name: str) -> Scalar:
        return _scalar(self._find(request, item, record, name))

    def text(self, request: int, item: int, record: Record, name: str) -> str | None:
        return as_text(self._find(request, item, record, name))

    def number(self, request: int, item: int, record: Record, name: str) -> float | None:
        return as_number(self._find(request, item, record, name))

    def tag(self, which: str, row: int, name: str) -> str | None:
        found = self.tags.get((which, name))
        if found is None:
            found = self.tags[which, name] = _read_tag(self._raw, which, name)
        return found.of(row)

    def tag_number(self, which: str, row: int, name: str) -> float | None:
        return as_number(self.tag(which, row, name))

    @property
    def _raw(self) -> "apsw.Connection":
        raw: apsw.Connection = self._db.connection.dbapi_connection.raw  # type: ignore[union-attr]
        return raw

    def _find(self, request: int, item: int, record: Record, name: str) -> JsonValue:
        return self._record(request, item, record).get(name)

    def _record(self, request: int, item: int, record: Record) -> Mapping[str, JsonValue]:
        if (request, item) != self._last:
            self._records = self._load(request, item)
            self._last = request, item
        found = self._records.get(record)
        if found is None:
            found = self._derived(request, item, record) if _is_event(record) else _EMPTY
        return found

    def _derived(self, request: int, item: int, event_id: bytes) -> Mapping[str, JsonValue]:
        """Return the attributes of an event whose item is no `event`: feedback, a report, a dump."""
        place = request, item, event_id
        known = self._decoded.get(place)
        if known is None:
            decoder = self.sources.decoders.get("event")
            try:
                if item < 0:
                    stored = payloads.read_own_event(self._db, event_id, request, item)
                else:
                    stored = payloads.read_item(self._db, self.sources.workspace, request, item)
                derived = payloads.read_derived(self._db, event_id, request, item)
                payload = stored.payload if derived is None else derived
                records = _NOTHING if decoder is None else decoder(replace(stored, payload=payload))
            except (PayloadGoneError, DamagedError, IngestError):
                payload, records = b"", _NOTHING
            # Its id may be the store's own, so the record is taken whatever it is called.
            first = next(iter(records.values()), _EMPTY)
            known = {event_id: first}, len(payload)
            self._keep(place, known)
        found: Mapping[str, JsonValue] = known[0].get(event_id, _EMPTY)
        return found

    def _load(self, request: int, item: int) -> Mapping[Record, Mapping[str, JsonValue]]:
        place = request, item
        known = self._decoded.get(place)
        if known is not None:
            self._decoded.move_to_end(place)
            return known[0]
        if self._reader is not None:
            self._reader.check_time()  # SQLite looks at the clock only every few thousand of its own steps
        try:
            records, size = self._decode(request, item)
        except (PayloadGoneError, DamagedError, IngestError):
            records, size = _NOTHING, 0
        self._keep(place, (records, size))
        return records

    def _decode(self, request: int, item: int) -> tuple[Mapping[Record, Mapping[str, JsonValue]], int]:
        plain = payloads.read_plain_item(self._db, request, item)
        if plain is not None:
            kind, payload = plain
            reads = self.sources.readers.get(kind)
            if reads is not None:
                return self._with_inferred(reads(payload), request, item), len(payload)
        stored = payloads.read_item(self._db, self.sources.workspace, request, item)
        decoder = self.sources.decoders.get(stored.kind)
        records = _NOTHING if decoder is None else decoder(stored)
        return self._with_inferred(records, request, item), len(stored.payload)

    def _with_inferred(
        self, records: Mapping[Record, Mapping[str, JsonValue]], request: int, item: int
    ) -> Mapping[Record, Mapping[str, JsonValue]]:
        """Add what only the request tells of all records of an item. Index: inferred(request, item)."""
        row = self._raw.execute(_INFERRED, (request, item)).fetchone()
        if row is None:
            return records
        common = orjson.loads(row[0])
        return {record: {**common, **attributes} for record, attributes in records.items()}

    def _keep(self, place: tuple[int | bytes, ...], found: tuple[Mapping[Record, Any], int]) -> None:
        self._decoded[place] = found
        self._bytes += found[1]
        while self._bytes > _MOST_BYTES or len(self._decoded) > _MOST_ITEMS:
            _, (_, freed) = self._decoded.popitem(last=False)
            self._bytes -= freed


def _is_event(record: Record) -> TypeGuard[bytes]:
    return isinstance(record, bytes) and len(record) == 16


def _scalar(value: JsonValue) -> Scalar:
    match value:
        case bool() | list() | dict():
            return as_text(value)
        case int() if not -(2**63) <= value < 2**63:
            return float(value)
        case _:
            return value  # type: ignore[no-any-return]


def as_text(value: JsonValue) -> str | None:
    """Return an attribute's value as text; at most 8,192 characters."""
    match value:
        case None:
            return None
        case str():
            return value[:_MOST_TEXT]
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < _EXACT:
            return str(int(value))  # 200.0 is the status 200
        case int() | float():
            return repr(value)
        case _:
            return orjson.dumps(value).decode()[:_MOST_TEXT]


def as_number(value: JsonValue) -> float | None:
    """Return an attribute's value as a number, None if it is none."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def any_fits(values: Sequence[JsonValue], relation: str, bound: str) -> bool:
    """Return whether any of *values* stands in *relation* to *bound*; see `member_fits`."""
    if relation.startswith("n"):
        limit = float(bound)
        return any(in_relation(value, relation[1:], limit) for value in values)
    texts = [text for value in values if (text := as_text(value))]
    match relation:
        case "is":
            return bound in texts
        case "fits":
            return any(terms.fits(bound, text) for text in texts)
        case "has text":
            return any(terms.contains(bound, text) for text in texts)
        case _:
            return bool(texts)


def in_relation(value: JsonValue, relation: str, bound: float) -> bool:
    """Return whether *value* is a number that stands in *relation* to *bound*."""
    number = as_number(value)
    return number is not None and _RELATIONS[relation](number, bound)


_RELATIONS: Mapping[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


@dataclass(frozen=True, slots=True)
class _TagMap:
    """Which value of a tag each row has: numbers from 1, 0 for none."""

    base: int
    numbers: memoryview
    values: list[str | None]

    def of(self, row: int) -> str | None:
        place = row - self.base
        return self.values[self.numbers[place]] if 0 <= place < len(self.numbers) else None


_VALUES = sql_of(select(term.c.id, term.c.value).where(term.c.key == ""))


_INFERRED = sql_of(select(inferred.c.attributes).where(inferred.c.request == 0, inferred.c.item == 0))


def _read_tag(raw: "apsw.Connection", which: str, name: str) -> _TagMap:
    """Return who has which value of tag *name*, from the postings of full-text table *which*.

    Index: term(key, value); the full text, one term at a time.
    """
    found = dialect.FULL_TEXT_ROWS[which]
    values: list[str | None] = [None]
    rows = []
    for number, value in list(raw.execute(_VALUES, (name,))):
        listed = raw.execute(found, (f"tags : {dialect.quote(f'{dialect.TERM}{number}')}",)).get
        if listed:
            values.append(value)
            rows.append(np.fromstring(listed, np.int64, sep=","))
    if not rows:
        return _TagMap(0, memoryview(b""), values)
    base = int(min(ids[0] for ids in rows))
    numbers = np.zeros(int(max(ids[-1] for ids in rows)) - base + 1, np.int32)
    for place, ids in enumerate(rows, 1):
        numbers[ids - base] = place
    return _TagMap(base, numbers.data, values)
