"""Pages by key, never by offset: cursors, and the ``Link`` header that carries them.

A cursor is ``KEY:0:0`` where KEY holds the sort value and row id after which the next page begins.
Clients take it as opaque. Pages go forward only, so ``rel="previous"`` always says ``results="false"``.
"""

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

from yarl import URL

from vedette.api.errors import ApiError
from vedette.domain.times import Micros

T = TypeVar("T")

_CURSOR = re.compile(r"(?:(-?[0-9]{1,19}(?:_-?[0-9]{1,19})*)|0?):[0-9]{1,9}:[01]", re.ASCII)
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Rows, the key the next page begins after (None: this is the last), and how many there are in all.

    ``back_to`` is the moment before which nothing was looked at, for lack of time; None: all was.
    """

    rows: list[T]
    after: tuple[int, ...] | None = None
    hits: int | None = None
    back_to: Micros | None = None


def cut(rows: list[T], limit: int) -> tuple[list[T], bool]:
    """Return the first *limit* of *rows*, and whether there are more: ask for one more than is shown."""
    return rows[:limit], len(rows) > limit


def read_cursor(cursor: str, size: int) -> tuple[int, ...] | None:
    """Return the *size* numbers *cursor* holds, None for a first page. Raises ApiError 400.

    ``0:0:0`` and an empty key mean the first page, as clients write it who make the first one up.
    """
    if not cursor:
        return None
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise ApiError(400, "Invalid cursor parameter.")
    key = match[1]
    if key is None or (key == "0" and size > 1):
        return None
    numbers = tuple(int(part) for part in key.split("_"))
    if len(numbers) != size or any(abs(number) > _LARGEST for number in numbers):
        raise ApiError(400, "Invalid cursor parameter.")
    return numbers


def write_cursor(after: tuple[int, ...]) -> str:
    return "_".join(map(str, after)) + ":0:0"


def link_header(url: URL, page: Page[T]) -> str:
    """Return the ``Link`` header of *page*, which was asked for as *url*."""
    here = url.query.get("cursor", "0:0:0")
    following = write_cursor(page.after) if page.after is not None else here
    parts = [("previous", "0:0:1", False), ("next", following, page.after is not None)]
    return ", ".join(
        f'<{url.update_query(cursor=cursor)}>; rel="{rel}"; '
        f'results="{"true" if results else "false"}"; cursor="{_safe(cursor)}"'
        for rel, cursor, results in parts
    )


def _safe(cursor: str) -> str:
    return cursor if _CURSOR.fullmatch(cursor) else "0:0:0"
