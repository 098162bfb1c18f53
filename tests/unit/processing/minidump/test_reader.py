"""Minidumps of three systems against what an independent tool reads in them, and damaged ones."""

import json
import struct
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.domain.minidump import Minidump, System
from vedette.domain.outcomes import IngestError, Reason
from vedette.processing.minidump.event import dump_event
from vedette.processing.minidump.reader import is_minidump, read_minidump
from vedette.processing.minidump.reasons import crash_address, crash_reason

DATA = Path(__file__).parents[3] / "data" / "crashes"
EXPECTED: dict[str, dict[str, Any]] = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
SYSTEMS = {"Windows NT": System.WINDOWS, "Mac OS X": System.MACOS, "iOS": System.IOS, "Linux": System.LINUX}
ARCHES = {"amd64": "x86_64", "x86": "x86"}
# The other tool has no words for Crashpad's own codes.
OWN_WORDS = {"minidump_crashpad_annotation.dmp": "NSException", "simple-crashpad.dmp": "Exception 0x0"}


def dump_of(name: str) -> Minidump:
    return read_minidump((DATA / name).read_bytes())


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_dump_says_what_another_tool_reads_in_it(name: str) -> None:
    dump, expected = dump_of(name), EXPECTED[name]
    assert dump.system is SYSTEMS[expected["os"]]
    assert dump.arch == ARCHES[expected["cpu"]]
    assert crash_reason(dump) == OWN_WORDS.get(name, expected["crash_type"])
    address = crash_address(dump)
    if crash_reason(dump) != "SIGABRT":
        assert address == int(expected["address"], 16)
    assert [thread.id for thread in dump.threads].index(dump.crashed_thread or 0) == expected[
        "crashing_thread"
    ]
    modules = {module.base: module for module in dump.modules}
    for file, debug_id, base in expected["modules"]:
        module = modules[int(base, 16)]
        assert module.file == file
        assert _as_breakpad_writes(module.debug_id) == debug_id
    threads = {thread.id: thread for thread in dump.threads}
    assert len(threads) == len(expected["threads"])
    for number, named, counter in expected["threads"]:
        assert threads[number].name == (named or "")
        if counter is not None:
            assert threads[number].pc == int(counter, 16)


def _as_breakpad_writes(debug_id: str | None) -> str:
    if debug_id is None:
        return "0" * 33
    guid, age = debug_id[:36].replace("-", "").upper(), debug_id[37:]
    return guid + (age or "0")


def test_the_system_is_told_with_its_kernel_and_distribution() -> None:
    dump = dump_of("crash_linux.dmp")
    assert (dump.system, dump.system_version, dump.system_build) == (System.LINUX, "4.9.46", "moby")
    assert dict(dump.distribution)["DISTRIB_RELEASE"] == "16.04"
    assert dump.writer == "breakpad"
    assert dump.memory_ranges
    assert dump.memory_bytes


def test_names_of_threads_are_read() -> None:
    names = [thread.name for thread in dump_of("thread_name_list.dmp").threads]
    assert names[0] == "main thread"
    assert names[4] == "sleep thread"


def test_annotations_of_the_process_and_of_modules_are_read() -> None:
    dump = dump_of("minidump_crashpad_annotation.dmp")
    process, *modules = dump.annotations
    assert process.module is None
    assert dict(process.simple)["prod"] == "xcuitest"
    assert modules
    assert all(found.module is not None and found.module < len(dump.modules) for found in modules)


def test_code_ids_are_those_of_the_executables_format() -> None:
    (windows, system, *_), (linux, *_), (mac, *_) = (
        dump_of(name).modules for name in ("test.dmp", "crash_linux.dmp", "pipeline-inlines-macos-segv.dmp")
    )
    assert windows.code_id == f"{0x45D35F6C:08X}2d000"
    assert system.version == "5.1.2600.2180"
    assert linux.code_id == "db4c55d26192c436b9766a086583b9b5a6d2e271"
    assert mac.code_id == (mac.debug_id or "")[:36].replace("-", "")


def test_a_dump_in_the_other_byte_order_is_read() -> None:
    stream = struct.pack(">3I", 15, 24, 32 + 12) + struct.pack(">6I", 24, 1, 4711, 0, 0, 0)
    dump = read_minidump(b"PMDM" + struct.pack(">5IQ", 0xA793, 1, 32, 0, 1_700_000_000, 0) + stream)
    assert dump.process == 4711
    assert dump.made == 1_700_000_000_000_000


@pytest.mark.parametrize("data", [b"", b"MDMP", b"MDMP" + bytes(28), b"GIF89a" + bytes(100)])
def test_what_is_no_dump_is_refused(data: bytes) -> None:
    with pytest.raises(IngestError) as caught:
        read_minidump(data)
    assert caught.value.reason is Reason.BAD_MINIDUMP


def test_magic_decides_what_is_taken_for_a_dump() -> None:
    assert is_minidump(b"MDMP....")
    assert is_minidump(memoryview(b"PMDM...."))
    assert not is_minidump(b"MDM")


@pytest.mark.parametrize("name", ["invalid-range.dmp", "invalid-record-count.dmp"])
def test_a_hostile_dump_ends_as_a_refusal_or_with_remarks(name: str) -> None:
    with suppress(IngestError):
        dump = read_minidump((DATA / "hostile" / name).read_bytes())
        assert dump.remarks
        assert not dump.threads


def test_a_list_that_promises_more_than_there_is_is_cut_and_remarked() -> None:
    data = bytearray((DATA / "crash_linux.dmp").read_bytes())
    whole = read_minidump(bytes(data))
    modules = next(stream for stream in whole.streams if stream.kind == 4)
    data[modules.start : modules.start + 4] = struct.pack("<I", 0xFFFFFFFF)
    cut = read_minidump(bytes(data))
    assert len(cut.modules) == len(whole.modules)
    assert any("left out" in remark for remark in cut.remarks)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(
    name=st.sampled_from(["crash_linux.dmp", "linux_inline.dmp", "test.dmp"]),
    changes=st.lists(st.tuples(st.integers(0, 4_000), st.binary(min_size=1, max_size=8)), max_size=12),
    end=st.integers(0, 30_000),
)
def test_damage_of_any_kind_raises_nothing_but_an_ingest_error(
    name: str, changes: list[tuple[int, bytes]], end: int
) -> None:
    data = bytearray((DATA / name).read_bytes()[:end])
    for at, new in changes:
        data[at : at + len(new)] = new
    data[:4] = b"MDMP"
    with suppress(IngestError):
        dump_event(read_minidump(bytes(data)))
