"""Which frames are shown and which are folded away."""

from typing import Any

import pytest

from tests.support.issue_desk import recorded_events
from vedette.desktop.issue.stack.frames import (
    Frame,
    LibraryRun,
    Mapping,
    StackShow,
    arrange,
    crash_frame,
    package_of,
    read_frames,
    source_lines,
)


def stack(*frames: dict[str, Any], platform: str = "python") -> tuple[Frame, ...]:
    return read_frames({"frames": list(frames)}, platform)


def own(name: str, line: int = 1) -> dict[str, Any]:
    return {"function": name, "filename": "shop.py", "lineno": line, "in_app": True}


def library(name: str, package: str = "django", line: int = 1) -> dict[str, Any]:
    path = f"/venv/lib/python3.11/site-packages/{package}/core.py"
    return {
        "function": name,
        "filename": f"{package}/core.py",
        "abs_path": path,
        "lineno": line,
        "in_app": False,
    }


def names(rows: tuple[Frame | LibraryRun, ...]) -> list[str]:
    return [row.function if isinstance(row, Frame) else row.title for row in rows]


def test_library_frames_in_a_row_become_one_line_that_names_their_packages() -> None:
    frames = stack(
        library("serve"), library("dispatch"), library("wrap", "sentry_sdk"), own("view"), own("price")
    )
    assert names(arrange(frames, StackShow.RELEVANT)) == [
        "price",
        "view",
        "3 library frames · sentry_sdk, django",
    ]


def test_oldest_first_reads_from_the_outermost_caller_inwards() -> None:
    frames = stack(library("serve"), library("wrap", "sentry_sdk"), own("view"))
    rows = arrange(frames, StackShow.RELEVANT, newest_first=False)
    assert names(rows) == ["2 library frames · django, sentry_sdk", "view"]


def test_a_single_library_frame_between_own_ones_is_shown_as_it_is() -> None:
    frames = stack(own("main"), library("call"), own("inner"))
    assert names(arrange(frames, StackShow.RELEVANT)) == ["inner", "call", "main"]


def test_the_innermost_frame_is_shown_even_if_it_is_a_library_s() -> None:
    frames = stack(own("main"), library("loads", "json"), library("decode", "json"), library("fail", "json"))
    assert names(arrange(frames, StackShow.RELEVANT)) == ["fail", "2 library frames · json", "main"]


def test_without_own_frames_every_frame_is_shown() -> None:
    frames = stack(library("serve"), library("dispatch"), library("fail"))
    assert names(arrange(frames, StackShow.RELEVANT)) == ["fail", "dispatch", "serve"]


def test_full_shows_every_frame() -> None:
    frames = stack(library("serve"), library("dispatch"), own("view"))
    assert names(arrange(frames, StackShow.FULL)) == ["view", "dispatch", "serve"]


def test_a_recursion_of_a_thousand_frames_is_three_rows() -> None:
    (event,) = recorded_events("py-shop-recursion")
    frames = read_frames(event["exception"]["values"][-1]["stacktrace"], "python")
    rows = arrange(frames, StackShow.RELEVANT)
    assert len(frames) == 1_000
    assert names(rows) == ["depth", "recursion", "<module>"]
    assert isinstance(rows[0], Frame)
    assert rows[0].repeats == 998
    assert rows[0].variables == {"n": "997"}, "the innermost of them stopped, so it is the one to look at"


def test_frames_without_a_place_are_not_taken_for_repeats() -> None:
    frames = stack({"function": "f", "in_app": True}, {"function": "f", "in_app": True})
    assert len(arrange(frames, StackShow.RELEVANT)) == 2


def test_the_crash_frame_is_the_innermost_of_the_application() -> None:
    frames = stack(own("main"), own("price"), library("divide"))
    found = crash_frame(frames)
    assert found is not None
    assert found.function == "price"


def test_without_own_frames_the_innermost_is_the_crash_frame() -> None:
    found = crash_frame(stack(library("serve"), library("fail")))
    assert found is not None
    assert found.function == "fail"
    assert crash_frame(()) is None


def test_broken_frames_are_left_out_and_places_stay_as_sent() -> None:
    frames = read_frames({"frames": [None, own("a")]}, "python")
    assert [(frame.at, frame.function) for frame in frames] == [(1, "a")]


@pytest.mark.parametrize(
    ("frame", "platform", "location"),
    [
        ({"filename": "app.js", "lineno": 47, "colno": 31}, "javascript", "app.js:47:31"),
        ({"filename": "a.py", "lineno": 4, "colno": 2}, "python", "a.py:4"),
        ({"filename": "a.py"}, "python", "a.py"),
        ({"module": "shop.pay", "lineno": 4}, "java", "shop.pay:4"),
        ({"instruction_addr": "0x1f"}, "native", "0x1f"),
    ],
)
def test_a_location_names_file_line_and_where_it_is_told_the_column(
    frame: dict[str, Any], platform: str, location: str
) -> None:
    assert stack(frame, platform=platform)[0].location == location


@pytest.mark.parametrize(
    ("frame", "platform", "package"),
    [
        ({"abs_path": "/v/site-packages/flask/app.py", "module": "flask.app"}, "python", "flask"),
        ({"abs_path": "C:\\v\\site-packages\\six.py"}, "python", "six"),
        ({"abs_path": "/usr/lib/python3.11/json/decoder.py", "module": "json.decoder"}, "python", "Python"),
        ({"abs_path": "/srv/node_modules/@sentry/node/x.js"}, "node", "@sentry/node"),
        ({"abs_path": "node:internal/timers"}, "node", "Node.js"),
        ({"module": "org.springframework.web.servlet.Dispatcher"}, "java", "org.springframework"),
        ({"package": "/usr/lib/libc.so.6"}, "native", "libc.so.6"),
        ({"abs_path": "/usr/lib/ruby/gems/3.1/gems/rack-2.2.4/lib/rack.rb"}, "ruby", "rack"),
        ({"module": "net/http"}, "go", "net/http"),
        ({}, "javascript", ""),
    ],
)
def test_a_library_is_called_what_its_users_call_it(
    frame: dict[str, Any], platform: str, package: str
) -> None:
    assert package_of(frame, platform) == package


def test_source_lines_are_numbered_from_the_first_of_them() -> None:
    frame = {"pre_context": ["a", "b"], "context_line": "c", "post_context": ["d"], "lineno": 7}
    assert source_lines(frame) == (["a", "b", "c", "d"], 5)


def test_lines_before_the_first_of_a_file_are_padding() -> None:
    frame = {"pre_context": ["", "", "a"], "context_line": "b", "lineno": 2}
    assert source_lines(frame) == (["a", "b"], 1)
    assert source_lines({"lineno": 2}) is None


def test_a_row_is_read_out_with_what_the_eye_sees() -> None:
    assert stack(own("price", 4))[0].sentence == "price, shop.py:4, in app"
    assert stack(library("serve"))[0].sentence == "serve, django/core.py:1, library django"


@pytest.mark.parametrize(
    ("frame", "mapping"),
    [
        ({"abs_path": "https://shop/app.min.js", "colno": 5, "in_app": True}, Mapping.UNMAPPED),
        ({"abs_path": "https://shop/app.js", "colno": 4_021, "in_app": True}, Mapping.UNMAPPED),
        ({"abs_path": "https://shop/app.js", "colno": 21, "in_app": True}, Mapping.NONE),
        ({"abs_path": "https://shop/app.min.js", "colno": 5, "in_app": False}, Mapping.NONE),
        ({"filename": "till.ts", "data": {"sourcemap": "app.js.map"}, "in_app": True}, Mapping.MAPPED),
        ({"filename": "/srv/till.js", "colno": 900, "in_app": True}, Mapping.NONE),
    ],
)
def test_frames_of_bundles_say_whether_a_source_map_was_used(frame: dict[str, Any], mapping: Mapping) -> None:
    (found,) = read_frames({"frames": [{"function": "pay", "lineno": 1, **frame}]}, "javascript")
    assert found.mapping is mapping
    assert (mapping.value in found.sentence) is True


def test_a_place_is_what_an_editor_takes() -> None:
    places = [
        frame.place
        for frame in read_frames(
            {
                "frames": [
                    {"abs_path": "/srv/a.py", "filename": "a.py", "lineno": 7},
                    {"filename": "a.py"},
                    {"module": "shop.Till", "lineno": 3},
                ]
            },
            "python",
        )
    ]
    assert places == ["/srv/a.py:7", "a.py", "shop.Till:3"]
