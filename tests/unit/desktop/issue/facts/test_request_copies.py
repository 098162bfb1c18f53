"""A request as commands, as JavaScript and as it is sent."""

import json
import shlex
from typing import Any

from vedette.desktop.issue.facts.request import RequestFacts, request_facts
from vedette.desktop.issue.facts.request_copies import (
    curl_command,
    fetch_call,
    httpie_command,
    quote,
    raw_request,
)


def command(**request: Any) -> str:
    facts = request_facts({"request": request})
    assert facts is not None
    return curl_command(facts)


def test_a_plain_get_is_only_its_address() -> None:
    assert command(method="GET", url="http://shop.test/cart") == "curl http://shop.test/cart"


def test_a_post_has_headers_cookies_and_body_and_needs_no_method() -> None:
    text = command(
        method="POST",
        url="http://shop.test/pay",
        query_string=[["till", "3"], ["q", "a b&c"]],
        headers=[["Content-Type", "application/json"], ["Host", "shop.test"], ["Content-Length", "9"]],
        cookies=[["sid", "x y"]],
        data={"id": 7, "who": "Ada's"},
        inferred_content_type="application/json",
    )
    assert shlex.split(text.replace("\\\n", "")) == [
        "curl",
        "http://shop.test/pay?till=3&q=a+b%26c",
        "-H",
        "Content-Type: application/json",
        "-b",
        "sid=x y",
        "--data-raw",
        '{"id": 7, "who": "Ada\'s"}',
    ]


def test_a_form_goes_back_as_a_form() -> None:
    text = command(
        method="PUT", url="/x", data={"a": "1 2"}, inferred_content_type="application/x-www-form-urlencoded"
    )
    assert shlex.split(text.replace("\\\n", ""))[2:] == ["-X", "PUT", "--data-raw", "a=1+2"]


def test_a_get_with_a_body_says_that_it_is_a_get() -> None:
    assert "-X GET" in command(method="GET", url="/x", data="body")


def test_nothing_a_sender_writes_leaves_its_quotes() -> None:
    for text in ("$(rm -rf /)", "`id`", "a'b", 'a"b', "a\nb", "", "-x;y", "ü"):
        assert shlex.split(quote(text)) == [text]


def test_an_event_without_request_has_none() -> None:
    assert request_facts({}) is None
    assert request_facts({"request": {"method": None, "url": None}}) is None


def test_pairs_come_from_lists_and_maps() -> None:
    facts = request_facts({"request": {"url": "/", "env": {"A": 1}, "headers": [["X", None], ["bad"], 3]}})
    assert facts is not None
    assert facts.environment == (("A", "1"),)
    assert facts.headers == (("X", ""),)


PAY = {
    "method": "POST",
    "url": "http://shop.test/pay",
    "query_string": [["till", "3"]],
    "headers": [["Content-Type", "application/json"], ["X-Empty", ""]],
    "cookies": [["sid", "1"]],
    "data": {"id": 7},
}


def facts_of(request: dict[str, Any]) -> RequestFacts:
    found = request_facts({"request": request})
    assert found is not None
    return found


def test_httpie_sends_the_same() -> None:
    assert shlex.split(httpie_command(facts_of(PAY)).replace("\\\n", "")) == [
        "http",
        "--raw",
        '{"id": 7}',
        "POST",
        "http://shop.test/pay?till=3",
        "Content-Type:application/json",
        "X-Empty;",
        "Cookie:sid=1",
    ]
    assert httpie_command(facts_of({"url": "/x"})) == "http GET /x"


def test_fetch_is_javascript_with_the_same() -> None:
    text = fetch_call(facts_of(PAY))
    head, _, options = text.partition(", ")
    assert head == 'await fetch("http://shop.test/pay?till=3"'
    told = json.loads(options.removesuffix(");"))
    assert told["method"] == "POST"
    assert told["headers"]["Content-Type"] == "application/json"
    assert json.loads(told["body"]) == {"id": 7}
    assert fetch_call(facts_of({"url": "/x", "method": "GET"})) == 'await fetch("/x");'


def test_raw_is_what_goes_over_the_wire() -> None:
    assert raw_request(facts_of(PAY)).split("\n") == [
        "POST /pay?till=3 HTTP/1.1",
        "Host: shop.test",
        "Content-Type: application/json",
        "X-Empty: ",
        "Cookie: sid=1",
        "",
        '{"id": 7}',
    ]


def test_an_address_has_its_parts() -> None:
    parts = facts_of({"url": "https://shop.test:8443/pay", "fragment": "top"}).url_parts()
    assert parts == (
        ("scheme", "https"),
        ("host", "shop.test"),
        ("port", "8443"),
        ("path", "/pay"),
        ("fragment", "top"),
    )
    assert facts_of({"url": "http://shop.test:port/"}).url_parts() == (("address", "http://shop.test:port/"),)
