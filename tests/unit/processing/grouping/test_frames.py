"""What of a frame counts."""

from typing import Any

import pytest

from vedette.processing.grouping import frames
from vedette.processing.grouping.component import Component
from vedette.processing.grouping.frames import read_frame


def counted(platform: str, /, **frame: Any) -> dict[str, str]:
    """Return the parts of *frame* that contribute, by id."""
    component = read_frame(frame, platform).component
    if not component.contributes:
        return {}
    return {
        part.id: part.text for part in component.values if isinstance(part, Component) and part.contributes
    }


def test_a_python_frame_counts_by_module_function_and_source_line() -> None:
    frame = {
        "module": "shop.cart",
        "filename": "shop/cart.py",
        "function": "add",
        "context_line": "  raise  Full( x )",
    }
    assert counted("python", **frame) == {
        "module": "shop.cart",
        "function": "add",
        "context-line": "raise Full( x )",
    }


@pytest.mark.parametrize(
    ("path", "name"), [("src/Shop/Cart.GO", "cart.go"), ("C:\\Shop\\Cart.cs", "cart.cs")]
)
def test_without_a_module_the_last_part_of_the_file_name_counts(path: str, name: str) -> None:
    assert counted("go", filename=path) == {"filename": name}


@pytest.mark.parametrize(
    ("platform", "frame"),
    [
        ("javascript", {"filename": "/", "abs_path": "app:///"}),
        ("javascript", {"function": "f", "filename": "/", "abs_path": "app:///"}),
        ("go", {"filename": "src/"}),
        ("ruby", {"function": "__1234_12345"}),
        ("php", {"function": "class@anonymous::"}),
    ],
)
def test_a_part_of_which_nothing_is_left_still_makes_its_frame_count(
    platform: str, frame: dict[str, str]
) -> None:
    assert read_frame(frame, platform).component.contributes


def test_the_frames_own_platform_wins() -> None:
    assert "context-line" in counted("go", platform="python", filename="a", context_line="x = 1")
    assert "context-line" not in counted("go", filename="a", context_line="x = 1")


@pytest.mark.parametrize("line", ["", "   ", "x" * 121])
def test_a_source_line_that_is_blank_or_minified_does_not_count(line: str) -> None:
    assert counted("python", filename="a.py", context_line=line) == {"filename": "a.py"}


@pytest.mark.parametrize(
    ("module", "shown"),
    [
        ("com.acme.Shop$$Lambda$40/167", None),
        ("sun.reflect.GeneratedMethodAccessor12", "sun.reflect.GeneratedMethodAccessor"),
        ("com.acme.Shop", "com.acme.Shop"),
    ],
)
def test_generated_java_classes_count_without_what_was_generated(module: str, shown: str | None) -> None:
    assert counted("java", module=module, function="f").get("module") == shown


def test_generated_java_names_do_not_count() -> None:
    assert counted("java", filename="Bar_$$_javassist_74.java", function="lambda$main$0") == {
        "filename": "bar_$$_javassist<auto>.java"
    }
    assert counted("java", module="a.B", function="run")["function"] == "run"


def test_a_module_taken_from_the_address_does_not_count() -> None:
    address = "https://shop.example/static/app"
    assert counted("javascript", module="static/app", abs_path=address, function="f") == {"function": "f"}
    assert counted("javascript", module="app/cart", abs_path=address)["module"] == "app/cart"


@pytest.mark.parametrize(
    "address", ["http://a/b.js", "https://a/b.js", "applewebdata://a/b.js", "blob:a/b.js"]
)
def test_the_file_name_of_a_page_does_not_count(address: str) -> None:
    assert counted("javascript", filename="b.js", abs_path=address, function="f") == {"function": "f"}


@pytest.mark.parametrize("name", ["<anonymous>", "[native code]"])
def test_a_file_without_a_name_does_not_count(name: str) -> None:
    assert counted("java", filename=name, function="f") == {"function": "f"}


@pytest.mark.parametrize(
    ("platform", "function", "shown"),
    [
        ("ruby", "block in call", "block"),
        ("ruby", "_app_views_users_show_html_erb__123456_7890", "_app_views_users_show_html_erb"),
        ("ruby", "call", "call"),
        ("php", "[Anonymous function]", None),
        ("php", "class@anonymous\x00/x.php:3$0::run", "run"),
        ("php", "class@anonymous\x00/x.php:3$0", None),
        ("php", "App::run", "App::run"),
        ("javascript", "Shop.Cart.add", "add"),
        ("node", "Shop.add", "add"),
        ("native", "<redacted>", None),
        ("cocoa", "<unknown>", None),
        ("native", "crash(int)", "crash"),
        ("go", "main.crash", "main.crash"),
    ],
)
def test_functions_count_as_their_platform_names_them(
    platform: str, function: str, shown: str | None
) -> None:
    assert counted(platform, filename="f", function=function).get("function") == shown


def test_csharp_counts_the_function_with_its_arguments() -> None:
    assert counted("csharp", function="A.B (int x)")["function"] == "A.B (int x)"
    assert counted("csharp", function="A.B", raw_function="A.B (int x)")["function"] == "A.B (int x)"
    assert read_frame({"function": "A.B (int x)"}, "csharp").function == "A.B"


def test_a_raw_function_stands_in_and_keeps_the_other_untrimmed() -> None:
    assert counted("native", raw_function="crash(int)")["function"] == "crash(int)"
    assert counted("native", function="crash(int)", raw_function="x")["function"] == "crash(int)"


def test_with_a_source_map_the_source_line_counts_instead_of_the_function() -> None:
    frame: dict[str, Any] = {"function": "a", "context_line": "throw x", "data": {"sourcemap": "a.js.map"}}
    assert counted("javascript", **frame) == {"context-line": "throw x"}
    assert counted("javascript", function="a", data={"sourcemap": "a.js.map"}) == {"function": "a"}


@pytest.mark.parametrize("name", ["?", "<anonymous function>", "<anonymous>", "Anonymous function", "foo/<"])
def test_a_name_the_engine_made_up_does_not_count_but_its_frame_does(name: str) -> None:
    assert counted("javascript", filename="a.js", function=name) == {"filename": "a.js"}
    frame = read_frame({"function": name}, "javascript").component
    assert (frame.contributes, frame.text) == (True, "")


@pytest.mark.parametrize("frame", [{"function": "eval"}, {"function": "f", "abs_path": "[native code]"}])
def test_evaluated_and_native_javascript_does_not_count(frame: dict[str, str]) -> None:
    assert counted("javascript", **frame) == {}


def test_a_line_of_a_page_without_a_function_does_not_count() -> None:
    assert counted("javascript", abs_path="file:///a.html", filename="a.html", context_line="<p>") == {
        "filename": "a.html"
    }


def test_a_frame_that_is_only_a_page_is_known_as_one() -> None:
    assert read_frame({"abs_path": "https://a/b", "filename": "b"}, "javascript").is_page
    assert not read_frame({"abs_path": "https://a/b", "function": "f"}, "javascript").is_page
    assert not read_frame({"abs_path": "https://a/b"}, "python").is_page


def test_outside_is_the_frame_switched_off() -> None:
    frame = read_frame({"function": "f"}, "go")
    assert frame.outside == frame.component.off(frame.outside.hint)


@pytest.mark.parametrize("odd", [[], {}, [[1]], 7, True, 1.5, None, ""])
def test_fields_of_the_wrong_type_are_absent(odd: Any) -> None:
    names = ("platform", "abs_path", "module", "filename", "function", "raw_function", "context_line", "data")
    assert counted("python", **dict.fromkeys(names, odd)) == {}
    assert counted("python", **{**dict.fromkeys(names, odd), "function": "f"}) == {"function": "f"}


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "_known", {})
    monkeypatch.setattr(frames, "_REMEMBERED", 3)
    for number in range(10):
        assert counted("go", function=f"f{number}") == {"function": f"f{number}"}
        assert len(frames._known) <= 3
    before = len(frames._known)
    long = "f" * 5000
    assert counted("go", function=long) == {"function": long}
    assert len(frames._known) == before


def test_the_same_frame_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "_known", {})
    first = read_frame({"function": "f", "lineno": 1}, "go")
    assert read_frame({"function": "f", "lineno": 2}, "go") is first
