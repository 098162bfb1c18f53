from pathlib import Path

import pytest

from vedette.desktop.trace.code_place import CodePlace, code_place, find_file


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (
            {"code.filepath": "shop/views.py", "code.lineno": 71, "code.function": "order_detail"},
            CodePlace("shop/views.py", 71, "order_detail"),
        ),
        (
            {"code.file.path": "a.py", "code.line.number": "7", "code.function.name": "m.f",
             "code.namespace": "m"},
            CodePlace("a.py", 7, "m.f"),
        ),
        ({"code.function": "f", "code.namespace": "m"}, CodePlace("", None, "m.f")),
        ({"code.filepath": "a.py", "code.lineno": True}, CodePlace("a.py", None, "")),
        ({"code.lineno": 7}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_older_and_newer_names_make_a_place(data: dict[str, object], place: CodePlace | None) -> None:
    assert code_place(data) == place  # type: ignore[arg-type]


def test_a_place_is_shown_with_its_line() -> None:
    assert str(CodePlace("shop/views.py", 71, "detail")) == "shop/views.py:71  detail"
    assert str(CodePlace("", None, "m.f")) == "m.f"


def test_a_file_is_found_by_the_longest_ending_and_never_outside(tmp_path: Path) -> None:
    root = tmp_path / "Lädchen"
    file = root / "shop" / "views.py"
    file.parent.mkdir(parents=True)
    file.write_text("x = 1\n")
    (tmp_path / "secret.py").write_text("")
    assert find_file("/srv/app/shop/views.py", root) == root.resolve() / "shop" / "views.py"
    assert find_file("app:///shop/views.py", root) == root.resolve() / "shop" / "views.py"
    assert find_file(str(file), None) == file
    for name in ("../secret.py", "shop/other.py", "", "\0bad"):
        assert find_file(name, root) is None
    assert find_file("shop/views.py", tmp_path / "nowhere") is None
