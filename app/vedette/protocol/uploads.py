"""Attachments that an envelope only refers to: uploaded before, in pieces. Values in, values out.

Source: getsentry/relay, the attachment reference (`application/vnd.sentry.attachment-ref+json`).
"""

import re

import orjson

from vedette.domain.json import JsonObject

REFERENCE_TYPE = "application/vnd.sentry.attachment-ref+json"
DONE = ".done"
"""What the file of a finished upload is called, after its id."""

_LONGEST = 64 << 10  # bytes; a reference is an address and a type
_ID = re.compile(r"[0-9a-f]{32}")
_LOCATION = re.compile(r".*/upload/(?P<id>[0-9a-f]{32})/?(?:[?#].*)?", re.DOTALL)


def is_upload_id(text: str) -> bool:
    """Whether *text* can be the id of an upload."""
    return _ID.fullmatch(text) is not None


def referred_upload(header: JsonObject, payload: bytes | memoryview) -> tuple[str, JsonObject] | None:
    """Return the id an attachment item refers to and the header it would have with the bytes in it.

    None for an item that is no reference, or one to nothing that could have been uploaded here.
    """
    if header.get("type") != "attachment" or header.get("content_type") != REFERENCE_TYPE:
        return None
    if len(payload) > _LONGEST:
        return None
    try:
        reference = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return None
    location = reference.get("location") if isinstance(reference, dict) else None
    match = _LOCATION.fullmatch(location) if isinstance(location, str) else None
    if match is None:
        return None
    kind = reference.get("content_type")
    changed = {name: value for name, value in header.items() if name not in ("content_type", "length")}
    if isinstance(kind, str):
        changed["content_type"] = kind
    return match["id"], {**changed, "uploaded": True}
