"""The parts of an open event by name, for the palette: its pages, and every frame of its stack traces."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from vedette.desktop.issue.actions import SECTIONS
from vedette.desktop.issue.stack.frames import Frame, LibraryRun
from vedette.desktop.issue.stack_page.exception_section import ExceptionSection
from vedette.desktop.language import tr

if TYPE_CHECKING:
    from vedette.desktop.issue.view import IssueView

Inside = tuple[str, str, Callable[[], object]]


def places_inside(view: "IssueView") -> list[Inside]:
    """Return each part of the event in *view*: its title, what it is, and what brings it into sight."""
    if view.page is None:
        return []
    pages = [(tr(title), tr("page"), partial(view.show_section, key)) for key, title in SECTIONS]
    frames = [entry for section in view.stack.sections() for entry in _frames(view, section)]
    return [*frames, *pages]


def _frames(view: "IssueView", section: ExceptionSection) -> Iterator[Inside]:
    told: set[int] = set()  # frames of an opened run have rows besides those in the run
    for row in section.frames.rows():
        for frame in row.frames if isinstance(row, LibraryRun) else (row,):
            if frame.at not in told:
                told.add(frame.at)
                where = frame.location or tr("place unknown")
                yield f"{frame.function}  {where}", _kind(frame), partial(_show, view, section, frame.at)


def _kind(frame: Frame) -> str:
    return tr("frame") if frame.in_app else tr("library frame")


def _show(view: "IssueView", section: ExceptionSection, at: int) -> None:
    view.show_section("exception")
    section.show()
    section.frames.show_frame(at)
