"""Where functions begin and end."""

import textwrap

import pytest

from vedette.desktop.issue.source.functions import AROUND, LONGEST, function_range


def shown(text: str, marked: str, filename: str) -> list[str]:
    """Return the lines of the function around the line that contains *marked*."""
    lines = textwrap.dedent(text).strip("\n").split("\n")
    at = next(number for number, line in enumerate(lines) if marked in line)
    start, end = function_range(lines, at, filename)
    return [lines[start].strip(), lines[end].strip()]


PYTHON = """
    import os

    class Till:
        limit = 3

        @property
        @cached
        def total(
            self,
            rate: float = 1.0,
        ) -> float:
            if rate:
                for line in self.lines:
                    pass  # deep

            # a remark
            return 1  # last

        async def other(self):
            def inner():
                return 2  # inner

            return inner  # outer

    top = Till()
    """


@pytest.mark.parametrize(
    ("marked", "ends"),
    [
        ("# deep", ["@property", "return 1  # last"]),
        ("# last", ["@property", "return 1  # last"]),
        ("rate: float", ["@property", "return 1  # last"]),
        (") -> float", ["@property", "return 1  # last"]),
        ("@cached", ["@property", "return 1  # last"]),
        ("# inner", ["def inner():", "return 2  # inner"]),
        ("# outer", ["async def other(self):", "return inner  # outer"]),
    ],
)
def test_python_is_read_by_indentation(marked: str, ends: list[str]) -> None:
    assert shown(PYTHON, marked, "till.py") == ends


def test_a_line_outside_any_function_is_shown_with_its_neighbours() -> None:
    lines = [f"x{n} = {n}" for n in range(40)]
    assert function_range(lines, 20, "a.py") == (20 - AROUND, 20 + AROUND)
    assert function_range(lines, 1, "a.unknown") == (0, 1 + AROUND)
    assert function_range(lines, 39, "a.js") == (39 - AROUND, 39)


def test_ruby_ends_with_its_end() -> None:
    text = """
        class Till
          def total
            lines.each do |line|
              raise "no" if line.nil?
            end
          end

          def other
          end
        end
        """
    assert shown(text, "raise", "till.rb") == ["def total", "end"]


TYPESCRIPT = """
    import { a } from "b";
    const text = `{ ${a} {`;
    // function no() {
    export async function pay(
      cart: Cart,
    ): Promise<void> {
      const bad = /[{"]/.test(text) ? "}" : '{';
      if (cart.lines.length > 0) {
        await send({ lines: cart.lines }); // marked
      }
      const sum = cart.lines.map((line) => {
        return line.price; // arrow
      });
    }
    class Till {
      total(): number {
        return 1; // method
      }
    }
    const later = 1; // outside
    """


@pytest.mark.parametrize(
    ("marked", "ends"),
    [
        ("// marked", ["export async function pay(", "}"]),
        ("cart: Cart", ["export async function pay(", "}"]),
        ("// arrow", ["const sum = cart.lines.map((line) => {", "});"]),
        ("// method", ["total(): number {", "}"]),
    ],
)
def test_braces_are_matched_outside_strings_comments_and_patterns(marked: str, ends: list[str]) -> None:
    assert shown(TYPESCRIPT, marked, "till.ts") == ends


SAMPLES = {
    ("Till.java", "public int total()"): """
        class Till {
          public int total()
              throws Bad
          {
            go(); // x
          }
        }
        """,
    ("till.go", "func (t *Till) Total() (int, error) {"): """
        package a
        func (t *Till) Total() (int, error) {
            if true {
                go() // x
            }
        }
        """,
    ("till.rs", "fn total(&'a self) -> u8 {"): """
        impl<'a> Till<'a> {
            fn total(&'a self) -> u8 {
                b'{'; go() // x
            }
        }
        """,
    ("till.c", "int total(void)"): """
        int total(void)
        {
          char c = '}';
          go(); // x
        }
        """,
    ("Till.kt", "fun total(): Int {"): """
        class Till {
          fun total(): Int {
            lines.forEach {
              go() // x
            }
          }
        }
        """,
    ("till.php", "function total() { # {"): """
        <?php
        function total() { # {
          foreach ($a as $b) {
            go(); // x
          }
        }
        """,
    ("Till.cs", "int Total()"): """
        class Till
        {
            int Total()
            {
                using (x)
                {
                    go(); // x
                }
            }
        }
        """,
    ("till.swift", "func total() throws -> Int {"): """
        func total() throws -> Int {
          guard a else {
            return go() // x
          }
        }
        """,
}


@pytest.mark.parametrize(("sample", "text"), SAMPLES.items())
def test_each_language_with_braces_finds_the_function_not_the_loop(
    sample: tuple[str, str], text: str
) -> None:
    filename, head = sample
    assert shown(text, "// x", filename) == [head, "}"]


def test_a_very_long_function_is_cut_around_the_line() -> None:
    lines = ["def long():", *(f"    x = {n}" for n in range(3_000))]
    start, end = function_range(lines, 1_500, "long.py")
    assert (start, end) == (1_500 - LONGEST // 2, 1_500 + LONGEST // 2)


@pytest.mark.parametrize("text", ["}}}}{", "{{{{", "'", '"""', "/*", "def", ")", "@", "", "/["])
@pytest.mark.parametrize("filename", ["a.js", "a.py", "a.rs", "a.php", "a.rb", "a"])
def test_broken_text_never_raises(text: str, filename: str) -> None:
    lines = [text] * 3
    for at in range(3):
        start, end = function_range(lines, at, filename)
        assert 0 <= start <= at <= end < 3
