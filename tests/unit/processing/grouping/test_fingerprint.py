"""Fingerprints of SDKs."""

from typing import Any

import pytest

from vedette.processing.grouping.component import Component, build, part
from vedette.processing.grouping.fingerprint import CUSTOM, with_fingerprint


def computed() -> dict[str, Component]:
    return {
        "system": build("system", (part("a", "computed"),)),
        "app": build("app", (part("a", "x").off("why"),)),
    }


def after(fingerprint: Any, **event: Any) -> dict[str, str | None]:
    variants = with_fingerprint({"fingerprint": fingerprint, **event}, computed())
    return {name: each.text if each.contributes else None for name, each in variants.items()}


@pytest.mark.parametrize(
    "fingerprint", [None, [], "text", {}, ["{{ default }}"], ["{{default}}"], [None, {}, [], "{{  default}}"]]
)
def test_no_fingerprint_or_the_default_changes_nothing(fingerprint: Any) -> None:
    assert with_fingerprint({"fingerprint": fingerprint}, computed()) == computed()


def test_a_custom_fingerprint_replaces_all_else() -> None:
    assert after(["a", "b"]) == {"system": None, "app": None, CUSTOM: "ab"}


def test_with_the_default_among_others_both_count() -> None:
    assert after(["a", "{{ default }}", "b"]) == {"system": "acomputedb", "app": None}
    assert after(["{{ default }}", "{{default}}"]) == {"system": "computedcomputed", "app": None}


FRAMES = {
    "frames": [
        {"function": "old", "in_app": True},
        {
            "function": "f",
            "module": "m",
            "package": "/lib/x.so",
            "abs_path": "/a/f.py",
            "filename": "f.py",
            "in_app": True,
        },
        {"function": "library", "in_app": False},
    ]
}
EVENT: dict[str, Any] = {
    "platform": "python",
    "exception": {"values": [{"type": "A", "value": "a"}, {"type": "B", "value": "b", "stacktrace": FRAMES}]},
    "transaction": "/cart",
    "level": "error",
    "logger": "shop",
    "tags": [["k", "v"], ["odd"], None, ["n", 3]],
}


@pytest.mark.parametrize(
    ("variable", "value", "missing"),
    [
        ("transaction", "/cart", "<no-transaction>"),
        ("level", "error", "<no-level>"),
        ("logger", "shop", "<no-logger>"),
        ("message", "b", "<no-message>"),
        ("type", "B", "<no-type>"),
        ("error.type", "B", "<no-type>"),
        ("value", "b", "<no-value>"),
        ("error.value", "b", "<no-value>"),
        ("function", "f", "<no-function>"),
        ("stack.function", "f", "<no-function>"),
        ("path", "/a/f.py", "<no-abs-path>"),
        ("stack.abs_path", "/a/f.py", "<no-abs-path>"),
        ("stack.filename", "f.py", "<no-filename>"),
        ("module", "m", "<no-module>"),
        ("stack.module", "m", "<no-module>"),
        ("package", "x.so", "<no-package>"),
        ("stack.package", "x.so", "<no-package>"),
        ("tags.k", "v", "<no-value-for-tag-k>"),
        ("tags.n", "<no-value-for-tag-n>", "<no-value-for-tag-n>"),
        ("unknown", "{{ unknown }}", "{{ unknown }}"),
    ],
)
def test_a_variable_stands_for_a_value_of_the_event(variable: str, value: str, missing: str) -> None:
    assert after([f"{{{{ {variable} }}}}"], **EVENT)[CUSTOM] == value
    assert after([f"{{{{{variable}}}}}"])[CUSTOM] == missing.replace("{{ unknown }}", "{{unknown}}")


def test_the_message_is_the_finished_one_else_its_template() -> None:
    assert after(["{{ message }}"], logentry={"message": "m %s", "formatted": "m 3"})[CUSTOM] == "m 3"
    assert after(["{{ message }}"], logentry={"message": "m %s"})[CUSTOM] == "m %s"


def test_tags_may_be_an_object() -> None:
    assert after(["{{ tags.k }}"], tags={"k": "v"})[CUSTOM] == "v"


def test_functions_are_trimmed_unless_the_raw_one_is_beside_them() -> None:
    frame = {"function": "f(int)", "platform": "native"}
    assert after(["{{ function }}"], stacktrace={"frames": [frame]})[CUSTOM] == "f"
    assert (
        after(["{{ function }}"], stacktrace={"frames": [{**frame, "raw_function": "r"}]})[CUSTOM] == "f(int)"
    )


def test_without_an_exception_the_frame_is_of_the_event_or_its_only_thread() -> None:
    assert after(["{{ function }}"], stacktrace=FRAMES)[CUSTOM] == "f"
    assert after(["{{ function }}"], threads={"values": [{"stacktrace": FRAMES}]})[CUSTOM] == "f"
    assert (
        after(["{{ function }}"], threads={"values": [{"stacktrace": FRAMES}, {}]})[CUSTOM] == "<no-function>"
    )
    assert after(["{{ function }}"], stacktrace={"frames": [{"function": "f"}]})[CUSTOM] == "f"


def test_text_that_only_looks_like_a_variable_stays() -> None:
    for entry in ("{{ a b }}", "x {{ type }}", "{{ }}", "{{" + "a" * 300 + "}}"):
        assert after([entry])[CUSTOM] == entry
