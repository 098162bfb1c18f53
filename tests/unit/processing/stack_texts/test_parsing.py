"""Stack traces as runtimes print them, into exceptions and frames: one case for each thing they print."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.processing.stack_texts.parsing import parse_stack, platform_of
from vedette.processing.stack_texts.values import MOST_CHAINED, MOST_FRAMES

PYTHON = """Traceback (most recent call last):
  File "/srv/lib/python3.11/site-packages/flask/app.py", line 3, in run
    return view()
           ^^^^^^
  File "/app/till.py", line 12, in weigh
    return grams / count
ZeroDivisionError: division by zero

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/till.py", line 14, in sell
    raise SaleError("no\\nsale") from None
  [Previous line repeated 3 more times]
shop.errors.SaleError: no
sale
"""
GROUP = """  + Exception Group Traceback (most recent call last):
  |   File "/app/a.py", line 5, in main
  |     raise ExceptionGroup("many", errors)
  | ExceptionGroup: many (1 sub-exception)
  +-+---------------- 1 ----------------
    | ValueError: one
    +------------------------------------
"""
JAVA = """java.lang.IllegalStateException: till: closed
\tat shop.Till.open(Till.java:12)
\tat app//shop.Main$Inner.run(Main.java:40)
\tat java.base/java.lang.Thread.run(Unknown Source)
\tSuppressed: java.io.IOException: while closing
\t\tat shop.Till.close(Till.java:99)
Caused by: java.sql.SQLException: no rows
\tat shop.Db.query(Db.kt:7)
\tat shop.Db.<init>(Native Method)
\t... 2 more
"""
NODE = """TypeError [ERR_X]: Cannot read properties of undefined
    at Till.open [as onOpen] (/srv/till.js:3:9)
    at async /srv/shop.cjs:12:3
    at new Shop (file:///srv/shop.mjs:1:2)
    at eval (eval at run (/srv/run.js:8:5), <anonymous>:1:1)
    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)
"""
GECKO = """open@https://shop.example/app.js:10:5
async*run/<@https://shop.example/app.js:20:1
@https://shop.example/app.js:30:2
"""
GO = """goroutine 1 [running]:
runtime/debug.Stack()
\t/usr/local/go/src/runtime/debug/stack.go:24 +0x5e
go.opentelemetry.io/otel/sdk/trace.recordStackTrace(...)
\t/root/go/pkg/mod/go.opentelemetry.io/otel/sdk@v1/trace/span.go:500
example.com/shop/till.(*Till).Open(0xc000010000, {0x1, 0x2})
\t/src/till/till.go:33 +0x1d
main.main()
\t/src/main.go:10 +0x25
created by main.start in goroutine 7
\t/src/start.go:5 +0x9

goroutine 2 [select]:
main.other()
\t/src/other.go:1 +0x1
"""
DOTNET = """System.InvalidOperationException: Sale failed
 ---> System.ArgumentException: bad "weight"
   at Shop.Scale.Weigh(String what, Int32 n) in C:\\src\\Scale.cs:line 12
   at Shop.Till.<OpenAsync>d__5.MoveNext() in C:\\src\\Till.cs:line 40
   --- End of inner exception stack trace ---
   at Shop.Sale..ctor(Till till)
--- End of stack trace from previous location ---
   at Shop.Program.<>c__DisplayClass0_0.<Main>b__1() in /src/Program.cs:line 3
"""
RUBY = """app/till.rb:3:in `weigh': divided by 0 (ZeroDivisionError)
\tfrom app/till.rb:8:in `block in sell'
\tfrom /gems/rack/lib/rack.rb:1:in 'Rack::Server#call'
app/db.rb:1:in `find': no row
of tea (Db::NoRow)
\tfrom app/till.rb:2:in `weigh'
"""
PHP = """PDOException: no driver in /app/db.php:5
Stack trace:
#0 /app/till.php(9): Db->open('a')
#1 [internal function]: Till::sell(1)
#2 {main}

Next RuntimeException: no sale in /app/till.php:11
Stack trace:
#0 /app/index.php(3): Till->sell()
#1 {main}
"""
PHP_OTEL = """RuntimeException: no sale
\tat Shop.Till.sell(till.php:11)
\tat {main}(index.php:3)
"""
ELIXIR = """** (RuntimeError) oops
    (shop 0.1.0) lib/till.ex:5: Shop.Till.open/1
    (elixir 1.15.0) lib/enum.ex:10: Enum.map/2
"""


def short(text: str, platform: str) -> list[tuple[str, str, list[str]]]:
    """Type, value and the frames as ``module|function|path|line|column``."""
    return [
        (one.type, one.value, [_line(frame) for frame in one.frames]) for one in parse_stack(text, platform)
    ]


def _line(frame: dict[str, Any]) -> str:
    path = frame.get("abs_path") or frame.get("filename") or ""
    parts = (
        frame.get("module", ""),
        frame.get("function", ""),
        path,
        frame.get("lineno", ""),
        frame.get("colno", ""),
    )
    return "|".join(str(part) for part in parts).rstrip("|")


def test_python() -> None:
    assert short(PYTHON, "python") == [
        (
            "ZeroDivisionError",
            "division by zero",
            ["|run|/srv/lib/python3.11/site-packages/flask/app.py|3", "|weigh|/app/till.py|12"],
        ),
        ("shop.errors.SaleError", "no\nsale", ["|sell|/app/till.py|14"]),
    ]
    first, second = parse_stack(PYTHON, "python")[0].frames
    assert (first["filename"], first["context_line"]) == ("flask/app.py", "return view()")
    assert second["context_line"] == "return grams / count"


def test_the_outer_part_of_a_python_group() -> None:
    found = short(GROUP, "python")
    assert found[0] == ("ExceptionGroup", "many (1 sub-exception)", ["|main|/app/a.py|5"])


def test_the_jvm() -> None:
    thread = ["java.lang.Thread|run", "shop.Main$Inner|run|Main.java|40"]
    assert short(JAVA, "java") == [
        ("java.sql.SQLException", "no rows", [*thread, "shop.Db|<init>", "shop.Db|query|Db.kt|7"]),
        ("java.lang.IllegalStateException", "till: closed", [*thread, "shop.Till|open|Till.java|12"]),
    ]


def test_node() -> None:
    assert short(NODE, "node") == [
        (
            "TypeError",
            "Cannot read properties of undefined",
            [
                "|process.processTicksAndRejections|node:internal/process/task_queues|105|5",
                "|eval|/srv/run.js|8|5",
                "|new Shop|/srv/shop.mjs|1|2",
                "||/srv/shop.cjs|12|3",
                "|Till.open|/srv/till.js|3|9",
            ],
        )
    ]


def test_other_browsers() -> None:
    page = "https://shop.example/app.js"
    assert short(GECKO, "javascript") == [
        ("", "", [f"||{page}|30|2", f"|run/<|{page}|20|1", f"|open|{page}|10|5"])
    ]


def test_go() -> None:
    assert short(GO, "go") == [
        (
            "",
            "",
            [
                "main|start|/src/start.go|5",
                "main|main|/src/main.go|10",
                "example.com/shop/till|(*Till).Open|/src/till/till.go|33",
            ],
        )
    ]


def test_dotnet() -> None:
    assert short(DOTNET, "csharp") == [
        (
            "System.ArgumentException",
            'bad "weight"',
            ["Shop.Till|OpenAsync|C:\\src\\Till.cs|40", "Shop.Scale|Weigh|C:\\src\\Scale.cs|12"],
        ),
        (
            "System.InvalidOperationException",
            "Sale failed",
            ["Shop.Program|Main|/src/Program.cs|3", "Shop.Sale|.ctor"],
        ),
    ]


def test_ruby() -> None:
    assert short(RUBY, "ruby") == [
        ("Db::NoRow", "no row\nof tea", ["|weigh|app/till.rb|2", "|find|app/db.rb|1"]),
        (
            "ZeroDivisionError",
            "divided by 0",
            [
                "|Rack::Server#call|/gems/rack/lib/rack.rb|1",
                "|block in sell|app/till.rb|8",
                "|weigh|app/till.rb|3",
            ],
        ),
    ]
    assert short("app/till.rb:3:in `weigh'\napp/till.rb:8:in `sell'", "ruby")[0][2] == [
        "|sell|app/till.rb|8",
        "|weigh|app/till.rb|3",
    ]


def test_php() -> None:
    assert short(PHP, "php") == [
        ("PDOException", "no driver", ["||[internal]", "Till|sell|/app/till.php|9", "Db|open|/app/db.php|5"]),
        ("RuntimeException", "no sale", ["||/app/index.php|3", "Till|sell|/app/till.php|11"]),
    ]
    assert short(PHP_OTEL, "php") == [
        ("RuntimeException", "no sale", ["|{main}|index.php|3", "Shop.Till|sell|till.php|11"])
    ]


def test_elixir() -> None:
    assert short(ELIXIR, "elixir") == [
        ("RuntimeError", "oops", ["Enum|map/2|lib/enum.ex|10", "Shop.Till|open/1|lib/till.ex|5"])
    ]


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        (PYTHON, "python"), (GROUP, "python"), (JAVA, "java"), (NODE, "node"), (GECKO, "javascript"),
        (GO, "go"), (DOTNET, "csharp"), (RUBY, "ruby"), (PHP, "php"), (ELIXIR, "elixir"),
        ("no frames\nhere", "other"),
    ],
)  # fmt: skip
def test_the_text_tells_its_platform_and_is_read_without_being_told(text: str, platform: str) -> None:
    assert platform_of(text) == platform
    assert short(text, "other") == short(text, platform)


def test_frames_and_chains_are_bounded() -> None:
    frames = "".join(f'  File "a.py", line {n}, in f\n    x\n' for n in range(3_000))
    chain = "\n\nDuring handling of the above exception, another exception occurred:\n\n"
    one = f"Traceback (most recent call last):\n{frames}E: x"
    assert len(parse_stack(one, "python")[0].frames) == MOST_FRAMES
    few = 'Traceback (most recent call last):\n  File "a.py", line 1, in f\n    x\nE: x'
    assert len(parse_stack(chain.join([few] * 60), "python")) == MOST_CHAINED


TEXTS = (PYTHON, GROUP, JAVA, NODE, GECKO, GO, DOTNET, RUBY, PHP, ELIXIR)
LINES = sorted({line for text in TEXTS for line in text.splitlines()})


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=30)), max_size=30),
    st.sampled_from(("go", "", "php")),
)
def test_any_text_is_read_without_an_error(lines: list[str], platform: str) -> None:
    for one in parse_stack("\n".join(lines), platform):
        assert all(frame for frame in one.frames)
    platform_of("\n".join(lines))
