"""Reports of browsers."""

from typing import Any

import pytest

from vedette.processing.grouping.security import (
    csp_variants,
    expect_ct_variants,
    expect_staple_variants,
    hpkp_variants,
)
from vedette.processing.grouping.stack_matching import StackMatching
from vedette.processing.grouping.stacktraces import How

HOW = How(StackMatching(()))


def csp(blocked: str, directive: str = "img-src", violated: str | None = None) -> str:
    report = {"blocked_uri": blocked, "effective_directive": directive, "violated_directive": violated}
    return csp_variants({"csp": report}, HOW)["default"].text


@pytest.mark.parametrize(
    ("blocked", "shown"),
    [
        ("", "'self'"),
        ("self", "'self'"),
        ("'self'", "'self'"),
        ("data", "data:"),
        ("https", ""),
        ("blob:abc", "blob:"),
        ("https://a.example:8080/x?y#z", "a.example:8080"),
        ("HTTP://a.example", "a.example"),
        ("ftp://a.example/x", "ftp://a.example"),
        ("1:2", ""),
        ("http://[", "["),
    ],
)
def test_what_was_blocked_counts_without_its_path(blocked: str, shown: str) -> None:
    assert csp(blocked) == "img-src" + shown


def test_an_unsafe_script_counts_by_its_keyword() -> None:
    assert csp("self", "script-src", "script-src 'unsafe-eval' 'unsafe-inline'") == "script-src'unsafe-eval'"
    assert csp("self", "script-src", "script-src a.example") == "script-src"
    assert csp("https://a.example", "script-src", "script-src 'unsafe-eval'") == "script-srca.example"


def test_hosts_count_with_the_kind_of_report() -> None:
    report = {"hostname": "a.example"}
    assert hpkp_variants({"hpkp": report}, HOW)["default"].text == "hpkpa.example"
    assert expect_staple_variants({"expectstaple": report}, HOW)["default"].text == "expect-staplea.example"
    assert expect_ct_variants({"expectct": report}, HOW)["default"].text == "expect-cta.example"


@pytest.mark.parametrize("odd", [None, [], 3, "x"])
def test_without_a_report_there_is_no_variant(odd: Any) -> None:
    event = dict.fromkeys(("csp", "hpkp", "expectstaple", "expectct"), odd)
    for read in (csp_variants, hpkp_variants, expect_staple_variants, expect_ct_variants):
        assert read(event, True) == {}
