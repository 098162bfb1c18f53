"""Crashes of real programs, from what was posted to what the API tells: one issue each, with its files."""

import json
from pathlib import Path
from typing import Any

import msgpack
import orjson
import pytest
import zstandard
from aiohttp.test_utils import TestClient

from .conftest import Desk

Http = TestClient[Any, Any]
DATA = Path(__file__).parents[2] / "data"
CORPUS = DATA / "corpus" / "minidump-linux"
DUMP = (DATA / "crashes" / "crash_linux.dmp").read_bytes()
EVENT = "c" * 32
EVENTS = "/api/0/projects/desk/desk/events/"


async def told(http: Http, path: str) -> Any:
    answer = await http.get(path)
    assert answer.status == 200, await answer.text()
    return await answer.json()


def entry(event: dict[str, Any], kind: str) -> Any:
    return next(entry["data"] for entry in event["entries"] if entry["type"] == kind)


def minidump(data: bytes = DUMP) -> tuple[dict[str, Any], bytes]:
    return {"type": "attachment", "attachment_type": "event.minidump", "filename": "a.dmp"}, data


async def test_a_recorded_upload_is_an_issue_that_names_the_crash(desk: Desk, http: Http) -> None:
    recorded = json.loads((CORPUS / "001.json").read_text(encoding="utf-8"))
    content_type = dict(recorded["headers"])["Content-Type"]
    desk.receive(
        (CORPUS / "001.body").read_bytes(), endpoint="minidump", content_type=content_type, event_id=EVENT
    )
    (issue,) = await told(http, "/api/0/organizations/desk/issues/?query=")
    assert issue["title"] == "SIGSEGV: at 0x0 in crash_linux + 0x206d"
    event = await told(http, f"{EVENTS}{EVENT}/")
    assert event["user"]["id"] == "n1"
    tags = {tag["key"]: tag["value"] for tag in event["tags"]}
    assert (tags["gpu"], tags["environment"], tags["level"]) == ("none", "qa", "fatal")
    assert (tags["release"], tags["mechanism"], tags["handled"]) == ("native@1.0", "minidump", "no")
    assert event["contexts"]["os"]["version"] == "4.9.46"
    assert len(entry(event, "debugmeta")["images"]) == 8
    (thread,) = entry(event, "threads")["values"]
    assert thread["crashed"] is True
    files = await told(http, f"{EVENTS}{EVENT}/attachments/")
    assert {(file["name"], file["type"], file["size"]) for file in files} == {
        ("crash_linux.dmp", "event.minidump", 27152),
        ("note.txt", "event.attachment", 14),
    }
    dump = next(file for file in files if file["type"] == "event.minidump")
    answer = await http.get(f"{EVENTS}{EVENT}/attachments/{dump['id']}/?download=1")
    assert await answer.read() == DUMP
    assert answer.headers["Content-Type"] == "application/x-dmp"


async def test_the_event_that_came_with_the_dump_and_the_handlers_are_one(desk: Desk, http: Http) -> None:
    packed = msgpack.packb({"release": "till@2", "tags": {"from": "handler"}, "level": "error"})
    first = msgpack.packb({"message": "late", "timestamp": "2026-11-24T10:00:02Z"})
    second = b"".join(
        msgpack.packb({"message": text, "timestamp": f"2026-11-24T10:00:0{at}Z"})
        for at, text in enumerate(("one", "two"))
    )
    desk.send(
        ({"type": "event"}, {"platform": "node", "tags": {"own": "yes"}, "release": "till@3"}),
        minidump(),
        ({"type": "attachment", "attachment_type": "event.payload", "filename": "__sentry-event"}, packed),
        ({"type": "attachment", "attachment_type": "event.breadcrumbs", "filename": "b1"}, first),
        ({"type": "attachment", "attachment_type": "event.breadcrumbs", "filename": "b2"}, second),
        ({"type": "form_data"}, [["sentry[tags][form]", "yes"], ["prod", "Till"]]),
        event_id=EVENT,
    )
    event = await told(http, f"{EVENTS}{EVENT}/")
    tags = {tag["key"]: tag["value"] for tag in event["tags"]}
    assert (tags["from"], tags["own"], tags["form"]) == ("handler", "yes", "yes")
    assert (tags["release"], tags["level"]) == ("till@3", "error")
    assert event["platform"] == "native"
    assert event["context"]["prod"] == "Till"
    assert [crumb["message"] for crumb in entry(event, "breadcrumbs")["values"]] == ["two", "late"]
    (exception,) = entry(event, "exception")["values"]
    assert exception["type"] == "SIGSEGV"
    assert len(await told(http, f"{EVENTS}{EVENT}/attachments/")) == 4


async def test_a_dump_alone_without_an_id_gets_one_with_its_files(desk: Desk, http: Http) -> None:
    desk.send(minidump(), ({"type": "attachment", "filename": "log.txt"}, b"x"))
    (issue,) = await told(http, "/api/0/organizations/desk/issues/?query=")
    event = await told(http, f"/api/0/organizations/desk/issues/{issue['id']}/events/latest/")
    assert len(await told(http, f"{EVENTS}{event['eventID']}/attachments/")) == 2


@pytest.mark.parametrize(
    ("kind", "data", "title"),
    [
        ("event.minidump", b"MDMP" + bytes(28), "Minidump: invalid minidump: no known streams"),
        (
            "playstation.prosperodump", b"\x7fELF",
            "PlayStation crash dump: kept as it came: its format is not public",
        ),
        ("event.nv_gpudmp", b"x", "NVIDIA GPU crash dump: kept as it came: its format is not public"),
    ],
)  # fmt: skip
async def test_what_cannot_be_read_is_an_issue_all_the_same(
    desk: Desk, http: Http, kind: str, data: bytes, title: str
) -> None:
    desk.send(({"type": "attachment", "attachment_type": kind, "filename": "a"}, data), event_id=EVENT)
    (issue,) = await told(http, "/api/0/organizations/desk/issues/?query=")
    assert issue["title"] == title
    assert len(await told(http, f"{EVENTS}{EVENT}/attachments/")) == 1


async def test_a_dump_for_an_event_that_is_here_is_added_to_it(desk: Desk, http: Http) -> None:
    desk.send(({"type": "event"}, {"message": "first"}), event_id=EVENT)
    desk.send(minidump(), event_id=EVENT)
    event = await told(http, f"{EVENTS}{EVENT}/")
    assert event["title"] == "first"
    (file,) = await told(http, f"{EVENTS}{EVENT}/attachments/")
    assert file["type"] == "event.minidump"


async def test_files_posted_later_land_on_their_event(desk: Desk, http: Http) -> None:
    desk.send(({"type": "event"}, {"message": "first"}), event_id=EVENT)
    body = (
        b'--b\r\nContent-Disposition: form-data; name="f"; filename="screenshot.png"\r\n'
        b"Content-Type: image/png\r\n\r\n\x89PNG\r\n--b--\r\n"
    )
    desk.receive(body, endpoint="attachments", content_type="multipart/form-data; boundary=b", event_id=EVENT)
    (file,) = await told(http, f"{EVENTS}{EVENT}/attachments/")
    assert (file["name"], file["mimetype"], file["typeName"]) == ("screenshot.png", "image/png", "Screenshot")


async def test_damaged_msgpack_loses_nothing_of_the_rest(desk: Desk, http: Http) -> None:
    desk.send(
        minidump(),
        (
            {"type": "attachment", "attachment_type": "event.payload", "filename": "__sentry-event"},
            b"\xc1\xff",
        ),
        event_id=EVENT,
    )
    event = await told(http, f"{EVENTS}{EVENT}/")
    assert event["title"].startswith("SIGSEGV")


async def test_chunks_of_json_are_joined_by_their_numbers(desk: Desk, http: Http) -> None:
    text = orjson.dumps({"release": "long@1", "extra": {"k": "v" * 50}}).decode()
    chunks = [text[at : at + 10] for at in range(0, len(text), 10)]
    fields = [[f"sentry__{number}", chunk] for number, chunk in enumerate(chunks, 1)]
    desk.send(minidump(), ({"type": "form_data"}, fields[::-1]), event_id=EVENT)
    event = await told(http, f"{EVENTS}{EVENT}/")
    assert event["release"]["version"] == "long@1"
    assert event["context"]["k"] == "v" * 50


async def test_unreals_report_is_one_event_of_its_dump_context_and_log(desk: Desk, http: Http) -> None:
    body = (DATA / "crashes" / "unreal_crash").read_bytes()
    desk.receive(body, endpoint="unreal", query="UserID=login%7Cepic%7Cmachine", event_id=EVENT)
    event = await told(http, f"{EVENTS}{EVENT}/")
    assert event["user"]["id"] == "login"
    assert {"key": "epic_account_id", "value": "epic"} in event["tags"]
    (exception,) = entry(event, "exception")["values"]
    assert exception["mechanism"]["type"] == "minidump"
    assert len(entry(event, "threads")["values"]) > 1
    assert len(entry(event, "breadcrumbs")["values"]) == 40
    assert event["contexts"]["unreal"]["GameName"] == "UE4-MyProject"
    files = await told(http, f"{EVENTS}{EVENT}/attachments/")
    assert [file["typeName"] for file in files] == [
        "Unreal Engine crash context",
        "Attachment",
        "Unreal Engine log",
        "Minidump",
    ]


async def test_unreals_container_in_an_envelope_says_the_same(desk: Desk, http: Http) -> None:
    body = (DATA / "crashes" / "unreal_crash").read_bytes()
    desk.send(({"type": "unreal_report", "filename": "crash"}, body), event_id=EVENT)
    event = await told(http, f"{EVENTS}{EVENT}/")
    assert event["user"]["username"] == "bruno"
    assert len(entry(event, "breadcrumbs")["values"]) == 40
    (file,) = await told(http, f"{EVENTS}{EVENT}/attachments/")
    assert (file["type"], file["typeName"]) == ("unreal_report", "Unreal Engine crash report")


async def test_an_apple_report_is_an_issue_named_by_its_function(desk: Desk, http: Http) -> None:
    text = (
        "Process: Till [1]\nException Type:  EXC_CRASH (SIGABRT)\nCrashed Thread: 0\n\nThread 0 Crashed:\n"
        "0   Till   0x0000000104a1e5f0 Cart::total() + 16\n"
    )
    header = {"type": "attachment", "attachment_type": "event.applecrashreport", "filename": "a.crash"}
    desk.send((header, text.encode()), event_id=EVENT)
    event = await told(http, f"{EVENTS}{EVENT}/")
    assert event["title"] == "Cart::total()"
    (exception,) = entry(event, "exception")["values"]
    assert (exception["type"], exception["mechanism"]["type"]) == ("EXC_CRASH / SIGABRT", "applecrashreport")


def dying(items: bytes, packing: int = 0) -> bytes:
    return b"sntr\x00" + bytes((packing,)) + len(items).to_bytes(2, "big") + items


ITEMS = b'{"type":"event"}\n{"message":"the end","tags":{"a":"b"}}\n'


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (dying(ITEMS), "the end"),
        (dying(zstandard.compress(ITEMS), 0x10), "the end"),
        (
            dying(ITEMS, 0x11),
            "Nintendo Switch dying message: invalid dying message: it is packed",
        ),
        (dying(ITEMS)[:-3], "Nintendo Switch dying message: invalid dying message: cut short"),
        (dying(b'{"type":"event"}\n{"mess\n'), "Nintendo Switch dying message: invalid JSON"),
        (dying(b""), "Nintendo Switch dying message: it says nothing"),
        (b"else", "Nintendo Switch dying message: invalid dying message: it does not begin with sntr"),
    ],
)
async def test_a_consoles_last_words_are_its_event(desk: Desk, http: Http, data: bytes, title: str) -> None:
    header = {"type": "attachment", "attachment_type": "nswitch.dying_message", "filename": "d.dat"}
    desk.send((header, data), event_id=EVENT)
    event = await told(http, f"{EVENTS}{EVENT}/")
    assert event["title"].startswith(title)
