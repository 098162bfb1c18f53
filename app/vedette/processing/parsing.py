"""An item's payload as JSON, or the sentence saying where it breaks."""

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason

_NAMES = {list: "an array", str: "a string", int: "a number", float: "a number", bool: "a boolean"}


def parse_object(payload: bytes, reason: Reason) -> JsonObject:
    """Return the JSON object that *payload* is.

    Raises IngestError: BAD_JSON with the offset of the fault, or *reason* for JSON that is no object.
    """
    try:
        document: JsonValue = orjson.loads(payload)
    except orjson.JSONDecodeError as error:
        raise IngestError(
            Reason.BAD_JSON, f"invalid JSON: {error.msg}", offset=_byte_offset(payload, error.pos)
        ) from None
    if type(document) is not dict:
        raise IngestError(reason, f"expected a JSON object, found {_NAMES.get(type(document), 'null')}")
    return document


def _byte_offset(payload: bytes, characters: int) -> int:
    """The parser counts characters; the inspector marks bytes."""
    if payload.isascii():
        return characters
    return len(payload.decode(errors="replace")[:characters].encode(errors="replace"))
