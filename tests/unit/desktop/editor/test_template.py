"""Commands with placeholders."""

import pytest

from vedette.desktop.editor.template import fill, split_command


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (("--goto", "%f:%l:%c"), ["--goto", "/a b/ö.py:12:5"]),
        (("+call cursor(%l,%c)", "--", "%f"), ["+call cursor(12,5)", "--", "/a b/ö.py"]),
        (("--line", "%l"), ["--line", "12", "/a b/ö.py"]),
        ((), ["/a b/ö.py"]),
        (("100%%", "%x", "%f"), ["100%", "%x", "/a b/ö.py"]),
    ],
)
def test_each_placeholder_stays_within_its_argument(template: tuple[str, ...], expected: list[str]) -> None:
    assert fill(template, "/a b/ö.py", 12, 5) == expected


def test_a_placeholder_in_a_path_is_not_filled_again() -> None:
    assert fill(("%f", "%l"), "/src/%l%%/x.py", 3, 1) == ["/src/%l%%/x.py", "3"]


@pytest.mark.parametrize(
    ("text", "windows", "words"),
    [
        ("edit -l %l %f", False, ["edit", "-l", "%l", "%f"]),
        ("'/opt/my editor' \"%f\" # no comment", False, ["/opt/my editor", "%f", "#", "no", "comment"]),
        ("/opt/my\\ editor %f", False, ["/opt/my editor", "%f"]),
        ('"C:\\Program Files\\ed.exe" %f', True, ["C:\\Program Files\\ed.exe", "%f"]),
        ("C:\\ed\\new.exe it's %f", True, ["C:\\ed\\new.exe", "it's", "%f"]),
        ("", False, []),
    ],
)
def test_a_typed_command_is_split_as_its_system_does(text: str, windows: bool, words: list[str]) -> None:
    assert split_command(text, windows=windows) == words


def test_an_open_quotation_mark_is_an_error() -> None:
    with pytest.raises(ValueError, match="quotation"):
        split_command("edit '%f", windows=False)
