"""Attachments: listed, told, and handed out safely."""

import os
from typing import Any

import pytest
from aiohttp import ClientPayloadError
from aiohttp.test_utils import TestClient

from vedette.api.schema import faults
from vedette.api.shapes.attachment import Attachment, download_headers, safe_type

from .conftest import Desk

Http = TestClient[Any, Any]
EVENT = "c" * 32
PATH = f"/api/0/projects/desk/desk/events/{EVENT}/attachments/"


def send(desk: Desk, data: bytes, **item: Any) -> None:
    desk.send(
        ({"type": "event"}, {"message": "hello"}),
        ({"type": "attachment", "filename": "log.txt", "content_type": "text/plain"} | item, data),
        event_id=EVENT,
    )


async def test_attachments_are_listed_with_every_published_member(desk: Desk, http: Http) -> None:
    send(desk, b"line 1\r\nline 2")
    answer = await http.get(PATH)
    (attachment,) = await answer.json()
    assert list(faults(attachment, Attachment)) == []
    assert (attachment["id"], attachment["event_id"], attachment["name"]) == ("1", EVENT, "log.txt")
    assert (attachment["type"], attachment["mimetype"], attachment["size"]) == (
        "event.attachment",
        "text/plain",
        14,
    )
    assert await (await http.get(f"{PATH}1/")).json() == attachment


@pytest.mark.parametrize("size", [0, 14, 300_000, 2_000_000])
async def test_the_bytes_come_back_as_they_were_sent(desk: Desk, http: Http, size: int) -> None:
    data = bytes(n * 7 % 251 for n in range(size))
    send(desk, data)
    answer = await http.get(f"{PATH}1/?download=1")
    assert await answer.read() == data
    assert answer.headers["Content-Length"] == str(size)
    assert answer.headers["Content-Type"] == "text/plain"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        f"{PATH}2/",
        f"{PATH}x/",
        PATH.replace(EVENT, "d" * 32) + "1/",
        PATH.replace("/desk/desk/", "/desk/project-7/") + "1/",
    ],
)
async def test_an_attachment_is_only_found_below_its_own_event(desk: Desk, http: Http, path: str) -> None:
    send(desk, b"x")
    desk.error(project="7")
    for suffix in ("", "?download=1"):
        assert (await http.get(path + suffix)).status == 404


NUMBERS = bytes(n * 7 % 251 for n in range(3_000_000))


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=2999990-", 2_999_990, 3_000_000),
        ("bytes=-7", 2_999_993, 3_000_000),
        ("bytes=1048570-2097160", 1_048_570, 2_097_161),
        ("bytes=2999999-9999999", 2_999_999, 3_000_000),
    ],
)
async def test_a_range_is_sent_alone(desk: Desk, http: Http, asked: str, start: int, stop: int) -> None:
    send(desk, NUMBERS)
    answer = await http.get(f"{PATH}1/?download=1", headers={"Range": asked})
    assert (answer.status, await answer.read()) == (206, NUMBERS[start:stop])
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/3000000"


@pytest.mark.parametrize(
    "headers",
    [
        {"Range": "lines=1-2"},
        {"Range": "bytes=5-3"},
        {"Range": "bytes=0-1,4-5"},
        {"Range": "bytes=0-1", "If-Range": '"tag"'},
    ],
)
async def test_what_is_no_range_gets_all(desk: Desk, http: Http, headers: dict[str, str]) -> None:
    send(desk, NUMBERS)
    answer = await http.get(f"{PATH}1/?download=1", headers=headers)
    assert (answer.status, await answer.read()) == (200, NUMBERS)


async def test_a_range_behind_the_end_is_refused(desk: Desk, http: Http) -> None:
    send(desk, b"12345")
    answer = await http.get(f"{PATH}1/?download=1", headers={"Range": "bytes=5-"})
    assert (answer.status, answer.headers["Content-Range"]) == (416, "bytes */5")


async def test_bytes_that_are_gone_are_said_to_be(desk: Desk, http: Http) -> None:
    send(desk, NUMBERS)
    (blob,) = desk.workspace.blobs.rglob("*.zst")
    blob.unlink()
    answer = await http.get(f"{PATH}1/?download=1")
    assert answer.status == 410
    assert "retention" in (await answer.json())["detail"]


async def test_a_file_that_is_cut_short_ends_the_connection(
    desk: Desk, http: Http, caplog: pytest.LogCaptureFixture
) -> None:
    send(desk, os.urandom(3_000_000))
    (blob,) = desk.workspace.blobs.rglob("*.zst")
    blob.write_bytes(blob.read_bytes()[:-300_000])
    answer = await http.get(f"{PATH}1/?download=1")
    assert answer.headers["Content-Length"] == "3000000"
    with pytest.raises(ClientPayloadError):
        await answer.read()
    assert "not sent to its end" in caplog.text
    caplog.clear()


async def test_an_event_without_attachments_has_an_empty_list(desk: Desk, http: Http) -> None:
    assert await (await http.get(PATH)).json() == []


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ("a b.txt", "attachment; filename=\"a b.txt\"; filename*=UTF-8''a%20b.txt"),
        ("../../etc/passwd", "attachment; filename=\"passwd\"; filename*=UTF-8''passwd"),
        ("C:\\x\\y.dmp", "attachment; filename=\"y.dmp\"; filename*=UTF-8''y.dmp"),
        ('a"; x="\r\nSet-Cookie: b', 'attachment; filename="a__ x=___Set-Cookie_ b"; '),
        ("übung\udcff.txt", "attachment; filename=\"_bung_.txt\"; filename*=UTF-8''%C3%BCbung%3F.txt"),
        ("..", "attachment; filename=\"attachment\"; filename*=UTF-8''attachment"),
    ],
)
def test_a_hostile_name_stays_in_its_header_and_folder(name: str, disposition: str) -> None:
    headers = download_headers(name, "text/html; charset=utf-8")
    assert headers["Content-Disposition"].startswith(disposition)
    assert headers["Content-Disposition"].isprintable()
    assert headers["Content-Type"] == "text/html"


@pytest.mark.parametrize("text", ["", "text", "text/html\r\nX: y", "text/" + "x" * 200, "text/ü"])
def test_a_type_that_is_none_becomes_plain_bytes(text: str) -> None:
    assert safe_type(text) == "application/octet-stream"
