"""Keys of searches that an event answers: by tokens where it can, by its row or its payload where it must."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from vedette.domain import search_members
from vedette.domain.times import Micros
from vedette.store import dialect
from vedette.store.queries import attributes, release_parts, terms
from vedette.store.queries.issue_fields import dated
from vedette.store.queries.issue_tokens import issue_tokens
from vedette.store.queries.matching import EVERYTHING, Condition, Match, all_of, tags, words
from vedette.store.queries.parts import Part, any_part
from vedette.store.schema import event, event_terms, issue_stack, meta, stack_term, term
from vedette.store.search import (
    Field,
    FieldIs,
    Has,
    Node,
    TagNumber,
    Term,
    Text,
    Value,
    Wildcard,
)
from vedette.store.search.keys import SearchKey, Source, find_key
from vedette.store.search.values import Kind, read_number

MOST_ISSUES = 1_000
_MOST_NUMBERS = 20_000
"""Values of a tag that are read as numbers to compare them."""
# Tags of which an event's row says itself whether it has them, however many values there are.
_KEPT_IN_ROW = {"environment": event.c.env_term, "release": event.c.release_term, "user": event.c.user_term}

Relation = Callable[[str], bool]


def part(db: Connection, node: Node, at: Micros) -> Part:
    """Return what *node*, a leaf, asks of an event. Raises QueryError.

    Index: term(key, value) for what becomes tokens; stack_term(term, stack), issue_stack(stack, issue).
    """
    match node:
        case Text(text, where):
            return text_part(text, where)
        case Term(key, value):
            number = terms.term_id(db, key, value)
            return Part(_tokens([] if number is None else [number]))
        case Has(key) | Wildcard(key, "*") if key in _KEPT_IN_ROW:
            return Part(condition=_KEPT_IN_ROW[key].is_not(None))
        case Has(key):
            return _of_terms(db, select(term.c.id).where(term.c.key == key), key, "has")
        case Wildcard(key, pattern):
            return _wildcard(db, key, pattern)
        case TagNumber(key, operator, bound):
            return _numbers(db, key, operator, bound)
        case FieldIs():
            return _field(db, node, at)
        case _:
            raise TypeError(f"no rendering for {type(node).__name__}")


def _tokens(numbers: Sequence[int]) -> Match:
    return tags(f"{dialect.TERM}{number}" for number in numbers)


# -------------------------------------------------------------------- tags


def _wildcard(db: Connection, key: str, pattern: str) -> Part:
    fitting = select(term.c.id).where(term.c.key == key, _like(term.c.value, pattern))
    column = _KEPT_IN_ROW.get(key)
    if column is None:
        return _of_terms(db, fitting, key, "fits", pattern)
    some = _some(db, fitting)
    return Part(_tokens(some)) if some is not None else Part(condition=column.in_(fitting))


def _like(column: ColumnElement[Any], pattern: str) -> Condition:
    return column.ilike(terms.like_pattern(pattern), escape="\\")


def _some(db: Connection, numbers: Any) -> list[int] | None:
    """Return the terms asked for, None for more than full text joins well."""
    found = list(db.execute(numbers.limit(terms.MOST_VALUES + 1)).scalars())
    return None if len(found) > terms.MOST_VALUES else found


def _of_terms(db: Connection, numbers: Any, key: str, relation: str, bound: str = "") -> Part:
    """Return what events with any of the terms *numbers* have, a select of ids of *key*.

    Full text looks at every alternative for every row it gives, so of very many each event is asked instead.
    """
    some = _some(db, numbers)
    if some is not None:
        return Part(_tokens(some))
    return _carries(db, list(db.execute(numbers).scalars()), key, relation, bound)


def _carries(db: Connection, numbers: Sequence[int], key: str, relation: str, bound: str) -> Part:
    """Return whether the event's own list has any of the terms *numbers*; without one, its payload tells.

    Index: primary key.
    """
    listed = select(event_terms.c.terms).where(event_terms.c.id == event.c.id).scalar_subquery()
    sent = _payload(key.removeprefix(search_members.MARK), relation, bound)
    carries = func.coalesce(attributes.carries_term(db, listed, numbers) == 1, sent.as_condition)
    return Part(condition=carries, is_slow=True)


def _numbers(db: Connection, key: str, operator: str, bound: float) -> Part:
    """Return what events have whose tag *key* is a number in that relation to *bound*."""
    rows = db.execute(select(term.c.id, term.c.value).where(term.c.key == key).limit(_MOST_NUMBERS + 1)).all()
    if len(rows) > _MOST_NUMBERS:
        return _payload(key.removeprefix(search_members.MARK), f"n{operator}", repr(bound))
    numbers = [number for number, value in rows if attributes.in_relation(value, operator, bound)]
    return (
        Part(_tokens(numbers))
        if len(numbers) <= terms.MOST_VALUES
        else _carries(db, numbers, key, f"n{operator}", repr(bound))
    )


# -------------------------------------------------------------------- words

_TOKEN = re.compile(r"[^\W_]+")


def text_part(text: str, where: Field) -> Part:
    r"""Return what events have with words side by side.

    A star at the end lets the last word go on. With other stars whole words between them narrow what is
    looked at, and the text itself decides.
    """
    plain = text.replace("\\*", " ")
    body = plain.rstrip("*")
    if "*" not in body:
        return Part(words(body, where, prefix=body != plain))
    pieces = plain.split("*")
    whole = [word for n, piece in enumerate(pieces) for word in _whole(piece, n > 0, n < len(pieces) - 1)]
    match = all_of(words(word, where) for word in whole) if whole else EVERYTHING
    name = "title" if where is Field.TITLE else "text"
    return Part(match, _payload(name, "has text", text).condition, is_slow=True)


def _whole(piece: str, is_open_before: bool, is_open_after: bool) -> list[str]:
    """Return the words of *piece* that no star touches."""
    found = [
        match[0]
        for match in _TOKEN.finditer(piece)
        if not (is_open_before and match.start() == 0) and not (is_open_after and match.end() == len(piece))
    ]
    return found[:8]


# -------------------------------------------------------------------- fields


def _field(db: Connection, asked: FieldIs, at: Micros) -> Part:
    known = find_key(asked.key)
    assert known is not None, f"no field {asked.key}"
    return _BY_SOURCE[known.source](db, known, asked, at)


def _event(db: Connection, known: SearchKey, asked: FieldIs, at: Micros) -> Part:
    value = asked.value
    match known.name:
        case "timestamp":
            return Part() if value is None else Part(condition=dated(event.c.ts, asked.operator, value, at))
        case "trace":
            return Part(condition=event.c.trace.is_not(None))
        case _ if value is None:
            return Part(condition=event.c.span.is_not(None))
        case _:
            return Part(condition=and_(event.c.span.is_not(None), event.c.span == bytes.fromhex(value.text)))


def _release(db: Connection, known: SearchKey, asked: FieldIs, at: Micros) -> Part:
    numbers = release_parts.releases_where(db, known.name, asked.operator, asked.value)
    if len(numbers) <= terms.MOST_VALUES:
        return Part(_tokens(numbers))
    return Part(condition=and_(event.c.release_term.is_not(None), event.c.release_term.in_(numbers)))


def _latest(db: Connection, known: SearchKey, asked: FieldIs, at: Micros) -> Part:
    """Return what events of the latest release of their project have: the one tag that is no mere text."""
    latest = release_parts.latest_releases(db)
    return any_part(
        [Part(all_of((tags([f"{dialect.PROJECT}{of}"]), _tokens([number])))) for of, number in latest]
    )


def _member(db: Connection, known: SearchKey, asked: FieldIs, at: Micros) -> Part:
    key = search_members.MARK + known.name
    value = asked.value
    if value is not None and known.kind.is_numeric and not value.is_pattern:
        found = _numbers(db, key, asked.operator, read_number(value, known.kind))
    else:
        relation = "has" if value is None else "fits" if value.is_pattern else "is"
        found = _of_terms(db, _fitting(key, value), key, relation, "" if value is None else value.text)
    since = _indexed_since(db, "members_since")
    if since <= (db.execute(select(func.min(event.c.id))).scalar() or since):
        return found
    older = and_(event.c.id < since, _payload_of(known, asked).as_condition)
    return Part(condition=or_(found.as_condition, older), is_slow=True)


def _fitting(key: str, value: Value | None) -> Any:
    """Return the select of the terms of *key* that are or fit *value*, None: any."""
    fitting = select(term.c.id).where(term.c.key == key)
    if value is None:
        return fitting
    if value.is_pattern:
        return fitting.where(_like(term.c.value, value.text))
    return fitting.where(term.c.value == value.literal[: search_members.LONGEST])


def _frame(db: Connection, known: SearchKey, asked: FieldIs, at: Micros) -> Part:
    fitting = _fitting(search_members.MARK + known.name, asked.value)
    stacks = select(stack_term.c.stack).where(stack_term.c.term.in_(fitting))
    since = _indexed_since(db, "stacks_since")
    condition: Condition = and_(event.c.stack.is_not(None), event.c.stack.in_(stacks))
    if since > 1:
        older = and_(event.c.stack < since, _payload_of(known, asked).as_condition)
        return Part(condition=or_(condition, older), is_slow=True)
    having = select(issue_stack.c.issue).where(issue_stack.c.stack.in_(stacks)).distinct()
    issues = db.execute(having.limit(MOST_ISSUES + 1)).scalars().all()
    if not issues:
        return Part(tags([]))
    narrowed = tags(issue_tokens(db, issues)) if len(issues) <= MOST_ISSUES else EVERYTHING
    return Part(narrowed, condition)


def _indexed_since(db: Connection, name: str) -> int:
    """Return the first row that has its members indexed; those before were written by an older Vedette."""
    found = db.execute(select(meta.c.value).where(meta.c.key == name)).scalar()
    return int(found) if found else 0


# -------------------------------------------------------------------- payloads


def _in_payload(db: Connection, known: SearchKey, asked: FieldIs, at: Micros) -> Part:
    found = _payload_of(known, asked)
    value = asked.value
    is_exact = value is not None and not value.is_pattern and _TOKEN.search(value.text)
    if known.name == "error.value" and value is not None and is_exact:
        # Texts of exceptions are among the words of events, the first sixteen thousand letters of them.
        return Part(words(value.literal, Field.ANY), found.condition, is_slow=True)
    return found


def _payload_of(known: SearchKey, asked: FieldIs) -> Part:
    value = asked.value
    if value is None:
        return _payload(known.name, "has", "")
    if known.kind is Kind.BOOLEAN:
        return _payload(known.name, "is", "true" if value.text.lower() in ("true", "1", "yes") else "false")
    if value.is_pattern:
        return _payload(known.name, "fits", value.text)
    if known.kind.is_numeric:
        return _payload(known.name, f"n{asked.operator}", repr(read_number(value, known.kind)))
    return _payload(known.name, "is", value.literal)


def _payload(name: str, relation: str, bound: str) -> Part:
    fits = attributes.member_fits(event.c.request, event.c.item, event.c.eid, name, relation, bound)
    return Part(condition=fits == 1, is_slow=True)


_BY_SOURCE: Mapping[Source, Callable[[Connection, SearchKey, FieldIs, Micros], Part]] = {
    Source.EVENT: _event,
    Source.RELEASE: _release,
    Source.TAG: _latest,
    Source.MEMBER: _member,
    Source.FRAME: _frame,
    Source.PAYLOAD: _in_payload,
}
