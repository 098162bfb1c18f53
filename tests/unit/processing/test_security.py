"""Reports about violated policies into events."""

import contextlib
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.domain.times import Micros
from vedette.processing.pipeline import process_event
from vedette.processing.security import DIRECTIVES, csp_culprit, csp_message, security_event

NOW = Micros(1_800_000_000_000_000)
REPORTS = Path(__file__).parents[2] / "data" / "reports"


def event(report: object) -> JsonObject:
    return security_event(orjson.dumps(report), NOW)


def message(directive: str, blocked: str = "", violated: str = "") -> str:
    return csp_message(
        {"effective_directive": directive, "blocked_uri": blocked, "violated_directive": violated}
    )


# ---------------------------------------------------------------- fields


KEBAB = {
    "document-uri": "https://shop.example/cart",
    "blocked-uri": "https://evil.example:8080/x.js?k=1",
    "effective-directive": "script-src",
    "violated-directive": "script-src 'self' https://cdn.example",
    "original-policy": "default-src 'self'",
    "referrer": "https://shop.example/",
    "status-code": 200,
    "source-file": "https://shop.example/app.js",
    "line-number": 7,
    "column-number": 12,
    "script-sample": "alert(1)",
    "disposition": "enforce",
}
CAMEL = {
    "documentURL": "https://shop.example/cart",
    "blockedURL": "https://evil.example:8080/x.js?k=1",
    "effectiveDirective": "script-src",
    "violatedDirective": "script-src 'self' https://cdn.example",
    "originalPolicy": "default-src 'self'",
    "referrer": "https://shop.example/",
    "statusCode": 200,
    "sourceFile": "https://shop.example/app.js",
    "lineNumber": 7,
    "columnNumber": 12,
    "sample": "alert(1)",
    "disposition": "enforce",
}
SNAKE = {name.replace("-", "_"): value for name, value in KEBAB.items()}


@pytest.mark.parametrize(
    "report",
    [{"csp-report": KEBAB}, {"csp-report": SNAKE}, {"type": "csp-violation", "body": CAMEL}],
    ids=["kebab", "snake", "camel"],
)
def test_every_spelling_of_the_fields_gives_the_same_event(report: JsonObject) -> None:
    found = event({**report, "user_agent": "Mozilla/5.0"})
    assert found["csp"] == SNAKE
    assert found["logentry"] == {"formatted": "Blocked 'script' from 'evil.example:8080'"}
    assert found["culprit"] == "script-src 'self' https://cdn.example"
    assert (found["type"], found["logger"]) == ("csp", "csp")
    assert found["request"] == {
        "url": "https://shop.example/cart",
        "headers": [["Referer", "https://shop.example/"], ["User-Agent", "Mozilla/5.0"]],
    }


def test_the_first_word_of_the_violated_directive_stands_in_for_the_effective_one() -> None:
    found = event({"csp-report": {"violated-directive": "img-src 'self'", "more": 1}})
    assert found["csp"] == {"violated_directive": "img-src 'self'", "effective_directive": "img-src"}


def test_an_aged_report_happened_when_it_happened() -> None:
    report = {"type": "csp-violation", "age": 2500, "url": "https://a/", "body": CAMEL}
    assert event(report)["timestamp"] == NOW / 1e6 - 2.5
    assert "timestamp" not in event({**report, "age": -1})
    assert "timestamp" not in event({**report, "age": "x"})


@pytest.mark.parametrize(
    ("report", "member", "title"),
    [
        (
            {"known-pins": [], "hostname": "a.example", "port": 443},
            "hpkp",
            "Public key pinning validation failed for 'a.example'",
        ),
        (
            {"expect-ct-report": {"hostname": "a.example", "port": 443}},
            "expectct",
            "Expect-CT failed for 'a.example'",
        ),
        (
            {"expect-staple-report": {"hostname": "a.example", "port": 443}},
            "expectstaple",
            "Expect-Staple failed for 'a.example'",
        ),
    ],
)
def test_older_kinds_of_reports_are_events_too(report: JsonObject, member: str, title: str) -> None:
    found = event(report)
    assert found["logentry"]["formatted"] == title
    assert found[member]["hostname"] == "a.example"
    processed = process_event(orjson.dumps(found), Arrival(received=NOW))
    assert processed.heading.title == title
    assert dict(processed.tags)["port"] == "443"


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"{", Reason.BAD_JSON),
        (b"[]", Reason.BAD_REPORT),
        (b"{}", Reason.BAD_REPORT),
        (b'{"type":"deprecation","body":{}}', Reason.BAD_REPORT),
        (b'{"csp-report":[]}', Reason.BAD_REPORT),
        (b'{"csp-report":{}}', Reason.BAD_REPORT),
        (b'{"csp-report":{"effective-directive":"made-up"}}', Reason.BAD_REPORT),
        (b'{"csp-report":{"effective-directive":5}}', Reason.BAD_REPORT),
        (b'{"expect-ct-report":"x"}', Reason.BAD_REPORT),
    ],
)
def test_what_is_no_security_report_is_refused(payload: bytes, reason: Reason) -> None:
    with pytest.raises(IngestError) as caught:
        security_event(payload, NOW)
    assert caught.value.reason is reason


# ---------------------------------------------------------------- words

WORDS = {
    "child-src": "child",
    "connect-src": "connect",
    "font-src": "font",
    "img-src": "image",
    "manifest-src": "manifest",
    "media-src": "media",
    "object-src": "object",
}


@pytest.mark.parametrize(("directive", "word"), WORDS.items())
@pytest.mark.parametrize("local", ["", "self", "'self'"])
def test_a_blocked_source_is_named(directive: str, word: str, local: str) -> None:
    assert message(directive, local) == f"Blocked inline '{word}'"
    assert message(directive, "https://cdn.example/a/b?c") == f"Blocked '{word}' from 'cdn.example'"


@pytest.mark.parametrize(
    ("directive", "inline", "other"),
    [
        ("style-src", "Blocked inline 'style'", "Blocked 'style' from 'cdn.example'"),
        ("style-src-elem", "Blocked 'style' or 'link' element", "Blocked 'style' from 'cdn.example'"),
        ("style-src-attr", "Blocked style attribute", "Blocked style attribute from 'cdn.example'"),
        (
            "script-src-attr",
            "Blocked unsafe 'script' element",
            "Blocked inline script attribute from 'cdn.example'",
        ),
        ("script-src-elem", "Blocked inline script attribute", "Blocked 'script' from 'cdn.example'"),
        ("script-src", "Blocked unsafe (eval() or inline) 'script'", "Blocked 'script' from 'cdn.example'"),
        ("form-action", "Blocked inline 'form-action'", "Blocked 'form' action to 'cdn.example'"),
        ("frame-src", "Blocked inline 'frame-src'", "Blocked 'frame-src' from 'cdn.example'"),
    ],
)
def test_directives_have_their_own_sentences(directive: str, inline: str, other: str) -> None:
    assert message(directive) == inline
    assert message(directive, "http://cdn.example") == other


@pytest.mark.parametrize(
    ("violated", "text"),
    [
        ("script-src 'unsafe-inline'", "Blocked unsafe inline 'script'"),
        ("script-src 'unsafe-eval'", "Blocked unsafe eval() 'script'"),
        ("script-src 'self'", "Blocked unsafe (eval() or inline) 'script'"),
    ],
)
def test_a_script_is_called_by_what_the_policy_says(violated: str, text: str) -> None:
    assert message("script-src", "self", violated) == text


@pytest.mark.parametrize(
    ("blocked", "named"),
    [
        ("data", "data:"),
        ("inline", "inline:"),
        ("blob:https://a/b", "blob:"),
        ("chrome-extension://abc/x.js", "chrome-extension://abc"),
        ("http://a.example:81/x", "a.example:81"),
    ],
)
def test_a_blocked_address_loses_its_path(blocked: str, named: str) -> None:
    assert message("img-src", blocked) == f"Blocked 'image' from '{named}'"


@pytest.mark.parametrize("directive", sorted(DIRECTIVES))
def test_every_directive_has_a_message_both_ways(directive: str) -> None:
    assert message(directive).startswith("Blocked ")
    assert message(directive, "https://cdn.example/x").startswith("Blocked ")


@pytest.mark.parametrize(
    ("violated", "culprit"),
    [
        (
            "img-src https://shop.example https://cdn.example data:",
            "img-src 'self' https://cdn.example data:",
        ),
        ("img-src 'none'", "img-src 'none'"),
        ("", ""),
    ],
)
def test_the_culprit_is_the_directive_with_the_pages_own_origin_as_self(violated: str, culprit: str) -> None:
    csp = {"violated_directive": violated, "document_uri": "https://shop.example/cart"}
    assert csp_culprit(csp) == culprit
    assert csp_culprit({**csp, "document_uri": "http://[bad"}) == violated


# ---------------------------------------------------------------- through the pipeline


def test_a_violation_becomes_an_issue_of_kind_csp_with_its_tags() -> None:
    found = event({"csp-report": {**KEBAB, "blocked-uri": "https://api.stripe.com/v1?key=secret#x"}})
    processed = process_event(orjson.dumps(found), Arrival(received=NOW, client_ip="10.1.2.3"))
    assert processed.kind == "csp"
    assert processed.heading.title == "Blocked 'script' from 'api.stripe.com'"
    assert processed.heading.culprit == "script-src 'self' https://cdn.example"
    tags = dict(processed.tags)
    assert {
        name: tags[name] for name in ("effective-directive", "blocked-uri", "blocked-host", "logger")
    } == {
        "effective-directive": "script-src",
        "blocked-uri": "https://api.stripe.com/v1",
        "blocked-host": "api.stripe.com",
        "logger": "csp",
    }
    assert tags["user"] == "ip:10.1.2.3"


def test_violations_group_by_directive_and_source() -> None:
    def hashes(**changed: str) -> tuple[str, ...]:
        made = event({"csp-report": {**KEBAB, **changed}})
        return process_event(orjson.dumps(made), Arrival(received=NOW)).grouping.hashes

    assert hashes() == hashes(
        **{"blocked-uri": "https://evil.example:8080/other.js", "document-uri": "https://b/"}
    )
    assert hashes() != hashes(**{"blocked-uri": "https://other.example/x.js"})
    assert hashes() != hashes(**{"effective-directive": "img-src"})


def test_recorded_reports_of_a_browser_become_events() -> None:
    titles = {
        process_event(
            orjson.dumps(security_event(path.read_bytes(), NOW)), Arrival(received=NOW)
        ).heading.title
        for path in sorted(REPORTS.glob("csp-*.json"))
    }
    assert "Blocked style attribute from 'inline:'" in titles
    assert len(titles) >= 3


LEAVES = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | st.text()
FIELDS = st.dictionaries(
    st.sampled_from([*KEBAB, *CAMEL]), LEAVES | st.sampled_from(sorted(DIRECTIVES)) | st.lists(LEAVES)
)
REPORT = st.fixed_dictionaries(
    {},
    optional={
        "csp-report": FIELDS | LEAVES,
        "type": st.just("csp-violation") | LEAVES,
        "body": FIELDS | LEAVES,
        "age": LEAVES,
        "url": LEAVES,
        "user_agent": LEAVES,
        "known-pins": LEAVES,
        "expect-ct-report": st.dictionaries(st.text(), LEAVES) | LEAVES,
        "hostname": LEAVES,
    },
)


@settings(derandomize=True, max_examples=200)
@given(st.binary(max_size=40) | REPORT.map(orjson.dumps))
def test_whatever_is_reported_ends_as_an_event_or_an_ingest_error(payload: bytes) -> None:
    with contextlib.suppress(IngestError):
        process_event(orjson.dumps(security_event(payload, NOW)), Arrival(received=NOW))
