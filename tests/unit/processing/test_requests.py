from typing import Any

import pytest

from vedette.domain.processed import Arrival
from vedette.processing.normalise import normalise_event


def request(**sent: Any) -> dict[str, Any]:
    event = normalise_event({"request": sent}, Arrival(received=1))
    return dict(event["request"])


@pytest.mark.parametrize(
    ("sent", "pairs"),
    [
        ("a=1&b=x%20y&c", [["a", "1"], ["b", "x y"], ["c", ""]]),
        ("?a=1", [["a", "1"]]),
        ({"a": 1, "b": None}, [["a", "1"], ["b", ""]]),
        ([["a", "1"], ["a", "2"]], [["a", "1"], ["a", "2"]]),
    ],
)
def test_every_query_string_becomes_pairs(sent: Any, pairs: Any) -> None:
    assert request(query_string=sent)["query_string"] == pairs


def test_query_and_fragment_leave_the_url_unless_sent_apart() -> None:
    assert request(url="https://x/a?b=1#c") == {
        "url": "https://x/a",
        "query_string": [["b", "1"]],
        "fragment": "c",
    }
    assert request(url="https://x/a?b=1", query_string="z=2")["query_string"] == [["z", "2"]]


@pytest.mark.parametrize(
    ("sent", "method"), [("get", "GET"), ("m-search", "M-SEARCH"), ("x", None), ("G T", None)]
)
def test_a_method_is_upper_case_letters(sent: str, method: str | None) -> None:
    assert request(method=sent)["method"] == method


def test_headers_are_sorted_title_case_text() -> None:
    sent = {"x-b": ["1", "2"], "CONTENT-TYPE": "a/b", "accept": None, "n": 5}
    assert request(headers=sent)["headers"] == [
        ["Accept", None],
        ["Content-Type", "a/b"],
        ["N", "5"],
        ["X-B", "1,2"],
    ]


def test_headers_sent_as_a_list_keep_its_order() -> None:
    assert request(headers=[["x-b", "1"], ["accept", "2"]])["headers"] == [["X-B", "1"], ["Accept", "2"]]


def test_a_cookie_header_fills_missing_cookies() -> None:
    assert request(headers={"Cookie": "a=1; b"}) == {"headers": [], "cookies": [["a", "1"], ["b", ""]]}
    assert request(headers={"Cookie": "a=1"}, cookies={"z": "2"})["cookies"] == [["z", "2"]]


@pytest.mark.parametrize(
    ("sent", "data", "content_type"),
    [
        ('{"a": [1]}', {"a": [1]}, "application/json"),
        ("[1]", [1], "application/json"),
        ("a=1&b=%20", {"a": "1", "b": " "}, "application/x-www-form-urlencoded"),
        ("{broken", "{broken", None),
        ("plain = text", "plain = text", None),
        ("", "", None),
        ({"a": 1}, {"a": 1}, None),
    ],
)
def test_a_body_is_decoded_where_it_can_be(sent: Any, data: Any, content_type: str | None) -> None:
    found = request(data=sent)
    assert found["data"] == data
    assert found.get("inferred_content_type") == content_type


def test_what_is_no_request_becomes_null_with_a_fault() -> None:
    event = normalise_event({"request": "x"}, Arrival(received=1))
    assert event["request"] is None
    assert event["errors"] == [
        {"type": "invalid_data", "name": "request", "value": "x", "reason": "expected request"}
    ]
