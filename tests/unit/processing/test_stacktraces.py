from typing import Any

import pytest

from vedette.processing.faults import Faults
from vedette.processing.stacktraces import settle_stacktrace


def settled(*frames: Any) -> tuple[list[Any], dict[str, Any]]:
    holder: dict[str, Any] = {"stacktrace": {"frames": list(frames)}}
    faults, event = Faults(), {}
    settle_stacktrace(holder, "stacktrace", faults, ("exception", "values", 0))
    faults.record(event)
    return holder["stacktrace"]["frames"], event


@pytest.mark.parametrize(
    ("sent", "filename", "abs_path"),
    [
        ({"filename": "a.py"}, "a.py", "a.py"),
        ({"filename": "a.py", "abs_path": "/srv/a.py"}, "a.py", "/srv/a.py"),
        ({"filename": "https://x/a.js", "abs_path": "https://x/b.js"}, "https://x/a.js", "https://x/b.js"),
        ({"filename": "https://x/a.js?v=1#z"}, "/a.js", "https://x/a.js?v=1#z"),
        ({"abs_path": "file:///srv/a.js"}, "/srv/a.js", "file:///srv/a.js"),
        ({"abs_path": "https://x/"}, "https://x/", "https://x/"),
        ({"abs_path": "https://x"}, "https://x", "https://x"),
        ({"filename": "<anonymous>"}, "<anonymous>", "<anonymous>"),
    ],
)
def test_a_path_serves_as_both_and_a_url_shows_its_path(sent: Any, filename: str, abs_path: str) -> None:
    ((frame,), _) = settled(sent)
    assert (frame["filename"], frame["abs_path"]) == (filename, abs_path)


def test_an_empty_frame_survives() -> None:
    assert settled({}) == ([{}], {})


@pytest.mark.parametrize("name", ["function", "symbol"])
@pytest.mark.parametrize("unknown", ["?", ""])
def test_a_question_mark_is_no_name(name: str, unknown: str) -> None:
    ((frame,), _) = settled({name: unknown, "lineno": 1})
    assert frame == {"lineno": 1}


def test_source_lines_are_text_and_complete() -> None:
    ((frame,), _) = settled({"pre_context": [None, "a", 5], "post_context": []})
    assert frame["pre_context"] == ["", "a", "5"]
    assert frame["context_line"] == ""


def test_a_list_of_variables_becomes_a_map() -> None:
    ((frame,), _) = settled({"vars": ["a", {"b": 1}]})
    assert frame["vars"] == {"0": "a", "1": {"b": 1}}


@pytest.mark.parametrize(
    ("sent", "address"), [("0x1F", "0x1F"), (31, "0x1f"), ("31", "0x1f"), (-1, None), ("x", None)]
)
def test_addresses_become_hex(sent: Any, address: str | None) -> None:
    ((frame,), _) = settled({"instruction_addr": sent})
    assert frame["instruction_addr"] == address


@pytest.mark.parametrize(
    ("sent", "line"), [(7, 7), (7.0, 7), (-1, None), ("7", None), (True, None), (1e300, None)]
)
def test_a_line_is_an_unsigned_number(sent: Any, line: int | None) -> None:
    ((frame,), event) = settled({"lineno": sent})
    assert frame["lineno"] == line
    assert ("errors" in event) is (line is None)


def test_a_frame_that_is_none_leaves_its_place() -> None:
    frames, event = settled({"lineno": 1}, "x")
    assert frames == [{"lineno": 1}, None]
    assert event["errors"][0]["name"] == "exception.values.0.stacktrace.frames.1"


def test_every_frame_of_a_long_stack_is_kept() -> None:
    frames, _ = settled(*({"lineno": line} for line in range(1000)))
    assert len(frames) == 1000
