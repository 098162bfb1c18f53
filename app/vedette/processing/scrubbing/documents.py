"""Scrubbing by kind of item: bytes in, bytes out.

What is no JSON is searched as text, and what is found there is covered with as many asterisks, so that a
format with lengths in it stays whole.
"""

import re
import zlib
from collections.abc import Callable
from typing import Any

import msgpack
import orjson

from vedette.domain.json import JsonValue
from vedette.processing.scrubbing.otlp import KINDS as OTLP_KINDS
from vedette.processing.scrubbing.otlp import scrub_otlp
from vedette.processing.scrubbing.patterns import SECRET_WORDS, Looks
from vedette.processing.scrubbing.redaction import Rule
from vedette.processing.scrubbing.schema import (
    EVENT,
    LOGS,
    METRICS,
    RECORDING,
    REPLAY,
    REPORT,
    SESSION,
    SPAN,
    SPANS,
    Field,
)
from vedette.processing.scrubbing.scrubber import Scrubber
from vedette.processing.scrubbing.selectors import Step

EVENTS = frozenset(["event", "transaction", "feedback"])
"""Kinds whose payload is an event."""

LARGEST_UNPACKED = 64 * 1024 * 1024

_SCHEMAS: dict[str, Field] = {
    "event": EVENT,
    "transaction": EVENT,
    "feedback": EVENT,
    "log": LOGS,
    "otel_log": LOGS,
    "trace_metric": METRICS,
    "replay_event": REPLAY,
    "user_report": REPORT,
    "raw_security": REPORT,
    "nel": REPORT,
    "browser_report": REPORT,
    "session": SESSION,
    "sessions": SESSION,
}
_ASSIGNED = re.compile(
    rf"(?:{'|'.join(SECRET_WORDS)}|token)[\w.-]{{0,40}}+[\"']?\s{{0,4}}+[:=]\s{{0,4}}[\"']?([^\"'\r\n,;&}}]+)",
    re.IGNORECASE,
)
"""A secret in a text that cannot be read as JSON: what is assigned to a name that tells."""


def scrub_payload(kind: str, payload: bytes, scrubber: Scrubber, *, name: str = "") -> bytes:
    """Return the *payload* of an item of *kind* scrubbed; the same object if nothing had to be.

    *name* is an attachment's file name. Kinds that hold no person's data come back as they are.
    """
    if kind in OTLP_KINDS:
        scrubbed = scrub_otlp(kind, payload, scrubber)
        return cover_text(payload, scrubber) if scrubbed is None else scrubbed
    if kind in _SPECIAL:
        return _SPECIAL[kind](payload, scrubber)
    if kind == "attachment":
        rules = attachment_rules(name, scrubber)
        return cover(payload, rules) if rules else payload
    schema = _SCHEMAS.get(kind)
    return payload if schema is None else scrub_json(payload, schema, scrubber)


def is_scrubbed(kind: str, scrubber: Scrubber, *, name: str = "") -> bool:
    """Whether `scrub_payload` looks into items of *kind* at all."""
    if kind == "attachment":
        return bool(attachment_rules(name, scrubber))
    return kind in OTLP_KINDS or kind in _SPECIAL or kind in _SCHEMAS


def attachment_rules(name: str, scrubber: Scrubber) -> tuple[Rule, ...]:
    """Return the rules for the attachment called *name*; the default ones are for none."""
    file = Step(name, frozenset(["attachments", "binary"]))
    return scrubber.rules_at((Step("attachments", frozenset(["attachments"])), file))


def scrub_json(payload: bytes, schema: Field, scrubber: Scrubber) -> bytes:
    """Return the JSON *payload* scrubbed as *schema* says; what is no JSON is covered as text."""
    document = _read(payload)
    if not isinstance(document, dict | list):
        return cover_text(payload, scrubber)
    return orjson.dumps(document) if scrubber.scrub(document, schema) else payload


def _scrub_spans(payload: bytes, scrubber: Scrubber) -> bytes:
    document = _read(payload)
    if not isinstance(document, dict):
        return cover_text(payload, scrubber)
    schema = SPANS if isinstance(document.get("items"), list) else SPAN
    return orjson.dumps(document) if scrubber.scrub(document, schema) else payload


def _scrub_recording(payload: bytes, scrubber: Scrubber) -> bytes:
    """Scrub the recording's events, behind its header line; they come plain, in zlib or in gzip."""
    header, newline, rest = payload.partition(b"\n")
    is_zipped = rest.lstrip()[:1] != b"["
    try:
        plain = zlib.decompressobj(47).decompress(rest, LARGEST_UNPACKED) if is_zipped else rest
    except zlib.error:
        return payload
    document = _read(plain)
    if not isinstance(document, list) or not scrubber.scrub(document, RECORDING):
        return payload
    written = orjson.dumps(document)
    return header + newline + (zlib.compress(written) if is_zipped else written)


def _scrub_video(payload: bytes, scrubber: Scrubber) -> bytes:
    """Scrub the event and the recording in a replay's msgpack map; the video stays as it is."""
    try:
        parts = msgpack.unpackb(payload, raw=True, max_array_len=0, max_map_len=32, max_ext_len=0)
    except (ValueError, msgpack.UnpackException, msgpack.StackError, RecursionError):
        return payload
    if not isinstance(parts, dict):
        return payload
    changed = False
    for name, kind in ((b"replay_event", "replay_event"), (b"replay_recording", "replay_recording")):
        part = parts.get(name)
        if isinstance(part, bytes):
            scrubbed = scrub_payload(kind, part, scrubber)
            changed = changed or scrubbed is not part
            parts[name] = scrubbed
    if not changed:
        return payload
    written: bytes = msgpack.packb({key.decode("latin-1"): value for key, value in parts.items()})
    return written


_SPECIAL: dict[str, Callable[[bytes, Scrubber], bytes]] = {
    "span": _scrub_spans,
    "replay_recording": _scrub_recording,
    "replay_video": _scrub_video,
}


def _read(payload: bytes) -> JsonValue:
    """Return what *payload* says as JSON, None where it is none or nested too deeply to be written again."""
    try:
        document = orjson.loads(payload)
        orjson.dumps(document)
    except (orjson.JSONDecodeError, TypeError):
        return None
    return document


def cover_text(payload: bytes, scrubber: Scrubber) -> bytes:
    """Return *payload*, which could not be read, with what the default rules find covered."""
    rules = scrubber.rules_at((Step("text", frozenset(["string"])),))
    return cover(payload, rules, secrets=bool(rules))


def cover(payload: bytes, rules: tuple[Rule, ...], *, secrets: bool = False) -> bytes:
    """Return *payload* with what *rules* find in it, as UTF-8 or UTF-16, under as many asterisks.

    *secrets*: also what is assigned to names like ``password``.
    """
    covered = _cover(payload, rules, secrets, "utf-8", b"*")
    if payload.count(b"\x00") * 4 >= len(payload) > 8:
        covered = _cover(covered, rules, secrets, "utf-16-le", b"*\x00")
    return covered


def _cover(payload: bytes, rules: tuple[Rule, ...], secrets: bool, encoding: str, star: bytes) -> bytes:
    # latin-1 gives each byte one character, so that places in text are places in bytes
    is_wide = encoding != "utf-8"
    text = payload[: len(payload) & ~1].decode(encoding, "replace") if is_wide else payload.decode("latin-1")
    width = len(star)
    if is_wide and len(text) * 2 != len(payload) & ~1:
        return payload  # characters of two units: places would differ
    found: list[tuple[int, int]] = []
    for rule in rules:
        if rule.is_for_anything:
            return star * (len(payload) // width) + payload[len(payload) // width * width :]
        for pattern in rule.patterns:
            if pattern.looks is Looks.VALUE:
                found += _spans(pattern.expression, pattern.groups or (0,), text)
    if secrets:
        found += _spans(_ASSIGNED, (1,), text)
    if not found:
        return payload
    result = bytearray(payload)
    for start, end in found:
        result[start * width : end * width] = star * (end - start)
    return bytes(result)


def _spans(expression: Any, groups: tuple[int, ...], text: str) -> list[tuple[int, int]]:
    return [
        match.span(group)
        for match in expression.finditer(text)
        for group in groups
        if match.start(group) >= 0
    ]
