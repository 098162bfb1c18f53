"""Sentry's replay search as conditions on rows: ``environment:qa count_errors:>0 url:*cart* user.email:x``.

The grammar is the one of issues; comparisons of numbers are this list's own.
"""

from collections.abc import Callable
from typing import Any

import orjson
from sqlalchemy import ColumnElement, and_, literal, not_, or_, select

from vedette.domain.times import SECOND
from vedette.store.queries.terms import like_pattern
from vedette.store.schema import project, replay, replay_error, replay_trace, term
from vedette.store.search import And, Filter, Node, Not, Or, QueryError, Value, Words, parse
from vedette.store.search.values import Kind, read_number

Condition = ColumnElement[bool]
Column = ColumnElement[Any]

_NUMBERS: dict[str, Column] = {
    "count_errors": replay.c.errors,
    "count_dead_clicks": replay.c.dead_clicks,
    "count_rage_clicks": replay.c.rage_clicks,
    "count_segments": replay.c.segments,
    "count_urls": replay.c.pages,
    "count_traces": replay.c.traces,
    "activity": replay.c.activity,
    "duration": replay.c.duration,
}
_TERMS: dict[str, tuple[str, Column]] = {
    "environment": ("environment", replay.c.env_term),
    "release": ("release", replay.c.release_term),
}
_TEXTS: dict[str, Column] = {
    "platform": replay.c.platform,
    "dist": replay.c.dist,
    "replay_type": replay.c.type,
}
# Members of the JSON in `about`: a path to each, for texts that are compared whole.
_ABOUT: dict[str, str] = {
    "user.id": '"id":{}',
    "user.username": '"username":{}',
    "user.email": '"email":{}',
    "user.ip": '"ip":{}',
    "user.ip_address": '"ip":{}',
    "os.name": '"os":[{},',
    "browser.name": '"browser":[{},',
    "sdk.name": '"sdk":[{},',
    "device.name": '"device":[{},',
}


def replay_conditions(text: str) -> list[Condition]:
    """Return the conditions that *text* asks for; none for an empty one. Raises QueryError."""
    root = parse(text).root
    return [] if root is None else [_condition(root)]


def _condition(node: Node) -> Condition:
    match node:
        case And(nodes):
            return and_(*map(_condition, nodes))
        case Or(nodes):
            return or_(*map(_condition, nodes))
        case Not(inner):
            return not_(_condition(inner))
        case Filter():
            return or_(*(_filter(node, value) for value in node.values))
        case Words(value=value):
            return or_(_contains(replay.c.urls, value), _contains(replay.c.about, value))
        case _:
            raise TypeError(f"no rendering for {type(node).__name__}")


def _filter(asked: Filter, value: Value) -> Condition:
    key = asked.key.text
    if asked.key.is_function or (key in _OF_ISSUES and not asked.key.is_tag):
        raise QueryError("Replays have nothing of that kind.", asked.at, len(key))
    column = _NUMBERS.get(key)
    if column is not None and not asked.key.is_tag:
        return _COMPARED[asked.operator](column, _number(key, value))
    if asked.operator != "=":
        at = value.at - len(asked.operator)
        raise QueryError(f"'{key}' cannot be compared with {asked.operator}.", at, len(asked.operator))
    if key == "has":
        return _has(value.literal)
    if not value.text:
        return not_(_has(key))
    if value.is_pattern:
        return _fits(key, value.text) if value.text.strip("*") else _has(key)
    return _tag(key, value)


_OF_ISSUES = ("is", "level", "issue", "message", "title")


def _number(key: str, value: Value) -> float:
    # A bare number of a duration counts seconds here, as Sentry's list of replays has it.
    if key != "duration":
        return read_number(value, Kind.INTEGER)
    is_bare = value.text.strip().isdigit()
    return read_number(value, Kind.DURATION) * (SECOND if is_bare else SECOND / 1_000)


_COMPARED: dict[str, Callable[[Column, float], Condition]] = {
    "=": lambda column, bound: column == bound,
    ">": lambda column, bound: column > bound,
    ">=": lambda column, bound: column >= bound,
    "<": lambda column, bound: column < bound,
    "<=": lambda column, bound: column <= bound,
}


def _tag(key: str, asked: Value) -> Condition:
    value = asked.literal
    if key in ("project", "project.name"):
        named = project.c.slug == value
        if value.isascii() and value.isdigit() and len(value) < 19:
            named = or_(named, project.c.id == int(value))
        return replay.c.project.in_(select(project.c.id).where(named))
    if key in ("replay_id", "replay.id", "id", "error_id", "error_ids", "trace", "trace_id", "trace_ids"):
        return _by_id(key, asked)
    if key in ("url", "urls", "screen"):
        return replay.c.urls.contains(orjson.dumps(value).decode() + "]", autoescape=True)
    if key in _TERMS:
        name, column = _TERMS[key]
        return column.in_(select(term.c.id).where(term.c.key == name, term.c.value == value))
    if key == "user":
        return replay.c.user_term.in_(select(term.c.id).where(term.c.key == "user", term.c.value == value))
    if key in _TEXTS:
        return literal(value) == _TEXTS[key]
    if key in _ABOUT:
        return replay.c.about.contains(_ABOUT[key].format(orjson.dumps(value).decode()), autoescape=True)
    if key in ("viewed_by_me", "has_viewed"):
        return replay.c.viewed == int(value.lower() in ("true", "1"))
    return replay.c.tags.contains(orjson.dumps([key, value]).decode(), autoescape=True)


def _by_id(key: str, value: Value) -> Condition:
    try:
        ident = bytes.fromhex(value.literal.replace("-", ""))
    except ValueError:
        raise QueryError(f"'{key}' has 32 hexadecimal digits.", value.at, value.length) from None
    if key == "id":
        linked = select(replay_error.c.replay).where(replay_error.c.eid == ident)
        return or_(replay.c.replay_id == ident, replay.c.id.in_(linked))
    if key.startswith("replay"):
        return replay.c.replay_id == ident
    if key.startswith("error"):
        return replay.c.id.in_(select(replay_error.c.replay).where(replay_error.c.eid == ident))
    return replay.c.id.in_(select(replay_trace.c.replay).where(replay_trace.c.trace == ident))


def _fits(key: str, pattern: str) -> Condition:
    fits = like_pattern(pattern)
    if key in ("url", "urls", "screen"):
        return replay.c.urls.ilike(f'%,"{fits}"]%', escape="\\")
    if key in _TERMS or key == "user":
        name, column = _TERMS.get(key, ("user", replay.c.user_term))
        likes = term.c.value.ilike(fits, escape="\\")
        return column.in_(select(term.c.id).where(term.c.key == name, likes))
    if key in _TEXTS:
        return _TEXTS[key].ilike(fits, escape="\\")
    if key in _ABOUT:
        quoted = f'"{fits}"'
        return replay.c.about.ilike(f"%{_ABOUT[key].format(quoted)}%", escape="\\")
    return replay.c.tags.ilike(f'%["{like_pattern(key)}","{fits}"]%', escape="\\")


def _has(key: str) -> Condition:
    if key in _TERMS:
        return _TERMS[key][1].is_not(None)
    if key == "user":
        return replay.c.user_term.is_not(None)
    if key in _TEXTS:
        return _TEXTS[key] != ""
    if key in ("url", "urls", "screen"):
        return replay.c.pages > 0
    if key in _ABOUT:
        return not_(replay.c.about.contains(_ABOUT[key].format('""'), autoescape=True))
    return replay.c.tags.contains(f"[{orjson.dumps(key).decode()},", autoescape=True)


def _contains(column: Column, value: Value) -> Condition:
    written = orjson.dumps(value.text).decode()[1:-1] if "*" not in value.text else value.text
    return column.ilike(f"%{like_pattern(written)}%", escape="\\")
