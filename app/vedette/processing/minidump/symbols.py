"""Which debug file belongs to a module: the ids of its CodeView or build id record.

Sources: Microsoft's CodeView records RSDS and NB10; google/breakpad ``minidump_format.h`` for BpEL. The ids
are spelt as in Sentry's ``debug_meta`` (dashed, lower case, age appended unless 0).
"""

from uuid import UUID

from vedette.processing.minidump.source import Source

_RSDS, _NB10, _ELF = 0x53445352, 0x3031424E, 0x4270454C
_LONGEST_BUILD_ID = 64
_LONGEST_PATH = 4_096


def code_view(source: Source, start: int, size: int) -> tuple[str | None, str | None, str]:
    """Return debug id, ELF build id and debug file of the record at *start*; None and "" for none."""
    kind = source.take("I", start) if size >= 4 else None
    if kind is None:
        return None, None, ""
    if kind[0] == _RSDS and size >= 24:
        return _guid(source, start, size)
    if kind[0] == _NB10 and size >= 16:
        _, _, signature, age = source.take("4I", start) or (0, 0, 0, 0)
        return f"{signature:08x}-{age:x}", None, _path(source, start + 16, size - 16)
    if kind[0] == _ELF and size > 4:
        build_id = source.bytes(start + 4, min(size - 4, _LONGEST_BUILD_ID))
        return debug_id_of_build(build_id), build_id.hex() if any(build_id) else None, ""
    return None, None, ""


def debug_id_of_build(build_id: bytes) -> str | None:
    """Return the debug id of an ELF build id: its first 16 bytes as a little-endian GUID."""
    if not any(build_id):
        return None
    return str(UUID(bytes_le=build_id[:16].ljust(16, b"\0")))


def _guid(source: Source, start: int, size: int) -> tuple[str | None, str | None, str]:
    numbers = source.take("I2H8B", start + 4)
    age = source.take("I", start + 20)
    if numbers is None or age is None:
        return None, None, ""
    first, second, third, *rest = numbers
    path = _path(source, start + 24, size - 24)
    if not any(numbers):
        return None, None, path
    guid = str(UUID(f"{first:08x}{second:04x}{third:04x}{bytes(rest).hex()}"))
    return (f"{guid}-{age[0]:x}" if age[0] else guid), None, path


def _path(source: Source, start: int, size: int) -> str:
    data = source.bytes(start, min(size, _LONGEST_PATH))
    return data.partition(b"\0")[0].decode(errors="replace")
