"""Frames and pages of an open event, by name."""

from typing import Any

from PySide6.QtWidgets import QApplication

from tests.support.issue_desk import IssueDesk, Opener
from vedette.desktop.issue.actions import SECTIONS
from vedette.desktop.issue.inside import places_inside
from vedette.desktop.issue.view import IssueView


def a_frame(function: str, lineno: int, *, in_app: bool) -> dict[str, Any]:
    return {"function": function, "filename": f"{function}.py", "lineno": lineno, "in_app": in_app}


def an_error() -> dict[str, Any]:
    frames = [
        a_frame("main", 3, in_app=True),
        *(a_frame(f"lib{n}", n, in_app=False) for n in range(10, 14)),
        a_frame("pay", 47, in_app=True),
    ]
    exception = {"type": "KeyError", "value": "'till'", "stacktrace": {"frames": frames}}
    return {"event_id": "01" * 16, "platform": "python", "exception": {"values": [exception]}}


def test_every_frame_and_page_is_named_also_those_folded_away(
    desk: IssueDesk, show: Opener, view: IssueView
) -> None:
    assert places_inside(view) == []
    desk.send(an_error())
    show("KeyError")
    titles = [title for title, _, _ in places_inside(view)]
    assert sum("pay.py:47" in title for title in titles) == 1
    assert [title.partition("  ")[0] for title in titles if title.startswith("lib")] == [
        "lib13", "lib12", "lib11", "lib10",
    ]  # fmt: skip
    assert titles[-len(SECTIONS) :] == [title for _, title in SECTIONS]


def test_a_folded_frame_is_opened_and_a_page_shown(desk: IssueDesk, show: Opener, view: IssueView) -> None:
    desk.send(an_error())
    show("KeyError")
    places = {title.partition("  ")[0]: go for title, _, go in places_inside(view)}
    places["Tags"]()
    assert view.section() == "tags"
    places["lib11"]()
    assert view.section() == "exception"
    frames = view.stack.sections()[0].frames
    found = frames.current_frame()
    assert found is not None
    assert found.function == "lib11"
    assert frames.is_open(frames.current_row())
    assert QApplication.focusWidget() is frames
    # An opened run adds rows, and the palette no second entries.
    titles = [title for title, _, _ in places_inside(view)]
    assert len(titles) == len(set(titles))
