"""Issues as text for other programs: a chat, a ticket, a script. Pure."""

from collections.abc import Sequence
from pathlib import Path

import orjson

from vedette.desktop.issues.counted import grouped
from vedette.desktop.issues.sentences import handling_of
from vedette.desktop.language import tr
from vedette.desktop.shell.links import issue_link
from vedette.desktop.widgets import relative_time
from vedette.domain.issues import Priority
from vedette.domain.times import to_iso
from vedette.store.queries.issue_rows import IssueRow


def as_text(rows: Sequence[IssueRow]) -> str:
    """Return the issues as anyone reads them, two lines each."""
    return "\n".join(map(_text, rows))


def _text(row: IssueRow) -> str:
    facts = [
        row.culprit,
        row.project_slug,
        handling_of(row),
        grouped(tr("%n event(s)", "", row.n), row.n),
        grouped(tr("%n user(s)", "", row.users), row.users) if row.users else "",
        tr("first {time}").format(time=relative_time.exact(row.first)),
        tr("last {time}").format(time=relative_time.exact(row.last)),
    ]
    return f"{row.short} {_line(row.title)}\n  " + " · ".join(fact for fact in facts if fact)


def as_ids(rows: Sequence[IssueRow]) -> str:
    """Return the short ids, a line each."""
    return "\n".join(row.short for row in rows)


def as_titles(rows: Sequence[IssueRow]) -> str:
    """Return the titles, a line each."""
    return "\n".join(_line(row.title) for row in rows)


def as_links(rows: Sequence[IssueRow], workspace: Path) -> str:
    """Return links that lead to the issues from other programs, a line each."""
    return "\n".join(issue_link(workspace, row.short) for row in rows)


def as_markdown(rows: Sequence[IssueRow], workspace: Path) -> str:
    """Return the issues as a Markdown list with links."""
    return "\n".join(_markdown(row, workspace) for row in rows)


def _markdown(row: IssueRow, workspace: Path) -> str:
    title = _line(row.title).replace("\\", "\\\\")
    for sign in "[]*_`<":
        title = title.replace(sign, f"\\{sign}")
    facts = [f"`{row.culprit}`" if row.culprit else "", grouped(tr("%n event(s)", "", row.n), row.n)]
    facts.append(tr("last {time}").format(time=relative_time.exact(row.last)))
    return f"- [{row.short}]({issue_link(workspace, row.short)}) **{title}** — " + ", ".join(
        fact for fact in facts if fact
    )


def as_json(rows: Sequence[IssueRow], workspace: Path) -> str:
    """Return the issues as JSON: an object for one, a list for several. Members are named as in the API."""
    found = [
        {
            "id": str(row.id),
            "shortId": row.short,
            "title": row.title,
            "culprit": row.culprit,
            "level": row.level.value,
            "status": row.status.value,
            "substatus": row.substatus,
            "priority": Priority(row.priority).name.lower(),
            "project": row.project_slug,
            "count": row.n,
            "userCount": row.users,
            "firstSeen": to_iso(row.first),
            "lastSeen": to_iso(row.last),
            "firstRelease": row.first_release,
            "lastRelease": row.last_release,
            "link": issue_link(workspace, row.short),
        }
        for row in rows
    ]
    return orjson.dumps(found[0] if len(found) == 1 else found, option=orjson.OPT_INDENT_2).decode()


def _line(text: str) -> str:
    return " ".join(text.split())
