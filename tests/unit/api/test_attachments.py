"""Attachments: listed, told, and handed out safely."""

from typing import Any

import pytest
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
