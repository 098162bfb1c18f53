import pytest

from vedette.desktop.trace.request_text import curl_of, request_of


@pytest.mark.parametrize(
    ("op", "text", "data", "found"),
    [
        ("http.client", "POST http://pay/quote", {}, ("POST", "http://pay/quote")),
        ("http.client", "http://pay/quote", {}, ("GET", "http://pay/quote")),
        ("http.client", "GET", {"url.full": "https://x/y"}, ("GET", "https://x/y")),
        (
            "http.client", "PUT /quote",
            {"http.url": "http://pay/quote", "http.query": "a=1", "http.method": "put"},
            ("PUT", "http://pay/quote?a=1"),
        ),
        ("http.server", "GET /orders/{id}", {}, None),
        ("db", "GET http://pay", {}, None),
        ("http.client", "", {"url": 7}, None),
    ],
)  # fmt: skip
def test_a_request_is_known_by_its_whole_url(
    op: str, text: str, data: dict[str, object], found: tuple[str, str] | None
) -> None:
    assert request_of(op, text, data) == found  # type: ignore[arg-type]


def test_the_command_is_safe_to_paste_and_carries_headers() -> None:
    details = {"data": {"http.request.header.x-note": ["it's"], "http.request.method": "DELETE"}}
    text = curl_of("http.client", "DELETE http://pay/a?b=1&c=$(id)", details)  # type: ignore[arg-type]
    assert text == """curl -X DELETE 'http://pay/a?b=1&c=$(id)' -H 'x-note: it'"'"'s'"""
    assert curl_of("db", "SELECT 1", {}) == ""
