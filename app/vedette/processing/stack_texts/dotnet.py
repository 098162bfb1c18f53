""".NET: ``Exception.ToString()`` with its inner exceptions."""

import re

from vedette.domain.json import JsonObject
from vedette.processing.stack_texts.values import MOST_CHAINED, MOST_FRAMES, Printed, frame

_FRAME = re.compile(
    r"\s+at (?P<call>[^(]+?)\s?\((?P<arguments>.*?)\)(?: in (?P<path>.+?):line (?P<line>\d{1,9}))?\s*"
)
_INNER = re.compile(r"\s*---> (?:\(Inner Exception #\d+\) )?(?P<heading>.*?)(?:<---)?")
_INNER_END = "--- End of inner exception stack trace ---"
_HEADING = re.compile(r"(?P<type>[\w.+`<>\[\]]+)(?: \(0x[0-9A-F]{8}\))?(?:: (?P<value>.*))?", re.DOTALL)
_STATE_MACHINE = re.compile(r"(?P<owner>.*)\.<(?P<method>[^>]*)>d(?:__\d+)?(?:`\d+)?\.MoveNext")
_CLOSURE = re.compile(r"(?P<owner>.*)\.<>c(?:__DisplayClass[\w]*)?\.<(?P<method>[^>]*)>b__[\w|]*")


def parse_dotnet(lines: list[str]) -> list[Printed]:
    """Return the exceptions of a printed one, inner ones first, the printed one last."""
    open_: list[tuple[list[str], list[JsonObject]]] = [([], [])]
    closed: list[Printed] = []
    for line in lines:
        inner = _INNER.fullmatch(line)
        if inner is not None and len(open_) + len(closed) < MOST_CHAINED:
            open_.append(([inner["heading"]], []))
            continue
        if line.strip() == _INNER_END:
            if len(open_) > 1:
                closed.append(_close(*open_.pop()))
            continue
        heading, frames = open_[-1]
        match = _FRAME.fullmatch(line)
        if match is not None:
            if len(frames) < MOST_FRAMES:
                frames.append(_frame(match))
        elif not frames:
            heading.append(line)
    while open_:
        closed.append(_close(*open_.pop()))
    return closed if any(printed.frames for printed in closed) else []


def _close(heading: list[str], frames: list[JsonObject]) -> Printed:
    match = _HEADING.fullmatch("\n".join(heading).strip())
    kind, value = (match["type"], match["value"] or "") if match else ("", "")
    return Printed(kind, value, tuple(reversed(frames)))


def _frame(match: re.Match[str]) -> JsonObject:
    call = match["call"]
    hidden = _STATE_MACHINE.fullmatch(call) or _CLOSURE.fullmatch(call)
    if hidden is not None:
        # The compiler's class for a lambda or an async method; the method's own name is in it.
        module, function = hidden["owner"], hidden["method"]
    else:
        module, _, function = call.rpartition(".")
        if module.endswith("."):  # constructors: `Shop.Till..ctor`
            module, function = module[:-1], f".{function}"
    line = match["line"]
    return frame(function, match["path"] or "", int(line) if line else None, module=module)
