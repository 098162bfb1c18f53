"""Rules that set fingerprints: their text, and the events they count for."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.processing.grouping import RuleTextError, explain, group, grouping_rules, split_rule, with_splits
from vedette.processing.grouping.fingerprint_rules import (
    Facts,
    FingerprintRule,
    make_rule,
    parse_fingerprint_rules,
    parse_matchers,
)
from vedette.processing.grouping.rule_text import Matcher


def rule(text: str) -> FingerprintRule:
    (found,) = parse_fingerprint_rules(text)
    return found


EVENT: dict[str, Any] = {
    "platform": "python",
    "level": "error",
    "logger": "shop.cart",
    "release": "Shop@1.2.0",
    "sdk": {"name": "sentry.python"},
    "tags": [["browser", "Firefox"], ["odd"]],
    "logentry": {"message": "user %s", "formatted": "User 7 left"},
    "exception": {
        "values": [
            {"type": "KeyError", "value": "cart"},
            {
                "type": "TimeoutError",
                "value": "Read timed out\nafter 3 s",
                "stacktrace": {
                    "frames": [
                        {
                            "function": "main",
                            "module": "shop",
                            "abs_path": "/srv/shop/main.py",
                            "filename": "src/entry.py",
                            "in_app": True,
                        },
                        {
                            "function": "read",
                            "module": "http.client",
                            "abs_path": "C:\\Python\\Lib\\client.py",
                            "package": "libc.so",
                            "in_app": False,
                        },
                        {"filename": "lib.py"},
                    ]
                },
            },
        ]
    },
}


@pytest.mark.parametrize(
    ("matchers", "fits"),
    [
        ("type:TimeoutError", True),
        ("error.type:Timeout*", True),
        ("type:timeouterror", False),
        ("!type:TimeoutError", True),  # the other exception is none
        ("type:KeyError value:cart", True),
        ("type:KeyError value:*timed*", False),  # not of one exception
        ("value:*TIMED*3*", True),
        ("message:*left", True),
        ("message:*Timed*", True),  # values of exceptions count as messages
        ("message:cart", True),
        ("message:nothing", False),
        ("logger:shop.* level:ERROR", True),
        ("logger:shop.* level:warning", False),
        ("!logger:shop.*", False),
        ("tags.browser:Fire*", True),
        ("tags.browser:fire*", False),
        ("tags.none:*", False),
        ("!tags.none:*", True),
        ("sdk:sentry.python", True),
        ("sdk:sentry.java", False),
        ("sdk:sentry.java,sentry.python", True),
        ("sdk:sentry.*", True),
        ("sdk:all", True),
        ("!sdk:sentry.java,sentry.python", False),
        ("family:other", True),
        ("family:native,javascript", False),
        ("family:all", True),
        ("release:shop@1.*", True),
        ("release:shop@2*", False),
        ("release:**/shop@1*", True),
        ("release:/shop@1*", True),
        ("module:http.* function:read", True),
        ("module:http.* function:main", False),  # not of one frame
        ("stack.module:shop app:yes", True),
        ("function:read app:1", False),
        ("function:read app:no", True),
        ("path:**/client.py", True),
        ("stack.abs_path:**/SHOP/*.py", True),
        ("path:lib.py", True),
        ("path:src/entry.py", True),  # the file name, where the absolute path is another
        ("!path:src/entry.py function:main", False),
        ("package:libc.so", True),
        ("package:/libc.so", True),
        ("function:<unknown>", True),
        ('"tags.browser":Firefox', True),
        ('message:"User 7 left" type:KeyError app:yes', True),
    ],
)
def test_a_rule_counts_if_one_record_of_each_kind_satisfies_its_matchers(matchers: str, fits: bool) -> None:
    assert rule(f"{matchers} -> x").fits(Facts(EVENT)) is fits
    assert split_rule(1, matchers).fits(Facts(EVENT)) is fits


def test_frames_are_those_of_exceptions_else_of_the_event_else_of_its_threads() -> None:
    frames = {"frames": [{"function": "f"}]}
    fits = rule("function:f -> x").fits
    assert fits(Facts({"stacktrace": frames}))
    assert fits(Facts({"threads": {"values": [{"stacktrace": frames}]}}))
    assert not fits(Facts({"threads": {"values": [{}, {"stacktrace": frames}]}}))
    assert fits(Facts({"threads": {"values": [{}, {"stacktrace": frames, "crashed": True}]}}))
    assert fits(Facts({"threads": {"values": [{"stacktrace": frames, "current": True}, {}]}}))
    other = {"values": [{"stacktrace": {"frames": [{"function": "g"}]}}]}
    assert not fits(Facts({"stacktrace": frames, "exception": other}))


def test_native_functions_are_compared_trimmed() -> None:
    event = {"platform": "native", "stacktrace": {"frames": [{"function": "f<int>(char)"}]}}
    assert rule("function:f<T> -> x").fits(Facts(event))


@pytest.mark.parametrize(
    ("text", "fingerprint", "title"),
    [
        ("type:A -> a", ["a"], None),
        ('type:"A"->a', ["a"], None),
        ("  type:A -> a b,c , d  # why", ["a", "b", "c", "d"], None),
        (
            "type:A -> {{ default }} {{type}}, x-{{ type }}-y",
            ["{{ default }}", "{{type}}", "x-{{ type }}-y"],
            None,
        ),
        ('type:A -> "a b", "c \\" d" title="A: {{ value }}"', ["a b", 'c " d'], "A: {{ value }}"),
        ('type:A -> a title="{{ type }}"  # x', ["a"], "{{ type }}"),
        ("type:A -> a#b", ["a#b"], None),
    ],
)
def test_a_fingerprint_is_a_list_of_entries(text: str, fingerprint: list[str], title: str | None) -> None:
    found = rule(text)
    assert (list(found.fingerprint), found.title) == (fingerprint, title)


def test_comments_and_blank_lines_are_no_rules() -> None:
    found = parse_fingerprint_rules("# one\n\n   \t\ntype:A -> a\r\n  # two\ntype:B -> b\n")
    assert [each.fingerprint for each in found] == [("a",), ("b",)]


@pytest.mark.parametrize(
    ("text", "line", "column", "why"),
    [
        ("type:A", 1, 7, "expected -> and a fingerprint"),
        ("type:A ->", 1, 10, "expected a fingerprint"),
        ("-> a", 1, 1, "expected a matcher"),
        ("# x\ntype:A -> a\n  stack:A -> a", 3, 3, "there is no matcher 'stack'"),
        ("tags.:A -> a", 1, 1, "there is no matcher 'tags.'"),
        ("type: -> a", 1, 6, "expected an argument"),
        ("type -> a", 1, 1, "expected : and an argument"),
        ("type:A , -> a", 1, 8, "expected a matcher"),
        ('type:"A -> a', 1, 6, "not closed"),
        ('type:"" -> a', 1, 6, "not empty"),
        ("app:maybe -> a", 1, 1, "expected yes or no"),
        ("family:c,native -> a", 1, 1, "there is no family 'c'"),
        ("type:[a -> a", 1, 1, "the pattern '\\[a' is none"),
        ("type:A -> {{ a", 1, 11, "expected an entry"),
        ("type:A -> a,,b", 1, 13, "expected an entry"),
        ("type:A -> " + "a " * 60, 1, 113, "at most 50 entries"),
        ("type:A " * 60 + "-> a", 1, 357, "at most 50 matchers"),
    ],
)
def test_what_is_no_rule_is_refused_with_line_and_column(text: str, line: int, column: int, why: str) -> None:
    with pytest.raises(RuleTextError, match=why) as raised:
        parse_fingerprint_rules(text)
    assert (raised.value.line, raised.value.column) == (line, column)
    assert str(raised.value).startswith(f"line {line}, column {column}: ")


def test_rules_are_bounded() -> None:
    with pytest.raises(RuleTextError, match="at most 1,000 rules"):
        parse_fingerprint_rules("type:A -> a\n" * 1_001)
    with pytest.raises(RuleTextError, match="200,000 characters"):
        parse_fingerprint_rules("#" * 200_001)
    braces = "{a,b}" * 6
    several = "\n".join(f"type:{number}{braces} -> a" for number in range(157))
    with pytest.raises(RuleTextError, match=r"line 157, .* at most 10,000 alternatives"):
        parse_fingerprint_rules(several)
    assert len(parse_fingerprint_rules(several.rpartition("\n")[0])) == 156


def test_a_rule_reads_the_same_from_its_own_text() -> None:
    text = '!type:"A \\" b" tags.x:"a\\\\b" path:**/x -> a, "b c", {{ type }} title="T {{ value }}"'
    found = rule(text)
    assert rule(found.text.replace("b c", '"b c"')).conditions == found.conditions


def test_matchers_alone_are_read_for_splits() -> None:
    assert [each.matcher.name for each in parse_matchers("type:A !tags.x:b # why")] == ["type", "tags.x"]
    with pytest.raises(RuleTextError, match="nothing but matchers"):
        parse_matchers("type:A -> x")
    with pytest.raises(RuleTextError, match="expected a matcher"):
        parse_matchers(" ")


def test_splits_whose_matchers_fit_are_named_in_order() -> None:
    splits = [split_rule(9, "type:TimeoutError"), split_rule(3, "type:Other"), split_rule(4, "level:error")]
    assert group(EVENT, with_splits(grouping_rules(), splits)).splits == (9, 4)
    assert group(EVENT).splits == ()


def test_the_first_rule_wins_over_the_sdk_and_what_is_built_in() -> None:
    event = {
        "platform": "javascript",
        "fingerprint": ["sdk"],
        "exception": {"values": [{"type": "ChunkLoadError"}]},
    }
    own = grouping_rules("", "type:None -> no\ntype:Chunk* -> own\ntype:* -> late")
    assert group(event, own).hashes == group({"fingerprint": ["own"]}).hashes
    assert group(event).hashes == group({"fingerprint": ["chunkloaderror"]}).hashes
    assert [each.id for each in explain(event).values][-1] == "built-in-fingerprint"
    assert [each.id for each in explain(event, own).values][-1] == "custom-fingerprint"
    assert group({**event, "platform": "python"}).hashes == group({"fingerprint": ["sdk"]}).hashes


@pytest.mark.parametrize(
    ("message", "tags", "is_known"),
    [
        ("Text content does not match server-rendered HTML.", {"transaction": "/cart"}, True),
        ("text content does not match server-rendered html.", {"transaction": "/cart"}, True),
        ("Text content does not match server-rendered HTML.", {}, False),
        ("Text content does not match.", {"transaction": "/cart"}, False),
    ],
)
def test_pages_react_could_not_hydrate_are_one_group_for_each_transaction(
    message: str, tags: dict[str, str], is_known: bool
) -> None:
    event = {"platform": "javascript", "logentry": {"formatted": message}, "tags": tags}
    known = group({"fingerprint": ["hydrationerror", "/cart"]}).hashes
    assert (group(event).hashes == known) is is_known


def test_a_rule_may_keep_the_default_beside_its_own() -> None:
    rules = grouping_rules("", "level:error -> {{ default }}, {{ logger }}")
    event = {"level": "error", "logger": "l", "logentry": {"formatted": "m"}}
    assert group(event, rules).hashes == group({**event, "fingerprint": ["{{ default }}", "l"]}).hashes
    assert group(event, grouping_rules("", "level:error -> {{ default }}")).hashes == group(event).hashes


def test_a_rule_names_the_event() -> None:
    rules = grouping_rules("", 'type:* -> x title="{{ type }} in {{ transaction }} {{ nothing }}"')
    assert group(EVENT, rules).title == "TimeoutError in <no-transaction> {{ nothing }}"
    assert group(EVENT).title is None
    assert group(EVENT, grouping_rules("", 'type:* -> x title="  "')).title is None


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(alphabet='type:vaul mesg."\\{}[]*?!,-># \n=T', max_size=60))
def test_any_text_is_rules_or_refused(text: str) -> None:
    for each in (text, f"type:{text} -> a", f"type:A -> {text}"):
        try:
            found = parse_fingerprint_rules(each)
        except RuleTextError:
            continue
        facts = Facts(EVENT)
        for one in found:
            assert one.fits(facts) in (True, False)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["values", "frames", "stacktrace", "type", "name", "formatted"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)
EVENTS = st.dictionaries(
    st.sampled_from(
        ["exception", "threads", "stacktrace", "logentry", "tags", "sdk", "release", "logger", "platform"]
    ),
    JSON,
    max_size=5,
)
EVERYTHING = grouping_rules(
    "",
    "type:a !value:b message:* logger:x tags.a:b sdk:* family:other release:* path:* app:no "
    "-> {{ type }}, {{ path }}",
)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(EVENTS)
def test_any_event_can_be_looked_at(event: Any) -> None:
    assert group(event, EVERYTHING) == group(event, EVERYTHING)


def test_of_rules_stored_as_sentry_does_broken_patterns_fit_nothing() -> None:
    broken = make_rule([Matcher("type", "a}")], ["x"])
    assert not broken.fits(Facts({"exception": {"values": [{"type": "a}"}]}}))
    turned = make_rule([Matcher("type", "a}", is_negated=True)], ["x"])
    assert turned.fits(Facts({"exception": {"values": [{"type": "b"}]}}))
    with pytest.raises(RuleTextError):
        make_rule([Matcher("odd", "a")], ["x"])
