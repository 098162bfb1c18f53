"""Which screens there are, and how each is brought into each of its states."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QAbstractButton

from vedette.desktop.bridge.store import has_store
from vedette.desktop.issue.actions import SECTIONS
from vedette.desktop.screenshots.stage import Stage, StagedBridge
from vedette.desktop.settings.pages import PAGES
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.window import MainWindow
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.workspace import Workspace
from vedette.store.engine import Reader
from vedette.store.queries.issues import IssueFilter, page_issues
from vedette.store.queries.traces import page_traces

NO_MATCH = "nothing-is-called-this"
WAITING = 34
"""Events that wait in the picture of the paused state."""

Act = Callable[[MainWindow, StagedBridge], object]


@dataclass(frozen=True, slots=True)
class Screen:
    """One picture: its name, where it is, in what stage the questions are, and what is done there."""

    name: str
    place: Place
    stage: Stage = Stage.ANSWERS
    act: Act | None = None
    is_empty: bool = False
    """In a workspace that has nothing yet."""


def main_screens(workspace: Workspace) -> list[Screen]:
    """Return the screens of the docs, with the fullest issue and trace of *workspace*."""
    always = [Screen(key, Place(key)) for key in ("ingest", "connect", "settings")]
    if not has_store(workspace):
        return [Screen("issues", Place("issues")), Screen("traces", Place("traces")), *always]
    issue, trace = _fullest(workspace)
    found = [Screen("issues", Place("issues"))]
    if issue is not None:
        found.append(Screen("issue", issue))
    found.append(Screen("traces", Place("traces")))
    if trace is not None:
        found.append(Screen("trace", trace))
    return found + always


def every_screen(workspace: Workspace) -> list[Screen]:
    """Return every screen in every state that it can be in; *workspace* should be a full one."""
    return [*main_screens(workspace), *_pages(workspace), *_states(workspace), *_overlays()]


def _states(workspace: Workspace) -> Iterator[Screen]:
    """Yield the six states of every area that shows data."""
    for key in ("issues", "traces", "ingest"):
        yield Screen(f"{key}-nothing-yet", Place(key), is_empty=True)
        yield Screen(f"{key}-loading", Place(key), Stage.HOLDS)
        yield Screen(f"{key}-no-match", Place(key, query=NO_MATCH))
        yield Screen(f"{key}-error", Place(key), Stage.FAILS)
        yield Screen(f"{key}-paused", Place(key), act=_pause)
    for name, place in zip(("issue", "trace"), _fullest(workspace), strict=True):
        if place is not None:
            yield Screen(f"{name}-loading", place, Stage.HOLDS)
            yield Screen(f"{name}-error", place, Stage.FAILS)
            yield Screen(f"{name}-paused", place, act=_pause)
    yield Screen("issues-searching", Place("issues"), act=_search_without_answer)
    yield Screen("connect-nothing-yet", Place("connect"), is_empty=True)
    yield Screen("settings-nothing-yet", Place("settings"), is_empty=True)


def _pages(workspace: Workspace) -> Iterator[Screen]:
    """Yield the pages and tabs that are not the first of their section."""
    for page in PAGES:
        yield Screen(f"settings-{page}", Place("settings", page))
    yield Screen("transactions", Place("traces"), act=_press("traces.tabs.transactions"))
    yield Screen("senders", Place("ingest"), act=_press("ingest.tabs.senders"))
    issue, trace = _fullest(workspace)
    if trace is not None:
        yield Screen("trace-items", trace, act=_press("trace.header.tabs.items"))
    if issue is not None:
        for key, _ in SECTIONS:
            yield Screen(
                f"issue-{key}",
                issue,
                act=lambda window, _, key=key: window.commands.run(f"event.show_{key}"),  # type: ignore[misc]
            )
        for name, part in (
            ("all-events", "events"),
            ("all-tags", "tags"),
            ("activity", "activity"),
            ("merged", "merged"),
        ):
            yield Screen(f"issue-{name}", issue, act=_press(f"issue.shows.{part}"))
        yield Screen("compare", Place("compare", extra=",".join(map(str, _two_events(workspace)))))


def _press(name: str) -> Act:
    """Return what presses the button called *name*."""

    def press(window: MainWindow, _: StagedBridge) -> None:
        button = window.findChild(QAbstractButton, name)
        if button is None:
            raise LookupError(f"there is no button {name}")
        button.click()

    return press


def _overlays() -> Iterator[Screen]:
    yield Screen("palette", Place("issues"), act=lambda window, _: window.open_palette("ve"))
    yield Screen("shortcuts", Place("issues"), act=lambda window, _: window.open_sheet())


def _pause(window: MainWindow, bridge: StagedBridge) -> None:
    bridge.set_paused(True)
    bridge.take_changes((Change(ChangeKind.EVENT, tuple(range(1, WAITING + 1))),))


def _search_without_answer(window: MainWindow, bridge: StagedBridge) -> None:
    bridge.stage = Stage.HOLDS
    window.go_to(Place("issues", query="is:unresolved checkout"))


def _two_events(workspace: Workspace) -> tuple[int, int]:
    """Return the row ids of the newest events of the two issues seen last."""
    reader = Reader(workspace.database)
    try:
        with reader.limit(10) as db:
            first, *others = page_issues(db, IssueFilter(), limit=2)
    finally:
        reader.close()
    return first.last_event, (others[0] if others else first).last_event


def _fullest(workspace: Workspace) -> tuple[Place | None, Place | None]:
    """Return the places of the issue with the most events and of the trace with the most parts."""
    reader = Reader(workspace.database)
    try:
        with reader.limit(10) as db:
            issues: list[Any] = list(page_issues(db, IssueFilter(), limit=50))
            traces: list[Any] = list(page_traces(db, limit=200))
    finally:
        reader.close()
    errors = [row for row in issues if row.kind == "error"] or issues
    issue = max(errors, key=lambda row: row.n, default=None)
    trace = max(traces, key=lambda row: (row.segments, row.spans), default=None)
    return (
        None if issue is None else Place("issues", issue.id),
        None if trace is None else Place("traces", trace.trace_id),
    )
