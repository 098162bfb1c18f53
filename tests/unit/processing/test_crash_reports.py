"""Apple's reports and Unreal's contexts and logs, in the protocol's form; damaged and hostile ones."""

from contextlib import suppress
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.domain.outcomes import IngestError, Reason
from vedette.processing.apple_report import read_apple_report
from vedette.processing.unreal_context import context_event, read_context, read_log
from vedette.protocol.unreal import read_unreal

UNREAL = Path(__file__).parents[2] / "data" / "crashes" / "unreal_crash"
TEXT = """Incident Identifier: 5C32DF84
Hardware Model:      MacBookPro14,3
Process:         Till [2242]
Code Type:       X86-64 (Native)
OS Version:      Mac OS X 10.14 (18A391)

Exception Type:  EXC_BAD_ACCESS (SIGSEGV)
Exception Subtype: KERN_INVALID_ADDRESS at 0x0000000000000010
Crashed Thread:  1  Worker

Thread 0:: Dispatch queue: com.apple.main-thread
0   libsystem_kernel.dylib        \t0x00007fff7c0c1c2a mach_msg_trap + 10

Thread 1 name:  Worker
Thread 1 Crashed:
0   Till                          \t0x0000000104a1e5f0 Cart::total() const + 16
1   Till                          \t0x0000000104a1e000 0x104a00000 + 122880

Thread 1 crashed with X86 Thread State (64-bit):
  rax: 0x0000000000000000

Binary Images:
       0x104a00000 -        0x104a80fff +com.example.Till (1.0 - 1) <2E9F4FCE-DA3E-3D0F-9E2D-8A2C91B0A1D7> /Apps/Till
    0x7fff7c0c0000 -     0x7fff7c0e8ff7  libsystem_kernel.dylib (4903.201.2) <C4B0B4E6-0E63-35C8-A7E2-4D2F6C1B9D3A> /usr/lib/system/libsystem_kernel.dylib
"""  # noqa: E501


def test_the_crashed_thread_names_the_exception_of_a_text_report() -> None:
    event = read_apple_report(TEXT.encode())
    (exception,) = event["exception"]["values"]
    assert exception["type"] == "EXC_BAD_ACCESS / SIGSEGV"
    assert exception["value"] == "KERN_INVALID_ADDRESS at 0x0000000000000010"
    assert exception["thread_id"] == 1
    caller, crashed = exception["stacktrace"]["frames"]
    assert crashed["function"] == "Cart::total() const"
    assert "function" not in caller
    assert [(t["id"], t.get("name"), t["crashed"]) for t in event["threads"]["values"]] == [
        (0, None, False),
        (1, "Worker", True),
    ]
    assert [image["debug_id"] for image in event["debug_meta"]["images"]] == [
        "2e9f4fce-da3e-3d0f-9e2d-8a2c91b0a1d7",
        "c4b0b4e6-0e63-35c8-a7e2-4d2f6c1b9d3a",
    ]
    assert event["debug_meta"]["images"][0]["code_file"] == "/Apps/Till"
    assert event["contexts"]["os"]["raw_description"] == "Mac OS X 10.14 (18A391)"


def test_a_report_in_json_says_the_same() -> None:
    report = {
        "exception": {"type": "EXC_CRASH", "signal": "SIGABRT"},
        "faultingThread": 0,
        "threads": [{"frames": [{"imageIndex": 0, "imageOffset": 16, "symbol": "abort"}], "queue": "main"}],
        "usedImages": [
            {"base": 4096, "size": 100, "uuid": "A" * 32, "path": "/usr/lib/libc", "arch": "arm64"}
        ],
    }
    event = read_apple_report(b'{"bug_type":"309"}\n' + orjson.dumps(report))
    (exception,) = event["exception"]["values"]
    assert exception["type"] == "EXC_CRASH / SIGABRT"
    assert exception["stacktrace"]["frames"] == [
        {"instruction_addr": "0x1010", "package": "/usr/lib/libc", "function": "abort"}
    ]
    assert event["debug_meta"]["images"][0]["image_addr"] == "0x1000"


@pytest.mark.parametrize("data", [b"", b"hello", b"{", b"{}\n{}", b"\xff\xfe"])
def test_what_is_no_report_is_refused(data: bytes) -> None:
    with pytest.raises(IngestError) as caught:
        read_apple_report(data)
    assert caught.value.reason is Reason.BAD_CRASH_REPORT


def unreal(name: str) -> bytes:
    files = {file.name: bytes(file.data) for file in read_unreal(UNREAL.read_bytes(), 10_000_000)}
    return files[name]


def test_unreals_context_says_who_where_and_what() -> None:
    event = context_event(read_context(unreal("CrashContext.runtime-xml")), "login|epic|machine")
    assert event["user"] == {"id": "login", "username": "bruno"}
    assert event["tags"] == {"epic_account_id": "epic", "machine_id": "machine"}
    assert event["logentry"]["formatted"].startswith("Assertion failed: false")
    assert event["level"] == "error"
    assert event["contexts"]["device"]["memory_size"] == 17112477696
    assert event["contexts"]["os"]["raw_description"] == "Windows 10"
    assert event["contexts"]["gpu"]["name"] == "NVIDIA GeForce GTX 1080"
    assert event["contexts"]["unreal"]["GameName"] == "UE4-MyProject"
    assert event["sdk"] == {"name": "unreal.crashreporter", "version": "1.0"}


@pytest.mark.parametrize(
    ("hidden", "told"),
    [
        (
            '{"release": "till@2", "tags": {"level": "3"}, "user": {"id": "own"}, "event_id": "x"}',
            {"release": "till@2", "tags": {"level": "3"}, "user": {"id": "own"}},
        ),
        (
            "[release]=till%402&[tags][level]=3&[user][id]=own&other=1",
            {"release": "till@2", "tags": {"level": "3"}, "user": {"id": "own"}},
        ),
        ("no JSON", {}),
        ("[1]", {}),
        ("[", {}),
        ("", {}),
    ],
)
def test_what_a_game_says_of_its_crash_counts_more_than_unreal(hidden: str, told: dict[str, object]) -> None:
    sections = {
        "RuntimeProperties": {"LoginId": "login", "ErrorMessage": "fell"},
        "GameData": {"Map": "Hall", "__sentry": hidden},
    }
    event = context_event(sections, None)
    assert event["contexts"]["game"] == {"type": "game", "Map": "Hall"}
    assert event["logentry"] == {"formatted": "fell"}
    assert {name: event[name] for name in told} == told
    assert not {"event_id", "extra", "other"} & set(event)
    assert event["user"] == told.get("user", {"id": "login"})


def test_the_end_of_unreals_log_becomes_breadcrumbs() -> None:
    crumbs = read_log(unreal("MyProject.log"))
    assert len(crumbs) == 40
    assert crumbs[-1]["category"] == "LogWindows"
    assert crumbs[-1]["message"] == "Windows GetLastError: The operation completed successfully. (0)"
    assert crumbs[-1]["timestamp"] == 1540832198.385


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<a><b>",
        b'<!DOCTYPE a [<!ENTITY x "y">]><a><b><c>&x;</c></b></a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b"<a>" * 30,
    ],
)
def test_a_context_that_is_damaged_or_declares_entities_is_refused(xml: bytes) -> None:
    with pytest.raises(IngestError) as caught:
        read_context(xml)
    assert caught.value.reason is Reason.BAD_CRASH_REPORT


@settings(derandomize=True, max_examples=100, deadline=None)
@given(at=st.integers(0, 1_800), new=st.binary(max_size=10), end=st.integers(0, 3_000))
def test_damage_raises_nothing_but_an_ingest_error(at: int, new: bytes, end: int) -> None:
    for whole in (TEXT.encode(), unreal("CrashContext.runtime-xml")[:3_000]):
        damaged = (whole[:at] + new + whole[at + len(new) :])[:end]
        with suppress(IngestError):
            read_apple_report(damaged)
        with suppress(IngestError):
            context_event(read_context(damaged), damaged[:20].decode(errors="replace"))
        read_log(damaged)
