"""An event as Markdown, for a chat, a ticket or a commit message. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vedette.desktop.issue.facts.breadcrumbs import crumb_rows
from vedette.desktop.issue.facts.contexts import context_groups, device_rows
from vedette.desktop.issue.facts.request import request_facts
from vedette.desktop.issue.stack.frames import (
    Frame,
    LibraryRun,
    StackShow,
    arrange,
    crash_frame,
    read_frames,
    source_lines,
)
from vedette.desktop.issue.stack.outline import exception_title, exceptions_of, outline
from vedette.desktop.issue.stack.threads import thread_choices
from vedette.desktop.widgets.json_values import preview
from vedette.domain.json import JsonObject

_MOST_CRUMBS = 10
_MOST_VARIABLES = 20


@dataclass(frozen=True, slots=True)
class MarkdownHead:
    """What stands above: the store's words on the issue."""

    short: str
    title: str
    culprit: str
    when: str
    place: str = ""  # among the issue's events: "3 of 12"
    link: str = ""


def event_markdown(event: JsonObject, head: MarkdownHead) -> str:
    """Return title, facts, exceptions with the application's frames, request and last breadcrumbs."""
    parts = [f"# {head.title}", "", *_facts(event, head)]
    message = ((event.get("logentry") or {}).get("formatted") or "").strip()
    if message:
        parts += ["", *_fenced(message.splitlines())]
    parts += _stacks(event)
    request = request_facts(event)
    if request is not None:
        parts += ["", "## Request", "", f"`{request.line}`"]
    parts += _crumbs(event)
    return "\n".join(parts) + "\n"


def _facts(event: JsonObject, head: MarkdownHead) -> Iterator[str]:
    yield f"- Issue: {head.short}"
    yield f"- Event: `{event.get('event_id', '')}`, {head.when}"
    if head.culprit:
        yield f"- Where: {head.culprit}"
    for name in ("level", "environment", "release", "server_name"):
        if event.get(name):
            yield f"- {name.replace('_', ' ').capitalize()}: {event[name]}"
    for name, text in device_rows(event):
        yield f"- {name.capitalize()}: {text}"
    for group in context_groups(event):
        if group.key == "trace" and group.values.get("trace_id"):
            yield f"- Trace: `{group.values['trace_id']}`"


def _stacks(event: JsonObject) -> Iterator[str]:
    exceptions = dict(exceptions_of(event))
    platform = str(event.get("platform") or "")
    for row in outline(event):
        exception = exceptions[row.at]
        head = f"{row.relation.capitalize()}: " if row.relation else ""
        yield from ("", f"## {head}{exception_title(exception)}", "")
        yield from _stack(read_frames(exception.get("stacktrace"), platform), platform)
    if not exceptions:
        for thread in thread_choices(event)[:1]:
            if thread.frames:
                yield from ("", f"## {thread.title}", "")
                yield from _stack(thread.frames, platform)


def _stack(frames: Sequence[Frame], platform: str) -> Iterator[str]:
    opened = crash_frame(frames)
    for row in arrange(frames, StackShow.RELEVANT):
        if isinstance(row, LibraryRun):
            yield f"- {row.title}"
            continue
        times = f" × {row.repeats}" if row.repeats > 1 else ""
        yield f"- `{row.function}` {row.location}{times}{'' if row.in_app else ' (library)'}"
        if opened is not None and row.at == opened.at:
            yield from _opened(row, platform)


def _opened(frame: Frame, platform: str) -> Iterator[str]:
    source = source_lines(frame.data)
    if source is not None:
        lines, first = source
        marked = [
            f"{'>' if number == frame.lineno else ' '} {number:>4}  {line}"
            for number, line in enumerate(lines, start=first)
        ]
        yield from ("", *_fenced(marked, platform), "")
    shown = list(frame.variables.items())[:_MOST_VARIABLES]
    for name, value in shown:
        yield f"  - `{name}` = `{preview(value, 100, reprs=True).replace('`', '′')}`"


def _fenced(lines: Sequence[str], language: str = "") -> list[str]:
    fence = "```"
    while any(fence in line for line in lines):
        fence += "`"
    return [
        f"{fence}{language if language in ('python', 'javascript', 'java', 'ruby', 'go') else ''}",
        *lines,
        fence,
    ]


def _crumbs(event: JsonObject) -> Iterator[str]:
    rows = [row for row in crumb_rows(event) if not row.is_event]
    if not rows:
        return
    yield from ("", "## Last breadcrumbs", "")
    for row in rows[-_MOST_CRUMBS:]:
        yield f"- {row.offset_text} {row.category or row.type} ({row.level}): {row.text}".replace("  ", " ")
