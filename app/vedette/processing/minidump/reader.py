"""A minidump's facts: system, exception, threads, modules, annotations. Bytes in, values out.

Sources: Microsoft's ``minidumpapiset.h`` (streams), google/breakpad ``minidump_format.h`` (streams and
platform ids of other systems). Nothing in the file is trusted: places are checked against its size, counts
against the stream's, and everything has a limit.
"""

from collections.abc import Iterator, Sequence

from vedette.domain.minidump import (
    Annotations,
    DumpAssertion,
    DumpException,
    DumpModule,
    DumpStream,
    DumpThread,
    Minidump,
    System,
)
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.times import SECOND, Micros
from vedette.processing.minidump.crashpad import read_crashpad
from vedette.processing.minidump.registers import read_registers
from vedette.processing.minidump.source import Source
from vedette.processing.minidump.symbols import code_view

MAGIC = {b"MDMP": "<", b"PMDM": ">"}
"""How a dump begins, and in which order its numbers are written then."""

_STREAMS = 256
_THREADS = 1_024
_MODULES = 4_096
_RANGES = 1 << 20
_TEXT_STREAM = 16_384

_NAMES = {
    3: "ThreadList",
    4: "ModuleList",
    5: "MemoryList",
    6: "Exception",
    7: "SystemInfo",
    8: "ThreadExList",
    9: "Memory64List",
    10: "CommentA",
    11: "CommentW",
    12: "HandleData",
    13: "FunctionTable",
    14: "UnloadedModuleList",
    15: "MiscInfo",
    16: "MemoryInfoList",
    17: "ThreadInfoList",
    18: "HandleOperationList",
    19: "Token",
    21: "SystemMemoryInfo",
    22: "ProcessVmCounters",
    24: "ThreadNames",
    0x43500001: "CrashpadInfo",
    0x47670001: "BreakpadInfo",
    0x47670002: "AssertionInfo",
    0x47670003: "LinuxCpuInfo",
    0x47670004: "LinuxProcStatus",
    0x47670005: "LinuxLsbRelease",
    0x47670006: "LinuxCmdLine",
    0x47670007: "LinuxEnviron",
    0x47670008: "LinuxAuxv",
    0x47670009: "LinuxMaps",
    0x4767000A: "LinuxDsoDebug",
}
_PROCESSORS = {
    0: "x86",
    1: "mips",
    3: "ppc",
    5: "arm",
    6: "ia64",
    9: "x86_64",
    10: "x86",
    12: "arm64",
    0x8001: "sparc",
    0x8002: "ppc64",
    0x8003: "arm64",
    0x8004: "mips64",
    0x8005: "riscv32",
    0x8006: "riscv64",
}
_SYSTEMS = {
    1: System.WINDOWS,
    2: System.WINDOWS,
    3: System.WINDOWS,
    0x8101: System.MACOS,
    0x8102: System.IOS,
    0x8201: System.LINUX,
    0x8202: System.SOLARIS,
    0x8203: System.ANDROID,
    0x8204: System.PS3,
    0x8205: System.NACL,
    0x8206: System.FUCHSIA,
}
# Parts that hold the process's environment and arguments stay where they are: they may hold secrets.
_LSB_RELEASE = 0x47670005


def is_minidump(data: bytes | memoryview) -> bool:
    """Return whether *data* begins as a minidump does, in either byte order."""
    return bytes(data[:4]) in MAGIC


def read_minidump(data: bytes | memoryview) -> Minidump:
    """Return the facts of a minidump. Raises IngestError(BAD_MINIDUMP) for what is none.

    What is damaged within is left out and told in ``remarks``.
    """
    order = MAGIC.get(bytes(data[:4]))
    source = Source(data, order or "<")
    header = source.take("6I", 0)
    if order is None or header is None:
        raise IngestError(Reason.BAD_MINIDUMP, "invalid minidump: no header", offset=0)
    _, _, count, directory, _, stamp = header
    streams = _read_streams(source, count, directory)
    if not any(stream.name and stream.size for stream in streams.values()):
        raise IngestError(Reason.BAD_MINIDUMP, "invalid minidump: no known streams", offset=directory)
    made = Micros(stamp * SECOND) if stamp else None
    return _Reading(source, streams, made).read()


def _read_streams(source: Source, count: int, directory: int) -> dict[int, DumpStream]:
    streams: dict[int, DumpStream] = {}
    for index in range(min(count, _STREAMS)):
        entry = source.take("3I", directory + 12 * index)
        if entry is None:
            break
        kind, size, start = entry
        if kind == 0:  # unused
            continue
        if start + size > len(source):
            source.remarks.append(f"stream {_NAMES.get(kind, kind)} ends outside of the file")
            size = max(0, len(source) - start)
        streams.setdefault(kind, DumpStream(kind, _NAMES.get(kind, ""), start, size))
    return streams


class _Reading:
    """One dump while it is read."""

    def __init__(self, source: Source, streams: dict[int, DumpStream], made: Micros | None) -> None:
        self._source = source
        self._streams = streams
        self._made = made

    def _of(self, kind: int) -> tuple[int, int] | None:
        stream = self._streams.get(kind)
        return None if stream is None else (stream.start, stream.size)

    def read(self) -> Minidump:
        arch, processors, system, version, build, text = self._system()
        exception, context = self._exception()
        dump_thread, requesting = self._breakpad()
        crashed = exception.thread if exception is not None else requesting
        modules = self._modules(system)
        ranges, held = self._memory()
        process, started = self._process()
        crashpad = self._of(0x43500001)
        report_id, client_id, annotations = read_crashpad(self._source, *(crashpad or (0, 0)))
        return Minidump(
            made=self._made,
            system=system,
            system_version=version,
            system_build=build,
            system_text=text,
            arch=arch,
            processors=processors,
            process=process,
            process_started=started,
            exception=exception,
            crashed_thread=crashed,
            dump_thread=dump_thread,
            assertion=self._assertion(),
            threads=self._threads(arch, crashed, context),
            modules=modules,
            memory_ranges=ranges,
            memory_bytes=held,
            writer=self._writer(),
            report_id=report_id,
            client_id=client_id,
            annotations=tuple(_of_known_modules(annotations, len(modules))),
            distribution=self._distribution(),
            streams=tuple(self._streams.values()),
            remarks=tuple(dict.fromkeys(self._source.remarks)),
        )

    def _system(self) -> tuple[str, int, System, str, str, str]:
        """Return architecture, processors, system, its version and build, and what else it says of itself."""
        place = self._of(7)
        found = self._source.take("3H2B5I", place[0]) if place is not None else None
        if found is None:
            return "", 0, System.UNKNOWN, "", "", ""
        architecture, _, _, processors, _, major, minor, build, platform, service = found
        system = _SYSTEMS.get(platform, System.UNKNOWN)
        text = self._source.utf16(service)
        version = f"{major}.{minor}.{build}" if major or minor or build else ""
        spelt_build = text if version else ""
        if system in (System.LINUX, System.ANDROID) and not version:
            version, spelt_build = _kernel(text)
        return _PROCESSORS.get(architecture, ""), processors, system, version, spelt_build, text

    def _exception(self) -> tuple[DumpException | None, tuple[int, int] | None]:
        """Return the exception and the place of the context it happened in, as start and size."""
        place = self._of(6)
        found = self._source.take("4I2Q2I15Q2I", place[0]) if place is not None else None
        if found is None:
            return None, None
        thread, _, code, flags, _, address, number, _, *rest = found
        parameters, (size, start) = rest[:15], rest[15:]
        return DumpException(thread, code, flags, address, tuple(parameters[: min(number, 15)])), (
            start,
            size,
        )

    def _breakpad(self) -> tuple[int | None, int | None]:
        """Return the thread that wrote the dump and the one that asked for it."""
        place = self._of(0x47670001)
        found = self._source.take("3I", place[0]) if place is not None else None
        if found is None:
            return None, None
        valid, dump, requesting = found
        return dump if valid & 1 else None, requesting if valid & 2 else None

    def _assertion(self) -> DumpAssertion | None:
        place = self._of(0x47670002)
        line = self._source.take("I", place[0] + 768) if place is not None else None
        if place is None or line is None:
            return None
        expression, function, file = (self._source.wide(place[0] + 256 * part, 128) for part in range(3))
        return DumpAssertion(expression, function, file, line[0])

    def _threads(
        self, arch: str, crashed: int | None, context: tuple[int, int] | None
    ) -> tuple[DumpThread, ...]:
        place = self._of(3)
        if place is None:
            return ()
        names = self._thread_names()
        found = []
        for number, _, _, _, _, _, _, _, size, start in self._source.entries(*place, "4I2Q4I", _THREADS):
            # The thread's own context is of the moment the dump was written, in the exception's handler.
            at, length = (
                context if number == crashed and context is not None and context[1] else (start, size)
            )
            pc, sp, registers = read_registers(self._source, arch, at, length)
            found.append(DumpThread(number, names.get(number, ""), pc, sp, registers))
        return tuple(found)

    def _thread_names(self) -> dict[int, str]:
        place = self._of(24)
        if place is None:
            return {}
        return {
            thread: self._source.utf16(low) if high == 0 else ""
            for thread, low, high in self._source.entries(*place, "3I", _THREADS)
        }

    def _modules(self, system: System) -> tuple[DumpModule, ...]:
        place = self._of(4)
        if place is None:
            return ()
        entries = self._source.entries(*place, "Q4I13I4I2Q", _MODULES)
        return tuple(self._module(entry, system) for entry in entries)

    def _module(self, entry: Sequence[int], system: System) -> DumpModule:
        base, size, _, stamp, name = entry[:5]
        debug_id, build_id, debug_file = code_view(self._source, entry[19], entry[18])
        code_id = build_id
        if system is System.WINDOWS:
            code_id = f"{stamp:08X}{size:x}"
        elif system.is_apple and debug_id is not None:
            code_id = debug_id[:36].replace("-", "")
        return DumpModule(
            name=self._source.utf16(name),
            base=base,
            size=size,
            version=_file_version(entry[5:18]),
            debug_file=debug_file,
            debug_id=debug_id,
            code_id=code_id,
        )

    def _memory(self) -> tuple[int, int]:
        """Return how many ranges of memory were saved, and their bytes."""
        place = self._of(5)
        if place is not None:
            sizes = [size for _, size, _ in self._source.entries(*place, "Q2I", _RANGES)]
            return len(sizes), sum(sizes)
        place = self._of(9)
        head = self._source.take("2Q", place[0]) if place is not None else None
        if place is None or head is None:
            return 0, 0
        number = min(head[0], max(0, place[1] - 16) // 16, _RANGES)
        parts = (self._source.take("2Q", place[0] + 16 + 16 * index) for index in range(number))
        long_sizes = [part[1] for part in parts if part is not None]
        return len(long_sizes), min(sum(long_sizes), len(self._source))

    def _process(self) -> tuple[int | None, Micros | None]:
        place = self._of(15)
        found = self._source.take("4I", place[0]) if place is not None else None
        if found is None:
            return None, None
        _, flags, process, started = found
        return (
            process if flags & 1 else None,
            Micros(started * SECOND) if flags & 2 and started else None,
        )

    def _writer(self) -> str:
        if 0x43500001 in self._streams:
            return "crashpad"
        return "breakpad" if any(0x47670000 < kind < 0x47680000 for kind in self._streams) else ""

    def _distribution(self) -> tuple[tuple[str, str], ...]:
        place = self._of(_LSB_RELEASE)
        if place is None:
            return ()
        text = self._source.bytes(place[0], min(place[1], _TEXT_STREAM)).decode(errors="replace")
        pairs = (line.partition("=") for line in text.replace("\0", "\n").splitlines() if "=" in line)
        return tuple((name.strip()[:100], value.strip().strip('"')[:200]) for name, _, value in pairs)[:50]


def _kernel(text: str) -> tuple[str, str]:
    """Return version and build out of ``uname``: "Linux 4.9.46-moby #1 SMP … x86_64"."""
    words = text.split()
    if len(words) < 2:
        return "", ""
    version, dash, rest = words[1].partition("-")
    return version, dash.strip("-") + rest


def _file_version(fixed: Sequence[int]) -> str:
    """Return the version in a VS_FIXEDFILEINFO, "" when there is none."""
    if fixed[0] != 0xFEEF04BD or not (fixed[2] or fixed[3]):
        return ""
    return ".".join(str(part) for half in fixed[2:4] for part in (half >> 16, half & 0xFFFF))


def _of_known_modules(annotations: Sequence[Annotations], modules: int) -> Iterator[Annotations]:
    return (found for found in annotations if found.module is None or found.module < modules)
