"""What full-text search finds of an event beside its title: what was said, and where it ran."""

import hashlib

from vedette.domain.json import JsonObject
from vedette.processing.exceptions import event_exceptions, event_stacktraces
from vedette.processing.heading import event_message

# Enough to find an event by; the rest is in the payload.
LONGEST_BODY = 16_384


def body_text(event: JsonObject, culprit: str) -> str:
    """Return messages, exception chain, culprit and URL, one a line."""
    lines = []
    message = event_message(event)
    if message:
        lines.append(message)
    entry = event.get("logentry")
    if entry and entry.get("message"):
        lines.append(entry["message"])
    for exception in event_exceptions(event):
        name, value = exception.get("type"), exception.get("value")
        lines.append(f"{name or ''}: {value or ''}".strip(": "))
    feedback = (event.get("contexts") or {}).get("feedback")
    if feedback:
        said = (feedback.get(name) for name in ("message", "name", "contact_email"))
        lines.extend(text for text in said if type(text) is str)
    lines.append(culprit)
    request = event.get("request")
    if request and request.get("url"):
        lines.append(request["url"])
    return "\n".join(line for line in lines if line)[:LONGEST_BODY]


def stack_text(event: JsonObject) -> str:
    """Return ``module function file`` of each frame, one a line, oldest call first; "" without frames."""
    lines: dict[str, None] = {}  # recursion repeats lines; search needs them once
    for stacktrace in event_stacktraces(event):
        for frame in stacktrace["frames"]:
            if frame:
                module, function = frame.get("module") or "", frame.get("function") or ""
                filename = frame.get("filename") or ""
                lines[f"{module} {function} {filename}"] = None
    return "\n".join(lines)


def stack_hash(stack: str) -> bytes | None:
    """Return 16 bytes that stand for *stack*, None without one."""
    return hashlib.blake2b(stack.encode(errors="replace"), digest_size=16).digest() if stack else None
