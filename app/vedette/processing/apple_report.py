"""Apple's crash reports, as text and as JSON (``.ips``), in the protocol's form.

Source: Apple's "Examining the fields in a crash report" and "Interpreting the JSON format of a crash report".
"""

import re
from collections.abc import Sequence

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason

MECHANISM = "applecrashreport"
LARGEST = 32 << 20
_MOST_THREADS = 1_024
_MOST_FRAMES = 1_024
_MOST_IMAGES = 4_096
_MOST_FIELDS = 100
_LONGEST_LINE = 2_000

_FIELD = re.compile(r"([A-Z][A-Za-z /()]{0,60}):[ \t]*(.*)")
_THREAD = re.compile(r"Thread (\d{1,6})(?: name)?(?:[: ]|$)(?:.*?(Crashed))?")
_THREAD_NAME = re.compile(r"Thread (\d{1,6}) name:\s*(.*)")
_FRAME = re.compile(r"\d{1,5}\s+(\S.*?)\s+(0x[0-9a-fA-F]{1,16})\s+(.*)")
_IMAGE = re.compile(
    r"(0x[0-9a-fA-F]{1,16})\s*-\s*(0x[0-9a-fA-F]{1,16}|\?+)\s+\+?(\S.*?)\s+(?:(\S+)\s+)?(?:\(([^)]*)\)\s+)?"
    r"<([0-9A-Fa-f-]{32,36})>\s*(.*)"
)
_OFFSET = re.compile(r"(.*?) \+ \d+(?: \(.*\))?")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{1,16}")


def read_apple_report(payload: bytes) -> JsonObject:
    """Return a crash report as the parts of an event. Raises IngestError(BAD_CRASH_REPORT) for none."""
    text = payload[:LARGEST].decode(errors="replace")
    if text.lstrip()[:1] == "{":
        return _read_json(text.lstrip())
    return _read_text(text)


def _read_text(text: str) -> JsonObject:
    fields: dict[str, str] = {}
    threads: dict[int, JsonObject] = {}
    images: list[JsonObject] = []
    current: JsonObject | None = None
    is_images = False
    for whole in text.splitlines():
        line = whole[:_LONGEST_LINE]
        if line.startswith("Binary Images:"):
            is_images, current = True, None
        elif is_images:
            if len(images) < _MOST_IMAGES and (image := _image(line.strip())) is not None:
                images.append(image)
        elif line.startswith("Thread ") and " crashed with " not in line:
            current = _thread(line, threads) or current
        elif current is not None:
            if not line.strip():
                current = None
            elif (frame := _frame(line.strip())) is not None and len(current["frames"]) < _MOST_FRAMES:
                current["frames"].append(frame)
        elif (field := _FIELD.match(line)) is not None and len(fields) < _MOST_FIELDS:
            fields.setdefault(field[1], field[2].strip())
    if not fields.get("Exception Type") and not threads:
        raise IngestError(Reason.BAD_CRASH_REPORT, "invalid Apple crash report: no exception and no threads")
    return _event(fields, list(threads.values()), images)


def _thread(line: str, threads: dict[int, JsonObject]) -> JsonObject | None:
    """Return the thread a head line begins; None for a line that only names one."""
    found = _THREAD.match(line)
    if found is None:
        return None
    number = int(found[1])
    if number not in threads and len(threads) >= _MOST_THREADS:
        return None
    thread = threads.setdefault(number, {"id": number, "crashed": False, "frames": []})
    if (named := _THREAD_NAME.match(line)) is not None:
        thread["name"] = named[2][:200]
        return None
    thread["crashed"] = thread["crashed"] or found[2] is not None
    return thread


def _frame(line: str) -> JsonObject | None:
    found = _FRAME.match(line)
    if found is None:
        return None
    frame: JsonObject = {"package": found[1][:500], "instruction_addr": found[2].lower()}
    symbol = _OFFSET.fullmatch(found[3])
    name = (symbol[1] if symbol is not None else found[3]).strip()
    if name and _ADDRESS.match(name) is None:
        frame["function"] = name[:512]
    return frame


def _image(line: str) -> JsonObject | None:
    found = _IMAGE.match(line)
    if found is None:
        return None
    start = int(found[1], 16)
    size = int(found[2], 16) - start + 1 if found[2].startswith("0x") else 0
    arch = found[4]
    return _shaped_image(found[7] or found[3], start, size, found[6], arch)


def _shaped_image(path: str, start: int, size: int, uuid: str, arch: str | None) -> JsonObject:
    digits = uuid.replace("-", "").lower()
    image: JsonObject = {
        "type": "macho",
        "code_file": path[:1_000],
        "image_addr": f"0x{start:x}",
        "image_size": max(0, size),
        "code_id": digits,
        "debug_id": "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32])),
    }
    return image | ({"arch": arch[:40]} if arch else {})


def _event(fields: dict[str, str], threads: Sequence[JsonObject], images: list[JsonObject]) -> JsonObject:
    crashed = next((thread for thread in threads if thread["crashed"]), None)
    told = fields.get("Crashed Thread", "").partition(" ")[0]
    if crashed is None and told.isdecimal():
        crashed = next((thread for thread in threads if str(thread["id"]) == told), None)
    reason = re.sub(r"\s*\(([^)]*)\)", r" / \1", fields.get("Exception Type", "")) or "Crash"
    value = (
        fields.get("Exception Subtype")
        or fields.get("Termination Reason")
        or fields.get("Exception Codes")
        or fields.get("Application Specific Information")
        or ""
    )
    exception: JsonObject = {
        "type": reason[:200],
        "value": value[:4_096],
        "mechanism": {"type": MECHANISM, "synthetic": True, "handled": False},
    }
    if crashed is not None:
        exception["thread_id"] = crashed["id"]
        if crashed["frames"]:
            exception["stacktrace"] = {"frames": crashed["frames"][::-1]}
    shaped = [
        {
            "id": thread["id"],
            "crashed": thread is crashed,
            "current": thread is crashed,
            **({"name": thread["name"]} if thread.get("name") else {}),
            **({"stacktrace": {"frames": thread["frames"][::-1]}} if thread["frames"] else {}),
        }
        for thread in threads
    ]
    return {
        "platform": "native",
        "level": "fatal",
        "exception": {"values": [exception]},
        "threads": {"values": shaped},
        "debug_meta": {"images": images},
        "contexts": _contexts(fields),
    }


def _contexts(fields: dict[str, str]) -> JsonObject:
    contexts: JsonObject = {"apple_crash_report": {"type": "apple_crash_report", **fields}}
    if fields.get("OS Version"):
        contexts["os"] = {"type": "os", "raw_description": fields["OS Version"]}
    model, arch = fields.get("Hardware Model"), fields.get("Code Type", "").partition(" ")[0]
    if model or arch:
        contexts["device"] = {"type": "device", "model": model or None, "arch": arch or None}
    return contexts


def _read_json(text: str) -> JsonObject:
    first, _, rest = text.partition("\n")
    try:
        report = orjson.loads(rest if rest.strip() else first)
    except orjson.JSONDecodeError as error:
        raise IngestError(Reason.BAD_CRASH_REPORT, f"invalid Apple crash report: {error.msg}") from None
    if not isinstance(report, dict) or not isinstance(report.get("threads"), list):
        raise IngestError(Reason.BAD_CRASH_REPORT, "invalid Apple crash report: no threads")
    used = report.get("usedImages")
    listed = (
        [image for image in used[:_MOST_IMAGES] if isinstance(image, dict)] if isinstance(used, list) else []
    )
    faulting = report.get("faultingThread")
    threads = [
        _json_thread(index, thread, listed, index == faulting or thread.get("triggered") is True)
        for index, thread in enumerate(report["threads"][:_MOST_THREADS])
        if isinstance(thread, dict)
    ]
    images = [
        _shaped_image(
            _text(image.get("path")) or _text(image.get("name")),
            _number(image.get("base")),
            _number(image.get("size")),
            _text(image.get("uuid")),
            _text(image.get("arch")) or None,
        )
        for image in listed
        if _text(image.get("uuid"))
    ]
    return _event(_json_fields(report), threads, images)


def _json_fields(report: JsonObject) -> dict[str, str]:
    exception = report.get("exception")
    exception = exception if isinstance(exception, dict) else {}
    termination = report.get("termination")
    termination = termination if isinstance(termination, dict) else {}
    system = report.get("osVersion")
    system = system if isinstance(system, dict) else {}
    signal = _text(exception.get("signal"))
    kind = _text(exception.get("type"))
    found = {
        "Exception Type": f"{kind} ({signal})" if kind and signal else kind or signal,
        "Exception Subtype": _text(exception.get("subtype")),
        "Exception Codes": _text(exception.get("codes")),
        "Termination Reason": _text(termination.get("indicator")),
        "Process": _text(report.get("procName")),
        "Path": _text(report.get("procPath")),
        "OS Version": f"{_text(system.get('train'))} ({_text(system.get('build'))})" if system else "",
        "Hardware Model": _text(report.get("modelCode")),
        "Code Type": _text(report.get("cpuType")),
    }
    return {name: value for name, value in found.items() if value}


def _json_thread(number: int, thread: JsonObject, images: list[JsonObject], is_crashed: bool) -> JsonObject:
    frames = thread.get("frames")
    return {
        "id": number,
        "crashed": is_crashed,
        "name": _text(thread.get("name")) or _text(thread.get("queue")),
        "frames": [
            _json_frame(frame, images)
            for frame in (frames[:_MOST_FRAMES] if isinstance(frames, list) else [])
            if isinstance(frame, dict)
        ],
    }


def _json_frame(frame: JsonObject, images: list[JsonObject]) -> JsonObject:
    index = frame.get("imageIndex")
    image = images[index] if isinstance(index, int) and 0 <= index < len(images) else {}
    address = _number(image.get("base")) + _number(frame.get("imageOffset"))
    shaped: JsonObject = {"instruction_addr": f"0x{address & (1 << 64) - 1:x}"}
    if path := _text(image.get("path")) or _text(image.get("name")):
        shaped["package"] = path
    if symbol := _text(frame.get("symbol")):
        shaped["function"] = symbol
    return shaped


def _text(value: JsonValue) -> str:
    return value[:1_000] if isinstance(value, str) else ""


def _number(value: JsonValue) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
