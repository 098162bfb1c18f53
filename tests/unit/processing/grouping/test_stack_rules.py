"""The text of rules about frames."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.processing.grouping.editions import CURRENT
from vedette.processing.grouping.rule_text import RuleTextError
from vedette.processing.grouping.stack_rules import Flagging, Offset, StackRule, parse_stack_rules


def rule(text: str) -> StackRule:
    (found,) = parse_stack_rules(text)
    return found


def test_a_rule_is_matchers_then_actions() -> None:
    found = rule(
        "  family:native,other !function:std::* app:yes  -app ^-group v+group +app category=ui  # why"
    )
    assert [(each.field, each.matcher.is_negated, each.offset) for each in found.frame] == [
        ("family", False, Offset.SELF),
        ("function", True, Offset.SELF),
        ("app", False, Offset.SELF),
    ]
    assert found.frame[0].choices == ("native", "other")
    assert found.frame[2].flag is True
    assert found.flaggings == (
        Flagging("app", False, ""),
        Flagging("group", False, "^"),
        Flagging("group", True, "v"),
        Flagging("app", True, ""),
    )
    assert found.category == "ui"
    assert found.classifies
    assert found.selects
    assert found.text.startswith("family:native,other !function")
    assert found.text.endswith("category=ui")


def test_names_have_longer_forms() -> None:
    text = "stack.function:a stack.module:b stack.abs_path:c stack.package:d error.type:e error.value:f +app"
    found = rule(text + "")
    assert [each.field for each in found.frame] == ["function", "module", "path", "package"]
    assert [each.field for each in found.exception] == ["type", "value"]
    assert rule("error.mechanism:m +app").exception == rule("error.mechanism:m -app").exception


@pytest.mark.parametrize(
    "text",
    [
        "[ category:a ] | function:f | [ !function:g ] -group",
        "[category:a]|function:f |[!function:g] -group",
        "[ category:a]| function:f |[ !function:g] -group",
        '[ "category":"a" ] | function:f | [ !function:"g" ] -group',
    ],
)
def test_caller_and_callee_stand_in_brackets(text: str) -> None:
    found = {each.offset: each for each in rule(text).frame}
    assert (found[Offset.CALLER].field, found[Offset.CALLER].matcher.argument) == ("category", "a")
    assert (found[Offset.CALLEE].field, found[Offset.CALLEE].matcher.argument) == ("function", "g")
    assert found[Offset.CALLEE].matcher.is_negated
    assert found[Offset.SELF].matcher.argument == "f"


@pytest.mark.parametrize(
    ("text", "argument"),
    [
        ("function:a\\\\b +app", "a\\b"),
        ('function:"a b" +app', "a b"),
        ('function:"a \\" b" +app', 'a " b'),
        ("function:destructor' +app", "destructor'"),
        ("function:?[[]Sentry* +app", "?[[]Sentry*"),
    ],
)
def test_arguments_may_be_quoted_and_escaped(text: str, argument: str) -> None:
    assert rule(text).frame[0].matcher.argument == argument


def test_limits_and_what_has_no_effect() -> None:
    found = rule("family:all max-frames=5 min-frames = 2 max-frames=3")
    assert (found.max_frames, found.min_frames) == (3, 2)
    for text in ("invert-stacktrace=1", "+prefix", "-sentinel", "invert-stacktrace=no +prefix"):
        assert not rule(f"function:a {text}").classifies
        assert not rule(f"function:a {text}").selects


@pytest.mark.parametrize(
    ("text", "line", "column", "why"),
    [
        ("function:a", 1, 11, "expected an action"),
        ("+app", 1, 1, "expected a matcher"),
        ("# x\n\n function:a +apps", 3, 13, "expected a matcher"),
        ("function:a app=1 +app", 1, 12, "expected : and an argument"),
        ("function:a +app function:b", 1, 17, "expected an action"),
        ("level:a +app", 1, 1, "there is no matcher 'level'"),
        ("[ function:a function:b +app", 1, 14, "expected ] after"),
        ("[ function:a ] function:b +app", 1, 16, "expected | after"),
        ("function:a | function:b +app", 1, 14, "callee's matcher in brackets"),
        ("[ type:a ] | function:b +app", 1, 3, "which a caller or callee has not"),
        ("app:x +app", 1, 1, "expected yes or no"),
        ("family:x +app", 1, 1, "there is no family"),
        ("function:{a +app", 1, 1, "is none"),
        ("function:a max-frames=x", 1, 23, "is a number"),
        ("function:a max-frames=99999", 1, 23, "at most 10,000"),
        ("function:a category=", 1, 21, "expected a name"),
        ("function:a invert-stacktrace=x", 1, 30, "expected yes or no"),
        ("function:a " + "+app " * 51, 1, 266, "at most 50 actions"),
        ("function:a " * 51 + "+app", 1, 561, "at most 50 matchers"),
    ],
)
def test_what_is_no_rule_is_refused_with_line_and_column(text: str, line: int, column: int, why: str) -> None:
    with pytest.raises(RuleTextError, match=why.replace("|", "\\|")) as raised:
        parse_stack_rules(text)
    assert (raised.value.line, raised.value.column) == (line, column)


def test_the_rules_built_in_are_those_of_the_edition() -> None:
    found = CURRENT.stack_trace_rules()
    assert len(found) == 287
    assert found is CURRENT.stack_trace_rules()
    categories = [each.category for each in found if each.category]
    assert len(categories) == 196
    assert {name: categories.count(name) for name in ("system", "internals", "threadbase", "ui")} == {
        "system": 26,
        "internals": 34,
        "threadbase": 29,
        "ui": 13,
    }
    subjects = [{flag.subject for flag in each.flaggings} for each in found]
    assert [subjects.count(each) for each in ({"app"}, {"app", "group"}, {"group"})] == [48, 32, 9]
    assert sum(any(each.field == "module" for each in one.frame) for one in found) == 59
    assert sum(any(each.offset is not Offset.SELF for each in one.frame) for one in found) == 21


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.text(alphabet='funcio:apgr+-^v|[]!"\\ =max5#\n', max_size=50))
def test_any_text_is_rules_or_refused(text: str) -> None:
    for each in (text, f"function:{text}", f"function:a {text}"):
        try:
            found = parse_stack_rules(each)
        except RuleTextError:
            continue
        for one in found:
            assert parse_stack_rules(one.text)[0] == one
