"""The head of a minidump."""

import random
import struct

from vedette.desktop.issue.facts.minidump import read_minidump


def text(words: str) -> bytes:
    raw = words.encode("utf-16-le")
    return struct.pack("<I", len(raw)) + raw


def a_dump() -> bytes:
    """Return a dump of a Windows process with an access violation, two modules and five threads."""
    head, directory = 32, 12 * 5
    body = bytearray()
    base = head + directory
    streams = []

    def put(kind: int, data: bytes) -> int:
        at = base + len(body)
        body.extend(data)
        if kind:
            streams.append((kind, len(data), at))
        return at

    service = put(0, text("Service Pack 1"))
    put(7, struct.pack("<3H2B4I2I", 9, 6, 1, 8, 1, 10, 0, 19045, 2, service, 0))
    put(6, struct.pack("<4I2Q", 4242, 0, 0xC0000005, 0, 0, 0x7FF712340000))
    put(3, struct.pack("<I", 5))
    names = [put(0, text(f"C:\\Program Files\\Shöp\\{name}")) for name in ("shop.exe", "pay.dll")]
    modules = struct.pack("<I", 2)
    for at, name in enumerate(names):
        modules += struct.pack("<Q4I", 0x10000 * (at + 1), 4096, 0, 0, name).ljust(108, b"\0")
    put(4, modules)
    put(15, struct.pack("<3I", 24, 1, 777))
    table = b"".join(struct.pack("<3I", *stream) for stream in streams)
    return (
        struct.pack("<4s5IQ", b"MDMP", 0xA793, len(streams), head, 0, 1_795_500_000, 0) + table + bytes(body)
    )


def test_it_says_what_crashed_where() -> None:
    facts = read_minidump(a_dump())
    assert facts is not None
    assert facts.system == "Windows 10.0.19045 Service Pack 1"
    assert (facts.processor, facts.processors) == ("x86-64", 8)
    assert facts.exception == "EXCEPTION_ACCESS_VIOLATION 0xc0000005"
    assert (facts.thread, facts.threads, facts.process) == (4242, 5, 777)
    assert facts.address == 0x7FF712340000
    assert [(module.name, module.address) for module in facts.modules] == [
        ("shop.exe", 0x10000),
        ("pay.dll", 0x20000),
    ]
    assert facts.made == 1_795_500_000_000_000


def test_other_bytes_are_no_dump() -> None:
    assert read_minidump(b"") is None
    assert read_minidump(b"PK\3\4" + b"\0" * 100) is None


def test_damaged_dumps_say_what_they_can() -> None:
    whole = a_dump()
    for size in range(32, len(whole), 7):
        assert read_minidump(whole[:size]) is not None
    dice = random.Random(7)
    for _ in range(300):
        broken = bytearray(whole)
        for _ in range(6):
            broken[dice.randrange(4, len(broken))] = dice.randrange(256)
        facts = read_minidump(bytes(broken))
        assert facts is not None
        assert len(facts.modules) <= 2_000
