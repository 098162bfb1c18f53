"""What of stored data may leave: scrubbed as its project's rules ask for what is copied and saved. Pure.

Everything that hands data out goes through here, or says that it gives the bytes as they came.
"""

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.rules import ProjectRules
from vedette.processing.scrubbing.documents import cover_text, is_scrubbed, scrub_payload
from vedette.processing.scrubbing.schema import (
    EVENT,
    EVENT_ROWS,
    RECORD_ROWS,
    RECORDING,
    REPLAY,
    REPORTS,
    SPAN,
    Field,
)
from vedette.processing.scrubbing.settings import Scrubbing, make_scrubber


def export_event(event: JsonObject, rules: ProjectRules) -> JsonObject:
    """Return the normalised *event* for somebody else; the same object if its project scrubs nothing."""
    return EventExporter(rules).of(event)


class EventExporter:
    """Scrubs many events of one project."""

    def __init__(self, rules: ProjectRules) -> None:
        self._scrubber = rules.exporter()

    def of(self, event: JsonObject) -> JsonObject:
        """Return *event* as `export_event` does."""
        if self._scrubber is None:
            return event
        copied = copy.deepcopy(event)
        self._scrubber.scrub(copied, EVENT)
        return copied


@dataclass(frozen=True, slots=True)
class Naming:
    """What an issue is called by: of an exception its type and value, of anything else a title alone."""

    title: str
    type: str
    value: str
    culprit: str


class NamingExporter:
    """Scrubs what issues of one project are called by, as the events are that they are called after."""

    def __init__(self, rules: ProjectRules) -> None:
        self._scrubber = rules.exporter()

    def of(self, named: Naming) -> Naming:
        """Return *named* for somebody else; the same object if nothing in it had to be scrubbed."""
        if self._scrubber is None:
            return named
        message = {"message": named.title}
        event: JsonObject = {"logentry": message, "culprit": named.culprit}
        value: JsonObject = {"type": named.type, "value": named.value} if named.type else {"value": ""}
        if named.type:
            event = {"exception": {"values": [value]}, "culprit": named.culprit}
        if not self._scrubber.scrub(event, EVENT):
            return named
        said, culprit = str(value["value"] or ""), str(event["culprit"] or "")
        if not named.type:
            title = str(message["message"] or "")
            return Naming(title, "", title if named.value else "", culprit)
        if said == named.value:
            return replace(named, culprit=culprit)
        return Naming(f"{named.type}: {said}".splitlines()[0], named.type, said, culprit)


def export_replay(shape: JsonObject, rules: ProjectRules) -> JsonObject:
    """Return what is told of a replay, with its addresses, tags and user scrubbed."""
    scrubber = rules.exporter()
    if scrubber is None:
        return shape
    copied = copy.deepcopy(shape)
    scrubber.scrub(copied, REPLAY)
    copied.pop("_meta", None)
    return copied


def export_span(details: JsonObject, rules: ProjectRules) -> JsonObject:
    """Return a span's details, as `spans.span_details` gives them, for somebody else."""
    scrubber = rules.exporter()
    if scrubber is None or not details:
        return details
    copied = copy.deepcopy(details)
    sent = copied.get("raw")
    for document in (copied, sent):
        if isinstance(document, dict):
            scrubber.scrub(document, SPAN)
    copied.pop("_meta", None)
    return copied


def export_payload(kind: str, payload: bytes, rules: ProjectRules, *, name: str = "") -> bytes:
    """Return the *payload* of an item of *kind* for somebody else; byte for byte if nothing is scrubbed.

    *name* is an attachment's file name, by which rules can mean it.
    """
    scrubber = rules.exporter()
    return payload if scrubber is None else scrub_payload(kind, payload, scrubber, name=name)


def leaves_alone(kind: str, rules: ProjectRules, *, name: str = "") -> bool:
    """Whether *rules* scrub nothing in items of *kind*, whatever is in them."""
    scrubber = rules.exporter()
    return scrubber is None or not is_scrubbed(kind, scrubber, name=name)


def export_unread(payload: bytes, rules: ProjectRules) -> bytes:
    """Return a body of which nobody knows what it is for somebody else: read as an event, then as text."""
    scrubber = rules.exporter()
    return payload if scrubber is None else cover_text(scrub_payload("event", payload, scrubber), scrubber)


def export_recording(text: bytes, rules: ProjectRules) -> bytes:
    """Return a JSON array of rrweb events for somebody else."""
    scrubber = rules.exporter()
    if scrubber is None:
        return text
    document = orjson.loads(text)
    if not isinstance(document, list) or not scrubber.scrub(document, RECORDING):
        return text
    return orjson.dumps(document)


class RowExporter:
    """Scrubs the texts in rows of tables, by the rules of all the projects they can be of."""

    def __init__(self, rules: Iterable[ProjectRules]) -> None:
        """Take each project's *rules*; those that are alike are applied once."""
        known: list[Scrubbing] = []
        for one in rules:
            if one.scrub_on_export and one.scrubbing not in known:
                known.append(one.scrubbing)
        self._scrubbers = [make_scrubber(scrubbing) for scrubbing in known]

    def of_events(self, rows: Sequence[JsonObject]) -> list[JsonObject]:
        """Return *rows* of events or transactions, whose free columns are tags."""
        return self._export(rows, EVENT_ROWS)

    def of_records(self, rows: Sequence[JsonObject]) -> list[JsonObject]:
        """Return *rows* of spans, logs or metrics, whose free columns are attributes."""
        return self._export(rows, RECORD_ROWS)

    def of_reports(self, rows: Sequence[JsonObject]) -> list[JsonObject]:
        """Return *rows* of what users said, of which each text can tell of somebody."""
        return self._export(rows, REPORTS)

    def _export(self, rows: Sequence[JsonObject], schema: Field) -> list[JsonObject]:
        if not self._scrubbers:
            return list(rows)
        # Figures stay: a number tells nothing by itself, and a column `sum(total_tokens)` is no secret.
        texts: list[JsonValue] = [
            {name: value for name, value in row.items() if isinstance(value, str | list | dict)}
            for row in copy.deepcopy(list(rows))
        ]
        for scrubber in self._scrubbers:
            scrubber.scrub(texts, schema)
        return [{**row, **text} for row, text in zip(rows, texts, strict=True) if isinstance(text, dict)]
