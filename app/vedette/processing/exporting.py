"""What of an event may leave: scrubbed as its project's rules ask for what is copied and saved. Pure."""

import copy

from vedette.domain.json import JsonObject
from vedette.processing.rules import ProjectRules
from vedette.processing.scrubbing.documents import scrub_payload
from vedette.processing.scrubbing.schema import EVENT


def export_event(event: JsonObject, rules: ProjectRules) -> JsonObject:
    """Return the normalised *event* for somebody else; the same object if its project scrubs nothing."""
    scrubber = rules.exporter()
    if scrubber is None:
        return event
    copied = copy.deepcopy(event)
    scrubber.scrub(copied, EVENT)
    return copied


def export_payload(kind: str, payload: bytes, rules: ProjectRules) -> bytes:
    """Return the *payload* of an item of *kind* for somebody else; byte for byte if nothing is scrubbed."""
    scrubber = rules.exporter()
    return payload if scrubber is None else scrub_payload(kind, payload, scrubber)
