"""What an event's frames are, written into it."""

from copy import deepcopy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.processing.grouping import Component, classify_frames, explain, group, grouping_rules

RULES = grouping_rules("function:f +app category=own\nfunction:g -app\ntype:E function:h +app")


def frames(*names: str, **more: Any) -> Any:
    return {"frames": [{"function": name, **more} for name in names]}


def test_frames_of_exceptions_threads_and_the_event_are_classified() -> None:
    event: Any = {
        "platform": "python",
        "exception": {"values": [{"type": "E", "stacktrace": frames("f", "h")}, None]},
        "threads": {"values": [{"stacktrace": frames("g", "h")}, {}]},
        "stacktrace": frames("f"),
    }
    classify_frames(event, RULES)
    own, by_type = event["exception"]["values"][0]["stacktrace"]["frames"]
    assert own == {"function": "f", "in_app": True, "data": {"orig_in_app": -1, "category": "own"}}
    assert by_type["in_app"] is True
    other, nothing = event["threads"]["values"][0]["stacktrace"]["frames"]
    assert other["in_app"] is False
    assert nothing == {"function": "h"}
    assert event["stacktrace"]["frames"][0]["in_app"] is True


def test_what_the_sdk_said_is_kept_where_a_rule_changes_it() -> None:
    event: Any = {"stacktrace": frames("f", in_app=False, data={"a": 1})}
    classify_frames(event, RULES)
    (frame,) = event["stacktrace"]["frames"]
    assert frame["in_app"] is True
    assert frame["data"] == {"a": 1, "orig_in_app": 0, "category": "own"}
    same: Any = {"stacktrace": frames("g", in_app=False)}
    classify_frames(same, RULES)
    assert same["stacktrace"]["frames"] == [{"function": "g", "in_app": False}]


def test_without_rules_those_built_in_count() -> None:
    event: Any = {
        "platform": "java",
        "stacktrace": {"frames": [{"module": "java.util.List", "in_app": True}]},
    }
    classify_frames(event)
    assert event["stacktrace"]["frames"][0]["in_app"] is False
    assert event["stacktrace"]["frames"][0]["data"]["category"] == "std"


def test_data_that_is_no_object_gives_way() -> None:
    event: Any = {"stacktrace": frames("f", data=[1])}
    classify_frames(event, RULES)
    assert event["stacktrace"]["frames"][0]["data"]["category"] == "own"


def test_a_rule_can_bring_a_frame_that_is_not_in_app_back_into_the_app_variant() -> None:
    event: Any = {"platform": "python", "stacktrace": frames("x", "y", in_app=False)}
    event["stacktrace"]["frames"].append({"function": "z", "in_app": True})
    both = group(event, grouping_rules("function:y +group"))
    assert len(both.hashes) == len(group(event).hashes) == 2
    assert both.hashes[0] != group(event).hashes[0]
    assert both.hashes[1] == group(event).hashes[1]


def test_limits_leave_the_newest_frames_or_nothing() -> None:
    event: Any = {"platform": "python", "stacktrace": frames("a", "b", "c", in_app=True)}
    newest: Any = {"platform": "python", "stacktrace": frames("b", "c", in_app=True)}
    assert group(event, grouping_rules("function:a max-frames=2")).hashes == group(newest).hashes
    assert group(event, grouping_rules("function:a min-frames=3")).hashes == group(event).hashes
    assert group(event, grouping_rules("function:a min-frames=4")).variant == "fallback"
    rules = grouping_rules("function:c -group\nfunction:a max-frames=1")
    only_b: Any = {"platform": "python", "stacktrace": frames("b", in_app=True)}
    assert group(event, rules).hashes == group(only_b).hashes


def test_frames_say_which_rule_made_them_in_app_or_not() -> None:
    rules = grouping_rules("function:f +app\nfunction:g -app\nfunction:k -app -group")
    event: Any = {"platform": "python", "stacktrace": frames("f", "g", "h", "k", in_app=None)}
    event["stacktrace"]["frames"][2]["in_app"] = True
    reasons = classify_frames(event, rules)
    hints = {
        variant.id: [frame.hint for frame in part_of(part_of(variant, 0), None)]
        for variant in explain(event, rules, reasons).values
        if isinstance(variant, Component)
    }
    out = "left out by the rule function:k -app -group"
    assert hints["app"] == [
        "in-app by the rule function:f +app",
        "not in-app by the rule function:g -app",
        None,
        "not in-app by the rule function:k -app -group",
    ]
    assert hints["system"] == [None, None, None, out]
    without = explain(event, rules)
    assert [each.hash() for each in without.values if isinstance(each, Component)] == [
        each.hash() for each in explain(event, rules, reasons).values if isinstance(each, Component)
    ]


def part_of(component: Any, at: int | None) -> Any:
    return component.values if at is None else component.values[at]


NAMES = st.sampled_from(["f", "g", "h", "java.util.X", "std::f", "nextTick", "handleMessage", "raise"])
STACKS = st.lists(
    st.fixed_dictionaries(
        {"function": NAMES},
        optional={
            "module": NAMES,
            "package": st.sampled_from(["/usr/lib/x.so", "UIKit", "libBugly.so", "C:\\\\Windows\\\\a.dll"]),
            "in_app": st.booleans(),
            "platform": st.sampled_from(["native", "java", "node"]),
        },
    ),
    max_size=8,
).map(lambda found: {"frames": found})
EXCEPTIONS = st.lists(
    st.fixed_dictionaries(
        {"type": NAMES, "stacktrace": STACKS},
        optional={
            "mechanism": st.fixed_dictionaries(
                {"exception_id": st.integers(0, 3)},
                optional={"parent_id": st.integers(0, 3), "is_exception_group": st.booleans()},
            )
        },
    ),
    max_size=4,
)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(EXCEPTIONS, STACKS)
def test_explanation_and_hashes_agree_for_any_event_and_come_out_the_same_again(
    exceptions: list[Any], stack: Any
) -> None:
    rules = grouping_rules("module:f* -group\ncategory:std ^+group\napp:yes min-frames=2")
    event: Any = {"platform": "native", "exception": {"values": exceptions}, "stacktrace": stack}
    same = deepcopy(event)
    reasons = classify_frames(event, rules)
    tree = explain(event, rules, reasons)
    variants = [each for each in tree.values if isinstance(each, Component)]
    ordered = sorted(variants, key=lambda each: each.id == "system")
    assert group(event, rules).hashes == tuple(
        dict.fromkeys(each.hash() for each in ordered if each.contributes)
    )
    classify_frames(same, rules)
    assert same == event
    assert explain(same, rules) == explain(event, rules)
