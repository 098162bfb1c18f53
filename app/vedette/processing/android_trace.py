"""Android's method traces (``.trace``) in pure Python: entries and exits of methods become samples.

Bytes in, values out. Source: the format as Android's runtime documents it (art/runtime/trace.h): a text part
with threads and methods, then a binary header and records of 9 to 14 bytes. Everything is bounded.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from vedette.domain.json import JsonObject
from vedette.domain.profiles import SampleTable
from vedette.processing.samples import bad_profile

MOST_RECORDS = 400_000
MOST_METHODS = 200_000
LARGEST_TEXT = 32 << 20
DEEPEST = 512
MOST_FRAMES = 10_000_000
"""In all distinct stacks together; each frame costs eight bytes."""

_MAGIC = b"SLOW"
_END = b"*end\n"
_HEADER = struct.Struct("<4sHHQ")
_ENTER, _EXIT, _UNROLL = 0, 1, 2
# Thread, method with action, time; of two clocks the second is the wall.
_RECORDS = {9: struct.Struct("<BII"), 10: struct.Struct("<HII"), 14: struct.Struct("<HIII")}


@dataclass(frozen=True, slots=True)
class AndroidTrace:
    """A trace whose records are not read yet. ``start`` is microseconds since the epoch."""

    version: int
    start: int
    clock: str
    threads: dict[int, str]
    methods: dict[int, JsonObject]  # frames
    record_size: int
    records: memoryview

    @property
    def count(self) -> int:
        return len(self.records) // self.record_size


def read_trace(data: bytes) -> AndroidTrace:
    """Return the trace in *data*, its records unread. Raises IngestError(BAD_PROFILE)."""
    if not data.startswith(b"*version"):
        raise bad_profile("the method trace does not begin with *version")
    end = data.find(_END, 0, LARGEST_TEXT)
    if end < 0:
        raise bad_profile("the method trace has no end of its text part")
    clock, threads, methods = _read_text(data[:end].decode("utf-8", "replace"))
    start = end + len(_END)
    if len(data) < start + _HEADER.size:
        raise bad_profile("the method trace is cut short")
    magic, version, offset, began = _HEADER.unpack_from(data, start)
    if magic != _MAGIC:
        raise bad_profile("the method trace has no binary part, or one that is streamed")
    size = _record_size(data, start, version, offset, clock)
    body = memoryview(data)[start + offset :]
    return AndroidTrace(version, began, clock, threads, methods, size, body[: len(body) - len(body) % size])


def _record_size(data: bytes, start: int, version: int, offset: int, clock: str) -> int:
    if version not in (1, 2, 3) or offset < _HEADER.size:
        raise bad_profile(f"the method trace has version {version}, which is not known")
    if version < 3:
        return 9 if version == 1 else 10
    size = 14 if clock == "dual" else 10
    if offset >= _HEADER.size + 2 and len(data) >= start + _HEADER.size + 2:
        (size,) = struct.unpack_from("<H", data, start + _HEADER.size)
    if size not in (10, 14):
        raise bad_profile(f"the method trace has records of {size} bytes, which are not known")
    return int(size)


def _read_text(text: str) -> tuple[str, dict[int, str], dict[int, JsonObject]]:
    clock, section = "", ""
    threads: dict[int, str] = {}
    methods: dict[int, JsonObject] = {}
    for line in text.split("\n"):
        if line.startswith("*"):
            section = line
        elif section == "*version":
            name, _, value = line.partition("=")
            clock = value if name == "clock" else clock
        elif section == "*threads":
            number, _, name = line.partition("\t")
            if number.isascii() and number.isdigit() and len(number) < 10:
                threads[int(number)] = name[:200]
        elif section == "*methods" and len(methods) < MOST_METHODS:
            _read_method(line, methods)
    return clock, threads, methods


def _read_method(line: str, methods: dict[int, JsonObject]) -> None:
    parts = line.split("\t")
    if len(parts) < 3:
        return
    try:
        number = int(parts[0], 16)
    except ValueError:
        return
    name, function, *rest = parts[1:]
    # A dot in the name ends the class; the runtime writes slashes or dots for packages.
    frame: JsonObject = {
        "module": name.replace("/", ".")[:400],
        "function": function[:400],
        "platform": "android",
    }
    if len(rest) > 1 and rest[1]:
        frame["filename"] = rest[1][:400]
    if len(rest) > 2 and rest[2].isascii() and rest[2].isdigit() and len(rest[2]) < 8:
        frame["lineno"] = int(rest[2])
    methods[number] = frame


def trace_samples(trace: AndroidTrace) -> SampleTable:
    """Return what each thread was in after each record, of the first MOST_RECORDS.

    Times are nanoseconds since the trace began. Raises IngestError(BAD_PROFILE) if there is nothing.
    """
    calls = _Calls(trace.methods)
    at: list[int] = []
    stack: list[int] = []
    thread: list[str] = []
    for number, method, moment in _iter_records(trace):
        at.append(moment * 1_000)
        thread.append(str(number))
        stack.append(calls.step(number, method & ~3, method & 3))
    if not at:
        raise bad_profile("the method trace has no records")
    order = sorted(range(len(at)), key=at.__getitem__)
    return SampleTable(
        [at[n] for n in order],
        [stack[n] for n in order],
        [thread[n] for n in order],
        calls.stacks,
        calls.frames,
        {str(number): name for number, name in trace.threads.items()},
    )


def _iter_records(trace: AndroidTrace) -> Iterator[tuple[int, int, int]]:
    """Yield thread, method with its action, and microseconds."""
    records = trace.records[: MOST_RECORDS * trace.record_size]
    for number, method, *clocks in _RECORDS[trace.record_size].iter_unpack(records):
        yield number, method, clocks[-1]


class _Calls:
    """The open calls of every thread. Each distinct stack is made once: its caller's, and one frame more."""

    def __init__(self, methods: dict[int, JsonObject]) -> None:
        self._methods = methods
        self._frame_of: dict[int, int] = {}
        self._stack_of: dict[tuple[int, int], int] = {}
        self._open: dict[int, list[tuple[int, int]]] = {}  # thread: (method, stack)
        self.frames: list[JsonObject] = []
        self.stacks: list[list[int]] = [[]]
        self._frames = 0  # in all of them

    def step(self, thread: int, method: int, action: int) -> int:
        """Return the stack *thread* is in after it entered or left *method*."""
        calls = self._open.setdefault(thread, [])
        if action == _ENTER:
            if len(calls) < DEEPEST:
                calls.append((method, self._stack(calls[-1][1] if calls else 0, method)))
        elif action in (_EXIT, _UNROLL):
            self._leave(calls, method)
        return calls[-1][1] if calls else 0

    @staticmethod
    def _leave(calls: list[tuple[int, int]], method: int) -> None:
        # Without its entry the exit is of a call from before the trace, or of one below DEEPEST.
        for depth in range(len(calls) - 1, -1, -1):
            if calls[depth][0] == method:
                del calls[depth:]
                return

    def _stack(self, caller: int, method: int) -> int:
        frame = self._frame_of.get(method)
        if frame is None:
            frame = self._frame_of[method] = len(self.frames)
            unknown = {"function": f"0x{method:x}", "platform": "android"}
            self.frames.append(self._methods.get(method) or unknown)
        number = self._stack_of.get((caller, frame))
        if number is None:
            number = self._stack_of[caller, frame] = len(self.stacks)
            stack = [frame, *self.stacks[caller]]
            self._frames += len(stack)
            if self._frames > MOST_FRAMES:
                raise bad_profile("the method trace has too many different stacks")
            self.stacks.append(stack)
        return number
