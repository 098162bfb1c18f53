"""Crashes: an event is made of a dump or report and all that came with it, so that it is an issue.

The files themselves stay attachments. What cannot be read still makes an event, which says why.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import uuid4

import orjson

from vedette.digest.kinds.incoming import Incoming
from vedette.domain import attachments
from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError, Outcome, Reason
from vedette.processing import pipeline
from vedette.processing.apple_report import MECHANISM as APPLE_MECHANISM
from vedette.processing.apple_report import read_apple_report
from vedette.processing.crash_event import (
    add_crash,
    form_event,
    join_breadcrumbs,
    merge,
    placeholder,
    read_form_fields,
    read_packed_breadcrumbs,
    read_packed_event,
)
from vedette.processing.depth import limit_depth
from vedette.processing.minidump.event import MECHANISM, dump_event
from vedette.processing.minidump.reader import read_minidump
from vedette.processing.unreal_context import MECHANISM as UNREAL_MECHANISM
from vedette.processing.unreal_context import context_event, read_context, read_log
from vedette.protocol.crash_uploads import USER_HEADER, unreal_type
from vedette.protocol.dying_message import read_dying_message
from vedette.protocol.unreal import read_unreal
from vedette.store.writer.records import AttachmentRecord, DerivedEvent, ItemRecord

log = logging.getLogger(__name__)

Read = tuple[Incoming, ItemRecord]
Crash = Callable[[Incoming], JsonObject]

_LARGEST_SMALL = 16 << 20
_LARGEST_CONTAINER = 200 << 20  # bytes, unpacked


def read_form(incoming: Incoming, found: ItemRecord) -> None:
    """Check a form's fields; they belong to the crash that came with them. Raises IngestError."""
    count = len(read_form_fields(incoming.payload))
    found.detail = f"{count} form fields"


def read_unreal_report(incoming: Incoming, found: ItemRecord) -> None:
    """Keep Unreal's container as a file of its event; `gather_crash` looks into it."""
    if incoming.arrival.event_id is None:
        found.reason = Reason.STORED_RAW
        return
    found.attachment = AttachmentRecord(
        event_id=bytes.fromhex(incoming.arrival.event_id),
        name=incoming.text("filename") or "unreal_report",
        content_type="application/octet-stream",
        type=attachments.UNREAL,
    )


def _kind(incoming: Incoming) -> str:
    """Return the type of the attachment that *incoming* is."""
    if incoming.item.type == "unreal_report":
        return attachments.UNREAL
    return incoming.text("attachment_type") or ""


def gather_crash(read: Sequence[Read]) -> None:
    """Make one event of a crash and of what came with it in the same envelope."""
    files = [one for one in read if one[0].item.type in ("attachment", "unreal_report")]
    makers = [one for one in files if attachments.makes_event(_kind(one[0]))]
    if not makers:  # an Unreal crash without a dump: its context tells of it
        makers = [one for one in files if one[0].text("attachment_type") == attachments.UNREAL_CONTEXT]
    makers = [one for one in makers if one[1].outcome is Outcome.STORED]
    if makers:
        _make_event(read, files, makers)


def _make_event(read: Sequence[Read], files: Sequence[Read], makers: Sequence[Read]) -> None:
    sent = next((one for one in read if one[0].item.type == "event" and one[1].event is not None), None)
    holder, found = sent or makers[0]
    event_id = holder.arrival.event_id
    if event_id is None:
        known = None if sent is None or found.event is None else found.event.event_id.hex()
        event_id = known or uuid4().hex
        _adopt(files, bytes.fromhex(event_id))
    event = _base(read, files, sent)
    _add_unreal(event, files)
    for incoming, record in makers:
        crash = _CRASHES.get(_kind(incoming))
        if crash is not None:
            add_crash(event, _read_crash(crash, incoming, record))
    if not event:
        incoming, record = makers[0]
        name = attachments.kind_name(_kind(incoming), "")
        add_crash(event, placeholder(name, record.detail or "it says nothing", _kind(incoming)))
    _store(event, replace(holder, arrival=replace(holder.arrival, event_id=event_id)), found)


def _store(event: JsonObject, holder: Incoming, found: ItemRecord) -> None:
    try:
        payload = orjson.dumps(limit_depth(event))
        processed = pipeline.process_event(payload, holder.arrival, holder.rules)
    except (IngestError, TypeError) as error:
        found.reason = error.reason if isinstance(error, IngestError) else Reason.BAD_EVENT
        found.detail = f"no event could be made of it: {error}"[:500]
        return
    found.event = None
    found.derived = [DerivedEvent(processed, payload)]


def _adopt(files: Sequence[Read], event_id: bytes) -> None:
    """Give files that came without an event id the one their crash has got now."""
    for incoming, found in files:
        if found.attachment is None and found.reason is Reason.STORED_RAW:
            found.reason = found.detail = None
            found.attachment = AttachmentRecord(
                event_id=event_id,
                name=incoming.text("filename") or "unnamed",
                content_type=incoming.text("content_type") or "application/octet-stream",
                type=_kind(incoming) or attachments.PLAIN,
            )


def _base(read: Sequence[Read], files: Sequence[Read], sent: Read | None) -> JsonObject:
    """Return what was said of the crash beside the dump: fields, then the handler's event, then the event."""
    event: JsonObject = {}
    for incoming, found in read:
        if incoming.item.type == "form_data" and found.outcome is Outcome.STORED:
            merge(event, form_event(read_form_fields(incoming.payload)))
    rings = []
    for incoming, found in files:
        kind = incoming.text("attachment_type")
        try:
            if kind == attachments.PAYLOAD:
                merge(event, read_packed_event(_small(incoming)))
            elif kind == attachments.BREADCRUMBS:
                rings.append(read_packed_breadcrumbs(_small(incoming)))
            elif kind == attachments.DYING_MESSAGE:
                merge(event, _dying_event(incoming))
        except IngestError as error:
            found.reason, found.detail = error.reason, error.detail
    if breadcrumbs := join_breadcrumbs(rings):
        event["breadcrumbs"] = {"values": breadcrumbs}
    if sent is not None:
        own = orjson.loads(sent[0].payload)
        if isinstance(own, dict):
            merge(event, own)
    return event


def _dying_event(incoming: Incoming) -> JsonObject:
    """Return the event in a console's last words, {} when there is none. Raises IngestError."""
    for kind, payload in read_dying_message(_small(incoming)):
        if kind == "event":
            try:
                event = orjson.loads(payload)
            except orjson.JSONDecodeError as error:
                raise IngestError(Reason.BAD_JSON, f"invalid JSON: {error.msg}") from None
            return event if isinstance(event, dict) else {}
    return {}


def _small(incoming: Incoming) -> bytes:
    if incoming.item.length > _LARGEST_SMALL:
        raise IngestError(Reason.TOO_LARGE, f"too large to be read ({incoming.item.length} bytes)")
    return incoming.payload


def _read_crash(crash: Crash, incoming: Incoming, found: ItemRecord) -> JsonObject:
    kind = _kind(incoming)
    name = attachments.kind_name(kind, "")
    try:
        return crash(incoming)
    except IngestError as error:
        found.reason, found.detail = error.reason, error.detail
        return placeholder(name, error.detail, _MECHANISMS.get(kind, kind))
    except Exception as error:
        # Our bug, on a sender's data: the crash is shown all the same, and the rest goes on.
        log.exception("reading a %s failed", kind)
        found.reason, found.detail = Reason.POISON, f"Vedette could not read this: {error!r}"[:500]
        return placeholder(name, "Vedette could not read it", _MECHANISMS.get(kind, kind))


def _minidump(incoming: Incoming) -> JsonObject:
    return dump_event(read_minidump(incoming.view))


def _unreal(incoming: Incoming) -> JsonObject:
    """Return the crash in a whole container: its dump, completed by its context and its log."""
    crash = placeholder(attachments.KINDS[attachments.UNREAL].name, "it holds no dump", UNREAL_MECHANISM)
    told: JsonObject = {}
    for file in read_unreal(incoming.view, _LARGEST_CONTAINER):
        kind = unreal_type(file.name, bytes(file.data[:256]))
        if kind == attachments.MINIDUMP:
            crash = dump_event(read_minidump(file.data))
        elif kind == attachments.APPLE:
            crash = read_apple_report(bytes(file.data[:_LARGEST_SMALL]))
        elif kind == attachments.UNREAL_CONTEXT:
            merge(told, context_event(read_context(bytes(file.data[:_LARGEST_SMALL])), None))
        elif kind == attachments.UNREAL_LOG:
            told["breadcrumbs"] = {"values": read_log(bytes(file.data[-_LARGEST_SMALL:]))}
    merge(crash, told)
    return crash


def _apple(incoming: Incoming) -> JsonObject:
    return read_apple_report(_small(incoming))


def _add_unreal(event: JsonObject, files: Sequence[Read]) -> None:
    """Put what Unreal's context and log say into empty fields of *event*."""
    for incoming, found in files:
        kind = incoming.text("attachment_type")
        try:
            if kind == attachments.UNREAL_CONTEXT:
                user = incoming.envelope.header.get(USER_HEADER)
                context = context_event(
                    read_context(_small(incoming)), user if isinstance(user, str) else None
                )
                merge(context, event)
                event |= context
            elif kind == attachments.UNREAL_LOG and "breadcrumbs" not in event:
                event["breadcrumbs"] = {"values": read_log(_small(incoming))}
        except IngestError as error:
            found.reason, found.detail = error.reason, error.detail


def _unread(incoming: Incoming) -> JsonObject:
    kind = _kind(incoming)
    return placeholder(attachments.kind_name(kind, ""), "kept as it came: its format is not public", kind)


_CRASHES: dict[str, Crash] = {
    attachments.MINIDUMP: _minidump,
    attachments.APPLE: _apple,
    attachments.UNREAL: _unreal,
    attachments.PLAYSTATION: _unread,
    attachments.GPU_DUMP: _unread,
}
"""By the type of the attachment."""

_MECHANISMS = {
    attachments.MINIDUMP: MECHANISM,
    attachments.APPLE: APPLE_MECHANISM,
    attachments.UNREAL: UNREAL_MECHANISM,
}
