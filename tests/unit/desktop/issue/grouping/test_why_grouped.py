"""Why grouped: the tree of parts that decided, over events as they came."""

from typing import Any

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QGuiApplication

from tests.support.issue_desk import IssueDesk, Opener
from vedette.desktop.issue.grouping.parts import Part, only_counting, parts_of
from vedette.desktop.issue.view import IssueView
from vedette.processing.grouping import explain


def an_error(**more: Any) -> dict[str, Any]:
    frames = [
        {"module": "flask.app", "function": "wsgi_app", "filename": "flask/app.py", "in_app": False},
        {"module": "shop.cart", "function": "total", "filename": "shop/cart.py", "in_app": True},
    ]
    return {
        "event_id": f"{1:032x}",
        "platform": "python",
        "exception": {
            "values": [{"type": "KeyError", "value": "order 4711", "stacktrace": {"frames": frames}}]
        },
        **more,
    }


def flat(parts: tuple[Part, ...]) -> list[Part]:
    return [found for part in parts for found in (part, *flat(part.children))]


def test_a_variant_that_decides_comes_first_with_its_hash_and_what_does_not_count_says_why() -> None:
    app, system = parts_of(explain(an_error()))
    assert (app.id, app.counts, len(app.hash)) == ("app", True, 32)
    assert system.counts
    outside = next(part for part in flat((app,)) if part.value.startswith("flask.app"))
    assert not outside.counts
    assert outside.hint == "not an in-app frame"
    assert "does not count" in outside.sentence
    value = next(part for part in flat((app,)) if part.id == "value")
    assert (value.counts, value.hint) == (False, "the stack trace says more")


def test_nothing_below_a_part_that_does_not_count_counts() -> None:
    message = {"platform": "python", "fingerprint": ["mine"], "logentry": {"formatted": "sold out"}}
    parts = parts_of(explain(message))
    assert [part.counts for part in parts] == [True, False]
    assert not any(part.counts for part in flat(parts[1:]))
    assert [part.id for part in flat(only_counting(parts))] == [
        part.id for part in flat(parts) if part.counts
    ]


def test_what_a_fingerprint_adds_to_the_parts_is_a_row_beside_them() -> None:
    event = an_error(fingerprint=["{{ default }}", "till 3"])
    app = parts_of(explain(event))[0]
    assert [(part.id, part.value) for part in app.children][:2] == [
        ("exception", "KeyError · order <int>"),
        ("fingerprint", "till 3"),
    ]


@pytest.fixture
def shown(desk: IssueDesk, show: Opener, view: IssueView) -> IssueView:
    desk.send(an_error())
    show("KeyError")
    view.show_section("grouping")
    show.settle()
    return view


def test_the_page_says_what_decided_and_shows_the_parts(shown: IssueView) -> None:
    page = shown.pages.grouping
    assert page.sentence.text() == "Events with the same in-app frames are one issue."
    assert page.facts.text().startswith("Hash ")
    model = page.tree.parts
    first = model.index(0, 0, QModelIndex())
    part = model.part(first)
    assert part is not None
    assert part.counts
    assert page.tree.isExpanded(first)
    everything = len(flat((part,)))
    page.shown.choose("counting")
    page.shown.chosen.emit("counting")
    fewer = model.part(model.index(0, 0, QModelIndex()))
    assert fewer is not None
    assert len(flat((fewer,))) < everything


def test_the_whole_explanation_is_copied_as_text(shown: IssueView) -> None:
    shown.pages.grouping.tree.copy(everything=True)
    text = QGuiApplication.clipboard().text()
    assert "● Type  KeyError" in text
    assert "○ Message  order <int>  (the stack trace says more)" in text
