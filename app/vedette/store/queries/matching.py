"""What the full text answers: expressions over words and tags, and how they join.

Whatever an event carries (words, tags, project, issue) becomes tokens of one MATCH on ``find``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, String, func, literal, select

from vedette.domain.times import HOUR, Micros
from vedette.store import dialect
from vedette.store.dialect import find
from vedette.store.engine import sql_of
from vedette.store.queries.issue_tokens import tokens_around
from vedette.store.schema import event, request
from vedette.store.search import Field

Condition = ColumnElement[bool]


class Joint(StrEnum):
    """How the parts of an expression make the whole."""

    ALL = "all"
    ANY = "any"
    WITHOUT = "without"  # the first, not the second


@dataclass(frozen=True, slots=True)
class Match:
    """A full-text expression, or what needs none: everything, nothing.

    ``parts`` with no ``joint`` are tokens of which any will do, one expression for each.
    """

    text: str
    joint: Joint | None = None
    parts: "tuple[Match, ...]" = ()

    def __bool__(self) -> bool:
        return self is not NOTHING


EVERYTHING = Match("")
NOTHING = Match("\0")


def tags(tokens: Iterable[str]) -> Match:
    """Return the match of rows that carry any of *tokens*."""
    quoted = [dialect.quote(token) for token in tokens]
    if not quoted:
        return NOTHING
    each = tuple(Match(f"tags : ({word})") for word in quoted) if len(quoted) > 1 else ()
    return Match(f"tags : ({' OR '.join(quoted)})", parts=each)


def all_of(matches: Iterable[Match]) -> Match:
    """Return the match of rows that all *matches* have."""
    wanted = []
    for match in matches:
        if match is NOTHING:
            return NOTHING
        if match is not EVERYTHING:
            wanted.append(match)
    return _joined(Joint.ALL, " AND ", wanted) if wanted else EVERYTHING


def any_of(matches: Iterable[Match]) -> Match:
    """Return the match of rows that any of *matches* has."""
    wanted = []
    for match in matches:
        if match is EVERYTHING:
            return EVERYTHING
        if match is not NOTHING:
            wanted.append(match)
    return _joined(Joint.ANY, " OR ", wanted) if wanted else NOTHING


def _joined(joint: Joint, operator: str, parts: Sequence[Match]) -> Match:
    if len(parts) == 1:
        return parts[0]
    return Match(operator.join(f"({part.text})" for part in parts), joint, tuple(parts))


def without(match: Match, unwanted: Match) -> Match:
    """Return the match of rows of *match* that *unwanted* does not have."""
    if unwanted is NOTHING or match is NOTHING:
        return match
    if unwanted is EVERYTHING:
        return NOTHING
    base = match.text or _carried_by_all().text
    return Match(f"({base}) NOT ({unwanted.text})", Joint.WITHOUT, (match, unwanted))


def _carried_by_all() -> Match:
    return tags([dialect.ANY])


def words(text: str, where: Field, *, prefix: bool = False) -> Match:
    """Return the match of rows with *text* as a word or phrase."""
    columns = "title" if where is Field.TITLE else "{title body}"
    star = " *" if prefix else ""
    return Match(f"{columns} : {dialect.quote(text)}{star}")


def hits(match: Match) -> Condition:
    """Return the condition on ``find`` that *match* stands for; the expression is bound, never pasted."""
    return _matches(literal((match.text or _carried_by_all().text), String))


def hits_of_issue(match: Match) -> Condition:
    """Return the same for the issue of the row around it: a correlated probe."""
    before = f"({match.text}) AND tags : (" if match.text else "tags : ("
    return _matches(literal(before, String) + tokens_around() + literal(")", String))


def _matches(expression: ColumnElement[str]) -> Condition:
    found: Condition = find.c.find.op("MATCH", is_comparison=True)(expression)
    return found


def first_row_since(db: Connection, since: Micros) -> int:
    """Return a row id at or below that of every event since *since*.

    Rows are in order of arrival, and nothing arrives before it happened, but for clocks that are wrong by
    less than an hour. An event alone would not do: one that was delayed has a late row and an early time.
    Index: primary keys of event and request, halving; event(ts, id).
    """
    margin = since - HOUR
    early = select(event.c.id).where(event.c.ts >= margin).order_by(event.c.ts, event.c.id).limit(1)
    last = db.execute(select(func.max(event.c.id))).scalar() or 0
    low, high = 0, last + 1
    raw = db.connection.dbapi_connection.raw  # type: ignore[union-attr]
    while low < high:
        middle = (low + high) // 2
        row = raw.execute(_ARRIVAL, (middle, last)).fetchone()
        if row is None or row[1] >= margin:
            high = middle
        else:
            low = row[0] + 1
    return min(low, db.execute(early).scalar() or low)


# The first event at or after a row id, up to another, and when it arrived.
_ARRIVAL = sql_of(
    select(event.c.id, request.c.received)
    .join(request, request.c.id == event.c.request)
    .where(event.c.id >= literal(0), event.c.id <= literal(0))
    .order_by(event.c.id)
)
