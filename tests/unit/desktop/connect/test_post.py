import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from vedette.desktop.connect.post import send_files
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


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two events, and between them a file that is none."""
    found = []
    for name, text in (
        ("one.json", '{"message":"one"}'),
        ("notes.txt", "words"),
        ("two.json", '{"message":"two"}'),
    ):
        (tmp_path / name).write_text(text)
        found.append(tmp_path / name)
    return found


def test_files_arrive_in_order_at_the_projects_endpoint_with_the_key(door: Door, files: list[Path]) -> None:
    results = send_files(files, door.dsn)
    assert [(one.name, bool(one.why)) for one in results] == [
        ("one.json", False),
        ("notes.txt", True),
        ("two.json", False),
    ]
    assert [path for path, _, _ in door.taken] == ["/api/7/envelope/"] * 2
    assert [b"one" in body for _, _, body in door.taken] == [True, False]
    assert "sentry_key=abc" in door.taken[0][1]


def test_a_refusal_is_told_in_the_stations_words(door: Door, files: list[Path]) -> None:
    door.status, door.answer = 401, b'{"detail":"event submission rejected"}'
    assert send_files(files[:1], door.dsn)[0].why == "The station answered 401: event submission rejected"
    door.status, door.answer = 502, b"<html>"
    assert send_files(files[:1], door.dsn)[0].why == "The station answered 502."


def test_nobody_there_is_one_sentence_for_each_file(files: list[Path]) -> None:
    server = Door()
    dsn = server.dsn
    server.server_close()
    assert [one.why.endswith("does not answer.") for one in send_files([files[0], files[2]], dsn)] == [
        True,
        True,
    ]


def test_a_file_that_is_gone_is_told(door: Door, tmp_path: Path) -> None:
    (result,) = send_files([tmp_path / "gone.json"], door.dsn)
    assert result.why
    assert door.taken == []


def test_what_is_no_dsn_is_refused(files: list[Path]) -> None:
    with pytest.raises(IngestError):
        send_files(files, "nonsense")
