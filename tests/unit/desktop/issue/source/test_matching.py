"""How a file stands to what an event saw of it."""

from typing import Any

import pytest

from vedette.desktop.issue.source.matching import Finding, SourceState, compare

FILE = [
    "import x",
    "",
    "def pay():",
    "    total = 1",
    "    return total / 0",
    "",
    "def late():",
    "    return None",
]


def a_frame(line: int, text: str | None, **more: Any) -> dict[str, Any]:
    return {"lineno": line, "context_line": text, **more}


@pytest.mark.parametrize(
    ("frame", "finding"),
    [
        (a_frame(5, "    return total / 0"), Finding(SourceState.SAME_TEXT, 4)),
        (a_frame(5, "return total / 0\r"), Finding(SourceState.SAME_TEXT, 4)),
        (a_frame(2, "    return total / 0"), Finding(SourceState.MOVED, 4)),
        (a_frame(500, "    return total / 0"), Finding(SourceState.MOVED, 4)),
        (a_frame(5, "    return total / rate"), Finding(SourceState.EDITED, 4)),
        (a_frame(500, "    return gone"), Finding(SourceState.EDITED, None)),
        (a_frame(5, None), Finding(SourceState.FROM_DISK, 4)),
        (a_frame(500, None), Finding(SourceState.EDITED, None)),
    ],
)
def test_the_line_decides(frame: dict[str, Any], finding: Finding) -> None:
    assert compare(frame, FILE) == finding


def test_the_neighbours_decide_between_equal_lines() -> None:
    lines = ["a()", "save()", "b()", "c()", "save()", "d()"]
    frame = a_frame(1, "save()", pre_context=["c()"], post_context=["d()"])
    assert compare(frame, lines) == Finding(SourceState.MOVED, 4)
    assert compare(a_frame(1, "save()"), lines).state is SourceState.EDITED, "either could be meant"


def test_a_line_that_says_nothing_needs_neighbours() -> None:
    lines = ["x = 1", "y = 2", "}", "z = 3"]
    assert compare(a_frame(1, "}"), lines).state is SourceState.EDITED
    frame = a_frame(1, "}", pre_context=["x = 1", "y = 2"], post_context=["z = 3"])
    assert compare(frame, lines) == Finding(SourceState.MOVED, 2)
