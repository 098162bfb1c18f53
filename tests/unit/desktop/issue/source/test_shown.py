"""Which lines a frame shows, and that their colours are found ahead."""

from typing import Any

from vedette.desktop.issue.source.looking import LocalSource
from vedette.desktop.issue.source.matching import SourceState
from vedette.desktop.issue.source.shown import ShownSource, colour_ahead, colour_source, shown_source
from vedette.desktop.issue.stack.frames import Frame, read_frames
from vedette.desktop.theme import highlight


def a_frame(**more: Any) -> Frame:
    frame = {"filename": "a.py", "lineno": 2, "context_line": "    x = 1\r\n", "pre_context": ["def f():\n"]}
    return read_frames({"frames": [frame | more]}, "python")[0]


def test_the_event_s_lines_are_shown_unless_the_disk_stands_for_them() -> None:
    sent = ShownSource(("def f():", "    x = 1"), 1, 2)
    disk = LocalSource(SourceState.SAME_TEXT, None, ("def f():", "    x = 1", "    return x"), 8, 9)
    edited = LocalSource(SourceState.EDITED, None, ("other",), 1, 1)
    assert shown_source(a_frame(), None) == sent
    assert shown_source(a_frame(), edited) == sent
    assert shown_source(a_frame(), disk) == ShownSource(disk.lines, 8, 9)
    assert shown_source(a_frame(context_line=None), None) is None


def test_colours_found_ahead_are_there_when_the_frame_is_drawn() -> None:
    frame = a_frame(context_line="    only_here = 4711")
    colour_ahead({"exception 0": [frame], "event": []}, {}, "python")
    before = highlight._highlight.cache_info().hits
    source = shown_source(frame, None)
    assert source is not None
    runs = colour_source(source, frame, "python")
    assert highlight._highlight.cache_info().hits == before + 1
    assert runs[0][0].token == "code.keyword"
