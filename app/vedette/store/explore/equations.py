"""Arithmetic over functions, fields and numbers: what follows ``equation|``."""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Double, cast, func, literal

from vedette.store.search import QueryError

PREFIX = "equation|"
_MOST_TOKENS = 100
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<operator>[-+*/()])"
    r'|(?P<name>(?:tags\[[^\]]+\]|[A-Za-z_][A-Za-z0-9_.]*)(?:\((?:[^()"]|"[^"]*")*\))?))'
)

Sql = ColumnElement[Any]


def read_equation(text: str, value_of: Callable[[str], Sql]) -> Sql:
    """Return *text*, without its prefix, as SQL; *value_of* gives fields and functions by name.

    Division by nothing gives nothing. Raises QueryError.
    """
    tokens = _split(text)
    found, rest = _sum(tokens, value_of)
    if rest:
        raise QueryError(f"'{rest[0][1]}' cannot stand here in the equation.", 0)
    return found


def names_of(text: str) -> list[str]:
    """Return the fields and functions in *text*. Raises QueryError."""
    return [token for kind, token in _split(text) if kind == "name"]


Token = tuple[str, str]


def _split(text: str) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or len(tokens) >= _MOST_TOKENS:
            raise QueryError(f"The equation cannot be read from '{text[at : at + 20]}' on.", 0)
        tokens.append((str(match.lastgroup), match[0].strip()))
        at = match.end()
    return tokens


def _sum(tokens: list[Token], value_of: Callable[[str], Sql]) -> tuple[Sql, list[Token]]:
    found, rest = _product(tokens, value_of)
    while rest and rest[0][1] in ("+", "-"):
        sign = rest[0][1]
        right, rest = _product(rest[1:], value_of)
        found = found + right if sign == "+" else found - right
    return found, rest


def _product(tokens: list[Token], value_of: Callable[[str], Sql]) -> tuple[Sql, list[Token]]:
    found, rest = _value(tokens, value_of)
    while rest and rest[0][1] in ("*", "/"):
        sign = rest[0][1]
        right, rest = _value(rest[1:], value_of)
        found = found * right if sign == "*" else found / func.nullif(right, 0.0)
    return found, rest


def _value(tokens: list[Token], value_of: Callable[[str], Sql]) -> tuple[Sql, list[Token]]:
    if not tokens:
        raise QueryError("The equation ends too early.", 0)
    kind, text = tokens[0]
    if kind == "number":
        return literal(float(text), Double), tokens[1:]
    if kind == "name":
        return cast(value_of(text), Double), tokens[1:]
    if text == "-":
        found, rest = _value(tokens[1:], value_of)
        return -found, rest
    if text == "(":
        found, rest = _sum(tokens[1:], value_of)
        if not rest or rest[0][1] != ")":
            raise QueryError("A parenthesis in the equation is not closed.", 0)
        return found.self_group() if hasattr(found, "self_group") else found, rest[1:]
    raise QueryError(f"'{text}' cannot stand here in the equation.", 0)
