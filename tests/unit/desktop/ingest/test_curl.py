import shlex
from dataclasses import replace

from vedette.desktop.ingest.curl import curl_command
from vedette.domain.outcomes import Outcome
from vedette.domain.times import Micros
from vedette.store.queries.requests import RequestRow

ROW = RequestRow(
    id=7, received=Micros(0), run=1, project=1, project_slug="shop", sender=1, ip="127.0.0.1",
    client="sentry.python/2.75.0", method="POST", path="/api/1/envelope/?x='y'", public_key=None,
    content_type="application/x-sentry-envelope", encoding="gzip", wire_size=1, size=1, status=200,
    outcome=Outcome.STORED, reason=None, detail=None, kinds="event", skew=None,
)  # fmt: skip
URL = "http://127.0.0.1:8969"


def test_the_command_sends_the_same_bytes_to_the_same_path() -> None:
    body = b'{}\n{"type":"event"}\n{"message":"it\'s \\"broken\\""}\n'
    words = shlex.split(curl_command(ROW, body, URL, "abc"))
    assert words[:4] == ["curl", "-X", "POST", f"{URL}/api/1/envelope/?x='y'"]
    assert "Content-Type: application/x-sentry-envelope" in words
    assert (
        "X-Sentry-Auth: Sentry sentry_version=7, sentry_key=abc, sentry_client=sentry.python/2.75.0" in words
    )
    assert words[words.index("--data-binary") + 1].encode() == body


def test_a_body_that_is_no_text_or_long_is_a_file_beside() -> None:
    for body in (b"\xff\xfe", b"a\0b", b"x" * 20_000, b"@home"):
        assert curl_command(ROW, body, URL, "abc").endswith("--data-binary @request-7.bin")


def test_without_body_key_and_type_nothing_is_made_up() -> None:
    row = replace(ROW, method="GET", path="/", content_type=None)
    assert curl_command(row, b"", URL + "/", "") == f"curl -X GET {URL}/"
