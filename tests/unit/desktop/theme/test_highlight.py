import random

import pytest

from vedette.desktop.theme.highlight import LONGEST_LINE, Run, highlight
from vedette.desktop.theme.tokens import CODE


def text_of(lines: list[list[Run]]) -> list[str]:
    return ["".join(run.text for run in runs) for runs in lines]


def test_python_is_split_into_keywords_functions_numbers_and_strings() -> None:
    runs = highlight(
        ["def pay(x):", "    return x or 0  # none", "name = 'EUR'"], "checkout/pricing.py", "python"
    )
    flat = [run for line in runs for run in line]
    assert Run("def", "code.keyword") in flat
    assert Run("pay", "code.function") in flat
    assert Run("0", "code.number") in flat
    assert Run("'EUR'", "code.string") in flat
    assert Run("# none", "code.comment") in flat


@pytest.mark.parametrize(
    ("line", "filename", "platform", "expected"),
    [
        ("const a = 1;", "src/cart.tsx", "javascript", Run("const", "code.keyword")),
        ("return $a;", "index.php", "php", Run("return", "code.keyword")),
        ("SELECT id FROM t", "", "sql", Run("SELECT", "code.keyword")),
        ("func main() {}", "main.go", "go", Run("func", "code.keyword")),
        ("val x = 1", "A.kt", "java", Run("val", "code.keyword")),
        ("return 1", "", "python", Run("return", "code.keyword")),
    ],
)
def test_the_language_comes_from_the_file_name_or_else_the_platform(
    line: str, filename: str, platform: str, expected: Run
) -> None:
    assert expected in highlight([line], filename, platform)[0]


@pytest.mark.parametrize(
    "filename", ["x.py", "x.tsx", "x.php", "x.rb", "x.swift", "x.json", "x.unknown", "", "x.html"]
)
def test_the_runs_of_any_text_are_that_text_again(filename: str) -> None:
    chosen = random.Random(7)
    alphabet = "abcXYZ019 \t\"'`{}[]()<>/\\#$@!%&*+-=,;:.\r\n\x00\x0béß漢😀\u2028"
    for _ in range(150):
        lines = [
            "".join(chosen.choices(alphabet, k=chosen.randrange(60))) for _ in range(chosen.randrange(8))
        ]
        runs = highlight(lines, filename, "python")
        assert text_of(runs) == lines
        assert {run.token for line in runs for run in line} <= set(CODE)


def test_a_very_long_line_is_coloured_at_its_start_only() -> None:
    line = "x = 1;" * 2_000
    (runs,) = highlight([line], "bundle.js", "javascript")
    assert "".join(run.text for run in runs) == line
    assert runs[-1].token == "code.name"
    assert len(runs[-1].text) >= len(line) - LONGEST_LINE


def test_a_huge_source_is_shown_plain() -> None:
    runs = highlight(["return 1"] * 30_000, "x.py", "python")
    assert runs[0] == [Run("return 1", "code.name")]


def test_an_empty_source_has_no_lines_and_an_empty_line_no_runs() -> None:
    assert highlight([], "x.py", "python") == []
    assert highlight(["", "pass", ""], "x.py", "python")[0] == []
