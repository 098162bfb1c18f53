"""What a text typed or pasted into the palette, or a link, names in the store. Each question is bounded."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from vedette.desktop.language import tr
from vedette.desktop.shell.links import Link, LinkError, find_link, is_link, parse_link, place_of
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.desktop.shell.targets import HEX, SHORT, Landing, Target
from vedette.store.queries.events import find_event
from vedette.store.queries.issue_rows import IssueFilter, IssueRow
from vedette.store.queries.issues import get_issue, issue_by_short, page_issues
from vedette.store.queries.runs import current_run, list_runs
from vedette.store.queries.terms import newest_values
from vedette.store.queries.traces import get_trace
from vedette.store.search import QueryError, parse_query

_LEAST = 2
_SHOWN = 6
_SHOWN_FILES = 3
_MOST_RUNS = 200


def find_targets(db: Any, text: str, workspace: str = "") -> list[Target]:
    """Return what *text* names: an event id, a trace id, a short id, a link; else issues with these words.

    A link into another workspace than the one called *workspace* is only spoken of, unless that is "".
    """
    text = text.strip()
    if is_link(text) or find_link(text):
        return [find_landing(db, text if is_link(text) else find_link(text), workspace).target]
    bare = text.replace("-", "").lower()
    if HEX.fullmatch(bare):
        return _by_hex(db, bytes.fromhex(bare))
    if SHORT.fullmatch(text) and (issue := issue_by_short(db, text)) is not None:
        return [replace(_of_issue(issue), is_exact=True)]
    if len(text) < _LEAST:
        return []
    try:
        # The last word may still be in the making.
        words = f"{text}*" if text[-1].isalnum() else text
        rows = page_issues(db, IssueFilter(query=parse_query(words)), limit=_SHOWN)
    except QueryError:
        return []
    return [*map(_of_issue, rows), *_files(rows, text)]


def _files(rows: Sequence[IssueRow], text: str) -> list[Target]:
    """Return the files of *rows* that are called like *text*, each with a search for all of its issues."""
    wanted = text.casefold()
    names = dict.fromkeys(row.filename for row in rows if row.filename and wanted in row.filename.casefold())
    found = []
    for name in list(names)[:_SHOWN_FILES]:
        plain = name.replace('"', "").replace("*", "\\*")
        place = Place("issues", query=f'stack.filename:"{plain}"')
        found.append(Target(name, tr("file"), "file-code", place))
    return found


def find_runs(db: Any, text: str) -> list[Target]:
    """Return the runs and releases that *text* may mean, the newest first; all of the newest without text."""
    text = text.strip().lstrip("#")
    runs = [run for run in list_runs(db, limit=_MOST_RUNS) if _fits(text, str(run.id), run.name)]
    found = []
    for run in runs[:_SHOWN]:
        title = tr("Run #{number}").format(number=run.id)
        more = run.name or (tr("going on") if run.ended is None else tr("run"))
        found.append(Target(title, more, "play", None, Scope(run=run.id)))
    for release in newest_values(db, "release", text, _SHOWN):
        query = f'release:"{release}"' if re.search(r"[\s\"()\[\]:]", release) else f"release:{release}"
        found.append(Target(release, tr("release"), "package", Place("issues", query=query)))
    return found


def _fits(text: str, number: str, name: str) -> bool:
    return number.startswith(text) or text.casefold() in name.casefold()


def _of_issue(row: IssueRow, event: str = "") -> Target:
    return Target(row.title, row.short, "circle-alert", Place("issues", row.id, extra=event))


def _by_hex(db: Any, number: bytes) -> list[Target]:
    found = []
    event = find_event(db, number)
    if event is not None:
        place = Place("issues", event.issue, extra=number.hex())
        title = tr("Event {id}").format(id=number.hex()[:8])
        found.append(Target(title, tr("event"), "circle-alert", place, is_exact=True))
    if get_trace(db, number) is not None:
        title = tr("Trace {id}").format(id=number.hex()[:8])
        place = Place("traces", number.hex())
        found.append(Target(title, tr("trace"), "chart-gantt", place, is_exact=True))
    return found


# ---------------------------------------------------------------- links


def find_landing(db: Any, text: str, workspace: str) -> Landing:
    """Return where the link *text* leads in this workspace, called *workspace* ("": as the link says)."""
    try:
        link = parse_link(text)
    except LinkError as error:
        return _nowhere(str(error))
    if workspace and link.workspace != workspace:
        sentence = tr("This link leads into the workspace “{wanted}”, and this window shows “{own}”.")
        return _nowhere(sentence.format(wanted=link.workspace, own=workspace))
    landing = _of_link(db, link)
    scope = link.scope
    if link.last_run and (run := current_run(db)) is not None:
        scope = replace(scope or Scope(), run=run.id)
    return replace(landing, target=replace(landing.target, scope=scope, is_exact=True))


def _nowhere(sentence: str) -> Landing:
    return Landing(Target(sentence, "", "triangle-alert", None, is_exact=True), sentence)


def _of_link(db: Any, link: Link) -> Landing:
    place = place_of(link)
    if link.section == "issues" and link.id:
        return _issue_landing(db, link)
    if link.section == "traces" and link.id and get_trace(db, bytes.fromhex(link.id)) is None:
        return _nowhere(tr("There is no trace {id} in this workspace.").format(id=link.id[:8]))
    if link.section == "traces" and link.id:
        return Landing(Target(tr("Trace {id}").format(id=link.id[:8]), tr("trace"), "chart-gantt", place))
    return Landing(Target(link.section, link.query, "link", place))


def _issue_landing(db: Any, link: Link) -> Landing:
    """Return the issue *link* names by its short id or one of its events; the event only if it is kept."""
    if HEX.fullmatch(link.id):
        event = find_event(db, bytes.fromhex(link.id))
        row = None if event is None else get_issue(db, event.issue)
        if row is None:
            return _nowhere(tr("There is no event {id} in this workspace.").format(id=link.id[:8]))
        return _landing_at(row, link, link.id)
    row = issue_by_short(db, link.id)
    if row is None:
        return _nowhere(tr("There is no issue {id} in this workspace.").format(id=link.id))
    if link.extra and not _is_of(db, link.extra, row):
        sentence = tr("The event {id} is no longer kept; this is another of its issue.")
        return replace(_landing_at(row, link, ""), trouble=sentence.format(id=link.extra[:8]))
    return _landing_at(row, link, link.extra)


def _landing_at(row: IssueRow, link: Link, event: str) -> Landing:
    target = _of_issue(row, event)
    assert target.place is not None
    return Landing(replace(target, place=replace(target.place, query=link.query)))


def _is_of(db: Any, event_id: str, row: IssueRow) -> bool:
    event = find_event(db, bytes.fromhex(event_id), row.project)
    return event is not None and event.issue == row.id
