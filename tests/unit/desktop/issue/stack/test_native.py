"""Registers and images of native crashes."""

from typing import Any

from vedette.desktop.issue.stack.frames import read_frames
from vedette.desktop.issue.stack.native import Symbols, address, images_of, registers_of


def a_crash() -> dict[str, Any]:
    frames = [
        {"instruction_addr": "0x1010", "package": "/opt/till/till", "function": "pay", "trust": "cfi"},
        {"instruction_addr": "0x2010", "package": "/usr/lib/libc.so.6", "trust": "scan"},
        {"instruction_addr": "nonsense"},
    ]
    images = [
        {
            "type": "elf",
            "code_file": "/opt/till/till",
            "image_addr": "0x1000",
            "image_size": 256,
            "debug_id": "aa",
        },
        None,
        {"type": "elf", "code_file": "/usr/lib/libc.so.6", "image_addr": "0x2000", "image_size": 256},
        {"type": "pe", "code_file": "C:\\win\\user32.dll", "image_addr": "0x3000", "image_size": 256},
        {"type": "elf", "code_file": "/known.so", "image_addr": "0x4000", "debug_status": "missing"},
    ]
    return {
        "platform": "native",
        "debug_meta": {"images": images},
        "exception": {"values": [{"type": "SIGSEGV", "stacktrace": {"frames": frames}}, None]},
        "threads": {"values": [{"stacktrace": None}]},
    }


def test_images_that_lack_symbols_come_first_and_unused_ones_last() -> None:
    assert [(image.name, image.symbols, image.frames) for image in images_of(a_crash())] == [
        ("known.so", Symbols.MISSING, 0),
        ("libc.so.6", Symbols.MISSING, 1),
        ("till", Symbols.FOUND, 1),
        ("user32.dll", Symbols.UNUSED, 0),
    ]
    till = images_of(a_crash())[2]
    assert (till.range, till.debug_id, till.path) == ("0x1000 – 0x1100", "aa", "/opt/till/till")
    assert images_of({}) == ()


def test_registers_stand_by_number_the_program_counter_first() -> None:
    found = registers_of(
        {"registers": {"x10": "0x1", "x9": 2, "rip": "0x7fff00000010", "sp": None, "fl": "odd"}}
    )
    assert found == [
        ("rip", "0x00007fff00000010"),
        ("fl", "odd"),
        ("x9", "0x0000000000000002"),
        ("x10", "0x0000000000000001"),
    ]
    assert registers_of({"registers": {"eax": "0x1"}}) == [("eax", "0x00000001")]
    assert registers_of(None) == registers_of({"registers": []}) == []


def test_addresses_are_read_from_numbers_and_text() -> None:
    assert [address(value) for value in (16, "0x10", "16", True, "x", None)] == [16, 16, 16, None, None, None]


def test_a_native_frame_tells_address_image_and_how_it_was_found() -> None:
    first, second, _ = read_frames(a_crash()["exception"]["values"][0]["stacktrace"], "native")
    assert (first.address, first.image, first.trust) == ("0x1010", "till", "by call frame info")
    assert second.trust == "found by scanning"
    assert second.sentence.endswith("found by scanning")
