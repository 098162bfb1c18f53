"""Rules about frames at work."""

import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.processing.grouping.functions import family_of, trim
from vedette.processing.grouping.stack_matching import NOTHING_SELECTED, StackMatching
from vedette.processing.grouping.stack_rules import FrameCondition, StackRule, parse_stack_rules

Seen = tuple[bool | None, str | None]


def classified(rules: str, *frames: Any, platform: str = "native", exception: Any = None) -> list[Seen]:
    matching = StackMatching(parse_stack_rules(rules))
    return [(each.in_app, each.category) for each in matching.classify(frames, platform, exception)]


def selected(rules: str, *frames: Any, platform: str = "native", exception: Any = None) -> dict[int, bool]:
    found = StackMatching(parse_stack_rules(rules)).select(frames, platform, exception)
    return {at: each.counts for at, each in found.frames.items()}


F: Any = {"function": "f"}
G: Any = {"function": "g"}


@pytest.mark.parametrize(
    ("rule", "marks"),
    [
        ("function:f +app", [None, True, None]),
        ("function:f -app", [None, False, None]),
        ("function:f ^+app", [None, None, True]),
        ("function:f v+app", [True, None, None]),
        ("function:f v-app +app ^-app", [False, True, False]),
        ("!function:f +app", [True, None, True]),
        ("[ function:f ] | function:g +app", [None, None, True]),
        ("function:g | [ function:f ] +app", [True, None, None]),
        ("[ !function:f ] | function:* +app", [None, True, None]),  # the first frame has no caller
        ("function:* | [ !function:f ] +app", [None, True, None]),  # the last has no callee
        ("family:native +app", [True, True, True]),
        ("family:all +app", [True, True, True]),
        ("family:javascript,other +app", [None, None, None]),
        ("function:F +app", [None, None, None]),
    ],
)
def test_actions_reach_the_frame_those_before_or_those_after(rule: str, marks: list[bool | None]) -> None:
    assert [in_app for in_app, _ in classified(rule, G, F, G)] == marks


def test_of_several_frames_the_later_ones_word_counts() -> None:
    frames = (F, G, F, G)
    assert [each[0] for each in classified("function:f ^-app +app", *frames)] == [True, False, True, False]
    assert [each[0] for each in classified("function:f v-app +app", *frames)] == [False, False, True, None]
    assert [each[0] for each in classified("function:f ^+app v-app", *frames)] == [False, False, True, True]


@pytest.mark.parametrize(
    ("matcher", "frame", "fits"),
    [
        ("function:<unknown>", {}, True),
        ("function:f<T>", {"function": "f<int>(x)"}, True),
        ("function:f<int>(x)", {"function": "f<int>(x)", "raw_function": "f<int>(x)"}, True),
        ("module:a.*", {"module": "a.b"}, True),
        ("module:a.*", {}, False),
        ("!module:a.*", {}, True),
        ("module:*", {"module": "a\nb"}, False),
        ("package:/LIB/**", {"package": "/lib/x"}, True),
        ("package:c:/windows/**", {"package": "C:\\Windows\\x.dll"}, True),
        ("package:/foo", {"package": "foo"}, True),
        ("path:**/a.c", {"abs_path": "/x/a.c", "filename": "b.c"}, True),
        ("path:**/a.c", {"filename": "x/a.c"}, True),
        ("path:a.c", {"abs_path": "/x/a.c", "filename": "a.c"}, False),
        ("category:ui", {"data": {"category": "ui"}}, True),
        ("category:ui", {}, False),
        ("!category:ui", {}, True),
        ("app:no", {}, True),
        ("app:no", {"in_app": True}, False),
        ("app:yes", {"in_app": True}, True),
        ("family:javascript", {"platform": "node"}, True),
        ("family:other", {"platform": "python"}, True),
        ("function:f* !function:fo", {"function": "f"}, True),
        ("function:f* !function:fo", {"function": "fo"}, False),
        ("path:**/a/** path:**/b/**", {"abs_path": "a/x/b/c"}, True),
        ("path:**/a/** path:**/b/**", {"abs_path": "a/x/c"}, False),
    ],
)
def test_what_a_frame_shows_to_matchers(matcher: str, frame: Any, fits: bool) -> None:
    assert (classified(f"{matcher} category=x", frame)[0][1] == "x") is fits


def test_a_rule_sees_what_earlier_rules_did_but_not_what_it_does_itself() -> None:
    rules = "function:f category=a\n[ category:a ] | function:g category=a\n"
    assert [each[1] for each in classified(rules, F, G, G)] == ["a", "a", None]
    assert [each[1] for each in classified(rules + rules, F, G, G)] == ["a", "a", "a"]
    undone = "function:f category=a\ncategory:a category=b\ncategory:a +app"
    assert classified(undone, F) == [(None, "b")]
    assert classified("app:no function:f +app\napp:yes category=own", F) == [(True, "own")]


@pytest.mark.parametrize(
    ("matcher", "exception", "fits"),
    [
        ("type:*Error", {"type": "KeyError"}, True),
        ("type:*Error", {"type": "Panic"}, False),
        ("type:*Error", None, False),
        ("!type:*Error", None, True),
        ("type:<unknown>", None, True),
        ("error.value:a*", {"value": "abc"}, True),
        ("mechanism:ANR", {"mechanism": {"type": "ANR"}}, True),
        ("mechanism:ANR", {"mechanism": "ANR"}, False),
        ("type:A value:b", {"type": "A", "value": "c"}, False),
    ],
)
def test_matchers_about_the_exception(matcher: str, exception: Any, fits: bool) -> None:
    assert bool(classified(f"{matcher} +app", F, exception=exception)[0][0]) is fits
    assert bool(selected(f"{matcher} function:f -group", F, exception=exception)) is fits


def test_which_frames_count() -> None:
    assert selected("function:f -group", G, F, G) == {1: False}
    assert selected("function:f ^-group", G, F, G) == {2: False}
    assert selected("function:f v-group -group", G, F, G) == {0: False, 1: False}
    assert selected("function:* -group\nfunction:f +group", G, F) == {0: False, 1: True}
    assert selected("category:ui -group", {"data": {"category": "ui"}}, F) == {0: False}
    matching = StackMatching(parse_stack_rules("function:f +app"))
    assert matching.select([F], "native", None) is NOTHING_SELECTED


def test_the_rule_that_changed_a_frame_is_named() -> None:
    rules = parse_stack_rules("function:f -group\nfunction:* -group\nfunction:g +group")
    found = StackMatching(rules).select([F, G], "native", None).frames
    assert (found[0].rule, found[1].rule) == (rules[0], rules[2])


def test_limits_are_those_of_the_last_rule_that_fits_a_frame() -> None:
    rules = parse_stack_rules(
        "function:f max-frames=3\nfunction:g max-frames=2 min-frames=1\nfunction:h min-frames=9"
    )
    found = StackMatching(rules).select([F, G], "native", None)
    assert (found.max_frames, found.max_rule, found.min_frames) == (2, rules[1], 1)
    assert StackMatching(rules).select([F], "native", None).max_frames == 3


@pytest.mark.parametrize("odd", [[], {}, 5, True, None, [[1]], {"category": []}])
def test_frames_of_any_shape_are_taken(odd: Any) -> None:
    names = (
        "function",
        "raw_function",
        "module",
        "package",
        "abs_path",
        "filename",
        "platform",
        "data",
        "in_app",
    )
    frame = dict.fromkeys(names, odd)
    for rules in ("function:<unknown> +app", "category:a app:no package:x path:y +app"):
        assert len(classified(rules, frame, frame)) == 2
    assert StackMatching(()).classify([], None, None) == []


def test_memories_are_emptied_when_they_are_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vedette.processing.grouping.stack_matching._REMEMBERED", 3)
    monkeypatch.setattr("vedette.processing.grouping.rule_index._REMEMBERED", 3)
    matching = StackMatching(parse_stack_rules("function:f1* +app\ncategory:c7 +app"))
    frames = [{"function": f"f{number}", "data": {"category": f"c{number}"}} for number in range(30)]
    found = [bool(each.in_app) for each in matching.classify(frames, "native", None)]
    assert found == [str(number).startswith("1") or number == 7 for number in range(30)]


def test_many_frames_and_rules_that_fit_them_all_take_no_long() -> None:
    rules = "\n".join(f"function:f{n}* category=c{n} ^-group v+group +app" for n in range(10))
    matching = StackMatching(parse_stack_rules(rules))
    frames = [{"function": f"f{number % 10}"} for number in range(20_000)]
    began = time.process_time()
    matching.classify(frames, "native", None)
    matching.select(frames, "native", None)
    assert time.process_time() - began < 5


# --- against a slow evaluation, rule for rule and frame for frame


def holds(condition: FrameCondition, frames: list[Any], classes: list[Seen], at: int) -> bool:
    at += condition.offset.value
    if not 0 <= at < len(frames):
        return False
    frame, (in_app, category) = frames[at], classes[at]
    platform = frame.get("platform") or "native"
    function = frame.get("function")
    values = {
        "function": trim(function, platform) if function else "<unknown>",
        "module": frame.get("module"),
        "path": frame.get("abs_path"),
        "category": category,
    }
    if condition.field == "app":
        fits = bool(in_app) is condition.flag
    elif condition.field == "family":
        fits = family_of(platform) in condition.choices
    else:
        assert condition.glob is not None
        value = values[condition.field]
        texts = [] if value is None else [value, "/" + value] if condition.field == "path" else [value]
        fits = any(condition.glob.fits(text) for text in texts)
    return fits is not condition.matcher.is_negated


def reach(count: int, at: int, kind: str) -> range:
    return {"": range(at, at + 1), "^": range(at + 1, count), "v": range(at)}[kind]


def slow_classes(rules: tuple[StackRule, ...], frames: list[Any]) -> list[Seen]:
    classes: list[Seen] = [(frame.get("in_app"), None) for frame in frames]
    for rule in rules:
        fitting = [at for at in range(len(frames)) if all(holds(c, frames, classes, at) for c in rule.frame)]
        for at in fitting:
            for flag in rule.flaggings:
                if flag.subject == "app":
                    for other in reach(len(frames), at, flag.reach):
                        classes[other] = (flag.is_on, classes[other][1])
            if rule.category is not None:
                classes[at] = (classes[at][0], rule.category)
    return classes


def slow_selection(rules: tuple[StackRule, ...], frames: list[Any], classes: list[Seen]) -> dict[int, bool]:
    found: dict[int, bool] = {}
    for rule in rules:
        for at in range(len(frames)):
            if all(holds(c, frames, classes, at) for c in rule.frame):
                for flag in rule.flaggings:
                    if flag.subject == "group":
                        found.update(dict.fromkeys(reach(len(frames), at, flag.reach), flag.is_on))
    return found


MATCHERS = st.sampled_from(
    [
        "function:f",
        "function:f*",
        "!function:g",
        "module:a*",
        "!module:a",
        "path:**/x",
        "category:a",
        "!category:b",
        "app:yes",
        "app:no",
        "family:native",
        "function:*g",
    ]
)
ACTIONS = st.sampled_from(
    [
        "+app",
        "-app",
        "^-app",
        "v+app",
        "category=a",
        "category=b",
        "-group",
        "+group",
        "^-group",
        "v-group",
        "v+group",
    ]
)
RULES = st.tuples(
    st.none() | MATCHERS,
    st.lists(MATCHERS, min_size=1, max_size=3),
    st.none() | MATCHERS,
    st.lists(ACTIONS, min_size=1, max_size=2, unique_by=lambda each: each[-3:] + each[0]),
).map(
    lambda parts: (
        (f"[ {parts[0]} ] | " if parts[0] else "")
        + " ".join(parts[1])
        + (f" | [ {parts[2]} ]" if parts[2] else "")
        + " "
        + " ".join(parts[3])
    )
)
FRAMES = st.fixed_dictionaries(
    {"function": st.sampled_from(["f", "g", "fg", "f(int)"])},
    optional={
        "module": st.sampled_from(["a", "ab", "b"]),
        "abs_path": st.sampled_from(["x", "y/x", "y"]),
        "in_app": st.booleans(),
        "platform": st.sampled_from(["python", "native"]),
    },
)


@settings(derandomize=True, max_examples=500, deadline=None)
@given(st.lists(RULES, min_size=1, max_size=6), st.lists(FRAMES, max_size=6))
def test_it_comes_out_as_rule_for_rule_and_frame_for_frame(texts: list[str], frames: list[Any]) -> None:
    rules = tuple(replace(each, text="") for each in parse_stack_rules("\n".join(texts)))
    matching = StackMatching(rules)
    classes = [(each.in_app, each.category) for each in matching.classify(frames, "native", None)]
    assert classes == slow_classes(rules, frames)
    marked = [
        {**frame, "in_app": in_app, "data": {"category": category}}
        for frame, (in_app, category) in zip(frames, classes, strict=True)
    ]
    found = matching.select(marked, "native", None)
    assert {at: each.counts for at, each in found.frames.items()} == slow_selection(rules, frames, classes)
