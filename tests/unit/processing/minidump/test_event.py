"""What a dump becomes in the protocol's form."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vedette.domain.minidump import DumpAssertion, DumpException, DumpModule, DumpThread, Minidump, System
from vedette.processing.minidump.event import dump_event
from vedette.processing.minidump.reader import read_minidump

DATA = Path(__file__).parents[3] / "data" / "crashes"

DUMP = Minidump(
    made=1_700_000_000_000_000,
    system=System.LINUX,
    arch="x86_64",
    exception=DumpException(7, 11, 1, 0x10),
    crashed_thread=7,
    dump_thread=9,
    threads=(DumpThread(7, "ui", 0x1500, 0x9000, (("rip", 0x1500),)), DumpThread(9, "", 0x3000)),
    modules=(DumpModule("/opt/app/till", 0x1000, 0x1000), DumpModule("/lib/libc.so", 0x3000, 0x1000)),
)


def main(event: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = event["exception"]["values"][0]
    return found


def test_the_crash_is_the_exception_with_its_thread_address_and_place() -> None:
    event = dump_event(DUMP)
    exception = main(event)
    assert exception["type"] == "SIGSEGV / SEGV_MAPERR"
    assert exception["value"] == "at 0x10 in till + 0x500"
    assert exception["thread_id"] == 7
    assert exception["mechanism"]["type"] == "minidump"
    assert exception["mechanism"]["synthetic"] is True
    assert exception["mechanism"]["handled"] is False
    assert exception["mechanism"]["meta"]["signal"] == {"number": 11, "code": 1}
    (frame,) = exception["stacktrace"]["frames"]
    assert (frame["package"], frame["instruction_addr"]) == ("/opt/app/till", "0x1500")
    assert exception["stacktrace"]["registers"] == {"rip": "0x1500"}
    assert (event["platform"], event["level"], event["timestamp"]) == ("native", "fatal", 1_700_000_000)


def test_the_crashed_thread_is_marked_and_the_writers_has_no_stack() -> None:
    crashed, writer = dump_event(DUMP)["threads"]["values"]
    assert (crashed["id"], crashed["name"], crashed["crashed"]) == (7, "ui", True)
    assert writer["crashed"] is False
    assert "stacktrace" not in writer


def test_a_place_outside_of_every_module_is_told_as_such() -> None:
    dump = replace(DUMP, threads=(DumpThread(7, "", 0x42),))
    assert main(dump_event(dump))["value"] == "at 0x10 in no module (0x42)"


def test_a_failed_assertion_is_the_value() -> None:
    dump = replace(DUMP, assertion=DumpAssertion("count > 0", "take", "till.c", 12))
    assert main(dump_event(dump))["value"] == "count > 0 (till.c:12)"


def test_a_dump_nobody_crashed_for_is_no_fatal_event() -> None:
    event = dump_event(replace(DUMP, exception=None, crashed_thread=None))
    assert event["level"] == "info"
    assert main(event)["type"] == "Dump Requested"


@pytest.mark.parametrize(
    ("name", "kind", "arch"),
    [
        ("crash_linux.dmp", "elf", "x86_64"),
        ("test.dmp", "pe", "x86"),
        ("pipeline-inlines-macos-segv.dmp", "macho", "x86_64"),
    ],
)
def test_modules_are_debug_images_of_their_systems_kind(name: str, kind: str, arch: str) -> None:
    images = dump_event(read_minidump((DATA / name).read_bytes()))["debug_meta"]["images"]
    assert {image["type"] for image in images} == {kind}
    assert {image["arch"] for image in images} == {arch}
    assert all(image["debug_id"] and image["image_addr"].startswith("0x") for image in images)


def test_contexts_tell_system_device_and_annotations() -> None:
    dump = read_minidump((DATA / "minidump_crashpad_annotation.dmp").read_bytes())
    contexts = dump_event(dump)["contexts"]
    assert contexts["os"]["name"] == "iOS"
    assert contexts["device"]["arch"] == "x86_64"
    assert contexts["crashpad"]["prod"] == "xcuitest"
    assert contexts["libsystem_sim_platform.dylib"]["type"] == "crashpad"
    assert contexts["minidump"]["process_id"] == 54806
