"""Bodies of the endpoints that take no envelope, made into one, so that everything later walks one path."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from vedette.domain.json import JsonObject
from vedette.protocol.legacy import event_identity, is_envelope_type, store_body_to_event, wrap_event
from vedette.protocol.limits import Limits

Body = bytes | memoryview


@dataclass(frozen=True, slots=True)
class Posted:
    """What a request said beside its body: `meta` is what the station noted of it."""

    meta: JsonObject
    limits: Limits

    def text(self, name: str) -> str | None:
        """Return what was noted under *name*; None for nothing."""
        value = self.meta.get(name)
        return value if isinstance(value, str) and value else None


Wrapper = Callable[[Body, Posted], Body]
"""Returns the envelope for a decoded body. Raises IngestError for what the sender did wrong."""


def wrap(body: Body, posted: Posted) -> Body:
    """Return the envelope that *body* is or stands for. Raises IngestError."""
    make = WRAPPERS.get(posted.text("endpoint") or "")
    return body if make is None else make(body, posted)


def _wrap_store(body: Body, posted: Posted) -> Body:
    content_type = posted.text("content_type")
    if is_envelope_type(content_type):
        return body
    event = store_body_to_event(bytes(body), content_type, posted.text("client"), posted.limits.event)
    own_id, item_type = event_identity(event)
    return wrap_event(event, posted.text("event_id") or own_id or uuid4().hex, item_type)


WRAPPERS: dict[str, Wrapper] = {
    "store": _wrap_store,
}
"""By the station's name of the endpoint."""
