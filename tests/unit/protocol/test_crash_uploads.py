"""Crash reporters' posts made into envelopes: forms, containers, boundaries, fields."""

import bz2
import gzip
import lzma
import struct
import tracemalloc
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.crash_uploads import (
    Body,
    wrap_attachments,
    wrap_minidump,
    wrap_playstation,
    wrap_unreal,
)
from vedette.protocol.envelope import iter_items, read_envelope_header
from vedette.protocol.limits import Limits
from vedette.protocol.unreal import read_unreal

DATA = Path(__file__).parents[2] / "data" / "crashes"
LIMITS = Limits()
ID = "a" * 32
DUMP = b"MDMP" + bytes(range(256)) + b"\r\n--not the boundary\r\n"
FORM = "multipart/form-data; boundary=frontier"


def form(*parts: tuple[str, str | None, bytes], boundary: str = "frontier") -> bytes:
    out = b""
    for name, filename, value in parts:
        file = "" if filename is None else f'; filename="{filename}"'
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        out += head.encode() + value + b"\r\n"
    return out + f"--{boundary}--\r\n".encode()


def items(envelope: Body) -> list[tuple[dict[str, Any], bytes]]:
    header = read_envelope_header(envelope)
    assert header.event_id == ID
    found = iter_items(envelope, header.header_size)
    return [(item.header, bytes(envelope[item.start : item.end])) for item in found]


def test_a_form_becomes_its_files_and_fields() -> None:
    body = form(
        ("upload_file_minidump", "crash.dmp", DUMP),
        ("sentry[release]", None, b"native@1.0"),
        ("log", "note.txt", b"attached note"),
        ("__sentry-event", "__sentry-event", b"\x80"),
        ("view", "view-hierarchy.json", b"{}"),
        ("gpu", "x.nv-gpudmp", b"g"),
    )
    found = items(wrap_minidump(body, FORM, ID, LIMITS))
    assert [(header.get("attachment_type"), header.get("filename")) for header, _ in found] == [
        ("event.minidump", "crash.dmp"),
        ("event.attachment", "note.txt"),
        ("event.payload", "__sentry-event"),
        ("event.view_hierarchy", "view-hierarchy.json"),
        ("event.nv_gpudmp", "x.nv-gpudmp"),
        (None, None),
    ]
    assert found[0][1] == DUMP
    assert orjson.loads(found[-1][1]) == [["sentry[release]", "native@1.0"]]


@pytest.mark.parametrize("content_type", ["application/octet-stream", "application/x-dmp", "", None])
def test_a_body_can_be_the_dump_itself(content_type: str | None) -> None:
    ((header, data),) = items(wrap_minidump(memoryview(DUMP), content_type, ID, LIMITS))
    assert (header["attachment_type"], data) == ("event.minidump", DUMP)


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [
        (".gz", gzip.compress),
        (".xz", lzma.compress),
        (".bz2", bz2.compress),
        (".zst", zstandard.compress),
    ],
)
def test_a_compressed_dump_is_unpacked_and_loses_its_suffix(suffix: str, pack: Any) -> None:
    body = form(("upload_file_minidump", "crash.dmp" + suffix, pack(DUMP * 2_000)))
    ((header, data),) = items(wrap_minidump(body, FORM, ID, LIMITS))
    assert header["filename"] == "crash.dmp"
    assert data == DUMP * 2_000
    assert items(wrap_minidump(pack(DUMP), "application/octet-stream", ID, LIMITS))[0][1] == DUMP


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress, zstandard.compress])
def test_a_compressed_dump_may_not_be_endless_or_cut(pack: Any) -> None:
    small = Limits(body=100_000)
    with pytest.raises(IngestError) as caught:
        wrap_minidump(pack(b"MDMP" + bytes(1_000_000)), None, ID, small)
    assert caught.value.reason is Reason.TOO_LARGE
    with pytest.raises(IngestError) as caught:
        wrap_minidump(pack(DUMP)[:-5], None, ID, LIMITS)
    assert caught.value.reason in (Reason.BAD_ENCODING, Reason.BAD_MINIDUMP)


def test_a_form_within_the_dumps_field_is_unpacked_once() -> None:
    inner = form(("upload_file_minidump", "a.dmp", DUMP), ("prod", None, b"till"), boundary="within")
    found = items(wrap_minidump(form(("upload_file_minidump", "up", inner)), FORM, ID, LIMITS))
    assert found[0][1] == DUMP
    assert orjson.loads(found[1][1]) == [["prod", "till"]]
    twice = form(("upload_file_minidump", "up", inner), boundary="between")
    with pytest.raises(IngestError) as caught:
        wrap_minidump(form(("upload_file_minidump", "up", twice)), FORM, ID, LIMITS)
    assert caught.value.reason is Reason.BAD_MINIDUMP


def test_the_boundary_is_found_in_the_body_when_the_type_does_not_tell() -> None:
    body = form(("upload_file_minidump", "a.dmp", DUMP))
    assert items(wrap_minidump(body, "multipart/form-data", ID, LIMITS))[0][1] == DUMP


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"GIF89a", "application/octet-stream", Reason.BAD_MINIDUMP),
        (form(("upload_file_minidump", "a", b"GIF89a")), FORM, Reason.BAD_MINIDUMP),
        (form(("log", "a.txt", b"x")), FORM, Reason.BAD_MINIDUMP),
        (form(("upload_file_minidump", "a", DUMP))[:-20], FORM, Reason.BAD_FORM),
        (b"nothing of the kind", FORM, Reason.BAD_FORM),
        (b"nothing", "multipart/form-data", Reason.BAD_FORM),
    ],
)
def test_what_holds_no_dump_is_refused(body: bytes, content_type: str, reason: Reason) -> None:
    with pytest.raises(IngestError) as caught:
        wrap_minidump(body, content_type, ID, LIMITS)
    assert caught.value.reason is reason


def test_files_for_an_event_are_plain_attachments_however_large() -> None:
    large = bytes(range(256)) * 40_000
    envelope = wrap_attachments(form(("a", "big.bin", large), ("b", "s.dmp", DUMP)), FORM, ID, LIMITS)
    found = items(envelope)
    assert isinstance(envelope, memoryview)
    assert [header["attachment_type"] for header, _ in found] == ["event.attachment"] * 2
    assert [data for _, data in found] == [large, DUMP]


def test_files_for_an_event_come_as_a_form_only() -> None:
    with pytest.raises(IngestError) as caught:
        wrap_attachments(b"x", "text/plain", ID, LIMITS)
    assert caught.value.reason is Reason.BAD_FORM


def test_a_consoles_dump_is_kept_as_it_is() -> None:
    ((header, data),) = items(wrap_playstation(b"\x7fELF...", "application/octet-stream", ID, LIMITS))
    assert (header["attachment_type"], data) == ("playstation.prosperodump", b"\x7fELF...")
    ((header, _),) = items(wrap_playstation(form(("f", "a.prosperodmp", b"\x7fELF")), FORM, ID, LIMITS))
    assert header["attachment_type"] == "playstation.prosperodump"


def test_unreals_container_becomes_its_files() -> None:
    envelope = wrap_unreal((DATA / "unreal_crash").read_bytes(), "login|epic|machine", ID, LIMITS)
    assert read_envelope_header(envelope).header["unreal_user"] == "login|epic|machine"
    found = [(header["filename"], header["attachment_type"], len(data)) for header, data in items(envelope)]
    assert found == [
        ("CrashContext.runtime-xml", "unreal.context", 6545),
        ("CrashReportClient.ini", "event.attachment", 204),
        ("MyProject.log", "unreal.logs", 21143),
        ("UE4Minidump.dmp", "event.minidump", 410700),
    ]


def container(*files: tuple[str, bytes], mark: bytes = b"CR1") -> bytes:
    def text(value: bytes) -> bytes:
        return struct.pack("<i", 260) + value.ljust(260, b"\0")

    out = mark + text(b"folder") + text(b"file") + struct.pack("<2i", 0, len(files))
    for index, (name, data) in enumerate(files):
        out += struct.pack("<i", index) + text(name.encode()) + struct.pack("<i", len(data)) + data
    return out


def test_what_follows_a_containers_end_is_not_collected() -> None:
    body = zlib.compress(container(("a.log", b"x"))) + bytes(32 << 20)
    tracemalloc.start()
    assert [file.name for file in read_unreal(body, LIMITS.body)] == ["a.log"]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 << 20


def test_a_container_with_its_mark_and_apples_text_is_read() -> None:
    body = zlib.compress(container(("minidump.dmp", b"Incident Identifier: 1\n")))
    ((header, _),) = items(wrap_unreal(body, None, ID, LIMITS))
    assert header["attachment_type"] == "event.applecrashreport"


@pytest.mark.parametrize(
    "body",
    [
        b"nothing",
        zlib.compress(b""),
        zlib.compress(container(("a", b"b")))[:-30],
        zlib.compress(container(("a", b"b"))[:-1]),
        zlib.compress(container()),
    ],
)
def test_a_damaged_container_is_refused(body: bytes) -> None:
    with pytest.raises(IngestError) as caught:
        wrap_unreal(body, None, ID, LIMITS)
    assert caught.value.reason is Reason.BAD_CRASH_REPORT


@settings(derandomize=True, max_examples=150, deadline=None)
@given(at=st.integers(0, 600), new=st.binary(max_size=12), end=st.integers(0, 900))
def test_damaged_forms_raise_nothing_but_ingest_errors(at: int, new: bytes, end: int) -> None:
    body = form(("upload_file_minidump", "a.dmp", DUMP), ("sentry", None, b"{}"), ("f", "g", b"h"))
    damaged = body[:at] + new + body[at + len(new) : end]
    with suppress(IngestError):
        wrap_minidump(damaged, FORM, ID, LIMITS)
    packed = container(("a.log", b"b"))
    with suppress(IngestError):
        wrap_unreal(packed[:at] + new + packed[at + len(new) : end], None, ID, LIMITS)
