"""`vedette group`, and with it whole events to the hashes Sentry gives them."""

import gzip
import io
import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vedette
from vedette.cli import main
from vedette.group import LONGEST_LINE, group_lines

DATA = Path(__file__).parents[1] / "data" / "grouping"
RECORDED = [
    orjson.loads(line)
    for name in ("open", "open-synthetic")
    for line in gzip.decompress((DATA / f"{name}.jsonl.gz").read_bytes()).splitlines()
]
DIFFERENT: dict[str, str] = {}
"""Recorded events that do not come out as Sentry has them, with the reason. None is known."""


def grouped(*events: Any, explain: bool = False, **rules: str) -> tuple[str, int]:
    lines = b"\n".join(each if isinstance(each, bytes) else orjson.dumps(each) for each in events)
    out = io.StringIO()
    code = group_lines(io.BytesIO(lines), out, explain=explain, **rules)
    return out.getvalue(), code


def answers(*events: Any, **rules: str) -> list[Any]:
    return [orjson.loads(line) for line in grouped(*events, **rules)[0].splitlines()]


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    every = answers(*(each["event"] for each in RECORDED))
    return {each["name"]: answer for each, answer in zip(RECORDED, every, strict=True)}


@pytest.mark.parametrize("recorded", RECORDED, ids=[each["name"] for each in RECORDED])
def test_a_recorded_event_has_the_variants_and_hashes_sentry_gives_it(
    recorded: Any, found: dict[str, Any]
) -> None:
    answer = found[recorded["name"]]
    # The recordings write names of variants with underscores, which the algorithm does not.
    variants = {name.replace("-", "_"): each["hash"] for name, each in answer["variants"].items()}
    expected = recorded["variants"]
    if _is_known(recorded):
        same = variants == expected and answer["hashes"] == recorded["hashes"]
    else:
        same = {name: bool(each) for name, each in variants.items()} == {
            name: bool(each) for name, each in expected.items()
        }
    assert same is (recorded["name"] not in DIFFERENT), (variants, answer["hashes"])


def _is_known(recorded: Any) -> bool:
    """Of some events only which variants contribute was recorded."""
    return "?" not in recorded["variants"].values()


def test_any_two_recorded_events_are_together_as_in_sentry(found: dict[str, Any]) -> None:
    for one, other in combinations(filter(_is_known, RECORDED), 2):
        here = set(found[one["name"]]["hashes"]).isdisjoint(found[other["name"]]["hashes"])
        assert here is set(one["hashes"]).isdisjoint(other["hashes"]), (one["name"], other["name"])


def test_variants_say_whether_they_contribute_and_why_not() -> None:
    frames = [{"function": "f", "in_app": True}]
    event = {
        "exception": {"type": "E", "value": "v 7", "stacktrace": {"frames": frames}},
        "platform": "python",
    }
    (answer,) = answers(event)
    assert list(answer) == ["variants", "hashes", "title", "culprit"]
    assert answer["variants"]["system"]["contributes"] is True
    assert answer["variants"]["app"] == {"contributes": False, "hash": None, "hint": "the same as system"}
    assert answer["hashes"] == [answer["variants"]["system"]["hash"]]
    assert (answer["title"], answer["culprit"]) == ("E: v 7", "? in f")


def test_a_line_that_is_no_event_is_answered_with_an_error_and_the_rest_goes_on() -> None:
    out, code = grouped(b"nope", b"", b"  ", {"message": "m"}, b"[]", {"type": "transaction"})
    bad, good, odd, transaction = map(orjson.loads, out.splitlines())
    assert code == 1
    assert bad == {"error": "invalid JSON: invalid literal, expected 'null'"}
    assert good["title"] == "m"
    assert set(odd) == set(transaction) == {"error"}
    assert grouped({"message": "m"})[1] == 0


def test_rules_given_count_beside_those_built_in() -> None:
    event = {
        "platform": "python",
        "exception": {
            "type": "E",
            "stacktrace": {"frames": [{"function": "f"}, {"function": "nextTick"}, {"function": "g"}]},
        },
    }
    shorter = {**event, "exception": {"type": "E", "stacktrace": {"frames": [{"function": "g"}]}}}
    (plain, short) = answers(event, shorter)
    assert plain["hashes"] != short["hashes"]
    (ruled,) = answers(event, stack_trace_rules="function:f -group")
    assert ruled["hashes"] == short["hashes"]
    (named,) = answers(event, fingerprint_rules='type:E -> e title="Own"')
    assert named["variants"]["custom-fingerprint"]["hash"] == named["hashes"][0]
    assert named["title"] == "Own"


def test_an_event_may_carry_its_rules_as_sentrys_tests_do() -> None:
    own = {"matchers": [["!message", "x*"]], "fingerprint": ["own"], "attributes": {"title": "Own"}}
    event = {"message": "m", "_fingerprinting_rules": [own]}
    (with_own, by_sdk) = answers(event, {"message": "m", "fingerprint": ["own"]})
    assert with_own["hashes"] == by_sdk["hashes"]
    assert with_own["title"] == "Own"


@pytest.mark.parametrize(
    "carried",
    [
        {"_grouping": {"enhancements": "function:f"}},
        {"_fingerprinting_rules": ["x"]},
        {"_fingerprinting_rules": [{"matchers": [], "fingerprint": ["a"]}]},
        {"_fingerprinting_rules": [{"matchers": [["type"]], "fingerprint": ["a"]}]},
        {"_fingerprinting_rules": [{"matchers": [["odd", "a"]], "fingerprint": ["a"]}]},
        {"_fingerprinting_rules": [{"matchers": [["type", "a"]]}]},
    ],
)
def test_rules_carried_that_are_none_are_an_error(carried: Any) -> None:
    out, code = grouped({"message": "m", **carried})
    assert code == 1
    assert set(orjson.loads(out)) == {"error"}


@pytest.mark.parametrize("carried", [{"_grouping": 5}, {"_grouping": {}}, {"_fingerprinting_rules": {}}])
def test_members_that_only_look_like_rules_do_nothing(carried: Any) -> None:
    assert answers({"message": "m", **carried}) == answers({"message": "m"})


def test_the_tree_is_written_for_people() -> None:
    frames = [
        {"function": "f", "module": "shop", "in_app": True},
        {"function": "nextTick", "module": "b", "in_app": True},
    ]
    event = {
        "exception": {"type": "E", "value": "v 7", "stacktrace": {"frames": frames}},
        "platform": "python",
    }
    assert grouped(event, explain=True)[0].splitlines()[:15] == [
        '"E: v 7"',
        '"shop in f"',
        "grouped by system, edition newstyle:2023-01-11/2",
        "",
        "system  " + answers(event)[0]["hashes"][0],
        "  + exception",
        "    + stacktrace",
        "      + frame",
        '        + module  "shop"',
        '        + function  "f"',
        "      - frame  (left out by the rule function:nextTick -app -group)",
        '        + module  "b"',
        '        + function  "nextTick"',
        '    + type  "E"',
        '    - value  "v <int>"  (the stack trace says more)',
    ]
    assert "\x1b" not in grouped({"message": "a\x1b[3m"}, explain=True)[0]


def test_the_command_reads_a_file_and_rules_from_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events, rules = tmp_path / "events.jsonl", tmp_path / "rules"
    events.write_text('{"message": "m"}\n', "utf-8")
    rules.write_text("level:error -> own\n", "utf-8")
    assert main(["group", str(events), "--fingerprint-rules", str(rules)]) == 0
    assert "custom-fingerprint" in orjson.loads(capsys.readouterr().out)["variants"]
    assert main(["group", str(tmp_path / "none")]) == 2
    assert "none" in capsys.readouterr().err
    rules.write_text("\nlevel:error\n", "utf-8")
    assert main(["group", str(events), "--stack-trace-rules", str(rules)]) == 2
    assert "line 2, column 1: there is no matcher 'level'" in capsys.readouterr().err


def test_the_command_starts_without_window_network_or_database() -> None:
    modules = "{'PySide6', 'aiohttp', 'apsw', 'sqlalchemy'}"
    code = f"import sys, vedette.group; print({modules} & set(sys.modules))"
    source = str(Path(vedette.__file__).parents[1])
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert ran.stdout.strip() == "set()"


def test_a_line_of_any_length_is_taken_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert LONGEST_LINE > 1_000_000
    monkeypatch.setattr("vedette.group.LONGEST_LINE", 40)
    out, code = grouped(b'{"message": "' + b"x" * 100 + b'"}', {"message": "m"})
    first, second = map(orjson.loads, out.splitlines())
    assert (code, list(first), second["title"]) == (1, ["error"], "m")


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.binary(max_size=60) | st.text(alphabet='{}[]":,_groupingmessage\n0', max_size=60).map(str.encode))
def test_any_bytes_are_answered_line_for_line(lines: bytes) -> None:
    for explain in (False, True):
        out, code = grouped(lines, explain=explain)
        assert code in (0, 1)
        assert bool(out) is any(each.strip() for each in lines.split(b"\n"))


def test_the_answer_is_utf_8_whatever_the_terminal_speaks(tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    events.write_text('{"message": "größer ✓"}\n', "utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "vedette", "group", str(events)],
        env={**os.environ, "PYTHONPATH": str(Path(vedette.__file__).parents[1]), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert orjson.loads(ran.stdout)["title"] == "größer ✓"
