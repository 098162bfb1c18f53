"""Replays through the API: lists, one, its segments, recordings, moments and video."""

import zlib
from typing import Any

import msgpack
import orjson
import pytest
from aiohttp.test_utils import TestClient

from tests.support.corpus import CHOSEN
from vedette.api.schema import faults
from vedette.api.shapes.replay import FrameList, ReplayList, SegmentList

from .conftest import NOON, Desk

Http = TestClient[Any, Any]
REPLAY = "dd" * 16
RECORDED = "dd478b271f534539bd6fae78fdd2d7f6"
ALL = "/api/0/organizations/desk/replays/"
ONE = f"/api/0/projects/desk/desk/replays/{REPLAY}/"


def crumb(category: str, at: float, **payload: Any) -> dict[str, Any]:
    data = {"tag": "breadcrumb", "payload": {"category": category, "timestamp": NOON + at} | payload}
    return {"type": 5, "timestamp": (NOON + at) * 1000, "data": data}


def segment(desk: Desk, n: int = 0, events: Any = (), replay: str = REPLAY, **event: Any) -> None:
    said = {"replay_id": replay, "segment_id": n, "timestamp": NOON + 10 * n + 10,
            "replay_start_timestamp": NOON, "platform": "javascript", "environment": "qa"}  # fmt: skip
    film = orjson.dumps({"segment_id": n}) + b"\n" + zlib.compress(orjson.dumps(list(events)))
    desk.send(({"type": "replay_event"}, said | event), ({"type": "replay_recording"}, film))


async def get(http: Http, path: str, **params: Any) -> Any:
    answer = await http.get(path, params=params)
    assert answer.status == 200, await answer.text()
    return await answer.json()


async def test_a_recorded_browsers_replay_is_told_whole(desk: Desk, http: Http) -> None:
    for file in ("003", "004", "006", "007", "008"):
        body = (CHOSEN / "browser-garden11-replay" / f"{file}.body").read_bytes()
        desk.receive(body, project="1", key=desk.key, at=1795416150.0)
    listed = await get(http, ALL)
    assert list(faults(listed, ReplayList)) == []
    (replay,) = listed["data"]
    assert (replay["id"], replay["replay_type"], replay["count_segments"]) == (RECORDED, "session", 2)
    assert (replay["count_errors"], replay["count_dead_clicks"], replay["count_rage_clicks"]) == (3, 2, 1)
    assert (replay["started_at"], replay["duration"]) == ("2026-11-23T06:41:50.117500Z", 13)
    assert replay["browser"] == {"name": "HeadlessChrome", "version": "156.0.0"}
    assert (replay["releases"], replay["environment"]) == (["garden@4.2.0"], "qa")
    assert replay["is_complete"]
    assert await get(http, f"{ALL}{RECORDED}/") == {"data": replay}
    issues = await get(http, "/api/0/organizations/desk/issues/")
    number = next(issue["id"] for issue in issues if issue["metadata"].get("value") == "bed 7 is empty")
    counted = await get(http, "/api/0/organizations/desk/replay-count/", query=f"issue.id:[{number},99]")
    assert counted == {number: 1}
    path = f"/api/0/projects/desk/desk/replays/{RECORDED}/"
    moments = await get(http, f"{path}breadcrumbs/")
    assert list(faults(moments, FrameList)) == []
    kinds = [moment["type"] for moment in moments["data"]]
    assert kinds[0] == "navigation"
    assert (kinds.count("click"), kinds.count("console"), kinds.count("web-vital")) == (3, 5, 1)
    assert [m["offsetMs"] for m in moments["data"]] == sorted(m["offsetMs"] for m in moments["data"])
    assert len((await get(http, f"{path}breadcrumbs/", type="rage-click"))["data"]) == 1
    clicks = await get(http, f"{path}clicks/")
    assert [click["node_id"] for click in clicks["data"]] == [14, 16, 14]


@pytest.mark.parametrize("first", ["error", "replay"])
async def test_an_error_that_names_its_replay_is_linked_whichever_comes_first(
    desk: Desk, http: Http, first: str
) -> None:
    # A page's error has a tag, an app's a context; a service only hears of the replay by its trace.
    service = {"event_id": "ac" * 16, "platform": "python", "message": "no stock", "timestamp": NOON}
    trace = {"trace_id": "ab" * 16, "public_key": desk.key, "replay_id": REPLAY}

    def errors() -> list[str]:
        desk.send(({"type": "event"}, service), project="2", trace=trace)
        return [
            desk.error(tags={"replayId": REPLAY}),
            desk.error("KeyError: lost", contexts={"replay": {"replay_id": REPLAY}}, level="warning"),
            "ac" * 16,
        ]

    expected = errors() if first == "error" else []
    segment(desk)
    expected = expected or errors()
    segment(desk, 1, error_ids=[expected[0]])
    desk.error("KeyError: other", tags={"replayId": "ee" * 16})
    (replay,) = (await get(http, ALL))["data"]
    assert sorted(replay["error_ids"]) == sorted(expected)
    assert (replay["count_errors"], replay["count_warnings"]) == (2, 1)
    for event_id in expected:
        assert len((await get(http, ALL, query=f"error_ids:{event_id}"))["data"]) == 1
    rows = (
        await get(
            http, "/api/0/organizations/desk/events/", dataset="errors", field="replayId", query="stock"
        )
    )["data"]
    assert [row["replayId"] for row in rows] == [REPLAY]


async def test_lists_page_by_cursor_in_the_order_asked_for(desk: Desk, http: Http) -> None:
    for n in range(3):
        segment(desk, replay=f"{n + 1:032x}", error_ids=[f"{k + 1:032x}" for k in range(n)])
    answer = await http.get(ALL, params={"sort": "-count_errors", "per_page": 2})
    assert [r["count_errors"] for r in (await answer.json())["data"]] == [2, 1]
    cursor = answer.links["next"]["cursor"]
    rest = await get(http, ALL, sort="-count_errors", per_page=2, cursor=cursor)
    assert [r["count_errors"] for r in rest["data"]] == [0]
    assert len((await get(http, ALL, query="count_errors:>0"))["data"]) == 2
    assert len((await get(http, ALL, environment="prod"))["data"]) == 0
    assert len((await get(http, ALL, project="desk"))["data"]) == 3


@pytest.mark.parametrize("params", [{"sort": "beauty"}, {"query": "is:unresolved"}, {"project": "nothing"}])
async def test_what_a_list_cannot_do_is_400(http: Http, params: dict[str, str]) -> None:
    assert (await http.get(ALL, params=params)).status == 400


async def test_segments_are_listed_and_their_recordings_handed_out(desk: Desk, http: Http) -> None:
    films = [[crumb("console", n)] for n in range(3)]
    for n in (2, 0, 1):
        segment(desk, n, films[n])
    path = f"{ONE}recording-segments/"
    listed = await get(http, path)
    assert list(faults(listed, SegmentList)) == []
    assert [s["segmentId"] for s in listed["data"]] == [0, 1, 2]
    assert await get(http, path, download="1") == films
    answer = await http.get(path, params={"download": "", "per_page": 1})
    assert await answer.json() == films[:1]
    rest = await get(http, path, download="1", cursor=answer.links["next"]["cursor"])
    assert rest == films[1:]
    assert (await get(http, f"{path}1/"))["data"]["segmentId"] == 1
    assert await get(http, f"{path}1/", download="1") == films[1]


async def test_moments_page_by_segments_and_name_what_cannot_be_read(desk: Desk, http: Http) -> None:
    segment(desk, 0, [crumb("console", 2, message="later"), crumb("console", 1, message="first")])
    segment(desk, 1, [crumb("navigation", 11)])
    desk.writer.raw.execute("UPDATE replay_segment SET is_read = 0 WHERE n = 1")
    answer = await http.get(f"{ONE}breadcrumbs/", params={"per_page": 1})
    said = await answer.json()
    assert [m["message"] for m in said["data"]] == ["first", "later"]
    assert [m["offsetMs"] for m in said["data"]] == [1000.0, 2000.0]
    rest = await get(http, f"{ONE}breadcrumbs/", cursor=answer.links["next"]["cursor"])
    assert rest == {"data": [], "unread": [1]}
    assert (await http.get(f"{ONE}breadcrumbs/", params={"type": "beauty"})).status == 400


async def test_what_retention_removed_is_an_empty_recording(desk: Desk, http: Http) -> None:
    segment(desk, 0, [crumb("console", 1)])
    desk.writer.raw.execute("DELETE FROM payload")
    assert await get(http, f"{ONE}recording-segments/", download="1") == [[]]
    assert (await get(http, f"{ONE}breadcrumbs/"))["unread"] == [0]


@pytest.mark.parametrize("size", [50, 300_000])
async def test_a_phones_video_and_recording_come_out_of_one_item(desk: Desk, http: Http, size: int) -> None:
    video = bytes(n * 7 % 251 for n in range(size))
    event = {"replay_id": REPLAY, "segment_id": 0, "timestamp": NOON + 5, "platform": "java"}
    parts = {"replay_event": orjson.dumps(event), "replay_recording": b'{"segment_id":0}\n[{"type":4}]'}
    desk.send(({"type": "replay_video"}, msgpack.packb(parts | {"replay_video": video})))
    assert (await get(http, ONE))["data"]["is_video"]
    answer = await http.get(f"{ONE}videos/0/")
    assert (await answer.read(), answer.headers["Content-Type"]) == (video, "video/mp4")
    assert await get(http, f"{ONE}recording-segments/0/", download="1") == [{"type": 4}]


async def test_a_replay_is_marked_as_watched_and_taken_out_of_the_lists(desk: Desk, http: Http) -> None:
    segment(desk)
    assert not (await get(http, ONE))["data"]["has_viewed"]
    assert (await http.post(f"{ONE}viewed-by/")).status == 204
    assert (await get(http, ONE))["data"]["has_viewed"]
    assert (await http.delete(ONE)).status == 204
    assert (await get(http, ALL))["data"] == []
    assert (await get(http, ALL, archived="1"))["data"][0]["is_archived"]


async def test_replays_are_counted_by_issue_and_by_id(desk: Desk, http: Http) -> None:
    event_id = desk.error()
    segment(desk, error_ids=[event_id])
    path = "/api/0/organizations/desk/replay-count/"
    assert await get(http, path, query="issue.id:[1]", returnIds="true") == {"1": [REPLAY]}
    assert await get(http, path, query=f"replay_id:[{REPLAY},{'ab' * 16}]") == {REPLAY: 1}
    assert await get(http, path, query="issue.id:1") == {"1": 1}
    for query in ("", "release:1", "issue.id:[" + ",".join(map(str, range(200))) + "]"):
        assert (await http.get(path, params={"query": query})).status == 400


@pytest.mark.parametrize(
    "path",
    [
        f"{ALL}{'ab' * 16}/",
        f"{ALL}nothing/",
        ONE.replace("dd", "ab"),
        ONE.replace("/desk/desk/", "/desk/project-7/"),
        f"{ONE}recording-segments/9/",
        f"{ONE}recording-segments/x/",
        f"{ONE}videos/0/",
        f"{ONE}videos/9/",
    ],
)
async def test_what_is_not_there_is_404(desk: Desk, http: Http, path: str) -> None:
    segment(desk)
    desk.error(project="7")
    assert (await http.get(path)).status == 404
