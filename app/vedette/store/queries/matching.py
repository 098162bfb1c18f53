"""A query's tree as what the database can answer: one full-text MATCH and conditions on rows.

Whatever an event carries (words, tags, project, issue) becomes tokens of one MATCH on ``find``. What only
an issue's or event's row knows (status, star, level) becomes a condition, or, inside OR and NOT beside
such words, the tokens of the issues it holds for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    and_,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
)

from vedette.domain.issues import Status
from vedette.domain.levels import Level
from vedette.domain.times import HOUR, Micros
from vedette.store import dialect
from vedette.store.dialect import find
from vedette.store.engine import sql_of
from vedette.store.queries import terms
from vedette.store.queries.issue_tokens import issue_tokens, tokens_around
from vedette.store.queries.shortids import issue_of
from vedette.store.schema import event, issue, project, request
from vedette.store.search import (
    And,
    ComesFrom,
    Field,
    Flag,
    Has,
    HasEventId,
    HasFlag,
    HasLevel,
    HasStatus,
    HasSubstatus,
    InIssue,
    InProject,
    InTrace,
    Node,
    Not,
    Or,
    Origin,
    Phrase,
    Query,
    QueryError,
    Term,
    Text,
    Wildcard,
)

MOST_ISSUES = 1_000
_MOST_EVENTS = 10_000
# Tags of which an event's row says itself whether it has them, however many values there are.
_KEPT_IN_ROW = {"environment": event.c.env_term, "release": event.c.release_term, "user": event.c.user_term}

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


@dataclass(slots=True)
class Rendered:
    """What a query asks of the database; all parts must hold.

    ``statuses`` and ``projects`` stand apart (None: any) because they choose the index a list walks.
    """

    match: Match = EVERYTHING
    issue: list[Condition] = field(default_factory=list)
    event: list[Condition] = field(default_factory=list)
    statuses: frozenset[Status] | None = None
    projects: frozenset[int] | None = None

    @property
    def needs_events(self) -> bool:
        """Whether an issue's row alone cannot tell."""
        return self.match is not EVERYTHING or bool(self.event)


def for_issues(db: Connection, query: Query | None) -> Rendered:
    """Render *query* for a list of issues. Raises QueryError for a project or issue that does not exist."""
    rendered = Rendered()
    words: list[Node] = []
    for node in query.parts if query else ():
        leaves = node.nodes if isinstance(node, Or) else (node,)
        if all(isinstance(leaf, HasStatus) for leaf in leaves):
            asked = frozenset(leaf.status for leaf in leaves if isinstance(leaf, HasStatus))
            rendered.statuses = _narrowed(rendered.statuses, asked)
        elif all(isinstance(leaf, InProject) for leaf in leaves):
            named = frozenset(_project_id(db, leaf) for leaf in leaves if isinstance(leaf, InProject))
            rendered.projects = _narrowed(rendered.projects, named)
        elif (condition := _issue_condition(db, node)) is not None:
            rendered.issue.append(condition)
        elif (condition := _event_condition(db, node)) is not None:
            rendered.event.append(condition)
        else:
            words.append(node)
    rendered.match = _match(db, And(tuple(words)))
    return rendered


def for_events(db: Connection, query: Query | None) -> Rendered:
    """Render *query* for a list of events. Raises QueryError as `for_issues` does."""
    rendered = Rendered()
    words: list[Node] = []
    for node in query.parts if query else ():
        if isinstance(node, HasLevel):
            rendered.event.append(event.c.level.in_(_numbers(node.levels)))
        elif (condition := _event_condition(db, node)) is not None:
            rendered.event.append(condition)
        elif isinstance(node, InIssue | InProject) or (condition := _issue_condition(db, node)) is None:
            words.append(node)
        else:
            rendered.event.append(exists().where(issue.c.id == event.c.issue, condition))
    rendered.match = _match(db, And(tuple(words)))
    return rendered


def _numbers(levels: Iterable[Level]) -> list[int]:
    return sorted(level.number for level in levels)


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


def _narrowed(before: "frozenset[Any] | None", now: "frozenset[Any]") -> "frozenset[Any]":
    return now if before is None else before & now


# -------------------------------------------------------------------- conditions on rows


def _issue_condition(db: Connection, node: Node) -> Condition | None:
    """Return *node* as a condition on an issue's row, None if the row alone cannot tell."""
    match node:
        case And(nodes) | Or(nodes):
            conditions = [_issue_condition(db, inner) for inner in nodes]
            if any(condition is None for condition in conditions):
                return None
            joined = and_ if isinstance(node, And) else or_
            return joined(*(condition for condition in conditions if condition is not None))
        case Not(inner):
            condition = _issue_condition(db, inner)
            return None if condition is None else not_(condition)
        case _:
            return _leaf_condition(db, node)


_FLAG_CONDITIONS: dict[Flag, Condition] = {
    # Unknown (NULL) counts as handled here, so that NOT is:unhandled finds it.
    Flag.UNHANDLED: and_(issue.c.handled.is_not(None), issue.c.handled == 0),
    Flag.STARRED: issue.c.starred == 1,
    Flag.UNREAD: issue.c.seen == 0,
}


def _leaf_condition(db: Connection, node: Node) -> Condition | None:
    match node:
        case HasStatus(status):
            return issue.c.status == status.number
        case HasSubstatus(substatus):
            return and_(issue.c.substatus.is_not(None), issue.c.substatus == substatus.value)
        case HasFlag(flag):
            return _FLAG_CONDITIONS[flag]
        case HasLevel(levels):
            return issue.c.level.in_(_numbers(levels))
        case InProject():
            return issue.c.project == _project_id(db, node)
        case InIssue():
            return issue.c.id == _issue_id(db, node)
        case ComesFrom(origin, name, is_pattern):
            column = _ORIGINS[origin]
            return column.ilike(terms.like_pattern(name), escape="\\") if is_pattern else column == name
        case _:
            return None


_ORIGINS = {Origin.FILE: issue.c.filename, Origin.FUNCTION: issue.c.function}


def _event_condition(db: Connection, node: Node) -> Condition | None:
    """Return *node* as a condition on an event's row, None if it is a matter of full text."""
    match node:
        case Not(inner):
            condition = _event_condition(db, inner)
            return None if condition is None else not_(condition)
        case Has(key) | Wildcard(key, "*") if key in _KEPT_IN_ROW:
            return _KEPT_IN_ROW[key].is_not(None)
        case InTrace(trace):
            ids = select(event.c.id).where(event.c.trace == trace, event.c.trace.is_not(None))
            return event.c.id.in_(sorted(db.execute(ids.limit(_MOST_EVENTS)).scalars()))
        case HasEventId(event_id):
            ids = select(event.c.id).where(event.c.eid == event_id)
            return event.c.id.in_(sorted(db.execute(ids).scalars()))
        case _:
            return None


def _project_id(db: Connection, node: InProject) -> int:
    text = node.project
    by_id = project.c.id == int(text) if text.isascii() and text.isdigit() and len(text) < 19 else false()
    found: int | None = db.execute(
        select(project.c.id).where(or_(by_id, project.c.slug == text.lower()))
    ).scalar()
    if found is None:
        raise QueryError(f"There is no project '{text}'.", node.at)
    return found


def _issue_id(db: Connection, node: InIssue) -> int:
    found = issue_of(db, node.short)
    if found is None:
        raise QueryError(f"There is no issue '{node.short}'.", node.at)
    return found


# -------------------------------------------------------------------- full text


def _match(db: Connection, node: Node) -> Match:
    match node:
        case And(nodes):
            wanted = [inner for inner in nodes if not isinstance(inner, Not)]
            unwanted = [inner.node for inner in nodes if isinstance(inner, Not)]
            return without(
                all_of(_match(db, inner) for inner in wanted), any_of(_match(db, inner) for inner in unwanted)
            )
        case Or(nodes):
            return any_of(_match(db, inner) for inner in nodes)
        case Not(inner):
            return without(EVERYTHING, _match(db, inner))
        case Text(word, prefix, where):
            return words(word, where, prefix=prefix)
        case Phrase(phrase, where):
            return words(phrase, where)
        case _:
            return _tag_match(db, node)


def _tag_match(db: Connection, node: Node) -> Match:
    match node:
        case Term(key, value):
            number = terms.term_id(db, key, value)
            return _terms([] if number is None else [number])
        case Has(key) | Wildcard(key, "*"):
            return _terms(_bounded(terms.values_of(db, key, terms.MOST_VALUES + 1), node.at))
        case Wildcard(key, pattern):
            return _terms(_bounded(terms.resolve_wildcard(db, key, pattern, terms.MOST_VALUES + 1), node.at))
        case HasLevel(levels):
            found = terms.term_ids(db, [("level", level.value) for level in levels])
            return _terms(sorted(found.values()))
        case InProject():
            return tags([f"{dialect.PROJECT}{_project_id(db, node)}"])
        case InIssue():
            return tags(issue_tokens(db, [_issue_id(db, node)]))
        case InTrace(at=at) | HasEventId(at=at):
            raise QueryError("`trace:` and `id:` cannot stand inside OR.", at)
        case _:
            return _issues_match(db, node)


def _issues_match(db: Connection, node: Node) -> Match:
    """Return the match of all events of the issues that *node* holds for."""
    condition = _leaf_condition(db, node)
    assert condition is not None, f"no rendering for {type(node).__name__}"
    query = select(issue.c.id).where(condition).order_by(issue.c.id.desc()).limit(MOST_ISSUES + 1)
    ids: Sequence[int] = db.execute(query).scalars().all()
    if len(ids) > MOST_ISSUES:
        raise QueryError(
            f"This is true of more than {MOST_ISSUES} issues, too many beside other words in OR or NOT.",
            getattr(node, "at", 0),
        )
    return tags(issue_tokens(db, ids))


def _terms(numbers: Iterable[int]) -> Match:
    return tags(f"{dialect.TERM}{number}" for number in numbers)


def _bounded(numbers: list[int], at: int) -> list[int]:
    if len(numbers) > terms.MOST_VALUES:
        raise QueryError(f"More than {terms.MOST_VALUES} values of this tag fit. Say more of the value.", at)
    return numbers
