"""The events of a replay's recording, read from its JSON array as it comes: the whole is never held.

Pieces of bytes in, JSON values out. What is held is one event and a megabyte of text around it.
"""

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain

import orjson

from vedette.domain.json import JsonValue
from vedette.domain.outcomes import IngestError, Reason

READ_AT_ONCE = 1 << 20
"""Up to here the whole array is parsed in one go; beyond it event by event, at a quarter of the rate.

Bytes; parsed JSON takes about ten times as much.
"""
LARGEST_EVENT = 2 << 20
"""Characters, about; what is larger draws a page as a whole, and is passed over: an empty object instead."""
MOST_EVENTS = 500_000

_BLANK = re.compile(r"[ \t\n\r]*")
# Whatever neither opens nor closes anything. Possessive, so that a text that does not end costs one look.
_FLAT = re.compile(r'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)


def iter_events(pieces: Iterable[bytes]) -> Iterator[JsonValue]:
    """Yield the events of the JSON array in *pieces*, at most MOST_EVENTS.

    Raises IngestError: BAD_JSON, BAD_REPLAY for JSON that is no array, and whatever *pieces* raise.
    """
    rest = iter(pieces)
    head = _take(rest, READ_AT_ONCE + 1)
    if len(head) > READ_AT_ONCE:
        yield from _one_by_one(_Window(chain((head,), rest)))
        return
    try:
        events = orjson.loads(head)
    except orjson.JSONDecodeError as error:
        raise _bad_json(error.msg, error.pos) from None
    if type(events) is not list:
        raise _no_array()
    yield from events[:MOST_EVENTS]


def _take(pieces: Iterator[bytes], size: int) -> bytes:
    """Return at least *size* bytes of *pieces*, or all there are."""
    taken: list[bytes] = []
    while size > 0 and (piece := next(pieces, None)) is not None:
        taken.append(piece)
        size -= len(piece)
    return b"".join(taken)


def _one_by_one(window: "_Window") -> Iterator[JsonValue]:
    if window.next_mark() != "[":
        raise _no_array()
    window.at += 1
    if window.next_mark() == "]":
        return
    for _ in range(MOST_EVENTS):
        yield _read_value(window)
        mark = window.next_mark()
        if mark == "]":
            return
        if mark != ",":
            raise _bad_json("expected a comma or the array's end", window.place)
        window.at += 1


_EXPONENT = 3
_DECODER = json.JSONDecoder()


def _read_value(window: "_Window") -> JsonValue:
    opens = window.next_mark() in ("{", "[")
    while True:
        try:
            value: JsonValue
            value, end = _DECODER.raw_decode(window.text, window.at)
        except json.JSONDecodeError as error:
            if opens and window.left > LARGEST_EVENT:
                _pass_over(window)
                return {}
            if not window.more():
                raise _bad_json(error.msg, window.start + error.pos) from None
            continue
        except RecursionError:
            raise _bad_json("it is nested too deeply", window.place) from None
        # A number at the end of what is here may go on: "1" with "e+7".
        if len(window.text) - end < _EXPONENT and window.more():
            continue
        window.at = end
        return value


def _pass_over(window: "_Window") -> None:
    """Step behind the object or array that begins here, by its brackets alone."""
    depth = 0
    while True:
        match = _FLAT.match(window.text, window.at)
        assert match is not None  # it matches nothing as well
        window.at = match.end()
        mark = window.text[window.at : window.at + 1]
        if mark in ("", '"'):
            if not window.more():
                raise _bad_json("it is cut short", window.place)
            continue
        window.at += 1
        depth += 1 if mark in "[{" else -1
        if depth == 0:
            return


class _Window:
    """The text around where reading is; what lies before it is dropped when more is needed."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._ended = False
        self.text = ""
        self.at = 0
        self.start = 0
        """Characters dropped so far."""

    @property
    def place(self) -> int:
        return self.start + self.at

    @property
    def left(self) -> int:
        return len(self.text) - self.at

    def more(self) -> bool:
        """Take more text, as much again as is left at least, so that trying anew stays linear.

        False if all is here; nothing is changed then.
        """
        added = ""
        while not added:
            if self._ended:
                return False
            data = _take(self._pieces, max(READ_AT_ONCE, self.left, 1))
            self._ended = not data
            try:
                added = self._decoder.decode(data, final=self._ended)
            except UnicodeDecodeError as error:
                raise _bad_json("it is not UTF-8", self.start + len(self.text) + error.start) from None
        self.start += self.at
        self.text = self.text[self.at :] + added
        self.at = 0
        return True

    def next_mark(self) -> str:
        """Step over blanks and return the character there, "" at the end."""
        while True:
            match = _BLANK.match(self.text, self.at)
            assert match is not None  # it matches nothing as well
            self.at = match.end()
            if self.at < len(self.text) or not self.more():
                return self.text[self.at : self.at + 1]


def _no_array() -> IngestError:
    return IngestError(Reason.BAD_REPLAY, "invalid replay recording: expected an array of events")


def _bad_json(what: str, at: int) -> IngestError:
    return IngestError(Reason.BAD_JSON, f"invalid replay recording: {what}", offset=at)
