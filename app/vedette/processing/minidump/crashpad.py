"""What Crashpad's client noted about the process and its modules.

Source: chromium/crashpad ``minidump/minidump_extensions.h``.
"""

from collections.abc import Sequence
from uuid import UUID

from vedette.domain.minidump import Annotations
from vedette.processing.minidump.source import Source

_MODULES = 1_024
_ANNOTATIONS = 1_024  # of one kind in one place
_TEXT = 1  # the only kind of annotation object whose value means something to everybody
_LONGEST_VALUE = 16_384

Pairs = tuple[tuple[str, str], ...]


def read_crashpad(
    source: Source, start: int, size: int
) -> tuple[str | None, str | None, tuple[Annotations, ...]]:
    """Return report id, client id and annotations of the CrashpadInfo stream, the process's own first.

    None and empty for a stream that is missing or too short.
    """
    head = source.take("I", start)
    places = source.take("4I", start + 36)
    if size < 52 or head is None or places is None or head[0] == 0:
        return None, None, ()
    simple_size, simple_at, modules_size, modules_at = places
    found: list[Annotations] = []
    of_process = _dictionary(source, simple_at, simple_size)
    if of_process:
        found.append(Annotations(None, simple=of_process))
    for module, part_size, part_at in source.entries(modules_at, modules_size, "3I", _MODULES):
        annotations = _of_module(source, module, part_at, part_size)
        if annotations is not None:
            found.append(annotations)
    return _id(source, start + 4), _id(source, start + 20), tuple(found)


def _of_module(source: Source, module: int, start: int, size: int) -> Annotations | None:
    if size < 4:
        return None
    places = [
        source.take("2I", start + 4 + 8 * index) if size >= 12 + 8 * index else None for index in range(3)
    ]
    listed, simple, objects = ((place or (0, 0)) for place in places)
    found = Annotations(
        module,
        simple=_dictionary(source, simple[1], simple[0]),
        objects=_objects(source, objects[1], objects[0]),
        list=tuple(_texts(source, listed[1], listed[0])),
    )
    return found if found.simple or found.objects or found.list else None


def _dictionary(source: Source, start: int, size: int) -> Pairs:
    if not start or not size:
        return ()
    pairs = source.entries(start, size, "2I", _ANNOTATIONS)
    return tuple((source.utf8(key), source.utf8(value)) for key, value in pairs)


def _texts(source: Source, start: int, size: int) -> Sequence[str]:
    if not start or not size:
        return ()
    return [
        text for (place,) in source.entries(start, size, "I", _ANNOTATIONS) if (text := source.utf8(place))
    ]


def _objects(source: Source, start: int, size: int) -> Pairs:
    if not start or not size:
        return ()
    found = []
    for name, kind, _, value in source.entries(start, size, "IHHI", _ANNOTATIONS):
        length = source.take("I", value)
        if kind == _TEXT and length is not None:
            data = source.bytes(value + 4, min(length[0], _LONGEST_VALUE))
            found.append((source.utf8(name), data.decode(errors="replace").rstrip("\0")))
    return tuple(found)


def _id(source: Source, start: int) -> str | None:
    numbers = source.take("I2H8B", start)
    if numbers is None or not any(numbers):
        return None
    first, second, third, *rest = numbers
    return str(UUID(f"{first:08x}{second:04x}{third:04x}{bytes(rest).hex()}"))
