"""JSON as SDKs write it where the standard does not: lone surrogates, and Python's bare words for numbers.

Bytes in, bytes out. Text that is correct comes back unchanged.
"""

import re

import orjson

from vedette.domain.json import JsonValue
from vedette.domain.outcomes import IngestError, Reason

# Left to right, so that an escaped backslash is never taken for the start of an escape.
_ESCAPE = re.compile(
    rb"\\(?:(u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_STRING_OR_WORD = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|(-?\b(?:NaN|Infinity)\b)', re.DOTALL)


def write_json(value: JsonValue) -> bytes:
    """Return what a sender's JSON, read before, is when written again.

    Raises IngestError(BAD_JSON): 1,024 levels can be read, 254 written.
    """
    try:
        return orjson.dumps(value)
    except TypeError as error:
        raise IngestError(Reason.BAD_JSON, "invalid JSON data: nested too deeply") from error


def replace_lone_surrogates(text: bytes) -> bytes:
    r"""Return *text* with escaped halves of surrogate pairs as ``\ufffd``, the replacement character.

    Python SDKs send them for file names and byte strings that were not UTF-8.
    """
    if b"\\ud" not in text and b"\\uD" not in text:
        return text
    return _ESCAPE.sub(lambda match: b"\\ufffd" if match[2] else match[0], text)


def replace_bare_words(text: bytes) -> bytes:
    """Return *text* with ``NaN``, ``Infinity`` and ``-Infinity`` outside strings as ``null``."""
    if b"NaN" not in text and b"Infinity" not in text:
        return text
    return _STRING_OR_WORD.sub(lambda match: b"null" if match[1] else match[0], text)
