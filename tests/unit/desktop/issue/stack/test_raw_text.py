"""Stack traces as text."""

from tests.support.issue_desk import recorded_events
from vedette.desktop.issue.stack.frames import read_frames
from vedette.desktop.issue.stack.raw_text import raw_text, stack_text


def test_python_prints_causes_first_and_joins_them_with_its_own_sentence() -> None:
    (event,) = recorded_events("py-shop-chained")
    lines = raw_text(event).split("\n")
    assert lines[0] == "Traceback (most recent call last):"
    assert "The above exception was the direct cause of the following exception:" in lines
    assert lines[-1] == "RuntimeError: shop is not configured"
    assert lines[-2].strip().startswith("raise RuntimeError")
    assert '  File "/srv/demo/apps/py/shop.py", line 52, in chained' in lines


def test_javascript_begins_with_the_error_and_its_innermost_call() -> None:
    event = next(event for event in recorded_events("node11-cafe-cause") if event.get("exception"))
    lines = raw_text(event, "node").split("\n")
    assert lines[0] == "BeanError: menu is unreadable"
    assert lines[1] == "    at Object.cause (/srv/demo/apps/node/cafe.js:33:57)"
    assert any(line.startswith("Caused by: SyntaxError: ") for line in lines)


def test_java_and_ruby_have_their_own_lines() -> None:
    frames = read_frames(
        {"frames": [{"function": "pay", "module": "shop.Till", "filename": "Till.java", "lineno": 9}]}, "java"
    )
    assert stack_text(frames, "java") == "\tat shop.Till.pay(Till.java:9)"
    assert stack_text(frames, "ruby") == "\tfrom Till.java:9:in 'pay'"


def test_a_frame_without_a_name_is_only_a_place() -> None:
    frames = read_frames({"frames": [{"filename": "app.js", "lineno": 3}]}, "javascript")
    assert stack_text(frames, "javascript") == "    at app.js:3"
