"""What a peek shows of an issue: the frames on top and the variables where it broke. Read in a worker."""

from dataclasses import dataclass
from typing import Any

from vedette.api.reading import read_event
from vedette.desktop.issue.stack.frames import Frame, StackShow, arrange, crash_frame, read_frames
from vedette.desktop.issue.stack.outline import exceptions_of, outline
from vedette.desktop.issues.sentences import heading_of, value_of
from vedette.desktop.language import tr
from vedette.desktop.widgets.json_values import preview
from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError
from vedette.domain.workspace import Workspace
from vedette.store.errors import DamagedError
from vedette.store.queries.events import issue_event
from vedette.store.queries.issues import get_issue
from vedette.store.queries.payloads import PayloadGoneError

MOST_FRAMES = 3
MOST_VARIABLES = 6
_LONGEST_VALUE = 70


@dataclass(frozen=True, slots=True)
class Glimpse:
    """An issue at a glance. *frames* are (function, place); *missing* says why there are none."""

    issue: int
    short: str
    heading: str
    value: str
    frames: tuple[tuple[str, str], ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    missing: str = ""

    @property
    def sentence(self) -> str:
        """All of it, as it is read out."""
        parts = [f"{self.short} {self.heading}", self.value, self.missing]
        parts += [
            tr("{function} at {place}").format(function=name, place=place) for name, place in self.frames
        ]
        parts += [f"{name} = {value}" for name, value in self.variables]
        return ", ".join(part for part in parts if part)


def read_glimpse(db: Any, workspace: Workspace, issue_id: int) -> Glimpse | None:
    """Return an issue at a glance by its most telling event, None if it is gone."""
    issue = get_issue(db, issue_id)
    if issue is None:
        return None
    glimpse = Glimpse(issue.id, issue.short, heading_of(issue), value_of(issue))
    row = issue_event(db, issue_id, "recommended")
    if row is None:
        return _without_stack(glimpse, tr("No event of it is kept any more."))
    try:
        event = read_event(db, workspace, row)
    except (PayloadGoneError, DamagedError, IngestError) as error:
        return _without_stack(glimpse, str(error) or tr("The bytes of this event cannot be read."))
    frames = _frames(event)
    if not frames:
        return _without_stack(glimpse, tr("It has no stack trace."))
    shown = [row for row in arrange(frames, StackShow.RELEVANT) if isinstance(row, Frame)] or list(
        reversed(frames)
    )
    crash = crash_frame(frames)
    variables = crash.variables if crash is not None else {}
    return Glimpse(
        glimpse.issue,
        glimpse.short,
        glimpse.heading,
        glimpse.value,
        tuple((frame.function, frame.location) for frame in shown[:MOST_FRAMES]),
        tuple(
            (str(name), preview(value, _LONGEST_VALUE, reprs=True))
            for name, value in list(variables.items())[:MOST_VARIABLES]
        ),
    )


def _without_stack(glimpse: Glimpse, why: str) -> Glimpse:
    return Glimpse(glimpse.issue, glimpse.short, glimpse.heading, glimpse.value, missing=why)


def _frames(event: JsonObject) -> tuple[Frame, ...]:
    """Return the frames of the exception that was raised, else those of the event itself."""
    platform = str(event.get("platform") or "")
    exceptions = dict(exceptions_of(event))
    for row in outline(event):
        frames = read_frames(exceptions[row.at].get("stacktrace"), platform)
        if frames:
            return frames
    return read_frames(event.get("stacktrace"), platform)
