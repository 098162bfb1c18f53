import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import vedette.desktop
from vedette.desktop.theme.tokens import (
    CODE,
    LEVELS,
    SPAN_CATEGORIES,
    TOKENS,
    Scheme,
    contrast_ratio,
    level_token,
    shade,
    span_category,
)

SCHEMES = list(Scheme)
GROUNDS = ("bg.canvas", "bg.window", "bg.raised", "bg.code", "bg.field")


def ratio(first: str, second: str, scheme: Scheme) -> float:
    return contrast_ratio(shade(first, scheme), shade(second, scheme))


def test_the_ratio_agrees_with_known_figures() -> None:
    assert contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast_ratio("#525B66", "#FFFFFF") == pytest.approx(6.89, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("token", ["text", "text.muted", "text.faint", "accent.text"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_is_readable_on_every_ground(scheme: Scheme, token: str, ground: str) -> None:
    assert ratio(token, ground, scheme) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("token", ["text", "text.muted", "accent.text"])
@pytest.mark.parametrize("ground", ["bg.selected", "bg.selected.inactive", "bg.hover"])
def test_text_stays_readable_on_selected_and_hovered_rows(scheme: Scheme, token: str, ground: str) -> None:
    assert ratio(token, ground, scheme) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("level", ["fatal", "error", "warning", "info", "debug", "ok"])
def test_levels_are_readable_as_text_and_visible_as_shapes(scheme: Scheme, level: str) -> None:
    assert ratio(level_token(level, "text"), "bg.canvas", scheme) >= 4.5
    assert ratio(level_token(level, "text"), level_token(level, "tint"), scheme) >= 4.5
    assert ratio(level_token(level, "outline"), "bg.canvas", scheme) >= 3.0


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("level", ["fatal", "error", "warning", "info", "ok"])
def test_the_sign_inside_a_level_s_shape_stands_out(scheme: Scheme, level: str) -> None:
    assert ratio(level_token(level, "mark"), level_token(level, "fill"), scheme) >= 3.0


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("category", SPAN_CATEGORIES)
def test_span_bars_stand_out_and_carry_readable_text(scheme: Scheme, category: str) -> None:
    assert ratio(f"span.{category}", "bg.canvas", scheme) >= 3.0
    assert ratio(f"span.{category}.text", f"span.{category}", scheme) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("token", sorted(CODE))
@pytest.mark.parametrize("ground", ["bg.code", "bg.code.line", "bg.canvas"])
def test_code_is_readable_also_on_the_current_line(scheme: Scheme, token: str, ground: str) -> None:
    assert ratio(token, ground, scheme) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("token", ["border.control", "focus", "accent", "scrollbar", "spark"])
def test_controls_and_the_focus_ring_are_visible(scheme: Scheme, token: str) -> None:
    assert ratio(token, "bg.canvas", scheme) >= 3.0
    assert ratio(token, "bg.window", scheme) >= 3.0


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["accent", "accent.hover", "accent.pressed"])
def test_text_on_the_accent_is_readable(scheme: Scheme, ground: str) -> None:
    assert ratio("accent.on", ground, scheme) >= 4.5
    assert ratio("text.tooltip", "bg.tooltip", scheme) >= 4.5


@pytest.mark.parametrize("token", sorted(TOKENS))
def test_every_token_is_a_colour_in_every_scheme(token: str) -> None:
    for scheme in SCHEMES:
        value = shade(token, scheme)
        assert len(value) == 7
        assert value[0] == "#"
        int(value[1:], 16)


@pytest.mark.parametrize(
    ("op", "token"),
    [
        ("http.server", "span.http"),
        ("db.sql.query", "span.db"),
        ("db", "span.db"),
        ("cache.get", "span.cache"),
        ("queue.publish", "span.queue"),
        ("grpc.client", "span.rpc"),
        ("ui.render", "span.ui"),
        ("resource.script", "span.ui"),
        ("middleware", "span.function"),
        ("serialize", "span.function"),
        ("file.read", "span.file"),
        ("gen_ai.chat", "span.ai"),
        ("mcp.tool", "span.ai"),
        ("dbx.thing", "span.other"),
        ("", "span.other"),
    ],
)
def test_an_operation_has_the_colour_of_its_family(op: str, token: str) -> None:
    assert span_category(op) == token


def test_a_level_nobody_knows_looks_like_an_error() -> None:
    assert level_token("catastrophe") == "level.error.text"
    assert set(LEVELS) == {
        f"level.{level}.{part}"
        for level in ("fatal", "error", "warning", "info", "debug", "ok")
        for part in ("text", "fill", "tint", "mark", "outline")
    }


def _colours_asked_for() -> Iterator[tuple[str, str]]:
    """Yield (file, token) for every ``….color("literal")`` in the desktop room, also inside a choice."""
    for path in sorted(Path(vedette.desktop.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "color"
            ):
                yield from ((path.name, text) for argument in node.args for text in _literals(argument))


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def test_every_colour_a_view_asks_for_is_in_the_table() -> None:
    asked = list(_colours_asked_for())
    assert len(asked) > 20
    assert [(file, token) for file, token in asked if token not in TOKENS] == []
