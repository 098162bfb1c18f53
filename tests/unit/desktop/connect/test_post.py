import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from vedette.desktop.connect.post import post_envelopes
from vedette.domain.outcomes import IngestError


class Door(HTTPServer):
    """Takes what is posted, and answers with `status` and `answer`."""

    status = 200
    answer = b'{"id":"aa"}'

    def __init__(self) -> None:
        self.taken: list[tuple[str, str, bytes]] = []
        door = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                door.taken.append((self.path, self.headers["X-Sentry-Auth"], body))
                self.send_response(door.status)
                self.send_header("Content-Length", str(len(door.answer)))
                self.end_headers()
                self.wfile.write(door.answer)

            def log_message(self, *_: Any) -> None: ...

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def dsn(self) -> str:
        return f"http://abc@127.0.0.1:{self.server_port}/7"


@pytest.fixture
def door() -> Iterator[Door]:
    found = Door()
    thread = threading.Thread(target=found.serve_forever, args=(0.05,), name="door")
    thread.start()
    yield found
    found.shutdown()
    thread.join()
    found.server_close()


def test_envelopes_arrive_in_order_at_the_projects_endpoint_with_the_key(door: Door) -> None:
    assert post_envelopes(door.dsn, [b"one", b"two"]) == ""
    assert [(path, body) for path, _, body in door.taken] == [
        ("/api/7/envelope/", b"one"),
        ("/api/7/envelope/", b"two"),
    ]
    assert "sentry_key=abc" in door.taken[0][1]


def test_a_refusal_is_told_in_the_stations_words_and_ends_the_sending(door: Door) -> None:
    door.status, door.answer = 401, b'{"detail":"event submission rejected"}'
    assert post_envelopes(door.dsn, [b"one", b"two"]) == "The station answered 401: event submission rejected"
    assert len(door.taken) == 1


def test_an_answer_that_says_nothing_is_told_by_its_status(door: Door) -> None:
    door.status, door.answer = 502, b"<html>"
    assert post_envelopes(door.dsn, [b"one"]) == "The station answered 502."


def test_nobody_there_is_one_sentence() -> None:
    server = Door()
    dsn = server.dsn
    server.server_close()
    assert post_envelopes(dsn, [b"one"]).endswith("does not answer.")


def test_what_is_no_dsn_is_refused() -> None:
    with pytest.raises(IngestError):
        post_envelopes("nonsense", [b"one"])
