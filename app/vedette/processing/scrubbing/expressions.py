"""Regular expressions a person wrote, refused where a text could make them run for ever.

Python tries again where an expression can match in more than one way. An expression is taken only if its
repeats without an end do not stand inside one another, hold no alternatives, and are few; what then remains
is at worst polynomial. The spelling is Rust's, as in the protocol's rules, as far as both are alike.
"""

import re
import warnings
from functools import lru_cache
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

LONGEST = 1000
MOST_REPEATS = 3
_ENDLESS = 100
"""A repeat of up to more than this counts as one without an end."""

_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "lower": "a-z",
    "upper": "A-Z",
    "space": r"\s",
    "xdigit": "0-9a-fA-F",
    "word": r"\w",
    "punct": r"!-/:-@\[-`{-~",
}
_CLASS = re.compile(r"\[:(\w{1,8}):\]")
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)
_LOOKS = (codes.ASSERT, codes.ASSERT_NOT, codes.GROUPREF, codes.GROUPREF_EXISTS)


class ExpressionError(ValueError):
    """An expression that is none, or not a safe one; says why."""


@lru_cache(maxsize=256)
def compile_expression(text: object) -> re.Pattern[str]:
    """Return the expression *text*. Raises ExpressionError with a sentence."""
    if not isinstance(text, str) or not text:
        raise ExpressionError("expected a regular expression")
    if len(text) > LONGEST:
        raise ExpressionError(f"the regular expression is longer than {LONGEST} characters")
    spelled = _CLASS.sub(lambda match: _CLASSES.get(match[1], match[0]), text).replace(r"\z", r"\Z")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = parser.parse(spelled)
            repeats = _check(tree, inside=False)
            compiled = re.compile(spelled)
    except (re.error, Warning, OverflowError, RecursionError) as error:
        raise ExpressionError(f"not a regular expression: {error}") from None
    if repeats > MOST_REPEATS:
        raise ExpressionError(f"more than {MOST_REPEATS} repeats without an end could take for ever")
    return compiled


def _check(tree: Any, *, inside: bool) -> int:
    """Return how many repeats without an end *tree* holds. Raises ExpressionError for dangerous ones."""
    count = 0
    for code, argument in tree:
        if code in _LOOKS:
            raise ExpressionError("looking around and references to groups are not known to these rules")
        if code in _REPEATS:
            count += _check_repeat(argument, inside=inside)
        elif code is codes.BRANCH:
            if inside:
                raise ExpressionError("alternatives in a repeat without an end could take for ever")
            count += sum(_check(branch, inside=inside) for branch in argument[1])
        elif code is codes.SUBPATTERN:
            count += _check(argument[3], inside=inside)
        elif code is codes.ATOMIC_GROUP:
            count += _check(argument, inside=inside)
    return count


def _check_repeat(argument: Any, *, inside: bool) -> int:
    least, most, body = argument
    is_endless = most is codes.MAXREPEAT or most > _ENDLESS
    if inside and (is_endless or most != least):
        raise ExpressionError("a repeat in a repeat without an end could take for ever")
    return int(is_endless) + _check(body, inside=inside or is_endless or most > 1)
