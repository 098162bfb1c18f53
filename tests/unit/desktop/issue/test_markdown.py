"""An event as Markdown."""

import orjson

from tests.support.issue_desk import NOON, recorded_events
from vedette.desktop.issue.markdown import MarkdownHead, event_markdown
from vedette.domain.processed import Arrival
from vedette.processing import pipeline

HEAD = MarkdownHead(
    "DESK-1", "ValueError: total is off", "__main__ in rich", "2026-11-24 10:14:07.220 +01:00"
)


def test_it_tells_what_where_and_on_what() -> None:
    (event,) = recorded_events("py-shop-rich")
    text = event_markdown(event, HEAD)
    lines = text.split("\n")
    assert lines[0] == "# ValueError: total is off"
    assert "- Issue: DESK-1" in lines
    assert "- Release: shop@1.4.0" in lines
    assert "- Runtime: CPython 3.11.7" in lines
    assert "## ValueError: total is off: 28.0 ≠ 27.5" in lines
    assert "- `rich` shop.py:154" in lines
    assert '>  154          raise ValueError("total is off: 28.0 ≠ 27.5")  # !rich' in lines
    assert "  - `password` = `[Filtered]`" in lines
    assert any(line.endswith("auth (info): signed in") for line in lines)


def test_a_chain_is_told_in_words() -> None:
    (event,) = recorded_events("py-shop-chained")
    lines = event_markdown(event, HEAD).split("\n")
    assert any(line.startswith("## Caused by: FileNotFoundError") for line in lines)


def test_the_request_is_one_line() -> None:
    text = event_markdown(recorded_events("browser-garden11-errors")[0], HEAD)
    assert "`GET http://127.0.0.1:5100/app/index.html`" in text


def test_a_message_with_backticks_does_not_break_out_of_its_fence() -> None:
    text = event_markdown({"logentry": {"formatted": "a\n```\nb"}, "event_id": "0" * 32}, HEAD)
    assert "````\na\n```\nb\n````" in text


def test_a_thread_s_stack_stands_in_where_there_is_no_exception() -> None:
    frames = [{"function": "f", "filename": "a.py", "lineno": 1, "in_app": True}]
    event = {"platform": "python", "threads": {"values": [{"id": 1, "stacktrace": {"frames": frames}}]}}
    assert "## Thread 1\n\n- `f` a.py:1" in event_markdown(event, HEAD)


def test_it_is_complete_tags_request_user_flags_and_strange_contexts() -> None:
    event = pipeline.read_event(
        orjson.dumps(
            {
                "event_id": "1" * 32,
                "tags": {"till": "3|4", "code": "`x`"},
                "user": {"id": "7"},
                "request": {
                    "method": "POST",
                    "url": "http://shop.test/pay",
                    "query_string": "till=3",
                    "headers": {"X-Till": "3"},
                    "data": {"order": 7},
                },
                "contexts": {
                    "flags": {"values": [{"flag": "new-till", "result": True}]},
                    "order": {"paid": False},
                },
                "extra": {"note": "<b>"},
            }
        ),
        Arrival(received=NOON),
    )
    head = MarkdownHead("DESK-1", "E", "", "now", "3 of 12", "vedette://desk/issues/DESK-1")
    lines = event_markdown(event, head).split("\n")
    assert lines[2] == "- Issue: DESK-1 <vedette://desk/issues/DESK-1>"
    assert lines[3].endswith("(3 of 12), now")
    for line in (
        "- User: id `7`",
        "- X-Till: `3`",
        '{"order": 7}',
        "| till | 3\\|4 |",
        "| code | ′x′ |",
        "- new-till: `true`",
        "## order",
        "- paid: `false`",
        "- note: `<b>`",
    ):
        assert line in lines, line


def test_nothing_an_event_says_is_taken_for_markdown_or_html() -> None:
    text = event_markdown({"event_id": "0" * 32, "release": "<img src=x>*a*"}, HEAD)
    assert "- Release: \\<img src=x\\>\\*a\\*" in text
