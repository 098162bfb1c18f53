"""A query's tree as what the database can answer: one full-text MATCH and conditions on rows.

Whatever an event carries (words, tags, project, issue) becomes tokens of one MATCH on ``find``. What only
an issue's or event's row knows (status, star, time) becomes a condition, or, inside OR and NOT beside
such words, the tokens of the issues it holds for. What only payloads know is looked for in them, last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, exists, false, literal, or_, select

from vedette.domain.issues import Status
from vedette.domain.levels import Level
from vedette.domain.times import Micros, now
from vedette.store import dialect
from vedette.store.queries import event_fields, issue_fields, terms
from vedette.store.queries.issue_tokens import issue_tokens
from vedette.store.queries.matching import EVERYTHING, Condition, Match, all_of, tags, without
from vedette.store.queries.parts import Part, all_parts, any_part, negated, no_part
from vedette.store.queries.shortids import issue_of
from vedette.store.schema import event, issue, project
from vedette.store.search import (
    And,
    Everything,
    FieldIs,
    Flag,
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
    Query,
    QueryError,
)
from vedette.store.search.keys import find_key

MOST_ISSUES = 1_000
_MOST_EVENTS = 10_000
_FEEDBACK = "feedback"


@dataclass(slots=True)
class Rendered:
    """What a query asks of the database; all parts must hold.

    ``statuses`` and ``projects`` stand apart (None: any) because they choose the index a list walks.
    With ``is_slow`` the conditions on events read payloads.
    """

    match: Match = EVERYTHING
    issue: list[Condition] = field(default_factory=list)
    event: list[Condition] = field(default_factory=list)
    statuses: frozenset[Status] | None = None
    projects: frozenset[int] | None = None
    is_slow: bool = False

    @property
    def needs_events(self) -> bool:
        """Whether an issue's row alone cannot tell."""
        return self.match is not EVERYTHING or bool(self.event)

    def add(self, parts: Sequence[Part]) -> None:
        """Ask for *parts* as well."""
        joined = all_parts(parts)
        self.match = all_of([self.match, joined.match])
        if joined.condition is not None:
            self.event.append(joined.condition)
        self.is_slow = self.is_slow or joined.is_slow


def for_issues(db: Connection, query: Query | None, at: Micros | None = None) -> Rendered:
    """Render *query* for a list of issues; *at* is what relative dates count from, now unless given.

    Issues of kinds that are hidden by default are left out of it, unless it names kinds or issues.
    Raises QueryError for a project or issue that does not exist.
    """
    rendered = Rendered()
    asking = _Asking(db, at)
    parts: list[Part] = []
    for node in query.parts if query else ():
        leaves = node.nodes if isinstance(node, Or) else (node,)
        if all(isinstance(leaf, HasStatus) for leaf in leaves):
            asked = frozenset(leaf.status for leaf in leaves if isinstance(leaf, HasStatus))
            rendered.statuses = _narrowed(rendered.statuses, asked)
        elif all(isinstance(leaf, InProject) for leaf in leaves):
            named = frozenset(asking.project(leaf) for leaf in leaves if isinstance(leaf, InProject))
            rendered.projects = _narrowed(rendered.projects, named)
        elif (condition := asking.issue_condition(node)) is not None:
            rendered.issue.append(condition)
        else:
            parts.append(asking.part(node))
    rendered.add(parts)
    if query is not None and not any(_names_kind(node) for node in query.parts):
        rendered.issue.append(issue.c.kind != _FEEDBACK)
    return rendered


def for_events(db: Connection, query: Query | None, at: Micros | None = None) -> Rendered:
    """Render *query* for a list of events. Raises QueryError as `for_issues` does."""
    rendered = Rendered()
    asking = _Asking(db, at, of_events=True)
    parts = []
    for node in query.parts if query else ():
        if isinstance(node, HasLevel):
            parts.append(Part(condition=event.c.level.in_(_numbers(node.levels))))
        elif not isinstance(node, InIssue | InProject) and (
            (condition := asking.issue_condition(node)) is not None
        ):
            parts.append(Part(condition=exists().where(issue.c.id == event.c.issue, condition)))
        else:
            parts.append(asking.part(node))
    rendered.add(parts)
    return rendered


def event_part(db: Connection, node: Node, at: Micros) -> Part:
    """Return what *node* asks of a single event. Raises QueryError as `for_issues` does."""
    return _Asking(db, at, of_events=True).part(node)


def _narrowed(before: "frozenset[Any] | None", asked: "frozenset[Any]") -> "frozenset[Any]":
    return asked if before is None else before & asked


def _names_kind(node: Node) -> bool:
    match node:
        case And(nodes) | Or(nodes):
            return any(_names_kind(inner) for inner in nodes)
        case Not(inner):
            return _names_kind(inner)
        case FieldIs(key):
            return key in ("issue.category", "issue.type", "event.type")
        case _:
            return isinstance(node, InIssue | HasEventId)


def _numbers(levels: Iterable[Level]) -> list[int]:
    return sorted(level.number for level in levels)


_FLAG_CONDITIONS: dict[Flag, Condition] = {
    # Unknown (NULL) counts as handled here, so that NOT is:unhandled finds it.
    Flag.UNHANDLED: and_(issue.c.handled.is_not(None), issue.c.handled == 0),
    Flag.STARRED: issue.c.starred == 1,
    Flag.UNREAD: issue.c.seen == 0,
}


class _Asking:
    """Renders the nodes of one query."""

    def __init__(self, db: Connection, at: Micros | None, *, of_events: bool = False) -> None:
        self._db = db
        self._of_events = of_events  # whose level is each their own
        self._at = now() if at is None else at

    # ---------------------------------------------------------------- issues

    def issue_condition(self, node: Node) -> Condition | None:
        """Return *node* as a condition on an issue's row, None if the row alone cannot tell."""
        match node:
            case And(nodes) | Or(nodes):
                conditions = [self.issue_condition(inner) for inner in nodes]
                if any(condition is None for condition in conditions):
                    return None
                joined = and_ if isinstance(node, And) else or_
                return joined(*(condition for condition in conditions if condition is not None))
            case Not(inner):
                condition = self.issue_condition(inner)
                return None if condition is None else negated(condition)
            case _:
                return self._issue_leaf(node)

    def _issue_leaf(self, node: Node) -> Condition | None:
        match node:
            case HasStatus(status):
                return issue.c.status == status.number
            case HasSubstatus(substatus):
                return and_(issue.c.substatus.is_not(None), issue.c.substatus == substatus.value)
            case HasFlag(flag):
                return _FLAG_CONDITIONS[flag]
            case HasLevel(levels) if not self._of_events:
                return issue.c.level.in_(_numbers(levels))
            case InProject():
                return issue.c.project == self.project(node)
            case InIssue():
                return issue.c.id == self._issue(node)
            case Everything():
                return literal(1) == literal(1)
            case FieldIs(key) if (known := find_key(key)) is not None and known.is_of_issue:
                return issue_fields.condition(self._db, known, node, self._at)
            case _:
                return None

    def project(self, node: InProject) -> int:
        """Return the id of a project. Raises QueryError if there is none such."""
        text = node.project
        by_id = project.c.id == int(text) if text.isascii() and text.isdigit() and len(text) < 19 else false()
        found: int | None = self._db.execute(
            select(project.c.id).where(or_(by_id, project.c.slug == text.lower()))
        ).scalar()
        if found is None:
            raise QueryError(f"There is no project '{text}'.", node.at, len(text))
        return found

    def _issue(self, node: InIssue) -> int:
        found = issue_of(self._db, node.short)
        if found is None:
            raise QueryError(f"There is no issue '{node.short}'.", node.at, len(node.short))
        return found

    # ---------------------------------------------------------------- events

    def part(self, node: Node) -> Part:
        """Return what *node* asks of an event."""
        match node:
            case And(nodes):
                return all_parts([self.part(inner) for inner in nodes])
            case Or(nodes):
                return any_part([self.part(inner) for inner in nodes])
            case Not(inner):
                return no_part(self.part(inner))
            case Everything():
                return Part()
            case InProject():
                return Part(tags([f"{dialect.PROJECT}{self.project(node)}"]))
            case InIssue():
                return Part(tags(issue_tokens(self._db, [self._issue(node)])))
            case InTrace(trace):
                ids = select(event.c.id).where(event.c.trace == trace, event.c.trace.is_not(None))
                return self._events(ids.limit(_MOST_EVENTS))
            case HasEventId(event_id):
                return self._events(select(event.c.id).where(event.c.eid == event_id))
            case HasLevel(levels):
                found = terms.term_ids(self._db, [("level", level.value) for level in levels])
                return Part(tags(f"{dialect.TERM}{number}" for number in sorted(found.values())))
            case _:
                condition = self._issue_leaf(node)
                if condition is None:
                    return event_fields.part(self._db, node, self._at)
                return self._of_issues(condition)

    def _events(self, ids: Any) -> Part:
        return Part(condition=event.c.id.in_(sorted(self._db.execute(ids).scalars())))

    def _of_issues(self, condition: Condition) -> Part:
        """Return what all events of the issues have that *condition* holds for."""
        ids = self._some_issues(condition)
        if len(ids) <= MOST_ISSUES:
            return Part(tags(issue_tokens(self._db, ids)))
        others = self._some_issues(negated(condition))
        if len(others) <= MOST_ISSUES:
            return Part(without(EVERYTHING, tags(issue_tokens(self._db, others))))
        return Part(condition=exists().where(issue.c.id == event.c.issue, condition))

    def _some_issues(self, condition: Condition) -> Sequence[int]:
        query = select(issue.c.id).where(condition).order_by(issue.c.id.desc()).limit(MOST_ISSUES + 1)
        return self._db.execute(query).scalars().all()
