"""Sentry's replay search as conditions on rows: ``environment:qa count_errors:>0 url:*cart* user.email:x``.

The grammar is the one of issues; comparisons of numbers are this list's own.
"""

import re
from collections.abc import Callable
from typing import Any

import orjson
from sqlalchemy import ColumnElement, and_, literal, not_, or_, select

from vedette.domain.times import SECOND
from vedette.store.queries.terms import like_pattern
from vedette.store.schema import project, replay, replay_error, replay_trace, term
from vedette.store.search import (
    And,
    Has,
    HasEventId,
    InProject,
    InTrace,
    Node,
    Not,
    Or,
    Phrase,
    QueryError,
    Term,
    Text,
    Wildcard,
    parse_query,
)

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
_NUMBER = re.compile(
    rf"(?<!\S)(!?)({'|'.join(_NUMBERS)}):(>=|<=|>|<|=|!=)?([0-9]{{1,9}})(ms|s|m|h|d)?(?!\S)", re.ASCII
)
_UNITS = {"ms": 1_000, "": SECOND, "s": SECOND, "m": 60 * SECOND, "h": 3_600 * SECOND, "d": 86_400 * SECOND}
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
    found: list[Condition] = []

    def take(match: re.Match[str]) -> str:
        found.append(_number(match))
        return ""

    # Only outside quotes and brackets is it a part of its own, and there no other part can stand before it.
    rest = text if '"' in text or "(" in text else _NUMBER.sub(take, text)
    root = parse_query(rest).root
    if root is not None:
        found.append(_condition(root))
    return found


def _number(match: re.Match[str]) -> Condition:
    negated, name, operator, digits, unit = match.groups(default="")
    value = int(digits) * _UNITS[unit] if name == "duration" else int(digits)
    condition = _COMPARED[operator or "="](_NUMBERS[name], value)
    return not_(condition) if negated else condition


_COMPARED: dict[str, Callable[[Column, int], Condition]] = {
    "=": lambda column, value: column == value,
    "!=": lambda column, value: column != value,
    ">": lambda column, value: column > value,
    ">=": lambda column, value: column >= value,
    "<": lambda column, value: column < value,
    "<=": lambda column, value: column <= value,
}


def _condition(node: Node) -> Condition:
    match node:
        case And(nodes):
            return and_(*map(_condition, nodes))
        case Or(nodes):
            return or_(*map(_condition, nodes))
        case Not(inner):
            return not_(_condition(inner))
        case _:
            return _leaf(node)


def _leaf(node: Node) -> Condition:
    match node:
        case Term(key, value):
            return _tag(key, value)
        case Wildcard(key, pattern):
            return _fits(key, pattern)
        case Has(key):
            return _has(key)
        case Text(word) | Phrase(word):
            return or_(_contains(replay.c.urls, word), _contains(replay.c.about, word))
        case InTrace(trace):
            linked = select(replay_trace.c.replay).where(replay_trace.c.trace == trace)
            return replay.c.id.in_(linked)
        case HasEventId(event_id):
            linked = select(replay_error.c.replay).where(replay_error.c.eid == event_id)
            return or_(replay.c.replay_id == event_id, replay.c.id.in_(linked))
        case InProject(name):
            named = project.c.slug == name
            if name.isascii() and name.isdigit() and len(name) < 19:
                named = or_(named, project.c.id == int(name))
            return replay.c.project.in_(select(project.c.id).where(named))
        case _:
            raise QueryError("Replays have nothing of that kind.", getattr(node, "at", 0))


def _tag(key: str, value: str) -> Condition:
    if key in ("replay_id", "replay.id", "error_id", "error_ids", "trace_id", "trace_ids"):
        return _by_id(key, value)
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


def _by_id(key: str, value: str) -> Condition:
    try:
        ident = bytes.fromhex(value.replace("-", ""))
    except ValueError:
        raise QueryError(f"'{key}' has 32 hexadecimal digits.", 0) from None
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


def _contains(column: Column, text: str) -> Condition:
    return column.icontains(orjson.dumps(text).decode()[1:-1], autoescape=True)
