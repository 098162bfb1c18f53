"""Profiles of transactions and chunks of continuous profiles: what a row holds of them, and their samples.

Bytes in, values out. Source: the protocol's profile, profile chunk and Android profile; limits are Relay's.
"""

import base64
import binascii
from typing import Any

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import Reason
from vedette.domain.processed import Arrival
from vedette.domain.profiles import Profile, ProfileChunk, ProfileFormat, SampleTable
from vedette.domain.times import SECOND, Micros
from vedette.processing.android_trace import read_trace, trace_samples
from vedette.processing.parsing import parse_object
from vedette.processing.samples import bad_profile, read_table, trim
from vedette.processing.segments import sdk_text
from vedette.processing.shapes import UnfitError
from vedette.processing.spans import span_id_bytes
from vedette.processing.timestamps import clock_correction, read_moment

LONGEST_PROFILE = 30 * SECOND
LONGEST_CHUNK = 66 * SECOND
LONGEST_NAME = 200
LONGEST_TRANSACTION = 1_000
PERFETTO_TYPE = "application/x-perfetto-trace"
MOST_META = 10 << 20
MOST_THREADS = 1_000


def read_profile(payload: bytes, arrival: Arrival) -> Profile:
    """Return what is known of the profile in *payload*.

    Raises IngestError: BAD_JSON, BAD_PROFILE without an id or usable samples, or longer than 30 seconds.
    """
    document = parse_object(payload, Reason.BAD_PROFILE)
    profile_id = _id(document, "event_id", "profile_id")
    if profile_id is None:
        raise bad_profile("it has no event_id")
    is_android = "sampled_profile" in document
    if is_android:
        trace = read_trace(_trace_bytes(document))
        count = trace.count
        threads = tuple((str(number), name) for number, name in list(trace.threads.items())[:MOST_THREADS])
        duration = _android_duration(document)
        began = trace.start
    else:
        table = trim(read_table(document.get("profile"), elapsed))
        count, threads = len(table.at), table.threads[:MOST_THREADS]
        duration, began = table.duration // 1_000, 0
    if duration > LONGEST_PROFILE:
        raise bad_profile(f"it is {duration / SECOND:.1f} seconds long, at most 30 are taken")
    transaction = _transaction(document)
    return Profile(
        profile_id=profile_id,
        format=ProfileFormat.ANDROID if is_android else ProfileFormat.SAMPLE,
        started=_started(document, began, arrival),
        duration=duration,
        platform=_text(document, "platform") or "other",
        environment=_text(document, "environment") or None,
        release=_release(document),
        transaction=(_text(transaction, "name") or _text(document, "transaction_name"))[:LONGEST_TRANSACTION],
        transaction_id=_id(transaction, "id") or _id(document, "transaction_id"),
        trace_id=_id(transaction, "trace_id") or _id(document, "trace_id"),
        segment_id=span_id_bytes(transaction.get("segment_id")),
        active_thread=_thread(transaction.get("active_thread_id"))
        or _thread(document.get("active_thread_id")),
        threads=threads,
        samples=count,
        sdk=_sdk(document, arrival),
    )


def read_chunk(
    payload: bytes, content_type: str | None, meta_length: int | None, arrival: Arrival
) -> ProfileChunk:
    """Return what is known of the chunk in *payload*, whose first *meta_length* bytes are JSON, else all.

    Raises IngestError: BAD_JSON, BAD_PROFILE without ids or usable samples, or longer than 66 seconds.
    """
    is_perfetto = _is_perfetto(content_type)
    document = parse_object(_meta(payload, meta_length) if is_perfetto else payload, Reason.BAD_PROFILE)
    profiler_id, chunk_id = _id(document, "profiler_id"), _id(document, "chunk_id")
    if profiler_id is None or chunk_id is None:
        raise bad_profile("a chunk must have a profiler_id and a chunk_id")
    began = finished = 0
    threads: tuple[tuple[str, str], ...] = ()
    count = 0
    if is_perfetto:
        format_ = ProfileFormat.PERFETTO
    elif "sampled_profile" in document:
        format_ = ProfileFormat.ANDROID
        trace = read_trace(_trace_bytes(document))
        began, count = trace.start, trace.count
        threads = tuple((str(number), name) for number, name in list(trace.threads.items())[:MOST_THREADS])
    else:
        format_ = ProfileFormat.SAMPLE
        table = read_table(document.get("profile"), timestamps)
        began, finished = table.at[0] // 1_000, table.at[-1] // 1_000
        count, threads = len(table.at), table.threads[:MOST_THREADS]
    if not finished:
        began = _moment(document) or began or arrival.received
        finished = began + _android_duration(document)
    if finished - began > LONGEST_CHUNK:
        raise bad_profile(
            f"the chunk is {(finished - began) / SECOND:.1f} seconds long, at most 66 are taken"
        )
    shift = clock_correction(arrival)
    return ProfileChunk(
        profiler_id=profiler_id,
        chunk_id=chunk_id,
        format=format_,
        started=Micros(max(0, began + shift)),
        finished=Micros(max(0, finished + shift)),
        platform=_text(document, "platform") or "other",
        environment=_text(document, "environment") or None,
        release=_release(document),
        threads=threads,
        samples=count,
        sdk=_sdk(document, arrival),
    )


def profile_samples(payload: bytes) -> tuple[JsonObject, SampleTable]:
    """Return a stored profile's document without its samples, and the samples; times from its start.

    Raises IngestError as `read_profile`.
    """
    document = parse_object(payload, Reason.BAD_PROFILE)
    if "sampled_profile" in document:
        table = trace_samples(read_trace(_trace_bytes(document)))
        document.pop("sampled_profile")
    else:
        table = trim(read_table(document.pop("profile", None), elapsed))
    return document, table


def chunk_samples(
    payload: bytes, content_type: str | None, arrival: Arrival
) -> tuple[JsonObject, SampleTable]:
    """Return a stored chunk's document without its samples, and the samples; times from the epoch, corrected.

    Raises IngestError as `read_chunk`, BAD_PROFILE for a Perfetto trace, which nobody reads here.
    """
    if _is_perfetto(content_type):
        raise bad_profile("a Perfetto trace is kept as it came; open it with Perfetto")
    document = parse_object(payload, Reason.BAD_PROFILE)
    shift = clock_correction(arrival) * 1_000
    if "sampled_profile" in document:
        trace = read_trace(_trace_bytes(document))
        table = trace_samples(trace)
        shift += (_moment(document) or trace.start or arrival.received) * 1_000
        document.pop("sampled_profile")
    else:
        table = read_table(document.pop("profile", None), timestamps)
    if shift:
        at = [max(0, moment + shift) for moment in table.at]
        table = SampleTable(at, table.stack, table.thread, table.stacks, table.frames, table.names)
    return document, table


def perfetto_trace(payload: bytes, meta_length: int | None) -> bytes:
    """Return the trace that follows a chunk's JSON. Raises IngestError(BAD_PROFILE)."""
    return payload[len(_meta(payload, meta_length)) :]


def elapsed(samples: list[JsonObject]) -> list[int]:
    """Return when *samples* of a transaction's profile were taken: nanoseconds since its start."""
    return [int(sample["elapsed_since_start_ns"]) for sample in samples]


def timestamps(samples: list[JsonObject]) -> list[int]:
    """Return when *samples* of a chunk were taken: nanoseconds since the epoch.

    Raises TypeError for a time that is no number: a text or list would be repeated a million times.
    """
    if not {type(sample["timestamp"]) for sample in samples} <= {int, float}:
        raise TypeError("a sample's time is no number")
    # Microseconds are what a float of seconds holds exactly today.
    return [round(sample["timestamp"] * 1_000_000) * 1_000 for sample in samples]


def _is_perfetto(content_type: str | None) -> bool:
    return (content_type or "").partition(";")[0].strip().lower() == PERFETTO_TYPE


def _meta(payload: bytes, length: int | None) -> bytes:
    if length is None or not 0 < length <= min(len(payload), MOST_META):
        raise bad_profile("a Perfetto chunk needs a meta_length within its payload")
    return payload[:length]


def _trace_bytes(document: JsonObject) -> bytes:
    text = document.get("sampled_profile")
    if type(text) is not str:
        raise bad_profile("sampled_profile is no text")
    try:
        return base64.b64decode("".join(text.split()) if "\n" in text else text, validate=True)
    except (binascii.Error, ValueError):
        raise bad_profile("sampled_profile is not base64") from None


def _android_duration(document: JsonObject) -> int:
    value = document.get("duration_ns")
    if type(value) is str and value.isascii() and value.isdigit() and len(value) < 20:
        value = int(value)
    if type(value) is float and 0 <= value < 1e18:
        value = int(value)
    return value // 1_000 if type(value) is int and 0 <= value < 1 << 62 else 0


def _moment(document: JsonObject) -> int | None:
    try:
        return read_moment(document.get("timestamp"))
    except UnfitError:
        return None


def _started(document: JsonObject, began: int, arrival: Arrival) -> Micros:
    at = _moment(document) or began
    return Micros(max(0, at + clock_correction(arrival))) if at else arrival.received


def _transaction(document: JsonObject) -> JsonObject:
    found: Any = document.get("transaction")
    if type(found) is dict:
        return found
    several = document.get("transactions")
    if type(several) is list and several and type(several[0]) is dict:
        return several[0]
    return {}


def _release(document: JsonObject) -> str | None:
    release = _text(document, "release")
    if release:
        return release
    # Old Android SDKs name the app's version alone.
    name, code = _text(document, "version_name"), _text(document, "version_code")
    return f"{name} ({code})" if name and code else name or None


def _sdk(document: JsonObject, arrival: Arrival) -> str:
    own = document.get("client_sdk")
    named = own if type(own) is dict and type(own.get("name")) is str else arrival.sdk
    if type(named) is not dict:
        return ""
    return sdk_text({"name": _text(named, "name"), "version": _text(named, "version")})


def _thread(value: JsonValue) -> str | None:
    if type(value) is int:
        return str(value)[:64]
    return _clean(value)[:64] if type(value) is str and value else None


def _id(document: JsonObject, *names: str) -> bytes | None:
    found = (span_id_bytes(document.get(name), 16) for name in names)
    return next((ident for ident in found if ident is not None), None)


def _text(record: JsonObject, name: str) -> str:
    value = record.get(name)
    return _clean(value)[:LONGEST_TRANSACTION] if type(value) is str else ""


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
