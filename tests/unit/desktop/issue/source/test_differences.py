"""The event's lines against the file now."""

from vedette.desktop.issue.source.differences import difference
from vedette.desktop.issue.stack.frames import Frame, read_frames

FILE = [
    "import x",
    "",
    "def pay(cart):",
    "    rate = 2",
    "    return cart.total / rate",
    "",
    "def late():",
    "    pass",
]


def a_frame(line: int, before: list[str], text: str, after: list[str]) -> Frame:
    frame = {"lineno": line, "pre_context": before, "context_line": text, "post_context": after}
    return read_frames({"frames": [frame]}, "python")[0]


def shown(frame: Frame, line: int | None = None) -> list[str]:
    return [f"{one.sign or ' '}{one.number} {one.text.strip()}" for one in difference(frame, FILE, line)]


def test_removed_and_added_lines_stand_where_they_were() -> None:
    frame = a_frame(4, ["def pay(cart):"], "    return cart.total / 0", ["", "def late():"])
    assert shown(frame) == [
        " 3 def pay(cart):",
        "-4 return cart.total / 0",
        "+4 rate = 2",
        "+5 return cart.total / rate",
        " 6 ",
        " 7 def late():",
    ]
    assert [one.text for one in difference(frame, FILE, None) if one.current] == ["    return cart.total / 0"]


def test_a_change_at_the_edge_takes_as_many_lines_of_the_file() -> None:
    assert shown(a_frame(4, ["def pay(old):"], "    rate = 2", ["    return 1"])) == [
        "-3 def pay(old):",
        "+3 def pay(cart):",
        " 4 rate = 2",
        "-5 return 1",
        "+5 return cart.total / rate",
    ]


def test_lines_with_nothing_in_common_stand_against_those_at_their_place() -> None:
    assert shown(a_frame(4, ["alpha"], "beta", [])) == [
        "-3 alpha",
        "-4 beta",
        "+3 def pay(cart):",
        "+4 rate = 2",
    ]


def test_the_same_lines_have_no_difference_and_no_source_gives_nothing() -> None:
    assert not [line for line in shown(a_frame(4, FILE[2:3], FILE[3], FILE[4:5])) if line[0] != " "]
    assert difference(read_frames({"frames": [{"lineno": 3}]}, "python")[0], FILE, 3) == ()
    assert [line[0] for line in shown(a_frame(900, [], "gone", []))] == ["-"]
