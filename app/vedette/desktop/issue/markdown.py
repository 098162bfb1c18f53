"""An event as Markdown, for a chat, a ticket or a commit message. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vedette.desktop.issue.facts.breadcrumbs import crumb_rows
from vedette.desktop.issue.facts.contexts import (
    context_groups,
    device_rows,
    flag_rows,
    sdk_line,
    user_rows,
)
from vedette.desktop.issue.facts.request import request_facts
from vedette.desktop.issue.facts.request_copies import body_text
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
from vedette.desktop.language import mark, tr
from vedette.desktop.widgets.json_values import as_text, is_container, one_line, preview
from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.tags import event_tags

_MOST_CRUMBS = 10
_MOST_VARIABLES = 20
_MOST_PAIRS = 30
_MOST_LINES = 60
_LONGEST_BODY = 2_000
_NAMED = {
    "level": mark("Level"),
    "environment": mark("Environment"),
    "release": mark("Release"),
    "server_name": mark("Server"),
    "transaction": mark("Transaction"),
}
_SAID = ("os", "client_os", "runtime", "browser", "device", "app", "trace")


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
    """Return title, facts, exceptions with their frames, request, breadcrumbs, tags and contexts."""
    parts = [f"# {head.title}", "", *_facts(event, head)]
    message = ((event.get("logentry") or {}).get("formatted") or "").strip()
    if message:
        parts += ["", *_fenced(message.splitlines()[:_MOST_LINES])]
    parts += _stacks(event)
    parts += _request(event)
    parts += _crumbs(event)
    parts += _tags(event)
    parts += _contexts(event)
    return "\n".join(parts) + "\n"


def _facts(event: JsonObject, head: MarkdownHead) -> Iterator[str]:
    place = f" ({head.place})" if head.place else ""
    yield f"- {tr('Issue')}: {head.short}" + (f" <{head.link}>" if head.link else "")
    yield f"- {tr('Event')}: `{event.get('event_id', '')}`{place}, {head.when}"
    if head.culprit:
        yield f"- {tr('Where')}: {_plain(head.culprit)}"
    for name, title in _NAMED.items():
        if event.get(name):
            yield f"- {tr(title)}: {_plain(str(event[name]))}"
    user = ", ".join(f"{name} {_value(value)}" for name, value in user_rows(event)[:6])
    if user:
        yield f"- {tr('User')}: {user}"
    for name, text in device_rows(event):
        yield f"- {name.capitalize()}: {_plain(text)}"
    if sdk := sdk_line(event):
        yield f"- SDK: {sdk}"
    trace = (event.get("contexts") or {}).get("trace") or {}
    if trace.get("trace_id"):
        yield f"- {tr('Trace')}: `{trace['trace_id']}`"


def _request(event: JsonObject) -> Iterator[str]:
    request = request_facts(event)
    if request is None:
        return
    yield from ("", f"## {tr('Request')}", "", f"`{request.line}`")
    for title, pairs in ((tr("Query"), request.query), (tr("Headers"), request.headers)):
        if pairs:
            yield from ("", f"{title}:", "")
            yield from (f"- {_plain(name)}: {_value(value)}" for name, value in pairs[:_MOST_PAIRS])
    body = body_text(request)
    if body:
        lines = body[:_LONGEST_BODY].splitlines()
        yield from ("", f"{tr('Body')}:", "", *_fenced(lines, "json" if is_container(request.body) else ""))


def _tags(event: JsonObject) -> Iterator[str]:
    tags = event_tags(event)
    if tags:
        yield from ("", f"## {tr('Tags')}", "", f"| {tr('Tag')} | {tr('Value')} |", "|---|---|")
        yield from (f"| {_cell(key)} | {_cell(value)} |" for key, value in tags[:_MOST_PAIRS])


def _contexts(event: JsonObject) -> Iterator[str]:
    """Yield feature flags, strange contexts and extra; what the usual ones say stands above."""
    flags = flag_rows(event)
    if flags:
        yield from ("", f"## {tr('Feature flags')}", "")
        yield from (f"- {_plain(name)}: {_value(value)}" for name, value in flags[-_MOST_PAIRS:])
    for group in context_groups(event):
        if group.key in _SAID:
            continue
        yield from ("", f"## {group.title}", "")
        for name, value in list(group.values.items())[:_MOST_PAIRS]:
            yield f"- {_plain(str(name))}: {_value(value)}"


def _value(value: JsonValue) -> str:
    """Return a value as code, so that nothing in it is taken for Markdown."""
    text = preview(value, 200) if is_container(value) else one_line(as_text(value)[:200])
    return f"`{text.replace('`', '′')}`" if text else "` `"


def _plain(text: str) -> str:
    return re.sub(r"([\\*_`<>\[\]|#])", r"\\\1", one_line(text))


def _cell(text: str) -> str:
    return one_line(text[:200]).replace("|", "\\|").replace("`", "′")


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
        f"{fence}{language if language in ('python', 'javascript', 'java', 'ruby', 'go', 'json') else ''}",
        *lines,
        fence,
    ]


def _crumbs(event: JsonObject) -> Iterator[str]:
    rows = [row for row in crumb_rows(event) if not row.is_event]
    if not rows:
        return
    yield from ("", f"## {tr('Last breadcrumbs')}", "")
    for row in rows[-_MOST_CRUMBS:]:
        yield f"- {row.offset_text} {row.category or row.type} ({row.level}): {row.text}".replace("  ", " ")
