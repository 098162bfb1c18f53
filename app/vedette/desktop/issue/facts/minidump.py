"""What the head of a minidump says: system, processor, exception, threads and modules. Pure: bytes in.

Source: Microsoft's ``minidumpapiset.h``: MINIDUMP_HEADER, _DIRECTORY, _SYSTEM_INFO, _EXCEPTION_STREAM,
_MODULE, _MISC_INFO; Breakpad's platform ids for other systems. Nothing in the file is trusted: every place
that is read is checked against its size.
"""

import struct
from dataclasses import dataclass

from vedette.domain.times import SECOND, Micros

SIGNATURE = b"MDMP"
_THREADS, _MODULES, _EXCEPTION, _SYSTEM, _MISC = 3, 4, 6, 7, 15
_MOST_STREAMS = 256
_MOST_MODULES = 2_000
_MODULE_SIZE = 108
_PROCESSORS = {
    0: "x86",
    1: "MIPS",
    3: "PowerPC",
    5: "ARM",
    6: "Itanium",
    9: "x86-64",
    12: "ARM64",
    0x8003: "ARM64",
}
_SYSTEMS = {
    1: "Windows",
    2: "Windows",
    3: "Windows CE",
    0x8000: "Unix",
    0x8101: "macOS",
    0x8102: "iOS",
    0x8201: "Linux",
    0x8202: "Solaris",
    0x8203: "Android",
    0x8204: "PlayStation 3",
    0x8205: "NaCl",
    0x8206: "Fuchsia",
}
_WINDOWS_CODES = {
    0xC0000005: "EXCEPTION_ACCESS_VIOLATION",
    0xC000001D: "EXCEPTION_ILLEGAL_INSTRUCTION",
    0xC0000094: "EXCEPTION_INT_DIVIDE_BY_ZERO",
    0xC00000FD: "EXCEPTION_STACK_OVERFLOW",
    0xC0000374: "STATUS_HEAP_CORRUPTION",
    0xC0000409: "STATUS_STACK_BUFFER_OVERRUN",
    0x80000003: "EXCEPTION_BREAKPOINT",
    0xE06D7363: "C++ exception",
}
_SIGNALS = {4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 11: "SIGSEGV"}
_MACH = {1: "EXC_BAD_ACCESS", 2: "EXC_BAD_INSTRUCTION", 3: "EXC_ARITHMETIC", 6: "EXC_BREAKPOINT"}


@dataclass(frozen=True, slots=True)
class Module:
    """A library of the process."""

    name: str
    address: int
    size: int


@dataclass(frozen=True, slots=True)
class MinidumpFacts:
    """What was read; what the file does not say is "", 0 or None."""

    made: Micros | None
    system: str = ""
    processor: str = ""
    processors: int = 0
    process: int | None = None
    threads: int = 0
    thread: int | None = None  # the one that crashed
    exception: str = ""
    address: int | None = None
    modules: tuple[Module, ...] = ()


class _Dump:
    """Reads numbers at places that may lie outside the file."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def take(self, layout: str, at: int) -> tuple[int, ...] | None:
        form = struct.Struct(f"<{layout}")
        if at < 0 or at + form.size > len(self._data):
            return None
        return form.unpack_from(self._data, at)

    def text(self, at: int) -> str:
        """Return the UTF-16 text whose length in bytes stands at *at*."""
        size = self.take("I", at)
        if size is None or size[0] > 4_096:
            return ""
        return self._data[at + 4 : at + 4 + size[0]].decode("utf-16-le", errors="replace")


def read_minidump(data: bytes) -> MinidumpFacts | None:
    """Return the facts of a minidump, None if *data* is none."""
    dump = _Dump(data)
    head = dump.take("4s5I", 0)
    if head is None or data[:4] != SIGNATURE:
        return None
    _, _, count, directory, _, stamp = head
    streams: dict[int, int] = {}
    for at in range(min(count, _MOST_STREAMS)):
        entry = dump.take("3I", directory + 12 * at)
        if entry is None:
            break
        streams.setdefault(entry[0], entry[2])
    system, processor, processors, platform = _system(dump, streams.get(_SYSTEM))
    thread, exception, address = _exception(dump, streams.get(_EXCEPTION), platform)
    threads = dump.take("I", streams[_THREADS]) if _THREADS in streams else None
    misc = dump.take("3I", streams[_MISC]) if _MISC in streams else None
    return MinidumpFacts(
        made=Micros(stamp * SECOND) if stamp else None,
        system=system,
        processor=processor,
        processors=processors,
        process=misc[2] if misc is not None and misc[1] & 1 else None,
        threads=threads[0] if threads is not None else 0,
        thread=thread,
        exception=exception,
        address=address,
        modules=_modules(dump, streams.get(_MODULES)),
    )


def _system(dump: _Dump, at: int | None) -> tuple[str, str, int, int]:
    found = dump.take("3H2B4I", at) if at is not None else None
    if at is None or found is None:
        return "", "", 0, 0
    architecture, _, _, processors, _, major, minor, build, platform = found
    name = _SYSTEMS.get(platform, "")
    service = dump.take("I", at + 24)
    version = f"{major}.{minor}.{build}" if major or minor or build else ""
    extra = dump.text(service[0]) if service is not None and service[0] else ""
    words = " ".join(part for part in (name, version) if part)
    return (f"{words} {extra}".strip(), _PROCESSORS.get(architecture, ""), processors, platform)


def _exception(dump: _Dump, at: int | None, platform: int) -> tuple[int | None, str, int | None]:
    found = dump.take("4I2Q", at) if at is not None else None
    if found is None:
        return None, "", None
    thread, _, code, _, _, address = found
    names = _WINDOWS_CODES if platform in (1, 2, 3) else _MACH if platform in (0x8101, 0x8102) else _SIGNALS
    return thread, f"{names.get(code, '')} 0x{code:x}".strip(), address


def _modules(dump: _Dump, at: int | None) -> tuple[Module, ...]:
    count = dump.take("I", at) if at is not None else None
    found = []
    for number in range(min(count[0], _MOST_MODULES) if count is not None and at is not None else 0):
        entry = dump.take("Q4I", (at or 0) + 4 + number * _MODULE_SIZE)
        if entry is None:
            break
        base, size, _, _, name = entry
        found.append(Module(dump.text(name).replace("\\", "/").rpartition("/")[2], base, size))
    return tuple(found)
