"""What a native crash carries besides frames: registers, and the images the program was made of. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum

from vedette.desktop.language import mark
from vedette.domain.json import JsonObject


class Symbols(StrEnum):
    """Whether the names of an image's functions are known. The values are the words."""

    FOUND = mark("found")
    MISSING = mark("missing")
    UNUSED = mark("no frame in it")


@dataclass(frozen=True, slots=True)
class Image:
    """A program or library in memory. *start* and *end* are 0 where the event does not say."""

    name: str
    path: str
    debug_id: str
    arch: str
    start: int
    end: int
    symbols: Symbols
    frames: int  # so many of the event's frames lie in it

    @property
    def range(self) -> str:
        """The addresses it takes up."""
        return f"{self.start:#x} – {self.end:#x}" if self.end > self.start else ""


def registers_of(stacktrace: JsonObject | None) -> list[tuple[str, str]]:
    """Return names and values of a stack trace's registers, numbers in the names by size."""
    found = (stacktrace or {}).get("registers")
    if not isinstance(found, dict):
        return []
    known = {str(name): value for name, value in found.items() if value is not None}
    widest = max((address(value) or 0 for value in known.values()), default=0)
    digits = 8 if widest <= 0xFFFFFFFF else 16
    return [(name, _padded(known[name], digits)) for name in sorted(known, key=_order)]


def _order(name: str) -> tuple[int, str, int]:
    letters, digits = re.match(r"\$?([a-zA-Z]*)(\d*)", name).groups()  # type: ignore[union-attr]
    first = 0 if name.lower().lstrip("$") in ("pc", "rip", "eip") else 1
    return first, letters.lower(), int(digits or -1)


def _padded(value: object, digits: int) -> str:
    """Return an address with all its digits, so that they stand below each other."""
    number = address(value)
    return str(value) if number is None else f"{number:#0{digits + 2}x}"


def address(value: object) -> int | None:
    """Return an address given as a number or as hexadecimal or decimal text; None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        return int(value, 0) if isinstance(value, str) else None
    except ValueError:
        return None


def images_of(event: JsonObject) -> tuple[Image, ...]:
    """Return the images of a normalised event: those with frames but without symbols first, then by name.

    What processing found out about an image's symbols is believed; else an image whose frames have names
    has its symbols.
    """
    images = (event.get("debug_meta") or {}).get("images") or ()
    known = [image for image in images if isinstance(image, dict)]
    frames = _native_frames(event)
    found = [_image(image, frames) for image in known]
    order = {Symbols.MISSING: 0, Symbols.FOUND: 1, Symbols.UNUSED: 2}
    return tuple(sorted(found, key=lambda image: (order[image.symbols], image.name.lower())))


def _native_frames(event: JsonObject) -> list[tuple[int, bool]]:
    """Return address and whether it has a name of every native frame of the event."""
    stacks = [event.get("stacktrace")]
    for part in ("exception", "threads"):
        values = (event.get(part) or {}).get("values") or ()
        stacks += [one.get("stacktrace") for one in values if isinstance(one, dict)]
    return [
        (at, bool(frame.get("function")))
        for stack in stacks
        for frame in (stack or {}).get("frames") or ()
        if isinstance(frame, dict) and (at := address(frame.get("instruction_addr"))) is not None
    ]


def _image(image: JsonObject, frames: list[tuple[int, bool]]) -> Image:
    start = address(image.get("image_addr")) or 0
    size = image.get("image_size")
    end = start + size if isinstance(size, int) else start
    inside = [has_name for at, has_name in frames if start <= at < end]
    status = str(image.get("debug_status") or "")
    if status in ("found", "missing", "unused"):
        symbols = {"found": Symbols.FOUND, "missing": Symbols.MISSING, "unused": Symbols.UNUSED}[status]
    elif not inside:
        symbols = Symbols.UNUSED
    else:
        symbols = Symbols.FOUND if any(inside) else Symbols.MISSING
    path = str(image.get("code_file") or image.get("debug_file") or image.get("type") or "")
    return Image(
        name=re.split(r"[/\\]", path)[-1],
        path=path,
        debug_id=str(image.get("debug_id") or image.get("uuid") or ""),
        arch=str(image.get("arch") or ""),
        start=start,
        end=end,
        symbols=symbols,
        frames=len(inside),
    )
