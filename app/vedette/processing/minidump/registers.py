"""Registers out of a thread's saved context.

Sources: ``CONTEXT`` of ``winnt.h`` for x86 and x64; google/breakpad ``minidump_cpu_arm64.h`` and
``minidump_cpu_arm.h`` (both spellings of the 64-bit one have the registers at the same place).
"""

from vedette.processing.minidump.source import Source

Registers = tuple[tuple[str, int], ...]

_X86 = {
    "eip": 184, "esp": 196, "ebp": 180, "eax": 176, "ebx": 164, "ecx": 172, "edx": 168, "esi": 160,
    "edi": 156, "eflags": 192,
}  # fmt: skip
_X64 = {
    "rip": 248, "rsp": 152, "rbp": 160, "rax": 120, "rbx": 144, "rcx": 128, "rdx": 136, "rsi": 168,
    "rdi": 176,
    **{f"r{number}": 184 + 8 * (number - 8) for number in range(8, 16)},
}  # fmt: skip
_ARM64 = {
    "pc": 264, "sp": 256, "lr": 248, "fp": 240,
    **{f"x{number}": 8 + 8 * number for number in range(29)},
}  # fmt: skip
_ARM = {
    "pc": 64, "sp": 56, "lr": 60,
    **{f"r{number}": 4 + 4 * number for number in range(13)},
}  # fmt: skip
_LAYOUTS = {
    "x86": (_X86, "I", "eip", "esp"),
    "x86_64": (_X64, "Q", "rip", "rsp"),
    "arm64": (_ARM64, "Q", "pc", "sp"),
    "arm": (_ARM, "I", "pc", "sp"),
}


def read_registers(
    source: Source, arch: str, start: int, size: int
) -> tuple[int | None, int | None, Registers]:
    """Return instruction pointer, stack pointer and registers of a context of *size* bytes at *start*.

    None and empty for a processor that is not known or a context that is cut short.
    """
    known = _LAYOUTS.get(arch)
    if known is None:
        return None, None, ()
    places, number, counter, stack = known
    width = 4 if number == "I" else 8
    if size < max(places.values()) + width:
        return None, None, ()
    found: dict[str, int] = {}
    for name, place in places.items():
        value = source.take(number, start + place)
        if value is None:
            return None, None, ()
        found[name] = value[0]
    return found[counter], found[stack], tuple(found.items())
